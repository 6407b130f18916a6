"""The screens: the desk with its panes, and the ones that open over it."""

from __future__ import annotations

from pathlib import Path

DIALOGS = Path(__file__).with_name("dialogs.tcss")
"""How everything looks that opens over the desk."""
