"""A program under test, seen from outside: what it paints and when, and the CPU time it takes.

Linux only: clocks of other processes and of their threads come from /proc.
"""

from __future__ import annotations

import base64
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
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

KITTY = "kitty(0.41.1)"
LEVELS = tuple(range(40, 221, 30))  # of a colour that stands for a number
_QUERY = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p|\x1b\[(?P<cell>16t)|\x1b\[(?P<name>>0?q)|\x1b\[\?1;1;0(?P<sixel>S)"
    rb"|\x1b_G(?P<kitty>i=\d+),[^;\x1b]*a=q[^\x1b]*\x1b\\|\x1b\[(?P<last>0?c)"
)
_TITLE = re.compile(rb"(\d[\d,]*) of (\d[\d,]*)")
_PATCH = re.compile(rb"48;2;(\d+);(\d+);(\d+)m {9,}")  # a run of one colour, as wide as no thumb
_SHOWN = re.compile(rb"38;2;(\d+);(\d+);(\d+)m\xf4\x8e\xbb\xae")
_UPLOAD = re.compile(rb"\x1b_G([^;\x1b]*);([A-Za-z0-9+/=]*)\x1b\\")
FRAME = re.compile(rb"\x1b\[\?2026h(.*?)\x1b\[\?2026l", re.DOTALL)


class Program:
    """One program on one pty; leave the `with` block and it is ended.

    Args:
        argv: what to run.
        env: its environment.
        columns: of the terminal, of 8 x 16 pixels a cell.
        rows: the same.
        kitty: answer as kitty 0.41 does; else as a terminal without pixels.
        cwd: where to run it.
    """

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        columns: int,
        rows: int,
        *,
        kitty: bool = False,
        cwd: Path | None = None,
    ) -> None:
        self._kitty = kitty
        self.output = bytearray()
        self.reads: list[tuple[float, int]] = []  # when, and how much there was then
        self.began = time.perf_counter()
        self._looked = 0
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            if cwd is not None:
                os.chdir(cwd)
            size = struct.pack("HHHH", rows, columns, columns * 8, rows * 16)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvpe(argv[0], list(argv), dict(env))
        self.peak_mb = 0.0

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        for sent in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sent)
            end = time.monotonic() + 2
            while time.monotonic() < end:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self._fd)
                    return
                with contextlib.suppress(AssertionError):
                    self.read(0.02)

    # the terminal

    def read(self, patience: float) -> bool:
        """Read once, waiting so long at most; tell whether anything came."""
        if not select.select([self._fd], [], [], max(0.0, patience))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 20)
        except OSError:
            raise AssertionError(f"the program ended: {self.output[-2000:]!r}") from None
        self.output += data
        self.reads.append((time.perf_counter(), len(self.output)))
        if b"\x1b" in data:
            self._answer()
        return True

    def _answer(self) -> None:
        for found in _QUERY.finditer(self.output, self._looked):
            self._looked = found.end()
            os.write(self._fd, self._reply(found))
        self._looked = max(self._looked, len(self.output) - 100)

    def _reply(self, query: re.Match[bytes]) -> bytes:
        if mode := query["mode"]:
            return b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0)
        if query["cell"]:
            return b"\x1b[6;16;8t"
        if query["name"]:
            name = KITTY if self._kitty else "XTerm(379)"
            return b"\x1bP>|%s\x1b\\" % name.encode()
        if query["kitty"]:
            return b"\x1b_G%s;OK\x1b\\" % query["kitty"] if self._kitty else b""
        return b"\x1b[?62;c" if query["last"] else b""

    def read_for(self, seconds: float) -> None:
        """Read for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def until(self, there: Callable[[], object], patience: float = 60.0) -> float:
        """Read until something holds; return the time of the read that brought it."""
        end = time.monotonic() + patience
        while not there():
            if time.monotonic() > end:
                raise AssertionError(f"it never came; the last of it: {self.output[-2000:]!r}")
            self.read(0.02)
        return self.reads[-1][0] if self.reads else time.perf_counter()

    def press(self, *keys: bytes) -> tuple[float, int]:
        """Press keys at once; return when, and how much there was to read before."""
        while self.read(0):
            pass
        at = time.perf_counter(), len(self.output)
        os.write(self._fd, b"".join(keys))
        return at

    def rest(self, quiet: float = 0.5, patience: float = 60.0) -> None:
        """Read until the program uses next to no time for a while."""
        end = time.monotonic() + patience
        before = -1.0
        while time.monotonic() < end and (now := self.cpu()) - before > 0.01 * quiet:
            before = now
            self.read_for(quiet)

    # clocks, in seconds

    def cpu(self) -> float:
        """Return the CPU time of the process, all threads; not of its children."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def screen_cpu(self) -> float:
        """Return the CPU time of the main thread, which is the screen's."""
        return int(Path(f"/proc/{self.pid}/task/{self.pid}/schedstat").read_text().split()[0]) / 1e9

    def children_cpu(self) -> float:
        """Return the CPU time of the children that are alive."""
        spent = 0.0
        for task in Path(f"/proc/{self.pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                for child in (task / "children").read_text().split():
                    spent += time.clock_gettime((~int(child) << 3) | 2)
        return spent

    def peak_rss(self) -> float:
        """Return the most memory the process has had, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    # what was painted

    def frames(self, start: int = 0, end: int | None = None) -> list[tuple[float, bytes]]:
        """Return each frame painted in a part of the output, and when its last byte was read."""
        found = []
        place = 0
        for frame in FRAME.finditer(self.output, start, end or len(self.output)):
            while self.reads[place][1] < frame.end():
                place += 1
            found.append((self.reads[place][0], frame[1]))
        return found

    def when(self, pattern: bytes, start: int) -> float | None:
        """Return when something had been read that came after a place of the output."""
        found = re.compile(pattern).search(self.output, start)
        if found is None:
            return None
        return next(at for at, size in self.reads if size >= found.end())


def title(data: bytes) -> tuple[int, int] | None:
    """Return the place and the count that the last title in some output tells."""
    found = _TITLE.findall(data)
    return (_number(found[-1][0]), _number(found[-1][1])) if found else None


def _number(text: bytes) -> int:
    return int(text.replace(b",", b""))


def colour_of(number: int) -> tuple[int, int, int]:
    """Return the colour that stands for a number, below 343."""
    count = len(LEVELS)
    return (
        LEVELS[number % count],
        LEVELS[number // count % count],
        LEVELS[number // count**2 % count],
    )


def number_of(colour: tuple[int, ...]) -> int | None:
    """Return the number a colour stands for; None when it is none of ours."""
    places = []
    for value in colour:
        near = min(range(len(LEVELS)), key=lambda place: abs(LEVELS[place] - value))
        if abs(LEVELS[near] - value) > 9:
            return None
        places.append(near)
    return sum(place * len(LEVELS) ** power for power, place in enumerate(places))


def in_cells(data: bytes) -> int | None:
    """Return the number of the large picture that was painted last in some output."""
    number = None
    for found in _PATCH.finditer(data):
        seen = number_of(tuple(map(int, found.groups())))
        number = number if seen is None else seen
    return number


class Images:
    """Which picture each image of kitty's protocol is, told by the colour in its middle."""

    def __init__(self) -> None:
        self.known: dict[int, int | None] = {}
        self._at = 0
        self._keys: dict[bytes, bytes] = {}
        self._parts: list[bytes] = []

    def read(self, output: bytes | bytearray) -> None:
        """Take in the uploads that have come."""
        for found in _UPLOAD.finditer(output, self._at):
            self._at = found.end()
            keys = dict(pair.split(b"=") for pair in found[1].split(b",") if b"=" in pair)
            if keys.get(b"a") == b"T":
                self._keys, self._parts = keys, []
            if keys.get(b"a", b"T") == b"T" and self._keys:
                self._parts.append(found[2])
                if keys.get(b"m") == b"0" or (keys.get(b"a") == b"T" and b"m" not in keys):
                    self._whole()

    def _whole(self) -> None:
        data = base64.b64decode(b"".join(self._parts))
        wide, high = int(self._keys[b"s"]), int(self._keys[b"v"])
        middle = 3 * (high // 2 * wide + wide // 2)
        self.known[int(self._keys[b"i"])] = number_of(tuple(data[middle : middle + 3]))
        self._keys, self._parts = {}, []

    def shown(self, data: bytes) -> int | None:
        """Return the number of the picture whose placeholders were painted last."""
        found = _SHOWN.findall(data)
        if not found:
            return None
        red, green, blue = map(int, found[-1])
        return self.known.get(red << 16 | green << 8 | blue)


def environment(folder: Path, root: Path, settings: str = "") -> dict[str, str]:
    """Return the environment of a program whose home is a folder, byte code allowed."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "NO_COLOR", "CI", "TMUX", "SSH_CONNECTION"}
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.startswith(("STUDIO_", "KITTY_", "TERM_PROGRAM"))
    }
    env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(root)}
    env |= {"HOME": str(folder)}
    env |= {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("CONFIG", "STATE", "CACHE")}
    config = folder / "config" / "studio"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text(settings, "utf-8")
    return env


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value that a part of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


def studio(*words: str) -> list[str]:
    """Return the command that runs the program under test."""
    return [sys.executable, "-m", "studio", *words]
