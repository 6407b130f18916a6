"""A picture in real pixels, for terminals that can show them: one string of bytes a row of cells.

Each row paints its own cells and nothing else, and leaves the cursor right behind them, as a row
of text would. So pixels go through the same frames as everything else on the screen: a row is
repainted alone, scrolls, or is covered by a toast. Where a row must be cut, restyled or dumped,
the segments of the same picture in cells stand in for it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
    from rich.segment import Segment

    from studio.preview.cells import Cells

# Image numbers travel as 24-bit colours. One with a red byte cannot be taken for one of the 256
# colours of the palette, which stand for the numbers 0 to 255 (kitty's graphics protocol, "Unicode
# placeholders").
_FIRST_ID, _LAST_ID = 0x010000, 0xFFFFFF


class Protocol(StrEnum):
    """A way to send pixels to a terminal."""

    KITTY = "kitty"
    ITERM = "iterm"
    SIXEL = "sixel"

    @property
    def last_line(self) -> bool:
        """Whether rows may stand on the last line of the screen.

        xterm (379) scrolls when a sixel image of more than one band starts there, whatever its
        height: show that row in cells.
        """
        return self is not Protocol.SIXEL


@dataclass(frozen=True, eq=False)
class Pixels:
    """A picture ready to be sent to a terminal in pixels; it has the same face as `Cells`.

    Attributes:
        protocol: how it is sent.
        cells: the same picture in cells, for when pixels will not do.
        ansi: one string a row: exactly `columns` cells wide, the cursor right behind them
            afterwards, colours reset. No line ends.
        upload: escape sequences to be sent whole, in this order, before the rows are first shown,
            by whoever writes to the terminal and with no other upload in between; each at most
            4.2 KB. Empty where the rows hold the pixels themselves.
        image_id: the number the terminal keeps it under, to be freed with `forget`; 0 for none.
    """

    protocol: Protocol
    cells: Cells
    ansi: tuple[str, ...]
    upload: tuple[str, ...] = ()
    image_id: int = 0

    @property
    def columns(self) -> int:
        """Width in cells."""
        return self.cells.columns

    @property
    def rows(self) -> int:
        """Height in cells."""
        return self.cells.rows

    @property
    def nbytes(self) -> int:
        """Memory taken, in bytes."""
        return self.cells.nbytes + sum(map(sys.getsizeof, (*self.ansi, *self.upload)))

    def segments(self, row: int, start: int = 0, end: int | None = None) -> list[Segment]:
        """Return part of a row in cells, as `Cells.segments` does."""
        return self.cells.segments(row, start, end)


class ImageIds:
    """Numbers for images in a terminal's store, which all programs in its window share.

    They start at random, so that two programs are unlikely to use the same.
    """

    def __init__(self) -> None:
        start = int.from_bytes(os.urandom(4), "big")
        self._next = _FIRST_ID + start % (_LAST_ID - _FIRST_ID + 1)

    def next(self) -> int:
        """Return a number not handed out before, until 16.7 million have been."""
        number = self._next
        self._next = number + 1 if number < _LAST_ID else _FIRST_ID
        return number


def paint(
    pixels: NDArray[np.uint8],
    protocol: Protocol,
    cells: Cells,
    *,
    image_id: int = 0,
    compress: bool = False,
) -> Pixels:
    """Return a picture ready to be sent to a terminal.

    Args:
        pixels: shape (cells.rows * height of a cell, cells.columns * width of a cell, 3), sRGB;
            for kitty's protocol any size of the same shape, which the terminal enlarges.
        protocol: what the terminal understands, see `studio.preview.detect.protocol_of`.
        cells: the same picture in cells.
        image_id: for kitty's protocol, a number from `ImageIds.next`.
        compress: for kitty's protocol, pack the upload: fewer bytes for a slow connection,
            slower to make.

    Raises:
        ValueError: the pixels do not divide into the cells, or the number of the image is not
            one of `ImageIds`.
    """
    high, wide, depth = pixels.shape
    whole = protocol is Protocol.KITTY or not (high % cells.rows or wide % cells.columns)
    if depth != 3 or not high or not wide or not whole:
        raise ValueError(f"{pixels.shape} does not divide into {cells.columns}x{cells.rows} cells")
    if protocol is Protocol.KITTY:
        if not _FIRST_ID <= image_id <= _LAST_ID:
            raise ValueError(f"{image_id} is not the number of an image")
        from studio.preview import kitty

        rows = kitty.rows(cells, image_id)
        upload = kitty.upload(pixels, cells.columns, cells.rows, image_id, compress=compress)
        return Pixels(protocol, cells, rows, upload, image_id)
    if protocol is Protocol.ITERM:
        from studio.preview import iterm

        return Pixels(protocol, cells, iterm.rows(pixels, cells.columns, cells.rows))
    from studio.preview import sixel

    return Pixels(protocol, cells, sixel.rows(pixels, cells.columns, cells.rows))


def forget(image_ids: Iterable[int]) -> str:
    """Return what makes a terminal with kitty's protocol free these images and their places."""
    return "".join(f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\" for number in image_ids)
