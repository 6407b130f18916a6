"""What every part of the caption's pane stands on: the caption that is open, and its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from studio.app.commands.base import CommandHost
from studio.app.widgets.editor import Editor

if TYPE_CHECKING:
    from studio.app.draft import Draft
    from studio.app.session import Session
    from studio.ideas.idea import Idea

DEFAULT_PLATFORMS = ("instagram", "tiktok")


class Writing(CommandHost, Vertical):
    """The caption that is open. Parts inherit from it, the pane from all parts.

    Attributes:
        session: the open project.
        idea: whose caption it is.
        platform: whose rules are shown.
        path: the caption's file; "" for none.
        draft: the caption as it is being written; None while it is read.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(id="caption", classes="pane")
        self.session = session
        self.idea: Idea | None = None
        self.platform = DEFAULT_PLATFORMS[0]
        self.path = ""
        self.draft: Draft | None = None

    @property
    def editor(self) -> Editor:
        """The text area."""
        return self.query_one("#editor", Editor)

    @property
    def writable(self) -> bool:
        """Whether there is a caption here that can be typed into."""
        return self.draft is not None and not self.editor.read_only

    def open(self, *, at_once: bool = False) -> None:
        """Open the caption of `idea` for `platform`; `at_once` reads it here and now."""
        raise NotImplementedError

    def take(self, draft: Draft) -> None:
        """Show this caption's text, as it came from disk or from before."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Measure again, and say anew what is open."""
        raise NotImplementedError
