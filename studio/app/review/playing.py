"""A clip that plays in place of its picture: frames come from a child process, already late-free.

The reader's thread makes each frame into cells and leaves it where the screen takes the newest
one; what the screen has no time for is never drawn, so that the keyboard stays live.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from studio.preview.modes import Mode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.app.review.look import Look
    from studio.media.player import Film, Frame, Player, State
    from studio.preview.cells import Cells
    from studio.preview.protocols import ImageIds, Pixels

_PIXEL_BOX = (720, 1280)  # at most, for a clip in true pixels: a terminal swallows no more


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
        self._drawn: Frame | None = None
        self.state: State | None = None
        self.painted = 0
        self._player: Player = Player(
            path, size=self._pixels(), on_frame=self._frame, on_state=self._state
        )

    # what the screen takes

    def take(self) -> Cells | Pixels | None:
        """Return the newest frame, once; None when there is none newer."""
        with self._lock:
            self._pending = False
            newest, self._newest = self._newest, None
        if newest is not None:
            self.painted += 1
        return newest

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

    @property
    def player(self) -> Player:
        """For what keys do to it."""
        return self._player

    def close(self) -> None:
        """End it; returns at once."""
        self._player.close()

    def resize(self, columns: int, rows: int, look: Look) -> None:
        """There is other room for it, or another way to draw."""
        if (columns, rows) == self._box and look == self._look:
            return
        self._box, self._look = (columns, rows), look
        self._player.set_size(self._pixels())
        if self._drawn is not None:
            self._frame(self._drawn)

    def redraw(self) -> None:
        """Draw the frame that is shown again, finer now that it stands still."""
        if self._drawn is not None:
            self._frame(self._drawn)

    # on the player's thread

    def _pixels(self) -> tuple[int, int]:
        """Return the pixels that frames should fit: two by four a cell, or the terminal's own."""
        columns, rows = self._box
        if self._look.protocol is not None:
            wide, high = self._look.cell
            return min(columns * wide, _PIXEL_BOX[0]), min(rows * high, _PIXEL_BOX[1])
        return columns * 2, rows * 4

    def _frame(self, frame: Frame) -> None:
        self._drawn = frame
        result = self._made(frame)
        with self._lock:
            self._newest = result
            told, self._pending = self._pending, True
        if not told:
            self._ready()

    def _state(self, state: State) -> None:
        before, self.state = self.state, state
        stopped = before is not None and before.playing and not state.playing
        if stopped and self._look.protocol is None and self._look.mode is not Mode.HALF:
            self.redraw()
            return
        with self._lock:
            told, self._pending = self._pending, True
        if not told:
            self._ready()

    def _made(self, frame: Frame) -> Cells | Pixels:
        import numpy as np

        from studio.preview.cells import fit

        image = np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3)
        protocol = self._look.protocol
        if protocol is not None:
            from studio.preview.protocols import paint

            wide, high = self._look.cell
            fitted = _padded(image, wide, high)
            stand_in = fit(_reduced(fitted, wide, high), Mode.HALF)
            return paint(fitted, protocol, stand_in, image_id=self._ids.next())
        mode = Mode.HALF if self._player.playing else self._look.mode
        even = _padded(image, 2, 4)
        rows, columns = even.shape[0] // 4, even.shape[1] // 2
        if mode is Mode.OCTANT:
            return fit(even, mode)
        if mode is Mode.SEXTANT:
            from PIL import Image

            small = Image.fromarray(even).resize((columns * 2, rows * 3), Image.Resampling.BOX)
            return fit(np.asarray(small), mode)
        across = 2 // mode.columns
        down = 4 // mode.rows
        parts = even.reshape(rows * mode.rows, down, columns * mode.columns, across, 3)
        return fit(parts.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8), mode)


def _padded(image, wide: int, high: int):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return pixels with the last rows and columns repeated to whole cells."""
    import numpy as np

    down, across = -image.shape[0] % high, -image.shape[1] % wide
    if not down and not across:
        return image
    return np.pad(image, ((0, down), (0, across), (0, 0)), mode="edge")


def _reduced(image, wide: int, high: int):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return one pixel across and two down for each cell."""
    rows, columns = image.shape[0] // high, image.shape[1] // wide
    return image[:: high // 2, :: wide][: rows * 2, :columns].copy()
