"""One line over the caption: the platforms, whose text is their own, whose limit is broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

OWN, BLOCKED, WARNED, HERE = "*", "✗", "!", "▸"
_GAP = 2  # cells between two platforms
_LETTERS = (None, 24, 4, 2)  # of the names of the others, where there is ever less room


@dataclass(frozen=True)
class Stop:
    """One platform on the line.

    Args:
        key: its key.
        name: what people call it.
        own: whether it has a version of its own.
        level: "block" or "warn" where the text it would get breaks a limit, None where none.
        share: how much of its limit is used, told of the platform that binds first; else None.
        here: whether the caption is shown for it.
    """

    key: str
    name: str
    own: bool = False
    level: str | None = None
    share: float | None = None
    here: bool = False


class VersionStrip(Static):
    """The platforms in a row; a click goes to one."""

    DEFAULT_CSS = """
    VersionStrip { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    class Chosen(Message):
        """The human wants the caption for this platform."""

        def __init__(self, platform: str) -> None:
            super().__init__()
            self.platform = platform

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._stops: tuple[Stop, ...] = ()
        self._places: list[tuple[int, int, str]] = []
        self._shown: tuple[tuple[Stop, ...], int] | None = None

    def show(self, stops: Sequence[Stop]) -> None:
        """Show these platforms."""
        self._stops = tuple(stops)
        self._draw()

    def on_resize(self) -> None:
        """Long names are cut where there is no room for them."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if self._shown == (self._stops, width):
            return
        self._shown = (self._stops, width)
        words: list[Content] = []
        for letters in _LETTERS:
            words = [_parts(stop, letters) for stop in self._stops]
            if sum(part.cell_length + _GAP for part in words) - _GAP <= width:
                break
        self._places.clear()
        place = 0
        for stop, part in zip(self._stops, words, strict=True):
            self._places.append((place, place + part.cell_length, stop.key))
            place += part.cell_length + _GAP
        self.update(Content(" " * _GAP).join(words), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Go to the platform that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        for start, end, key in self._places:
            if start <= offset.x < end:
                self.post_message(self.Chosen(key))


def _parts(stop: Stop, letters: int | None) -> Content:
    """Draw one platform; with `letters` the first word of its name, at most so much of it."""
    name = one_line(stop.name)
    if letters is not None:
        name = name.partition(" ")[0]
        name = name if stop.here else name[:letters]
    pen = "bold $foreground" if stop.here else "$dim"
    made = [(f"{HERE if stop.here else ''}{name}{OWN if stop.own else ''}", pen)]
    if stop.share is not None:
        made.append((f" {stop.share:.0%}", pen))
    if stop.level == "block":
        made.append((f" {BLOCKED}", "$reject"))
    elif stop.level == "warn":
        made.append((f" {WARNED}", "$warning"))
    return Content.assemble(*made)
