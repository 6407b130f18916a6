"""One undo for every command, without limit, across restarts.

A step is written to the log before its files are, and a file that already is what a step would
make of it counts as done: so a crash between two files leaves a step that can be taken back.
Taking back is a save like any other; a file that changed since is never overwritten.

The log has one JSON object a line: `{"do": ...}`, then `{"undo": id}`, `{"redo": id}`, and
`{"fail": id}` for a step that did not come about, `{"aside": id}` for one given up. Lines that
are torn or not understood are passed over. The contents lie in the history, marked to be kept.
"""

# ruff: noqa: PTH118, PTH120, PTH123

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from studio.problem import Problem
from studio.project import atomic
from studio.project.conflicts import Conflict
from studio.project.faults import told
from studio.project.version import ABSENT, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from studio.project.history import History
    from studio.project.store import Store


_UNKNOWN = dt.datetime.min.replace(tzinfo=dt.UTC)
_SMALL = 1 << 20  # bytes up to which a trashed file is put into the history as well
_LARGE = 16 << 20  # bytes from which a file that a step made is kept by the trash alone


@dataclass(frozen=True)
class Edit:
    """One file to be changed: its new bytes (None: to the trash) and what it must be before."""

    path: str
    data: bytes | None
    if_version: Version


@dataclass(frozen=True)
class Change:
    """What a step did to one file.

    Attributes:
        path: the file.
        before: its version before, `ABSENT` if the step made it.
        after: its version after, `ABSENT` if the step put it into the trash.
        trashed: where in the trash it lies, if it does.
    """

    path: str
    before: Version
    after: Version
    trashed: str | None = None


@dataclass(frozen=True)
class Step:
    """One command as the human sees it.

    Attributes:
        label: what it did, for "Undo …".
        scope: where it belongs ("board", "ideas/xmas.md"); "" for none in particular.
        changes: the files it touched.
        id: its own among all steps.
        time: when, UTC.
    """

    label: str
    scope: str
    changes: tuple[Change, ...]
    id: str = ""
    time: dt.datetime = _UNKNOWN


class Undo:
    """The steps of one project and the way back.

    Args:
        folder: holds the log; made at the first step.
        store: writes the files.
        history: holds the contents.
    """

    def __init__(self, folder: Path, store: Store, history: History) -> None:
        self.folder = folder
        self._log = os.path.join(folder, "undo.log")
        self._store = store
        self._history = history
        self._lock = threading.RLock()
        self._read_to = 0
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._dropped: list[Step] = []

    def apply(
        self,
        label: str,
        edits: Sequence[Edit],
        *,
        scope: str = "",
        keep_mine: Literal["file", "history"] = "file",
    ) -> Step:
        """Write all edits, or none, and remember them as one step.

        Args:
            label: what the human did ("Keep 3 pictures").
            edits: at most one for each file; those that change nothing are left out.
            scope: see `Step`.
            keep_mine: as in `Store.write`; "history" for what no human typed.

        Returns:
            The step; one without changes if there was nothing to do (and it is not remembered).

        Raises:
            Conflict: a file is something else by now; the other files are as they were.
            Problem: the disk or the system refused; the other files are as they were.
        """
        with self._lock:
            self._catch_up()
            changes: list[Change] = []
            texts: dict[str, bytes] = {}
            for edit in edits:
                after = ABSENT if edit.data is None else Version(atomic.digest_of(edit.data))
                if edit.path in texts:
                    raise ValueError(f"two edits of {edit.path!r} in one step")
                if after != edit.if_version:
                    changes.append(Change(edit.path, edit.if_version, after))
                    texts[edit.path] = edit.data or b""
            step = Step(label, scope, tuple(changes), os.urandom(8).hex(), dt.datetime.now(dt.UTC))
            if not changes:
                return step
            for each in changes:
                self._keep(each, texts[each.path])
            self._append({"do": _as_json(step)})
            try:
                done = self._perform(step.changes, texts, keep_mine)
            except BaseException:
                self._append({"fail": step.id})
                raise
            if done != step.changes:
                step = replace(step, changes=done)
                self._append({"trashed": {each.path: each.trashed for each in done}, "of": step.id})
            self._catch_up()
            return step

    def undo(self, scope: str | None = None) -> Step | None:
        """Take the last step back (the last of a scope, if one is named) and return it.

        Returns:
            None when there is nothing to take back.

        Raises:
            Problem: a file of it was changed since; nothing was taken back.
        """
        with self._lock:
            step = self.next_undo(scope)
            if step is None:
                return None
            back = tuple(
                Change(each.path, each.after, each.before, each.trashed) for each in step.changes
            )
            self._turn(step, back, "taken back")
            self._append({"undo": step.id})
            self._catch_up()
            return step

    def redo(self, scope: str | None = None) -> Step | None:
        """Do the last step again that was taken back, and return it.

        Returns:
            None when there is none, or a new step has come in its way.

        Raises:
            Problem: a file of it was changed since; nothing was done again.
        """
        with self._lock:
            step = self.next_redo(scope)
            if step is None:
                return None
            again = tuple(replace(each, trashed=None) for each in step.changes)
            done = self._turn(step, again, "done again")
            trashed = {each.path: each.trashed for each in done if each.trashed}
            if trashed:
                self._append({"trashed": trashed, "of": step.id})
            self._append({"redo": step.id})
            self._catch_up()
            return step

    def next_undo(self, scope: str | None = None) -> Step | None:
        """Return the step that `undo` would take back."""
        with self._lock:
            self._catch_up()
            return _last(self._done, scope)

    def next_redo(self, scope: str | None = None) -> Step | None:
        """Return the step that `redo` would do again."""
        with self._lock:
            self._catch_up()
            return _last(self._undone, scope)

    def set_aside(self, step: Step) -> None:
        """Leave out a step that cannot be taken back or done again, so that others can."""
        with self._lock:
            self._append({"aside": step.id})
            self._catch_up()

    def steps(self) -> list[Step]:
        """Return every step that stands, oldest first."""
        with self._lock:
            self._catch_up()
            return list(self._done)

    # Files

    def _keep(self, change: Change, data: bytes) -> None:
        """Put what the way back and forth needs into the history, before anything is done."""
        if change.before.present:
            # Missing, changed or too large: then the store says so, or the trash keeps it.
            with contextlib.suppress(Problem):
                if change.after.present or self._store.size(change.path) <= _SMALL:
                    now, version = self._store.read(change.path)
                    if version == change.before:
                        self._history.add(change.path, now, keep=True)
        if change.after.present and (change.before.present or len(data) < _LARGE):
            self._history.add(change.path, data, keep=True)

    def _turn(self, step: Step, changes: tuple[Change, ...], word: str) -> tuple[Change, ...]:
        """Perform the changes of a known step; all of it or nothing."""
        todo = []
        for each in changes:
            now = self._store.version(each.path)
            if now == each.after:
                continue  # a crash came before the log had it, or a human did the same
            if now != each.before:
                raise Problem(
                    each.path,
                    f"it was changed since “{step.label}”; nothing was {word}",
                    "Look at its versions in the history and choose one",
                )
            todo.append(each)
        try:
            return self._perform(tuple(todo), {})
        except Conflict as changed:
            raise Problem(
                changed.path,
                f"it was changed since “{step.label}”; nothing was {word}",
                "Look at its versions in the history and choose one",
            ) from changed

    def _perform(
        self,
        changes: Iterable[Change],
        texts: dict[str, bytes],
        keep_mine: Literal["file", "history"] = "history",
    ) -> tuple[Change, ...]:
        """Make every change, or take back those made and raise."""
        with self._store.together():
            return self._performed(changes, texts, keep_mine)

    def _performed(
        self,
        changes: Iterable[Change],
        texts: dict[str, bytes],
        keep_mine: Literal["file", "history"],
    ) -> tuple[Change, ...]:
        done: list[Change] = []
        try:
            for each in changes:
                done.append(self._change(each, texts.get(each.path), keep_mine))  # noqa: PERF401
        except BaseException:
            for each in reversed(done):
                back = Change(each.path, each.after, each.before, each.trashed)
                with contextlib.suppress(Problem):  # changed by someone in between: theirs stays
                    self._change(back, None, "history")
            raise
        return tuple(done)

    def _change(
        self, change: Change, data: bytes | None, keep_mine: Literal["file", "history"]
    ) -> Change:
        path = change.path
        if not change.after.present:
            return replace(change, trashed=self._store.trash(path, if_version=change.before))
        if not change.before.present:
            known = [change.trashed] if change.trashed else []
            for trashed in (*known, *self._store.trashed(path)):
                with contextlib.suppress(Problem):
                    if self._store.version(trashed) == change.after:
                        self._store.restore(trashed, path)
                        return change
        if data is None:
            data = self._history.get(change.after.digest)
        self._store.write(path, data, if_version=change.before, keep_mine=keep_mine)
        return change

    # The log

    def _append(self, record: dict[str, Any]) -> None:
        line = json.dumps(record).encode() + b"\n"
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            atomic.make_folders(os.path.dirname(self._log))
            descriptor = os.open(self._log, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
            try:
                end = os.lseek(descriptor, 0, os.SEEK_END)
                if end:
                    os.lseek(descriptor, end - 1, os.SEEK_SET)
                    if os.read(descriptor, 1) != b"\n":  # a line torn by a crash
                        line = b"\n" + line
                atomic.write_all(descriptor, line)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if not end:
                atomic.sync_folder(os.path.dirname(self._log))
        except OSError as error:
            raise told("the list of steps", error) from error

    def _catch_up(self) -> None:
        """Take in what was appended since, by us or by another window."""
        try:
            with open(self._log, "rb") as log:
                log.seek(self._read_to)
                new = log.read()
        except OSError:
            return
        whole = new[: new.rfind(b"\n") + 1]
        self._read_to += len(whole)
        for line in whole.splitlines():
            with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
                self._take_in(json.loads(line))

    def _take_in(self, record: dict[str, Any]) -> None:
        if "do" in record:
            step = _from_json(record["do"])
            self._done.append(step)
            paths = {each.path for each in step.changes}
            self._dropped = self._undone
            self._undone = [
                each
                for each in self._undone
                if each.scope != step.scope and paths.isdisjoint(one.path for one in each.changes)
            ]
        elif "undo" in record:
            _move(self._done, self._undone, record["undo"])
        elif "redo" in record:
            _move(self._undone, self._done, record["redo"])
        elif "fail" in record:
            if self._done and self._done[-1].id == record["fail"]:
                self._undone = self._dropped
            self._done = [each for each in self._done if each.id != record["fail"]]
        elif "aside" in record:
            self._done = [each for each in self._done if each.id != record["aside"]]
            self._undone = [each for each in self._undone if each.id != record["aside"]]
        elif "trashed" in record:
            for steps in (self._done, self._undone):
                for place, step in enumerate(steps):
                    if step.id == record["of"]:
                        steps[place] = _with_trashed(step, record["trashed"])


def _last(steps: list[Step], scope: str | None) -> Step | None:
    return next((each for each in reversed(steps) if scope is None or each.scope == scope), None)


def _move(source: list[Step], target: list[Step], step_id: str) -> None:
    for place, step in enumerate(source):
        if step.id == step_id:
            target.append(source.pop(place))
            return


def _with_trashed(step: Step, trashed: dict[str, str | None]) -> Step:
    return replace(
        step,
        changes=tuple(
            replace(each, trashed=trashed.get(each.path) or each.trashed) for each in step.changes
        ),
    )


def _as_json(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "label": step.label,
        "scope": step.scope,
        "time": step.time.isoformat(),
        "changes": [[each.path, each.before.digest, each.after.digest] for each in step.changes],
    }


def _from_json(made: dict[str, Any]) -> Step:
    changes = tuple(
        Change(str(path), Version(str(before)), Version(str(after)))
        for path, before, after in made["changes"]
    )
    when = dt.datetime.fromisoformat(made["time"]).astimezone(dt.UTC)
    return Step(str(made["label"]), str(made["scope"]), changes, str(made["id"]), when)
