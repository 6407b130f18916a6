"""Commands that put in what the human chose."""

from __future__ import annotations
