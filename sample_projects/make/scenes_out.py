"""Out of the house: shop, arcade, rink, canteen, bus, estate."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import draw, patterns, screens
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


def jar(at: Vec, kind: str, r: float = 0.085, half: float = 0.125, lid: str = "#d8242a") -> list[Shape]:
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
    out.append(card((x, y + half * 0.85, z - r - 0.002), r * 0.62, r * 0.31, Mat(tex=tag.array(), gloss=0.2)))
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
        q = f.place(at, yaw, float(g.normal(0.0, 0.08)), 0.012 * k, -0.05 - 0.09 * float(g.random()))
        mat2 = Mat(col(SWEETS[kind][0]), gloss=0.8, sharp=60)
        out.append(ball(q, (0.014 * k, 0.012 * k, 0.013 * k), mat2))
    return out


def sweet_shop(which: str = "1") -> tuple[Scene, Look]:
    """Corner shop: 1 the wall of jars and the counter, 2 three jars near, 3 child at the counter."""
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
            shapes += jar((x, y, 1.68 + float(g.normal(0, 0.015))), kind, 0.094, 0.122, lids[(i + row) % 5])
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
            Shape("cyl", (x, 1.05, 0.93), (0.115, 0.022, 0.115), Mat(col("#f2ecd8"), gloss=0.4), (0, 90, 0)),
            ring((x, 1.05, 0.91), 0.115, 0.012, f.CHROME, (0, 90, 0)),
            pipe((x, 1.05, 0.9), (x - 0.05, 1.12, 0.9), 0.004, Mat(col("#c01818"))),
            cyl((x, 1.19, 0.93), 0.13, 0.008, f.CHROME),
            cyl((x, 1.175, 0.93), 0.018, 0.03, f.CHROME),
        ]
        for k in range(12):
            a = k * math.pi / 6
            shapes.append(ball((x + 0.093 * math.cos(a), 1.05 + 0.093 * math.sin(a), 0.905), 0.006, f.BLACK))
        for _ in range(16):
            kind = kinds[int(g.integers(0, 10))]
            q = (x + float(g.normal(0, 0.045)), 1.208 + 0.012 * float(g.random()), 0.92 + float(g.normal(0, 0.04)))
            shapes.append(ball(q, 0.016, Mat(col(SWEETS[kind][0]), gloss=0.8)))
        scene = Scene(shapes, lamps, (-0.05, 1.36, -0.85), (0.02, 1.3, 1.5), 47)
        return scene, Look(expose=0.1, bloom=0.1, focus=2.3, depth=0.8, stamp="'87  7 18")
    if which == "2":
        scene = Scene(shapes, lamps, (-0.42, 1.5, 0.62), (-0.26, 1.46, 1.7), 42)
        return scene, Look(expose=-0.1, bloom=0.12, focus=1.0, depth=2.6)
    shapes += [box((0, 0.35, 1.0), (1.6, 0.35, 0.2), wood), box((0, 0.71, 0.98), (1.6, 0.018, 0.25), top)]
    shapes += paper_bag((0.16, 0.73, 0.86), 20, "bag3", 1.1)
    shapes += f.standing((-0.06, 0.0, 0.42), 8, ["#c8342a", "#f0e4c8", "#2a5ab0"], "#2f4a7c", "#6a3c16", 1.02)
    lamps[3] = Light((0.5, 1.6, -1.0), (0.6, 0.56, 0.5), r=0.03)
    scene = Scene(shapes, lamps, (0.1, 1.22, -1.2), (0.02, 1.2, 1.5), 58, extra={"size": (1080, 1920)})
    return scene, Look(expose=0.15, bloom=0.1, focus=2.2, depth=0.8)


def cabinet(at: Vec, yaw: float, name: str, inks: tuple[str, str, str]) -> tuple[list[Shape], list[Light]]:
    """An arcade cabinet; `at` is the middle of its foot, it faces -z before turning."""
    t = (yaw, 0.0, 0.0)
    g = draw.rng(name)
    c = Canvas(300, 400, "#05030f", 2)
    for i in range(20):
        c.rect(0, i * 20, 300, 21, ["#2a1a8a", "#12307e", "#3a1070", "#0a4a6a"][int(g.integers(0, 4))] if i > 13 else "#140c3c")
    for _ in range(60):
        x, y = g.random() * 300, g.random() * 400
        c.oval(x, y, 1.4, 1.4, "#c8c8ff")
    for row in range(4):
        for i in range(6):
            x, y = 44 + i * 42, 60 + row * 40
            ink = inks[row % 3]
            for dx, dy in ((0, 0), (-10, 6), (10, 6), (-5, -6), (5, -6), (0, 8)):
                c.rect(x + dx - 5, y + dy - 4, 9, 8, ink)
    c.poly([(150, 330), (126, 366), (174, 366)], "#40ff80")
    c.rect(147, 270, 5, 40, "#ffffff")
    c.text(20, 12, "SCORE 1989", 4, "#ffff40")
    pic = screens.tube(c.array(), 110, name)
    m = Canvas(400, 110, inks[0], 2)
    m.rect(8, 8, 384, 94, "#12061e", 10)
    word = ["GALAX", "RALLY", "NINJO", "PUKKO", "ZAPPA"][int(g.integers(0, 5))]
    m.text(46, 22, word, 9.5, inks[1])
    side = Mat(col("#2c2240"), gloss=0.5)
    stripe = Mat(col(inks[0]), gloss=0.3, emit=tuple(0.10 * v for v in col(inks[0])))

    def p(x: float, y: float, z: float) -> Vec:
        return f.place(at, yaw, x, y, z)

    out = [
        box(p(0, 0.45, 0), (0.33, 0.45, 0.33), side, t),
        box(p(0, 1.3, 0.14), (0.33, 0.5, 0.2), side, t),
        box(p(0, 0.94, -0.22), (0.33, 0.05, 0.2), side, (yaw, -10, 0)),
        box(p(0, 1.72, 0.02), (0.33, 0.11, 0.28), side, t),
        card(p(0, 1.72, -0.262), 0.31, 0.095, Mat((0, 0, 0), emit=(2.0,) * 3, emit_tex=m.array()), t),
        card(p(0, 1.30, -0.062), 0.26, 0.30, Mat((0.01,) * 3, emit=(4.6,) * 3, emit_tex=pic, gloss=0.3), (yaw, 8, 0)),
        box(p(-0.335, 0.9, 0.0), (0.006, 0.86, 0.04), stripe, t),
        box(p(0.335, 0.9, 0.0), (0.006, 0.86, 0.04), stripe, t),
        box(p(0, 0.62, -0.332), (0.15, 0.12, 0.005), Mat(col("#2a2a30"), gloss=0.5), t),
    ]
    for k in range(2):
        out.append(box(p(-0.06 + 0.12 * k, 0.66, -0.34), (0.02, 0.03, 0.004), Mat((0, 0, 0), emit=(2.2, 0.5, 0.08)), t))
    out.append(pipe(p(-0.14, 0.99, -0.26), p(-0.15, 1.08, -0.27), 0.009, f.BLACK))
    out.append(ball(p(-0.15, 1.1, -0.27), 0.03, Mat(col("#e0202a"), gloss=0.9)))
    for k in range(3):
        ink = inks[k]
        out.append(cyl(p(0.04 + 0.075 * k, 1.005, -0.28), 0.024, 0.016, Mat(col(ink), gloss=0.8, emit=tuple(0.2 * v for v in col(ink)))))
    tone = pic.mean((0, 1))
    lamp = Light(p(0, 1.25, -0.36), tuple(float(v) * 5.5 + 0.05 for v in tone), r=0.18, shine=False)
    top = Light(p(0, 1.7, -0.42), tuple(0.22 * v for v in col(inks[0])), r=0.1, shine=False)
    return out, [lamp, top]


def arcade(which: str = "1") -> tuple[Scene, Look]:
    """The arcade: 1 the carpet down the aisle, 2 trainers on the carpet, 3 a child who plays."""
    tex = patterns.arcade_carpet()
    glow = Mat(tex=tex, tile=(1.35, 1.35), emit=(0.5,) * 3, emit_tex=tex)
    dark = Mat(col("#3a2a5a"))
    sets = [("#ff2fa0", "#17e2e8", "#ffd21c"), ("#17e2e8", "#ffd21c", "#ff6a1e"), ("#7b3dff", "#35f06a", "#ff2fa0"),
            ("#ffb01c", "#ff2fa0", "#17e2e8"), ("#35f06a", "#ffd21c", "#ff2fa0")]  # fmt: skip
    shapes: list[Shape] = [
        card((0, 0, 4.0), 6, 6, glow, (0, 90, 0)),
        card((0, 2.7, 4.0), 6, 6, Mat(col("#0e0a18")), (0, -90, 0)),
        card((0, 1.5, 8.2), 6, 2, dark),
        card((-2.2, 1.5, 4), 6, 2, dark, (-90, 0, 0)),
        card((2.2, 1.5, 4), 6, 2, dark, (90, 0, 0)),
    ]
    lamps: list[Light] = []

    def tube(a: Vec, b: Vec, ink: str, k: float = 3.2) -> None:
        shapes.append(pipe(a, b, 0.022, Mat((0, 0, 0), emit=tuple(k * v + 0.12 for v in col(ink))), shadow=False))

    if which == "2":
        for s in (-1, 1):
            x = s * 0.13
            white = Mat(col("#ece6da"), gloss=0.2)
            jean = Mat(tex=patterns.stripes(["#2f4a7c", "#34518a", "#2a4472"], "jean"), tile=(0.02, 0.02))
            z = 0.52 + 0.03 * s
            shapes += [
                soft_box((x, 0.03, z), (0.052, 0.024, 0.145), Mat(col("#f4f0e6")), (s * 7, 0, 0), 0.02),
                soft_box((x, 0.07, z - 0.01), (0.048, 0.05, 0.135), white, (s * 7, 0, 0), 0.04),
                limb((x, 0.1, z - 0.11), (x + s * 0.03, 0.44, z - 0.66), 0.047, 0.08, jean),
                limb((x, 0.09, z - 0.09), (x, 0.115, z - 0.1), 0.052, 0.052, Mat(col("#e8402c"))),
            ]
            for k in range(4):
                zz = z + 0.01 + 0.03 * k
                shapes.append(limb((x - 0.028, 0.112 - 0.007 * k, zz), (x + 0.028, 0.112 - 0.007 * k, zz), 0.006, 0.006, Mat(col("#ff2fa0"))))
            shapes.append(box((x + s * 0.049, 0.07, z), (0.004, 0.02, 0.05), Mat(col("#17a2e8")), (s * 7, 0, 20)))
        for x, z in ((0.42, 0.72), (0.36, 0.86), (-0.4, 0.4)):
            shapes.append(cyl((x, 0.006, z), 0.02, 0.0025, Mat(col("#c8a04a"), gloss=1.0, mirror=0.2)))
        lamps += [
            Light((-0.9, 0.9, 1.4), (1.0, 0.16, 0.6), r=0.15),
            Light((1.0, 0.8, 0.4), (0.08, 0.62, 0.75), r=0.15),
            Light((0.0, 1.3, -0.3), (0.42, 0.36, 0.34), r=0.03),
        ]
        scene = Scene(shapes, lamps, (0.0, 1.12, -0.02), (0.0, 0.0, 0.60), 44)
        return scene, Look(expose=0.45, bloom=0.12, warm=0.0, color=1.15)
    for i in range(5):
        z = 1.9 + i * 1.25
        for side in (-1, 1):
            a, b = cabinet((side * 1.42, 0, z), side * 52, f"cab{i}{side}", sets[(i + (side > 0) * 2) % 5])
            shapes += a
            if i < 3:
                lamps += b[:1]
    for side in (-1, 1):
        tube((side * 2.1, 2.5, 0.5), (side * 2.1, 2.5, 8.0), "#ff2fa0" if side < 0 else "#17e2e8")
        lamps.append(Light((side * 1.9, 2.4, 3.5), tuple(2.0 * v for v in col("#ff2fa0" if side < 0 else "#17e2e8")),
                           u=(0, 0, 2.5), v=(0.08 * side, 0.08, 0), shine=False))  # fmt: skip
    lamps[-1].v = (0.1, -0.1, 0)
    lamps[-2].v = (-0.1, -0.1, 0)
    lamps[-2].u = (0, 0, -2.5)
    zig = [(-1.0, 1.75), (-0.6, 2.2), (-0.25, 1.75), (0.1, 2.2), (0.45, 1.75), (0.8, 2.2), (1.1, 1.9)]
    for (x0, y0), (x1, y1) in zip(zig, zig[1:], strict=False):
        tube((x0, y0, 8.0), (x1, y1, 8.0), "#ffd21c", 3.0)
    shapes.append(ring((0.05, 1.9, 8.05), 0.62, 0.03, Mat((0, 0, 0), emit=(3.2, 0.35, 1.6)), (0, 90, 0), shadow=False))
    lamps.append(Light((0.0, 2.5, 1.2), (1.3, 0.62, 1.7), r=0.4, shine=False))
    lamps.append(Light((0, 1.9, 7.6), (3.6, 1.7, 1.8), r=0.4, shine=False))
    if which == "3":
        shapes2, l2 = cabinet((0.1, 0, 2.0), -6, "cabmain", sets[0])
        shapes += shapes2
        lamps += l2
        shapes += f.standing((0.02, 0.0, 1.42), -2, ["#f0c020", "#f0f0e8", "#d83a2a"], "#2f4a7c", "#3a2010", 1.04)
        scene = Scene(shapes, lamps, (-0.5, 1.25, -0.55), (0.06, 1.06, 2.0), 50)
        return scene, Look(expose=0.4, bloom=0.13, warm=0.0, color=1.12, focus=2.4, depth=0.9)
    scene = Scene(shapes, lamps, (0.0, 0.72, 0.0), (0.0, 0.74, 4.0), 58)
    return scene, Look(expose=0.5, bloom=0.13, warm=0.0, color=1.12)


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
            out.append(Shape("cyl", p(x, 0.036, z), (0.036, 0.02, 0.036), Mat(col(wheel), gloss=0.6), (yaw, 0, 90)))
            out.append(Shape("cyl", p(x * 1.05, 0.036, z), (0.014, 0.021, 0.014), f.CHROME, (yaw, 0, 90)))
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
    shapes.append(ball((0.28, 2.08, 4.2), 0.36, Mat((0.05,) * 3, emit=(1, 1, 1), emit_tex=big, gloss=1.0)))
    shapes.append(pipe((0.28, 2.4, 4.2), (0.28, 3.4, 4.2), 0.012, f.BLACK))
    shapes += _boot((-0.17, 0, 1.42), 28, "#f4f0ea", "#ff4a9a")
    shapes += _boot((0.13, 0, 1.55), -24, "#f4f0ea", "#ff4a9a")
    inks = [["#ff4ab0", "#ffd21c"], ["#40c8ff", "#f0f0f0"], ["#ffd21c", "#e8402c"], ["#8a5cff", "#40ff9a"]]
    for i, (x, z, yaw) in enumerate([(-1.3, 4.6, 30), (1.45, 5.0, -50), (-0.35, 5.6, 80), (0.75, 6.0, 10)]):
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
            shapes.append(soft_box(q(dx, 0.08, dz), (0.05, 0.06, 0.13), Mat(col("#f0ece4")), (yaw, 0, 0), 0.03))
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
    wells = [(-0.115, 0.29, 0.105, 0.075), (0.115, 0.29, 0.105, 0.075), (-0.115, 0.11, 0.105, 0.075), (0.115, 0.11, 0.105, 0.075)]
    rim = Mat(col("#7fb0d2"), gloss=0.6, sharp=40)
    for x, z, hx, hz in wells:
        shapes.append(box((x, 0.0245, z), (hx - 0.008, 0.001, hz - 0.008), Mat(col("#5a8ab0"), gloss=0.3)))
        for dx, dz, sx, sz in ((0, hz, hx, 0.006), (0, -hz, hx, 0.006), (hx, 0, 0.006, hz), (-hx, 0, 0.006, hz)):
            shapes.append(soft_box((x + dx, 0.028, z + dz), (sx, 0.011, sz), rim, edge=0.005))
    crumb = draw.noise(256, 256, 40, "crumb", 4)
    gold = draw.mix(col("#a85a14"), col("#f0a83a"), np.clip(crumb * 1.8 - 0.4, 0, 1))
    for k in range(3):
        shapes.append(soft_box((-0.12 + 0.012 * k, 0.04 + 0.004 * (k == 1), 0.255 + 0.034 * k), (0.066, 0.013, 0.014),
                               Mat(tex=gold, tile=(0.05, 0.05), gloss=0.1), (g.normal(0, 8), 0, 0), 0.006))  # fmt: skip
    for k in range(26):
        x, z = 0.115 + g.normal(0, 0.036), 0.285 + g.normal(0, 0.024)
        t = (float(g.random() * 360), float(g.normal(0, 14)), 0.0)
        ink = ["#f0c860", "#e8b448", "#f6d880"][k % 3]
        shapes.append(soft_box((x, 0.035 + 0.012 * (k // 9), z), (0.036 + 0.01 * g.random(), 0.0065, 0.0065), Mat(col(ink), gloss=0.2), t, 0.003))
    sauce = Mat(col("#d85a12"), gloss=0.9, sharp=50)
    shapes.append(ball((-0.115, 0.026, 0.11), (0.092, 0.012, 0.062), sauce))
    for _ in range(70):
        a, d = g.random() * 6.28, math.sqrt(g.random())
        q = (-0.115 + 0.08 * d * math.cos(a), 0.037 + 0.004 * g.random(), 0.11 + 0.052 * d * math.sin(a))
        shapes.append(ball(q, (0.0095, 0.0062, 0.0066), Mat(col(["#e07a22", "#c85a14"][int(g.integers(0, 2))]), gloss=0.9, sharp=60),
                           (float(g.random() * 360), 0, 0), shadow=False))  # fmt: skip
    shapes.append(ball((0.115, 0.025, 0.11), (0.094, 0.010, 0.064), Mat(col("#f8cc3a"), gloss=0.8, sharp=50)))
    shapes.append(soft_box((0.118, 0.045, 0.112), (0.046, 0.019, 0.038), Mat(col("#e8b84a"), rough=0.15), (12, 0, 0), 0.006))
    shapes.append(soft_box((0.118, 0.066, 0.112), (0.047, 0.005, 0.039), Mat(col("#ff8ab8"), gloss=0.6), (12, 0, 0), 0.005))
    for _ in range(40):
        ink = ["#e8242a", "#2a7ae0", "#ffe040", "#ffffff", "#30b050"][int(g.integers(0, 5))]
        q = f.place((0.118, 0.0722, 0.112), 12, float(g.uniform(-0.042, 0.042)), 0, float(g.uniform(-0.033, 0.033)))
        shapes.append(limb(q, (q[0] + g.normal(0, 0.004), q[1], q[2] + g.normal(0, 0.004)), 0.0016, 0.0016, Mat(col(ink))))
    shapes += [
        Shape("cyl", (0.245, 0.05, 0.40), (0.034, 0.05, 0.034), Mat(col("#f2a83c"), gloss=0.9, sharp=90, mirror=0.1), top=1.25),
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
    scene = Scene(shapes, lamps, (0.0, 0.70, -0.08), (0.004, 0.015, 0.205), 42, extra={"size": (1080, 1080)})
    return scene, Look(expose=0.0, bloom=0.08, warm=0.35, focus=0.75, depth=1.5, vignette=0.5)


def bus() -> tuple[Scene, Look]:
    """Top deck, back seats: moquette, a wet window, the lights of the town."""
    cloth = Mat(tex=patterns.moquette(), tile=(0.30, 0.30))
    wy, wx = 900, 1200
    yy, xx = np.mgrid[0:wy, 0:wx].astype(np.float32)
    view = draw.ramp([(0, "#1c2a58"), (0.5, "#46508a"), (0.75, "#b8788a"), (1, "#e8965a")], yy / wy * 1.15)
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
        card((0, 1.35, 3.1), 1.9, 0.72, Mat((0.01,) * 3, emit=(0.75,) * 3, emit_tex=view.astype(np.float32))),
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
            shapes.append(box((0.12, 1.25, z - 0.03), (0.035, 0.05, 0.025), Mat(col("#c81c1c"), gloss=0.5)))
    bag = Mat(col("#2a62b0"), gloss=0.3)
    shapes += [soft_box((-0.5, 0.66, 1.5), (0.2, 0.15, 0.09), bag, (14, -8, 6), 0.05),
               box((-0.5, 0.68, 1.405), (0.2, 0.02, 0.006), Mat(col("#f0e8d8")), (14, -8, 6)),
               limb((-0.64, 0.8, 1.5), (-0.36, 0.84, 1.5), 0.014, 0.014, Mat(col("#e8e0d0")))]  # fmt: skip
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
    sky = draw.ramp([(0, "#232a5c"), (0.3, "#6a4a86"), (0.52, "#d86a5a"), (0.68, "#ff9a3c"), (0.8, "#ffd070"), (1, "#ffe0a0")], t)
    cloud = draw.noise(w, h, 5, "sunsetcloud", 5)
    stretch = draw.resize(cloud[: h // 3], w, h)
    k = np.clip((stretch - 0.52) * 5, 0, 1)
    lit = draw.ramp([(0, "#5a3a6a"), (0.5, "#ff7a4a"), (0.8, "#ffc060"), (1, "#fff0c0")], t)
    sky = draw.mix(sky, lit * 1.15, k * 0.75)
    sun = np.exp(-((xx - w * 0.715) ** 2 + (yy - h * 0.66) ** 2) / (2 * 60.0**2))
    core = np.clip((62 - np.hypot(xx - w * 0.715, yy - h * 0.66)) / 2, 0, 1)
    sky = sky + sun[..., None] * np.array([1.6, 0.7, 0.2]) + core[..., None] * np.array([3.4, 2.3, 1.0])
    c = Canvas(w, h, None, 1)
    g = draw.rng("estate")
    lights = Canvas(w, h, "#000000", 1)
    for x, wide, top in ((130, 110, 0.44), (300, 120, 0.30), (440, 180, 0.60), (1085, 110, 0.38), (1210, 100, 0.48), (700, 150, 0.70), (860, 60, 0.72)):
        c.rect(x, h * top, wide, h, "#2c1c3c")
        c.rect(x + wide * 0.3, h * top - 24, wide * 0.3, 30, "#2c1c3c")
        for i in range(5):
            for j in range(int((h * 0.98 - h * top) / 44)):
                if g.random() < 0.2:
                    lights.rect(x + 10 + i * wide / 5.2, h * top + 14 + j * 44, wide / 9, 18, "#ffc860")
    cut = draw.resize(c.cutout(), w, h)
    sky = draw.mix(sky, cut[..., :3] + 0.03 * lit, cut[..., 3])
    return (sky + lights.array() * 0.7).astype(np.float32)


def boombox(which: str = "1") -> tuple[Scene, Look]:
    """A boombox on the estate wall at sunset: 1 upright 4:5, 2 tall."""
    bricks = Mat(tex=patterns.brick(), tile=(0.9, 0.9), rough=0.1)
    cap = Mat(tex=patterns.worn(np.full((256, 256, 3), 0.22, np.float32) * np.array([1.0, 0.92, 0.85], np.float32), "cap", 0.35, 10), tile=(0.7, 0.7))
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
            Shape("cyl", p(x, 0.135, -0.098), (0.104, 0.010, 0.104), Mat(col("#101012"), gloss=0.3), (yaw, 90, 0)),
            ring(p(x, 0.135, -0.106), 0.085, 0.008, Mat(col("#2a2a2e"), gloss=0.5), (yaw, 90, 0)),
            ball(p(x, 0.135, -0.098), (0.045, 0.045, 0.022), Mat(col("#3a3a40"), gloss=0.9, sharp=30), t),
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
        card(p(0, 0.29, -0.0865), 0.17, 0.026, Mat((0.02,) * 3, emit=(1.3,) * 3, emit_tex=dial.array()), t),
        box(p(-0.27, 0.29, -0.088), (0.06, 0.016, 0.004), dark, t),
        Shape("cyl", p(0.27, 0.29, -0.094), (0.028, 0.012, 0.028), f.CHROME, (yaw, 90, 0)),
        box(p(-0.31, 0.29, -0.094), (0.006, 0.006, 0.004), Mat((0, 0, 0), emit=(3, 0.2, 0.1)), t),
    ]
    for k in range(6):
        shapes.append(box(p(-0.075 + 0.03 * k, 0.345, -0.04), (0.012, 0.012, 0.02), red if k == 0 else dark, t))
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
        scene = Scene(shapes, lamps, (-0.05, 0.98, 0.02), (0.02, 1.16, 1.7), 58, sky, extra={"size": (1080, 1920)})
    else:
        scene = Scene(shapes, lamps, (-0.06, 0.92, 0.12), (0.03, 0.98, 1.7), 46, sky)
    return scene, Look(expose=0.1, bloom=0.13, warm=0.3, leak=0.16, focus=1.6, depth=0.5)


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
                q = (x + float(g.uniform(-0.105, 0.105)), y + 0.062 + 0.02 * float(g.random()), z + float(g.uniform(-0.1, 0.105)))
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
        q = (-0.18 + d * math.cos(a), 0.34 + 0.016 * float(g.random()) + 0.02 * (1 - d / 0.062), 0.12 + d * math.sin(a))
        shapes.append(ball(q, 0.018, Mat(col(ink), gloss=0.9)))
    lamps = [
        Light((-0.6, 1.4, 0.3), (1.35, 1.2, 0.95), u=(0.3, 0, 0), v=(0, 0, 0.6)),
        Light((0.7, 1.3, 1.0), (1.1, 0.8, 0.46), r=0.1),
        Light((0.05, 0.75, -0.6), (0.4, 0.38, 0.35), r=0.02),
    ]
    scene = Scene(shapes, lamps, (0.0, 0.78, -0.42), (0.0, 0.08, 0.42), 46)
    return scene, Look(expose=-0.5, bloom=0.1, focus=0.9, depth=1.4, stamp="'91  4 13")
