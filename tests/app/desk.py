"""The desk as a person has it in front of them: keys in, words and colours out."""

from __future__ import annotations

import asyncio
import gc
import re
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual import events
from textual.color import Color
from textual.widgets._toast import Toast

from studio.app.app import StudioApp
from studio.app.registry import REGISTRY
from studio.app.settings import Settings
from studio.preview.modes import Mode
from studio.project.places import config_dir
from studio.project.project import Project
from tests.app.page import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from rich.segment import Segment
    from textual.widget import Widget

    from studio.app.session import Session

Colour = tuple[int, int, int]

WIDE, MEDIUM, NARROW = (160, 45), (110, 35), (70, 30)
SIZES = (WIDE, MEDIUM, NARROW)

# What must never reach a terminal inside text: C0, DEL, C1, bidi controls, separators, surrogates.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Desk:
    """One open app, its pilot, and the folder it works in."""

    def __init__(self, app: StudioApp, pilot, root: Path | None) -> None:
        self.app = app
        self.pilot = pilot
        self.root = root

    # the parts

    @property
    def screen(self):
        return self.app.desk

    @property
    def session(self) -> Session:
        assert self.app.session is not None
        return self.app.session

    @property
    def board(self):
        return self.screen.board

    @property
    def preview(self):
        return self.screen.preview

    @property
    def caption(self):
        return self.screen.caption

    @property
    def editor(self):
        return self.caption.editor

    @property
    def numbers(self):
        return self.screen.numbers

    @property
    def dialog(self) -> str:
        """The name of what lies over the desk; empty when nothing does."""
        return "" if self.app.screen is self.screen else type(self.app.screen).__name__

    @property
    def pane(self) -> str:
        """The pane that has the focus."""
        focused = self.app.focused
        if focused is None:
            return ""
        found = (node.id for node in focused.ancestors_with_self if node.has_class("pane"))
        return next(found, "") or ""

    # keys

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until all that follows has happened."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys faster than the screen can follow, as a held key repeats."""
        for key in keys:
            self.send(key)
        await self.settle()

    def send(self, key: str) -> None:
        from textual.keys import key_to_character

        character = key if len(key) == 1 else key_to_character(key)
        event = events.Key(key if len(key) > 1 or key.isalnum() else _name(key), character)
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def type(self, text: str) -> None:
        """Type characters as a terminal sends them: one event for each code point."""
        for character in text:
            event = events.Key(_name(character), None if character == "\n" else character)
            event.set_sender(self.app)
            self.app._driver.send_message(event)
            await self.pilot._wait_for_screen()
        await self.settle()

    async def paste(self, text: str) -> None:
        event = events.Paste(text)
        event.set_sender(self.app)
        self.app._driver.send_message(event)
        await self.settle()

    async def run(self, command_id: str) -> None:
        """Run a command the way the palette does."""
        self.app.run_command(REGISTRY[command_id])
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        if self.app.size == (columns, rows):
            return
        await self.pilot.resize_terminal(columns, rows)
        await self.settle()

    # waiting

    async def settle(self) -> None:
        """Wait until nothing is under way any more, neither on the screen nor behind it."""
        end = time.monotonic() + 20
        sure = False
        while True:
            await asyncio.sleep(0)
            if self.app._exit or not self.app.is_running:
                return
            if self._queued():
                sure = False
                continue
            for screen in self.app.screen_stack:  # those below a dialog are painted through it
                screen._on_timer_update()
            if self._busy():
                assert time.monotonic() < end, "the desk does not come to rest"
                sure = False
                if not self._queued():
                    await asyncio.sleep(0.001)  # what is under way is so on other threads
            elif sure:
                return
            else:  # a handler may be in the middle of its work
                await self.pilot._wait_for_screen()
                sure = True

    def _queued(self) -> bool:
        """Whether any part of the screen has messages to work on."""
        nodes = self.app.screen.walk_children(with_self=True)
        return not self.app._message_queue.empty() or any(
            not node._message_queue.empty() or node._next_callbacks for node in nodes
        )

    def _busy(self) -> bool:
        if not self.app._message_queue.empty() or self.app._typed_ahead:
            return True
        if any(not worker.is_finished for worker in self.app.workers):
            return True
        if self.screen is None:
            return False
        screen = self.app.screen
        if screen._layout_required or screen._dirty_widgets or screen._callbacks:
            return True
        nodes = screen.walk_children(with_self=True)
        if any(
            not node.is_mounted or not node._message_queue.empty() or node._next_callbacks
            for node in nodes
        ):
            return True
        preview = self.preview
        return not self.session.idle or not (preview.settled or not preview.path)

    async def until(self, happened) -> None:
        """Wait for something another thread does by itself."""
        end = time.monotonic() + 20
        while not happened():
            assert time.monotonic() < end, "it did not happen"
            await asyncio.sleep(0.01)

    def later(self, seconds: float = 10.0) -> None:
        """Let the clock of the drafts be this much further, so that what is due is done."""
        self.session.drafts.tick(time.monotonic() + seconds)

    async def saved(self) -> None:
        """Let every caption save itself."""
        self.later()
        await self.settle()

    async def outside(self, path: str, data: bytes | str | None) -> None:
        """Change a file as another program does, and hear of it as from the watcher."""
        full = self.root / path
        if data is None:
            full.unlink()
        else:
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data.encode() if isinstance(data, str) else data)
        await self.heard(path)

    async def heard(self, path: str) -> None:
        """Hear of a changed file as the watcher tells it; of our own saves too."""
        await asyncio.to_thread(self.session._changed_outside, frozenset([path]))
        await self.settle()

    # what there is to see

    def segments(self) -> list[list[Segment]]:
        """The segments of each row of the screen, as they go to the terminal."""
        strips = self.app.screen._compositor.render_strips()
        return [[segment for segment in strip if not segment.control] for strip in strips]

    def rows(self) -> list[str]:
        return ["".join(segment.text for segment in row) for row in self.segments()]

    def text(self, widget: Widget | None = None) -> str:
        """The words on the screen, or those where a widget is."""
        rows = self.rows()
        if widget is None:
            return "\n".join(rows)
        region = widget.region
        return "\n".join(
            crop_text(row, region.x, region.right) for row in rows[region.y : region.bottom]
        )

    def cells(self) -> list[list[tuple[Colour, Colour]]]:
        """The colours of the letter and of the ground in every cell of the screen."""
        from rich.cells import cell_len

        return [
            [
                colours
                for segment in row
                for colours in [(_rgb(segment.style.color), _rgb(segment.style.bgcolor))]
                for _ in range(cell_len(segment.text))
            ]
            for row in self.segments()
        ]

    def colours(self, x: int, y: int) -> tuple[Colour, Colour]:
        """The colours of the letter and of the ground in one cell."""
        return self.cells()[y][x]

    def toasts(self) -> list[str]:
        """What the notices on the screen say."""
        return [str(toast.render()) for toast in self.app.screen.query(Toast)]

    def listed(self) -> str:
        """Every line of the list beside the picture, also those out of view."""
        checks = self.numbers.checks
        return "\n".join(
            line(checks.size.width - 3, checks._pens).plain
            for row in checks.rows
            for line in row.lines
        )

    def file(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def cursor_title(self) -> str:
        idea = self.board.idea
        return idea.title if idea else ""

    def titles(self, stage: str) -> list[str]:
        """The cards under a heading, from the words on the list itself."""
        return [idea.title for idea in self.session.board.column(stage)]

    async def choose(self, slug: str) -> None:
        self.board.rows.cursor = f"ideas/{slug}.md"
        await self.settle()

    def assert_safe(self) -> None:
        """Nothing on the screen, its margins, tooltips or toasts could steer a terminal."""
        for row in self.segments():
            for segment in row:
                assert not UNSAFE.search(segment.text), repr(segment.text)
                assert segment.style is None or segment.style.link is None, segment


def crop_text(row: str, left: int, right: int) -> str:
    """Return the part of a row of the screen between two columns of cells."""
    from rich.cells import cell_len

    at, out = 0, []
    for character in row:
        if left <= at < right:
            out.append(character)
        at += cell_len(character)
    return "".join(out)


def _name(character: str) -> str:
    from textual.keys import _character_to_key

    return "enter" if character == "\n" else _character_to_key(character)


def _rgb(colour) -> Colour:
    return (-1, -1, -1) if colour is None else tuple(colour.get_truecolor())


def rgb(colour: str) -> tuple[int, int, int]:
    return Color.parse(colour).rgb


@asynccontextmanager
async def opened(
    root: Path | None,
    size: tuple[int, int] = WIDE,
    *,
    theme: str | None = None,
    mode: Mode = Mode.HALF,
    settle: bool = True,
) -> AsyncIterator[Desk]:
    """Open the app on a project, or on none, and close all it started at the end."""
    settings = Settings(config_dir(), mode=mode, **({"theme": theme} if theme else {}))
    project = Project.open(root) if root is not None else None
    app = StudioApp(project, settings, now=lambda: NOW)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        desk = Desk(app, pilot, root)
        try:
            if settle:
                await desk.settle()
            yield desk
        finally:
            if app.session is not None:
                await asyncio.to_thread(app.session.finish)
    gc.unfreeze()  # the desk freezes what it made, which is right for a program that ends with it
