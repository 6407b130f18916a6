"""When a mapped post went live: what the table states, against the time inside the post's id.

The rules are those of `meta_times` and `tiktok_times` (reference: analytics-exports, section 8):
an id holds the upload; a stated clock is believed where it lies at or after the upload; a stated
day is only believed to have the upload's hour when it is the upload's own day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.stats.post import Note
from studio.stats.readers.cells import Moment, at_offset
from studio.stats.readers.dates import day_of, latest, nearest
from studio.stats.readers.meta_times import ENOUGH, FEW, NEAR, PACIFIC
from studio.stats.readers.tiktok_times import Live

if TYPE_CHECKING:
    from collections.abc import Sequence

_OFFSETS = sorted(range(-12, 15), key=lambda hours: (abs(hours), hours))


@dataclass(frozen=True, slots=True)
class Told:
    """What one row tells.

    Attributes:
        line: its physical line.
        stated: the day, and the clock where there is one.
        uploaded: the time inside the id, UTC.
    """

    line: int
    stated: Moment | None
    uploaded: datetime | None


def zone_of(name: str | None) -> tzinfo:
    """Return the zone of that IANA name; UTC for none and for one that is not known."""
    if name:
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, LookupError):
            pass
    return UTC


def day(row: Told, today: date) -> date | None:
    """Return the stated day; a year that is left out is the upload's, or the latest that fits."""
    stated = row.stated
    if stated is None:
        return None
    if stated.year:
        return day_of(stated.year, stated.month, stated.day)
    if row.uploaded:
        return nearest(stated.month, stated.day, row.uploaded.date())
    return latest(stated.month, stated.day, today)


def lives(rows: Sequence[Told], name: str | None, today: date) -> tuple[list[Live], list[Note]]:
    """Return when each row's post went live, and what had to be assumed.

    Args:
        rows: the usable rows of one table.
        name: IANA name of the zone its clocks and days are in; None for UTC.
        today: the day of the export at the latest.
    """
    zone = zone_of(name)
    walls = [_wall(row, today) for row in rows]
    notes: list[Note] = []
    clocks, hours, about = _clock_zone(rows, walls, zone, name or "UTC")
    notes += about
    days, about = _day_zone(rows, zone, name or "UTC", today)
    notes += about
    found: list[Live] = []
    before = scheduled = 0
    for row, wall in zip(rows, walls, strict=True):
        exact = at_offset(row.stated) if row.stated else None
        if exact is None and wall is not None:
            exact = _instant(wall, clocks, row.uploaded) if hours else None
        if exact is not None:
            live, early = _by_clock(exact, row.uploaded)
            before += early
        else:
            live = _by_day(row, day(row, today), days)
            scheduled += live.source == "day" and row.uploaded is not None
        found.append(live)
    if before:
        which = "1 post" if before == 1 else f"{before} posts"
        text = f"{which} would have gone live before the upload; the time in the link is used"
        notes.append(Note(None, text, kind="odd"))
    if scheduled:
        which = "1 post" if scheduled == 1 else f"{scheduled} posts"
        text = f"{which} went live on another day than the upload: scheduled, hour not known"
        notes.append(Note(None, text))
    return found, notes


def _wall(row: Told, today: date) -> datetime | None:
    """Return what the clock on the wall showed, where its zone is not stated."""
    stated = row.stated
    if stated is None or stated.clock is None or stated.offset is not None:
        return None
    on = day(row, today)
    return datetime.combine(on, stated.clock) if on else None


def _instant(wall: datetime, zone: tzinfo, near: datetime | None) -> datetime:
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if near is None or abs(first - near) <= NEAR:
        return first
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return min(first, second, key=lambda one: abs(one - near))


def _clock_zone(
    rows: Sequence[Told], walls: Sequence[datetime | None], given: tzinfo, name: str
) -> tuple[tzinfo, bool, list[Note]]:
    """Return the zone of the clocks, whether they can be used, and what to say of it."""
    both = [(wall, row.uploaded) for wall, row in zip(walls, rows, strict=True) if wall]
    pairs = [(wall, told) for wall, told in both if told]
    if not pairs:
        return given, True, []

    def fit(zone: tzinfo) -> tuple[int, int]:
        apart = [_instant(wall, zone, told) - told for wall, told in pairs]
        return sum(abs(one) <= NEAR for one in apart), sum(one < -NEAR for one in apart)

    near, early = fit(given)
    if near * 2 >= len(pairs) or (len(pairs) < FEW and not early):
        return given, True, []
    for other, called in ((UTC, "UTC"), (ZoneInfo(PACIFIC), "US Pacific time")):
        close, _ = fit(other)
        if close >= ENOUGH * len(pairs) and close > near:
            text = f"its clock fits {called} for {close} of {len(pairs)} posts, not {name}"
            return other, True, [Note(None, f"{text}; read so")]
    if early * 10 <= len(pairs):
        return given, True, []  # later than the upload throughout: scheduled, and told rightly
    text = f"its clock fits the times in the links in no time zone ({name}: {near} of {len(pairs)})"
    return given, False, [Note(None, f"{text}; only its days are used", kind="odd")]


def _day_zone(
    rows: Sequence[Told], given: tzinfo, name: str, today: date
) -> tuple[tzinfo, list[Note]]:
    """Return the zone of the days: nothing goes live before it is uploaded."""
    pairs = [
        (on, row.uploaded)
        for row in rows
        if row.uploaded
        and row.stated
        and row.stated.clock is None
        and (on := day(row, today)) is not None
    ]

    def fit(zone: tzinfo) -> tuple[int, int]:
        ahead = Counter((on - told.astimezone(zone).date()).days for on, told in pairs)
        return -sum(times for days, times in ahead.items() if days < 0), ahead[0]

    early, same = fit(given)
    if len(pairs) < FEW or not early or same >= ENOUGH * len(pairs):
        return given, []
    found = max((timezone(timedelta(hours=hours)) for hours in _OFFSETS), key=fit)
    better = fit(found)
    if better[1] < ENOUGH * len(pairs) or better <= (early, same):
        return given, []
    text = f"its days fit {found} for {better[1]} of {len(pairs)} posts, not {name}; read so"
    return found, [Note(None, text)]


def _by_clock(exact: datetime, uploaded: datetime | None) -> tuple[Live, bool]:
    """Return when it went live, and whether the table says it was before the upload."""
    if uploaded is None or exact - uploaded > NEAR:
        return Live(exact, True, "published"), False
    # Within minutes the id is the better clock; before it, the only possible one.
    return Live(uploaded, True, "id"), uploaded - exact > NEAR


def _by_day(row: Told, on: date | None, zone: tzinfo) -> Live:
    if on is None:
        return Live(row.uploaded, row.uploaded is not None, "id" if row.uploaded else None)
    if row.uploaded and row.uploaded.astimezone(zone).date() == on:
        return Live(row.uploaded, True, "id")
    return Live(datetime.combine(on, time(12), zone).astimezone(UTC), False, "day")
