"""What stands in the rooms: television, tree, presents, seats, windows, a child in pyjamas."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw, patterns, screens
from sample_projects.make.draw import col
from sample_projects.make.shapes import (
    Mat,
    Shape,
    Vec,
    ball,
    box,
    card,
    cyl,
    pipe,
    ring,
    soft_box,
    turned,
)
from sample_projects.make.trace import Light

Array = Any
BLACK = Mat(col("#121110"), gloss=0.25, sharp=60)
CHROME = Mat(col("#9a9a98"), gloss=0.8, sharp=120, mirror=0.4)
BRASS = Mat(col("#b08a3c"), gloss=0.8, sharp=60, mirror=0.2)


def place(at: Vec, yaw: float, dx: float, dy: float, dz: float) -> Vec:
    """A point (dx, dy, dz) of something that stands at `at`, turned by yaw."""
    p = turned(yaw) @ np.array([dx, dy, dz])
    return at[0] + float(p[0]), at[1] + float(p[1]), at[2] + float(p[2])


def television(
    at: Vec, yaw: float, picture: Array, size: float = 1.0, glow: float = 2.4, aerial: bool = True
) -> tuple[list[Shape], list[Light]]:
    """A wooden cathode-ray set; `at` is the middle of its foot. 0.72 m wide at size 1."""
    s = size
    wood = Mat(tex=patterns.wood("tv", "#2c160a", "#7a431f"), tile=(0.7, 0.35), gloss=0.25)
    t = (yaw, 0.0, 0.0)

    def p(x: float, y: float, z: float) -> Vec:
        return place(at, yaw, x * s, y * s, z * s)

    def half(x: float, y: float, z: float) -> Vec:
        return x * s, y * s, z * s

    out = [
        soft_box(p(0, 0.27, 0.02), half(0.38, 0.27, 0.17), wood, t, 0.02 * s),
        soft_box(p(0, 0.25, 0.30), half(0.27, 0.19, 0.16), Mat(col("#1d1510")), t, 0.05 * s),
        box(p(-0.075, 0.275, -0.152), half(0.285, 0.228, 0.006), Mat(col("#191614"), gloss=0.3), t),
        box(p(0.288, 0.275, -0.152), half(0.066, 0.228, 0.006), Mat(col("#3a2a1c"), gloss=0.3), t),
    ]
    frame = Mat(col("#0c0b0b"), gloss=0.4, sharp=80)
    for x, y, hx, hy in (
        (-0.075, 0.488, 0.285, 0.012),
        (-0.075, 0.062, 0.285, 0.012),
        (-0.348, 0.275, 0.012, 0.226),
        (0.198, 0.275, 0.012, 0.226),
    ):
        out.append(soft_box(p(x, y, -0.165), half(hx, hy, 0.018), frame, t, 0.01 * s))
    lamp = Mat((0.01, 0.01, 0.01), emit=(glow,) * 3, emit_tex=picture, gloss=0.3, sharp=200)
    out.append(card(p(-0.075, 0.275, -0.1605), 0.262 * s, 0.203 * s, lamp, t))
    for k, y in enumerate((0.43, 0.34)):
        out.append(
            Shape(
                "cyl",
                p(0.288, y, -0.17),
                half(0.036 - k * 0.006, 0.02, 0.036 - k * 0.006),
                CHROME,
                (yaw, 90, 0),
            )
        )
    out += [
        box(p(0.288, 0.24 - k * 0.022, -0.159), half(0.048, 0.006, 0.003), BLACK, t)
        for k in range(7)
    ]
    if aerial:
        out.append(cyl(p(0.05, 0.56, 0.05), 0.05 * s, 0.018 * s, BLACK))
        for dx, dy in ((-0.30, 0.34), (0.24, 0.38)):
            out.append(pipe(p(0.05, 0.57, 0.05), p(0.05 + dx, 0.57 + dy, 0.02), 0.0045 * s, CHROME))
    tone = picture.mean((0, 1)) * glow
    across = turned(yaw) @ np.array([0.262 * s, 0, 0])
    face = p(-0.075, 0.275, -0.185)
    strength = 0.9 * s * s
    light = Light(
        face,
        tuple(float(v) * strength for v in tone),
        u=(0, 0.2 * s, 0),
        v=tuple(float(v) for v in across),
        shine=False,
    )
    return out, [light]


def tree(
    at: Vec, tall: float, power: float = 1.0, name: str = "tree", bulbs: float = 1.0
) -> tuple[list[Shape], list[Light]]:
    """A lit Christmas tree; `at` is the foot of its pot."""
    cut, lit = screens.tree(name=name, power=power)
    wide = tall * 0.36
    pot = tall * 0.06
    mid = at[1] + pot + tall / 2
    needles = Mat(tex=cut, emit=(1, 1, 1), emit_tex=lit)
    out = [
        card((at[0], mid, at[2]), wide, tall / 2, needles, shadow=False, lit=True),
        Shape(
            "cyl",
            (at[0], mid - tall * 0.03, at[2] + 0.12),
            (wide * 0.62, tall * 0.44, wide * 0.5),
            Mat(),
            top=0.05,
            seen=False,
        ),
        cyl(
            (at[0], at[1] + 0.12, at[2] + 0.02),
            0.17,
            0.13,
            Mat(col("#8c1f22"), gloss=0.4),
            top=1.15,
        ),
    ]
    where, power_of = [], []
    g = draw.rng(name + "baubles")
    for x, y, z, ink in screens.tree_lights(name=name):
        c = np.array(col(ink), float)
        spot = (
            at[0] + x * wide * 1.96,
            at[1] + pot + tall * (0.015 + 0.93 * y),
            at[2] + z * 0.25 - 0.05,
        )
        core = c * 5.0 + 0.7
        out.append(
            ball(
                spot, (0.017, 0.027, 0.017), Mat((0, 0, 0), emit=tuple(core * bulbs)), shadow=False
            )
        )
        where.append((spot[0], spot[1], spot[2] - 0.22))
        power_of.append(tuple(c * 0.042 * bulbs))
    inks = ["#c01822", "#d8a028", "#1f6fb0", "#b8b8c0", "#8a1f6a"]
    for k in range(24):
        y = g.random() ** 1.5 * 0.82 + 0.03
        a = (g.random() * 2 - 1) * 1.25
        r = wide * 0.93 * (1 - y) ** 0.9
        spot = (
            at[0] + r * math.sin(a),
            at[1] + pot + tall * y * 0.93,
            at[2] - 0.07 - 0.12 * math.cos(a) * (1 - y),
        )
        out.append(
            ball(
                spot,
                0.038 + 0.01 * g.random(),
                Mat(col(inks[k % 5]), gloss=1.2, sharp=90, mirror=0.35),
                shadow=False,
            )
        )
    star = [
        (
            (1 if i % 2 else 0.42) * math.sin(i * math.pi / 5),
            (1 if i % 2 else 0.42) * math.cos(i * math.pi / 5),
        )
        for i in range(10)
    ]
    c2 = draw.Canvas(200, 200, None)
    c2.poly([(100 - 96 * x, 100 + 96 * -y) for x, y in star], "#ffd86a")
    gold = Mat(tex=c2.cutout(), emit=(2.6 * bulbs, 1.7 * bulbs, 0.6 * bulbs))
    out.append(
        card(
            (at[0], at[1] + pot + tall * 0.99, at[2] - 0.06),
            0.11,
            0.11,
            gold,
            (0, 0, 180),
            shadow=False,
        )
    )
    return out, [Light(where, power_of, r=0.05, shine=False)]


def present(
    at: Vec, size: Vec, kind: str, ribbon: str, yaw: float = 0.0, bow: bool = True
) -> list[Shape]:
    """A wrapped box with ribbon and bow; `at` is the middle of its foot."""
    paper = Mat(tex=patterns.wrap(kind), tile=(0.24, 0.24), gloss=0.35, sharp=30)
    band = Mat(col(ribbon), gloss=0.7, sharp=30)
    w, h, d = size
    t = (yaw, 0.0, 0.0)
    c = place(at, yaw, 0, h, 0)
    out = [
        box(c, size, paper, t),
        box(c, (0.022, h + 0.003, d + 0.003), band, t),
        box(c, (w + 0.003, h + 0.003, 0.022), band, t),
    ]
    if bow:
        top = at[1] + 2 * h
        k = min(1.0, min(w, d) / 0.14)
        for a in range(0, 360, 60):
            q = place(
                (at[0], top, at[2]),
                yaw,
                0.05 * k * math.cos(math.radians(a)),
                0.022 * k,
                0.05 * k * math.sin(math.radians(a)),
            )
            out.append(ball(q, (0.042 * k, 0.02 * k, 0.021 * k), band, (yaw - a, 0, 18)))
        out.append(ball((at[0], top + 0.026 * k, at[2]), 0.018 * k, band))
    return out


def armchair(at: Vec, yaw: float, ink: str = "#7a4a22") -> list[Shape]:
    """A velour armchair; `at` is the middle of its foot, the seat faces -z before turning."""
    n = draw.noise(256, 256, 40, "velour", 3)[..., None]
    cloth = Mat(tex=(np.array(col(ink)) * (0.75 + 0.5 * n)).astype(np.float32), tile=(0.3, 0.3))
    t = (yaw, 0.0, 0.0)

    def p(x: float, y: float, z: float) -> Vec:
        return place(at, yaw, x, y, z)

    return [
        soft_box(p(0, 0.2, 0), (0.42, 0.18, 0.4), cloth, t, 0.06),
        soft_box(p(0, 0.44, -0.04), (0.31, 0.1, 0.36), cloth, t, 0.08),
        soft_box(p(0, 0.66, 0.33), (0.42, 0.36, 0.13), cloth, (yaw, -8, 0), 0.1),
        soft_box(p(-0.41, 0.36, 0), (0.12, 0.26, 0.42), cloth, t, 0.1),
        soft_box(p(0.41, 0.36, 0), (0.12, 0.26, 0.42), cloth, t, 0.1),
    ]


def curtain(
    x: float, y0: float, y1: float, z: float, wide: float, tex: Array, folds: int = 7
) -> list[Shape]:
    """A curtain that hangs in folds, as half-hidden columns of cloth."""
    cloth = Mat(tex=tex, tile=(0.5, 0.5))
    out = []
    step = 2 * wide / folds
    for i in range(folds):
        cx = x - wide + (i + 0.5) * step
        mid, half = (y0 + y1) / 2, (y1 - y0) / 2
        deep = 0.045 + 0.02 * math.sin(i * 2.3)
        out.append(Shape("cyl", (cx, mid, z - 0.02 * (i % 2)), (step * 0.62, half, deep), cloth))
    return out


def window(
    x: float,
    y: float,
    z: float,
    w: float,
    h: float,
    view: Array,
    glow: float = 1.0,
    panes: tuple[int, int] = (2, 2),
) -> list[Shape]:
    """A painted wooden window of half sizes w, h in a wall at z."""
    white = Mat(col("#d8d2c4"), gloss=0.15)
    out = [card((x, y, z - 0.012), w, h, Mat((0.02, 0.02, 0.02), emit=(glow,) * 3, emit_tex=view))]
    bars = [(x - w, y, 0.035, h), (x + w, y, 0.035, h), (x, y + h, w, 0.035), (x, y - h, w, 0.035)]
    bars += [(x - w + 2 * w * i / panes[0], y, 0.016, h) for i in range(1, panes[0])]
    bars += [(x, y - h + 2 * h * i / panes[1], w, 0.016) for i in range(1, panes[1])]
    out += [box((bx, by, z - 0.03), (hx, hy, 0.03), white) for bx, by, hx, hy in bars]
    out.append(box((x, y - h - 0.05, z - 0.06), (w + 0.04, 0.02, 0.06), white))
    return out


def torn_paper(at: Vec, kind: str, n: int, spread: float, name: str) -> list[Shape]:
    """Crumpled wrapping paper on the floor."""
    g = draw.rng(name)
    out = []
    tex = patterns.wrap(kind)
    for _ in range(n):
        x, z = g.normal(0, spread, 2)
        r = 0.04 + 0.06 * g.random()
        a, b, c = g.uniform(20, 60, 3)
        k = g.uniform(0.2, 0.34, 3)

        def form(
            px: Array, py: Array, pz: Array, r: float = r, q: tuple[float, ...] = (a, b, c, *k)
        ) -> Array:
            base = np.sqrt(px * px + 2.2 * py * py + pz * pz) - r * 0.9
            wave = np.sin(px * q[0]) * np.sin(py * q[1] + 1) * np.sin(pz * q[2] + 2)
            return (base + wave * r * (q[3] + q[4])) * 0.5

        size = (r * 1.5, r * 1.2, r * 1.5)
        mat = Mat(tex=tex, tile=(0.2, 0.2), gloss=0.25, sharp=20)
        turn = (float(g.random() * 360), 0.0, float(g.normal(0, 20)))
        where = (at[0] + float(x), at[1] + r * 0.45, at[2] + float(z))
        out.append(Shape("form", where, size, mat, turn, form=form, shadow=False))
    return out


def paper_chain(a: Vec, b: Vec, sag: float, n: int = 15) -> list[Shape]:
    """Rings of coloured paper from a to b."""
    inks = ["#d02a2a", "#e8b020", "#2a8a4a", "#2a62c0", "#c8409a"]
    out = []
    for i in range(n):
        t = (i + 0.5) / n
        q = tuple(a[k] + (b[k] - a[k]) * t for k in range(3))
        drop = 4 * sag * t * (1 - t)
        mat = Mat(col(inks[i % 5]))
        turn = (0.0, 90.0, 0.0) if i % 2 else (90.0, 0.0, 90.0)
        out.append(ring((q[0], q[1] - drop, q[2]), 0.04, 0.009, mat, turn, shadow=False))
    return out
