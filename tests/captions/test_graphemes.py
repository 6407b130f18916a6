"""A cursor steps over what a reader sees as one character."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from studio.captions.graphemes import (
    graphemes,
    next_boundary,
    previous_boundary,
    snap,
    word_left,
    word_right,
)

# Each character as a reader sees it, one a string: the pieces must come out as they are here.
CASES = {
    "letters": ["a", "b", "c"],
    "accents in one": ["é", "ü"],
    "accents put on": ["e\u0301", "u\u0308", "x"],
    "many accents": ["z" + "\u0336\u0310\u0489" * 20, "!"],
    "family": ["👩\u200d👩\u200d👧"],
    "two families": ["👩\u200d👩\u200d👧", "👨\u200d👦"],
    "skin tones": ["👍🏽", "👍", "👩🏿\u200d🚀"],
    "skin tone alone": ["a🏽"],
    "flags": ["🇫🇷", "🇩🇪"],
    "odd run of regional indicators": ["🇫🇷", "🇩🇪", "🇬"],
    "flags with a letter between": ["🇫🇷", "x", "🇩🇪"],
    "one regional indicator, then a letter": ["🇫", "a"],
    "flag spelt in tags": ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "a"],
    "rainbow flag": ["🏳\ufe0f\u200d🌈"],
    "keycaps": ["1\ufe0f\u20e3", "#\ufe0f\u20e3", "*\u20e3", "2"],
    "heart as emoji and as text": ["❤\ufe0f", "❤"],
    "heart on fire": ["❤\ufe0f\u200d🔥"],
    "joiner after a letter": ["a\u200d", "b"],
    "joiner at the end": ["👩\u200d"],
    "joiner at the start": ["\u200d", "a"],
    "Hangul in jamo": ["\u1112\u1161\u11ab", "\u1100\u1173\u11af"],
    "Hangul syllables": ["한", "글"],
    "Hangul syllable and final": ["가\u11a8"],
    "Hindi vowel sign": ["हि", "न्दी"],
    "Hindi conjunct": ["क्त", "क्ष"],
    "Hindi conjunct with joiner": ["क्\u200dष"],
    "Hindi, not joined": ["क", "त"],
    "Tamil": ["நி", "லா"],
    "Thai": ["กำ", "น้ำ"],
    "number sign before digits": ["\u0600\u0661", "\u0662"],
    "Arabic with marks": ["مَ", "رْ"],
    "Japanese": ["が", "ガ", "漢", "か\u3099"],
    "line ends": ["a", "\r\n", "\n", "\r", "b"],
    "control": ["a", "\x00", "\u0301", "b"],
    "zero-width space": ["a", "\u200b", "b"],
    "byte order mark": ["\ufeff", "a"],
    "bidi override": ["\u202e", "a"],
    "half a character": ["a", "\ud83d", "b"],
    "maths letters": ["𝐇", "𝐢"],
    "nothing": [],
}


@pytest.mark.parametrize("pieces", CASES.values(), ids=CASES)
def test_a_text_falls_into_the_characters_one_sees(pieces):
    assert graphemes("".join(pieces)) == pieces


# These join with a letter put before them.
JOINING = {"joiner at the start"}
ALONE = [(pieces, "", "") for pieces in CASES.values()]
AMONG_OTHERS = [
    (pieces, before, after)
    for name, pieces in CASES.items()
    for before, after in [("ab ", " cd"), ("漢", "漢"), ("é", "é")]
    if name not in JOINING
]


@pytest.mark.parametrize(("pieces", "before", "after"), ALONE + AMONG_OTHERS)
def test_one_key_goes_one_character_from_any_column(pieces, before, after):
    pieces = [*before, *pieces, *after]
    line = "".join(pieces)
    boundaries = [0]
    for piece in pieces:
        boundaries.append(boundaries[-1] + len(piece))
    for column in range(len(line) + 1):
        right = min((b for b in boundaries if b > column), default=len(line))
        left = max((b for b in boundaries if b < column), default=0)
        assert next_boundary(line, column) == right
        assert previous_boundary(line, column) == left
        assert snap(line, column) == max(b for b in boundaries if b <= column)


def test_columns_outside_the_line_are_held_to_it():
    assert next_boundary("ab", 7) == 2
    assert next_boundary("ab", -3) == 1
    assert previous_boundary("ab", 9) == 1
    assert previous_boundary("ab", -1) == 0
    assert snap("ab", -1) == 0
    assert snap("ab", 9) == 2
    assert next_boundary("", 0) == previous_boundary("", 0) == 0


# What joins, alone: marks, joiners, prepended signs, jamo, regional indicators, skin tones, tags.
PARTS = (
    "\u0301\u200d\u0600\u0d4e\u094d\u0915\u0903\u1100\u1161\u11a8🇬🇧👩❤\ufe0f🏽\u20e3\r\n\U000e0067"
)
PIECES = [piece for pieces in CASES.values() for piece in pieces if piece] + list(PARTS)


def test_stepping_agrees_with_the_whole_text_wherever_one_starts():
    chance = random.Random(20261123)
    for _ in range(1500):
        line = "".join(chance.choices(PIECES + list("abc xyz 漢字"), k=10))
        boundaries = {0}
        for piece in graphemes(line):
            boundaries.add(max(boundaries) + len(piece))
        for column in range(len(line)):
            after = next_boundary(line, column)
            assert after in boundaries
            assert after > column
            assert not any(column < b < after for b in boundaries)
            before = previous_boundary(line, column + 1)
            assert before in boundaries
            assert not any(before < b <= column for b in boundaries)


@pytest.mark.parametrize(
    ("line", "stops"),
    [
        ("wrapping paper", [8, 14]),
        ("mum's tea, 1989", [5, 9, 10, 15]),
        ("don’t  stop", [5, 11]),
        ("#80skid #xmas", [1, 7, 9, 13]),
        ("हिन्दी में", [6, 10]),
        ("cafe\u0301 au", [5, 8]),
        ("tea 🎄👩\u200d👩\u200d👧 now", [3, 10, 14]),
        ("  end  ", [5, 7]),
        ("", []),
    ],
)
def test_a_word_at_a_time_to_the_right(line, stops):
    found = []
    place = 0
    while place < len(line):
        place = word_right(line, place)
        found.append(place)
    assert found == stops


@pytest.mark.parametrize(
    ("line", "stops"),
    [
        ("wrapping paper", [9, 0]),
        ("mum's tea, 1989", [11, 9, 6, 0]),
        ("tea 🎄👩\u200d👩\u200d👧 now", [11, 4, 0]),
        ("  end  ", [2, 0]),
        ("   ", [0]),
        ("", []),
    ],
)
def test_a_word_at_a_time_to_the_left(line, stops):
    found = []
    place = len(line)
    while place > 0:
        place = word_left(line, place)
        found.append(place)
    assert found == stops


@pytest.mark.parametrize("piece", ["x", "漢", "👩\u200d👩\u200d👧", "हिन्दी ", "e\u0301"])
def test_a_key_in_a_long_line_costs_no_more_than_in_a_short_one(piece):
    line = piece * (100_000 // len(piece))
    next_boundary(line, 0)
    began = time.process_time()
    for column in range(0, len(line), 1000):
        next_boundary(line, column)
        previous_boundary(line, column)
    # 2 µs a call measured; reading the line from its start would be milliseconds.
    assert (time.process_time() - began) / 200 < 0.0005


def test_listing_captions_does_not_load_the_grapheme_tables():
    program = (
        "import sys; import studio.captions.graphemes, studio.captions.files, "
        "studio.captions.measure, studio.captions.clipboard, studio.captions.count; "
        "heavy = {'regex', 'tomllib', 'subprocess', 'asyncio', 'textual', 'rich'}; "
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
