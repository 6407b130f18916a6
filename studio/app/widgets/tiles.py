"""A few pictures side by side, each as large as it can be: compare two, survey several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from studio.app.widgets.marks import head
from studio.app.widgets.mixed import Drawn, PaintedRows, Piece, in_box, joined, of_segments, words
from studio.text import display, one_cell_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

GAP = 2  # columns between two pictures
TITLE = 1  # the line over each
# A cell is about twice as high as wide.
CELL_SHAPE = 0.5
_LEAST = 4  # columns that a picture always gets


@dataclass(frozen=True)
class Tile:
    """One picture of several.

    Attributes:
        picture: None until it is drawn.
        title: a number or a name, and what was decided.
        chosen: the keys act on this one.
        broken: why it cannot be shown; empty when it can.
    """

    picture: Drawn | None
    title: Content
    chosen: bool = False
    broken: str = ""


def boxes(
    count: int,
    width: int,
    height: int,
    shapes: Sequence[float],
    *,
    cell_shape: float = CELL_SHAPE,
) -> list[Region]:
    """Return the places of pictures, in rows, so that together they are as large as possible.

    Every number of rows is tried, each with columns of one width and with columns as wide as the
    shapes ask for.

    Args:
        count: how many pictures.
        width: room in cells.
        height: room in cells, for the pictures and one line of title over each.
        shapes: width / height of each picture in its pixels; for one that is missing or not above
            0, a square.
        cell_shape: width / height of a cell.

    Returns:
        Where each picture may be, without its title, which is the line above. Where there is too
        little room for all, the last ones are empty.
    """
    if count <= 0:
        return []
    known = [shape if shape > 0 else 1.0 for shape in shapes[:count]]
    known += [1.0] * (count - len(known))
    best: list[Region] = []
    most = -1.0
    for rows in range(1, count + 1):
        lines = _shared(height, [1.0] * rows)
        if min(lines) <= TITLE and rows > 1:
            break
        for fitted in (False, True):
            found: list[Region] = []
            first = top = 0
            for row, high in enumerate(lines):
                here = count // rows + (row < count % rows)
                row_shapes = known[first : first + here]
                shares = row_shapes if fitted else [1.0] * here
                wide = _shared(max(0, width - GAP * (here - 1)), shares)
                left = 0
                for one in wide:
                    found.append(Region(left, top + TITLE, one, max(0, high - TITLE)))
                    left += one + GAP
                first += here
                top += high
            size = _size(found, known, cell_shape)
            if size > most * 1.001:
                best, most = found, size
    return [box if box.right <= width and box.bottom <= height else Region() for box in best]


def _shared(room: int, shares: Sequence[float]) -> list[int]:
    """Divide room by shares into whole parts, none of them below a few cells if that can be."""
    least = min(_LEAST, room // len(shares))
    total = sum(shares)
    ends = [0.0]
    for share in shares:
        ends.append(ends[-1] + share / total * (room - least * len(shares)))
    return [least + round(end) - round(start) for start, end in pairwise(ends)]


def _size(places: Sequence[Region], shapes: Sequence[float], cell_shape: float) -> float:
    """Return how many cells the pictures fill; the smallest one counts double."""
    areas = []
    for box, shape in zip(places, shapes, strict=True):
        wide = min(float(box.width), box.height * shape / cell_shape)
        areas.append(wide * wide * cell_shape / shape)
    return sum(areas) + min(areas)


class Tiles(PaintedRows):
    """Two to nine pictures with a line of title over each."""

    PENS = "tiles"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tiles--title",
        "tiles--chosen",
        "tiles--frame",
        "tiles--empty",
        "tiles--broken",
    }

    class Clicked(Message):
        """A click on a picture or its title; `double` for the second in short order."""

        def __init__(self, index: int, *, double: bool = False) -> None:
            super().__init__()
            self.index = index
            self.double = double

    class Pointed(Message):
        """The mouse stands on another cell of a picture.

        Attributes:
            index: which picture.
            x_cell: column from the picture's own left edge.
            y_cell: row from its upper edge.
            pressed: with a button down.
        """

        def __init__(self, index: int, x_cell: int, y_cell: int, *, pressed: bool = False) -> None:
            super().__init__()
            self.index = index
            self.x_cell = x_cell
            self.y_cell = y_cell
            self.pressed = pressed

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tiles: tuple[Tile, ...] = ()
        self._boxes: list[Region] = []
        self._shapes: tuple[float, ...] = ()
        self._asked: tuple[tuple[int, int, int], list[Region]] | None = None
        self._pointed: tuple[int, int, int] | None = None

    def boxes(self, count: int, width: int, height: int, shapes: Sequence[float]) -> list[Region]:
        """Return the places of pictures in a room, and use them for as many from now on.

        Args:
            count: how many pictures.
            width: the room in cells; the widget's own width, as a rule.
            height: the same.
            shapes: width / height of each picture in its pixels.
        """
        found = boxes(count, width, height, shapes)
        self._asked, self._shapes = ((count, width, height), found), tuple(shapes)
        return found

    @property
    def waiting(self) -> bool:
        """Whether a picture is not drawn yet."""
        return any(tile.picture is None and not tile.broken for tile in self._tiles)

    def show(self, tiles: Sequence[Tile]) -> None:
        """Show these pictures where `boxes` has put them; paint only rows that are different.

        Without having been asked for their number and the widget's size, the places follow from
        the shapes of the pictures that are drawn.
        """
        new = tuple(tiles)
        before = self._boxes
        self._boxes = self._places(new)
        if new == self._tiles and before == self._boxes and self._strips:
            return
        self._tiles = new
        if self._strips:
            self.swap(0, self.make_strips())
        else:
            self.repaint()

    def _places(self, tiles: Sequence[Tile]) -> list[Region]:
        width, height = self.size
        if self._asked is not None and self._asked[0] == (len(tiles), width, height):
            return self._asked[1]
        return boxes(len(tiles), width, height, _shapes_of(tiles))

    # drawing

    def make_strips(self) -> list[Strip]:
        """Return every row of the widget."""
        self._boxes = self._places(self._tiles)
        lines: list[list[Piece]] = [[] for _ in range(self.size.height)]
        filled = [0] * len(lines)
        ground = self.pen("")
        for index, (tile, box) in enumerate(zip(self._tiles, self._boxes, strict=True)):
            if not box:
                continue
            extent = self._extent(index)
            block = self._picture(tile, box)
            # The title lies on its picture, wherever that is in its box.
            block.insert(extent.y - box.y, self._title(tile, box.width, extent.width))
            for y, piece in enumerate(block, box.y - TITLE):
                if box.x > filled[y]:
                    lines[y].append(words(" " * (box.x - filled[y]), ground))
                lines[y].append(piece)
                filled[y] = box.right
        return [self.row(pieces) for pieces in lines]

    def _extent(self, index: int) -> Region:
        """Return where in its box a picture is, or will be when it is drawn."""
        picture, box = self._tiles[index].picture, self._boxes[index]
        if picture is not None:
            columns, rows = min(picture.columns, box.width), min(picture.rows, box.height)
        elif index < len(self._shapes) and self._shapes[index] > 0:
            shape = self._shapes[index] / CELL_SHAPE
            columns = max(1, min(box.width, round(box.height * shape)))
            rows = max(1, min(box.height, round(box.width / shape)))
        else:
            columns, rows = box.size
        left, top = (box.width - columns) // 2, (box.height - rows) // 2
        return Region(box.x + left, box.y + top, columns, rows)

    def _title(self, tile: Tile, width: int, over: int) -> Piece:
        """Return the line over a picture: a heavy frame around the chosen one's words.

        Args:
            tile: whose.
            width: of the whole line.
            over: columns in its middle that the title spans, or more if it needs them.
        """
        needed = min(width, max(over, tile.title.cell_length + 6))
        if needed < width:
            ground, before = self.pen(""), (width - needed) // 2
            after = width - needed - before
            line = self._title(tile, needed, needed)
            return joined([words(" " * before, ground), line, words(" " * after, ground)])
        room = max(0, width - 6)
        pen = "chosen" if tile.chosen else "title"
        safe = Content(one_cell_each(tile.title.plain), spans=list(tile.title.spans))
        title = safe.truncate(room, ellipsis=True)
        said = of_segments(title.render_segments(self.get_visual_style(f"tiles--{pen}")))
        if width < 6:
            return words(head("▲" if tile.chosen else " ", 1).ljust(width), self.pen("frame"))
        rest = width - said.width
        if tile.chosen:
            left, right = "┏━ ", " " + "━" * max(0, rest - 5) + "┓"
            frame = self.pen("frame")
        else:
            left, right = "   ", " " * max(0, rest - 3)
            frame = self.pen("title")
        return joined([words(left, frame), said, words(right, frame)])

    def _picture(self, tile: Tile, box: Region) -> list[Piece]:
        width, height = box.size
        if tile.picture is not None:
            return in_box(tile.picture, width, height, self.pen(""))
        pen = self.pen("broken" if tile.broken else "empty")
        said = [display(line.plain) for line in Content(tile.broken or "·").wrap(max(1, width - 2))]
        said = [head(line.strip(), width) for line in said[:height]]
        top = (height - len(said)) // 2
        lines = [words(" " * width, pen)] * height
        for y, line in enumerate(said, top):
            piece = words(line, pen)
            left = (width - piece.width) // 2
            right = width - piece.width - left
            lines[y] = joined([words(" " * left, pen), piece, words(" " * right, pen)])
        return lines

    # the mouse

    def tile_at(self, x: int, y: int) -> int | None:
        """Return the number of the tile, title included, under a cell of the widget."""
        for index, box in enumerate(self._boxes):
            if box and box.x <= x < box.right and box.y - TITLE <= y < box.bottom:
                return index
        return None

    def on_click(self, event: events.Click) -> None:
        """A click on a tile chooses it."""
        index = self.tile_at(event.x, event.y)
        if index is not None:
            self.post_message(self.Clicked(index, double=event.chain >= 2))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell which part of a picture the mouse stands on."""
        index = self.tile_at(event.x, event.y)
        picture = self._tiles[index].picture if index is not None else None
        if index is None or picture is None:
            return
        extent = self._extent(index)
        if not extent.contains(event.x, event.y):
            return
        place = (index, event.x - extent.x, event.y - extent.y)
        if place != self._pointed:
            self._pointed = place
            self.post_message(self.Pointed(*place, pressed=bool(event.button)))


def _shapes_of(tiles: Sequence[Tile]) -> tuple[float, ...]:
    """Return width / height of each picture, as far as its cells tell."""
    return tuple(
        tile.picture.columns * CELL_SHAPE / tile.picture.rows if tile.picture else 1.0
        for tile in tiles
    )
