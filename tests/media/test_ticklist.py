"""The questions for a picture, and the year an idea is about."""

from __future__ import annotations

import pytest

from studio.media.household import household
from studio.media.ticklist import MOST_OF_THE_ERA, questions, year_of

TABLE = household()


def ids(found, prefix):
    return [each.id for each in found if each.id.startswith(prefix)]


def test_bans_come_first_then_the_year_then_the_marks_of_a_generator():
    found = questions(["wheelie bin", "LED headlight"], 1986, TABLE)
    kinds = [each.id.partition(":")[0] for each in found]
    assert kinds == sorted(kinds, key=["ban", "era", "real"].index)
    assert [each.id for each in found[:2]] == ["ban:wheelie-bin", "ban:led-headlight"]
    assert found[0].ask == "Is this anywhere in the picture: wheelie bin?"


def test_a_ban_that_names_a_thing_of_the_table_asks_its_question_once():
    found = {each.id: each for each in questions(["wall-mounted TV"], 1989, TABLE)}
    assert "thinner than a hand" in found["ban:wall-mounted-tv"].ask
    assert "Instead: A tube TV" in found["ban:wall-mounted-tv"].why
    assert "era:flat-tv" not in found


def test_a_ban_of_one_word_does_not_stand_for_a_thing_with_that_word_in_its_name():
    found = {each.id: each for each in questions(["TV"], 1989, TABLE)}
    assert found["ban:tv"].ask == "Is this anywhere in the picture: TV?"
    assert "era:flat-tv" in found


def test_the_worst_of_the_year_are_shown_and_the_rest_is_more():
    era = [each for each in questions([], 1989, TABLE) if each.id.startswith("era:")]
    assert [each.more for each in era] == [False] * MOST_OF_THE_ERA + [True] * (
        len(era) - MOST_OF_THE_ERA
    )
    assert era[0].id == "era:flat-tv"
    assert "from about 2007. Instead: A tube TV" in era[0].why
    assert "Ofcom" in era[0].source


def test_a_year_of_today_has_only_what_is_gone():
    era = [each for each in questions([], 2026, TABLE) if each.id.startswith("era:")]
    assert era
    assert all("gone from most homes" in each.why for each in era)


def test_without_a_year_nothing_is_asked_of_the_year():
    found = questions(["x"], None, TABLE)
    assert ids(found, "era:") == []
    assert {"real:light", "real:skin", "real:text", "real:faces", "real:hands"} <= {
        each.id for each in found
    }


def test_every_question_asks_for_presence_and_says_what_a_yes_means():
    for year in (1950, 1985, 1995, 2005):
        found = questions(["no phones"], year, TABLE)
        assert len({each.id for each in found}) == len(found)
        for each in found:
            assert each.ask.endswith("?")
            assert each.ask.split()[0] in {"Is", "Are", "Does", "Do"}
            assert each.why
            assert each.source
            assert each.fails_on is True


def test_ids_are_the_same_for_the_same_ban_however_it_is_spaced():
    one, other = (
        questions(["Wall-mounted  TV "], None, ()),
        questions(["wall-mounted tv"], None, ()),
    )
    assert one[0].id == other[0].id == "ban:wall-mounted-tv"


@pytest.mark.parametrize("ban", ["", "   ", "\n"])
def test_an_empty_ban_asks_nothing(ban):
    assert ids(questions([ban], None, ()), "ban:") == []


def test_the_same_ban_twice_and_bans_in_other_scripts():
    found = questions(["TV", "tv", "薄型テレビ", "a" * 5_000], None, ())
    assert ids(found, "ban:")[:2] == ["ban:tv", "ban:薄型テレビ"]
    assert len(ids(found, "ban:")) == 3
    assert all(len(each.ask) < 400 for each in found)


# The year of an idea


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1989", 1989),
        ("Xmas morning '89", 1989),
        ("Xmas morning ’89", 1989),
        ("class of ‘04", 2004),
        ("Christmas morning 1989", 1989),
        ("Xmas 89", 1989),
        ("summer of 84", 1984),
        ("Christmas 1988-89", 1988),
        ("winter 1988/1989", 1988),
        ("1989-12-25", 1989),
        ("#christmas1989 #snow", 1989),
        ("it was 1989.", 1989),
        ("1989, again 1989", 1989),
        ("1980s", 1985),
        ("80s", 1985),
        ("the '80s", 1985),
        ("the 1980's", 1985),
        ("late 80s", 1988),
        ("early '90s", 1992),
        ("mid-eighties", 1985),
        ("80skid 80stv nostalgia", 1985),
        ("the 80s, the late 80s", 1988),
        ("'30s kitchen", 1935),
    ],
)
def test_a_year_is_found(text, year):
    assert year_of(text) == year


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Corner shop sweets",
        "1979 v. 1989",
        "1985-1995",
        "1985-95",
        "80s and 90s",
        "late 80s to early 90s",
        "1920x1080",
        "1080 x 1920 px",
        "$1999",
        "1,989 sweets",
        "1989p",
        "30s clip",
        "Nintendo 64",
        "Windows 95",
        "90 minutes",
        "IMG_1989",
        "1900s",
        "5'10 tall",
        "100% '100%",
    ],
)
def test_what_is_not_clear_is_no_year(text):
    assert year_of(text) is None


def test_the_first_text_with_an_exact_year_decides():
    assert year_of("1986", "Xmas morning '89") == 1986
    assert year_of("", "the 80s", "#xmas1987") == 1987
    assert year_of("", "Arcade carpet", "arcade pier 80skid") == 1985
    assert year_of("1979 or 1989", "1985") is None
    assert year_of() is None


def test_a_text_without_end_is_read_in_part():
    assert year_of("x '" * 1_000_000 + "1989") is None
