"""Which character shows which pattern of sub-pixels.

A pattern is a mask: bit i is sub-pixel i of the cell, counted row by row from the upper left,
set where the foreground shows. Tables are of Unicode 16: Block Elements, Symbols for Legacy
Computing (sextants, U+1FB00) and its Supplement (octants, U+1CD00).
"""

from __future__ import annotations

from functools import cache

from studio.preview.modes import Mode

_HALVES = " ▀▄█"
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
# Octant patterns whose character is older than the octants or stands apart from them.
_QUARTERS = {
    0x03: "\U0001fb82",  # upper one quarter block
    0x3F: "\U0001fb85",  # upper three quarters block
    0xC0: "\u2582",  # lower one quarter block
    0xFC: "\u2586",  # lower three quarters block
    0x14: "\U0001fbe6",  # middle left one quarter block
    0x28: "\U0001fbe7",  # middle right one quarter block
    0x01: "\U0001cea8",  # left half upper one quarter block
    0x02: "\U0001ceab",  # right half upper one quarter block
    0x40: "\U0001cea3",  # left half lower one quarter block
    0x80: "\U0001cea0",  # right half lower one quarter block
}
# kitty 0.41 has no glyph for the single corners U+1CEA0, 1CEA3, 1CEA8 and 1CEAB. These, and the
# four others that fewer fonts have than the octants proper, are never needed: the opposite
# pattern with the colours exchanged looks the same.
_SHOWN_INVERTED = {Mode.OCTANT: frozenset({0x01, 0x02, 0x40, 0x03, 0x3F, 0x14, 0x28})}


@cache
def table(mode: Mode) -> tuple[str, ...]:
    """Return the characters of all `2 ** mode.pixels` patterns, in the order of their masks."""
    if mode is Mode.HALF:
        return tuple(_HALVES)
    if mode is Mode.QUADRANT:
        return tuple(_QUADRANTS)
    if mode is Mode.SEXTANT:
        known = {0x00: " ", 0x15: "▌", 0x2A: "▐", 0x3F: "█"}
        first, last = 0x1FB00, 0x1FB3B
    else:
        # A quadrant is two octants high.
        known = {_doubled(mask): char for mask, char in enumerate(_QUADRANTS)} | _QUARTERS
        first, last = 0x1CD00, 0x1CDE5
    # The rest of the patterns, in the order of their masks, fill the block without a gap.
    rest = iter(range(first, last + 1))
    return tuple(known.get(mask) or chr(next(rest)) for mask in range(1 << mode.pixels))


def _doubled(mask: int) -> int:
    """Return the octant mask that looks like a quadrant mask."""
    upper, lower = mask & 3, mask >> 2
    return upper | upper << 2 | lower << 4 | lower << 6


def is_inverted(mode: Mode, mask: int) -> bool:
    """Tell whether a pattern is shown as its opposite with the colours exchanged.

    Of each pattern and its opposite exactly one is used. It is the one whose last sub-pixel is
    background, so that a cell of one colour is a space, except where that one's character is
    missing from terminals that have its opposite.
    """
    full = (1 << mode.pixels) - 1
    has_last = bool(mask >> (mode.pixels - 1) & 1)
    plain = full ^ mask if has_last else mask
    return has_last != (plain in _SHOWN_INVERTED.get(mode, ()))
