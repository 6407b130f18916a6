"""Primitives of drawing: colour, noise, blur, small letters, canvases."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = Any
RGB = tuple[int, int, int]

# Letters of 5 by 7 dots, our own; rows from the top, the highest of five bits is the left dot.
_DOTS = {
    "A": (14, 17, 17, 31, 17, 17, 17),
    "B": (30, 17, 17, 30, 17, 17, 30),
    "C": (14, 17, 16, 16, 16, 17, 14),
    "D": (30, 17, 17, 17, 17, 17, 30),
    "E": (31, 16, 16, 30, 16, 16, 31),
    "F": (31, 16, 16, 30, 16, 16, 16),
    "G": (14, 17, 16, 23, 17, 17, 15),
    "H": (17, 17, 17, 31, 17, 17, 17),
    "I": (14, 4, 4, 4, 4, 4, 14),
    "J": (1, 1, 1, 1, 1, 17, 14),
    "K": (17, 18, 20, 24, 20, 18, 17),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "M": (17, 27, 21, 21, 17, 17, 17),
    "N": (17, 25, 25, 21, 19, 19, 17),
    "O": (14, 17, 17, 17, 17, 17, 14),
    "P": (30, 17, 17, 30, 16, 16, 16),
    "Q": (14, 17, 17, 17, 21, 18, 13),
    "R": (30, 17, 17, 30, 20, 18, 17),
    "S": (15, 16, 16, 14, 1, 1, 30),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "U": (17, 17, 17, 17, 17, 17, 14),
    "V": (17, 17, 17, 17, 10, 10, 4),
    "W": (17, 17, 17, 21, 21, 27, 17),
    "X": (17, 10, 4, 4, 4, 10, 17),
    "Y": (17, 17, 10, 4, 4, 4, 4),
    "Z": (31, 1, 2, 4, 8, 16, 31),
    "0": (14, 17, 19, 21, 25, 17, 14),
    "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 6, 8, 16, 31),
    "3": (31, 2, 4, 2, 1, 17, 14),
    "4": (2, 6, 10, 18, 31, 2, 2),
    "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12),
    ".": (0, 0, 0, 0, 0, 12, 12),
    ",": (0, 0, 0, 0, 12, 4, 8),
    ":": (0, 12, 12, 0, 12, 12, 0),
    "-": (0, 0, 0, 31, 0, 0, 0),
    "'": (4, 4, 8, 0, 0, 0, 0),
    "!": (4, 4, 4, 4, 4, 0, 4),
    "?": (14, 17, 1, 6, 4, 0, 4),
    "/": (1, 1, 2, 4, 8, 16, 16),
    "&": (12, 18, 20, 8, 21, 18, 13),
    "+": (0, 4, 4, 31, 4, 4, 0),
    ">": (8, 4, 2, 1, 2, 4, 8),
    "%": (24, 25, 2, 4, 8, 19, 3),
}


def rng(name: str) -> np.random.Generator:
    """A random generator that is the same for the same name on every machine."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def linear(a: Array) -> Array:
    """Turns sRGB (0 to 1 or 0 to 255) into linear light, 0 to 1, float32."""
    x = np.asarray(a, np.float32)
    if x.size and x.max() > 1.001:
        x = x / 255
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4).astype(np.float32)


def col(text: str) -> tuple[float, float, float]:
    """Linear colour of "#rrggbb"."""
    v = linear([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return float(v[0]), float(v[1]), float(v[2])


def rgb(text: str) -> RGB:
    """Bytes of "#rrggbb"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def resize(a: Array, w: int, h: int) -> Array:
    """Array (h, w) or (h, w, c) of floats at another size."""
    if a.ndim == 2:
        im = Image.fromarray(np.ascontiguousarray(a, np.float32))
        return np.asarray(im.resize((w, h), Image.Resampling.BILINEAR))
    return np.dstack([resize(a[..., i], w, h) for i in range(a.shape[2])])


def blur(a: Array, sigma: float) -> Array:
    """Gaussian blur of floats (h, w) or (h, w, c); wide ones are made on a smaller picture."""
    if sigma < 0.2:
        return a
    if a.ndim == 3:
        return np.dstack([blur(a[..., i], sigma) for i in range(a.shape[2])])
    h, w = a.shape
    k = max(1, int(sigma / 3))
    if k > 1:
        sw, sh = max(4, w // k), max(4, h // k)
        im = Image.fromarray(np.ascontiguousarray(a, np.float32))
        small = np.asarray(im.resize((sw, sh), Image.Resampling.BOX))
        return resize(blur(small, sigma * sw / w), w, h)
    r = math.ceil(sigma * 3)
    x = np.arange(-r, r + 1)
    g = np.exp(-(x**2) / (2 * sigma**2))
    g = (g / g.sum()).astype(np.float32)
    for axis in (0, 1):
        pad = [(r, r) if i == axis else (0, 0) for i in range(2)]
        b = np.pad(a, pad, mode="edge")
        n = a.shape[axis]
        out = np.zeros_like(a, dtype=np.float32)
        for i, wgt in enumerate(g):
            out += wgt * (b[i : i + n] if axis == 0 else b[:, i : i + n])
        a = out
    return a


def noise(w: int, h: int, cells: float, name: str, octaves: int = 4) -> Array:
    """Cloudy noise (h, w), 0 to 1, which tiles; `cells` clouds across at the coarsest."""
    g = rng(name)
    out = np.zeros((h, w), np.float32)
    total, amp = 0.0, 1.0
    for _ in range(octaves):
        nx, ny = max(2, round(cells)), max(2, round(cells * h / w))
        if nx > w or ny > h:
            break
        grid = np.pad(g.random((ny, nx)).astype(np.float32), 2, mode="wrap")
        im = Image.fromarray(grid)
        big = np.asarray(
            im.resize((w, h), Image.Resampling.BICUBIC, box=(1.5, 1.5, nx + 1.5, ny + 1.5))
        )
        out += amp * big
        total += amp
        amp *= 0.5
        cells *= 2
    return np.clip(out / total, 0, 1)


def mix(a: Array, b: Array, k: Array) -> Array:
    """Colours from a to b, k from 0 to 1."""
    k = np.asarray(k, np.float32)
    if k.ndim == 2:
        k = k[..., None]
    return np.asarray(a, np.float32) * (1 - k) + np.asarray(b, np.float32) * k


def ramp(stops: Sequence[tuple[float, str]], x: Array) -> Array:
    """Linear colours along positions x (0 to 1) between (position, "#rrggbb") stops."""
    at = [s[0] for s in stops]
    cols = np.array([col(s[1]) for s in stops])
    return np.stack([np.interp(x, at, cols[:, i]) for i in range(3)], -1).astype(np.float32)


class Canvas:
    """A drawing at twice its size, in sRGB, with (0, 0) at the top left and floats allowed."""

    def __init__(self, w: int, h: int, back: str | None = None, scale: int = 2) -> None:
        self.w, self.h, self.k = w, h, scale
        fill = (0, 0, 0, 0) if back is None else (*rgb(back), 255)
        self.im = Image.new("RGBA", (w * scale, h * scale), fill)
        self.d = ImageDraw.Draw(self.im)

    def _at(self, pts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * self.k, y * self.k) for x, y in pts]

    def rect(self, x: float, y: float, w: float, h: float, c: str, r: float = 0) -> None:
        """A rectangle, its corners rounded by r."""
        k = self.k
        where = (x * k, y * k, (x + w) * k - 1, (y + h) * k - 1)
        if where[2] < where[0] or where[3] < where[1]:
            return
        self.d.rounded_rectangle(where, r * k, fill=rgb(c))

    def oval(self, cx: float, cy: float, rx: float, ry: float, c: str) -> None:
        """An ellipse."""
        k = self.k
        self.d.ellipse(((cx - rx) * k, (cy - ry) * k, (cx + rx) * k, (cy + ry) * k), fill=rgb(c))

    def poly(self, pts: Sequence[tuple[float, float]], c: str) -> None:
        """A filled polygon."""
        self.d.polygon(self._at(pts), fill=rgb(c))

    def line(self, pts: Sequence[tuple[float, float]], width: float, c: str) -> None:
        """A line with round joints."""
        self.d.line(self._at(pts), fill=rgb(c), width=max(1, round(width * self.k)), joint="curve")

    def text(self, x: float, y: float, words: str, dot: float, c: str, wide: float = 1.0) -> float:
        """Words in dots of size `dot`; returns the x after them."""
        for ch in words.upper():
            for row, bits in enumerate(_DOTS.get(ch, (0,) * 7)):
                for b in range(5):
                    if bits >> (4 - b) & 1:
                        self.rect(x + b * dot * wide, y + row * dot, dot * wide, dot, c)
            x += 6 * dot * wide
        return x

    def array(self) -> Array:
        """The drawing, linear, (h, w, 3)."""
        im = self.im.convert("RGB").resize((self.w, self.h), Image.Resampling.LANCZOS)
        return linear(np.asarray(im, np.float32) / 255)

    def cutout(self) -> Array:
        """The drawing with its holes, linear, (h, w, 4)."""
        im = self.im.resize((self.w, self.h), Image.Resampling.BOX)
        a = np.asarray(im, np.float32) / 255
        return np.dstack([linear(a[..., :3]), a[..., 3]]).astype(np.float32)
