"""Many parts with a scale each: exact where it can be checked, fair where parts go together."""

from __future__ import annotations

import numpy as np
import pytest

from studio.stats.model.additive import Grid, Mixture, Model, Part
from studio.stats.model.several import fit_each, intervals

CHOICES = ((0.05, 0.3), (0.2, 0.4), (0.6, 0.3))
NOISE = ((0.7, 1.0), (1.0, 2.0))


def page(seed, n=60, levels=3):
    rng = np.random.default_rng(seed)
    chosen = rng.integers(levels, size=n)
    design = np.eye(levels)[chosen]
    return rng, design, Part("level", np.ones((n, 1)), np.eye(1))


def test_with_one_unknown_scale_it_agrees_with_the_exact_grid():
    rng, design, level = page(3)
    shape = np.array([[1.0, 0.3, 0.0], [0.3, 1.0, 0.0], [0.0, 0.0, 0.5]])
    part = Part("hook", design, shape)
    y = design @ [0.4, 0.0, -0.5] + rng.normal(0, 0.8, len(design))
    told = fit_each([level, part], {"level": ((1.0, 1.0),), "hook": CHOICES}, NOISE, y)
    points = [(c, p, s, q) for s, q in NOISE for c, p in CHOICES]
    grid = Grid(
        {"level": np.ones(len(points)), "hook": np.array([c for c, *_ in points])},
        np.array([s for _, _, s, _ in points]),
        np.log([p * q for _, p, _, q in points]),
    )
    exact = Model([level, part]).fit(y, grid)
    vectors = np.eye(3) - 1 / 3
    mine, theirs = told.blocks["hook"].contrast(vectors), exact.contrast({"hook": vectors})
    assert mine.mean() == pytest.approx(theirs.mean(), abs=1e-4)
    assert mine.sd() == pytest.approx(theirs.sd(), abs=1e-4)
    assert told.noise == pytest.approx(exact.noise, rel=0.01)
    assert told.blocks["hook"].scale == pytest.approx(exact.scale("hook"), rel=0.2)


def test_two_parts_that_cannot_be_told_apart_share_what_they_do():
    rng, design, level = page(5, n=120)
    y = design @ [0.8, 0.0, -0.8] + rng.normal(0, 0.5, len(design))
    parts = [level, Part("hook", design, np.eye(3)), Part("question", design.copy(), np.eye(3))]
    choices = {"level": ((1.0, 1.0),), "hook": CHOICES, "question": CHOICES}
    told = fit_each(parts, choices, ((0.5, 1.0),), y)
    one, other = (
        told.blocks[name].contrast(np.array([[1.0], [0.0], [-1.0]])).mean()[0]
        for name in ("hook", "question")
    )
    assert one == pytest.approx(other, abs=1e-6)
    assert 1.0 < one + other < 1.75


def test_a_part_that_does_nothing_loses_its_scale_beside_one_that_does():
    rng, design, level = page(7, n=200)
    _, idle, _ = page(8, n=200)
    y = design @ [0.8, 0.0, -0.8] + rng.normal(0, 0.6, len(design))
    parts = [level, Part("hook", design, np.eye(3)), Part("emoji", idle, np.eye(3))]
    choices = {"level": ((1.0, 1.0),), "hook": CHOICES, "emoji": CHOICES}
    told = fit_each(parts, choices, ((0.5, 1.0), (0.65, 1.0)), y)
    assert told.blocks["hook"].scale > 0.4
    assert told.blocks["emoji"].scale < 0.2


def test_quantiles_of_many_mixtures_at_once_are_those_of_each():
    rng = np.random.default_rng(1)
    several = []
    for points, count in ((1, 2), (7, 3), (20, 1)):
        weights = rng.dirichlet(np.ones(points))
        means, sds = rng.normal(0, 1, (points, count)), rng.uniform(0.1, 1, (points, count))
        several.append(Mixture(weights, means, sds))
    for one, (low, high) in zip(several, intervals(several, 0.05, 0.95), strict=True):
        assert low == pytest.approx(one.quantile(0.05), abs=1e-3)
        assert high == pytest.approx(one.quantile(0.95), abs=1e-3)
    assert intervals([], 0.05, 0.95) == []
