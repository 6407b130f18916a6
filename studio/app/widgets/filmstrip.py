"""A strip of small pictures with what was decided on each, the one shown above marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.strip import Strip

from studio.app.widgets.painted import Painted
from studio.app.widgets.picture import CellStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

    from studio.media.verdict import Verdict
    from studio.preview.cells import Cells

THUMB_COLUMNS = 8
THUMB_ROWS = 5
GAP = 1


@dataclass(frozen=True)
class Thumb:
    """One picture of the strip; `cells` is None until it is drawn."""

    cells: Cells | None
    verdict: Verdict
    broken: bool = False


def verdict_mark(verdict: Verdict) -> str:
    """Return a verdict as signs that need no colour: ✗, ★★★, ✓, or nothing."""
    if verdict.keep is False:
        return "✗"
    stars = "★" * (verdict.stars or 0)
    return stars or ("✓" if verdict.keep else "")


class Filmstrip(Painted):
    """As many thumbs as fit, around the one that is shown."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "filmstrip--mark",
        "filmstrip--keep",
        "filmstrip--reject",
        "filmstrip--star",
        "filmstrip--empty",
    }

    class Clicked(Message):
        """A click on a thumb; `index` counts from the first picture of the whole list."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._thumbs: tuple[Thumb, ...] = ()
        self._first = 0
        self._chosen = 0

    @property
    def waiting(self) -> bool:
        """Whether a thumb is not drawn yet."""
        return any(thumb.cells is None and not thumb.broken for thumb in self._thumbs)

    def room(self) -> int:
        """Return how many thumbs fit."""
        return max(1, (self.size.width + GAP) // (THUMB_COLUMNS + GAP))

    def window(self, chosen: int, count: int) -> range:
        """Return which of `count` pictures are in view when `chosen` is shown."""
        room = self.room()
        first = max(0, min(chosen - room // 2, count - room))
        return range(first, min(count, first + room))

    def show(self, thumbs: Sequence[Thumb], first: int, chosen: int) -> None:
        """Show these thumbs; the first one is number `first` of the list, `chosen` is marked."""
        new = (tuple(thumbs), first, chosen)
        if new != (self._thumbs, self._first, self._chosen):
            self._thumbs, self._first, self._chosen = new
            self.repaint()

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"filmstrip--{name}")

    def make_strips(self) -> list[Strip]:
        """Return the thumbs beside each other, and what was decided under each."""
        width = self.size.width
        base = self.rich_style
        rows: list[list[Strip]] = [[] for _ in range(THUMB_ROWS + 1)]
        gap = Strip.blank(GAP, base)
        for number, thumb in enumerate(self._thumbs):
            if number:
                for row in rows:
                    row.append(gap)
            for place in range(THUMB_ROWS):
                rows[place].append(self._thumb_row(thumb, place, base))
            rows[THUMB_ROWS].append(self._under(thumb, self._first + number == self._chosen))
        return [Strip.join(row).adjust_cell_length(width, base) for row in rows]

    def _thumb_row(self, thumb: Thumb, row: int, base: Style) -> Strip:
        from rich.segment import Segment

        cells = thumb.cells
        if cells is None:
            sign = "broken" if thumb.broken else "·"
            text = sign.center(THUMB_COLUMNS) if row == THUMB_ROWS // 2 else " " * THUMB_COLUMNS
            return Strip([Segment(text, self._style("empty"))], THUMB_COLUMNS)
        top = (THUMB_ROWS - cells.rows) // 2
        if not top <= row < top + cells.rows:
            return Strip.blank(THUMB_COLUMNS, base)
        left = (THUMB_COLUMNS - cells.columns) // 2
        right = THUMB_COLUMNS - cells.columns - left
        return CellStrip(cells, row - top, left, right, base, ready=False)

    def _under(self, thumb: Thumb, chosen: bool) -> Strip:
        from rich.segment import Segment

        mark = verdict_mark(thumb.verdict)
        name = (
            "reject" if thumb.verdict.keep is False else "star" if thumb.verdict.stars else "keep"
        )
        style = self._style(name)
        if not chosen:
            return Strip([Segment(mark.center(THUMB_COLUMNS), style)], THUMB_COLUMNS)
        line = self._style("mark")
        left = (THUMB_COLUMNS - len(mark)) // 2
        right = THUMB_COLUMNS - len(mark) - left
        return Strip(
            [Segment("▔" * left, line), Segment(mark, style), Segment("▔" * right, line)],
            THUMB_COLUMNS,
        )

    def on_click(self, event: events.Click) -> None:
        """A click shows that picture."""
        number = event.x // (THUMB_COLUMNS + GAP)
        if number < len(self._thumbs):
            self.post_message(self.Clicked(self._first + number))
