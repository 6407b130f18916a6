"""The answer on what to post in sentences: what is known first, formats before all else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.effects import FEWEST, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.effects import Factor, Fitted, Sample
    from studio.stats.what import Effect

_MOST = 3  # told effects of a kind

_VERBS = {"reach": "reach {} of", "views": "are viewed {} as often as"}


def sentences(
    metric: str, chosen: Sample, fitted: Fitted | None, effects: Sequence[Effect]
) -> tuple[str, ...]:
    """Return what is told, the most important first; raw, for `studio.text` to show."""
    figure, base = split(metric)
    n = len(chosen.posts)
    if fitted is None:
        if n >= 2:
            return (f"nothing to tell yet: no {figure} on any of {counted(n)}",)
        those = figure if base is None else f"{figure} and {base}"
        return (f"nothing to tell yet: {counted(n)} with {those}",)
    told = []
    formats = next((one for one in fitted.factors if one.name == "format"), None)
    if formats is not None:
        told += _formats(metric, fitted, formats, effects)
    elif len({post.format for post in chosen.posts}) == 1 and chosen.posts[0].format:
        told.append(
            f"no format to compare: all of {counted(n)} are {plural(chosen.posts[0].format)}"
        )
    others = [one for one in effects if one.feature != "format" and one.verdict != "can't tell"]
    others.sort(key=lambda one: -abs(math.log(one.ratio)))
    told += [_effect(metric, one) for one in others[: 2 * _MOST]]
    open_ = dict.fromkeys(one.feature for one in effects if one.feature != "format")
    silent = [name for name in open_ if name not in {one.feature for one in others}]
    if silent:
        told.append(f"can't tell yet: {', '.join(silent)} ({counted(n)})")
    if not told:
        told.append(f"nothing to compare: all of {counted(n)} are alike")
    return tuple(told)


def counted(n: int) -> str:
    """Return "no post", "1 post" or "12 posts"."""
    return "no post" if n == 0 else "1 post" if n == 1 else f"{n} posts"


def times(ratio: float) -> str:
    """Return a ratio as "×1.07", "×2.1" or "×12"."""
    return f"×{ratio:.{2 if ratio < 1.295 else 1 if ratio < 9.95 else 0}f}"


def _formats(metric: str, fitted: Fitted, factor: Factor, effects: Sequence[Effect]) -> list[str]:
    """Tell the best format against each other one, as far as there are posts enough."""
    able = [at for at in range(len(factor.levels)) if factor.counts[at] >= FEWEST]
    if len(able) < 2:
        few = ", ".join(
            f"{counted(int(count)).removesuffix(' posts').removesuffix(' post')} of {level}"
            for level, count in zip(factor.levels, factor.counts, strict=True)
        )
        return [f"can't tell yet: format needs {FEWEST} posts of two kinds ({few})"]
    means = fitted.contrast(factor, np.eye(len(factor.levels))).mean()
    best = max(able, key=lambda at: means[at])
    rest = [at for at in able if at != best]
    vectors = np.zeros((len(factor.levels), len(rest)))
    vectors[best] = 1
    for column, at in enumerate(rest):
        vectors[at, column] = -1
    known = fitted.contrast(factor, vectors)
    middle, sure = known.mean(), known.above(0.0)
    low, high = known.quantile(0.05), known.quantile(0.95)
    doubt = fitted.doubt(factor)
    told, untold = [], []
    for column, at in enumerate(rest):
        ends = f"{times(math.exp(low[column]))}…{times(math.exp(high[column]))}"
        posts = f"{factor.counts[best]:.0f} and {factor.counts[at]:.0f} posts"
        ratio = times(math.exp(middle[column]))
        mine, other = plural(factor.levels[best]), plural(factor.levels[at])
        if 1 - sure[column] < doubt:
            told.append(f"{mine} {_than(metric, ratio)} your {other} ({ends}, {posts})")
        else:
            untold.append(f"can't tell yet: {mine} against {other} ({ratio}, {ends}, {posts})")
    if not told:  # against each other nothing, but perhaps against all of them
        apart = [one for one in effects if one.feature == "format" and one.verdict != "can't tell"]
        told = [_effect(metric, one) for one in apart]
    return [*told[:_MOST], *untold[:1]]


def _than(metric: str, ratio: str) -> str:
    verb = _VERBS.get(metric)
    return verb.format(ratio) if verb else f"get {ratio} the {metric} of"


def _effect(metric: str, one: Effect) -> str:
    ends = f"{times(one.low)}…{times(one.high)}"
    than = f"{times(one.ratio)} {metric} against your average {one.feature}"
    return f"{one.feature}, {one.level}: {than} ({ends}, {counted(one.n)})"


def plural(format_: str) -> str:
    """Return the plural of a format's name: reels, stories."""
    return f"{format_[:-1]}ies" if format_.endswith("y") else f"{format_}s"
