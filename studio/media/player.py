"""Playing a clip: pictures from a child process, keys to it, and nothing that can wait.

The child (`studio.media.player_child`) decodes, scales and keeps the time; a decoder that crashes
or hangs costs a `State` with a problem. Two threads belong to a player: one reads what the child
sends, one kills a child that has fallen silent.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.media.child import BROKEN, SLOW, command, environment, open_film
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader
    from subprocess import Popen

_LOOK = 1.0  # seconds
_OPENING = 15  # looks at a child that opens a film
_SILENT = 5  # looks at a child that owes an answer, or plays
_TAKEN = 0.5  # seconds after which a picture counts as taken
_LARGEST = 4096  # pixels of a side of a picture
_LONGEST = 100_000  # bytes of a state
_BY_PATH = os.name == "nt"  # there a child cannot be handed one more pipe
# Commands without an answer; more are not sent, as they might not fit into the pipe.
_MOST_WAITING = 100 if _BY_PATH else 1000
_SCRIPT = Path(__file__).with_name("player_child.py")


@dataclass(frozen=True)
class Frame:
    """One picture of a film.

    Attributes:
        number: from 0, in the order they are shown.
        seconds: when it is shown, from the film's beginning.
        width: in pixels.
        height: in pixels.
        pixels: RGB, 3 bytes a pixel, row by row, upright.
    """

    number: int
    seconds: float
    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class Film:
    """What a clip is.

    Attributes:
        width: as shown (upright, square pixels), in pixels.
        height: as `width`.
        seconds: length, None when it cannot be told.
        fps: pictures a second, None when unknown.
        frames: how many pictures, None when unknown.
        sound: whether there is sound (which is not played here).
    """

    width: int
    height: int
    seconds: float | None
    fps: float | None
    frames: int | None
    sound: bool


@dataclass(frozen=True)
class State:
    """What a player is doing.

    Attributes:
        film: what is played, None while it is being opened.
        playing: whether pictures follow each other.
        seconds: of the picture on show.
        dropped: pictures left out so far because they were late, or nobody took them.
        problem: why nothing comes any more.
        ended: the last picture of the film, or of the span, has been on show.
    """

    film: Film | None = None
    playing: bool = False
    seconds: float = 0.0
    dropped: int = 0
    problem: Problem | None = None
    ended: bool = False


class Player:
    """A clip, open to be played. It starts paused and shows the first picture.

    All methods return at once, from any thread, also after the end of the child; they do nothing
    then. The callbacks run on a thread of the player's, one at a time; one that is running while
    `close` is called is not waited for, none begins after it.

    Args:
        path: the clip.
        size: width and height of the place the pictures must fit, in pixels.
        on_frame: called with each picture to show. The next one is sent when it has returned.
        on_state: called when something else has changed, and each second while playing.
        most_fps: pictures a second at most; more are left out evenly.
        pixel_aspect: width of a pixel of that place by its height.
        wait_for_taken: send no picture before `taken` was called for the one before (but at the
            latest after half a second): for a screen that is slower than its queue.
    """

    def __init__(
        self,
        path: Path,
        *,
        size: tuple[int, int],
        on_frame: Callable[[Frame], None],
        on_state: Callable[[State], None],
        most_fps: float = 30.0,
        pixel_aspect: float = 1.0,
        wait_for_taken: bool = False,
    ) -> None:
        self._path = path
        self._size = (_side(size[0]), _side(size[1]), pixel_aspect)
        self._on_frame = on_frame
        self._on_state = on_state
        self._most_fps = most_fps
        self._wait_for_taken = wait_for_taken
        self._taken = threading.Event()
        self._lock = threading.Condition()
        self._state = State()
        self._told: State | None = None
        self._position = 0.0
        self._wanted = False  # to play
        self._wanted_by = 0  # the command that said so
        self._sent = 0
        self._answered = -1  # nothing, not even that the film is open
        self._silent = 0  # looks
        self._busy = False  # with a callback, so that the child cannot be heard
        self._early: list[bytes] = []  # commands given before there was a child
        self._pipe: Any = None
        self._process: Popen[bytes] | None = None
        self._over = False
        self._closed = False
        self._hung = False
        threading.Thread(target=self._run, name=f"play {path.name}", daemon=True).start()

    @property
    def film(self) -> Film | None:
        """What is played; None while it is being opened."""
        return self._state.film

    @property
    def playing(self) -> bool:
        """Whether pictures follow each other, or will as soon as the child has heard of it."""
        return self._wanted and not self._over

    @property
    def position(self) -> float:
        """Seconds of the picture on show."""
        return self._position

    @property
    def state(self) -> State:
        """The state told last."""
        return self._state

    def play(self) -> None:
        """Let the pictures follow each other; from the start if they are at the end."""
        self._want("play", playing=True)

    def pause(self) -> None:
        """Stop at the picture on show."""
        self._want("pause", playing=False)

    def toggle(self) -> None:
        """Pause what plays, play what pauses."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self, frames: int) -> None:
        """Pause, and show the picture so many on; back if negative."""
        self._want(f"step {frames:d}", playing=False)

    def seek(self, seconds: float) -> None:
        """Show the picture that is on show at a second of the film."""
        self._send(f"seek {seconds:f}")

    def jump(self, seconds: float) -> None:
        """Go on so many seconds; back if negative."""
        self._send(f"jump {seconds:f}")

    def set_size(self, size: tuple[int, int], *, pixel_aspect: float | None = None) -> None:
        """Fit the pictures into another place from now on, the one on show as well."""
        with self._lock:
            aspect = self._size[2] if pixel_aspect is None else pixel_aspect
            self._size = (_side(size[0]), _side(size[1]), aspect)
        self._send(f"size {_side(size[0])} {_side(size[1])} {aspect:f}")

    def set_span(self, start: float | None, end: float | None) -> None:
        """Play only from one second to another, both included; None for the film's own ends."""
        if start is not None and end is not None and start > end:
            start, end = end, start
        words = ("-" if each is None else f"{each:f}" for each in (start, end))
        self._send(f"span {' '.join(words)}")

    def set_loop(self, on: bool) -> None:
        """Start over at the end, or stop there."""
        self._send(f"loop {on:d}")

    def taken(self) -> None:
        """The last picture is on the screen: the next may come (see `wait_for_taken`)."""
        self._taken.set()

    def close(self) -> None:
        """End it. No callback begins after this."""
        with self._lock:
            self._closed = self._over = True
            if self._process is not None:
                self._process.kill()
            self._lock.notify_all()
        self._taken.set()

    # To the child

    def _want(self, words: str, *, playing: bool) -> None:
        with self._lock:
            self._wanted = playing
            self._send(words)
            self._wanted_by = self._sent

    def _send(self, words: str) -> None:
        with self._lock:
            if self._over or self._sent - self._answered > _MOST_WAITING:
                return
            self._sent += 1
            line = f"{self._sent} {words}\n".encode()
            if self._pipe is None:
                self._early.append(line)
            else:
                self._write(line)
            self._lock.notify_all()

    def _write(self, data: bytes) -> None:
        if self._pipe is not None:
            with contextlib.suppress(OSError, ValueError):  # the reader will know of its end
                self._pipe.write(data)
                self._pipe.flush()

    # From the child

    def _run(self) -> None:
        problem: Problem | None = None
        try:
            process = self._start()
            if process is not None:
                problem = self._listen(process)
        except Problem as error:
            problem = error
        except OSError as error:
            what = f"cannot be played ({error.strerror})"
            problem = Problem(self._path.name, what, "Close other programs and try again")
        finally:
            self._finish()
        if problem is not None:
            self._tell(replace(self._state, playing=False, problem=problem))

    def _start(self) -> Popen[bytes] | None:
        """Start the child, and the thread that watches it."""
        from subprocess import DEVNULL, PIPE, Popen

        file, _, demuxer = open_film(self._path, pictures=True)
        theirs, ours = (-1, -1) if _BY_PATH else os.pipe()
        with self._lock:
            width, height, aspect = self._size
        try:
            with file:
                process = Popen(
                    command(
                        _SCRIPT,
                        *(demuxer, str(theirs), str(width), str(height), f"{aspect:f}"),
                        *(f"{self._most_fps:f}", *([str(self._path.absolute())] * _BY_PATH)),
                    ),
                    stdin=PIPE if _BY_PATH else file,
                    stdout=PIPE,
                    stderr=DEVNULL,
                    env=environment(),
                    pass_fds=() if _BY_PATH else (theirs,),
                )
        except BaseException:
            if ours >= 0:
                os.close(ours)
            raise
        finally:
            if theirs >= 0:
                os.close(theirs)
        with self._lock:
            self._process = process
            self._pipe = process.stdin if _BY_PATH else os.fdopen(ours, "wb", buffering=0)
            if self._closed:
                return None
            for line in self._early:
                self._write(line)
            self._early.clear()
        threading.Thread(target=self._watch, name=f"watch {self._path.name}", daemon=True).start()
        return process

    def _listen(self, process: Popen[bytes]) -> Problem | None:
        """Take what the child sends until it ends; return why it ended, None for no reason."""
        assert process.stdout is not None
        pipe: Any = process.stdout
        while not self._closed:
            kind, size = struct.unpack("<cI", pipe.read(5).ljust(5, b"\0"))
            self._silent = 0
            if kind == b"F":
                frame = _frame(pipe, size)
                if frame is None:
                    break
                self._position = frame.seconds
                self._busy = True
                self._show(frame)
                self._busy = False
            elif kind == b"S" and size <= _LONGEST:
                try:
                    problem = self._understand(json.loads(pipe.read(size)))
                except (ValueError, TypeError, KeyError, AttributeError):
                    break
                if problem is not None:
                    return problem
            else:
                break
        if self._closed:
            return None
        if self._hung:
            what = f"keeps the decoder busy for {_SILENT * _LOOK:g} seconds"
            return Problem(self._path.name, what, SLOW)
        return Problem(self._path.name, "crashed the decoder", BROKEN)

    def _show(self, frame: Frame) -> None:
        self._taken.clear()
        if not self._closed:
            self._on_frame(frame)
        if self._wait_for_taken:
            self._taken.wait(_TAKEN)
        with self._lock:
            self._write(b"ack\n")

    def _understand(self, told: dict[str, Any]) -> Problem | None:
        if what := told.get("problem"):
            return Problem(self._path.name, str(what), BROKEN)
        film = self._state.film
        if "film" in told:
            film = _film(told["film"])
        with self._lock:
            self._answered = int(told["answered"])
            if self._answered >= self._wanted_by:
                self._wanted = bool(told["playing"])
            state = State(
                film=film,
                playing=self._wanted,
                seconds=float(told["seconds"]),
                dropped=int(told["dropped"]),
                ended=bool(told["ended"]),
            )
            self._lock.notify_all()
        self._tell(state)
        return None

    def _tell(self, state: State) -> None:
        self._state = state
        if state != self._told and not self._closed:
            self._told = state
            self._busy = True
            self._on_state(state)
            self._busy = False

    def _finish(self) -> None:
        """Leave no process and no open pipe behind."""
        with self._lock:
            self._over = True
            self._lock.notify_all()
            pipe, self._pipe, process = self._pipe, None, self._process
            self._process = None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError):
                pipe.close()
            if process.stdout is not None:
                process.stdout.close()
            process.wait()

    def _watch(self) -> None:
        """Kill a child that owes an answer and does not speak.

        It is looked at once a second: time in which the whole program was stopped does not
        count.
        """
        with self._lock:
            while not self._over:
                owes = self._playing_child() or self._answered < self._sent
                if not owes:
                    self._silent = 0
                    self._lock.wait()
                    continue
                began = time.monotonic()
                self._lock.wait(_LOOK)
                if self._busy or time.monotonic() - began < 0.9 * _LOOK:  # news, not time
                    continue
                self._silent += 1
                if self._silent >= (_SILENT if self._answered >= 0 else _OPENING):
                    self._hung = True
                    if self._process is not None:
                        self._process.kill()
                    return

    def _playing_child(self) -> bool:
        return self._state.playing and self._answered >= 0


def _side(pixels: int) -> int:
    return max(1, min(_LARGEST, int(pixels)))


def _film(told: dict[str, Any]) -> Film:
    def number(key: str) -> float | None:
        return None if told[key] is None else float(told[key])

    frames = told["frames"]
    return Film(
        width=int(told["width"]),
        height=int(told["height"]),
        seconds=number("seconds"),
        fps=number("fps"),
        frames=None if frames is None else int(frames),
        sound=bool(told["sound"]),
    )


def _frame(pipe: BufferedReader, size: int) -> Frame | None:
    """Read a picture; None when it ends too early, or is not what a picture can be."""
    head = pipe.read(20)
    if len(head) < 20:
        return None
    number, seconds, width, height = struct.unpack("<IdII", head)
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST and size == 20 + width * height * 3):
        return None
    pixels = pipe.read(width * height * 3)
    return Frame(number, seconds, width, height, pixels) if len(pixels) == size - 20 else None
