"""Shows the versions a caption had, and searches all captions ever written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from studio.app.commands import keeping as commands
from studio.app.writing.base import Writing

if TYPE_CHECKING:
    from studio.captions.files import Part
    from studio.captions.written import Written
    from studio.ideas.idea import Idea


class Keeping(Writing):
    """Shows the versions a caption had, and searches all captions ever written."""

    part: Part

    def show_idea(self, idea: Idea | None, *, at_once: bool = False) -> None:
        """Show the caption of this idea."""
        raise NotImplementedError

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

        screen = HistoryScreen(self.session, path, title, text=text)
        self.app.push_screen(screen, left)

    @on(commands.ExportCaptions)
    def _export(self) -> None:
        if self.draft is not None:
            self.session.drafts.save(self.draft)
        if not self.session.write_captions():
            self.notify("The captions are still being read. Try again in a moment.")

    @on(commands.SearchCaptions)
    def search(self) -> None:
        """Open the search over all captions."""
        from studio.app.screens.searching import SearchScreen

        if self.draft is not None:
            self.session.drafts.save(self.draft)
        self.app.push_screen(SearchScreen(self.session, self.session.past), self._found_caption)

    def _found_caption(self, written: Written | None) -> None:
        """Go to the caption that was found; for what it said before, to its versions."""
        if written is None:
            return
        where = self.session.caption_of(written.path)
        idea = self.session.idea(f"ideas/{where.slug}.md")
        if idea is None:  # it lies in the trash; its versions can still be read and brought back
            self.show_history(written.path, written.title, written.text)
            return
        self.show_idea(idea)
        self.part = where.part
        if where.platform is not None:
            self.platform = where.platform
        self.open()
        self.post_message(self.ToIdea(idea.path))
        if written.kind == "version" or not self.session.has_caption(written.path):
            self.show_history(written.path, idea.title, written.text)

    class ToIdea(Message):
        """The caption of another idea is shown; the board and the pictures follow."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path
