"""A real terminal for tests: the program runs on a pty, and the screen is read as a person would."""

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
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

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
    "f12": b"\x1b[24~",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
    "ctrl+s": b"\x13",
    "backspace": b"\x7f",
}
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;:]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?[0-9;]*u")
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
        for found in _QUERY.finditer(data):
            answer = b"\x1b[?62;22c" if found[2] == b"c" else b"\x1b[1;1R"
            if found[1]:
                answer = b"\x1b[?%s;%d$y" % (found[1], 2 if found[1] == b"2026" else 0)
            os.write(self._fd, answer)
        self._stream.feed(_PRIVATE.sub(b"", data))
        return True

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

    def type(self, text: str) -> None:
        """Type text as a person would."""
        for character in text:
            self.press("enter" if character == "\n" else character)

    def wait_until(self, condition: object, patience: float = 25.0) -> None:
        """Read until a condition (a function without arguments) holds."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if condition():  # type: ignore[operator]
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
                self.exit_code = os.waitstatus_to_exitcode(status)
                return self.exit_code
            if not alive:
                time.sleep(0.01)
        raise AssertionError(f"the program did not end; the screen:\n{self.text}")


def studio(*words: str) -> list[str]:
    """Return the command that runs the program under test."""
    return [sys.executable, "-m", "studio", *words]
