"""What charts draw on for files: few shapes, in pixels from the top left, coloured by role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from studio.charts.line import Role
from studio.lines import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.charts.line import Line

Ink: TypeAlias = Role | Literal["rule", "ground"]
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

SMALL, NORMAL, LARGE = 12.0, 14.0, 18.0
"""Sizes of text in pixels."""
LETTER = 0.58
"""About how wide a cell of text is, of its size; for labels that must keep to a room."""


class Canvas(Protocol):
    """A page of a fixed size."""

    @property
    def width(self) -> float:
        """In pixels."""

    @property
    def height(self) -> float:
        """In pixels."""

    def rect(
        self, x: float, y: float, width: float, height: float, ink: Ink, *, radius: float = 0
    ) -> None:
        """Fill a rectangle."""

    def path(
        self, points: Sequence[Point], ink: Ink, *, stroke: float = 2, dashed: bool = False
    ) -> None:
        """Draw a line through points."""

    def shape(self, points: Sequence[Point], ink: Ink) -> None:
        """Fill a polygon."""

    def disc(self, x: float, y: float, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        """Fill a circle, or draw its outline on the ground."""

    def text(
        self,
        x: float,
        y: float,
        text: str,
        ink: Ink = "text",
        *,
        size: float = NORMAL,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        """Write text on a base line; anything may be given, it comes out as one plain line."""


class Chart(Protocol):
    """What every chart can do."""

    @property
    def alt(self) -> str:
        """One sentence that says what is seen, for who cannot see it."""

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal.

        Args:
            width: lines have at most so many cells.
            height: about how many lines there is room for; None takes what the chart likes best.
            ascii: use ASCII characters only.
        """

    def draw(self, canvas: Canvas) -> None:
        """Draw the chart onto a page."""


def diamond(canvas: Canvas, x: float, y: float, radius: float, ink: Ink) -> None:
    """Draw a filled diamond around a point."""
    canvas.shape([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], ink)


Sign: TypeAlias = Callable[[Canvas, float, float], None]
"""Draws a sign of a legend on a canvas, from x on, its middle at y."""


def key(canvas: Canvas, x: float, y: float, parts: Sequence[tuple[float, Sign, str]]) -> None:
    """Draw a legend, in as many lines as it takes.

    Args:
        canvas: the page.
        x: where lines begin.
        y: the base line of the first.
        parts: each a sign's width in pixels, the sign, and what it means.
    """
    start = x
    for wide, sign, told in parts:
        size = wide + 7 + room(told, SMALL)
        if x > start and x + size > canvas.width - 12:
            x, y = start, y + 24
        sign(canvas, x, y - 4)
        canvas.text(x + wide + 7, y, told, "dim", size=SMALL)
        x += size + 20


def room(text: str, size: float) -> float:
    """Return about how many pixels a text takes."""
    return cells(text) * size * LETTER
