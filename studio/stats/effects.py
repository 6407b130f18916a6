"""What features of posts do to a figure: one additive, shrunken model of all of them together.

    log figure (or log rate) = level + growth + hour + weekday + Σ features + noise

`studio.stats.model.several` fits it: every feature has a scale of its own, averaged over a grid,
so that a feature that does nothing is drawn to nothing. Levels of a feature are columns, centred
on the feature's mean over the posts of which it is known; a post of which it is not known has
zeros, so it says nothing of the feature. Noise is Student's t (`studio.stats.model.prepare`), so
posts that went viral pull little. Needs NumPy; imported only when an answer is asked for.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.counted import left_out, taken
from studio.stats.model.additive import Floats, Mixture, Model, Part, grid
from studio.stats.model.kernel import hour_kernel, weekday_kernel
from studio.stats.model.prepare import YOUNGEST_DAYS, growth_part, log_figure, steady
from studio.stats.model.several import fit_each, intervals
from studio.stats.what import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from studio.stats.model.additive import Grid
    from studio.stats.model.several import Several
    from studio.stats.post import Post

FEWEST = 5
"""Posts a level, and the others of its feature, need before anything is said of it."""
ADDED = 0.5
"""Added to counts before the log of a rate is taken, as to what the page's own rate would give:
log((count + ½) / (page's rate · base + ½)); ½ makes log(count + ½) nearly unbiased (Anscombe
1956). A rate without counts is thus low, not minus infinity."""

FORMAT_SCALES = ((0.05, 0.1), (0.2, 0.2), (0.4, 0.3), (0.7, 0.25), (1.1, 0.15))
"""Scale of formats and its prior weight: two real accounts have ×1.6 and ×2.5 between formats
(posting-times, section 1)."""
SCALES = ((0.03, 0.12), (0.1, 0.23), (0.2, 0.3), (0.4, 0.25), (0.7, 0.1))
"""The same of any other feature: what others found is small (posting-times, section 9), what a
page's own subjects do is not known. With half the weight on nothing, intervals of features that do
something covered .70 of the time instead of .87 (`tests/bench/what.py`)."""
_HOURS = ((0.03, 0.3), (0.1, 0.3), (0.2, 0.25), (0.4, 0.15))
_WEEKDAYS = ((0.02, 0.4), (0.07, 0.4), (0.2, 0.2))
_NOISES = ((0.8, 0.3), (0.93, 1.0), (1.07, 1.0), (1.25, 0.3))

WIDER = 1.08
"""Intervals of formats covered .88 instead of .90 where the noise is normal with a few viral posts
instead of Student's t, and the scales of the other features are held (`tests/bench/what.py`)."""
_CONFOUNDED = {"level", "growth", "feature format"}

MOST_LEVELS = 20
"""Levels of a feature; the posts of the rarer ones say nothing of it."""
MOST_FEATURES = 24
_LEAST_OF_A_KERNEL = 0.01

FORMAT_DOUBT = 0.05
"""How often a page whose formats do nothing may be told of a format, at most."""
DOUBT = 0.1
"""The same of all other features together, before shrinkage takes its part; what is left is 0.01
to 0.04 (`tests/bench/what.txt`)."""
MOST_NEEDED = 300
_LIKELY_SDS = 0.674  # three in four


@dataclass(frozen=True)
class Sample:
    """The posts that count, and what is modelled of them.

    Attributes:
        posts: oldest first.
        logs: (n,) log of the final figure, or of the rate.
        left_out: why how many others were left out, most first.
        total: of a rate: its counts altogether; of a figure: its sum.
    """

    posts: tuple[Post, ...]
    logs: Floats
    left_out: tuple[tuple[str, int], ...]
    total: float


def split(metric: str) -> tuple[str, str | None]:
    """Return the figure and what it is divided by: "saves per view" → ("saves", "views")."""
    figure, per, base = metric.partition(" per ")
    return figure, ("views" if base == "view" else base) if per else None


def sample(posts: Sequence[Post], *, metric: str, zone: tzinfo, now: datetime) -> Sample:
    """Return the posts that count for a metric, with their logs; the others with the reason."""
    figure, base = split(metric)
    left: Counter[str] = Counter()
    kept: list[tuple[datetime, Post, float]] = []
    for post in posts:
        at = post.posted_at
        reason = _reason(post, figure, base)
        if reason is None and at is not None:
            age = (taken(post, now, zone) - at).total_seconds() / 86_400
            if age >= YOUNGEST_DAYS:
                kept.append((at, post, age))
                continue
            reason = f"younger than {YOUNGEST_DAYS * 24:.0f} hours"
        left[reason or "without a date"] += 1
    kept.sort(key=lambda one: one[0])
    chosen = tuple(post for _, post, _ in kept)
    counts = np.array([post.figure(figure) for post in chosen], dtype=np.float64)
    if base is None:
        logs = log_figure(counts, np.array([age for _, _, age in kept], dtype=np.float64))
    else:
        # A rate hardly grows with age: both its counts do.
        bases = np.array([post.figure(base) for post in chosen], dtype=np.float64)
        own = counts.sum() / bases.sum() if chosen else 0.0
        logs = np.log((counts + ADDED) / (own * bases + ADDED))
    return Sample(chosen, logs, tuple(left.most_common()), float(counts.sum()))


def _reason(post: Post, figure: str, base: str | None) -> str | None:
    """Return why a post does not count, None if it does."""
    under = post.figure(base) if base else 1
    return left_out(post, figure) or (f"without {base}" if not under or under < 0 else None)


@dataclass(frozen=True)
class Factor:
    """A feature as it is modelled.

    Attributes:
        name: the feature.
        levels: those that posts have, the most frequent first.
        rows: (n,) place of each post's level, -1 where it is not known.
        counts: (L,) posts of each level.
    """

    name: str
    levels: tuple[str, ...]
    rows: Sequence[int]
    counts: Floats

    @property
    def usual(self) -> Floats:
        """The share of each level among the posts of which the feature is known, (L,)."""
        share: Floats = self.counts / self.counts.sum()
        return share

    def part(self) -> Part:
        """Return the factor as a part of the model."""
        design = np.zeros((len(self.rows), len(self.levels)))
        known = np.asarray(self.rows) >= 0
        design[known, np.asarray(self.rows)[known]] = 1
        design[known] -= self.usual
        return Part(f"feature {self.name}", design, np.eye(len(self.levels)))


def factors(features: Sequence[Mapping[str, str]]) -> tuple[Factor, ...]:
    """Return the features that differ between posts, format first, then as they come.

    Args:
        features: of each post, by feature; what is not known is absent.
    """
    names = dict.fromkeys(name for one in features for name in one)
    ordered = sorted(names, key=lambda name: name != "format")
    made = []
    for name in ordered:
        counts = Counter(one[name] for one in features if name in one)
        levels = [level for level, _ in counts.most_common(MOST_LEVELS)]
        if len(levels) < 2:
            continue
        place = {level: at for at, level in enumerate(levels)}
        rows = [place.get(one.get(name, ""), -1) for one in features]
        made.append(
            Factor(name, tuple(levels), rows, np.array([float(counts[one]) for one in levels]))
        )
    return tuple(made[:MOST_FEATURES])


class Fitted:
    """What is known of the features' effects on one metric."""

    def __init__(
        self, chosen: Sample, made: Sequence[Factor], zone: tzinfo, *, beside: int = 1
    ) -> None:
        """Fit the model: 2 posts or more.

        Args:
            chosen: the posts.
            made: the features.
            zone: the audience's.
            beside: how many metrics are asked in the same breath and share the doubt.
        """
        self._sample = chosen
        self._beside = beside
        self.factors = tuple(made)
        local = [post.posted_at.astimezone(zone) for post in chosen.posts if post.posted_at]
        sure = [post.hour_known for post in chosen.posts]
        days = np.array([at.timestamp() / 86_400 for at in local])
        parts = [Part("level", np.ones((len(days), 1)), np.eye(1)), growth_part(days)]
        parts += [_hour_part([at.hour for at in local], sure), _weekday_part(local)]
        parts += [factor.part() for factor in made]
        choices = {name: _choices(name) for name in (part.name for part in parts)}
        typical = {
            name: [(math.sqrt(sum(w * s * s for s, w in some) / sum(w for _, w in some)), 0.0)]
            for name, some in choices.items()
        }

        def middling(spread: float) -> Grid:
            return grid(
                {name: typical[name] for name in _CONFOUNDED & typical.keys()}, [(spread, 0.0)]
            )

        # Few parts: with all of them the residuals, and so the spread, would come out too small.
        few = [part for part in parts if part.name in _CONFOUNDED]
        ready = steady(chosen.logs, Model(few), middling)
        noise = [(by * ready.spread, weight) for by, weight in _NOISES]
        self._told: Several = fit_each(parts, choices, noise, ready.y)
        self.noise = self._told.noise

    def contrast(self, factor: Factor, vectors: Floats) -> Mixture:
        """Return what is known of combinations of a factor's levels; `vectors` is (L, m)."""
        known = self._told.blocks[f"feature {factor.name}"].contrast(vectors)
        return Mixture(known.weights, known.means, WIDER * known.sds)

    def effects(self) -> tuple[Effect, ...]:
        """Return the effects of all levels: formats, then by feature, the best level first."""
        known = [
            self.contrast(factor, np.eye(len(factor.levels)) - factor.usual[:, None])
            for factor in self.factors
        ]
        ends = intervals(known, 0.05, 0.95)
        made: list[Effect] = []
        for factor, one, (low, high) in zip(self.factors, known, ends, strict=True):
            effects = self._of(factor, one, low, high)
            made += sorted(effects, key=lambda effect: -effect.ratio)
        return tuple(made)

    def _of(self, factor: Factor, known: Mixture, low: Floats, high: Floats) -> list[Effect]:
        means, sds, above = known.mean(), known.sd(), known.above(0.0)
        doubt = self.doubt(factor)
        having: list[list[Post]] = [[] for _ in factor.levels]
        for post, row in zip(self._sample.posts, factor.rows, strict=True):
            if row >= 0:
                having[row].append(post)
        made = []
        for at, level in enumerate(factor.levels):
            n = int(factor.counts[at])
            others = int(factor.counts.sum()) - n
            verdict = "can't tell"
            if min(n, others) >= FEWEST and min(above[at], 1 - above[at]) < doubt:
                verdict = "helps" if above[at] > 0.5 else "hurts"
            needed = None
            if verdict == "can't tell":
                share = float(factor.usual[at])
                needed = self._needed(float(means[at]), float(sds[at]), share, n, doubt)
            made.append(
                Effect(
                    feature=factor.name,
                    level=level,
                    n=n,
                    others=others,
                    ratio=math.exp(means[at]),
                    low=math.exp(low[at]),
                    high=math.exp(high[at]),
                    verdict=verdict,
                    needed=needed,
                    posts=tuple(having[at]),
                )
            )
        return made

    def doubt(self, factor: Factor) -> float:
        """Return the probability of the other sign below which an effect is told.

        Formats are judged by themselves, all other features together. Half of `FORMAT_DOUBT`
        (there are two signs) is shared between the formats compared. Half of `DOUBT` is divided
        by the square root only of the number of levels compared: where nothing does anything the
        scales go to nothing, and most of what many levels seem to do by chance with them.
        """
        if factor.name == "format":
            return FORMAT_DOUBT / 2 / (len(factor.levels) - 1) / self._beside
        compared = sum(len(one.levels) - 1 for one in self.factors if one.name != "format")
        return DOUBT / 2 / math.sqrt(compared) / self._beside

    def _needed(self, gain: float, sd: float, share: float, n: int, doubt: float) -> int | None:
        """Return how many more posts of a level would tell in three cases out of four.

        As if the effect were what is expected now, and its standard deviation shrank as that of a
        mean does. None when that is more than `MOST_NEEDED`.
        """
        if abs(gain) < 1e-3 or share >= 1:
            return None
        target = abs(gain) / (_tail(doubt) + _LIKELY_SDS)
        more = self.noise**2 * (1 - share) * (1 / target**2 - 1 / sd**2)
        if more > MOST_NEEDED:
            return None
        return max(1, FEWEST - n, math.ceil(more))


def _tail(share: float) -> float:
    """Return the standard deviations beyond which a share of the normal distribution lies."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - share)


def _choices(name: str) -> Sequence[tuple[float, float]]:
    if name == "feature format":
        return FORMAT_SCALES
    fixed = {"level": ((1.0, 1.0),), "growth": ((0.7, 1.0),)}
    return {**fixed, "hour": _HOURS, "weekday": _WEEKDAYS}.get(name, SCALES)


def _hour_part(hours: Sequence[int], sure: Sequence[bool]) -> Part:
    """Return the hours of the day in the few smooth curves their prior allows, (n, about 8)."""
    values, axes = np.linalg.eigh(hour_kernel(range(24)))
    kept = values > _LEAST_OF_A_KERNEL * values[-1]
    curves = axes[:, kept] * np.sqrt(values[kept])
    design = curves[np.asarray(hours, dtype=int)] * np.asarray(sure, dtype=float)[:, None]
    return Part("hour", design, np.eye(design.shape[1]))


def _weekday_part(local: Sequence[datetime]) -> Part:
    design = np.zeros((len(local), 7))
    design[np.arange(len(local)), [at.weekday() for at in local]] = 1
    return Part("weekday", design, weekday_kernel())
