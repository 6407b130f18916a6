"""Unsaved text, kept against a crash.

Each running window has a folder of its own, held with a lock that dies with it. What lies in a
folder nobody holds is the text of a window that crashed.
"""

# ruff: noqa: PTH106, PTH108, PTH112, PTH118, PTH208

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.project import atomic
from studio.project.faults import told
from studio.project.lock import Held
from studio.project.version import Version

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".unsaved"


@dataclass(frozen=True)
class Unsaved:
    """Text that never reached its file.

    Attributes:
        path: the file in the project it was meant for.
        data: the text as bytes.
        base: the version of the file it was typed on.
        time: when it was last recorded, UTC.
    """

    path: str
    data: bytes
    base: Version
    time: dt.datetime


class Journal:
    """The crash journal of one project.

    Args:
        folder: made at the first `record`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._mine: Held | None = None
        self._session = os.path.join(folder, f"{os.getpid()}-{os.urandom(5).hex()}")

    def record(self, path: str, data: bytes, base: Version) -> None:
        """Keep this text for the file until `clear`; synced when it returns.

        Raises:
            Problem: when the state folder cannot be written.
        """
        now = dt.datetime.now(dt.UTC)
        head = {
            "path": path,
            "base": base.digest,
            "time": now.isoformat(),
            "digest": atomic.digest_of(data),
        }
        try:
            with self._lock:
                if self._mine is None:
                    self._mine = self._begin()
                atomic.write_whole(
                    os.path.join(self._session, _name(path)),
                    json.dumps(head).encode() + b"\n" + data,
                )
        except OSError as error:
            raise told(f"the journal of {path}", error) from error

    def clear(self, path: str) -> None:
        """Forget the unsaved text of a file: it was saved, or the human let it go.

        Text of another living window is not touched.
        """
        with self._lock:
            for folder in (self._session, *self._abandoned()):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, _name(path)))
            self._tidy()

    def pending(self) -> list[Unsaved]:
        """Return what windows that are gone left unsaved, oldest first.

        Of several texts for one file all are returned. Damaged records are passed over.
        """
        with self._lock:
            found = [
                each
                for folder in self._abandoned()
                for each in map(_load, _records(folder))
                if each
            ]
        return sorted(found, key=lambda each: each.time)

    def close(self) -> None:
        """Let go of this window's folder: what is still in it counts as unsaved from now on."""
        with self._lock:
            if self._mine is not None:
                self._mine.release()
                self._mine = None
                self._session = os.path.join(self.folder, f"{os.getpid()}-{os.urandom(5).hex()}")
            self._tidy()

    def _begin(self) -> Held | None:
        for _ in range(3):  # another window may tidy the new folder away before it is held
            atomic.make_folders(self._session)
            with contextlib.suppress(FileNotFoundError):
                return Held.try_at(os.path.join(self._session, "lock"))
        return None

    def _abandoned(self) -> list[str]:
        try:
            names = os.listdir(self.folder)
        except OSError:
            return []
        found = []
        for name in names:
            folder = os.path.join(self.folder, name)
            if folder == self._session or not os.path.isdir(folder):
                continue
            held = None
            with contextlib.suppress(OSError):
                held = Held.try_at(os.path.join(folder, "lock"))
            if held is not None:
                held.release()
                found.append(folder)
        return found

    def _tidy(self) -> None:
        for folder in self._abandoned():
            if not _records(folder):
                with contextlib.suppress(OSError):
                    for name in os.listdir(folder):
                        os.unlink(os.path.join(folder, name))
                    os.rmdir(folder)


def _name(path: str) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32] + _SUFFIX


def _records(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(_SUFFIX)]


def _load(record: str) -> Unsaved | None:
    try:
        head, _, data = atomic.read_regular(record).partition(b"\n")
        fields = json.loads(head)
        if atomic.digest_of(data) != fields["digest"]:
            return None
        path = fields["path"]
        when = dt.datetime.fromisoformat(fields["time"]).astimezone(dt.UTC)
        base = Version(fields["base"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return Unsaved(path, data, base, when) if isinstance(path, str) else None
