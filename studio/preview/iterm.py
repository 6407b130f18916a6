"""Pictures by iTerm2's protocol: an image file for each row of cells.

A whole picture in one file would be as quick, but then no row could be repainted without sending
all of it, and terminals that draw images apart from the text would show it through whatever is
written over it. Files of one row are replaced row by row, as text is. They meet without a seam
because each is exactly as many pixels as its cells, and is told how many cells to fill (tried in
Konsole 25.04).
"""

from __future__ import annotations

import io
from binascii import b2a_base64
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUALITY = 90
# Drawings and screens of text of so few colours are smaller as PNG, and without loss.
_FEW_COLOURS = 256


def rows(pixels: NDArray[np.uint8], columns: int, count: int) -> tuple[str, ...]:
    """Return one string a row that shows its pixels.

    The cursor is put back where it was and moved over the row: only some terminals can be told
    not to move it.

    Args:
        pixels: shape (count * height of a cell, columns * width of a cell, 3), sRGB.
        columns: width in cells.
        count: height in cells.
    """
    image = Image.fromarray(pixels)
    few = image.getcolors(_FEW_COLOURS) is not None
    if few:
        image = image.quantize(_FEW_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    high = image.height // count
    made = []
    for row in range(count):
        part = image.crop((0, row * high, image.width, (row + 1) * high))
        file = io.BytesIO()
        if few:
            part.save(file, "PNG")
        else:
            part.save(file, "JPEG", quality=QUALITY, subsampling="4:4:4")
        data = file.getvalue()
        about = f"inline=1;size={len(data)};width={columns};height=1;preserveAspectRatio=0"
        text = b2a_base64(data, newline=False).decode("ascii")
        made.append(
            f"\x1b7\x1b]1337;File={about};doNotMoveCursor=1:{text}\a\x1b8\x1b[{columns}C\x1b[0m"
        )
    return tuple(made)
