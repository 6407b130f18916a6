"""Children, from behind, so that they could be anyone."""

from __future__ import annotations

import numpy as np

from sample_projects.make import patterns
from sample_projects.make.draw import col
from sample_projects.make.furniture import place
from sample_projects.make.shapes import (
    Mat,
    Shape,
    Vec,
    ball,
    cyl,
    limb,
    soft_box,
)


def child(
    at: Vec,
    yaw: float,
    shirt: list[str],
    hair: str = "#3b2413",
    size: float = 1.0,
    reach: bool = False,
) -> list[Shape]:
    """A child who sits cross-legged, looking along +z before turning; `at` is on the floor."""
    s = size
    cloth = Mat(tex=patterns.stripes(shirt, "pyjama"), tile=(0.25, 1.0))
    skin = Mat(col("#d49a78"))
    mop = Mat(col(hair), rough=0.35, gloss=0.12, sharp=12)

    def p(x: float, y: float, z: float) -> Vec:
        return place(at, yaw, x * s, y * s, z * s)

    t = (yaw, 0.0, 0.0)
    out = [
        ball(p(0, 0.11, 0), (0.155 * s, 0.115 * s, 0.14 * s), cloth, t),
        ball(p(0, 0.29, 0.01), (0.132 * s, 0.21 * s, 0.105 * s), cloth, (yaw, 6, 0)),
        ball(p(0, 0.42, 0.015), (0.135 * s, 0.075 * s, 0.085 * s), cloth, t),
        cyl(p(0, 0.49, 0.02), 0.042 * s, 0.05 * s, skin),
        ball(p(0, 0.61, 0.03), (0.100 * s, 0.118 * s, 0.112 * s), skin, t),
        ball(p(0, 0.645, 0.012), (0.118 * s, 0.112 * s, 0.122 * s), mop, t),
        ball(p(0, 0.58, -0.035), (0.098 * s, 0.088 * s, 0.078 * s), mop, t),
        ball(p(0.03, 0.73, 0.01), (0.03 * s, 0.02 * s, 0.03 * s), mop, (yaw, 30, 20)),
        ball(p(-0.1, 0.595, 0.035), (0.016 * s, 0.028 * s, 0.02 * s), skin, t),
        ball(p(0.1, 0.595, 0.035), (0.016 * s, 0.028 * s, 0.02 * s), skin, t),
    ]
    for side in (-1, 1):
        knee = p(side * 0.27, 0.085, 0.17)
        out.append(limb(p(side * 0.09, 0.1, 0.03), knee, 0.085 * s, 0.066 * s, cloth))
        out.append(limb(knee, p(-side * 0.05, 0.06, 0.26), 0.062 * s, 0.045 * s, cloth))
        shoulder = p(side * 0.135, 0.42, 0.015)
        if reach and side > 0:
            elbow, hand = p(0.22, 0.36, 0.16), p(0.2, 0.45, 0.36)
        else:
            elbow, hand = p(side * 0.205, 0.23, 0.06), p(side * 0.09, 0.15, 0.21)
        out.append(limb(shoulder, elbow, 0.05 * s, 0.042 * s, cloth))
        out.append(limb(elbow, hand, 0.042 * s, 0.036 * s, cloth))
        out.append(ball(hand, 0.036 * s, skin))
    return out


def standing(
    at: Vec,
    yaw: float,
    shirt: list[str],
    legs: str,
    hair: str,
    size: float = 1.0,
    reach: bool = True,
) -> list[Shape]:
    """A child of about eight who stands, looking along +z before turning; 1.25 m at size 1."""
    s = size
    cloth = Mat(tex=patterns.stripes(shirt, "shirt"), tile=(1.0, 0.16))
    cloth = Mat(tex=np.ascontiguousarray(cloth.tex.transpose(1, 0, 2)), tile=(1.0, 0.16))
    skin = Mat(col("#d49a78"))
    mop = Mat(col(hair), rough=0.35, gloss=0.12, sharp=12)
    denim = Mat(col(legs), rough=0.12)
    shoe = Mat(col("#e8e2d6"), gloss=0.2)

    def p(x: float, y: float, z: float) -> Vec:
        return place(at, yaw, x * s, y * s, z * s)

    t = (yaw, 0.0, 0.0)
    out = [
        soft_box(p(0, 0.78, 0), (0.135 * s, 0.17 * s, 0.085 * s), cloth, t, 0.07 * s),
        soft_box(p(0, 0.905, 0.005), (0.145 * s, 0.07 * s, 0.08 * s), cloth, t, 0.06 * s),
        soft_box(p(0, 0.58, 0), (0.128 * s, 0.09 * s, 0.085 * s), denim, t, 0.06 * s),
        cyl(p(0, 0.99, 0.01), 0.042 * s, 0.05 * s, skin),
        ball(p(0, 1.11, 0.02), (0.098 * s, 0.118 * s, 0.11 * s), skin, t),
        ball(p(0, 1.15, 0.0), (0.116 * s, 0.108 * s, 0.12 * s), mop, t),
        ball(p(0, 1.075, -0.04), (0.096 * s, 0.085 * s, 0.078 * s), mop, t),
        ball(p(-0.104, 1.09, 0.02), (0.016 * s, 0.028 * s, 0.02 * s), skin, t),
        ball(p(0.104, 1.09, 0.02), (0.016 * s, 0.028 * s, 0.02 * s), skin, t),
    ]
    for side in (-1, 1):
        out.append(
            limb(p(side * 0.07, 0.55, 0), p(side * 0.085, 0.1, 0), 0.078 * s, 0.058 * s, denim)
        )
        out.append(
            soft_box(
                p(side * 0.09, 0.035, 0.03), (0.045 * s, 0.035 * s, 0.1 * s), shoe, t, 0.03 * s
            )
        )
        shoulder = p(side * 0.14, 0.915, 0.005)
        if reach:
            elbow, hand = p(side * 0.2, 0.76, 0.08), p(side * 0.13, 0.80, 0.3)
        else:
            elbow, hand = p(side * 0.19, 0.72, -0.02), p(side * 0.17, 0.52, 0.06)
        out.append(limb(shoulder, elbow, 0.05 * s, 0.044 * s, cloth))
        out.append(limb(elbow, hand, 0.042 * s, 0.034 * s, cloth if reach else skin))
        out.append(ball(hand, 0.036 * s, skin))
    return out
