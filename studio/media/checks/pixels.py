"""A picture decoded small and grey, and measured; always behind `studio.media.measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from studio.media.checks import border, figures
from studio.media.facts import MOST_PIXELS, _quiet
from studio.media.measure import WORKING, Measures
from studio.problem import Problem

if TYPE_CHECKING:
    from typing import BinaryIO

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_HASHED = 128  # pixels a side from which hashes are made
_CONTRAST, _LEAST_CONTRAST = 200, 50  # grey levels from the darkest to the lightest


def measured(file: BinaryIO, format_: str, name: str) -> Measures:
    """Measure an open picture.

    Args:
        file: the file, anywhere.
        format_: as Pillow names it; nothing else is tried.
        name: for problems.

    Raises:
        Problem: it has more pixels than are opened.
        Exception: nearly any, from Pillow on a damaged file.
    """
    _quiet()
    file.seek(0)
    try:
        with Image.open(file, formats=[format_]) as image:
            pixels = image.width * image.height
            if pixels > MOST_PIXELS:
                raise _too_large(name)
            grey, scale = _working(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name) from error
    found = border.border(np.asarray(grey))
    if found and found.sure:  # what is measured is the picture, not its frame
        left, top, right, bottom = found.sides
        grey = grey.crop((left, top, grey.width - right, grey.height - bottom))
    values = np.asarray(grey)
    small = grey.resize((_HASHED, _HASHED), Image.Resampling.BOX).convert("F")
    sharpness, crispness = figures.detail(values)
    mean, dark, bright, darkest, lightest = figures.light(values)
    sharpness *= (_CONTRAST / max(lightest - darkest, _LEAST_CONTRAST)) ** 2
    return Measures(
        sharpness=round(sharpness, 2),
        mean=round(mean, 1),
        clipped_dark=round(dark, 4),
        clipped_light=round(bright, 4),
        border=_in_file(found.sides, scale) if found else None,
        dhash=figures.dhash(np.asarray(small.resize((9, 8), Image.Resampling.BOX))),
        phash=figures.phash(np.asarray(small.resize((32, 32), Image.Resampling.BOX))),
        crispness=round(crispness, 3),
        darkest=darkest,
        lightest=lightest,
        border_kind=found.kind if found else "",
        border_sure=found.sure if found else True,
    )


def _too_large(name: str) -> Problem:
    what = f"has more than the {MOST_PIXELS // 10**6} million pixels that are measured"
    return Problem(name, what, "Export it smaller")


def _working(image: Image.Image) -> tuple[Image.Image, tuple[float, float]]:
    """Return a picture grey, upright and at `WORKING` pixels, and its scale in x and y."""
    width, height = image.size
    by = (WORKING / (width * height)) ** 0.5
    size = max(1, round(width * by)), max(1, round(height * by))
    image.draft("L", size)
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        opaque = image.convert("RGBA")
        grey = Image.new("RGBA", image.size, "black")
        grey.alpha_composite(opaque)
        grey = grey.convert("L")
    elif image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        grey = image.convert("I").point(lambda value: value / 257).convert("L")
    else:
        grey = image.convert("L")
    if grey.size != size:
        # Lanczos keeps what a JPEG decoder keeps when it yields half a size.
        grey = grey.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    scale = width / size[0], height / size[1]
    if turn is not None:
        grey = grey.transpose(turn)
        if grey.size != size:
            scale = scale[1], scale[0]
    return grey, scale


def _in_file(
    sides: tuple[int, int, int, int], scale: tuple[float, float]
) -> tuple[int, int, int, int]:
    left, top, right, bottom = sides
    across, down = scale
    return (
        _up(left * across),
        _up(top * down),
        _up(right * across),
        _up(bottom * down),
    )


def _up(value: float) -> int:
    return -int(-value // 1)
