"""A long list drawn line by line: ideas, figures, posts, projects.

Only the lines in view are drawn, so a list of thousands costs what one screen costs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from textual import events
    from textual.style import Style

# A line is drawn for a width in cells; it is cut or padded to that width afterwards.
DrawLine = Callable[[int, "Pens"], Content]


@dataclass(frozen=True)
class Pens:
    """The styles a row may use, from the theme; `text` is the plain one."""

    text: Style
    strong: Style
    dim: Style
    faint: Style
    accent: Style
    keep: Style
    reject: Style
    warn: Style


@dataclass(frozen=True)
class Row:
    """One entry of a list.

    Attributes:
        key: what the row stands for; empty for headings and blanks, which the cursor skips.
        lines: one function per line of the row.
    """

    key: str
    lines: tuple[DrawLine, ...]


def beside(left: Content, right: Content, width: int) -> Content:
    """Put `right` flush right on one line of `width` cells; `left` gives way with an ellipsis."""
    room = max(0, width - right.cell_length - (1 if right.cell_length else 0))
    left = left.truncate(room, ellipsis=True, pad=True)
    return Content.assemble(left, " " if right.cell_length else "", right)


def blank(_width: int, _pens: Pens) -> Content:
    """Draw an empty line."""
    return Content("")


def heading(name: str, note: str = "", *, first: bool = False) -> Row:
    """Return a heading, after a blank line unless it is the first row."""

    def line(_width: int, pens: Pens) -> Content:
        return Content.assemble((name, pens.strong), "  " if note else "", (note, pens.dim))

    return Row("", (line,) if first else (blank, line))


def say(text: str) -> Row:
    """Return a line of quiet words that the cursor passes over."""
    return Row("", (lambda _width, pens: Content.styled(text, pens.dim),))


def paragraph(text: str, width: int) -> list[Row]:
    """Return quiet words as lines of at most `width` cells; the cursor passes over them."""
    return [say(line.plain.rstrip()) for line in Content(text).wrap(width)] if text else []


class RowList(ScrollView, can_focus=True):
    """A list of `Row`s with a cursor on the rows that stand for something."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rows--{name}"
        for name in (
            "text",
            "strong",
            "dim",
            "faint",
            "accent",
            "keep",
            "reject",
            "warn",
            "cursor",
            "mark",
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "Up", show=False, id="list.up"),
        Binding("down,j", "cursor(1)", "Down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="list.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="list.page-down"),
        Binding("home,g", "edge(-1)", "First", show=False, id="list.first"),
        Binding("end,G", "edge(1)", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "Open", show=False, id="list.open"),
    ]

    cursor: reactive[str] = reactive("", init=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: RowList, key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList:
            """The list, so that handlers can select by it."""
            return self.rows

    class Chosen(Moved):
        """Enter or a double click on a row."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._starts: list[int] = [0]
        self._stops: list[int] = []  # indexes of rows the cursor can stand on
        self._drawn: dict[tuple[int, int, int, bool], Strip] = {}
        self._pens: Pens | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown now."""
        return self._rows

    def show(self, rows: Sequence[Row], *, cursor: str | None = None) -> None:
        """Show these rows; the cursor stays on its key, or on the nearest row that is left."""
        old = self._index_of(self.cursor)
        self._rows = tuple(rows)
        starts = [0]
        for row in self._rows:
            starts.append(starts[-1] + len(row.lines))
        self._starts = starts
        self._stops = [index for index, row in enumerate(self._rows) if row.key]
        self._drawn.clear()
        self.virtual_size = Size(0, starts[-1])
        key = self.cursor if cursor is None else cursor
        if self._index_of(key) is None:
            nearest = [i for i in self._stops if old is not None and i >= old] or self._stops[-1:]
            key = self._rows[nearest[0]].key if nearest and old is not None else ""
            if not key and self._stops:
                key = self._rows[self._stops[0]].key
        if key == self.cursor:
            self._keep_in_view()
        self.cursor = key
        self.refresh()

    def _index_of(self, key: str) -> int | None:
        return next((i for i in self._stops if key and self._rows[i].key == key), None)

    def notify_style_update(self) -> None:
        """Draw anew in the colours of another theme."""
        super().notify_style_update()
        self._pens = None
        self._drawn.clear()

    def watch_cursor(self, old: str, new: str) -> None:
        """Keep the cursor in view and say where it is."""
        self._keep_in_view()
        if old != new:
            self.refresh()
            self.post_message(self.Moved(self, new))

    def _keep_in_view(self) -> None:
        index = self._index_of(self.cursor)
        if index is None or not self.is_mounted:
            return
        top, bottom = self._starts[index], self._starts[index + 1]
        if index == (self._stops[0] if self._stops else 0):
            top = 0  # the heading over the first row
        self.scroll_to_region(Region(0, top, 1, bottom - top), animate=False, force=True)

    def on_resize(self) -> None:
        """The cursor stays in view when the list gets shorter."""
        self._drawn.clear()
        self._keep_in_view()

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= self._starts[-1]:
            return Strip.blank(width, self.rich_style)
        index = bisect_right(self._starts, line) - 1
        row = self._rows[index]
        chosen = bool(row.key) and row.key == self.cursor
        key = (index, line - self._starts[index], width, chosen and self.has_focus)
        if not chosen and (drawn := self._drawn.get(key)) is not None:
            return drawn
        strip = self._draw(row, key[1], width, chosen)
        if not chosen:
            self._drawn[key] = strip
        return strip

    def _draw(self, row: Row, number: int, width: int, chosen: bool) -> Strip:
        pens = self._pens = self._pens or Pens(
            **{
                name: self.get_visual_style(f"rows--{name}", partial=True)
                for name in Pens.__dataclass_fields__
            }
        )
        body = row.lines[number](width - 2, pens).truncate(width - 2, ellipsis=True, pad=True)
        base = self.visual_style
        mark = Content(" ")
        if chosen:
            base = self.get_visual_style("rows--cursor")
            if self.has_focus:
                mark = Content.styled("▌", self.get_visual_style("rows--mark", partial=True))
            else:
                mark = Content.styled("▏", pens.dim)
        content = Content.assemble(mark, body, " ")
        return Strip(content.render_segments(base), width)

    def action_cursor(self, step: int) -> None:
        """Move the cursor by rows that can be chosen."""
        if not self._stops:
            return
        index = self._index_of(self.cursor)
        place = self._stops.index(index) if index is not None else -step
        place = min(len(self._stops) - 1, max(0, place + step))
        self.cursor = self._rows[self._stops[place]].key

    def action_page(self, direction: int) -> None:
        """Move the cursor by about one screen."""
        index = self._index_of(self.cursor)
        if index is None:
            return
        target = self._starts[index] + direction * max(1, self.size.height - 2)
        near = min(self._stops, key=lambda i: abs(self._starts[i] - target))
        self.cursor = self._rows[near].key

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        if self._stops:
            self.cursor = self._rows[self._stops[0 if direction < 0 else -1]].key

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.cursor:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a second one opens it."""
        line = event.y + self.scroll_offset.y
        if line >= self._starts[-1]:
            return
        row = self._rows[bisect_right(self._starts, line) - 1]
        if row.key:
            self.cursor = row.key
            if event.chain >= 2:
                self.action_choose()
