"""Commands of the editor: find, motions."""

from __future__ import annotations
