"""When a TikTok went live: the id holds the upload, "Post time" the local day it went live.

A post scheduled ahead carries the time of its upload in its id; only its day can be trusted
(reference: analytics-exports, section 8).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.stats.post import Note
from studio.stats.readers.dates import day_of, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUARTER = timedelta(minutes=15)
_CLEAN = timedelta(minutes=5)
"""A post goes live up to 90 seconds after its id was made; the wall clock has whole minutes."""
_OFFSETS = sorted(range(-12, 15), key=lambda hours: (abs(hours), hours))


@dataclass(frozen=True)
class Told:
    """What one row tells: id time (UTC), and a local wall clock or (year or None, month, day)."""

    line: int
    uploaded: datetime | None
    wall: datetime | None
    day: tuple[int | None, int, int] | None


@dataclass(frozen=True)
class Live:
    """When it went live; `source` is "id", "published", "day" or None."""

    posted_at: datetime | None
    hour_known: bool
    source: str | None


def _from_id(row: Told, *, hour_known: bool = True) -> Live:
    if row.uploaded is None:
        return Live(None, False, None)
    return Live(row.uploaded, hour_known, "id")


def told_times(rows: Sequence[Told], zone: str | None) -> tuple[list[Live], list[Note]]:
    """Return when each post went live, and what had to be assumed.

    Args:
        rows: the rows of one file.
        zone: IANA name of the account's time zone; None to find the offset that fits.
    """
    given = _zone(zone)
    if any(row.wall for row in rows):
        return _by_clock(rows, given)
    return _by_day(rows, given)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _ahead(row: Told, zone: tzinfo) -> int | None:
    """Return the days from the upload's local day to the stated day; None without both."""
    if row.uploaded is None or row.day is None:
        return None
    local = row.uploaded.astimezone(zone).date()
    year, month, day = row.day
    stated = day_of(year, month, day) if year else nearest(month, day, local)
    return (stated - local).days if stated else None


def _by_day(rows: Sequence[Told], given: tzinfo | None) -> tuple[list[Live], list[Note]]:
    notes: list[Note] = []

    def fit(zone: tzinfo) -> tuple[int, int]:
        ahead = [days for row in rows if (days := _ahead(row, zone)) is not None]
        return -sum(days < 0 for days in ahead), sum(days == 0 for days in ahead)

    # Nothing goes live before it is uploaded: a zone that says so lies too far east.
    zone = given
    if zone is None or fit(zone)[0] < 0:
        offsets: list[tzinfo] = [timezone(timedelta(hours=hours)) for hours in _OFFSETS]
        found = max(offsets, key=fit)
        if zone is None or fit(found) > fit(zone):
            if zone is not None:
                notes.append(Note(None, f"Post time fits {found}, not the project's time zone"))
            zone = found
    lives: list[Live] = []
    scheduled = 0
    for row in rows:
        ahead = _ahead(row, zone)
        if ahead is None:
            if row.day is None:
                text = "Post time cannot be read; the id's time is used"
                notes.append(Note(row.line, text, kind="odd"))
            lives.append(_from_id(row))
        elif ahead == 0:
            lives.append(Live(row.uploaded, True, "id"))
        else:
            scheduled += 1
            assert row.uploaded is not None
            day = row.uploaded.astimezone(zone).date() + timedelta(days=ahead)
            lives.append(Live(_noon(day, zone), False, "day"))
    if scheduled:
        notes.append(
            Note(
                None,
                f"{scheduled} {'post' if scheduled == 1 else 'posts'} went live on another day"
                " than the upload: scheduled, the hour is not known",
            )
        )
    return lives, notes


def _noon(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(12), zone).astimezone(UTC)


def _by_clock(rows: Sequence[Told], given: tzinfo | None) -> tuple[list[Live], list[Note]]:
    """The variant that gives the hour, too, in a zone it does not name."""

    def near(row: Told, zone: tzinfo) -> bool:
        assert row.wall is not None
        assert row.uploaded is not None
        return abs(_utc(row.wall, zone, row.uploaded) - row.uploaded) <= _CLEAN

    both = [row for row in rows if row.wall and row.uploaded]
    zones = [zone for zone in (given, UTC) if zone is not None]
    fits = [zone for zone in zones if both and sum(near(row, zone) for row in both) * 2 > len(both)]
    if fits:
        return [_live(row, fits[0]) for row in rows], []
    offset = _offset(both)
    if offset is None:
        lives = [_from_id(row, hour_known=False) for row in rows]
        text = "the time zone of Post time is not known; hours are not used"
        return lives, [Note(None, text, kind="odd")]
    lives = []
    hour = timedelta(hours=1)
    for row in rows:
        if row.wall is None or row.uploaded is None:
            lives.append(_from_id(row))
            continue
        apart = row.wall.replace(tzinfo=UTC) - row.uploaded
        # An hour either way: the clocks may have changed within the file.
        if any(abs(apart - one) <= _CLEAN for one in (offset, offset - hour, offset + hour)):
            lives.append(Live(row.uploaded, True, "published"))
        else:
            lives.append(Live(_noon(row.wall.date(), timezone(offset)), False, "day"))
    return lives, []


def _utc(at: datetime, zone: tzinfo, near: datetime) -> datetime:
    both = [at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(both, key=lambda one: abs(one - near))


def _live(row: Told, zone: tzinfo) -> Live:
    if row.wall is None:
        return _from_id(row)
    at = _utc(row.wall, zone, row.uploaded or row.wall.replace(tzinfo=UTC))
    if row.uploaded is not None and abs(at - row.uploaded) <= _CLEAN:
        return Live(row.uploaded, True, "published")
    if row.uploaded is not None and at < row.uploaded:
        return Live(row.uploaded, True, "id")
    return Live(at, True, "published")


def _offset(rows: Sequence[Told]) -> timedelta | None:
    """Return the whole quarter of an hour most rows lie from their id by, None without one."""
    found: Counter[int] = Counter()
    for row in rows:
        assert row.wall is not None
        assert row.uploaded is not None
        apart = row.wall.replace(tzinfo=UTC) - row.uploaded
        quarters = round(apart / _QUARTER)
        if abs(apart - quarters * _QUARTER) <= _CLEAN and -48 <= quarters <= 56:
            found[quarters] += 1
    if not found:
        return None
    quarters, times = found.most_common(1)[0]
    return quarters * _QUARTER if times * 3 > len(rows) else None
