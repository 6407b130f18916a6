"""Cells to the text a terminal obeys, a whole picture at a time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESET = "\x1b[0m"
_BLANK = ord(" ")
# One cell at its longest. Zeros are places for digits and for the character; what stays zero
# is left out in the end.
_CELL = "\x1b[38;2;\0\0\0;\0\0\0;\0\0\0;48;2;\0\0\0;\0\0\0;\0\0\0m\0"
_INTRODUCER = slice(0, 2)
_FOREGROUND = slice(2, 18)
_BETWEEN = 18
_BACKGROUND = slice(19, 35)
_FINAL = 35
_CHARACTER = 36
_FOREGROUND_DIGITS = (7, 11, 15)
_BACKGROUND_DIGITS = (24, 28, 32)


@cache
def _digits() -> NDArray[np.uint32]:
    """Return the decimal digits of 0 to 255 as code points, shape (256, 3), zero where none."""
    import numpy as np

    text = "".join(f"{number:\0>3}" for number in range(256))
    return np.array([ord(char) for char in text], dtype=np.uint32).reshape(256, 3)


def ansi_rows(
    codes: NDArray[np.uint32], fg: NDArray[np.uint8], bg: NDArray[np.uint8]
) -> tuple[str, ...]:
    """Return one string a row: 24-bit SGR where a colour changes, characters, a reset.

    A space does not show its foreground, so it never asks for one.

    Args:
        codes: code points, shape (rows, columns).
        fg: foreground colours, shape (rows, columns, 3).
        bg: background colours, shape (rows, columns, 3).
    """
    import numpy as np

    rows, columns = codes.shape
    change_fg = np.ones((rows, columns), dtype=bool)
    change_bg = np.ones((rows, columns), dtype=bool)
    packed_fg, packed_bg = _packed(fg), _packed(bg)
    change_bg[:, 1:] = packed_bg[:, 1:] != packed_bg[:, :-1]
    visible = codes != _BLANK
    # The column of the last visible character before each cell; -1 where there is none yet.
    places = np.where(visible, np.arange(columns), -1)
    last = np.maximum.accumulate(places, axis=1)[:, :-1]
    before = np.take_along_axis(packed_fg, last.clip(0), axis=1)
    change_fg[:, 1:] = (packed_fg[:, 1:] != before) | (last < 0)
    change_fg &= visible

    digits = _digits()
    text = np.zeros((rows, columns, len(_CELL)), dtype=np.uint32)
    text[:] = np.frombuffer(_CELL.encode("utf-32-le"), dtype="<u4")
    for channel in range(3):
        at = _FOREGROUND_DIGITS[channel]
        text[..., at : at + 3] = digits[fg[..., channel]]
        at = _BACKGROUND_DIGITS[channel]
        text[..., at : at + 3] = digits[bg[..., channel]]
    text[..., _CHARACTER] = codes
    text[..., _FOREGROUND] *= change_fg[..., None]
    text[..., _BETWEEN] *= change_fg & change_bg
    text[..., _BACKGROUND] *= change_bg[..., None]
    changes = change_fg | change_bg
    text[..., _INTRODUCER] *= changes[..., None]
    text[..., _FINAL] *= changes
    kept = text != 0
    joined = text[kept].astype("<u4", copy=False).tobytes().decode("utf-32-le")
    ends = kept.sum(axis=(1, 2)).cumsum().tolist()
    return tuple(
        joined[start:end] + RESET for start, end in zip([0, *ends[:-1]], ends, strict=True)
    )


def _packed(colours: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return each colour as one number."""
    import numpy as np

    wide = colours.astype(np.uint32)
    return np.asarray(wide @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32), dtype=np.uint32)
