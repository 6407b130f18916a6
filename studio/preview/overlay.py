"""What is laid over a picture: safe zones, crops, thirds, notes' marks, the frame of a loupe.

It is drawn on the pixels after they have their final size and before they become cells or go to
the terminal, so it looks alike in both. A line is a light one with a dark one outside it, at
least one pixel each, and so is seen on any picture.

This module is light: numpy and Pillow are imported when something is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.platforms.zones import zone, zones
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from studio.platforms.zones import Zone
    from studio.preview.cells import Letters
    from studio.preview.view import Placed

Colour = tuple[int, int, int]
Rect = tuple[float, float, float, float]  # left, top, right, bottom, as fractions of the picture

_ZONES = ("instagram", "tiktok", "youtube", "strict", "organic")
# Width to height, and who crops so; from the reference on platforms, November 2026.
_CROPS = {
    "4:5": (4 / 5, "the tallest that Instagram's feed takes by its programming interface"),
    "3:4": (3 / 4, "Instagram's profile grid since 2025 (secondary source)"),
    "1:1": (1.0, "the middle square, shown of a reel's cover in the feed"),
}
THIRDS = "thirds"
OVERLAYS: tuple[str, ...] = (*_ZONES, *_CROPS, THIRDS)

LIGHT: Colour = (255, 246, 224)
DARK: Colour = (12, 10, 8)
# Each kind has its own line, for when several are on.
_LINES: dict[str, Colour] = {
    "instagram": (255, 150, 200),
    "tiktok": (120, 240, 240),
    "youtube": (255, 130, 120),
}
_BADGE: Colour = (255, 214, 102)
_DIMMED = 0.4  # what is left of the light of what is covered or cut off
_THIRDS_SHARE = 0.55  # of a line of thirds, the rest is picture
_LABEL = 3  # characters


@dataclass(frozen=True, eq=False)
class Sheet:
    """Pixels to draw on, and where the picture lies in them.

    Attributes:
        rgb: shape (rows * grid[1], columns * grid[0], 3), written into.
        placed: size in cells and the part of the picture that is seen.
        grid: columns and rows of pixels in a cell.
        size: width and height of the whole picture in its own pixels.
    """

    rgb: NDArray[np.uint8]
    placed: Placed
    grid: tuple[int, int]
    size: tuple[int, int]

    @property
    def line(self) -> int:
        """Thickness of a line in pixels."""
        return max(1, round(self.grid[0] / 6))

    def across(self, x: float) -> int:
        """Return the pixel column that a fraction of the picture's width falls on."""
        wide: int = self.rgb.shape[1]
        return round((x - self.placed.left) / (self.placed.right - self.placed.left) * wide)

    def down(self, y: float) -> int:
        """Return the pixel row that a fraction of the picture's height falls on."""
        high: int = self.rgb.shape[0]
        return round((y - self.placed.top) / (self.placed.bottom - self.placed.top) * high)

    def fill(self, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        """Fill a rectangle, as far as it is seen."""
        high, wide = self.rgb.shape[:2]
        left, right = max(0, left), min(wide, right)
        top, bottom = max(0, top), min(high, bottom)
        if left < right and top < bottom:
            self.rgb[top:bottom, left:right] = colour


def overlay_label(name: str, known: Sequence[Zone] | None = None) -> str:
    """Return what an overlay shows, who says so, and as of when, in one line.

    Args:
        name: one of `OVERLAYS`.
        known: the safe zones; None for the ones Studio brings.

    Raises:
        Problem: there is no such overlay.
    """
    if name == THIRDS:
        return "thirds of the picture"
    if name in _CROPS:
        return f"crop {name}: {_CROPS[name][1]}"
    found = _zone(name, known)
    return (
        f"{found.name}: what stays free in a 9:16 frame, the picture fitted to its width and "
        f"centred ({found.told}, as of {found.as_of})"
    )


def lay(sheet: Sheet, names: Sequence[str], known: Sequence[Zone] | None = None) -> None:
    """Draw overlays on a picture: dim what is covered or cut off, and draw the lines.

    Args:
        sheet: the picture.
        names: of `OVERLAYS`.
        known: the safe zones; None for the ones Studio brings.

    Raises:
        Problem: there is no such overlay.
    """
    import numpy as np

    rects = {name: rect_of(name, sheet.size, known) for name in names if name != THIRDS}
    if rects:
        covered = np.zeros(sheet.rgb.shape[:2], dtype=bool)
        for left, top, right, bottom in rects.values():
            free = np.zeros_like(covered)
            rows = slice(max(0, sheet.down(top)), max(0, sheet.down(bottom)))
            free[rows, max(0, sheet.across(left)) : max(0, sheet.across(right))] = True
            covered |= ~free
        sheet.rgb[covered] = (sheet.rgb[covered] * np.float32(_DIMMED)).astype(np.uint8)
    if THIRDS in names:
        _thirds(sheet)
    for name, rect in rects.items():
        _outline(sheet, rect, _LINES.get(name, LIGHT))


def rect_of(name: str, size: tuple[int, int], known: Sequence[Zone] | None = None) -> Rect:
    """Return what a crop keeps or a platform's own signs leave free, as fractions of a picture.

    Args:
        name: an overlay other than thirds.
        size: width and height of the picture, upright.
        known: the safe zones; None for the ones Studio brings.

    Returns:
        For a safe zone, parts may lie outside the picture (below 0 or above 1).

    Raises:
        Problem: there is no such overlay.
    """
    if name not in _CROPS:
        return _zone(name, known).free_of(size)
    shape = _CROPS[name][0]
    share = (size[0] / size[1]) / shape
    if share > 1:
        return 0.5 - 0.5 / share, 0.0, 0.5 + 0.5 / share, 1.0
    return 0.0, 0.5 - 0.5 * share, 1.0, 0.5 + 0.5 * share


def mark(sheet: Sheet, marks: Sequence[tuple[float, float, str]], *, text: bool) -> list[Letters]:
    """Draw points on a picture: a cross, or a badge where there is a label.

    Args:
        sheet: the picture.
        marks: points as fractions of the picture, with at most three characters each.
        text: draw labels on the pixels too, as large as text in the terminal.

    Returns:
        The labels, if they are not drawn.
    """
    letters: list[Letters] = []
    for x, y, label in marks:
        cell = sheet.placed.cell_of(x, y)
        if cell is None:
            continue
        if not label:
            _cross(sheet, sheet.across(x), sheet.down(y))
            continue
        # A terminal has no room here for characters that are wide, joined or of no width.
        shown = "".join(char for char in label if "!" <= char <= "~")[:_LABEL] or "*"
        column = max(0, min(cell[0] - len(shown) // 2, sheet.placed.columns - len(shown)))
        if text:
            _badge(sheet, column, cell[1], shown)
        else:
            from studio.preview.cells import Letters

            letters.append(Letters(column, cell[1], shown, DARK, _BADGE))
    return letters


def inset(sheet: Sheet, rgb: NDArray[np.uint8], column: int, row: int) -> None:
    """Set a smaller picture into a picture, with a frame.

    Args:
        sheet: the picture.
        rgb: the smaller one, of whole cells.
        column: the cell at its upper left.
        row: the cell at its upper left.
    """
    left, top = column * sheet.grid[0], row * sheet.grid[1]
    right, bottom = left + rgb.shape[1], top + rgb.shape[0]
    sheet.fill(left, top, right, bottom, DARK)
    thick = sheet.line
    sheet.rgb[top:bottom, left:right] = rgb
    _frame(sheet, left, top, right, bottom, LIGHT)
    _frame(sheet, left - thick, top - thick, right + thick, bottom + thick, DARK)


def _zone(name: str, known: Sequence[Zone] | None) -> Zone:
    if name not in _ZONES:
        raise Problem(name, "is no overlay", f"Use one of {', '.join(OVERLAYS)}")
    return zone(name, zones() if known is None else known)


def _outline(sheet: Sheet, rect: Rect, colour: Colour) -> None:
    """Draw the edges of a part of the picture: light inside, dark around."""
    left, top = sheet.across(rect[0]), sheet.down(rect[1])
    right, bottom = sheet.across(rect[2]), sheet.down(rect[3])
    thick = sheet.line
    _frame(sheet, left - thick, top - thick, right + thick, bottom + thick, DARK)
    _frame(sheet, left, top, right, bottom, colour)


def _frame(sheet: Sheet, left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
    """Draw a line inside the edges of a rectangle."""
    thick = sheet.line
    sheet.fill(left, top, right, top + thick, colour)
    sheet.fill(left, bottom - thick, right, bottom, colour)
    sheet.fill(left, top, left + thick, bottom, colour)
    sheet.fill(right - thick, top, right, bottom, colour)


def _thirds(sheet: Sheet) -> None:
    """Draw the lines of thirds, the picture shining through."""
    import numpy as np

    before = sheet.rgb.astype(np.float32)
    thick, (high, wide) = sheet.line, sheet.rgb.shape[:2]
    for third in (1 / 3, 2 / 3):
        x, y = sheet.across(third), sheet.down(third)
        sheet.fill(x, 0, x + thick, high, DARK)
        sheet.fill(0, y, wide, y + thick, DARK)
    for third in (1 / 3, 2 / 3):
        x, y = sheet.across(third), sheet.down(third)
        sheet.fill(x - thick, 0, x, high, LIGHT)
        sheet.fill(0, y - thick, wide, y, LIGHT)
    share = np.float32(_THIRDS_SHARE)
    sheet.rgb[:] = (sheet.rgb * share + before * (1 - share) + 0.5).astype(np.uint8)


def _cross(sheet: Sheet, x: int, y: int) -> None:
    """Draw a cross that leaves its point free."""
    wide, high = sheet.grid
    thick = sheet.line
    for grow, colour in ((thick, DARK), (0, LIGHT)):
        for way in (-1, 1):
            near, far = sorted((x + way * max(1, wide // 2), x + way * 2 * wide))
            sheet.fill(near - grow, y - grow, far + grow, y + thick + grow, colour)
            near, far = sorted((y + way * max(1, high // 4), y + way * high))
            sheet.fill(x - grow, near - grow, x + thick + grow, far + grow, colour)


def _badge(sheet: Sheet, column: int, row: int, text: str) -> None:
    """Draw a label over whole cells, in Pillow's own font."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    wide, high = sheet.grid[0] * len(text), sheet.grid[1]
    image = Image.new("RGB", (wide, high), _BADGE)
    font = ImageFont.load_default(max(6, round(high * 0.8)))
    draw = ImageDraw.Draw(image)
    draw.text((wide / 2, high / 2), text, fill=DARK, font=font, anchor="mm")
    left, top = column * sheet.grid[0], row * sheet.grid[1]
    place = sheet.rgb[top : top + high, left : left + wide]
    place[:] = np.asarray(image)[: place.shape[0], : place.shape[1]]
