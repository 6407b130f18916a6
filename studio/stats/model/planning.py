"""The next posts: mostly where it is good, a little where something may be learned.

Tempered Thompson sampling (posting-times, section 7): a draw from the posterior, its deviation
from the expectation cut to `TEMPER`, and the best slot of that draw. Full draws explore too much at
this noise, none at all locks in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.when import Try

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from studio.stats.model.additive import Floats
    from studio.stats.model.slots import Times

TEMPER = 0.15
"""How much of a draw's deviation counts. The reference's 0.35 belongs to a narrower posterior; of
0.07, 0.13, 0.2, 0.3 and 0.45 this gave most over the next 40 posts and at their end."""
NEW_A_WEEK = 2
"""Slots without a post that may be tried in a week."""
WEEK_POSTS = 4
"""Posts a week that a plan is spread for."""
APART = timedelta(hours=4)
FURTHEST = timedelta(weeks=8)
_LIKELY = 0.6


def choose(
    times: Times, available: Sequence[tuple[int, int]], k: int, seed: int
) -> list[tuple[int, int]]:
    """Return k of the available slots, repeats allowed, at most two new ones in seven."""
    allowed = [times.slots.index(slot) for slot in dict.fromkeys(available)]
    values = _draws(times, k, seed)
    known = set(np.flatnonzero(times.counts).tolist())
    chosen: list[int] = []
    fresh = 0
    for draw in values:
        if len(chosen) % 7 == 0:
            fresh = 0
        room = [place for place in allowed if place in known or fresh < NEW_A_WEEK] or allowed
        best = room[int(np.argmax(draw[room]))]
        fresh += best not in known
        known.add(best)
        chosen.append(best)
    return [times.slots[place] for place in chosen]


def dated(
    times: Times,
    hours: Sequence[int],
    *,
    zone: tzinfo,
    now: datetime,
    k: int,
    seed: int,
    taken: Sequence[datetime] = (),
    per_day: int = 1,
) -> tuple[Try, ...]:
    """Return up to k dated posts to try, in the order of their dates.

    The plan looks as many weeks ahead as k posts take at `WEEK_POSTS` a week, further only when
    that has no room.

    Args:
        times: the fitted model.
        hours: those that may be planned.
        zone: the audience's.
        now: aware; everything lies after it.
        k: how many.
        seed: of the plan.
        taken: what is planned already, aware.
        per_day: posts a day at most, those of `taken` included.
    """
    weeks = max(1, -(-k // WEEK_POSTS))
    moments = [moment for moment in _moments(zone, now, FURTHEST) if moment.hour in set(hours)]
    busy = [moment.astimezone(zone) for moment in taken]
    places = {slot: place for place, slot in enumerate(times.slots)}
    known = set(np.flatnonzero(times.counts).tolist())
    new_in: dict[tuple[int, int], int] = {}
    found: list[Try] = []
    public = times.public_gains()
    expected = times.typical_gains
    for draw in _draws(times, k, seed):
        best: tuple[float, datetime] | None = None
        end = now + timedelta(weeks=weeks)
        for moment in moments:
            if moment > end and best is not None:
                break
            place = places[moment.weekday(), moment.hour]
            week = moment.isocalendar()[:2]
            if place not in known and new_in.get(week, 0) >= NEW_A_WEEK:
                continue
            if (best is None or draw[place] > best[0]) and _free(moment, busy, per_day):
                best = (float(draw[place]), moment)
        if best is None:
            break
        moment = best[1]
        slot = (moment.weekday(), moment.hour)
        place = places[slot]
        if place not in known:
            week = moment.isocalendar()[:2]
            new_in[week] = new_in.get(week, 0) + 1
            known.add(place)
        busy.append(moment)
        count = int(times.counts[place])
        reason = _reason(count, float(expected[place]), float(public[place] / public.max()))
        found.append(Try(moment, *slot, reason, count))
    return tuple(sorted(found, key=lambda one: one.at))


def _reason(count: int, expected: float, public: float) -> str:
    if count and expected > 0:
        return "best"
    return "public" if public >= _LIKELY else "test"


def _draws(times: Times, k: int, seed: int) -> Floats:
    """Return k tempered draws of the gains of all slots, (k, m)."""
    middle = times.typical_gains
    generator = np.random.default_rng(seed)
    means, deviations = times.posterior.draws(times.against_habit, generator, k)
    drawn: Floats = middle + TEMPER * (means - middle + deviations)
    return drawn


def _moments(zone: tzinfo, now: datetime, ahead: timedelta) -> list[datetime]:
    """Return the full hours after now, in the zone; hours that a clock change skips are not."""
    local = now.astimezone(zone)
    begin = datetime(local.year, local.month, local.day)
    made = []
    for step in range(int(ahead / timedelta(hours=1)) + 24):
        moment = (begin + timedelta(hours=step)).replace(tzinfo=zone)
        there = moment.astimezone(UTC)
        if there > now and there.astimezone(zone).hour == moment.hour:
            made.append(moment)
    return made


def _free(moment: datetime, busy: Sequence[datetime], per_day: int) -> bool:
    if sum(other.date() == moment.date() for other in busy) >= per_day:
        return False
    there = moment.astimezone(UTC)
    return all(abs(there - other.astimezone(UTC)) >= APART for other in busy)
