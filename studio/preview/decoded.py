"""Pictures decoded: as stored, with what is still to be done to show them right."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from studio.preview.colour import plain
from studio.preview.opening import BROKEN

if TYPE_CHECKING:
    from collections.abc import Hashable

_ORIENTATION = 0x0112  # Exif 2.32
# How to turn a picture upright, by its EXIF orientation.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}

Part = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Decoded:
    """A picture's pixels as stored: not upright, not in sRGB, not opaque yet.

    Attributes:
        image: in RGB, RGBA, L or CMYK; perhaps smaller than the picture, never cut.
        size: width and height of the picture itself, upright.
        turn: its EXIF orientation.
        profile: its ICC profile.
    """

    image: Image.Image
    size: tuple[int, int]
    turn: int = 1
    profile: bytes | None = None

    @property
    def sideways(self) -> bool:
        """Whether it lies on its side."""
        return self.turn in _SIDEWAYS

    @property
    def width(self) -> int:
        """Pixels across the picture, upright, as decoded."""
        return self.image.height if self.sideways else self.image.width

    @property
    def nbytes(self) -> int:
        """Memory taken, in bytes; three and four channels take four."""
        return self.image.width * self.image.height * (1 if self.image.mode == "L" else 4)

    def stored(self, part: Part) -> Part:
        """Return where a part of the upright picture lies in the stored one, as fractions."""
        left, top, right, bottom = part
        across, down = (left, right), (top, bottom)
        if self.turn in {2, 3, 6, 7}:
            across = (1 - right, 1 - left)
        if self.turn in {3, 4, 7, 8}:
            down = (1 - bottom, 1 - top)
        if self.sideways:
            across, down = down, across
        return across[0], down[0], across[1], down[1]


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation that is still to be followed; 1 where there is nothing to do."""
    if image.format == "TIFF":
        return 1  # Pillow turns these upright itself
    try:
        turn = image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        return 1
    return turn if isinstance(turn, int) else 1


def upright_size(image: Image.Image, turn: int) -> tuple[int, int]:
    """Return width and height of an opened image as shown."""
    wide, high = image.size
    return (high, wide) if turn in _SIDEWAYS else (wide, high)


def decode(image: Image.Image, turn: int, least: tuple[float, float] | None = None) -> Decoded:
    """Decode an opened image; a JPEG at a fraction of its size where that is enough.

    Args:
        image: opened, in place.
        turn: its orientation.
        least: the width and height in pixels that the whole picture, upright, is wanted in at
            least; None for all there are.
    """
    size = upright_size(image, turn)
    if least:
        wanted = least[::-1] if turn in _SIDEWAYS else least
        image.draft(None, (max(1, int(wanted[0])), max(1, int(wanted[1]))))
    image.load()
    profile = image.info.get("icc_profile")
    return Decoded(plain(image), size, turn, profile if isinstance(profile, bytes) else None)


class Kept:
    """The pictures last decoded, for looking around in one without decoding it at each step.

    Args:
        budget: bytes to keep. A larger picture is not kept at all.
        count: pictures to keep.
    """

    def __init__(self, budget: int = 96 << 20, count: int = 2) -> None:
        self._budget = budget
        self._count = count
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Decoded] = OrderedDict()

    def get(self, key: Hashable) -> Decoded | None:
        """Return a picture if it is there; it may be smaller than wanted."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, picture: Decoded) -> None:
        """Keep a picture."""
        if picture.nbytes > self._budget:
            return
        with self._lock:
            self._kept[key] = picture
            self._kept.move_to_end(key)
            while len(self._kept) > self._count or self._bytes() > self._budget:
                self._kept.popitem(last=False)

    def _bytes(self) -> int:
        return sum(picture.nbytes for picture in self._kept.values())
