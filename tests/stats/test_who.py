from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from studio.stats.gamma import quantile, share_below
from studio.stats.post import ActiveHour, DayFigure, Followers, Post
from studio.stats.table import Posts, merge
from studio.stats.who import Who, who

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
MONTH_AGO = NOW - timedelta(days=30)
TODAY = date(2026, 11, 16)


def asked(posts: Posts, platform: str = "instagram", **changes) -> Who:
    given = {"declared": "parents, 35 to 50", "zone": "Europe/London", "followers": None}
    return who(posts, platform=platform, now=NOW, **{**given, **changes})


def post(number: int, follows: int | None, reach: int | None, **changes) -> Post:
    plain = Post(
        platform="instagram",
        post_id=f"p{number}",
        posted_at=MONTH_AGO,
        hour_known=True,
        format="reel",
        caption="",
        permalink=None,
        seconds=None,
        views=None,
        reach=reach,
        likes=None,
        comments=None,
        shares=None,
        saves=None,
        follows=follows,
        source="x.csv",
        line=number,
        exported=TODAY,
        account=None,
    )
    return replace(plain, **changes)


# tables


def test_the_tables_of_real_exports_keep_their_source_and_day(reading) -> None:
    audience = "meta/Audience.csv"
    places = "tiktok_studio/Followers_rewind.eightynine/FollowerTopTerritories.csv"
    table = merge([reading(audience), reading(places)])
    found = asked(table)
    assert {one.name for one in found.tables} >= {"women", "men"}
    assert {(one.source, one.exported) for one in found.tables} == {(audience, TODAY)}
    for one in found.tables:
        shares = [share for _, share in one.rows]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1.01
    (country,) = asked(table, "tiktok").tables
    assert (country.name, country.source) == ("country", places)
    assert country.rows[-1][0] == "Others"
    assert found.followers[-1].count > 0


def test_without_tables_the_declared_audience_stands_and_is_not_a_table() -> None:
    found = asked(Posts())
    assert found.tables == ()
    assert found.declared == "parents, 35 to 50"


# growth


def counts(*pairs: tuple[int, int]) -> Posts:
    told = tuple(Followers("tiktok", TODAY - timedelta(days=ago), n) for ago, n in pairs)
    return Posts(followers={"tiktok": told})


def test_growth_is_followers_won_a_week_over_the_last_four_weeks() -> None:
    assert asked(counts((60, 100), (28, 500), (0, 780)), "tiktok").growth == pytest.approx(70)
    assert asked(counts((10, 500), (0, 490)), "tiktok").growth == pytest.approx(-7)


def test_growth_is_not_told_from_a_few_days_or_one_number() -> None:
    assert asked(counts((3, 100), (0, 300)), "tiktok").growth is None
    assert asked(counts((0, 300)), "tiktok").growth is None
    assert asked(Posts()).growth is None


def test_follows_alone_are_not_growth_because_some_leave() -> None:
    won = [DayFigure("instagram", TODAY - timedelta(days=n), "follows", 5) for n in range(28)]
    lost = [DayFigure("instagram", TODAY - timedelta(days=n), "unfollows", 2) for n in range(28)]
    assert asked(Posts(days=tuple(won))).growth is None
    assert asked(Posts(days=tuple(won + lost))).growth == pytest.approx(21)


# active hours


def online(zone_shift: int) -> Posts:
    """Followers who sleep from 1 to 7 of their own day, written down in hours shifted by this."""
    told = []
    for ago in range(7):
        for hour in range(24):
            awake = (hour + zone_shift) % 24 not in range(1, 8)
            told.append(
                ActiveHour("tiktok", TODAY - timedelta(days=ago), hour, 100 if awake else 5)
            )
    return Posts(active=tuple(told))


def test_hours_in_utc_are_moved_to_the_audience_where_the_nights_tell() -> None:
    found = asked(online(-5), "tiktok", zone="America/New_York")  # written in UTC
    assert found.active[0, 4] == 5
    assert found.active[0, 20] == 100
    assert found.active_zone.startswith("UTC; TikTok does not say")
    assert found.active_days == 7


def test_hours_in_the_audiences_zone_stay_where_the_nights_tell() -> None:
    found = asked(online(0), "tiktok", zone="America/New_York")
    assert found.active[0, 4] == 5
    assert found.active_zone.startswith("America/New_York; TikTok does not say")


def test_where_the_figures_do_not_tell_the_zone_that_is_said() -> None:
    flat = tuple(ActiveHour("tiktok", TODAY, hour, 10) for hour in range(24))
    found = asked(Posts(active=flat), "tiktok", zone="America/New_York")
    assert "do not tell it either" in found.active_zone
    assert "within an hour" in asked(Posts(active=flat), "tiktok").active_zone
    assert asked(Posts()).active == {}


def test_active_hours_of_a_real_export(reading) -> None:
    name = "tiktok_studio/Followers_rewind.eightynine/FollowerActivity.csv"
    found = asked(merge([reading(name)]), "tiktok")
    assert len(found.active) > 150
    assert all(value >= 0 for value in found.active.values())
    assert found.active_zone


# new and returning


def test_new_against_returning_over_the_days_that_tell_both(reading) -> None:
    found = asked(merge([reading("tiktok_studio/Viewers.csv")]), "tiktok")
    assert found.returning is not None
    new, back = found.returning
    assert new > 0
    assert back > 0
    assert asked(Posts()).returning is None


# what brought follows


def test_without_a_single_follow_told_nothing_is_said_of_them() -> None:
    found = asked(Posts(posts=tuple(post(n, None, 500) for n in range(9))))
    assert found.brought == ()
    assert found.page_rate is None


def test_a_group_with_few_follows_is_drawn_to_the_page_and_not_told() -> None:
    reels = [post(n, 2, 1000) for n in range(12)]
    lucky = [post(50, 5, 500, format="carousel")]  # ten per thousand, once
    found = asked(Posts(posts=(*reels, *lucky)))
    carousel = next(one for one in found.brought if one.name == "carousel")
    assert found.page_rate == pytest.approx(2.5, abs=0.6)
    assert found.page_rate < carousel.rate < 7
    assert carousel.low < found.page_rate < carousel.high
    assert not carousel.telling
    assert (carousel.n, carousel.follows, carousel.reach) == (1, 5, 500)


def test_a_group_that_brings_three_times_as_many_over_many_posts_is_told() -> None:
    rng = random.Random(4)
    plain = [post(n, rng.choice((1, 2, 3)), 1000) for n in range(30)]
    good = [post(n, rng.choice((6, 7, 9)), 1000, format="carousel") for n in range(30, 60)]
    found = asked(Posts(posts=(*plain, *good)))
    best, worst = found.brought
    assert (best.name, best.telling, best.feature) == ("carousel", True, "format")
    assert best.low > found.page_rate > worst.high
    assert best.low < 7.3 < best.high


def test_one_clip_that_went_round_the_world_does_not_speak_for_its_group() -> None:
    others = [post(n, 3, 1000) for n in range(10)]
    viral = post(90, 900, 90_000, format="video")
    more = [post(n, 3, 1000, format="video") for n in range(100, 103)]
    found = asked(Posts(posts=(*others, viral, *more)))
    video = next(one for one in found.brought if one.name == "video")
    assert video.follows / video.reach * 1000 > 9
    assert video.rate < 6.5
    assert not video.telling


def test_pillars_are_groups_of_their_own_after_the_formats() -> None:
    posts = Posts(posts=tuple(post(n, n % 3, 800) for n in range(8)))
    pillars = {("instagram", "p1"): "home", ("instagram", "p2"): "home", ("tiktok", "p3"): "school"}
    found = asked(posts, pillars=pillars)
    assert [(one.feature, one.name, one.n) for one in found.brought] == [
        ("format", "reel", 8),
        ("pillar", "home", 2),
    ]
    assert [one.post_id for one in found.brought[1].posts] == ["p2", "p1"]


def test_young_private_paid_partial_posts_and_stories_do_not_count() -> None:
    young = NOW - timedelta(hours=70)
    left_out = [
        post(1, 50, 100, posted_at=young),
        post(2, 50, 100, private=True),
        post(3, 50, 100, paid=True),
        post(4, 50, 100, partial=True),
        post(5, 50, 100, format="story"),
        post(6, 50, None),
        post(7, None, 100),
    ]
    assert asked(Posts(posts=tuple(left_out))).brought == ()
    (reel,) = asked(Posts(posts=(*left_out, post(8, 1, 500)))).brought
    assert (reel.n, reel.follows) == (1, 1)


def test_a_page_typed_by_hand_counts_follows_against_views_and_says_so() -> None:
    typed = Posts(posts=tuple(post(n, 1, None, views=700) for n in range(5)))
    found = asked(typed)
    assert (found.per, found.brought[0].reach) == ("views", 3500)
    assert asked(Posts(posts=(post(1, 1, 500),))).per == "reach"


def test_of_chance_alone_hardly_anything_is_told_and_the_intervals_hold() -> None:
    """60 pages of 30 posts, all with the same rate; posts of a page differ by their mean."""
    rng = random.Random(11)
    told = held = groups = 0
    for _ in range(60):
        posts = []
        for n in range(30):
            reach = round(rng.lognormvariate(6.5, 1))
            rate = 0.004 * rng.lognormvariate(-0.35, 0.83)
            follows = sum(rng.random() < rate for _ in range(reach))
            kind = rng.choice(("reel", "carousel", "image"))
            posts.append(post(n, follows, max(1, reach), format=kind))
        found = asked(Posts(posts=tuple(posts)))
        told += any(one.telling for one in found.brought)
        groups += len(found.brought)
        held += sum(one.low <= 4 <= one.high for one in found.brought)
    assert told <= 4
    assert 0.8 <= held / groups <= 1


# thresholds


def test_below_the_threshold_it_says_what_appears_and_from_when() -> None:
    found = asked(Posts(), followers=42)
    assert {one.needs for one in found.locked} == {100}
    assert "age and gender of followers" in {one.figure for one in found.locked}
    assert all("20" in one.why for one in found.locked)


def test_when_nobody_knows_the_size_it_is_said_as_well() -> None:
    assert asked(Posts()).locked
    assert asked(counts((0, 5000)), "tiktok").locked == ()


def test_above_the_threshold_or_with_the_figure_nothing_is_locked(reading) -> None:
    assert asked(Posts(), followers=100).locked == ()
    table = merge([reading("meta/Audience.csv")])
    figures = {one.figure for one in asked(table, followers=60).locked}
    assert "age and gender of followers" not in figures
    assert "when followers are online" in figures


# quantiles


@pytest.mark.parametrize(
    ("freedom", "share", "value"),
    [
        (2, 0.05, 0.102587),
        (1, 0.95, 3.841459),
        (10, 0.95, 18.307038),
        (10, 0.05, 3.940299),
        (100, 0.05, 77.929465),
        (100, 0.95, 124.342113),
    ],
)
def test_quantiles_are_those_in_the_tables_of_chi_square(freedom, share, value) -> None:
    assert 2 * quantile(freedom / 2, share) == pytest.approx(value, rel=1e-5)
    assert share_below(freedom / 2, value / 2) == pytest.approx(share, abs=1e-6)
