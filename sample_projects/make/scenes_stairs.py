"""The hall, the stairs, the telephone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sample_projects.make import furniture as f
from sample_projects.make import patterns
from sample_projects.make.draw import col
from sample_projects.make.film import Look
from sample_projects.make.shapes import (
    Mat,
    Shape,
    ball,
    box,
    card,
    pipe,
    soft_box,
)
from sample_projects.make.trace import Light, Scene

Array = Any


def phone_cord() -> tuple[Scene, Look]:
    """The long cord of the telephone, up the stairs and round a door."""
    runner = Mat(tex=patterns.axminster("stair"), tile=(0.5, 0.5))
    hall = Mat(tex=patterns.wallpaper("hall", "#b8a070", "#7a5a34", "#5a6a3a"), tile=(0.5, 0.5))
    white = Mat(col("#cfc6b0"), gloss=0.2)
    shapes: list[Shape] = [
        card((0, 0, 1.5), 3, 3, Mat(tex=patterns.axminster("stair"), tile=(0.8, 0.8)), (0, 90, 0)),
        card((1.0, 1.6, 1.5), 3.5, 1.8, hall, (90, 0, 0)),
        card((-1.25, 1.6, 1.5), 3.5, 1.8, hall, (-90, 0, 0)),
        card((0, 2.4, 5.0), 2, 2.4, hall),
    ]
    for i in range(11):
        y, z = 0.19 * i, 1.5 + 0.26 * i
        shapes.append(box((0.3, y + 0.095, z + 1.0), (0.7, 0.095, 1.0), white))
        shapes.append(box((0.3, y + 0.1, z + 0.99), (0.42, 0.096, 1.0), runner))
        shapes.append(pipe((-0.14, y + 0.2, z + 0.004), (0.74, y + 0.2, z + 0.004), 0.008, f.BRASS))
    rail0, rail1 = (-0.36, 0.98, 1.42), (-0.36, 0.98 + 0.19 * 10, 1.42 + 2.6)
    shapes.append(
        pipe(rail0, rail1, 0.03, Mat(tex=patterns.wood("rail", "#3a1e0c", "#7a4420"), gloss=0.5))
    )
    for i in range(11):
        y, z = 0.19 * i, 1.5 + 0.26 * i
        shapes.append(pipe((-0.36, y, z + 0.05), (-0.36, y + 0.98, z + 0.05), 0.016, white))
    shapes.append(box((-0.36, 0.56, 1.38), (0.045, 0.56, 0.045), white))
    shapes.append(ball((-0.36, 1.17, 1.38), 0.06, white))
    wood = Mat(tex=patterns.wood("ptable", "#3a1e0c", "#8a5226"), tile=(0.5, 0.3), gloss=0.4)
    shapes += [box((-0.82, 0.66, 1.25), (0.26, 0.02, 0.2), wood)]
    for x in (-1.04, -0.6):
        for z in (1.08, 1.42):
            shapes.append(box((x, 0.33, z), (0.02, 0.33, 0.02), wood))
    red = Mat(col("#c01c1e"), gloss=0.9, sharp=60, mirror=0.05)
    shapes += [
        soft_box((-0.82, 0.735, 1.24), (0.12, 0.055, 0.11), red, (12, 0, 0), 0.04),
        Shape(
            "cyl",
            (-0.815, 0.80, 1.20),
            (0.062, 0.006, 0.062),
            Mat(col("#e8e0cc"), gloss=0.5),
            (12, -32, 0),
        ),
        Shape("cyl", (-0.815, 0.805, 1.195), (0.026, 0.008, 0.026), red, (12, -32, 0)),
        box((-0.60, 0.70, 1.22), (0.06, 0.02, 0.09), Mat(col("#e8dcb8")), (-14, 0, 0)),
    ]
    for k in range(10):
        a = k * 0.55 + 0.4
        at = (-0.815 + 0.045 * math.cos(a), 0.806 + 0.024 * math.sin(a), 1.19 + 0.037 * math.sin(a))
        shapes.append(ball(at, 0.0075, Mat(col("#221a16")), shadow=False))
    door = Mat(col("#e0d6bc"), gloss=0.2)
    top = 0.19 * 11
    shapes += [
        box(
            (0.3, top + 0.9, 4.92), (0.36, 0.9, 0.02), Mat((0.1, 0.06, 0.02), emit=(2.6, 1.5, 0.55))
        ),
        box((0.12, top + 0.9, 4.7), (0.02, 0.9, 0.24), door, (18, 0, 0)),
        box((-0.1, top + 0.9, 4.95), (0.04, 0.95, 0.04), white),
        box((0.7, top + 0.9, 4.95), (0.04, 0.95, 0.04), white),
    ]
    path = [
        (-0.72, 0.74, 1.16),
        (-0.5, 0.36, 1.02),
        (-0.12, 0.10, 1.12),
        (0.16, 0.30, 1.6),
        (0.1, 0.78, 2.2),
        (0.3, 1.3, 2.95),
        (0.26, 1.95, 3.85),
        (0.34, 2.45, 4.6),
    ]
    ts = np.linspace(0, len(path) - 1, 900)
    arr = np.array(path)
    line = np.stack([np.interp(ts, range(len(path)), arr[:, i]) for i in range(3)], 1)
    kernel = np.hanning(90)
    kernel /= kernel.sum()
    pad = np.pad(line, ((45, 44), (0, 0)), mode="edge")
    line = np.stack([np.convolve(pad[:, i], kernel, "valid") for i in range(3)], 1)[:900]
    cord = Mat(col("#d0261e"), gloss=0.7)
    pts = []
    for i, (x, y, z) in enumerate(line):
        a = i * 0.9
        pts.append(
            (
                x + 0.022 * math.cos(a),
                y + 0.022 * math.sin(a) + 0.02,
                z - 0.01 + 0.006 * math.sin(a),
            )
        )
    for i in range(len(pts) - 1):
        shapes.append(pipe(pts[i], pts[i + 1], 0.0065, cord, shadow=False))
    lamps = [
        Light((0.35, top + 1.2, 4.6), (3.2, 1.9, 0.8), r=0.2, shine=False),
        Light((-0.9, 2.2, 0.4), (0.9, 0.58, 0.3), r=0.15),
        Light((0.2, 1.3, -0.9), (0.55, 0.52, 0.48), r=0.02),
        Light((0.9, 1.8, 0.4), (0.10, 0.16, 0.32), r=0.3, shine=False),
    ]
    scene = Scene(shapes, lamps, (-0.2, 1.2, -1.05), (-0.2, 1.2, 2.0), 54)
    return scene, Look(expose=0.5, bloom=0.16, stamp="'88 10 30")
