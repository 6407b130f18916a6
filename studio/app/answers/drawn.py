"""A chart in a list: its roles in the theme's colours, its lines as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from studio.app.widgets.rows import Row
from studio.charts.line import Line, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.app.widgets.rows import DrawLine, Pens


_NAMED = {
    "text": "$foreground",
    "dim": "$dim",
    "faint": "$faint",
    "accent": "$focus",
    "good": "$keep",
    "bad": "$reject",
    "warn": "$warning",
}
_END = Run("\n", "text")
_VOICES = {
    "text": "text",
    "dim": "dim",
    "faint": "faint",
    "accent": "accent",
    "good": "keep",
    "bad": "reject",
    "warn": "warn",
}


def style_of(role: str, pens: Pens) -> Style:
    """Return the theme's style for a role of `studio.charts`."""
    if role.startswith("heat"):
        low, high = pens.faint.foreground, pens.accent.foreground
        if low is None or high is None:
            return pens.text
        return Style(foreground=low.blend(high, int(role[4:]) / 8))
    style: Style = getattr(pens, _VOICES[role])
    return style


def content(lines: Sequence[Line]) -> Content:
    """Return the lines of a chart as text for a widget that is no list; it has no heat."""
    parts = [(run.text, _NAMED[run.role]) for line in lines for run in (*line, _END)]
    return Content.assemble(*parts[:-1])


def drawn(line: Line) -> DrawLine:
    """Return what draws one line of a chart."""

    def draw(_width: int, pens: Pens) -> Content:
        return Content.assemble(*((run.text, style_of(run.role, pens)) for run in line))

    return draw


def chart_rows(lines: Sequence[Line], key: str = "") -> list[Row]:
    """Return the lines of a chart as rows; with a key they are one row that can be chosen."""
    if key:
        return [Row(key, tuple(drawn(line) for line in lines))]
    return [Row("", (drawn(line),)) for line in lines]
