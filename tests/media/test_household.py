"""What was common at home in which year, and the user's own table."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.media import household as module
from studio.media.household import COLUMNS, anachronisms, household, parse
from studio.problem import Problem


def wrong_in(year):
    return {row.id for row in anachronisms(year, household())}


def test_the_table_is_whole():
    table = household()
    assert 60 <= len(table) <= 90
    assert len({row.id for row in table}) == len(table)
    for row in table:
        assert row.looks.endswith("?"), row.id
        assert row.looks.split()[0] in {"Is", "Are", "Does", "Do", "Has", "Have"}, row.id
        assert row.instead, row.id
        assert row.region in {"UK", "US", "both"}, row.id
        assert row.from_year or row.until_year, row.id


def test_every_figure_says_who_gave_it_or_that_nobody_did():
    for row in household():
        assert row.grade in {"counted", "documented", "general"}, row.id
        assert bool(row.source) is (row.grade != "general"), row.id
        assert row.grade != "counted" or any(char.isdigit() for char in row.note), row.id


def test_the_things_generators_put_everywhere_do_not_belong_into_1989():
    modern = {"flat-tv", "led-strip", "cool-light", "downlights", "smartphone", "usb-charger"}
    modern |= {"modern-controller", "digital-frame", "granite-kitchen", "steel-kitchen"}
    modern |= {"barn-door", "grey-floor", "pvc-window", "safety-socket", "gift-bag"}
    assert modern <= wrong_in(1989)
    assert anachronisms(1989, household())[0].id == "flat-tv"


def test_1985_and_1995_are_told_apart():
    between = {"game-boy", "mega-drive", "cd-player", "cordless-phone", "microwave", "nes"}
    assert between <= wrong_in(1985)
    assert not between & wrong_in(1995)
    assert {"playstation", "n64"} <= wrong_in(1995)
    period = {"vcr", "push-button-phone", "teletext", "crt-tv", "cassettes", "personal-stereo"}
    assert not {"vcr", "push-button-phone", "crt-tv", "cassettes"} & (
        wrong_in(1985) | wrong_in(1995)
    )
    assert not period & wrong_in(1989)


def test_what_was_gone_by_then_comes_after_what_was_not_there_yet():
    found = [row.id for row in anachronisms(2003, household())]
    assert found.index("rotary-phone") > found.index("flat-tv")
    assert "video-game-1" not in wrong_in(1984)


def test_a_year_belongs_to_both_of_its_ends():
    row = parse("x\tX\t1986\t1990", "own")
    assert [bool(anachronisms(year, row)) for year in (1985, 1986, 1990, 1991)] == [
        True,
        False,
        False,
        True,
    ]


# The user's own table


def test_own_rows_replace_remove_and_come_first():
    own = "# mine\r\nmicrowave\tMicrowave\t1992\nflat-tv\t\nlava-lamp\tLava lamp\t1968\t1975\n"
    table = {row.id: row for row in household(own)}
    assert table["microwave"].from_year == 1992
    assert (table["microwave"].grade, table["microwave"].ask) == (
        "own",
        "Is this in the picture: Microwave?",
    )
    assert "flat-tv" not in table
    assert next(iter(table)) == "lava-lamp"


def test_columns_may_be_named_in_any_order():
    own = "\ufeffid\tlooks\tobject\tuntil_year\nfloor\tIs it lino?\tLino\t1980\n"
    row = household(own)[0]
    assert (row.looks, row.object, row.until_year, row.from_year) == (
        "Is it lino?",
        "Lino",
        1980,
        None,
    )


@pytest.mark.parametrize("own", [None, "", "  \n\n", "# only a note\n"])
def test_an_empty_table_changes_nothing(own):
    assert household(own) == household()


def test_a_spreadsheets_quotes_are_taken_off():
    assert parse('x\t"24"" TV"\t1980', "own")[0].object == '24" TV'


FAULTS = {
    "\tNo id\t1980": "has no id",
    "two words\tX\t1980": "has no id",
    "x\tX\tsoon": "'soon' for from_year",
    "x\tX\t19800": "'19800' for from_year",
    "x\tX\t٣٣٣٣": "for from_year",
    "x\tX\t1990\t1980": "from 1990 until 1980",
    "x\tX": "has no year",
    "x\tX\t1980\nx\tY\t1981": "line 1",
    "x\tX\t1980" + "\t" * 7 + "guess": "'guess' for grade",
    "x\tX\t1980" + "\t" * 8 + "over": "more cells than columns",
    "x\t" + "X" * 501 + "\t1980": "501 characters",
    "id\tthing\nx\tX": "column 'thing'",
    "id\tlooks\nx\tX": "lacks a column",
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_named_with_its_line_and_a_mend(text):
    with pytest.raises(Problem) as caught:
        household(f"# my things\n{text}")
    assert FAULTS[text].replace("line 1", "line 2") in caught.value.what
    assert caught.value.where.startswith("household.tsv, line ")
    assert caught.value.mend


def test_a_table_without_end_is_refused():
    with pytest.raises(Problem):
        household("x" * 1_000_001)
    with pytest.raises(Problem):
        household("\n".join(f"a{i}\tX\t1980" for i in range(2_001)))


def test_the_columns_of_the_file_are_those_of_the_code():
    lines = Path(module.__file__).with_name("household.tsv").read_text("utf-8").split("\n")
    head = next(line for line in lines if not line.startswith("#"))
    assert tuple(head.split("\t")) == COLUMNS
