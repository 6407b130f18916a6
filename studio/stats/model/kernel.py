"""Shapes of what hours, weekdays and slots may do: unit prior covariances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.model.additive import Floats

LENGTHS = (2.0, 3.5)
"""Hours over which effects are alike. 2.5 is the reference's (posting-times, section 3); nobody
has measured it, so a shorter and a longer one have an equal share."""
WEEKEND = 0.25
"""Share of a weekday's effect that it has in common with the others of weekend or week."""


def hour_kernel(hours: Sequence[int]) -> Floats:
    """Return the covariance of hours of the day, cyclic, (H, H), with 1 on the diagonal.

    A mean of periodic kernels exp(−2 sin²(π Δ/24) / (2π ℓ/24)²) over `LENGTHS` (MacKay 1998).
    """
    at = np.asarray(hours, dtype=np.float64)
    wave = np.sin(np.pi * (at[:, None] - at[None, :]) / 24) ** 2
    several = [np.exp(-2 * wave / (2 * np.pi * length / 24) ** 2) for length in LENGTHS]
    kernel: Floats = np.mean(several, axis=0)
    return kernel


def weekday_kernel() -> Floats:
    """Return the covariance of weekdays, (7, 7), with 1 on the diagonal."""
    weekend = np.arange(7) >= 5
    kernel: Floats = WEEKEND * (weekend[:, None] == weekend[None, :]) + (1 - WEEKEND) * np.eye(7)
    return kernel


def slot_kernel(hours: Sequence[int]) -> Floats:
    """Return the covariance of single slots beyond hour and weekday, (7 H, 7 H), day by day."""
    smooth = np.kron(weekday_kernel(), hour_kernel(hours))
    kernel: Floats = 0.5 * smooth + 0.5 * np.eye(len(smooth))
    return kernel
