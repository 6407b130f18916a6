from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from studio.preview.cells import Cells
from studio.preview.look_ahead import Failure, LookAhead, Request, draw
from studio.preview.modes import Mode
from studio.problem import Problem

if TYPE_CHECKING:
    from PIL import Image

WAIT = 10.0


def request(name: str, columns: int = 20, rows: int = 10) -> Request:
    return Request(Path(name), (1, 2), columns, rows, Mode.OCTANT)


class Easel:
    """Draws only when told to, and remembers what was asked and announced."""

    def __init__(self, *, budget: int = 1 << 20, threads: int = 1, size: int = 100) -> None:
        self.size = size
        self.started: list[str] = []
        self.announced: list[str] = []
        self._changed = threading.Condition()
        self._brushes: dict[str, Future[None]] = {}
        self.most_at_once = self._at_once = 0
        self.look_ahead = LookAhead(self.draw, self.ready, budget=budget, threads=threads)

    def draw(self, wanted: Request) -> SimpleNamespace:
        with self._changed:
            self.started.append(wanted.path.name)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            brush = self._brushes.setdefault(wanted.path.name, Future())
            self._changed.notify_all()
        try:
            brush.result(WAIT)
        finally:
            with self._changed:
                self._at_once -= 1
                self._brushes.pop(wanted.path.name, None)
        return SimpleNamespace(nbytes=self.size, name=wanted.path.name)

    def ready(self, wanted: Request, result: object) -> None:
        with self._changed:
            self.announced.append(wanted.path.name)
            self._changed.notify_all()

    def let(self, *names: str, fail: Exception | None = None) -> None:
        """Let pictures be drawn, one after the other; waits until each has begun."""
        for name in names:
            self.until(lambda name=name: name in self._brushes)
            brush = self._brushes[name]
            brush.set_exception(fail) if fail else brush.set_result(None)

    def until(self, true) -> None:
        with self._changed:
            assert self._changed.wait_for(true, WAIT), (self.started, self.announced)

    def want(self, *names: str) -> None:
        self.look_ahead.want([request(name) for name in names])

    def get(self, name: str):
        return self.look_ahead.get(request(name))


@pytest.fixture
def easel():
    made: list[Easel] = []

    def make(**options: int) -> Easel:
        made.append(Easel(**options))
        return made[-1]

    yield make
    for one in made:
        one.look_ahead.stop()
        for brush in list(one._brushes.values()):
            brush.done() or brush.set_result(None)


def test_the_picture_under_the_cursor_comes_first_then_the_next_ones(easel) -> None:
    at = easel()
    at.want("a", "b", "c")
    at.let("a", "b", "c")
    at.until(lambda: len(at.announced) == 3)
    assert at.started == at.announced == ["a", "b", "c"]
    assert at.get("b").name == "b"
    assert at.get("z") is None


def test_pictures_the_cursor_has_passed_are_not_drawn(easel) -> None:
    at = easel()
    at.want("a", "b", "c")
    at.until(lambda: at.started == ["a"])
    at.want("y", "z")
    at.let("a", "y", "z")
    at.until(lambda: len(at.announced) == 2)
    assert at.started == ["a", "y", "z"]
    assert at.announced == ["y", "z"], "the picture passed by was announced"
    assert at.get("a").name == "a", "what was drawn anyhow was thrown away"


def test_the_newest_wish_is_drawn_next(easel) -> None:
    at = easel()
    at.want("a", "b", "c")
    at.until(lambda: at.started == ["a"])
    at.want("d", "b")
    at.let("a", "d")
    at.until(lambda: len(at.started) == 3)
    assert at.started == ["a", "d", "b"]


def test_the_same_picture_is_never_drawn_twice_at_once(easel) -> None:
    at = easel(threads=2)
    for _ in range(5):
        at.want("a")
        at.want("a", "a")
    at.until(lambda: at.started == ["a"])
    at.want("a", "b")
    at.until(lambda: at.started == ["a", "b"])
    at.let("a", "b")
    at.until(lambda: sorted(at.announced) == ["a", "b"])
    at.want("a", "b")
    at.want("c")
    at.let("c")
    at.until(lambda: "c" in at.announced)
    assert at.started == ["a", "b", "c"]
    assert at.most_at_once == 2


def test_another_size_or_a_changed_file_is_another_picture() -> None:
    one = request("a")
    assert one == request("a")
    assert hash(one) == hash(request("a"))
    assert one != request("a", columns=21)
    assert one != Request(one.path, (9, 2), 20, 10, Mode.OCTANT)


def test_a_picture_finished_between_two_looks_is_still_announced(easel) -> None:
    at = easel()
    at.want("a")
    at.until(lambda: at.started == ["a"])
    at.want("b")  # the cursor moves on while a is drawn
    at.let("a", "b")
    at.until(lambda: at.announced == ["b"])
    at.want("a")  # and comes back; nobody has called get
    at.until(lambda: at.announced == ["b", "a"])
    assert at.started == ["a", "b"]


def test_memory_stays_within_its_budget_and_the_least_used_goes(easel) -> None:
    at = easel(budget=250, size=100)
    at.want("a", "b")
    at.let("a", "b")
    at.until(lambda: len(at.announced) == 2)
    assert at.get("a")
    at.want("c")
    at.let("c")
    at.until(lambda: len(at.announced) == 3)
    assert at.get("b") is None
    assert at.get("a")
    assert at.get("c")


def test_a_list_larger_than_the_memory_is_drawn_once_and_rests(easel) -> None:
    at = easel(budget=150, size=100)
    at.want("a", "b", "c")
    at.let("a", "b", "c")
    at.until(lambda: len(at.announced) == 3)
    at.want("d")
    at.let("d")
    at.until(lambda: len(at.announced) == 4)
    assert at.started == ["a", "b", "c", "d"]
    assert at.get("d"), "the newest must be there even if it is alone too large"


def test_a_broken_picture_says_why_and_the_next_one_is_drawn(easel) -> None:
    at = easel()
    at.want("bad", "worse", "good")
    at.let("bad", fail=Problem("bad.jpg", "the file is empty", "Export it again"))
    at.let("worse", fail=ZeroDivisionError("oops"))
    at.let("good")
    at.until(lambda: len(at.announced) == 3)
    assert at.get("bad") == Failure("bad.jpg: the file is empty. Export it again.")
    assert "worse: it could not be drawn (ZeroDivisionError: oops)" in at.get("worse").problem
    assert at.get("good").name == "good"
    at.want("bad")
    at.want("last")
    at.let("last")
    at.until(lambda: "last" in at.announced)
    assert at.started.count("bad") == 1, "a broken picture is tried again and again"


def test_a_screen_that_fails_does_not_stop_the_drawing(monkeypatch) -> None:
    told: list[type | None] = []
    seen = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type))

    def ready(wanted: Request, result: object) -> None:
        if wanted.path.name == "b":
            seen.set()
        raise RuntimeError("the screen is gone")

    look_ahead = LookAhead(lambda wanted: SimpleNamespace(nbytes=1), ready, threads=1)
    look_ahead.want([request("a"), request("b")])
    assert seen.wait(WAIT)
    look_ahead.stop(WAIT)
    assert told == [RuntimeError, RuntimeError]


def test_nothing_is_announced_after_the_end(easel) -> None:
    at = easel()
    at.want("a", "b")
    at.until(lambda: at.started == ["a"])
    at.look_ahead.stop()
    at.let("a")
    at.look_ahead.stop(WAIT)
    at.want("c")
    assert at.started == ["a"]
    assert at.announced == []


def test_no_thread_is_started_before_it_is_needed(easel) -> None:
    at = easel(threads=2)
    before = threading.active_count()
    at.want()
    assert threading.active_count() == before
    at.want("a")
    assert threading.active_count() == before + 1


def test_a_picture_comes_from_its_file(two_colours: Image.Image, saved) -> None:
    done: Future[object] = Future()
    path = saved(two_colours, "a.png")
    look_ahead = LookAhead(draw, lambda wanted, result: done.set_result(result))
    wanted = Request(path, (1, 1), 20, 10, Mode.QUADRANT)
    assert look_ahead.get(wanted) is None
    look_ahead.want([wanted])
    cells = done.result(WAIT)
    assert isinstance(cells, Cells)
    assert (cells.columns, cells.rows, cells.mode) == (20, 5, Mode.QUADRANT)
    assert look_ahead.get(wanted) is cells
    look_ahead.stop(WAIT)


# --- what is dropped, and what can wait -----------------------------------------------------


def test_what_makes_room_is_announced_so_that_the_terminal_can_forget_it_too() -> None:
    dropped: list[tuple[str, str]] = []
    gone = threading.Event()

    def on_drop(wanted: Request, result) -> None:
        dropped.append((wanted.path.name, result.name))
        gone.set()

    look_ahead = LookAhead(
        lambda wanted: SimpleNamespace(nbytes=100, name=wanted.path.name),
        lambda _request, _result: None,
        budget=250,
        threads=1,
        on_drop=on_drop,
    )
    look_ahead.want([request(name) for name in "abc"])
    assert gone.wait(WAIT)
    look_ahead.stop(WAIT)
    assert dropped == [("a", "a")]
    assert look_ahead.count == 2


def test_drawings_can_be_forgotten_by_what_they_are_of() -> None:
    dropped: list[str] = []
    ready = threading.Semaphore(0)
    look_ahead = LookAhead(
        lambda wanted: SimpleNamespace(nbytes=100),
        lambda _request, _result: ready.release(),
        threads=1,
        on_drop=lambda wanted, _result: dropped.append(wanted.path.name),
    )
    look_ahead.want([request(name) for name in "abc"])
    for _ in range(3):
        assert ready.acquire(timeout=WAIT)
    assert look_ahead.forget(lambda wanted: wanted.path.name != "b") == 2
    assert sorted(dropped) == ["a", "c"]
    assert look_ahead.count == 1
    assert look_ahead.get(request("a")) is None
    assert look_ahead.get(request("b"))
    look_ahead.want([request("a")])
    assert ready.acquire(timeout=WAIT), "what was forgotten is not drawn again"
    look_ahead.stop(WAIT)


def test_what_can_wait_waits_for_the_pictures() -> None:
    done: list[str] = []
    finished, begun, go = threading.Event(), threading.Event(), threading.Event()

    def drawn(wanted: Request) -> SimpleNamespace:
        begun.set()
        assert go.wait(WAIT)
        done.append(wanted.path.name)
        return SimpleNamespace(nbytes=1)

    look_ahead = LookAhead(drawn, lambda _request, _result: None, threads=1)
    look_ahead.want([request("a"), request("b")])
    assert begun.wait(WAIT)

    def fails() -> None:
        done.append("fails")
        raise ValueError

    look_ahead.later(lambda: (done.append("job"), finished.set()))
    look_ahead.later(fails)
    told: list[type] = []
    before, threading.excepthook = threading.excepthook, lambda args: told.append(args.exc_type)
    try:
        go.set()
        assert finished.wait(WAIT)
    finally:
        threading.excepthook = before
    assert done == ["a", "b", "fails", "job"]
    assert told == [ValueError]
    look_ahead.stop(WAIT)


def test_a_job_leaves_a_thread_free_for_the_next_picture() -> None:
    at_job, go, ready = threading.Event(), threading.Event(), threading.Semaphore(0)
    look_ahead = LookAhead(
        lambda wanted: SimpleNamespace(nbytes=1),
        lambda _request, _result: ready.release(),
        threads=2,
    )
    look_ahead.want([request("a")])
    assert ready.acquire(timeout=WAIT)

    def job() -> None:
        at_job.set()
        go.wait(WAIT)

    look_ahead.later(job)
    look_ahead.later(job)
    assert at_job.wait(WAIT)
    look_ahead.want([request("b"), request("c")])
    assert ready.acquire(timeout=WAIT)
    assert ready.acquire(timeout=WAIT)
    go.set()
    look_ahead.stop(WAIT)
