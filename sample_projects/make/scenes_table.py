"""Things on tables and carpets: a tape for somebody, tapes of everything, the scissors."""

from __future__ import annotations

import itertools
import math
from typing import Any

from sample_projects.make import draw, patterns, screens
from sample_projects.make import furniture as f
from sample_projects.make.draw import Canvas, col
from sample_projects.make.film import Look
from sample_projects.make.scenes_evening import TALL, den
from sample_projects.make.shapes import (
    Mat,
    Shape,
    Vec,
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

# Strokes of hand-written capitals on a grid four wide and six high, y down.
_HAND = {
    "A": [[(0, 6), (2, 0), (4, 6)], [(1, 4), (3.2, 3.8)]],
    "B": [[(0, 0), (0, 6), (3, 5.6), (3.4, 4), (0.2, 3), (2.8, 2), (2.6, 0.3), (0, 0)]],
    "C": [[(3.6, 0.8), (1.6, 0), (0, 3), (1.4, 6), (3.8, 5.2)]],
    "D": [[(0, 0), (0.2, 6), (3, 5), (3.8, 2.6), (2.2, 0.3), (0, 0)]],
    "E": [[(3.4, 0), (0, 0.2), (0.1, 6), (3.6, 5.8)], [(0, 3), (2.8, 2.8)]],
    "F": [[(3.4, 0), (0, 0.2), (0.1, 6)], [(0, 3), (2.8, 2.8)]],
    "G": [[(3.6, 0.8), (1.6, 0), (0, 3), (1.4, 6), (3.6, 5), (3.6, 3.2), (2.2, 3.2)]],
    "H": [[(0, 0), (0.1, 6)], [(3.6, 0), (3.5, 6)], [(0, 3.1), (3.6, 2.9)]],
    "I": [[(1.8, 0), (1.7, 6)]],
    "K": [[(0, 0), (0.1, 6)], [(3.4, 0), (0, 3.2), (3.7, 6)]],
    "L": [[(0, 0), (0.1, 6), (3.4, 5.8)]],
    "M": [[(0, 6), (0.4, 0), (2, 3.6), (3.7, 0), (4, 6)]],
    "N": [[(0, 6), (0.1, 0), (3.5, 6), (3.6, 0)]],
    "O": [[(2, 0), (0, 3), (1.8, 6), (3.8, 3), (2, 0)]],
    "P": [[(0, 6), (0, 0), (3, 0.6), (3.2, 2.4), (0.1, 3.3)]],
    "R": [[(0, 6), (0, 0), (3, 0.6), (3.1, 2.3), (0.1, 3.1), (3.5, 6)]],
    "S": [[(3.4, 0.7), (1.2, 0), (0.2, 1.6), (3.3, 4), (2.4, 6), (0, 5.4)]],
    "T": [[(-0.2, 0.2), (3.8, 0)], [(1.8, 0.1), (1.8, 6)]],
    "U": [[(0, 0), (0.3, 5), (2, 6), (3.4, 4.8), (3.6, 0)]],
    "V": [[(0, 0), (1.9, 6), (3.8, 0)]],
    "W": [[(0, 0), (1, 6), (2, 2), (3, 6), (4.2, 0)]],
    "X": [[(0, 0), (3.7, 6)], [(3.5, 0), (0, 6)]],
    "Y": [[(0, 0), (1.8, 3), (3.7, 0)], [(1.8, 3), (1.5, 6)]],
    "0": [[(2, 0), (0.2, 3), (1.8, 6), (3.6, 3), (2, 0)]],
    "1": [[(0.6, 1.2), (1.9, 0), (1.8, 6)]],
    "2": [[(0.2, 1), (2, 0), (3.3, 1.6), (0, 6), (3.8, 5.8)]],
    "8": [[(2, 3), (0.4, 1.4), (1.8, 0), (3.2, 1.4), (0.3, 4.6), (1.8, 6), (3.5, 4.6), (2, 3)]],
    "9": [[(3.2, 2), (1.6, 3.2), (0.3, 1.6), (1.8, 0), (3.2, 1.4), (2.8, 6)]],
    "!": [[(1.2, 0), (1.0, 4)], [(1.0, 5.6), (1.0, 6)]],
    "-": [[(0.4, 3), (3, 2.9)]],
    "'": [[(1.4, 0), (1.0, 1.4)]],
}


def scrawl(
    c: Canvas,
    x: float,
    y: float,
    words: str,
    size: float,
    ink: str,
    width: float = 0.16,
    name: str = "hand",
) -> None:
    """Writes words by hand, letters `size` high."""
    g = draw.rng(name + words)
    k = size / 6
    for ch in words:
        lean = g.normal(0.1, 0.05)
        up = g.normal(0, 0.3)
        for stroke in _HAND.get(ch, []):
            pts = [
                (
                    x + (px + (6 - py) * lean + g.normal(0, 0.12)) * k,
                    y + (py + up + g.normal(0, 0.12)) * k,
                )
                for px, py in stroke
            ]
            c.line(pts, size * width, ink)
        x += (5.4 if ch != " " else 3.4) * k


def _cassette_face(words: str) -> Array:
    c = Canvas(600, 380, "#1a1a1c", 2)
    c.rect(40, 26, 520, 250, "#efe8d4", 14)
    c.rect(40, 196, 520, 34, "#e2702a")
    c.rect(40, 230, 520, 22, "#d8a82c")
    c.rect(40, 252, 520, 24, "#7a2a44")
    for k in range(2):
        c.rect(120, 74 + k * 36, 400, 2, "#9ab0c8")
    c.text(60, 48, "A", 7, "#c8301c")
    scrawl(c, 126, 42, words, 52, "#1c2a8a", 0.13)
    c.rect(150, 132, 300, 84, "#121214", 40)
    c.rect(232, 144, 136, 60, "#3a2418", 6)
    for x in (190, 410):
        c.oval(x, 174, 30, 30, "#f4f0e4")
        for i in range(6):
            a = i * math.pi / 3
            c.rect(x + 20 * math.cos(a) - 4, 174 + 20 * math.sin(a) - 4, 8, 8, "#121214")
        c.oval(x, 174, 15, 15, "#121214")
    c.poly([(120, 380), (146, 296), (454, 296), (480, 380)], "#2a2a2e")
    for x in (190, 410, 256, 344):
        c.oval(x, 348, 13, 13, "#08080a")
    for x, y in ((22, 20), (578, 20), (22, 360), (578, 360)):
        c.oval(x, y, 10, 10, "#6a6a70")
    return c.array()


def mixtape() -> tuple[Scene, Look]:
    """A cassette, its card, a pen, under a desk lamp."""
    wood = Mat(tex=patterns.wood("desk", "#5a3216", "#b87838"), tile=(1.1, 0.7), gloss=0.35)
    inlay = Canvas(420, 420, "#f2ecdc", 2)
    inlay.rect(0, 0, 420, 70, "#d8402c")
    scrawl(inlay, 20, 14, "SUMMER 89", 42, "#ffffff", 0.15)
    for i, row in enumerate(
        ["SIDE A", "RADIO TOP 20", "BIT OF CHAT", "THAT SONG", "SONG AGAIN", "GRAN", "SLOW ONE"]
    ):
        inlay.rect(18, 128 + i * 46, 384, 2, "#9ab0c8")
        scrawl(inlay, 26, 92 + i * 46, row, 30, "#1c2a8a", 0.13)
    t = (-16.0, 0.0, 0.0)
    tape = soft_box(
        (-0.03, 0.013, 0.03), (0.105, 0.013, 0.067), Mat(col("#161618"), gloss=0.6), t, 0.004
    )
    face = card(
        (-0.03, 0.0272, 0.03),
        0.102,
        0.064,
        Mat(tex=_cassette_face("FOR KATE"), gloss=0.15),
        (-16, 90, 0),
    )
    shapes = [
        card((0, 0, 0.2), 1.2, 1.2, wood, (0, 90, 0)),
        tape,
        face,
        card((0.12, 0.003, 0.17), 0.09, 0.09, Mat(tex=inlay.array()), (14, 90, 0)),
        box(
            (-0.18, 0.009, 0.20),
            (0.075, 0.009, 0.055),
            Mat(col("#a8b8c0"), gloss=0.9, mirror=0.25),
            (30, 0, 0),
        ),
        limb(
            (0.07, 0.012, -0.075),
            (0.18, 0.012, 0.055),
            0.0055,
            0.0065,
            Mat(col("#1c3aa8"), gloss=0.8),
        ),
        limb((0.07, 0.012, -0.075), (0.062, 0.011, -0.085), 0.0045, 0.0015, f.CHROME),
        cyl((-0.19, 0.03, -0.09), 0.05, 0.03, Mat(col("#c8482a"), gloss=0.6)),
        cyl((-0.19, 0.058, -0.09), 0.044, 0.003, Mat(col("#6a3a1a"), gloss=0.5)),
    ]
    for k, (x, z, yaw) in enumerate([(0.2, 0.34, 10), (0.205, 0.345, -6), (-0.1, 0.36, 24)]):
        ink = ["#2a8a7a", "#d8a02c", "#7a2a6a"][k]
        y = 0.012 + 0.024 * (k == 1)
        shapes.append(
            soft_box((x, y, z), (0.1, 0.012, 0.064), Mat(col(ink), gloss=0.5), (yaw, 0, 0), 0.004)
        )
    loop = []
    for i in range(34):
        a = i * 0.33
        loop.append(
            (
                0.1 + 0.045 * math.cos(a) * (1 + i * 0.03),
                0.004,
                -0.15 + 0.02 * math.sin(a) + i * 0.003,
            )
        )
    brown = Mat(col("#3a2014"), gloss=1.0, sharp=30)
    shapes += [pipe(a, b, 0.002, brown, shadow=False) for a, b in itertools.pairwise(loop)]
    lamps = [
        Light((-0.35, 0.5, 0.35), (0.52, 0.36, 0.19), r=0.05),
        Light((0.8, 0.7, -0.5), (0.05, 0.09, 0.17), r=0.3),
    ]
    scene = Scene(shapes, lamps, (0.02, 0.5, -0.32), (-0.005, 0.0, 0.085), 40)
    return scene, Look(
        expose=0.55, bloom=0.1, focus=0.58, depth=2.6, vignette=0.6, stamp="'89  8 12"
    )


def _tape_label(words: str, second: str = "") -> Array:
    c = Canvas(620, 110, "#f0e9d6", 2)
    c.rect(0, 0, 620, 22, "#d8342a")
    c.rect(0, 22, 620, 8, "#e8a82c")
    scrawl(c, 20, 40, words, 34, "#15205a", 0.15)
    if second:
        scrawl(c, 360, 62, second, 24, "#a01818", 0.15)
    return c.array()


def _video(at: Vec, yaw: float, words: str, second: str = "", lying: bool = True) -> list[Shape]:
    t = (yaw, 0.0, 0.0)
    black = Mat(col("#151517"), gloss=0.4, sharp=50)
    spine = Mat(tex=_tape_label(words, second))
    if lying:
        c = f.place(at, yaw, 0, 0.0125, 0)
        out = [soft_box(c, (0.094, 0.0125, 0.052), black, t, 0.003)]
        out.append(card(f.place(at, yaw, 0, 0.0125, -0.0525), 0.082, 0.0105, spine, t))
    else:
        c = f.place(at, yaw, 0, 0.094, 0)
        out = [soft_box(c, (0.0125, 0.094, 0.052), black, t, 0.003)]
        out.append(card(f.place(at, yaw, 0, 0.094, -0.0525), 0.082, 0.0105, spine, (yaw, 0, 90)))
    return out


def _video_top() -> Array:
    c = Canvas(760, 420, "#18181a", 2)
    c.rect(215, 30, 330, 200, "#f0e9d6", 8)
    c.rect(215, 30, 330, 40, "#d8342a", 8)
    scrawl(c, 236, 88, "XMAS TOP", 46, "#15205a", 0.15)
    scrawl(c, 236, 156, "DO NOT TAPE", 30, "#a01818", 0.16)
    scrawl(c, 316, 194, "OVER!!!", 30, "#a01818", 0.16)
    for x in (110, 650):
        c.oval(x, 180, 84, 84, "#0a0a0b")
        c.oval(x, 180, 74, 74, "#38261c")
        c.oval(x, 180, 34, 34, "#e8e4d8")
        c.oval(x, 180, 20, 20, "#0a0a0b")
    c.rect(0, 340, 760, 10, "#2e2e32")
    for k in range(16):
        c.rect(60 + k * 42, 372, 22, 30, "#232326")
    return c.array()


def vhs(which: str = "1") -> tuple[Scene, Look]:
    """Tapes: 1 a stack beside the recorder, 2 one tape on the carpet before a rewinding screen."""
    wood = Mat(tex=patterns.wood("shelf", "#3a1e0c", "#9a5c28"), tile=(0.9, 0.4), gloss=0.4)
    if which == "1":
        back = Mat(
            tex=patterns.wallpaper("den2", "#a8783c", "#6a3c1a", "#5a5a2a"), tile=(0.35, 0.35)
        )
        shapes: list[Shape] = [
            box((0, -0.03, 0.3), (0.9, 0.03, 0.5), wood),
            card((0, 0.4, 0.75), 1.0, 0.5, back),
            soft_box(
                (0.1, 0.05, 0.40),
                (0.235, 0.05, 0.17),
                Mat(col("#26262a"), gloss=0.5),
                (-8, 0, 0),
                0.006,
            ),
        ]
        vcr = (0.1, 0.0, 0.40)

        def p(x: float, y: float, z: float) -> Vec:
            return f.place(vcr, -8, x, y, z)

        clock = Canvas(220, 60, "#03120f", 2)
        clock.text(30, 10, "12:00", 6, "#50ffd0")
        shapes += [
            card(
                p(0.10, 0.060, -0.1722),
                0.075,
                0.022,
                Mat((0, 0, 0), emit=(1.6,) * 3, emit_tex=clock.array()),
                (-8, 0, 0),
            ),
            box(
                p(-0.1, 0.068, -0.17),
                (0.105, 0.017, 0.003),
                Mat(col("#0c0c0e"), gloss=0.6),
                (-8, 0, 0),
            ),
            box(
                p(-0.1, 0.068, -0.173),
                (0.1, 0.012, 0.002),
                Mat(col("#3a3a40"), gloss=0.6),
                (-8, 0, 0),
            ),
        ]
        for k in range(5):
            shapes.append(
                box(
                    p(-0.18 + 0.042 * k, 0.026, -0.172),
                    (0.017, 0.008, 0.004),
                    Mat(col(["#c8c8cc", "#c8c8cc", "#c8c8cc", "#d83a2a", "#c8c8cc"][k]), gloss=0.4),
                    (-8, 0, 0),
                )
            )
        rows = [
            ("BIG MATCH", "", 4),
            ("CARTOONS 2", "", -7),
            ("GRANS 80TH", "KEEP", 5),
            ("XMAS 88", "", -3),
            ("FILM - SCARY", "NOT KIDS", 8),
            ("TOP TUNES", "", -5),
        ]
        for i, (a, b, yaw) in enumerate(rows):
            shapes += _video((-0.175 + 0.004 * (i % 3), 0.0255 * i, 0.16), yaw, a, b)
        for i, (a, yaw) in enumerate([("WILDLIFE", -12), ("SNOOKER", -7)]):
            shapes += _video((0.16 + 0.034 * i, 0.1, 0.42), yaw, a, lying=False)
        shapes += _video((0.16, 0, 0.06), 24, "XMAS TOP 89", "OURS")
        shapes.append(
            card((0.16, 0.0256, 0.06), 0.093, 0.051, Mat(tex=_video_top(), gloss=0.4), (24, 90, 0))
        )
        lamps = [
            Light((-0.5, 0.6, -0.1), (0.42, 0.26, 0.12), r=0.06),
            Light((0.6, 0.35, -0.5), (0.07, 0.11, 0.2), r=0.2),
            Light(p(0.09, 0.046, -0.22), (0.002, 0.012, 0.009), r=0.03, shine=False),
        ]
        scene = Scene(shapes, lamps, (0.0, 0.26, -0.66), (0.0, 0.11, 0.25), 43)
        return scene, Look(expose=0.5, bloom=0.14, focus=0.8, depth=2.0, stamp="'89 12 27")
    shapes = den("#2c3450")
    shapes += [box((0.0, 0.1, 1.9), (0.6, 0.1, 0.3), wood)]
    s, lamps = f.television(
        (0.0, 0.2, 1.9), 0, screens.tape_noise(phase=0.31), 1.1, 1.7, aerial=False
    )
    shapes += s
    for lamp in lamps:
        lamp.power = tuple(v * 2.4 for v in lamp.power)
    shapes += [
        soft_box(
            (0.0, 0.04, 0.80),
            (0.19, 0.026, 0.104),
            Mat(col("#151517"), gloss=0.5),
            (-20, 0, 0),
            0.006,
        ),
        card((0.0, 0.0665, 0.80), 0.186, 0.101, Mat(tex=_video_top(), gloss=0.4), (-20, 90, 0)),
    ]
    shapes += f.torn_paper((0.4, 0, 0.95), "stars", 2, 0.05, "v1")
    lamps.append(Light((0.6, 0.9, 0.0), (0.75, 0.46, 0.24), r=0.1))
    scene = Scene(shapes, lamps, (0.05, 0.56, -0.35), (0.0, 0.28, 1.5), 42, extra=dict(TALL))
    return scene, Look(expose=0.5, bloom=0.18, warm=0.1, focus=1.2, depth=1.2, lift=0.03)


def scissors() -> tuple[Scene, Look]:
    """The good scissors, mid-wrap, by lamplight on the carpet."""
    carpet = Mat(tex=patterns.axminster("floor"), tile=(0.62, 0.62))
    paper = Mat(tex=patterns.wrap("holly"), tile=(0.16, 0.16), gloss=0.3)
    steel = Mat(col("#b8bcc2"), gloss=1.2, sharp=70, mirror=0.35)
    orange = Mat(col("#ff6a12"), gloss=0.6, sharp=40)
    shapes: list[Shape] = [
        card((0, 0, 0.3), 1.4, 1.4, carpet, (0, 90, 0)),
        card((0.02, 0.004, 0.26), 0.36, 0.27, paper, (8, 90, 0)),
        Shape("cyl", (0.05, 0.03, 0.55), (0.028, 0.4, 0.028), paper, (8, 0, 90)),
        Shape("cyl", (-0.27, 0.022, 0.0), (0.045, 0.012, 0.045), Mat(col("#d8c89a"), gloss=0.7)),
        ring((-0.27, 0.022, 0.0), 0.035, 0.012, Mat(col("#e8dcb0"), gloss=0.5)),
    ]
    shapes += f.present((-0.13, 0.005, 0.36), (0.1, 0.05, 0.075), "holly", "#f0c848", -14)
    shapes += f.present((0.23, 0.005, 0.42), (0.075, 0.075, 0.06), "stars", "#e03030", 20)
    tilt = 0.024
    for s, a in ((1, 0.30), (-1, -0.16)):
        ca, sa = math.cos(a + 0.5), math.sin(a + 0.5)
        pivot = (0.08, tilt, 0.11)
        tip = (pivot[0] - 0.17 * sa, tilt, pivot[2] + 0.17 * ca)
        mid = ((pivot[0] + tip[0]) / 2, tilt + 0.002 * s, (pivot[2] + tip[2]) / 2)
        yaw = math.degrees(math.atan2(-sa, ca))
        shapes.append(box(mid, (0.0095, 0.0022, 0.088), steel, (yaw, 0, 0)))
        tail = (pivot[0] + 0.07 * sa, tilt, pivot[2] - 0.07 * ca)
        shapes.append(limb(pivot, tail, 0.010, 0.011, orange))
        hole = (tail[0] + 0.026 * sa + s * 0.012 * ca, tilt, tail[2] - 0.026 * ca + s * 0.012 * sa)
        shapes.append(ring(hole, 0.030, 0.0095, orange))
    shapes.append(cyl((0.08, 0.030, 0.11), 0.009, 0.004, f.CHROME))
    shapes += f.torn_paper((-0.2, 0, 0.14), "holly", 2, 0.03, "s1")
    for k in range(5):
        g = draw.rng(f"ribbon{k}")
        pts = [
            (
                0.30 + 0.02 * math.sin(i * 0.9 + k) + 0.004 * i,
                0.012 + 0.01 * math.cos(i * 0.9 + k),
                0.05 + 0.012 * i + 0.01 * k,
            )
            for i in range(20)
        ]
        ink = Mat(col(["#d02028", "#e8b838", "#1f8a40"][int(g.integers(0, 3))]), gloss=1.0)
        shapes += [pipe(a, b, 0.004, ink, shadow=False) for a, b in itertools.pairwise(pts)]
    lamps = [
        Light((-0.55, 0.75, 0.55), (0.85, 0.56, 0.28), r=0.08),
        Light((0.7, 0.6, -0.3), (0.10, 0.15, 0.26), r=0.3),
        Light((0.05, 0.5, -0.38), (0.12, 0.11, 0.10), r=0.02),
    ]
    scene = Scene(shapes, lamps, (0.04, 0.62, -0.32), (0.0, 0.0, 0.235), 42)
    return scene, Look(
        expose=-0.1, bloom=0.1, focus=0.75, depth=2.0, vignette=0.5, stamp="'89 12 23"
    )
