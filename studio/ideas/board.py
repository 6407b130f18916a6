"""The board: all ideas of a project in their columns, in the order the human gave them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.ideas.idea import FOLDER, SUFFIX, Idea, read_idea
from studio.ideas.rank import is_rank
from studio.problem import Problem
from studio.project.conflicts import conflict_of
from studio.project.version import ABSENT

if TYPE_CHECKING:
    from studio.project.config import Config
    from studio.project.store import Store


@dataclass(frozen=True)
class Board:
    """All ideas of a project.

    Attributes:
        stages: the columns: the project's, then those that only files name, as they name them.
        ideas: all of them, column by column, each column from the top.
        conflicts: files beside the ideas that are other versions of them, kept by Studio or by
            a sync program; no ideas of their own.
        zone: the time zone in which plans were read.
    """

    stages: tuple[str, ...]
    ideas: tuple[Idea, ...]
    conflicts: tuple[str, ...] = ()
    zone: str = "UTC"
    _columns: dict[str, tuple[Idea, ...]] = field(default_factory=dict, repr=False, compare=False)

    def column(self, stage: str) -> tuple[Idea, ...]:
        """Return the ideas of one column from the top; none for a column that is not there."""
        return self._columns.get(stage, ())

    def stage_of(self, idea: Idea) -> str:
        """Return the column an idea lies in: a stage as the board names it."""
        return _column_of(idea, self.stages)

    def find(self, path: str) -> Idea | None:
        """Return the idea of a path, None when there is none."""
        return next((idea for idea in self.ideas if idea.path == path), None)


def load_board(store: Store, config: Config, previous: Board | None = None) -> Board:
    """Read all ideas of a project.

    A file that cannot be read, or whose properties make no sense, is an idea with a `problem`.

    Args:
        store: the project's files.
        config: its stages and its zone.
        previous: the board as it was; ideas whose files have not changed are taken over from it.
    """
    known = {}
    if previous is not None and previous.zone == config.zone:
        known = {idea.path: idea for idea in previous.ideas}
    paths = store.names(FOLDER, SUFFIX)
    ideas = [_read(store, path, config.zone, known.get(path)) for path in paths]
    return make_board(ideas, config.stages, conflicts=_conflicts(store), zone=config.zone)


def make_board(
    ideas: list[Idea],
    stages: tuple[str, ...],
    *,
    conflicts: tuple[str, ...] = (),
    zone: str = "UTC",
) -> Board:
    """Put ideas into columns.

    An idea without a stage lies in the first column. Upper and lower case of a stage mean the
    same. Within a column those with a rank come first, by rank; the others follow by path.
    """
    names = list(stages) or ["idea"]
    known = {_key(name) for name in names}
    for idea in ideas:
        if idea.stage and _key(idea.stage) not in known:
            known.add(_key(idea.stage))
            names.append(idea.stage)
    columns: dict[str, list[Idea]] = {name: [] for name in names}
    for idea in ideas:
        columns[_column_of(idea, tuple(names))].append(idea)
    for column in columns.values():
        column.sort(key=order)
    return Board(
        tuple(names),
        tuple(idea for column in columns.values() for idea in column),
        conflicts,
        zone,
        {name: tuple(column) for name, column in columns.items()},
    )


def order(idea: Idea) -> tuple[bool, str, str]:
    """Return what the ideas of a column are sorted by."""
    ranked = is_rank(idea.rank)
    return not ranked, idea.rank or "" if ranked else "", idea.path


def _key(stage: str) -> str:
    return stage.strip().casefold()


def _column_of(idea: Idea, stages: tuple[str, ...]) -> str:
    if idea.stage in stages:
        return idea.stage
    key = _key(idea.stage)
    return next((name for name in stages if _key(name) == key), stages[0])


def _read(store: Store, path: str, zone: str, known: Idea | None) -> Idea:
    try:
        data, version = store.read(path)
    except Problem as problem:
        what = f"{problem.what}. {problem.mend}"
        return replace(read_idea(path, b"", ABSENT, zone), problem=what)
    if known is not None and known.version == version:
        return known
    return read_idea(path, data, version, zone)


def _conflicts(store: Store) -> tuple[str, ...]:
    """Return the conflict copies among the ideas."""
    try:
        names = os.listdir(store.root / FOLDER)  # noqa: PTH208 (names as text)
    except OSError:
        return ()
    paths = (f"{FOLDER}/{name}" for name in names if name.lower().endswith(SUFFIX))
    return tuple(sorted(path for path in paths if conflict_of(path) is not None))
