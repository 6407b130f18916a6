"""Borders baked into a picture: bars, frames, and bars filled with a blurred copy.

A border is smooth up to a straight seam that runs from side to side, and there is another on the
opposite side. A night sky is smooth too, but ends in no seam.

Measured on six photographs in ten frames each: all 60 found, 57 of them surely (the others are
blurred bars of dark pictures); none in 180 copies without. A view through a plain dark window
frame is taken for a border, and grain of σ 10 laid over the bars hides them (of σ 6 does not).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = 8  # grey levels between neighbours: more is an edge, less is smooth
_BUSY = 0.02  # share of edges along a line up to which it is smooth
_PLAIN = 4.0  # spread of a line in grey levels up to which it is of one colour
_SAME = 10  # grey levels by which opposite bars of one colour may differ
_SEAM, _LIKELY = 0.6, 0.3  # share of a line that changes at the seam: sure, and perhaps
_FRAME = 0.45  # the same for a frame of one colour all around, whose corners do not change
_MOST = 0.45  # of the picture that one bar may cover
_LEAST = 2  # lines that make a bar
_LEAST_BLURRED = 0.04  # of the picture: a thinner blurred bar is the ground a thing lies on


@dataclass(frozen=True)
class Border:
    """Bars around a picture.

    Attributes:
        sides: left, top, right, bottom: lines of what was measured that are no picture, the line
            that scaling mixed from both included.
        kind: "black", "white", "plain" or "blurred".
        sure: whether it can hardly be anything else.
    """

    sides: tuple[int, int, int, int]
    kind: str
    sure: bool


@dataclass(frozen=True)
class _Bar:
    size: int
    seam: float  # share of the line that changes
    level: float  # mean grey
    plain: bool


def border(grey: NDArray[np.uint8]) -> Border | None:
    """Return the border baked into a picture, None when there is none.

    Args:
        grey: shape (height, width), uint8.
    """
    values = grey.astype(np.int16)
    left, right = _bar(values.T), _bar(values.T[::-1])
    top, bottom = _bar(values), _bar(values[::-1])
    bars = (left, top, right, bottom)
    across, down = _pair(left, right), _pair(top, bottom)
    framed = min(across, down) >= _FRAME and all(bar is not None and bar.plain for bar in bars)
    if not framed:  # nothing all around: then both of a pair are of one size
        across *= _alike(left, right)
        down *= _alike(top, bottom)
    if max(across, down) < _LIKELY:
        return None  # one bar alone is more often a wall, a sky or a table than a border
    kept = [
        bar if pair >= _LIKELY else None
        for bar, pair in zip(bars, (across, down, across, down), strict=True)
    ]
    sizes = tuple(bar.size if bar else 0 for bar in kept)
    sure = framed or max(across, down) >= _SEAM
    return Border((sizes[0], sizes[1], sizes[2], sizes[3]), _kind(kept), sure)


def _bar(values: NDArray[np.int16]) -> _Bar | None:
    """Return the bar along the first rows, None without."""
    most = int(len(values) * _MOST)
    head = values[: most + 4]
    edges = (np.abs(np.diff(head, axis=1)) > _STEP).mean(axis=1)
    steps = np.zeros(len(head))
    steps[1:] = (np.abs(np.diff(head, axis=0)) > _STEP).mean(axis=1)
    rough = np.flatnonzero((edges > _BUSY) | (steps > _LIKELY / 2))
    if not len(rough) or not _LEAST <= rough[0] < most:
        return None
    first = int(rough[0])
    # Scaling smears the seam over neighbouring lines, and compression puts a few edges before it.
    before = values[max(0, first - 3)]
    changed = [(np.abs(line - before) > _STEP).mean() for line in values[first : first + 4]]
    seam = float(max(changed))
    end = first + int(np.argmax(np.array(changed) > 0.9 * seam)) + 1
    bar = values[: max(1, first - 1)]
    plain = bool(np.median(bar.std(axis=1)) <= _PLAIN and bar.mean(axis=1).std() <= _PLAIN)
    if not plain and end < _LEAST_BLURRED * len(values):
        return None
    return _Bar(end, seam, float(bar.mean()), plain)


def _pair(one: _Bar | None, other: _Bar | None) -> float:
    """Return how much two opposite bars look like one border: the weaker seam, or 0."""
    if one is None or other is None:
        return 0.0
    if one.plain and other.plain and abs(one.level - other.level) > _SAME:
        return 0.0
    return min(one.seam, other.seam)


def _alike(one: _Bar | None, other: _Bar | None) -> bool:
    """Say whether two bars are of one size, as those of a picture set in the middle are."""
    if one is None or other is None:
        return False
    return abs(one.size - other.size) <= max(3, 0.1 * max(one.size, other.size))


def _kind(bars: list[_Bar | None]) -> str:
    found = [bar for bar in bars if bar]
    if not all(bar.plain for bar in found):
        return "blurred"
    level = sum(bar.level for bar in found) / len(found)
    return "black" if level < 24 else "white" if level > 231 else "plain"
