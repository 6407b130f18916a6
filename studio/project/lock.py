"""Locks that die with the process that holds them; they inform, nobody waits for them.

They lie in the user's state folder, never in the project: a synced lock would lock the other
machine, and no one would free it.
"""

# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING

from studio.project import atomic

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class Held:
    """One locked file, until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def try_at(cls, path: str) -> Held | None:
        """Lock a file (made if need be) and return the lock; None if another has it.

        Where the disk knows no locks it is taken as free. A missing folder is an `OSError`.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(path, flags, 0o600)
        try:
            free = _take(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        if not free:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def write(self, data: bytes) -> None:
        """Put a note about the holder into the file, for the other to read."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, data, 0) if hasattr(os, "pwrite") else os.write(
                self._descriptor, data
            )

    def release(self) -> None:
        """Let go; the file stays, for unlinking it would let two hold it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _take(descriptor: int) -> bool:
    if os.name == "nt":
        return _take_windows(descriptor)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks: the claim is advice, not a guard
        return True
    return True


def _take_windows(descriptor: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    # Far behind the note: Windows refuses to read a locked range.
    os.lseek(descriptor, 1 << 20, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


class Claim:
    """Tells a second window that a first one has the project open.

    Args:
        state_dir: the project's state folder; made by `acquire`.
    """

    def __init__(self, state_dir: Path) -> None:
        self._path = os.path.join(state_dir, "open.lock")
        self._held: Held | None = None

    def acquire(self) -> bool:
        """Claim the project; False if another window has it. Never blocks."""
        if self._held is not None:
            return True
        try:
            atomic.make_folders(os.path.dirname(self._path))
            self._held = Held.try_at(self._path)
        except OSError:
            return True  # without a state folder nothing can be known
        if self._held is None:
            return False
        note = {"pid": os.getpid(), "since": time.time()}
        self._held.write(json.dumps(note).encode())
        return True

    def holder(self) -> int | None:
        """Return the process id of whoever claimed it last, None if unknown."""
        try:
            pid = json.loads(atomic.read_regular(self._path, 4096))["pid"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return pid if isinstance(pid, int) else None

    def release(self) -> None:
        """Give the project back."""
        if self._held is not None:
            self._held.release()
            self._held = None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
