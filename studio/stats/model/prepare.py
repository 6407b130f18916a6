"""From figures and ages to what is modelled, and the covariates every model of posts carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.model.additive import Grid, Model, Part, Posterior

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.stats.model.additive import Floats

MATURITY_DAYS = 1.5
"""A post of age t has 1 − exp(−t/1.5 days) of its final reach (posting-times, section 3)."""
YOUNGEST_DAYS = 0.25
"""Younger posts are left out: most of their figure would be the correction."""
FREEDOM = 8.0
"""Degrees of freedom of Student's t for the noise. The residuals of real accounts have heavier
tails than normal ones (kurtosis 9 and 17, posting-times, section 1); fewer degrees throw away more
of the posts that are not far out."""

_TYPICAL_SPREAD, _TYPICAL_POSTS = 1.0, 8.0
"""Residual spread of log reach of an unknown page and the posts this guess is worth (section 3)."""
_LEAST_SPREAD = 0.3
_ROUNDS = 5


def log_figure(figures: Floats, ages_days: Floats) -> Floats:
    """Return the logs of the figures the posts will have in the end, (n,).

    Args:
        figures: reach or views, not negative; 0 counts as one half.
        ages_days: age of each post when the figure was taken, positive.
    """
    share = -np.expm1(-np.maximum(ages_days, 1e-3) / MATURITY_DAYS)
    logs: Floats = np.log(np.maximum(figures, 0.5)) - np.log(share)
    return logs


def common_parts(days: Floats, formats: Sequence[str | None]) -> list[Part]:
    """Return the parts that are confounded with everything: level, growth, format.

    Scales for the grid stand in `COMMON`. The reference's linear trend and format contrast
    (posting-times, section 3), with any number of formats, and a slow drift about the trend.

    Args:
        days: when each post went live, in days from anywhere, (n,).
        formats: of each post; None where it is not known.
    """
    return [
        Part("level", np.ones((len(days), 1)), np.eye(1)),
        growth_part(days),
        format_part(formats),
    ]


COMMON = {"level": [(1.0, 0.0)], "growth": [(0.7, 0.0)], "format": [(0.4, 0.0)]}
"""Scale and log prior weight of the common parts: a choice for `additive.grid`."""


def growth_part(days: Floats) -> Part:
    """Return growth over the posts' period: a straight line and three slow waves about it."""
    first, last = (float(days.min()), float(days.max())) if len(days) else (0.0, 0.0)
    at = (days - first) / (last - first) if last > first else np.full(len(days), 0.5)
    waves = [np.cos(np.pi * turns * at) for turns in (2, 3, 4)]
    design = np.column_stack([at - 0.5, *waves])
    return Part("growth", design, np.diag([1.0, 0.04, 0.02, 0.01]))


def format_part(formats: Sequence[str | None]) -> Part:
    """Return one column for each format; a post of unknown format has none."""
    names = list(dict.fromkeys(name for name in formats if name))
    design = np.zeros((len(formats), len(names)))
    for row, name in enumerate(formats):
        if name:
            design[row, names.index(name)] = 1
    return Part("format", design, np.eye(len(names)))


@dataclass(frozen=True)
class Steady:
    """What is modelled, without the pull of posts that went viral.

    Attributes:
        y: (n,) logs about their median; what lies far from the fit is drawn nearer to it.
        spread: typical standard deviation of the noise in `y`.
        level: the median that was taken off.
    """

    y: Floats
    spread: float
    level: float


def steady(logs: Floats, model: Model, settings: Callable[[float], Grid]) -> Steady:
    """Return logs under which normal noise gives the posterior of Student's t noise.

    Winsorising the logs themselves would clip real effects with the virals, so it is the
    residuals that are drawn in: Fisher scoring for t with `FREEDOM` degrees of freedom ν and scale
    s replaces y by fit + r·(ν+3)/(ν + r²/s²), whose noise has variance s²(ν+3)/(ν+1) (Lange,
    Little and Taylor 1989). A few rounds at one middling grid point.

    Args:
        logs: (n,).
        model: the parts.
        settings: gives the grid, of one point, for a standard deviation of the noise.
    """
    if not len(logs):
        return Steady(logs, _TYPICAL_SPREAD, 0.0)
    level = float(np.median(logs))
    y = logs - level
    wider = np.sqrt((FREEDOM + 3) / (FREEDOM + 1))
    spread = _shrunk(1.4826 * float(np.median(np.abs(y))), len(y))
    nearer = np.clip(y, -2.5 * spread, 2.5 * spread)
    for _ in range(_ROUNDS):
        posterior: Posterior = model.fit(nearer, settings(spread * wider))
        residual = y - model.fitted(posterior)
        pull = (FREEDOM + 1) / (FREEDOM + (residual / spread) ** 2)
        spread = _shrunk(float(np.sqrt(np.mean(pull * residual**2))), len(y))
        nearer = y - residual + residual * (FREEDOM + 3) / (FREEDOM + (residual / spread) ** 2)
    return Steady(nearer, spread * wider, level)


def _shrunk(spread: float, count: int) -> float:
    """Return a spread between what is seen and what is typical, by the number of posts."""
    return (count * max(spread, _LEAST_SPREAD) + _TYPICAL_POSTS * _TYPICAL_SPREAD) / (
        count + _TYPICAL_POSTS
    )
