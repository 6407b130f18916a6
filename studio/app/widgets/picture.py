"""A picture in cells, painted from rows that are ready-made bytes.

Textual would build a `Segment` and a `Style` for each of some 4,000 cells; here each row's ANSI is
already made, and true segments come to be only where something must cut or restyle a row: a toast
over the picture, a screenshot, a terminal without colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.segment import Segment
from textual.strip import Strip

from studio.app.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style as RichStyle
    from textual.content import Content

    from studio.preview.cells import Cells


class CellStrip(Strip):
    """One row of a picture between blanks: bytes now, segments only if somebody asks.

    `Strip.render` is the only reader of the bytes; every other method goes through `_segments`,
    which are then built from the picture's own colours.
    """

    __slots__ = ("_blank", "_cells", "_left", "_made", "_right", "_row")

    def __init__(
        self, cells: Cells, row: int, left: int, right: int, blank: RichStyle, *, ready: bool
    ) -> None:
        self._made: list[Segment] | None = None
        super().__init__((), left + cells.columns + right)
        self._cells = cells
        self._row = row
        self._left = left
        self._right = right
        self._blank = blank
        if ready:
            pad = Strip.render_style
            before = pad(blank, " " * left, ColorSystem.TRUECOLOR) if left else ""
            after = pad(blank, " " * right, ColorSystem.TRUECOLOR) if right else ""
            self._render_cache = f"{before}{cells.ansi[row]}{after}"

    @property
    def _segments(self) -> list[Segment]:
        if self._made is None:
            self._made = [
                Segment(" " * self._left, self._blank),
                *self._cells.segments(self._row),
                Segment(" " * self._right, self._blank),
            ]
        return self._made

    @_segments.setter
    def _segments(self, segments: Iterable[Segment]) -> None:
        self._made = list(segments) or None


class PictureView(Painted):
    """Shows one picture in cells, centred, or a few lines that say why there is none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cells: Cells | None = None
        self._message: tuple[Content, ...] = ()

    @property
    def cells(self) -> Cells | None:
        """What is shown now."""
        return self._cells

    @property
    def message(self) -> str:
        """The words shown in place of a picture; empty when there is one."""
        return "\n".join(line.plain for line in self._message)

    def show(self, cells: Cells) -> None:
        """Show this picture in place of whatever is there."""
        self._cells, self._message = cells, ()
        self.repaint()

    def say(self, *lines: Content) -> None:
        """Show these lines in the middle instead of a picture."""
        if self._cells is None and tuple(lines) == self._message:
            return
        self._cells, self._message = None, tuple(lines)
        self.repaint()

    def make_strips(self) -> list[Strip]:
        """Return every row of the widget, as it is handed to Textual."""
        width, height = self.size
        base = self.rich_style
        blank = Strip.blank(width, base)
        if self._cells is None:
            return self._message_strips(width, height, blank)
        cells = self._cells
        ready = self.app.console._color_system is ColorSystem.TRUECOLOR  # noqa: SLF001
        columns = min(cells.columns, width)
        left = (width - columns) // 2
        top = max(0, (height - cells.rows) // 2)
        strips = [blank] * top
        for row in range(min(cells.rows, height)):
            strips.append(CellStrip(cells, row, left, width - columns - left, base, ready=ready))
        return strips + [blank] * (height - len(strips))

    def _message_strips(self, width: int, height: int, blank: Strip) -> list[Strip]:
        wrapped = [line for part in self._message for line in part.wrap(max(1, min(width - 4, 60)))]
        wrapped = wrapped[:height]
        top = (height - len(wrapped)) // 2
        strips = [blank] * top
        for line in wrapped:
            centred = line.center(width)
            strips.append(
                Strip(centred.render_segments(self.visual_style)).adjust_cell_length(
                    width, self.rich_style
                )
            )
        return strips + [blank] * (height - len(strips))
