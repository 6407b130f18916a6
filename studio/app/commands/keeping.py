"""Commands of a caption's history and of all captions."""

from __future__ import annotations
