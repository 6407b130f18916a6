"""A grid of small pictures over as many media as a project has; only those in view exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.message import Message

from studio.app.widgets.marks import LABELS, head, signs, tail
from studio.app.widgets.mixed import (
    Drawn,
    PaintedRows,
    Piece,
    in_box,
    joined,
    of_segments,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from studio.media.verdict import Verdict


class ThumbSize(NamedTuple):
    """Room for a small picture, in cells."""

    columns: int
    rows: int


SIZES = (ThumbSize(8, 5), ThumbSize(12, 8), ThumbSize(20, 13))
GAP = 1  # between two thumbs, and before the first; the frame of the cursor stands in it
BAR = 1  # the column that shows where in the list one is
# Widths from which on thumbs are middling or large, as long as nobody zooms.
_MIDDLING, _LARGE = 80, 200


@dataclass(frozen=True)
class GridItem:
    """One picture of the grid.

    Attributes:
        cells: None until it is drawn.
        verdict: what was decided.
        broken: it cannot be shown.
        name: of the file, as it is.
        badge: a few words on the picture's lower right corner, such as "▶ 0:04".
        selected: one of several that are chosen together.
    """

    cells: Drawn | None
    verdict: Verdict
    broken: bool = False
    name: str = ""
    badge: str = ""
    selected: bool = False


class PictureGrid(PaintedRows):
    """Thumbs in rows, what was decided under each, and a slim bar for the place in the list.

    The pane moves the cursor: it asks `window` which pictures are in view, and gives them to
    `show`. After a `Scrolled` it does the same again, with the cursor it has.
    """

    PENS = "grid"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"grid--{name}"
        for name in (
            "name",
            "chosen",
            "cursor",
            "selected",
            "keep",
            "reject",
            "star",
            "label",
            "badge",
            "empty",
            "bar",
            *LABELS,
        )
    }

    class Clicked(Message):
        """A click on a thumb.

        Attributes:
            index: from the first picture of the whole list.
            double: it is the second click in short order.
            adding: with Ctrl or Meta held, as one adds to a selection.
            extending: with Shift held.
        """

        def __init__(
            self, index: int, double: bool, *, adding: bool = False, extending: bool = False
        ) -> None:
            super().__init__()
            self.index = index
            self.double = double
            self.adding = adding
            self.extending = extending

    class Scrolled(Message):
        """The wheel or the bar moved the view: `window` now answers differently."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: tuple[GridItem, ...] = ()
        self._first = 0
        self._cursor = 0
        self._count = 0
        self._zoom = 0
        self._expected = 0
        self._top = 0  # the first row of thumbs in view
        self._followed: tuple[int, int, int, int] | None = None
        self._drawn_for: tuple[int, int, ThumbSize] | None = None
        self._dragging = False
        self._blocks: dict[tuple[int, str, bool], tuple[Drawn | None, list[Piece]]] = {}

    # how much there is room for

    @property
    def thumb_size(self) -> ThumbSize:
        """The room of one thumb now."""
        return SIZES[min(len(SIZES) - 1, max(0, self._fitting() + self._zoom))]

    def _fitting(self) -> int:
        """Return the size to start with: the largest that shows all at once, else by the width."""
        width, height = self.size
        for number in range(len(SIZES) - 1, 0, -1):
            size = SIZES[number]
            columns = (width - GAP - BAR) // (size.columns + GAP)
            if 0 < self._expected <= columns * (height // (size.rows + 1)):
                return number
        return (width >= _MIDDLING) + (width >= _LARGE)

    def expect(self, count: int) -> None:
        """So many pictures are to be shown: few of them get more room."""
        if count != self._expected:
            self._expected = count
            self._strips = []

    def zoomed(self, step: int) -> ThumbSize:
        """Make thumbs larger (1) or smaller (-1); returns their size, which `show` then expects."""
        fitting = self._fitting()
        now = min(len(SIZES) - 1, max(0, fitting + self._zoom))
        self._zoom = min(len(SIZES) - 1, max(0, now + step)) - fitting
        self._strips = []
        return self.thumb_size

    def columns_fit(self) -> int:
        """Return how many thumbs stand in one row."""
        return max(1, (self.size.width - GAP - BAR) // (self.thumb_size.columns + GAP))

    def page(self) -> int:
        """Return how many rows of thumbs are in view as a whole."""
        return max(1, self.size.height // (self.thumb_size.rows + 1))

    def _rows(self, count: int) -> int:
        return -(-count // self.columns_fit())

    def window(self, cursor: int, count: int) -> range:
        """Return which of `count` pictures are in view, the last row of them possibly cut.

        The view moves by whole rows and keeps the cursor a row away from its edges; it stays where
        the wheel has put it until the cursor moves.
        """
        columns, page = self.columns_fit(), self.page()
        state = (cursor, count, columns, page)
        top = self._top
        if state != self._followed:
            self._followed = state
            row = cursor // columns
            edge = 1 if page >= 3 else 0
            top = max(row + edge - page + 1, min(top, row - edge))
        self._top = max(0, min(top, self._rows(count) - page))
        rest = self.size.height - page * (self.thumb_size.rows + 1)
        rows = page + (1 if rest >= 2 else 0)
        return range(min(count, self._top * columns), min(count, (self._top + rows) * columns))

    # what is shown

    @property
    def waiting(self) -> bool:
        """Whether a thumb in view is not drawn yet."""
        return any(item.cells is None and not item.broken for item in self._items)

    def show(self, items: Sequence[GridItem], first: int, cursor: int, count: int) -> None:
        """Show these pictures; only what is different is painted again.

        Args:
            items: those in view, as `window` told.
            first: the number of the first of them in the whole list.
            cursor: the number of the one the keys act on.
            count: how many there are in all.
        """
        new = tuple(items)
        old, was = self._items, self._cursor
        same = (first, count, len(new)) == (self._first, self._count, len(old))
        self._items, self._first, self._cursor, self._count = new, first, cursor, count
        if not same or not self._strips or self._drawn_for != (*self.size, self.thumb_size):
            self._show_all()
            return
        columns = self.columns_fit()
        dirty = {
            place // columns
            for place, (one, other) in enumerate(zip(old, new, strict=True))
            if one is not other and one != other
        }
        if was != cursor:
            places = (was - first, cursor - first)
            dirty |= {place // columns for place in places if 0 <= place < len(new)}
        high = self.thumb_size.rows + 1
        for row in sorted(dirty):
            self.swap(row * high, self._row_strips(row))

    def _show_all(self) -> None:
        if self._strips and self._drawn_for == (*self.size, self.thumb_size):
            self.swap(0, self.make_strips())
        else:
            self.repaint()

    def notify_style_update(self) -> None:
        """Another theme brings other colours."""
        super().notify_style_update()
        self._blocks = {}

    # drawing

    def make_strips(self) -> list[Strip]:
        """Return every row of the widget."""
        width, height = self.size
        self._drawn_for = (width, height, self.thumb_size)
        high = self.thumb_size.rows + 1
        strips: list[Strip] = []
        for row in range(-(-height // high)):
            strips += self._row_strips(row)
        return strips[:height]

    def _row_strips(self, row: int) -> list[Strip]:
        """Return the lines of one row of thumbs: its pictures, and one line of words."""
        size, columns = self.thumb_size, self.columns_fit()
        start = row * columns
        items = self._items[start : start + columns]
        cursor = self._cursor - self._first - start
        bars = [self._bar(row * (size.rows + 1) + line) for line in range(size.rows + 1)]
        used = GAP + columns * (size.columns + GAP)
        rest = words(" " * max(0, self.size.width - used - BAR), self.pen(""))
        empty = words(" " * (size.columns + GAP), self.pen(""))
        blocks = [self._block(item) for item in items]
        gaps = [self._gap(items, place, cursor) for place in range(len(items) + 1)]
        missing = [empty] * (columns - len(items))
        lines: list[list[Piece]] = []
        for line in range(size.rows):
            pieces = [gaps[0]]
            for place, block in enumerate(blocks):
                pieces.append(block[line])
                pieces.append(gaps[place + 1])
            lines.append(pieces)
        pieces = [gaps[0]]
        for place, item in enumerate(items):
            pieces.append(self._under(item, place == cursor))
            pieces.append(gaps[place + 1])
        lines.append(pieces)
        return [
            self.row([*pieces, *missing, rest, bar])
            for pieces, bar in zip(lines, bars, strict=True)
        ]

    def _gap(self, items: Sequence[GridItem], place: int, cursor: int) -> Piece:
        """Return what stands between two thumbs: half of a frame, or nothing."""
        if place == cursor and place < len(items):
            return words("▐", self.pen("cursor"))
        if place == cursor + 1 and cursor >= 0:
            return words("▌", self.pen("cursor"))
        left = place > 0 and items[place - 1].selected
        right = place < len(items) and items[place].selected
        if not (left or right):
            return words(" ", self.pen(""))
        return words("│" if left and right else "▏" if left else "▕", self.pen("selected"))

    def _block(self, item: GridItem) -> list[Piece]:
        """Return the lines of one picture, made once and kept."""
        key = (id(item.cells), item.badge, item.broken)
        found = self._blocks.get(key)
        if found is not None and found[1] and found[1][0].width == self.thumb_size.columns:
            return found[1]
        if len(self._blocks) > 500:
            self._blocks.clear()
        lines = self._make_block(item)
        self._blocks[key] = (item.cells, lines)  # held, so that its id stays its own
        return lines

    def _make_block(self, item: GridItem) -> list[Piece]:
        columns, rows = self.thumb_size
        badge = head(item.badge, columns)
        if item.cells is None:
            empty = self.pen("empty")
            sign = head("broken" if item.broken else "·", columns)
            lines = [words(" " * columns, empty)] * rows
            lines[rows // 2] = words(sign.center(columns), empty)
            if badge:
                left = words(" " * (columns - cell_len(badge)), empty)
                lines[-1] = joined([left, words(badge, self.pen("badge"))])
            return lines
        lines = in_box(item.cells, columns, rows, self.pen(""))
        if badge:
            self._put_badge(lines, item.cells, badge)
        return lines

    def _put_badge(self, lines: list[Piece], cells: Drawn, badge: str) -> None:
        """Put the badge into the picture's lower right corner, or the thumb's if it is narrow."""
        columns, rows = self.thumb_size
        wide, high = min(cells.columns, columns), min(cells.rows, rows)
        last = (rows - high) // 2 + high - 1
        left = (columns - wide) // 2
        size = cell_len(badge)
        mark = words(badge, self.pen("badge"))
        if size > wide:
            place = max(0, min(left + wide, columns) - size)
            ground = words(" " * place, self.pen(""))
            after = words(" " * (columns - place - size), self.pen(""))
            lines[last] = joined([ground, mark, after])
            return
        before = words(" " * left, self.pen(""))
        part = of_segments(cells.segments(high - 1, 0, wide - size))
        after = words(" " * (columns - left - wide), self.pen(""))
        lines[last] = joined([before, part, mark, after])

    def _under(self, item: GridItem, chosen: bool) -> Piece:
        """Return the line under a picture: signs, then as much of the name as there is room."""
        room = self.thumb_size.columns
        ground = "chosen" if chosen else "name"
        pieces: list[Piece] = []
        for sign, pen in signs(item.verdict, selected=item.selected):
            piece = words(sign, self.pen_on(pen, ground))
            if piece.width <= room:
                pieces.append(piece)
                room -= piece.width
        if pieces and room > 1:
            pieces.append(words(" ", self.pen(ground)))
            room -= 1
        if room > 0:
            # a rejected one is seen as such from afar
            pen = "reject" if item.verdict.keep is False else ground
            pieces.append(words(tail(item.name, room), self.pen_on(pen, ground)))
        return joined(pieces)

    def _bar(self, line: int) -> Piece:
        """Return what the bar shows on one line of the widget, to half a line."""
        rows, page = self._rows(self._count), self.page()
        if rows <= page:
            return words(" ", self.pen("bar"))
        halves = self.size.height * 2
        size = max(2, round(halves * page / rows))
        start = round((halves - size) * min(1.0, self._top_shown / (rows - page)))
        upper, lower = (start <= half < start + size for half in (2 * line, 2 * line + 1))
        sign = {(True, True): "▐", (True, False): "▝", (False, True): "▗"}.get((upper, lower), " ")
        return words(sign, self.pen("bar"))

    @property
    def _top_shown(self) -> int:
        return self._first // self.columns_fit()

    # the mouse

    def index_at(self, x: int, y: int) -> int | None:
        """Return the number of the picture under a cell of the widget."""
        size, columns = self.thumb_size, self.columns_fit()
        column, row = (x - GAP) // (size.columns + GAP), y // (size.rows + 1)
        if x < GAP or column >= columns:
            return None
        place = row * columns + column
        return self._first + place if place < len(self._items) else None

    def on_click(self, event: events.Click) -> None:
        """A click on a thumb chooses it."""
        if event.x >= self.size.width - BAR:
            return
        index = self.index_at(event.x, event.y)
        if index is not None:
            self.post_message(
                self.Clicked(
                    index,
                    event.chain >= 2,
                    adding=event.ctrl or event.meta,
                    extending=event.shift,
                )
            )

    def scroll_rows(self, rows: int) -> None:
        """Move the view by rows of thumbs; the cursor stays where it is."""
        self._view_from(self._top + rows)

    def _view_from(self, top: int) -> None:
        top = max(0, min(top, self._rows(self._count) - self.page()))
        if top != self._top:
            self._top = top
            self.post_message(self.Scrolled())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the view."""
        event.stop()
        self.scroll_rows(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the view back."""
        event.stop()
        self.scroll_rows(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The bar can be taken hold of."""
        if event.x >= self.size.width - BAR:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The view follows the bar."""
        if self._dragging:
            self._drag_to(event.y)

    def on_mouse_up(self) -> None:
        """The bar is let go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        most = self._rows(self._count) - self.page()
        self._view_from(round(most * y / max(1, self.size.height - 1)))
