"""The usable rows of Meta's content export, with their figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import cast

from studio.stats.post import FIGURES, Figures, Note, NoteKind, link_code
from studio.stats.readers.dates import day_of, latest, parse_day
from studio.stats.readers.ids import media_time, shortcode_time
from studio.stats.readers.meta_times import wall
from studio.stats.readers.numbers import count

_STORY = re.compile(r"instagram\.com/stories/[\w.]+/(\d{17,19})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Source:
    """The file being read; `notes` grows while it is.

    Args:
        name: its path.
        today: the day it was exported at the latest.
        width: cells in its header.
        columns: field → column.
        notes: what the human should know.
    """

    name: str
    today: date
    width: int
    columns: dict[str, int]
    notes: list[Note] = field(default_factory=list)

    def cell(self, cells: list[str], name: str) -> str:
        """Return the cell of a field, "" when the row has none."""
        index = self.columns.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    def note(self, line: int | None, text: str, kind: NoteKind = "odd") -> None:
        """Tell the human something about a line: as a rule that it was not understood."""
        self.notes.append(Note(line, text, kind=kind))


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row.

    Args:
        line: its physical line.
        cells: as they are.
        post_id: Meta's id, the shortcode where the id is spoilt.
        code: the shortcode.
        account: account id, user name without one.
        told: the time inside the shortcode, UTC.
        day: the day it is about, None for lifetime.
        figures: in the order of `FIGURES`.
    """

    line: int
    cells: list[str]
    post_id: str
    code: str | None
    account: str
    told: datetime | None
    day: date | None
    figures: Figures

    @property
    def key(self) -> str:
        """What tells the post from others in the file."""
        return self.code or self.post_id


def usable(rows: list[tuple[int, list[str]]], source: Source) -> list[Row]:
    """Return the rows that say which post they are about; the others are noted."""
    today = source.today
    last = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=3)
    least = max(source.columns.get(name, 0) for name in ("permalink", "post_id")) + 1
    found: list[Row] = []
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) < least:
            source.note(line, "the row is cut short, left out")
            continue
        if len(cells) != source.width:
            more = "more" if len(cells) > source.width else "fewer"
            source.note(line, f"the row has {more} cells than the header")
        post_id = source.cell(cells, "post_id").strip()
        code = link_code(source.cell(cells, "permalink"))
        told = shortcode_time(code) if code else _story_time(cells, source)
        if told and told > last:
            source.note(line, "the post's id holds a time in the future, not used")
            told = None
        if not (post_id.isdecimal() and 5 <= len(post_id) <= 25):
            if not code:
                source.note(line, "neither post id nor permalink can be read, left out")
                continue
            source.note(line, "the post id is spoilt, the permalink stands for it", "about")
            post_id = code
        told_day = source.cell(cells, "date")
        day, readable = _about(told_day, today)
        if not readable:
            source.note(line, f"Date “{told_day.strip()[:24]}” cannot be read, left out")
            continue
        found.append(
            Row(
                line,
                cells,
                post_id,
                code,
                source.cell(cells, "account_id") or source.cell(cells, "username"),
                told,
                day,
                _figures(line, cells, source),
            )
        )
    return found


def _story_time(cells: list[str], source: Source) -> datetime | None:
    """Return the time in a story's address, which holds the media id instead of a shortcode.

    It is believed only where Publish time, in whatever zone, is less than two days away.
    """
    found = _STORY.search(source.cell(cells, "permalink"))
    told = media_time(found[1]) if found else None
    if told is None:
        return None
    written = source.cell(cells, "published").strip()
    walls = [wall(written, order) for order in ("mdy", "dmy")]
    near = any(at and abs(at.replace(tzinfo=UTC) - told) < timedelta(days=2) for at in walls)
    return told if near else None


def _figures(line: int, cells: list[str], source: Source) -> Figures:
    values: list[int | None] = []
    for name in FIGURES:
        index = source.columns.get(name)
        if index is None or index >= len(cells):
            values.append(None)
            continue
        value, wrong = count(cells[index])
        values.append(value)
        if wrong:
            source.note(line, f"{name} “{cells[index].strip()[:24]}” {wrong}")
    return cast("Figures", tuple(values))


@lru_cache(maxsize=4096)
def _about(text: str, today: date) -> tuple[date | None, bool]:
    """Return the day a row is about, None for its lifetime, and whether that could be read."""
    text = text.strip()
    day = _day(text, today)
    return day, day is not None or not any(letter.isdecimal() for letter in text)


def _day(text: str, today: date) -> date | None:
    """Return the day of a row of the daily breakdown; None for "Lifetime" in any language."""
    if not text:
        return None
    first = text.replace("T", " ").split()[0] if text[0].isdecimal() else ""
    for order in ("dmy", "mdy") if "." in first else ("mdy", "dmy"):
        found = wall(f"{first} 00:00", order)
        if found:
            return found.date()
    told = parse_day(text)
    if told is None:
        return None
    year, month, day = told
    return day_of(year, month, day) if year else latest(month, day, today)


def own(rows: list[Row], source: Source) -> list[Row]:
    """Leave out joint posts of other accounts: Meta tells neither reach nor follows for them."""
    accounts = Counter(row.account for row in rows)
    if len(accounts) < 2:
        return rows
    reach, follows = FIGURES.index("reach"), FIGURES.index("follows")
    ours = {
        row.account
        for row in rows
        if row.figures[reach] is not None or row.figures[follows] is not None
    }
    ours.add(accounts.most_common(1)[0][0])
    for row in rows:
        if row.account not in ours:
            who = source.cell(row.cells, "username") or row.account
            source.note(row.line, f"a joint post published by {who}, not yours, left out", "empty")
    return [row for row in rows if row.account in ours]
