"""How a picture is looked at: in which pixels, which part of it, with what over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.preview.view import WHOLE, View

if TYPE_CHECKING:
    from studio.preview.modes import Mode
    from studio.preview.protocols import Protocol


@dataclass(frozen=True)
class Look:
    """How every picture on the table is looked at; the same for all, so that they compare.

    Attributes:
        mode: the cells that pictures are drawn in.
        protocol: the pixels they are drawn in instead, where the terminal has them.
        view: which part is seen, and how large.
        point: the point that the loupe shows and a note is pinned to, as fractions of the
            picture; None for none.
        loupe: whether the loupe lies on the point.
        overlay: the name of what lies over the picture, "" for nothing.
        background: what shows through transparent parts.
        cell: width and height of a cell of the terminal, in pixels.
    """

    mode: Mode
    protocol: Protocol | None = None
    view: View = WHOLE
    point: tuple[float, float] | None = None
    loupe: bool = False
    overlay: str = ""
    background: tuple[int, int, int] = (16, 14, 12)
    cell: tuple[int, int] = (8, 16)

    @property
    def zoomed(self) -> bool:
        """Whether the arrows go over the picture."""
        return self.view.kind != "fit"

    @property
    def drawing(self) -> Mode | Protocol:
        """What a large picture is drawn in."""
        return self.protocol or self.mode

    def at_point(self, x: float, y: float) -> Look:
        """Return the same with the point elsewhere, and in real pixels the view with it."""
        point = (min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        view = self.view
        if view.kind == "real":
            view = replace(view, x=point[0], y=point[1])
        return replace(self, point=point, view=view)
