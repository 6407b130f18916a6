"""The parts of the dialog of numbers: a line that takes dropped pictures, and the platforms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from studio.app.screens.log_picture import picture_named
from studio.platforms.names import platform_name
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class LogLine(Input):
    """A line of text; the path of a picture that is pasted or dropped on it is shown instead."""

    class Picture(Message):
        """A picture was named."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def _on_paste(self, event: events.Paste) -> None:
        found = picture_named(event.text, getattr(self.screen, "root", Path()))
        if found is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Picture(found))


class Platforms(Static, can_focus=True):
    """The platforms beside each other, one of them chosen; left, right and space go on."""

    class Changed(Message):
        """Another one is chosen."""

    def __init__(self, names: Sequence[str], chosen: str) -> None:
        super().__init__(id="platforms")
        self.names = tuple(names)
        self.chosen = chosen

    def on_mount(self) -> None:
        """Write them."""
        self._write()

    def _write(self) -> None:
        parts = [
            (
                f" {one_line(platform_name(name))} ",
                "bold reverse" if name == self.chosen else "$dim",
            )
            for name in self.names
        ]
        more = [("  Ctrl+T changes", "$faint")] if len(self.names) > 1 else []
        self.update(Content.assemble(*parts, *more))

    def choose(self, name: str) -> None:
        """Choose one of them, or one more."""
        if name not in self.names:
            self.names = (*self.names, name)
        if name != self.chosen:
            self.chosen = name
            self.post_message(self.Changed())
        self._write()

    def step(self, step: int) -> None:
        """Go on to the next or the one before."""
        place = self.names.index(self.chosen) + step
        self.choose(self.names[place % len(self.names)])

    def key_right(self) -> None:
        """The next."""
        self.step(1)

    def key_space(self) -> None:
        """The next."""
        self.step(1)

    def key_left(self) -> None:
        """The one before."""
        self.step(-1)

    def on_click(self) -> None:
        """The next."""
        self.step(1)
