"""A sum of many blocks of effects, each with a scale of its own that nobody knows.

    y (n) = Σ over parts  design (n, k) · θ (k)  +  noise,   θ of a part ~ N(0, s²·shape)

With ten parts a grid over all scales at once has too many points, and one scale for all of them
lets nine that do nothing hide the tenth. So each part's scale stands on a grid of its own while
the others keep their expected variance, in turn until they agree; what is told of a part is
averaged over its own scale and the noise. With one unknown scale that is exact; two parts that can
hardly be told apart are credited with less than what they do together, never with more. A part
that does nothing loses its scale, and with it what it seemed to do by chance: that is what keeps
many parts from claiming much.

Shapes: n posts, p columns of all parts together, K scales of a part, S noises. The cost is
O(n p²) once, then O(S p³) a turn, however many posts there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.model.additive import Floats, Mixture, normal_cdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.stats.model.additive import Part

_TURNS = 5
_NEGLIGIBLE = 1e-4
_STEPS = 18


@dataclass(frozen=True)
class Block:
    """What is known of one part's effects: a mixture of G normal distributions.

    Attributes:
        weights: (G,), summing to 1.
        means: (G, k).
        covariances: (G, k, k).
        scale: expected scale of its effects.
    """

    weights: Floats
    means: Floats
    covariances: Floats
    scale: float

    def contrast(self, vectors: Floats) -> Mixture:
        """Return what is known of m combinations of its effects; `vectors` is (k, m)."""
        variance = ((self.covariances @ vectors) * vectors).sum(axis=1)
        return Mixture(self.weights, self.means @ vectors, np.sqrt(np.maximum(variance, 1e-12)))


@dataclass(frozen=True)
class Several:
    """What is known of all parts.

    Attributes:
        blocks: by part.
        noise: expected standard deviation of the noise.
    """

    blocks: Mapping[str, Block]
    noise: float


def fit_each(
    parts: Sequence[Part],
    choices: Mapping[str, Sequence[tuple[float, float]]],
    noise: Sequence[tuple[float, float]],
    y: Floats,
) -> Several:
    """Return the posterior of every part, with a scale of its own for each.

    Args:
        parts: their prior means must be zeros.
        choices: by part, (scale, prior weight) of each candidate; one candidate for a scale that
            is known.
        noise: the same of the noise's standard deviation.
        y: (n,), centred as the parts expect it.
    """
    solver = _Solver(parts, np.array([one for one, _ in noise]), y)
    solver.prior = np.log([weight for _, weight in noise])
    scales = {
        part.name: np.array([scale for scale, _ in choices[part.name]], dtype=float)
        for part in parts
    }
    priors = {part.name: np.log([weight for _, weight in choices[part.name]]) for part in parts}
    prior_weight = {name: np.exp(prior) / np.exp(prior).sum() for name, prior in priors.items()}
    variance = {name: float(prior_weight[name] @ scales[name] ** 2) for name in scales}
    told: dict[str, _Told] = {}
    for _ in range(_TURNS):
        solved = solver.solve(variance)
        told = {
            part.name: solver.ask(part.name, scales[part.name], priors[part.name], variance, solved)
            for part in parts
        }
        for name, one in told.items():
            variance[name] = 0.5 * (variance[name] + one.variance)
    return Several(
        {part.name: told[part.name].block() for part in parts}, _noise(told, solver.noise)
    )


@dataclass(frozen=True)
class _Solved:
    """Of each noise: (p, p) DᵀA⁻¹D, (p,) DᵀA⁻¹y, log N(y; 0, A), with A = σ²I + D V Dᵀ."""

    matrices: Floats
    vectors: Floats
    fits: Floats


@dataclass(frozen=True)
class _Told:
    weights: Floats  # (S, K)
    scales: Floats  # (K,)
    values: Floats  # (S, k)
    axes: Floats  # (S, k, k)
    pull: Floats  # (S, k)
    root: Floats  # (k, k): θ = root · u, u ~ N(0, s² I)

    @property
    def variance(self) -> float:
        return float(self.weights.sum(axis=0) @ self.scales**2)

    def block(self) -> Block:
        flat = self.weights.ravel()
        kept = np.flatnonzero(flat > _NEGLIGIBLE * flat.max())
        at, of = kept // len(self.scales), kept % len(self.scales)
        shrunk = 1 / (self.scales[of, None] ** -2.0 + self.values[at])  # (G, k)
        turned = self.root @ self.axes[at]  # (G, k, k)
        means = (turned @ (shrunk * self.pull[at])[..., None])[..., 0]
        covariances = (turned * shrunk[:, None, :]) @ np.swapaxes(turned, 1, 2)
        weights = flat[kept] / flat[kept].sum()
        return Block(weights, means, covariances, float(np.sqrt(self.variance)))


class _Solver:
    def __init__(self, parts: Sequence[Part], noise: Floats, y: Floats) -> None:
        self.noise = noise
        self.prior = np.zeros(len(noise))
        self._roots = {part.name: _root(part.shape) for part in parts}
        design = np.hstack([part.design @ self._roots[part.name] for part in parts])
        ends = np.cumsum([0, *(part.design.shape[1] for part in parts)])
        self._at = {
            part.name: slice(int(ends[i]), int(ends[i + 1])) for i, part in enumerate(parts)
        }
        self._gram = design.T @ design
        self._pull = design.T @ y
        self._left = float(y @ y)
        self._count = len(y)

    def solve(self, variance: Mapping[str, float]) -> _Solved:
        spread = np.empty(len(self._pull))
        for name, at in self._at.items():
            spread[at] = np.sqrt(variance[name])
        squares = self.noise**2
        inner = np.tile(spread[:, None] * self._gram * spread, (len(squares), 1, 1))
        places = np.arange(len(spread))
        inner[:, places, places] += squares[:, None]
        factor = np.linalg.cholesky(inner)
        right = np.column_stack([spread[:, None] * self._gram, spread * self._pull])
        half = np.linalg.solve(factor, np.broadcast_to(right, (len(squares), *right.shape)))
        matrices = (self._gram - np.swapaxes(half[..., :-1], 1, 2) @ half[..., :-1]) / squares[
            :, None, None
        ]
        projected = np.einsum("sab,sa->sb", half[..., :-1], half[..., -1])
        vectors = (self._pull - projected) / squares[:, None]
        quadratic = (self._left - (half[..., -1] ** 2).sum(axis=1)) / squares
        determinant = 2 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
        determinant += (self._count - len(spread)) * np.log(squares)
        return _Solved(matrices, vectors, -0.5 * (quadratic + determinant))

    def ask(
        self,
        name: str,
        scales: Floats,
        prior: Floats,
        variance: Mapping[str, float],
        solved: _Solved,
    ) -> _Told:
        """Return what is known of a part, the others at their expected variance."""
        at, held = self._at[name], variance[name]
        with_it = solved.matrices[:, at, at]
        values, axes = np.linalg.eigh((with_it + np.swapaxes(with_it, 1, 2)) / 2)
        values = np.clip(values, 0, (1 - 1e-9) / held if held else None)
        pull = np.einsum("skl,sk->sl", axes, solved.vectors[:, at])
        # The part taken out of A: M = M'(1 − vM')⁻¹, b = (1 − vM')⁻¹ b' (Woodbury).
        out = 1 - held * values
        values, pull = values / out, pull / out
        fits = solved.fits + 0.5 * np.log1p(held * values).sum(axis=1)
        if held:
            fits = fits - 0.5 * (pull**2 / (1 / held + values)).sum(axis=1)
        square = scales[None, :, None] ** 2
        spread, power = values[:, None, :], pull[:, None, :] ** 2
        gain = 0.5 * (square * power / (1 + square * spread) - np.log1p(square * spread)).sum(-1)
        log = fits[:, None] + self.prior[:, None] + prior[None, :] + gain
        weights = np.exp(log - log.max())
        return _Told(weights / weights.sum(), scales, values, axes, pull, self._roots[name])


def intervals(known: Sequence[Mixture], low: float, high: float) -> list[tuple[Floats, Floats]]:
    """Return two quantiles of every quantity of many mixtures, all in one bisection.

    Exact to 0.0001 of a standard deviation; `Mixture.quantile` is ten times slower for many small
    ones.
    """
    if not known:
        return []
    points = max(len(one.weights) for one in known)

    def stacked(values: Sequence[Floats], fill: float) -> Floats:
        made = np.full((points, sum(one.means.shape[1] for one in known)), fill)
        start = 0
        for value, one in zip(values, known, strict=True):
            made[: len(value), start : start + one.means.shape[1]] = value
            start += one.means.shape[1]
        return made

    weights = stacked([one.weights[:, None] for one in known], 0.0)
    means = stacked([one.means for one in known], 0.0)
    sds = stacked([one.sds for one in known], 1.0)
    middle = (weights * means).sum(axis=0)
    spread = 6 * np.sqrt((weights * (sds**2 + (means - middle) ** 2)).sum(axis=0))
    shares = np.array([[low], [high]])
    under = np.stack([middle - spread] * 2)
    over = np.stack([middle + spread] * 2)
    for _ in range(_STEPS):
        half = (under + over) / 2
        reached = (weights * normal_cdf((half[:, None, :] - means) / sds)).sum(axis=1)
        below = reached < shares
        under, over = np.where(below, half, under), np.where(below, over, half)
    ends = np.cumsum([one.means.shape[1] for one in known])[:-1]
    found = np.split((under + over) / 2, ends, axis=1)
    return [(one[0], one[1]) for one in found]


def _root(shape: Floats) -> Floats:
    values, axes = np.linalg.eigh(shape)
    root: Floats = axes * np.sqrt(np.maximum(values, 0))
    return root


def _noise(told: Mapping[str, _Told], noise: Floats) -> float:
    return float(np.mean([one.weights.sum(axis=1) @ noise for one in told.values()]))
