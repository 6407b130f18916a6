"""Finds words in the caption that is open."""

from __future__ import annotations

from studio.app.writing.base import Writing


class Finding(Writing):
    """Finds words in the caption that is open."""
