"""Every command with its key, as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from studio.app.keymap import help_rows
from studio.app.registry import REGISTRY
from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList, heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult


class HelpScreen(Dialog[None]):
    """The keys, by group."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark", "dismiss(None)", "Back")
    ]

    def __init__(self, keymap: Mapping[str, str], where: str) -> None:
        super().__init__(classes="dialog")
        self._keymap, self._where = keymap, where

    def compose(self) -> ComposeResult:
        """A list in a box."""
        with Vertical(classes="box full") as box:
            box.border_title = "Keys"
            box.border_subtitle = Content(f"yours: {self._where}   Escape goes back")
            yield RowList(id="keys")

    def on_mount(self) -> None:
        """Write the groups and their commands."""
        rows: list[Row] = []
        for group, entries in help_rows(REGISTRY, self._keymap):
            rows.append(heading(group, first=not rows))
            rows += [_entry(entry.id, entry.keys, entry.title, entry.help) for entry in entries]
        self.query_one(RowList).show(rows)


def _entry(name: str, keys: str, title: str, words: str) -> Row:
    def line(width: int, pens: Pens) -> Content:
        key = Content.styled(keys, pens.strong).truncate(22, ellipsis=True, pad=True)
        left = Content.assemble(key, " ", (title, pens.text))
        return Content.assemble(left, "  ", (words, pens.dim)) if width > 110 else left

    def second(_width: int, pens: Pens) -> Content:
        return Content.assemble(" " * 23, (name, pens.faint))

    return Row(name, (line, second))
