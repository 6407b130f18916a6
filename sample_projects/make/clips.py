"""Three short clips: a set that glows, a tree that twinkles, a tape that is wound back.

The room is traced twice, once with only the light that will flicker and once with the rest;
every frame adds the two in another proportion.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sample_projects.make import draw, film, scenes_christmas, scenes_evening, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sample_projects.make.shapes import Shape
    from sample_projects.make.trace import Scene

Array = Any
WIDTH, HEIGHT, RATE = 720, 1280, 25


def _split(scene: Scene, flickers: Callable[[Shape], bool], lamps: set[int]) -> tuple[Scene, Scene]:
    """The scene with only the light that flickers, and with only the rest."""
    out = []
    for wanted in (True, False):
        part = copy.copy(scene)
        part.shapes = []
        for shape in scene.shapes:
            if any(shape.mat.emit) and flickers(shape) is not wanted:
                dark = copy.copy(shape)
                dark.mat = replace(shape.mat, emit=(0.0, 0.0, 0.0))
                part.shapes.append(dark)
            else:
                part.shapes.append(shape)
        part.lights = [lamp for i, lamp in enumerate(scene.lights) if (i in lamps) is wanted]
        out.append(part)
    return out[0], out[1]


def _encode(path: Path, frames: Iterable[Array], crf: int) -> None:
    """Writes frames (h, w, 3), bytes, as H.264 in yuv420p."""
    import av

    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        stream.options = {"crf": str(crf), "preset": "slow", "tune": "film", "threads": "1"}
        stream.codec_context.thread_count = 1
        for i, frame in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
            picture.pts = i
            picture.time_base = Fraction(1, RATE)
            out.mux(stream.encode(picture))
        out.mux(stream.encode())


def _push(image: Image.Image, zoom: float, cx: float, cy: float) -> Image.Image:
    w, h = image.size
    bw, bh = w / zoom, h / zoom
    x = min(max(cx * w - bw / 2, 0), w - bw)
    y = min(max(cy * h - bh / 2, 0), h - bh)
    box = (x, y, x + bw, y + bh)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC, box=box)


def glow(seconds: float = 3.4) -> Iterator[Array]:
    """A slow push towards the set, which lights the room in beats."""
    scene, look = scenes_evening.cartoons("2")
    a, b = _split(scene, lambda s: any(s.mat.emit), {0})
    w, h = WIDTH * 5 // 4, HEIGHT * 5 // 4
    lit = trace.render(a, w, h, passes=5)
    rest = trace.render(b, w, h, passes=5)
    look = replace(look, grain=0.0, dust=0)
    n = round(seconds * RATE)
    beat = draw.rng("beat").normal(0, 0.05, n)
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None, None]
    for i in range(n):
        t = i / n
        k = 0.92 + 0.16 * np.sin(t * 21) * np.sin(t * 8.5) + beat[i]
        image = film.develop(rest.color + lit.color * k, lit.depth, look, "glow")
        frame = np.asarray(_push(image, 1 + 0.42 * t * t * (3 - 2 * t), 0.53, 0.5), np.float32)
        lines = 1 - 0.05 * (0.5 + 0.5 * np.sin(rows * np.pi / 2))
        roll = 1 + 0.07 * np.exp(-(((rows - (t * 2.2 % 1) * HEIGHT) / 70) ** 2))
        yield np.clip(frame * lines * roll, 0, 255).astype(np.uint8)


def twinkle(seconds: float = 3.6) -> Iterator[Array]:
    """The lights of the tree on a slow relay, the camera all but still."""
    scene, look = scenes_christmas.take("06")
    scene.eye, scene.look, scene.fov = (-0.75, 1.0, -0.6), (-0.9, 1.08, 3.5), 38
    a, b = _split(scene, lambda s: s.lit or s.kind == "ball", {0, 3})
    lit = trace.render(a, WIDTH, HEIGHT, passes=5)
    rest = trace.render(b, WIDTH, HEIGHT, passes=5)
    look = replace(look, grain=0.0, dust=0, stamp="")
    n = round(seconds * RATE)
    g = draw.rng("twinkle")
    phase = g.random((32, 18)).astype(np.float32) * 6.283
    on_tree = draw.blur(((lit.depth > 3.95) & (lit.depth < 4.45)).astype(np.float32), 3)[..., None]
    for i in range(n):
        t = i / n
        wave = np.clip(0.66 + 0.75 * np.sin(t * 6.283 * 3 + phase), 0.1, 1.2)
        k = draw.resize(wave.astype(np.float32), WIDTH, HEIGHT)[..., None]
        k = 0.72 + (k - 0.72) * on_tree
        image = film.develop(rest.color + lit.color * k, lit.depth, look, "twinkle")
        frame = _push(image, 1.02 + 0.05 * t, 0.5, 0.5)
        yield np.asarray(frame)


def rewind(seconds: float = 3.2) -> Iterator[Array]:
    """Christmas on tape, being wound back: torn bands travel up, colours slip."""
    scene, look = scenes_christmas.take("06")
    shot = trace.render(scene, WIDTH, HEIGHT, passes=5)
    still = film.develop(shot.color, shot.depth, replace(look, grain=0.0, dust=0), "rewind")
    base = np.asarray(still, np.float32)
    words = draw.Canvas(WIDTH, HEIGHT, "#000000", 1)
    words.text(60, 90, "REW", 9, "#ffffff")
    for x in (270, 330):
        words.poly([(x + 54, 90), (x + 54, 153), (x, 121)], "#ffffff")
    label = draw.blur(words.array()[..., 0], 1.0)[..., None] * 235
    n = round(seconds * RATE)
    rows = np.arange(HEIGHT)
    cols = np.arange(WIDTH)[None, :]
    for i in range(n):
        t = i / n
        g = draw.rng(f"rewind{i}")
        slip = np.zeros(HEIGHT)
        snow = np.zeros(HEIGHT)
        for k in range(3):
            at = HEIGHT * ((k / 3 + 1 - t * 1.6 * (1 + 0.08 * k)) % 1)
            near = np.exp(-(((rows - at) / 34.0) ** 2))
            slip += near * 110 * np.sin(rows * 0.21 + k + i)
            snow += near
        slip += 3 * np.sin(rows * 0.013 + i * 0.9)
        frame = base[rows[:, None], (cols + slip.astype(int)[:, None]) % WIDTH]
        red = np.roll(frame[..., 0], 5, 1)
        blue = np.roll(frame[..., 2], -5, 1)
        frame = np.stack([red, frame[..., 1], blue], -1)
        specks = (g.random((HEIGHT // 4, WIDTH // 24)) > 0.7).repeat(24, 1).repeat(4, 0)
        frame = frame + (snow[:, None] * specks)[..., None] * 150
        frame = frame * (0.93 + 0.07 * np.sin(rows * np.pi / 2))[:, None, None]
        yield np.clip(np.maximum(frame, label), 0, 255).astype(np.uint8)


CLIPS = (
    ("rewind-89/media/saturday-cartoons-03.mp4", glow, 30),
    ("rewind-89/media/xmas-89-07.mp4", twinkle, 33),
    ("rewind-89/media/vhs-rewind-03.mp4", rewind, 37),
)


def write(root: Path) -> None:
    """Draws and encodes all clips into the folder of the sample projects."""
    for path, frames, crf in CLIPS:
        _encode(root / path, frames(), crf)
