"""Instagram's data download as HTML, as well as it goes: JSON tells more, and tells it surely.

One `div.pam…_a6-g` an entry; the caption is `_a6-h`, the date `_a6-o`, labels and values are
`td._a6_q` beside `td._a6_r`, or a `td._a6_q` with its value in it. Dates are in the account's
language and without a zone; public parsers found them in US Pacific time, as in Meta's other
exports (reference: analytics-exports, sections 3 and 8), so hours are kept but not trusted.
Messages, likes and saved posts have the same layout; what has no picture of one's own, and no
figures of a post, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.problem import Problem
from studio.stats.post import Note, Post
from studio.stats.readers import EXPECTED
from studio.stats.readers import instagram_audience as audience
from studio.stats.readers.dates import day_of, parse_day
from studio.stats.readers.html_text import tokens
from studio.stats.readers.instagram_labels import post_role
from studio.stats.readers.instagram_media import is_archived, own, shape_of
from studio.stats.readers.instagram_values import Media, Source, Told, figured, post
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from datetime import date

MAX_LETTERS = 16 * 2**20
"""Longer pages are refused; five thousand posts take about half of this."""
PACIFIC = "America/Los_Angeles"
_DEEPEST = 200
_MAX_ENTRIES = 100_000
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"}
    | {"track", "wbr"}
)
_LONGEST = 20_000  # letters of one text; a caption has 2,200 at the most
_CLOCK = re.compile(
    r"(?:(?P<before>오전|오후|午前|午後|上午|下午)\s*)?(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d))?(?!\d)\s*(?P<after>[ap]\.?\s?m\b\.?|오전|오후|午前|午後|上午|下午)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"^(\d{1,2})\s?[月월]\s?(\d{1,2}),\s?(20\d\d)")  # "7월 27, 2026", seen
_JOINED = re.compile(
    r"\s+(?:at|um|à|às|alle ore|alle|a las|om|o|в|saat)\s*$|[,،]\s*$", re.IGNORECASE
)


@dataclass
class _Entry:
    """One box of the page."""

    line: int
    caption: str = ""
    date: str = ""
    stamp: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def read(name: str, text: str, today: date, zone: str | None) -> Reading:
    """Read one page of the download.

    Args:
        name: its path.
        text: the page.
        today: the day it was downloaded at the latest.
        zone: not used; the page's times are the platform's.

    Raises:
        Problem: it is another web page, or a page without posts or figures.
    """
    del zone
    if len(text) > MAX_LETTERS:
        raise Problem(
            name,
            f"not understood: a web page of more than {MAX_LETTERS >> 20} million letters",
            "Download your information as JSON instead",
        )
    page = _Page(text)
    if not page.entries and page.open is None and not page.rows:
        raise Problem(
            name,
            "not understood: this is a web page, most likely a login or error page saved in place"
            " of the export",
            "Log in on the platform's site and download the export again",
        )
    source = Source(name, today)
    found = [one for entry in page.entries if (one := _post(entry, source)) is not None]
    if found:
        return _reading(found, source, page)
    rows = page.rows or [row for entry in page.entries for row in entry.rows]
    told: dict[str, object] = {
        "string_map_data": {label: {"value": value} for label, value in rows}
    }
    if audience.is_audience(told):
        about = audience.read_audience(told, 1, source)
        return Reading(
            name,
            "Instagram audience, HTML",
            "instagram",
            followers=about.followers,
            shares=about.shares,
            notes=(*_cut(page), *source.told()),
            exported=today,
        )
    if page.open is not None and not page.entries:
        raise Problem(name, "not understood: this page is cut off", "Download it again")
    if source.left:
        raise Problem(
            name, f"no post in this page can be read: {next(iter(source.left))}", "Choose JSON"
        )
    raise Problem(
        name,
        "not understood: part of an Instagram download that has no posts or figures",
        EXPECTED,
    )


def _reading(found: list[Post], source: Source, page: _Page) -> Reading:
    unsure = any(not one.hour_known for one in found)
    if unsure:
        source.notes.insert(
            0,
            Note(
                None,
                "a download as HTML: its times have no time zone, most likely US Pacific, so the"
                " hours are not used; request the download again as JSON, which has them in UTC",
            ),
        )
    figures = any(value is not None for one in found for value in one.figures)
    return Reading(
        source.name,
        f"Instagram {'post insights' if figures else 'posts'}, HTML",
        "instagram",
        posts=tuple(found),
        notes=(*_cut(page), *source.told())[:40],
        exported=source.today,
    )


def _cut(page: _Page) -> list[Note]:
    if page.open is None and page.whole:
        return []
    text = "the page is cut off: only what is whole before was read; download it again"
    return [Note(page.open.line if page.open else None, text, kind="odd")]


def _post(entry: _Entry, source: Source) -> Post | None:
    """Return the post of an entry, None when it is none or has no possible time."""
    roles = [post_role(label) for label, _ in entry.rows]
    pictures = [Media(path, None, "") for path in dict.fromkeys(entry.paths) if own(path)]
    figures = len({"reach", "impressions", "views", "likes"} & set(roles)) >= 2
    if not pictures and not figures:
        return None
    rows = [(label, Told(value)) for label, value in entry.rows]
    said = figured(rows if figures else [], entry.line, source)
    shown = entry.date or next(
        (value for role, (_, value) in zip(roles, entry.rows, strict=True) if role == "created"), ""
    )
    moment, sure = _moment(entry.stamp, shown)
    if moment is None:
        source.leave_out(entry.line, "without a date that can be read")
        return None
    posted = source.time(entry.line, int(moment.timestamp()))
    if posted is None:
        return None
    return post(
        source,
        entry.line,
        posted,
        shape_of(pictures) if pictures and not figures else None,
        said.caption or entry.caption,
        said if figures else None,
        hour_known=sure,
        private=bool(pictures) and is_archived(pictures[0].uri),
    )


def _moment(stamp: str, shown: str) -> tuple[datetime | None, bool]:
    """Return the time of an entry, and whether its zone is told."""
    if stamp:
        try:
            exact = datetime.fromisoformat(stamp)
        except ValueError:
            exact = None
        if exact is not None and exact.tzinfo is not None:
            return exact.astimezone(UTC), True
    clock = _CLOCK.search(shown)
    text = shown if clock is None else shown[: clock.start()] + " " + shown[clock.end() :]
    text = _MONTH_FIRST.sub(r"\3-\1-\2", text.strip())
    told = parse_day(_JOINED.sub("", text).strip(" ,،"))
    day = day_of(told[0], told[1], told[2]) if told and told[0] else None
    if day is None:
        return None, False
    hour = _hour(clock) if clock else None
    if hour is None:
        return datetime.combine(day, time(12), UTC), False
    return datetime.combine(day, hour, ZoneInfo(PACIFIC)).astimezone(UTC), False


def _hour(clock: re.Match[str]) -> time | None:
    half = (clock["before"] or clock["after"] or "").casefold()
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        late = half.startswith("p") or half in {"오후", "午後", "下午"}
        hour = hour % 12 + 12 * late
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


class _Page:
    """The entries of a page; `rows` are those outside of any entry."""

    def __init__(self, text: str) -> None:
        self.entries: list[_Entry] = []
        self.rows: list[tuple[str, str]] = []
        self.open: _Entry | None = None
        self.whole = False
        self._stack: list[tuple[str, str]] = []  # tag, what it is
        self._inside: Counter[str] = Counter()  # what the text is in
        self._label = ""
        self._value: str | None = None
        last, line = 0, 1
        for token in tokens(text):
            line += text.count("\n", last, token.at)
            last = token.at
            if not token.tag:
                self._text(token.text)
            elif token.tag.startswith("/"):
                self._end(token.tag[1:])
            else:
                self._start(token.tag, token.attributes, line)

    def _start(self, tag: str, told: dict[str, str], line: int) -> None:
        """Note what an element is, and the paths in it."""
        if self.open is not None:
            for name in ("href", "src"):
                path = told.get(name)
                if path and "://" not in path and len(self.open.paths) < _DEEPEST:
                    self.open.paths.append(path)
            if tag == "time" and not self.open.stamp and self._inside["date"]:
                self.open.stamp = told.get("datetime", "")
        if tag == "br":
            self._text("\n")
        if tag in _VOID or len(self._stack) >= _DEEPEST:
            return
        classes = set(told.get("class", "").split())
        what = ""
        if "_a6-g" in classes and self.open is None and len(self.entries) < _MAX_ENTRIES:
            self.open = _Entry(line)
            what = "entry"
        elif "_a6-h" in classes and tag != "td":
            what = "caption"
        elif "_a6-o" in classes:
            what = "date"
        elif "_a6_q" in classes:
            self._finish_row()
            self._label, self._value, what = "", None, "label"
        elif "_a6_r" in classes:
            self._value, what = "", "value"
        elif tag == "div" and self._inside["label"]:
            self._value, what = self._value or "", "value"
        self._stack.append((tag, what))
        self._inside[what] += 1

    def _end(self, tag: str) -> None:
        """Close the element, and those left open in it."""
        if tag == "html":
            self.whole = True
        if all(open_tag != tag for open_tag, _ in self._stack):
            return
        while self._stack:
            closed, what = self._stack.pop()
            self._inside[what] -= 1
            if what == "entry" and self.open is not None:
                self._finish_row()
                self.entries.append(self.open)
                self.open = None
            if closed == tag:
                break
        if not self._stack:
            self._finish_row()

    def _text(self, text: str) -> None:
        """Put text where it belongs."""
        if self._inside["value"]:
            self._value = ((self._value or "") + text)[:_LONGEST]
        elif self._inside["label"]:
            self._label = (self._label + text)[:_LONGEST]
        elif self.open is not None and self._inside["caption"]:
            self.open.caption = (self.open.caption + text)[:_LONGEST]
        elif self.open is not None and self._inside["date"]:
            self.open.date = (self.open.date + text)[:_LONGEST]

    def _finish_row(self) -> None:
        """Keep the label and value gathered so far."""
        if self._label.strip() and self._value is not None:
            row = (self._label.strip(), self._value.strip())
            (self.open.rows if self.open is not None else self.rows).append(row)
        self._label, self._value = "", None
