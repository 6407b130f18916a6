"""Commands of a caption's history and of all captions."""

from __future__ import annotations

from studio.app.commands.base import Command


class CaptionHistory(Command):
    """Show the versions of this caption."""

    id = "caption.history"
    scope = "caption"
    group = "Caption"
    title = "Versions of this caption"
    help = "Every version that was saved, what each save changed, and the way back to it."
    key = "f8"


class SearchCaptions(Command):
    """Search all captions ever written."""

    id = "caption.search"
    scope = "caption"
    group = "Caption"
    title = "Search all captions ever written"
    help = "Looks through captions, their older versions, trashed ones and what was posted."
    key = "ctrl+r"


class SearchFromBoard(Command):
    """The same from the ideas."""

    id = "board.search"
    scope = "board"
    group = "Caption"
    title = "Search all captions ever written"
    help = "Looks through captions, their older versions, trashed ones and what was posted."
    key = "ctrl+r"


class ExportCaptions(Command):
    """Write all captions ever written into one file."""

    id = "caption.export"
    scope = "caption"
    group = "Caption"
    title = "Write all captions into one file"
    help = "A Markdown file in outbox/ with what the files say, older versions and posts."
