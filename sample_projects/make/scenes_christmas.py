"""Christmas morning 1989, six takes of one living room."""

from __future__ import annotations

from typing import Any

from sample_projects.make import furniture as f
from sample_projects.make import patterns, people, screens
from sample_projects.make.draw import col
from sample_projects.make.film import Look
from sample_projects.make.shapes import Mat, Shape, box, card, cyl, soft_box
from sample_projects.make.trace import Light, Scene

Array = Any
PYJAMAS = ["#e6e9f0", "#e6e9f0", "#e6e9f0", "#6a86c4"] * 2


def parlour() -> list[Shape]:
    """The empty room: papered wall, carpet, skirting, ceiling, window with curtains."""
    paper = Mat(tex=patterns.wallpaper(), tile=(0.62, 0.62))
    carpet = Mat(tex=patterns.axminster(), tile=(1.15, 1.15))
    white = Mat(col("#cfc4ac"), gloss=0.1)
    cloth = patterns.stripes(["#7c2a1c", "#8c3a22", "#7c2a1c", "#a8622e", "#d09a50", "#a8622e"])
    out = [
        card((0, 0, 2.2), 4.0, 4.0, carpet, (0, 90, 0)),
        card((0, 1.35, 4.3), 4.0, 1.4, paper),
        card((-2.15, 1.35, 2.0), 4.0, 1.4, paper, (-90, 0, 0)),
        card((2.15, 1.35, 2.0), 4.0, 1.4, paper, (90, 0, 0)),
        card((0, 2.62, 2.2), 4.0, 4.0, Mat(col("#d8cdb8")), (0, -90, 0)),
        box((0, 0.07, 4.27), (4, 0.07, 0.02), white),
        box((0, 2.55, 4.27), (4, 0.05, 0.03), white),
    ]
    out += f.window(0.72, 1.62, 4.29, 0.56, 0.56, screens.dawn(), 1.15)
    out += f.curtain(0.02, 0.72, 2.4, 4.16, 0.22, cloth)
    out += f.curtain(1.42, 0.72, 2.4, 4.16, 0.22, cloth)
    out.append(cyl((0.72, 2.4, 4.14), 0.022, 1.0, f.BRASS, (0, 0, 90)))
    return out


def stand(x: float, z: float, yaw: float) -> list[Shape]:
    """A television stand with a video recorder under the top."""
    wood = Mat(tex=patterns.wood("stand", "#3a1e0e", "#8a5226"), tile=(0.8, 0.3), gloss=0.25)
    at = (x, 0.0, z)
    t = (yaw, 0.0, 0.0)
    p = f.place
    out = [
        box(p(at, yaw, 0, 0.47, 0), (0.46, 0.02, 0.24), wood, t),
        box(p(at, yaw, 0, 0.10, 0), (0.44, 0.02, 0.22), wood, t),
        box(p(at, yaw, -0.43, 0.24, 0), (0.02, 0.24, 0.23), wood, t),
        box(p(at, yaw, 0.43, 0.24, 0), (0.02, 0.24, 0.23), wood, t),
        soft_box(p(at, yaw, -0.05, 0.175, -0.02), (0.24, 0.05, 0.18), f.BLACK, t, 0.008),
        box(
            p(at, yaw, 0.08, 0.18, -0.203),
            (0.06, 0.014, 0.002),
            Mat((0, 0, 0), emit=(0.05, 1.1, 0.7)),
            t,
        ),
        box(p(at, yaw, -0.14, 0.19, -0.203), (0.09, 0.012, 0.002), Mat(col("#3a3a3c")), t),
    ]
    for k in range(5):
        mat = Mat(col(["#e8e2d0", "#1a1a1a", "#c8482a", "#1a1a1a", "#e0b84a"][k]))
        out.append(box(p(at, yaw, 0.27 + 0.028 * k, 0.21, -0.05), (0.012, 0.09, 0.1), mat, t))
    return out


def presents() -> list[Shape]:
    """The heap under and before the tree."""
    out: list[Shape] = []
    out += f.present((-0.98, 0, 2.72), (0.25, 0.15, 0.18), "stripe", "#1f8a3c", 12)
    out += f.present((-1.45, 0, 2.95), (0.2, 0.26, 0.18), "stars", "#f0c040", -16)
    out += f.present((-0.52, 0, 3.02), (0.17, 0.1, 0.14), "check", "#e03030", -22)
    out += f.present((-1.02, 0.3, 2.74), (0.15, 0.08, 0.12), "dots", "#b01020", -8)
    out += f.present((-1.3, 0, 2.3), (0.17, 0.085, 0.13), "holly", "#f0d060", 24)
    out += f.present((-0.62, 0, 2.5), (0.11, 0.11, 0.11), "tree", "#d02020", 30)
    out += f.present((-1.62, 0, 2.52), (0.12, 0.13, 0.12), "dots", "#1f7a3c", 5)
    return out


def living_room(
    power: float = 1.0, *, kid: bool = True, flat: bool = False, night: float = 1.0
) -> tuple[list[Shape], list[Light]]:
    """Everything in its place on Christmas morning.

    Args:
        power: Of the lights on the tree.
        kid: Whether the child sits there.
        flat: Whether the mistake hangs on the wall: a flat panel of another century.
        night: How dark the dawn is, 1 for blue, less for brighter day.
    """
    shapes = parlour()
    a, lamps = f.tree((-0.98, 0, 3.5), 2.14, power * 1.25, bulbs=power)
    shapes += a
    shapes += presents()
    if flat:
        pic = screens.snowman(960, 540)
        shapes.append(box((1.0, 1.02, 3.9), (0.8, 0.46, 0.02), f.BLACK))
        shapes.append(
            card((1.0, 1.02, 3.87), 0.78, 0.44, Mat((0, 0, 0), emit=(1.9,) * 3, emit_tex=pic))
        )
        lamps.append(Light((1.0, 1.0, 3.8), (0.5, 0.7, 1.1), u=(0, 0.4, 0), v=(0.7, 0, 0)))
        shapes += stand(1.0, 3.75, -8)
    else:
        shapes += stand(0.74, 3.6, -10)
        b, glow = f.television((0.74, 0.49, 3.58), -10, screens.snowman(), 1.22, 1.7)
        shapes += b
        lamps += glow
    if kid:
        shapes += people.child((0.22, 0, 2.35), -4, PYJAMAS, size=1.12)
    shapes += f.torn_paper((-0.15, 0, 1.95), "stripe", 4, 0.16, "torn1")
    shapes += f.torn_paper((0.72, 0, 2.3), "stars", 3, 0.12, "torn2")
    shapes += f.paper_chain((-2.1, 2.5, 4.1), (-0.2, 2.52, 4.1), 0.28, 19)
    shapes += f.paper_chain((-0.2, 2.52, 4.1), (2.1, 2.5, 4.1), 0.18, 21)
    shapes += f.armchair((1.62, 0, 1.95), 62, "#8a5a2a")
    blue = 1.0 * night
    lamps.append(
        Light(
            (0.72, 1.62, 4.2),
            (0.55 * blue, 0.95 * blue, 1.9 * blue),
            u=(0, 0.5, 0),
            v=(0.5, 0, 0),
            shine=False,
        )
    )
    lamps.append(
        Light((-1.0, 1.2, 2.5), (0.34 * power, 0.19 * power, 0.07 * power), r=0.4, shine=False)
    )
    lamps.append(Light((1.2, 2.1, -0.4), (0.75, 0.45, 0.21), r=0.35, shine=False))
    return shapes, lamps


def take(which: str) -> tuple[Scene, Look]:
    """A take of the brief: "01" the hero, "02" low among the presents, "03" with the mistake.

    "04" is shaken, "05" burnt out by the flash, "06" tall for a reel.
    """
    if which == "01":
        return hero()
    if which == "02":
        shapes, lamps = living_room(kid=False)
        lamps.append(Light((-0.2, 0.9, 0.6), (0.30, 0.26, 0.2), r=0.02))
        scene = Scene(shapes, lamps, (-0.62, 0.42, 1.05), (-0.98, 0.74, 3.4), 50, roll=-3)
        return scene, Look(expose=0.3, bloom=0.16, focus=1.6, depth=1.6, stamp="'89 12 25")
    if which == "03":
        shapes, lamps = living_room(flat=True)
        scene = Scene(shapes, lamps, (0.05, 1.05, -0.75), (0.02, 0.97, 3.3), 44)
        return scene, Look(expose=0.3, bloom=0.15, focus=3.0, depth=0.9)
    if which == "04":
        shapes, lamps = living_room()
        scene = Scene(shapes, lamps, (0.35, 1.2, 0.1), (0.3, 0.85, 3.3), 40, roll=5)
        return scene, Look(expose=0.35, bloom=0.18, shake=(64, 26), stamp="'89 12 25", leak=0.25)
    if which == "05":
        shapes, lamps = living_room(night=0.8)
        lamps.append(Light((0.16, 1.34, -0.1), (9.0, 8.6, 8.0), r=0.02))
        scene = Scene(shapes, lamps, (0.0, 1.12, -0.1), (-0.12, 0.85, 3.3), 45, roll=-2)
        return scene, Look(
            expose=1.7, bloom=0.3, contrast=0.92, color=0.95, lift=0.06, leak=0.9, leak_side="left"
        )
    shapes, lamps = living_room(kid=True)
    scene = Scene(
        shapes, lamps, (-0.12, 1.05, -2.1), (-0.14, 1.12, 3.3), 41, extra={"size": (1080, 1920)}
    )
    return scene, Look(expose=0.35, bloom=0.16, focus=3.0, depth=0.9)


def hero() -> tuple[Scene, Look]:
    """The tree, the set, the child: first take, the one to keep."""
    shapes, lamps = living_room()
    scene = Scene(shapes, lamps, (-0.08, 1.0, -0.80), (-0.15, 0.96, 3.3), 43)
    return scene, Look(expose=0.35, bloom=0.16, focus=3.0, depth=0.9, stamp="'89 12 25", leak=0.0)
