"""Review: what lies on the light table, how it is looked at, and what is decided about it."""

from __future__ import annotations

from pathlib import Path

STYLES = Path(__file__).with_name("review.tcss")
"""How everything looks that is there only once somebody reviews; see `StudioApp.use_styles`."""
