"""A strip of small pictures with what was decided on each, the one shown above marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.message import Message

from studio.app.widgets.marks import LABELS, label_letter, label_pen, signs, verdict_mark
from studio.app.widgets.mixed import Drawn, PaintedRows, Piece, in_box, joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from studio.media.verdict import Verdict

__all__ = ["GAP", "THUMB_COLUMNS", "THUMB_ROWS", "Filmstrip", "Thumb", "verdict_mark"]

THUMB_COLUMNS = 8
THUMB_ROWS = 5
GAP = 1
# So much of the line under the thumb that is shown above stays a line.
_LINE = 2


@dataclass(frozen=True)
class Thumb:
    """One picture of the strip.

    Attributes:
        cells: None until it is drawn.
        verdict: what was decided.
        broken: it cannot be shown.
        marked: one of several that are chosen together.
    """

    cells: Drawn | None
    verdict: Verdict
    broken: bool = False
    marked: bool = False


class Filmstrip(PaintedRows):
    """As many thumbs as fit, around the one that is shown."""

    PENS = "filmstrip"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"filmstrip--{name}"
        for name in ("mark", "selected", "keep", "reject", "star", "label", "empty", *LABELS)
    }

    class Clicked(Message):
        """A click on a thumb.

        Attributes:
            index: from the first picture of the whole list.
            adding: with Ctrl or Meta held, as one adds to a selection.
            extending: with Shift held.
        """

        def __init__(self, index: int, *, adding: bool = False, extending: bool = False) -> None:
            super().__init__()
            self.index = index
            self.adding = adding
            self.extending = extending

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
            if self._strips:
                self.swap(0, self.make_strips())
            else:
                self.refresh()

    def make_strips(self) -> list[Strip]:
        """Return the thumbs beside each other, and what was decided under each."""
        lines: list[list[Piece]] = [[] for _ in range(THUMB_ROWS + 1)]
        gap = words(" " * GAP, self.pen(""))
        for number, thumb in enumerate(self._thumbs):
            chosen = self._first + number == self._chosen
            column = [*self._picture(thumb), self._under(thumb, chosen)]
            for line, piece in zip(lines, column, strict=True):
                if number:
                    line.append(gap)
                line.append(piece)
        return [self.row(line) for line in lines]

    def _picture(self, thumb: Thumb) -> list[Piece]:
        if thumb.cells is not None:
            return in_box(thumb.cells, THUMB_COLUMNS, THUMB_ROWS, self.pen(""))
        empty = self.pen("empty")
        lines = [words(" " * THUMB_COLUMNS, empty)] * THUMB_ROWS
        sign = "broken" if thumb.broken else "·"
        lines[THUMB_ROWS // 2] = words(sign.center(THUMB_COLUMNS), empty)
        return lines

    def _under(self, thumb: Thumb, chosen: bool) -> Piece:
        """Return the signs of a verdict in the middle of a line, which is there for the one."""
        found = _in_full(thumb.verdict, marked=thumb.marked)
        if sum(cell_len(sign) for sign, _ in found) > THUMB_COLUMNS - _LINE:
            found = signs(thumb.verdict, selected=thumb.marked)
        marks = [words(sign, self.pen(pen)) for sign, pen in found]
        rest = THUMB_COLUMNS - sum(piece.width for piece in marks)
        line, pen = ("▔", self.pen("mark")) if chosen else (" ", self.pen(""))
        left = rest // 2
        return joined([words(line * left, pen), *marks, words(line * (rest - left), pen)])

    def on_click(self, event: events.Click) -> None:
        """A click shows that picture."""
        number = event.x // (THUMB_COLUMNS + GAP)
        if number < len(self._thumbs):
            self.post_message(
                self.Clicked(
                    self._first + number,
                    adding=event.ctrl or event.meta,
                    extending=event.shift,
                )
            )


def _in_full(verdict: Verdict, *, marked: bool) -> list[tuple[str, str]]:
    """Return the signs with a star for every star, as long as there is room for them."""
    found = [("◆", "selected")] if marked else []
    if mark := verdict_mark(verdict):
        pen = "reject" if verdict.keep is False else "star" if verdict.stars else "keep"
        if pen == "star" and verdict.keep:
            found.append(("✓", "keep"))
        found.append((mark, pen))
    if letter := label_letter(verdict.label):
        found.append((letter, label_pen(verdict.label)))
    return found
