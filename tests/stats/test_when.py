"""When to post, on records and on DataFrames: what counts, in whose time, and the next posts."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

import studio.stats
from studio.stats.post import Post
from studio.stats.when import best_times_of, next_posts

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def posts(n=60, *, hours=(9, 18), seed=0, boost=None, **fields):
    rng = np.random.default_rng(seed)
    made = []
    for number in range(n):
        at = datetime(2026, 11, 10, tzinfo=UTC) - timedelta(days=n - number)
        at = at.replace(hour=int(rng.choice(hours)), minute=20)
        gain = (boost or {}).get(at.hour, 0.0)
        made.append(
            Post(
                platform="instagram",
                post_id=str(number),
                posted_at=at,
                hour_known=True,
                format="reel" if number % 3 else "image",
                caption="",
                permalink=None,
                seconds=None,
                views=None,
                reach=int(np.exp(rng.normal(6 + gain, 0.6))),
                likes=None,
                comments=None,
                shares=None,
                saves=None,
                follows=None,
                source="made",
                line=number + 2,
                exported=None,
                account=None,
            )
        )
    return [replace(post, **fields) for post in made] if fields else made


def told(some, zone="UTC", **named):
    return best_times_of(some, metric="reach", zone=zone, now=NOW, **named)


def test_hours_are_those_of_the_audience():
    evening = posts(150, hours=(2, 9, 18), boost={18: 1.5})
    assert told(evening).slots[0].hour in {17, 18, 19}
    moved = told(evening, "Asia/Tokyo").slots[0]
    assert moved.hour in {2, 3, 4}
    assert told(evening, "Asia/Tokyo").zone == "Asia/Tokyo"


def test_the_same_clock_time_is_one_slot_in_summer_and_winter():
    there = ZoneInfo(BERLIN)
    some = posts(2)
    summer = replace(some[0], posted_at=datetime(2026, 10, 19, 18, 30, tzinfo=there))
    winter = replace(some[1], posted_at=datetime(2026, 11, 2, 18, 30, tzinfo=there))
    assert told([summer, winter], BERLIN).week[0, 18].n == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"hour_known": False}, "scheduled elsewhere, so the hour is not known"),
        ({"format": "story"}, "stories"),
        ({"private": True}, "private"),
        ({"paid": True}, "promoted with money"),
        ({"partial": True}, "sums over some days only"),
        ({"reach": None}, "without reach"),
        ({"posted_at": None}, "without a date"),
        ({"posted_at": NOW - timedelta(hours=2)}, "younger than 6 hours"),
        ({"platform": "tiktok"}, "of another platform"),
    ],
)
def test_what_does_not_count_is_left_out_and_counted(change, reason):
    some = posts(20)
    some[3] = replace(some[3], **change)
    best = told(some)
    assert best.n == 19
    assert best.left_out == ((reason, 1),)


def test_a_figure_is_as_old_as_its_export():
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    old = posts(12)
    fresh = [replace(post, posted_at=at, exported=date(2026, 11, 1)) for post in old[:2]]
    assert told([*old[2:], *fresh]).left_out == (("younger than 6 hours", 2),)


def test_missing_reach_is_not_zero_reach():
    some = posts(60)
    gone = [replace(post, reach=None) if post.posted_at.hour == 9 else post for post in some]
    nobody = [replace(post, reach=0) if post.posted_at.hour == 9 else post for post in some]
    assert told(nobody).week[2, 9].uplift < -0.5
    assert told(gone).week[2, 9].uplift > -0.3


def test_only_hours_the_human_can_post_at_are_recommended_but_the_week_is_shown():
    best = told(posts(40), hours=(7, 12))
    assert {slot.hour for slot in best.slots} == {7, 12}
    assert len(best.slots) == 14
    assert len(best.week) == 126
    assert {slot.hour for slot in told(posts(40), hours=(2,)).slots} == {2}


def test_no_post_at_all_gives_public_averages_only():
    best = told([])
    assert best.claim is None
    assert best.n == 0
    assert best.usual == ()
    assert max(slot.public for slot in best.week.values()) < 0.25


def test_the_usual_hours_are_those_with_most_posts():
    some = posts(70, hours=(18,))
    best = told(some)
    assert len(best.usual) == 3
    assert {hour for _, hour in best.usual} == {18}
    assert best.metric == "reach"


def plan(some, **named):
    settings = {"hours": (9, 12, 18), "k": 4, "seed": 3, "zone": BERLIN, "now": NOW} | named
    return next_posts(some, metric="reach", **settings)


def test_a_plan_stays_the_same_when_it_is_drawn_again_a_moment_later():
    some = posts(40)
    assert plan(some) == plan(some)
    later = plan(some, now=NOW + timedelta(minutes=5))
    assert [one.at for one in later] == [one.at for one in plan(some)]


def test_planned_posts_lie_ahead_on_days_of_their_own_at_hours_that_suit():
    made = plan(posts(40), k=6)
    assert len(made) == 6
    assert [one.at for one in made] == sorted(one.at for one in made)
    assert all(one.at > NOW for one in made)
    assert len({one.at.date() for one in made}) == 6
    for one in made:
        assert one.at.tzinfo == ZoneInfo(BERLIN)
        assert (one.at.weekday(), one.at.hour) == (one.weekday, one.hour)
        assert one.hour in {9, 12, 18}
        assert one.reason in {"public", "best", "test"}


def test_a_plan_keeps_away_from_what_is_planned_already():
    first = plan(posts(40), k=3)
    taken = [one.at.astimezone(UTC) for one in first]
    second = plan(posts(40), k=3, taken=taken)
    days = {one.at.date() for one in first}
    assert not days & {one.at.date() for one in second}
    night = datetime(2026, 11, 17, 0, 30, tzinfo=ZoneInfo(BERLIN))
    near = plan(posts(40), hours=(23,), k=1, taken=[night], now=NOW)
    assert near[0].at.date() != date(2026, 11, 16)


def test_a_week_has_two_new_slots_at_most():
    made = plan(posts(40, hours=(9,)), hours=tuple(range(6, 24)), k=12, zone="UTC")
    weeks = {}
    for one in made:
        if not one.n:
            weeks.setdefault(one.at.isocalendar()[:2], set()).add((one.weekday, one.hour))
    assert max(map(len, weeks.values())) <= 2


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_clock_changes_neither_skip_nor_double_a_plan(day):
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    made = plan(posts(20), hours=(2,), k=3, now=now)
    assert [one.at.hour for one in made] == [2, 2, 2]
    assert len({one.at.date() for one in made}) == 3
    assert all(one.at.astimezone(UTC).astimezone(one.at.tzinfo).hour == 2 for one in made)
    assert date(2026, 3, 29) not in {one.at.date() for one in made}


def test_a_plan_without_any_post_follows_public_averages():
    made = plan([], hours=tuple(range(6, 24)))
    assert len(made) == 4
    assert {one.n for one in made} == {0}
    assert "public" in {one.reason for one in made}
    assert "best" not in {one.reason for one in made}


def test_nothing_can_be_planned_at_no_free_day():
    every = [NOW + timedelta(days=day) for day in range(80)]
    assert plan(posts(10), taken=every) == ()


def frame(some, zone="UTC"):
    return pd.DataFrame(
        {
            "posted_at": pd.Series(
                pd.DatetimeIndex([post.posted_at for post in some])
            ).dt.tz_convert(zone),
            "reach": [float("nan") if post.reach is None else post.reach for post in some],
            "format": [post.format for post in some],
        }
    )


def test_a_dataframe_says_what_the_records_say():
    some = [replace(post, platform="") for post in posts(50)]
    some[4] = replace(some[4], reach=None)
    left = studio.stats.best_times(frame(some), now=NOW)
    right = told(some)
    assert left.n == right.n == 49
    assert left.left_out == (("without reach", 1),)
    first, other = left.slots[0], right.slots[0]
    assert (first.weekday, first.hour) == (other.weekday, other.hour)
    assert first.uplift == pytest.approx(other.uplift)


def test_a_dataframe_may_lack_formats_order_and_rows():
    table = frame(posts(30))
    mixed = table.sample(frac=1, random_state=1)
    mixed["format"] = None
    best = studio.stats.best_times(mixed, now=NOW)
    assert best.n == 30
    assert studio.stats.best_times(table.drop(columns="format"), now=NOW).n == 30
    assert studio.stats.best_times(table.iloc[:0], now=NOW).n == 0
    twice = studio.stats.best_times(pd.concat([table, table]), now=NOW)
    assert twice.n == 60


def test_a_dataframe_without_a_time_zone_is_refused():
    table = frame(posts(5))
    table["posted_at"] = table["posted_at"].dt.tz_localize(None)
    with pytest.raises(ValueError, match="time zone"):
        studio.stats.best_times(table, now=NOW)


def test_a_dataframes_plan_has_as_many_available_slots_as_asked_for():
    available = [(2, 9), (4, 2), (5, 21)]
    plan_of = studio.stats.plan_next
    made = plan_of(frame(posts(30)), now=NOW, available=available, k=5, seed=1)
    assert len(made) == 5
    assert set(made) <= set(available)
    assert made == plan_of(frame(posts(30)), now=NOW, available=available, k=5, seed=1)
    assert plan_of(frame(posts(30)), now=NOW, available=[], k=5, seed=1) == []


def test_the_records_load_nothing_heavy_and_the_answer_no_pandas():
    code = (
        "import sys, studio.stats, studio.stats.when as w; from datetime import datetime, UTC;"
        "print([m for m in ('numpy', 'pandas') if m in sys.modules]);"
        "w.best_times_of([], metric='reach', zone='UTC', now=datetime.now(UTC));"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_the_answer_and_the_plan_cost_little_processor_time():
    some = posts(160, hours=tuple(range(6, 24)))
    took = []
    for seed in range(3):
        start = time.process_time()
        told(some)
        plan(some, hours=(), seed=seed)
        took.append(time.process_time() - start)
    assert min(took) < 0.3
