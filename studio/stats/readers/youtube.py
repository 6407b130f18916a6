"""YouTube Studio's tables: Table data (one row a video), Chart data (a day), Totals (a day).

Only the day of publishing is told, and a video's id holds no time, so no hour is ever known
(reference: analytics-exports, section 7). Shorts cannot be told from longer videos in the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.stats.post import DayFigure, Note, Post
from studio.stats.readers.dates import day_of, parse_day
from studio.stats.readers.numbers import MISSING, count
from studio.stats.readers.reading import Reading
from studio.stats.readers.youtube_words import fields, word

if TYPE_CHECKING:
    from studio.stats.readers.sheet import Sheet

_FIGURES = ("views", "likes", "comments", "shares", "follows")
_ID = re.compile(r"[\w-]{11}", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_FULL = 500
"""Rows YouTube Studio exports at most (public parsers)."""


def _header(sheet: Sheet) -> tuple[int, int, list[str]]:
    """Return index, line and cells of the first filled row; -1 when there is none."""
    for index, (line, cells) in enumerate(sheet.rows):
        if any(cells):
            return index, line, cells
    return -1, 0, []


def _columns(header: list[str]) -> dict[str, int]:
    known = fields()
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = known.get(word(cell))
        if name is not None and name != "-":
            found.setdefault(name, index)
    return found


def matches(sheet: Sheet) -> bool:
    """Tell whether the first filled row is the header of one of the three tables.

    Totals has no more than a day and figures, as many a table has; it is taken for YouTube's only
    when all its columns are, and its days are whole dates.
    """
    index, _, header = _header(sheet)
    at = _columns(header)
    if {"id", "title"} <= at.keys() and at.keys() & {*_FIGURES, "gained"}:
        return at["id"] <= 1  # Chart data has the day before it
    rows = [cells for _, cells in sheet.rows[index + 1 : index + 9] if any(cells)]
    return (
        at.get("date") == 0
        and len(header) >= 2
        and "views" in at
        and not at.keys() & {"id", "title"}
        and all(word(cell) in fields() for cell in header)
        and bool(rows)
        and all(_iso(cells[0]) for cells in rows)
    )


def _iso(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text.strip(), re.ASCII)
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None


@dataclass(frozen=True)
class _File:
    name: str
    today: date
    zone: str | None
    at: dict[str, int]
    width: int
    notes: list[Note]

    def cell(self, cells: list[str], name: str) -> str:
        index = self.at.get(name)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    def odd(self, line: int | None, text: str) -> None:
        self.notes.append(Note(line, text, kind="odd"))

    def figure(self, cells: list[str], line: int, name: str) -> int | None:
        text = self.cell(cells, name)
        value, wrong = count(text)
        if wrong == "is below zero" and name == "follows":
            return None  # more left than came: no count of who followed
        if wrong:
            self.odd(line, f"{name} “{text[:24]}” {wrong}")
        return value


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:
    """Read one of the tables.

    The posts of Table data have the figures of the period that was chosen in YouTube Studio; those
    of Chart data are sums over its days and marked `partial`.

    Args:
        name: the file's path.
        sheet: its rows.
        today: the day of the export at the latest.
        zone: IANA name of the time zone in whose noon a video's day is put; None means UTC.
    """
    index, line, header = _header(sheet)
    file = _File(name, today, zone, _columns(header), len(header), list(sheet.notes))
    if "gained" in file.at:
        file.at["follows"] = file.at["gained"]
    unknown = [cell for cell in header if cell.strip() and word(cell) not in fields()]
    if unknown:
        file.odd(line, f"columns left out: {', '.join(unknown)[:200]}")
    rows = [(at, cells) for at, cells in sheet.rows[index + 1 :] if any(cells)]
    if "id" not in file.at:
        return _totals(file, rows)
    posts = _chart(file, rows) if "date" in file.at else _table(file, rows)
    if not posts:
        file.notes.append(Note(None, "there are no videos in it", kind="empty"))
    return Reading(
        name=name,
        kind="YouTube Studio chart" if "date" in file.at else "YouTube Studio table",
        platform="youtube",
        posts=tuple(posts),
        notes=tuple(file.notes),
        exported=today,
    )


def _table(file: _File, rows: list[tuple[int, list[str]]]) -> list[Post]:
    posts: dict[str, Post] = {}
    for line, cells in rows:
        video = _video(file, line, cells)
        if video is None:
            continue
        if video in posts:
            file.odd(line, f"the same video as in line {posts[video].line}, left out")
            continue
        posts[video] = _post(file, line, cells, video)
    if len(posts) >= _FULL:
        file.notes.append(
            Note(None, f"YouTube Studio exports {_FULL} videos at most, so some may lack")
        )
    if posts:
        text = "the figures are those of the period chosen in YouTube Studio; choose “Lifetime”"
        file.notes.append(Note(None, text))
    return list(posts.values())


def _chart(file: _File, rows: list[tuple[int, list[str]]]) -> list[Post]:
    posts: dict[str, Post] = {}
    seen: set[tuple[str, str]] = set()
    days: list[date] = []
    for line, cells in rows:
        video = _video(file, line, cells)
        if video is None:
            continue
        told = file.cell(cells, "date")
        day = _iso(told)
        if day is None:
            file.odd(line, f"“{told[:24]}” is not a day, left out")
            continue
        if (video, told) in seen:
            file.odd(line, "the same video and day once more, left out")
            continue
        seen.add((video, told))
        days.append(day)
        known = posts.get(video)
        if known is None:
            posts[video] = replace(_post(file, line, cells, video), partial=True)
        else:
            new = {name: file.figure(cells, line, name) for name in _FIGURES}
            posts[video] = _plus(known, new)
    if posts:
        which = "1 video" if len(posts) == 1 else f"{len(posts)} videos"
        text = f"daily figures of {which}, {min(days)} to {max(days)}: sums, no lifetime figures"
        file.notes.append(Note(None, text))
    return list(posts.values())


def _plus(post: Post, new: dict[str, int | None]) -> Post:
    """Return a post with a further day's figures added; a missing day adds nothing."""

    def total(name: str) -> int | None:
        old, more = post.figure(name), new[name]
        return more if old is None else old + (more or 0)

    return replace(
        post,
        views=total("views"),
        likes=total("likes"),
        comments=total("comments"),
        shares=total("shares"),
        follows=total("follows"),
    )


def _video(file: _File, line: int, cells: list[str]) -> str | None:
    """Return a row's video id; a blank or apostrophe before a `-` keeps spreadsheets off it."""
    video = file.cell(cells, "id").lstrip("'").strip()
    title = file.cell(cells, "title")
    if not title and not file.cell(cells, "published"):
        return None  # the row of sums, "Total" in the account's language
    if len(cells) < file.width:
        file.odd(line, "the row is cut short, left out")
        return None
    if not _ID.fullmatch(video):
        file.odd(line, f"“{video[:24]}” is not a video's id, left out")
        return None
    return video


def _post(file: _File, line: int, cells: list[str], video: str) -> Post:
    title_at = file.at["title"]
    published = file.cell(cells, "published")
    day = _published(published)
    if day is None and "published" in file.at:
        file.odd(line, f"the day “{published[:24]}” cannot be read")
    if day and day > file.today + timedelta(days=366):
        file.odd(line, f"the day {day} lies in the future, not used")
        day = None
    told = file.cell(cells, "seconds")
    seconds = _seconds(told)
    if seconds is None and told.casefold() not in MISSING:
        file.odd(line, f"the duration “{told[:24]}” cannot be read")
    return Post(
        "youtube",
        video,
        _noon(day, file.zone) if day else None,
        False,
        "video",
        cells[title_at],
        None,
        seconds,
        file.figure(cells, line, "views"),
        None,
        file.figure(cells, line, "likes"),
        file.figure(cells, line, "comments"),
        file.figure(cells, line, "shares"),
        None,
        file.figure(cells, line, "follows"),
        file.name,
        line,
        file.today,
        None,
        time_from="day" if day else None,
    )


def _published(text: str) -> date | None:
    """Return the day of "Apr 29, 2020", "28 sept. 2026", "2026/10/07" or "29.04.2020"."""
    found = _NUMBERS.fullmatch(text)
    if found:
        return day_of(int(found[3]), int(found[2]), int(found[1]))
    told = parse_day(text)
    if told is None or told[0] is None:
        return None
    # YouTube began in 2005.
    return day_of(told[0], told[1], told[2]) if told[0] >= 2005 else None


def _seconds(text: str) -> float | None:
    if text.isdecimal() and len(text) <= 6:
        return float(text)
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    return float(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))


def _noon(day: date, zone: str | None) -> datetime:
    try:
        return datetime.combine(day, time(12), ZoneInfo(zone or "UTC")).astimezone(UTC)
    except (ValueError, OSError, LookupError, OverflowError):
        return datetime.combine(day, time(12), UTC)


def _totals(file: _File, rows: list[tuple[int, list[str]]]) -> Reading:
    dated: list[tuple[date, int, list[str]]] = []
    for line, cells in rows:
        day = _iso(cells[0])
        if day is None:
            file.odd(line, f"“{cells[0].strip()[:24]}” is not a day, left out")
        else:
            dated.append((day, line, cells))
    steps = {after[0] - before[0] for before, after in pairwise(dated)}
    found: list[DayFigure] = []
    if min(steps, default=timedelta(days=1)) > timedelta(days=1):
        file.notes.append(
            Note(None, "its rows are weeks or months, not days, so none is kept", kind="empty")
        )
    else:
        for day, line, cells in dated:
            for name in _FIGURES:
                value = file.figure(cells, line, name) if name in file.at else None
                if value is not None:
                    found.append(DayFigure("youtube", day, name, value))
        file.notes.append(Note(None, "a table of days, taken for YouTube Studio's Totals"))
    return Reading(
        name=file.name,
        kind="YouTube Studio totals",
        platform="youtube",
        days=tuple(found),
        notes=tuple(file.notes),
        exported=max((day for day, _, _ in dated), default=file.today),
    )
