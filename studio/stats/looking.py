"""One file of an import, looked into: what it is, what it holds, where it would be stored."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.plan import PlannedFile
from studio.stats.post import FIGURES, Note
from studio.stats.readers.columns import UnknownTable
from studio.stats.stored import FOLDER, day_of_file, read_as_of, younger
from studio.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading

_BLOCK = 2**20
_PLAIN = frozenset({".csv", ".tsv", ".txt", ".json", ".html"})


@dataclass(frozen=True)
class Circumstances:
    """What a look at a file depends on beside the file.

    Args:
        today: the current day.
        zone: IANA name of the accounts' time zone.
        maps: what the columns of other tables mean.
        stored: digest → file, of what is known already.
        cancelled: asked while a large archive is read.
    """

    today: date
    zone: str | None
    maps: Maps
    stored: Mapping[str, str]
    cancelled: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Looked:
    """A file that was looked into.

    Args:
        file: what is known of it.
        reading: None where it is refused, or its content is known.
        foreign: it is refused because it is no export at all.
    """

    file: PlannedFile
    reading: Reading | None = None
    foreign: bool = False


def look(path: Path, given: Circumstances) -> Looked:
    """Look into a file; what is wrong with it is in the answer."""
    from studio.stats.readers import EXPECTED

    try:
        with _opened(path) as (handle, status):
            return _understood(path, handle, status, given)
    except Problem as problem:
        mend = f". {problem.mend}" if problem.mend else ""
        sheet = problem.sheet if isinstance(problem, UnknownTable) else None
        if sheet is not None and max(sum(map(bool, cells)) for _, cells in sheet.rows) < 2:
            sheet = None  # words, no table
        return Looked(
            PlannedFile(path, refused=f"{problem.what}{mend}", unknown=sheet),
            foreign=problem.mend.startswith(EXPECTED),
        )


def content(file: PlannedFile) -> bytes:
    """Return what is to be stored of a file: all of it, or what is kept of it.

    Raises:
        Problem: it cannot be read, or changed since it was looked at.
    """
    with _opened(file.path) as (handle, status):
        if file.data is not None and _stamp(status) == file.stamp:
            return file.data
        data = b"" if file.kept else _whole(file.path, handle)
        if file.kept or file.reduced:
            data = _kept(file, handle, data)
    if hashlib.sha256(data).hexdigest() != file.digest:
        raise Problem(str(file.path), "the file changed since it was looked at", "Import it again")
    return data


def _kept(file: PlannedFile, handle: BinaryIO, data: bytes) -> bytes:
    """Return what is kept of a file that is not stored as it is."""
    if file.members:
        from studio.stats.readers import archive

        return archive.kept(str(file.path), handle, file.kept)
    from studio.stats.readers.lean import lean

    small = lean(str(file.path), data)
    if small is None:
        raise Problem(str(file.path), "what is private in it cannot be left out", "Leave it")
    return small


def _understood(
    path: Path, handle: BinaryIO, status: os.stat_result, given: Circumstances
) -> Looked:
    """Read an open file.

    Raises:
        Problem: it is no export, or nothing in it can be read.
    """
    from studio.stats.readers import MAX_BYTES, archive, glance, is_archive, lean

    today, stored = given.today, given.stored
    head = handle.read(16)
    handle.seek(0)
    glance(str(path), head)
    day = day_of_file(status, today)
    if not is_archive(head, handle):
        data = _whole(path, handle)
        digest = hashlib.sha256(data).hexdigest()
        if digest in stored:
            return Looked(PlannedFile(path, same_as=stored[digest], digest=digest))
        data = lean.strained(path.name, data) or data
        reading = read_as_of(path.name, data, day, given.zone, given.maps, today)
        suffix = ".xlsx" if data[:2] == b"PK" else _suffix(path, head)
        file = PlannedFile(path, digest=digest, data=data, stamp=_stamp(status))
        if reading.kind in lean.ENDS:
            suffix = lean.ENDS[reading.kind]
            file = _reduced(file, _kept(file, handle, data), hold=True)
        return _found(file, reading, suffix, given, (lean.kept_note([reading]),))

    def opened_as_of(day: date) -> archive.Opened:
        return archive.look(
            path.name, handle, day, given.zone, given.maps, cancelled=given.cancelled
        )

    opened = opened_as_of(day)
    if day < today and younger(opened.reading, day):
        opened = opened_as_of(today)
    whole = opened.whole and status.st_size <= MAX_BYTES
    file = PlannedFile(
        path,
        digest=_digest(handle) if whole else "",
        members=opened.members,
        kept=() if whole else opened.understood,
    )
    if not whole or (opened.tiktok and file.digest not in stored):
        small = archive.kept(str(path), handle, file.kept)
        if opened.tiktok:
            file = _reduced(file, small)
        else:
            file = replace(file, digest=hashlib.sha256(small).hexdigest())
    return _found(file, opened.reading, ".zip", given, (lean.kept_note(opened.tiktok),))


def _reduced(file: PlannedFile, small: bytes, *, hold: bool = False) -> PlannedFile:
    """Return a file of which `small` is stored; that may be just what it is already."""
    digest = hashlib.sha256(small).hexdigest()
    less = digest != file.digest
    return replace(file, digest=digest, reduced=less, data=small if hold else None)


def _found(
    file: PlannedFile,
    reading: Reading,
    suffix: str,
    given: Circumstances,
    about: tuple[Note, ...],
) -> Looked:
    """Say what a reading holds, and where its file would be stored, if it is not yet.

    Args:
        file: what is known of it.
        reading: what is in it.
        suffix: how the stored file's name ends.
        given: what is known already.
        about: what to say where less than the file is stored (`PlannedFile.reduced`).
    """
    if file.digest in given.stored:
        return Looked(replace(file, same_as=given.stored[file.digest], kept=(), data=None))
    times = [post.posted_at for post in reading.posts if post.posted_at]
    days = [min(times).date(), max(times).date()] if times else []
    for told in (reading.followers, reading.days, reading.active):
        days += [one.day for one in told]
    known = [
        name for name in FIGURES if any(getattr(post, name) is not None for post in reading.posts)
    ]
    name = slug(file.path.stem, fallback="export")
    day = (reading.exported or given.today).isoformat()
    found = replace(
        file,
        kind=reading.kind,
        platform=reading.platform,
        notes=(*(about if file.reduced else ()), *reading.notes),
        figures=tuple(known),
        first=min(days, default=None),
        last=max(days, default=None),
        tables=_tables(reading),
        target=f"{FOLDER}/{day}-{file.digest[:8]}-{name}{suffix}",
    )
    return Looked(found, reading)


def _tables(reading: Reading) -> tuple[str, ...]:
    """Name what a reading holds beside posts."""
    names = []
    if reading.followers:
        days = len({one.day for one in reading.followers})
        names.append("followers on 1 day" if days == 1 else f"followers on {days} days")
    metrics = dict.fromkeys(one.metric.replace("_", " ") for one in reading.days)
    if metrics:
        names.append(f"{', '.join(metrics)} of the whole account by day")
    if reading.active:
        names.append("hours followers are active")
    names += [f"followers by {one}" for one in dict.fromkeys(one.table for one in reading.shares)]
    return tuple(names)


def _suffix(path: Path, head: bytes) -> str:
    """Return how the stored file's name ends: as before, if it is no riddle, else by content."""
    if path.suffix.lower() in _PLAIN:
        return path.suffix.lower()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in {b"{", b"["}:
        return ".json"
    return ".html" if start[:1] == b"<" else ".csv"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a regular file.

    Raises:
        Problem: it is missing, no regular file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
            raise Problem(str(path), "not a regular file", "Give the exported file itself")
        handle = path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that no system knows
        raise _unreadable(path, error) from error
    with handle:
        try:
            yield handle, os.fstat(handle.fileno())
        except OSError as error:
            raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> Problem:
    told = getattr(error, "strerror", None) or "unknown error"
    return Problem(str(path), f"cannot be read ({told})", "Check the path and the permissions")


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _whole(path: Path, handle: BinaryIO) -> bytes:
    """Return all bytes of an open file.

    Raises:
        Problem: it has more than any export.
    """
    from studio.stats.readers import MAX_BYTES

    size = os.fstat(handle.fileno()).st_size
    data = handle.read(size + 1) if size <= MAX_BYTES else b""
    if size > MAX_BYTES:
        raise Problem(
            str(path),
            f"the file has {size / 2**20:.0f} MB, no export that Studio reads has more than"
            f" {MAX_BYTES >> 20}",
            "Choose a shorter time range and export again",
        )
    return data


def _digest(handle: BinaryIO) -> str:
    made = hashlib.sha256()
    handle.seek(0)
    while part := handle.read(_BLOCK):
        made.update(part)
    return made.hexdigest()
