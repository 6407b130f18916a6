"""TikTok Studio's tables beside the posts: overview, viewers, and four about the followers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studio.stats.post import ActiveHour, DayFigure, Followers, Note, Share
from studio.stats.readers.dates import parse_day, with_years
from studio.stats.readers.numbers import MISSING, count, share
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import Sheet, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = {
    "overview": ("date", "video views"),
    "viewers": ("date", "total viewers"),
    "follower activity": ("date", "hour", "active followers"),
    "followers": ("date", "followers"),
    "follower gender": ("gender", "distribution"),
    "follower territories": ("top territories", "distribution"),
}
_METRICS = {
    "video views": "views",
    "profile views": "profile_views",
    "likes": "likes",
    "comments": "comments",
    "shares": "shares",
    "total viewers": "viewers",
    "new viewers": "new_viewers",
    "returning viewers": "returning_viewers",
}
_LATE = 45
"""Days after which a last row without a year deserves a word: exports lag about two days."""


def _kind(sheet: Sheet) -> str | None:
    header = next((cells for _, cells in sheet.rows if any(cells)), [])
    names = [plain(cell) for cell in header]
    for kind, words in _KINDS.items():
        if set(words) <= set(names):
            return kind
    return None


def matches(sheet: Sheet) -> bool:
    """Tell whether the first filled row is the header of one of the tables."""
    return _kind(sheet) is not None


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read one table; `undefined` and hours that had not happened yet are left out, not 0."""
    kind = _kind(sheet) or ""
    rows = [(line, cells) for line, cells in sheet.rows if any(cells)]
    header = [plain(cell) for cell in rows[0][1]]
    rows = [(line, cells + [""] * (len(header) - len(cells))) for line, cells in rows[1:]]
    notes = list(sheet.notes)
    title = f"TikTok Studio {kind}"
    if not rows:
        notes.append(Note(None, "there are no rows in it; TikTok fills it from 100 followers"))
        return Reading(name, title, "tiktok", notes=tuple(notes), exported=today)
    if kind in {"follower gender", "follower territories"}:
        shares = _shares(kind, header, rows, notes)
        return Reading(
            name, title, "tiktok", shares=tuple(shares), notes=tuple(notes), exported=today
        )
    dated = _dated(header.index("date"), rows, today, notes)
    followers: list[Followers] = []
    active: list[ActiveHour] = []
    days: list[DayFigure] = []
    if kind == "followers":
        column = header.index("followers")
        for day, line, cells in dated:
            told = _count(cells[column], line, "followers", notes)
            if told is not None:
                followers.append(Followers("tiktok", day, told))
    elif kind == "follower activity":
        active = _active(header, dated, notes)
    else:
        days = _days(header, dated, notes)
    last = dated[-1][0] if dated else None
    return Reading(
        name,
        title,
        "tiktok",
        followers=tuple(followers),
        active=tuple(active),
        days=tuple(days),
        notes=tuple(notes),
        exported=last or today,
    )


Dated = tuple[date, int, list[str]]


def _dated(
    column: int, rows: Sequence[tuple[int, list[str]]], today: date, notes: list[Note]
) -> list[Dated]:
    told = []
    kept = []
    for line, cells in rows:
        day = parse_day(cells[column])
        if day is None:
            notes.append(Note(line, f"“{cells[column].strip()[:24]}” is not a day, left out"))
            continue
        told.append(day)
        kept.append((line, cells))
    days, first = with_years(told, today)
    if not days and told:  # newest first
        days, first = [], 0
    back, back_first = with_years(told[::-1], today)
    if len(back) > len(days):
        days, first, kept = back, back_first, kept[::-1]
    if first and kept:
        notes.append(
            Note(
                kept[first][0],
                f"the days before this line do not follow on, so their years cannot be told:"
                f" {first} {'row' if first == 1 else 'rows'} left out",
            )
        )
    if days and (today - days[-1]).days > _LATE and told[-1][0] is None:
        notes.append(Note(None, f"the file gives no years; its last day is taken as {days[-1]}"))
    return [(day, line, cells) for day, (line, cells) in zip(days, kept[first:], strict=True)]


def _count(text: str, line: int, what: str, notes: list[Note]) -> int | None:
    value, wrong = count(text)
    if wrong:
        notes.append(Note(line, f"{what} “{text.strip()[:24]}” {wrong}"))
    return value


def _days(header: list[str], dated: list[Dated], notes: list[Note]) -> list[DayFigure]:
    found: list[DayFigure] = []
    metrics = [(index, _METRICS[name]) for index, name in enumerate(header) if name in _METRICS]
    total = header.index("total viewers") if "total viewers" in header else None
    for day, line, cells in dated:
        if total is not None and cells[total].strip().casefold() in MISSING:
            continue  # the zeros beside an undefined total are not measured either
        for index, metric in metrics:
            value = _count(cells[index], line, metric, notes)
            if value is not None:
                found.append(DayFigure("tiktok", day, metric, value))
    return found


def _active(header: list[str], dated: list[Dated], notes: list[Note]) -> list[ActiveHour]:
    hours, online = header.index("hour"), header.index("active followers")
    found: list[ActiveHour] = []
    for day, line, cells in dated:
        hour = _count(cells[hours], line, "hour", notes)
        told = _count(cells[online], line, "active followers", notes)
        if hour is not None and hour < 24 and told is not None:
            found.append(ActiveHour("tiktok", day, hour, told))
    length = len(found)
    while found and found[-1].followers == 0:
        found.pop()
    if length > len(found):
        notes.append(
            Note(None, f"the last {length - len(found)} hours are 0: not measured yet, left out")
        )
    return found


def _shares(
    kind: str, header: list[str], rows: Sequence[tuple[int, list[str]]], notes: list[Note]
) -> list[Share]:
    table = "gender" if kind == "follower gender" else "country"
    name = header.index("gender" if table == "gender" else "top territories")
    part = header.index("distribution")
    found: list[Share] = []
    for line, cells in rows:
        value = share(cells[part])
        if value is None:
            if cells[part].strip().casefold() not in MISSING:
                notes.append(Note(line, f"“{cells[part].strip()[:24]}” is not a share, left out"))
        else:
            found.append(Share("tiktok", table, cells[name], value))
    return found
