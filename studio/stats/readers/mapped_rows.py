"""The rows of a mapped table: what each says, what in it cannot be read, which are no posts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from studio.stats.post import FIGURES, Figures, Note, NoteKind, Post
from studio.stats.readers import cells as cell_text
from studio.stats.readers.columns import ColumnMap, names, places, signature
from studio.stats.readers.links import Link, kind_of, of_id, of_link, platform_of
from studio.stats.readers.mapped_times import Told, day, lives
from studio.stats.readers.sheet import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.stats.readers.cells import Moment
    from studio.stats.readers.sheet import Sheet

_TOTALS = frozenset(
    {"total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt"}
    | {"somme", "suma", "totale", "totaal", "toplam", "totais", "totales", "totaux", "razem"}
    | {"jumlah", "tổng", "итого", "всего", "σύνολο", "合計", "合计", "총계"}
    | {"average", "avg", "mean", "median", "durchschnitt", "mittelwert", "ø", "moyenne", "promedio"}
    | {"média", "media"}
)
_WHOLE_MINUTES = re.compile(r"\d{1,2}:[0-5]\d:00")
_AHEAD = timedelta(days=2)
"""How much later than the export an id may be: clocks differ, and so do days."""
_CLIPS = frozenset({"reel", "video", "story"})
TOTAL = "a total, not a post"
"""Why a row of sums is left out; that is in order, unlike the other reasons."""
_FEW_ALIKE = 3
"""Problems of one kind that are told each with its line; more are told together."""


@dataclass(frozen=True)
class Table:
    """A sheet with what its columns mean.

    Attributes:
        columns: the map.
        at: role → column.
        width: cells of its header.
        header: the header, which long tables repeat.
        figures: the columns of `FIGURES`, None for one that the table has not.
        rows: the rows below it, (line, cells).
    """

    columns: ColumnMap
    at: dict[str, int]
    width: int
    header: list[str]
    figures: tuple[int | None, ...]
    rows: Sequence[tuple[int, list[str]]]

    @classmethod
    def of(cls, columns: ColumnMap, sheet: Sheet, start: int, limit: int | None = None) -> Table:
        """Return the table whose header is row `start` of a sheet, its first `limit` rows."""
        header = sheet.rows[start][1]
        end = None if limit is None else start + 1 + limit
        width = max((index for index, name in enumerate(names(header), 1) if name), default=0)
        rows = sheet.rows[start + 1 : end]
        at = places(columns, header)
        return cls(columns, at, width, header, tuple(map(at.get, FIGURES)), rows)

    def cell(self, cells: list[str], role: str) -> str:
        """Return the cell that has a role, "" when the row has none."""
        index = self.at.get(role)
        return cells[index] if index is not None and index < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as far as it can be read by itself.

    Attributes:
        line: its physical line.
        cells: as they are.
        left_out: why it is no post; None when it is one.
        wrong: (role, what is wrong with its cell).
        platform: whose the post is.
        post_id: its id, or the shortcode.
        link: what its link says.
        stated: when it was posted, as stated.
        uploaded: the time inside its id, UTC.
        figures: in the order of `FIGURES`.
        rounded: figures that the table has rounded ("1.2K").
        seconds: length of the clip.
    """

    line: int
    cells: list[str]
    left_out: str | None = None
    wrong: tuple[tuple[str, str], ...] = ()
    platform: str = ""
    post_id: str = ""
    link: Link | None = None
    stated: Moment | None = None
    uploaded: datetime | None = None
    figures: Figures = (None,) * 7
    rounded: int = 0
    seconds: float | None = None


def read_rows(table: Table, today: date) -> list[Row]:
    """Return every filled row, those that are no posts with the reason."""
    minutes = _minutes_for_seconds(table)
    filled = [(line, cells) for line, cells in table.rows if any(cell.strip() for cell in cells)]
    lengths = {len(cells) for _, cells in filled[:-1]}
    cut = len(lengths) == 1 and len(filled[-1][1]) < min(*lengths, table.width)
    rows = []
    for number, (line, cells) in enumerate(filled, 1):
        reason = _no_post(table, cells, cut=cut and number == len(filled))
        rows.append(
            _row(table, line, cells, today, minutes) if reason is None else Row(line, cells, reason)
        )
    # A repeated header is no news to anyone.
    rows = [row for row in rows if row.left_out != ""]
    return _once(table, _midnights(table, rows))


def _no_post(table: Table, cells: list[str], *, cut: bool) -> str | None:
    """Return why a row is no post whatever its cells say, "" for one to pass over in silence."""
    if cells[0] == table.header[0] and signature(cells) == signature(table.header):
        return ""
    if any(map(_is_total, cells)) and of_link(table.cell(cells, "link")) is None:
        first = next(cell for cell in cells if cell.strip())
        named = (table.cell(cells, role) for role in ("posted", "id", "caption", "platform"))
        if any(map(_is_total, (first, *named))):
            return TOTAL
    if any(cell.strip() for cell in cells[table.width :]):
        return "more cells than the header, so its columns cannot be told apart"
    return "cut short" if cut else None


def _is_total(cell: str) -> bool:
    return len(cell) <= 20 and not cell.isdecimal() and _total(cell)


@lru_cache(maxsize=4096)
def _total(cell: str) -> bool:
    return plain(cell).strip(":.") in _TOTALS


def _row(table: Table, line: int, cells: list[str], today: date, minutes: bool) -> Row:
    wrong: list[tuple[str, str]] = []
    link_cell = table.cell(cells, "link")
    link = of_link(link_cell)
    if link is None and link_cell.strip() and not cell_text.is_missing(link_cell):
        wrong.append(("link", "holds no link"))
    named = table.cell(cells, "platform")
    platform = platform_of(named) or (link and link.platform)
    id_cell = table.cell(cells, "id")
    post_id, told = of_id(id_cell, platform or table.columns.platform or None)
    if id_cell.strip() and not post_id and not cell_text.is_missing(id_cell):
        wrong.append(("id", "is no whole id"))
    platform = platform or table.columns.platform or _by_id(post_id, told)
    if link and link.post_id and (platform == "tiktok" or not post_id.isdecimal()):
        post_id = link.post_id
    uploaded = (link and link.uploaded) or told
    if uploaded and uploaded.date() > today + _AHEAD:
        wrong.append(("link" if link and link.uploaded else "id", "holds a time in the future"))
        uploaded = None
    stated = _stated(table, cells, wrong)
    told_row = Told(line, stated, uploaded)
    on = day(told_row, today)
    figures, rounded = _figures(table, cells, wrong)
    reason = None
    if on is None and not post_id:
        reason = "neither a day nor a link with an id"
    elif not platform:
        reason = "neither a column nor its link tells the platform"
    elif on is not None and on > today + timedelta(days=1):
        reason = "its day lies in the future"
    return Row(
        line,
        cells,
        reason,
        tuple(wrong),
        platform or "",
        post_id,
        link,
        stated,
        uploaded,
        figures,
        rounded,
        _seconds(table, cells, wrong, minutes),
    )


def _by_id(post_id: str, told: datetime | None) -> str | None:
    if told is None:
        return None
    return "tiktok" if post_id.isdecimal() else "instagram"


def _stated(table: Table, cells: list[str], wrong: list[tuple[str, str]]) -> Moment | None:
    text = table.cell(cells, "posted")
    order = table.columns.order
    stated = None if cell_text.is_missing(text) else cell_text.moment(text, order)
    if stated is None and not cell_text.is_missing(text):
        wrong.append(("posted", _no_day(text, order)))
    clock_cell = table.cell(cells, "posted time")
    if cell_text.is_missing(clock_cell):
        return stated
    clock = cell_text.clock(clock_cell)
    if clock is None:
        whole = cell_text.moment(clock_cell, order)
        clock = (whole.clock, whole.offset) if whole and whole.clock else None
    if clock is None:
        wrong.append(("posted time", "is no time of day"))
    elif stated is not None:
        return replace(stated, clock=clock[0], offset=clock[1])
    return stated


def _no_day(text: str, order: str) -> str:
    other = next((one for one in ("dmy", "mdy") if cell_text.moment(text, one)), None)
    if other is None:
        return "is no day"
    if order == "ymd":
        return "is a day only once it is said whether the day or the month comes first"
    return f"is no day when the {'day' if order == 'dmy' else 'month'} comes first"


def _figures(table: Table, cells: list[str], wrong: list[tuple[str, str]]) -> tuple[Figures, int]:
    values: list[int | None] = []
    rounded = 0
    decimal, width = table.columns.decimal, len(cells)
    for name, index in zip(FIGURES, table.figures, strict=True):
        if index is None or index >= width:
            values.append(None)
            continue
        value, what, about = cell_text.count(cells[index], decimal)
        values.append(value)
        rounded += about
        if what:
            wrong.append((name, what))
    return cast("Figures", tuple(values)), rounded


def _seconds(
    table: Table, cells: list[str], wrong: list[tuple[str, str]], minutes: bool
) -> float | None:
    text = table.cell(cells, "seconds")
    if cell_text.is_missing(text) or not text.strip("0:. "):
        return None
    found = cell_text.seconds(text)
    if found is None:
        wrong.append(("seconds", "is no length"))
        return None
    return found / 60 if minutes else found


def _minutes_for_seconds(table: Table) -> bool:
    """Tell whether a spreadsheet has taken "0:15" for a quarter past midnight, "00:15:00"."""
    told = [table.cell(cells, "seconds").strip() for _, cells in table.rows]
    told = [text for text in told if text.strip("0:")]
    return len(told) >= 3 and all(_WHOLE_MINUTES.fullmatch(text) for text in told)


def _midnights(table: Table, rows: list[Row]) -> list[Row]:
    """Take the clock from days that a program has written as midnights."""
    clocks = {row.stated.clock for row in rows if row.stated and row.stated.clock is not None}
    if "posted time" in table.at or clocks != {time(0)}:
        return rows
    return [
        replace(row, stated=replace(row.stated, clock=None, offset=None)) if row.stated else row
        for row in rows
    ]


def _once(table: Table, rows: list[Row]) -> list[Row]:
    """Leave out what is there a second time."""
    seen: dict[object, int] = {}
    found = []
    for row in rows:
        key = _key(table, row)
        first = seen.setdefault(key, row.line) if key is not None else row.line
        same = f"the same post as in line {first}"
        found.append(row if first == row.line else replace(row, left_out=same))
    return found


def _key(table: Table, row: Row) -> object:
    if row.left_out is not None:
        return None
    if row.post_id:
        return row.platform, (row.link.post_id if row.link else "") or row.post_id
    caption = table.cell(row.cells, "caption").strip()
    if row.stated is None or not (caption or row.stated.clock):
        return None
    return row.platform, row.stated, caption


def posts_of(
    name: str, table: Table, rows: Sequence[Row], zone: str | None, today: date
) -> tuple[tuple[Post, ...], list[Note]]:
    """Return the posts among rows, and what the human should know of the rows.

    Args:
        name: the file's path.
        table: where the rows are from.
        rows: as `read_rows` gives them.
        zone: IANA name of the zone of the table's clocks; None for UTC.
        today: the day of the export.
    """
    kept = [row for row in rows if row.left_out is None]
    found, notes = lives([Told(row.line, row.stated, row.uploaded) for row in kept], zone, today)
    posts = []
    for row, live in zip(kept, found, strict=True):
        at = live.posted_at
        kind = kind_of(
            table.cell(row.cells, "format"),
            row.platform,
            row.link.format if row.link else None,
            (at.year, at.month) if at else (0, 0),
        )
        account = table.cell(row.cells, "account").strip().lstrip("@")
        caption = table.cell(row.cells, "caption")
        posts.append(
            Post(
                row.platform,
                row.post_id,
                at,
                live.hour_known,
                kind,
                "" if cell_text.is_missing(caption) else caption,
                row.link.url if row.link else None,
                row.seconds if kind is None or kind in _CLIPS else None,
                *row.figures,
                name,
                row.line,
                today,
                account or (row.link.account if row.link else None) or None,
                uploaded_at=row.uploaded,
                time_from=live.source,
            )
        )
    return tuple(posts), [*_told_of(table, rows), *notes]


def _told_of(table: Table, rows: Iterable[Row]) -> list[Note]:
    alike: dict[str, list[tuple[int, str]]] = {}
    rounded = 0
    for row in rows:
        rounded += row.rounded if row.left_out is None else 0
        if row.left_out is not None:
            kind = row.left_out.partition(" in line ")[0]
            alike.setdefault(f"left out: {kind}", []).append((row.line, row.left_out))
            continue
        for role, what in row.wrong:
            text = f"{role} “{table.cell(row.cells, role).strip()[:24]}” {what}"
            alike.setdefault(f"{role}: {what}", []).append((row.line, text))
    notes = []
    for kind, told in alike.items():
        odd: NoteKind = "about" if kind.endswith(TOTAL) else "odd"
        if len(told) <= _FEW_ALIKE:
            words = ("left out: {}" if kind.startswith("left out") else "{}").format
            notes += [Note(line, words(text), kind=odd) for line, text in told]
        else:
            what = "rows" if kind.startswith("left out") else "cells"
            notes.append(Note(told[0][0], f"{kind}; {len(told)} such {what}", kind=odd))
    if rounded:
        which = "1 figure is" if rounded == 1 else f"{rounded} figures are"
        notes.append(Note(None, f"{which} rounded in it, as in “1.2K”, and taken so"))
    return notes
