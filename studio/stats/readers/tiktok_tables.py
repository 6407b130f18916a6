"""TikTok Studio's tables beside the posts: overview, viewers, and four about the followers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studio.stats.post import ActiveHour, DayFigure, Followers, Note, Share
from studio.stats.readers.dates import Parsed, alternatives, day_of, with_years
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
    "follower cities": ("top cities", "distribution"),
    "follower ages": ("age", "distribution"),
}
# Which part of the followers a table is of, and the column that names the parts; cities and ages
# as TikTok Studio shows them, in files not seen yet.
_PARTS = {
    "follower gender": ("gender", "gender"),
    "follower territories": ("country", "top territories"),
    "follower cities": ("city", "top cities"),
    "follower ages": ("age", "age"),
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
    # Business accounts (public parsers of such files).
    "reached audience": "reach",
    "new followers": "follows",
    "lost followers": "unfollows",
    "website clicks": "link_clicks",
}
_KNOWN = frozenset(
    {"date", "hour", "active followers", "followers", "total followers", "distribution", *_METRICS}
    # Differences: written with two meanings by TikTok itself, or counted from the others.
    | {"difference in followers from previous day", "net growth"}
    | {name for _, name in _PARTS.values()}
)
_MIDNIGHT = 24
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
    first = rows[0][0]
    header = [plain(cell) for cell in rows[0][1]]
    rows = [(line, cells + [""] * (len(header) - len(cells))) for line, cells in rows[1:]]
    notes = list(sheet.notes)
    title = f"TikTok Studio {kind}"
    unknown = [name for name in header if name and name not in _KNOWN]
    if unknown:
        notes.append(Note(first, f"columns left out: {', '.join(unknown)[:200]}", kind="odd"))
    if not rows:
        text = "there are no rows in it; TikTok fills it from 100 followers"
        notes.append(Note(None, text, kind="empty"))
        return Reading(name, title, "tiktok", notes=tuple(notes), exported=today)
    if kind in _PARTS:
        shares = _shares(kind, header, rows, notes)
        return Reading(
            name, title, "tiktok", shares=tuple(shares), notes=tuple(notes), exported=today
        )
    dated = _dated(header.index("date"), rows, today, notes)
    followers: list[Followers] = []
    active: list[ActiveHour] = []
    days: list[DayFigure] = []
    if kind == "followers" or "total followers" in header:
        column = header.index("followers" if kind == "followers" else "total followers")
        for day, line, cells in dated:
            told = _count(cells[column], line, "followers", notes)
            if told is not None:
                followers.append(Followers("tiktok", day, told))
    if kind == "followers":
        pass
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
    """Return the rows with their days, oldest first, in the language and order that fit best."""
    ways = alternatives([cells[column] for _, cells in rows])
    tried = [_chained(way, rows, today) for way in ways]
    # Of two languages the one whose days run on longer, then the one that ends later, is meant.
    chain, told = max(
        zip(tried, ways, strict=True),
        key=lambda one: (len(one[0].rows), one[0].rows[-1][0] if one[0].rows else date.min),
    )
    for (line, cells), day in zip(rows, told, strict=True):
        if day is None:
            text = f"“{cells[column].strip()[:24]}” is not a day, left out"
            notes.append(Note(line, text, kind="odd"))
    if chain.lost:
        notes.append(
            Note(
                chain.cut,
                f"the days before this line do not follow on, so their years cannot be told:"
                f" {chain.lost} {'row' if chain.lost == 1 else 'rows'} left out",
                kind="odd",
            )
        )
    last = chain.rows[-1][0] if chain.rows else today
    if (today - last).days > _LATE and not chain.stated:
        notes.append(Note(None, f"the file gives no years; its last day is taken as {last}"))
    return chain.rows


@dataclass(frozen=True)
class _Chain:
    """Rows with days, oldest first; `lost` rows before line `cut` could not be dated."""

    rows: list[Dated]
    lost: int
    cut: int | None
    stated: bool


def _chained(
    told: Sequence[Parsed | None], rows: Sequence[tuple[int, list[str]]], today: date
) -> _Chain:
    days = [day for day in told if day]
    kept = [row for row, day in zip(rows, told, strict=True) if day]
    whole = [day_of(year, month, day) for year, month, day in days if year]
    if days and len(whole) == len(days):  # nothing to be told: gaps do no harm
        dated = [(day, *row) for day, row in zip(whole, kept, strict=True) if day]
        dated.sort(key=lambda one: one[0])
        return _Chain(dated, len(days) - len(dated), kept[0][0], stated=True)
    found, first = with_years(days, today)
    back, back_first = with_years(days[::-1], today)  # newest first
    if len(back) > len(found):
        found, first, kept = back, back_first, kept[::-1]
    pairs = [(day, *row) for day, row in zip(found, kept[first:], strict=True)]
    return _Chain(pairs, first, kept[first][0] if found else None, stated=False)


def _count(text: str, line: int, what: str, notes: list[Note]) -> int | None:
    value, wrong = count(text)
    if wrong:
        notes.append(Note(line, f"{what} “{text.strip()[:24]}” {wrong}", kind="odd"))
    return value


def _days(header: list[str], dated: list[Dated], notes: list[Note]) -> list[DayFigure]:
    found: list[DayFigure] = []
    metrics = [(index, _METRICS[name]) for index, name in enumerate(header) if name in _METRICS]
    total = header.index("total viewers") if "total viewers" in header else None
    if "new followers" in header:
        column = header.index("new followers")
        lost = next((line for _, line, cells in dated if cells[column].strip()[:1] in "-−"), None)
        if lost is not None:
            text = "New followers below zero: a difference, not a count, left out"
            notes.append(Note(lost, text, kind="odd"))
            metrics = [pair for pair in metrics if pair[0] != column]
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
    told: list[tuple[date, int, int]] = []
    for day, line, cells in dated:
        hour = _count(cells[hours], line, "hour", notes)
        online_now = _count(cells[online], line, "active followers", notes)
        if hour is not None and hour > _MIDNIGHT:
            notes.append(Note(line, f"hour {hour} is none, left out", kind="odd"))
        elif hour is not None and online_now is not None:
            told.append((day, hour, online_now))
    one_based = any(hour == _MIDNIGHT for _, hour, _ in told) and all(hour for _, hour, _ in told)
    if one_based:  # a public reader takes one off, so such files seem to exist
        notes.append(Note(None, "its hours run from 1 to 24: taken as 0 to 23"))
    found = [
        ActiveHour("tiktok", day, hour - one_based, online)
        for day, hour, online in told
        if hour - one_based < _MIDNIGHT
    ]
    length = len(found)
    while found and found[-1].followers == 0:
        found.pop()
    if length > len(found):
        text = f"the last {length - len(found)} hours are 0: not measured yet, left out"
        notes.append(Note(None, text, kind="empty"))
    return found


def _shares(
    kind: str, header: list[str], rows: Sequence[tuple[int, list[str]]], notes: list[Note]
) -> list[Share]:
    table, column = _PARTS[kind]
    name = header.index(column)
    part = header.index("distribution")
    found: list[Share] = []
    for line, cells in rows:
        value = share(cells[part])
        if value is None:
            if cells[part].strip().casefold() not in MISSING:
                text = f"“{cells[part].strip()[:24]}” is not a share, left out"
                notes.append(Note(line, text, kind="odd"))
        else:
            found.append(Share("tiktok", table, cells[name], value))
    return found
