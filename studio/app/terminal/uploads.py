"""Pictures sent to the terminal ahead of the rows that show them, in pieces no key waits behind.

An image of kitty's protocol is one to two megabytes, which a slow connection takes a while to
carry. What is written to a terminal waits in one queue, so no more than `ROOM` characters of it
are ever ours; the next piece follows when the terminal has taken them. Textual's queue holds 30
writes and makes the screen's thread wait when it is full: pieces are few and the queue stays short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import App

PIECE: Final = 16 * 1024  # characters written at a time, in whole sequences
ROOM: Final = 48 * 1024  # characters of all kinds that may wait for the terminal after a piece
# kitty keeps 320 MB an application (its documentation, "Graphics protocol"); terminals that are
# less generous drop the oldest image, which may be the one that is shown.
LIMIT: Final = 64 * 1024 * 1024
# Ends an image that was begun: too little data is an error, which `q=2` keeps from being told.
_ABANDON = "\x1b_Gq=2,m=0\x1b\\"
_SIZE = re.compile(r"\x1b_G[^;]*?\bs=(\d{1,6})[^;]*?\bv=(\d{1,6})")


class Image(Protocol):
    """What is sent: `studio.preview.protocols.Pixels`."""

    @property
    def upload(self) -> Sequence[str]:
        """The sequences to send whole and in order; empty if the rows hold the pixels."""

    @property
    def image_id(self) -> int:
        """Its number in the terminal; 0 for none."""


class Way(Protocol):
    """The way to the terminal: `studio.app.terminal.driver.StudioDriver`."""

    open: bool
    farewell: Callable[[], str] | None
    on_open: Callable[[], None] | None

    @property
    def pending(self) -> int:
        """Characters on their way."""

    def write(self, data: str) -> None:
        """Send these."""

    def when_below(self, pending: int, then: Callable[[], None]) -> None:
        """Call this when fewer are on their way."""


class Uploads:
    """What the terminal keeps of our pictures, and what is on its way there.

    Everything here belongs to the app's thread.

    Args:
        app: whose terminal it is.
        limit: bytes of pixels the terminal shall keep for us.
    """

    def __init__(self, app: App[Any], *, limit: int = LIMIT) -> None:
        self._app = app
        self._limit = limit
        self._shown: dict[object, Image] = {}
        self._ahead: tuple[Image, ...] = ()
        self._kept: dict[int, int] = {}  # bytes by image, the one sent last at the end
        self._current: Image | None = None
        self._sent = 0  # sequences of the current one
        self._unwanted: dict[int, None] = {}  # to be freed as soon as no image is half sent
        self._watchers: list[Callable[[int], None]] = []

    # what is wanted

    def send(self, image: Image, owner: object = None) -> None:
        """Send this image next; rows may show it once it is `ready`.

        Args:
            image: sent at most once as long as the terminal keeps it.
            owner: who shows it. What the same one wanted before is sent no more, unless it has
                been begun.
        """
        self._shown[owner] = image
        self._pump()

    def ahead(self, images: Iterable[Image]) -> None:
        """Send these too, in this order, when there is nothing to show; replaces the last ones."""
        self._ahead = tuple(images)
        self._pump()

    def release(self, owner: object) -> None:
        """This one shows nothing any more."""
        self._shown.pop(owner, None)

    def ready(self, image_id: int) -> bool:
        """Return whether rows that show this image may be written now."""
        return not image_id or image_id in self._kept

    def watch(self, watcher: Callable[[int], None]) -> None:
        """Call this with an image's number whenever it becomes ready, or is no more."""
        if watcher not in self._watchers:
            self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[int], None]) -> None:
        """Call it no more."""
        if watcher in self._watchers:
            self._watchers.remove(watcher)

    def forget(self, image_ids: Iterable[int]) -> None:
        """Have the terminal free these; nothing on the screen may show them."""
        for number in list(image_ids):
            self._ahead = tuple(one for one in self._ahead if one.image_id != number)
            for owner in [one for one, image in self._shown.items() if image.image_id == number]:
                del self._shown[owner]
            current = self._current is not None and self._current.image_id == number
            if self._kept.pop(number, None) is not None or current:
                self._unwanted[number] = None
                self._tell(number)
        self._pump()

    @property
    def idle(self) -> bool:
        """Whether everything wanted is with the terminal."""
        return self._current is None and self._next() is None and not self._unwanted

    # sending

    def _driver(self) -> Way | None:
        driver: Any = self._app._driver  # noqa: SLF001 (there is no public way to the terminal)
        if not hasattr(driver, "when_below"):
            return None
        way: Way = driver
        way.farewell, way.on_open = self.farewell, self._pump
        return way if way.open else None

    def _next(self) -> Image | None:
        for image in (*self._shown.values(), *self._ahead):
            if image.upload and image.image_id not in self._kept:
                return image
        return None

    def _pump(self) -> None:
        driver = self._driver()
        while driver is not None and driver.open:
            if self._current is None:
                self._free(driver)
                self._current, self._sent = self._next(), 0
                if self._current is None:
                    return
            image, upload = self._current, self._current.upload
            end, size = self._sent, 0
            while end < len(upload) and (not size or size + len(upload[end]) <= PIECE):
                size += len(upload[end])
                end += 1
            if driver.pending and driver.pending + size > ROOM:
                driver.when_below(ROOM - size + 1, self._pump)
                return
            piece, self._sent = "".join(upload[self._sent : end]), end
            driver.write(piece)
            if end == len(upload) and self._current is image:  # not if we were stopped meanwhile
                self._done(image)

    def _done(self, image: Image) -> None:
        number, self._current = image.image_id, None
        if number in self._unwanted:
            return
        self._kept[number] = _bytes(image)
        total = sum(self._kept.values())
        needed = {one.image_id for one in (*self._shown.values(), *self._ahead)}
        for old in [one for one in self._kept if one not in needed]:
            if total <= self._limit:
                break
            total -= self._kept.pop(old)
            self._unwanted[old] = None
            self._tell(old)
        self._tell(number)

    def _free(self, driver: Way) -> None:
        if self._unwanted:
            from studio.preview.protocols import forget

            driver.write(forget(self._unwanted))
            self._unwanted.clear()

    def _tell(self, number: int) -> None:
        for watcher in tuple(self._watchers):
            watcher(number)

    def farewell(self) -> str:
        """Return what frees all of our images, and take them for gone.

        The driver writes it before the terminal is given back, at the end and at a suspension.
        What is wanted still is sent again afterwards.
        """
        numbers = [*self._kept, *self._unwanted]
        words = ""
        if self._current is not None:
            words = _ABANDON if self._sent else ""
            numbers.append(self._current.image_id)
        self._current, self._sent = None, 0
        gone = list(self._kept)
        self._kept.clear()
        self._unwanted.clear()
        for number in gone:
            self._tell(number)
        if not numbers:
            return ""
        from studio.preview.protocols import forget

        return words + forget(dict.fromkeys(numbers))


def _bytes(image: Image) -> int:
    """Return what a terminal needs for an image: four bytes a pixel, if it says how many."""
    found = _SIZE.match(image.upload[0]) if image.upload else None
    if found:
        return int(found[1]) * int(found[2]) * 4
    return sum(map(len, image.upload)) * 3 // 4
