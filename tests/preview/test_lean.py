from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.preview.cells import fit
from studio.preview.glyphs import table
from studio.preview.lean import rows
from studio.preview.modes import Mode
from tests.preview.test_cells import painted

ROOT = Path(__file__).parents[2]


def shown(text: tuple[str, ...], mode: Mode) -> np.ndarray:
    """The sub-pixels that rows of text show."""
    masks = {char: mask for mask, char in enumerate(table(mode))}
    lines = []
    for row in text:
        cells, reset = painted(row)
        assert reset
        line = np.zeros((mode.rows, len(cells) * mode.columns, 3), dtype=np.uint8)
        for at, (char, fg, bg) in enumerate(cells):
            for bit in range(mode.pixels):
                y, x = divmod(bit, mode.columns)
                inside = masks[char] >> bit & 1
                line[y, at * mode.columns + x] = fg if inside else bg
        lines.append(line)
    return np.concatenate(lines)


@pytest.mark.parametrize("mode", Mode)
def test_cells_of_two_colours_come_out_exactly(mode: Mode) -> None:
    random = np.random.default_rng(5)
    light = random.integers(130, 256, (20, 30, 3), dtype=np.uint8)
    dark = random.integers(0, 100, (20, 30, 3), dtype=np.uint8)
    which = random.integers(0, 2, (20 * mode.rows, 30 * mode.columns, 1), dtype=bool)
    light, dark = (
        each.repeat(mode.rows, axis=0).repeat(mode.columns, axis=1) for each in (light, dark)
    )
    pixels = np.where(which, light, dark)
    assert np.abs(shown(rows(Image.fromarray(pixels), mode), mode).astype(int) - pixels).max() <= 1


@pytest.mark.parametrize("mode", Mode)
def test_a_plain_area_is_spaces(mode: Mode) -> None:
    image = Image.new("RGB", (6 * mode.columns, 4 * mode.rows), (9, 8, 7))
    assert rows(image, mode) == ("\x1b[48;2;9;8;7m      \x1b[0m",) * 4


@pytest.mark.parametrize("mode", Mode)
def test_a_photo_is_nearly_as_near_as_with_numpy(mode: Mode, photo, seen) -> None:
    image = photo.resize((40 * mode.columns, 25 * mode.rows), Image.Resampling.LANCZOS)
    pixels = np.asarray(image).astype(float)
    lean = ((shown(rows(image, mode), mode) - pixels) ** 2).mean()
    full = ((seen(fit(np.asarray(image), mode)) - pixels) ** 2).mean()
    assert lean <= full * 1.15


def test_printing_a_picture_needs_neither_numpy_nor_the_screen(saved, photo) -> None:
    path = saved(photo, "a.jpg")
    code = (
        "import sys\n"
        "from studio.cli import main\n"
        f"main(['show', '--cells', 'octant', '--size', '20x10', {str(path)!r}])\n"
        "print('\\0', *{'numpy', 'rich', 'textual', 'asyncio'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    text, _, heavy = done.stdout.partition("\0")
    assert text.count("\n") == 10
    assert heavy.split() == []
