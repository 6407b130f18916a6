"""Pictures by kitty's graphics protocol: uploaded once, shown with characters.

The characters stand in the terminal's text like any others, so the picture moves, is covered and
disappears with them, and showing an uploaded one costs eight bytes a cell. By kitty's description
of its protocol, "Unicode placeholders", new in kitty 0.28.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.preview.cells import Cells

PLACEHOLDER = "\U0010eeee"
# Characters of base64 in one escape sequence, by the protocol at most.
_CHUNK = 4096
# The marks that stand for the numbers 0 to 296, as ranges of code points. They are fixed by the
# protocol's file rowcolumn-diacritics.txt: the marks of Unicode 6.0 that stand above a letter
# (combining class 230), without those that are themselves, or with a letter become, one character.
_MARKS = """
305 30D-30E 310 312 33D-33F 346 34A-34C 350-352 357 35B 363-36F 483-487 592-595 597-599 59C-5A1
5A8-5A9 5AB-5AC 5AF 5C4 610-617 657-65B 65D-65E 6D6-6DC 6DF-6E2 6E4 6E7-6E8 6EB-6EC 730 732-733
735-736 73A 73D 73F-741 743 745 747 749-74A 7EB-7F1 7F3 816-819 81B-823 825-827 829-82D 951
953-954 F82-F83 F86-F87 135D-135F 17DD 193A 1A17 1A75-1A7C 1B6B 1B6D-1B73 1CD0-1CD2 1CDA-1CDB
1CE0 1DC0-1DC1 1DC3-1DC9 1DCB-1DCC 1DD1-1DE6 1DFE 20D0-20D1 20D4-20D7 20DB-20DC 20E1 20E7 20E9
20F0 2CEF-2CF1 2DE0-2DFF A66F A67C-A67D A6F0-A6F1 A8E0-A8F1 AAB0 AAB2-AAB3 AAB7-AAB8 AABE-AABF
AAC1 FE20-FE26 10A0F 10A38 1D185-1D189 1D1AA-1D1AD 1D242-1D244
"""


@cache
def marks() -> str:
    """Return the 297 combining marks that stand for the numbers from 0, in order."""
    found = []
    for part in _MARKS.split():
        first, _, last = part.partition("-")
        found += [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]
    return "".join(found)


def rows(cells: Cells, image_id: int) -> tuple[str, ...]:
    """Return one string a row that shows an uploaded image.

    Every cell says its row and its column, so it depends on no neighbour. Only from the 298th on
    there is no mark for a column: those say their row and follow on the cell to their left, as
    the protocol allows. From the 298th row on the cells themselves are shown.

    Args:
        cells: what is shown, for its size.
        image_id: the number the image was uploaded under.
    """
    # The reset and 59 are for the background and for the colour of the underline, which would be
    # taken for the number of a placement.
    red, green, blue = image_id.to_bytes(3, "big")
    colour = f"\x1b[0;59;38;2;{red};{green};{blue}m"
    columns = marks()[: cells.columns]
    beyond = cells.columns - len(columns)
    made = []
    for mark in marks()[: cells.rows]:
        cell = PLACEHOLDER + mark
        made.append(f"{colour}{cell}{cell.join(columns)}{cell * beyond}\x1b[0m")
    return (*made, *cells.ansi[len(made) :])


def upload(
    pixels: NDArray[np.uint8], columns: int, rows: int, image_id: int, *, compress: bool
) -> tuple[str, ...]:
    """Return the escape sequences that give the terminal an image to show in columns x rows cells.

    Raw pixels: packing a PNG takes twenty times as long as this and gains less than half.

    Args:
        pixels: shape (height, width, 3), sRGB.
        columns: width in cells.
        rows: height in cells.
        image_id: the number to keep it under.
        compress: pack the pixels with zlib, at its fastest.
    """
    from binascii import b2a_base64

    data = pixels.tobytes()
    packed = ""
    if compress:
        from zlib import compress as pack

        data, packed = pack(data, 1), ",o=z"
    text = b2a_base64(data, newline=False).decode("ascii")
    high, wide, _ = pixels.shape
    about = f"a=T,U=1,C=1,q=2,f=24{packed},s={wide},v={high},i={image_id},c={columns},r={rows}"
    pieces = []
    for start in range(0, len(text), _CHUNK):
        more = int(start + _CHUNK < len(text))
        keys = f"q=2,m={more}" if start else f"{about},m={more}"
        pieces.append(f"\x1b_G{keys};{text[start : start + _CHUNK]}\x1b\\")
    return tuple(pieces)
