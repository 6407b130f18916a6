"""Taking in exports: name files, read what is in them, then store or leave."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from studio.app.screens import DIALOGS

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studio.app.session import Session
    from studio.stats.plan import ImportPlan

_LONGEST_DROP = 20_000  # characters
_HELP = (
    "Type or paste the path of a file, a folder or a zip, several with spaces between; most "
    "terminals also let you drop files here. Nothing is stored before you have read what is in it."
)


def split_paths(text: str) -> list[str]:
    """Return the paths in a line: quoted, escaped or plain, as terminals paste dropped files."""
    try:
        words = shlex.split(text)
    except ValueError:
        words = [text.strip()]
    return [word.removeprefix("file://") for word in words if word]


def dropped(text: str) -> str:
    """Return a paste that names only files and folders that are there, else "".

    Terminals paste the paths of files that are dropped onto them.
    """
    if len(text) > _LONGEST_DROP or "\x00" in text:
        return ""
    try:
        paths = [Path(word) for word in split_paths(" ".join(text.split("\n")))]
        there = bool(paths) and all(path.is_absolute() and path.exists() for path in paths)
    except OSError:
        return ""
    return text.strip() if there else ""


class ImportScreen(ModalScreen[None]):
    """The dialog of an import."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave")]

    def __init__(self, session: Session, paths: str = "") -> None:
        super().__init__(classes="dialog")
        self._session = session
        self._paths = paths
        self._plan: ImportPlan | None = None

    def compose(self) -> ComposeResult:
        """A line for the paths, what was found, two buttons."""
        with Vertical(classes="box wide") as box:
            box.border_title = "Import numbers"
            box.border_subtitle = "Enter looks, Escape leaves"
            yield Input(self._paths, placeholder="~/Downloads/…", select_on_focus=False)
            with VerticalScroll(classes="report"):
                yield Static(Content(_HELP), id="found")
            with Horizontal(classes="buttons"):
                yield Button("Take in", id="take", variant="primary", disabled=True)
                yield Button("Leave", id="leave")

    @on(Input.Submitted)
    def _look(self, event: Input.Submitted) -> None:
        paths = split_paths(event.value)
        if not paths:
            return
        self.query_one("#found", Static).update(Content("Looking…"))
        self.query_one("#take", Button).disabled = True
        self._session.numbers.plan_import(
            paths, lambda plan: self.app.call_from_thread(self._planned, plan)
        )

    def _planned(self, plan: ImportPlan) -> None:
        from studio.stats.import_report import import_text

        if not self.is_attached:
            return
        self._plan = plan
        self.query_one("#found", Static).update(Content(import_text(plan)))
        take = self.query_one("#take", Button)
        storable = any(file.target for file in plan.files)
        take.disabled = not storable
        if storable:
            take.focus()

    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        if self._plan is not None:
            self._session.numbers.take_import(self._plan)
        self.dismiss(None)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)
