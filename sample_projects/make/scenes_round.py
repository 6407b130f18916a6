"""Paper Round: the street at six in the morning."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw, patterns, people
from sample_projects.make import furniture as f
from sample_projects.make.draw import Canvas, col
from sample_projects.make.film import Look
from sample_projects.make.shapes import (
    Mat,
    Shape,
    Vec,
    ball,
    box,
    card,
    cyl,
    limb,
    pipe,
    ring,
    soft_box,
)
from sample_projects.make.trace import Light, Scene

Array = Any


def paving(name: str = "paving", a: str = "#8a847c", b: str = "#9c958a") -> Array:
    """Paving stones of a British street, 512 by 512."""
    return patterns.pile(patterns.tiles(a, b, "#54504a", name), name, 0.22)


def _milk(at: Vec, foil: str, full: float = 1.0) -> list[Shape]:
    x, y, z = at
    milk = Mat(col("#f2efe6"), gloss=1.0, sharp=120, mirror=0.06)
    clear = Mat(col("#aab4b8"), gloss=1.0, sharp=120, mirror=0.15)
    body = milk if full > 0.5 else clear
    return [
        cyl((x, y + 0.075, z), 0.041, 0.075, body),
        Shape("cyl", (x, y + 0.177, z), (0.041, 0.028, 0.041), body, top=0.5),
        cyl((x, y + 0.222, z), 0.0205, 0.02, milk if full > 0.5 else clear),
        cyl((x, y + 0.244, z), 0.024, 0.006, Mat(col(foil), gloss=1.2, sharp=40, mirror=0.2)),
    ]


def doorstep() -> tuple[Scene, Look]:
    """Milk on the step at dawn, the paper half through the door."""
    door = Mat(col("#16573f"), gloss=0.6, sharp=50)
    red = Mat(tex=patterns.brick("doorbrick", "#94503a"), tile=(0.9, 0.9))
    step = Mat(
        tex=patterns.worn(np.full((256, 256, 3), 0.32, np.float32), "step", 0.3, 12),
        tile=(0.8, 0.8),
    )
    shapes: list[Shape] = [
        card((0, 0, 1.0), 4, 4, Mat(tex=paving(), tile=(1.2, 1.2), gloss=0.15), (0, 90, 0)),
        box((0, 0.08, 1.72), (0.72, 0.08, 0.3), step),
        box((0, 1.2, 2.02), (0.44, 1.06, 0.03), door),
        box((-0.95, 1.3, 2.05), (0.45, 1.5, 0.12), red),
        box((0.95, 1.3, 2.05), (0.45, 1.5, 0.12), red),
        box((-0.48, 1.2, 1.99), (0.045, 1.1, 0.06), Mat(col("#e6dec8"), gloss=0.2)),
        box((0.48, 1.2, 1.99), (0.045, 1.1, 0.06), Mat(col("#e6dec8"), gloss=0.2)),
        box((0, 0.68, 1.985), (0.15, 0.028, 0.008), f.BRASS),
        box((0, 0.68, 1.975), (0.12, 0.012, 0.006), f.BLACK),
        ball((0.36, 1.02, 1.95), 0.032, f.BRASS),
    ]
    for x in (-0.2, 0.2):
        for y, h in ((0.42, 0.17), (1.02, 0.25)):
            for dx, dy, hx, hy in (
                (0, h, 0.15, 0.012),
                (0, -h, 0.15, 0.012),
                (0.15, 0, 0.012, h),
                (-0.15, 0, 0.012, h),
            ):
                shapes.append(soft_box((x + dx, y + dy, 1.985), (hx, hy, 0.014), door, edge=0.008))
    for k, digit in enumerate("86"):
        c = Canvas(60, 80, None, 2)
        c.text(5, 5, digit, 10, "#d8b04a")
        shapes.append(
            card((-0.06 + 0.1 * k, 1.48, 1.98), 0.04, 0.055, Mat(tex=c.cutout(), gloss=0.8))
        )
    shapes += _milk((-0.17, 0.16, 1.60), "#d8d8dc")
    shapes += _milk((-0.06, 0.16, 1.56), "#e0b040")
    shapes += _milk((-0.12, 0.16, 1.70), "#d8d8dc")
    news = Canvas(300, 420, "#e8e2d2", 2)
    news.rect(16, 16, 268, 52, "#c01c1c")
    news.text(34, 24, "DAILY ROUND", 3.6, "#ffffff")
    news.rect(16, 84, 160, 120, "#5a5a58")
    g = draw.rng("news")
    for k in range(26):
        news.rect(
            16 if k > 9 else 186,
            84 + k * 12.4,
            (268 if k > 9 else 98) * (0.8 + 0.2 * g.random()),
            4,
            "#8a867c",
        )
    paper = Mat(tex=news.array())
    shapes += [
        Shape("cyl", (0.01, 0.70, 1.87), (0.034, 0.13, 0.034), paper, (4, 96, 0)),
        soft_box((0.24, 0.168, 1.60), (0.12, 0.008, 0.085), paper, (24, 0, 0), 0.006),
        box((0.0, 0.161, 1.86), (0.34, 0.012, 0.1), Mat(col("#6a4a2a"), rough=0.3)),
    ]
    for x, h in ((-0.66, 0.2), (0.64, 0.17)):
        shapes.append(
            Shape("cyl", (x, h, 1.62), (0.1, h * 0.7, 0.1), Mat(col("#b0583a"), rough=0.1), top=1.3)
        )
        gg = draw.rng(f"pot{x}")
        for _ in range(60):
            a, b, r = gg.random() * 6.28, gg.random() * 1.5, 0.14 * gg.random() ** 0.4
            q = (
                x + r * math.cos(a) * math.cos(b),
                1.75 * h + r * math.sin(b) * 1.3,
                1.62 + r * math.sin(a) * math.cos(b),
            )
            ink = ["#2f6a34", "#3f7f3a", "#d8485a", "#f0d060"][
                int(gg.choice(4, p=[0.42, 0.36, 0.14, 0.08]))
            ]
            shapes.append(ball(q, 0.03, Mat(col(ink)), shadow=False))
    lamps = [
        Light((2.2, 1.25, -1.5), (30, 16.5, 6.8), r=0.16),
        Light((-2.6, 3.2, -0.8), (1.7, 2.4, 4.4), r=0.7, shine=False),
    ]
    sky = (tuple(0.35 * v for v in col("#6a8ac0")), tuple(0.5 * v for v in col("#ffb080")))
    scene = Scene(shapes, lamps, (0.2, 0.5, 0.28), (0.01, 0.45, 1.7), 43, sky)
    return scene, Look(expose=0.0, bloom=0.1, focus=1.6, depth=0.9)


def bicycle() -> tuple[Scene, Look]:
    """The round's bicycle against a hedge, orange bag on the bars, low sun."""
    g = draw.rng("hedge")
    greens = [Mat(col(c), rough=0.35) for c in ("#1f4a1c", "#2f6226", "#44762c", "#5c8a34")]
    shapes: list[Shape] = [
        card((0, 0, 2), 6, 6, Mat(tex=paving("bikepave"), tile=(1.3, 1.3), gloss=0.2), (0, 90, 0)),
        box((0, 0.5, 2.55), (3, 0.55, 0.3), greens[0]),
        box((0, 0.05, 2.2), (3, 0.07, 0.06), Mat(col("#9a948a"))),
    ]
    for _ in range(1500):
        x, y = g.uniform(-1.75, 1.75), 1.2 - 1.15 * g.random() ** 1.3
        z = 2.27 + g.normal(0, 0.04) + (0.2 * g.random() if y > 1.05 else 0)
        r = 0.05 + 0.045 * g.random()
        t = (float(g.random() * 360), float(g.normal(0, 40)), 0.0)
        shapes.append(
            ball(
                (x, y, z),
                (r, r * 0.65, r * 0.5),
                greens[int(g.integers(0, 4))],
                t,
                shadow=bool(g.random() < 0.12),
            )
        )
    for _ in range(26):
        x, y = g.uniform(-1.7, 1.7), g.uniform(0.3, 1.1)
        shapes.append(ball((x, y, 2.2), 0.018, Mat(col("#f4e8f0")), shadow=False))
    red = Mat(col("#d01c24"), gloss=1.0, sharp=70, mirror=0.05)
    tyre = Mat(col("#141414"), gloss=0.15)
    rear, front, z = (-0.50, 0.335, 2.02), (0.52, 0.335, 2.02), 2.02
    for hub in (rear, front):
        shapes.append(ring(hub, 0.312, 0.02, tyre, (0, 90, 0)))
        shapes.append(ring(hub, 0.288, 0.008, f.CHROME, (0, 90, 0)))
        shapes.append(ball(hub, 0.03, f.CHROME))
        for k in range(14):
            a = k * math.pi / 7
            shapes.append(
                pipe(
                    hub,
                    (hub[0] + 0.29 * math.cos(a), hub[1] + 0.29 * math.sin(a), z),
                    0.0022,
                    f.CHROME,
                    shadow=False,
                )
            )
    seat, crank, head, low = (-0.2, 0.78, z), (-0.06, 0.31, z), (0.34, 0.80, z), (0.365, 0.70, z)
    for a, b in (
        (seat, crank),
        (seat, head),
        (crank, low),
        (crank, rear),
        (seat, rear),
        (head, front),
    ):
        shapes.append(pipe(a, b, 0.0165, red))
    shapes += [
        pipe(seat, (-0.225, 0.90, z), 0.013, f.CHROME),
        soft_box(
            (-0.23, 0.92, z), (0.13, 0.028, 0.06), Mat(col("#2a1a12"), gloss=0.3), (0, 0, 2), 0.026
        ),
        pipe(head, (0.325, 0.92, z), 0.013, f.CHROME),
        limb((0.325, 0.925, z), (0.44, 0.95, z), 0.013, 0.013, f.CHROME),
        limb((0.44, 0.95, z), (0.47, 0.86, z - 0.02), 0.016, 0.016, f.BLACK),
        limb((0.47, 0.86, z - 0.02), (0.40, 0.81, z - 0.03), 0.016, 0.016, f.BLACK),
        ring(crank, 0.085, 0.008, f.CHROME, (0, 90, 0)),
        pipe(crank, (0.06, 0.20, z - 0.08), 0.01, f.CHROME),
        box((0.06, 0.19, z - 0.12), (0.05, 0.012, 0.035), f.BLACK),
        ball((0.46, 0.74, z - 0.03), 0.045, Mat(col("#e8e4d8"), gloss=1.0, mirror=0.1)),
    ]
    bag = Mat(col("#ff6a10"), rough=0.08)
    shapes += [
        soft_box((0.10, 0.56, z - 0.085), (0.185, 0.165, 0.05), bag, (2, 0, -5), 0.04),
        soft_box(
            (0.10, 0.655, z - 0.10),
            (0.19, 0.075, 0.052),
            Mat(col("#e85a08"), rough=0.08),
            (2, 0, -5),
            0.035,
        ),
        limb((-0.06, 0.70, z - 0.06), (-0.03, 0.82, z), 0.012, 0.012, bag),
        limb((0.27, 0.70, z - 0.06), (0.22, 0.82, z), 0.012, 0.012, bag),
    ]
    for k in range(4):
        shapes.append(
            Shape(
                "cyl",
                (0.02 + 0.055 * k, 0.755 + 0.01 * (k % 2), z - 0.075),
                (0.022, 0.07, 0.022),
                Mat(col("#e4ded0")),
                (0, 8, 6 - 5 * k),
            )
        )
    c = Canvas(260, 70, None, 2)
    c.text(12, 14, "NEWS", 6, "#fff4e0")
    shapes.append(
        card((0.09, 0.50, z - 0.1365), 0.11, 0.03, Mat(tex=c.cutout()), (2, 0, -5), shadow=False)
    )
    lamps = [
        Light((-3.6, 1.3, -0.6), (27, 15.5, 6.4), r=0.25),
        Light((2.5, 4.0, -1.5), (4.2, 5.2, 7.6), r=0.9, shine=False),
    ]
    sky = (tuple(0.5 * v for v in col("#5a8ae0")), tuple(0.75 * v for v in col("#ffc890")))
    scene = Scene(shapes, lamps, (0.12, 0.86, -0.15), (0.03, 0.60, 2.1), 43, sky)
    return scene, Look(expose=0.05, bloom=0.1, focus=2.2, depth=0.5, stamp="'86  9  6")


def newsagent() -> tuple[Scene, Look]:
    """The only lit window in the street, and its twin in the wet pavement."""
    c = Canvas(1000, 620, "#f6d890", 1)
    g = draw.rng("posters")
    for i in range(20):
        c.rect(
            0,
            i * 31,
            1000,
            32,
            f"#{int(255 - i * 3):02x}{int(226 - i * 4):02x}{int(150 - i * 3):02x}",
        )
    for row in range(3):
        y = 300 + row * 110
        c.rect(0, y + 88, 1000, 10, "#8a5a2a")
        for i in range(22):
            ink = ["#d83a2a", "#2a6ac0", "#f0f0e8", "#2a9a5a", "#e8b020", "#8a3a8a", "#ff8ab0"][
                int(g.integers(0, 7))
            ]
            h = 62 + 24 * g.random()
            c.rect(8 + i * 45, y + 88 - h, 38, h, ink)
            c.rect(12 + i * 45, y + 94 - h, 30, 12, "#fff4d0")
    for x, y, w, h, ink, word in (
        (40, 50, 200, 150, "#e8342a", "ICES"),
        (280, 60, 160, 120, "#2a7ad0", "POP"),
        (700, 40, 240, 160, "#f6c81e", "SWEETS"),
        (480, 80, 180, 110, "#2a9a4a", "COMICS"),
    ):
        c.rect(x, y, w, h, ink, 8)
        size = (w - 30) / (6 * len(word))
        c.text(x + 16, y + h / 2 - 3.5 * size, word, size, "#fff8e0")
    glow = c.array()
    sign = Canvas(1000, 130, "#b01c20", 1)
    sign.text(60, 30, "NEWS", 10, "#fff0c0", 1.2)
    sign.text(420, 44, "SWEETS", 6.5, "#ffd860", 1.1)
    sign.text(720, 44, "PAPERS", 6.5, "#ffd860", 1.0)
    wet = Mat(
        tex=paving("wet", "#3c3a40", "#46444a"), tile=(1.1, 1.1), gloss=0.7, sharp=40, mirror=0.22
    )
    frame = Mat(col("#2a3a5a"), gloss=0.4)
    shapes: list[Shape] = [
        card((0, 0, 2), 6, 6, wet, (0, 90, 0)),
        card(
            (0, 2.5, 3.2),
            4.5,
            2.6,
            Mat(tex=patterns.brick("newsbrick", "#6a4438"), tile=(1.1, 1.1)),
        ),
        card((0.15, 1.32, 3.12), 1.05, 0.78, Mat((0.02,) * 3, emit=(1.5,) * 3, emit_tex=glow)),
        card(
            (0.0, 2.42, 3.04), 1.6, 0.21, Mat((0.2,) * 3, emit=(0.55,) * 3, emit_tex=sign.array())
        ),
        box((0.0, 2.42, 3.1), (1.63, 0.24, 0.05), frame),
        box((0.15, 0.27, 3.08), (1.12, 0.27, 0.08), frame),
        box((-0.95, 1.32, 3.08), (0.05, 0.85, 0.06), frame),
        box((1.24, 1.32, 3.08), (0.05, 0.85, 0.06), frame),
        box((0.15, 2.14, 3.08), (1.12, 0.04, 0.06), frame),
        box((0.15, 1.32, 3.09), (0.022, 0.8, 0.03), frame),
        card((-1.4, 1.15, 3.11), 0.36, 0.98, Mat((0.03,) * 3, emit=(1.0, 0.72, 0.34))),
        box((-1.4, 0.45, 3.09), (0.38, 0.28, 0.03), frame),
        box((-1.4, 1.1, 3.08), (0.03, 1.0, 0.03), frame),
        box((0, 3.6, 3.15), (0.4, 0.5, 0.03), Mat(col("#c8c0b0"))),
        card((0, 3.6, 3.1), 0.34, 0.44, Mat((0.02, 0.02, 0.03), emit=(0.02, 0.035, 0.08))),
    ]
    board = Canvas(240, 330, "#f4ecd4", 2)
    board.rect(0, 0, 240, 44, "#b01c20")
    board.text(26, 12, "DAILY ROUND", 2.9, "#ffffff")
    for k, w in enumerate(["SNOW", "ON THE", "WAY"]):
        board.text(26, 76 + k * 78, w, 32 / max(4, len(w)) * 1.05, "#16161a")
    shapes += [
        card((0.92, 0.42, 2.42), 0.25, 0.36, Mat(tex=board.array()), (-14, 8, 0)),
        box((0.93, 0.42, 2.45), (0.28, 0.40, 0.012), f.BLACK, (-14, 8, 0)),
    ]
    shapes += people.standing(
        (-0.42, 0, 2.1),
        10,
        ["#2a4a8a", "#2a4a8a", "#d8c8a0"],
        "#3a3a44",
        "#3a2412",
        1.1,
        reach=False,
    )
    shapes += [
        soft_box((-0.2, 0.62, 2.02), (0.1, 0.15, 0.15), Mat(col("#ff6a10")), (10, 0, 6), 0.04),
        limb((-0.26, 0.74, 2.06), (-0.56, 1.02, 2.02), 0.018, 0.018, Mat(col("#ff6a10"))),
    ]
    lamps = [
        Light((0.15, 1.35, 2.95), (5.2, 3.5, 1.5), u=(0, 0.7, 0), v=(1.0, 0, 0), shine=False),
        Light((-1.4, 1.1, 2.95), (1.0, 0.7, 0.3), u=(0, 0.7, 0), v=(0.3, 0, 0), shine=False),
        Light((-2.0, 4.2, -1.0), (1.6, 2.6, 6.2), r=0.8, shine=False),
    ]
    sky = (tuple(0.12 * v for v in col("#3a5aa0")), tuple(0.25 * v for v in col("#5a6ab0")))
    scene = Scene(shapes, lamps, (0.05, 1.05, -1.5), (-0.05, 1.14, 3.0), 47, sky)
    return scene, Look(expose=0.3, bloom=0.17, warm=0.05, focus=4.2, depth=0.6)


def playground() -> tuple[Scene, Look]:
    """A wet slide before school; puddles hold the sky."""
    h, w = 700, 1000
    yy = np.mgrid[0:h, 0:w][0].astype(np.float32) / h
    sky = draw.ramp(
        [(0, "#3a5a9a"), (0.4, "#8a9ac8"), (0.6, "#ffb890"), (0.75, "#ffd890"), (1, "#fff0c8")], yy
    )
    cloud = draw.resize(draw.noise(w, h, 4, "grey", 5)[: h // 2], w, h)
    sky = draw.mix(sky, draw.mix(col("#5a5a80"), sky * 1.5, yy), np.clip((cloud - 0.45) * 3, 0, 1))
    c = Canvas(w, h, None, 1)
    g = draw.rng("terraces")
    for i in range(9):
        x = i * 118 - 20
        top = h * (0.70 - 0.02 * (i % 2))
        c.poly([(x, top + 40), (x + 20, top), (x + 98, top), (x + 118, top + 40)], "#4a3c48")
        c.rect(x, top + 38, 118, h, "#5c4a50")
        c.rect(x + 84, top - 26, 16, 40, "#4a3c48")
        for k in range(2):
            c.rect(x + 20 + 48 * k, top + 62, 22, 28, "#ffd080" if g.random() < 0.3 else "#3a3440")
    cut = draw.resize(c.cutout(), w, h)
    sky = draw.mix(sky, cut[..., :3], cut[..., 3])
    n = draw.noise(640, 640, 5, "puddle", 4)
    tar = patterns.pile(
        np.full((640, 640, 3), 0.07, np.float32) * (0.8 + 0.4 * n[..., None]), "tar", 0.5
    )
    shapes: list[Shape] = [
        card(
            (0, 6.6, 16), 11, 7.7, Mat((0, 0, 0), emit=(0.95,) * 3, emit_tex=sky.astype(np.float32))
        ),
        card((0, 0, 5), 12, 12, Mat(tex=tar, tile=(4, 4), gloss=0.5, mirror=0.10), (0, 90, 0)),
    ]
    for _ in range(22):
        x, z = g.normal(0.1, 1.3), g.uniform(0.9, 5.0)
        r = 0.12 + 0.38 * g.random()
        pool = Mat((0.015, 0.017, 0.02), gloss=0.8, sharp=200, mirror=0.72)
        shapes.append(
            Shape(
                "cyl",
                (x, 0.0015 + 0.0004 * r, z),
                (r * 1.5, 0.0012, r * 0.6),
                pool,
                (float(g.random() * 40 - 20), 0, 0),
                shadow=False,
            )
        )
    red, blue, yellow = (
        Mat(col(x), gloss=0.8, sharp=60, mirror=0.05) for x in ("#d8202a", "#1c5ac0", "#f2bc18")
    )
    steel = Mat(col("#a8acb4"), gloss=1.2, sharp=60, mirror=0.45)
    ax, az = -0.62, 3.6
    top = 1.55
    for s in (-0.24, 0.24):
        shapes += [
            pipe((ax, 0, az + s), (ax, top + 0.55, az + s), 0.032, blue),
            pipe((ax - 0.55, 0, az + s), (ax, top, az + s), 0.028, blue),
            pipe((ax + 0.4, 0, az + s), (ax + 0.4, top + 0.35, az + s), 0.03, blue),
            pipe((ax, top + 0.55, az + s), (ax + 0.4, top + 0.35, az + s), 0.028, red),
            pipe((ax + 0.4, top + 0.12, az + s), (ax + 2.0, 0.28, az - 1.1 + s), 0.03, red),
        ]
    shapes += [pipe((ax, top + 0.55, az - 0.24), (ax, top + 0.55, az + 0.24), 0.03, red)]
    for k in range(7):
        y = 0.2 + k * 0.2
        x = ax - 0.55 + 0.55 * y / top
        shapes.append(pipe((x, y, az - 0.24), (x, y, az + 0.24), 0.02, yellow))
    shapes.append(box((ax + 0.2, top, az), (0.22, 0.02, 0.25), yellow))
    a, b = np.array([ax + 0.4, top, az]), np.array([ax + 2.0, 0.2, az - 1.1])
    mid, d = (a + b) / 2, b - a
    for k in range(40):
        u = (k + 0.5) / 40
        q = a + d * u
        q[1] -= 0.10 * math.sin(u * math.pi)
        yaw = math.degrees(math.atan2(-d[2], d[0]))
        slope = math.degrees(
            math.atan2(d[1] - 0.1 * math.pi * math.cos(u * math.pi), math.hypot(d[0], d[2]))
        )
        shapes.append(
            box(
                (float(q[0]), float(q[1]), float(q[2])),
                (0.034, 0.008, 0.23),
                steel,
                (yaw, 0, slope),
            )
        )
    del mid
    for s in (-1, 1):
        shapes += [
            pipe((1.9 + 0.0, 0, 6.2 + s), (2.3, 2.1, 6.2), 0.04, yellow),
            pipe((-2.9, 0, 6.6 + s), (-2.7, 2.0, 6.6), 0.04, red),
        ]
    shapes += [pipe((2.3, 2.1, 6.2), (-2.7, 2.0, 6.6), 0.035, yellow)]
    for x in (0.7, 1.25):
        shapes += [
            pipe((x, 2.06, 6.3), (x, 0.55, 6.2), 0.008, f.CHROME),
            pipe((x + 0.36, 2.06, 6.3), (x + 0.36, 0.55, 6.2), 0.008, f.CHROME),
            box((x + 0.18, 0.53, 6.2), (0.2, 0.02, 0.1), f.BLACK),
        ]
    shapes.append(ball((0.95, 0.11, 1.9), 0.11, Mat(col("#e8e0d0"), gloss=0.5)))
    shapes.append(ring((0.95, 0.11, 1.9), 0.1095, 0.006, red, (20, 40, 0)))
    lamps = [
        Light((2.8, 3.4, 9.5), (62, 40, 18), r=0.6),
        Light((-3.0, 4.0, -1.0), (9, 10, 13), r=1.0, shine=False),
    ]
    top_sky = tuple(0.6 * v for v in col("#8a96b4"))
    scene = Scene(
        shapes,
        lamps,
        (0.2, 1.0, -0.3),
        (0.12, 0.98, 3.5),
        46,
        (top_sky, tuple(0.8 * v for v in col("#ffe0b0"))),
    )
    return scene, Look(expose=0.0, bloom=0.12, warm=0.2, focus=3.5, depth=0.4)
