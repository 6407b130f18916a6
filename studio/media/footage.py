"""A film inside the process that decodes it: opened, numbered, found to the exact picture.

Only the child processes (`studio.media.clip_child`, `studio.media.player_child`) use this; native
code runs here that hostile files may crash.
"""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any

from studio.media.film_index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_PIXELS = 50_000_000
MEMORY = 2 * 1024**3  # bytes of address space; 8K frames need about a tenth of it
_SCAN_BYTES = 64_000_000  # files up to this size have all their packets numbered
_SCAN_SECONDS = 0.25
_MOST_PACKETS = 100_000
_MOST_ERRORS = 100  # broken packets in a row, after which a film is not worth more
_PATIENCE = 3.0  # seconds to reach one picture; after them the nearest one must do
_STANDSTILL = 4.0  # seconds without any picture, after which there will be none
_GO_ON = 30  # pictures; nearer ones are decoded up to when no place to start from is known
_GO_BACK = 60  # pictures; the next try starts so much earlier
_MOST_THREADS = 4  # more would only take address space, of which there is a limit
_USUAL_FPS = 30.0  # when a film does not tell


class Unplayable(Exception):
    """The film cannot be shown; the text says why, to follow its name."""


def limit(seconds: int | None) -> None:
    """Cap memory, processor time and files of this process, where the system can.

    Args:
        seconds: of processor time in all; None leaves them to `breathe`.
    """
    try:
        import resource
    except ImportError:  # Windows: the parent's time-out is all there is
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    if seconds is not None:
        limits[resource.RLIMIT_CPU] = seconds
    if sys.platform != "darwin":  # which refuses to lower the address space
        limits[resource.RLIMIT_AS] = MEMORY
    for each, most in limits.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(each, (most, most))


def breathe(seconds: int) -> None:
    """Allow this process so much more processor time from now on, where the system can.

    A process that hangs after its parent died is ended by that.
    """
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, hard))


def open_container(file: Any, demuxer: str) -> Any:  # noqa: ANN401
    """Open a seekable binary file with the one FFmpeg demuxer that may touch it."""
    import av

    file.seek(0)  # the parent has looked at its beginning
    # Before 19, PyAV refused a file whose metadata is not UTF-8 unless told what to put instead.
    old = int(av.__version__.partition(".")[0]) < 19
    lenient: dict[str, Any] = {"metadata_errors": "replace"} if old else {}
    return av.open(file, format=demuxer, **lenient)


def shown(frame: Any, stream: Any) -> tuple[int, int]:  # noqa: ANN401
    """Return width and height as a player shows them: square pixels, upright."""
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    width, height = frame.width, frame.height
    if aspect and 0.1 < float(aspect) < 10:
        width = max(1, round(width * float(aspect)))
    return (height, width) if frame.rotation % 180 else (width, height)


def turn(picture: Any, rotation: float) -> Any:  # noqa: ANN401
    """Return a Pillow image turned as the film's display matrix says (degrees, to the left)."""
    from PIL.Image import Transpose

    turns = {90: Transpose.ROTATE_90, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_270}
    way = turns.get(round(rotation / 90) * 90 % 360)
    return picture if way is None else picture.transpose(way)


class Footage:
    """An open film.

    Args:
        file: a seekable binary file.
        demuxer: the one FFmpeg demuxer that may touch it.
        threads: whether several processors may work on it: sooner, for more work in all.

    Raises:
        Unplayable: it has no pictures, or too large ones.
        Exception: whatever the native libraries raise.

    Attributes:
        width: as shown (upright, square pixels), in pixels.
        height: as `width`.
        fps: pictures a second, None when unknown.
        seconds: length, None when unknown.
        sound: whether there is an audio stream.
        index: the pictures' numbers and times.
        frame: the picture decoded last.
        number: its number.
    """

    def __init__(self, file: Any, demuxer: str, *, threads: bool = True) -> None:  # noqa: ANN401
        import os

        import av
        from av.video.reformatter import VideoReformatter

        self._file, self._demuxer = file, demuxer
        self._threads = min(_MOST_THREADS, os.cpu_count() or 1) if threads else 1
        self._open()
        stream = self._stream
        self._reformatter = VideoReformatter()
        self._how: dict[str, Any] = {"format": "rgb24", "interpolation": "AREA", "threads": 1}
        self._skip = "NONREF"  # what may be left out
        self._skipping: float | None = None  # before this time
        self._thinned = float("-inf")  # up to this time some have been left out
        self._gap = True  # pictures may be missing before the next
        rate = stream.average_rate or stream.guessed_rate
        self.fps = float(rate) if rate and 0 < rate < 1000 else None
        self.sound = bool(self._container.streams.audio)
        length = self._container.duration
        self.seconds = length / av.time_base if length and length > 0 else None
        self.index = self._numbered(os.fstat(file.fileno()).st_size)
        self._frames = self._decoded()
        self.frame: Any = None
        self.number = 0
        if self.read() is None:
            raise Unplayable("holds no picture that can be decoded")
        self.width, self.height = shown(self.frame, stream)
        if self.index.count:
            self.seconds = self.index.seconds(self.index.count)

    def _open(self) -> None:
        self._container = open_container(self._file, self._demuxer)
        if not self._container.streams.video:
            raise Unplayable("has no pictures in it")
        stream = self._stream = self._container.streams.video[0]
        if stream.codec_context is None:
            raise Unplayable("is packed in a way (codec) that is not known here")
        if stream.width * stream.height > MOST_PIXELS:
            raise Unplayable(f"has more than {MOST_PIXELS // 1_000_000} million pixels")
        stream.thread_type = "AUTO" if self._threads > 1 else "NONE"
        stream.codec_context.thread_count = self._threads

    def _numbered(self, size: int) -> Index:
        """Number the pictures by their packets, or by their rate where there are too many."""
        import av

        stream = self._stream
        tick = float(stream.time_base or 1 / 90_000)
        step = 1 / ((self.fps or _USUAL_FPS) * tick)
        start = stream.start_time or 0
        times: set[int] = set()
        keys: set[int] = set()
        end = time.monotonic() + _SCAN_SECONDS
        if size <= _SCAN_BYTES:
            with contextlib.suppress(av.FFmpegError):
                for packet in self._container.demux(stream):
                    if packet.dts is None and packet.pts is None:
                        continue  # the end
                    if packet.pts is None or len(times) > _MOST_PACKETS or time.monotonic() > end:
                        times.clear()
                        break
                    if not packet.is_discard:
                        times.add(packet.pts)
                    if packet.is_keyframe:
                        keys.add(packet.pts)
            self._go(min(times | keys, default=start))
        if not times:
            count = stream.frames or (round(self.seconds / tick / step) if self.seconds else None)
            return Index([], [], start=start, step=step, tick=tick, count=count)
        ordered = sorted(times)
        if len(ordered) > 1:
            step = (ordered[-1] - ordered[0]) / (len(ordered) - 1)
        return Index(ordered, sorted(keys), start=ordered[0], step=step, tick=tick, count=None)

    def read(self) -> Any:  # noqa: ANN401
        """Decode one more picture and return it; None after the last."""
        frame = next(self._frames, None)
        if frame is None:
            return None
        if frame.pts is None:
            frame.pts = 0 if self.frame is None else self.index.time(self.number + 1)
        if not self._gap and self.frame is not None:
            self.index.none_between(self.frame.pts, frame.pts)
        self._gap = frame.pts < self._thinned
        self.frame, self.number = frame, self.index.number(frame.pts)
        return frame

    def find(
        self,
        number: int,
        *,
        passing: Callable[[int, Any], None] | None = None,
        keep: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> Any:  # noqa: ANN401
        """Decode up to a picture and return it: the first one not before it, else the last.

        Args:
            number: of the picture.
            passing: called with number and picture for those decoded on the way.
            keep: so many pictures before it are decoded without a gap.
            stop: asked after each picture whether the one reached so far will do.
        """
        target = self.index.time(number)
        if self.frame is not None and self.frame.pts == target:
            return self.frame
        tolerance = target if self.index.keys else target - int(self._half())
        first = self.index.time(max(0, number - keep))
        self._approach(first)
        self._skipping = first
        end = time.monotonic() + _PATIENCE
        while (frame := self.read()) is not None and frame.pts < tolerance:
            if passing is not None:
                passing(self.number, frame)
            if time.monotonic() > end or (stop is not None and stop()):
                break
        self._skipping = None
        return frame or self.frame

    def glance(self, number: int, slack: int) -> Any:  # noqa: ANN401
        """Return a picture near a number, whichever costs the least.

        Args:
            number: of the picture.
            slack: a picture that decoding can start at is taken when it is so near.
        """
        key = self.index.key_before(self.index.time(number + slack))
        if key is not None and key >= self.index.time(number - slack):
            number = self.index.number(key)
        target = self.index.time(number)
        self._skip, self._skipping = "BIDIR", float("inf")
        try:
            self._approach(target, exact=False)
            end = time.monotonic() + _PATIENCE
            while (frame := self.read()) is not None and frame.pts < target:
                if time.monotonic() > end:
                    break
        finally:
            self._skip, self._skipping = "NONREF", None
        return frame or self.frame

    def _half(self) -> float:
        return (self.index.time(1) - self.index.time(0)) / 2

    def _approach(self, first: int, *, exact: bool = True) -> None:
        """Seek to where decoding towards a time starts, unless going on leads there as well.

        Args:
            first: the time, in ticks.
            exact: whether going on must lead past every picture from there on.
        """
        before = self.index.key_before(first)
        here = None if self.frame is None else self.frame.pts
        if here is not None and here < first and (first > self._thinned or not exact):
            near = first - here < _GO_ON * 2 * self._half() if before is None else before <= here
            if near:
                return
        wanted = first if before is None else before
        for _ in range(4):
            self._go(wanted)
            frame = self.read()
            if frame is None or frame.pts <= first or wanted <= self.index.time(0):
                break
            wanted = max(self.index.time(0), wanted - int(_GO_BACK * 2 * self._half()))
        if frame is not None:
            self._frames = _again(frame, self._frames)

    def _go(self, ticks: int) -> None:
        """Seek to the last place up to a time from which decoding can start."""
        import av

        try:
            self._container.seek(ticks, stream=self._stream, backward=True)
        except av.FFmpegError:  # no way but from the beginning
            self._container.close()
            self._open()
        self._frames = self._decoded()
        self._thinned = float("-inf")
        self._gap = True

    def _decoded(self) -> Iterator[Any]:
        import av

        context = self._stream.codec_context
        skip, errors = "DEFAULT", 0
        context.skip_frame = skip
        end = time.monotonic() + _STANDSTILL
        for packet in self._container.demux(self._stream):
            early = (
                self._skipping is not None
                and packet.pts is not None
                and packet.pts < self._skipping
            )
            if early:
                self._thinned = max(self._thinned, packet.pts)
            if (self._skip if early else "DEFAULT") != skip:
                skip = context.skip_frame = self._skip if early else "DEFAULT"
            if time.monotonic() > end:
                raise Unplayable(f"holds no picture to be found in {_STANDSTILL:g} seconds")
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                errors += 1
                if errors > _MOST_ERRORS:
                    raise
                continue
            for frame in frames:
                errors = 0
                yield frame
                end = time.monotonic() + _STANDSTILL

    def pixels(self, frame: Any, width: int, height: int) -> bytes:  # noqa: ANN401
        """Return a picture scaled to a size it is shown at: RGB, upright, 3 bytes a pixel."""
        turned = bool(frame.rotation % 180)
        stored = (height, width) if turned else (width, height)
        sized: dict[str, Any] = {"width": stored[0], "height": stored[1]}
        try:
            small = self._reformatter.reformat(frame, **sized, **self._how)
        except TypeError:  # an older PyAV, which scales on one thread anyway
            self._how.pop("threads")
            small = self._reformatter.reformat(frame, **sized, **self._how)
        plane = small.planes[0]
        line, row = plane.line_size, stored[0] * 3
        view = memoryview(plane)
        if line == row:
            data = bytes(view[: row * stored[1]])
        else:
            data = b"".join([view[at : at + row] for at in range(0, line * stored[1], line)])
        if not round(frame.rotation / 90) % 4:
            return data
        from PIL.Image import frombytes

        return bytes(turn(frombytes("RGB", stored, data), frame.rotation).tobytes())


def _again(first: Any, rest: Iterator[Any]) -> Iterator[Any]:  # noqa: ANN401
    yield first
    yield from rest
