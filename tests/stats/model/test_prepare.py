"""From figures to what is modelled."""

from __future__ import annotations

import numpy as np
import pytest

from studio.stats.model.prepare import common_parts, format_part, log_figure


def test_a_young_post_is_taken_for_what_it_will_have_in_the_end():
    share = 1 - np.exp(-0.5 / 1.5)
    logs = log_figure(np.array([1000.0, 1000.0 * share]), np.array([90.0, 0.5]))
    assert logs[0] == pytest.approx(logs[1], abs=1e-9)


def test_nobody_reached_is_little_but_not_minus_infinity():
    assert log_figure(np.array([0.0]), np.array([10.0]))[0] == pytest.approx(np.log(0.5), abs=0.01)


def test_a_post_of_unknown_format_has_none():
    part = format_part(["reel", None, "image", "", "reel"])
    assert part.design.tolist() == [[1, 0], [0, 0], [0, 1], [0, 0], [1, 0]]


def test_growth_of_posts_of_one_moment_is_none():
    growth = common_parts(np.array([5.0, 5.0]), [None, None])[1]
    assert growth.design[:, 0].tolist() == [0, 0]
    assert np.isfinite(growth.design).all()
