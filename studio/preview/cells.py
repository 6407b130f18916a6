"""Pixels to cells: in each cell one character and two colours, as near the pixels as they get."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from studio.preview.ansi import ansi_rows
from studio.preview.glyphs import is_inverted, table
from studio.preview.modes import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from rich.segment import Segment
    from rich.style import Style

# Networks of comparators that sort 6 and 8 values with the fewest known, 12 and 19 (Knuth, The Art
# of Computer Programming 3, 5.3.4), layer by layer. Sorting across the cells, one sub-pixel of all
# of them at a time, is several times faster than sorting inside each.
_SORTING = {
    6: (
        ((0, 5), (1, 3), (2, 4)),
        ((1, 2), (3, 4)),
        ((0, 3), (2, 5)),
        ((0, 1), (2, 3), (4, 5)),
        ((1, 2), (3, 4)),
    ),
    8: (
        ((0, 2), (1, 3), (4, 6), (5, 7)),
        ((0, 4), (1, 5), (2, 6), (3, 7)),
        ((0, 1), (2, 3), (4, 5), (6, 7)),
        ((2, 4), (3, 5)),
        ((1, 4), (3, 6)),
        ((1, 2), (3, 4), (5, 6)),
    ),
}


@dataclass(frozen=True, eq=False)
class Cells:
    """A picture fitted to cells.

    Attributes:
        mode: how the cells are divided.
        codes: code points, shape (rows, columns).
        fg: foreground colours, shape (rows, columns, 3), sRGB.
        bg: background colours, shape (rows, columns, 3), sRGB.
        ansi: one string a row, exactly `columns` wide: 24-bit SGR where a colour changes,
            characters, and a reset at the end. No line ends, and no bytes but these.
    """

    mode: Mode
    codes: NDArray[np.uint32]
    fg: NDArray[np.uint8]
    bg: NDArray[np.uint8]
    ansi: tuple[str, ...]

    @property
    def columns(self) -> int:
        """Width in cells."""
        return int(self.codes.shape[1])

    @property
    def rows(self) -> int:
        """Height in cells."""
        return int(self.codes.shape[0])

    @property
    def nbytes(self) -> int:
        """Memory taken, in bytes."""
        arrays = self.codes.nbytes + self.fg.nbytes + self.bg.nbytes
        return arrays + sum(map(sys.getsizeof, self.ansi))

    def segments(self, row: int, start: int = 0, end: int | None = None) -> list[Segment]:
        """Return part of a row as Rich segments, built on demand; equal neighbours are joined.

        Args:
            row: from 0.
            start: first column, from 0.
            end: column after the last; None for the end of the row.

        Raises:
            IndexError: there is no such row.
        """
        from rich.segment import Segment

        start = max(start, 0)
        text = self.codes[row, start:end].astype("<u4").tobytes().decode("utf-32-le")
        colours = np.concatenate((self.fg[row, start:end], self.bg[row, start:end]), axis=1)
        if not text:
            return []
        breaks = np.flatnonzero((colours[1:] != colours[:-1]).any(axis=1)) + 1
        edges = [0, *breaks.tolist(), len(text)]
        return [
            Segment(text[left:right], _style(tuple(colours[left].tolist())))
            for left, right in pairwise(edges)
        ]


@lru_cache(maxsize=4096)
def _style(colours: tuple[int, ...]) -> Style:
    """Return the style of red, green, blue of the foreground, then of the background."""
    from rich.color import Color
    from rich.style import Style

    fg, bg = Color.from_rgb(*colours[:3]), Color.from_rgb(*colours[3:])
    return Style(color=fg, bgcolor=bg)


def fit(pixels: NDArray[np.uint8], mode: Mode) -> Cells:
    """Return the cells that come nearest to the pixels, by squared error in sRGB.

    Args:
        pixels: shape (rows * mode.rows, columns * mode.columns, 3), sRGB; rows and columns are
            those of the cells.
        mode: how the cells are divided.

    Raises:
        ValueError: the shape does not divide into cells, or is empty.
    """
    high, wide, depth = pixels.shape
    rows, columns = high // mode.rows, wide // mode.columns
    if depth != 3 or not rows or not columns or high % mode.rows or wide % mode.columns:
        raise ValueError(f"{pixels.shape} does not divide into cells of {mode.value}")
    cells = pixels.reshape(rows, mode.rows, columns, mode.columns, 3)
    # Channel, sub-pixel, cell: every step below then runs along all cells at once.
    planes = cells.transpose(4, 1, 3, 0, 2).reshape(3, mode.pixels, rows * columns)
    values = planes.astype(np.float32)
    mean = values.mean(axis=1)
    values -= mean[:, None]
    if mode is Mode.HALF:
        chosen = np.zeros((2, rows * columns), dtype=bool)
        chosen[0] = (values[:, 0] != values[:, 1]).any(axis=0)
    elif mode is Mode.QUADRANT:
        chosen = _best_pattern(values)
    else:
        chosen = _principal_split(values)
    codes, fg, bg = _two_colours(values, mean, chosen, mode)
    codes = codes.reshape(rows, columns)
    fg, bg = fg.reshape(rows, columns, 3), bg.reshape(rows, columns, 3)
    return Cells(mode, codes, fg, bg, ansi_rows(codes, fg, bg))


@dataclass(frozen=True)
class Letters:
    """A short text over a picture, one character a cell.

    Attributes:
        column: of the first character.
        row: from 0.
        text: characters one cell wide.
        fg: their colour.
        bg: the colour behind them.
    """

    column: int
    row: int
    text: str
    fg: tuple[int, int, int]
    bg: tuple[int, int, int]

    def within(self, cells: tuple[int, int, int, int]) -> bool:
        """Tell whether part of it lies in a rectangle: first column and row, and those after it."""
        left, top, right, bottom = cells
        return (
            top <= self.row < bottom
            and self.column < right
            and (self.column + len(self.text) > left)
        )


def lettered(cells: Cells, letters: Sequence[Letters]) -> Cells:
    """Return cells with texts over them; what does not fit is cut off."""
    codes, fg, bg = cells.codes.copy(), cells.fg.copy(), cells.bg.copy()
    ansi = list(cells.ansi)
    for each in letters:
        text = each.text[: max(0, cells.columns - each.column)]
        span = slice(each.column, each.column + len(text))
        codes[each.row, span] = [ord(char) for char in text]
        fg[each.row, span], bg[each.row, span] = each.fg, each.bg
    for row in {each.row for each in letters}:
        part = slice(row, row + 1)
        ansi[row] = ansi_rows(codes[part], fg[part], bg[part])[0]
    return Cells(cells.mode, codes, fg, bg, tuple(ansi))


def _best_pattern(values: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return the best of all patterns for cells of few sub-pixels, shape (n, cells).

    Args:
        values: deviations from each cell's mean, shape (3, n, cells).
    """
    n = values.shape[1]
    # A pattern and its opposite split alike: those without the last sub-pixel are enough.
    patterns = np.arange(1, 1 << (n - 1))[:, None] >> np.arange(n) & 1
    count = patterns.sum(axis=1)
    sums = np.einsum("pn,cnk->cpk", patterns.astype(np.float32), values)
    # What two means explain of the squared error; mean zero makes both sides' sums opposite.
    gain = (sums**2).sum(axis=0) * (n / (count * (n - count)))[:, None].astype(np.float32)
    best = gain.argmax(axis=0)
    chosen: NDArray[np.bool_] = patterns[best].T.astype(bool)
    chosen[:, gain.max(axis=0) <= 0] = False
    return chosen


def _principal_split(values: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return a near-best pattern for cells of many sub-pixels, shape (n, cells).

    The sub-pixels are put in order along the cell's principal colour axis and split where the
    two groups' means explain most.

    Args:
        values: deviations from each cell's mean, shape (3, n, cells).
    """
    n = values.shape[1]
    red, green, blue = values
    rr, gg, bb = ((channel * channel).sum(axis=0) for channel in values)
    rg, rb, gb = (red * green).sum(axis=0), (red * blue).sum(axis=0), (green * blue).sum(axis=0)
    # Two steps of power iteration, from the row of the covariance with the largest variance.
    a, b, c = np.where(
        (rr >= gg) & (rr >= bb), (rr, rg, rb), np.where(gg >= bb, (rg, gg, gb), (rb, gb, bb))
    )
    for _ in range(2):
        size = np.sqrt(a * a + b * b + c * c) + np.float32(1e-9)
        a, b, c = a / size, b / size, c / size
        a, b, c = rr * a + rg * b + rb * c, rg * a + gg * b + gb * c, rb * a + gb * b + bb * c
    along = red * a + green * b + blue * c
    ordered = list(along)
    for low, high in chain.from_iterable(_SORTING[n]):
        ordered[low], ordered[high] = (
            np.minimum(ordered[low], ordered[high]),
            np.maximum(ordered[low], ordered[high]),
        )
    best = np.zeros_like(ordered[0])
    threshold = np.full_like(best, np.inf)
    total = np.zeros_like(best)
    for count in range(1, n):
        total += ordered[count - 1]
        gain = total * total * np.float32(1 / (count * (n - count)))
        better = gain > best
        best = np.where(better, gain, best)
        threshold = np.where(better, ordered[count], threshold)
    chosen: NDArray[np.bool_] = along >= threshold
    return chosen


def _two_colours(
    values: NDArray[np.float32],
    mean: NDArray[np.float32],
    chosen: NDArray[np.bool_],
    mode: Mode,
) -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return code points (cells,) and the means of both groups (cells, 3) of a pattern."""
    n = mode.pixels
    mask = np.zeros(chosen.shape[1], dtype=np.intp)
    for place in range(n):
        mask |= chosen[place].astype(np.intp) << place
    inside = (values * chosen).sum(axis=1)
    count = chosen.sum(axis=0)
    high = mean + inside / np.maximum(count, 1)
    low = mean - inside / np.maximum(n - count, 1)
    codes, inverted = _lookup(mode)
    swap = inverted[mask]
    fg = np.where(swap, low, high)
    bg = np.where(swap, high, low)
    return codes[mask], _rounded(fg), _rounded(bg)


@cache
def _lookup(mode: Mode) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Return, for each mask, the code point to show and whether the colours are exchanged."""
    full = (1 << mode.pixels) - 1
    inverted = [is_inverted(mode, mask) for mask in range(full + 1)]
    chars = table(mode)
    codes = [ord(chars[full ^ mask if inverted[mask] else mask]) for mask in range(full + 1)]
    return np.array(codes, dtype=np.uint32), np.array(inverted)


def _rounded(colours: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return colours (3, cells) as bytes (cells, 3)."""
    return (colours + np.float32(0.5)).clip(0, 255).astype(np.uint8).T
