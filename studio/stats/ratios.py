"""Ratios between two sets of figures, with their intervals. All on natural logs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_Z = (
    1.644854,
    1.959964,
    2.128045,
    2.241403,
    2.326348,
    2.39398,
    2.449998,
    2.497705,
    2.539185,
    2.575829,
    2.608616,
    2.638257,
)
"""Normal quantiles at 1 − 0.05/k for k = 1, 2, …, 12."""
_T95 = (6.313752, 2.919986, 2.353363)
"""95 % quantiles of Student's t for 1, 2, 3 degrees of freedom."""


def mean(values: Sequence[float]) -> float:
    """Return the mean; `values` is not empty."""
    return sum(values) / len(values)


def interval(
    mine: Sequence[float], rest: Sequence[float], comparisons: int = 1
) -> tuple[float, float] | None:
    """Return the 90 % interval of a group's typical figure against the usual of the whole page.

    With n posts in the group, m in the rest, the logs' means a and b and variances s² and r²:
    the page's mean is (n·a + m·b)/(n + m), so the group differs from it by w·(a − b) with
    w = m/(n + m). For a − b stands Welch's interval, (a − b) ± t₀.₉₅(ν)·√(s²/n + r²/m), with ν
    from Welch–Satterthwaite (B. L. Welch, Biometrika 34, 1947); times w, then out of the logs.

    Args:
        mine: logs of the group's figures.
        rest: logs of all the others.
        comparisons: how many such intervals should be right together, 9 times in 10; above 1
            each is wider (Bonferroni).

    Returns:
        Ends of the ratio; None when one side has fewer than two posts or nothing varies.
    """
    n, m = len(mine), len(rest)
    if n < 2 or m < 2:
        return None
    a, b = _variance(mine) / n, _variance(rest) / m
    if a + b <= 0:
        return None
    freedom = (a + b) ** 2 / (a * a / (n - 1) + b * b / (m - 1))
    share = m / (n + m)
    middle = mean(mine) - mean(rest)
    reach = _quantile(freedom, comparisons) * math.sqrt(a + b)
    return math.exp(share * (middle - reach)), math.exp(share * (middle + reach))


def _variance(values: Sequence[float]) -> float:
    middle = mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _quantile(freedom: float, comparisons: int) -> float:
    """Return the quantile of Student's t at 1 − 0.05/comparisons.

    From 3 degrees of freedom on the series in Abramowitz and Stegun, 26.7.5; at 95 % it is off by
    less than 0.003. Below 3, at 95 %, between exact values and a little too wide.
    """
    if freedom < 3 and comparisons == 1:
        inverse = 1 / max(freedom, 1.0)
        left = 1 if inverse > 0.5 else 2
        start, end = 1 / left, 1 / (left + 1)
        part = (start - inverse) / (start - end)
        return _T95[left - 1] + part * (_T95[left] - _T95[left - 1])
    x, v = _Z[min(comparisons, len(_Z)) - 1], freedom
    return (
        x
        + (x**3 + x) / (4 * v)
        + (5 * x**5 + 16 * x**3 + 3 * x) / (96 * v**2)
        + (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / (384 * v**3)
        + (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / (92160 * v**4)
    )
