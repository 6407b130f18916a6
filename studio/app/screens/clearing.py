"""Clearing the rejected: listed first, then moved to the project's trash, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList, beside
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from textual.app import ComposeResult


class ClearingScreen(Dialog[tuple[str, ...] | None]):
    """The list of what would go; the answer is what shall go, None for nothing.

    Args:
        root: the project's folder.
        uses: the rejected files, each with the titles of the ideas that use it. Those that are
            used stay, unless ticked.
    """

    CSS_PATH = DIALOGS
    AUTO_FOCUS = "#going"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("space", "tick", "Take or leave"),
    ]

    def __init__(self, root: Path, uses: Mapping[str, Sequence[str]]) -> None:
        super().__init__(classes="dialog")
        self._uses = uses
        self._sizes = {path: _size(root / path) for path in uses}
        self._going = {path for path, titles in uses.items() if not titles}

    def compose(self) -> ComposeResult:
        """A sentence, the list, two buttons."""
        with Vertical(classes="box wide clearing") as box:
            box.border_title = "Clear the rejected"
            box.border_subtitle = "Space takes or leaves one, Escape leaves all"
            yield Static(id="sum")
            yield RowList(id="going")
            with Horizontal(classes="buttons"):
                yield Button("Move to the trash", id="clear", variant="primary")
                yield Button("Leave", id="leave")

    def on_mount(self) -> None:
        """The list has the keys."""
        self._show()
        self.query_one(RowList).focus()

    def _show(self) -> None:
        listed = self.query_one(RowList)
        rows = [self._row(path) for path in self._uses]
        listed.show(rows, cursor=listed.cursor or next(iter(self._uses)))
        total = sum(self._sizes[path] for path in self._going)
        count = len(self._going)
        used = sum(bool(titles) for titles in self._uses.values())
        words = (
            f"{count} file{'s' * (count != 1)}, {total / 1e6:,.1f} MB, and what was decided on "
            "them, go to the project's trash. Undo brings them back."
        )
        if used:
            words += f" {used} in use by an idea stay{'s' * (used == 1)} unless you take them too."
        self.query_one("#sum", Static).update(Content(words))
        self.query_one("#clear", Button).disabled = not count

    def _row(self, path: str) -> Row:
        titles = self._uses[path]
        going = path in self._going

        def line(width: int, pens: Pens) -> Content:
            used = f"used in “{one_line(titles[0])}”" if titles else ""
            right = Content.assemble(
                (f"{used}  ", pens.warn), (f"{self._sizes[path] / 1e6:8.1f} MB", pens.dim)
            )
            sign = ("✗ ", pens.reject) if going else ("  ", pens.faint)
            pen = pens.text if going else pens.dim
            return beside(Content.assemble(sign, (one_line(path), pen)), right, width)

        return Row(path, (line,))

    def action_tick(self) -> None:
        """Take the file under the cursor, or leave it."""
        path = self.query_one(RowList).cursor
        if path:
            self._going ^= {path}
            self._show()

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.query_one("#clear", Button).focus()

    @on(Button.Pressed, "#clear")
    def _clear(self) -> None:
        self.dismiss(tuple(path for path in self._uses if path in self._going))

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
