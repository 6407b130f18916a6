"""The arcade at the end of the pier."""

from __future__ import annotations

import itertools
from typing import Any

from sample_projects.make import draw, patterns, people, screens
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


def cabinet(
    at: Vec, yaw: float, name: str, inks: tuple[str, str, str]
) -> tuple[list[Shape], list[Light]]:
    """An arcade cabinet; `at` is the middle of its foot, it faces -z before turning."""
    t = (yaw, 0.0, 0.0)
    g = draw.rng(name)
    c = Canvas(300, 400, "#05030f", 2)
    for i in range(20):
        c.rect(
            0,
            i * 20,
            300,
            21,
            ["#2a1a8a", "#12307e", "#3a1070", "#0a4a6a"][int(g.integers(0, 4))]
            if i > 13
            else "#140c3c",
        )
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
        card(
            p(0, 1.72, -0.262), 0.31, 0.095, Mat((0, 0, 0), emit=(2.0,) * 3, emit_tex=m.array()), t
        ),
        card(
            p(0, 1.30, -0.062),
            0.26,
            0.30,
            Mat((0.01,) * 3, emit=(4.6,) * 3, emit_tex=pic, gloss=0.3),
            (yaw, 8, 0),
        ),
        box(p(-0.335, 0.9, 0.0), (0.006, 0.86, 0.04), stripe, t),
        box(p(0.335, 0.9, 0.0), (0.006, 0.86, 0.04), stripe, t),
        box(p(0, 0.62, -0.332), (0.15, 0.12, 0.005), Mat(col("#2a2a30"), gloss=0.5), t),
    ]
    slot = Mat((0, 0, 0), emit=(2.2, 0.5, 0.08))
    out += [box(p(x, 0.66, -0.34), (0.02, 0.03, 0.004), slot, t) for x in (-0.06, 0.06)]
    out.append(pipe(p(-0.14, 0.99, -0.26), p(-0.15, 1.08, -0.27), 0.009, f.BLACK))
    out.append(ball(p(-0.15, 1.1, -0.27), 0.03, Mat(col("#e0202a"), gloss=0.9)))
    for k in range(3):
        ink = inks[k]
        out.append(
            cyl(
                p(0.04 + 0.075 * k, 1.005, -0.28),
                0.024,
                0.016,
                Mat(col(ink), gloss=0.8, emit=tuple(0.2 * v for v in col(ink))),
            )
        )
    tone = pic.mean((0, 1))
    lamp = Light(p(0, 1.25, -0.36), tuple(float(v) * 5.5 + 0.05 for v in tone), r=0.18, shine=False)
    top = Light(p(0, 1.7, -0.42), tuple(0.22 * v for v in col(inks[0])), r=0.1, shine=False)
    return out, [lamp, top]


def arcade(which: str = "1") -> tuple[Scene, Look]:
    """The arcade: 1 the carpet down the aisle, 2 trainers on the carpet, 3 a child who plays."""
    tex = patterns.arcade_carpet()
    glow = Mat(tex=tex, tile=(1.35, 1.35), emit=(0.5,) * 3, emit_tex=tex)
    dark = Mat(col("#3a2a5a"))
    sets = [
        ("#ff2fa0", "#17e2e8", "#ffd21c"),
        ("#17e2e8", "#ffd21c", "#ff6a1e"),
        ("#7b3dff", "#35f06a", "#ff2fa0"),
        ("#ffb01c", "#ff2fa0", "#17e2e8"),
        ("#35f06a", "#ffd21c", "#ff2fa0"),
    ]
    shapes: list[Shape] = [
        card((0, 0, 4.0), 6, 6, glow, (0, 90, 0)),
        card((0, 2.7, 4.0), 6, 6, Mat(col("#0e0a18")), (0, -90, 0)),
        card((0, 1.5, 8.2), 6, 2, dark),
        card((-2.2, 1.5, 4), 6, 2, dark, (-90, 0, 0)),
        card((2.2, 1.5, 4), 6, 2, dark, (90, 0, 0)),
    ]
    lamps: list[Light] = []

    def tube(a: Vec, b: Vec, ink: str, k: float = 3.2) -> None:
        shapes.append(
            pipe(
                a,
                b,
                0.022,
                Mat((0, 0, 0), emit=tuple(k * v + 0.12 for v in col(ink))),
                shadow=False,
            )
        )

    if which == "2":
        for s in (-1, 1):
            x = s * 0.13
            white = Mat(col("#ece6da"), gloss=0.2)
            jean = Mat(
                tex=patterns.stripes(["#2f4a7c", "#34518a", "#2a4472"], "jean"), tile=(0.02, 0.02)
            )
            z = 0.52 + 0.03 * s
            shapes += [
                soft_box(
                    (x, 0.03, z), (0.052, 0.024, 0.145), Mat(col("#f4f0e6")), (s * 7, 0, 0), 0.02
                ),
                soft_box((x, 0.07, z - 0.01), (0.048, 0.05, 0.135), white, (s * 7, 0, 0), 0.04),
                limb((x, 0.1, z - 0.11), (x + s * 0.03, 0.44, z - 0.66), 0.047, 0.08, jean),
                limb((x, 0.09, z - 0.09), (x, 0.115, z - 0.1), 0.052, 0.052, Mat(col("#e8402c"))),
            ]
            for k in range(4):
                zz = z + 0.01 + 0.03 * k
                shapes.append(
                    limb(
                        (x - 0.028, 0.112 - 0.007 * k, zz),
                        (x + 0.028, 0.112 - 0.007 * k, zz),
                        0.006,
                        0.006,
                        Mat(col("#ff2fa0")),
                    )
                )
            shapes.append(
                box(
                    (x + s * 0.049, 0.07, z),
                    (0.004, 0.02, 0.05),
                    Mat(col("#17a2e8")),
                    (s * 7, 0, 20),
                )
            )
        for x, z in ((0.42, 0.72), (0.36, 0.86), (-0.4, 0.4)):
            shapes.append(
                cyl((x, 0.006, z), 0.02, 0.0025, Mat(col("#c8a04a"), gloss=1.0, mirror=0.2))
            )
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
            a, b = cabinet(
                (side * 1.42, 0, z), side * 52, f"cab{i}{side}", sets[(i + (side > 0) * 2) % 5]
            )
            shapes += a
            if i < 3:
                lamps += b[:1]
    for side in (-1, 1):
        tube((side * 2.1, 2.5, 0.5), (side * 2.1, 2.5, 8.0), "#ff2fa0" if side < 0 else "#17e2e8")
        lamps.append(
            Light(
                (side * 1.9, 2.4, 3.5),
                tuple(2.0 * v for v in col("#ff2fa0" if side < 0 else "#17e2e8")),
                u=(0, 0, 2.5),
                v=(0.08 * side, 0.08, 0),
                shine=False,
            )
        )
    lamps[-1].v = (0.1, -0.1, 0)
    lamps[-2].v = (-0.1, -0.1, 0)
    lamps[-2].u = (0, 0, -2.5)
    zig = [
        (-1.0, 1.75),
        (-0.6, 2.2),
        (-0.25, 1.75),
        (0.1, 2.2),
        (0.45, 1.75),
        (0.8, 2.2),
        (1.1, 1.9),
    ]
    for (x0, y0), (x1, y1) in itertools.pairwise(zig):
        tube((x0, y0, 8.0), (x1, y1, 8.0), "#ffd21c", 3.0)
    shapes.append(
        ring(
            (0.05, 1.9, 8.05),
            0.62,
            0.03,
            Mat((0, 0, 0), emit=(3.2, 0.35, 1.6)),
            (0, 90, 0),
            shadow=False,
        )
    )
    lamps.append(Light((0.0, 2.5, 1.2), (1.3, 0.62, 1.7), r=0.4, shine=False))
    lamps.append(Light((0, 1.9, 7.6), (3.6, 1.7, 1.8), r=0.4, shine=False))
    if which == "3":
        shapes2, l2 = cabinet((0.1, 0, 2.0), -6, "cabmain", sets[0])
        shapes += shapes2
        lamps += l2
        shapes += people.standing(
            (0.02, 0.0, 1.42), -2, ["#f0c020", "#f0f0e8", "#d83a2a"], "#2f4a7c", "#3a2010", 1.04
        )
        scene = Scene(shapes, lamps, (-0.5, 1.25, -0.55), (0.06, 1.06, 2.0), 50)
        return scene, Look(expose=0.4, bloom=0.13, warm=0.0, color=1.12, focus=2.4, depth=0.9)
    scene = Scene(shapes, lamps, (0.0, 0.72, 0.0), (0.0, 0.74, 4.0), 58)
    return scene, Look(expose=0.5, bloom=0.13, warm=0.0, color=1.12)
