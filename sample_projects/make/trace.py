"""Light in a room: rays from a camera, soft shadows, one bounce, mirrors.

Light is worked out at half size with a few random rays a point and smoothed along surfaces;
what is seen is then sampled four times a pixel at full size. Everything is linear light.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sample_projects.make.shapes import FAR, Mat, Shape, Vec

if TYPE_CHECKING:
    from collections.abc import Iterator

Array = Any


@dataclass
class Light:
    """A lamp. A ball of radius `r`, or a flat panel when `u` and `v` (half edges) are given.

    Attributes:
        at: One place, or many: one of them, at random, shines for each ray.
        power: Linear colour times strength; one, or one for each place.
        r: Radius in metres, for soft shadows.
        u: Half edge of a panel.
        v: Other half edge of a panel; light leaves on the side of u x v.
        shine: Whether highlights of it are seen.
    """

    at: Any
    power: Any
    r: float = 0.05
    u: Vec | None = None
    v: Vec | None = None
    shine: bool = True


@dataclass
class Scene:
    """Things, lamps and a camera.

    Attributes:
        shapes: Things.
        lights: Lamps.
        eye: Where the camera is.
        look: What it looks at.
        fov: Degrees seen from top to bottom.
        sky: Colour (top, horizon) seen and shed where nothing is hit.
        roll: Degrees the camera is tilted.
    """

    shapes: list[Shape]
    lights: list[Light]
    eye: Vec = (0, 1.2, -2)
    look: Vec = (0, 1, 2)
    fov: float = 50
    sky: tuple[Vec, Vec] = ((0.02, 0.02, 0.03), (0.02, 0.02, 0.03))
    roll: float = 0.0
    name: str = "scene"
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shot:
    """A traced picture: colour (h, w, 3), linear, and distance from the eye (h, w), metres."""

    color: Array
    depth: Array


def _unit(a: Array) -> Array:
    return a / np.maximum(np.sqrt((a * a).sum(0)), 1e-9)


def _rays(scene: Scene, x: Array, y: Array, w: int, h: int) -> Array:
    """Directions (3, n) through picture points x, y in pixels."""
    fwd = np.array(scene.look, float) - np.array(scene.eye, float)
    fwd /= np.sqrt((fwd**2).sum())
    right = np.cross([0.0, 1.0, 0.0], fwd)
    right /= np.sqrt((right**2).sum())
    up = np.cross(fwd, right)
    a = np.radians(scene.roll)
    right, up = right * np.cos(a) + up * np.sin(a), up * np.cos(a) - right * np.sin(a)
    k = np.tan(np.radians(scene.fov) / 2) * 2 / h
    px, py = (x - w / 2) * k, (h / 2 - y) * k
    d = fwd[:, None] + right[:, None] * px + up[:, None] * py
    return _unit(d).astype(np.float32)


def _near(shapes: list[Shape], low: Array, high: Array) -> list[Shape]:
    return [s for s in shapes if (s.low <= high).all() and (s.high >= low).all()]


def _cone(shapes: list[Shape], eye: Array, d: Array) -> list[Shape]:
    """Shapes that rays from one eye in directions d may touch."""
    mid = d.mean(1)
    mid /= np.sqrt((mid**2).sum())
    spread = np.arccos(np.clip((d * mid[:, None]).sum(0).min(), -1, 1))
    out = []
    for s in shapes:
        to = s.c[:, 0] - eye
        dist = float(np.sqrt((to**2).sum()))
        if dist <= s.radius:
            out.append(s)
            continue
        angle = np.arccos(np.clip((to * mid).sum() / dist, -1, 1))
        if angle <= spread + np.arcsin(min(1.0, s.radius / dist)) + 1e-3:
            out.append(s)
    return out


def _touched(shapes: list[Shape], o: Array, d: Array, reach: Array | float) -> Array:
    """Which rays pass each shape's bounding ball within reach: (shapes, rays) of bool."""
    c = np.hstack([s.c for s in shapes]).T
    r = np.array([s.radius for s in shapes], np.float32)[:, None]
    b = c @ d - (o * d).sum(0)
    far2 = (c * c).sum(1)[:, None] - 2 * (c @ o) + (o * o).sum(0)
    miss2 = far2 - b * b
    return (miss2 < r * r + 2e-4) & (b > -r - 1e-2) & (b - r < reach)


def _closest(shapes: list[Shape], o: Array, d: Array, reach: float = 1e8) -> tuple[Array, Array]:
    """Distance and number of the nearest shape along each ray; FAR and -1 for none."""
    n = d.shape[1]
    t = np.full(n, reach, np.float32)
    who = np.full(n, -1, np.int32)
    if not shapes:
        return np.full(n, FAR, np.float32), who
    touched = _touched(shapes, o, d, reach)
    for i in np.nonzero(touched.any(1))[0]:
        s = shapes[i]
        idx = np.nonzero(touched[i])[0]
        oo = o if o.shape[1] == 1 else o[:, idx]
        th = s.hit(oo, d[:, idx])
        closer = th < t[idx]
        at = idx[closer]
        t[at] = th[closer]
        who[at] = i
    return np.where(who < 0, FAR, t), who


def _blocked(shapes: list[Shape], o: Array, d: Array, reach: Array) -> Array:
    """True where something stands between o and the lamp `reach` away."""
    dark = np.zeros(d.shape[1], bool)
    if not shapes:
        return dark
    touched = _touched(shapes, o, d, reach)
    count = touched.sum(1)
    for i in np.argsort(-count):
        if not count[i]:
            break
        idx = np.nonzero(touched[i] & ~dark)[0]
        if idx.size:
            hit = shapes[i].hit(o[:, idx], d[:, idx]) < reach[idx]
            dark[idx[hit]] = True
    return dark


def _texel(tex: Array, u: Array, v: Array, tile: tuple[float, float] | None) -> Array:
    h, w = tex.shape[:2]
    if tile is not None:
        u, v = (u / tile[0]) % 1.0, (v / tile[1]) % 1.0
    i = np.clip(((1 - v) * h).astype(np.int32), 0, h - 1)
    j = np.clip((u * w).astype(np.int32), 0, w - 1)
    return tex[i, j, :3].T


@dataclass
class _Points:
    """What rays hit, side by side."""

    pos: Array
    normal: Array
    albedo: Array
    emit: Array
    gloss: Array
    sharp: Array
    mirror: Array
    hit: Array
    even: Array
    depth: Array


def _gather(scene: Scene, shapes: list[Shape], o: Array, d: Array, t: Array, who: Array) -> _Points:
    n = d.shape[1]
    f = np.float32
    hit = who >= 0
    pos = (o + np.where(hit, t, 0) * d).astype(f)
    out = _Points(
        pos,
        -d.copy(),
        np.zeros((3, n), f),
        np.zeros((3, n), f),
        np.zeros(n, f),
        np.full(n, 40, f),
        np.zeros(n, f),
        hit,
        np.zeros(n, bool),
        np.where(hit, t, 60).astype(f),
    )
    out.emit[:] = np.where(hit, 0, _sky(scene, d))
    for i in np.unique(who[hit]):
        s = shapes[i]
        at = np.nonzero(who == i)[0]
        normal, u, v = s.surface(pos[:, at])
        flip = (normal * d[:, at]).sum(0) > 0
        out.normal[:, at] = np.where(flip, -normal, normal)
        m: Mat = s.mat
        color = np.array(m.color, f)[:, None]
        albedo = color if m.tex is None else color * _texel(m.tex, u, v, m.tile)
        if m.rough:
            q = pos[:, at] * 337.0
            noise = np.sin(q[0] * 12.9898 + q[1] * 78.233 + q[2] * 37.719) * 43758.5453
            albedo = albedo * (1 + m.rough * ((noise - np.floor(noise)) * 2 - 1))
        out.albedo[:, at] = albedo
        glow = np.array(m.emit, f)[:, None]
        out.emit[:, at] = glow if m.emit_tex is None else glow * _texel(m.emit_tex, u, v, m.tile)
        out.gloss[at], out.sharp[at], out.mirror[at] = m.gloss, m.sharp, m.mirror
        out.even[at] = s.lit
    return out


def _sky(scene: Scene, d: Array) -> Array:
    top, low = (np.array(c, np.float32)[:, None] for c in scene.sky)
    k = np.clip(d[1], 0, 1) ** 0.6
    return low + (top - low) * k


def _sample(light: Light, n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """N random places on a lamp (3, n) and their power (3, n)."""
    at = np.array(light.at, np.float32)
    power = np.array(light.power, np.float32)
    if at.ndim == 2:
        pick = rng.integers(0, len(at), n)
        where, strength = at[pick].T, (power[pick].T if power.ndim == 2 else power[:, None])
        strength = strength * len(at)
    else:
        where, strength = np.repeat(at[:, None], n, 1), power[:, None]
    if light.u is not None and light.v is not None:
        a, b = rng.uniform(-1, 1, (2, n)).astype(np.float32)
        u, v = np.array(light.u, np.float32), np.array(light.v, np.float32)
        where = where + u[:, None] * a + v[:, None] * b
    elif light.r:
        g = _unit(rng.standard_normal((3, n)).astype(np.float32))
        where = where + g * np.float32(light.r)
    return where.astype(np.float32), np.broadcast_to(strength, (3, n)).astype(np.float32)


def _direct(
    light: Light,
    p: _Points,
    view: Array | None,
    rng: np.random.Generator,
    shapes: list[Shape],
) -> tuple[Array, Array | None]:
    """Light of one lamp on each point, and its highlight when `view` is given."""
    n = p.pos.shape[1]
    where, power = _sample(light, n, rng)
    to = where - p.pos
    dist = np.sqrt((to * to).sum(0)) + 1e-6
    d = to / dist
    cos = (p.normal * d).sum(0)
    cos = np.where(p.even, 0.35 + 0.45 * np.abs(cos), np.maximum(cos, 0))
    fall = cos / np.maximum(dist * dist, 0.02)
    if light.u is not None and light.v is not None:
        face = np.cross(light.u, light.v)
        face = (face / np.sqrt((face**2).sum())).astype(np.float32)[:, None]
        fall = fall * np.maximum(-(d * face).sum(0), 0)
    live = np.nonzero((fall > 1e-5) & p.hit)[0]
    if live.size:
        o = p.pos[:, live] + p.normal[:, live] * np.float32(4e-3)
        low = np.minimum(o.min(1), where[:, live].min(1))
        high = np.maximum(o.max(1), where[:, live].max(1))
        dark = _blocked(_near(shapes, low, high), o, d[:, live], dist[live] - 0.012)
        fall[live[dark]] = 0
    got = power * fall
    if view is None or not light.shine:
        return got, None
    half = _unit(d - view)
    spec = np.maximum((half * p.normal).sum(0), 0) ** p.sharp * p.gloss
    return got, got * spec


def _bounce(scene: Scene, p: _Points, rng: np.random.Generator, shapes: list[Shape]) -> Array:
    """Light that comes back from what lies around, one random ray a point."""
    n = p.pos.shape[1]
    g = _unit(rng.standard_normal((3, n)).astype(np.float32))
    d = _unit(p.normal + g * np.float32(0.999))
    o = p.pos + p.normal * np.float32(5e-3)
    t, who = _closest(shapes, o, d, 6.0)
    q = _gather(scene, shapes, o, d, t, who)
    q.emit = np.minimum(q.emit, 1.2)
    got = q.emit.copy()
    count = len(scene.lights)
    if count:
        pick = rng.integers(0, count, n)
        for k, light in enumerate(scene.lights):
            at = np.nonzero((pick == k) & q.hit)[0]
            if at.size:
                part = _Points(*(_cut(getattr(q, name), at) for name in _NAMES))
                here, _ = _direct(light, part, None, rng, shapes)
                got[:, at] += np.minimum(here * count, 6.0) * part.albedo
    return got


_NAMES = tuple(_Points.__dataclass_fields__)


def _cut(a: Array, at: Array) -> Array:
    return a[..., at]


def _tiles(w: int, h: int, size: int) -> Iterator[tuple[int, int, int, int]]:
    for y in range(0, h, size):
        for x in range(0, w, size):
            yield x, y, min(size, w - x), min(size, h - y)


def _smooth(buf: Array, normal: Array, pos: Array, depth: Array, rounds: int) -> Array:
    """Edge-keeping blur of (h, w, 3) along surfaces; each round reaches twice as far."""
    kernel = {-2: 1 / 16, -1: 1 / 4, 0: 3 / 8, 1: 1 / 4, 2: 1 / 16}
    scale = (0.012 * depth)[..., None]
    for r in range(rounds):
        step = 2**r
        total = np.zeros_like(buf)
        weight = np.zeros((*buf.shape[:2], 1), np.float32)
        base = buf.mean(2, keepdims=True)
        for dy, ky in kernel.items():
            for dx, kx in kernel.items():
                sh = (dy * step, dx * step)
                nn = np.roll(normal, sh, (0, 1))
                dot = np.maximum((nn * normal).sum(2, keepdims=True), 0) ** 24
                off = np.abs(((np.roll(pos, sh, (0, 1)) - pos) * normal).sum(2, keepdims=True))
                other = np.roll(buf, sh, (0, 1))
                tone = np.abs(other.mean(2, keepdims=True) - base) / (base + 0.02)
                wgt = ky * kx * dot * np.exp(-off / scale - tone * (0.35 * 1.6**r))
                wgt = wgt.astype(np.float32)
                total += other * wgt
                weight += wgt
        buf = np.where(weight > 1e-6, total / np.maximum(weight, 1e-6), buf)
    return buf


def render(
    scene: Scene, w: int, h: int, *, passes: int = 14, samples: int = 2, seed: int = 89
) -> Shot:
    """Traces a picture.

    Args:
        scene: What to trace.
        w: Width in pixels.
        h: Height in pixels.
        passes: Random rays a point of light, each pass.
        samples: Rays along each side of a pixel (2 makes four a pixel).
        seed: Same seed, same picture.
    """
    rng = np.random.default_rng(seed)
    buffers = _lighting(scene, w, h, passes, rng)
    return _picture(scene, w, h, samples, buffers, rng)


def _lighting(
    scene: Scene, w: int, h: int, passes: int, rng: np.random.Generator
) -> tuple[Array, ...]:
    """Light, highlights, normals, places and distances at half size."""
    eye = np.array(scene.eye, np.float32)
    seen = [s for s in scene.shapes if s.seen]
    solid = [s for s in scene.shapes if s.shadow]
    lw, lh = (w + 1) // 2, (h + 1) // 2
    f = np.float32
    light = np.zeros((lh, lw, 3), f)
    shine = np.zeros((lh, lw, 3), f)
    normal = np.zeros((lh, lw, 3), f)
    place = np.zeros((lh, lw, 3), f)
    depth = np.full((lh, lw), 60, f)
    for x0, y0, tw, th in _tiles(lw, lh, 96):
        yy, xx = np.mgrid[y0 : y0 + th, x0 : x0 + tw]
        d = _rays(scene, (xx.ravel() + 0.5) * 2, (yy.ravel() + 0.5) * 2, w, h)
        o = eye[:, None]
        local = _cone(seen, eye, d)
        t, who = _closest(local, o, d)
        p = _gather(scene, local, o, d, t, who)
        got = np.zeros((3, tw * th), f)
        spec = np.zeros((3, tw * th), f)
        if p.hit.any():
            for _ in range(passes):
                for lamp in scene.lights:
                    a, b = _direct(lamp, p, d, rng, solid)
                    got += a
                    if b is not None:
                        spec += b
                got += np.minimum(_bounce(scene, p, rng, solid), 8.0)
        cut = (slice(y0, y0 + th), slice(x0, x0 + tw))
        light[cut] = (got / passes).T.reshape(th, tw, 3)
        shine[cut] = (spec / passes).T.reshape(th, tw, 3)
        normal[cut] = p.normal.T.reshape(th, tw, 3)
        place[cut] = p.pos.T.reshape(th, tw, 3)
        depth[cut] = p.depth.reshape(th, tw)
    light = _smooth(light, normal, place, depth, 3 if passes > 6 else 4)
    shine = _smooth(shine, normal, place, depth, 2)
    return light, shine, normal, place, depth


def _picture(
    scene: Scene,
    w: int,
    h: int,
    samples: int,
    buffers: tuple[Array, ...],
    rng: np.random.Generator,
) -> Shot:
    """What the camera sees at full size, lit from the buffers."""
    eye = np.array(scene.eye, np.float32)
    seen = [s for s in scene.shapes if s.seen]
    f = np.float32
    color = np.zeros((h, w, 3), f)
    far = np.zeros((h, w), f)
    for x0, y0, tw, th in _tiles(w, h, 128):
        tile = np.zeros((th * tw, 3), f)
        deep = np.zeros(th * tw, f)
        yy, xx = np.mgrid[y0 : y0 + th, x0 : x0 + tw]
        for sy in range(samples):
            for sx in range(samples):
                jx, jy = rng.uniform(0, 1, (2, tw * th))
                px = xx.ravel() + (sx + jx) / samples
                py = yy.ravel() + (sy + jy) / samples
                d = _rays(scene, px, py, w, h)
                local = _cone(seen, eye, d)
                t, who = _closest(local, eye[:, None], d)
                p = _gather(scene, local, eye[:, None], d, t, who)
                c = _shade(scene, p, d, px / 2 - 0.5, py / 2 - 0.5, buffers, seen, rng)
                tile += np.minimum(c.T, 24.0)
                deep += p.depth
        k = samples * samples
        color[y0 : y0 + th, x0 : x0 + tw] = (tile / k).reshape(th, tw, 3)
        far[y0 : y0 + th, x0 : x0 + tw] = (deep / k).reshape(th, tw)
    return Shot(color, far)


def _shade(
    scene: Scene,
    p: _Points,
    d: Array,
    x: Array,
    y: Array,
    buffers: tuple[Array, ...],
    shapes: list[Shape],
    rng: np.random.Generator,
) -> Array:
    """Colour of points, with the light buffers read along surfaces at x, y."""
    light, shine, normal, place, depth = buffers
    lh, lw = depth.shape
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = x - x0, y - y0
    got = np.zeros((x.size, 3), np.float32)
    spec = np.zeros((x.size, 3), np.float32)
    total = np.full((x.size, 1), 1e-6, np.float32)
    n, pos = p.normal.T, p.pos.T
    for dy in (0, 1):
        for dx in (0, 1):
            i = np.clip(y0 + dy, 0, lh - 1)
            j = np.clip(x0 + dx, 0, lw - 1)
            wgt = (fx if dx else 1 - fx) * (fy if dy else 1 - fy) + 0.02
            same = np.maximum((normal[i, j] * n).sum(1), 0) ** 8
            off = np.abs(((place[i, j] - pos) * n).sum(1)) / (0.01 * p.depth + 0.002)
            wgt = (wgt * (same * np.exp(-off) + 1e-4))[:, None].astype(np.float32)
            got += light[i, j] * wgt
            spec += shine[i, j] * wgt
            total += wgt
    got, spec = (got / total).T, (spec / total).T
    c = p.emit + np.where(p.hit, p.albedo * got, 0) + spec
    at = np.nonzero(p.hit & (p.mirror > 0))[0]
    if at.size:
        dd, nn = d[:, at], p.normal[:, at]
        cos = -(dd * nn).sum(0)
        r = _unit(dd + 2 * cos * nn)
        o = p.pos[:, at] + nn * np.float32(5e-3)
        t, who = _closest(shapes, o, r, 12.0)
        q = _gather(scene, shapes, o, r, t, who)
        back = q.emit.copy()
        for lamp in scene.lights:
            where, power = _sample(lamp, at.size, rng)
            to = where - q.pos
            dist2 = np.maximum((to * to).sum(0), 0.05)
            cosl = np.maximum((to * q.normal).sum(0) / np.sqrt(dist2), 0)
            back += np.where(q.hit, q.albedo * power * cosl / dist2 * 0.8, 0)
        edge = (1 - np.clip(cos, 0, 1)) ** 5
        share = p.mirror[at] + (1 - p.mirror[at]) * edge * np.minimum(1, p.mirror[at] * 6)
        c[:, at] = c[:, at] * (1 - share * 0.6) + np.minimum(back, 6.0) * share
    return c
