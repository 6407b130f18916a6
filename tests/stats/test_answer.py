from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.project.config import Config, Pillar
from studio.stats.answer import NO_PILLAR, percent, summarise
from studio.stats.post import Followers, Post
from studio.stats.ratios import interval
from studio.stats.table import Posts, merge

NOW = datetime(2026, 11, 16, 18, 20, tzinfo=UTC)
CONFIG = Config(
    name="Rewind 89",
    zone="Europe/London",
    pillars=(
        Pillar("school", ("classroom", "schooldinner")),
        Pillar("tv", ("closedown", "tvguide")),
    ),
)


def post(
    n: int, reach: int | None, *, form: str = "reel", caption: str = "", days: int = 30
) -> Post:
    return Post(
        "instagram", f"1890000000000000{n:02}", NOW - timedelta(days=days, hours=n), True, form,
        caption, None, None, None, reach, None, None, None, None, None, "x.csv", n + 2, None, None,
    )  # fmt: skip


def answer(*posts: Post, links: dict[str, str] | None = None):
    (summary,) = summarise(Posts(posts), CONFIG, now=NOW, links=links or {})
    return summary


def group(summary, name):
    return next(one for one in (*summary.by_format, *summary.by_pillar) if one.name == name)


def test_seven_posts_claim_nothing_and_say_how_many_there_are():
    summary = answer(
        *(post(n, 1000 * (n + 1), form="reel" if n % 2 else "image") for n in range(7))
    )
    assert summary.counted == 7
    assert "can't tell" in summary.verdict
    assert "7 posts" in summary.verdict
    assert not any(one.telling for one in summary.by_format)


def test_a_clear_difference_in_enough_posts_is_told_with_interval_and_number():
    reels = [post(n, 4000 + 10 * n) for n in range(15)]
    images = [post(20 + n, 1000 + 10 * n, form="image") for n in range(15)]
    summary = answer(*reels, *images)
    reel = group(summary, "reel")
    assert reel.telling
    assert 1 < reel.low < reel.ratio < reel.high
    assert reel.ratio == pytest.approx(2, rel=0.1)  # against the usual of all, not the others
    assert "reel" in summary.verdict
    assert "15 posts" in summary.verdict


def test_nine_posts_of_a_kind_are_not_enough_however_clear():
    reels = [post(n, 4000 + 10 * n) for n in range(9)]
    images = [post(20 + n, 1000 + 10 * n, form="image") for n in range(15)]
    reel = group(answer(*reels, *images), "reel")
    assert reel.low > 1
    assert not reel.telling


def test_missing_figures_are_left_out_never_zero():
    summary = answer(post(1, 100), post(2, None), post(3, 400))
    assert summary.usual == pytest.approx(200)
    assert (summary.posts, summary.counted, summary.left_out) == (3, 2, 1)


def test_a_reach_of_nought_does_not_break_the_mean():
    assert answer(post(1, 0), post(2, 100)).usual == pytest.approx(10)


def test_posts_of_the_last_72_hours_are_left_out_and_said():
    summary = answer(post(1, 100), post(2, 100), post(3, 9999, days=1))
    assert (summary.counted, summary.too_young) == (2, 1)
    assert "72 hours" in summary.verdict
    assert summary.usual == pytest.approx(100)


def test_stories_and_daily_sums_are_not_compared_with_posts():
    story = post(3, 50, form="story")
    part = replace(post(4, 10), partial=True)
    summary = answer(post(1, 100), post(2, 100), story, part)
    assert (summary.counted, summary.left_out) == (2, 2)


def test_a_pillar_comes_from_the_idea_before_the_hashtags():
    tagged = [post(n, 100, caption="look #Classroom #tvguide #schooldinner") for n in range(3)]
    linked = replace(
        post(5, 100), permalink="https://www.instagram.com/p/DVbkOTzgAAA/", caption="#tvguide"
    )
    summary = answer(
        *tagged, linked, post(6, 100),
        links={"https://instagram.com/reel/DVbkOTzgAAA/?igsh=1": "school"},
    )  # fmt: skip
    assert {one.post_id for one in group(summary, "school").posts} == {
        *(one.post_id for one in tagged),
        linked.post_id,
    }
    assert group(summary, "tv").n == 0
    assert group(summary, NO_PILLAR).n == 1


def test_every_groups_posts_can_be_reached_and_add_up(reading, meta_main, meta_older):
    table = merge([reading(meta_main), reading(meta_older)])
    (summary,) = summarise(table, CONFIG, now=NOW, links={})
    for groups in (summary.by_format, summary.by_pillar):
        assert sum(one.n for one in groups) == summary.counted
        assert all(len(one.posts) == one.n for one in groups)


def test_the_effects_that_are_in_the_data_are_found(reading, meta_main, meta_older):
    # The posts were drawn with +0.45 (carousel) and +0.95 (reel) on the log, noise 0.7.
    table = merge([reading(meta_main), reading(meta_older)])
    (summary,) = summarise(table, CONFIG, now=NOW, links={})
    assert (summary.posts, summary.counted, summary.too_young) == (64, 63, 1)
    assert summary.metric == "reach"
    reel, image = group(summary, "reel"), group(summary, "image")
    assert reel.telling
    assert image.telling
    assert image.high < 1 < reel.low
    middle = 0.95 * 20 / 63 + 0.45 * 30 / 63
    assert reel.low < math.exp(0.95 - middle) < reel.high


def test_tiktok_is_counted_in_views_with_its_caveat(reading):
    table = merge([reading("tiktok_studio/Content.csv")])
    (summary,) = summarise(table, CONFIG, now=NOW, links={})
    assert summary.metric == "views"
    assert "5 to 15" in summary.caveat


def test_followers_without_posts_still_give_a_summary():
    day = NOW.date()
    table = Posts(followers={"tiktok": (Followers("tiktok", day, 41),)})
    (summary,) = summarise(table, CONFIG, now=NOW, links={})
    assert (summary.followers, summary.followers_at, summary.usual) == (41, day, None)
    assert "nothing to tell yet" in summary.verdict


def test_the_interval_is_welchs_scaled_to_the_share_of_the_others():
    mine, rest = [1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 1.0]
    low, high = interval(mine, rest)
    # By hand: s²/n = 1/3, r²/m = 1/6, ν = 3.857; t at 95 % is 2.353 for ν = 3, 2.132 for ν = 4.
    reach = 2.157 * math.sqrt(1 / 3 + 1 / 6)
    assert math.log(low) == pytest.approx(4 / 7 * (1 - reach), abs=0.003)
    assert math.log(high) == pytest.approx(4 / 7 * (1 + reach), abs=0.003)
    assert interval([1.0], rest) is None
    assert interval([1.0, 1.0], [1.0, 1.0]) is None


def test_several_comparisons_need_wider_intervals():
    mine, rest = [1.0, 2.0, 3.0, 2.5], [0.0, 1.0, 2.0, 1.0]
    assert interval(mine, rest, 4)[0] < interval(mine, rest)[0]


@pytest.mark.parametrize(
    ("ratio", "told"), [(1.12, "+12%"), (0.92, "−8%"), (3.24, "×3.2"), (1.0, "+0%"), (None, "–")]
)
def test_ratios_are_told_in_words_people_use(ratio, told):
    assert percent(ratio) == told
