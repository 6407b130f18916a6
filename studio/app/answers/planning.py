"""Times to try become plans of ideas: the human's calendar takes them over with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ideas.edits import set_property
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from studio.app.ahead import Ahead
    from studio.ideas.board import Board
    from studio.ideas.idea import Idea
    from studio.project.undo import Edit
    from studio.stats.when import Try

_WAITING = slice(-3, -1)  # the two columns before the last, "ready" and "scheduled" as it comes


def waiting(board: Board, platform: str) -> list[Idea]:
    """Return the ideas that are ready for a platform and have no time yet, in board order."""
    return [
        idea
        for stage in board.stages[_WAITING]
        for idea in board.column(stage)
        if not idea.planned
        and idea.problem is None
        and (not idea.platforms or platform in idea.platforms)
    ]


def written(at: datetime) -> str:
    """Return a time as an idea's `planned` has it: "2026-11-26 19:30", in the audience's zone."""
    return f"{at:%Y-%m-%d %H:%M}"


def plan(store: Ahead, pairs: Sequence[tuple[Idea, Try]]) -> list[Edit]:
    """Return the edits that give each idea its time.

    Raises:
        Problem: there is none to give.
    """
    if not pairs:
        raise Problem(
            "the board", "no idea is ready and without a time", "Move one to ready with >"
        )
    return [
        edit
        for idea, each in pairs
        for edit in set_property(store, idea, "planned", written(each.at))
    ]
