"""What glows: television pictures, the tree with its lights, skies behind a window."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw
from sample_projects.make.draw import Canvas

Array = Any


def tube(tex: Array, lines: int = 120, name: str = "tube") -> Array:
    """A picture as a cathode-ray tube shows it: lines, a soft raster, darker corners."""
    h, w = tex.shape[:2]
    tex = draw.blur(tex, w * 0.0022)
    tex = tex + draw.blur(tex, w * 0.03) * 0.35
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    scan = 0.72 + 0.28 * np.sin(yy / h * lines * 2 * math.pi)
    r2 = (xx / w - 0.5) ** 2 + (yy / h - 0.5) ** 2
    fuzz = draw.rng(name).normal(1, 0.04, (h, w)).astype(np.float32)
    return (tex * (scan * (1 - 0.9 * r2**1.2) * fuzz)[..., None]).astype(np.float32)


def snowman(w: int = 640, h: int = 480) -> Array:
    """A Christmas cartoon: a snowman flies over hills by night."""
    c = Canvas(w, h, "#1d3f9e", 2)
    for i in range(24):
        t = i / 23
        c.rect(0, h * t * 0.75, w, h * 0.04, f"#{int(20 + 60 * t):02x}{int(60 + 110 * t):02x}c8")
    g = draw.rng("snowman")
    for _ in range(70):
        x, y = g.random() * w, g.random() * h * 0.7
        r = 1.2 + 2.2 * g.random()
        c.oval(x, y, r, r, "#ffffff")
    c.oval(w * 0.82, h * 0.2, 52, 52, "#fff3c0")
    c.oval(w * 0.79, h * 0.18, 46, 46, "#4f8fd0")
    c.oval(w * 0.2, h * 1.05, w * 0.5, h * 0.36, "#dfeeff")
    c.oval(w * 0.8, h * 1.1, w * 0.5, h * 0.42, "#f4faff")
    for x, s in ((90, 1.0), (160, 0.7), (560, 0.9)):
        for k in range(3):
            y = h * 0.72 - 70 * s + k * 26 * s
            c.poly(
                [
                    (x, y - 26 * s),
                    (x - (18 + 9 * k) * s, y + 18 * s),
                    (x + (18 + 9 * k) * s, y + 18 * s),
                ],
                "#1c5a4a",
            )
    x, y = w * 0.47, h * 0.5
    c.oval(x, y + 62, 88, 78, "#ffffff")
    c.oval(x, y - 48, 56, 54, "#ffffff")
    c.rect(x - 60, y - 14, 120, 20, "#e0252c", 8)
    c.rect(x + 30, y - 8, 24, 74, "#e0252c", 8)
    c.rect(x - 52, y - 104, 104, 14, "#1a1a2a", 4)
    c.rect(x - 34, y - 150, 68, 50, "#1a1a2a", 4)
    c.oval(x - 20, y - 58, 7, 7, "#101018")
    c.oval(x + 20, y - 58, 7, 7, "#101018")
    c.poly([(x - 4, y - 46), (x + 40, y - 36), (x - 4, y - 34)], "#ff8a1e")
    for k in range(3):
        c.oval(x, y + 30 + k * 32, 7, 7, "#101018")
    c.line([(x - 80, y + 40), (x - 140, y - 10)], 9, "#5a3a20")
    c.line([(x + 80, y + 40), (x + 145, y), (x + 160, y - 24)], 9, "#5a3a20")
    return tube(c.array(), 96, "snowman")


def cartoon(w: int = 640, h: int = 480) -> Array:
    """Saturday morning: a rocket with a cat in it before a burst of stripes."""
    c = Canvas(w, h, "#ff5aa8", 2)
    for i in range(24):
        a0, a1 = i * math.pi / 12, (i + 0.5) * math.pi / 12
        mid = (w * 0.5, h * 0.55)
        c.poly(
            [
                mid,
                (mid[0] + 900 * math.cos(a0), mid[1] + 900 * math.sin(a0)),
                (mid[0] + 900 * math.cos(a1), mid[1] + 900 * math.sin(a1)),
            ],
            "#ffd23a",
        )
    x, y = w * 0.5, h * 0.5
    c.poly([(x - 84, y + 90), (x - 160, y + 190), (x - 60, y + 150)], "#1840b0")
    c.poly([(x + 84, y + 90), (x + 160, y + 190), (x + 60, y + 150)], "#1840b0")
    c.oval(x, y, 108, 200, "#f4f8ff")
    c.poly([(x - 82, y - 130), (x, y - 232), (x + 82, y - 130)], "#e8232a")
    c.oval(x, y - 128, 84, 22, "#e8232a")
    c.oval(x, y - 22, 76, 76, "#10307e")
    c.oval(x, y - 22, 64, 64, "#38d0ff")
    c.oval(x, y - 8, 46, 42, "#f09020")
    c.poly([(x - 44, y - 22), (x - 38, y - 74), (x - 8, y - 44)], "#f09020")
    c.poly([(x + 44, y - 22), (x + 38, y - 74), (x + 8, y - 44)], "#f09020")
    for s in (-1, 1):
        c.oval(x + s * 17, y - 14, 12, 15, "#ffffff")
        c.oval(x + s * 15, y - 12, 6, 9, "#101020")
    c.oval(x, y + 6, 7, 5, "#d02a50")
    c.poly([(x - 60, y + 176), (x, y + 270), (x + 60, y + 176)], "#ff7a10")
    c.poly([(x - 32, y + 180), (x, y + 236), (x + 32, y + 180)], "#ffe860")
    return tube(c.array(), 96, "cartoon")


def teletext(w: int = 640, h: int = 480) -> Array:
    """Page 100 of an invented text service, the clock at six."""
    c = Canvas(w, h, "#000010", 2)
    d = 3.1
    c.text(26, 18, "P100", d, "#ffffff")
    c.text(130, 18, "TELE89", d, "#ffffff")
    c.text(270, 18, "SAT 25 NOV", d, "#40ff60")
    c.text(486, 18, "18:00:04", d, "#ffff40")
    blocks = ["#ff3030", "#ffff40", "#40ff60", "#40ffff", "#5070ff", "#ff50ff"]
    c.rect(26, 56, 588, 104, "#1028e0")
    c.text(50, 74, "TELE", 9, "#ffff40")
    c.text(300, 74, "SIX", 9, "#ffffff")
    for i in range(28):
        c.rect(26 + i * 21, 164, 17, 11, blocks[i % 6])
    rows = [
        ("MAIN NEWS", "101", "#ffffff"),
        ("WEATHER  RAIN", "112", "#40ffff"),
        ("FOOTBALL RESULTS", "140", "#40ff60"),
        ("LOTS OF QUIZ", "152", "#ffff40"),
        ("TV TONIGHT", "160", "#ffffff"),
        ("HOLIDAYS FROM 99", "180", "#ff50ff"),
    ]
    for i, (words, page, ink) in enumerate(rows):
        y = 196 + i * 37
        c.text(40, y, words, 3.7, ink)
        c.text(530, y, page, 3.7, "#ffff40")
    for i, (ink, words) in enumerate(
        zip(
            ["#ff3030", "#40ff60", "#ffff40", "#40ffff"],
            ["NEWS", "SPORT", "TV", "A-Z"],
            strict=True,
        )
    ):
        c.rect(26 + i * 148, 436, 144, 30, ink)
        c.text(46 + i * 148, 441, words, 2.8, "#000020")
    return tube(c.array(), 150, "teletext")


def tape_noise(w: int = 640, h: int = 480, phase: float = 0.0, words: str = "REW") -> Array:
    """A tape being wound back: torn bands, snow, an on-screen word."""
    g = draw.rng(f"tape{phase:.4f}")
    c = Canvas(w, h, "#1c2a8c", 1)
    for i in range(18):
        t = i / 17
        shade = (int(30 + 190 * t), int(40 + 90 * t), int(150 - 60 * t))
        c.rect(0, h * t, w, h / 17 + 2, f"#{shade[0]:02x}{shade[1]:02x}{shade[2]:02x}")
    c.oval(w * 0.5, h * 0.62, 130, 130, "#ffd060")
    c.poly(
        [
            (0, h * 0.78),
            (w * 0.3, h * 0.6),
            (w * 0.55, h * 0.78),
            (w * 0.8, h * 0.56),
            (w, h * 0.7),
            (w, h),
            (0, h),
        ],
        "#241440",
    )
    tex = c.array()
    yy = np.arange(h)
    for k in range(4):
        at = (phase * h * (0.9 + 0.2 * k) + k * h / 4) % h
        near = np.exp(-(((yy - at) / (h * 0.035)) ** 2))
        slip = (near * w * 0.16 * np.sin(yy * 0.35 + k)).astype(int)
        idx = (np.arange(w)[None, :] + slip[:, None]) % w
        tex = tex[yy[:, None], idx]
        snow = g.random((h, w)).astype(np.float32) > 0.62
        tex = tex + (near[:, None] * snow)[..., None] * 0.9
    tex = np.stack([np.roll(tex[..., 0], 5, 1), tex[..., 1], np.roll(tex[..., 2], -4, 1)], -1)
    o = Canvas(w, h, "#000000", 1)
    o.text(46, 36, words, 7, "#ffffff")
    x = 220.0
    for _ in range(2):
        o.poly([(x + 44, 36), (x + 44, 85), (x, 60)], "#ffffff")
        x += 48
    o.text(380, 396, "0:19:89", 5, "#ffffff")
    tex = np.maximum(tex, draw.blur(o.array(), 0.8))
    return tube(tex.astype(np.float32), 96, f"tube{phase:.3f}")


def dawn(w: int = 480, h: int = 640, snow: bool = True) -> Array:
    """Blue dawn over roofs across the street."""
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    sky = draw.ramp(
        [(0, "#16306e"), (0.3, "#2f5fb0"), (0.52, "#86a9dc"), (0.62, "#f0b89a"), (1, "#f29a60")],
        yy / h,
    )
    cloud = draw.noise(w, h, 3, "dawncloud", 5)
    sky = draw.mix(sky, sky * 1.5 + 0.03, np.clip((cloud - 0.5) * 3, 0, 1) * 0.5)
    c = Canvas(w, h, None, 2)
    white = "#7d97cf" if snow else "#3a3f58"
    for x, y, s in ((-60, 0.62, 1.0), (150, 0.57, 1.15), (395, 0.63, 1.0)):
        top = h * y
        c.rect(x + 140 * s, top - 26, 26 * s, 70, "#232a48")
        c.rect(x + 137 * s, top - 32, 32 * s, 9, white)
        c.poly([(x, top + 70 * s), (x + 110 * s, top), (x + 220 * s, top + 70 * s)], white)
        c.rect(x + 14 * s, top + 66 * s, 192 * s, h, "#1a2140")
        for k in range(3):
            lit = (k + int(x)) % 3 == 0
            c.rect(
                x + (34 + 56 * k) * s, top + 96 * s, 30 * s, 40 * s, "#ffc468" if lit else "#2c3a68"
            )
    cut = draw.resize(c.cutout(), w, h)
    out = draw.mix(sky, cut[..., :3], cut[..., 3])
    frost = draw.noise(w, h, 26, "frost", 4)
    edge = np.minimum(np.minimum(xx, w - xx) / w, np.minimum(yy, h - yy) / h)
    k = np.clip(0.5 - edge * 9, 0, 1) * np.clip(frost * 2 - 0.4, 0, 1) if snow else 0 * frost
    return draw.mix(out, draw.col("#b8d0f4"), k * 0.9)


BULBS = ("#ff9226", "#ff3a1c", "#ffb445", "#38b050", "#3f74ff", "#ff9226", "#ff5a28")


def tree_lights(n: int = 74, name: str = "tree") -> list[tuple[float, float, float, str]]:
    """Lights wound round a tree: (x, y, z, colour) in a cone one wide and one high."""
    g = draw.rng(name)
    out = []
    for i in range(n):
        u = (i + 0.5) / n
        y = 1 - (1 - u * 0.97) ** 0.62
        a = i * 2.399963
        r = 0.5 * (1 - y) ** 0.9 * (0.86 + 0.16 * g.random())
        z = r * math.sin(a)
        if z < 0.05:
            out.append((r * math.cos(a), y, z, BULBS[i % len(BULBS)]))
    return out


def tree(
    w: int = 900, h: int = 1300, name: str = "tree", power: float = 1.0
) -> tuple[Array, Array]:
    """A Norway spruce hung with tinsel: (cut-out albedo (h, w, 4), light it gives back)."""
    g = draw.rng(name + "needles")
    c = Canvas(w, h, None, 2)
    cx = w / 2
    c.rect(cx - 16, h * 0.8, 32, h * 0.2, "#2a1a0e")
    branches = []
    for _ in range(560):
        y = g.random() ** 0.75
        a = g.random() * 2 * math.pi
        branches.append((math.sin(a), y, math.cos(a)))
    branches.sort(key=lambda b: -b[0] + g.normal(0, 0.15))
    for z, y, side in branches:
        top = h * (0.03 + 0.90 * y)
        tier = 0.86 + 0.14 * math.sin(y * 44)
        reach = w * 0.49 * (0.05 + y**0.92) * tier
        tip = cx + reach * side
        droop = h * 0.055 * (0.4 + y) * (0.6 + abs(side))
        front = (1 - z) / 2
        base = np.array([12, 36, 26]) + np.array([26, 54, 30]) * front
        k = 20 + int(26 * abs(side) + 10 * y)
        for i in range(k):
            t = i / k
            bx = cx + (tip - cx) * t
            by = top + droop * (t**1.5 - 0.28 * t) + (1 - abs(side)) * droop * 0.5
            long = (19 + 15 * y) * (1 - 0.45 * t) * (0.7 + 0.6 * g.random())
            tone = np.clip(base * (0.45 + 0.75 * t + 0.25 * g.random()), 0, 255).astype(int)
            ink = f"#{tone[0]:02x}{tone[1]:02x}{tone[2]:02x}"
            for s in (-1, 1):
                a = math.atan2(droop * 0.7, tip - cx) + s * (0.65 + 0.4 * g.random())
                c.line([(bx, by), (bx + long * math.cos(a), by + long * math.sin(a) + 4)], 2.0, ink)
    for sag in range(6):
        y0 = 0.2 + sag * 0.135
        half = w * 0.46 * (0.05 + y0**0.92)
        ink = ["#d8a93a", "#c03038"][sag % 2]
        for i in range(int(half * 2.4)):
            t = i / (half * 2.4)
            x = cx + (t * 2 - 1) * half
            y = h * (0.03 + 0.9 * y0) + math.sin(t * math.pi) * h * 0.055 + (t - 0.5) * h * 0.035
            for _ in range(3):
                a = g.random() * 2 * math.pi
                long = 5 + 9 * g.random()
                tone = "#fff0b8" if g.random() < 0.16 else ink
                c.line([(x, y), (x + long * math.cos(a), y + long * math.sin(a))], 1.6, tone)
    cut = c.cutout()
    glow = np.zeros((h, w, 3), np.float32)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    for lx, ly, lz, ink in tree_lights(name=name):
        px, py = cx + lx * w * 0.98, h * (0.985 - 0.93 * ly)
        r = 30 + 16 * (lz + 0.5)
        reach = int(r * 5)
        y0, y1 = max(0, int(py) - reach), min(h, int(py) + reach)
        x0, x1 = max(0, int(px) - reach), min(w, int(px) + reach)
        d2 = (xx[y0:y1, x0:x1] - px) ** 2 + (yy[y0:y1, x0:x1] - py) ** 2
        near = np.exp(-d2 / (2 * (r * 1.15) ** 2)) + 0.30 * np.exp(-d2 / (2 * (r * 2.6) ** 2))
        glow[y0:y1, x0:x1] += near[..., None] * np.array(draw.col(ink), np.float32)
    body = np.minimum(cut[..., :3], 0.16)
    glow = glow / (1 + 0.35 * glow)
    lit = (body * 2.6 + 0.004) * glow * power
    return cut, lit.astype(np.float32)
