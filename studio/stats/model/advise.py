"""From the fitted model to what is said: slots best first, a claim or none, posts still needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.stats.model.additive import normal_cdf
from studio.stats.model.public import WAKING
from studio.stats.when import BestTimes, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.model.slots import Times

WORTH = 0.05
"""A gain above this is worth a claim (posting-times, section 3)."""
SURE = 0.9
"""How sure a claim must be (posting-times, section 4, gate 1)."""
ENDS = (0.05, 0.97)
"""Where the mixture is cut for a 90 % interval. At 95 % the upper end would cover too little where
timing matters much more than the prior expects; so cut, the interval covers 87 to 98 % in each of
the reference's worlds (tests/bench/times.txt)."""
MOST_NEEDED = 300


def advise(
    times: Times,
    *,
    hours: Sequence[int] = (),
    metric: str = "reach",
    zone: str = "",
    left_out: tuple[tuple[str, int], ...] = (),
) -> BestTimes:
    """Return the best times of a fitted model.

    Args:
        times: the model.
        hours: hours that may be recommended; empty: waking hours and those the page posts at.
        metric: what was modelled.
        zone: IANA name of the zone of the hours.
        left_out: why how many posts were left out.
    """
    gains = times.gains
    middle = times.typical_gains
    low, high = gains.quantile(ENDS[0]), gains.quantile(ENDS[1])
    worth = float(np.log1p(WORTH))
    sceptic = times.sceptical_gains
    sure = np.minimum(gains.above(worth), sceptic.above(worth))
    public = np.expm1(times.public_gains())
    week = {
        (day, hour): Slot(
            weekday=day,
            hour=hour,
            uplift=float(np.expm1(middle[place])),
            low=float(np.expm1(low[place])),
            high=float(np.expm1(high[place])),
            n=int(times.counts[place]),
            sure=float(sure[place]),
            public=float(public[place]),
        )
        for place, (day, hour) in enumerate(times.slots)
    }
    posted = {hour for day, hour in times.slots if week[day, hour].n}
    allowed = set(hours) & set(range(24)) or set(WAKING) | posted
    slots = sorted(
        (slot for slot in week.values() if slot.hour in allowed),
        key=lambda slot: (-slot.uplift, slot.weekday, slot.hour),
    )
    claim = next((slot for slot in slots[:1] if slot.sure > SURE), None)
    busiest = sorted((slot for slot in week.values() if slot.n), key=lambda slot: -slot.n)
    needed: int | None = 0
    if claim is None:
        place = times.slots.index((slots[0].weekday, slots[0].hour))
        doubt = (float(sceptic.mean()[place]), float(sceptic.sd()[place]))
        needed = posts_needed(float(middle[place]), doubt, times.posterior.noise)
    return BestTimes(
        slots=tuple(slots),
        claim=claim,
        n=int(times.counts.sum()),
        needed=needed,
        week=week,
        metric=metric,
        zone=zone,
        left_out=left_out,
        usual=tuple((slot.weekday, slot.hour) for slot in busiest[:3]),
    )


def posts_needed(gain: float, sceptic: tuple[float, float], noise: float) -> int | None:
    """Return how many more posts would as likely as not lead to a claim.

    Assumes that half of them go to the slot and half elsewhere, so that N posts measure the
    difference with variance 4·noise²/N, and that they show the gain that is expected now. The
    answer is the N at which they convince the sceptic, whose belief is taken as normal. None when
    that takes more than `MOST_NEEDED`, as where the expected gain itself is not worth a claim.

    Args:
        gain: expected log gain of the slot.
        sceptic: mean and standard deviation of the sceptic's belief in it.
        noise: standard deviation of single posts.
    """
    mean, sd = sceptic
    told = np.arange(1, MOST_NEEDED + 1) / (4 * noise**2)
    before = 1 / max(sd, 1e-6) ** 2
    after = (before * mean + told * gain) / (before + told)
    sure = normal_cdf((after - np.log1p(WORTH)) * np.sqrt(before + told)) > SURE
    return int(np.argmax(sure)) + 1 if sure.any() else None
