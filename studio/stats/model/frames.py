"""The stable functions on DataFrames: the only place of the model that knows pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from studio.stats.model.advise import advise
from studio.stats.model.planning import choose
from studio.stats.model.prepare import YOUNGEST_DAYS
from studio.stats.model.slots import Sample, Times

if TYPE_CHECKING:
    from datetime import datetime

    from studio.stats.when import BestTimes


def best_times(posts: pd.DataFrame, *, now: datetime) -> BestTimes:
    """Return when to post, as far as the posts can tell.

    Args:
        posts: one row a post: `posted_at` aware, in the audience's zone; `reach` a number, NaN
            where it is missing; `format` a name, None or NaN where it is not known, and the
            column may be missing. Any order.
        now: aware; the reach is that of now.
    """
    sample, left = _sample(posts, now)
    return advise(Times(sample), left_out=left)


def plan_next(
    posts: pd.DataFrame, *, now: datetime, available: list[tuple[int, int]], k: int, seed: int
) -> list[tuple[int, int]]:
    """Return the next k slots to post in, repeats allowed, the same for the same arguments.

    Args:
        posts: as for `best_times`.
        now: aware.
        available: (weekday, hour) pairs that may be chosen, at least one.
        k: how many posts.
        seed: of the plan.
    """
    if not available or k < 1:
        return []
    sample, _ = _sample(posts, now)
    times = Times(sample, [hour for _, hour in available])
    return choose(times, available, k, seed)


def _sample(posts: pd.DataFrame, now: datetime) -> tuple[Sample, tuple[tuple[str, int], ...]]:
    at = pd.to_datetime(posts["posted_at"])
    if len(at) and at.dt.tz is None:
        raise ValueError("posted_at has no time zone: tell it with tz_localize")
    reach = pd.to_numeric(posts["reach"], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    known = at.notna().to_numpy()
    figured = known & np.isfinite(reach) & (reach >= 0)
    if len(at):
        moment = pd.Timestamp(now)
        ages = ((moment - at) / pd.Timedelta(days=1)).to_numpy(np.float64, na_value=np.nan)
    else:
        ages = np.zeros(0)
    used = figured & (np.nan_to_num(ages, nan=-1) >= YOUNGEST_DAYS)
    left = (
        ("without a date", int((~known).sum())),
        ("without reach", int((known & ~figured).sum())),
        (f"younger than {YOUNGEST_DAYS * 24:.0f} hours", int((figured & ~used).sum())),
    )
    chosen = at[used]
    formats = posts["format"].to_numpy(object)[used] if "format" in posts else [None] * len(chosen)
    empty = not len(chosen)
    sample = Sample(
        figures=reach[used],
        ages=ages[used],
        days=-ages[used],
        weekdays=np.zeros(0, np.int64) if empty else chosen.dt.day_of_week.to_numpy(np.int64),
        hours=np.zeros(0, np.int64) if empty else chosen.dt.hour.to_numpy(np.int64),
        formats=[None if pd.isna(name) else str(name) for name in formats],
    )
    return sample, tuple(pair for pair in left if pair[1])
