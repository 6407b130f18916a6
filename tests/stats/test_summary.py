from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.stats.post import Followers, Post
from studio.stats.summary import summarise
from studio.stats.table import Posts, merge

NOW = datetime(2026, 11, 16, 18, 20, tzinfo=UTC)
LONDON = "Europe/London"


def post(n: int, reach: int | None, *, form: str = "reel", days: int = 30) -> Post:
    return Post(
        "instagram", f"1890000000000000{n:02}", NOW - timedelta(days=days, hours=n), True, form,
        "", None, None, None, reach, None, None, None, None, None, "x.csv", n + 2, None, None,
    )  # fmt: skip


def summary_of(*posts: Post):
    (summary,) = summarise(Posts(posts), zone=LONDON, now=NOW)
    return summary


def test_missing_figures_are_left_out_never_zero():
    summary = summary_of(post(1, 100), post(2, None), post(3, 400))
    assert summary.usual == pytest.approx(200)
    assert (summary.posts, summary.counted, summary.left_out) == (3, 2, 1)


def test_a_reach_of_nought_does_not_break_the_mean():
    assert summary_of(post(1, 0), post(2, 100)).usual == pytest.approx(10)


def test_posts_of_the_last_72_hours_are_left_out_and_said():
    summary = summary_of(post(1, 100), post(2, 100), post(3, 9999, days=1))
    assert (summary.counted, summary.too_young) == (2, 1)
    assert summary.usual == pytest.approx(100)


@pytest.mark.parametrize(
    "odd", [{"format": "story"}, {"partial": True}, {"private": True}, {"paid": True}], ids=str
)
def test_what_is_no_ordinary_post_is_not_compared_with_posts(odd):
    summary = summary_of(post(1, 100), post(2, 100), replace(post(3, 5000), **odd))
    assert (summary.counted, summary.left_out) == (2, 1)


def test_what_there_is_comes_from_all_exports(reading, meta_main, meta_older):
    table = merge([reading(meta_main), reading(meta_older)])
    (summary,) = summarise(table, zone=LONDON, now=NOW)
    assert (summary.posts, summary.counted, summary.too_young) == (64, 63, 1)
    assert summary.metric == "reach"


def test_tiktok_is_counted_in_views_with_its_caveat(reading):
    table = merge([reading("tiktok_studio/Content.csv")])
    (summary,) = summarise(table, zone=LONDON, now=NOW)
    assert summary.metric == "views"
    assert "5 to 15" in summary.caveat


def test_followers_without_posts_still_give_a_summary():
    day = NOW.date()
    table = Posts(followers={"tiktok": (Followers("tiktok", day, 41),)})
    (summary,) = summarise(table, zone=LONDON, now=NOW)
    assert (summary.followers, summary.followers_at, summary.usual) == (41, day, None)
