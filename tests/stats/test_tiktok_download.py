"""TikTok's data download: JSON of every age, and text."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from studio.problem import Problem
from studio.stats.readers import read
from studio.text import one_line

TODAY = date(2026, 11, 16)
ZIP = "tiktok_download/TikTok_Data_1794853200.zip"
OLD = "tiktok_download/old_shape/user_data.json"
TEXT = "tiktok_download/txt/Posts.txt"
FIGURES = ("views", "reach", "comments", "shares", "saves", "follows")


def taken(value: object, *, name: str = "user_data_tiktok.json", today: date = TODAY):
    return read(name, json.dumps(value).encode(), today=today)


def posted(*entries: object):
    return taken({"Post": {"Posts": {"VideoList": list(entries)}}})


def entry(**fields: object) -> dict[str, object]:
    return {"Date": "2026-02-28 14:50:03", "Link": "https://cdn.example/v/abc", **fields}


def odd(reading) -> list[str]:
    return [note.text for note in reading.notes if note.kind == "odd"]


@pytest.fixture(scope="module")
def by_time(truth, when):
    return {
        when(told["posted_at_utc"]): told for told in truth.values() if told["platform"] == "tiktok"
    }


def test_every_post_has_its_time_and_likes_and_no_made_up_figure(reading, by_time):
    found = reading(ZIP)
    public = [post for post in found.posts if not post.private]
    assert {post.posted_at for post in public} == set(by_time)
    assert len(public) == 90
    for post in public:
        told = by_time[post.posted_at]
        assert post.likes == int(told["likes"])
        assert [post.figure(name) for name in FIGURES] == [None] * 6
        assert (post.post_id, post.permalink, post.uploaded_at) == ("", None, None)
        assert (post.hour_known, post.time_from) == (True, "published")
        assert post.format == told["format"]
        assert post.account == "rewind.eightynine"
        if post.caption:
            assert one_line(post.caption) == one_line(told["caption"])
    assert sum(bool(post.caption) for post in public) == 5
    assert not odd(found)


def test_posts_that_only_their_author_sees_are_marked_and_said(reading):
    found = reading(ZIP)
    hidden = [post.posted_at for post in found.posts if post.private]
    assert hidden == [
        datetime(2026, 9, 30, 7, 55, 40, tzinfo=UTC),
        datetime(2026, 5, 3, 20, 11, 5, tzinfo=UTC),
    ]
    assert any("2 posts are for your eyes only" in note.text for note in found.notes)


@pytest.mark.parametrize("name", [OLD, TEXT])
def test_older_downloads_have_ids_too(name, reading, truth, when):
    found = reading(name)
    posts = {post.post_id: post for post in found.posts}
    told = {key: row for key, row in truth.items() if row["platform"] == "tiktok"}
    assert posts.keys() == told.keys()
    for key, post in posts.items():
        assert post.posted_at == when(told[key]["posted_at_utc"])
        assert post.uploaded_at == when(told[key]["upload_time_utc"])
        assert post.likes == int(told[key]["likes"])
        assert post.views is None
        assert post.hour_known
        assert post.permalink == f"https://www.tiktokv.com/share/video/{key}/"
    assert not odd(found)


def test_a_new_page_is_read(reading, new_truth, when):
    found = reading("new_page/tiktok_download/user_data_tiktok.json")
    told = {
        when(row["posted_at_utc"]): int(row["likes"])
        for row in new_truth.values()
        if row["platform"] == "tiktok"
    }
    assert {post.posted_at: post.likes for post in found.posts} == told
    assert [(one.day, one.count) for one in found.followers] == [(TODAY, 41)]


def test_a_page_without_posts_is_recognised_and_said_to_be_empty(reading):
    found = reading("new_page/tiktok_download_no_posts/user_data_tiktok.json")
    assert found.kind == "TikTok data download"
    assert found.posts == ()
    assert [note.kind for note in found.notes] == ["empty"]
    assert [one.count for one in found.followers] == [0]


def test_a_section_without_data_is_recognised_and_said_to_be_empty(reading):
    found = reading("tiktok_download/txt/Stories.txt")
    assert (found.posts, [note.kind for note in found.notes]) == ((), ["empty"])


def test_the_day_of_the_download_is_read_off_the_signed_links(reading):
    found = reading(ZIP, today=date(2026, 12, 24))
    assert (found.exported, found.exported_told) == (TODAY, True)
    assert {one.day for one in found.followers} == {TODAY}
    assert reading(OLD).exported_told is False


@pytest.mark.parametrize(
    "shape",
    [
        {"Post": {"Posts": {"VideoList": [entry()]}}},
        {"Video": {"Videos": {"VideoList": [entry()]}}},
        {"Activity": {"Videos": {"VideoList": [entry()]}}},
        {"Activity": {"Video": {"Videos": {"VideoList": [entry()]}}}},
        {"post": {"posts": {"videolist": [{k.lower(): v for k, v in entry().items()}]}}},
        {"Video": {"Videos": {"VideoList": [{"Date": "2026-02-28 14:50:03 UTC",
                                             "VideoLink": "https://x.example/y"}]}}},
    ],
)  # fmt: skip
def test_posts_are_found_in_the_folders_of_every_age(shape):
    (post,) = taken(shape).posts
    assert post.posted_at == datetime(2026, 2, 28, 14, 50, 3, tzinfo=UTC)


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_lists_without_anything_are_no_posts_however_they_are_written(nothing):
    found = taken({"Post": {"Posts": {"VideoList": nothing}}, "Profile And Settings": {}})
    assert found.posts == ()
    assert [note.kind for note in found.notes] == ["empty"]


def test_a_list_of_posts_that_is_none_is_refused():
    with pytest.raises(Problem, match="VideoList"):
        taken({"Post": {"Posts": {"VideoList": {"Date": 1}}}})


def test_watched_videos_are_never_taken_for_posts():
    watched = {
        "VideoList": [
            {
                "Date": "2026-02-28 14:50:03",
                "Link": "https://www.tiktokv.com/share/video/7617173891579904000/",
            }
        ]
    }
    for history in ("Video Browsing History", "Watch History"):
        for section in ("Activity", "Your Activity"):
            value = {section: {history: watched}, "Profile And Settings": {}}
            assert taken(value).posts == ()  # fmt: skip


def test_nothing_private_of_the_file_is_kept_or_quoted():
    secret = "sesame-4711"
    found = taken(
        {
            "Post": {"Posts": {"VideoList": [entry(Likes="3")]}},
            "Direct Message": {"Direct Messages": {"ChatHistory": {secret: [{"Content": secret}]}}},
            "Your Activity": {"Login History": {"LoginHistoryList": [{"IP": secret}]},
                              "Searches": {"SearchList": [{"SearchTerm": secret}]}},
            "Profile And Settings": {
                "Follower": {"FansList": [{"Date": "2026-01-01 00:00:00", "UserName": secret}]},
                "Profile Info": {"ProfileMap": {"userName": "page", "emailAddress": secret,
                                                "followerCount": "12"}},
            },
        }
    )  # fmt: skip
    assert secret not in repr(found)
    assert [one.count for one in found.followers] == [12]
    assert found.posts[0].account == "page"


def test_labels_and_audiences_that_are_not_known_are_reported():
    found = posted(entry(Likes="3", Glorbs="9", WhoCanView="Cousins"))
    assert found.posts[0].likes == 3
    assert not found.posts[0].private
    assert any("Glorbs" in text for text in odd(found))
    assert any("Cousins" in text for text in odd(found))


@pytest.mark.parametrize("audience", ["Only You", "only me", "Nur du", "自分のみ", "Solo tú"])
def test_private_posts_are_recognised_in_other_languages(audience):
    assert posted(entry(WhoCanView=audience)).posts[0].private


@pytest.mark.parametrize(
    ("likes", "read_as", "said"),
    [("3", 3, False), (3, 3, False), ("1,204", 1204, False), ("N/A", None, False),
     (None, None, False), ("1.2K", None, True), ("-4", None, True), ("many", None, True)],
)  # fmt: skip
def test_likes_that_are_no_count_are_missing_and_said(likes, read_as, said):
    found = posted(entry(Likes=likes))
    assert found.posts[0].likes == read_as
    assert bool(odd(found)) == said


def test_a_post_without_a_time_is_left_out_unless_its_id_holds_one():
    link = "https://www.tiktokv.com/share/video/7617173891579904000/"
    found = posted(entry(Date="yesterday"), entry(Date="N/A", Link=link), "nonsense")
    (post,) = found.posts
    assert post.posted_at == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert post.time_from == "id"
    assert len([text for text in odd(found) if "left out" in text]) == 2


def test_the_same_post_twice_counts_once():
    found = posted(entry(), entry())
    assert len(found.posts) == 1
    assert any("number 1" in text for text in odd(found))


def test_stories_and_deleted_posts_are_recognised_without_a_figure():
    found = taken(
        {
            "Post": {
                "Posts": {"VideoList": [entry()]},
                "Story": {"StoryList": [{}, {}]},
                "Recently Deleted Posts": {"PostList": [{}]},
            }
        }
    )
    said = [note.text for note in found.notes if note.kind == "empty"]
    assert [text.split(" in it")[0] for text in said] == ["2 stories", "1 deleted posts"]


# Text


def text(told: str, name: str = "Posts.txt"):
    return read(name, told.encode(), today=TODAY)


def test_posts_as_text_are_read_by_their_shape_in_any_language():
    found = text(
        "Datum: 2026-02-28 14:50:03 UTC\nKoppeling: https://cdn.example/v/abc\n"
        "Vind-ik-leuks: 31\nWie kan kijken: Alleen jij\nReacties toestaan: Ja\n\n"
        "Datum: 2026-03-01 10:00:00 UTC\nKoppeling: https://cdn.example/v/abd\n"
        "Vind-ik-leuks: 4\nWie kan kijken: Iedereen\nReacties toestaan: Ja\n"
    )
    assert [(post.likes, post.private, post.line) for post in found.posts] == [
        (31, True, 1),
        (4, False, 7),
    ]
    assert any("Reacties toestaan" in said for said in odd(found))


def test_titles_of_several_lines_stay_whole():
    found = text(
        "Date: 2026-02-28 14:50:03 UTC\nLink: https://cdn.example/v/abc\nLike(s): 3\n"
        "Who can view: Everyone\nTitle: Snow day\n\nWho had this couch\n\n"
        "Date: 2026-03-01 10:00:00 UTC\nLink: https://cdn.example/v/abd\nLike(s): 4\n"
    )
    assert [post.caption for post in found.posts] == ["Snow day\nWho had this couch", ""]
    assert [post.likes for post in found.posts] == [3, 4]


@pytest.mark.parametrize(
    "section",
    [
        "Date: 2026-02-28 14:50:03 UTC\nLink: https://www.tiktokv.com/share/video/761/\n\n"
        "Date: 2026-02-28 14:51:03 UTC\nLink: https://www.tiktokv.com/share/video/762/\n",
        "Datum: 2026-05-02 10:09:50 UTC\nReactie: 5\nSticker: N.v.t.\nKoppeling: https://x/1\n",
        "Date: 2026-02-28 14:50:03 UTC\nUsername: sesame\n",
    ],
)
def test_what_was_watched_or_written_is_refused_without_a_word_of_it(section):
    with pytest.raises(Problem, match="own posts") as caught:
        text(section)
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    "section",
    [
        ">>> Chat History with sesame::\n2026-02-28 14:50:03 UTC\nsesame: hello\n",
        "Username: sesame\nNickname: hello\nEmail: hello@sesame.example\n",
        "Login history:\n\nDate: 2026-02-28 14:50:03 UTC\nIP: sesame\n",
    ],
)
def test_chats_profiles_and_logins_are_refused_without_a_word_of_them(section):
    with pytest.raises(Problem) as caught:
        text(section)
    assert "hello" not in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_a_text_cut_within_a_number_does_not_give_half_of_it():
    found = text("Date: 2026-02-28 14:50:03 UTC\nLink: https://cdn.example/v/a\nWho can view: "
                 "Everyone\nLike(s): 31")  # fmt: skip
    assert [post.likes for post in found.posts] == [None]
    assert any("ends within a line" in said for said in odd(found))


# Random damage


def _damaged(value: object, dice: random.Random) -> object:
    if isinstance(value, dict):
        pairs = [(key, _damaged(part, dice)) for key, part in value.items() if dice.random() > 0.02]
        dice.shuffle(pairs)
        return {dice.choice([key, key.lower()]): part for key, part in pairs}
    if isinstance(value, list):
        kept = [_damaged(part, dice) for part in value if dice.random() > 0.1]
        return kept if dice.random() > 0.02 else None
    return dice.choice([None, [], "", 7, {}, "--"]) if dice.random() < 0.02 else value


@pytest.mark.parametrize("seed", range(12))
def test_damaged_json_gives_no_figure_that_is_not_in_it(seed, exports, by_time):
    dice = random.Random(seed)
    whole = json.loads((exports / OLD).read_bytes())
    try:
        found = taken(_damaged(whole, dice))
    except Problem:
        return
    for post in found.posts:
        told = by_time.get(post.posted_at)
        if told is None:  # its Date was lost, the id stands for it
            assert post.time_from == "id"
            continue
        assert post.likes in {int(told["likes"]), None, 7}
    if len(found.posts) < 90:
        assert found.notes


@pytest.mark.parametrize("seed", range(20))
def test_a_text_cut_or_coded_otherwise_gives_no_wrong_figure(seed, exports, truth):
    dice = random.Random(seed)
    data = (exports / TEXT).read_bytes()
    if seed % 2:
        data = data[: dice.randrange(200, len(data))]
    else:
        blocks = data.decode().split("\n\n")
        dice.shuffle(blocks)
        data = "\n\n".join(blocks).encode(dice.choice(["utf-16", "utf-8-sig", "cp1252"]))
    found = read("Posts.txt", data, today=TODAY)
    for post in found.posts:
        assert post.likes in {int(truth[post.post_id]["likes"]), None}
    if any(post.likes is None for post in found.posts):
        assert odd(found)


@pytest.mark.parametrize("part", [0.99, 0.5, 0.02])
def test_json_that_is_cut_is_refused(part, exports):
    data = Path(exports / OLD).read_bytes()
    with pytest.raises(Problem, match="cut off"):
        read("user_data.json", data[: int(len(data) * part)], today=TODAY)
