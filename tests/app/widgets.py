"""A widget alone on a screen with Studio's colours, and what a terminal would make of it."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np
from rich.cells import cell_len, split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from textual.app import App
from textual.message import Message
from textual.widget import Widget

import studio.app
from studio.app.filters import VisibleText
from studio.app.review import STYLES
from studio.app.themes import starting_theme, studio_variables, theme_folders
from studio.app.widgets.painted import Painted
from studio.preview.cells import Cells, fit
from studio.preview.modes import Mode
from tests.app.desk import UNSAFE

HOME = Path(studio.app.__file__).parent


@cache
def drawn(columns: int, rows: int, seed: int = 1, mode: Mode = Mode.HALF) -> Cells:
    """A picture of noise: every cell of it is told from every other."""
    noise = np.random.default_rng(seed).integers(
        0, 255, (rows * mode.rows, columns * mode.columns, 3), np.uint8
    )
    return fit(noise, mode)


@dataclass(frozen=True, eq=False)
class Pixely:
    """A picture whose rows are bytes that only a terminal understands, over cells."""

    cells: Cells
    name: str = "a"

    @property
    def columns(self) -> int:
        return self.cells.columns

    @property
    def rows(self) -> int:
        return self.cells.rows

    @property
    def ansi(self) -> tuple[str, ...]:
        return tuple(f"\x1bPq{self.name}{row}\x1b\\" for row in range(self.rows))

    def segments(self, row: int, start: int = 0, end: int | None = None) -> list[Segment]:
        return self.cells.segments(row, start, end)


class Stage(App):
    """One widget over the whole screen."""

    CSS_PATH: ClassVar = [HOME / "styles.tcss", STYLES]

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        theme, problems = starting_theme("darkroom", theme_folders(Path("/nonexistent")))
        assert not problems
        self.register_theme(theme)
        self.theme = theme.name
        self.widget = widget
        self.heard: list[Message] = []

    def get_theme_variable_defaults(self):
        return studio_variables(self.current_theme)

    def get_line_filters(self):
        return [*super().get_line_filters(), VisibleText()]

    def compose(self):
        yield self.widget

    async def _dispatch_message(self, message: Message) -> None:
        if type(message).__module__.startswith("studio."):
            self.heard.append(message)
        await super()._dispatch_message(message)


class Shown:
    """What is on the stage."""

    def __init__(self, app: Stage, pilot) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        await self.pilot._wait_for_screen()
        self.app.screen._on_timer_update()

    def heard(self, kind):
        return [message for message in self.app.heard if isinstance(message, kind)]

    def segments(self):
        strips = self.app.screen._compositor.render_strips()
        return [[segment for segment in strip if not segment.control] for strip in strips]

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in row) for row in self.segments()]

    def text(self) -> str:
        return "\n".join(self.rows())

    def cells(self):
        return [cells_of(row) for row in self.segments()]

    def assert_whole(self) -> None:
        """Each row is as wide as the screen, harmless, and the bytes say what the segments say."""
        width = self.app.size.width
        for segments in self.segments():
            text = "".join(segment.text for segment in segments)
            assert not UNSAFE.search(text), repr(text)
            assert cell_len(text) == width, repr(text)
        widget = self.app.widget
        if not isinstance(widget, Painted):
            return
        if self.app.console._color_system is ColorSystem.TRUECOLOR and not self.app.no_color:
            for strip in widget._strips:
                assert cells_of_bytes(strip._render_cache) == cells_of(strip)


def cells_of(segments):
    """(letter, ink, ground) of each cell; a letter of two cells counts once."""
    found = []
    for segment in segments:
        style = segment.style
        ink = ground = None
        if style is not None:
            ink = style.color and tuple(style.color.get_truecolor())
            ground = style.bgcolor and tuple(style.bgcolor.get_truecolor())
        for start, end, _ in split_graphemes(segment.text)[0]:
            letter = segment.text[start:end]
            found.append((letter, None if letter == " " else ink, ground))
    return found


def cells_of_bytes(text: str):
    """The same of what a terminal is sent."""
    found = []
    ink = ground = None
    for part in re.split(r"(\x1b\[[0-9;]*m)", text):
        if part.startswith("\x1b["):
            codes = [int(code or 0) for code in part[2:-1].split(";")]
            while codes:
                code = codes.pop(0)
                if code == 0:
                    ink = ground = None
                elif code in (38, 48):
                    assert codes.pop(0) == 2
                    colour = (codes.pop(0), codes.pop(0), codes.pop(0))
                    ink, ground = (colour, ground) if code == 38 else (ink, colour)
        else:
            assert "\x1b" not in part
            for start, end, _ in split_graphemes(part)[0]:
                letter = part[start:end]
                found.append((letter, None if letter == " " else ink, ground))
    return found


@asynccontextmanager
async def on_stage(widget: Widget, size=(160, 45), *, colours=ColorSystem.TRUECOLOR):
    """Put a widget on a screen of this size, of a terminal with these colours."""
    app = Stage(widget)
    app.console._color_system = colours
    async with app.run_test(size=size, notifications=True) as pilot:
        widget.styles.height = "1fr"
        await pilot.pause()
        yield Shown(app, pilot)
