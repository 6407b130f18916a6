"""One reader per export format; each recognises its file by content.

A file's name is never looked at, only repeated. `read` either understands the file or raises a
`Problem` that names it and says what it seems to be.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers.columns import ColumnMap, Maps, UnknownTable
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = [
    "EXPECTED",
    "MAX_BYTES",
    "ColumnMap",
    "Maps",
    "Note",
    "Reading",
    "UnknownTable",
    "glance",
    "is_archive",
    "read",
]

MAX_BYTES = 256 * 2**20
"""Larger files are refused: 100,000 posts in Meta's content export are about 113 MB."""

# First bytes of things people drop by mistake (the file formats' own specifications).
_MAGIC = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a clip"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


_ZIP = frozenset({b"PK\x03\x04", b"PK\x05\x06"})


def read(
    name: str,
    data: bytes,
    *,
    today: date | None = None,
    zone: str | None = None,
    maps: Maps | None = None,
) -> Reading:
    """Read one export, whatever it is.

    Args:
        name: the file's path, repeated in records and messages.
        data: its bytes.
        today: the day it was exported at the latest; years that the file leaves out are the
            latest that fit. None means the current day, UTC.
        zone: IANA name of the account's time zone, for days that TikTok gives without one.
        maps: what the columns of other tables mean, by `columns.signature`.

    Raises:
        UnknownTable: rows and columns that no reader and none of `maps` knows.
        Problem: it is not an export that Studio understands, or nothing in it can be read.
    """
    day = today or datetime.now(UTC).date()
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Problem(name, "the file is empty", "Download the export again")
    if len(data) > MAX_BYTES:
        raise Problem(
            name,
            f"the file is larger than {MAX_BYTES >> 20} MB, no export that Studio reads is",
            "Choose a shorter time range and export again",
        )
    if data[:4] in _ZIP:
        from studio.stats.readers import archive, xlsx

        if xlsx.looks_like(data):
            return xlsx.read(name, data, day, zone, maps)
        return archive.read(name, data, day, zone, maps)
    glance(name, data[:16])
    from studio.stats.readers import tables

    return tables.read_text(name, data, day, zone, maps)


def is_archive(head: bytes, handle: BinaryIO) -> bool:
    """Tell whether an open file is a zip archive, and not a workbook, which is one too.

    Args:
        head: its first bytes.
        handle: the file; it stands at its beginning before and after.
    """
    if head[:4] not in _ZIP:
        return False
    from studio.stats.readers import archive

    found = archive.is_workbook(handle)
    handle.seek(0)
    return not found


def glance(name: str, head: bytes) -> None:
    """Refuse a file by its first 16 bytes, before all of it is read.

    Raises:
        Problem: it is plainly something else, such as a picture.
    """
    for magic, thing in _MAGIC:
        if head.startswith(magic):
            raise Problem(name, f"not understood: this is {thing}", EXPECTED)
    if head[4:8] == b"ftyp":
        raise Problem(name, "not understood: this is a picture or a clip", EXPECTED)


EXPECTED = (
    "Give what Meta Business Suite, TikTok Studio or YouTube Studio exports, or the data that"
    " Instagram or TikTok let you download"
)
"""How to mend a file that is no export."""
