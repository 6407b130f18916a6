"""A clip that plays in place of its picture: frames come from a child process, already late-free.

The reader's thread makes each frame into cells and leaves it where the screen takes the newest
one; what the screen has no time for is never drawn, so that the keyboard stays live.
"""

from __future__ import annotations

import threading
from math import ceil
from typing import TYPE_CHECKING

from studio.preview.modes import Mode
from studio.preview.protocols import Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.app.review.look import Look
    from studio.media.player import Film, Frame, Player, State
    from studio.preview.cells import Cells
    from studio.preview.protocols import ImageIds, Pixels

_RUNNING = (480, 854)  # pixels of a running frame at most: about a megabyte on its way


class Playing:
    """One clip on the screen.

    Args:
        path: the clip.
        columns: room for it, in cells.
        rows: the same.
        look: how it is looked at.
        ready: called on the player's thread when there is a newer frame or state than before;
            not again until `taken`.
        ids: names for pictures in pixels.
    """

    def __init__(
        self,
        path: Path,
        columns: int,
        rows: int,
        look: Look,
        ready: Callable[[], None],
        ids: ImageIds,
    ) -> None:
        from studio.media.player import Player

        self.path = path
        self._box = (columns, rows)
        self._look = look
        self._ready = ready
        self._ids = ids
        self._lock = threading.Lock()
        self._pending = False
        self._newest: Cells | Pixels | None = None
        self.state: State | None = None
        width, height, aspect = self._pixels(still=True)
        self._player: Player = Player(
            path,
            size=(width, height),
            pixel_aspect=aspect,
            on_frame=self._frame,
            on_state=self._state,
            wait_for_taken=True,
        )

    # what the screen takes

    def take(self) -> Cells | Pixels | None:
        """Return the newest frame, once; None when there is none newer."""
        with self._lock:
            self._pending = False
            newest, self._newest = self._newest, None
        return newest

    def shown(self) -> None:
        """The frame taken last is on the screen: the next may come."""
        self._player.taken()

    @property
    def film(self) -> Film | None:
        """What the clip is, once it is open."""
        return self._player.film

    @property
    def seconds(self) -> float:
        """Where in the clip it is."""
        return self._player.position

    @property
    def running(self) -> bool:
        """Whether it plays now."""
        return self._player.playing

    # what keys do to it

    def toggle(self) -> None:
        """Hold it, or let it run."""
        if self.running:
            self.hold()
        else:
            self._resize(still=False)
            self._player.play()

    def hold(self) -> None:
        """Stop at the frame that is shown, and draw it as finely as a picture."""
        self._player.pause()
        self._resize(still=True)

    def step(self, frames: int) -> None:
        """Hold it, some frames on or back."""
        self._resize(still=True)
        self._player.step(frames)

    def jump(self, seconds: float) -> None:
        """Go on or back."""
        self._player.jump(seconds)

    def seek(self, seconds: float) -> None:
        """Go to a moment."""
        self._player.seek(seconds)

    def set_span(self, start: float | None, end: float | None) -> None:
        """Play this stretch alone."""
        self._player.set_span(start, end)

    def set_loop(self, on: bool) -> None:
        """Round and round, or once."""
        self._player.set_loop(on)

    def close(self) -> None:
        """End it; returns at once."""
        self._player.close()

    def resize(self, columns: int, rows: int, look: Look) -> None:
        """There is other room for it, or another way to draw."""
        if (columns, rows) != self._box or look != self._look:
            self._box, self._look = (columns, rows), look
            self._resize(still=not self.running)

    def _resize(self, *, still: bool) -> None:
        width, height, aspect = self._pixels(still=still)
        self._player.set_size((width, height), pixel_aspect=aspect)

    def _in_pixels(self, *, still: bool) -> bool:
        """Tell whether frames are drawn in pixels: kitty alone takes them as fast as they run."""
        protocol = self._look.protocol
        return protocol is not None and (still or protocol is Protocol.KITTY)

    def _running_share(self) -> int:
        """Return how many of the terminal's pixels one of a running frame takes, each way."""
        (wide, high), (columns, rows), (most_wide, most_high) = self._look.cell, self._box, _RUNNING
        return max(1, -(-columns * wide // most_wide), -(-rows * high // most_high))

    def _share(self, frame: Frame) -> int:
        """Return the same of a frame, which may have been asked for while the clip stood still."""
        (wide, high), (columns, rows) = self._look.cell, self._box
        share = self._running_share()
        small = frame.width <= columns * wide // share and frame.height <= rows * high // share
        return share if small else 1

    def _pixels(self, *, still: bool) -> tuple[int, int, float]:
        """Return the room in pixels of a frame, and a pixel's width by its height.

        While it runs a cell has two; frames that are seen for a thirtieth of a second need no more.
        """
        columns, rows = self._box
        wide, high = self._look.cell
        if self._in_pixels(still=still):
            share = 1 if still else self._running_share()
            return columns * wide // share, rows * high // share, 1.0
        mode = self._look.mode if still else Mode.HALF
        aspect = (wide / mode.columns) / (high / mode.rows)
        return columns * mode.columns, rows * mode.rows, aspect

    # on the player's thread

    def _frame(self, frame: Frame) -> None:
        result = self._made(frame)
        with self._lock:
            self._newest = result
            told, self._pending = self._pending, True
        if not told:
            self._ready()

    def _state(self, state: State) -> None:
        before, self.state = self.state, state
        if state.ended and before is not None and not before.ended:
            self._resize(still=True)
        with self._lock:
            told, self._pending = self._pending, True
        if not told:
            self._ready()

    def _made(self, frame: Frame) -> Cells | Pixels:
        import numpy as np

        from studio.preview.cells import fit

        image = np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3)
        columns, rows = self._box
        coarse = frame.width <= columns and frame.height <= rows * Mode.HALF.rows
        protocol = self._look.protocol
        if protocol is not None and not coarse:
            from studio.preview.protocols import paint

            share = self._share(frame)
            wide, high = (side / share for side in self._look.cell)
            columns = max(1, min(columns, ceil(frame.width / wide - 0.01)))
            rows = max(1, min(rows, ceil(frame.height / high - 0.01)))
            whole = _fitted(image, round(columns * wide), round(rows * high))
            stand_in = fit(_thinned(whole, columns, rows * 2), Mode.HALF)
            return paint(whole, protocol, stand_in, image_id=self._ids.next())
        mode = Mode.HALF if coarse else self._look.mode
        down, across = -frame.height % mode.rows, -frame.width % mode.columns
        return fit(_fitted(image, frame.width + across, frame.height + down), mode)


def _fitted(image: NDArray[np.uint8], wide: int, high: int) -> NDArray[np.uint8]:
    """Return pixels cut to a size, or with the last row and column repeated up to it."""
    import numpy as np

    image = image[:high, :wide]
    down, across = high - image.shape[0], wide - image.shape[1]
    if not down and not across:
        return image
    return np.pad(image, ((0, down), (0, across), (0, 0)), mode="edge")


def _thinned(image: NDArray[np.uint8], columns: int, rows: int) -> NDArray[np.uint8]:
    """Return every so many pixels of each direction: columns x rows of them."""
    import numpy as np

    down = np.linspace(0, image.shape[0] - 1, rows).astype(int)
    across = np.linspace(0, image.shape[1] - 1, columns).astype(int)
    thinned: NDArray[np.uint8] = image[down][:, across]
    return thinned
