"""The terminal beyond keys and cells: what it is asked, what it answers, what is sent ahead.

- `driver_class()`: the driver to give to the app, `App(driver_class=driver_class())`.
- `talk.TerminalTalk`: asks, and posts `TerminalAnswered` to the app.
- `uploads.Uploads`: sends pictures ahead without keeping a key waiting.

Importing this costs nothing; the app imports `talk` and `uploads` after its first frame.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["driver_class"]


def driver_class() -> type[Driver] | None:
    """Return the driver that keeps answers from the keys; None for Textual's own choice.

    That is on Windows, where `TEXTUAL_DRIVER` names another, and with a Textual whose internals
    are not those known here.
    """
    if sys.platform == "win32":
        return None
    from textual import constants

    if constants.DRIVER is not None:
        return None
    try:
        from studio.app.terminal.driver import StudioDriver, fits
    except (ImportError, AttributeError):
        return None
    return StudioDriver if fits() else None
