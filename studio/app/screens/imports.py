"""Taking in exports: name files, read what is in them, then store or leave."""

from __future__ import annotations

import shlex
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Static

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.screens.import_rows import Tables, file_at, rows_of, sum_of
from studio.app.widgets.rows import Row, RowList, paragraph
from studio.problem import Problem
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.session import Session
    from studio.stats.plan import ImportPlan
    from studio.stats.readers.columns import ColumnMap

_HELP = (
    "Type or paste the path of a file, a folder or a zip, several with spaces between; most "
    "terminals also let you drop files here. Nothing is stored before you have read what is in it."
    "\n\n"
    "Instagram and TikTok downloads, Meta Business Suite, TikTok Studio and YouTube Studio are "
    "recognised. Any other table, your own sheet too, is read once you have said what its columns "
    "mean; Studio remembers it."
)
_LONGEST_DROP = 20_000  # characters
_TICK = 0.05  # seconds between two signs of life


def split_paths(text: str) -> list[str]:
    """Return the paths in a line: quoted, escaped or plain, as terminals paste dropped files."""
    try:
        words = shlex.split(text)
    except ValueError:
        words = [text.strip()]
    return [
        unquote(word.removeprefix("file://")) if word.startswith("file://") else word
        for word in words
        if word
    ]


def _is_whole(text: str) -> bool:
    """Tell whether a line ends where a path does, not within quotation marks."""
    try:
        return bool(shlex.split(text)) and not text.endswith("/")
    except ValueError:
        return False


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


class PathLine(Input):
    """A line of paths; what is dropped on it comes behind what is there, on one line."""

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as several files are dropped."""
        words = " ".join(line.strip() for line in event.text.splitlines() if line.strip())
        if words:
            before = self.value[: self.cursor_position]
            apart = words[0] in "/~'\"" and before[-1:].strip() and _is_whole(before)
            self.insert_text_at_cursor(f" {words}" if apart else words)
        event.stop()
        event.prevent_default()


class ImportScreen(Dialog[None]):
    """The dialog of an import.

    Args:
        session: of the open project.
        paths: files to begin with.
    """

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("m", "map", "Columns", show=False),
    ]

    class Looked(Message):
        """The look goes on: so many files of so many, and the one that comes next."""

        def __init__(self, look: int, done: int, total: int, name: str) -> None:
            super().__init__()
            self.look, self.done, self.total, self.name = look, done, total, name

    class Planned(Message):
        """The look is over; `tables` are the files that may be mapped."""

        def __init__(self, look: int, plan: ImportPlan | Problem, tables: Tables) -> None:
            super().__init__()
            self.look, self.plan, self.tables = look, plan, tables

    def __init__(self, session: Session, paths: str = "") -> None:
        super().__init__(classes="dialog")
        self._session = session
        self._paths = " ".join(paths.splitlines())
        self._asked: list[str] = []
        self._plan: ImportPlan | None = None
        self._tables: Tables = {}
        self._maps: dict[str, ColumnMap] = {}
        self._look = 0
        self._stop: threading.Event | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """A line for the paths, what was found, the sum of it, two buttons."""
        with Vertical(classes="box wide import") as box:
            box.border_title = "Import numbers"
            yield PathLine(self._paths, placeholder="~/Downloads/…", select_on_focus=False)
            yield RowList(id="found")
            yield Static(id="sum")
            with Horizontal(classes="buttons"):
                yield Button("Take in", id="take", variant="primary", disabled=True, compact=True)
                yield Button("Leave", id="leave", compact=True)

    def on_mount(self) -> None:
        """The line has the keys; what was named at once is looked into."""
        self.query_one(PathLine).focus()
        self._hint()
        if self._paths:
            self._begin(split_paths(self._paths))

    def on_resize(self) -> None:
        """The words are broken anew for the new width."""
        self.call_after_refresh(self._show)

    def on_paste(self, event: events.Paste) -> None:
        """Files dropped anywhere in the dialog go to the line."""
        line = self.query_one(PathLine)
        if not line.has_focus:
            line.focus()
            line.cursor_position = len(line.value)
            line.post_message(events.Paste(event.text))
            event.stop()

    def on_key(self, event: events.Key) -> None:
        """Down goes from the line to what was found, up from its first row to the line."""
        line, found = self.query_one(PathLine), self.query_one(RowList)
        if event.key == "down" and line.has_focus and found.cursor:
            found.focus()
            event.stop()

    def _hint(self) -> None:
        found = self.query_one(RowList)
        words = "Enter looks, Escape leaves"
        if self._stop is not None:
            words = "Escape stops the look"
        elif found.has_focus and self._at() in self._tables:
            words = "Enter says what the columns mean, Tab goes on"
        elif found.has_focus:
            words = "Tab goes on, Escape leaves"
        self.query_one(".box").border_subtitle = Content(words)

    # looking

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        paths = split_paths(event.value)
        if paths:
            self._begin(paths)

    def _begin(self, paths: Sequence[str]) -> None:
        """Look into files; a look that is under way is given up."""
        self._halt()
        self._look += 1
        look, stop = self._look, threading.Event()
        self._stop = stop
        self._asked = list(paths)
        self._plan, self._tables = None, {}
        self.query_one("#take", Button).disabled = True
        self.query_one("#leave", Button).label = Content("Stop")
        self.query_one("#sum", Static).update(Content("Looking…"))
        self._show()
        last = 0.0

        def progress(done: int, total: int, name: str) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _TICK:
                last = now
                self.post_message(self.Looked(look, done, total, name))

        def planned(plan: ImportPlan | Problem) -> None:
            from studio.stats.readers.guess import header_of, is_table

            files = () if isinstance(plan, Problem) else plan.files
            tables = {
                number: header_of(file.unknown)
                for number, file in enumerate(files)
                if file.unknown and is_table(file.unknown)
            }
            self.post_message(self.Planned(look, plan, tables))

        self._session.numbers.plan_import(
            paths,
            planned,
            maps=tuple(self._maps.values()),
            progress=progress,
            cancelled=stop.is_set,
        )
        self._hint()

    def _halt(self) -> None:
        if self._stop is not None:
            self._stop.set()

    @on(Looked)
    def _looked(self, event: ImportScreen.Looked) -> None:
        event.stop()
        if event.look != self._look or self._stop is None:
            return
        width = 12
        full = round(width * event.done / max(1, event.total))
        self.query_one("#sum", Static).update(
            Content.assemble(
                ("━" * full, "$focus"),
                ("━" * (width - full), "$faint"),
                f"  {event.done:,} of {event.total:,}  ",
                (one_line(event.name), "$dim"),
            )
        )

    @on(Planned)
    def _planned(self, event: ImportScreen.Planned) -> None:
        event.stop()
        if event.look != self._look:
            return
        self._stop = None
        self.query_one("#leave", Button).label = Content("Leave")
        plan = event.plan
        if isinstance(plan, Problem):
            self.query_one("#sum", Static).update(Content.styled(str(plan), "$text-error"))
            self._hint()
            return
        self._plan, self._tables = plan, event.tables
        self._show("")
        take = self.query_one("#take", Button)
        storable = bool(plan.targets) or bool(self._maps)
        take.disabled = not storable
        self.query_one("#sum", Static).update(sum_of(plan, len(self._tables)))
        # What was dropped is looked into unasked, so Enter must not take it in unread.
        if self._tables or (self._paths and self._look == 1):
            self.query_one(RowList).focus()
        elif storable:
            take.focus()
        self._hint()

    # showing

    def _show(self, cursor: str | None = None) -> None:
        found = self.query_one(RowList)
        width = max(20, found.size.width - 3)
        rows: list[Row] = []
        if self._plan is not None:
            rows = rows_of(self._plan, self._tables, width)
        elif self._stop is None:
            for part in _HELP.split("\n\n"):
                rows += [*paragraph(part, width), *paragraph("\u00a0", width)]
        found.show(rows, cursor=cursor)

    def _at(self) -> int | None:
        """The file under the cursor, by its place in the plan."""
        return file_at(self.query_one(RowList).cursor)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._hint()

    def on_descendant_focus(self) -> None:
        """Say what the keys do where they go now."""
        self._hint()

    # mapping

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_map()

    def action_map(self) -> None:
        """Say what the columns of the table under the cursor mean."""
        at = self._at()
        if self._plan is None or at is None or at not in self._tables:
            return
        file = self._plan.files[at]
        if file.unknown is None:
            return
        from studio.app.screens.mapping import MapScreen

        screen = MapScreen(
            file.unknown,
            file.path.name,
            zone=self._session.config.zone,
            today=self._session.now().date(),
        )
        self.app.push_screen(screen, self._mapped)

    def _mapped(self, columns: ColumnMap | None) -> None:
        """Look again, with what the columns mean."""
        if columns is not None:
            self._maps[columns.signature] = columns
            self._begin(self._asked)

    # leaving

    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        if self._plan is not None:
            self._session.numbers.take_import(self._plan, tuple(self._maps.values()))
        self.dismiss(None)

    @on(Button.Pressed, "#leave")
    def _left(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Stop the look; leave when none is under way."""
        if self._stop is not None and not self._stop.is_set():
            self._stop.set()
            self.query_one("#sum", Static).update(Content("Stopping…"))
            return
        self._halt()
        self.dismiss(None)
