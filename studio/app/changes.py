"""The way of every change: on the screen at once, on disk a moment later, undoable for ever.

A key builds on what the key before it is still writing, see `Ahead`. While an undo is under way
nothing is known of what it will leave; changes asked for meanwhile take their turn behind it, on
the writer's own thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from studio.app import news
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from studio.app.ahead import Ahead
    from studio.app.background import Background
    from studio.project.project import Project
    from studio.project.undo import Edit, Step


class Changes:
    """Makes edits and takes them back.

    Args:
        project: the open project.
        ahead: its text files, as they will be.
        writer: writes in the background.
        post: takes news from any thread.
        take: reads the records of these files again, and tells the screen.
        take_back: the same after an undo or redo, for captions too.
        reload: reads all records again, after a write that failed.
    """

    def __init__(
        self,
        project: Project,
        ahead: Ahead,
        writer: Background,
        post: Callable[[Message], object],
        *,
        take: Callable[[set[str]], None],
        take_back: Callable[[set[str]], None],
        reload: Callable[[], None],
    ) -> None:
        self._undo = project.undo
        self._ahead = ahead
        self._writer = writer
        self._post = post
        self._take = take
        self._take_back = take_back
        self._reload = reload
        self._lock = threading.Lock()
        self._steps = 0  # undos and long changes under way, and changes that wait for them

    def change(self, label: str, make: Callable[[Ahead], Sequence[Edit]]) -> bool:
        """Change files; see `Session.change`."""
        if self._steps:
            self.in_turn(lambda: self._change_now(label, make))
            return True
        edits = self._made(make)
        if not edits:
            return False
        ticket = self._ahead.expect(edits)
        self._take({edit.path for edit in edits})
        self._writer.do(lambda: self._write(label, edits, ticket))
        return True

    def change_later(self, label: str, make: Callable[[Ahead], Sequence[Edit]]) -> None:
        """Change more files than a key may wait for; told when it is done."""

        def change() -> None:
            if self._change_now(label, make):
                self._post(news.Told(f"{label}: done. Undo takes it back."))

        self._post(news.Told(f"{label}…"))
        self.in_turn(change)

    def in_turn(self, job: Callable[[], object]) -> None:
        """Do a job in the background; changes asked for meanwhile wait for it."""

        def run() -> None:
            try:
                job()
            finally:
                with self._lock:
                    self._steps -= 1

        with self._lock:
            self._steps += 1
        self._writer.do(run)

    def undo(self) -> None:
        """Take back the last change, in the background."""
        self.in_turn(lambda: self._step(self._undo.undo, "Undone", "Nothing to undo"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self.in_turn(lambda: self._step(self._undo.redo, "Done again", "Nothing to redo"))

    def _made(self, make: Callable[[Ahead], Sequence[Edit]]) -> list[Edit]:
        try:
            return list(make(self._ahead))
        except Problem as problem:
            self._post(news.Failed(problem))
            return []

    def _change_now(self, label: str, make: Callable[[Ahead], Sequence[Edit]]) -> bool:
        """Change files from the writer's thread, on which nothing can come in between."""
        edits = self._made(make)
        if not edits:
            return False
        done = self._write(label, edits, self._ahead.expect(edits))
        self._take({edit.path for edit in edits})
        return done

    def _write(self, label: str, edits: Sequence[Edit], ticket: int) -> bool:
        try:
            self._undo.apply(label, edits, keep_mine="history")
        except Problem as problem:
            self._ahead.forget()
            self._reload()
            self._post(news.Failed(problem))
            return False
        self._ahead.settle(ticket)
        return True

    def _step(self, go: Callable[[], Step | None], done: str, nothing: str) -> None:
        try:
            step = go()
        except Problem as problem:
            # Left where it is, it would stand in the way of all the steps before it.
            undoing = go == self._undo.undo
            stuck = self._undo.next_undo() if undoing else self._undo.next_redo()
            if stuck is not None:
                self._undo.set_aside(stuck)
                self._post(news.Told(f"“{stuck.label}” stays as it is: {problem}", warn=True))
            return
        if step is None:
            self._post(news.Told(f"{nothing}."))
            return
        self._take_back({change.path for change in step.changes})
        self._post(news.Told(f"{done}: {step.label}"))
