"""A sum of blocks of effects with Gaussian priors, averaged over the scales nobody knows.

    y (n) = Σ over parts  design (n, k) · θ (k)  +  noise,
    θ of a part ~ N(s·mean, s²·shape),   noise ~ N(0, σ²)

The scales s and σ stand on a grid of G points. At each point the posterior is known in closed
form; points are weighted by their marginal likelihood times their prior, so an interval carries
what is not known about the scales too (posting-times, section 3). No sampling.

Shapes: n posts, k columns of a part, G grid points, m contrasts. The cost is O(n k²) once, then
O(G r³) with r = rank of the whole design, however many posts there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RANK = 1e-9
_NEGLIGIBLE = 1e-4
"""Grid points with less than this share of the weight of the best are dropped."""


@dataclass(frozen=True)
class Part:
    """One block of effects.

    Attributes:
        name: how grids and contrasts call it.
        design: (n, k), one column an effect.
        shape: (k, k) prior covariance for scale 1.
        mean: (k,) prior mean for scale 1; None: zeros.
    """

    name: str
    design: Floats
    shape: Floats
    mean: Floats | None = None


@dataclass(frozen=True)
class Grid:
    """The scales that are thought possible.

    Attributes:
        scales: by part, (G,) scale of its prior.
        noise: (G,) standard deviation of the noise.
        log_prior: (G,) log prior weight, up to a constant.
    """

    scales: Mapping[str, Floats]
    noise: Floats
    log_prior: Floats


def grid(
    choices: Mapping[str, Sequence[tuple[float, float]]], noise: Sequence[tuple[float, float]]
) -> Grid:
    """Return the grid of all combinations.

    Args:
        choices: by part, (scale, log prior weight) of each candidate.
        noise: the same of the noise's standard deviation.
    """
    rows = list(product(noise, *choices.values()))
    values = np.array([[scale for scale, _ in row] for row in rows])
    return Grid(
        {name: values[:, place + 1] for place, name in enumerate(choices)},
        values[:, 0],
        np.array([sum(weight for _, weight in row) for row in rows]),
    )


@dataclass(frozen=True)
class Mixture:
    """What is known of m quantities: a mixture of G normal distributions for each.

    Attributes:
        weights: (G,), summing to 1.
        means: (G, m).
        sds: (G, m), positive.
    """

    weights: Floats
    means: Floats
    sds: Floats

    def mean(self) -> Floats:
        """Return the expectations, (m,)."""
        mean: Floats = self.weights @ self.means
        return mean

    def sd(self) -> Floats:
        """Return the standard deviations, (m,)."""
        spread = self.sds**2 + (self.means - self.mean()) ** 2
        sd: Floats = np.sqrt(self.weights @ spread)
        return sd

    def above(self, threshold: float | Floats) -> Floats:
        """Return the probabilities of being above a threshold, (m,)."""
        above: Floats = self.weights @ normal_cdf((self.means - threshold) / self.sds)
        return above

    def quantile(self, share: float) -> Floats:
        """Return the quantiles, (m,), by bisection, exact to about a millionth of the width."""
        low = (self.means - 6 * self.sds).min(axis=0)
        high = (self.means + 6 * self.sds).max(axis=0)
        for _ in range(24):
            middle = (low + high) / 2
            under = self.above(middle) > 1 - share
            low = np.where(under, middle, low)
            high = np.where(under, high, middle)
        quantile: Floats = (low + high) / 2
        return quantile


class Posterior:
    """What is known of the effects of a fitted model."""

    def __init__(
        self,
        parts: Sequence[Part],
        rows: Mapping[str, Floats],
        settings: Grid,
        solved: tuple[Floats, Floats, Floats],
    ) -> None:
        self._parts = {part.name: part for part in parts}
        self._rows = rows
        self._grid = settings
        self.weights, self._half, self._pull = solved

    @property
    def noise(self) -> float:
        """The expected standard deviation of the noise."""
        return float(self.weights @ self._grid.noise)

    def scale(self, name: str) -> float:
        """Return the expected scale of a part."""
        return float(self.weights @ self._grid.scales[name])

    def contrast(self, vectors: Mapping[str, Floats]) -> Mixture:
        """Return what is known of m combinations of effects.

        Args:
            vectors: by part, (k, m): how much of each effect a combination has. A part that is
                not named counts for nothing.
        """
        means, cross, own = self._moments(vectors)
        shrunk = own - ((self._half @ cross) ** 2).sum(axis=1)
        return Mixture(self.weights, means, np.sqrt(np.maximum(shrunk, 1e-12)))

    def draws(
        self, vectors: Mapping[str, Floats], generator: np.random.Generator, count: int
    ) -> tuple[Floats, Floats]:
        """Return joint draws of m combinations, as their expectations and deviations.

        Returns:
            (count, m) the mean at a grid point drawn by weight, and (count, m) a draw of what
            lies around it, to be added as it is, or in part (tempered).
        """
        chosen = generator.choice(len(self.weights), size=count, p=self.weights)
        means, cross, _ = self._moments(vectors)
        deviations = np.empty((count, means.shape[1]))
        roots: dict[int, Floats] = {}
        for row, point in enumerate(chosen):
            if point not in roots:
                roots[point] = self._root(vectors, cross[point], int(point))
            deviations[row] = roots[point] @ generator.standard_normal(means.shape[1])
        return means[chosen], deviations

    def _root(self, vectors: Mapping[str, Floats], cross: Floats, point: int) -> Floats:
        white = self._half[point] @ cross
        covariance: Floats = -white.T @ white
        for name, vector in vectors.items():
            scale = self._grid.scales[name][point]
            covariance += scale**2 * (vector.T @ self._parts[name].shape @ vector)
        values, axes = np.linalg.eigh(covariance)
        root: Floats = axes * np.sqrt(np.maximum(values, 0))
        return root

    def _moments(self, vectors: Mapping[str, Floats]) -> tuple[Floats, Floats, Floats]:
        """Return means (G, m), covariances with the data (G, r, m), prior variances (G, m)."""
        size = next(iter(vectors.values())).shape[1]
        points, rank = self._pull.shape
        means = np.zeros((points, size))
        cross = np.zeros((points, rank, size))
        own = np.zeros((points, size))
        for name, vector in vectors.items():
            part, scale = self._parts[name], self._grid.scales[name]
            spread = part.shape @ vector
            cross += (scale**2)[:, None, None] * (self._rows[name] @ spread)
            own += np.outer(scale**2, np.einsum("km,km->m", vector, spread))
            if part.mean is not None:
                means += np.outer(scale, part.mean @ vector)
        means += np.einsum("grm,gr->gm", cross, self._pull)
        return means, cross, own


class Model:
    """Parts and data brought into their smallest form, to be fitted with one grid or several."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """Args: parts: those of the model; all have n rows."""
        self.parts = tuple(parts)
        design = np.hstack([part.design for part in self.parts])
        self._count = len(design)
        values, axes = np.linalg.eigh(design.T @ design)
        kept = values > _RANK * max(1.0, float(values[-1]))
        root = np.sqrt(values[kept])
        rows = root[:, None] * axes[:, kept].T
        self._turn: Floats = design @ (axes[:, kept] / root)
        ends = np.cumsum([part.design.shape[1] for part in self.parts])[:-1]
        pieces = np.split(rows, ends, axis=1)
        self._rows = {part.name: piece for part, piece in zip(self.parts, pieces, strict=True)}
        self._spread = {
            part.name: self._rows[part.name] @ part.shape @ self._rows[part.name].T
            for part in self.parts
        }

    def fit(self, y: Floats, settings: Grid) -> Posterior:
        """Return the posterior of the effects given y, (n,)."""
        short = self._turn.T @ y
        left = max(0.0, float(y @ y - short @ short))
        rank = len(short)
        points = len(settings.noise)
        variance = settings.noise**2
        covariance = np.zeros((points, rank, rank))
        covariance[:, np.arange(rank), np.arange(rank)] = variance[:, None]
        residual = np.tile(short, (points, 1))
        for part in self.parts:
            scale = settings.scales[part.name]
            covariance += (scale**2)[:, None, None] * self._spread[part.name]
            if part.mean is not None:
                residual -= np.outer(scale, self._rows[part.name] @ part.mean)
        factor = np.linalg.cholesky(covariance)
        half = np.linalg.inv(factor)
        white = np.einsum("gab,gb->ga", half, residual)
        fits = (
            settings.log_prior
            - 0.5 * (white**2).sum(axis=1)
            - np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
            - (self._count - rank) * np.log(settings.noise)
            - 0.5 * left / variance
        )
        weights = np.exp(fits - fits.max())
        kept = weights > _NEGLIGIBLE
        weights = weights[kept] / weights[kept].sum()
        half = half[kept]
        pull = np.einsum("gba,gb->ga", half, white[kept])
        scales = {name: scale[kept] for name, scale in settings.scales.items()}
        chosen = Grid(scales, settings.noise[kept], settings.log_prior[kept])
        return Posterior(self.parts, self._rows, chosen, (weights, half, pull))

    def fitted(self, posterior: Posterior) -> Floats:
        """Return the expected y of the posts, (n,)."""
        return posterior.contrast({part.name: part.design.T for part in self.parts}).mean()


def normal_cdf(values: Floats) -> Floats:
    """Return the standard normal distribution function (Abramowitz and Stegun 7.1.26, ±2e-7)."""
    size = np.abs(values) * np.sqrt(0.5)
    step = 1 / (1 + 0.3275911 * size)
    factors = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
    total = np.zeros_like(size)
    for factor in reversed(factors):
        total = (total + factor) * step
    tail = 0.5 * total * np.exp(-np.minimum(size**2, 700))
    cdf: Floats = np.where(values < 0, tail, 1 - tail)
    return cdf
