from __future__ import annotations

import unicodedata

import pytest

from studio.preview.glyphs import is_inverted, table
from studio.preview.modes import Mode

# What kitty 0.41 shows as a box.
TOFU = {"\U0001cea0", "\U0001cea3", "\U0001cea8", "\U0001ceab"}


@pytest.mark.parametrize("mode", Mode)
def test_every_pattern_has_its_own_character_and_back(mode: Mode) -> None:
    chars = table(mode)
    assert len(chars) == 2**mode.pixels
    assert {chars.index(char) for char in chars} == set(range(len(chars)))
    assert all(len(char) == 1 for char in chars)
    assert (chars[0], chars[-1]) == (" ", "█")


@pytest.mark.parametrize(
    ("mode", "sides"),
    [
        (Mode.HALF, {0b01: "▀", 0b10: "▄"}),
        (Mode.QUADRANT, {0b0011: "▀", 0b1100: "▄", 0b0101: "▌", 0b1010: "▐", 0b1001: "▚"}),
        (Mode.SEXTANT, {0b010101: "▌", 0b101010: "▐"}),
        (Mode.OCTANT, {0x0F: "▀", 0xF0: "▄", 0x55: "▌", 0xAA: "▐", 0xC0: "▂", 0xFC: "▆"}),
    ],
)
def test_halves_and_quarters_are_the_characters_every_font_has(mode: Mode, sides: dict) -> None:
    assert {mask: table(mode)[mask] for mask in sides} == sides


def test_sextants_are_what_unicode_names_them() -> None:
    named = 0
    for mask, char in enumerate(table(Mode.SEXTANT)):
        name = unicodedata.name(char)
        if "SEXTANT" in name:
            pieces = name.rpartition("-")[2]
            assert mask == sum(1 << (int(piece) - 1) for piece in pieces)
            named += 1
    assert named == 60


def test_octants_are_what_unicode_16_names_them() -> None:
    # Names from the code chart; this Python may be older than Unicode 16.
    named = {
        0x1CD00: "3",
        0x1CD01: "23",
        0x1CD02: "123",
        0x1CD03: "4",
        0x1CD13: "1245",
        0x1CDE5: "2345678",
    }
    for code, pieces in named.items():
        assert table(Mode.OCTANT)[sum(1 << (int(piece) - 1) for piece in pieces)] == chr(code)
    proper = [char for char in table(Mode.OCTANT) if "\U0001cd00" <= char <= "\U0001cde5"]
    assert [ord(char) for char in proper] == list(range(0x1CD00, 0x1CDE6))


@pytest.mark.parametrize("mode", Mode)
def test_no_character_is_used_that_a_terminal_is_known_to_lack(mode: Mode) -> None:
    full = 2**mode.pixels - 1
    used = {
        table(mode)[full ^ mask if is_inverted(mode, mask) else mask] for mask in range(full + 1)
    }
    assert not used & TOFU
    # What is left besides the classic blocks (U+2580-259F) is one Unicode block.
    blocks = {ord(char) >> 8 for char in used if char > "▟"}
    assert blocks <= ({0x1FB} if mode is Mode.SEXTANT else {0x1CD})


@pytest.mark.parametrize("mode", Mode)
def test_of_a_pattern_and_its_opposite_one_is_shown_both_ways(mode: Mode) -> None:
    full = 2**mode.pixels - 1
    for mask in range(full + 1):
        assert is_inverted(mode, mask) != is_inverted(mode, full ^ mask)
    assert is_inverted(mode, full)
    assert not is_inverted(mode, 0)
