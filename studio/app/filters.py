"""The last net before the terminal: no control character leaves as one."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from studio.text import is_safe, one_cell_each


class VisibleText(LineFilter):
    """Replaces what could steer the terminal in every segment that Textual paints.

    `studio.text.display` has already done this where the text came in; this catches what a widget
    was given by another way, such as text typed or pasted into an editor.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments with unsafe characters made visible; controls pass untouched."""
        return [
            segment
            if segment.control is not None or is_safe(segment.text)
            else Segment(one_cell_each(segment.text), segment.style)
            for segment in segments
        ]
