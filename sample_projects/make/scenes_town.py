"""Rink, canteen, bus, estate."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw, patterns
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


def _boot(at: Vec, yaw: float, ink: str, wheel: str) -> list[Shape]:
    leather = Mat(col(ink), gloss=0.6, sharp=40)
    white = Mat(col("#f4f0e8"), gloss=0.4)

    def p(x: float, y: float, z: float) -> Vec:
        return f.place(at, yaw, x, y, z)

    t = (yaw, 0.0, 0.0)
    out = [
        soft_box(p(0, 0.085, 0), (0.047, 0.010, 0.14), f.CHROME, t, 0.008),
        soft_box(p(0, 0.135, 0.03), (0.045, 0.045, 0.115), leather, t, 0.042),
        limb(p(0, 0.16, -0.055), p(0, 0.29, -0.075), 0.056, 0.058, leather),
        ring(p(0, 0.325, -0.08), 0.047, 0.016, white, t),
        soft_box(p(0, 0.1, 0.0), (0.049, 0.012, 0.145), white, t, 0.01),
        soft_box(p(0, 0.065, 0.135), (0.028, 0.026, 0.026), Mat(col("#e8402c")), t, 0.02),
    ]
    for k in range(6):
        y, z = 0.175 + 0.02 * k, 0.055 - 0.022 * k
        out.append(limb(p(-0.032, y, z), p(0.032, y + 0.006, z - 0.004), 0.006, 0.006, white))
    for z in (-0.085, 0.085):
        for x in (-0.05, 0.05):
            out.append(
                Shape(
                    "cyl",
                    p(x, 0.036, z),
                    (0.036, 0.02, 0.036),
                    Mat(col(wheel), gloss=0.6),
                    (yaw, 0, 90),
                )
            )
            out.append(
                Shape("cyl", p(x * 1.05, 0.036, z), (0.014, 0.021, 0.014), f.CHROME, (yaw, 0, 90))
            )
    return out


def roller_disco() -> tuple[Scene, Look]:
    """Boots at the edge of the rink, coloured light on the boards, a mirror ball."""
    floor = Mat(tex=patterns.parquet("rink"), tile=(1.3, 1.3), gloss=0.5, sharp=60, mirror=0.10)
    wall = Canvas(900, 450, "#1a0f2e", 1)
    g = draw.rng("dots")
    for i in range(3):
        for k in range(14):
            wall.rect(k * 66, 300 + i * 46, 60, 20, ["#ff2fa0", "#ffd21c", "#17e2e8"][i])
    spots = np.zeros((450, 900, 3), np.float32)
    s = Canvas(900, 450, "#000000", 1)
    for _ in range(130):
        x, y = g.random() * 900, g.random() * 450
        s.oval(x, y, 7, 5, ["#ffe0a0", "#ff80d0", "#80e8ff", "#ffffff"][int(g.integers(0, 4))])
    spots = wall.array() * 0.22 + draw.blur(s.array(), 1.6) * 1.5
    shapes: list[Shape] = [
        card((0, 0, 4), 6, 6, floor, (0, 90, 0)),
        card((0, 1.6, 7.5), 6, 1.9, Mat(wall and col("#30204a"), emit=(1, 1, 1), emit_tex=spots)),
        card((0, 3.4, 4), 6, 6, Mat(col("#0c0816")), (0, -90, 0)),
    ]
    tiles = np.zeros((36, 72, 3), np.float32)
    r2 = draw.rng("mirrorball")
    pick = r2.random((36, 72))
    for i, ink in enumerate(["#ff4ab0", "#40e8ff", "#ffe060", "#ffffff"]):
        tiles[(pick > 0.62 + 0.09 * i) & (pick < 0.71 + 0.09 * i)] = np.array(col(ink)) * 3.0
    tiles += 0.06
    big = np.repeat(np.repeat(tiles, 12, 0), 12, 1)
    big[::12] = 0.01
    big[:, ::12] = 0.01
    shapes.append(
        ball((0.28, 2.08, 4.2), 0.36, Mat((0.05,) * 3, emit=(1, 1, 1), emit_tex=big, gloss=1.0))
    )
    shapes.append(pipe((0.28, 2.4, 4.2), (0.28, 3.4, 4.2), 0.012, f.BLACK))
    shapes += _boot((-0.17, 0, 1.42), 28, "#f4f0ea", "#ff4a9a")
    shapes += _boot((0.13, 0, 1.55), -24, "#f4f0ea", "#ff4a9a")
    inks = [
        ["#ff4ab0", "#ffd21c"],
        ["#40c8ff", "#f0f0f0"],
        ["#ffd21c", "#e8402c"],
        ["#8a5cff", "#40ff9a"],
    ]
    for i, (x, z, yaw) in enumerate(
        [(-1.3, 4.6, 30), (1.45, 5.0, -50), (-0.35, 5.6, 80), (0.75, 6.0, 10)]
    ):
        top = Mat(tex=patterns.stripes(inks[i], f"sk{i}"), tile=(0.1, 1.0))
        leg = Mat(col(["#2a3a6a", "#c83a8a", "#28283a", "#3a8a8a"][i]))
        skin = Mat(col("#c88a68"))
        c = (x, 0.0, z)

        def q(dx: float, dy: float, dz: float, c: Vec = c, yaw: float = yaw) -> Vec:
            return f.place(c, yaw, dx, dy, dz)

        shapes += [
            limb(q(-0.07, 0.78, 0), q(-0.15, 0.1, 0.1), 0.085, 0.05, leg),
            limb(q(0.07, 0.78, 0), q(0.18, 0.16, -0.25), 0.085, 0.05, leg),
            ball(q(0, 1.08, 0.03), (0.17, 0.3, 0.12), top, (yaw, 8, 0)),
            limb(q(-0.16, 1.26, 0.03), q(-0.46, 1.1, 0.1), 0.05, 0.035, top),
            limb(q(0.16, 1.26, 0.03), q(0.45, 1.2, -0.1), 0.05, 0.035, top),
            ball(q(0, 1.5, 0.06), (0.1, 0.125, 0.11), skin),
            ball(q(0, 1.55, 0.03), (0.125, 0.12, 0.135), Mat(col("#2a1a10"), rough=0.3)),
        ]
        for dx, dz in ((-0.15, 0.12), (0.18, -0.26)):
            shapes.append(
                soft_box(
                    q(dx, 0.08, dz), (0.05, 0.06, 0.13), Mat(col("#f0ece4")), (yaw, 0, 0), 0.03
                )
            )
    lamps = [
        Light((-2.2, 2.9, 3.0), (3.4, 0.30, 1.9), r=0.12),
        Light((2.4, 2.9, 3.4), (0.25, 2.2, 3.2), r=0.12),
        Light((0.0, 3.0, 6.5), (3.0, 2.0, 0.4), r=0.12),
        Light((0.35, 1.0, -0.6), (0.62, 0.56, 0.5), r=0.03),
    ]
    scene = Scene(shapes, lamps, (0.0, 0.72, -0.25), (0.05, 0.80, 3.0), 52)
    return scene, Look(expose=0.35, bloom=0.14, warm=0.1, focus=2.1, depth=1.1, stamp="'88  2 13")


def school_dinner() -> tuple[Scene, Look]:
    """The tray: fish fingers, chips, beans, pink sponge and custard. Square."""
    table = Canvas(512, 512, "#6a9a7c", 1)
    g = draw.rng("formica")
    for _ in range(2400):
        x, y = g.random(2) * 512
        table.oval(x, y, 1.4, 1.4, ["#5a8a6c", "#7aac8e", "#86b89a"][int(g.integers(0, 3))])
    blue = Mat(col("#6fa0c4"), gloss=0.5, sharp=40)
    shapes: list[Shape] = [
        card((0, 0, 0.2), 1.4, 1.4, Mat(tex=table.array(), tile=(0.3, 0.3), gloss=0.3), (0, 90, 0)),
        soft_box((0, 0.012, 0.2), (0.235, 0.012, 0.175), blue, edge=0.01),
    ]
    wells = [
        (-0.115, 0.29, 0.105, 0.075),
        (0.115, 0.29, 0.105, 0.075),
        (-0.115, 0.11, 0.105, 0.075),
        (0.115, 0.11, 0.105, 0.075),
    ]
    rim = Mat(col("#7fb0d2"), gloss=0.6, sharp=40)
    for x, z, hx, hz in wells:
        shapes.append(
            box((x, 0.0245, z), (hx - 0.008, 0.001, hz - 0.008), Mat(col("#5a8ab0"), gloss=0.3))
        )
        for dx, dz, sx, sz in (
            (0, hz, hx, 0.006),
            (0, -hz, hx, 0.006),
            (hx, 0, 0.006, hz),
            (-hx, 0, 0.006, hz),
        ):
            shapes.append(soft_box((x + dx, 0.028, z + dz), (sx, 0.011, sz), rim, edge=0.005))
    crumb = draw.noise(256, 256, 40, "crumb", 4)
    gold = draw.mix(col("#a85a14"), col("#f0a83a"), np.clip(crumb * 1.8 - 0.4, 0, 1))
    finger = Mat(tex=gold, tile=(0.05, 0.05), gloss=0.1)
    shapes += [
        soft_box(
            (-0.12 + 0.012 * k, 0.04 + 0.004 * (k == 1), 0.255 + 0.034 * k),
            (0.066, 0.013, 0.014),
            finger,
            (g.normal(0, 8), 0, 0),
            0.006,
        )
        for k in range(3)
    ]
    for k in range(26):
        x, z = 0.115 + g.normal(0, 0.036), 0.285 + g.normal(0, 0.024)
        t = (float(g.random() * 360), float(g.normal(0, 14)), 0.0)
        ink = ["#f0c860", "#e8b448", "#f6d880"][k % 3]
        shapes.append(
            soft_box(
                (x, 0.035 + 0.012 * (k // 9), z),
                (0.036 + 0.01 * g.random(), 0.0065, 0.0065),
                Mat(col(ink), gloss=0.2),
                t,
                0.003,
            )
        )
    sauce = Mat(col("#d85a12"), gloss=0.9, sharp=50)
    shapes.append(ball((-0.115, 0.026, 0.11), (0.092, 0.012, 0.062), sauce))
    for _ in range(70):
        a, d = g.random() * 6.28, math.sqrt(g.random())
        q = (
            -0.115 + 0.08 * d * math.cos(a),
            0.037 + 0.004 * g.random(),
            0.11 + 0.052 * d * math.sin(a),
        )
        shapes.append(
            ball(
                q,
                (0.0095, 0.0062, 0.0066),
                Mat(col(["#e07a22", "#c85a14"][int(g.integers(0, 2))]), gloss=0.9, sharp=60),
                (float(g.random() * 360), 0, 0),
                shadow=False,
            )
        )
    shapes.append(
        ball((0.115, 0.025, 0.11), (0.094, 0.010, 0.064), Mat(col("#f8cc3a"), gloss=0.8, sharp=50))
    )
    shapes.append(
        soft_box(
            (0.118, 0.045, 0.112),
            (0.046, 0.019, 0.038),
            Mat(col("#e8b84a"), rough=0.15),
            (12, 0, 0),
            0.006,
        )
    )
    shapes.append(
        soft_box(
            (0.118, 0.066, 0.112),
            (0.047, 0.005, 0.039),
            Mat(col("#ff8ab8"), gloss=0.6),
            (12, 0, 0),
            0.005,
        )
    )
    for _ in range(40):
        ink = ["#e8242a", "#2a7ae0", "#ffe040", "#ffffff", "#30b050"][int(g.integers(0, 5))]
        q = f.place(
            (0.118, 0.0722, 0.112),
            12,
            float(g.uniform(-0.042, 0.042)),
            0,
            float(g.uniform(-0.033, 0.033)),
        )
        shapes.append(
            limb(
                q,
                (q[0] + g.normal(0, 0.004), q[1], q[2] + g.normal(0, 0.004)),
                0.0016,
                0.0016,
                Mat(col(ink)),
            )
        )
    shapes += [
        Shape(
            "cyl",
            (0.245, 0.05, 0.40),
            (0.034, 0.05, 0.034),
            Mat(col("#f2a83c"), gloss=0.9, sharp=90, mirror=0.1),
            top=1.25,
        ),
        cyl((0.245, 0.098, 0.40), 0.038, 0.002, Mat(col("#ffb84a"), gloss=0.8)),
        limb((-0.268, 0.012, 0.06), (-0.264, 0.012, 0.22), 0.007, 0.006, f.CHROME),
        limb((0.268, 0.012, 0.03), (0.266, 0.012, 0.19), 0.007, 0.006, f.CHROME),
        ball((0.266, 0.012, 0.215), (0.018, 0.005, 0.026), f.CHROME),
    ]
    for k in range(4):
        x = -0.277 + 0.0085 * k
        shapes.append(limb((x, 0.012, 0.235), (x + 0.001, 0.014, 0.275), 0.0024, 0.002, f.CHROME))
    shapes.append(soft_box((-0.264, 0.012, 0.23), (0.015, 0.004, 0.012), f.CHROME, edge=0.003))
    lamps = [
        Light((-0.8, 0.9, 0.7), (0.95, 0.95, 0.9), u=(0.0, 0.25, 0.25), v=(0.3, 0.1, 0.0)),
        Light((0.6, 1.1, -0.2), (0.55, 0.46, 0.32), r=0.15),
        Light((0.02, 0.7, -0.42), (0.28, 0.27, 0.25), r=0.02),
    ]
    lamps[0] = Light((-0.7, 0.85, 0.6), (0.95, 0.92, 0.82), r=0.16)
    scene = Scene(
        shapes, lamps, (0.0, 0.70, -0.08), (0.004, 0.015, 0.205), 42, extra={"size": (1080, 1080)}
    )
    return scene, Look(expose=0.0, bloom=0.08, warm=0.35, focus=0.75, depth=1.5, vignette=0.5)


def bus() -> tuple[Scene, Look]:
    """Top deck, back seats: moquette, a wet window, the lights of the town."""
    cloth = Mat(tex=patterns.moquette(), tile=(0.30, 0.30))
    wy, wx = 900, 1200
    yy, _xx = np.mgrid[0:wy, 0:wx].astype(np.float32)
    view = draw.ramp(
        [(0, "#1c2a58"), (0.5, "#46508a"), (0.75, "#b8788a"), (1, "#e8965a")], yy / wy * 1.15
    )
    c = Canvas(wx, wy, "#000000", 1)
    g = draw.rng("town")
    inks = ["#ffb040", "#ff7a2a", "#ff3a3a", "#ffe08a", "#60d8a0", "#ffffff"]
    for _ in range(46):
        r = 16 + 34 * g.random()
        c.oval(g.random() * wx, wy * (0.52 + 0.42 * g.random()), r, r, inks[int(g.integers(0, 6))])
    view = view * 0.8 + draw.blur(c.array(), 4) * 1.5
    b = Canvas(wx, wy, None, 1)
    for x in range(0, wx, 150):
        h = 160 + 190 * g.random()
        b.rect(x, wy * 0.76 - h, 140, h + 400, "#1a1c34")
    cut = draw.blur(draw.resize(b.cutout(), wx, wy), 9)
    view = draw.mix(view, cut[..., :3], cut[..., 3] * 0.62) + draw.blur(c.array(), 7) * 0.7
    drops = Canvas(wx, wy, "#000000", 1)
    for _ in range(320):
        x, y, r = g.random() * wx, g.random() * wy, 2 + 5 * g.random()
        drops.oval(x, y, r, r * 1.25, "#6a708a")
        drops.oval(x - r * 0.3, y - r * 0.4, r * 0.35, r * 0.35, "#e8ecff")
    for _ in range(14):
        x, y = g.random() * wx, g.random() * wy * 0.6
        pts = [(x + 6 * math.sin(k * 0.9), y + k * 26) for k in range(8)]
        drops.line(pts, 3, "#6a708a")
    view = view + drops.array() * 0.55
    cream = Mat(col("#d8cca4"), gloss=0.3)
    shapes: list[Shape] = [
        card(
            (0, 1.35, 3.1),
            1.9,
            0.72,
            Mat((0.01,) * 3, emit=(0.75,) * 3, emit_tex=view.astype(np.float32)),
        ),
        box((0, 0.55, 3.12), (2.2, 0.14, 0.06), cream),
        box((0, 2.14, 3.1), (2.2, 0.16, 0.08), cream),
        box((-0.62, 1.35, 3.06), (0.03, 0.8, 0.04), cream),
        box((0.72, 1.35, 3.06), (0.03, 0.8, 0.04), cream),
        card((0, 0, 1.6), 3, 3, Mat(col("#4a4440"), rough=0.2), (0, 90, 0)),
        card((0, 2.3, 1.6), 3, 3, Mat(col("#c8b890")), (0, -90, 0)),
        card((-1.7, 1.2, 1.6), 3, 3, cream, (-90, 0, 0)),
        card((1.7, 1.2, 1.6), 3, 3, cream, (90, 0, 0)),
    ]
    rows = [(2.55, 0.0), (1.55, 0.0)]
    for row, (z, _) in enumerate(rows):
        for side in (-1, 1):
            x = side * 0.72
            shapes += [
                soft_box((x, 0.42, z), (0.52, 0.1, 0.25), cloth, (0, 0, 0), 0.07),
                soft_box((x, 0.76, z + 0.2), (0.52, 0.36, 0.075), cloth, (0, -7, 0), 0.06),
                box((x, 0.2, z), (0.46, 0.14, 0.2), Mat(col("#3a3a44"))),
            ]
            a, b2, y = x - 0.46, x + 0.46, 1.16
            shapes += [
                limb((a, y, z + 0.25), (b2, y, z + 0.25), 0.02, 0.02, f.CHROME),
                limb((a, y, z + 0.25), (a, 0.95, z + 0.24), 0.02, 0.02, f.CHROME),
                limb((b2, y, z + 0.25), (b2, 0.95, z + 0.24), 0.02, 0.02, f.CHROME),
            ]
        if row == 0:
            shapes += [pipe((0.12, 0, z), (0.12, 2.3, z), 0.02, Mat(col("#e8a020"), gloss=0.6))]
            shapes.append(
                box((0.12, 1.25, z - 0.03), (0.035, 0.05, 0.025), Mat(col("#c81c1c"), gloss=0.5))
            )
    bag = Mat(col("#2a62b0"), gloss=0.3)
    shapes += [
        soft_box((-0.5, 0.66, 1.5), (0.2, 0.15, 0.09), bag, (14, -8, 6), 0.05),
        box((-0.5, 0.68, 1.405), (0.2, 0.02, 0.006), Mat(col("#f0e8d8")), (14, -8, 6)),
        limb((-0.64, 0.8, 1.5), (-0.36, 0.84, 1.5), 0.014, 0.014, Mat(col("#e8e0d0"))),
    ]
    lamps = [
        Light((-0.6, 2.2, 1.4), (0.95, 0.82, 0.5), r=0.12, shine=False),
        Light((0.8, 2.2, 2.2), (0.8, 0.7, 0.44), r=0.12, shine=False),
        Light((0, 1.5, 2.95), (0.5, 0.42, 0.7), u=(0, 0.5, 0), v=(1.4, 0, 0), shine=False),
        Light((0.3, 1.5, -0.3), (0.5, 0.46, 0.4), r=0.03),
    ]
    scene = Scene(shapes, lamps, (0.06, 1.32, -0.1), (-0.02, 0.93, 2.4), 50)
    return scene, Look(expose=0.25, bloom=0.12, warm=0.25, focus=2.0, depth=0.8)


def _sunset(w: int = 1400, h: int = 1000) -> Array:
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    t = yy / h
    sky = draw.ramp(
        [
            (0, "#232a5c"),
            (0.3, "#6a4a86"),
            (0.52, "#d86a5a"),
            (0.68, "#ff9a3c"),
            (0.8, "#ffd070"),
            (1, "#ffe0a0"),
        ],
        t,
    )
    cloud = draw.noise(w, h, 5, "sunsetcloud", 5)
    stretch = draw.resize(cloud[: h // 3], w, h)
    k = np.clip((stretch - 0.52) * 5, 0, 1)
    lit = draw.ramp([(0, "#5a3a6a"), (0.5, "#ff7a4a"), (0.8, "#ffc060"), (1, "#fff0c0")], t)
    sky = draw.mix(sky, lit * 1.15, k * 0.75)
    sun = np.exp(-((xx - w * 0.715) ** 2 + (yy - h * 0.66) ** 2) / (2 * 60.0**2))
    core = np.clip((62 - np.hypot(xx - w * 0.715, yy - h * 0.66)) / 2, 0, 1)
    sky = (
        sky
        + sun[..., None] * np.array([1.6, 0.7, 0.2])
        + core[..., None] * np.array([3.4, 2.3, 1.0])
    )
    c = Canvas(w, h, None, 1)
    g = draw.rng("estate")
    lights = Canvas(w, h, "#000000", 1)
    for x, wide, top in (
        (130, 110, 0.44),
        (300, 120, 0.30),
        (440, 180, 0.60),
        (1085, 110, 0.38),
        (1210, 100, 0.48),
        (700, 150, 0.70),
        (860, 60, 0.72),
    ):
        c.rect(x, h * top, wide, h, "#2c1c3c")
        c.rect(x + wide * 0.3, h * top - 24, wide * 0.3, 30, "#2c1c3c")
        for i in range(5):
            for j in range(int((h * 0.98 - h * top) / 44)):
                if g.random() < 0.2:
                    lights.rect(
                        x + 10 + i * wide / 5.2, h * top + 14 + j * 44, wide / 9, 18, "#ffc860"
                    )
    cut = draw.resize(c.cutout(), w, h)
    sky = draw.mix(sky, cut[..., :3] + 0.03 * lit, cut[..., 3])
    return (sky + lights.array() * 0.7).astype(np.float32)


def boombox(which: str = "1") -> tuple[Scene, Look]:
    """A boombox on the estate wall at sunset: 1 upright 4:5, 2 tall."""
    bricks = Mat(tex=patterns.brick(), tile=(0.9, 0.9), rough=0.1)
    cap = Mat(
        tex=patterns.worn(
            np.full((256, 256, 3), 0.22, np.float32) * np.array([1.0, 0.92, 0.85], np.float32),
            "cap",
            0.35,
            10,
        ),
        tile=(0.7, 0.7),
    )
    shapes: list[Shape] = [
        card((0.4, 2.6, 14), 8.6, 6.1, Mat((0, 0, 0), emit=(0.95,) * 3, emit_tex=_sunset())),
        box((0, 0.28, 1.6), (4, 0.34, 0.16), bricks),
        box((0, 0.655, 1.58), (4, 0.035, 0.21), cap),
        card((0, -0.3, 1.0), 6, 3, Mat(col("#4a4448"), rough=0.2), (0, 90, 0)),
    ]
    at, yaw = (-0.03, 0.69, 1.56), 11.0
    t = (yaw, 0.0, 0.0)
    silver = Mat(col("#8c8e96"), gloss=0.9, sharp=50, mirror=0.06)
    dark = Mat(col("#1a1a1e"), gloss=0.4)
    red = Mat(col("#d02028"), gloss=0.5)

    def p(x: float, y: float, z: float) -> Vec:
        return f.place(at, yaw, x, y, z)

    shapes += [
        soft_box(p(0, 0.17, 0), (0.37, 0.17, 0.085), silver, t, 0.02),
        soft_box(p(0, 0.135, -0.078), (0.355, 0.125, 0.012), dark, t, 0.006),
        limb(p(-0.31, 0.34, 0), p(-0.31, 0.42, 0), 0.013, 0.013, dark),
        limb(p(0.31, 0.34, 0), p(0.31, 0.42, 0), 0.013, 0.013, dark),
        limb(p(-0.31, 0.425, 0), p(0.31, 0.425, 0), 0.017, 0.017, silver),
        pipe(p(0.28, 0.34, 0.05), p(0.62, 0.86, 0.07), 0.005, f.CHROME),
    ]
    for s in (-1, 1):
        x = s * 0.225
        shapes += [
            Shape("cyl", p(x, 0.135, -0.09), (0.118, 0.012, 0.118), silver, (yaw, 90, 0)),
            Shape(
                "cyl",
                p(x, 0.135, -0.098),
                (0.104, 0.010, 0.104),
                Mat(col("#101012"), gloss=0.3),
                (yaw, 90, 0),
            ),
            ring(p(x, 0.135, -0.106), 0.085, 0.008, Mat(col("#2a2a2e"), gloss=0.5), (yaw, 90, 0)),
            ball(
                p(x, 0.135, -0.098),
                (0.045, 0.045, 0.022),
                Mat(col("#3a3a40"), gloss=0.9, sharp=30),
                t,
            ),
            ring(p(x, 0.135, -0.1), 0.11, 0.006, f.CHROME, (yaw, 90, 0)),
        ]
    tape = Canvas(300, 180, "#16161a", 1)
    tape.rect(14, 12, 272, 120, "#f0e8d2", 8)
    tape.rect(14, 88, 272, 20, "#e2702a")
    tape.rect(80, 54, 140, 48, "#16161a", 20)
    for x in (106, 194):
        tape.oval(x, 78, 17, 17, "#f4f0e4")
        tape.oval(x, 78, 9, 9, "#16161a")
    dial = Canvas(420, 60, "#10261c", 1)
    dial.text(14, 8, "FM 88 92 96 100 104", 3.3, "#9affb0")
    dial.rect(10, 42, 400, 3, "#9affb0")
    dial.rect(236, 4, 5, 52, "#ff5030")
    shapes += [
        card(p(0, 0.105, -0.092), 0.09, 0.056, Mat(tex=tape.array(), gloss=0.8, sharp=90), t),
        box(p(0, 0.195, -0.09), (0.088, 0.018, 0.004), Mat(col("#303036"), gloss=0.4), t),
        card(
            p(0, 0.29, -0.0865),
            0.17,
            0.026,
            Mat((0.02,) * 3, emit=(1.3,) * 3, emit_tex=dial.array()),
            t,
        ),
        box(p(-0.27, 0.29, -0.088), (0.06, 0.016, 0.004), dark, t),
        Shape("cyl", p(0.27, 0.29, -0.094), (0.028, 0.012, 0.028), f.CHROME, (yaw, 90, 0)),
        box(p(-0.31, 0.29, -0.094), (0.006, 0.006, 0.004), Mat((0, 0, 0), emit=(3, 0.2, 0.1)), t),
    ]
    for k in range(6):
        shapes.append(
            box(
                p(-0.075 + 0.03 * k, 0.345, -0.04), (0.012, 0.012, 0.02), red if k == 0 else dark, t
            )
        )
    can = Canvas(256, 128, "#d8242a", 1)
    can.rect(0, 50, 256, 26, "#f4f0e8")
    can.text(20, 54, "FIZZ FIZZ FIZZ", 2.8, "#d8242a")
    shapes += [
        cyl((0.58, 0.755, 1.5), 0.033, 0.062, Mat(tex=can.array(), gloss=1.0, mirror=0.1)),
        cyl((0.58, 0.818, 1.5), 0.029, 0.002, f.CHROME),
    ]
    lamps = [
        Light((2.6, 1.5, 6.0), (26, 12, 4.2), r=0.4, shine=True),
        Light((-2.2, 2.4, -1.4), (2.0, 1.9, 2.9), r=0.5, shine=False),
        Light((0.9, 1.2, -0.6), (0.9, 0.62, 0.4), r=0.1),
    ]
    sky = (tuple(v * 0.5 for v in col("#6a5a96")), tuple(v * 0.6 for v in col("#ff9a5a")))
    if which == "2":
        scene = Scene(
            shapes,
            lamps,
            (-0.05, 0.98, 0.02),
            (0.02, 0.90, 1.7),
            52,
            sky,
            extra={"size": (1080, 1920)},
        )
    else:
        scene = Scene(shapes, lamps, (-0.06, 0.92, 0.12), (0.03, 0.98, 1.7), 46, sky)
    return scene, Look(expose=0.1, bloom=0.13, warm=0.3, leak=0.16, focus=1.6, depth=0.5)
