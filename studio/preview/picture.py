"""Picture files to cells: opened with suspicion, upright, in sRGB, fitted to a box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from studio.preview.colour import flattened, managed
from studio.preview.decoded import UPRIGHT, decode, orientation, upright_size
from studio.preview.modes import Mode
from studio.preview.opening import opened
from studio.preview.view import View

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.preview.cells import Cells
    from studio.preview.colour import Colour
    from studio.preview.decoded import Decoded
    from studio.preview.view import Placed

BACKGROUND: Colour = (16, 14, 12)
CELL_RATIO = 2.0
# Measured on three photographs against Lanczos: with coarse sub-pixels Hamming is nearer to the
# picture (SSIM +.01) and as near or nearer once both are blurred as by distance; with fine ones
# it loses .01 to .02 there.
RESAMPLE = {
    Mode.HALF: Image.Resampling.HAMMING,
    Mode.QUADRANT: Image.Resampling.HAMMING,
    Mode.SEXTANT: Image.Resampling.LANCZOS,
    Mode.OCTANT: Image.Resampling.LANCZOS,
}
# A sub-pixel is a flat square and so blurs what it shows; sharpening by as much makes up for it.
# What each of the four neighbours counts, measured on four photographs with octants: .06 adds .005
# to the blurred SSIM and .001 to the sharp one, .1 no more to the first and less to the second.
SHARPNESS = 0.06
# Decoded twice as large as needed, the filter comes out as from the whole picture.
MARGIN = 2
_SHARPEN = ImageFilter.Kernel(
    (3, 3),
    (0, -SHARPNESS, 0, -SHARPNESS, 1 + 4 * SHARPNESS, -SHARPNESS, 0, -SHARPNESS, 0),
    scale=1,
)


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
    import numpy as np

    from studio.preview.cells import fit

    small = small_image(image, box, mode, cell_ratio=cell_ratio, background=background, fill=fill)
    return fit(np.asarray(small), mode)


def small_image(
    image: Image.Image,
    box: Box,
    mode: Mode,
    *,
    cell_ratio: float = CELL_RATIO,
    background: Colour = BACKGROUND,
    fill: bool = False,
) -> Image.Image:
    """Return a Pillow image with a pixel for each sub-pixel of the cells that fit a box.

    The arguments are those of `load`.
    """
    turn = orientation(image)
    view = View("fill") if fill else View()
    placed = view.placed(upright_size(image, turn), (box.columns, box.rows), (1, cell_ratio))
    grid = (mode.columns, mode.rows)
    source = decode(image, turn, wanted(placed, grid))
    return scaled(source, placed, grid, background=background, mode=mode)


def wanted(placed: Placed, grid: tuple[int, int], margin: float = MARGIN) -> tuple[float, float]:
    """Return the width and height to decode a whole picture in so that a part of it is sharp.

    Args:
        placed: the part, and its size in cells.
        grid: columns and rows of pixels in a cell.
        margin: how many times larger than needed.
    """
    wide = placed.columns * grid[0] / (placed.right - placed.left)
    high = placed.rows * grid[1] / (placed.bottom - placed.top)
    return margin * wide, margin * high


def pixels(
    source: Decoded,
    placed: Placed,
    grid: tuple[int, int],
    *,
    background: Colour = BACKGROUND,
    mode: Mode | None = None,
    crisp: bool = False,
) -> NDArray[np.uint8]:
    """Return part of a picture at a size, as `scaled` does.

    Returns:
        Shape (rows * grid[1], columns * grid[0], 3); not to be written into.
    """
    import numpy as np

    image = scaled(source, placed, grid, background=background, mode=mode, crisp=crisp)
    return np.asarray(image)


def scaled(
    source: Decoded,
    placed: Placed,
    grid: tuple[int, int],
    *,
    background: Colour = BACKGROUND,
    mode: Mode | None = None,
    crisp: bool = False,
) -> Image.Image:
    """Return part of a picture at a size, upright, in sRGB, opaque.

    Args:
        source: the picture.
        placed: the part, and its size in cells.
        grid: columns and rows of pixels in a cell.
        background: what shows through transparent parts.
        mode: the kind of cells it is for; None for a terminal's pixels.
        crisp: where a pixel becomes larger, make it a rectangle of one colour.
    """
    target = (placed.columns * grid[0], placed.rows * grid[1])
    if source.sideways:
        target = target[::-1]
    whole = source.image
    left, top, right, bottom = source.stored(placed.part)
    box = (
        max(0.0, left * whole.width),
        max(0.0, top * whole.height),
        min(float(whole.width), right * whole.width),
        min(float(whole.height), bottom * whole.height),
    )
    if crisp and target[0] > (box[2] - box[0]) * 0.999:  # as large as it is, or larger
        small = whole.resize(target, Image.Resampling.NEAREST, box=box)
        return _finished(small, source, background)
    resample = RESAMPLE[mode] if mode else Image.Resampling.LANCZOS
    small = _finished(whole.resize(target, resample, box=box, reducing_gap=2.0), source, background)
    return small.filter(_SHARPEN) if mode else small


def reduced(source: Decoded, width: int) -> Image.Image:
    """Return a picture upright, in sRGB, at most `width` pixels wide, never enlarged.

    In RGB where it is opaque, else in RGBA.
    """
    wide, high = source.size
    columns = min(width, wide)
    target = (columns, max(1, round(high * columns / wide)))
    # Quick filters: what is made of this is several times smaller again.
    target = target[::-1] if source.sideways else target
    small = source.image.resize(target, Image.Resampling.HAMMING, reducing_gap=2.0)
    small = _finished(small, source, None)
    if small.mode != "RGBA" or small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    small.info.clear()  # the profile and the orientation are dealt with
    return small


def _finished(image: Image.Image, source: Decoded, background: Colour | None) -> Image.Image:
    """Return pixels of a picture in sRGB and upright, over a background unless that is None."""
    if source.profile:
        image = managed(image, source.profile)
    if background is not None:
        image = flattened(image, background)
    return image.transpose(UPRIGHT[source.turn]) if source.turn in UPRIGHT else image
