"""Renderers for rich-pixels, so that any Rich program can show pictures in finer cells.

For 80 x 50 cells: `Pixels.from_image(image, (160, 200), renderer=OctantRenderer())`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from rich.segment import Segment
from rich.style import Style
from rich_pixels import Renderer

from studio.preview.cells import fit
from studio.preview.colour import flattened, plain
from studio.preview.modes import Mode
from studio.preview.picture import RESAMPLE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image
    from rich.color_triplet import ColorTriplet


class _CellRenderer(Renderer):
    """Renders an image to cells of one mode.

    As with every rich-pixels renderer, `resize` is in pixels, here sub-pixels of the cells; the
    edges are padded to whole cells with the last row and column. Where a cell is transparent as
    a whole, the default colour or the terminal's own shows; elsewhere transparency is mixed with
    the default colour, or black.
    """

    mode: ClassVar[Mode]

    def render(self, image: Image.Image, resize: tuple[int, int] | None) -> list[Segment]:
        """Render an image to segments, each row of cells ended by a line feed."""
        if resize:
            image = plain(image).resize(resize, RESAMPLE[self.mode], reducing_gap=2.0)
        rgba = image.convert("RGBA")
        behind = (0, 0, 0)
        if self.default_color is not None:
            colour = Style.parse(f"on {self.default_color}").bgcolor
            triplet: ColorTriplet | None = colour.get_truecolor() if colour else None
            behind = tuple(triplet) if triplet else behind  # type: ignore[assignment]
        extra = (-rgba.height % self.mode.rows, -rgba.width % self.mode.columns)
        pad = ((0, extra[0]), (0, extra[1]))
        pixels = np.pad(np.asarray(flattened(rgba, behind)), (*pad, (0, 0)), mode="edge")
        opaque = np.pad(np.asarray(rgba)[..., 3] > 0, pad, mode="edge")
        cells = fit(pixels, self.mode)
        shape = (cells.rows, self.mode.rows, cells.columns, self.mode.columns)
        shown: NDArray[np.bool_] = np.asarray(opaque.reshape(shape).any(axis=(1, 3)))

        segments: list[Segment] = []
        for row in range(cells.rows):
            edges = np.flatnonzero(shown[row, 1:] != shown[row, :-1]) + 1
            starts = [0, *edges.tolist()]
            for start, end in zip(starts, [*starts[1:], cells.columns], strict=True):
                if shown[row, start]:
                    segments += cells.segments(row, start, end)
                else:
                    segments.append(Segment(" " * (end - start), self.null_style))
            segments.append(Segment("\n", self.null_style))
        return segments


class HalfRenderer(_CellRenderer):
    """Two pixels a cell, one above the other."""

    mode = Mode.HALF


class QuadrantRenderer(_CellRenderer):
    """Four pixels a cell, two by two."""

    mode = Mode.QUADRANT


class SextantRenderer(_CellRenderer):
    """Six pixels a cell, three rows of two."""

    mode = Mode.SEXTANT


class OctantRenderer(_CellRenderer):
    """Eight pixels a cell, four rows of two."""

    mode = Mode.OCTANT


def renderer(mode: Mode, *, default_color: str | None = None) -> Renderer:
    """Return a rich-pixels renderer for a mode.

    Args:
        mode: how the cells are divided.
        default_color: a Rich colour to show behind transparent parts; None for the terminal's.
    """
    kinds = (HalfRenderer, QuadrantRenderer, SextantRenderer, OctantRenderer)
    return next(kind for kind in kinds if kind.mode is mode)(default_color=default_color)
