"""Shows the versions a caption had, and searches all captions ever written."""

from __future__ import annotations

from studio.app.writing.base import Writing


class Keeping(Writing):
    """Shows the versions a caption had, and searches all captions ever written."""
