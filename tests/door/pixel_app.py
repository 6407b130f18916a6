"""A small app that shows pictures in pixels and what it was told, for `test_pixels`."""

from __future__ import annotations

import os

import numpy as np
from textual.app import App
from textual.widgets import Static

from studio.app.terminal import driver_class
from studio.app.terminal.talk import TerminalTalk
from studio.app.terminal.uploads import Uploads
from studio.app.widgets.picture import PictureView
from studio.preview.cells import fit
from studio.preview.detect import protocol_of
from studio.preview.modes import Mode
from studio.preview.protocols import ImageIds, paint

COLUMNS, ROWS = 20, 12


class PixelApp(App[None]):
    """n: the next picture; e: leave the terminal to another program for a moment; Q: the end."""

    CSS = "#words, #keys { height: 1; } PictureView { width: 100%; height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(driver_class=driver_class())
        self.uploads = Uploads(self)
        self.talk = TerminalTalk(self)
        self.typed = ""
        self.number = 0
        self.images = []

    def compose(self):
        yield Static("no answer yet", id="words")
        yield PictureView(id="picture")
        yield Static("keys:", id="keys", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        asked = self.talk.ask()
        if not asked:
            self._told("not asked")
            self._draw(None, (8, 16))

    def on_terminal_answered(self, event) -> None:
        said = event.answers
        self._told(f"told {said.xtversion} {said.cell} {said.kitty_ok} {said.sixel_ok}")
        protocol = protocol_of(
            os.environ,
            xtversion=said.xtversion,
            kitty_ok=said.kitty_ok,
            sixel_ok=said.sixel_ok,
        )
        self._draw(protocol, said.cell or (8, 16))

    def on_resize(self, event) -> None:
        self.talk.resized(event)

    def on_cell_resized(self, event) -> None:
        self._told(f"cells of {event.cell}")

    def _told(self, words) -> None:
        self.query_one("#words", Static).update(words)

    def _draw(self, protocol, cell) -> None:
        ids = ImageIds()
        for seed in range(3):
            noise = np.random.default_rng(seed).integers(0, 255, (ROWS * 2, COLUMNS, 3), np.uint8)
            pixels = noise.repeat(cell[1] // 2, axis=0).repeat(cell[0], axis=1)
            cells = fit(noise, Mode.HALF)
            made = paint(pixels, protocol, cells, image_id=ids.next()) if protocol else cells
            self.images.append(made)
        if protocol:
            self.uploads.ahead(self.images)
        self._show()

    def _show(self) -> None:
        self.query_one(PictureView).show(self.images[self.number % 3])
        self._say()

    def _say(self) -> None:
        keys = f"keys: {self.typed}| picture {self.number}"
        self.query_one("#keys", Static).update(keys)

    def on_key(self, event) -> None:
        if event.key == "Q":
            self.exit()
        elif event.key == "n":
            self.number += 1
            self._show()
        elif event.key == "e":
            with self.suspend():
                pass
            self.typed += "back"
            self._say()
        else:
            self.typed += f"{event.key} "
            self._say()


if __name__ == "__main__":
    PixelApp().run()
