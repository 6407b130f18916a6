"""Finds words in the caption that is open, as they are typed; it replaces nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from studio.app.commands import editing as commands
from studio.app.widgets.editor import Selection
from studio.app.writing.base import Writing
from studio.app.writing.margin import location, offset_of

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

LONGEST = 200  # code points that are taken from a selection


class FindBar(Horizontal):
    """One row: what is looked for, and which of how many is shown."""

    DEFAULT_CSS = """
    FindBar {
        height: 1; display: none;
        &.open { display: block; }
        & Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
        & Static { width: auto; padding: 0 1; }
    }
    """

    class Closed(Message):
        """It is to go."""

    class Stepped(Message):
        """The next is wanted, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def compose(self) -> ComposeResult:
        """Words, and a count."""
        yield Input(id="find-words", placeholder="Find in this caption", compact=True)
        yield Static(id="find-count")

    def on_key(self, event: events.Key) -> None:
        """The line of words has no use of its own for these."""
        if event.key in {"escape", "up", "down"}:
            event.stop()
            steps = {"up": -1, "down": 1}
            to = self.Stepped(steps[event.key]) if event.key in steps else self.Closed()
            self.post_message(to)


class Finding(Writing):
    """Finds words in the caption that is open."""

    _finds: tuple[tuple[int, int], ...] = ()
    _at: int | None = None
    _from = 0

    @property
    def _bar(self) -> FindBar:
        return self.query_one(FindBar)

    @on(commands.FindInCaption)
    def _find(self) -> None:
        if self.draft is None:
            return
        words = self._bar.query_one(Input)
        self._from = offset_of(self.editor.text, min(self.editor.selection))
        chosen = self.editor.selected_text
        if chosen and "\n" not in chosen and len(chosen) <= LONGEST:
            words.value = chosen
        self._bar.add_class("open")
        words.focus()
        self._look_for()

    @on(Input.Changed, "#find-words")
    def _words_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._bar.has_class("open"):
            self._look_for()

    @on(Input.Submitted, "#find-words")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._step(1)

    @on(FindBar.Stepped)
    def _stepped(self, event: FindBar.Stepped) -> None:
        event.stop()
        self._step(event.step)

    @on(FindBar.Closed)
    def _bar_closed(self, event: FindBar.Closed) -> None:
        event.stop()
        self._bar.remove_class("open")
        self.editor.overlay("found", ())
        self.editor.focus()

    def find_again(self) -> None:
        """The text is another: mark what it holds now; the cursor stays."""
        if self._bar.has_class("open"):
            self._mark()

    def _look_for(self) -> None:
        from studio.captions.finding import nearest

        self._mark()
        self._at = nearest(list(self._finds), self._from)
        self._show()

    def _mark(self) -> None:
        from studio.captions.finding import places

        self._finds = tuple(places(self.editor.text, self._bar.query_one(Input).value))
        self.editor.overlay("found", self._finds)
        if self._at is not None and self._at >= len(self._finds):
            self._at = len(self._finds) - 1 if self._finds else None
        self._count()

    def _step(self, step: int) -> None:
        if self._finds:
            self._at = ((self._at if self._at is not None else -step) + step) % len(self._finds)
            self._from = self._finds[self._at][0]
            self._show()

    def _show(self) -> None:
        if self._at is not None:
            text = self.editor.text
            start, end = (location(text, place) for place in self._finds[self._at])
            if start is not None and end is not None:
                self.editor.selection = Selection(start, end)
                self.editor.scroll_cursor_visible()
        self._count()

    def _count(self) -> None:
        if not self._bar.query_one(Input).value:
            told = "Enter next · ↑ before · Esc"
        elif not self._finds:
            told = "not in this caption"
        else:
            told = f"{(self._at or 0) + 1} of {len(self._finds):,}"
        self._bar.query_one("#find-count", Static).update(Content.styled(told, "$dim"))
