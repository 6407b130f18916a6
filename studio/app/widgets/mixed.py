"""Rows in which words and several pictures stand side by side, painted from ready bytes.

As `picture.CellStrip` does for one picture: the bytes of each are joined as they are, and true
segments come to be only where something must cut or restyle a row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from studio.app.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Drawn(Protocol):
    """What cells and real pixels have in common: a picture as rows a terminal can be sent."""

    @property
    def columns(self) -> int:
        """Width in cells."""

    @property
    def rows(self) -> int:
        """Height in cells."""

    @property
    def ansi(self) -> Sequence[str]:
        """One string a row, exactly `columns` wide, that leaves no style behind."""

    def segments(self, row: int, start: int = 0, end: int | None = None) -> list[Segment]:
        """Return part of a row as segments."""


class Piece:
    """Part of a row: its bytes, and its segments if they are asked for.

    Attributes:
        width: in cells.
        ansi: what a terminal of true colours is sent.
    """

    __slots__ = ("_row", "_source", "ansi", "width")

    def __init__(
        self, width: int, ansi: str, source: Drawn | Sequence[Segment] | Sequence[Piece], row: int
    ) -> None:
        self.width = width
        self.ansi = ansi
        self._source = source
        self._row = row

    @property
    def segments(self) -> list[Segment]:
        """The piece in Rich's form."""
        source = self._source
        if self._row >= 0:
            return source.segments(self._row)  # type: ignore[union-attr]
        found: list[Segment] = []
        for part in source:  # type: ignore[union-attr]
            found += part.segments if isinstance(part, Piece) else [part]
        return found


@lru_cache(maxsize=8192)
def words(text: str, style: Style) -> Piece:
    """Return words in one style; they must have passed `studio.text` already."""
    ansi = Strip.render_style(style, text, ColorSystem.TRUECOLOR)
    return Piece(cell_len(text), ansi, (Segment(text, style),), -1)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Return pieces that stand beside each other as one."""
    if len(pieces) == 1:
        return pieces[0]
    width = sum([piece.width for piece in pieces])
    return Piece(width, "".join([piece.ansi for piece in pieces]), pieces, -1)


def of_segments(segments: Sequence[Segment]) -> Piece:
    """Return segments as a piece; their text must have passed `studio.text` already."""
    render = Strip.render_style
    ansi = [
        render(style, text, ColorSystem.TRUECOLOR) if style else text for text, style, _ in segments
    ]
    return Piece(sum(cell_len(text) for text, _, _ in segments), "".join(ansi), segments, -1)


def picture_row(drawn: Drawn, row: int, width: int | None = None) -> Piece:
    """Return one row of a picture, or its first `width` cells where it is wider."""
    if width is None or width >= drawn.columns:
        return Piece(drawn.columns, drawn.ansi[row], drawn, row)
    return of_segments(drawn.segments(row, 0, width))


def in_box(drawn: Drawn, width: int, height: int, ground: Style) -> list[Piece]:
    """Return the rows of a picture in the middle of a box; what is too large is cut off."""
    columns, rows = min(drawn.columns, width), min(drawn.rows, height)
    left, top = (width - columns) // 2, (height - rows) // 2
    right = width - columns - left
    blank = words(" " * width, ground)
    before = [words(" " * left, ground)] if left else []
    after = [words(" " * right, ground)] if right else []
    made = [joined([*before, picture_row(drawn, row, columns), *after]) for row in range(rows)]
    return [blank] * top + made + [blank] * (height - rows - top)


class MixedStrip(Strip):
    """A row made of pieces: bytes now, segments only if somebody asks.

    Args:
        pieces: from left to right.
        ready: whether the terminal takes the bytes as they are (true colours).
    """

    __slots__ = ("_made", "_pieces")

    def __init__(self, pieces: Sequence[Piece], *, ready: bool) -> None:
        self._made: list[Segment] | None = None
        super().__init__((), sum([piece.width for piece in pieces]))
        self._pieces = pieces
        if ready:
            self._render_cache = "".join([piece.ansi for piece in pieces])

    @property
    def _segments(self) -> list[Segment]:
        if self._made is None:
            self._made = [segment for piece in self._pieces for segment in piece.segments]
        return self._made

    @_segments.setter
    def _segments(self, segments: Iterable[Segment]) -> None:
        self._made = list(segments) or None


class PaintedRows(Painted):
    """A painted widget that changes some of its rows without making the others again.

    Attributes:
        PENS: what its component classes begin with: "grid" for `grid--cursor`.
    """

    PENS: ClassVar[str]
    ALLOW_SELECT = False  # pictures are no text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pens: dict[str, Style] = {}
        self._made_for = Size()

    @property
    def ready(self) -> bool:
        """Whether the terminal takes true colours, so that ready bytes may be sent to it."""
        return self.app.console._color_system is ColorSystem.TRUECOLOR  # noqa: SLF001

    def pen(self, name: str) -> Style:
        """Return the style of a component class; "" is the widget's own."""
        found = self._pens.get(name)
        if found is None:
            found = self.get_component_rich_style(f"{self.PENS}--{name}") if name else None
            found = self._pens[name] = found or self.rich_style
        return found

    def pen_on(self, name: str, ground: str) -> Style:
        """Return the style of one component class on the background of another."""
        key = f"{name} {ground}"
        found = self._pens.get(key)
        if found is None:
            behind = Style(bgcolor=self.pen(ground).bgcolor)
            found = self._pens[key] = self.pen(name) + behind
        return found

    def notify_style_update(self) -> None:
        """Another theme brings other colours."""
        super().notify_style_update()
        self._pens = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        """Hand over the rows in view as they are; new ones where the size is another."""
        if self._made_for != self.size:
            self._strips, self._made_for = [], self.size
        return super().render_lines(crop)

    def row(self, pieces: Sequence[Piece]) -> Strip:
        """Return a row of the widget, cut or filled up to its width."""
        width = sum([piece.width for piece in pieces])
        missing = self.size.width - width
        if missing > 0:
            pieces = [*pieces, words(" " * missing, self.pen(""))]
        elif missing < 0:
            whole = Strip(joined(pieces).segments, width)
            pieces = [of_segments(list(whole.crop(0, self.size.width)))]
        return MixedStrip(pieces, ready=self.ready)

    def swap(self, top: int, fresh: list[Strip]) -> None:
        """Put these rows in the place of those from `top` on; paint again those that differ."""
        if not self._strips or self._made_for != self.size:
            self.repaint()
            return
        fresh = self._filtered(fresh[: max(0, len(self._strips) - top)])
        width = self.size.width
        changed: list[Region] = []
        for y, strip in enumerate(fresh, top):
            old = self._strips[y]
            if strip is old:
                continue
            ready = strip._render_cache  # noqa: SLF001
            if ready is None or ready != old._render_cache:  # noqa: SLF001
                self._strips[y] = strip
                changed.append(Region(0, y, width, 1))
        if changed:
            self.refresh(*changed)
