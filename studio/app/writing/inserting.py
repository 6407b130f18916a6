"""Puts in what the human chose: an emoji, a snippet of their own, the text from `$EDITOR`."""

from __future__ import annotations

from studio.app.writing.base import Writing


class Inserting(Writing):
    """Puts in what the human chose: an emoji, a snippet of their own, the text from `$EDITOR`."""
