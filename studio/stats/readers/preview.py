"""A table as a column map would read it, row by row, before anything is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.stats.readers.columns import signature, top
from studio.stats.readers.mapped_rows import Row, Table, posts_of, read_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from studio.stats.post import Note, Post
    from studio.stats.readers.columns import ColumnMap
    from studio.stats.readers.sheet import Sheet

FIRST = 2_000
"""Rows that are read for a preview: some milliseconds at each key."""


@dataclass(frozen=True)
class Shown:
    """One row as it would be read.

    Attributes:
        line: its physical line.
        post: what it becomes; None when it is left out.
        left_out: why it is left out; None when it is not.
        wrong: role → what is wrong with its cell; its figure is then missing.
        cells: role → the cell, raw.
    """

    line: int
    post: Post | None
    left_out: str | None
    wrong: dict[str, str]
    cells: dict[str, str]


@dataclass(frozen=True)
class Preview:
    """What reading a table would give.

    Attributes:
        rows: the first rows, in the order of the table.
        read: rows that become posts.
        left_out: why rows are left out, and how many.
        wrong: what is wrong with cells of the posts, as "role what", and how many.
        notes: what the reader would tell.
        whole: every row was looked at; False when there are more than `FIRST`.
    """

    rows: tuple[Shown, ...] = ()
    read: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    wrong: tuple[tuple[str, int], ...] = ()
    notes: tuple[Note, ...] = ()
    whole: bool = True

    @property
    def dated(self) -> int:
        """Posts among `rows` whose hour is known."""
        return sum(row.post is not None and row.post.hour_known for row in self.rows)


def preview(
    sheet: Sheet, columns: ColumnMap, zone: str | None, today: date, *, show: int = 12
) -> Preview:
    """Return the first rows of a table as a map reads them, and what becomes of the rest.

    Args:
        sheet: the rows of the file.
        columns: what its columns mean.
        zone: IANA name of the account's zone, for maps that name none.
        today: the day of the export at the latest.
        show: rows to give in `Preview.rows`.
    """
    start = next(
        (index for index, cells in top(sheet) if signature(cells) == columns.signature), None
    )
    if start is None:
        return Preview()
    table = Table.of(columns, sheet, start, FIRST)
    rows = read_rows(table, today)
    posts, notes = posts_of("", table, rows, columns.zone or zone, today)
    left_out = Counter(row.left_out.partition(" in line ")[0] for row in rows if row.left_out)
    wrong = Counter(
        f"{role} {what}" for row in rows if row.left_out is None for role, what in row.wrong
    )
    return Preview(
        rows=_shown(table, rows[:show], posts),
        read=len(posts),
        left_out=tuple(left_out.most_common()),
        wrong=tuple(wrong.most_common()),
        notes=tuple(notes),
        whole=len(sheet.rows) - start - 1 <= FIRST,
    )


def _shown(table: Table, rows: Sequence[Row], posts: Sequence[Post]) -> tuple[Shown, ...]:
    by_line = {post.line: post for post in posts}
    return tuple(
        Shown(
            row.line,
            by_line.get(row.line) if row.left_out is None else None,
            row.left_out,
            dict(row.wrong),
            {role: table.cell(row.cells, role) for role in table.at},
        )
        for row in rows
    )
