"""The preview: the pane where pictures and clips are looked at and decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studio.app.registry import REGISTRY
from studio.app.review.clips import Clips

if TYPE_CHECKING:
    from textual.binding import BindingType


class PreviewPane(Clips):
    """The pane of the pictures.

    It is built in layers, each of which knows only those under it: `review.faces` shows the light
    table, `review.going` has the keys that go from one to another, `review.looking` those that look
    closer, `review.judging` those that decide, `review.clips` those for clips.
    """

    # Here alone: every class under it would go through all of them once more.
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("preview")]
