"""Picking one of a few words from a list, each with what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class PickScreen(Dialog[str | None]):
    """A list to pick from; None on Escape.

    Args:
        title: what is picked.
        choices: (result, word, what it is) of each.
        chosen: the result that stands now.
    """

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("space", "pick", "Pick"),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str, str]], chosen: str) -> None:
        super().__init__(classes="dialog")
        self._title, self._choices, self._chosen = title, choices, chosen

    def compose(self) -> ComposeResult:
        """A narrow list."""
        with Vertical(classes="box pick") as box:
            box.border_title = Content(one_line(self._title))
            box.border_subtitle = "Enter picks"
            yield RowList(id="choices")

    def on_mount(self) -> None:
        """Put the cursor on what stands now."""
        long = max(len(word) for _, word, _ in self._choices) + 2
        listed = self.query_one(RowList)
        listed.show(
            [_entry(key, word, about, long) for key, word, about in self._choices],
            cursor=_key(self._chosen),
        )
        listed.focus()

    def action_pick(self) -> None:
        """Pick what the cursor is on."""
        self.query_one(RowList).action_choose()

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _picked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key.removeprefix("="))


def _key(result: str) -> str:
    return f"={result}"  # a row without a key is one the cursor passes over


def _entry(key: str, word: str, about: str, long: int) -> Row:
    def line(_width: int, pens: Pens) -> Content:
        return Content.assemble(
            (one_line(word).ljust(long), pens.text), (one_line(about), pens.dim)
        )

    return Row(_key(key), (line,))
