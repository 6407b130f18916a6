from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from studio.stats import best_times, plan_next
from studio.stats.post import Post
from studio.stats.when import best_times_of, next_posts

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL_DAY = [(day, hour) for day in range(7) for hour in range(6, 24)]


def post(at: datetime, reach: int | None, **more) -> Post:
    values = {"platform": "instagram", "post_id": f"{at:%m%d%H%M}", "posted_at": at}
    values |= {"hour_known": True, "format": "reel", "caption": "", "permalink": None}
    values |= {"seconds": None, "views": None, "reach": reach, "likes": None, "comments": None}
    values |= {"shares": None, "saves": None, "follows": None, "source": "x.csv", "line": 2}
    return Post(**(values | {"exported": None, "account": None} | more))


def page(n: int, *, best: int | None = None, lift: float = 2.5, seed: int = 0) -> list[Post]:
    """Posts at four hours in London, three in four years old enough; `best` does `lift` times."""
    rng = np.random.default_rng(seed)
    posts = []
    for place in range(n):
        day = (NOW - timedelta(days=5 + place * 1.5)).astimezone(LONDON)
        hour = int(rng.choice([8, 12, 17, 20]))
        at = day.replace(hour=hour, minute=int(rng.integers(60)))
        log = 6 + rng.normal(0, 0.5) + (np.log(lift) if hour == best else 0)
        posts.append(post(at.astimezone(UTC), int(np.exp(log))))
    return posts


def asked(posts, **more):
    return best_times_of(posts, metric="reach", zone="Europe/London", now=NOW, **more)


def test_an_hour_that_does_much_better_is_claimed_with_its_gain_and_posts():
    told = asked(page(160, best=20))
    assert told.claim is not None
    assert told.claim.hour == 20
    assert told.claim.low > 0.05
    assert told.claim.low < told.claim.uplift < told.claim.high
    assert told.claim.n > 0
    assert told.needed == 0


@pytest.mark.parametrize("seed", range(8))
def test_a_page_whose_hours_do_not_differ_is_told_that_nothing_can_be_told(seed):
    told = asked(page(60, seed=seed))
    assert told.claim is None
    assert told.slots[0].low < 0 < told.slots[0].high


@pytest.mark.parametrize("n", [0, 1, 2, 4, 7])
def test_a_handful_of_posts_claims_nothing_and_shows_public_averages_as_such(n):
    told = asked(page(n, best=20))
    assert told.claim is None
    assert told.n == n
    assert any(slot.public > 0 for slot in told.slots)
    assert told.slots[0].high - told.slots[0].low > 0.5


def test_what_must_not_count_is_left_out_and_said():
    good = page(20)
    odd = [
        post(NOW - timedelta(days=9), 100, hour_known=False),
        post(NOW - timedelta(days=9), 100, format="story"),
        post(NOW - timedelta(days=9), 100, private=True),
        post(NOW - timedelta(days=9), None),
        post(NOW - timedelta(hours=1), 3),
    ]
    told = asked([*good, *odd])
    assert told.n == 20
    assert sum(count for _, count in told.left_out) == 5
    assert told.slots == asked(good).slots


def test_the_hours_are_those_of_the_audience():
    posts = page(160, best=20)
    far = best_times_of(posts, metric="reach", zone="Asia/Tokyo", now=NOW)
    assert far.claim is not None
    assert far.claim.hour in {4, 5}  # 20:00 in London, winter and summer


def test_only_hours_one_can_post_at_are_recommended_and_the_week_shows_all():
    told = asked(page(60, best=20), hours=(7, 12))
    assert {slot.hour for slot in told.slots} == {7, 12}
    assert (2, 20) in told.week


def test_the_next_posts_are_in_the_future_apart_and_at_hours_one_can_post():
    taken = [NOW + timedelta(days=1, hours=7)]
    tries = next_posts(
        page(40), metric="reach", zone="Europe/London", now=NOW, hours=(8, 19), k=5, seed=3,
        taken=taken,
    )  # fmt: skip
    assert len(tries) == 5
    times = [each.at for each in tries]
    assert times == sorted(times)
    assert all(
        each.at > NOW and each.hour in {8, 19} and each.at.hour == each.hour for each in tries
    )
    near = [
        b - a for a, b in zip(sorted([*times, *taken]), sorted([*times, *taken])[1:], strict=False)
    ]
    assert min(near) >= timedelta(hours=4)
    assert all(each.reason in {"public", "best", "test"} for each in tries)


def test_a_plan_stays_as_it_is_until_there_is_something_new():
    def plan(posts):
        return next_posts(
            posts, metric="reach", zone="Europe/London", now=NOW, hours=(), k=5, seed=9
        )

    posts = page(40)
    assert plan(posts) == plan(list(posts))


def test_the_hour_of_a_plan_is_the_same_before_and_after_the_clocks_change():
    before = datetime(2026, 3, 27, 12, tzinfo=UTC)  # the clocks go forward on the 29th
    posts = [post(before - timedelta(days=2 * n + 5), 100) for n in range(20)]
    tries = next_posts(
        posts, metric="reach", zone="Europe/London", now=before, hours=(19,), k=6, seed=1
    )
    assert {each.at.hour for each in tries} == {19}
    assert any(each.at.utcoffset() == timedelta(hours=1) for each in tries)
    assert all(each.at.astimezone(UTC).astimezone(LONDON).hour == 19 for each in tries)


def frame(posts, reach=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "posted_at": pd.DatetimeIndex([one.posted_at for one in posts]).tz_convert(LONDON),
            "reach": [float(one.reach) for one in posts] if reach is None else reach,
            "format": [one.format for one in posts],
        }
    )


def test_the_functions_for_notebooks_say_the_same():
    posts = sorted(page(60, best=20), key=lambda one: one.posted_at)
    told, same = best_times(frame(posts), now=NOW).slots[0], asked(posts).slots[0]
    assert (told.weekday, told.hour) == (same.weekday, same.hour)  # public averages may differ
    chosen = plan_next(frame(posts), now=NOW, available=ALL_DAY, k=4, seed=1)
    assert len(chosen) == 4
    assert set(chosen) <= set(ALL_DAY)
    assert chosen == plan_next(frame(posts), now=NOW, available=ALL_DAY, k=4, seed=1)


@pytest.mark.parametrize(
    "reach",
    [
        [0.0] * 12,
        [7.0] * 12,
        [1e15, *[1.0] * 11],
        [float("nan")] * 12,
        [float("nan"), *[500.0] * 11],
    ],
    ids=["nought", "constant", "huge", "missing", "one missing"],
)
def test_odd_figures_give_an_answer_without_nonsense(reach):
    posts = page(12)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = best_times(frame(posts, reach), now=NOW)
        chosen = plan_next(frame(posts, reach), now=NOW, available=ALL_DAY[:5], k=7, seed=0)
    assert told.claim is None
    assert all(np.isfinite([one.uplift, one.low, one.high]).all() for one in told.slots)
    assert set(chosen) <= set(ALL_DAY[:5])
