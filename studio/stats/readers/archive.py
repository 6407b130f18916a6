"""Zip archives of exports: members are read one by one in memory, nothing is ever unpacked.

Downloads of one's data hold messages, logins and media beside the few files that have figures,
and may have gigabytes. So an archive is read from its handle, only members that can be an export
by name are opened, and `kept` makes a small archive of those that were understood.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, cast

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers import EXPECTED
from studio.stats.readers.choose import SUFFIXES, private
from studio.stats.readers.columns import UnknownTable
from studio.stats.readers.lean import ENDS, lean, strained
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studio.stats.readers.columns import Maps

MAX_MEMBERS = 2_000
"""Members opened; Instagram's downloads have some 200 that are no media."""
MAX_MEMBER = 128 * 2**20
"""Bytes one member may have unpacked, unless it is JSON."""
MAX_TOTAL = 256 * 2**20
"""Bytes all members together may have unpacked."""
MAX_RATIO = 200
"""Text shrinks to a tenth or so; a member above `_FREE` that shrinks more is a bomb."""
MAX_AT_ONCE = 32 * 2**20
"""Bytes read at once: a directory of 65,000 members has about 8 million."""
_FREE = 4 * 2**20
_BLOCK = 2**20
_NAMED = (".csv", ".xlsx")  # not understood, these are worth a word; a download has much JSON
_TOLD = 40  # notes of members
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
)


@dataclass(frozen=True)
class Opened:
    """An archive that was looked into.

    Args:
        reading: what its members say together.
        members: the files in it.
        understood: the names of those that are exports, as they are written in it.
        tiktok: what was read of those that are TikTok's download, not to be stored as they are.
    """

    reading: Reading
    members: int
    understood: tuple[str, ...]
    tiktok: tuple[Reading, ...] = ()

    @property
    def whole(self) -> bool:
        """Nothing but exports is in it."""
        return self.members == len(self.understood)


def read(
    name: str, data: bytes, today: date, zone: str | None, maps: Maps | None = None
) -> Reading:
    """Read every member that is an export.

    Raises:
        Problem: the archive is damaged, or none of its members can be read.
    """
    return look(name, io.BytesIO(data), today, zone, maps).reading


def look(
    name: str,
    handle: BinaryIO,
    today: date,
    zone: str | None,
    maps: Maps | None = None,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Opened:
    """Read every member that is an export, from an open file of any size.

    Raises:
        UnknownTable: the only thing in it is a table that no reader knows.
        Problem: the archive is damaged, or none of its members can be read.
    """
    from studio.stats.readers import read as read_one

    archive = _opened(name, handle)
    members = archive.infolist()
    readings: list[Reading] = []
    understood: list[str] = []
    notes: list[Note] = []
    unknown: UnknownTable | None = None
    left, opened = MAX_TOTAL, 0
    for member, reason in _candidates(members, notes):
        if opened >= MAX_MEMBERS:
            told = f"only the first {MAX_MEMBERS:,} of its members were looked at"
            notes.append(Note(None, told, kind="odd"))
            break
        if cancelled is not None and cancelled():
            break
        opened += 1
        try:
            content = _content(archive, member, left) if reason is None else None
            if content is None:
                notes.append(Note(None, f"{member.filename}: {reason}", kind="odd"))
                continue
            left -= len(content)
            path = f"{name}/{member.filename}"
            content = strained(path, content) or content
            readings.append(read_one(path, content, today=today, zone=zone, maps=maps))
        except Problem as problem:
            if isinstance(problem, UnknownTable):
                unknown = unknown or problem
            elif foreign(problem) and not member.filename.lower().endswith(_NAMED):
                continue
            notes.append(Note(None, f"{member.filename}: {problem.what}", kind="odd"))
        else:
            understood.append(member.orig_filename)
    if not readings:
        if unknown is not None and len(notes) == 1:
            raise unknown
        raise _nothing(name, members, notes)
    files = sum(not member.is_dir() for member in members)
    reading = joined(name, "Archive", readings, notes)
    tiktok = tuple(one for one in readings if one.kind in ENDS)
    return Opened(reading, files, tuple(understood), tiktok)


def kept(name: str, handle: BinaryIO, understood: tuple[str, ...]) -> bytes:
    """Return a small archive of some members, always the same for the same.

    They are in it byte for byte, but for TikTok's data downloads, of which `lean` is in it.

    Args:
        name: the archive's path.
        handle: the archive.
        understood: the members, as they are named in it; () for all of them.

    Raises:
        Problem: one of them is not there any more, or damaged.
    """
    archive = _opened(name, handle)
    files = [member for member in archive.infolist() if not member.is_dir()]
    members = {member.orig_filename: member for member in reversed(files)}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as small:
        for each in sorted(understood or members):
            member = members.get(each)
            try:
                content = _content(archive, member, MAX_TOTAL) if member else None
            except Problem:
                content = None
            if content is None:
                raise Problem(name, "the archive changed since it was looked at", "Import it again")
            entry = zipfile.ZipInfo(each)  # dated 1980, whatever the clock says
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            less = lean(f"{name}/{each}", content)
            small.writestr(entry, content if less is None else less)
    return data.getvalue()


def is_workbook(handle: BinaryIO) -> bool:
    """Tell whether an open archive is a workbook; False where it cannot be read."""
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(cast("BinaryIO", _Capped(handle))).NameToInfo
    except _FAULTS:
        return False


def foreign(problem: Problem) -> bool:
    """Tell whether a file was refused because it is no export, rather than a damaged one."""
    return problem.mend.startswith(EXPECTED) and not isinstance(problem, UnknownTable)


class _Capped:
    """A file of which no more is read at once than an honest archive needs."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self.size = handle.seek(0, os.SEEK_END)

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_AT_ONCE:
            rest = self.size - self._handle.tell()
            if rest > MAX_AT_ONCE:
                raise ValueError("more than an honest archive needs")
        return self._handle.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._handle.seek(offset, whence)

    def tell(self) -> int:
        return self._handle.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the file open; whoever opened it closes it."""


def _opened(name: str, handle: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(cast("BinaryIO", _Capped(handle)))
    except _FAULTS as error:
        raise Problem(name, "the archive is cut off or damaged", "Download it again") from error


def _candidates(
    members: list[zipfile.ZipInfo], notes: list[Note]
) -> list[tuple[zipfile.ZipInfo, str | None]]:
    """Return the members that can be exports by their names, and why one is not to be opened."""
    inside = overlapping(members)
    seen: set[str] = set()
    found: list[tuple[zipfile.ZipInfo, str | None]] = []
    for member in members:
        path = member.orig_filename.replace("\\", "/")
        lower = path.lower()
        if member.is_dir() or private(path):
            continue
        if lower.endswith(".zip"):
            notes.append(
                Note(None, f"{member.filename}: an archive in the archive, left out", kind="odd")
            )
        if not lower.endswith(SUFFIXES):
            continue
        reason = _unsafe(member)
        if reason is None and member.header_offset in inside:
            reason = "it overlaps another member, left out"
        if reason is None and path in seen:
            reason = "the archive has it twice, the second left out"
        seen.add(path)
        found.append((member, reason))
    return found


def overlapping(members: list[zipfile.ZipInfo]) -> set[int]:
    """Return the places of members whose bytes are also another's: so are bombs made.

    Source: D. Fifield, “A better zip bomb”, 2019.
    """
    ordered = sorted(members, key=lambda one: one.header_offset)
    found: set[int] = set()
    for one, following in pairwise(ordered):
        end = one.header_offset + 30 + len(one.orig_filename) + one.compress_size
        if end > following.header_offset:
            found |= {one.header_offset, following.header_offset}
    return found


def _unsafe(member: zipfile.ZipInfo) -> str | None:
    """Return why a member is not to be opened, None when it may be.

    Nothing is written anywhere, whatever a member is called; a name that leads out of the
    archive still means that somebody meant harm.
    """
    path = member.orig_filename
    parts = path.replace("\\", "/").split("/")
    if ".." in parts or path.startswith(("/", "\\")) or path[1:2] == ":" or "\0" in path:
        return "its name leads out of the archive, left out"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link, not a file, left out"
    if member.flag_bits & 1:
        return "encrypted, left out"
    size = f"{member.file_size / 2**20:.0f} MB unpacked"
    if member.file_size > _FREE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return f"a bomb: {member.compress_size / 2**10:.0f} kB that become {size}, left out"
    if member.file_size > _most(member):
        return f"{size}, more than is read, left out"
    return None


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes | None:
    """Return a member's bytes.

    Raises:
        Problem: it is damaged, or larger than it says or than may be read.
    """
    if member.file_size > left:
        raise Problem(member.filename, "more than is read from one archive, left out", "")
    most = min(_most(member), left)
    parts = io.BytesIO()
    total = 0
    try:
        with archive.open(member) as stream:
            while part := stream.read(_BLOCK):
                total += len(part)
                if total > most:
                    raise Problem(member.filename, "larger than it says, left out", "")
                parts.write(part)
    except _FAULTS as error:
        raise Problem(member.filename, "damaged, left out", "") from error
    return parts.getvalue()


def _most(member: zipfile.ZipInfo) -> int:
    """Return the bytes a member may have: JSON as many as a file, it may be all of a download."""
    return MAX_TOTAL if member.orig_filename.lower().endswith(".json") else MAX_MEMBER


def _nothing(name: str, members: list[zipfile.ZipInfo], notes: list[Note]) -> Problem:
    told = "; ".join(note.text for note in notes[:4])
    more = f"; and {len(notes) - 4} more" if len(notes) > 4 else ""
    if not told:
        files = sum(not member.is_dir() for member in members)
        told = f"{files:,} files, none an export" if files else "it is empty"
    return Problem(name, f"nothing in this archive can be read ({told}{more})", EXPECTED)


def joined(name: str, kind: str, readings: list[Reading], notes: list[Note]) -> Reading:
    """Return the readings of a file's members, each called `name/member`, as one."""
    exported = [reading.exported for reading in readings if reading.exported]
    kinds = dict.fromkeys(reading.kind for reading in readings)
    platforms = [reading.platform for reading in readings if reading.posts]
    prefix = len(name) + 1
    if len(notes) > _TOLD:
        more = f"and {len(notes) - _TOLD} more of its members"
        notes = [*notes[:_TOLD], Note(None, more, kind="odd")]
    notes = [
        *(
            replace(note, text=f"{reading.name[prefix:]}: {note.text}")
            for reading in readings
            for note in reading.notes
        ),
        *notes,
    ]
    return Reading(
        name=name,
        kind=f"{kind}: {', '.join(kinds)}",
        platform=(platforms or [readings[0].platform])[0],
        posts=tuple(post for reading in readings for post in reading.posts),
        followers=tuple(one for reading in readings for one in reading.followers),
        days=tuple(one for reading in readings for one in reading.days),
        active=tuple(one for reading in readings for one in reading.active),
        shares=tuple(one for reading in readings for one in reading.shares),
        notes=tuple(notes),
        exported=max(exported, default=None),
        exported_told=any(reading.exported_told for reading in readings),
    )
