"""What "Publish time" means: the file does not say its time zone, the posts' ids do.

Meta writes US Pacific time whatever the account's zone. Measured over 205 real posts it lies
within 25 minutes of the time in the shortcode for 204 (reference: analytics-exports, section 8).
So each zone that could be meant is tried against the ids, and believed when it fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
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
        walls: the wall clock of each row, None where it is missing or impossible.
        zone: the time zone; None when none fits.
        name: its name for a human.
        near: rows within `NEAR` of their id.
        compared: rows that have both times.
    """

    walls: list[Wall | None]
    zone: tzinfo | None
    name: str
    near: int
    compared: int

    def instant(self, row: int, near: datetime | None) -> datetime | None:
        """Return the row's publish time, UTC; of an hour that occurs twice the one near `near`."""
        wall = self.walls[row]
        if wall is None or self.zone is None:
            return None
        return _instant(wall, self.zone, near)


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


def _instant(at: Wall, zone: tzinfo, near: datetime | None) -> datetime:
    first = at.replace(tzinfo=zone).astimezone(UTC)
    if near is None or abs(first - near) <= NEAR:
        return first
    second = at.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return min(first, second, key=lambda one: abs(one - near))


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
        walls = [wall(cell.strip(), order) for cell in cells]
        for name, make in zones:
            try:
                made = make()
            except (ValueError, OSError, LookupError):
                continue
            near = compared = 0
            for at, told in zip(walls, ids, strict=True):
                if at is not None and told is not None:
                    compared += 1
                    near += abs(_instant(at, made, told) - told) <= NEAR
            clock = Clock(walls, made, name, near, compared)
            if compared and near >= ENOUGH * compared and compared * 2 >= len(cells):
                return clock
            if best is None or near > best.near:
                best = clock
    if best is None:
        return Clock([None] * len(cells), None, "", 0, 0)
    if best.compared >= FEW and best.near * 2 < best.compared:
        return Clock(best.walls, None, "", best.near, best.compared)
    return best
