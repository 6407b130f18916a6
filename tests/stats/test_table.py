from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from studio.stats.post import FIGURES
from studio.stats.table import merge

DAILY = "meta/daily/Nov-01-2026_Nov-15-2026_2600890000000005.csv"
PT = "meta/pt_br/Mar-01-2026_Apr-30-2026_2600890000000003.csv"


def same_as_truth(post, told) -> bool:
    return all(post.figure(name) == (int(told[name]) if told[name] else None) for name in FIGURES)


@pytest.mark.parametrize("turned", [False, True])
def test_two_overlapping_exports_give_every_post_once_with_the_newer_figures(
    turned, reading, truth, meta_main, meta_older
):
    readings = [reading(meta_main), reading(meta_older)]
    assert (
        len({p.post_id for p in readings[0].posts} & {p.post_id for p in readings[1].posts}) == 22
    )
    table = merge(readings[::-1] if turned else readings)
    assert len(table.posts) == 64
    newer = {post.post_id for post in readings[0].posts}
    for post in table.posts:
        if post.post_id in newer:
            assert same_as_truth(post, truth[post.post_id])
            assert post.source == meta_main


def test_the_older_figures_stay_as_history(reading, meta_main, meta_older):
    table = merge([reading(meta_main), reading(meta_older)])
    grown = [post for post in table.posts if post.history]
    assert grown
    for post in grown:
        assert [one.source for one in post.history] == [meta_older]
        assert post.history[0].views <= post.views


def test_reading_everything_twice_changes_nothing(reading, meta_main, meta_older):
    once = [reading(meta_main), reading(meta_older), reading("tiktok_studio/Content.csv")]
    assert merge([*once, *once]).posts == merge(once).posts


def test_a_daily_breakdown_never_replaces_lifetime_figures(reading, truth, meta_main):
    table = merge([reading(DAILY), reading(meta_main)])
    assert len(table.posts) == 61
    assert all(same_as_truth(post, truth[post.post_id]) for post in table.posts)
    assert not any(post.partial for post in table.posts)
    assert all(post.partial for post in merge([reading(DAILY)]).posts)


def test_a_figure_the_newer_export_lacks_is_kept_from_the_older(reading):
    older = reading(PT)
    newer = replace(
        older,
        name="newer",
        exported=date(2026, 11, 17),
        posts=tuple(
            replace(post, views=(post.views or 0) + 5, saves=None, source="newer")
            for post in older.posts
        ),
    )
    for post, old in zip(merge([newer, older]).posts, merge([older]).posts, strict=True):
        assert (post.views, post.saves, post.source) == (old.views + 5, old.saves, "newer")


def test_the_day_in_the_file_settles_which_tiktok_export_is_newer(reading):
    now = reading("tiktok_studio/Content.csv")
    before = replace(
        now,
        name="before",
        exported=now.exported - timedelta(days=20),
        posts=tuple(replace(post, views=post.views + 100, likes=None) for post in now.posts),
    )
    table = merge([before, now])
    assert {post.views for post in table.posts} == {post.views for post in now.posts}


def test_spoilt_ids_of_a_resaved_file_join_by_the_permalink(reading, meta_main, meta_older):
    both = [reading(meta_main), reading(meta_older)]
    for order in (1, -1):
        table = merge([*both, reading("broken/meta_semicolon_resaved.csv")][::order])
        assert len(table.posts) == 64
        assert all(post.post_id.isdecimal() for post in table.posts)


def test_posts_are_ordered_oldest_first(reading, meta_main):
    days = [post.posted_at for post in merge([reading(meta_main)]).posts]
    assert days == sorted(days)


def test_a_tiktok_uploaded_in_one_go_with_scheduled_ones_has_no_hour(reading, truth):
    names = ["Content.csv", "Content 2.csv", "el/Content.csv"]
    table = merge([reading(f"tiktok_studio/{name}") for name in names])
    unknown = {post.post_id for post in table.posts if not post.hour_known}
    assert unknown
    assert unknown == {
        post.post_id for post in table.posts if truth[post.post_id]["scheduled"] == "1"
    }
    assert any("one go" in note.text for note in table.notes)


def test_the_export_with_hours_settles_posts_the_other_left_open(reading, truth, when):
    names = ["iso_variant/Content.csv", "Content.csv"]
    table = merge([reading(f"tiktok_studio/{name}") for name in names])
    for post in table.posts:
        assert post.hour_known
        live = when(truth[post.post_id]["posted_at_utc"])
        assert abs((post.posted_at - live).total_seconds()) <= 90


def test_followers_are_one_number_a_day(reading):
    table = merge(
        [
            reading("tiktok_studio/Followers_rewind.eightynine/FollowerHistory.csv"),
            reading("tiktok_studio/el/FollowerHistory.csv"),
            reading("meta/Audience.csv"),
        ]
    )
    days = [one.day for one in table.followers["tiktok"]]
    assert len(days) == len(set(days)) == 272
    assert days == sorted(days)
    assert table.followers["instagram"][-1].count == 817


def test_notes_name_their_file(reading, meta_main):
    notes = merge([reading(meta_main)]).notes
    assert [(note.file, note.line) for note in notes] == [(meta_main, 57)]


def test_exports_of_two_pages_in_one_project_are_pointed_out(reading):
    table = merge(
        [
            reading("tiktok_studio/Content.csv"),
            reading("tiktok_studio/below_threshold/Content.csv"),
        ]
    )
    (note,) = [note for note in table.notes if "2 tiktok accounts" in note.text]
    assert "paper.round.eightysix (7)" in note.text
