"""Versions that a save replaced: kept in the user's state folder, outside the project.

```
blobs/<sha>                       zlib of the content, named by its SHA-256 in hex
entries/<path key>/path           the path these entries are about
entries/<path key>/<ns>.<sha>.<size>[.kept]   one version, an empty file: its name says it all
```

Nothing is ever edited in place, so that two windows and a crash cannot spoil each other's
entries. What a name does not lead to is thrown away by `prune`, an hour later at the earliest.
"""

# ruff: noqa: PTH108, PTH110, PTH116, PTH118, PTH208
# Names as `str` in bulk: a Path for each would double the cost of a listing.

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import atomic
from studio.project.faults import told

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = 20
"""So many versions of each file are never dropped."""

CAP = 256 << 20
"""Bytes on disk above which the oldest versions go, the newest and the kept ones excepted."""

_ADDS_BETWEEN_PRUNES = 128
_GRACE = 3600.0  # seconds a blob without entry is left alone: its entry may be about to be written
_HOUR = 3600
_DAY = 24 * _HOUR
_FINE = 10 * 60  # after an hour one version in ten minutes stays
_COARSE = _DAY  # after a week one a day


@dataclass(frozen=True)
class Entry:
    """One version of a file: when it was put by (UTC), its SHA-256 in hex, its size in bytes."""

    time: dt.datetime
    digest: str
    size: int


@dataclass(frozen=True)
class _Named:
    folder: str
    name: str
    ns: int
    digest: str
    size: int
    kept: bool


class History:
    """The versions of a project's files.

    Retention: the newest `NEWEST` of each file and those added with `keep` stay for good. Of the
    others every one stays for an hour, then one in ten minutes, after a week one a day; and when
    all together exceed `cap`, the oldest go first.

    Args:
        folder: made at the first `add`.
        cap: bytes on disk; see `CAP`.
    """

    def __init__(self, folder: Path, cap: int = CAP) -> None:
        self.folder = folder
        self.cap = cap
        self._blobs = os.path.join(folder, "blobs")
        self._entries = os.path.join(folder, "entries")
        self._adds = 0

    def add(self, path: str, data: bytes, *, keep: bool = False) -> str:
        """Put a version by, durably, and return its digest.

        The same bytes twice in a row make one entry.

        Args:
            path: relative path of the file in the project.
            data: its content.
            keep: never drop this version (undo and conflicts need theirs).

        Raises:
            Problem: when it could not be written; nothing may be overwritten then.
        """
        digest = atomic.digest_of(data)
        try:
            self._add_blob(digest, data)
            self._add_entry(path, digest, len(data), keep=keep)
        except OSError as error:
            raise told(f"the history of {path}", error) from error
        self._adds += 1
        if self._adds % _ADDS_BETWEEN_PRUNES == 0:
            with contextlib.suppress(OSError):
                self.prune()
        return digest

    def entries(self, path: str) -> list[Entry]:
        """Return the versions of a file, newest first."""
        found = sorted(self._named(self._key(path)), key=lambda each: -each.ns)
        return [
            Entry(dt.datetime.fromtimestamp(each.ns / 1e9, dt.UTC), each.digest, each.size)
            for each in found
        ]

    def get(self, digest: str) -> bytes:
        """Return the content with this digest.

        Raises:
            Problem: when it is not there (any more), or damaged.
        """
        try:
            packed = atomic.read_regular(self._blob(digest))
            data = zlib.decompress(packed)
        except OSError as error:
            raise Problem(
                f"version {digest[:12]}", "it is no longer in the history", "Choose another version"
            ) from error
        except zlib.error:
            data = None
        if data is None or atomic.digest_of(data) != digest:
            raise Problem(
                f"version {digest[:12]}", "it is damaged on the disk", "Choose another version"
            )
        return data

    def holds(self, path: str, digest: str) -> bool:
        """Tell whether a version of this file is here."""
        return any(each.digest == digest for each in self._named(self._key(path)))

    def paths(self) -> list[str]:
        """Return every path that has versions, sorted; the file itself may be long gone."""
        found = []
        for key in _listed(self._entries):
            with contextlib.suppress(OSError):
                raw = atomic.read_regular(os.path.join(self._entries, key, "path"))
                found.append(os.fsdecode(raw))
        return sorted(found)

    def prune(self, now: float | None = None) -> int:
        """Drop versions by the rule of the class; return how many.

        Args:
            now: seconds since the epoch, for tests.
        """
        at = time.time() if now is None else now
        doomed: list[_Named] = []
        spare: list[_Named] = []
        total = 0
        used: set[str] = set()
        for key in _listed(self._entries):
            kept, thin, loose = _sorted_out(self._named(key), at)
            doomed += thin
            spare += loose
            used.update(each.digest for each in (*kept, *loose))
        sizes = self._blob_sizes()
        total = sum(size for digest, size in sizes.items() if digest in used)
        for each in sorted(spare, key=lambda one: one.ns):
            if total <= self.cap:
                break
            doomed.append(each)
            total -= sizes.get(each.digest, 0)
        for each in doomed:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self._entries, each.folder, each.name))
        self._drop_blobs(sizes, at)
        return len(doomed)

    def _drop_blobs(self, sizes: dict[str, int], at: float) -> None:
        # Listed again after the blobs: what another window added meanwhile is among them.
        used = {each.digest for key in _listed(self._entries) for each in self._named(key)}
        for digest in sizes.keys() - used:
            blob = self._blob(digest)
            with contextlib.suppress(FileNotFoundError):
                if at - os.stat(blob).st_mtime > _GRACE:
                    os.unlink(blob)

    def _blob_sizes(self) -> dict[str, int]:
        found = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self._blobs) as listing:
            for entry in listing:
                if len(entry.name) == 64:
                    found[entry.name] = entry.stat().st_size
        return found

    def _key(self, path: str) -> str:
        return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]

    def _blob(self, digest: str) -> str:
        return os.path.join(self._blobs, digest)

    def _add_blob(self, digest: str, data: bytes) -> None:
        blob = self._blob(digest)
        try:
            os.utime(blob)  # used again: its grace begins anew
        except FileNotFoundError:
            atomic.write_whole(blob, zlib.compress(data, 6))

    def _add_entry(self, path: str, digest: str, size: int, *, keep: bool) -> None:
        key = self._key(path)
        folder = os.path.join(self._entries, key)
        known = self._named(key)
        if known:
            newest = max(known, key=lambda each: each.ns)
            if newest.digest == digest and (newest.kept or not keep):
                return
        elif not os.path.exists(os.path.join(folder, "path")):
            atomic.write_whole(os.path.join(folder, "path"), os.fsencode(path))
        # Never behind a clock that was set back: the order of versions must hold.
        ns = max([time.time_ns(), *(each.ns + 1 for each in known)])
        name = f"{ns:020d}.{digest}.{size}" + (".kept" if keep else "")
        atomic.touch_new(os.path.join(folder, name))
        atomic.sync_folder(folder)

    def _named(self, key: str) -> list[_Named]:
        found = []
        for name in _listed(os.path.join(self._entries, key)):
            parts = name.split(".")
            if len(parts) in {3, 4} and parts[0].isdigit() and parts[2].isdigit():
                found.append(
                    _Named(key, name, int(parts[0]), parts[1], int(parts[2]), len(parts) == 4)
                )
        return found


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _sorted_out(
    versions: list[_Named], at: float
) -> tuple[list[_Named], list[_Named], list[_Named]]:
    """Divide one file's versions: to stay for good, to go now, to go when room is needed."""
    versions = sorted(versions, key=lambda each: -each.ns)
    good = [each for rank, each in enumerate(versions) if rank < NEWEST or each.kept]
    thin: list[_Named] = []
    loose: list[_Named] = []
    seen: set[tuple[int, int]] = set()
    for each in versions[NEWEST:]:
        if each.kept:
            continue
        age = at - each.ns / 1e9
        step = 0 if age < _HOUR else _FINE if age < 7 * _DAY else _COARSE
        bucket = (step, int(each.ns / 1e9 // step) if step else each.ns)
        (thin if bucket in seen else loose).append(each)
        seen.add(bucket)
    return good, thin, loose
