from __future__ import annotations

import pytest

from studio.stats.log import parse_line

ALL = {"views": 1204, "likes": 88, "comments": 3, "saves": 12, "shares": 4, "follows": 2}


@pytest.mark.parametrize(
    "line",
    [
        "1204 88 3 12 4 2",
        "  1204   88 3 12 4 2 ",
        "1,204 88 3 12 4 2",
        "1.204 88 3 12 4 2",
        "1 204 88 3 12 4 2",
        "1\u202f204 88 3 12 4 2",
        "1'204 88 3 12 4 2",
        "1204, 88, 3, 12, 4, 2",
        "1204/88/3/12/4/2",
        "v1204 l88 c3 s12 sh4 f2",
        "f2 sh4 s12 c3 l88 v1204",
        "v1204l88c3s12sh4f2",
        "views 1,204 likes 88 comments 3 saves 12 shares 4 follows 2",
        "Views: 1.204, Likes: 88, Comments: 3, Saves: 12, Shares: 4, Follows: 2",
        "1204 views, 88 likes, 3 comments, 12 saves, 4 shares, 2 new followers",
        "views 1 204 likes 88 comments 3 saves 12 shares 4 follows 2",
        "1204 views likes 88 3 comments saves 12 shares=4 2 follows",
        "1204 88 3 s12 sh4 f2",
        "1204 88 3 saves 12 shares 4 follows 2",
        "1204 88 3 12 saves 4 shares 2 follows",
        "views - 1204 likes - 88 comments - 3 saves - 12 shares - 4 follows - 2",
        "1204♥88 c3 s12 sh4 f2".replace("♥", " ♥"),
        "１２０４ 88 3 12 4 2",
    ],
)
def test_one_line_gives_all_six_figures(line: str) -> None:
    typed = parse_line(line)
    assert typed.figures == ALL
    assert typed.odd == ()
    assert typed.doubts == ()


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("1.2k views", 1200),
        ("1,2K views", 1200),
        ("views 3.4M", 3_400_000),
        ("1,2 тыс. 88", 1200),
        ("3,4 Mio 88", 3_400_000),
        ("12 Tsd. 88", 12_000),
        ("1.2万", 12_000),
        ("2k", 2000),
    ],
)
def test_rounded_counts_as_the_apps_show_them_are_taken_and_marked(line: str, views: int) -> None:
    typed = parse_line(line)
    assert typed.figures["views"] == views
    assert typed.rounded == {"views"}
    assert typed.odd == ()


@pytest.mark.parametrize("line", ["1204 - ? 12", "1204 ? - 12", "1204 – — s12"])
def test_a_dash_or_question_mark_is_not_known_and_keeps_its_place(line: str) -> None:
    typed = parse_line(line)
    assert typed.figures["views"] == 1204
    assert typed.figure("likes") is None
    assert typed.figure("comments") is None
    assert typed.figures["saves"] == 12


def test_a_dash_alone_is_no_figure() -> None:
    typed = parse_line("- ? -")
    assert not typed.told
    assert set(typed.figures.values()) == {None}


def test_nothing_typed_is_nothing_told() -> None:
    assert parse_line("").figures == {}
    assert not parse_line("   ").told


def test_reach_is_taken_with_its_label() -> None:
    assert parse_line("1204 88 reach 960").figures == {"views": 1204, "likes": 88, "reach": 960}
    assert parse_line("960 accounts reached").figures == {"reach": 960}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("12.5 88", "“12.5” is not a whole number"),
        ("1.204k 88", "“1.204k” can be read in two ways"),
        ("-5 88", "“-5” is below zero"),
        ("99999999999999 88", "“99999999999999” is too large to be true"),
    ],
)
def test_a_number_that_cannot_be_read_never_gives_its_place_to_the_next(line, said) -> None:
    typed = parse_line(line)
    assert typed.figures == {"likes": 88}
    assert typed.odd == (said,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1204 88 bananas", "“bananas” is not a figure"),
        ("1 2 3 4 5 6 7", "“7” is one number too many"),
        ("views 1204 views 1300", "views is told twice, “1300” is left out"),
        ("views 1204 likes", "“likes” has no number"),
        ("v1204 88", "“88” has no label"),
        ("1204 €", "“€” is not a figure"),
    ],
)
def test_what_is_not_understood_is_said(line, said) -> None:
    assert said in parse_line(line).odd


def test_seven_numbers_that_could_be_joined_in_two_ways_are_not_joined() -> None:
    assert parse_line("1 204 3 120 12 4 2").odd == ("“2” is one number too many",)


@pytest.mark.parametrize(("line", "name"), [("88 1204", "likes"), ("1 204 88 3", "likes")])
def test_more_likes_than_views_deserve_a_second_look(line, name) -> None:
    assert f"more {name} than views" in parse_line(line).doubts


@pytest.mark.parametrize(
    ("line", "platform"), [("tt 12", "tiktok"), ("12 3 Instagram", "instagram")]
)
def test_the_line_may_name_the_platform(line, platform) -> None:
    typed = parse_line(line)
    assert typed.platform == platform
    assert typed.figures["views"] == 12


def test_a_line_of_any_length_and_kind_ends_in_an_answer() -> None:
    for hostile in ("9" * 10_000, "v" * 10_000, "1,000" * 3000, "\x00\x1b[31m 5", "- " * 9000):
        parse_line(hostile)
