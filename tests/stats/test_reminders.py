from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from studio.stats.post import Post, Snapshot
from studio.stats.reminders import PostedIdea, due

AT = datetime(2026, 11, 16, 19, 30, tzinfo=UTC)
LINK = "https://www.instagram.com/reel/DVbkOTzgAAA/"
IDEA = PostedIdea("ideas/disco.md", "Roller disco", "instagram", AT, (LINK,))


def post(exported: date | None, views: int | None = 100, **changes) -> Post:
    plain = Post(
        platform="instagram",
        post_id="DVbkOTzgAAA",
        posted_at=AT,
        hour_known=True,
        format="reel",
        caption="",
        permalink=LINK,
        seconds=None,
        views=views,
        reach=None,
        likes=None,
        comments=None,
        shares=None,
        saves=None,
        follows=None,
        source="stats/log.csv",
        line=2,
        exported=exported,
        account=None,
    )
    return replace(plain, **changes)


def looks(hours: float, *posts: Post, idea: PostedIdea = IDEA) -> list[str]:
    found = due([idea], posts, now=AT + timedelta(hours=hours))
    return [one.look for one in found]


@pytest.mark.parametrize(
    ("hours", "look"),
    [
        (1, []),
        (23.9, []),
        (24, ["24 h"]),
        (71.9, ["24 h"]),
        (72, ["72 h"]),
        (167, ["72 h"]),
        (168, ["7 days"]),
        (200, ["7 days"]),
        (335, ["7 days"]),
        (336, []),
        (5000, []),
    ],
)
def test_a_post_never_looked_at_wants_the_latest_look_that_is_due(hours, look) -> None:
    assert looks(hours) == look


def test_whoever_looked_in_time_is_left_in_peace_until_the_next_look() -> None:
    after_a_day = post(date(2026, 11, 17))
    assert looks(25, after_a_day) == []
    assert looks(71, after_a_day) == []
    assert looks(72, after_a_day) == ["72 h"]


def test_an_hour_after_posting_is_no_look_at_24_hours() -> None:
    assert looks(25, post(date(2026, 11, 16))) == ["24 h"]


def test_a_look_a_little_early_counts() -> None:
    evening_before = post(date(2026, 11, 22))  # 6 days and some hours
    assert looks(170, evening_before) == []


def test_older_looks_in_the_history_count_as_well() -> None:
    seen = Snapshot(date(2026, 11, 17), "stats/log.csv", 2, 50, None, None, None, None, None, None)
    assert looks(30, post(None, history=(seen,))) == []


def test_an_export_that_tells_no_figure_is_no_look() -> None:
    assert looks(30, post(date(2026, 11, 18), views=None)) == ["24 h"]


def test_a_post_without_a_time_is_not_asked_for() -> None:
    assert looks(30, idea=replace(IDEA, posted_at=None)) == []


def test_a_row_that_names_the_idea_is_known_without_a_link() -> None:
    row = post(date(2026, 11, 18), post_id="", permalink=None, idea="disco", posted_at=None)
    assert looks(30, row) == []
    assert looks(30, row, idea=replace(IDEA, links=())) == []
    assert looks(30, replace(row, idea="vhs")) == ["24 h"]


def test_an_export_without_the_link_is_known_by_its_time() -> None:
    idea = replace(IDEA, links=())
    exported = post(date(2026, 11, 18), posted_at=AT + timedelta(minutes=7))
    assert looks(30, exported, idea=idea) == []
    assert looks(30, replace(exported, posted_at=AT + timedelta(hours=2)), idea=idea) == ["24 h"]
    twin = replace(exported, post_id="x", permalink=None)
    assert looks(30, exported, twin, idea=idea) == ["24 h"]


def test_the_same_idea_on_another_platform_wants_its_own_look() -> None:
    other = replace(IDEA, platform="tiktok", links=())
    now = AT + timedelta(hours=30)
    found = due([IDEA, other], [post(date(2026, 11, 18))], now=now)
    assert [one.platform for one in found] == ["tiktok"]
    assert found[0].due_at == AT + timedelta(hours=24)


def test_the_one_that_waits_longest_comes_first() -> None:
    later = replace(IDEA, path="ideas/a.md", posted_at=AT + timedelta(hours=5))
    found = due([later, IDEA], [], now=AT + timedelta(hours=40))
    assert [one.path for one in found] == ["ideas/disco.md", "ideas/a.md"]
