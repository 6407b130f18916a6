"""Commands of finding in a caption."""

from __future__ import annotations

from studio.app.commands.base import Command


class FindInCaption(Command):
    """Find words in this caption."""

    id = "caption.find"
    scope = "caption"
    group = "Caption"
    title = "Find in this caption"
    help = "Finds as you type, small letters or capitals. Enter goes on; it replaces nothing."
    key = "ctrl+f"
