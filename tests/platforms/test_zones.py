from __future__ import annotations

import re

import pytest

from studio.platforms.zones import FRAME, SIDES, parse, zone, zones
from studio.problem import Problem

OWN = b"""
[tiktok.bottom]
value = 500
source = "my own phone, a caption of three lines"
as_of = "2026-11-20"
grade = "unverified"

[reddit]
name = "Reddit"
"""


def test_every_figure_says_who_and_when_and_how_sure() -> None:
    assert {each.key for each in zones()} >= {"instagram", "tiktok", "youtube", "strict"}
    for each in zones():
        assert each.why
        for side, rule in each.why.items():
            assert side in SIDES
            assert getattr(each, side) == rule.value
            assert rule.source
            assert re.fullmatch(r"20\d\d-\d\d-\d\d", rule.as_of)
        assert each.told.count("\n") == 0


def test_the_strict_box_lies_inside_what_each_platform_leaves_free() -> None:
    strict = zone("strict")
    for key in ("instagram", "tiktok", "youtube"):
        for side in SIDES:
            assert getattr(strict, side) >= getattr(zone(key), side), (key, side)


def test_a_side_that_nobody_gives_a_figure_for_is_free() -> None:
    assert "left" not in zone("tiktok").why
    assert zone("tiktok").free_of(FRAME)[0] == 0


def test_figures_of_ones_own_replace_one_by_one() -> None:
    mine = parse(OWN, "zones.toml", zones())
    tiktok = zone("tiktok", mine)
    assert tiktok.bottom == 500
    assert tiktok.top == zone("tiktok").top
    assert "my own phone" in tiktok.told
    assert tiktok.as_of == "2026-11-20"
    assert zone("instagram", mine) == zone("instagram")
    assert zone("reddit", mine).free_of(FRAME) == (0, 0, 1, 1)
    assert parse(b"\xef\xbb\xbf" + OWN, "zones.toml", zones()) == mine


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "not TOML"),
        (b"[tiktok", "not TOML"),
        (b"tiktok = 3", "not a table"),
        (b"[tiktok.middle]\nvalue = 3", "is no side"),
        (b"[tiktok]\nname = 3", "is no side"),
        (b"[tiktok.top]\nvalue = 3", "not whole"),
        (b'[a.top]\nvalue=-1\nsource="s"\nas_of="d"\ngrade="code"', "wrong kind"),
        (b'[a.top]\nvalue=true\nsource="s"\nas_of="d"\ngrade="code"', "wrong kind"),
        (b'[a.top]\nvalue=1.5\nsource="s"\nas_of="d"\ngrade="code"', "wrong kind"),
        (b'[a.top]\nvalue=1\nsource=""\nas_of="d"\ngrade="code"', "no source"),
        (b'[a.top]\nvalue=1\nsource="s"\nas_of="d"\ngrade="sure"', "no such grade"),
        (b'[a.top]\nvalue=1920\nsource="s"\nas_of="d"\ngrade="code"', "nothing free"),
    ],
)
def test_a_faulty_file_is_named_with_what_is_wrong_in_it(text, said) -> None:
    with pytest.raises(Problem) as caught:
        parse(text, "mine.toml", zones())
    assert caught.value.where == "mine.toml"
    assert said in caught.value.what
    assert caught.value.mend


def test_an_unknown_zone_is_a_problem_that_names_the_known() -> None:
    with pytest.raises(Problem, match="tiktok"):
        zone("tiktak")
