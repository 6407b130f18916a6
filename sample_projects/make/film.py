"""From traced light to a snapshot of 1989: lens, film, print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from sample_projects.make import draw

Array = Any

# Seven segments of a date back: a, b, c, d, e, f, g as in every data sheet.
_SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}


@dataclass(frozen=True)
class Look:
    """How a picture is taken and printed.

    Attributes:
        expose: Stops of exposure.
        bloom: How much bright light spreads.
        warm: White balance, above 0 to the red, in tenths.
        color: Saturation, 1 for as it was.
        contrast: Steepness, 1 for plain film.
        lift: How milky the blacks are.
        grain: Strength of grain, 0 to about 0.05.
        vignette: Darkening of the corners, 0 to 1.
        leak: Strength of a light leak at one side.
        leak_side: "left" or "right".
        focus: Distance in focus in metres, with `depth` the blur a metre away from it, pixels.
        depth: See `focus`.
        shake: Camera shake (x, y) in pixels of a picture 1080 wide.
        soft: Softness of the lens in pixels.
        stamp: Date in the corner, "'89 12 25", or nothing.
        dust: Number of specks.
    """

    expose: float = 0.0
    bloom: float = 0.12
    warm: float = 0.3
    color: float = 1.12
    contrast: float = 1.0
    lift: float = 0.025
    grain: float = 0.014
    vignette: float = 0.35
    leak: float = 0.0
    leak_side: str = "right"
    focus: float = 0.0
    depth: float = 0.0
    shake: tuple[float, float] = (0.0, 0.0)
    soft: float = 0.7
    stamp: str = ""
    dust: int = 6


def _lens(color: Array, far: Array, look: Look) -> Array:
    _h, w = far.shape
    k = w / 1080
    if look.depth and look.focus:
        coc = np.abs(1 / look.focus - 1 / np.maximum(far, 0.05)) * look.focus * look.depth * k
        coc = draw.blur(np.minimum(coc, 14 * k).astype(np.float32), 1.5 * k)
        layers = [0.0, 2 * k, 5 * k, 12 * k]
        blurred = [color, *(draw.blur(color, s) for s in layers[1:])]
        out = color
        for i in range(1, len(layers)):
            m = np.clip((coc - layers[i - 1]) / (layers[i] - layers[i - 1]), 0, 1)[..., None]
            out = out * (1 - m) + blurred[i] * m
        color = out
    dx, dy = look.shake[0] * k, look.shake[1] * k
    if dx or dy:
        steps = max(3, int(np.hypot(dx, dy) / 2))
        total = np.zeros_like(color)
        for i in range(steps):
            u = i / (steps - 1) - 0.5
            bend = 6 * k * np.sin(u * 5)
            total += np.roll(color, (round(dy * u + bend * 0.4), round(dx * u - bend)), (0, 1))
        color = total / steps
    return color


def _light(color: Array, look: Look, name: str) -> Array:
    h, w = color.shape[:2]
    bright = np.maximum(color - 0.75, 0)
    bright = bright / (1 + bright * 0.12)
    glow = draw.blur(bright, w * 0.006) * 0.9
    glow += draw.blur(bright, w * 0.022) * 0.7
    glow += draw.blur(bright, w * 0.07) * 0.55
    red = draw.blur(bright.mean(2), w * 0.011)[..., None] * np.array([0.5, 0.13, 0.04], np.float32)
    color = color + look.bloom * (glow * 2 + red)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    r2 = ((xx / w - 0.5) ** 2 + (yy / h - 0.5) ** 2) * 2
    color = color * (1 - look.vignette * np.clip(r2, 0, 1) ** 1.2)[..., None]
    if look.leak:
        g = draw.rng(name + "leak")
        side = xx / w if look.leak_side == "left" else 1 - xx / w
        wave = 0.10 + 0.05 * np.sin(yy / h * 3.1 + g.random() * 6)
        edge = np.exp(-np.maximum(side - wave * 0.3, 0) / wave)
        tint = draw.mix(draw.col("#ff3a10"), draw.col("#ffb648"), np.clip(1 - side * 9, 0, 1))
        color = color + look.leak * edge[..., None] * tint
    return color


def _print(x: Array, look: Look) -> Array:
    """Film curve and paper: linear light to sRGB 0 to 1."""
    balance = np.array([1 + 0.16 * look.warm, 1.0, 1 - 0.2 * look.warm], np.float32)
    x = np.maximum(x * balance, 0)
    x = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    x = np.clip(x, 0, 1) ** (1 / 2.2)
    grey = (x * np.array([0.3, 0.59, 0.11], np.float32)).sum(2, keepdims=True)
    x = grey + (x - grey) * look.color
    x = 0.45 + (x - 0.45) * look.contrast
    floor = np.array([1.25, 0.85, 1.0], np.float32) * look.lift
    roof = np.array([1.0, 0.985, 0.95], np.float32)
    return floor + np.clip(x, 0, 1) * (roof - floor)


def _stamp(w: int, h: int, words: str) -> Array:
    """Glow of the digits of a date back, (h, w), 0 to 1."""
    size = w * 0.021
    c = draw.Canvas(w, h, "#000000", 2)
    widths = [0.55 if ch in " '" else 1.0 for ch in words]
    x = w * 0.93 - sum(widths) * size * 0.95
    y = h * 0.935
    wide, tall, t = size * 0.62, size * 1.25, size * 0.13
    for ch, adv in zip(words, widths, strict=True):
        if ch == "'":
            c.line([(x + size * 0.25, y), (x + size * 0.2, y + tall * 0.25)], t, "#ffffff")
        parts = {
            "a": [(x, y), (x + wide, y)],
            "b": [(x + wide, y), (x + wide, y + tall / 2)],
            "c": [(x + wide, y + tall / 2), (x + wide, y + tall)],
            "d": [(x, y + tall), (x + wide, y + tall)],
            "e": [(x, y + tall / 2), (x, y + tall)],
            "f": [(x, y), (x, y + tall / 2)],
            "g": [(x, y + tall / 2), (x + wide, y + tall / 2)],
        }
        for seg in _SEGMENTS.get(ch, ""):
            c.line(parts[seg], t, "#ffffff")
        x += adv * size * 0.95
    return c.array()[..., 0]


def develop(color: Array, far: Array, look: Look, name: str) -> Image.Image:
    """A print of traced light.

    Args:
        color: Linear light (h, w, 3).
        far: Distance (h, w) in metres.
        look: Camera, film and paper.
        name: Seeds grain, dust and leaks.
    """
    h, w = far.shape
    x = _lens(color * np.float32(2.0**look.expose), far, look)
    x = _light(x, look, name)
    if look.stamp:
        s = _stamp(w, h, look.stamp)
        glow = np.maximum(draw.blur(s, w * 0.0012), draw.blur(s, w * 0.005) * 0.8)
        x = x + glow[..., None] * np.array([2.6, 0.75, 0.08], np.float32)
    x = draw.blur(x, look.soft * w / 1080)
    x = _print(x, look)
    g = draw.rng(name)
    if look.dust:
        specks = draw.Canvas(w, h, "#000000", 1)
        for _ in range(look.dust):
            a, b = g.random() * w, g.random() * h
            if g.random() < 0.35:
                bend = g.normal(0, w * 0.012, 4)
                pts = [(a, b), (a + bend[0], b + bend[1]), (a + bend[2], b + bend[3])]
                specks.line(pts, 1, "#909090")
            else:
                r = w * (0.0006 + 0.0009 * g.random())
                specks.oval(a, b, r, r, "#b0b0b0")
        x = x + draw.blur(specks.array(), 0.8)[..., :1] * 0.6
    if look.grain:
        fine = draw.blur(g.standard_normal((h, w)).astype(np.float32), 0.9 * w / 1080)
        coarse = draw.blur(g.standard_normal((h, w)).astype(np.float32), 2.2 * w / 1080)
        grain = fine / fine.std() + 0.6 * coarse / coarse.std()
        mid = 0.45 + x.mean(2) * (1 - x.mean(2)) * 2.6
        x = x + (grain * mid * look.grain)[..., None]
    return Image.fromarray((np.clip(x, 0, 1) * 255 + 0.5).astype(np.uint8))
