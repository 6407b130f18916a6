"""Instagram's data download as JSON: every post with its time and numbers, whatever the dialect."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from studio.problem import Problem
from studio.stats.post import FIGURES
from studio.stats.readers import read
from studio.stats.readers.instagram_labels import GRADES, account_role, post_role
from studio.stats.readers.mojibake import repair, repaired

TODAY = date(2026, 11, 16)
MEDIA = "instagram_download/your_instagram_activity/media/"
INSIGHTS = "instagram_download/logged_information/past_instagram_insights/"
GERMAN = "instagram_download_de/past_instagram_insights/posts.json"
NOON = int(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())


def made(value: object, name: str = "file.json", today: date = TODAY):
    return read(name, json.dumps(value).encode(), today=today)


def broken_up(text: str) -> str:
    """Write a text as Meta does: each byte of its UTF-8 as a letter of its own."""
    return text.encode().decode("latin-1")


def picture(path: str = "media/posts/202606/1.jpg", at: int = NOON, title: str = "") -> dict:
    return {"uri": path, "creation_timestamp": at, "title": title}


def figures_of(labels: dict[str, str], at: int = NOON, key: str = "organic_insights_posts") -> dict:
    told = {label: {"href": "", "value": value, "timestamp": 0} for label, value in labels.items()}
    return {
        key: [
            {
                "title": "",
                "media_map_data": {"x": picture(at=at)},
                "string_map_data": told,
            }
        ]
    }


def odd(reading) -> list[str]:
    return [note.text for note in reading.notes if note.kind == "odd"]


def instagram(rows: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["posted_at_utc"]: row for row in rows.values() if row["platform"] == "instagram"}


def by_time(reading) -> dict[str, Any]:
    found = {f"{post.posted_at:%Y-%m-%dT%H:%M:%SZ}": post for post in reading.posts}
    assert len(found) == len(reading.posts)
    return found


# All rows against the truth


@pytest.mark.parametrize(
    ("folder", "truth_of"), [(MEDIA, "truth"), (f"new_page/{MEDIA}", "new_truth")]
)
def test_every_post_is_there_with_its_time_format_and_caption(folder, truth_of, reading, request):
    rows = instagram(request.getfixturevalue(truth_of))
    posts = by_time(reading(folder + "posts_1.json")) | by_time(reading(folder + "reels.json"))
    assert posts.keys() == rows.keys()
    for at, row in rows.items():
        post = posts[at]
        assert (post.format, post.caption) == (row["format"], row["caption"])
        assert (post.post_id, post.hour_known, post.time_from) == ("", True, "published")
        assert post.figures == (None,) * len(FIGURES)
        assert not post.private


@pytest.mark.parametrize(
    ("file", "formats", "told"),
    [
        (INSIGHTS + "posts.json", {"image", "carousel"}, set(FIGURES)),
        (GERMAN, {"image", "carousel"}, set(FIGURES)),
        (INSIGHTS + "reels.json", {"reel"}, set(FIGURES) - {"follows"}),
    ],
)
def test_every_number_of_the_insights_is_there(file, formats, told, reading, truth, exports):
    rows = {
        at: row
        for at, row in instagram(truth).items()
        if row["format"] in formats and at >= "2026-03-01"
    }
    found = reading(file)
    posts = by_time(found)
    assert posts.keys() == rows.keys()
    dashes = 0
    for at, row in rows.items():
        post = posts[at]
        assert post.caption == row["caption"]
        for name in FIGURES:
            value = post.figure(name)
            if value is None and name == "shares":
                dashes += 1
            else:
                assert value == (int(row[name]) if name in told else None), (at, name)
        assert (post.seconds or 0) == int(row["duration_s"])
    assert dashes == (exports / file).read_text().count('"--"')
    assert not odd(found)


def test_the_lines_are_those_of_the_entries(reading, exports):
    lines = (exports / MEDIA / "posts_1.json").read_text().split("\n")
    for post in reading(MEDIA + "posts_1.json").posts:
        assert lines[post.line - 1] == "  {"
        assert '"media": [' in lines[post.line]


def test_the_zip_of_a_new_page_holds_all_of_it(reading, new_truth):
    name = "new_page/instagram_download/instagram-paper.round.eightysix-2026-11-16-rW89xYz0.zip"
    found = reading(name)
    assert by_time(found).keys() == instagram(new_truth).keys()
    assert [told.count for told in found.followers] == [41]


# The account


def test_the_audience_is_read_with_its_places_ages_and_genders(reading):
    found = reading(INSIGHTS + "audience_insights.json")
    assert [(told.day, told.count) for told in found.followers] == [(date(2026, 11, 14), 817)]
    shares = {(share.table, share.name): share.share for share in found.shares}
    assert shares["city", "Kraków"] == 0.019
    assert shares["country", "United Kingdom"] == 0.584
    assert shares["age", "35-44"] == 0.375
    assert shares["women", "65+"] == 0.017
    assert shares["men", "13-17"] == 0.004
    assert shares["gender", "women"] == 0.542
    assert len(found.shares) == 5 + 5 + 7 * 3 + 2
    assert any("2026-08-17 to 2026-11-14" in note.text for note in found.notes)
    assert any(note.kind == "empty" and "weekday" in note.text for note in found.notes)
    assert not odd(found)


def test_a_range_over_new_year_gets_the_year_before(reading, exports):
    text = (exports / INSIGHTS / "audience_insights.json").read_text()
    text = text.replace("Aug 17 - Nov 14", "Oct 2 - Dec 30")
    found = read("a.json", text.encode(), today=date(2027, 1, 3))
    assert found.followers[0].day == date(2026, 12, 30)
    assert any("2026-10-02 to 2026-12-30" in note.text for note in found.notes)


AUDIENCES = {
    "de": {
        "Zeitraum": "9. Juli - 6. Okt.",
        "Follower": "10.801",
        "Delta von Followern": "-1,9% im Vergleich zu 10. Apr. - 8. Juli",
        "Neue Follower": "264",
        "Verlorene Follower": "471",
        "Prozentualer Anteil der Follower nach Land": "Deutschland: 84,5%, Österreich: 4,4%",
        "Prozentualer Anteil an Followern nach Alter für alle Geschlechter": "13-17: 0,1%, 65+: 8%",
        "Prozentualer Anteil an weiblichen Followern insgesamt": "78,8%",
        "Follower-Aktivität am Montag": "9.298",
    },
    "fr": {
        "Période": "May 29 - Aug 26",
        "Followers": "102,497",
        "Nombre de followers": "+10.5% vs Feb 28 - May 28",
        "Followers en plus": "19,055",
        "Followers en moins": "9,260",
        "Total des followers": "9,795",
        "Pourcentage de followers en fonction du pays": "France: 84.5%, Autriche: 4.4%",
        "Pourcentage de followers en fonction de l'âge pour tous les genres": "13-17: 0.1%",
        "Pourcentage du total des de followers femmes": "78.8%",
        "Activité des followers : lundi": "63.3K",
    },
}


@pytest.mark.parametrize(
    ("language", "followers", "day"),
    [("de", 10_801, date(2026, 10, 6)), ("fr", 102_497, date(2026, 8, 26))],
)
def test_an_audience_in_another_language_is_read(language, followers, day):
    told = {
        broken_up(label): {"href": "", "value": broken_up(value), "timestamp": 0}
        for label, value in AUDIENCES[language].items()
    }
    found = made({"organic_insights_audience": [{"media_map_data": {}, "string_map_data": told}]})
    assert [(one.day, one.count) for one in found.followers] == [(day, followers)]
    shares = {(share.table, share.share) for share in found.shares}
    assert {("country", 0.845), ("country", 0.044), ("age", 0.001), ("gender", 0.788)} <= shares
    assert not odd(found)


def test_followers_gained_are_not_taken_for_the_number_of_followers():
    told = {"Seguidores": "14", "Deixaram de seguir": "73", "Total de seguidores": "-59"}
    values = {label: {"value": value, "timestamp": 0} for label, value in told.items()}
    found = made({"organic_insights_audience": [{"string_map_data": values}]})
    assert not found.followers
    assert "“Seguidores” 14" in odd(found)[0]
    alone = made(
        {"organic_insights_audience": [{"string_map_data": {"Seguidores": {"value": "9"}}}]}
    )
    assert not alone.followers


def test_a_city_with_a_comma_stays_whole():
    told = {"Follower Percentage by City": {"value": "Washington, DC: 30.9%, Paris: 5.3%"}}
    found = made({"organic_insights_audience": [{"string_map_data": told}]})
    assert [(one.name, one.share) for one in found.shares] == [
        ("Washington, DC", 0.309),
        ("Paris", 0.053),
    ]


def test_the_list_of_followers_counts_as_at_least_so_many(reading):
    found = reading(
        "new_page/instagram_download/connections/followers_and_following/followers_1.json"
    )
    assert [(told.day, told.count) for told in found.followers] == [(TODAY, 41)]
    assert "at least 41 followers" in found.notes[0].text
    assert not found.days


@pytest.mark.parametrize("key", ["relationships_following", "relationships_blocked_users"])
def test_whom_one_follows_is_recognised_and_has_no_figure(key):
    one = {"title": "", "string_list_data": [{"value": "somebody.example", "timestamp": NOON}]}
    found = made({key: [one]})
    assert not found.followers
    assert [note.kind for note in found.notes] == ["empty"]
    assert made({"relationships_followers": [one]}).followers[0].count == 1


@pytest.mark.parametrize(
    ("key", "labels"),
    [
        ("organic_insights_reach", {"Date Range": "Aug 17 - Nov 14", "Accounts reached": "4,000"}),
        ("organic_insights_interactions", {"Content Interactions": "120", "Accounts engaged": "9"}),
    ],
)
def test_sums_over_ninety_days_are_recognised_and_not_counted(key, labels):
    told = {label: {"value": value, "timestamp": 0} for label, value in labels.items()}
    found = made({key: [{"media_map_data": {}, "string_map_data": told}]})
    assert (found.posts, found.days, found.followers) == ((), (), ())
    assert [note.kind for note in found.notes] == ["empty"]


# Folder generations and dialects


@pytest.mark.parametrize(
    ("value", "formats", "private"),
    [
        ([{"media": [picture()]}], ["image"], False),
        ([{"media": [picture(), picture("media/posts/2.jpg")]}], ["carousel"], False),
        ([{"media": [picture("media/posts/1.mp4")]}], ["reel"], False),
        (
            [{"media": [picture("media/posts/1.mp4"), picture("media/posts/1.srt")]}],
            ["reel"],
            False,
        ),
        ({"ig_reels_media": [{"media": [picture("media/reels/1.mp4")]}]}, ["reel"], False),
        ({"ig_stories": [picture("media/stories/1.jpg")]}, ["story"], False),
        ({"ig_igtv_media": [{"media": [picture("media/igtv/1.mp4")]}]}, ["video"], False),
        ({"ig_archived_post_media": [{"media": [picture()]}]}, ["image"], True),
        ({"eine_neue_ueberschrift": [{"media": [picture()]}]}, ["image"], False),
        ([picture("media/stories/202606/1.mp4")], ["story"], False),
    ],
)
def test_lists_of_posts_are_known_by_their_shape(value, formats, private):
    found = made(value)
    assert [post.format for post in found.posts] == formats
    assert [post.private for post in found.posts] == [private] * len(formats)
    assert found.posts[0].posted_at == datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("key", ["ig_profile_picture", "ig_other_media"])
def test_profile_pictures_and_drafts_are_no_posts(key):
    found = made({key: [{"media": [picture("media/other/1.jpg")]}]})
    assert not found.posts
    assert [note.kind for note in found.notes] == ["empty"]


def test_the_media_file_of_2020_is_read_with_its_carousels():
    found = made(
        {
            "photos": [
                {
                    "caption": "Two of us",
                    "taken_at": "2019-06-23T18:23:16+00:00",
                    "path": "p/1.jpg",
                },
                {
                    "caption": "Two of us",
                    "taken_at": "2019-06-23T18:23:16+00:00",
                    "path": "p/2.jpg",
                },
                {"caption": "Alone", "taken_at": "2019-07-01T08:00:00", "path": "p/3.jpg"},
            ],
            "videos": [{"caption": "", "taken_at": "2019-07-02T08:00:00+00:00", "path": "v/1.mp4"}],
            "profile": [{"taken_at": "2019-07-02T08:00:00+00:00", "path": "profile/1.jpg"}],
            "direct": [{"taken_at": "2019-07-02T08:00:00+00:00", "path": "direct/1.jpg"}],
        }
    )
    assert [(post.format, post.caption) for post in found.posts] == [
        ("carousel", "Two of us"),
        ("image", "Alone"),
        ("video", ""),
    ]
    assert found.posts[0].posted_at == datetime(2019, 6, 23, 18, 23, 16, tzinfo=UTC)


def newer(*values: dict, at: int = NOON) -> dict:
    return {"timestamp": at, "media": [], "label_values": list(values), "fbid": "18000000000000001"}


def test_posts_of_the_newer_dialect_are_read_without_the_drafts():
    cover = picture("media/other/18000000000000001.jpg", NOON)
    more = picture("media/other/18000000000000002.jpg", NOON)
    entry = newer(
        {"label": broken_up("Légende"), "value": broken_up("L'été, enfin")},
        {"label": broken_up("Publié"), "value": "Vrai"},
        {"label": "Contenu multimédia", "media": [cover]},
        {"title": "", "dict": [{"dict": [{"media": [more]}], "title": ""}]},
    )
    draft = newer({"label": "Draft", "value": "True"}, {"label": "Media", "media": [cover]})
    unpublished = newer(
        {"label": "Published", "value": "False"}, {"label": "Media", "media": [cover]}
    )
    advert = newer({"label": "Is an ad", "value": "True"}, {"label": "Media", "media": [cover]})
    found = made([entry, draft, unpublished, advert])
    assert [(post.caption, post.format, post.paid) for post in found.posts] == [
        ("L'été, enfin", "carousel", False),
        ("", "image", True),
    ]
    assert any("2 entries" in text and "never published" in text for text in odd(found))


def test_insights_of_the_newer_dialect_are_read():
    entry = newer(
        {"label": "Upload Timestamp", "timestamp_value": NOON},
        {"label": "Caption", "value": "Snow day"},
        {"label": "Duration", "value": "0:25"},
        {"label": "Accounts reached", "value": "2,659"},
        {"title": "More", "dict": [{"label": "Instagram Plays", "value": "4,720"}]},
        {"label": "Instagram Likes", "value": "--"},
    )
    (post,) = made([entry]).posts
    assert (post.reach, post.views, post.likes, post.seconds) == (2_659, 4_720, None, 25)
    assert (post.caption, post.format) == ("Snow day", "reel")


@pytest.mark.parametrize(
    "labels",
    [
        # English, as older files write it
        "Accounts Reached|Impressions|Likes|Comments|Shares|Saves|Follows|Website taps",
        # Portuguese of Brazil and French: public parsers that were written against real exports
        "Contas alcançadas|Impressões|Curtidas|Comentários|Compartilhamentos|Salvamentos|Seguidores"
        "|Visitas ao perfil",
        "Comptes touchés|Impressions|J’aime|Commentaires|Partages|Enregistrements|Followers en plus"
        "|Visites du profil",
        "Account raggiunti|Impression|Mi piace|Commenti|Condivisioni|Salvataggi|Nuovi follower"
        "|Visite al profilo",
        "Cuentas alcanzadas|Impresiones|Me gusta|Comentarios|Compartidos|Guardados|Seguimientos"
        "|Visitas al perfil",
        "リーチしたアカウント|インプレッション|いいね！|コメント|シェア|保存|フォロー|返信",
    ],
)
def test_labels_of_other_languages_are_read(labels):
    names = labels.split("|")
    values = ["1,438", "2.005", "120", "4", "0", "30", "--", "7"]
    found = made(figures_of({broken_up(k): v for k, v in zip(names, values, strict=True)}))
    (post,) = found.posts
    assert (post.reach, post.views, post.likes, post.comments) == (1_438, 2_005, 120, 4)
    assert (post.shares, post.saves, post.follows) == (0, 30, None)
    assert not odd(found)


def test_every_language_of_the_labels_says_how_well_it_is_known():
    assert GRADES["en"] == "seen"
    assert set(GRADES.values()) <= {"seen", "parser", "app"}
    assert (post_role("ACCOUNTS  reached"), account_role("accounts reached")) == ("reach", None)


def test_a_label_whose_byte_went_missing_is_still_known():
    assert account_role("Porcentagem de seguidores por paÃs") == "country"


# What is not understood is said


def test_a_label_that_is_not_known_is_named_once_with_how_many_have_it():
    value = figures_of({"Accounts reached": "10", "Vibes": "3"})
    value["organic_insights_posts"] += figures_of({"Vibes": "4"}, NOON + 60)[
        "organic_insights_posts"
    ]
    found = made(value)
    assert [text for text in odd(found) if "Vibes" in text] == [
        "the label “Vibes” is not known, left out; 2 entries have it"
    ]
    assert [post.reach for post in found.posts] == [10, None]


def test_a_story_without_a_known_figure_is_recognised_as_empty():
    found = made(figures_of({"Replies": "2"}, key="organic_insights_stories"))
    assert [post.format for post in found.posts] == ["story"]
    assert [note.kind for note in found.notes] == ["empty"]


def test_a_figure_that_is_no_count_is_left_out_and_named():
    found = made(figures_of({"Likes": "1.2K", "Saves": "-3", "Comments": "9" * 30}))
    assert found.posts[0].figures == (None,) * len(FIGURES)
    assert len(odd(found)) == 3
    assert "rounded" in odd(found)[0]


def test_two_labels_of_one_figure_that_differ_leave_it_out():
    found = made(figures_of({"Likes": "5", "Instagram Likes": "6", "Saves": "2"}))
    assert (found.posts[0].likes, found.posts[0].saves) == (None, 2)
    assert any("different numbers of likes" in text for text in odd(found))
    assert made(figures_of({"Plays": "6", "Impressions": "9"})).posts[0].views == 6


def test_a_key_that_stands_twice_with_two_numbers_is_left_out():
    text = json.dumps(figures_of({"Likes": "5", "Saves": "2"}))
    doubled = text.replace('"Saves":', '"Likes": {"value": "7", "timestamp": 0}, "Saves":')
    found = read("d.json", doubled.encode(), today=TODAY)
    assert (found.posts[0].likes, found.posts[0].saves) == (None, 2)
    assert any("told twice" in text for text in odd(found))


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (1_200_000_000, "before Instagram began"),
        (NOON + 3 * 365 * 86_400, "in the future"),
        (0, "without a time"),
        (10**17, "in the future"),
    ],
)
def test_a_time_that_cannot_be_is_left_out_and_said(at, why):
    found = made([{"media": [picture(at=at)]}, {"media": [picture("media/posts/2.jpg")]}])
    assert len(found.posts) == 1
    assert any(why in text for text in odd(found))


def test_a_time_in_milliseconds_is_understood():
    (post,) = made([{"media": [picture(at=NOON * 1000)]}]).posts
    assert post.posted_at == datetime(2026, 6, 1, 12, tzinfo=UTC)


SECRET = "nobody must read this"


@pytest.mark.parametrize(
    "value",
    [
        {"participants": [{"name": SECRET}], "messages": [{"content": SECRET}], "title": SECRET},
        {"likes_media_likes": [{"title": SECRET, "string_list_data": [{"value": SECRET}]}]},
        {"account_history_login_history": [{"string_map_data": {SECRET: {"value": SECRET}}}]},
        {"profile_user": [{"string_map_data": {"Email": {"value": SECRET}}}]},
        [newer({"label": SECRET, "value": SECRET})],
        {"label_values": [{"label": SECRET, "vec": [{"value": SECRET}]}], "fbid": "1"},
        [{"media_list_data": [], "string_map_data": {"Comment": {"value": SECRET}}}],
    ],
)
def test_messages_and_logins_are_refused_without_a_word_of_them(value):
    with pytest.raises(Problem, match="no posts or figures") as caught:
        made(value)
    assert SECRET not in str(caught.value)


# Damaged files


def test_mojibake_is_repaired_in_values_and_keys_and_nothing_else_is_touched():
    assert repair(broken_up("Gefällt mir – ☃ 🍮")) == "Gefällt mir – ☃ 🍮"
    for right in ("Café", "plain", "日本", "naïve “quotes”", "Ãé"):
        assert repair(right) == right
    assert repair(repair(broken_up("é"))) == "é"
    assert repair("\ud83c\udf6e \ud83c") == "🍮 \ufffd"
    assert repaired({broken_up("ä"): [broken_up("ö"), 1, None]}) == {"ä": ["ö", 1, None]}


def key_of(post) -> tuple:
    return (post.posted_at, post.format, post.caption, post.seconds, post.figures)


@pytest.mark.parametrize(
    "file", [MEDIA + "posts_1.json", MEDIA + "reels.json", INSIGHTS + "reels.json", GERMAN]
)
def test_a_file_cut_anywhere_gives_only_whole_posts_and_says_so(file, exports, reading):
    data = (exports / file).read_bytes()
    whole = [key_of(post) for post in reading(file).posts]
    random_ = random.Random(4)
    refused: list[str] = []
    for end in [*range(0, 600, 97), *(random_.randrange(len(data)) for _ in range(40))]:
        try:
            found = read(file, data[:end], today=TODAY)
        except Problem as problem:
            refused.append(problem.what)
            continue
        assert [key_of(post) for post in found.posts] == whole[: len(found.posts)]
        assert any("cut off" in text for text in odd(found)), end
    assert refused
    assert all("cut off" in what or "empty" in what for what in refused)


def test_a_damaged_byte_never_changes_a_number_unsaid(exports, reading):
    data = (exports / (INSIGHTS + "reels.json")).read_bytes()
    whole = {key_of(post) for post in reading(INSIGHTS + "reels.json").posts}
    random_ = random.Random(7)
    for _ in range(120):
        at = random_.randrange(len(data))
        spoilt = data[:at] + bytes([random_.choice(b'{}[]":,\\\x00\xff')]) + data[at + 1 :]
        try:
            found = read("spoilt.json", spoilt, today=TODAY)
        except Problem:
            continue
        for post in found.posts:
            if key_of(post) in whole:
                continue
            # A caption or a label may be spoilt; a figure is the same or missing.
            near = next(one for one in whole if one[0] == post.posted_at)
            for value, right in zip(post.figures, near[4], strict=True):
                assert value in {right, None}
        if len(found.posts) < len(whole):
            assert odd(found)


def test_shuffled_keys_change_nothing(exports, reading):
    def shuffled(value):
        if isinstance(value, dict):
            pairs = [(key, shuffled(item)) for key, item in value.items()]
            random.Random(len(pairs)).shuffle(pairs)
            return dict(pairs)
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    for file in (MEDIA + "posts_1.json", INSIGHTS + "posts.json"):
        value = shuffled(json.loads((exports / file).read_bytes()))
        assert [key_of(post) for post in made(value).posts] == [
            key_of(post) for post in reading(file).posts
        ]


@pytest.mark.parametrize("file", [MEDIA + "posts_1.json", GERMAN])
@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b""), ("utf-8", b""), ("latin-1", b"\n")],
)
@pytest.mark.parametrize("escaped", [True, False])
def test_a_file_saved_again_in_another_encoding_says_the_same(
    file, codec, mark, escaped, exports, reading
):
    value = json.loads((exports / file).read_bytes())
    data = mark + json.dumps(value, ensure_ascii=escaped, indent=1).encode(codec)
    found = read("saved.json", data, today=TODAY)
    assert [key_of(post) for post in found.posts] == [key_of(post) for post in reading(file).posts]
    guessed = codec == "utf-16-be" or not (escaped or codec == "latin-1")
    assert bool(found.notes) == guessed  # said whenever the encoding had to be guessed


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("[" * 200_000, "nested too deeply"),
        ("[" + "[]," * 5_000_000 + "[]]", "more parts"),
        ('{"ig_reels_media": "none"}', "no list"),
        ('{"organic_insights_posts": 7}', "no list"),
        ('{"ig_stories": [', "cut off"),
        ("[1, 2, 3]", "no export"),
        ("{}", "no export"),
        ("[nope]", "damaged"),
        ('[{"a": ' * 3000, "nested too deeply"),
    ],
)
def test_what_is_no_list_of_posts_ends_in_a_problem(text, thing):
    with pytest.raises(Problem, match=thing):
        read("x.json", text.encode(), today=TODAY)


def test_numbers_that_are_none_do_no_harm():
    text = (
        '[{"media": [{"uri": "media/posts/1.jpg", "creation_timestamp": NaN, "title": 5}]},'
        '{"media": [{"uri": "media/posts/2.jpg", "creation_timestamp": 1e999}]},'
        '{"media": [{"uri": "media/posts/3.jpg", "creation_timestamp": ' + "9" * 5_000 + "}]},"
        '{"media": [{"uri": 3, "creation_timestamp": true}]}, {"media": {}}, 7, null,'
        f'{{"media": [{{"uri": "media/posts/4.jpg", "creation_timestamp": {NOON}}}]}}]'
    )
    found = read("n.json", text.encode(), today=TODAY)
    assert len(found.posts) == 1
    assert any("3 entries" in said and "without a time" in said for said in odd(found))


def test_a_cut_list_of_followers_is_not_counted(exports):
    path = exports / "new_page/instagram_download/connections/followers_and_following"
    data = (path / "followers_1.json").read_bytes()
    assert not read("f.json", data[: len(data) // 2], today=TODAY).followers


def test_five_thousand_posts_are_read_within_a_second(exports):
    import time

    value = json.loads((exports / (MEDIA + "posts_1.json")).read_bytes())
    many = [dict(entry, creation_timestamp=NOON - n) for n, entry in enumerate(value * 120)]
    data = json.dumps(many).encode()
    start = time.process_time()
    assert Counter(post.format for post in read("many.json", data, today=TODAY).posts)
    assert time.process_time() - start < 2
