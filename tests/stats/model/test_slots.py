"""The model on simulated pages whose truth is known; the whole of it is in tests/bench/times.py."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from studio.stats.model.advise import advise, posts_needed
from studio.stats.model.planning import choose
from studio.stats.model.slots import Sample, Times


def page(seed, n, effect, *, sigma=1.0, hours=range(6, 24)):
    """Posts at any hour; `effect` is the log effect by (weekday, hour)."""
    rng = np.random.default_rng(seed)
    weekdays = rng.integers(0, 7, n)
    chosen = rng.choice(list(hours), n)
    ages = np.sort(rng.uniform(3, 10 + n, n))[::-1]
    logs = 6 + rng.normal(0, sigma, n)
    logs += [effect(day, hour) for day, hour in zip(weekdays, chosen, strict=True)]
    formats = ["reel" if one else "image" for one in rng.random(n) < 0.5]
    return Sample(np.exp(logs), ages, -ages, weekdays, chosen, formats)


def evening(weekday, hour):
    return 1.2 * np.exp(-0.5 * ((hour - 20) / 1.5) ** 2)


def test_where_timing_does_nothing_nothing_is_claimed():
    told = [advise(Times(page(seed, 80, lambda day, hour: 0.0))) for seed in range(20)]
    assert sum(best.claim is not None for best in told) == 0


def test_a_strong_evening_is_found_claimed_and_within_its_interval():
    sample = page(1, 160, evening)
    best = advise(Times(sample))
    assert best.claim is not None
    assert best.claim.hour in {19, 20, 21}
    assert best.needed == 0
    usual = np.mean([evening(0, hour) for hour in sample.hours])
    gain = np.expm1(evening(0, best.claim.hour) - usual)
    assert best.claim.low <= gain <= best.claim.high
    assert best.claim.sure > 0.9


def test_a_viral_post_does_not_make_its_hour_the_best():
    sample = page(2, 120, evening)
    place = int(np.flatnonzero(sample.hours == 8)[0])
    sample.figures[place] *= 3000
    assert advise(Times(sample)).slots[0].hour in {18, 19, 20, 21}


def test_formats_that_go_with_hours_are_not_taken_for_hours():
    rng = np.random.default_rng(4)
    n = 200
    hours = rng.choice([9, 18], n)
    reel = rng.random(n) < np.where(hours == 9, 0.9, 0.1)
    ages = np.linspace(200, 3, n)
    figures = np.exp(6 + 1.5 * reel + rng.normal(0, 0.5, n))
    formats = ["reel" if one else "image" for one in reel]
    sample = Sample(figures, ages, -ages, rng.integers(0, 7, n), hours, formats)
    week = advise(Times(sample)).week
    assert abs(week[2, 9].uplift) < 0.2


def test_growth_is_not_taken_for_an_hour():
    n = 120
    rng = np.random.default_rng(5)
    hours = np.where(np.arange(n) < n / 2, 9, 18)
    ages = np.linspace(300, 3, n)
    figures = np.exp(5 + 2 * np.linspace(0, 1, n) + rng.normal(0, 0.4, n))
    sample = Sample(figures, ages, -ages, np.arange(n) % 7, hours, [None] * n)
    assert advise(Times(sample)).week[3, 18].uplift < 0.35


def test_the_interval_gets_narrower_with_posts():
    few, many = (advise(Times(page(6, n, lambda day, hour: 0.0))).week[2, 18] for n in (10, 300))
    assert many.high - many.low < 0.7 * (few.high - few.low)


@pytest.mark.parametrize("n", [0, 1, 4])
def test_with_next_to_no_posts_there_are_public_averages_and_no_claim(n):
    best = advise(Times(page(7, n, evening)))
    first = best.slots[0]
    assert best.claim is None
    assert best.n == n
    assert first.public > 0
    assert first.low < 0 < first.high
    assert first.high - first.low > 0.5


def test_the_more_is_expected_the_fewer_posts_are_needed_and_nothing_needs_all_eternity():
    doubt = (0.05, 0.2)
    much, some = (posts_needed(gain, doubt, 1.0) for gain in (0.8, 0.5))
    assert 0 < much < some <= 300
    assert posts_needed(0.04, doubt, 1.0) is None
    assert posts_needed(0.08, doubt, 1.0) is None


def test_the_night_is_modelled_where_the_page_posts_but_not_recommended_where_it_does_not():
    best = advise(Times(page(8, 60, lambda day, hour: 0.0, hours=[1, 9, 20])))
    assert len(best.week) == 168
    assert {slot.hour for slot in best.slots} == {1, *range(6, 24)}
    assert len(advise(Times(page(8, 60, evening))).week) == 126


ODD = {
    "constant": lambda s: s.figures.__setitem__(slice(None), 300.0),
    "one slot": lambda s: (s.weekdays.fill(2), s.hours.fill(18)),
    "one moment": lambda s: (s.days.fill(-3.0), s.ages.fill(3.0)),
    "nobody": lambda s: s.figures.fill(0),
    "huge": lambda s: s.figures.__setitem__(slice(3), 1e300),
    "not in order": lambda s: s.days.__setitem__(slice(None), s.days[::-1].copy()),
    "brand new": lambda s: s.ages.fill(1e-9),
}


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("n", [2, 30])
def test_odd_posts_give_numbers_and_no_warning(what, n):
    sample = page(9, n, evening)
    ODD[what](sample)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        best = advise(Times(sample))
    for slot in best.week.values():
        assert np.isfinite([slot.uplift, slot.low, slot.high, slot.sure, slot.public]).all()
        assert slot.low <= slot.uplift <= slot.high
        assert 0 <= slot.sure <= 1


def test_a_plan_is_repeatable_keeps_to_what_is_available_and_tries_two_new_slots_at_most():
    times = Times(page(10, 30, evening, hours=[9, 18]))
    available = [(day, hour) for day in range(7) for hour in range(6, 24)]
    plan = choose(times, available, 7, 5)
    assert plan == choose(times, available, 7, 5)
    assert set(plan) <= set(available)
    known = {slot for slot, n in zip(times.slots, times.counts, strict=True) if n}
    assert len(set(plan) - known) <= 2
    plans = {tuple(choose(times, available, 7, seed)) for seed in range(6)}
    assert len(plans) > 1
    assert choose(times, [(3, 8)], 3, 1) == [(3, 8)] * 3
