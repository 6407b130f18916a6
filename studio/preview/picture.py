"""Picture files to cells: opened with suspicion, upright, in sRGB, fitted to a box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import ExifTags, Image

from studio.preview.cells import Cells, fit
from studio.preview.colour import flattened, managed, plain
from studio.preview.modes import Mode
from studio.preview.opening import BROKEN, opened

if TYPE_CHECKING:
    from pathlib import Path

    from studio.preview.colour import Colour

BACKGROUND: Colour = (16, 14, 12)
CELL_RATIO = 2.0
# How to turn a picture upright, by its EXIF orientation (Exif 2.32, tag 0x0112).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}
# Measured on three photographs against Lanczos: with coarse sub-pixels Hamming is nearer to the
# picture (SSIM +.01) and as near or nearer once both are blurred as by distance; with fine ones
# it loses .01 to .02 there.
RESAMPLE = {
    Mode.HALF: Image.Resampling.HAMMING,
    Mode.QUADRANT: Image.Resampling.HAMMING,
    Mode.SEXTANT: Image.Resampling.LANCZOS,
    Mode.OCTANT: Image.Resampling.LANCZOS,
}


@dataclass(frozen=True)
class Box:
    """Room for a picture, in cells."""

    columns: int
    rows: int


def load(
    path: Path,
    box: Box,
    mode: Mode,
    *,
    cell_ratio: float = CELL_RATIO,
    background: Colour = BACKGROUND,
    fill: bool = False,
) -> Cells:
    """Return a picture file as cells that fit a box; the first frame of an animated one.

    Args:
        path: the file.
        box: the room there is; the result is never larger, and smaller in one direction where
            the picture has another shape.
        mode: how the cells are divided.
        cell_ratio: height of a cell divided by its width.
        background: what shows through transparent parts.
        fill: fill the whole box, cutting off what does not fit, the same on both sides.

    Raises:
        Problem: there is no such file, it may not be read, or it is not a whole, known picture
            of at most `MAX_PIXELS`.
    """
    with opened(path) as image:
        return from_image(image, box, mode, cell_ratio=cell_ratio, background=background, fill=fill)


def from_image(
    image: Image.Image,
    box: Box,
    mode: Mode,
    *,
    cell_ratio: float = CELL_RATIO,
    background: Colour = BACKGROUND,
    fill: bool = False,
) -> Cells:
    """Return a Pillow image as cells that fit a box; see `load`.

    An image that is not decoded yet is decoded no larger than needed, in place.
    """
    turn = _orientation(image)
    sideways = turn in _SIDEWAYS
    wide, high = image.size[::-1] if sideways else image.size
    columns, rows = _size_in(box, wide, high, cell_ratio, fill=fill)
    target = (columns * mode.columns, rows * mode.rows)
    part = _visible(wide, high, columns, rows * cell_ratio) if fill else (0.0, 0.0, 1.0, 1.0)
    if sideways:
        target = target[::-1]
        part = (part[1], part[0], part[3], part[2])
    small = _scaled(image, target, part, RESAMPLE[mode])
    flat = flattened(small, background)
    if turn in _UPRIGHT:
        flat = flat.transpose(_UPRIGHT[turn])
    return fit(np.asarray(flat), mode)


def reduced(image: Image.Image, width: int) -> Image.Image:
    """Return an opened image upright, in sRGB, at most `width` pixels wide, never enlarged.

    In RGB where it is opaque, else in RGBA.
    """
    turn = _orientation(image)
    sideways = turn in _SIDEWAYS
    wide, high = image.size[::-1] if sideways else image.size
    columns = min(width, wide)
    target = (columns, max(1, round(high * columns / wide)))
    # Quick filters: what is made of this is several times smaller again.
    target = target[::-1] if sideways else target
    small = _scaled(image, target, resample=Image.Resampling.HAMMING, margin=1)
    if small.mode != "RGBA" or small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    small.info.clear()  # the profile and the orientation are dealt with
    return small.transpose(_UPRIGHT[turn]) if turn in _UPRIGHT else small


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation that is still to be followed; 1 where there is nothing to do."""
    if image.format == "TIFF":
        return 1  # Pillow turns these upright itself
    try:
        turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except BROKEN:
        return 1
    return turn if isinstance(turn, int) else 1


def _size_in(box: Box, wide: int, high: int, cell_ratio: float, *, fill: bool) -> tuple[int, int]:
    """Return the columns and rows of a picture of wide x high pixels in a box."""
    most_columns, most_rows = max(1, box.columns), max(1, box.rows)
    if fill:
        return most_columns, most_rows
    # Cells are as wide as one, so a picture as wide as one column is this many rows high.
    rows_per_column = high / wide / cell_ratio
    columns = min(most_columns, max(1, round(most_rows / rows_per_column)))
    rows = min(most_rows, max(1, round(columns * rows_per_column)))
    return columns, rows


def _visible(
    wide: int, high: int, box_wide: float, box_high: float
) -> tuple[float, float, float, float]:
    """Return the middle part of a picture that has the shape of a box, as fractions."""
    share = (wide / high) / (box_wide / box_high)
    if share > 1:
        return 0.5 - 0.5 / share, 0.0, 0.5 + 0.5 / share, 1.0
    return 0.0, 0.5 - 0.5 * share, 1.0, 0.5 + 0.5 * share


def _scaled(
    image: Image.Image,
    target: tuple[int, int],
    part: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0),
    resample: Image.Resampling = Image.Resampling.LANCZOS,
    margin: int = 2,
) -> Image.Image:
    """Return part of an image at a size, in RGB, RGBA, L or CMYK, not turned upright.

    Decoded `margin` times as large as needed; with twice the filter comes out the same.
    """
    left, top, right, bottom = part
    wide, high = target[0] / (right - left), target[1] / (bottom - top)
    image.draft(None, (int(margin * wide), int(margin * high)))
    image.load()
    whole = plain(image)
    box = (left * whole.width, top * whole.height, right * whole.width, bottom * whole.height)
    small = whole.resize(target, resample, box=box, reducing_gap=2.0)
    profile = image.info.get("icc_profile")
    return managed(small, profile) if isinstance(profile, bytes) else small
