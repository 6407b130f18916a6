"""What "Publish time" means: the file does not say its time zone, the posts' ids do.

Meta writes US Pacific time whatever the account's zone. Measured over 205 real posts it lies
within 25 minutes of the time in the shortcode for 204 (reference: analytics-exports, section 8).
So each zone that could be meant is tried against the ids, and believed when it fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACIFIC = "America/Los_Angeles"
NEAR = timedelta(minutes=25)
"""How far publish time and id time lie apart for a post that was not scheduled."""
ENOUGH = 0.9
"""Share of rows that must be near for a zone to be believed without a word."""
FEW = 4
"""With fewer rows to compare, Pacific time is believed even where it does not fit: scheduled."""
_WALL = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[T, ]\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*([APap][Mm])?"
)
Wall = datetime  # naive: what the clock on the wall showed


@dataclass(frozen=True)
class Clock:
    """How the file's publish times are read.

    Args:
        walls: the wall clock of each row, as if it showed UTC; None where it is missing or
            impossible.
        zone: the time zone; None when none fits.
        name: its name for a human.
        near: rows within `NEAR` of their id.
        compared: rows that have both times.
        instants: the publish time of each row, UTC; of an hour that occurs twice the one near
            the time in the row's id.
    """

    walls: list[Wall | None]
    zone: tzinfo | None
    name: str
    near: int
    compared: int
    instants: list[datetime | None] = field(default_factory=list)


def _wall(text: str, order: str) -> Wall | None:
    """Do as `wall` does, as if the clock showed UTC; faster for the form that Meta writes."""
    if order == "mdy" and len(text) == 16 and text[10] == " ":
        day, minutes = _us_day(text[:10]), _minutes(text[11:])
        return day + minutes if day and minutes is not None else None
    found = wall(text, order)
    return found.replace(tzinfo=UTC) if found else None


@lru_cache(maxsize=8192)
def _us_day(text: str) -> Wall | None:
    found = wall(f"{text} 00:00", "mdy")
    return found.replace(tzinfo=UTC) if found else None


@lru_cache(maxsize=2048)
def _minutes(text: str) -> timedelta | None:
    found = wall(f"01/01/2020 {text}", "mdy")
    return found - datetime(2020, 1, 1) if found else None


def wall(text: str, order: str) -> Wall | None:
    """Return the wall clock of "03/12/2026 10:30"; `order` is "mdy" or "dmy"."""
    found = _WALL.fullmatch(text)
    if not found:
        return None
    a, b, c = int(found[1]), int(found[2]), int(found[3])
    hour = int(found[4])
    if found[6]:
        hour = hour % 12 + (12 if found[6][0] in "Pp" else 0)
    if len(found[1]) == 4:
        year, month, day = a, b, c
    else:
        year, month, day = (c, a, b) if order == "mdy" else (c, b, a)
    # Instagram began in 2010; 9999 would not survive a change of zone.
    if not 2004 <= year <= 2100:
        return None
    try:
        return datetime(year, month, day, hour, int(found[5]))
    except ValueError:
        return None


class _Zone:
    """Wall clocks of one zone to UTC; most days have one offset, which is asked for once."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._offsets: dict[int, timedelta | None] = {}

    def instant(self, at: Wall, near: datetime | None) -> datetime:
        day = at.toordinal()
        try:
            offset = self._offsets[day]
        except KeyError:
            offset = self._offsets[day] = self._offset(day)
        if offset is not None:
            return at - offset
        first = at.replace(tzinfo=self._zone).astimezone(UTC)
        if near is None or abs(first - near) <= NEAR:
            return first
        second = at.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
        return min(first, second, key=lambda one: abs(one - near))

    def _offset(self, day: int) -> timedelta | None:
        """Return the offset of a whole day, None where it changes in it or nearby."""
        start = datetime.fromordinal(day)
        around = (start - timedelta(days=1), start, start + timedelta(days=1, hours=23))
        offsets = {at.replace(tzinfo=self._zone).utcoffset() for at in around}
        return offsets.pop() if len(offsets) == 1 else None


def read_clock(cells: Sequence[str], ids: Sequence[datetime | None], zone: str | None) -> Clock:
    """Find the order of day and month, and the zone, that bring the times nearest to the ids.

    Args:
        cells: the publish times as written, one a row.
        ids: the time inside each row's id, UTC, or None.
        zone: IANA name of the account's zone, tried after Pacific and UTC.
    """
    orders = ("dmy", "mdy") if any("." in cell for cell in cells[:20]) else ("mdy", "dmy")
    zones: list[tuple[str, Callable[[], tzinfo]]] = [
        ("US Pacific time", partial(ZoneInfo, PACIFIC)),
        ("UTC", lambda: UTC),
    ]
    if zone:
        zones.append((zone, partial(ZoneInfo, zone)))
    best: Clock | None = None
    for order in orders:
        walls = [_wall(cell.strip(), order) for cell in cells]
        for name, make in zones:
            try:
                made = make()
            except (ValueError, OSError, LookupError):
                continue
            near = compared = 0
            known = _Zone(made)
            instants: list[datetime | None] = []
            for at, told in zip(walls, ids, strict=True):
                found = None if at is None else known.instant(at, told)
                instants.append(found)
                if found is not None and told is not None:
                    compared += 1
                    near += -NEAR <= found - told <= NEAR
            clock = Clock(walls, made, name, near, compared, instants)
            if compared and near >= ENOUGH * compared and compared * 2 >= len(cells):
                return clock
            if best is None or near > best.near:
                best = clock
    if best is None:
        return Clock([None] * len(cells), None, "", 0, 0, [None] * len(cells))
    if best.compared >= FEW and best.near * 2 < best.compared:
        return Clock(best.walls, None, "", best.near, best.compared, [None] * len(cells))
    return best
