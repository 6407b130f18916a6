from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from studio.preview.glyphs import table

if TYPE_CHECKING:
    from pathlib import Path

    from studio.preview.cells import Cells

RED, BLUE = (200, 10, 10), (10, 10, 200)


@pytest.fixture
def two_colours() -> Image.Image:
    """40x20 pixels: the left half red, the right half blue."""
    image = Image.new("RGB", (40, 20), RED)
    image.paste(BLUE, (20, 0, 40, 20))
    return image


@pytest.fixture(scope="session")
def photo() -> Image.Image:
    """320x400 pixels with soft and hard edges and grain, as a photograph has."""
    y, x = np.mgrid[0:400, 0:320].astype(np.float64)
    base = np.stack((x / 320, y / 400, 0.5 + 0.5 * np.sin(x / 17) * np.cos(y / 23)), axis=-1)
    base[(x - 160) ** 2 + (y - 200) ** 2 < 90**2] *= 0.35
    base += np.random.default_rng(7).normal(0, 0.05, base.shape)
    return Image.fromarray((base.clip(0, 1) * 255).astype(np.uint8))


def sub_pixels(cells: Cells) -> np.ndarray:
    """The sub-pixels a terminal would show, shape (rows * mode.rows, columns * mode.columns, 3)."""
    mode = cells.mode
    masks = {ord(char): mask for mask, char in enumerate(table(mode))}
    mask = np.vectorize(masks.__getitem__)(cells.codes)
    bits = mask[..., None] >> np.arange(mode.pixels) & 1
    bits = bits.reshape(cells.rows, cells.columns, mode.rows, mode.columns)
    bits = bits.transpose(0, 2, 1, 3)[..., None]
    fg, bg = (plane[:, None, :, None, :] for plane in (cells.fg, cells.bg))
    shown = np.where(bits, fg, bg)
    return shown.reshape(cells.rows * mode.rows, cells.columns * mode.columns, 3)


@pytest.fixture
def seen():
    return sub_pixels


@pytest.fixture
def saved(tmp_path: Path):
    """Saves an image under a name and returns the path."""

    def save(image: Image.Image, name: str, **options) -> Path:
        path = tmp_path / name
        image.save(path, **options)
        return path

    return save
