"""Pixels to rows of text without numpy, for a picture that is printed once.

Importing numpy takes longer than all the rest of printing a picture. Here Pillow does the
arithmetic, a whole image at a time; `studio.preview.cells` does a trace better, and keeps what
a screen needs besides the text.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from PIL import Image, ImageMath

from studio.preview.ansi import RESET
from studio.preview.glyphs import is_inverted, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from studio.preview.modes import Mode

_CHANNELS = ("r", "g", "b")
# Measured on four photographs: a third step changes the blurred SSIM by less than .0001.
_STEPS = 2
# Less than any share of a cell that is not zero, for dividing by.
_LEAST = 1 / 64


def rows(image: Image.Image, mode: Mode) -> tuple[str, ...]:
    """Return the rows of an image in cells, of the same form as `Cells.ansi`.

    In each cell the sub-pixels fall into two groups by 2-means (Lloyd's algorithm), starting
    from those above the cell's mean in one channel and the rest.

    Args:
        image: in RGB, of rows * mode.rows by columns * mode.columns pixels.
        mode: how the cells are divided.
    """
    cell = (mode.columns, mode.rows)

    def spread(small: Image.Image) -> Image.Image:
        """Give every sub-pixel what its cell has."""
        return small.resize(image.size, Image.Resampling.NEAREST)

    mean, away = {}, {}
    for channel, band in zip(_CHANNELS, image.split(), strict=True):
        plane = band.convert("F")
        mean[channel] = plane.reduce(cell)
        away[channel] = _each(lambda of: of["p"] - of["m"], p=plane, m=spread(mean[channel]))
    # Lighter by the channel that differs most; by brightness, equally bright colours would be one.
    vary = {
        name: _each(lambda of: of["d"] * of["d"], d=plane).reduce(cell)
        for name, plane in away.items()
    }
    green = _each(lambda of: (of["g"] >= of["r"]) * (of["g"] >= of["b"]), **vary).convert("F")
    red = _each(lambda of: (of["r"] > of["g"]) * (of["r"] >= of["b"]), **vary).convert("F")
    chosen = _each(
        lambda of: (
            of["g"] * of["x"] + of["r"] * of["y"] + of["b"] * (1.0 - of["x"] - of["y"]) > 0.0
        ),
        **away,
        x=spread(green),
        y=spread(red),
    )
    share, sums = _group(chosen, away, cell)
    for _ in range(_STEPS):
        # Nearer to one mean than to the other: beyond halfway along the line between them.
        chosen = _each(
            lambda of: of["r"] * of["x"] + of["g"] * of["y"] + of["b"] * of["z"] > of["t"],
            **away,
            **{axis: spread(sums[name]) for axis, name in zip("xyz", _CHANNELS, strict=True)},
            t=spread(_each(_halfway, c=share, **sums)),
        )
        share, sums = _group(chosen, away, cell)
    light = [
        _bytes(lambda of: of["m"] + of["s"] / _some(of["c"]), m=mean[name], s=sums[name], c=share)
        for name in _CHANNELS
    ]
    dark = [
        _bytes(
            lambda of: of["m"] - of["s"] / _some(1.0 - of["c"]), m=mean[name], s=sums[name], c=share
        )
        for name in _CHANNELS
    ]
    bits = _each(lambda of: of["c"] * of["w"], c=chosen.convert("F"), w=_weights(image.size, mode))
    masks = _bytes(lambda of: of["w"] * float(mode.pixels), w=bits.reduce(cell))
    columns = image.width // cell[0]
    cells = zip(masks, zip(*light, strict=True), zip(*dark, strict=True), strict=True)
    shown = _shown(mode)
    return tuple(
        _row(cells_of_row, shown)
        for cells_of_row in zip(*repeat(iter(cells), columns), strict=True)
    )


def _group(
    chosen: Image.Image, away: dict[str, Image.Image], cell: tuple[int, int]
) -> tuple[Image.Image, dict[str, Image.Image]]:
    """Return each cell's share of chosen sub-pixels, and their sums by channel, of n equal parts.

    The sums of the others are the opposites of these, for all together are zero.
    """
    inside = chosen.convert("F")
    sums = {
        name: _each(lambda of: of["d"] * of["c"], d=plane, c=inside).reduce(cell)
        for name, plane in away.items()
    }
    return inside.reduce(cell), sums


def _halfway(of: dict[str, Any]) -> Any:  # noqa: ANN401 - an operand of Pillow's
    """Return the middle between the two groups' means, times their difference, less a factor.

    With s the sums and c the share, the means are s/c and -s/(1-c).
    """
    share, rest = of["c"], 1.0 - of["c"]
    square = of["r"] * of["r"] + of["g"] * of["g"] + of["b"] * of["b"]
    return square * (rest - share) / (_some(share * rest) * 2.0)


def _some(share: Any) -> Any:  # noqa: ANN401 - an operand of Pillow's
    """Return a share that can be divided by; where it is zero, so is what is divided."""
    return ImageMath.imagemath_max(share, _LEAST)


def _each(work: Callable[[dict[str, Any]], Any], **images: Image.Image) -> Image.Image:
    """Do arithmetic with every pixel."""
    made: Image.Image = ImageMath.lambda_eval(work, **images)
    return made


def _bytes(work: Callable[[dict[str, Any]], Any], **images: Image.Image) -> bytes:
    """Do arithmetic with every pixel; return the results rounded, 0 to 255."""
    # To the nearest: Pillow cuts fractions off.
    return _each(lambda of: work(of) + 0.5, **images).convert("L").tobytes()


def _weights(size: tuple[int, int], mode: Mode) -> Image.Image:
    """Return what each sub-pixel counts for in its cell's mask."""
    wide, high = size[0] // mode.columns, size[1] // mode.rows
    lines = (
        bytes(1 << row * mode.columns + column for column in range(mode.columns)) * wide
        for row in range(mode.rows)
    )
    return Image.frombytes("L", size, b"".join(lines) * high).convert("F")


def _shown(mode: Mode) -> list[tuple[str, bool]]:
    """Return, for each mask, the character to show and whether the colours are exchanged."""
    chars, full = table(mode), (1 << mode.pixels) - 1
    exchanged = [is_inverted(mode, mask) for mask in range(full + 1)]
    return [
        (chars[full ^ mask if exchanged[mask] else mask], exchanged[mask])
        for mask in range(full + 1)
    ]


def _row(
    cells: Iterable[tuple[int, tuple[int, ...], tuple[int, ...]]], shown: list[tuple[str, bool]]
) -> str:
    """Return one row of text from masks and the colours of both groups."""
    parts: list[str] = []
    now_fg: tuple[int, ...] | None = None
    now_bg: tuple[int, ...] | None = None
    for mask, light, dark in cells:
        char, exchanged = shown[mask]
        fg, bg = (dark, light) if exchanged else (light, dark)
        colours = []
        if fg != now_fg and char != " ":  # a space does not show its foreground
            colours.append(f"38;2;{fg[0]};{fg[1]};{fg[2]}")
            now_fg = fg
        if bg != now_bg:
            colours.append(f"48;2;{bg[0]};{bg[1]};{bg[2]}")
            now_bg = bg
        parts.append(f"\x1b[{';'.join(colours)}m{char}" if colours else char)
    return "".join(parts) + RESET
