"""Choosing a theme: each is shown while the cursor is on it."""

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
    from textual.app import ComposeResult


class ThemeScreen(Dialog[str | None]):
    """A list of themes; None when the old one stays."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def __init__(self, names: list[str]) -> None:
        super().__init__(classes="dialog side")
        self._names = names
        self._before = ""

    def compose(self) -> ComposeResult:
        """A narrow list, so that the desk can be seen beside it."""
        with Vertical(classes="box") as box:
            box.border_title = "Theme"
            box.border_subtitle = "Enter keeps it"
            yield RowList(id="themes")

    def on_mount(self) -> None:
        """Put the cursor on the theme in use."""
        self._before = self.app.theme
        self.query_one(RowList).show([_entry(name) for name in self._names], cursor=self._before)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        if event.key in self.app.available_themes:
            self.app.theme = event.key

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_leave(self) -> None:
        """Go back to the theme from before."""
        self.app.theme = self._before
        self.dismiss(None)


def _entry(name: str) -> Row:
    def line(_width: int, pens: Pens) -> Content:
        return Content.styled(one_line(name), pens.text)

    return Row(name, (line,))
