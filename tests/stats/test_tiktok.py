from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio.stats.readers import read
from studio.text import one_line

LONDON = ZoneInfo("Europe/London")
CONTENT = ["Content.csv", "Content 2.csv", "el/Content.csv", "ja/Content.csv", "vi/Content.csv"]


@pytest.mark.parametrize("zone", ["Europe/London", None])
@pytest.mark.parametrize("name", CONTENT)
def test_figures_and_titles_are_those_of_the_platform(name, zone, reading, truth, when):
    found = reading(f"tiktok_studio/{name}", zone=zone)
    assert len(found.posts) == 12
    assert found.exported == date(2026, 11, 16)
    assert found.exported_told
    for post in found.posts:
        told = truth[post.post_id]
        for figure in ("views", "likes", "comments", "shares"):
            assert post.figure(figure) == int(told[figure])
        assert (post.reach, post.saves, post.follows) == (None, None, None)
        assert one_line(post.caption) == one_line(told["caption"])
        assert post.format == told["format"]
        assert post.account == "rewind.eightynine"
        assert post.uploaded_at == when(told["upload_time_utc"])


@pytest.mark.parametrize("zone", ["Europe/London", None])
@pytest.mark.parametrize("name", CONTENT)
def test_a_post_that_went_live_on_another_day_than_its_upload_has_no_hour(
    name, zone, reading, truth, when
):
    for post in reading(f"tiktok_studio/{name}", zone=zone).posts:
        told = truth[post.post_id]
        live = when(told["posted_at_utc"])
        other_day = live.astimezone(LONDON).date() != post.uploaded_at.astimezone(LONDON).date()
        assert post.hour_known != other_day
        assert post.posted_at.astimezone(LONDON).date() == live.astimezone(LONDON).date()
        if not other_day:
            assert post.posted_at == post.uploaded_at


def test_the_variant_with_hours_tells_when_scheduled_posts_went_live(reading, truth, when):
    found = reading("tiktok_studio/iso_variant/Content.csv")
    assert len(found.posts) == 12
    for post in found.posts:
        told = truth[post.post_id]
        assert post.hour_known
        assert abs((post.posted_at - when(told["posted_at_utc"])).total_seconds()) <= 90
        assert post.views == int(told["views"])
        assert post.likes == int(told["likes"])


def test_the_variant_with_hours_trusts_no_scheduled_hour_when_the_zone_is_not_given(reading, truth):
    for post in reading("tiktok_studio/iso_variant/Content.csv", zone=None).posts:
        if truth[post.post_id]["scheduled"] == "1":
            assert not post.hour_known or post.time_from == "published"


def test_days_that_lie_before_the_upload_give_the_wrong_zone_away():
    # Uploaded 2026-03-14 18:05 UTC, which is 15 March in Tokyo; the file says 14 March.
    text = (
        '"Time","Video title","Video link","Post time","Total likes","Total comments",'
        '"Total shares","Total views"\n"March 20","x","https://www.tiktok.com/@page.example/'
        'video/7617173891579904000","March 14","120","4","9","2310"\n'
    )
    found = read("c.csv", text.encode(), today=date(2026, 3, 21), zone="Asia/Tokyo")
    assert found.posts[0].hour_known
    assert found.posts[0].posted_at == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert any("time zone" in note.text for note in found.notes)


@pytest.mark.parametrize(
    "name", ["Overview.csv", "el/Overview.csv", "ja/Overview.csv", "vi/Overview.csv"]
)
def test_overview_days_get_their_years_in_every_language(name, reading, daily):
    found = reading(f"tiktok_studio/{name}")
    views = {one.day: one.value for one in found.days if one.metric == "views"}
    assert len(views) == (365 if name == "Overview.csv" else 60)
    assert max(views) == date(2026, 11, 14)
    for day, value in views.items():
        told = daily.get(day.isoformat())
        assert value == (int(told["tiktok_views_london_day"]) if told else 0)


def test_an_overview_across_new_year_wraps(reading, daily):
    found = reading("tiktok_studio/en_year_wrap/Overview.csv")
    days = sorted({one.day for one in found.days})
    assert (days[0], days[-1], len(days)) == (date(2025, 12, 24), date(2026, 2, 24), 63)
    likes = {one.day: one.value for one in found.days if one.metric == "likes"}
    assert likes[date(2026, 2, 24)] == int(daily["2026-02-24"]["tiktok_likes_london_day"])


def test_a_workbook_reads_like_the_csv(reading):
    book, text = reading("tiktok_studio/Overview.xlsx"), reading("tiktok_studio/Overview.csv")
    assert book.kind == text.kind
    assert book.days == text.days[-35:]


@pytest.mark.parametrize(
    "name", ["Followers_rewind.eightynine/FollowerHistory.csv", "el/FollowerHistory.csv"]
)
def test_followers_are_the_count_of_each_day_and_undefined_days_are_left_out(name, reading, daily):
    found = reading(f"tiktok_studio/{name}")
    assert len(found.followers) == (60 if "el" in name.split("/") else 365 - 93)
    assert found.followers[-1].count == 2332
    for told in found.followers:
        day = daily[told.day.isoformat()]
        assert told.count == int(day["tiktok_followers_end_of_london_day"])


def test_hours_that_had_not_happened_yet_are_not_zero_followers(reading):
    found = reading("tiktok_studio/Followers_rewind.eightynine/FollowerActivity.csv")
    assert len(found.active) == 168 - 6
    assert found.active[-1].day == date(2026, 11, 15)
    assert found.active[-1].hour == 17
    assert any("6 hours" in note.text for note in found.notes)


def test_viewers_that_are_undefined_are_missing_with_their_zeros(reading):
    found = reading("tiktok_studio/Viewers.csv")
    days = {one.day for one in found.days}
    assert date(2026, 11, 15) not in days
    assert date(2026, 11, 14) in days
    total = sum(one.value for one in found.days if one.metric == "viewers")
    parts = sum(one.value for one in found.days if one.metric != "viewers")
    assert total == parts > 0


def test_shares_of_gender_and_territory_are_fractions(reading):
    folder = "tiktok_studio/Followers_rewind.eightynine"
    gender = reading(f"{folder}/FollowerGender.csv").shares
    assert [(one.name, one.share) for one in gender] == [
        ("Female", 0.54),
        ("Male", 0.45),
        ("Other", 0.01),
    ]
    places = reading(f"{folder}/FollowerTopTerritories.csv").shares
    assert len(places) == 11
    assert sum(one.share for one in places) == pytest.approx(1, abs=0.01)


def test_the_empty_tables_of_a_small_page_say_why(reading):
    folder = "tiktok_studio/below_threshold/Followers_paper.round.eightysix"
    for name in ("FollowerActivity", "FollowerGender", "FollowerTopTerritories"):
        found = reading(f"{folder}/{name}.csv")
        assert any("100 followers" in note.text for note in found.notes)
    assert reading(f"{folder}/FollowerHistory.csv").followers[-1].count == 41


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Content", "Content.csv"),
        ("Overview", "Overview.csv"),
        ("Viewers", "Viewers.csv"),
    ],
)
def test_zips_give_what_their_files_give(name, file, reading):
    packed = reading(f"tiktok_studio/zip/{name}_2025-11-15_1794853200_rewind.eightynine.zip")
    plain = reading(f"tiktok_studio/{file}")
    assert packed.days == plain.days
    assert [post.post_id for post in packed.posts] == [post.post_id for post in plain.posts]
    assert all(post.source.endswith(f".zip/{file}") for post in packed.posts)


def test_the_followers_zip_gives_all_four_tables(reading):
    found = reading("tiktok_studio/zip/Followers_2025-11-15_1794853200_rewind.eightynine.zip")
    assert (len(found.followers), len(found.active), len(found.shares)) == (272, 162, 14)


def test_encodings_of_other_programs_are_undone(reading, truth):
    for name in ("utf16be_no_bom", "double_encoded"):
        found = reading(f"broken/tiktok_content_{name}.csv")
        assert len(found.posts) == 5
        assert found.notes
        for post in found.posts:
            assert one_line(post.caption) == one_line(truth[post.post_id]["caption"])


def test_a_gap_in_the_days_is_told_with_its_line():
    start = date(2026, 11, 1)
    days = [start + timedelta(days=n) for n in range(10) if n != 4]
    rows = "".join(f'"November {day.day}","1","1","1","1","1"\n' for day in days)
    text = '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n' + rows
    found = read("o.csv", text.encode(), today=date(2026, 11, 12))
    assert {one.day for one in found.days} == {date(2026, 11, n) for n in range(6, 11)}
    assert [note.line for note in found.notes] == [6]
