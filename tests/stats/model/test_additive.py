"""The closed form against the textbook's, and what mixtures say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from studio.stats.model.additive import Mixture, Model, Part, grid, normal_cdf


def parts(rng, n):
    shape = rng.normal(size=(4, 4))
    return [
        Part("level", np.ones((n, 1)), np.eye(1)),
        Part("a", rng.normal(size=(n, 4)), shape @ shape.T, rng.normal(size=4)),
        Part("b", np.eye(3)[rng.integers(0, 3, n)], np.eye(3)),
    ]


@pytest.mark.parametrize("n", [0, 1, 5, 60])
def test_one_scale_gives_the_textbook_posterior(n):
    rng = np.random.default_rng(n)
    model_parts = parts(rng, n)
    y = rng.normal(size=n)
    one = grid({"level": [(1, 0)], "a": [(0.7, 0)], "b": [(0.4, 0)]}, [(0.9, 0)])
    vector = rng.normal(size=(4, 2))
    told = Model(model_parts).fit(y, one).contrast({"a": vector})

    design = np.hstack([part.design for part in model_parts])
    prior = np.zeros((8, 8))
    prior[0, 0] = 1
    prior[1:5, 1:5] = 0.49 * model_parts[1].shape
    prior[5:, 5:] = 0.16 * np.eye(3)
    mean = np.concatenate([[0], 0.7 * model_parts[1].mean, np.zeros(3)])
    covariance = np.linalg.inv(np.linalg.inv(prior) + design.T @ design / 0.81)
    expected = covariance @ (np.linalg.solve(prior, mean) + design.T @ y / 0.81)
    assert told.mean() == pytest.approx(vector.T @ expected[1:5])
    assert told.sd() ** 2 == pytest.approx(np.diag(vector.T @ covariance[1:5, 1:5] @ vector))


def test_scales_are_weighed_by_how_well_they_explain_the_posts():
    rng = np.random.default_rng(1)
    n = 300
    group = rng.integers(0, 10, n)
    y = rng.normal(0, 1.5, 10)[group] + rng.normal(0, 0.5, n)
    one_hot = Part("group", np.eye(10)[group], np.eye(10))
    choices = grid({"group": [(0.05, 0), (1.5, 0), (40, 0)]}, [(0.5, 0), (2.0, 0)])
    found = Model([one_hot]).fit(y, choices)
    assert found.scale("group") == pytest.approx(1.5, rel=0.2)
    assert found.noise == pytest.approx(0.5, rel=0.05)


def test_fifty_thousand_posts_cost_no_more_than_their_columns():
    rng = np.random.default_rng(2)
    n = 50_000
    model = Model([Part("b", np.eye(3)[rng.integers(0, 3, n)], np.eye(3))])
    told = model.fit(rng.normal(size=n), grid({"b": [(1, 0)]}, [(1.0, 0)]))
    assert told.contrast({"b": np.eye(3)}).sd().max() < 0.01


def test_a_part_without_columns_changes_nothing():
    empty = Part("formats", np.zeros((2, 0)), np.eye(0))
    level = Part("level", np.ones((2, 1)), np.eye(1))
    choices = grid({"level": [(1, 0)], "formats": [(1, 0)]}, [(1, 0)])
    told = Model([level, empty]).fit(np.array([1.0, 1.0]), choices)
    assert told.contrast({"level": np.ones((1, 1))}).mean() == pytest.approx([2 / 3])


def test_quantiles_of_a_mixture_are_those_of_both_its_humps():
    mixture = Mixture(np.array([0.5, 0.5]), np.array([[-10.0], [10.0]]), np.ones((2, 1)))
    assert mixture.quantile(0.25) == pytest.approx([-10], abs=1e-4)
    assert mixture.quantile(0.75) == pytest.approx([10], abs=1e-4)
    assert mixture.above(0.0) == pytest.approx([0.5])
    assert mixture.sd() == pytest.approx([math.sqrt(101)])


def test_the_normal_distribution_is_right_to_six_places():
    values = np.linspace(-8, 8, 321)
    exact = [0.5 * math.erfc(-value / math.sqrt(2)) for value in values]
    assert normal_cdf(values) == pytest.approx(exact, abs=3e-7)


def test_draws_scatter_as_the_posterior_says():
    rng = np.random.default_rng(3)
    model_parts = parts(rng, 40)
    choices = grid({"level": [(1, 0)], "a": [(0.5, 0), (1, 0)], "b": [(0.4, 0)]}, [(1, 0)])
    found = Model(model_parts).fit(rng.normal(size=40), choices)
    vectors = {"a": np.eye(4), "b": np.ones((3, 4))}
    means, deviations = found.draws(vectors, np.random.default_rng(0), 4000)
    told = found.contrast(vectors)
    assert (means + deviations).mean(axis=0) == pytest.approx(told.mean(), abs=0.05)
    assert (means + deviations).std(axis=0) == pytest.approx(told.sd(), rel=0.08)
