"""Solid shapes a ray can hit: box, ball, cylinder (or cone), card, and free forms by distance.

Space is in metres: x to the right, y up, z away from the camera. Rays are arrays of shape
(3, n), float32. A shape keeps the matrix from its own unit space to the room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

Array = Any
FAR = np.float32(1e9)
Vec = tuple[float, float, float]


@dataclass(frozen=True)
class Mat:
    """What a surface looks like.

    Attributes:
        color: Diffuse colour, linear 0 to 1; multiplies `tex`.
        tex: Picture (h, w, 3 or 4), linear; alpha below 0.5 is a hole (cards only).
        tile: Metres (u, v) one tile of `tex` covers; None stretches it over the shape.
        emit: Light given off, linear; multiplies `emit_tex` where there is one.
        emit_tex: Picture (h, w, 3) of the light given off.
        gloss: Strength of highlights of the lights, 0 for none.
        sharp: Blinn exponent of the highlight.
        mirror: Share of what is mirrored, 0 to 1, before the edge of the shape raises it.
        rough: Random colour change from grain to grain, 0 to 1.
    """

    color: Vec = (0.6, 0.6, 0.6)
    tex: Array = None
    tile: tuple[float, float] | None = None
    emit: Vec = (0.0, 0.0, 0.0)
    emit_tex: Array = None
    gloss: float = 0.0
    sharp: float = 40.0
    mirror: float = 0.0
    rough: float = 0.0


def turned(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Array:
    """Rotation matrix from degrees: roll about z first, then pitch about x, then yaw about y."""
    y, p, r = np.radians([yaw, pitch, roll])
    ry = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    rx = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    rz = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return ry @ rx @ rz


@dataclass
class Shape:
    """One thing in the room.

    Attributes:
        kind: "box", "ball", "cyl", "card" or "form".
        at: Centre.
        size: Half sizes along the shape's own axes (a card's third is ignored).
        mat: Surface.
        turn: Degrees (yaw, pitch, roll).
        top: For "cyl": radius at the top against the bottom (0 makes a cone).
        form: For "form": signed distance in metres of own coordinates (x, y, z).
        shadow: Whether it keeps light away from others.
        seen: Whether the camera sees it.
        lit: Whether light reaches it evenly from all sides (leaves, needles, hair).
    """

    kind: str
    at: Vec
    size: Vec
    mat: Mat
    turn: Vec = (0.0, 0.0, 0.0)
    top: float = 1.0
    form: Callable[[Array, Array, Array], Array] | None = None
    shadow: bool = True
    seen: bool = True
    lit: bool = False
    rot: Array = field(init=False)
    inv: Array = field(init=False)
    c: Array = field(init=False)
    radius: float = field(init=False)
    low: Array = field(init=False)
    high: Array = field(init=False)

    def __post_init__(self) -> None:
        """Works out matrices and bounds."""
        rot = turned(*self.turn)
        s = np.array([max(abs(v), 1e-6) for v in self.size])
        if self.kind == "card":
            s[2] = 1.0
        unit = np.ones(3) if self.kind == "form" else s
        self.rot = rot.astype(np.float32)
        self.inv = (np.diag(1.0 / unit) @ rot.T).astype(np.float32)
        self.c = np.array(self.at, np.float32)[:, None]
        half = s.copy()
        if self.kind == "card":
            half[2] = 0.0
        if self.kind == "cyl":
            half[[0, 2]] *= max(1.0, self.top)
        self.radius = float(max(half) if self.kind == "ball" else np.sqrt((half**2).sum()))
        reach = np.abs(rot) @ half
        self.low = (np.array(self.at) - reach - 1e-3).astype(np.float32)
        self.high = (np.array(self.at) + reach + 1e-3).astype(np.float32)

    def hit(self, o: Array, d: Array) -> Array:
        """Distance along each ray to the first hit in front of it, FAR where there is none."""
        p = self.inv @ (o - self.c)
        v = self.inv @ d
        return _HITS[self.kind](self, np.broadcast_to(p, v.shape), v)

    def surface(self, w: Array) -> tuple[Array, Array, Array]:
        """For points (3, n) on the shape: outward normals (3, n), and u, v in 0 to 1 or metres."""
        p = self.inv @ (w - self.c)
        n, u, v = _SURFACES[self.kind](self, p)
        n = self.rot @ n
        return n / np.maximum(np.sqrt((n * n).sum(0)), 1e-9), u, v


def _slabs(p: Array, v: Array, half: Array) -> tuple[Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        iv = 1.0 / np.where(np.abs(v) < 1e-9, np.float32(1e-9), v)
    a = (-half - p) * iv
    b = (half - p) * iv
    return np.minimum(a, b).max(0), np.maximum(a, b).min(0)


def _hit_box(_: Shape, p: Array, v: Array) -> Array:
    near, far = _slabs(p, v, np.ones((3, 1), np.float32))
    t = np.where(near > 1e-4, near, far)
    return np.where((near <= far) & (t > 1e-4), t, FAR)


def _hit_ball(_: Shape, p: Array, v: Array) -> Array:
    a = (v * v).sum(0)
    b = (p * v).sum(0)
    c = (p * p).sum(0) - 1.0
    disc = b * b - a * c
    root = np.sqrt(np.maximum(disc, 0))
    near = (-b - root) / a
    far = (-b + root) / a
    t = np.where(near > 1e-4, near, far)
    return np.where((disc > 0) & (t > 1e-4), t, FAR)


def _hit_cyl(s: Shape, p: Array, v: Array) -> Array:
    m, k = (1 + s.top) / 2, (s.top - 1) / 2
    r, dr = m + k * p[1], k * v[1]
    a = v[0] ** 2 + v[2] ** 2 - dr * dr
    b = p[0] * v[0] + p[2] * v[2] - r * dr
    c = p[0] ** 2 + p[2] ** 2 - r * r
    a = np.where(np.abs(a) < 1e-12, np.float32(1e-12), a)
    disc = b * b - a * c
    root = np.sqrt(np.maximum(disc, 0))
    best = np.full(p.shape[1], FAR, np.float32)
    for t in ((-b - root) / a, (-b + root) / a):
        y = p[1] + t * v[1]
        good = (disc > 0) & (t > 1e-4) & (np.abs(y) <= 1) & (m + k * y >= 0)
        best = np.where(good & (t < best), t, best)
    vy = np.where(np.abs(v[1]) < 1e-9, np.float32(1e-9), v[1])
    for end, rad in ((-1.0, 1.0), (1.0, s.top)):
        t = (end - p[1]) / vy
        x, z = p[0] + t * v[0], p[2] + t * v[2]
        good = (t > 1e-4) & (x * x + z * z <= rad * rad)
        best = np.where(good & (t < best), t, best)
    return best


def _hit_card(s: Shape, p: Array, v: Array) -> Array:
    t = -p[2] / np.where(np.abs(v[2]) < 1e-9, np.float32(1e-9), v[2])
    x, y = p[0] + t * v[0], p[1] + t * v[1]
    good = (t > 1e-4) & (np.abs(x) <= 1) & (np.abs(y) <= 1)
    tex = s.mat.tex
    if tex is not None and tex.shape[2] == 4:
        h, w = tex.shape[:2]
        i = np.clip(((1 - y) / 2 * h).astype(np.int32), 0, h - 1)
        j = np.clip(((x + 1) / 2 * w).astype(np.int32), 0, w - 1)
        good &= tex[i, j, 3] > 0.5
    return np.where(good, t, FAR)


def _hit_form(s: Shape, p: Array, v: Array) -> Array:
    form = s.form
    if form is None:
        raise ValueError("a form needs its distance function")
    half = np.array(s.size, np.float32)[:, None]
    near, far = _slabs(p, v, half)
    out = np.full(p.shape[1], FAR, np.float32)
    live = np.nonzero((near <= far) & (far > 1e-4))[0]
    t = np.maximum(near[live], 1e-3)
    far = far[live]
    for _ in range(56):
        if not live.size:
            break
        q = p[:, live] + t * v[:, live]
        dist = form(q[0], q[1], q[2])
        done = dist < 6e-4
        out[live[done]] = t[done]
        t = t + np.maximum(dist, 3e-4) * 0.92
        keep = ~done & (t < far)
        live, t, far = live[keep], t[keep], far[keep]
    return out


def _on_box(s: Shape, p: Array) -> tuple[Array, Array, Array]:
    axis = np.abs(p).argmax(0)
    n = np.zeros_like(p)
    cols = np.arange(p.shape[1])
    n[axis, cols] = np.sign(p[axis, cols])
    m = p * np.array(s.size, np.float32)[:, None]
    u = np.where(axis == 0, m[2], m[0])
    v = np.where(axis == 1, m[2], m[1])
    if s.mat.tile is None:
        su = np.where(axis == 0, s.size[2], s.size[0])
        sv = np.where(axis == 1, s.size[2], s.size[1])
        u, v = u / su / 2 + 0.5, v / sv / 2 + 0.5
    return n, u, v


def _on_ball(s: Shape, p: Array) -> tuple[Array, Array, Array]:
    n = p / np.array(s.size, np.float32)[:, None]
    u = np.arctan2(p[0], -p[2]) / (2 * np.pi) + 0.5
    v = np.arcsin(np.clip(p[1], -1, 1)) / np.pi + 0.5
    return n, u, v


def _on_cyl(s: Shape, p: Array) -> tuple[Array, Array, Array]:
    cap = np.abs(p[1]) > 0.9995
    k = (s.top - 1) / 2 * s.size[0] / s.size[1]
    n = np.stack(
        [
            np.where(cap, 0, p[0] / s.size[0]),
            np.where(cap, np.sign(p[1]), -k * np.hypot(p[0], p[2]) / s.size[0]),
            np.where(cap, 0, p[2] / s.size[2]),
        ]
    )
    u = np.arctan2(p[0], -p[2]) / (2 * np.pi) + 0.5
    v = p[1] / 2 + 0.5
    if s.mat.tile is not None:
        u, v = u * 2 * np.pi * s.size[0], v * 2 * s.size[1]
    return n.astype(np.float32), u, v


def _on_card(s: Shape, p: Array) -> tuple[Array, Array, Array]:
    n = np.zeros_like(p)
    n[2] = -1
    if s.mat.tile is not None:
        return n, p[0] * s.size[0], p[1] * s.size[1]
    return n, p[0] / 2 + 0.5, p[1] / 2 + 0.5


def _on_form(s: Shape, p: Array) -> tuple[Array, Array, Array]:
    form = s.form
    if form is None:
        raise ValueError("a form needs its distance function")
    e = np.float32(1.5e-3)
    x, y, z = p
    n = np.stack(
        [
            form(x + e, y, z) - form(x - e, y, z),
            form(x, y + e, z) - form(x, y - e, z),
            form(x, y, z + e) - form(x, y, z - e),
        ]
    ).astype(np.float32)
    if s.mat.tile is not None:
        flat = np.abs(n[1]) > np.abs(n[0]) + np.abs(n[2])
        side = np.abs(n[0]) > np.abs(n[2])
        return n, np.where(side & ~flat, z, x), np.where(flat, z, y)
    return n, x / s.size[0] / 2 + 0.5, y / s.size[1] / 2 + 0.5


_HITS = {
    "box": _hit_box,
    "ball": _hit_ball,
    "cyl": _hit_cyl,
    "card": _hit_card,
    "form": _hit_form,
}
_SURFACES = {
    "box": _on_box,
    "ball": _on_ball,
    "cyl": _on_cyl,
    "card": _on_card,
    "form": _on_form,
}


def box(at: Vec, size: Vec, mat: Mat, turn: Vec = (0, 0, 0), **more: float) -> Shape:
    """A box of half sizes `size`."""
    return Shape("box", at, size, mat, turn, **more)


def ball(at: Vec, size: float | Vec, mat: Mat, turn: Vec = (0, 0, 0), **more: float) -> Shape:
    """A ball, or an egg when `size` has three radii."""
    full = size if isinstance(size, tuple) else (size, size, size)
    return Shape("ball", at, full, mat, turn, **more)


def cyl(at: Vec, r: float, half: float, mat: Mat, turn: Vec = (0, 0, 0), **more: float) -> Shape:
    """An upright cylinder of radius `r` and half height `half`."""
    return Shape("cyl", at, (r, half, r), mat, turn, **more)


def card(at: Vec, w: float, h: float, mat: Mat, turn: Vec = (0, 0, 0), **more: float) -> Shape:
    """A flat picture of half sizes w, h that faces the camera before it is turned."""
    return Shape("card", at, (w, h, 1.0), mat, turn, **more)


def pipe(a: Vec, b: Vec, r: float, mat: Mat, **more: float) -> Shape:
    """A cylinder of radius `r` from point a to point b."""
    p, q = np.array(a, float), np.array(b, float)
    d = q - p
    length = float(np.sqrt((d * d).sum()))
    flat = float(np.hypot(d[0], d[2]))
    yaw = float(np.degrees(np.arctan2(d[0], d[2]))) if flat > 1e-9 else 0.0
    pitch = float(np.degrees(np.arctan2(flat, d[1])))
    mid = (p + q) / 2
    at = (float(mid[0]), float(mid[1]), float(mid[2]))
    return Shape("cyl", at, (r, length / 2, r), mat, (yaw, pitch, 0), **more)


def soft_box(
    at: Vec, size: Vec, mat: Mat, turn: Vec = (0, 0, 0), edge: float = 0.04, **more: float
) -> Shape:
    """A box with round edges of radius `edge`: cushions, cabinets, cassettes."""
    half = tuple(max(v - edge, 1e-4) for v in size)

    def form(x: Array, y: Array, z: Array) -> Array:
        a, b, c = np.abs(x) - half[0], np.abs(y) - half[1], np.abs(z) - half[2]
        out = np.sqrt(np.maximum(a, 0) ** 2 + np.maximum(b, 0) ** 2 + np.maximum(c, 0) ** 2)
        return out + np.minimum(np.maximum(a, np.maximum(b, c)), 0) - edge

    return Shape("form", at, size, mat, turn, form=form, **more)


def ring(at: Vec, r: float, thick: float, mat: Mat, turn: Vec = (0, 0, 0), **more: float) -> Shape:
    """A ring of radius `r` lying flat (axis up)."""

    def form(x: Array, y: Array, z: Array) -> Array:
        return np.hypot(np.hypot(x, z) - r, y) - thick

    size = (r + thick, thick, r + thick)
    return Shape("form", at, size, mat, turn, form=form, **more)


def limb(a: Vec, b: Vec, ra: float, rb: float, mat: Mat, **more: float) -> Shape:
    """A rounded limb from a (radius ra) to b (radius rb): arms, legs, handles."""
    p, q = np.array(a, float), np.array(b, float)
    mid = (p + q) / 2
    h = (q - p) / 2
    hh = float((h * h).sum()) + 1e-9

    def form(x: Array, y: Array, z: Array) -> Array:
        k = np.clip((x * h[0] + y * h[1] + z * h[2]) / hh, -1, 1)
        dist = np.sqrt((x - k * h[0]) ** 2 + (y - k * h[1]) ** 2 + (z - k * h[2]) ** 2)
        return dist - (ra + (rb - ra) * (k + 1) / 2)

    size = tuple(float(abs(v)) + max(ra, rb) for v in h)
    at = (float(mid[0]), float(mid[1]), float(mid[2]))
    return Shape("form", at, (size[0], size[1], size[2]), mat, form=form, **more)
