"""Which posts count for posting times, and what is modelled of them; the others with the reason."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.counted import left_out, taken
from studio.stats.model.prepare import YOUNGEST_DAYS
from studio.stats.model.slots import Sample, Times
from studio.stats.summary import zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from studio.stats.post import Post

_DAY = 86_400.0


@lru_cache(maxsize=2)
def fitted(
    posts: tuple[Post, ...], metric: str, zone: str, now: datetime, hours: tuple[int, ...]
) -> tuple[Times, tuple[tuple[str, int], ...]]:
    """Return the fitted model and what was left out; kept for whoever asks for the plan next.

    Args:
        posts: as for `gather`.
        metric: the same.
        zone: IANA name; UTC when there is none of that name.
        now: aware.
        hours: those the human can post at.
    """
    sample, left_out = gather(posts, metric=metric, zone=zone_of(zone), now=now)
    return Times(sample, hours), left_out


def gather(
    posts: Sequence[Post], *, metric: str, zone: tzinfo, now: datetime
) -> tuple[Sample, tuple[tuple[str, int], ...]]:
    """Return the posts that count and why how many others were left out, most first.

    A post's age is that at the time of the export its figures are from, as far as it is known.

    Args:
        posts: of one platform; of several, only those of the most frequent one count.
        metric: "reach", "views" or another of `studio.stats.post.FIGURES`.
        zone: the audience's.
        now: aware.
    """
    platforms = Counter(post.platform for post in posts)
    platform = platforms.most_common(1)[0][0] if platforms else ""
    left: Counter[str] = Counter()
    rows: list[tuple[float, float, float, int, int]] = []
    formats: list[str | None] = []
    for post in posts:
        reason = _reason(post, platform, metric)
        at, figure = post.posted_at, post.figure(metric)
        if reason or at is None or figure is None:
            left[reason or ""] += 1
            continue
        age = (taken(post, now, zone) - at).total_seconds() / _DAY
        if age < YOUNGEST_DAYS:
            left[f"younger than {YOUNGEST_DAYS * 24:.0f} hours"] += 1
            continue
        local = at.astimezone(zone)
        rows.append((float(figure), age, at.timestamp() / _DAY, local.weekday(), local.hour))
        formats.append(post.format)
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    sample = Sample(
        figures=table[:, 0],
        ages=table[:, 1],
        days=table[:, 2],
        weekdays=table[:, 3].astype(np.int64),
        hours=table[:, 4].astype(np.int64),
        formats=formats,
        platform=platform,
    )
    return sample, tuple(left.most_common())


def _reason(post: Post, platform: str, metric: str) -> str | None:
    """Return why a post does not count, None if it does."""
    if post.platform != platform:
        return "of another platform"
    unknown = None if post.hour_known else "scheduled elsewhere, so the hour is not known"
    return left_out(post, metric) or unknown
