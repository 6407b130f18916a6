from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from PIL import Image
from rich.segment import Segment

from studio.preview.cells import _SORTING, fit
from studio.preview.modes import Mode

NOISE = np.random.default_rng(3).integers(0, 256, (48, 32, 3), dtype=np.uint8)
TOKEN = re.compile(r"\x1b\[([\d;]*)m|([^\x1b])")


def painted(row: str) -> tuple[list[tuple[str, tuple, tuple]], bool]:
    """Characters of a row with their colours, as a terminal follows them; whether it ends reset."""
    pen: dict[str, tuple] = {"38": (), "48": ()}
    cells = []
    at = 0
    for token in TOKEN.finditer(row):
        assert token.start() == at, "bytes that are not ours"
        at = token.end()
        if token[2]:
            cells.append((token[2], pen["38"], pen["48"]))
        elif token[1] == "0":
            pen = {"38": (), "48": ()}
        else:
            parts = token[1].split(";")
            for start in range(0, len(parts), 5):
                kind, two, *colour = parts[start : start + 5]
                assert two == "2"
                pen[kind] = tuple(map(int, colour))
    assert at == len(row)
    return cells, row.endswith("\x1b[0m")


@pytest.mark.parametrize("mode", Mode)
def test_cells_of_two_colours_come_out_exactly(mode: Mode, seen) -> None:
    random = np.random.default_rng(5)
    shape = (20 * mode.rows, 30 * mode.columns)
    colours = random.integers(0, 256, (2, 20, 30, 3), dtype=np.uint8)
    colours = colours.repeat(mode.rows, axis=1).repeat(mode.columns, axis=2)
    pixels = np.where(random.integers(0, 2, (*shape, 1), dtype=bool), *colours)
    assert (seen(fit(pixels, mode)) == pixels).all()


@pytest.mark.parametrize("mode", Mode)
def test_every_pattern_of_a_cell_comes_out_exactly(mode: Mode, seen) -> None:
    masks = np.arange(2**mode.pixels)
    bits = (masks[:, None] >> np.arange(mode.pixels) & 1).reshape(-1, mode.rows, mode.columns, 1)
    pixels = np.where(bits, np.uint8([240, 200, 90]), np.uint8([20, 30, 40]))
    pixels = pixels.transpose(1, 0, 2, 3).reshape(mode.rows, -1, 3)
    assert (seen(fit(pixels, mode)) == pixels).all()


@pytest.mark.parametrize("mode", Mode)
def test_a_plain_area_is_spaces(mode: Mode) -> None:
    pixels = np.full((4 * mode.rows, 6 * mode.columns, 3), (9, 8, 7), dtype=np.uint8)
    cells = fit(pixels, mode)
    assert (cells.codes == ord(" ")).all()
    assert (cells.bg == (9, 8, 7)).all()
    assert cells.ansi == ("\x1b[48;2;9;8;7m      \x1b[0m",) * 4


@pytest.mark.parametrize("mode", [Mode.QUADRANT, Mode.SEXTANT, Mode.OCTANT])
def test_a_photo_is_as_near_as_the_best_of_all_patterns(
    mode: Mode, photo: Image.Image, seen
) -> None:
    small = photo.resize((20 * mode.columns, 12 * mode.rows), Image.Resampling.LANCZOS)
    pixels = np.asarray(small)
    values = pixels.reshape(12, mode.rows, 20, mode.columns, 3).transpose(0, 2, 1, 3, 4)
    values = values.reshape(240, mode.pixels, 3).astype(np.float64)
    best = np.full(240, np.inf)
    for mask in range(2**mode.pixels):
        inside = np.array([bool(mask >> bit & 1) for bit in range(mode.pixels)])
        error = np.zeros(240)
        for group in (values[:, inside], values[:, ~inside]):
            if group.shape[1]:
                error += ((group - group.mean(axis=1, keepdims=True)) ** 2).sum(axis=(1, 2))
        best = np.minimum(best, error)
    error = ((seen(fit(pixels, mode)).astype(float) - pixels) ** 2).sum()
    assert error < best.sum() * 1.03


@pytest.mark.parametrize("mode", Mode)
def test_rows_are_exactly_as_wide_as_the_picture_and_end_in_a_reset(mode: Mode) -> None:
    cells = fit(NOISE, mode)
    assert len(cells.ansi) == cells.rows == 48 // mode.rows
    for number, row in enumerate(cells.ansi):
        shown, reset = painted(row)
        assert reset
        assert len(shown) == cells.columns == 32 // mode.columns
        for column, (char, fg, bg) in enumerate(shown):
            assert ord(char) == cells.codes[number, column]
            assert bg == tuple(cells.bg[number, column])
            assert char == " " or fg == tuple(cells.fg[number, column])


def test_colours_are_sent_only_where_they_change() -> None:
    pixels = np.zeros((2, 5, 3), dtype=np.uint8)
    pixels[0] = (1, 22, 133)
    pixels[:, 2] = (0, 0, 0)
    pixels[1, 4] = (5, 5, 5)
    row = fit(pixels, Mode.HALF).ansi[0]
    assert row == "\x1b[38;2;1;22;133;48;2;0;0;0m▀▀ ▀\x1b[48;2;5;5;5m▀\x1b[0m"


def test_a_row_that_starts_with_spaces_still_gets_its_first_colour() -> None:
    pixels = np.zeros((2, 3, 3), dtype=np.uint8)
    pixels[0, 2] = (7, 7, 7)
    row = fit(pixels, Mode.HALF).ansi[0]
    assert row == "\x1b[48;2;0;0;0m  \x1b[38;2;7;7;7m▀\x1b[0m"


@pytest.mark.parametrize("mode", Mode)
def test_segments_of_a_covered_row_show_the_same_as_the_row(mode: Mode) -> None:
    cells = fit(NOISE, mode)
    row = cells.rows // 2
    for start, end in ((0, None), (3, 7), (0, 1), (5, 5), (2, 999)):
        flat: list[tuple[str, tuple, tuple]] = []
        for segment in cells.segments(row, start, end):
            assert isinstance(segment, Segment)
            fg = tuple(segment.style.color.get_truecolor())
            bg = tuple(segment.style.bgcolor.get_truecolor())
            flat += [(char, fg, bg) for char in segment.text]
        columns = range(cells.columns)[start:end]
        assert flat == [
            (chr(cells.codes[row, x]), tuple(cells.fg[row, x]), tuple(cells.bg[row, x]))
            for x in columns
        ]
    with pytest.raises(IndexError):
        cells.segments(cells.rows)


def test_equal_neighbours_are_one_segment() -> None:
    cells = fit(np.zeros((8, 20, 3), dtype=np.uint8), Mode.OCTANT)
    assert [segment.text for segment in cells.segments(1)] == [" " * 10]


@pytest.mark.parametrize("shape", [(7, 8, 3), (8, 7, 3), (8, 8, 4), (0, 8, 3)])
def test_pixels_that_do_not_divide_into_cells_are_refused(shape: tuple) -> None:
    with pytest.raises(ValueError, match="does not divide"):
        fit(np.zeros(shape, dtype=np.uint8), Mode.OCTANT)


@pytest.mark.parametrize("size", [6, 8])
def test_the_sorting_networks_sort(size: int) -> None:
    # The 0-1 principle: a network that sorts all sequences of 0 and 1 sorts everything.
    for values in product((0, 1), repeat=size):
        line = list(values)
        for layer in _SORTING[size]:
            for low, high in layer:
                line[low], line[high] = sorted((line[low], line[high]))
        assert line == sorted(values)
