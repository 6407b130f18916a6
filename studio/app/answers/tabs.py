"""The line that names the tabs of the numbers; a click goes to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events

TABS = ("When", "What", "Who", "Posts")


class Tabs(Static):
    """The names of the tabs, the current one marked; as wide as it is told."""

    class Asked(Message):
        """A tab was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def mark(self, current: int) -> None:
        """Mark the current tab; it can be told without colour too."""
        parts = [
            (f"▸{name} ", "bold $focus") if index == current else (f" {name} ", "$dim")
            for index, name in enumerate(TABS)
        ]
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the tab under the mouse."""
        event.stop()
        end = self.styles.padding.left
        for index, name in enumerate(TABS):
            end += len(name) + 2
            if event.x < end:
                self.post_message(self.Asked(index))
                return
