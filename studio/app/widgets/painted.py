"""A widget that hands over rows it has made itself, ready for the terminal."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.filter import ANSIToTruecolor
from textual.widget import Widget

from studio.app.filters import VisibleText

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip

# The rows are our own characters in true colours; these would only cost a `Segment` a cell.
_NOT_NEEDED = (VisibleText, ANSIToTruecolor)


class Painted(Widget):
    """Keeps its rows until something in them changes, and bypasses the styles cache.

    That cache would rebuild each row from its segments, of which a row of a picture has none yet.
    So such a widget has no border and no padding: wrap it.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: list[Strip] = []

    @abstractmethod
    def make_strips(self) -> list[Strip]:
        """Return every row of the widget, each as wide as it is."""

    def repaint(self) -> None:
        """Make the rows anew: what they show has changed."""
        self._strips = []
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme brings other colours."""
        super().notify_style_update()
        self._strips = []

    def on_resize(self) -> None:
        """Another size needs other rows."""
        self._strips = []

    def _filtered(self, strips: list[Strip]) -> list[Strip]:
        """Return the rows as they are for a terminal that wants no colour, and the like."""
        background = self.background_colors[1]
        for line_filter in self.app.get_line_filters():
            if not isinstance(line_filter, _NOT_NEEDED):
                strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def render_lines(self, crop: Region) -> list[Strip]:
        """Hand over the rows in view as they are."""
        if not self._strips:
            self._strips = self._filtered(self.make_strips())
        strips = self._strips[crop.y : crop.bottom]
        if crop.x or crop.width != self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips
