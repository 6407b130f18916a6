"""Shows pictures in the terminal it runs in, in pixels, for a look at them with the eye.

    python tests/pixels/show.py {kitty,iterm,sixel} COLUMNS ROWS PICTURE [PICTURE...]

Asks the terminal for the size of a cell first. Each picture replaces the one before after a
second, as "next" does; text is then written over one row of the last, as a toast would be. With
`--bottom` the picture ends on the last row of the screen but one.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import struct
import sys
import termios
import time
import tty
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from studio.preview.cells import fit
from studio.preview.detect import QUESTIONS, Answers, cell_of_window
from studio.preview.modes import Mode
from studio.preview.protocols import ImageIds, Protocol, forget, paint


def ask() -> tuple[Answers, bytes]:
    """Ask the terminal on stdin what it is; three seconds at most."""
    answers, read = Answers(), b""
    before = termios.tcgetattr(0)
    tty.setraw(0)
    new = termios.tcgetattr(0)
    new[6][termios.VMIN], new[6][termios.VTIME] = 0, 5
    termios.tcsetattr(0, termios.TCSANOW, new)
    try:
        os.write(1, QUESTIONS.encode())
        end = time.monotonic() + 3
        while time.monotonic() < end and not answers.done:
            read += os.read(0, 4096)
            text = read.decode("latin-1")
            for sequence in text.replace("\x1b\\", "\x1b\\\0").replace("c", "c\0").split("\0"):
                # Crude, but nobody types here: sequences are told apart by their starts.
                for part in sequence.split("\x1b[")[1:]:
                    answers.take("\x1b[" + part)
                if sequence.startswith(("\x1bP", "\x1b_")) and sequence.endswith("\x1b\\"):
                    answers.take(sequence)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
    return answers, read


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("protocol", type=Protocol)
    parser.add_argument("columns", type=int)
    parser.add_argument("rows", type=int)
    parser.add_argument("pictures", nargs="+", type=Path)
    parser.add_argument("--bottom", action="store_true")
    parser.add_argument("--forget", action="store_true", help="free all images but the last")
    parser.add_argument("--wait", type=float, default=600)
    parser.add_argument("--log", type=Path)
    asked = parser.parse_args()
    answers, read = ask()
    lines, columns, *pixels = struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, b" " * 8))
    cell = answers.cell or cell_of_window(columns, lines, *pixels)
    width, height = cell or (8, 16)
    if asked.log:
        asked.log.write_text(f"{read!r}\n{vars(answers)}\n{columns}x{lines}, {pixels}: {cell}\n")
    top = lines - asked.rows if asked.bottom else 2
    write = lambda text: (sys.stdout.write(text), sys.stdout.flush())  # noqa: E731
    write("\x1b[?25l\x1b[48;2;40;30;20m\x1b[2J\x1b[H")
    write("the first line stays")
    ids, shown = ImageIds(), []
    for path in asked.pictures:
        size = (asked.columns * width, asked.rows * height)
        image = Image.open(path).convert("RGB")
        cells = fit(np.asarray(image.resize((asked.columns * 2, asked.rows * 4))), Mode.OCTANT)
        pixels = np.asarray(image.resize(size, Image.Resampling.LANCZOS))
        number = ids.next() if asked.protocol is Protocol.KITTY else 0
        picture = paint(pixels, asked.protocol, cells, image_id=number)
        write("".join(picture.upload))
        rows = [f"\x1b[{top + y};5H{row}|" for y, row in enumerate(picture.ansi)]
        write("\x1b[?2026h" + "".join(rows) + "\x1b[?2026l")
        shown.append(number)
        time.sleep(1)
    write(f"\x1b[{top + 3};10H\x1b[0;30;47m text over the picture \x1b[0m")
    if asked.forget:
        write(forget(shown[:-1]))
    if not asked.bottom:
        write(f"\x1b[{top + asked.rows};1Hthe line below the picture stays")
    time.sleep(asked.wait)


if __name__ == "__main__":
    main()
