"""Lengths counted by hand, unit by unit."""

from __future__ import annotations

import random

import pytest

from studio.captions.units import prefix, unit_length

# text: code points, UTF-16 units, UTF-8 bytes, Threads (emoji by bytes, the rest by UTF-16 units)
TRUTH = {
    "": (0, 0, 0, 0),
    "abc": (3, 3, 3, 3),
    "a\nb": (3, 3, 3, 3),
    "a\r\nb": (4, 4, 4, 4),
    "é": (1, 1, 2, 1),
    "e\u0301": (2, 2, 3, 2),
    "£": (1, 1, 2, 1),
    "’": (1, 1, 3, 1),
    "漢字": (2, 2, 6, 2),
    "हि": (2, 2, 6, 2),
    "مَ": (2, 2, 4, 2),
    "🎄": (1, 2, 4, 4),
    "🎄🎄": (2, 4, 8, 8),
    "a🎄b": (3, 4, 6, 6),
    "👍🏽": (2, 4, 8, 8),
    "❤\ufe0f": (2, 2, 6, 6),
    "👩\u200d👩\u200d👧": (5, 8, 18, 18),
    "🇬🇧": (2, 4, 8, 8),
    "🇬": (1, 2, 4, 4),
    "1\ufe0f\u20e3": (3, 3, 7, 7),
    "1": (1, 1, 1, 1),
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": (7, 14, 28, 28),
    "𝐇𝐢": (2, 4, 8, 4),
    "می\u200cخواهم": (8, 8, 17, 8),
    "\ufeffa": (2, 2, 4, 2),
    "\ud83d": (1, 1, 3, 1),
    "x" * 2200: (2200, 2200, 2200, 2200),
}
UNITS = ("code points", "utf-16", "utf-8", "utf-16, emoji in utf-8")


@pytest.mark.parametrize("text", TRUTH)
def test_a_length_counted_by_hand(text):
    assert tuple(unit_length(text, unit) for unit in UNITS) == TRUTH[text]


def test_an_unknown_unit_is_an_error():
    with pytest.raises(ValueError, match="letters"):
        unit_length("a", "letters")


def test_the_longest_start_that_fits():
    chance = random.Random(7)
    bits = [text for text in TRUTH if len(text) < 20]
    for _ in range(300):
        text = "".join(chance.choices(bits, k=6))
        for unit in UNITS:
            limit = chance.randrange(20)
            end = prefix(text, limit, unit)
            assert unit_length(text[:end], unit) <= limit
            assert end == len(text) or unit_length(text[: end + 1], unit) > limit
