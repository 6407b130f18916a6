"""Lengths counted by hand, unit by unit."""

from __future__ import annotations

import random

import pytest

from studio.captions.graphemes import graphemes
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
    # flags
    "🇫🇷🇩🇪": (4, 8, 16, 16),
    "a🇯🇵": (3, 5, 9, 9),
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f": (7, 14, 28, 28),
    "🏴\u200d☠\ufe0f": (4, 5, 13, 13),
    "🏳\ufe0f\u200d🌈": (4, 6, 14, 14),
    # families, couples, professions
    "👨\u200d👩\u200d👧\u200d👦": (7, 11, 25, 25),
    "👩\u200d❤\ufe0f\u200d👨": (6, 8, 20, 20),
    "👩🏿\u200d💻": (4, 7, 15, 15),
    "🤦🏼\u200d♂\ufe0f": (5, 7, 17, 17),
    "🧑\u200d🤝\u200d🧑": (5, 8, 18, 18),
    # keycaps, signs, digits
    "#\ufe0f\u20e3": (3, 3, 7, 7),
    "0\ufe0f\u20e31\ufe0f\u20e3": (6, 6, 14, 14),
    "#1": (2, 2, 2, 2),
    "☎\ufe0f": (2, 2, 6, 6),
    "✨": (1, 1, 3, 3),
    "❤\ufe0f\u200d🔥": (4, 5, 13, 13),
    "👋🏻👋🏿": (4, 8, 16, 16),
    # tags, links
    "#80skid": (7, 7, 7, 7),
    "#été": (4, 4, 6, 4),
    "#🎄": (2, 3, 5, 5),
    "@mum #漢字": (8, 8, 12, 8),
    # CJK, Hangul, kana with marks
    "日本語": (3, 3, 9, 3),
    "한국": (2, 2, 6, 2),
    "\u1112\u1161\u11ab": (3, 3, 9, 3),
    "か\u3099": (2, 2, 6, 2),
    "𠮷野家": (3, 4, 10, 4),
    "𩸽": (1, 2, 4, 2),
    "ＡＢ": (2, 2, 6, 2),
    # combining marks and scripts that join
    "o\u0308\u0304": (3, 3, 5, 3),
    "Z\u0351\u036b": (3, 3, 5, 3),
    "กำ": (2, 2, 6, 2),
    "क्षि": (4, 4, 12, 4),
    "שלום": (4, 4, 8, 4),
    "ﬁ": (1, 1, 3, 1),
    # line ends and what cannot be seen
    "\r\n": (2, 2, 2, 2),
    "\r\n\r\n": (4, 4, 4, 4),
    "\n\n": (2, 2, 2, 2),
    "a\u2028b": (3, 3, 5, 3),
    "\u200b": (1, 1, 3, 1),
    "\u00a0": (1, 1, 2, 1),
    "a\tb": (3, 3, 3, 3),
    "…": (1, 1, 3, 1),
    "— “a”": (5, 5, 11, 5),
    # astral letters and signs
    "𝒜𝒷": (2, 4, 8, 4),
    "𐍈": (1, 2, 4, 2),
    "€": (1, 1, 3, 1),
    "ß": (1, 1, 2, 1),
    "🎄 x": (3, 4, 6, 6),
    "é🎄": (2, 3, 6, 5),
}
# How many characters a reader sees, where it is not the number of code points.
SEEN = {
    "a\r\nb": 3,
    "e\u0301": 1,
    "हि": 1,
    "مَ": 1,
    "👍🏽": 1,
    "❤\ufe0f": 1,
    "👩\u200d👩\u200d👧": 1,
    "🇬🇧": 1,
    "1\ufe0f\u20e3": 1,
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": 1,
    "می\u200cخواهم": 7,
    "🇫🇷🇩🇪": 2,
    "a🇯🇵": 2,
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f": 1,
    "🏴\u200d☠\ufe0f": 1,
    "🏳\ufe0f\u200d🌈": 1,
    "👨\u200d👩\u200d👧\u200d👦": 1,
    "👩\u200d❤\ufe0f\u200d👨": 1,
    "👩🏿\u200d💻": 1,
    "🤦🏼\u200d♂\ufe0f": 1,
    "🧑\u200d🤝\u200d🧑": 1,
    "#\ufe0f\u20e3": 1,
    "0\ufe0f\u20e31\ufe0f\u20e3": 2,
    "☎\ufe0f": 1,
    "❤\ufe0f\u200d🔥": 1,
    "👋🏻👋🏿": 2,
    "\u1112\u1161\u11ab": 1,
    "か\u3099": 1,
    "o\u0308\u0304": 1,
    "Z\u0351\u036b": 1,
    "กำ": 1,
    "क्षि": 1,
    "\r\n": 1,
    "\r\n\r\n": 2,
}
UNITS = ("code points", "utf-16", "utf-8", "utf-16, emoji in utf-8")


@pytest.mark.parametrize("text", TRUTH)
def test_a_length_counted_by_hand(text):
    assert tuple(unit_length(text, unit) for unit in UNITS) == TRUTH[text]


@pytest.mark.parametrize("text", TRUTH)
def test_characters_as_a_reader_counts_them_by_hand(text):
    assert len(graphemes(text)) == SEEN.get(text, TRUTH[text][0])


def test_the_table_is_long_enough():
    assert len(TRUTH) >= 60
    assert set(SEEN) <= set(TRUTH)


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
