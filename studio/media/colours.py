"""Whether a picture is warm or cool, dark or bright: words for its colours, from a thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.facts import MOST_PIXELS
from studio.media.whole import read_picture
from studio.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

PALETTES = ("warm", "cool", "neutral", "black and white")
LIGHTS = ("dark", "middle", "bright")

_SIDE = 32  # pixels a side at which colours are read

# CIELAB. Chroma below 4 to 5 is not seen as a colour, and JPEG leaves 1 or 2 in a grey picture.
_GREY = 5.0  # chroma that 98 % of a picture without colour stay below
_ORANGE = (0.42, 0.91)  # of a* and b*: the axis from orange (hue 65°) to blue
_WARM, _COOL = 10.0, -2.0  # mean along it beyond which a picture is warm, cool
_DARK, _BRIGHT = 30.0, 65.0  # mean L*; 30 is the grey 70 below which the exposure check says dark


def colours(path: Path) -> tuple[str, str]:
    """Return a picture's palette (one of `PALETTES`) and light (one of `LIGHTS`).

    Warm and cool go by the mean of CIELAB (D65) between orange and blue: lamplight, wood and skin
    lie above 10, open shade and screens below -2; photographs lean to the warm side, so the middle
    is not 0. Dark and bright go by the mean L*. The limits are ours. About 3 ms for a JPEG of
    1080×1350 on an idle machine.

    Raises:
        Problem: it is missing, no picture of a known format, damaged, or larger than is opened.
    """
    return read_picture(path, _read, "whose colours can be read")


def _read(file: BinaryIO, format_: str, name: str) -> tuple[str, str]:
    import numpy as np
    from PIL import Image

    file.seek(0)
    with Image.open(file, formats=[format_]) as image:
        if image.width * image.height > MOST_PIXELS:
            what = f"has more than the {MOST_PIXELS // 10**6} million pixels that are opened"
            raise Problem(name, what, "Export it smaller")
        image.draft("RGB", (4 * _SIDE, 4 * _SIDE))
        seen: Image.Image = image
        if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
            seen = image.convert("I").point(lambda value: value / 257).convert("L")
        elif image.mode in {"P", "RGBA", "LA", "PA"} or "transparency" in image.info:
            opaque = Image.new("RGBA", image.size, "black")
            opaque.alpha_composite(image.convert("RGBA"))
            seen = opaque
        small = seen.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=3.0)
    values = np.asarray(small, dtype=float).reshape(-1, 3) / 255
    # sRGB to CIELAB (IEC 61966-2-1; CIE 15:2004), white D65.
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ (matrix / np.array([[0.9505], [1.0], [1.089]])).T
    root = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    light = float((116 * root[:, 1] - 16).mean())
    a, b = 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])
    if float(np.quantile(np.hypot(a, b), 0.98)) < _GREY:
        palette = "black and white"
    else:
        cast = float((_ORANGE[0] * a + _ORANGE[1] * b).mean())
        palette = "warm" if cast > _WARM else "cool" if cast < _COOL else "neutral"
    return palette, "dark" if light < _DARK else "bright" if light > _BRIGHT else "middle"
