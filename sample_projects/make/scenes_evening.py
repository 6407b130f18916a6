"""Evenings and mornings before the set."""

from __future__ import annotations

import math
from typing import Any

from sample_projects.make import draw, patterns, people, screens
from sample_projects.make import furniture as f
from sample_projects.make.draw import col
from sample_projects.make.film import Look
from sample_projects.make.shapes import (
    Mat,
    Shape,
    Vec,
    box,
    card,
    cyl,
    limb,
    ring,
)
from sample_projects.make.trace import Light, Scene

Array = Any

TALL = {"size": (1080, 1920)}


def den(wall: str = "#3d4a5c") -> list[Shape]:
    """A plain room for the evening: carpet, wall, skirting."""
    carpet = Mat(tex=patterns.axminster("den"), tile=(1.0, 1.0))
    paper = Mat(tex=patterns.wallpaper("den", wall, "#2a3140", "#3a4a3a"), tile=(0.6, 0.6))
    return [
        card((0, 0, 2.0), 4.0, 4.0, carpet, (0, 90, 0)),
        card((0, 1.35, 3.6), 4.0, 1.4, paper),
        card((-2.3, 1.35, 2.0), 4.0, 1.4, paper, (-90, 0, 0)),
        card((2.3, 1.35, 2.0), 4.0, 1.4, paper, (90, 0, 0)),
        box((0, 0.07, 3.57), (4, 0.07, 0.02), Mat(col("#8a8070"))),
    ]


def cereal(at: Vec, r: float = 0.13) -> list[Shape]:
    """A bowl of hoops in milk with a spoon."""
    g = draw.rng("cereal")
    china = Mat(col("#3f78c8"), gloss=0.7, sharp=70, mirror=0.05)
    out = [
        Shape("cyl", (at[0], at[1] + 0.05, at[2]), (r * 0.55, 0.05, r * 0.55), china, top=1.8),
        ring((at[0], at[1] + 0.1, at[2]), r * 0.97, 0.008, Mat(col("#e8ecf4"), gloss=0.8)),
        cyl((at[0], at[1] + 0.094, at[2]), r * 0.93, 0.004, Mat(col("#f4eee2"), gloss=0.3)),
    ]
    for _ in range(34):
        a, d = g.random() * 6.28, math.sqrt(g.random()) * r * 0.78
        q = (at[0] + d * math.cos(a), at[1] + 0.101 + 0.006 * g.random(), at[2] + d * math.sin(a))
        ink = ["#d8902c", "#e0a848", "#c8742a", "#d83c4a", "#58b048"][int(g.integers(0, 5))]
        turn = (0.0, float(g.normal(0, 16)), float(g.normal(0, 16)))
        out.append(ring(q, 0.0125, 0.0062, Mat(col(ink)), turn, shadow=False))
    out.append(
        limb(
            (at[0] + 0.05, at[1] + 0.105, at[2]),
            (at[0] + 0.2, at[1] + 0.2, at[2] - 0.06),
            0.006,
            0.008,
            f.CHROME,
        )
    )
    return out


def cartoons(which: str = "1") -> tuple[Scene, Look]:
    """Saturday cartoons by the light of the set: 1 with the bowl in front, 2 tall, from behind."""
    shapes = den()
    pic = screens.cartoon()
    wood = Mat(tex=patterns.wood("unit", "#2a160a", "#6d3e1c"), tile=(0.9, 0.3), gloss=0.25)
    shapes += [box((0.0, 0.2, 2.75), (0.7, 0.2, 0.3), wood)]
    s, lamps = f.television((0.06, 0.4, 2.72), 3, pic, 1.3, 0.85)
    shapes += s
    for lamp in lamps:
        lamp.power = tuple(v * 4.6 for v in lamp.power)
    if which == "1":
        shapes += cereal((-0.24, 0, 1.12), 0.15)
        shapes += people.child(
            (0.42, 0, 1.62), -14, ["#d8403a", "#f0e0c8", "#d8403a"], "#4a2a14", 1.0
        )
        eye, look, fov = (-0.06, 0.56, -0.25), (0.06, 0.53, 2.6), 41.0
        extra = {}
    else:
        shapes += people.child((-0.28, 0, 1.75), 10, ["#d84a3a", "#f0e0c0"], "#5a3416", 1.05)
        shapes += people.child((0.36, 0, 1.7), -12, ["#3a7ac8", "#e8e0d0"], "#c8903c", 0.86)
        shapes += cereal((0.06, 0, 1.25), 0.13)
        eye, look, fov, extra = (0.0, 0.66, -1.0), (0.04, 0.66, 2.6), 41.0, dict(TALL)
    shapes += f.torn_paper((1.1, 0, 2.0), "dots", 2, 0.1, "c1")
    lamps.append(Light((-2.0, 2.0, 0.0), (0.30, 0.42, 0.85), r=0.3, shine=False))
    lamps.append(Light((0.06, 1.0, 3.3), (0.10, 0.05, 0.12), r=0.2, shine=False))
    scene = Scene(shapes, lamps, eye, look, fov, extra=extra)
    return scene, Look(expose=0.7, bloom=0.12, warm=0.05, focus=2.4, depth=0.8, lift=0.03)


def ceefax() -> tuple[Scene, Look]:
    """The text service at six: the set, a lamp, tea on the arm."""
    shapes = den("#7a5a34")
    wood = Mat(tex=patterns.wood("unit", "#2a160a", "#6d3e1c"), tile=(0.9, 0.3), gloss=0.25)
    shapes += [box((0.0, 0.25, 2.75), (0.9, 0.25, 0.3), wood)]
    s, lamps = f.television((-0.12, 0.5, 2.70), 5, screens.teletext(), 1.45, 1.5, aerial=False)
    shapes += s
    shade = Mat(col("#e0a050"), emit=(1.5, 0.78, 0.26))
    shapes += [
        cyl((0.72, 0.58, 2.75), 0.08, 0.08, Mat(col("#7a3a1c"), gloss=0.5), top=0.4),
        Shape("cyl", (0.72, 0.82, 2.75), (0.2, 0.14, 0.2), shade, top=0.6),
        box((0.18, 0.02, 1.3), (0.7, 0.36, 0.34), wood),
        cyl((0.24, 0.46, 1.3), 0.055, 0.075, Mat(col("#d8d0c0"), gloss=0.7)),
        cyl((0.24, 0.53, 1.3), 0.049, 0.006, Mat(col("#8a4a1e"), gloss=0.4)),
        ring((0.305, 0.46, 1.3), 0.035, 0.009, Mat(col("#d8d0c0"), gloss=0.7), (0, 90, 0)),
        cyl((0.24, 0.46, 1.3), 0.0555, 0.02, Mat(col("#c03a2a"), gloss=0.7)),
        cyl((-0.08, 0.392, 1.26), 0.12, 0.008, Mat(col("#e8e2d2"), gloss=0.7)),
    ]
    for i, (x, z) in enumerate([(-0.12, 1.24), (-0.05, 1.3), (-0.07, 1.22)]):
        shapes.append(cyl((x, 0.41 + 0.008 * i, z), 0.04, 0.007, Mat(col("#c08a44"), rough=0.2)))
    lamps.append(Light((0.72, 0.9, 2.55), (1.0, 0.56, 0.2), r=0.14, shine=False))
    lamps.append(Light((0.9, 1.7, 0.2), (1.0, 0.6, 0.3), r=0.3))
    scene = Scene(shapes, lamps, (0.02, 0.94, -0.2), (0.06, 0.74, 2.7), 37)
    return scene, Look(expose=0.35, bloom=0.15, focus=2.6, depth=1.4, warm=0.2)
