"""The corner shop and the sweet counter."""

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

SWEETS = {
    "humbugs": ["#f4efe2", "#2a1a18", "#d8c8a0"],
    "pears": ["#e83a4a", "#f2d23c", "#f06a3c"],
    "cubes": ["#c81e4a", "#e84a6a", "#a8143c"],
    "bonbons": ["#f4c8d8", "#f8e2ea", "#e8a0bc"],
    "lemon": ["#f8e23c", "#fff08a", "#e8c81e"],
    "mints": ["#8fe0b8", "#e8fff4", "#5cc896"],
    "cola": ["#5a2410", "#8a3c1a", "#3a1408"],
    "sours": ["#3fae3a", "#8ade3c", "#2a8a2e"],
    "blue": ["#2f8ae0", "#8ac8f8", "#1c5cb0"],
    "orange": ["#ff8a1e", "#ffb04a", "#e86a0a"],
}


def jar_fill(kind: str) -> Array:
    """Sweets heaped behind glass, unrolled round a jar: (h, w, 3)."""
    g = draw.rng("jar" + kind)
    w, h = 760, 420
    c = Canvas(w, h, "#3a2a1e", 1)
    inks = SWEETS[kind]
    top = 0.16
    for i in range(1500):
        y = h * (top + (1 - top) * i / 1500) + g.normal(0, 8)
        if y < h * top:
            continue
        x = g.random() * w
        r = 17 + 6 * g.random()
        base = np.array(draw.rgb(inks[int(g.integers(0, 3))]), float) * (0.72 + 0.28 * g.random())
        for k in range(4):
            t = np.clip(base * (0.62 + 0.16 * k), 0, 255).astype(int)
            rr = r * (1 - 0.22 * k)
            c.oval(x - k * 1.7, y - k * 2.2, rr, rr * 0.86, f"#{t[0]:02x}{t[1]:02x}{t[2]:02x}")
        if kind == "humbugs":
            c.line([(x - r * 0.6, y - r * 0.3), (x + r * 0.5, y + r * 0.4)], 5, "#2a1a18")
        c.oval(x - r * 0.34, y - r * 0.4, r * 0.15, r * 0.12, "#ffffff")
    tex = c.array()
    yy = np.linspace(1, 0, h)[:, None, None]
    return (tex * (0.6 + 0.5 * yy)).astype(np.float32)


def jar(
    at: Vec, kind: str, r: float = 0.085, half: float = 0.125, lid: str = "#d8242a"
) -> list[Shape]:
    """A sweet jar; `at` is the middle of its foot."""
    x, y, z = at
    glass = Mat(tex=jar_fill(kind), gloss=0.9, sharp=140, mirror=0.06)
    clear = Mat(col("#9a9484"), gloss=1.1, sharp=120, mirror=0.12)
    tag = Canvas(240, 120, "#fff6dc", 2)
    tag.rect(6, 6, 228, 108, "#c8242c")
    tag.rect(12, 12, 216, 96, "#fff6dc")
    size = 216 / (6 * len(kind) + 1)
    tag.text(18, 62 - size * 3.5, kind, size, "#5a1a1a", 1.0)
    out = [
        cyl((x, y + half, z), r, half, glass),
        Shape("cyl", (x, y + 2 * half + 0.018, z), (r, 0.018, r), clear, top=0.72),
        cyl((x, y + 2 * half + 0.055, z), r * 0.8, 0.022, Mat(col(lid), gloss=0.6)),
        ring((x, y + 2 * half + 0.036, z), r * 0.74, 0.006, clear),
    ]
    out.append(
        card(
            (x, y + half * 0.85, z - r - 0.002), r * 0.62, r * 0.31, Mat(tex=tag.array(), gloss=0.2)
        )
    )
    return out


def paper_bag(at: Vec, yaw: float, name: str, k: float = 1.0) -> list[Shape]:
    """A striped paper bag that spills a few sweets."""
    tex = patterns.stripes(["#fff4f0", "#f08aa8", "#fff4f0", "#f08aa8"], "bag")
    mat = Mat(tex=tex, tile=(0.05, 0.05))
    g = draw.rng(name)
    c = f.place(at, yaw, 0, 0.065 * k, 0)
    out = [soft_box(c, (0.055 * k, 0.065 * k, 0.024 * k), mat, (yaw, 4, 0), 0.016 * k)]
    zig = f.place(at, yaw, 0, 0.132 * k, 0)
    for i in range(7):
        q = f.place(zig, yaw, (i - 3) * 0.015 * k, 0, 0)
        out.append(box(q, (0.0055 * k, 0.008 * k, 0.016 * k), mat, (yaw, 0, 45)))
    for _ in range(9):
        kind = list(SWEETS)[int(g.integers(0, 10))]
        q = f.place(
            at, yaw, float(g.normal(0.0, 0.08)), 0.012 * k, -0.05 - 0.09 * float(g.random())
        )
        mat2 = Mat(col(SWEETS[kind][0]), gloss=0.8, sharp=60)
        out.append(ball(q, (0.014 * k, 0.012 * k, 0.013 * k), mat2))
    return out


def sweet_shop(which: str = "1") -> tuple[Scene, Look]:
    """Corner shop: 1 the wall of jars, 2 three jars near, 3 a child at the counter."""
    wood = Mat(tex=patterns.wood("shopshelf", "#4a2810", "#a86a30"), tile=(0.9, 0.3), gloss=0.3)
    back = Mat(col("#c8a878"))
    shapes: list[Shape] = [card((0, 1.4, 1.9), 2.5, 1.6, back)]
    kinds = list(SWEETS)
    lids = ["#d8242a", "#f0c020", "#2a7ac0", "#d8242a", "#2a9a4a"]
    g = draw.rng("shop")
    for row in range(4):
        y = 0.86 + row * 0.42
        shapes.append(box((0, y - 0.02, 1.72), (1.4, 0.02, 0.16), wood))
        for i in range(11):
            x = -1.15 + i * 0.23 + float(g.normal(0, 0.006))
            kind = kinds[(i * 3 + row * 5 + i // 3) % 10]
            shapes += jar(
                (x, y, 1.68 + float(g.normal(0, 0.015))), kind, 0.094, 0.122, lids[(i + row) % 5]
            )
    for x in (-1.27, -0.35, 0.57, 1.27):
        shapes.append(box((x + 0.005, 1.6, 1.86), (0.015, 1.0, 0.03), wood))
    top = Mat(col("#e8dcc0"), gloss=0.4, mirror=0.04)
    lamps = [
        Light((-0.6, 2.5, 0.7), (1.5, 1.02, 0.5), r=0.12),
        Light((0.8, 2.5, 0.6), (1.3, 0.88, 0.44), r=0.12),
        Light((-2.6, 1.6, -0.6), (1.0, 1.25, 1.6), u=(0, 0.6, 0), v=(-0.5, 0, 0.5)),
        Light((0.1, 1.55, -1.1), (0.5, 0.48, 0.45), r=0.02),
    ]
    if which == "1":
        shapes += [
            box((0, 0.4, 0.95), (1.6, 0.4, 0.25), wood),
            box((0, 0.815, 0.93), (1.6, 0.018, 0.29), top),
        ]
        shapes += paper_bag((-0.30, 0.833, 0.76), 14, "bag1")
        shapes += paper_bag((-0.15, 0.833, 0.86), -8, "bag2")
        red = Mat(col("#b81c20"), gloss=0.8, sharp=60)
        x = 0.34
        shapes += [
            soft_box((x, 0.90, 0.92), (0.13, 0.065, 0.1), red, (0, 0, 0), 0.03),
            Shape(
                "cyl",
                (x, 1.05, 0.93),
                (0.115, 0.022, 0.115),
                Mat(col("#f2ecd8"), gloss=0.4),
                (0, 90, 0),
            ),
            ring((x, 1.05, 0.91), 0.115, 0.012, f.CHROME, (0, 90, 0)),
            pipe((x, 1.05, 0.9), (x - 0.05, 1.12, 0.9), 0.004, Mat(col("#c01818"))),
            cyl((x, 1.19, 0.93), 0.13, 0.008, f.CHROME),
            cyl((x, 1.175, 0.93), 0.018, 0.03, f.CHROME),
        ]
        for k in range(12):
            a = k * math.pi / 6
            shapes.append(
                ball((x + 0.093 * math.cos(a), 1.05 + 0.093 * math.sin(a), 0.905), 0.006, f.BLACK)
            )
        for _ in range(16):
            kind = kinds[int(g.integers(0, 10))]
            q = (
                x + float(g.normal(0, 0.045)),
                1.208 + 0.012 * float(g.random()),
                0.92 + float(g.normal(0, 0.04)),
            )
            shapes.append(ball(q, 0.016, Mat(col(SWEETS[kind][0]), gloss=0.8)))
        scene = Scene(shapes, lamps, (-0.05, 1.36, -0.85), (0.02, 1.3, 1.5), 47)
        return scene, Look(expose=0.1, bloom=0.1, focus=2.3, depth=0.8, stamp="'87  7 18")
    if which == "2":
        scene = Scene(shapes, lamps, (-0.42, 1.5, 0.62), (-0.26, 1.46, 1.7), 42)
        return scene, Look(expose=-0.1, bloom=0.12, focus=1.0, depth=2.6)
    shapes += [
        box((0, 0.35, 1.0), (1.6, 0.35, 0.2), wood),
        box((0, 0.71, 0.98), (1.6, 0.018, 0.25), top),
    ]
    shapes += paper_bag((0.16, 0.73, 0.86), 20, "bag3", 1.1)
    shapes += people.standing(
        (-0.06, 0.0, 0.42), 8, ["#c8342a", "#f0e4c8", "#2a5ab0"], "#2f4a7c", "#6a3c16", 1.02
    )
    lamps[3] = Light((0.5, 1.6, -1.0), (0.6, 0.56, 0.5), r=0.03)
    scene = Scene(
        shapes, lamps, (0.1, 1.22, -1.2), (0.02, 1.2, 1.5), 58, extra={"size": (1080, 1920)}
    )
    return scene, Look(expose=0.15, bloom=0.1, focus=2.2, depth=0.8)


def pick_and_mix() -> tuple[Scene, Look]:
    """Bins of sweets in rows, a scoop, a paper cup: the Saturday treat."""
    shapes: list[Shape] = [card((0, -0.02, 0.6), 2, 2, Mat(col("#c01820"), gloss=0.4), (0, 90, 0))]
    kinds = list(SWEETS)
    g = draw.rng("pick")
    wall = Mat(col("#dcd8cc"), gloss=0.7, sharp=80, mirror=0.08)
    for row in range(4):
        for i in range(4):
            x, z = (i - 1.5) * 0.25, 0.12 + row * 0.25
            y = row * 0.07
            shapes += [
                box((x, y + 0.03, z - 0.118), (0.122, 0.07, 0.004), wall),
                box((x - 0.122, y + 0.04, z), (0.003, 0.08, 0.12), wall),
                box((x + 0.122, y + 0.04, z), (0.003, 0.08, 0.12), wall),
            ]
            kind = kinds[(row * 4 + i * 3) % 10]
            inks = SWEETS[kind]
            mats = [Mat(col(c), gloss=0.8, sharp=60) for c in inks]
            shapes.append(box((x, y, z), (0.119, 0.06, 0.115), mats[0]))
            for _ in range(58):
                q = (
                    x + float(g.uniform(-0.105, 0.105)),
                    y + 0.062 + 0.02 * float(g.random()),
                    z + float(g.uniform(-0.1, 0.105)),
                )
                m = mats[int(g.integers(0, 3))]
                t = (float(g.random() * 360), float(g.normal(0, 25)), 0.0)
                if (row + i) % 3 == 0:
                    shapes.append(box(q, (0.016, 0.012, 0.016), m, t, shadow=False))
                elif (row + i) % 3 == 1:
                    shapes.append(ball(q, 0.02, m, shadow=False))
                else:
                    shapes.append(ball(q, (0.026, 0.014, 0.015), m, t, shadow=False))
    red = Mat(col("#f02028"), gloss=0.9, sharp=60)
    shapes += [
        limb((0.17, 0.2, 0.30), (0.27, 0.33, 0.10), 0.014, 0.016, red),
        Shape("cyl", (0.12, 0.15, 0.38), (0.06, 0.08, 0.045), red, (-30, 60, 0), top=0.9),
    ]
    cup = Mat(tex=patterns.stripes(["#fff4f0", "#e82a3a"] * 4, "cup"), gloss=0.2)
    shapes.append(Shape("cyl", (-0.18, 0.25, 0.12), (0.055, 0.085, 0.055), cup, top=1.35))
    for _ in range(26):
        a, d = g.random() * 6.28, 0.062 * math.sqrt(g.random())
        ink = SWEETS[kinds[int(g.integers(0, 10))]][0]
        q = (
            -0.18 + d * math.cos(a),
            0.34 + 0.016 * float(g.random()) + 0.02 * (1 - d / 0.062),
            0.12 + d * math.sin(a),
        )
        shapes.append(ball(q, 0.018, Mat(col(ink), gloss=0.9)))
    lamps = [
        Light((-0.6, 1.4, 0.3), (1.35, 1.2, 0.95), u=(0.3, 0, 0), v=(0, 0, 0.6)),
        Light((0.7, 1.3, 1.0), (1.1, 0.8, 0.46), r=0.1),
        Light((0.05, 0.75, -0.6), (0.4, 0.38, 0.35), r=0.02),
    ]
    scene = Scene(shapes, lamps, (0.0, 0.78, -0.42), (0.0, 0.08, 0.42), 46)
    return scene, Look(expose=-0.5, bloom=0.1, focus=0.9, depth=1.4, stamp="'91  4 13")
