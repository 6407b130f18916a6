"""Zip archives of exports: members are read one by one in memory, nothing is ever unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers import EXPECTED
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.columns import Maps

MAX_MEMBERS = 2_000
"""Members looked at; TikTok's archives have up to four."""
MAX_MEMBER = 64 * 2**20
"""Bytes one member may have unpacked."""
MAX_TOTAL = 256 * 2**20
"""Bytes all members together may have unpacked."""
MAX_RATIO = 200
"""Text shrinks to a tenth or so; a member above `_FREE` that shrinks more is a bomb."""
_FREE = 4 * 2**20
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def read(
    name: str, data: bytes, today: date, zone: str | None, maps: Maps | None = None
) -> Reading:
    """Read every member that is an export.

    Raises:
        Problem: the archive is damaged, or none of its members can be read.
    """
    from studio.stats.readers import read as read_one

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _FAULTS as error:
        raise Problem(name, "the archive is cut off or damaged", "Download it again") from error
    readings: list[Reading] = []
    notes: list[Note] = []
    left = MAX_TOTAL
    for member in members[:MAX_MEMBERS]:
        if member.is_dir():
            continue
        reason = _unsafe(member, left)
        if reason:
            notes.append(Note(None, f"{member.filename}: {reason}", kind="odd"))
            continue
        try:
            with archive.open(member) as stream:
                content = stream.read(MAX_MEMBER + 1)
        except _FAULTS:
            notes.append(
                Note(None, f"{member.filename}: damaged or encrypted, left out", kind="odd")
            )
            continue
        left -= len(content)
        if len(content) > MAX_MEMBER:
            notes.append(
                Note(None, f"{member.filename}: larger than it says, left out", kind="odd")
            )
            continue
        if content[:4] == b"PK\x03\x04" and not _workbook(content):
            notes.append(
                Note(None, f"{member.filename}: an archive in the archive, left out", kind="odd")
            )
            continue
        try:
            readings.append(
                read_one(f"{name}/{member.filename}", content, today=today, zone=zone, maps=maps)
            )
        except Problem as problem:
            notes.append(Note(None, f"{member.filename}: {problem.what}", kind="odd"))
    if len(members) > MAX_MEMBERS:
        notes.append(
            Note(None, f"only the first {MAX_MEMBERS:,} of its members were looked at", kind="odd")
        )
    if not readings:
        told = "; ".join(note.text for note in notes[:4]) or "it is empty"
        more = f"; and {len(notes) - 4} more" if len(notes) > 4 else ""
        raise Problem(name, f"nothing in this archive can be read ({told}{more})", EXPECTED)
    return _joined(name, readings, notes)


def _workbook(content: bytes) -> bool:
    from studio.stats.readers import xlsx

    return xlsx.looks_like(content)


def _unsafe(member: zipfile.ZipInfo, left: int) -> str | None:
    """Return why a member is not to be opened, None when it may be.

    Nothing is written anywhere, whatever a member is called; a name that leads out of the
    archive still means that somebody meant harm.
    """
    path = member.orig_filename
    parts = path.replace("\\", "/").split("/")
    if ".." in parts or path.startswith(("/", "\\")) or path[1:2] == ":":
        return "its name leads out of the archive, left out"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link, not a file, left out"
    if member.flag_bits & 1:
        return "encrypted, left out"
    size = f"{member.file_size / 2**20:.0f} MB unpacked"
    if member.file_size > _FREE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return f"a bomb: {member.compress_size / 2**10:.0f} kB that become {size}, left out"
    if member.file_size > MAX_MEMBER or member.file_size > left:
        return f"{size}, more than is read, left out"
    return None


def _joined(name: str, readings: list[Reading], notes: list[Note]) -> Reading:
    exported = [reading.exported for reading in readings if reading.exported]
    kinds = dict.fromkeys(reading.kind for reading in readings)
    prefix = len(name) + 1
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
        kind=f"Archive: {', '.join(kinds)}",
        platform=readings[0].platform,
        posts=tuple(post for reading in readings for post in reading.posts),
        followers=tuple(one for reading in readings for one in reading.followers),
        days=tuple(one for reading in readings for one in reading.days),
        active=tuple(one for reading in readings for one in reading.active),
        shares=tuple(one for reading in readings for one in reading.shares),
        notes=tuple(notes),
        exported=max(exported, default=None),
        exported_told=any(reading.exported_told for reading in readings),
    )
