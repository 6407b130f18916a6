"""Published averages stay what they are: weak, sourced, and different for each platform."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

import studio.stats.model.public as module
from studio.stats.model.public import WAKING, public

FILE = Path(module.__file__).with_name("public.toml")


def test_every_table_tells_its_source_platform_date_and_what_it_compared():
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert len(told["table"]) >= 8
    for table in told["table"]:
        assert table["source"]
        assert table["platform"] in {"instagram", "tiktok"}
        assert table["date"][:3] == "202"
        assert table["of"]
        assert table["slots"]


@pytest.mark.parametrize("platform", ["instagram", "tiktok", "", "youtube"])
def test_public_averages_never_promise_more_than_a_tenth(platform):
    curve = public(platform)
    waking = curve.hours[list(WAKING)]
    assert waking.mean() == pytest.approx(0, abs=1e-12)
    assert np.abs(waking).max() <= np.log(1.1) + 1e-12
    assert np.abs(curve.weekdays).max() <= np.log(1.02) + 1e-12


def test_each_platform_has_its_own_curve_and_others_the_mean_of_all():
    assert not np.allclose(public("instagram").hours, public("tiktok").hours)
    assert np.allclose(public("").hours, public("youtube").hours)
    assert all("instagram" in source for source in public("instagram").sources)


def test_the_day_is_better_than_the_night():
    hours = public("").hours
    assert hours[2:5].max() < hours[9:21].min()


def test_tables_that_are_not_used_are_not_named_as_sources():
    assert not any("Sprout" in source for source in public("").sources)
