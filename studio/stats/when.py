"""When to post: what the page's own posts can tell of the hours of the week, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from studio.stats.post import Post


@dataclass(frozen=True, slots=True)
class Slot:
    """One hour of the week, against the hours the page usually posts at.

    Attributes:
        weekday: 0 = Monday.
        hour: 0 to 23, in the audience's time zone.
        uplift: expected relative gain over the usual hours, 0.12 = 12 %.
        low: lower end of the 90 % interval of the gain.
        high: upper end.
        n: posts in it.
        sure: probability that the gain is above 5 %.
        public: what published averages alone say of it, relative; not the page's own.
    """

    weekday: int
    hour: int
    uplift: float
    low: float
    high: float
    n: int = 0
    sure: float = 0.0
    public: float = 0.0


@dataclass(frozen=True)
class BestTimes:
    """When to post, as far as the posts can tell.

    Attributes:
        slots: every hour of the week that may be recommended, best first.
        claim: the slot that is better than usual with more than nine in ten; None: can't tell yet.
        n: posts it rests on.
        needed: how many more posts, spread as planned, would most likely tell; None when more
            than anyone posts in a year, 0 with a claim.
        week: every modelled hour by (weekday, hour), for the heat map.
        metric: "reach" or "views".
        zone: IANA name of the time zone of the hours; "" when the caller's posts said it.
        left_out: why how many posts were left out: (reason, count).
        usual: the hours (weekday, hour) with most posts so far, at most three.
    """

    slots: tuple[Slot, ...]
    claim: Slot | None
    n: int
    needed: int | None
    week: dict[tuple[int, int], Slot]
    metric: str = "reach"
    zone: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    usual: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """One of the next posts to try.

    Attributes:
        at: when, aware, in the audience's zone.
        weekday: 0 = Monday.
        hour: 0 to 23.
        reason: "public" (published averages), "best" (the page's best so far) or "test".
        n: posts of the page in that slot so far.
    """

    at: datetime
    weekday: int
    hour: int
    reason: str
    n: int


def best_times_of(
    posts: Sequence[Post],
    *,
    metric: str,
    zone: str,
    now: datetime,
    hours: Sequence[int] = (),
) -> BestTimes:
    """Return when to post, as far as a page's posts can tell.

    Left out, and counted: stories, private and promoted posts, sums over some days only, posts
    without date, hour or metric, and those a few hours old; younger ones than a week are corrected
    for their age.

    Args:
        posts: of one platform, any order; none at all gives published averages only.
        metric: "reach", "views" or another of `studio.stats.post.FIGURES`.
        zone: IANA name of the audience's zone; UTC when there is none of that name.
        now: aware.
        hours: those the human can post at; only they are in `slots`. Empty: waking hours and
            those the page has posts at.
    """
    from studio.stats.model.advise import advise
    from studio.stats.model.gather import fitted

    times, left_out = fitted(tuple(posts), metric, zone, now, tuple(hours))
    return advise(times, hours=hours, metric=metric, zone=zone, left_out=left_out)


def next_posts(
    posts: Sequence[Post],
    *,
    metric: str,
    zone: str,
    now: datetime,
    hours: Sequence[int] = (),
    k: int,
    seed: int,
    taken: Sequence[datetime] = (),
) -> tuple[Try, ...]:
    """Return the next posts to try, dated, earliest first; the same for the same arguments.

    One a day, none in the past, none within four hours of what is planned already, at most two
    slots a week the page has no post in.

    Args:
        posts: as for `best_times_of`.
        metric: the same.
        zone: the same.
        now: aware.
        hours: those the human can post at; empty: waking hours and those the page has posts at.
        k: how many.
        seed: of the plan; the same seed gives the same plan while posts stay the same.
        taken: posts planned already, aware.
    """
    from studio.stats.model.gather import fitted
    from studio.stats.model.planning import dated
    from studio.stats.model.public import WAKING
    from studio.stats.summary import zone_of

    times, _ = fitted(tuple(posts), metric, zone, now, tuple(hours))
    posted = {hour for (_, hour), n in zip(times.slots, times.counts, strict=True) if n}
    allowed = sorted(set(hours) & set(range(24)) or set(WAKING) | posted)
    return dated(times, allowed, zone=zone_of(zone), now=now, k=k, seed=seed, taken=taken)
