"""Tables of other programs and one's own: guessed, shown, and read by what their columns mean.

Headers are those of public parsers (see `column_words`); every row is invented, its ids decode.
"""

from __future__ import annotations

import base64
import csv
import io
import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio.problem import Problem
from studio.stats.post import FIGURES
from studio.stats.readers import UnknownTable, read
from studio.stats.readers import cells as cell
from studio.stats.readers.column_words import meanings
from studio.stats.readers.columns import ColumnMap, signature
from studio.stats.readers.guess import guess, is_table, preview, samples
from studio.stats.readers.links import of_link, platform_of
from studio.stats.readers.sheet import Sheet, parse

TODAY = date(2026, 11, 16)
SNOW = "https://www.instagram.com/reel/DVbkOTzgAAA/"  # 2026-03-03 17:30 UTC
WAGON = "https://www.instagram.com/p/DVyvYLzgAAA/"  # 2026-03-12 17:30 UTC
TIKTOK = "https://www.tiktok.com/@page.example/video/7617173891579904000"  # 2026-03-14 18:05 UTC
SNOW_AT = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)
WAGON_AT = datetime(2026, 3, 12, 17, 30, tzinfo=UTC)

HOOTSUITE = f"""\
Date (GMT),Instagram Account,Instagram Post ID,Post Type,Post Message,Post Permalink,Reach,Views,\
Likes,Comments,Shares,Saves,Engagement,Engagement Rate,Post Tags,Post Campaign
2026-03-03 17:30:12,page.example,18000000000000001,Reel,"Snow day, 1986",{SNOW},4102,5210,318,22,\
41,97,478,11.65%,,
2026-03-12 17:30:40,page.example,18000000000000002,Carousel,Station wagon.,{WAGON},1500,1880,120,\
8,9,30,167,11.13%,,
"""
FANPAGE_KARMA = f"""\
Fanpage Karma
Posts of Page Example
01/01/2026 - 03/31/2026

Date;Profile;Profile-ID;Social network;Post-ID;Message;Link;Image Link;Number of Likes;\
Number of comments;Number of Shares;Reactions, Comments & Shares;Reach per post;\
Impressions/views per post;Post interaction rate;Engagement
03/03/2026, 05:30 PM;Page Example;17840000000000001;INSTAGRAM;18000000000000001;Snow day, 1986;\
{SNOW};https://cdn.example/1.jpg;318;22;41;381;4102;5210;9.29%;0.0929
03/12/2026, 05:30 PM;Page Example;17840000000000001;INSTAGRAM;18000000000000002;Station wagon.;\
{WAGON};https://cdn.example/2.jpg;120;8;9;137;1500;1880;9.13%;0.0913
;;;;SUMME;;;;438;30;50;518;5602;7090;;
"""
SPROUT = f"""\
Date,Post ID,Network,Post Type,Content Type,Profile,Sent by,Link,Post,Linked Content,Impressions,\
Reach,Reactions,Likes,Engagement Rate (per Impression),Engagements,Comments,Shares,Saves
3/3/2026 5:30 pm,18000000000000001,Instagram,Post,Reel,page.example,Ana,{SNOW},"Snow day, 1986",,\
"5,210","4,102",318,318,9.1%,478,22,41,97
3/12/2026 5:30 pm,18000000000000002,Instagram,Post,Carousel,page.example,Ana,{WAGON},\
Station wagon.,,"1,880","1,500",120,120,9.1%,167,8,9,30
"""
METRICOOL = f"""\
Image,Date,Type,Content,URL,Views,Reach,Likes,Saved,Comments,Shares,Interactions,Engagement
https://cdn.example/1.jpg,2026-03-03 17:30,REEL,"Snow day, 1986",{SNOW},5210,4102,318,97,22,41,478,
https://cdn.example/2.jpg,2026-03-12 17:30,CAROUSEL,Station wagon.,{WAGON},1880,1500,120,30,8,9,16,
"""
BUFFER = f"""\
Date,Text,Link,Post Type,Reach,Impressions,Engagement,Engagement Rate,Likes,Comments,Post Saves,\
New Followers
"Mar 3, 2026 5:30 PM","Snow day, 1986",{SNOW},reel,4102,5210,478,9.17%,318,22,97,6
"Mar 12, 2026 5:30 PM",Station wagon.,{WAGON},carousel,1500,1880,167,9.17%,120,8,30,1
"""
GRAPH = f"""\
id,caption,media_type,permalink,timestamp,like_count,comments_count,video_play_count,username
18000000000000001,"Snow day, 1986",VIDEO,{SNOW},2026-03-03T17:30:02+0000,318,22,5210,page.example
18000000000000002,Station wagon.,CAROUSEL_ALBUM,{WAGON},2026-03-12T17:30:02+0000,120,8,,page.example
"""
OWN_GERMAN = f"""\
Datum;Uhrzeit;Plattform;Titel;Format;Länge;Aufrufe;Reichweite;Gefällt mir;Kommentare;Geteilt;\
Gespeichert;Neue Follower;Link
3.3.2026;17:30;Instagram;Schneetag 1986;Reel;0:09;5.210;4.102;318;22;41;97;6;{SNOW}
12.3.2026;17:30;Instagram;Kombi;Karussell;;1.880;1.500;120;8;9;30;1;{WAGON}
14.3.2026;18:05;TikTok;Schnee;Video;15 s;2,3 Tsd;;120;4;9;;;{TIKTOK}
Summe;;;;;;9.390;5.602;558;34;59;127;7;
"""
NOTION = f"""\
Name,Publish date,Platform,Status,Views,Likes,URL
Snow day,"March 3, 2026 5:30 PM (UTC)",Instagram,Posted,"5,210",318,{SNOW}
Wagon,"March 12, 2026",Instagram,Posted,1.9K,120,{WAGON}
Something for Christmas,"December 24, 2026",Instagram,Idea,,,
"""
JAPANESE = f"""\
投稿日,リンク,再生数,いいね数,コメント数,保存数
2026年3月3日,{SNOW},"5,210",318,22,97
2026年3月12日,{WAGON},"1,880",120,8,30
"""

# text → name, platform, order, decimal, zone, and the columns that must be found
LAYOUTS = {
    "Hootsuite": (
        HOOTSUITE,
        ("Hootsuite", "instagram", ".", "UTC"),
        "posted=Date (GMT)|account=Instagram Account|id=Instagram Post ID|format=Post Type"
        "|caption=Post Message|link=Post Permalink|reach=Reach|views=Views|likes=Likes"
        "|comments=Comments|shares=Shares|saves=Saves",
    ),
    "Fanpage Karma": (
        FANPAGE_KARMA,
        ("Fanpage Karma", "", ".", ""),
        "posted=Date|account=Profile|platform=Social network|id=Post-ID|caption=Message|link=Link"
        "|likes=Number of Likes|comments=Number of comments|shares=Number of Shares"
        "|reach=Reach per post|views=Impressions/views per post",
    ),
    "Sprout Social": (
        SPROUT,
        ("Sprout Social", "", ".", ""),
        "posted=Date|id=Post ID|platform=Network|format=Content Type|account=Profile|link=Link"
        "|caption=Post|views=Impressions|reach=Reach|likes=Likes|comments=Comments|shares=Shares"
        "|saves=Saves",
    ),
    "Metricool": (
        METRICOOL,
        ("", "instagram", ".", ""),
        "posted=Date|format=Type|caption=Content|link=URL|views=Views|reach=Reach|likes=Likes"
        "|saves=Saved|comments=Comments|shares=Shares",
    ),
    "Buffer": (
        BUFFER,
        ("", "instagram", ".", ""),
        "posted=Date|caption=Text|link=Link|format=Post Type|reach=Reach|views=Impressions"
        "|likes=Likes|comments=Comments|saves=Post Saves|follows=New Followers",
    ),
    "Graph API": (
        GRAPH,
        ("", "instagram", ".", ""),
        "id=id|caption=caption|format=media_type|link=permalink|posted=timestamp|likes=like_count"
        "|comments=comments_count|views=video_play_count|account=username",
    ),
    "own, German": (
        OWN_GERMAN,
        ("", "", ",", ""),
        "posted=Datum|posted time=Uhrzeit|platform=Plattform|caption=Titel|format=Format"
        "|seconds=Länge|views=Aufrufe|reach=Reichweite|likes=Gefällt mir|comments=Kommentare"
        "|shares=Geteilt|saves=Gespeichert|follows=Neue Follower|link=Link",
    ),
    "Notion": (
        NOTION,
        ("", "", ".", ""),
        "caption=Name|posted=Publish date|platform=Platform|views=Views|likes=Likes|link=URL",
    ),
    "Japanese": (
        JAPANESE,
        ("", "instagram", ".", ""),
        "posted=投稿日|link=リンク|views=再生数|likes=いいね数|comments=コメント数|saves=保存数",
    ),
}


def reading(text: str | bytes, columns: ColumnMap | None = None, *, zone: str = "Europe/London"):
    data = text.encode() if isinstance(text, str) else text
    columns = columns or guess(parse(data.decode()))
    return read("table.csv", data, today=TODAY, zone=zone, maps={columns.signature: columns})


def texts(found) -> str:
    return " / ".join(note.text for note in found.notes)


def table(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_columns_of_a_known_program_are_guessed_right(name):
    text, (program, platform, decimal, zone), wanted = LAYOUTS[name]
    found = guess(parse(text))
    assert (found.name, found.platform, found.decimal, found.zone) == (
        program,
        platform,
        decimal,
        zone,
    )
    assert dict(found.columns) == dict(pair.split("=") for pair in wanted.split("|"))
    assert is_table(parse(text))


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_posts_of_a_known_program_are_read_with_hour_and_numbers(name):
    found = reading(LAYOUTS[name][0])
    snow, wagon, *_ = found.posts
    assert snow.posted_at.replace(second=0, microsecond=0) == SNOW_AT
    assert wagon.posted_at.replace(second=0, microsecond=0) == WAGON_AT
    assert snow.hour_known
    assert wagon.hour_known
    assert (snow.platform, wagon.platform) == ("instagram", "instagram")
    assert (snow.views, snow.likes) == (5210, 318)
    assert (snow.code, snow.permalink) == ("DVbkOTzgAAA", SNOW)
    assert snow.format == "reel"
    assert snow.exported == TODAY
    assert all(
        getattr(snow, role) is None for role in FIGURES if role not in dict(found_roles(name))
    )


def found_roles(name: str):
    return [pair.split("=") for pair in LAYOUTS[name][2].split("|")]


def test_a_mapped_table_and_metas_own_are_one_post_each(reading, meta_main):
    from studio.stats.table import merge

    meta = reading(meta_main)
    rows = ["Day,Link,Views"]
    rows += [f"{post.posted_at:%Y-%m-%d},{post.permalink},{post.views}" for post in meta.posts]
    sheet = table(*rows)
    columns = guess(parse(sheet))
    own = read("own.csv", sheet.encode(), today=TODAY, maps={columns.signature: columns})
    assert len(own.posts) == len(meta.posts)
    assert len(merge([meta, own]).posts) == len(meta.posts)


def test_without_a_map_the_table_is_refused_and_handed_over():
    with pytest.raises(UnknownTable, match=r"mean") as caught:
        read("table.csv", METRICOOL.encode(), today=TODAY)
    assert caught.value.where == "table.csv"
    assert len(caught.value.sheet.rows) == 3


def test_a_map_is_for_its_header_in_any_order_and_for_no_other():
    columns = guess(parse(METRICOOL))
    more = METRICOOL.replace("Image,", "Image,New column,").replace(".jpg,", ".jpg,9,")
    with pytest.raises(UnknownTable, match="New column"):
        reading(more, columns)


def test_columns_that_mean_nothing_are_named():
    assert "columns left out: Image, Interactions, Engagement" in texts(reading(METRICOOL))


def test_a_workbook_is_read_like_a_csv():
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append(["My posts"])
    page.append([])
    page.append(["Posted", "Hour", "Link", "Views", "Length"])
    page.append([datetime(2026, 3, 3), datetime(2026, 3, 3, 17, 30).time(), SNOW, 5210, 9])
    page.append([datetime(2026, 3, 12), datetime(2026, 3, 3, 17, 30).time(), WAGON, 1880.0, None])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(UnknownTable) as caught:
        read("own.xlsx", data.getvalue(), today=TODAY)
    columns = guess(caught.value.sheet)
    found = read("own.xlsx", data.getvalue(), today=TODAY, maps={columns.signature: columns})
    assert [post.views for post in found.posts] == [5210, 1880]
    assert [post.line for post in found.posts] == [4, 5]
    assert [post.hour_known for post in found.posts] == [True, True]


# when


def at(*rows: str, home: str = "Europe/London", header: str = "Date,Link,Views", **how):
    sheet = parse(table(header, *rows))
    found = reading(table(header, *rows), replace(guess(sheet), **how), zone=home)
    return [(post.posted_at, post.hour_known, post.time_from) for post in found.posts], found


def test_a_day_alone_takes_its_hour_from_the_link():
    (first,), _ = at(f"2026-03-03,{SNOW},1")
    assert first[1:] == (True, "id")
    assert first[0].replace(second=0, microsecond=0) == SNOW_AT


def test_another_day_than_the_upload_is_scheduled_and_its_hour_unknown():
    (first,), found = at(f"2026-03-05,{SNOW},1")
    assert first == (datetime(2026, 3, 5, 12, tzinfo=UTC), False, "day")
    assert "scheduled, hour not known" in texts(found)
    assert found.posts[0].uploaded_at is not None


def test_a_later_clock_than_the_upload_is_when_it_went_live():
    (first,), _ = at(f"2026-03-05 20:15,{SNOW},1")
    assert first == (datetime(2026, 3, 5, 20, 15, tzinfo=UTC), True, "published")


def test_a_clock_is_that_of_the_audience_unless_the_map_says_otherwise():
    for zone, how in (("Europe/Berlin", {}), ("Asia/Tokyo", {"zone": "Europe/Berlin"})):
        (first,), _ = at(
            "2026-07-03 20:15,Snow,1",
            home=zone,
            header="Date,Caption,Views",
            platform="tiktok",
            **how,
        )
        assert first == (datetime(2026, 7, 3, 18, 15, tzinfo=UTC), True, "published")


def test_a_clock_that_states_its_zone_is_believed():
    (first, second, third), _ = at(
        "2026-07-03T20:15:00+02:00,a,1",
        "2026-07-03T18:15:00Z,b,1",
        "1783102500,c,1",
        header="Date,Caption,Views",
        platform="tiktok",
        home="Asia/Tokyo",
    )
    assert {first[0], second[0], third[0]} == {datetime(2026, 7, 3, 18, 15, tzinfo=UTC)}


def links(count: int, first: datetime, step: timedelta) -> list[tuple[datetime, str]]:
    found = []
    for number in range(count):
        moment = first + number * step
        code = (round(moment.timestamp() * 1000) - 1314220021721) << 23
        short = base64.urlsafe_b64encode((code << 6).to_bytes(9, "big")).decode()[:11]
        found.append((moment, f"https://www.instagram.com/reel/{short}/"))
    return found


POSTS = links(12, datetime(2026, 2, 1, 5, 20, tzinfo=UTC), timedelta(days=3, hours=5))


@pytest.mark.parametrize("clock", ["UTC", "America/Los_Angeles"])
def test_a_clock_in_another_zone_is_found_out_by_the_links(clock):
    rows = [f"{when.astimezone(ZoneInfo(clock)):%Y-%m-%d %H:%M},{link},1" for when, link in POSTS]
    found, told = at(*rows, home="Asia/Tokyo")
    assert [one[0] for one in found] == [when for when, _ in POSTS]
    assert "not Asia/Tokyo; read so" in texts(told)


def test_a_clock_that_fits_no_zone_gives_no_hours():
    shift = timedelta(hours=9, minutes=50)
    rows = [f"{when - shift:%Y-%m-%d %H:%M},{link},1" for when, link in POSTS]
    found, told = at(*rows, home="UTC")
    assert "in no time zone" in texts(told)
    assert all(source in {"id", "day"} for _, _, source in found)


def test_days_of_another_zone_are_found_out_by_the_links():
    rows = [
        f"{when.astimezone(ZoneInfo('America/Denver')):%Y-%m-%d},{link},1" for when, link in POSTS
    ]
    found, _ = at(*rows, home="Asia/Tokyo")
    assert [one[0] for one in found if one[1]] == [when for when, _ in POSTS]


def test_midnights_all_through_are_days_not_hours():
    rows = ["2026-03-03 00:00,a,1", "2026-03-04 00:00,b,1"]
    found, _ = at(*rows, header="Date,Caption,Views", platform="tiktok")
    assert [one[1:] for one in found] == [(False, "day")] * 2


def test_one_clock_beside_midnights_makes_clocks_of_them():
    rows = ["2026-03-03 00:00,a,1", "2026-03-04 18:00,b,1"]
    found, _ = at(*rows, header="Date,Caption,Views", platform="tiktok")
    assert [one[1] for one in found] == [True, True]


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["03/04/2026", "25/12/2025"], "dmy"),
        (["03/04/2026", "12/25/2025"], "mdy"),
        (["2026-03-04", "2026-12-03"], "ymd"),
        (["3.4.2026", "5.4.2026"], "dmy"),
        (["Mar 3, 2026", "Mar 5, 2026"], "ymd"),
        (["01/02/2026", "01/03/2026", "01/05/2026", "01/09/2026", "02/02/2026"], "mdy"),
        (["01/02/2026", "03/02/2026", "05/02/2026", "09/02/2026", "02/03/2026"], "dmy"),
        (["3/4/2026 5:30 PM", "3/5/2026 6:30 AM"], "mdy"),
        (["46084", "46093.5"], "ymd"),
    ],
)
def test_whether_day_or_month_comes_first_is_guessed_from_the_dates(days, order):
    rows = [f"{day},a{number},1" for number, day in enumerate(days)]
    assert guess(parse(table("Date,Caption,Views", *rows))).order == order


def test_whether_day_or_month_comes_first_is_told_by_the_links():
    rows = [f"{when:%d/%m/%Y},{link},1" for when, link in POSTS if when.day <= 12][:2]
    assert guess(parse(table("Date,Link,Views", *rows))).order == "dmy"
    rows = [f"{when:%m/%d/%Y},{link},1" for when, link in POSTS if when.day <= 12][:2]
    assert guess(parse(table("Date,Link,Views", *rows))).order == "mdy"


def test_dates_the_other_way_round_are_told_of_and_never_bent():
    columns = replace(guess(parse(table("Date,Link,Views", f"25/12/2025,{SNOW},1"))), order="mdy")
    found = reading(table("Date,Link,Views", f"25/12/2025,{SNOW},1"), columns)
    assert "is no day when the month comes first" in texts(found)
    assert found.posts[0].posted_at == found.posts[0].uploaded_at


def test_a_year_that_is_left_out_is_the_latest_that_fits():
    found, _ = at("Dec 24,a,1", "Nov 3,b,1", header="Date,Caption,Views", platform="tiktok")
    assert [one[0].date() for one in found] == [date(2025, 12, 24), date(2026, 11, 3)]


# which rows


def left_out(*rows: str, header: str = "Date,Link,Views") -> dict[str, int]:
    sheet = parse(table(header, *rows))
    return dict(preview(sheet, guess(sheet), "Europe/London", TODAY).left_out)


def test_rows_that_are_no_posts_are_left_out_with_the_reason():
    assert left_out(
        f"2026-03-03,{SNOW},5",
        ",,9",
        f"2026-03-12,{WAGON},6",
        f"2026-03-12,{WAGON},7",
        "Total,,18",
        f"2027-03-12,{TIKTOK},",
        f"2026-03-12,{TIKTOK},1,234",
        "Date,Link,Views",
    ) == {
        "neither a day nor a link with an id": 1,
        "the same post as": 1,
        "a total, not a post": 1,
        "its day lies in the future": 1,
        "more cells than the header, so its columns cannot be told apart": 1,
    }


def test_the_line_of_each_row_left_out_is_told():
    found = reading(table("Date,Link,Views", f"2026-03-03,{SNOW},5", ",,9", ",x,9"))
    assert [note.line for note in found.notes if note.kind == "odd"] == [3, 4]


def test_a_row_whose_platform_nothing_tells_is_left_out():
    sheet = parse(table("Date,Caption,Views", "2026-03-03,Snow,5"))
    columns = guess(sheet)
    assert columns.platform == ""
    shown = preview(sheet, columns, None, TODAY)
    assert shown.left_out == (("neither a column nor its link tells the platform", 1),)
    assert preview(sheet, replace(columns, platform="tiktok"), None, TODAY).read == 1


def test_two_posts_of_one_day_without_link_are_two():
    found = reading(
        table("Date,Caption,Platform,Views", "2026-03-03,a,TikTok,5", "2026-03-03,b,TikTok,5")
    )
    assert len(found.posts) == 2


def test_a_table_without_posts_says_so():
    found = reading(
        table("Date,Link,Views"),
        guess(parse(METRICOOL)).__class__(
            signature(("Date", "Link", "Views")), "x", "instagram", (("posted", "Date"),)
        ),
    )
    assert found.posts == ()
    assert [note.kind for note in found.notes if "no posts" in note.text] == ["empty"]


def test_posts_without_figures_are_told_of():
    found = reading(table("Date,Link,Views", f"2026-03-03,{SNOW},--"))
    assert found.posts[0].views is None
    assert [note.kind for note in found.notes if "figure" in note.text] == ["empty"]


# cells


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("0", ".", 0),
        ("1,438", ".", 1438),
        ("1.438", ",", 1438),
        ("1 438", ".", 1438),
        ("1\u202f438", ",", 1438),
        ("1’438", ".", 1438),
        ("1,23,456", ".", 123456),
        ("1,438.00", ".", 1438),
        ("12.0", ".", 12),
        ("1.2K", ".", 1200),
        ("1,2k", ",", 1200),
        ("3,4 Mio", ",", 3_400_000),
        ("3,4 Mio.", ".", 3_400_000),
        ("2 mil", ",", 2000),
        ("1.2万", ".", 12000),
        ("١٢", ".", 12),
    ],
)
def test_a_count_is_read_as_it_is_meant(text, decimal, value):
    assert cell.count(text, decimal)[0] == value


@pytest.mark.parametrize(
    ("text", "decimal", "word"),
    [
        ("1.438", ".", "parts thousands"),
        ("1,438", ",", "parts thousands"),
        ("100.000", ".", "parts thousands"),
        ("12.5", ".", "whole"),
        ("8.6%", ".", "share"),
        ("8,6 %", ",", "share"),
        ("-3", ".", "below zero"),
        ("1.2E+05", ".", "rounded"),
        ("lots", ".", "count"),
        ("1,438 views", ".", "count"),
        ("2 fish", ".", "count"),
        ("1,4,38", ".", "count"),
        ("9" * 14, ".", "count"),
    ],
)
def test_what_is_no_count_gives_none_and_the_reason(text, decimal, word):
    value, wrong, _ = cell.count(text, decimal)
    assert value is None
    assert word in wrong


@pytest.mark.parametrize("text", ["", "-", "--", "N/A", "undefined", "[]"])
def test_a_missing_count_is_none_and_no_fault(text):
    assert cell.count(text, ".") == (None, None, False)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("0:15", 15),
        ("1:02:03", 3723),
        ("00:00:15", 15),
        ("15s", 15),
        ("15 Sek.", 15),
        ("1m 5s", 65),
        ("1 min 5 s", 65),
        ("15", 15),
        ("15,4", 15.4),
        ("0:75", None),
        ("soon", None),
        ("", None),
        ("99:00:00", None),
    ],
)
def test_a_length_is_read_in_seconds(text, long):
    assert cell.seconds(text) == long


def test_lengths_a_spreadsheet_took_for_times_of_day_are_seconds():
    rows = [f"2026-03-0{n},https://youtu.be/abcdefghij{n},00:{n}5:00,Short" for n in range(1, 5)]
    found = reading(table("Date,Link,Length,Type", *rows))
    assert [post.seconds for post in found.posts] == [15, 25, 35, 45]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-02-30", "ymd"),
        ("31/04/2026", "dmy"),
        ("2026-03-03 25:00", "ymd"),
        ("Lifetime", "ymd"),
        ("12", "ymd"),
        ("3/4", "dmy"),
        ("0003-03-03", "ymd"),
        ("99999", "ymd"),
        ("2026-03-03 or so", "ymd"),
    ],
)
def test_what_is_no_day_is_none(text, order):
    assert cell.moment(text, order) is None


def test_a_clock_in_a_zone_that_could_be_several_gives_its_day_only():
    found = cell.moment("3 Mar 2026 17:30 IST", "dmy")
    assert found.date() == date(2026, 3, 3)
    assert found.clock is None


def test_a_percent_column_is_never_a_count():
    text = table("Date,Link,Likes,Likes rate,Reach", f"2026-03-03,{SNOW},8%,9%,10", ",,,,")
    assert dict(guess(parse(text)).columns) == {"posted": "Date", "link": "Link", "reach": "Reach"}


@pytest.mark.parametrize(
    "header",
    [
        "Engagement",
        "Engagement rate",
        "Reactions, Comments & Shares",
        "Followers",
        "Profile visits",
        "Average views",
        "Views per day",
        "Link clicks",
        "Watch time (hours)",
        "Paid reach",
        "Shares %",
    ],
)
def test_a_column_of_something_else_is_not_taken_for_a_figure(header):
    assert not set(meanings(header)) & set(FIGURES)


@pytest.mark.parametrize(
    ("text", "platform", "post_id"),
    [
        (SNOW, "instagram", "DVbkOTzgAAA"),
        (f"[Snow]({SNOW})", "instagram", "DVbkOTzgAAA"),
        ("instagram.com/p/DVyvYLzgAAA", "instagram", "DVyvYLzgAAA"),
        (TIKTOK, "tiktok", "7617173891579904000"),
        ("https://vm.tiktok.com/ZMabc/", "tiktok", ""),
        ("https://youtu.be/abcdefghijk?t=3", "youtube", "abcdefghijk"),
        ("https://www.youtube.com/shorts/abcdefghijk", "youtube", "abcdefghijk"),
        ("https://www.facebook.com/reel/1234567890123", "facebook", "1234567890123"),
        ("https://evil.example/instagram.com/p/DVyvYLzgAAA/", None, ""),
        ("https://notinstagram.com/p/DVyvYLzgAAA/", None, ""),
    ],
)
def test_a_link_tells_platform_and_id_only_on_the_platforms_own_host(text, platform, post_id):
    found = of_link(text)
    assert (found.platform, found.post_id) == (platform, post_id)


@pytest.mark.parametrize(
    ("word", "platform"),
    [
        ("IG", "instagram"),
        ("Instagram Reels", "instagram"),
        ("Tik Tok", "tiktok"),
        ("X/Twitter", "x"),
        ("Instagram, TikTok", None),
        ("big", None),
        ("", None),
    ],
)
def test_a_word_names_one_platform_or_none(word, platform):
    assert platform_of(word) == platform


def test_a_spoilt_id_is_told_of_and_the_link_stands_for_it():
    found = reading(
        table("Date,Post ID,Link,Views", f"2026-03-03,1.8E+16,{SNOW},5"),
        ColumnMap(
            signature(("Date", "Post ID", "Link", "Views")),
            "x",
            "",
            (("posted", "Date"), ("id", "Post ID"), ("link", "Link"), ("views", "Views")),
        ),
    )
    assert found.posts[0].post_id == "DVbkOTzgAAA"
    assert "is no whole id" in texts(found)


# the preview


def test_a_preview_shows_the_rows_as_they_would_be_read_and_what_cannot_be():
    sheet = parse(
        table(
            "Date,Link,Views,Likes",
            f"2026-03-03,{SNOW},5.210,3",
            f"2026-03-12,{WAGON},18x,4",
            ",,,",
            "soon,,7,7",
        )
    )
    columns = replace(guess(sheet), decimal=",")
    shown = preview(sheet, columns, "Europe/London", TODAY)
    assert [row.line for row in shown.rows] == [2, 3, 5]
    assert shown.read == 2
    assert shown.rows[0].post.views == 5210
    assert shown.rows[1].post.views is None
    assert shown.rows[1].wrong == {"views": "is not a count"}
    assert shown.rows[1].cells["views"] == "18x"
    assert shown.rows[2].post is None
    assert shown.left_out == (("neither a day nor a link with an id", 1),)
    assert shown.wrong == (("views is not a count", 1),)
    assert shown.whole


def test_samples_go_with_their_columns():
    sheet = parse(FANPAGE_KARMA)
    found = dict(samples(sheet, guess(sheet)))
    assert found["Number of Likes"] == ("318", "120", "438")
    assert next(iter(found)) == "Date"


def test_columns_of_the_same_name_are_told_apart():
    sheet = parse(table("Date,Link,Views,Views", f"2026-03-03,{SNOW},5,6"))
    columns = guess(sheet)
    assert dict(columns.columns)["views"] == "Views"
    other = replace(columns, columns=(("posted", "Date"), ("link", "Link"), ("views", "Views (2)")))
    assert preview(sheet, other, None, TODAY).rows[0].post.views == 6


@pytest.mark.parametrize(
    "text",
    ["just words", "a,b\n1,2\n", "# Notes\nSome prose, with a comma.\nMore of it.\n", "a,b,c\n"],
)
def test_what_is_no_table_of_posts_is_not_offered(text):
    assert not is_table(parse(text))


def test_an_empty_sheet_is_no_table():
    assert not is_table(Sheet([(1, []), (2, ["", " "])]))


# fuzz


def made(seed: int) -> tuple[list[str], list[list[str]], dict[str, tuple[int, ...]]]:
    """A table of its own for each seed, with the truth by shortcode."""
    chance = random.Random(seed)
    header = ["Date", "Link", "Caption", "Views", "Reach", "Likes", "Comments", "Shares", "Saves"]
    header += ["Follows", "Note to self"]
    rows, truth = [], {}
    for when, link in links(
        25, datetime(2025, 5, 1, 6, 12, tzinfo=UTC), timedelta(days=9, hours=3)
    ):
        figures = tuple(chance.randrange(10 ** chance.randrange(1, 7)) for _ in range(7))
        caption = chance.choice(
            ["Snow day, 1986", 'The "best" part', "Zwei\nZeilen; und mehr", "é"]
        )
        rows.append(
            [f"{when:%Y-%m-%d %H:%M}", link, caption, *(f"{one:,}" for one in figures), "x, y"]
        )
        truth[link.split("/")[-2]] = figures
    return header, rows, truth


def written(header: list[str], rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def checked(found, truth) -> int:
    for post in found.posts:
        for value, right in zip(post.figures, truth[post.code], strict=True):
            assert value in {right, None}, (post.line, value, right)
    return len(found.posts)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_shuffled_columns_and_other_encodings_give_the_same_numbers(seed, codec):
    header, rows, truth = made(seed)
    columns = guess(parse(written(header, rows)))
    order = random.Random(seed).sample(range(len(header)), len(header))
    text = written(
        [header[n] for n in order],
        [[row[n] for n in order] for row in rows],
        random.Random(seed).choice(",;\t"),
    )
    assert guess(parse(text)).signature == columns.signature
    maps = {columns.signature: columns}
    found = read("table.csv", text.encode(codec), today=TODAY, zone="UTC", maps=maps)
    assert checked(found, truth) == len(truth)
    assert "Note to self" in texts(found)
    assert all(None not in post.figures for post in found.posts)


@pytest.mark.parametrize("seed", range(40))
def test_a_cut_file_ends_in_a_problem_or_says_what_is_missing_and_is_never_wrong(seed):
    header, rows, truth = made(seed)
    columns = guess(parse(written(header, rows)))
    data = written(header, rows).encode()
    cut = random.Random(seed).randrange(len(data))
    maps = {columns.signature: columns}
    if cut < len(",".join(header)):
        with pytest.raises(Problem):
            read("t.csv", data[:cut], today=TODAY, maps=maps)
        return
    found = read("t.csv", data[:cut], today=TODAY, zone="UTC", maps=maps)
    assert checked(found, truth) < len(truth) or cut > len(data) - 12
    ends_well = data[:cut].endswith(b"\n") or data[cut : cut + 2] == b"\r\n"
    if not ends_well and len(found.posts) < sum(row[1].encode() in data[:cut] for row in rows):
        assert any(note.kind == "odd" or "quotation" in note.text for note in found.notes)


@pytest.mark.parametrize("seed", range(30))
def test_damaged_bytes_and_shifted_cells_never_give_a_wrong_number_for_a_post(seed):
    header, rows, truth = made(seed)
    chance = random.Random(seed)
    columns = guess(parse(written(header, rows)))
    for row in chance.sample(rows, 5):
        damage = chance.randrange(4)
        if damage == 0:
            row.insert(chance.randrange(len(row)), "9")
        elif damage == 1:
            row[chance.randrange(3, 10)] += chance.choice(["x", "%", "e", ".", ",1"])
        elif damage == 2:
            row[1] = chance.choice(["", "https://example.invalid/p/", row[1][:-4]])
            truth = {**truth}
        else:
            row[0] = chance.choice(["", "soon", "13/13/2026", "2031-01-01", "\x1b[31m"])
    found = reading(written(header, rows), columns, zone="UTC")
    for post in found.posts:
        if post.code in truth:
            checked(replace(found, posts=(post,)), truth)
    assert len(found.posts) >= 20


@pytest.mark.parametrize("seed", range(60))
def test_any_rubbish_is_guessed_at_and_read_without_a_crash(seed):
    chance = random.Random(seed)
    pieces = [
        "Date",
        "Views",
        SNOW,
        "2026-03-03",
        "1.2K",
        "8%",
        "",
        "Total",
        "9" * 30,
        "\x1b]52;c;x\x07",
    ]
    pieces += [
        "0:15",
        "\u202e",
        "instagram",
        "31/31/31",
        "-1",
        "１２",
        "x" * 300,
        "2026-03-03T99:99Z",
    ]
    pieces += ["10000000000000000", "∞", "1e999", "24:61", "²³", "0.99999999", "1900-01-00 09:30"]
    rows = [
        [chance.choice(pieces) for _ in range(chance.randrange(1, 9))]
        for _ in range(chance.randrange(1, 30))
    ]
    sheet = Sheet(list(enumerate(rows, 1)))
    if not any(any(row) for row in rows):
        return
    columns = guess(sheet)
    is_table(sheet)
    for order in ("ymd", "dmy", "mdy"):
        shown = preview(sheet, replace(columns, order=order, platform="instagram"), "UTC", TODAY)
        assert all(row.post is None or row.left_out is None for row in shown.rows)
    with suppress(UnknownTable):
        from studio.stats.readers import mapped

        mapped.read("x", sheet, TODAY, "UTC", {columns.signature: columns})


def test_ten_thousand_rows_are_read_within_a_second():
    import time

    lines = ["Date,Link,Caption,Views,Reach,Likes"]
    for when, link in links(10_000, datetime(2015, 1, 1, tzinfo=UTC), timedelta(hours=5)):
        lines.append(f"{when:%Y-%m-%d %H:%M},{link},Caption of a post,1234,1000,12")
    data = table(*lines).encode()
    columns = guess(parse(data.decode()))
    start = time.process_time()
    found = read("big.csv", data, today=TODAY, zone="UTC", maps={columns.signature: columns})
    assert len(found.posts) == 10_000
    assert time.process_time() - start < 1.0
