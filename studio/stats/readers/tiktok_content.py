"""TikTok Studio's Content export: 5 to 15 posts a file, dates without a year or an hour."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from studio.stats.post import FIGURES, Note, Post
from studio.stats.readers.dates import Parsed, alternatives, day_of, latest, nearest
from studio.stats.readers.ids import tiktok_link, tiktok_time
from studio.stats.readers.meta_times import wall
from studio.stats.readers.numbers import count
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import Sheet, columns, plain
from studio.stats.readers.tiktok_times import Told, told_times

_FIELDS = {
    "time": "exported",
    "video title": "caption",
    "video link": "permalink",
    "post time": "published",
    "total likes": "likes",
    "total comments": "comments",
    "total shares": "shares",
    "total views": "views",
    "total saves": "saves",
    "total favorites": "saves",
    # Business accounts (public parsers of such files).
    "video views": "views",
    "likes": "likes",
    "comments": "comments",
    "shares": "shares",
    "add to favorites": "saves",
    "favorites": "saves",
    "saves": "saves",
    "reached audience": "reach",
    "new followers": "follows",
}
_WINDOW = re.compile(r"(?:views|likes|comments|shares) in the last \d+ days")
"""Columns about some days only; known, and left out without a word."""
_MANY = 4
"""Columns that must be known, the link among them, before a table is taken for this export."""


def matches(sheet: Sheet) -> bool:
    """Tell whether the first filled row is this export's header, in either variant."""
    header = next((cells for _, cells in sheet.rows if any(cells)), [])
    found = columns(header, _FIELDS)
    return "permalink" in found and len(found) >= _MANY


@dataclass(frozen=True)
class _Row:
    line: int
    post_id: str
    format: str | None
    account: str | None
    caption: str
    link: str
    exported: str
    published: str
    uploaded: datetime | None
    figures: dict[str, int | None]


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:
    """Read the posts; see `tiktok_times` for when they went live."""
    start = next(index for index, (_, cells) in enumerate(sheet.rows) if any(cells))
    header = sheet.rows[start][1]
    at = columns(header, _FIELDS)
    notes = list(sheet.notes)
    unknown = [
        cell
        for cell in header
        if plain(cell) and plain(cell) not in _FIELDS and not _WINDOW.fullmatch(plain(cell))
    ]
    if unknown:
        text = f"columns left out: {', '.join(unknown)[:200]}"
        notes.append(Note(sheet.rows[start][0], text, kind="odd"))
    rows: dict[str, _Row] = {}
    for line, cells in sheet.rows[start + 1 :]:
        row = _row(line, cells, at, len(header), notes)
        if row is None:
            continue
        if row.post_id in rows:
            first = rows[row.post_id].line
            text = f"the same post as in line {first}, left out"
            notes.append(Note(line, text, kind="odd"))
        else:
            rows[row.post_id] = row
    kept = list(rows.values())
    newest = max((row.uploaded for row in kept if row.uploaded), default=None)
    limit = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=3)
    if newest and newest > limit:
        notes.append(
            Note(
                None,
                f"posts newer than {today} in it: is the clock of this machine right?",
                kind="odd",
            )
        )
    published, made = _days(kept)
    exported = _exported(made, newest, today)
    told, about = told_times([_told(*pair) for pair in zip(kept, published, strict=True)], zone)
    notes += about
    posts = tuple(
        Post(
            "tiktok",
            row.post_id,
            time.posted_at,
            time.hour_known,
            row.format,
            row.caption,
            row.link,
            None,
            reach=row.figures["reach"],
            follows=row.figures["follows"],
            views=row.figures["views"],
            likes=row.figures["likes"],
            comments=row.figures["comments"],
            shares=row.figures["shares"],
            saves=row.figures["saves"],
            source=name,
            line=row.line,
            exported=exported or today,
            account=row.account,
            uploaded_at=row.uploaded,
            time_from=time.source,
        )
        for row, time in zip(kept, told, strict=True)
    )
    if not posts:
        notes.append(Note(None, "there are no posts in it", kind="empty"))
    return Reading(
        name=name,
        kind="TikTok Studio content",
        platform="tiktok",
        posts=posts,
        notes=tuple(notes),
        exported=exported or today,
        exported_told=exported is not None,
    )


def _row(
    line: int, cells: list[str], at: dict[str, int], width: int, notes: list[Note]
) -> _Row | None:
    if not any(cells):
        return None

    def cell(name: str) -> str:
        index = at.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    link = cell("permalink").strip()
    post_id, kind, account = tiktok_link(link)
    if post_id is None:
        what = "the row is cut short" if len(cells) < width else "Video link holds no video id"
        notes.append(Note(line, f"{what}, left out", kind="odd"))
        return None
    figures: dict[str, int | None] = {}
    for figure in FIGURES:
        figures[figure], wrong = count(cell(figure))
        if wrong:
            text = f"{figure} “{cell(figure).strip()[:24]}” {wrong}"
            notes.append(Note(line, text, kind="odd"))
    uploaded = tiktok_time(post_id)
    if uploaded is None:
        notes.append(Note(line, "the post's id holds no time", kind="odd"))
    return _Row(
        line,
        post_id,
        kind,
        account,
        cell("caption"),
        link,
        cell("exported"),
        cell("published"),
        uploaded,
        figures,
    )


def _told(row: _Row, day: Parsed | None) -> Told:
    at = wall(row.published.strip(), "mdy")
    return Told(row.line, row.uploaded, at, None if at else day)


def _days(rows: list[_Row]) -> tuple[list[Parsed | None], list[Parsed | None]]:
    """Return the days in "Post time" and "Time", read in the language that is nearest to the ids.

    Languages share a few words for different months; a post goes live soon after its upload.
    """
    ways = alternatives([*(row.published for row in rows), *(row.exported for row in rows)])

    def apart(days: list[Parsed | None]) -> int:
        found = 0
        for row, day in zip(rows, days, strict=False):
            if day and row.uploaded:
                near = nearest(day[1], day[2], row.uploaded.date())
                found += abs((near - row.uploaded.date()).days) if near else 0
        return found

    best = min(ways, key=apart)
    return best[: len(rows)], best[len(rows) :]


def _exported(told: list[Parsed | None], newest: datetime | None, today: date) -> date | None:
    """Return the day in the column Time, with the latest year that fits."""
    days = Counter(day for day in told if day)
    if not days:
        return None
    year, month, day = days.most_common(1)[0][0]
    found = day_of(year, month, day) if year else latest(month, day, today)
    if found and newest and found < newest.date() - timedelta(days=1):
        later = day_of(found.year + 1, month, day)
        return later if later and later >= newest.date() else found
    return found
