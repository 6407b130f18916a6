"""What a chart is in a terminal: lines of runs, each run with a role that the theme colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

Role = Literal[
    "text",
    "dim",
    "faint",
    "accent",
    "good",
    "bad",
    "warn",
    "heat0",
    "heat1",
    "heat2",
    "heat3",
    "heat4",
    "heat5",
    "heat6",
    "heat7",
    "heat8",
]
"""What a part of a chart is: three voices of text, what has the focus, verdicts, and heat from
"heat0" (usual or less) to "heat8" (the top of the chart's scale)."""

ROLES: tuple[Role, ...] = get_args(Role)
HEAT: tuple[Role, ...] = ROLES[7:]


class Run(NamedTuple):
    """A stretch of one line that is painted alike.

    Attributes:
        text: safe to show; no control characters.
        role: what it is.
    """

    text: str
    role: Role


Line: TypeAlias = tuple[Run, ...]


def plain(lines: Iterable[Line]) -> str:
    """Return lines without their colours, joined by line feeds."""
    return "\n".join("".join(run.text for run in line) for line in lines)
