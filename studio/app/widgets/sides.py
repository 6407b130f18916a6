"""Two texts side by side, or one under the other line by line; drawn only where in view.

What differs is told by a sign at the line's edge (`−` only in the old text, `+` only in the new,
`~` changed) and underlined in the line; the theme's colours come on top.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studio.app.widgets.signs import Run, runs_of, unseen_only

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.style import Style

    from studio.captions.compare import Compared, Row

Spans = tuple[tuple[int, int], ...]

BESIDE = 88
"""Columns from which the two texts have room beside each other."""

_AT_ONCE = 50  # rows laid out on the screen's thread: 4 ms
_NUMBERED = 60  # columns of one text from which its lines have numbers
_ADDED, _REMOVED, _CHANGED, _SAME = "+", "−", "~", " "


@dataclass(frozen=True)
class _Line:
    """One line of one text, or none of it."""

    sign: str
    number: int | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class _Laid:
    """What was laid out for a width: which lines there are, and where each starts."""

    width: int
    beside: bool
    lines: tuple[tuple[_Line | None, ...], ...]
    starts: tuple[int, ...]
    changes: tuple[int, ...]  # indexes of lines at which a change begins


class SideBySide(ScrollView, can_focus=True):
    """A difference to be read.

    Args:
        beside: whether the texts may stand beside each other; else always under each other.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"sides--{name}"
        for name in (
            "text",
            "old",
            "new",
            "old-sign",
            "new-sign",
            "sign",
            "quiet",
            "number",
            "marked",
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "change(1)", "Next change", show=False, id="sides.next"),
        Binding("N", "change(-1)", "Change before", show=False, id="sides.before"),
        Binding("j", "scroll_down", "Down", show=False, id="sides.down"),
        Binding("k", "scroll_up", "Up", show=False, id="sides.up"),
        Binding("g", "scroll_home", "First line", show=False, id="sides.first"),
        Binding("G", "scroll_end", "Last line", show=False, id="sides.last"),
        Binding("space", "page_down", "Page down", show=False, id="sides.page-down"),
    ]

    class Stood(Message):
        """Another change is looked at, or the difference was laid out anew.

        Attributes:
            at: the change, from 1; 0 for none yet.
            of: how many there are.
        """

        def __init__(self, at: int, of: int) -> None:
            super().__init__()
            self.at = at
            self.of = of

    def __init__(
        self, *, beside: bool = True, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._beside = beside
        self._shown: Compared | None = None
        self._marks: Spans = ()
        self._laid: _Laid | None = None
        self._at = 0
        self._to = ""
        self._drawn: dict[tuple[int, int], Strip] = {}
        self._styles: dict[str, Style] = {}

    @property
    def beside(self) -> bool:
        """Whether the two texts stand beside each other now."""
        return self._laid is not None and self._laid.beside

    @property
    def changes(self) -> int:
        """How many stretches of changed lines there are."""
        return len(self._laid.changes) if self._laid else 0

    def show(
        self,
        compared: Compared | None,
        *,
        marks: Spans = (),
        to: Literal["", "change", "mark"] = "",
    ) -> None:
        """Show a difference; None shows nothing.

        Args:
            compared: the difference.
            marks: stretches of the new text to be shown as marked, in code points.
            to: what has to be in view: the first change, or the first mark; else the beginning.
        """
        self._shown, self._marks, self._at, self._to = compared, marks, 0, to
        self._laid = None
        self.scroll_home(animate=False, force=True)
        self._lay_out()

    def on_resize(self) -> None:
        """Lines are broken for the width there is."""
        if self._laid is None or self._laid.width != self.scrollable_content_region.width:
            self._lay_out()

    def notify_style_update(self) -> None:
        """Draw anew in the colours of another theme."""
        super().notify_style_update()
        self._styles.clear()
        self._drawn.clear()

    # laying out

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        shown = self._shown
        if shown is None or width <= 0:
            self._take(None)
        elif len(shown.rows) <= _AT_ONCE:
            self._take(_laid(shown, self._marks, width, beside=self._beside))
        else:
            self._lay_out_later(shown, self._marks, width)

    @work(thread=True, exclusive=True, group="sides", exit_on_error=False)
    def _lay_out_later(self, shown: Compared, marks: Spans, width: int) -> None:
        made = _laid(shown, marks, width, beside=self._beside)

        def take() -> None:
            if shown is self._shown and marks is self._marks:
                self._take(made)

        self.app.call_from_thread(take)

    def _take(self, laid: _Laid | None) -> None:
        self._laid = laid
        self._drawn.clear()
        self.virtual_size = Size(laid.width if laid else 0, laid.starts[-1] if laid else 0)
        self.refresh()
        if laid is not None and self._to:
            self._bring(laid, self._to)
            self._to = ""
        self.post_message(self.Stood(self._at, self.changes))

    def _bring(self, laid: _Laid, what: str) -> None:
        """Scroll so that the first change or mark is in view."""
        if what == "change":
            found = next(iter(laid.changes), None)
        else:
            found = next(
                (
                    index
                    for index, line in enumerate(laid.lines)
                    if (last := line[-1]) is not None and any(run.marked for run in last.runs)
                ),
                None,
            )
        if found is not None and laid.starts[found + 1] > self.size.height:
            top = laid.starts[found] - self.size.height // 4
            self.scroll_to(y=max(0, top), animate=False, force=True)

    # going

    def action_change(self, step: int) -> None:
        """Go to the next change or the one before."""
        laid = self._laid
        if laid is None or not laid.changes:
            return
        self._at = (self._at - 1 + step) % len(laid.changes) + 1 if self._at else 1
        self._drawn.clear()
        top = laid.starts[laid.changes[self._at - 1]]
        self.scroll_to(y=max(0, top - self.size.height // 4), animate=False, force=True)
        self.refresh()
        self.post_message(self.Stood(self._at, self.changes))

    def action_scroll_home(self) -> None:
        """Go to the first line, at once as every other key."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_scroll_end(self) -> None:
        """Go to the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def action_scroll_up(self) -> None:
        """Go a line up."""
        self.scroll_to(y=self.scroll_offset.y - 1, animate=False, force=True)

    def action_scroll_down(self) -> None:
        """Go a line down."""
        self.scroll_to(y=self.scroll_offset.y + 1, animate=False, force=True)

    def action_page_up(self) -> None:
        """Go a screen up."""
        self.scroll_to(y=self.scroll_offset.y - self.size.height + 1, animate=False, force=True)

    def action_page_down(self) -> None:
        """Go a screen down."""
        self.scroll_to(y=self.scroll_offset.y + self.size.height - 1, animate=False, force=True)

    # drawing

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_visual_style(f"sides--{name}", partial=True)
        return self._styles[name]

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.scrollable_content_region.width
        laid = self._laid
        place = y + self.scroll_offset.y
        if laid is None or place >= laid.starts[-1]:
            return Strip.blank(width, self.rich_style)
        index = bisect_right(laid.starts, place) - 1
        key = (index, place - laid.starts[index])
        if key not in self._drawn:
            if len(self._drawn) > 2000:
                self._drawn.clear()
            for number, strip in enumerate(self._draw(laid, index)):
                self._drawn[index, number] = strip
        strip = self._drawn.get(key) or Strip.blank(width, self.rich_style)
        return strip.crop(0, width)

    def _draw(self, laid: _Laid, index: int) -> Iterable[Strip]:
        here = bool(self._at) and laid.changes[self._at - 1] == index
        sides = laid.lines[index]
        column = _column(laid.width, laid.beside)
        height = laid.starts[index + 1] - laid.starts[index]
        blocks = [
            self._block(line, column, height, here=here and (line is not None or not side))
            for side, line in enumerate(sides)
        ]
        for number in range(height):
            parts: list[Content] = []
            for block in blocks:
                parts += [Content.styled("│", self._style("number"))] if parts else []
                parts.append(block[number])
            content = Content.assemble(*parts).truncate(laid.width, pad=True)
            yield Strip(content.render_segments(self.visual_style), laid.width)

    def _block(self, line: _Line | None, column: int, height: int, *, here: bool) -> list[Content]:
        edge = _edge(column)
        mark = "▸" if here else " "
        if line is None:
            return [Content(mark.ljust(column) if not n else " " * column) for n in range(height)]
        name = {_ADDED: "new-sign", _REMOVED: "old-sign", _CHANGED: "sign"}.get(line.sign, "number")
        number = f"{line.number or '':>3} " if edge > 3 else ""
        head = Content.assemble(
            (f"{mark}{line.sign} ", self._style(name)), (number, self._style("number"))
        )
        bodies = _broken(
            Content.assemble(*((run.text, self._pen(run)) for run in line.runs)), column - edge
        )
        made = [
            Content.assemble(head if not place else " " * edge, body).truncate(column, pad=True)
            for place, body in enumerate(bodies)
        ]
        return made + [Content(" " * column)] * (height - len(made))

    def _pen(self, run: Run) -> Style:
        style = self._style(run.kind)
        return style + self._style("marked") if run.marked else style


def _column(width: int, beside: bool) -> int:
    return (width - 1) // 2 if beside else width


def _edge(column: int) -> int:
    """Return how many cells come before a line's text: the mark, the sign, its number."""
    return 7 if column >= _NUMBERED else 3


def _broken(content: Content, width: int) -> list[Content]:
    if content.cell_length <= width:
        return [content]
    return content.wrap(max(width, 4), overflow="fold")


def _laid(compared: Compared, marks: Spans, width: int, *, beside: bool) -> _Laid:
    """Lay a difference out for a width; may take a second for very long ones."""
    beside = beside and width >= BESIDE
    column = _column(width, beside)
    room = column - _edge(column)
    lines: list[tuple[_Line | None, ...]] = []
    heights: list[int] = []
    changes: list[int] = []
    starts = _line_starts(compared)
    before = True
    for row in compared.rows:
        if row.what != "same" and before:
            changes.append(len(lines))
        before = row.what == "same"
        for pair in _pairs(row, compared, marks, starts, beside=beside):
            lines.append(pair)
            heights.append(max(_height(line, room) for line in pair))
    if compared.left_out:
        told = Run(f"{compared.left_out:,} more lines are not shown", "quiet")
        lines.append(
            (_Line(_SAME, None, (told,)),) if not beside else (_Line(_SAME, None, (told,)), None)
        )
        heights.append(1)
    return _Laid(width, beside, tuple(lines), (0, *accumulate(heights)), tuple(changes))


def _height(line: _Line | None, room: int) -> int:
    if line is None:
        return 1
    text = "".join(run.text for run in line.runs)
    if (len(text) if text.isascii() else cell_len(text)) <= room:
        return 1
    return len(_broken(Content(text), room))


def _line_starts(compared: Compared) -> dict[int, int]:
    """Return where each line of the new text starts, in code points."""
    starts: dict[int, int] = {}
    place = 0
    for row in compared.rows:
        if row.new is not None and row.new_line is not None:
            starts[row.new_line] = place
            place += sum(len(piece.text) for piece in row.new) + 1
    return starts


def _pairs(
    row: Row, compared: Compared, marks: Spans, starts: dict[int, int], *, beside: bool
) -> list[tuple[_Line | None, ...]]:
    unseen = unseen_only(row)
    place = starts.get(row.new_line or 0, 0)
    last_old, last_new = _last(compared)
    changed = _CHANGED if beside else None
    old = new = None
    if row.old is not None:
        sign = _SAME if row.what == "same" else (changed if row.new is not None else None)
        runs = runs_of(
            row.old,
            kind="old",
            unseen=unseen,
            alone=row.what == "old",
            last=row.old_line == last_old,
        )
        old = _Line(sign or _REMOVED, row.old_line, runs)
    if row.new is not None:
        sign = _SAME if row.what == "same" else (changed if row.old is not None else None)
        runs = runs_of(
            row.new,
            kind="new",
            unseen=unseen,
            alone=row.what == "new",
            last=row.new_line == last_new,
            marks=marks,
            start=place,
        )
        new = _Line(sign or _ADDED, row.new_line, runs)
    if beside:
        return [(old, new)]
    if row.what == "same":
        return [(new,)]
    return [(line,) for line in (old, new) if line is not None]


def _last(compared: Compared) -> tuple[int, int]:
    if compared.left_out:
        return 0, 0
    old = next((row.old_line for row in reversed(compared.rows) if row.old_line), 0)
    new = next((row.new_line for row in reversed(compared.rows) if row.new_line), 0)
    return old or 0, new or 0
