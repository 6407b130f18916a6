"""Films for tests: each picture says its own number, and a viewer that remembers what it saw."""

from __future__ import annotations

import threading
import time
from fractions import Fraction

import av
from PIL import Image

from studio.media.player import Player

BITS = 8
PATIENCE = 20  # seconds, on a machine that has much else to do


def numbered(number, size=(64, 48)):
    """Return a picture of a number: one bar a bit, white or black."""
    picture = Image.new("RGB", size)
    wide = size[0] // BITS
    for bit in range(BITS):
        if number >> bit & 1:
            picture.paste("white", (bit * wide, 0, (bit + 1) * wide, size[1]))
    return picture


def read_number(frame):
    """Return the number that a picture says."""
    row = frame.height // 2 * frame.width
    wide = frame.width / BITS
    at = [(row + int((bit + 0.5) * wide)) * 3 for bit in range(BITS)]
    return sum((frame.pixels[place + 1] > 127) << bit for bit, place in enumerate(at))


def film(
    path,
    count,
    *,
    codec="mpeg4",
    fps=30,
    gop=12,
    size=(64, 48),
    times=None,
    aspect=None,
    options=None,
):
    """Write a clip of numbered pictures; `times` are in thousandths of a second."""
    with av.open(str(path), "w", options=options or {}) as out:
        stream = out.add_stream(codec, rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = gop
        if codec == "mpeg4":
            stream.codec_context.qmax = 4
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        if times:
            stream.codec_context.time_base = Fraction(1, 1000)
        for number in range(count):
            frame = av.VideoFrame.from_image(numbered(number, size))
            if times:
                frame.pts, frame.time_base = times[number], Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


class Viewer:
    """Opens a player and remembers what it showed."""

    def __init__(self, path, size=(64, 48), **more):
        self.news = threading.Condition()
        self.frames = []
        self.states = []
        self.player = Player(
            path, size=size, on_frame=self.on_frame, on_state=self.on_state, **more
        )

    def on_frame(self, frame):
        with self.news:
            self.frames.append(frame)
            self.news.notify_all()

    def on_state(self, state):
        with self.news:
            self.states.append(state)
            self.news.notify_all()

    def until(self, done, patience=PATIENCE):
        """Wait until something is true of what was seen."""
        with self.news:
            assert self.news.wait_for(done, patience), (self.states[-1:], self.numbers()[-5:])

    def opened(self):
        self.until(lambda: self.frames and self.player.film)
        return self

    def until_number(self, number):
        self.until(lambda: self.frames and self.frames[-1].number == number)
        return self.frames[-1]

    def until_ended(self):
        self.until(lambda: self.states and self.states[-1].ended)

    def problem(self):
        self.until(lambda: self.states and self.states[-1].problem)
        return self.states[-1].problem

    def numbers(self):
        return [frame.number for frame in self.frames]

    def close(self):
        self.player.close()
        gone(self.player)


def gone(player):
    """Wait until a player's threads have ended."""
    end = time.monotonic() + PATIENCE
    for thread in threading.enumerate():
        if thread.name.endswith(player._path.name):
            thread.join(max(0.0, end - time.monotonic()))
            assert not thread.is_alive()
