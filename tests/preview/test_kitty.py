from __future__ import annotations

import unicodedata
from hashlib import sha256

import numpy as np
import pytest
from PIL import Image

from studio.preview.cells import Cells, fit
from studio.preview.kitty import marks
from studio.preview.modes import Mode
from studio.preview.protocols import ImageIds, Pixels, Protocol, forget, paint
from tests.kitty_emulator import KittyEmulator

CELL = (6, 13)


def painted(image: Image.Image, columns: int, rows: int, number: int, **options) -> Pixels:
    cells = fit(np.asarray(image.resize((columns, 2 * rows))), Mode.HALF)
    pixels = np.asarray(image.resize((columns * CELL[0], rows * CELL[1])))
    return paint(pixels, Protocol.KITTY, cells, image_id=number, **options)


def pixels_of(image: Image.Image, picture: Pixels) -> np.ndarray:
    return np.asarray(image.resize((picture.columns * CELL[0], picture.rows * CELL[1])))


def draw(terminal: KittyEmulator, picture: Pixels, y: int = 0, x: int = 0) -> None:
    for row, text in enumerate(picture.ansi):
        terminal.feed(f"\x1b[{y + row + 1};{x + 1}H{text}")
        assert terminal.x == x + picture.columns


def seen(terminal: KittyEmulator, picture: Pixels, y: int = 0, x: int = 0) -> np.ndarray:
    cells = [
        [terminal.shown(y + row, x + column) for column in range(picture.columns)]
        for row in range(picture.rows)
    ]
    return np.concatenate([np.concatenate(row, axis=1) for row in cells])


@pytest.fixture
def terminal() -> KittyEmulator:
    return KittyEmulator({mark: number for number, mark in enumerate(marks())})


def test_the_marks_are_those_the_protocol_publishes() -> None:
    # Of the first column of rowcolumn-diacritics.txt, one a line.
    listed = "".join(f"{ord(mark):04X}\n" for mark in marks())
    digest = "ff84537f5396e68dbec90b48cea011830c6f54ca9254b9dda48db3b8d852ec63"
    assert sha256(listed.encode()).hexdigest() == digest
    assert all(unicodedata.combining(mark) == 230 for mark in marks())
    assert not any(unicodedata.decomposition(mark) for mark in marks())


@pytest.mark.parametrize("compress", [False, True])
def test_a_picture_is_seen_pixel_for_pixel(photo, terminal, compress: bool) -> None:
    picture = painted(photo, 20, 9, 0x2A0001, compress=compress)
    terminal.feed("".join(picture.upload))
    draw(terminal, picture, 3, 5)
    assert (seen(terminal, picture, 3, 5) == pixels_of(photo, picture)).all()
    assert terminal.longest <= 4200


def test_next_sends_placeholders_only_and_a_row_can_be_sent_alone(photo, terminal) -> None:
    first = painted(photo, 20, 9, 0x2A0001)
    second = painted(photo.rotate(180), 20, 9, 0x2A0002)
    terminal.feed("".join(first.upload + second.upload))
    draw(terminal, first)
    draw(terminal, second)
    assert (seen(terminal, second) == pixels_of(photo.rotate(180), second)).all()
    assert sum(len(row.encode()) for row in second.ansi) < 20 * 9 * 12
    # Text over a row, then that row again.
    terminal.feed("\x1b[5;3H\x1b[0mover it")
    assert terminal.shown(4, 3) is None
    terminal.feed(f"\x1b[5;1H{second.ansi[4]}")
    assert (seen(terminal, second) == pixels_of(photo.rotate(180), second)).all()


def test_part_of_a_row_is_right_without_its_neighbours(photo, terminal) -> None:
    picture = painted(photo, 20, 9, 0x2A0001)
    terminal.feed("".join(picture.upload))
    draw(terminal, picture)
    whole = seen(terminal, picture)
    for column in range(0, 20, 2):
        terminal.feed(f"\x1b[5;{column + 1}H\x1b[0m ")
    shown = terminal.shown(4, 7)
    assert (shown == whole[4 * 13 : 5 * 13, 7 * 6 : 8 * 6]).all()


def test_nothing_but_the_picture_is_coloured(photo, terminal) -> None:
    terminal.feed("\x1b[48;2;9;9;9m")
    picture = painted(photo, 8, 2, 0x2A0001)
    draw(terminal, picture)
    assert {cell.background for cell in terminal.screen.values()} == {None}
    assert terminal.foreground is None


def test_a_wide_picture_on_a_large_screen_is_whole(two_colours, terminal) -> None:
    picture = painted(two_colours, 400, 2, 0x2A0001)
    terminal.feed("".join(picture.upload))
    draw(terminal, picture)
    assert (seen(terminal, picture) == pixels_of(two_colours, picture)).all()


def test_rows_there_is_no_mark_for_are_shown_in_cells(two_colours) -> None:
    picture = painted(two_colours, 2, 300, 0x2A0001)
    assert len(picture.ansi) == 300
    assert picture.ansi[297:] == picture.cells.ansi[297:]


def test_a_forgotten_picture_is_gone_and_the_others_stay(photo, terminal) -> None:
    pictures = [painted(photo, 8, 4, 0x2A0001 + number) for number in range(3)]
    for picture in pictures:
        terminal.feed("".join(picture.upload))
    draw(terminal, pictures[0])
    terminal.feed(forget([0x2A0001, 0x2A0003]))
    assert list(terminal.images) == [0x2A0002]
    assert terminal.shown(0, 0) is None
    assert forget([]) == ""


def test_numbers_of_images_are_never_taken_for_palette_colours_or_used_twice() -> None:
    ids = ImageIds()
    numbers = [ids.next() for _ in range(1000)]
    assert len(set(numbers)) == 1000
    assert all(0x010000 <= number <= 0xFFFFFF for number in numbers)
    assert ImageIds().next() != numbers[0]
    ids._next = 0xFFFFFF
    assert [ids.next(), ids.next()] == [0xFFFFFF, 0x010000]


def test_a_picture_without_a_number_or_of_another_size_is_refused(photo) -> None:
    with pytest.raises(ValueError, match="number of an image"):
        painted(photo, 8, 4, 0)
    cells = fit(np.zeros((8, 8, 3), np.uint8), Mode.HALF)
    for shape in ((0, 0, 3), (16, 16, 4)):
        with pytest.raises(ValueError, match="does not divide"):
            paint(np.zeros(shape, np.uint8), Protocol.KITTY, cells, image_id=0x2A0001)


def test_a_smaller_picture_may_be_sent_for_the_terminal_to_enlarge(photo) -> None:
    cells = painted(photo, 8, 4, 0x2A0001).cells
    small = paint(np.zeros((13, 17, 3), np.uint8), Protocol.KITTY, cells, image_id=0x2A0001)
    assert "s=17,v=13" in small.upload[0]
    assert "c=8,r=4" in small.upload[0]


def test_where_pixels_will_not_do_the_cells_stand_in(photo) -> None:
    picture = painted(photo, 8, 4, 0x2A0001)
    assert isinstance(picture.cells, Cells)
    assert picture.segments(2, 1, 5) == picture.cells.segments(2, 1, 5)
    assert (picture.columns, picture.rows) == (8, 4)
    assert picture.nbytes > picture.cells.nbytes + 8 * 4 * 6 * 13 * 3
