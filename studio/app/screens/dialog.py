"""Screens that may lie under others, and the dialogs that lie over them."""

from __future__ import annotations

from textual.screen import ModalScreen, Screen, ScreenResultType


class Under(Screen[ScreenResultType]):
    """A screen that rests while a dialog lies over it.

    Textual leaves a screen under a dialog marked as to be painted again; with every message that
    came, it would have all of itself painted, cell by cell.
    """

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            self._repaint_required = False


class Dialog(Under[ScreenResultType], ModalScreen[ScreenResultType]):
    """A screen over the desk that takes all keys until it is left."""
