"""Clearing away what was rejected: media and their sidecars to the project's trash, as one step.

Nothing is deleted, and one undo brings all of it back. What an idea uses stays unless it is asked
for; what changed its verdict, or was never rejected, stays always.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.media.sidecar import sidecar_path
from studio.problem import Problem
from studio.project.undo import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.media.choice import Entry
    from studio.project.store import Store


@dataclass(frozen=True, slots=True)
class Cleared:
    """A rejected file.

    Attributes:
        path: of the file in the project.
        size: bytes of the file, without its sidecar.
        used_in: the paths of the ideas that use it.
    """

    path: str
    size: int
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A rejected file that stays.

    Attributes:
        path: of the file in the project.
        reason: why, for a human.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clearing:
    """What clearing away would do; nothing is done yet.

    Attributes:
        files: what goes.
        used: what only goes when it is asked for: an idea uses it.
        kept: what stays whatever is asked.
    """

    files: tuple[Cleared, ...] = ()
    used: tuple[Cleared, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def total(self) -> int:
        """Bytes of `files`."""
        return sum(one.size for one in self.files)

    @property
    def used_total(self) -> int:
        """Bytes of `used`."""
        return sum(one.size for one in self.used)


def plan(store: Store, entries: Iterable[Entry]) -> Clearing:
    """Return what clearing the rejected among some media would do; one `stat` a rejected file.

    Args:
        store: the project's files.
        entries: any media; those not rejected are passed over.
    """
    files: list[Cleared] = []
    used: list[Cleared] = []
    kept: list[Kept] = []
    for entry in entries:
        if entry.verdict.keep is not False:
            continue
        try:
            one = Cleared(entry.path, store.size(entry.path), entry.ideas)
        except Problem as problem:
            kept.append(Kept(entry.path, problem.what))
        else:
            (used if one.used_in else files).append(one)
    return Clearing(tuple(files), tuple(used), tuple(kept))


def edits(
    store: Store,
    clearing: Clearing,
    *,
    used: bool = False,
    on_file: Callable[[str], None] | None = None,
) -> list[Edit]:
    """Return the edits that put what goes, with its sidecars, into the trash.

    Every file is read through once, a block at a time, to know what is put away: not for the
    screen's thread. A file that has gone meanwhile is passed over.

    Args:
        store: the project's files.
        clearing: what goes.
        used: also what ideas use.
        on_file: told each file before it is read; may raise to stop.

    Raises:
        Problem: a file cannot be read.
    """
    made: list[Edit] = []
    for one in (*clearing.files, *(clearing.used if used else ())):
        if on_file is not None:
            on_file(one.path)
        for path in (one.path, sidecar_path(one.path)):
            version = store.version(path)
            if version.present:
                made.append(Edit(path, None, version))
    return made
