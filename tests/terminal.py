"""A real terminal for tests: the program runs on a pty, its screen is read as a person would."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
    "shift+tab": b"\x1b[Z",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "delete": b"\x1b[3~",
    "ctrl+c": b"\x03",
    "ctrl+p": b"\x10",
    "ctrl+y": b"\x19",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
    "ctrl+s": b"\x13",
    "backspace": b"\x7f",
}
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;:]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9;]*u")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?)?\Z")
_STRING = re.compile(rb"\x1b[P_^X][^\x07\x1b]*(?:\x1b\\|\x07)")  # pyte knows none of these
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(c|6n)")


class Terminal:
    """One program on one pty. Leave the `with` block and it is ended."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        columns: int = 120,
        rows: int = 36,
        cwd: Path | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""
        self.bytes = bytearray()
        self.exit_code: int | None = None
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            if cwd is not None:
                os.chdir(cwd)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(argv[0], list(argv), dict(env))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill(signal.SIGKILL)
        os.close(self._fd)

    def kill(self, sent: int = signal.SIGKILL) -> None:
        """End the program from outside, if it still runs."""
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, sent)
            with contextlib.suppress(ChildProcessError):
                _, status = os.waitpid(self._pid, 0)
                self.exit_code = os.waitstatus_to_exitcode(status)

    def _read(self, patience: float) -> bool:
        if not select.select([self._fd], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.bytes += data
        data = self._held + data
        cut = _UNFINISHED.search(data)  # a sequence whose end has not been read yet
        data, self._held = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        for found in _QUERY.finditer(data):
            answer = b"\x1b[?62;22c" if found[2] == b"c" else b"\x1b[1;1R"
            if found[1]:
                answer = b"\x1b[?%s;%d$y" % (found[1], 2 if found[1] == b"2026" else 0)
            os.write(self._fd, answer)
        self._stream.feed(_PRIVATE.sub(b"", _STRING.sub(b"", data)))
        return True

    @property
    def modes(self) -> set[int]:
        """The DEC private modes that are on; a terminal starts with 7 (wrap) and 25 (cursor)."""
        on = {7, 25}
        for numbers, switch in _MODE.findall(bytes(self.bytes)):
            named = {int(number) for number in numbers.split(b";")}
            on = on | named if switch == b"h" else on - named
        return on

    @property
    def cooked(self) -> bool:
        """Whether the line echoes and edits again, as a shell needs it."""
        wanted = termios.ECHO | termios.ICANON | termios.ISIG
        return termios.tcgetattr(self._fd)[3] & wanted == wanted

    @property
    def lines(self) -> list[str]:
        """The screen as it is now."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.lines)

    def wait_for(self, *wanted: str, gone: str | None = None, patience: float = 25.0) -> str:
        """Read until all of these words are on the screen (and `gone` is not)."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            text = self.text
            if all(word in text for word in wanted) and (gone is None or gone not in text):
                return text
            if not self._read(0.05):
                break
        raise AssertionError(f"{wanted} (gone {gone}) never came; the screen:\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys by name; one character is itself."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key.encode()))
            self._read(0.01)

    def burst(self, *keys: str) -> None:
        """Press keys all at once, as if the program had been too busy to look for a while."""
        os.write(self._fd, b"".join(KEYS.get(key, key.encode()) for key in keys))
        self._read(0.01)

    def type(self, text: str) -> None:
        """Type text as a person would."""
        for character in text:
            self.press("enter" if character == "\n" else character)

    def paste(self, text: str) -> None:
        """Paste text, as a terminal with bracketed paste sends it."""
        os.write(self._fd, b"\x1b[200~" + text.encode() + b"\x1b[201~")
        self._read(0.01)

    def wait_until(self, condition: Callable[[], object], patience: float = 25.0) -> None:
        """Read until a condition holds; a file it looks for may not be there yet."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with contextlib.suppress(FileNotFoundError):
                if condition():
                    return
            self._read(0.05)
        raise AssertionError(f"it never came to be; the screen:\n{self.text}")

    def wait_exit(self, patience: float = 25.0) -> int:
        """Read until the program has ended; return its exit code."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            alive = self._read(0.05)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                while self._read(0) and select.select([self._fd], [], [], 0)[0]:
                    pass  # its last words
                self.exit_code = os.waitstatus_to_exitcode(status)
                return self.exit_code
            if not alive:
                time.sleep(0.01)
        raise AssertionError(f"the program did not end; the screen:\n{self.text}")


def studio(*words: str) -> list[str]:
    """Return the command that runs the program under test."""
    return [sys.executable, "-m", "studio", *words]
