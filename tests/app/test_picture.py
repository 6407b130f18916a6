"""Pictures in pixels on a screen: sharp where nothing covers them, and never a stale one."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import numpy as np
import pytest
from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.drivers.headless_driver import HeadlessDriver
from textual.screen import ModalScreen
from textual.widgets import Static

from studio.app.terminal.uploads import PIECE, ROOM, Uploads
from studio.app.widgets.picture import PictureView
from studio.preview.cells import fit
from studio.preview.modes import Mode
from studio.preview.protocols import ImageIds, Protocol, paint
from tests.app.pixel_terminal import PixelTerminal

CELL = (8, 16)
SIZE = (60, 20)
IDS = ImageIds()


@pytest.fixture(autouse=True)
def _truecolor(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


def picture(columns, rows, protocol=Protocol.KITTY, seed=1, cell=CELL):
    """A picture of noise in so many cells, small areas of one colour."""
    halves = np.random.default_rng(seed).integers(0, 255, (rows * 2, columns, 3), np.uint8)
    pixels = halves.repeat(cell[1] // 2, axis=0).repeat(cell[0], axis=1)
    number = IDS.next() if protocol is Protocol.KITTY else 0
    return paint(pixels, protocol, fit(halves, Mode.HALF), image_id=number)


class Wire(HeadlessDriver):
    """A driver whose terminal is in this process, and takes what it is sent when it is told to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.terminal = PixelTerminal(*self._size)
        self.queue: list[str] = []
        self.slow = False  # a terminal that takes nothing by itself
        self.open = True
        self.farewell = self.on_open = None
        self.wanted = None
        self.frames: list[str] = []
        self.most = 0

    @property
    def is_headless(self):
        return False

    @property
    def pending(self):
        return sum(map(len, self.queue))

    def write(self, data):
        self.queue.append(data)
        self.most = max(self.most, self.pending)
        self.frames.append(data)
        if not self.slow:
            self.take()

    def take(self, count=None):
        """The terminal takes the oldest writes."""
        for _ in range(len(self.queue) if count is None else min(count, len(self.queue))):
            self.terminal.feed(self.queue.pop(0))
        if self.wanted and self.pending < self.wanted[0]:
            then, self.wanted = self.wanted[1], None
            then()

    def when_below(self, pending, then):
        self.wanted = (pending, then)

    def disable_input(self):
        pass

    def stop_application_mode(self):
        self.wanted = None
        self.take()
        if self.farewell is not None:
            self.queue.append(self.farewell())
            self.take()
        self.open = False


class Small(App[None]):
    CSS = """
    Screen { layers: base over; }
    #over { layer: over; width: 10; height: 4; offset: 25 5; background: red; display: none; }
    PictureView { width: 1fr; height: 1fr; }
    #below { height: 3; }
    """

    def __init__(self, views=1):
        super().__init__(driver_class=Wire)
        self.uploads = Uploads(self)
        self._views = views

    def compose(self):
        with Horizontal():
            for number in range(self._views):
                yield PictureView(id=f"p{number}")
        yield Static("words below", id="below")
        yield Static("a menu", id="over")


class Dialog(ModalScreen[None]):
    CSS = "Dialog { align: center middle; background: black 60%; } #box { width: 20; height: 5; }"

    def compose(self):
        yield Static("sure?", id="box")


class On:
    """What a test does with the app."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot
        self.wire = app._driver
        self.terminal = self.wire.terminal

    def view(self, number=0):
        return self.app.screen_stack[0].query_one(f"#p{number}", PictureView)

    async def settle(self):
        for _ in range(3):
            await self.pilot.pause()
        if not self.wire.slow:
            self.wire.take()

    async def drain(self):
        """The terminal takes one write after the other until there are no more."""
        while self.wire.queue or not self.app.uploads.idle:
            assert len(self.wire.queue) < 20  # Textual's queue makes the screen wait at 30
            self.wire.take(1)
            await asyncio.sleep(0)

    async def resize(self, columns, rows):
        """The window gets another size; the terminal forgets nothing but what it showed."""
        self.terminal.resize(columns, rows)
        await self.pilot.resize_terminal(columns, rows)
        while self.view().size.width != columns:
            await self.pilot.pause()
        await self.settle()

    async def show(self, image, number=0):
        self.view(number).show(image)
        await self.settle()

    def shown(self, view):
        """The cells of the terminal where the view's picture is."""
        left, top = view.picture_offset
        region = view.region
        size = view.picture.columns, view.picture.rows
        return self.terminal.shown(region.x + left, region.y + top, *size)


def pixels_of(image):
    """What a terminal shows in the cells of a picture in pixels."""
    if image.image_id:
        return [
            [(image.image_id, row, column) for column in range(image.columns)]
            for row in range(image.rows)
        ]
    lone = PixelTerminal(image.columns, image.rows + 1)
    for row, data in enumerate(image.ansi):
        lone.feed(f"\x1b[{row + 1};1H{data}")
    return lone.shown(0, 0, image.columns, image.rows)


def cells_of(image):
    return [[chr(code) for code in row] for row in image.cells.codes]


def rows_in(shown, image):
    """Say of each row whether it is whole in pixels, in cells, covered, or something stale."""
    sharp, plain = pixels_of(image), cells_of(image)
    out = ""
    for row, (found, pixels, cells) in enumerate(zip(shown, sharp, plain, strict=True)):
        if found == pixels:
            out += "#"
        elif found == cells:
            out += "c"
        elif all(isinstance(one, str) or one == p for one, p in zip(found, pixels, strict=True)):
            out += "-"
        else:
            raise AssertionError(f"row {row} shows what is not of this picture: {found}")
    return out


@asynccontextmanager
async def opened(views=1, size=SIZE, **options):
    app = Small(views)
    async with app.run_test(headless=False, size=size, notifications=True, **options) as pilot:
        on = On(app, pilot)
        await on.settle()
        yield on


async def test_a_picture_is_shown_in_pixels_and_the_next_one_in_its_place():
    async with opened() as on:
        for protocol in Protocol:
            for seed, size in enumerate([(20, 12), (20, 12), (30, 8), (6, 15)]):
                image = picture(*size, protocol, seed)
                await on.show(image)
                assert rows_in(on.shown(on.view()), image) == "#" * size[1]
                everything = [one for line in on.terminal.grid for one in line]
                assert sum(not isinstance(one, str) for one in everything) == size[0] * size[1]
                assert "words below" in on.terminal.line(17)


async def test_two_pictures_beside_each_other_are_both_whole():
    async with opened(views=2) as on:
        for protocol in Protocol:
            images = picture(28, 14, protocol, 1), picture(30, 10, protocol, 2)
            for number, image in enumerate(images):
                await on.show(image, number)
            on.app.refresh(layout=True)
            on.app.screen.refresh()
            await on.settle()
            for number, image in enumerate(images):
                assert rows_in(on.shown(on.view(number)), image) == "#" * image.rows


async def test_pictures_that_touch_do_not_run_into_each_other():
    async with opened(views=2) as on:
        for protocol in Protocol:
            images = picture(30, 14, protocol, 1), picture(30, 14, protocol, 2)
            for number, image in enumerate(images):
                on.view(number).show(image)
            on.app.screen.refresh()
            await on.settle()
            for number, image in enumerate(images):
                assert rows_in(on.shown(on.view(number)), image) == "#" * 14


async def test_a_toast_covers_its_own_rows_and_the_picture_heals_when_it_goes():
    async with opened() as on:
        for protocol in Protocol:
            image = picture(50, 15, protocol)
            await on.show(image)
            on.app.notify("Kept\n" * 4, timeout=60)
            await on.settle()
            covered = rows_in(on.shown(on.view()), image)
            assert "-" in covered
            assert covered.startswith("#####")
            # the next picture comes while the toast is there
            other = picture(50, 15, protocol, 2)
            await on.show(other)
            covered = rows_in(on.shown(on.view()), other)
            assert covered.count("#") >= 5
            on.app.notify("Kept another", timeout=60)
            await on.settle()
            rows_in(on.shown(on.view()), other)
            on.app.clear_notifications()
            await on.settle()
            assert rows_in(on.shown(on.view()), other) == "#" * 15


async def test_what_lay_over_the_middle_of_a_row_leaves_a_whole_row_when_it_goes():
    async with opened() as on:
        over = on.app.query_one("#over")

        def covered(image):
            first = over.region.y - on.view().region.y - on.view().picture_offset.y
            return first, rows_in(on.shown(on.view()), image)

        for protocol in Protocol:
            image = picture(50, 15, protocol)
            await on.show(image)
            over.styles.offset = (25, 4)
            over.display = True
            await on.settle()
            first, rows = covered(image)
            assert rows == "#" * first + "----" + "#" * (11 - first)
            other = picture(50, 15, protocol, 2)
            await on.show(other)
            assert covered(other) == (first, rows)
            over.styles.offset = (30, 6)
            await on.settle()
            moved, rows = covered(other)
            assert moved == first + 2
            assert rows == "#" * moved + "----" + "#" * (11 - moved)
            over.display = False
            await on.settle()
            assert rows_in(on.shown(on.view()), other) == "#" * 15


async def test_a_dialog_dims_the_picture_in_cells_and_the_pixels_come_back():
    async with opened() as on:
        for protocol in Protocol:
            image = picture(50, 15, protocol)
            await on.show(image)
            await on.app.push_screen(Dialog())
            await on.settle()
            everything = [one for line in on.terminal.grid for one in line]
            assert all(isinstance(one, str) for one in everything)
            assert any("sure?" in on.terminal.line(y) for y in range(20))
            assert rows_in(on.shown(on.view()), image).count("c") >= 8
            on.app.pop_screen()
            await on.settle()
            assert rows_in(on.shown(on.view()), image) == "#" * 15


async def test_a_picture_chosen_behind_a_dialog_is_there_when_the_dialog_goes():
    async with opened() as on:
        for protocol in Protocol:
            await on.show(picture(50, 15, protocol))
            await on.app.push_screen(Dialog())
            await on.settle()
            image = picture(40, 12, protocol, 5)
            await on.show(image)
            assert rows_in(on.shown(on.view()), image).count("#") == 0
            on.app.pop_screen()
            await on.settle()
            assert rows_in(on.shown(on.view()), image) == "#" * 12


async def test_words_in_place_of_a_picture_leave_nothing_of_it():
    async with opened() as on:
        for protocol in Protocol:
            await on.show(picture(50, 15, protocol))
            on.view().say(Content("cannot be read"))
            await on.settle()
            everything = [one for line in on.terminal.grid for one in line]
            assert all(isinstance(one, str) for one in everything)
            assert any("cannot be read" in on.terminal.line(y) for y in range(20))


async def test_another_size_of_the_window_shows_no_row_wider_than_there_is_room():
    async with opened() as on:
        for protocol in Protocol:
            await on.resize(*SIZE)
            await on.show(picture(50, 15, protocol))
            await on.resize(30, 12)
            everything = [one for line in on.terminal.grid for one in line]
            assert all(isinstance(one, str) for one in everything)
            assert "words below" in on.terminal.line(9)
            smaller = picture(20, 8, protocol, 3)
            await on.show(smaller)
            assert rows_in(on.shown(on.view()), smaller) == "#" * 8


async def test_another_theme_and_another_screen_leave_the_picture_whole():
    async with opened() as on:
        for protocol in Protocol:
            image = picture(50, 15, protocol)
            await on.show(image)
            on.app.theme = "textual-light"
            await on.settle()
            assert rows_in(on.shown(on.view()), image) == "#" * 15
            from textual.screen import Screen

            await on.app.push_screen(Screen())
            await on.settle()
            everything = [one for line in on.terminal.grid for one in line]
            assert all(isinstance(one, str) for one in everything)
            on.app.pop_screen()
            await on.settle()
            assert rows_in(on.shown(on.view()), image) == "#" * 15


async def test_a_row_of_sixels_on_the_last_line_of_the_screen_is_in_cells():
    async with opened() as on:
        on.app.query_one("#below").display = False
        await on.settle()
        image = picture(40, 20, Protocol.SIXEL)
        await on.show(image)
        assert rows_in(on.shown(on.view()), image) == "#" * 19 + "c"


async def test_a_screen_without_colour_shows_no_pixels(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as on:
        image = picture(40, 12)
        await on.show(image)
        assert rows_in(on.shown(on.view()), image) == "c" * 12


async def test_a_screenshot_of_pixels_shows_the_picture_in_cells():
    async with opened() as on:
        await on.show(picture(40, 12))
        assert on.app.export_screenshot().count("▀") > 100


async def test_part_of_a_picture_in_view_is_in_cells_and_stays_in_its_place():
    class Scrolled(Small):
        CSS = "PictureView { width: 80; height: 30; } VerticalScroll { overflow-x: scroll; }"

        def compose(self):
            with VerticalScroll():
                yield PictureView(id="p0")

    app = Scrolled()
    async with app.run_test(headless=False, size=SIZE) as pilot:
        on = On(app, pilot)
        app.query_one(VerticalScroll).scroll_to(5, 4, animate=False)
        region = app.query_one(VerticalScroll).scrollable_content_region
        for protocol in Protocol:
            image = picture(80, 30, protocol)
            await on.show(image)
            found = on.terminal.shown(0, 0, region.width, region.height)
            wanted = [row[5 : 5 + region.width] for row in cells_of(image)[4 : 4 + region.height]]
            assert found == wanted


# sending ahead


async def test_a_picture_is_in_cells_until_the_terminal_has_its_pixels():
    async with opened() as on:
        on.wire.slow = True
        image = picture(40, 14)
        on.view().show(image)
        await on.settle()
        assert not on.app.uploads.ready(image.image_id)
        frames = [one for one in on.wire.queue if "\x1b_G" not in one]
        assert frames
        assert not any("\U0010eeee" in one for one in on.wire.queue)
        while not on.app.uploads.ready(image.image_id):
            on.wire.take(1)
        await on.settle()
        on.wire.take()
        assert rows_in(on.shown(on.view()), image) == "#" * 14


async def test_a_key_waits_behind_no_more_than_64_kilobytes_of_pictures():
    async with opened() as on:
        on.wire.slow = True
        images = [picture(56, 16, seed=seed) for seed in range(3)]  # 459 kB each as base64
        assert sum(map(len, images[0].upload)) > 400_000
        on.view().show(images[0])
        on.app.uploads.ahead(images[1:])
        await on.settle()
        on.wire.most = 0
        await on.drain()
        assert PIECE < on.wire.most <= ROOM
        assert on.app.uploads.idle
        assert set(on.terminal.images) == {image.image_id for image in images}


async def test_the_picture_shown_goes_before_its_neighbours_and_one_passed_by_is_never_sent():
    async with opened() as on:
        on.wire.slow = True
        first, passed, last, ahead = (picture(56, 16, seed=seed) for seed in range(4))
        on.view().show(first)  # begun
        on.view().show(passed)
        on.app.uploads.ahead([ahead, passed])
        on.view().show(last)
        on.app.uploads.ahead([ahead])
        await on.drain()
        assert on.terminal.log == [("upload", image.image_id) for image in (first, last, ahead)]


async def test_two_views_that_compare_get_both_their_pictures():
    async with opened(views=2) as on:
        on.wire.slow = True
        images = picture(28, 14, seed=1), picture(28, 14, seed=2)
        for number, image in enumerate(images):
            on.view(number).show(image)
        await on.drain()
        on.wire.slow = False
        await on.settle()
        for number, image in enumerate(images):
            assert rows_in(on.shown(on.view(number)), image) == "#" * 14


async def test_showing_a_picture_again_sends_only_its_characters():
    async with opened() as on:
        images = picture(20, 12, seed=1), picture(20, 12, seed=2)
        on.app.uploads.ahead(images)
        await on.settle()
        on.view().show(images[0])
        await on.settle()
        on.wire.frames.clear()
        on.view().show(images[1])
        await on.settle()
        sent = "".join(on.wire.frames)
        assert rows_in(on.shown(on.view()), images[1]) == "#" * 12
        assert "\x1b_G" not in sent
        # The whole widget is 60 columns by 17 rows; blanks beside the picture are in it.
        placeholders = sum(len(row.encode()) for row in images[1].ansi)
        assert placeholders < 2600
        assert len(sent.encode()) < placeholders + 60 * 17 + 17 * 120


async def test_showing_the_same_picture_again_sends_nothing():
    async with opened() as on:
        image = picture(20, 12, Protocol.SIXEL)
        await on.show(image)
        on.wire.frames.clear()
        await on.show(image)
        assert not "".join(on.wire.frames)


async def test_the_terminal_never_keeps_more_than_it_was_allowed():
    async with opened() as on:
        one = 20 * 8 * 12 * 16 * 4
        on.app.uploads._limit = 3 * one
        images = [picture(20, 12, seed=seed) for seed in range(8)]
        for image in images:
            await on.show(image)
            assert len(on.terminal.images) <= 4
            assert rows_in(on.shown(on.view()), image) == "#" * 12
        await on.show(images[0])  # it was freed, and is sent again
        assert rows_in(on.shown(on.view()), images[0]) == "#" * 12


async def test_a_forgotten_picture_that_is_still_shown_becomes_cells():
    async with opened() as on:
        image = picture(20, 12)
        await on.show(image)
        on.app.uploads.forget([image.image_id])
        await on.settle()
        assert not on.terminal.images
        assert rows_in(on.shown(on.view()), image) == "c" * 12


async def test_nothing_is_left_in_the_terminal_at_the_end():
    async with opened() as on:
        for seed in range(3):
            await on.show(picture(20, 12, seed=seed))
        terminal = on.terminal
        assert len(terminal.images) == 3
    assert not terminal.images


async def test_leaving_in_the_middle_of_an_upload_ends_it_and_leaves_nothing():
    async with opened() as on:
        on.wire.slow = True
        image = picture(56, 16)
        on.view().show(image)
        terminal, uploads = on.terminal, on.app.uploads
        assert not uploads.idle
    assert terminal.loading is None
    assert not terminal.images
    assert terminal.log == [("delete", image.image_id)]


async def test_after_a_suspension_the_pictures_are_sent_again():
    async with opened() as on:
        image = picture(20, 12)
        await on.show(image)
        on.wire.stop_application_mode()
        assert not on.terminal.images
        assert not on.view().sharp
        on.wire.open = True
        on.wire.on_open()
        on.app.refresh(layout=True)
        await on.settle()
        assert rows_in(on.shown(on.view()), image) == "#" * 12


async def test_a_view_that_is_gone_asks_for_nothing():
    async with opened() as on:
        on.wire.slow = True
        await on.show(picture(56, 16, seed=1))
        on.view().show(wanted := picture(56, 16, seed=2))
        await on.view().remove()
        await on.drain()
        assert ("upload", wanted.image_id) not in on.terminal.log
        assert on.app.uploads.idle


# pointing


async def test_pointing_says_which_cell_of_the_picture():
    heard = []

    class Pointing(Small):
        def on_picture_view_pointed(self, event):
            heard.append((event.x_cell, event.y_cell, event.clicked))

    app = Pointing()
    async with app.run_test(headless=False, size=SIZE) as pilot:
        on = On(app, pilot)
        await on.show(picture(20, 12))
        left, top = on.view().picture_offset
        assert (left, top) == (20, 2)
        await pilot.hover("#p0", offset=(left - 1, top))
        assert heard == []
        await pilot.hover("#p0", offset=(left + 3, top + 4))
        await pilot.click("#p0", offset=(left + 19, top + 11))
        assert heard[0] == (3, 4, False)
        assert heard[-1] == (19, 11, True)
