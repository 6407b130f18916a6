"""Two texts side by side: what is in one, in the other, and what was changed within a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.sides import SideBySide
from studio.app.widgets.signs import told
from studio.captions.compare import compare
from studio.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studio.captions.compare import Compared

STYLES = Path(__file__).with_name("keeping.tcss")

AT_ONCE = 2_000
"""Code points of two texts together up to which they are compared on the screen's thread."""


class CompareScreen(Dialog[None]):
    """Two texts side by side, or line under line where the terminal is narrow.

    Args:
        left_title: what the old text is.
        left: the old text, raw.
        right_title: what the new text is.
        right: the new text, raw.
    """

    CSS_PATH: ClassVar = [DIALOGS, STYLES]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (96, "-roomy")]  # noqa: RUF012 (as in Textual)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back"),
    ]

    def __init__(self, left_title: str, left: str, right_title: str, right: str) -> None:
        super().__init__(classes="dialog")
        self._titles = (one_line(left_title), one_line(right_title))
        self._texts = (left, right)
        self._told = "comparing…"

    def compose(self) -> ComposeResult:
        """What is compared, the difference, and the difference in words."""
        with Vertical(classes="box keeping") as box:
            box.border_title = Content(f"{self._titles[0]}  beside  {self._titles[1]}")
            yield Static(id="titles")
            yield SideBySide(id="sides")
            yield Static(id="told")

    def on_mount(self) -> None:
        """Compare, at once where that is quick."""
        self.query_one(SideBySide).focus()
        self._say()
        if sum(map(len, self._texts)) <= AT_ONCE:
            self._show(compare(*self._texts))
        else:
            self._compare()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _compare(self) -> None:
        found = compare(*self._texts)
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Compared) -> None:
        if not self.is_attached:  # it was left meanwhile
            return
        self._told = told(found)
        self.query_one(SideBySide).show(found)
        self._say()

    @on(SideBySide.Stood)
    def _stood(self, event: SideBySide.Stood) -> None:
        event.stop()
        self._say(event.at, event.of)

    def on_resize(self) -> None:
        """The titles stand over their texts."""
        self.call_after_refresh(self._say)

    def _say(self, at: int = 0, of: int = 0) -> None:
        sides = self.query_one(SideBySide)
        left, right = self._titles
        if sides.beside:
            half = (sides.scrollable_content_region.width - 1) // 2
            words = Content.assemble(
                Content(f"   {left}").truncate(half, ellipsis=True, pad=True), " ", f"   {right}"
            )
        else:
            words = Content.assemble(
                ("− ", "bold $reject"), left, "    ", ("+ ", "bold $keep"), right
            )
        self.query_one("#titles", Static).update(words)
        place = f"   change {at} of {of}" if at else ""
        signs = "   − gone   + new   ~ changed" if sides.beside else ""
        self.query_one("#told", Static).update(
            Content.assemble((self._told, "bold $foreground"), place, (signs, "$dim"))
        )
        box = self.query_one(".box")
        box.border_subtitle = (
            "n N next and previous change, Escape back" if of else "Escape goes back"
        )
