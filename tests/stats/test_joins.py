"""Posts of exports without ids find the posts that have one, and never another's."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from studio.stats.post import Post
from studio.stats.readers.reading import Reading
from studio.stats.table import growth, merge, snapshots

AT = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)
CODE = "DVbkOTzgAAA"  # 2026-03-03 17:30 UTC
VIDEO = "7617173891579904000"  # 2026-03-14 18:05 UTC
UPLOAD = datetime(2026, 3, 14, 18, 5, tzinfo=UTC)


def post(platform: str = "instagram", at: datetime | None = AT, **more) -> Post:
    """Make a post; without an id unless one is given."""
    base = Post(
        platform,
        *("", at, True, None, "", None, None),
        *(None,) * 7,
        *("download.json", 1, date(2026, 4, 1), None),
        time_from="published",
    )
    return replace(base, **more)


def meta(at: datetime = AT, code: str = CODE, **more) -> Post:
    link = f"https://www.instagram.com/reel/{code}/"
    told = {"post_id": "18000000000000001", "permalink": link, "source": "meta.csv"}
    told |= {"uploaded_at": at, "time_from": "id", "caption": "Snow day, 1986.\nWho had this?"}
    return post(at=at, **(told | more))


def tiktok(at: datetime = UPLOAD, post_id: str = VIDEO, **more) -> Post:
    link = f"https://www.tiktok.com/@page.example/video/{post_id}"
    told = {"post_id": post_id, "permalink": link, "source": "Content.csv"}
    return post("tiktok", at=at, **(told | {"uploaded_at": at, "time_from": "id"} | more))


def reading(name: str, *posts: Post, exported: date = date(2026, 4, 1)) -> Reading:
    posts = tuple(replace(one, source=name, line=n) for n, one in enumerate(posts, 1))
    return Reading(name, "test", posts[0].platform, posts=posts, exported=exported)


def merged(*groups: tuple[Post, ...]) -> tuple[Post, ...]:
    return merge(reading(f"{n}", *posts) for n, posts in enumerate(groups)).posts


@pytest.mark.parametrize("seconds", [-250, 0, 40, 299])
def test_an_instagram_download_joins_within_minutes_of_the_shortcode(seconds):
    loose = post(at=AT + timedelta(seconds=seconds), likes=5)
    (one,) = merged((meta(reach=100),), (loose,))
    assert (one.post_id, one.reach, one.likes) == ("18000000000000001", 100, 5)
    assert one.posted_at == loose.posted_at
    assert one.time_from == "published"


@pytest.mark.parametrize("minutes", [-26, -6, 6, 26])
def test_nothing_joins_across_more_than_minutes(minutes):
    assert len(merged((meta(),), (post(at=AT + timedelta(minutes=minutes)),))) == 2


def test_the_same_caption_lets_a_quarter_of_an_hour_pass():
    loose = post(at=AT + timedelta(minutes=20), caption="Snow day, 1986.")
    assert len(merged((meta(),), (loose,))) == 1


def test_another_caption_never_joins_even_at_the_same_second():
    assert len(merged((meta(),), (post(caption="Station wagon."),))) == 2


def test_a_story_is_no_reel_of_the_same_minute():
    reel = meta(format="reel")
    assert len(merged((reel,), (post(format="story"),))) == 2
    assert len(merged((reel,), (post(format="reel"),))) == 1


@pytest.mark.parametrize(("seconds", "joins"), [(-5, 2), (0, 1), (36, 1), (120, 1), (121, 2)])
def test_a_tiktok_download_joins_up_to_two_minutes_after_the_id(seconds, joins):
    loose = post("tiktok", at=UPLOAD + timedelta(seconds=seconds), likes=9)
    assert len(merged((tiktok(views=10),), (loose,))) == joins


def test_a_tiktok_download_joins_by_the_stated_time_too():
    live = UPLOAD + timedelta(days=3)
    known = tiktok(uploaded_at=UPLOAD, time_from="published", posted_at=live)
    (one,) = merged((known,), (post("tiktok", at=live + timedelta(seconds=30)),))
    assert one.posted_at == live


def test_a_scheduled_tiktok_gets_its_hour_where_day_and_caption_agree():
    day = replace(tiktok(), posted_at=UPLOAD + timedelta(days=3), time_from="day", hour_known=False)
    day = replace(day, caption="Snow day, 1986 #nostalgia")
    live = UPLOAD + timedelta(days=3, hours=2)
    (one,) = merged((day,), (post("tiktok", at=live, caption=day.caption),))
    assert (one.posted_at, one.hour_known) == (live, True)
    assert len(merged((day,), (post("tiktok", at=live),))) == 2


def test_the_upload_repeated_by_a_download_is_no_hour_for_a_scheduled_tiktok():
    day = replace(tiktok(), posted_at=UPLOAD + timedelta(days=3), time_from="day", hour_known=False)
    (one,) = merged((day,), (post("tiktok", at=UPLOAD + timedelta(seconds=30)),))
    assert not one.hour_known
    assert one.posted_at == day.posted_at


def test_platforms_never_mix():
    assert len(merged((meta(),), (post("tiktok"),))) == 2


def test_what_fits_two_posts_is_kept_apart_and_told_of():
    other = meta(AT + timedelta(minutes=2), "DVbkb-GAAAA", post_id="18000000000000002", caption="")
    table = merge([reading("a", meta(caption=""), other), reading("b", post())])
    assert len(table.posts) == 3
    (note,) = [note for note in table.notes if "fits more than one" in note.text]
    assert note.file == "b"
    several = merge(
        [
            reading("a", meta(caption="")),
            reading("b", post(), replace(post(), posted_at=AT + timedelta(seconds=90))),
        ]
    )
    assert len(several.posts) == 3


def test_of_two_that_fit_by_time_the_caption_decides():
    other = meta(AT + timedelta(minutes=2), "DVbkb-GAAAA", post_id="2" * 17, caption="Bus.")
    loose = post(at=AT + timedelta(minutes=1), caption="Snow day,  1986. Who had this?", likes=3)
    posts = merged((meta(), other), (loose,))
    assert {one.post_id: one.likes for one in posts} == {"18000000000000001": 3, "2" * 17: None}


def test_two_posts_without_id_join_at_the_same_second():
    (one,) = merged((post(likes=3),), (post(reach=70),))
    assert (one.likes, one.reach) == (3, 70)
    assert len(merged((post(),), (post(at=AT + timedelta(seconds=1)),))) == 2


def test_two_posts_without_id_join_within_a_minute_when_the_captions_agree():
    late = post(at=AT + timedelta(seconds=50), caption="Snow")
    assert len(merged((post(caption="Snow"),), (late,))) == 1
    assert len(merged((post(caption="Snow"), late))) == 2  # one file has both: two posts
    assert len(merged((post(caption="Snow"),), (replace(late, caption="Bus"),))) == 2


def test_posts_of_which_only_the_day_is_known_need_the_same_caption():
    day = {"hour_known": False, "time_from": "day"}
    assert len(merged((post(**day),), (post(**day),))) == 2
    assert len(merged((post(caption="Snow", **day),), (post(caption="Snow", **day),))) == 1


def test_ideas_typed_for_the_same_minute_stay_two():
    posts = merged((post(idea="snow"),), (post(idea="bus"),))
    assert {one.idea for one in posts} == {"snow", "bus"}


def test_two_ids_never_become_one_post():
    second = meta(code="DVbkOTzgAAB", post_id="18000000000000009")
    assert len(merged((meta(), second), (post(),))) == 3


def test_a_row_with_the_id_of_one_and_the_address_of_another_joins_both():
    by_code = meta(post_id=CODE, likes=1)
    by_id = meta(permalink=None, views=2)
    both = meta(reach=3)
    for order in itertools.permutations([(by_code,), (by_id,), (both,)]):
        (one,) = merged(*order)
        assert (one.post_id, one.views, one.reach) == ("18000000000000001", 2, 3)


def test_what_any_source_says_is_private_or_paid_stays_so():
    (one,) = merged((meta(paid=True),), (post(private=True),))
    assert one.private
    assert one.paid


def test_the_whole_caption_with_its_line_breaks_is_kept():
    whole = "Snow day, 1986.\n\nWho had this?  All of us."
    (one,) = merged((meta(caption="Snow day, 1986. Who had"),), (post(caption=whole),))
    assert one.caption == whole
    edited = meta(caption="Snow day.")
    table = merge([reading("a", meta()), reading("b", edited, exported=date(2026, 5, 1))])
    assert table.posts[0].caption == "Snow day."


def test_a_post_grows_from_export_to_export():
    days = [date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 15)]
    table = merge(
        reading(f"{day}", meta(views=views, likes=likes), exported=day)
        for day, views, likes in zip(days, (10, 25, 30), (None, 2, 2), strict=True)
    )
    dated = merge(
        replace(one, posts=tuple(replace(p, exported=one.exported) for p in one.posts))
        for one in (
            reading(f"{day}", meta(views=views), exported=day)
            for day, views in zip(days, (10, 25, 30), strict=True)
        )
    )
    assert [one.views for one in snapshots(table.posts[0])] == [10, 25, 30]
    assert growth(dated.posts[0], "views") == tuple(zip(days, (10, 25, 30), strict=True))
    assert growth(dated.posts[0], "saves") == ()


def test_a_download_without_figures_is_no_step_of_growth():
    (one,) = merged((meta(views=10),), (post(),))
    assert len(snapshots(one)) == 1
    assert one.source == "0"


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_the_files_never_matters(seed):
    rng = random.Random(seed)
    texts = ["", "Snow day", "Snow day, 1986", "Bus", "Couch"]
    files = []
    for number in range(5):
        posts = []
        for _ in range(rng.randrange(1, 9)):
            at = AT + timedelta(seconds=rng.choice([0, 1, 30, 61, 90, 200, 400, 2000, 90_000]))
            platform = rng.choice(["instagram", "tiktok"])
            more = {"likes": rng.choice([None, 1, 2]), "caption": rng.choice(texts)}
            if rng.random() < 0.3:
                more |= {"hour_known": False, "time_from": "day"}
            if rng.random() < 0.5:
                index = rng.randrange(4)
                more |= {"post_id": f"1800000000000000{index}", "uploaded_at": at}
                if rng.random() < 0.5:
                    more["permalink"] = f"https://www.instagram.com/p/DVbkOTzgAA{index}/"
            posts.append(post(platform, at, **more))
        day = date(2026, 4, 1 + rng.randrange(3))
        files.append(reading(f"{number}.csv", *posts, exported=day))
    expected = merge(files)
    known = {(one.platform, one.post_id) for file in files for one in file.posts if one.post_id}
    assert known <= {(one.platform, one.post_id) for one in expected.posts}
    for _ in range(8):
        rng.shuffle(files)
        assert merge(files) == expected
    assert merge([*files, *files]).posts == expected.posts


def test_a_hostile_number_of_posts_in_one_second_takes_no_time():
    many = [meta(post_id=f"{10**16 + n}", permalink=None, caption="") for n in range(1000)]
    loose = [post(caption=f"No. {n:04}") for n in range(1000)]
    table = merge([reading("a", *many), reading("b", *loose)])
    assert len(table.posts) == 2000
