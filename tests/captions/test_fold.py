"""Where "more" comes on the phone."""

from __future__ import annotations

import random

import pytest

from studio.captions.fold import cut
from studio.captions.graphemes import graphemes
from studio.captions.measure import measure

FAMILY = "👩\u200d👩\u200d👧"  # 5 code points, 8 UTF-16 units


def shown(text, platform):
    found = measure(text, platform)
    assert found.shown == (text if found.fold is None else text[: found.fold])
    return None if found.fold is None else found.shown


@pytest.mark.parametrize(
    ("text", "fold"),
    [
        ("x" * 125, None),
        ("x" * 126, 125),
        ("x" * 125 + "\n", None),
        ("x" * 125 + "  \n\n", None),
        ("x" * 120 + " " + "y" * 10, 125),
        ("x" * 124 + " yz", 124),
        ("x" * 123 + "🎄", None),
        ("x" * 124 + "🎄", 124),
        ("x" * 117 + FAMILY + "yz", 122),
        ("x" * 118 + FAMILY + "yz", 118),
        ("a\nb\nc", None),
        ("a\nb\nc\nd", 5),
        ("a\n\n\nd", 1),
        ("a\n\nc\nd", 4),
        ("x" * 42 + "\nb\nc", None),
        ("x" * 43 + "\nb\nc", 45),
        ("x" * 43 + "\n\nc", 43),
        ("x" * 84 + "\ny", None),
        ("x" * 85 + "\ny", 85),
        ("a\nb\n" + "x" * 42, None),
        ("a\nb\n" + "x" * 43, 46),
        ("\n\n\nabc", None),
        ("\n\n\n\n" + "x" * 126, 129),
        ("", None),
        (" \n ", None),
    ],
)
def test_instagram_shows_125_characters_or_three_lines(text, fold):
    assert measure(text, "instagram").fold == fold


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("x" * 55, None),
        ("x" * 56, "x" * 55),
        ("First line\nsecond", "First line"),
        ("First line\n\n", None),
        ("x" * 50 + FAMILY, "x" * 50),
    ],
)
def test_tiktok_shows_a_line(text, visible):
    assert shown(text, "tiktok") == visible


def test_where_nobody_knows_nothing_is_cut():
    for platform in ("threads", "facebook", "pinterest", "youtube"):
        assert shown("x\n" * 400, platform) is None


def test_a_character_too_wide_for_the_room_is_still_whole():
    tower = "z" + "\u0336" * 200
    assert shown(tower + " and more", "tiktok") == tower


def test_line_ends_of_other_systems_are_line_ends():
    assert measure("a\r\nb\r\nc\r\nd", "instagram").fold == 7
    assert measure("a\u2028b", "tiktok").fold == 1


def test_only_a_number_of_lines():
    assert cut("a" * 500 + "\nb", None, 1, "utf-16") == 500


def test_only_a_number_of_characters():
    assert cut("a\nb\nc\nd", 3, None, "utf-16") == 3


def test_the_cut_is_between_characters_and_leaves_something_out():
    chance = random.Random(125)
    bits = ["x" * 20, " ", "\n", FAMILY, "🇬🇧", "e\u0301", "漢字", "हि", "\r\n", "#tag"]
    for _ in range(400):
        text = "".join(chance.choices(bits, k=chance.randrange(1, 40)))
        for platform in ("instagram", "tiktok"):
            fold = measure(text, platform).fold
            if fold is None:
                continue
            assert graphemes(text[:fold]) + graphemes(text[fold:]) == graphemes(text)
            assert text[fold:].strip()
            assert text[:fold].strip()
            assert text[:fold] == text[:fold].rstrip()
