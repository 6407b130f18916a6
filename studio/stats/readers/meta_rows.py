"""The usable rows of Meta's content export, with their figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from studio.stats.post import FIGURES, Figures, Note, NoteKind, link_code
from studio.stats.readers.dates import day_of, latest, parse_day
from studio.stats.readers.ids import media_time, shortcode_time
from studio.stats.readers.meta_times import wall
from studio.stats.readers.numbers import LARGEST, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DIGITS = 100  # of all of a row's figures together; more are not worth making numbers of
_FIELDS = (
    *("post_id", "permalink", "date", "account_id", "username", "name"),
    *("published", "type", "seconds", "caption", "title"),
)
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

    @cached_property
    def at(self) -> dict[str, int]:
        """Field → column in `Row.cells`: the last, always empty, for what the file lacks."""
        return {name: self.columns.get(name, self.width) for name in (*_FIELDS, *FIGURES)}

    def cell(self, cells: list[str], name: str) -> str:
        """Return the cell of a field, "" when the row has none."""
        index = self.columns.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    def note(self, line: int | None, text: str, kind: NoteKind = "odd") -> None:
        """Tell the human something about a line: as a rule that it was not understood."""
        self.notes.append(Note(line, text, kind=kind))


class Row(NamedTuple):
    """One usable row; a tuple of what is needed, because there may be 100,000.

    Args:
        line: its physical line.
        post_id: Meta's id, the shortcode where the id is spoilt.
        code: the shortcode.
        account: account id, user name without one.
        told: the time inside the shortcode, UTC.
        day: the day it is about, None for lifetime.
        figures: in the order of `FIGURES`.
        published: Publish time as written.
        type: the post type as written.
        link: the permalink, "" without one.
        caption: raw.
        seconds: Duration as written.
        user: the account's user name, its name without one.
    """

    line: int
    post_id: str
    code: str | None
    account: str
    told: datetime | None
    day: date | None
    figures: Figures
    published: str
    type: str
    link: str
    caption: str
    seconds: str
    user: str

    @property
    def key(self) -> str:
        """What tells the post from others in the file."""
        return self.code or self.post_id


def usable(rows: Iterable[tuple[int, list[str]]], source: Source) -> list[Row]:
    """Return the rows that say which post they are about; the others are noted."""
    today, width = source.today, source.width
    last = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=3)
    least = max(source.columns.get(name, 0) for name in ("permalink", "post_id")) + 1
    at = source.at
    told_in = itemgetter(*(at[name] for name in _FIELDS))
    figures_in = itemgetter(*(at[name] for name in FIGURES))
    new = tuple.__new__  # a third of the time that `Row(…)` takes
    found: list[Row] = []
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) < least:
            source.note(line, "the row is cut short, left out")
            continue
        if len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            source.note(line, f"the row has {more} cells than the header")
            whole = (cells + [""] * width)[:width]
        else:
            whole = cells.copy()
        whole.append("")  # what a column has that the file lacks
        (post_id, link, told_day, account, user, name, published, kind, seconds, caption, title) = (
            told_in(whole)
        )
        post_id, link = post_id.strip(), link.strip()
        code = link_code(link)
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
        day, readable = _day(told_day, today)
        if not readable:
            source.note(line, f"Date “{told_day.strip()[:24]}” cannot be read, left out")
            continue
        written = figures_in(whole)
        digits = "".join(written)
        figures = None
        if digits.isdecimal() and "" not in written and len(digits) < _DIGITS:
            figures = cast("Figures", tuple(map(int, written)))
        if figures is None or max(cast("tuple[int, ...]", figures)) > LARGEST:
            figures = _figures(line, written, source)
        values = (line, post_id, code, account or user, told, day, figures, published, kind)
        found.append(new(Row, (*values, link, caption or title, seconds, user or name)))
    return found


def _figures(line: int, written: Sequence[str], source: Source) -> Figures:
    values: list[int | None] = []
    for name, cell in zip(FIGURES, written, strict=True):
        value, wrong = count(cell)
        values.append(value)
        if wrong:
            source.note(line, f"{name} “{cell.strip()[:24]}” {wrong}")
    return cast("Figures", tuple(values))


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


@lru_cache(maxsize=4096)
def _day(cell: str, today: date) -> tuple[date | None, bool]:
    """Return the day of a row, None for "Lifetime" in any language; False for an unreadable one."""
    text = cell.strip()
    day = _row_day(text, today) if text else None
    return day, day is not None or not any(letter.isdecimal() for letter in text)


def _row_day(text: str, today: date) -> date | None:
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
            who = row.user or row.account
            source.note(row.line, f"a joint post published by {who}, not yours, left out", "empty")
    return [row for row in rows if row.account in ours]
