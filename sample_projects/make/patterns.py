"""Textures: paper, wood, carpet, cloth, brick. All linear arrays (h, w, 3)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw
from sample_projects.make.draw import Canvas

Array = Any


def worn(tex: Array, name: str, amount: float = 0.15, cells: float = 6) -> Array:
    """The texture with clouds of wear in it."""
    h, w = tex.shape[:2]
    n = draw.noise(w, h, cells, name, 5)[..., None]
    return (tex * (1 + amount * (n - 0.5) * 2)).astype(np.float32)


def pile(tex: Array, name: str, amount: float = 0.3) -> Array:
    """The texture with the tufts of a carpet."""
    h, w = tex.shape[:2]
    n = draw.blur(draw.rng(name).random((h, w)).astype(np.float32), 0.7)
    n = (n - n.mean()) / (n.std() + 1e-6)
    return np.clip(tex * (1 + amount * 0.5 * n[..., None]), 0, 1).astype(np.float32)


def wood(
    name: str,
    dark: str = "#3a2010",
    light: str = "#8a5528",
    w: int = 512,
    h: int = 512,
    rings: float = 9,
) -> Array:
    """Planed wood, grain along x."""
    yy, xx = np.mgrid[0:h, 0:w] / np.array([[[h]], [[w]]])
    warp = draw.noise(w, h, 2, name, 3)
    n = draw.resize(draw.noise(max(8, w // 16), h, 3, name + "g", 4), w, h)
    x = np.sin((yy + warp * 0.28) * rings * 2 * math.pi) * 0.5 + 0.5
    x = 0.55 * x + 0.45 * n + 0.02 * xx
    fine = draw.resize(draw.rng(name + "f").random((h, max(4, w // 40))).astype(np.float32), w, h)
    return draw.mix(draw.col(dark), draw.col(light), np.clip(x * 0.8 + fine * 0.25, 0, 1))


def wallpaper(
    name: str = "paper", back: str = "#cfa774", ink: str = "#8f5a2c", leaf: str = "#6d6a35"
) -> Array:
    """Seventies flowers on a trellis, one repeat of 512 by 512."""
    c = Canvas(512, 512, back, 2)
    for i in range(8):
        c.rect(i * 64 + 2, 0, 5, 512, "#c49a64")
        c.rect(i * 64 + 30, 0, 2, 512, "#dcb988")
    for cx, cy in [(128, 128), (384, 384), (-128, 384), (640, 128), (128, 640), (384, -128)]:
        for i in range(8):
            a = i * math.pi / 4
            c.oval(cx + 44 * math.cos(a), cy + 44 * math.sin(a), 26, 26, ink)
        for i in range(8):
            a = i * math.pi / 4 + 0.4
            c.oval(cx + 30 * math.cos(a), cy + 30 * math.sin(a), 17, 17, "#b97a3a")
        c.oval(cx, cy, 19, 19, "#e9c98f")
        c.oval(cx, cy, 9, 9, ink)
        for s in (-1, 1):
            stem = [(cx + s * 50, cy + 40), (cx + s * 90, cy + 90), (cx + s * 128, cy + 128)]
            c.line(stem, 7, leaf)
            c.oval(cx + s * 96, cy + 72, 26, 13, leaf)
            c.oval(cx + s * 74, cy + 108, 13, 24, leaf)
    return worn(c.array(), name, 0.12)


def axminster(name: str = "carpet") -> Array:
    """A swirling pub-and-parlour carpet, one repeat of 768 by 768."""
    n = 768
    c = Canvas(n, n, "#5e1420", 2)
    g = draw.rng(name)
    yy = range(-1, 4)
    for row in yy:
        for colu in range(-1, 4):
            cx = colu * 256 + (128 if row % 2 else 0)
            cy = row * 256
            for turn, (ink, wide) in enumerate([("#2a0a12", 34), ("#b5602a", 22), ("#e0b060", 9)]):
                for arm in range(4):
                    pts = []
                    for k in range(26):
                        a = arm * math.pi / 2 + k * 0.19
                        r = 14 + k * 4.6
                        pts.append((cx + r * math.cos(a), cy + r * math.sin(a)))
                    c.line(pts, wide - turn, ink)
            for arm in range(4):
                a = arm * math.pi / 2 + 0.9
                c.oval(cx + 96 * math.cos(a), cy + 96 * math.sin(a), 20, 20, "#26324a")
                c.oval(cx + 96 * math.cos(a), cy + 96 * math.sin(a), 11, 11, "#c98a3c")
            c.oval(cx, cy, 26, 26, "#e6bd72")
            c.oval(cx, cy, 15, 15, "#7a1c22")
    for _ in range(240):
        x, y = g.random(2) * n
        c.oval(x, y, 3, 3, "#d69a4e")
    return pile(c.array(), name, 0.34)


def arcade_carpet(name: str = "arcade") -> Array:
    """Planets, comets and zigzags in ultraviolet on black; 900 by 900."""
    n = 900
    c = Canvas(n, n, "#0a0718", 2)
    g = draw.rng(name)
    inks = ["#ff2fa0", "#17e2e8", "#ffd21c", "#7b3dff", "#35f06a", "#ff6a1e"]
    for _ in range(500):
        x, y = g.random(2) * n
        r = 1 + 2 * g.random()
        c.oval(x, y, r, r, "#5b4b9a")

    def everywhere(x: float, y: float) -> list[tuple[float, float]]:
        return [(x + i * n, y + j * n) for i in (-1, 0, 1) for j in (-1, 0, 1)]

    spots = [
        (110, 130),
        (430, 90),
        (760, 170),
        (250, 360),
        (600, 380),
        (850, 470),
        (90, 600),
        (400, 640),
        (720, 690),
        (220, 830),
        (560, 850),
    ]
    for k, (px, py) in enumerate(spots):
        ink, other = inks[k % 6], inks[(k + 2) % 6]
        bend = g.random() * 6.28
        for x, y in everywhere(px, py):
            kind = k % 4
            if kind == 0:
                c.oval(x, y, 62, 62, ink)
                c.oval(x - 14, y - 14, 40, 40, other)
                pts = [
                    (x + 98 * math.cos(a), y + 30 * math.sin(a) + 22 * math.cos(a))
                    for a in np.linspace(0.2, 6.0, 40)
                ]
                c.line(pts, 9, inks[(k + 4) % 6])
            elif kind == 1:
                pts = []
                for i in range(9):
                    u = i / 8 - 0.5
                    side = 26 if i % 2 else -26
                    pts.append(
                        (
                            x + 210 * u * math.cos(bend) - side * math.sin(bend),
                            y + 210 * u * math.sin(bend) + side * math.cos(bend),
                        )
                    )
                c.line(pts, 17, ink)
            elif kind == 2:
                for i in range(14, 0, -1):
                    u = i / 14
                    c.oval(
                        x - 130 * u * math.cos(bend),
                        y - 130 * u * math.sin(bend),
                        25 * (1 - u) + 3,
                        25 * (1 - u) + 3,
                        ink if i % 2 else other,
                    )
                star = [
                    (
                        x + (44 if i % 2 else 19) * math.cos(i * math.pi / 5 + bend),
                        y + (44 if i % 2 else 19) * math.sin(i * math.pi / 5 + bend),
                    )
                    for i in range(10)
                ]
                c.poly(star, "#ffd21c")
            else:
                pts = [
                    (
                        x + (10 + 4.2 * i) * math.cos(i * 0.42 + bend),
                        y + (10 + 4.2 * i) * math.sin(i * 0.42 + bend),
                    )
                    for i in range(20)
                ]
                c.line(pts, 13, ink)
    return pile(c.array(), name, 0.3)


def moquette(name: str = "bus") -> Array:
    """The seat cloth of a bus: blocks and bars in orange, brown and blue; 480 by 480."""
    n = 480
    c = Canvas(n, n, "#26304e", 2)
    for row in range(4):
        for colu in range(4):
            x, y = colu * 120, row * 120
            flip = (row + colu) % 2
            a, b = ("#d8642a", "#e9b23c") if flip else ("#3d7f96", "#9c2f36")
            c.rect(x + 8, y + 8, 104, 46, a)
            c.rect(x + 8, y + 62, 46, 50, b)
            c.rect(x + 66, y + 62, 46, 50, "#151a2c")
            c.rect(x + 20, y + 20, 80, 8, "#f1d9a0")
            c.rect(x + 20, y + 34, 80, 8, "#26304e")
            c.rect(x + 74, y + 72, 30, 8, "#f1d9a0")
            c.rect(x + 74, y + 92, 30, 8, a)
            c.rect(x + 22, y + 78, 18, 18, "#26304e")
    weave = 0.86 + 0.14 * np.sin(np.arange(n) * math.pi / 2)[None, :, None]
    return pile((c.array() * weave).astype(np.float32), name, 0.4)


def brick(name: str = "brick", base: str = "#8a4a34", joint: str = "#8f8578") -> Array:
    """A brick wall, 8 by 16 courses, 768 by 768."""
    n = 768
    c = Canvas(n, n, joint, 2)
    g = draw.rng(name)
    b = np.array(draw.rgb(base), float)
    for row in range(12):
        for colu in range(-1, 5):
            x = colu * 192 + (96 if row % 2 else 0)
            tone = b * (0.75 + 0.45 * g.random()) + g.normal(0, 6, 3)
            t = np.clip(tone, 10, 250).astype(int)
            ink = f"#{t[0]:02x}{t[1]:02x}{t[2]:02x}"
            for shift in (0, n) if colu < 0 else (0,):
                c.rect(x + 4 + shift, row * 64 + 4, 184, 56, ink, 3)
    return pile(worn(c.array(), name, 0.22, 12), name + "p", 0.25)


def stripes(inks: list[str], name: str = "stripes", n: int = 256) -> Array:
    """Upright stripes of equal width."""
    c = Canvas(n, n, "#000000", 1)
    w = n / len(inks)
    for i, ink in enumerate(inks):
        c.rect(i * w, 0, w + 1, n, ink)
    return worn(c.array(), name, 0.06)


def wrap(kind: str, name: str = "wrap") -> Array:
    """Wrapping paper: "holly", "stars", "stripe", "check", "tree" or "dots"."""
    n = 320
    if kind == "holly":
        c = Canvas(n, n, "#b3121c", 2)
        for x, y in [(80, 80), (240, 240), (240, 90), (80, 250)]:
            for s in (-1, 1):
                c.oval(x + s * 26, y, 28, 12, "#1d6b32")
                c.oval(x + s * 20, y - 12, 18, 9, "#2f8a45")
            for dx, dy in ((0, 8), (-8, -2), (8, -2)):
                c.oval(x + dx, y + dy, 9, 9, "#f7e3a0")
    elif kind == "stars":
        c = Canvas(n, n, "#14306e", 2)
        for x, y, r in [
            (60, 60, 34),
            (200, 110, 24),
            (110, 210, 28),
            (260, 250, 36),
            (280, 30, 16),
            (30, 290, 16),
        ]:
            pts = [
                (
                    x + (r if i % 2 else r * 0.42) * math.cos(i * math.pi / 5),
                    y + (r if i % 2 else r * 0.42) * math.sin(i * math.pi / 5),
                )
                for i in range(10)
            ]
            c.poly(pts, "#f0c548")
    elif kind == "stripe":
        c = Canvas(n, n, "#f2ead8", 2)
        for i in range(-4, 9):
            c.poly(
                [(i * 80, 0), (i * 80 + 40, 0), (i * 80 + 40 + n, n), (i * 80 + n, n)], "#c2202a"
            )
            c.poly(
                [(i * 80 + 50, 0), (i * 80 + 58, 0), (i * 80 + 58 + n, n), (i * 80 + 50 + n, n)],
                "#1f7a3c",
            )
    elif kind == "check":
        c = Canvas(n, n, "#146a3a", 2)
        for i in range(4):
            c.rect(i * 80, 0, 26, n, "#0d4426")
            c.rect(0, i * 80, n, 26, "#0d4426")
        for i in range(4):
            c.rect(i * 80 + 50, 0, 6, n, "#e0b040")
            c.rect(0, i * 80 + 50, n, 6, "#c22a2a")
    elif kind == "tree":
        c = Canvas(n, n, "#efe3c4", 2)
        for x, y in [(80, 80), (240, 80), (160, 230), (0, 230), (320, 230)]:
            for k in range(3):
                c.poly(
                    [
                        (x, y - 50 + k * 26),
                        (x - 22 - k * 10, y - 8 + k * 26),
                        (x + 22 + k * 10, y - 8 + k * 26),
                    ],
                    "#1d7a44",
                )
            c.rect(x - 5, y + 44, 10, 14, "#7a4a20")
            c.oval(x, y - 52, 7, 7, "#d82a2a")
    else:
        c = Canvas(n, n, "#d8a018", 2)
        for row in range(4):
            for colu in range(4):
                c.oval(colu * 80 + (40 if row % 2 else 10), row * 80 + 40, 19, 19, "#fff3d0")
    return worn(c.array(), name + kind, 0.08)


def tiles(a: str, b: str, joint: str, name: str = "tiles") -> Array:
    """A floor of two by two tiles, 512 by 512."""
    c = Canvas(512, 512, joint, 2)
    for i in range(2):
        for j in range(2):
            c.rect(i * 256 + 3, j * 256 + 3, 250, 250, a if (i + j) % 2 else b)
    return worn(c.array(), name, 0.2, 9)


def parquet(name: str = "parquet", dark: str = "#5a3418", light: str = "#b57a3c") -> Array:
    """School-hall blocks in a basket weave, 512 by 512."""
    out = np.zeros((512, 512, 3), np.float32)
    for k in range(64):
        bx, by = (k // 4) % 4, k // 16
        part = k % 4
        tex = wood(f"{name}{k % 9}", dark, light, 128, 32, 2)
        shade = 0.7 + 0.5 * draw.rng(f"{name}{k}").random()
        tex = tex * shade
        tex[:2] *= 0.3
        tex[:, :2] *= 0.3
        if (bx + by) % 2:
            out[by * 128 : by * 128 + 128, bx * 128 + part * 32 : bx * 128 + part * 32 + 32] = (
                tex.transpose(1, 0, 2)
            )
        else:
            out[by * 128 + part * 32 : by * 128 + part * 32 + 32, bx * 128 : bx * 128 + 128] = tex
    return out
