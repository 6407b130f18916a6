"""The figures of a picture: detail, light and two perceptual hashes, of its grey values.

Everything here takes an array of shape (height, width), uint8, 0 black to 255 white.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DARK, LIGHT = 5, 250  # at and below, at and above: no drawing is left there
_TILES = 8  # a side
_SHARPEST = 16  # of the 64 tiles
_NOTHING = 8.0  # variance; below it there is only what compression left
_FLAT = 2.0  # grey levels; below this spread a hash would be made of noise


def detail(grey: Grey) -> tuple[float, float]:
    """Return how sharp a picture is where it is sharpest.

    The variance of the Laplacian (Pech-Pacheco et al., ICPR 2000) of the sharpest quarter of 8×8
    tiles, so that a soft background does not count against a sharp subject; and that figure
    divided by the same of the picture at half size. Blur takes the finest detail first: the second
    figure falls towards 0.1 whatever the scene, while the first also depends on the scene.

    Returns:
        Both figures; 0 and 0 for a picture too small to say.
    """
    height, width = grey.shape
    if min(height, width) < 4 * _TILES:
        return 0.0, 0.0
    half = _halved(grey)
    fine, coarse = _tiles(_laplacian(grey.astype(np.float32))), _tiles(_laplacian(half))
    sharpest = np.argsort(fine)[-_SHARPEST:]
    sharp, below = float(fine[sharpest].mean()), float(coarse[sharpest].mean())
    return sharp, sharp / below if below > _NOTHING else 0.0


def light(grey: Grey) -> tuple[float, float, float, int, int]:
    """Return the mean, the shares that are black and white, and the darkest and lightest level.

    Returns:
        Mean (0 to 255), share at most `DARK`, share at least `LIGHT`, and the levels that 0.1 % of
        the picture are at or below, and at or above.
    """
    counts = np.bincount(grey.ravel(), minlength=256)
    total = counts.sum()
    running = np.cumsum(counts) / total
    mean = float(counts @ np.arange(256) / total)
    dark = float(running[DARK])
    bright = float(1 - running[LIGHT - 1])
    low = int(np.searchsorted(running, 0.001))
    high = int(np.searchsorted(running, 0.999))
    return mean, dark, bright, low, high


def dhash(small: NDArray[np.float32]) -> int:
    """Return the difference hash of a picture, 64 bit.

    A bit for each pair of neighbours in 8 rows of 9: whether it gets darker to the right (Neal
    Krawetz, "Kind of Like That", 2013).

    Args:
        small: shape (8, 9).
    """
    if small.std() < _FLAT:
        return 0
    return _bits(small[:, :-1] > small[:, 1:])


def phash(small: NDArray[np.float32]) -> int:
    """Return the perceptual hash of a picture, 64 bit.

    The 8×8 lowest frequencies of a cosine transform, each whether it lies above their median, the
    mean brightness left out of that (Neal Krawetz, "Looks Like It", 2011).

    Args:
        small: shape (32, 32).
    """
    if small.std() < _FLAT:
        return 0
    basis = _cosines()
    low = basis @ small @ basis.T
    middle = np.median(low.ravel()[1:])
    return _bits(low > middle)


@cache
def _cosines() -> Any:  # noqa: ANN401 (an array; typed arrays do not pass `cache`)
    """Return the first 8 of the 32 basis rows of the cosine transform (DCT-II)."""
    places = np.arange(32)
    return np.cos(np.pi * np.outer(np.arange(8), places + 0.5) / 32).astype(np.float32)


def _bits(values: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(values.ravel()).tobytes(), "big")


def _halved(grey: Grey) -> NDArray[np.float32]:
    height, width = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
    fours = grey[:height, :width].reshape(height // 2, 2, width // 2, 2)
    halved: NDArray[np.float32] = fours.mean((1, 3), dtype=np.float32)
    return halved


def _laplacian(values: NDArray[np.float32]) -> NDArray[np.float32]:
    middle = values[1:-1, 1:-1]
    around = values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]
    return 4 * middle - around


def _tiles(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the variance of each of 8×8 tiles, shape (64,)."""
    down, across = values.shape[0] // _TILES, values.shape[1] // _TILES
    cut = values[: down * _TILES, : across * _TILES].reshape(_TILES, down, _TILES, across)
    spread: NDArray[np.float32] = cut.var((1, 3)).ravel()
    return spread
