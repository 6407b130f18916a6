"""The filter of review: every property with how many it would show, ticked by key or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList, beside, heading, say
from studio.media.choosing import Choice, as_words, parse
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from studio.app.review.table import LightTable
    from studio.app.reviews import Reviews

# The properties in the order they are shown, and what their values are called.
_HEADINGS = {
    "judged": "Verdict",
    "stars": "Stars",
    "labels": "Label",
    "kinds": "Kind",
    "unused": "Use",
    "problems": "Checks",
    "ideas": "Idea",
    "pillars": "Pillar",
    "makers": "Made with",
}
_ALWAYS = {
    "judged": ("unjudged", "kept", "rejected"),
    "unused": ("unused",),
    "problems": ("problems",),
}
_MOST = 40  # ideas, pillars or makers listed; the rest can be typed


class ChoosingScreen(Dialog[None]):
    """Ticks and words; the table behind follows each key.

    Args:
        table: what is filtered.
        media: all there is.
        choose: takes each new choice.
    """

    CSS_PATH = DIALOGS
    AUTO_FOCUS = "#facets"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "As before"),
        Binding("space", "tick", "Tick"),
        Binding("backspace,delete", "clear", "Everything"),
        Binding("slash", "write", "Write"),
    ]

    def __init__(self, table: LightTable, media: Reviews, choose: Callable[[Choice], None]) -> None:
        super().__init__(classes="dialog side")
        self._table = table
        self._media = media
        self._choose = choose
        self._before = table.choice
        self._choice = table.choice

    def compose(self) -> ComposeResult:
        """A line to type in, and the list of ticks."""
        with Vertical(classes="box tall") as box:
            box.border_title = "Filter"
            box.border_subtitle = "Space ticks, Enter keeps it"
            yield Input(placeholder="or write: kept 3+ red unused", select_on_focus=False)
            yield RowList(id="facets")

    def on_mount(self) -> None:
        """The list has the keys; a letter goes to the line."""
        self._media.look_into_all()
        self.query_one(Input).value = as_words(self._choice)
        self._show()
        self.query_one(RowList).focus()

    def _show(self) -> None:
        counts = self._table.sieve.counts(self._choice)
        rows: list[Row] = []
        for facet, name in _HEADINGS.items():
            values = self._values(facet, counts)
            if not values:
                continue
            rows.append(heading(name, first=not rows))
            rows += [self._row(facet, value, counts) for value in values[:_MOST]]
            if len(values) > _MOST:
                rows.append(say(f"  {len(values) - _MOST} more: write their name"))
        known, total = self._media.findings.known, len(self._media.of(None))
        if known < total:
            rows += [say(""), say(f"looked into {known} of {total} so far")]
        listed = self.query_one(RowList)
        listed.show(rows, cursor=listed.cursor or next(row.key for row in rows if row.key))
        box = self.query_one(".box")
        shown = len(self._table.paths)
        box.border_title = Content(f"Filter  {shown} of {self._table.total}")

    def _values(self, facet: str, counts: Mapping[tuple[str, str], int]) -> list[str]:
        """Return the values worth a line: those with something in them, or ticked."""
        found = [value for one, value in counts if one == facet]
        worth = [value for value in found if counts[facet, value] or self._has(facet, value)]
        if facet in _ALWAYS:
            return list(_ALWAYS[facet])
        if facet == "stars":
            return sorted(worth, reverse=True)
        if facet == "kinds":
            return worth if len(worth) > 1 else []
        return sorted(worth, key=lambda value: (-counts[facet, value], self._called(facet, value)))

    def _row(self, facet: str, value: str, counts: Mapping[tuple[str, str], int]) -> Row:
        count = counts.get((facet, value), 0)
        ticked = self._has(facet, value)
        name = one_line(self._called(facet, value))

        def line(width: int, pens: Pens) -> Content:
            pen = pens.strong if ticked else pens.text if count else pens.faint
            left = Content.assemble((" ✓ " if ticked else "   ", pens.accent), (name, pen))
            return beside(left, Content.styled(f"{count:,}", pens.dim), width)

        return Row(f"{facet}/{value}", (line,))

    def _has(self, facet: str, value: str) -> bool:
        chosen = getattr(self._choice, facet)
        if isinstance(chosen, frozenset):
            return value in chosen
        return str(chosen) == value if facet == "stars" else bool(chosen)

    def _called(self, facet: str, value: str) -> str:
        if facet == "stars":
            return f"{'★' * int(value)} and more" if value.isdigit() and value != "5" else "★★★★★"
        if facet == "unused":
            return "used in no idea"
        if facet == "problems":
            return "something is wrong"
        if facet == "ideas":
            return self._media.idea_title(value)
        return value or "none"

    # keys

    def on_key(self, event: events.Key) -> None:
        """A letter typed over the list goes to the line."""
        if not self.query_one(Input).has_focus and event.is_printable and event.character:
            if event.character in " /":
                return
            line = self.query_one(Input)
            line.focus()
            line.value = f"{line.value} {event.character}".lstrip()
            line.cursor_position = len(line.value)
            event.stop()

    def action_write(self) -> None:
        """Go to the line."""
        self.query_one(Input).focus()

    def action_tick(self) -> None:
        """Tick the line under the cursor, or take the tick off."""
        key = self.query_one(RowList).cursor
        if key:
            facet, _, value = key.partition("/")
            self._take(self._choice.toggled(facet, value))

    def action_clear(self) -> None:
        """Show everything."""
        self._take(Choice())

    def action_leave(self) -> None:
        """Go back to the filter from before."""
        self._choose(self._before)
        self.dismiss(None)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(None)

    @on(Input.Changed)
    def _written(self, event: Input.Changed) -> None:
        if event.input.has_focus:
            self._choice = parse(event.value)
            self._choose(self._choice)
            self._show()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(None)

    def _take(self, choice: Choice) -> None:
        self._choice = choice
        line = self.query_one(Input)
        with self.prevent(Input.Changed):
            line.value = as_words(choice)
        self._choose(choice)
        self._show()
