from __future__ import annotations

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studio.stats.readers import read
from studio.stats.readers.dates import alternatives, parse_day
from studio.text import one_line

HERE = Path(__file__).parent / "exports"
TODAY = date(2026, 11, 16)

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


def test_a_small_page_gets_all_its_posts(reading, new_truth):
    found = reading("tiktok_studio/below_threshold/Content.csv")
    told = {key: row for key, row in new_truth.items() if row["platform"] == "tiktok"}
    assert {post.post_id for post in found.posts} == told.keys()
    for post in found.posts:
        for figure in ("views", "likes", "comments", "shares"):
            assert post.figure(figure) == int(told[post.post_id][figure])


# Languages


def _languages() -> list[tuple[str, list[str]]]:
    lines = (HERE / "days.txt").read_text("utf-8").splitlines()
    return [(name, days) for name, *days in (line.split("|") for line in lines)]


@pytest.mark.parametrize(
    ("name", "days"), _languages(), ids=lambda one: one if isinstance(one, str) else ""
)
def test_days_are_read_in_the_language_of_the_app(name, days):
    want = [(None, month, 2 * month + 1) for month in range(1, 13)]
    assert want in alternatives(days)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18 tháng Tám", (None, 8, 18)),
        ("18 tháng Mười Một", (None, 11, 18)),
        ("28 May", (None, 5, 28)),
        ("1er mars", (None, 3, 1)),
        ("٣ نوفمبر", (None, 11, 3)),
        ("๑๖ พฤศจิกายน", (None, 11, 16)),
        ("16 พ.ย. 2569", (2026, 11, 16)),
        ("16. nov. 2026", (2026, 11, 16)),
        ("2026. 11. 16.", (2026, 11, 16)),
        ("16.11.2026", (2026, 11, 16)),
        ("16/11/2026", None),
        ("31 June", None),
        ("Total", None),
        ("16", None),
        ("November", None),
    ],
)
def test_days_in_figures_and_short_forms(text, day):
    assert parse_day(text) == day


def _overview(days: list[str]) -> bytes:
    head = "Date,Video Views,Profile Views,Likes,Comments,Shares\n"
    return (head + "".join(f"{day},{n},1,1,1,1\n" for n, day in enumerate(days))).encode()


def test_a_month_that_two_languages_share_is_settled_by_the_calendar():
    # "listopada" is November in Polish and October in Croatian.
    days = [f"{day} listopada" for day in range(10, 32)]
    found = read("o.csv", _overview(days), today=date(2026, 11, 2))
    assert {one.day for one in found.days} == {date(2026, 10, day) for day in range(10, 32)}
    found = read("o.csv", _overview(days[:-1]), today=date(2026, 12, 2))
    assert max(one.day for one in found.days) == date(2026, 11, 30)


def test_a_month_that_two_languages_share_is_settled_by_the_ids():
    row = '"20 listopada","x","https://www.tiktok.com/@p/video/{}","{} listopada","1","2","3","4"\n'
    head = ('"Time","Video title","Video link","Post time","Total likes","Total comments",'
            '"Total shares","Total views"\n')  # fmt: skip
    for month in (10, 11):
        uploaded = datetime(2026, month, 14, 12, tzinfo=UTC)
        text = head + row.format(int(uploaded.timestamp()) << 32, 14)
        found = read("c.csv", text.encode(), today=date(2026, 12, 1), zone="UTC")
        assert found.posts[0].hour_known
        assert found.exported == date(2026, month, 20)


def test_newest_first_and_gaps_between_days_with_years_do_no_harm():
    days = ["2026/11/14", "2026/11/12", "2026/11/11"]
    found = read("o.csv", _overview(days), today=date(2026, 11, 16))
    views = {one.day: one.value for one in found.days if one.metric == "views"}
    assert views == {date(2026, 11, 14): 0, date(2026, 11, 12): 1, date(2026, 11, 11): 2}
    assert not found.notes
    found = read("o.csv", _overview(["3 Jan", "2 Jan", "1 Jan", "31 Dec"]), today=date(2026, 1, 4))
    assert {one.day.year for one in found.days} == {2025, 2026}
    assert len({one.day for one in found.days}) == 4


# What TikTok adds


def test_the_columns_of_business_accounts_are_read():
    text = (
        "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites,"
        "Reached audience,New followers\n"
        "x,https://www.tiktok.com/@p/video/7617173891579904000,2026/03/14 18:05,99,9,8,7,6,80,5\n"
    )
    (post,) = read("v.csv", text.encode(), today=date(2026, 3, 20), zone="UTC").posts
    assert post.figures == (99, 80, 9, 8, 7, 6, 5)
    assert post.posted_at == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    text = (
        "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Website clicks ,"
        "Net growth,New followers,Lost followers,Total followers\n"
        "2026/03/13,99,80,9,8,7,6,5,1,4,3,120\n"
    )
    found = read("o.csv", text.encode(), today=date(2026, 3, 20))
    assert {one.metric: one.value for one in found.days} == {
        "views": 99, "reach": 80, "profile_views": 9, "likes": 8, "shares": 7, "comments": 6,
        "link_clicks": 5, "follows": 4, "unfollows": 3,
    }  # fmt: skip
    assert [one.count for one in found.followers] == [120]
    assert not found.notes


def test_new_followers_below_zero_are_a_difference_and_no_count():
    text = "Date,Video views,New followers\n2026/03/13,99,12\n2026/03/14,9,-4\n"
    found = read("o.csv", text.encode(), today=date(2026, 3, 20))
    assert {one.metric for one in found.days} == {"views"}
    assert [(note.line, note.kind) for note in found.notes] == [(3, "odd")]


@pytest.mark.parametrize(
    "text",
    [
        "Time,Video title,Video link,Post time,Total views,Average watch time\n"
        "May 3,x,https://www.tiktok.com/@p/video/7617173891579904000,May 2,4,3.2\n",
        "Date,Video Views,Average watch time\nMay 1,1,2.5\n",
        "Date,Hour,Active followers,Average watch time\nMay 1,0,2,2\n",
        "Gender,Distribution,Average watch time\nFemale,0.5,1\n",
    ],
)
def test_columns_that_are_not_known_are_named(text):
    found = read("t.csv", text.encode(), today=date(2026, 5, 4))
    (note,) = [note for note in found.notes if note.kind == "odd"]
    assert (note.line, "average watch time" in note.text.lower()) == (1, True)


def test_hours_from_one_to_twenty_four_are_those_from_zero():
    rows = "".join(f"May 1,{hour},{100 + hour}\n" for hour in range(1, 25))
    text = "Date,Hour,Active followers\n" + rows
    found = read("a.csv", text.encode(), today=date(2026, 5, 4))
    assert [(one.hour, one.followers) for one in found.active] == [
        (hour, 101 + hour) for hour in range(24)
    ]


def test_notes_tell_what_was_not_understood_from_what_has_no_figure(reading):
    folder = "tiktok_studio/below_threshold/Followers_paper.round.eightysix"
    assert [note.kind for note in reading(f"{folder}/FollowerGender.csv").notes] == ["empty"]
    activity = reading("tiktok_studio/Followers_rewind.eightynine/FollowerActivity.csv")
    assert [note.kind for note in activity.notes] == ["empty"]
    packed = reading("tiktok_studio/zip/Followers_2025-11-15_1794853200_rewind.eightynine.zip")
    assert [note.kind for note in packed.notes] == ["empty"]


# Workbooks


def _book(**sheets: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_dates_and_numbers_that_a_spreadsheet_made_are_read():
    rows = [["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"]]
    rows += [[datetime(2026, 11, day), 10.0 * day, 1, 2, 3, 4] for day in (3, 4)]
    found = read("o.xlsx", _book(Overview=rows), today=TODAY)
    views = {one.day: one.value for one in found.days if one.metric == "views"}
    assert views == {date(2026, 11, 3): 30, date(2026, 11, 4): 40}
    assert found.name == "o.xlsx"
    assert not found.notes


@pytest.mark.parametrize("hour", [0, 18])
def test_a_post_time_without_its_hour_is_a_day_in_a_workbook(hour):
    head = ["Video title", "Video link", "Post time", "Total views", "Total likes"]
    link = "https://www.tiktok.com/@p/video/7617173891579904000"
    row = ["x", link, datetime(2026, 3, 14, hour, 5 if hour else 0), 99, 9]
    (post,) = read("c.xlsx", _book(Content=[head, row]), today=date(2026, 3, 20), zone="UTC").posts
    assert (post.views, post.likes, post.source) == (99, 9, "c.xlsx")
    assert post.posted_at == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert post.time_from == ("published" if hour else "id")


def test_every_sheet_of_a_workbook_is_read_and_strange_ones_are_named():
    data = _book(
        FollowerGender=[["Gender", "Distribution"], ["Female", 0.5]],
        Notes=[["dear diary", "no table"]],
        Overview=[["Date", "Video Views"], ["May 1", 7]],
    )
    found = read("all.xlsx", data, today=date(2026, 5, 3))
    assert found.kind == "Workbook: TikTok Studio follower gender, TikTok Studio overview"
    assert (len(found.shares), len(found.days)) == (1, 1)
    assert [(note.kind, note.text.split(":")[0]) for note in found.notes] == [("odd", "Notes")]


# Random damage


def _shuffled(text: str, dice: random.Random) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    order = list(range(len(rows[0])))
    dice.shuffle(order)
    out = io.StringIO()
    csv.writer(out, delimiter=dice.choice(",;\t"), lineterminator=dice.choice(["\n", "\r\n"]),
               quoting=dice.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])).writerows(
        [row[index] for index in order] for row in rows
    )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("name", [*CONTENT, "iso_variant/Content.csv"])
@pytest.mark.parametrize("seed", range(6))
def test_damage_gives_no_wrong_figure_of_a_post(seed, name, exports, truth):
    dice = random.Random(f"{seed} {name}")
    data = (exports / "tiktok_studio" / name).read_bytes()
    if seed % 3 == 0:
        data = data[: dice.randrange(200, len(data))]
    elif seed % 3 == 1:
        data = data.decode("utf-8-sig").encode(dice.choice(["utf-16", "utf-8", "utf-16-be"]))
    else:
        data = _shuffled(data.decode("utf-8-sig"), dice).encode()
    found = read(name, data, today=TODAY, zone="Europe/London")
    for post in found.posts:
        told = truth[post.post_id]
        for figure in ("views", "likes", "comments", "shares"):
            assert post.figure(figure) in {int(told[figure]), None}
    if seed % 3:
        assert len(found.posts) == 12
    elif len(found.posts) < 12:
        assert any(note.kind == "odd" for note in found.notes) or data.endswith(b'"')


@pytest.mark.parametrize("seed", range(12))
def test_damage_gives_no_wrong_figure_of_a_day(seed, exports, daily):
    dice = random.Random(seed)
    data = (exports / "tiktok_studio" / "Overview.csv").read_bytes()
    if seed % 2:
        data = data[: dice.randrange(2000, len(data))]
    else:
        data = _shuffled(data.decode("utf-8-sig"), dice).encode(dice.choice(["utf-16", "utf-8"]))
    found = read("o.csv", data, today=TODAY)
    for one in found.days:
        told = daily.get(one.day.isoformat())
        if one.metric == "views" and not seed % 2:
            assert one.value == (int(told["tiktok_views_london_day"]) if told else 0)
    assert found.days or any(note.kind == "odd" for note in found.notes)
