"""What brought followers rather than views: follows per account reached, by what posts are.

One post's follows are a noisy count, and posts differ by more than their counts' own noise: a
clip that went round the world brings strangers who do not stay. So the counts are taken as
negative binomial: given the rate θ of a group, a post that reached e accounts has mean θe and
variance θe + τ²(θe)². In its quasi-likelihood (McCullagh and Nelder, Generalized Linear Models,
1989, ch. 9) a post counts with the weight 1/(1 + τ²θe), so that a large one says no more than a
few ordinary ones; with that weight counts and exposures go into the gamma posterior of a rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.stats.gamma import digamma, quantile, trigamma
from studio.stats.who import Brought

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.post import Post

PSEUDO = 0.5
"""Follows added to the page's own, so that a page without one has a rate (Jeffreys' prior)."""

SHAPE = 4.0
"""Shape of the gamma prior of a group's rate around the page's: groups differ by half, typically
(1/√4), as formats do in reach on two real accounts (×1.6 and ×2.5, posting-times, 1)."""

SPREAD, SPREAD_POSTS = 1.0, 6.0
"""τ² before anything is known, and how many posts that is worth: single posts of one group differ
by as much as their mean, as reach does on two real accounts (residual SD of the log 0.58 and 0.92,
which are τ² of 0.4 and 1.3)."""

FEWEST = 3
"""Posts a group and the rest each need before anything is said of their difference."""


@dataclass(frozen=True)
class Counted:
    """One post's follows and what it reached.

    Attributes:
        post: the post.
        follows: from it.
        reach: accounts, above 0.
        groups: what it has in common with others: ("format", "reel"), ("pillar", "home").
    """

    post: Post
    follows: int
    reach: int
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Page:
    rate: float
    spread: float

    def weight(self, one: Counted) -> float:
        return 1 / (1 + self.spread * self.rate * one.reach)


def brought(counted: Sequence[Counted]) -> tuple[tuple[Brought, ...], float | None]:
    """Return what each group brought, and the page's own rate.

    The page's rate and the groups' are per thousand reached, of the typical post: a post that
    reached very many counts little more than others. A group is telling when the 90 % interval of
    its rate leaves out the page's, and its difference from all the others is beyond what the best
    of so many comparisons reaches by chance (Bonferroni).

    Returns:
        The groups, formats first, within a feature the best first; and the page's rate. Nothing
        and None without posts.
    """
    if not counted:
        return (), None
    page = _page(counted)
    members: dict[tuple[str, str], list[Counted]] = {}
    for one in counted:
        for group in one.groups:
            members.setdefault(group, []).append(one)
    features: dict[str, int] = {}
    for feature, _ in members:
        features[feature] = features.get(feature, 0) + 1
    comparisons = sum(1 if levels == 2 else levels for levels in features.values() if levels > 1)
    order = list(features)
    found = [
        _group(feature, name, mine, counted, page, comparisons)
        for (feature, name), mine in members.items()
    ]
    found.sort(key=lambda one: (order.index(one.feature), -one.rate, one.name))
    return tuple(found), page.rate * 1000


def _page(counted: Sequence[Counted]) -> _Page:
    page = _Page((sum(one.follows for one in counted) + PSEUDO) / sum(c.reach for c in counted), 0)
    for _ in range(8):
        spread = _spread(counted, page.rate)
        page = _Page(page.rate, spread)
        weights = [page.weight(one) for one in counted]
        follows = sum(w * one.follows for w, one in zip(weights, counted, strict=True))
        reach = sum(w * one.reach for w, one in zip(weights, counted, strict=True))
        page = _Page((follows + PSEUDO * sum(weights) / len(weights)) / reach, spread)
    return page


def _spread(counted: Sequence[Counted], rate: float) -> float:
    """Return τ²: where Pearson's X² is what it should be, drawn towards what is usual."""
    means = [rate * one.reach for one in counted]

    def excess(spread: float) -> float:
        pearson = sum(
            (one.follows - mean) ** 2 / (mean + spread * mean * mean)
            for one, mean in zip(counted, means, strict=True)
        )
        return pearson - (len(counted) - 1)

    low, high = 0.0, 20.0
    if excess(low) <= 0:
        high = low
    elif excess(high) >= 0:
        low = high
    for _ in range(40):
        if high - low < 1e-3:
            break
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    # Posts that are expected to bring no follower at all cannot tell how much posts differ.
    telling = sum(mean / (1 + mean) for mean in means)
    mine = (low + high) / 2
    return (telling * mine + SPREAD_POSTS * SPREAD) / (telling + SPREAD_POSTS)


def _sums(ones: Sequence[Counted], page: _Page) -> tuple[float, float]:
    weights = [page.weight(one) for one in ones]
    return (
        sum(w * one.follows for w, one in zip(weights, ones, strict=True)),
        sum(w * one.reach for w, one in zip(weights, ones, strict=True)),
    )


def _group(
    feature: str,
    name: str,
    mine: Sequence[Counted],
    counted: Sequence[Counted],
    page: _Page,
    comparisons: int,
) -> Brought:
    follows, reach = _sums(mine, page)
    # The page's rate is not known better than its own follows tell it.
    firm = 1 / (1 / SHAPE + trigamma(_sums(counted, page)[0] + PSEUDO))
    shape, scale = firm + follows, firm / page.rate + reach
    low, high = quantile(shape, 0.05) / scale, quantile(shape, 0.95) / scale
    alone = {id(one) for one in mine}
    rest = [one for one in counted if id(one) not in alone]
    apart = (
        (low > page.rate or high < page.rate)
        and min(len(mine), len(rest)) >= FEWEST
        and _apart((follows, reach), _sums(rest, page), comparisons)
    )
    ranked = sorted(
        mine,
        key=lambda one: (
            -(SHAPE + one.follows * page.weight(one))
            / (SHAPE / page.rate + one.reach * page.weight(one)),
            -one.follows,
            one.post.line,
        ),
    )
    return Brought(
        name=name,
        n=len(mine),
        follows=sum(one.follows for one in mine),
        reach=sum(one.reach for one in mine),
        rate=shape / scale * 1000,
        low=low * 1000,
        high=high * 1000,
        telling=apart,
        posts=tuple(one.post for one in ranked),
        feature=feature,
    )


def _apart(mine: tuple[float, float], rest: tuple[float, float], comparisons: int) -> bool:
    """Tell whether two rates differ beyond the best of so many comparisons.

    The log of a gamma variable has mean ψ(a) − log b and variance ψ′(a); their difference is taken
    as normal, with a prior of mean 0 and the spread of groups.
    """
    from statistics import NormalDist

    (a, e), (b, f) = mine, rest
    a, b = a + PSEUDO, b + PSEUDO
    middle = digamma(a) - math.log(e) - digamma(b) + math.log(f)
    variance, prior = trigamma(a) + trigamma(b), 1 / SHAPE
    posterior = middle * prior / (prior + variance)
    deviation = math.sqrt(prior * variance / (prior + variance))
    return abs(posterior) > NormalDist().inv_cdf(1 - 0.05 / max(1, comparisons)) * deviation
