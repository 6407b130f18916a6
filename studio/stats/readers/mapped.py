"""A table of any other program, read by a column map."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studio.stats.post import Note
from studio.stats.readers import EXPECTED
from studio.stats.readers.columns import UnknownTable, names, signature, top
from studio.stats.readers.mapped_rows import Table, posts_of, read_rows
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.post import Post
    from studio.stats.readers.columns import Maps
    from studio.stats.readers.sheet import Sheet

_MAX_NOTES = 40


def read(name: str, sheet: Sheet, today: date, zone: str | None, maps: Maps) -> Reading:
    """Read rows whose header `maps` knows; what stands above the header is passed over.

    Args:
        name: the file's path, repeated in records and messages.
        sheet: its rows.
        today: the day it was exported at the latest.
        zone: IANA name of the account's time zone, for tables whose map names none.
        maps: what the columns mean, by `columns.signature` of the header.

    Raises:
        UnknownTable: none of `maps` is for this header.
    """
    for index, cells in top(sheet):
        columns = maps.get(signature(cells))
        if columns is not None:
            return _read(name, sheet, Table.of(columns, sheet, index), index, today, zone)
    filled = [cells for _, cells in top(sheet)]
    shown = ", ".join(cell.strip()[:30] for cell in filled[0][:6])
    mend = f"{EXPECTED}; if this is one, set the platform's language to English and export again"
    if len(filled) > 1 and sum(bool(cell.strip()) for cell in max(filled, key=len)) > 1:
        mend += ". If it is a table of another program, say in the import window what it means"
    raise UnknownTable(
        name,
        f"not understood: no export that Studio knows has the columns “{shown[:120]}”",
        mend,
        sheet,
    )


def _read(
    name: str, sheet: Sheet, table: Table, start: int, today: date, zone: str | None
) -> Reading:
    rows = read_rows(table, today)
    posts, notes = posts_of(name, table, rows, table.columns.zone or zone, today)
    notes = [*sheet.notes, *_unused(sheet.rows[start], table), *notes]
    if not posts:
        notes.append(Note(None, "there are no posts in it", kind="empty"))
    elif all(value is None for post in posts for value in post.figures):
        notes.append(Note(None, "none of its posts has a figure", kind="empty"))
    return Reading(
        name=name,
        kind=table.columns.name or "own table",
        platform=_platform(posts) or table.columns.platform or "instagram",
        posts=posts,
        notes=_few(notes),
        exported=today,
    )


def _platform(posts: tuple[Post, ...]) -> str | None:
    counted = Counter(post.platform for post in posts).most_common(1)
    return counted[0][0] if counted else None


def _unused(header: tuple[int, list[str]], table: Table) -> list[Note]:
    line, cells = header
    used = set(table.at.values())
    unused = [name for index, name in enumerate(names(cells)) if name and index not in used]
    if not unused:
        return []
    return [Note(line, f"columns left out: {', '.join(unused)[:200]}")]


def _few(notes: list[Note]) -> tuple[Note, ...]:
    if len(notes) <= _MAX_NOTES:
        return tuple(notes)
    rest = len(notes) - _MAX_NOTES
    return (*notes[:_MAX_NOTES], Note(None, f"and {rest} more notes like these", kind="odd"))
