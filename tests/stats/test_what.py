"""What to post: real effects are told, chance is not, and everything says how much it rests on."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from studio.stats.post import Post
from studio.stats.readers import read
from studio.stats.table import merge
from studio.stats.what import key_of, metric_of, what_all, what_works

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SIZES = {"hook": 5, "pillar": 4, "caption length": 3, "hashtags": 3, "question": 2, "emoji": 2}
SIZES |= {"asks for": 4, "palette": 3}


def post(n, reach, form="reel", *, at=None, seconds=None, hour_known=True, **figures):
    made = dict.fromkeys(("views", "likes", "comments", "shares", "saves", "follows")) | figures
    return Post(
        "instagram", f"p{n}", at or NOW - timedelta(days=5 + n, hours=n % 9), hour_known, form,
        "", None, seconds, made["views"], reach, made["likes"], made["comments"], made["shares"],
        made["saves"], made["follows"], "x.csv", n + 2, NOW, None,
    )  # fmt: skip


def page(seed, n=160, *, formats=(("reel", 0.0), ("image", 0.0)), noise=0.9, effects=None):
    """Return posts and features; `effects` are log effects by level, of all other levels none."""
    rng = np.random.default_rng(seed)
    posts, features = [], {}
    for number in range(n):
        name, gain = formats[rng.integers(len(formats))]
        told = {key: f"{key} {rng.integers(size)}" for key, size in SIZES.items()}
        log = 6 + gain + rng.normal(0, noise) + (2 if rng.random() < 0.03 else 0)
        log += sum((effects or {}).get(one, 0.0) for one in told.values())
        at = NOW - timedelta(days=4 + 1.5 * number, minutes=int(rng.integers(900)))
        one = post(number, round(math.exp(log)), name, at=at)
        posts.append(one)
        features[key_of(one)] = told
    return posts, features


def works(posts, features=None, metric="reach", zone="UTC"):
    return what_works(posts, features or {}, metric=metric, zone=zone, now=NOW)


def effect(what, level, feature=None):
    return next(
        one for one in what.effects if one.level == level and feature in (None, one.feature)
    )


def test_a_real_format_effect_is_told_first_and_covers_the_truth():
    formats = (("reel", 0.9), ("image", 0.0), ("carousel", 0.2))
    first, found, covered = 0, 0, 0
    for seed in range(8):
        what = works(*page(seed, 120, formats=formats, noise=0.6))
        assert what.effects[0].feature == "format"
        assert "reels" in what.told[0]
        first += what.told[0].startswith("reels reach ×") and " of your " in what.told[0]
        reel = effect(what, "reel")
        assert reel.verdict != "hurts"
        found += reel.verdict == "helps"
        truth = math.exp(0.9 - sum(gain * effect(what, f).n for f, gain in formats) / 120)
        covered += reel.low < truth < reel.high
        assert effect(what, "image").verdict != "helps"
    assert min(first, found) >= 7
    assert covered >= 6


def test_a_real_effect_of_a_hook_is_found_with_the_right_sign():
    found, covered = 0, 0
    for seed in range(10):
        what = works(*page(seed, effects={"question 0": 0.8}))
        one = effect(what, "question 0")
        assert one.verdict != "hurts"
        assert effect(what, "question 1").verdict != "helps"
        found += one.verdict == "helps"
        truth = math.exp(0.8 * (1 - one.n / (one.n + one.others)))
        covered += one.low < truth < one.high
        assert one.needed is None or one.verdict == "can't tell"
    assert found >= 9
    assert covered >= 7


def test_pages_where_nothing_does_anything_are_told_of_nothing():
    told = [seed for seed in range(40) if works(*page(100 + seed, 120)).of("helps")]
    assert len(told) <= 2
    what = works(*page(100, 120))
    assert any("can't tell yet: hook, pillar" in one and "120 posts" in one for one in what.told)


def test_reels_always_at_seven_are_not_credited_to_reels_and_to_seven_both():
    rng = np.random.default_rng(4)
    posts = {"confounded": [], "mixed": []}
    for number in range(80):
        reel = number % 2 == 0
        log = 6 + 0.7 * reel + rng.normal(0, 0.6)
        for name, made in posts.items():
            hour = (19 if reel else 10) if name == "confounded" else (19 if number % 4 < 2 else 10)
            at = (NOW - timedelta(days=4 + number)).replace(hour=hour)
            made.append(post(number, round(math.exp(log)), "reel" if reel else "image", at=at))
    raw = np.log([one.reach for one in posts["mixed"]]).reshape(-1, 2).mean(axis=0)
    confounded, mixed = (effect(works(made), "reel") for made in posts.values())
    half = math.exp((raw[0] - raw[1]) / 2)
    assert 1 < confounded.ratio < mixed.ratio < half * 1.02
    assert confounded.high / confounded.low > mixed.high / mixed.low


def test_a_level_with_two_posts_cannot_be_told_whatever_they_reached():
    posts = [post(n, 500 + n) for n in range(30)]
    posts += [post(40, 90_000, "carousel"), post(41, 80_000, "carousel")]
    what = works(posts)
    carousel = effect(what, "carousel")
    assert carousel.n == 2
    assert carousel.verdict == "can't tell"
    assert carousel.needed is None or carousel.needed >= 3
    assert what.told[0].startswith("can't tell yet: format needs 5 posts of two kinds")


def test_posts_that_do_not_count_are_left_out_and_counted():
    posts = [post(n, 500 + n, "reel" if n % 2 else "image") for n in range(12)]
    posts += [post(20, None), post(21, None), post(22, 70, "story")]
    posts += [post(23, 70, at=NOW - timedelta(hours=2))]
    what = works(posts)
    assert what.n == 12
    assert dict(what.left_out) == {
        "without reach": 2,
        "stories": 1,
        "younger than 6 hours": 1,
    }
    assert sum(one.n for one in what.effects if one.feature == "format") == 12


def test_a_post_of_unknown_feature_says_nothing_of_it():
    posts, features = page(9, 60)
    some = {key: told for at, (key, told) in enumerate(features.items()) if at % 3}
    what = works(posts, some)
    hooks = [one for one in what.effects if one.feature == "hook"]
    assert sum(one.n for one in hooks) == 40
    assert {one.level for one in hooks} <= {f"hook {at}" for at in range(5)}
    assert all(one.n + one.others == 40 for one in hooks)
    assert all(one.n == len(one.posts) > 0 for one in what.effects)


def test_posts_scheduled_elsewhere_count_for_what_though_not_for_when():
    posts = [post(n, 500, "reel" if n % 2 else "image", hour_known=n > 5) for n in range(20)]
    assert works(posts).n == 20


def test_a_rate_without_any_count_is_low_and_not_left_out():
    rng = np.random.default_rng(2)
    posts = [
        post(n, 1000, "reel" if n % 2 else "image", saves=int(rng.poisson(20 if n % 2 else 1)))
        for n in range(60)
    ]
    assert min(one.saves for one in posts) == 0
    what = works(posts, metric="saves per reach")
    assert what.n == 60
    assert effect(what, "reel").verdict == "helps"
    assert "the saves per reach of your images" in what.told[0]
    none = works([post(n, 1000, saves=0) for n in range(9)], metric="saves per reach")
    assert none.effects == ()
    assert none.told == ("nothing to tell yet: no saves on any of 9 posts",)


def test_a_post_with_saves_but_no_reach_has_no_rate():
    posts = [post(n, 1000, saves=3) for n in range(6)] + [post(9, None, saves=3)]
    assert dict(works(posts, metric="saves per reach").left_out) == {"without reach": 1}
    assert dict(works([post(1, 0, saves=3)], metric="saves per reach").left_out) == {
        "without reach": 1
    }


def test_reach_comes_first_and_only_rates_that_posts_have():
    posts = [
        post(n, 900 + n, "reel" if n % 2 else "image", saves=n, likes=2 * n) for n in range(12)
    ]
    assert [one.metric for one in what_all(posts, {}, zone="Europe/London", now=NOW)] == [
        "reach",
        "saves per reach",
        "likes per reach",
    ]
    views = [post(n, None, views=900 + n, likes=2 * n) for n in range(12)]
    assert metric_of(views) == "views"
    assert [one.metric for one in what_all(views, {}, zone="Europe/London", now=NOW)] == [
        "views",
        "likes per view",
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_handful_of_posts_is_told_of_nothing(count):
    posts = [post(n, 10 ** (n + 1), "reel" if n % 2 else "image") for n in range(count)]
    what = works(posts)
    assert what.n == count
    assert not what.of("helps")
    assert not what.of("hurts")
    assert "yet" in what.told[0]
    if count < 2:
        assert what.told == (
            f"nothing to tell yet: {'no post' if not count else '1 post'} with reach",
        )


def test_one_format_only_is_said():
    what = works([post(n, 500 + 9 * n) for n in range(12)])
    assert what.told == ("no format to compare: all of 12 posts are reels",)


def test_how_many_more_posts_would_tell_shrinks_with_the_posts_there_are():
    needed = {}
    for n in (24, 60):
        some = []
        for seed in range(8):
            what = works(*page(seed, n, formats=(("reel", 0.6), ("image", 0.0))))
            reel = effect(what, "reel")
            some.append(0 if reel.verdict == "helps" else reel.needed or 300)
        needed[n] = sum(some)
    assert needed[60] < needed[24]


def test_posts_without_an_id_are_found_by_their_time():
    one = post(1, 5)
    assert key_of(one) == ("instagram", "p1")
    at = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    nameless = Post(*("instagram", "", at, *([True, *[None] * 14]), None))
    assert key_of(nameless) == ("instagram", "at:2026-03-01T20:30:00+00:00")


def test_the_real_exports_are_answered_with_every_interval_around_its_ratio(exports, meta_main):
    data = (exports / meta_main).read_bytes()
    table = merge([read(meta_main, data, today=date(2026, 11, 16), zone="Europe/London")])
    for what in what_all(table.of("instagram"), {}, zone="Europe/London", now=NOW):
        assert what.n > 40
        for one in what.effects:
            assert one.low < one.ratio < one.high
            assert math.isfinite(one.high)
            if one.verdict != "can't tell":
                assert one.low > 1 or one.high < 1
        assert what.told


def test_hostile_features_break_nothing():
    posts, _ = page(3, 40)
    features = {
        key_of(one): {f"f{at}" * 50: f"\x1b[31m{at % (k + 1)}" for k, at in enumerate(range(40))}
        | {"pillar": f"pillar {number}"}
        for number, one in enumerate(posts)
    }
    what = works(posts, features)
    assert len({one.feature for one in what.effects}) <= 24
    assert not what.of("helps")


def test_a_hundred_and_sixty_posts_are_answered_at_once():
    posts, features = page(1, 160, effects={"question 0": 0.3})
    works(posts, features)
    took = []
    for _ in range(3):
        begun = time.process_time()
        works(posts, features)
        took.append(time.process_time() - begun)
    assert min(took) < 0.08


def test_the_records_load_nothing_heavy():
    heavy = ["numpy", "pandas", "PIL", "openpyxl", "zipfile", "textual"]
    code = (
        "import sys, studio.stats.what, studio.stats.traits;"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
