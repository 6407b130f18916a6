"""Published posting times as a weak curve over hours and weekdays; never the page's own.

The tables and their sources stand in `public.toml` beside this file, with those that are not used
and why. Each counts the same, whatever number of slots it names; hours are smoothed, because
tables are given to the hour and audiences are not.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from studio.stats.model.additive import Floats

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WAKING = range(6, 24)
"""The hours hardly anybody's page is without; the others are modelled only when they occur."""

_FILE = Path(__file__).with_name("public.toml")


@dataclass(frozen=True)
class Public:
    """What published averages say, as log effects.

    Attributes:
        hours: 24 values, mean 0 over `WAKING`, at most log(1 + peak).
        weekdays: 7 values, Monday first, mean 0.
        sources: the tables used, for the human: "Buffer, 9.6 M posts (instagram, 2026)".
    """

    hours: Floats
    weekdays: Floats
    sources: tuple[str, ...]


@cache
def public(platform: str = "") -> Public:
    """Return the curve of a platform; the mean of all platforms for one without tables."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    used = [table for table in told["table"] if "unused" not in table]
    platforms = list(dict.fromkeys(table["platform"] for table in used))
    if platform in platforms:
        platforms = [platform]
    groups = [[table for table in used if table["platform"] == name] for name in platforms]
    hours = _mean_of([_mean_of([_hours(t, told["smoothing"]) for t in of]) for of in groups])
    weekdays = _mean_of([_mean_of([_weekdays(t) for t in of]) for of in groups])
    return Public(
        hours=_scaled(hours, told["peak"], slice(WAKING.start, WAKING.stop)),
        weekdays=_scaled(weekdays, told["weekday_peak"], slice(7)),
        sources=tuple(
            f"{one['source']} ({one['platform']}, {one['date']})" for of in groups for one in of
        ),
    )


def _mean_of(votes: list[Floats | None]) -> Floats:
    mean: Floats = np.mean([vote for vote in votes if vote is not None], axis=0)
    return mean


def _hours(table: dict[str, Any], smoothing: float) -> Floats | None:
    """Return the share of each hour in a table, smoothed; None where it names none."""
    named = [hour for slot in table["slots"] for hour in _parsed(slot)[1]]
    if not named:
        return None
    apart = np.abs(np.arange(24)[:, None] - np.array(named)[None, :])
    apart = np.minimum(apart, 24 - apart)
    return _share(np.exp(-0.5 * (apart / smoothing) ** 2).sum(axis=1))


def _weekdays(table: dict[str, Any]) -> Floats | None:
    named = [day for day, _ in (_parsed(slot) for slot in table["slots"]) if day is not None]
    if not named:
        return None
    return _share(np.bincount(named, minlength=7).astype(np.float64))


def _share(votes: Floats) -> Floats:
    share: Floats = votes / votes.sum()
    return share


def _parsed(slot: str) -> tuple[int | None, range]:
    """Return weekday and hours of "Wed 14-17", "Wed 14", "14-17" or "Wed"."""
    words = slot.split()
    day = DAYS.index(words.pop(0)) if words[0] in DAYS else None
    if not words:
        return day, range(0)
    begin, _, end = words[0].partition("-")
    return day, range(int(begin), int(end) if end else int(begin) + 1)


def _scaled(curve: Floats, peak: float, over: slice) -> Floats:
    centred = curve - curve[over].mean()
    scaled: Floats = centred * (np.log1p(peak) / np.abs(centred[over]).max())
    return scaled
