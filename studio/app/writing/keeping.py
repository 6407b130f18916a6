"""Shows the versions a caption had, and searches all captions ever written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on

from studio.app.commands import keeping as commands
from studio.app.writing.base import Writing

if TYPE_CHECKING:
    from studio.captions.files import Part
    from studio.ideas.idea import Idea


class Keeping(Writing):
    """Shows the versions a caption had, and searches all captions ever written."""

    part: Part

    def show_idea(self, idea: Idea | None, *, at_once: bool = False) -> None:
        """Show the caption of this idea."""
        raise NotImplementedError

    @property
    def _past(self) -> Any:  # noqa: ANN401 (searching.AllCaptions, where the session has it)
        return getattr(self.session, "past", None)

    @on(commands.CaptionHistory)
    def _history(self) -> None:
        if self.idea is None or not self.path:
            self.notify("Choose an idea first; its caption's versions are shown here then.")
            return
        self.show_history(self.path, self.idea.title)

    def show_history(self, path: str, title: str, text: str | None = None) -> None:
        """Open the versions of a caption file, the cursor on the one that says `text`."""
        from studio.app.screens.history import HistoryScreen

        def left(restored: bool | None) -> None:
            if restored:
                self.open()

        marks = getattr(self._past, "marks", None)
        screen = HistoryScreen(self.session, path, title, marks=marks, text=text)
        self.app.push_screen(screen, left)
