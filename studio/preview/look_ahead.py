"""Pictures drawn before they are asked for, off the screen's thread.

Give it what is wanted, most wanted first; it draws in that order and keeps what was drawn. A new
list replaces the old one, so a cursor that has moved on leaves no queue behind.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from studio.preview.modes import Mode
from studio.preview.view import CELL, WHOLE, View
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.platforms.zones import Zone
    from studio.preview.cells import Cells
    from studio.preview.protocols import Pixels, Protocol


@dataclass(frozen=True)
class Request:
    """A picture wanted at a size; equal requests have equal results.

    Attributes:
        path: the picture; for a clip, its poster frame.
        stamp: the file's time of change in nanoseconds and its size in bytes, so that a changed
            file is another request.
        columns: width of the room for it, in cells.
        rows: height of the room for it, in cells.
        mode: how the cells are divided, or the protocol that brings pixels.
        background: what shows through transparent parts.
        cell_ratio: height of a cell divided by its width; with a protocol `cell` says it.
        view: which part of the picture is looked at.
        cell: width and height of a cell in pixels of the terminal.
        overlays: names of `studio.preview.overlay.OVERLAYS` to draw on it.
        marks: points as fractions of the picture with a short label each; without a label it is a
            cross.
        loupe: a point whose surroundings are shown at twice real size in a corner; None for none.
        image_id: the number of the picture to the terminal, for a protocol that has such.
        compress: pack what is sent, as for a slow line.
    """

    path: Path
    stamp: tuple[int, int]
    columns: int
    rows: int
    mode: Mode | Protocol
    background: tuple[int, int, int] = (16, 14, 12)
    cell_ratio: float = 2.0
    view: View = WHOLE
    cell: tuple[int, int] = CELL
    overlays: tuple[str, ...] = ()
    marks: tuple[tuple[float, float, str], ...] = ()
    loupe: tuple[float, float] | None = None
    image_id: int = 0
    compress: bool = False
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        # Looked up many times a key press, and a hash of this many fields costs as much as all
        # the rest of a look-up.
        facts = (
            (self.path, self.stamp, self.columns, self.rows, self.mode, self.background),
            (self.cell_ratio, self.view, self.cell, self.overlays, self.marks),
            (self.loupe, self.image_id, self.compress),
        )
        object.__setattr__(self, "_hash", hash(facts))

    def __hash__(self) -> int:
        return self._hash

    @property
    def cell_px(self) -> tuple[float, float]:
        """Width and height of a cell in pixels, as `View` wants them."""
        if isinstance(self.mode, Mode):
            return self.cell[0], self.cell[0] * self.cell_ratio
        return self.cell


@dataclass(frozen=True)
class Failure:
    """A picture that cannot be shown; `problem` tells a human why, safe to show."""

    problem: str


Result: TypeAlias = "Cells | Pixels | Failure"
_FAILURE_BYTES = 1024
# Each may hold a decoded picture.
_MOST_JOBS = 4


class LookAhead:
    """Draws what is wanted in daemon threads and keeps the results.

    Args:
        draw: makes the cells of a request; called in the threads. A `Problem` it raises becomes
            a `Failure`, and so does any other exception.
        on_ready: called in a thread with each result that is still wanted when it is ready. It
            should do no more than pass the news on to the screen's thread.
        budget: bytes of results to keep; the ones not used for longest go first. The newest
            result is kept even if it alone takes more.
        threads: how many pictures may be drawn at the same time.
        on_drop: called with each result that is kept no longer, in the thread that drew the one
            it makes room for or that called `forget`. As for `on_ready`, it should only pass
            the news on.
    """

    def __init__(
        self,
        draw: Callable[[Request], Cells | Pixels],
        on_ready: Callable[[Request, Result], None],
        *,
        budget: int = 64 << 20,
        threads: int = 2,
        on_drop: Callable[[Request, Result], None] | None = None,
    ) -> None:
        self._draw = draw
        self._on_ready = on_ready
        self._on_drop = on_drop
        self._budget = budget
        self._most_threads = threads
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        # All below is guarded by `_changed`.
        self._results: OrderedDict[Request, tuple[Result, int]] = OrderedDict()
        self._bytes = 0
        self._wanted: dict[Request, None] = {}  # in order, most wanted first
        self._drawing: set[Request] = set()
        self._untold: set[Request] = set()  # finished while nobody wanted them
        self._jobs: deque[Callable[[], object]] = deque(maxlen=_MOST_JOBS)
        self._at_job = False
        self._stopped = False

    @property
    def count(self) -> int:
        """How many results are kept."""
        with self._changed:
            return len(self._results)

    def get(self, request: Request) -> Result | None:
        """Return the result if it is there, at once; None if not."""
        with self._changed:
            kept = self._results.get(request)
            if kept is None:
                return None
            self._results.move_to_end(request)
            self._untold.discard(request)
            return kept[0]

    def want(self, requests: Sequence[Request]) -> None:
        """Replace what is wanted, most wanted first; returns at once.

        What is there already is not drawn again, and not announced either if `get` or `on_ready`
        has handed it out before. What is being drawn is finished and kept even if no longer
        wanted, but not announced.
        """
        with self._changed:
            if self._stopped:
                return
            self._wanted = dict.fromkeys(requests)
            for request in reversed(requests):
                if request in self._results:
                    self._results.move_to_end(request)
            waiting = sum(self._is_waiting(request) for request in self._wanted)
            idle = len(self._threads) - len(self._drawing) - self._at_job
            for _ in range(min(waiting - idle, self._most_threads - len(self._threads))):
                thread = threading.Thread(target=self._work, name="look-ahead", daemon=True)
                self._threads.append(thread)
                thread.start()
            if waiting:
                self._changed.notify_all()

    def later(self, job: Callable[[], object]) -> None:
        """Do something in a thread when nothing waits to be drawn; of many, the newest are done.

        What it raises is told as for any thread.
        """
        with self._changed:
            if not self._stopped:
                self._jobs.append(job)
                self._changed.notify()

    def forget(self, predicate: Callable[[Request], bool]) -> int:
        """Drop the results of all requests for which `predicate` is true; return how many."""
        with self._changed:
            gone = [request for request in self._results if predicate(request)]
            dropped = [(request, self._drop(request)) for request in gone]
        self._tell_dropped(dropped)
        return len(dropped)

    def stop(self, timeout: float = 0.0) -> None:
        """Draw and announce nothing more; wait up to `timeout` seconds for the threads to end."""
        with self._changed:
            self._stopped = True
            self._wanted.clear()
            self._jobs.clear()
            self._changed.notify_all()
        if timeout:
            for thread in self._threads:
                thread.join(timeout)

    def _is_waiting(self, request: Request) -> bool:
        """Tell whether a wanted request has still to be drawn or announced."""
        if request in self._results:
            return request in self._untold
        return request not in self._drawing

    def _work(self) -> None:
        """Draw the most wanted request until stopped."""
        while (todo := self._next()) is not None:
            if not isinstance(todo, Request):
                self._told(todo)
                with self._changed:
                    self._at_job = False
                continue
            with self._changed:
                kept = self._results.get(todo)
            result = kept[0] if kept else self._made(todo)
            self._finish(todo, result)

    def _next(self) -> Request | Callable[[], object] | None:
        """Wait for the most wanted request that nobody draws, or a job; None when stopped."""
        with self._changed:
            while not self._stopped:
                for request in self._wanted:
                    if self._is_waiting(request):
                        self._drawing.add(request)
                        self._untold.discard(request)
                        return request
                # One at a time: the other thread stays free for what is wanted next.
                if self._jobs and not self._at_job:
                    self._at_job = True
                    return self._jobs.pop()
                self._changed.wait()
            return None

    def _told(self, work: Callable[[], object]) -> None:
        """Do something of others; what it raises is told as for any thread, but this one lives."""
        try:
            work()
        except Exception:  # noqa: BLE001
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), None)))

    def _drop(self, request: Request) -> Result:
        """Keep a result no longer."""
        result, freed = self._results.pop(request)
        self._bytes -= freed
        self._untold.discard(request)
        return result

    def _tell_dropped(self, dropped: list[tuple[Request, Result]]) -> None:
        """Announce what is kept no longer."""
        if self._on_drop is not None:
            for request, result in dropped:
                self._told(functools.partial(self._on_drop, request, result))

    def _made(self, request: Request) -> Result:
        """Draw one request; never raises."""
        try:
            return self._draw(request)
        except Problem as problem:
            return Failure(str(problem))
        except Exception as error:  # noqa: BLE001 - one picture must not end the thread
            what = f"it could not be drawn ({type(error).__name__}: {error})"
            return Failure(str(Problem(str(request.path), what, "Open it in another program")))

    def _finish(self, request: Request, result: Result) -> None:
        """Keep a result, make room, and announce it if it is still wanted."""
        size = _FAILURE_BYTES if isinstance(result, Failure) else result.nbytes
        with self._changed:
            self._drawing.discard(request)
            if request not in self._results:
                self._results[request] = (result, size)
                self._bytes += size
            self._results.move_to_end(request)
            dropped = []
            while self._bytes > self._budget and len(self._results) > 1:
                gone = next(iter(self._results))
                dropped.append((gone, self._drop(gone)))
            # No longer waited for: otherwise a list larger than the budget would be drawn for ever.
            wanted = request in self._wanted
            self._wanted.pop(request, None)
            if not wanted and request in self._results:
                self._untold.add(request)
        self._tell_dropped(dropped)
        if wanted:
            self._told(lambda: self._on_ready(request, result))


def draw(
    request: Request,
    *,
    cache_dir: Path | None = None,
    later: Callable[[Callable[[], object]], object] | None = None,
    zones: Sequence[Zone] | None = None,
) -> Cells | Pixels:
    """Return the drawing of a request.

    Args:
        request: what to draw.
        cache_dir: where proxies of large and slow files are kept; None for no proxies.
        later: is given what can wait until the drawing is on the screen, such as
            `LookAhead.later`; None to do it at once.
        zones: the safe zones for overlays; None for the ones Studio brings.

    Raises:
        Problem: as `studio.preview.picture.load`, or there is no such overlay.
    """
    # Imported when first needed: numpy and Pillow cost more than all of the first screen.
    from studio.preview import drawing

    return drawing.draw(request, cache_dir, later, zones)
