"""Which part of a picture is looked at, and where a point of it lies among the cells.

Everything about a picture is in fractions of it as shown, upright: (0, 0) is its upper left
corner, (1, 1) its lower right. Everything about a drawing is in cells from its own upper left
corner, which is not that of the room it was drawn for: the drawing is never larger, and smaller
where the picture has another shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["fit", "fill", "real"]

CELL = (8, 16)
LEAST_ZOOM, MOST_ZOOM = 1 / 64, 64.0


@dataclass(frozen=True)
class Placed:
    """A drawing: its size, and the part of the picture in it.

    Attributes:
        columns: width in cells.
        rows: height in cells.
        left: the part's left edge, as a fraction of the picture's width.
        top: its upper edge, as a fraction of the picture's height.
        right: its right edge.
        bottom: its lower edge.
    """

    columns: int
    rows: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def part(self) -> tuple[float, float, float, float]:
        """Left, upper, right and lower edge of what is seen, as fractions of the picture."""
        return self.left, self.top, self.right, self.bottom

    @property
    def whole(self) -> bool:
        """Whether the whole picture is seen."""
        return self.part == (0.0, 0.0, 1.0, 1.0)

    def point_at(self, column: float, row: float) -> tuple[float, float] | None:
        """Return the point of the picture in the middle of a cell; None beside the drawing."""
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        return (
            self.left + (self.right - self.left) * min(1.0, (column + 0.5) / self.columns),
            self.top + (self.bottom - self.top) * min(1.0, (row + 0.5) / self.rows),
        )

    def cell_of(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the column and row of the cell that a point lies in; None if it is not seen."""
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return None
        across = (x - self.left) / (self.right - self.left)
        down = (y - self.top) / (self.bottom - self.top)
        return (
            min(self.columns - 1, int(across * self.columns)),
            min(self.rows - 1, int(down * self.rows)),
        )


@dataclass(frozen=True)
class View:
    """A way to look at a picture. All methods take the size of the picture and of the room.

    `picture_size` is width and height in pixels, upright. `box_cells` is the room, columns and
    rows. `cell_px` is the size of one cell in pixels of the terminal; only its shape matters
    unless `kind` is "real".

    Attributes:
        kind: "fit": the whole picture in the room; "fill": the whole room filled, the picture cut
            off; "real": one pixel of the picture is one pixel of the terminal.
        x: what is in the middle, as a fraction of the picture's width; near an edge the middle
            stays as far away from it as needed.
        y: the same of its height.
        zoom: how many times larger than `kind` says, 2.0 for 200 %.
    """

    kind: Kind = "fit"
    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def placed(
        self,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> Placed:
        """Return the size of the drawing and the part of the picture in it."""
        wide, high = max(1, picture_size[0]), max(1, picture_size[1])
        most_columns, most_rows = max(1, box_cells[0]), max(1, box_cells[1])
        zoom = min(max(self.zoom, LEAST_ZOOM), MOST_ZOOM)
        # The whole picture's size in cells; a cell may be cut by its edge.
        if self.kind == "real":
            full_columns, full_rows = wide * zoom / cell_px[0], high * zoom / cell_px[1]
            # Rounded down: to squeeze the edge into a whole cell would blur every pixel.
            columns = min(most_columns, max(1, int(full_columns + 1e-6)))
            rows = min(most_rows, max(1, int(full_rows + 1e-6)))
        else:
            rows_per_column = high / wide / (cell_px[1] / cell_px[0])
            if self.kind == "fill":
                full_columns = max(most_columns, most_rows / rows_per_column) * zoom
                full_rows = full_columns * rows_per_column
            else:
                # Whole cells at a zoom of one, so that each is all picture.
                full_columns = min(most_columns, max(1, round(most_rows / rows_per_column)))
                full_rows = min(most_rows, max(1, round(full_columns * rows_per_column)))
                full_columns, full_rows = full_columns * zoom, full_rows * zoom
            columns = min(most_columns, max(1, round(full_columns)))
            rows = min(most_rows, max(1, round(full_rows)))
        left, right = _span(self.x, columns / full_columns)
        top, bottom = _span(self.y, rows / full_rows)
        if self.kind == "real":
            # Whole pixels, or none would be shown as it is.
            left, right = _shifted(left, right, wide)
            top, bottom = _shifted(top, bottom, high)
        return Placed(columns, rows, left, top, right, bottom)

    def visible(
        self,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> tuple[float, float, float, float]:
        """Return left, upper, right and lower edge of what is seen, as fractions."""
        return self.placed(picture_size, box_cells, cell_px).part

    def point_at(
        self,
        column: float,
        row: float,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> tuple[float, float] | None:
        """Return the point of the picture in the middle of a cell; None beside the drawing.

        Args:
            column: from the drawing's left edge, 0 the first.
            row: from its upper edge, 0 the first.
            picture_size: width and height of the picture in pixels.
            box_cells: columns and rows of the room.
            cell_px: width and height of a cell in pixels of the terminal.
        """
        return self.placed(picture_size, box_cells, cell_px).point_at(column, row)

    def cell_of(
        self,
        x: float,
        y: float,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> tuple[int, int] | None:
        """Return the column and row of the cell that a point lies in; None if it is not seen."""
        return self.placed(picture_size, box_cells, cell_px).cell_of(x, y)

    def scale(
        self,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> float:
        """Return how many pixels of the terminal one of the picture takes: 1.0 is 100 %."""
        placed = self.placed(picture_size, box_cells, cell_px)
        shown = (placed.right - placed.left) * max(1, picture_size[0])
        return placed.columns * cell_px[0] / shown

    def panned(
        self,
        dx: float,
        dy: float,
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> View:
        """Return the view moved by fractions of what is seen, no further than the edges."""
        left, top, right, bottom = self.visible(picture_size, box_cells, cell_px)
        wide, high = right - left, bottom - top
        x, y = (left + right) / 2 + dx * wide, (top + bottom) / 2 + dy * high
        return replace(
            self,
            x=min(max(x, wide / 2), 1 - wide / 2),
            y=min(max(y, high / 2), 1 - high / 2),
        )

    def zoomed(
        self,
        zoom: float,
        point: tuple[float, float],
        picture_size: tuple[int, int],
        box_cells: tuple[int, int],
        cell_px: tuple[float, float] = CELL,
    ) -> View:
        """Return the view at another zoom, with a point as near as can be to where it is now."""
        left, top, right, bottom = self.visible(picture_size, box_cells, cell_px)
        other = replace(self, zoom=min(max(zoom, LEAST_ZOOM), MOST_ZOOM))
        new = other.visible(picture_size, box_cells, cell_px)
        wide, high = new[2] - new[0], new[3] - new[1]
        x = point[0] + (0.5 - (point[0] - left) / (right - left)) * wide
        y = point[1] + (0.5 - (point[1] - top) / (bottom - top)) * high
        return replace(
            other,
            x=min(max(x, wide / 2), 1 - wide / 2),
            y=min(max(y, high / 2), 1 - high / 2),
        )


WHOLE = View()


def _span(middle: float, share: float) -> tuple[float, float]:
    """Return the edges of a share of a length, its middle as near to `middle` as fits."""
    if share >= 1:
        return 0.0, 1.0
    start = min(max(middle - share / 2, 0.0), 1 - share)
    return start, start + share


def _shifted(start: float, end: float, pixels: int) -> tuple[float, float]:
    """Return a span that starts at a whole pixel, as long as before and not past the end."""
    if end - start >= 1:
        return start, end
    first = round(start * pixels)
    if first / pixels + (end - start) > 1 + 1e-9:
        first -= 1
    return max(0, first) / pixels, max(0, first) / pixels + (end - start)
