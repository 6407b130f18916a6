"""The process that plays a clip: run by `studio.media.player`, never imported by it.

It is handed the open film as its standard input and commands on a pipe of their own (on Windows
the film's path, and commands on the standard input), and sends pictures and states on its standard
output. It keeps the time itself: a picture whose time has passed is not even converted, and none is
sent before the one before it has been taken.

Usage: player_child.py DEMUXER COMMANDS WIDTH HEIGHT PIXEL_ASPECT MOST_FPS [PATH]

Commands, one a line: `NUMBER play|pause|step N|seek S|jump S|size W H A|span S S|loop 0|1`, each
answered by a state with its number, and `ack`. Messages: one letter, the length of what follows
(`<cI`); then for `F` a picture's number, seconds, width, height (`<IdII`) and pixels (RGB), for `S`
a JSON object.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

sys.path.append(str(Path(__file__).parents[2]))  # -P leaves out even the own folder

from studio.media.footage import Footage, Unplayable, breathe, limit
from studio.media.frame_cache import Cache

_BUDGET = 96_000_000  # bytes of pictures kept
_BACK = 24  # pictures decoded before the one stepped back to
_LATE = 0.5  # seconds behind the clock, after which the clock is set back
_BEAT = 1.0  # seconds between signs of life
_BREATH = 20  # seconds of processor time allowed from one sign of life to the next
_GAP = 0.1  # seconds that may be missing in what is kept, rather than decoded for
_HURRY = 0.15  # seconds of decoding, after which a newer command is heard
_IDLE = 0.25  # seconds without a command, after which there is time to look back
_NICE = 5  # so that the keyboard comes first
_EPSILON = 1e-4  # seconds


class Show:
    """One film on show.

    Args:
        footage: the film.
        out: takes messages.
        box: width and height of the place it is shown in, in pixels, and a pixel's aspect.
        most_fps: pictures a second at most.
    """

    def __init__(
        self,
        footage: Footage,
        out: Any,  # noqa: ANN401
        box: tuple[int, int, float],
        most_fps: float,
    ) -> None:
        self._footage = footage
        self._index = footage.index
        self._out = out
        self._box = box
        self._most_fps = most_fps * 1.02  # rates are only nearly what they say
        self._commands: SimpleQueue[list[str]] = SimpleQueue()
        self._cache = Cache(_BUDGET)
        self._free = True  # the last picture has been taken
        self._heard = 0  # commands that have come
        self._done = 0  # of these
        self._answered = 0
        self._goal: int | None = 0  # a picture to show as soon as may be
        self._stepping = False  # to it, one by one
        self._cursor = 0  # the picture played last, or left out
        self._shown = 0  # the picture on show
        self._start: float | None = None
        self._end: float | None = None
        self._loop = False
        self._playing = False
        self._ended = False
        self._clock = 0.0  # when the film's second 0 was, or would have been
        self._dropped = 0
        self._told: dict[str, Any] = {}
        self._beat = 0.0

    def listen(self, commands: Any) -> None:  # noqa: ANN401
        """Take commands until there are no more, which ends the process at once."""
        for line in commands:
            words = line.decode("ascii", "replace").split()
            if words:
                self._heard += words[0] != "ack"
                self._commands.put(words)
        os._exit(0)

    def run(self) -> None:
        """Play as told, forever."""
        self._tell(film=True)
        while True:
            self._take_all()
            if self._goal is not None:
                self._reach(self._goal)
            elif self._playing:
                self._tell(film=False)
                self._play()
            else:
                self._tell(film=False)
                self._rest()

    def _rest(self) -> None:
        """Wait for a command."""
        try:
            words = self._commands.get(timeout=_IDLE)
        except Empty:
            self._look_back()
            words = self._commands.get()
        self._do(words)

    # Commands

    def _take_all(self) -> None:
        while True:
            try:
                words = self._commands.get_nowait()
            except Empty:
                return
            self._do(words)

    def _do(self, words: list[str]) -> bool:
        """Do what a command says; return whether it changes what comes next."""
        if words[0] == "ack":
            self._free = True
            return False
        self._done += 1
        self._answered = int(words[0])
        getattr(self, f"_on_{words[1]}")(*words[2:])
        return True

    def _on_play(self) -> None:
        if self._playing:
            return
        self._playing = True
        self._cursor = self._shown if self._goal is None else self._goal
        if self._next() is None or not self._within(self._cursor):
            self._goal = self._cursor = self._first()
        self._ended = False
        self._set_clock(self._cursor)

    def _on_pause(self) -> None:
        self._playing = False
        if self._cursor != self._shown and self._goal is None:
            self._goal = self._cursor

    def _on_step(self, count: str) -> None:
        self._on_pause()
        self._aim((self._shown if self._goal is None else self._goal) + int(count))
        self._stepping = True

    def _on_seek(self, seconds: str) -> None:
        self._aim(self._index.at(float(seconds)))

    def _on_jump(self, seconds: str) -> None:
        here = self._cursor if self._goal is None else self._goal
        self._aim(self._index.at(self._index.seconds(here) + float(seconds)))

    def _on_size(self, width: str, height: str, aspect: str) -> None:
        self._box = (int(width), int(height), float(aspect))
        self._cache.clear()
        if self._goal is None and not self._playing:
            self._goal = self._shown

    def _on_span(self, start: str, end: str) -> None:
        self._start = None if start == "-" else float(start)
        self._end = None if end == "-" else float(end)
        if self._playing and not self._within(self._cursor):
            self._goal = self._first()

    def _on_loop(self, on: str) -> None:
        self._loop = on == "1"

    def _aim(self, number: int) -> None:
        last = number if self._index.count is None else self._index.count - 1
        self._goal = max(0, min(number, last))
        self._stepping = False
        self._ended = False

    # Time

    def _set_clock(self, number: int) -> None:
        self._clock = time.monotonic() - self._index.seconds(number)

    def _due(self, number: int) -> float:
        return self._clock + self._index.seconds(number)

    def _first(self) -> int:
        return self._index.at(self._start or 0.0)

    def _within(self, number: int) -> bool:
        """Return whether a picture lies in the span that is played."""
        past = self._end is not None and self._index.seconds(number) > self._end + _EPSILON
        return self._first() <= number and not past

    def _next(self) -> int | None:
        """Return the picture to show after the one at the cursor, None at the end."""
        index, here = self._index, self._cursor
        slot = int(index.seconds(here) * self._most_fps + _EPSILON)
        number = here + 1
        while int(index.seconds(number) * self._most_fps + _EPSILON) <= slot:
            number += 1
        if index.count is not None and number >= index.count:
            return None
        if self._end is not None and index.seconds(here) <= self._end + _EPSILON:
            return number if index.seconds(number) <= self._end + _EPSILON else None
        return number

    def _wait(self, until: float, *, taken: bool = False) -> bool:
        """Wait for a time, or for the last picture to be taken; return whether it has come.

        A command ends the waiting.
        """
        while not (taken and self._free):
            left = until - time.monotonic()
            if left <= 0:
                return not taken
            try:
                words = self._commands.get(timeout=min(left, _BEAT))
            except Empty:
                self._tell(film=False)
                continue
            if self._do(words):
                return False
        return True

    # Pictures

    def _play(self) -> None:
        """Show the next picture when it is due, or leave it out."""
        number = self._next()
        if number is None:
            self._at_the_end()
            return
        now = time.monotonic()
        on_time = self._index.at(now - self._clock)
        while number < on_time:  # its time has passed
            self._cursor, before = number, self._cursor
            following = self._next()
            if following is None or following > on_time:
                self._cursor = before
                break
            self._dropped += 1
            number = following
        number = self._nearest_kept(number)
        if number not in self._cache:
            self._find(number)
            number = self._footage.number
            if number <= self._cursor:  # there are fewer than it was said
                self._at_the_end()
                return
        if time.monotonic() - self._due(number) > _LATE:
            self._set_clock(number)
        if not self._wait(self._due(number)):
            return
        if self._wait(self._due(number + 1), taken=True):
            self._send(number)
        elif not self._free:
            self._dropped += 1
            self._cursor = number

    def _nearest_kept(self, number: int) -> int:
        """Return a picture, or one soon after it when that spares seeking."""
        if self._footage.number not in {number - 1, number}:
            latest = self._index.seconds(number) + _GAP
            later = number
            while self._index.seconds(later) < latest:
                if later in self._cache:
                    return later
                later += 1
        return number

    def _at_the_end(self) -> None:
        """Start over, or stop at the last picture."""
        first, end = self._first(), self._due(self._cursor + 1)
        if self._loop and first not in self._cache:
            self._find(first)
        if not self._wait(end):
            return
        if not self._loop:
            self._playing, self._ended = False, True
            if self._cursor != self._shown:
                self._goal = self._cursor
        elif self._wait(end + _LATE, taken=True):
            self._clock = max(end, time.monotonic() - _LATE) - self._index.seconds(first)
            self._send(first)

    def _reach(self, goal: int) -> None:
        """Show one picture, however long it takes."""
        if goal not in self._cache:
            if goal < self._shown and self._stepping:
                self._find_with_those_before(goal)
            else:
                late = time.monotonic() + _HURRY
                self._find(goal, stop=lambda: self._is_hurried(late))
            reached = self._footage.number
            if reached < goal and self._done < self._heard:
                if self._free:
                    self._send(reached)
                return
        while not self._free:
            if self._do(self._commands.get()):
                return
        self._goal = None
        self._send(goal)
        if self._playing:
            self._set_clock(self._shown)
        self._tell(film=False)

    def _find(self, number: int, **how: Any) -> None:  # noqa: ANN401
        count = self._index.count
        self._footage.find(number, **how)
        if self._index.count != count:  # fewer than it was said: the others' numbers have moved
            self._cache.clear()

    def _find_with_those_before(self, number: int, **how: Any) -> None:  # noqa: ANN401
        """Find a picture, and keep it and some before it."""

        def keep(passed: int, frame: Any) -> None:  # noqa: ANN401
            if passed >= number - _BACK:
                self._keep(passed, frame)

        self._find(number, passing=keep, keep=_BACK, **how)
        keep(self._footage.number, self._footage.frame)

    def _look_back(self) -> None:
        """Prepare for steps back while there is nothing else to do."""
        before = self._shown - 1
        if before >= 0 and before not in self._cache:
            self._find_with_those_before(before, stop=lambda: self._done < self._heard)

    def _is_hurried(self, late: float) -> bool:
        """Return whether a newer command has waited for long enough."""
        return self._done < self._heard and time.monotonic() > late

    def _keep(self, number: int, frame: Any) -> None:  # noqa: ANN401
        if number not in self._cache:
            width, height = self._size()
            self._cache.put(number, (width, height, self._footage.pixels(frame, width, height)))

    def _size(self) -> tuple[int, int]:
        """Return the size of a picture that fits its place, its aspect kept."""
        width, height, aspect = self._box
        wide = self._footage.width / aspect
        scale = min(width / wide, height / self._footage.height)
        return (
            max(1, min(width, round(wide * scale))),
            max(1, min(height, round(self._footage.height * scale))),
        )

    def _send(self, number: int) -> None:
        if number not in self._cache:
            frame = self._footage.frame
            number = self._footage.number
            self._keep(number, frame)
        width, height, pixels = self._cache.get(number)
        head = struct.pack("<IdII", number, self._index.seconds(number), width, height)
        self._free = False
        self._cursor = self._shown = number
        self._message(b"F", head, pixels)

    def _tell(self, *, film: bool) -> None:
        """Send the state when it has changed, and a sign of life from time to time."""
        now = time.monotonic()
        state: dict[str, Any] = {
            "answered": self._answered,
            "playing": self._playing,
            "ended": self._ended,
        }
        if state == self._told and now - self._beat < _BEAT:
            return
        breathe(_BREATH)
        self._told, self._beat = state, now
        more: dict[str, Any] = {
            "dropped": self._dropped,
            "seconds": self._index.seconds(self._shown),
        }
        if film:
            footage = self._footage
            more["film"] = {
                "width": footage.width,
                "height": footage.height,
                "seconds": footage.seconds,
                "fps": footage.fps,
                "frames": self._index.count,
                "sound": footage.sound,
            }
        self._message(b"S", json.dumps(state | more).encode())

    def _message(self, kind: bytes, *parts: bytes) -> None:
        size = sum(len(part) for part in parts)
        self._out.write(b"".join((struct.pack("<cI", kind, size), *parts)))
        self._out.flush()


def main(arguments: list[str]) -> int:
    """Play until the commands end; the exit code is 0 then."""
    import av  # noqa: F401 (before the limits: Python may want to keep its bytecode)

    demuxer, commands, width, height, aspect, most_fps, *path = arguments
    if hasattr(os, "nice"):
        os.nice(_NICE)
    limit(None)
    breathe(_BREATH)
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)  # what the native libraries may print is no message
    film: Any = Path(path[0]).open("rb") if path else sys.stdin.buffer  # noqa: SIM115
    told: Any = sys.stdin.buffer if path else os.fdopen(int(commands), "rb")
    try:
        footage = Footage(film, demuxer)
        show = Show(footage, out, (int(width), int(height), float(aspect)), float(most_fps))
        threading.Thread(target=show.listen, args=[told], daemon=True).start()
        show.run()
    except Unplayable as error:
        problem = str(error)
    except MemoryError:
        problem = "needs more memory than a clip should"
    except Exception as error:  # noqa: BLE001 (the native libraries raise whatever they like)
        problem = f"cannot be decoded ({type(error).__name__})"
    body = json.dumps({"problem": problem}).encode()
    out.write(struct.pack("<cI", b"S", len(body)) + body)
    out.flush()
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
