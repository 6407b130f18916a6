"""Several pictures side by side: as large as they can be, told apart, pointed at."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from textual.content import Content
from textual.geometry import Region

from studio.app.widgets.tiles import GAP, Tile, Tiles, boxes
from tests.app.hostile import NAMES
from tests.app.widgets import Pixely, drawn, on_stage

PORTRAIT, UPRIGHT, LANDSCAPE = 4 / 5, 9 / 16, 16 / 9


def area(box, shape):
    """The cells a picture of a shape fills in a box, a cell being twice as high as wide."""
    width = min(box.width, box.height * shape * 2)
    return width * width / shape / 2


def total(places, shapes):
    return sum(area(box, shape) for box, shape in zip(places, shapes, strict=True))


SHAPES = {
    "portrait": lambda count: [PORTRAIT] * count,
    "landscape": lambda count: [LANDSCAPE] * count,
    "mixed": lambda count: ([PORTRAIT, LANDSCAPE, UPRIGHT, 1.0] * 3)[:count],
    "extreme": lambda count: ([0.05, 20.0] * 5)[:count],
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("room", [(160, 45), (70, 30), (200, 60), (40, 60)], ids=str)
def test_pictures_have_their_own_place_and_a_line_for_their_title(kind, room):
    for count in range(2, 10):
        places = boxes(count, *room, SHAPES[kind](count))
        assert len(places) == count
        whole = [box.grow((1, 0, 0, 0)) for box in places]
        for box in whole:
            assert box in Region(0, 0, *room), (count, box)
            assert box.width > (3 if kind != "extreme" else 1)
            assert box.height > 2
        for one, other in combinations(whole, 2):
            assert not one.overlaps(other), (count, one, other)
        rows = {box.y for box in places}
        for y in rows:
            row = sorted((box for box in places if box.y == y), key=lambda box: box.x)
            assert row[0].x == 0
            assert all(b.x - a.right == GAP for a, b in pairwise(row))


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("room", [(160, 45), (70, 30), (300, 30), (60, 90)], ids=str)
def test_no_even_division_into_rows_and_columns_makes_pictures_larger(kind, room):
    width, height = room
    for count in range(2, 10):
        shapes = SHAPES[kind](count)
        best = 0.0
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            box = Region(0, 0, (width - GAP * (columns - 1)) // columns, height // rows - 1)
            if box.width >= 4 and box.height >= 1:
                even = [box] * count
                least = min(area(box, shape) for shape in shapes)
                best = max(best, total(even, shapes) + least)
        places = boxes(count, *room, shapes)
        found = total(places, shapes) + min(map(area, places, shapes))
        assert found >= best * 0.93, (count, found, best)


def test_two_portraits_stand_beside_each_other_and_two_landscapes_where_there_is_room():
    one, other = boxes(2, 160, 45, [PORTRAIT, PORTRAIT])
    assert (one.y, one.width) == (other.y, other.width)
    one, other = boxes(2, 80, 60, [LANDSCAPE, LANDSCAPE])
    assert one.x == other.x
    one, other = boxes(2, 100, 30, [UPRIGHT, LANDSCAPE])
    assert one.width < other.width


def test_impossible_rooms_and_shapes_break_nothing():
    for width in (0, 1, 3, 9):
        for height in (0, 1, 2, 5):
            for count in (0, 1, 2, 9):
                places = boxes(count, width, height, [0.0, -1.0, 1e9, 1e-9][:count])
                assert len(places) == count
                assert all(box in Region(0, 0, width, height) for box in places if box)


def tiles_of(*pictures, chosen=0, titles=None, broken=""):
    return [
        Tile(picture, titles[n] if titles else Content(f"{n + 1} ✓ take"), n == chosen, broken)
        for n, picture in enumerate(pictures)
    ]


async def put(s, count=2, chosen=0, size=(160, 45), **more):
    """Show so many pictures, drawn to the boxes that were asked for."""
    tiles = s.app.widget
    places = tiles.boxes(count, *size, [PORTRAIT] * count)
    pictures = []
    for seed, box in enumerate(places):
        rows = min(box.height, round(box.width / PORTRAIT / 2))
        pictures.append(drawn(min(box.width, round(rows * PORTRAIT * 2)), rows, seed=seed))
    tiles.show(tiles_of(*pictures, chosen=chosen, **more))
    await s.settle()
    return places, pictures


@pytest.mark.parametrize("size", [(160, 45), (70, 30)], ids=str)
async def test_pictures_titles_and_the_chosen_ones_frame_are_seen_without_colour(size):
    tiles = Tiles()
    async with on_stage(tiles, size) as s:
        for count in (2, 3, 6, 9):
            places, pictures = await put(s, count, chosen=1, size=size)
            s.assert_whole()
            rows, cells = s.rows(), s.cells()
            for number, (box, picture) in enumerate(zip(places, pictures, strict=True)):
                left = box.x + (box.width - picture.columns) // 2
                top = box.y + (box.height - picture.rows) // 2
                title = rows[top - 1][box.x : box.right]
                assert title.strip("┏━┓ ").startswith(str(number + 1))
                assert ("┏" in title) == (number == 1)
                shown = [ground for _, _, ground in cells[top][left : left + picture.columns]]
                assert shown == [tuple(colour) for colour in picture.bg[0].tolist()]


async def test_choosing_another_paints_the_titles_and_no_picture():
    tiles = Tiles()
    async with on_stage(tiles) as s:
        await put(s, chosen=0)
        before = list(tiles._strips)
        await put(s, chosen=1)
        assert [y for y in range(45) if before[y] is not tiles._strips[y]] == [0]


async def test_a_picture_not_drawn_yet_leaves_its_place_and_a_broken_one_says_why():
    tiles = Tiles()
    async with on_stage(tiles) as s:
        tiles.boxes(2, 160, 45, [PORTRAIT] * 2)
        tiles.show(
            [Tile(None, Content("1")), Tile(None, Content("2"), False, "not a picture: " * 9)]
        )
        await s.settle()
        assert tiles.waiting
        assert "·" in s.text()
        assert s.text().count("not a picture") == 9
        s.assert_whole()


@pytest.mark.parametrize("size", [(160, 45), (70, 30)], ids=str)
async def test_titles_and_reasons_that_try_to_steer_the_terminal_are_only_words(size):
    tiles = Tiles()
    async with on_stage(tiles, size) as s:
        for name in NAMES.values():
            picture = drawn(20, 10)
            tiles.show(
                [
                    Tile(picture, Content(name), True),
                    Tile(None, Content.assemble((name, "bold")), False, name),
                    Tile(picture, Content(name)),
                ]
            )
            await s.settle()
            s.assert_whole()


async def test_pixels_of_both_pictures_reach_the_terminal_and_cells_stand_in_when_cut():
    tiles = Tiles()
    async with on_stage(tiles) as s:
        places = tiles.boxes(2, 160, 45, [PORTRAIT] * 2)
        one, other = (Pixely(drawn(60, 38), name) for name in "ab")
        tiles.show(tiles_of(one, other))
        await s.settle()
        top = places[0].y + (places[0].height - 38) // 2
        for row in range(38):
            strip = tiles._strips[top + row]
            assert one.ansi[row] in strip._render_cache
            assert other.ansi[row] in strip._render_cache
        s.app.notify("over it", timeout=60)
        await s.pilot.pause()
        text = s.text()
        assert "over it" in text
        assert "\x1b" not in text


async def test_a_click_chooses_and_the_mouse_points_at_a_cell_of_the_picture():
    tiles = Tiles()
    async with on_stage(tiles) as s:
        places, pictures = await put(s)
        box, picture = places[1], pictures[1]
        left = box.x + (box.width - picture.columns) // 2
        top = box.y + (box.height - picture.rows) // 2
        await s.pilot.click(tiles, offset=(left + 3, top + 4))
        await s.pilot.click(tiles, offset=(places[0].x + 1, 0))
        assert [m.index for m in s.heard(Tiles.Clicked)] == [1, 0]
        await s.pilot.hover(tiles, offset=(left, top))
        await s.pilot.hover(tiles, offset=(left + 5, top + 2))
        await s.pilot.hover(tiles, offset=(left + 5, 0))
        pointed = [(m.index, m.x_cell, m.y_cell) for m in s.heard(Tiles.Pointed)]
        assert pointed[-2:] == [(1, 0, 0), (1, 5, 2)]


async def test_a_title_lies_on_its_picture_and_does_not_move_when_that_is_drawn():
    tiles = Tiles()
    async with on_stage(tiles) as s:
        one, other = tiles.boxes(2, 160, 45, [LANDSCAPE, PORTRAIT])
        titles = [Content("1 wide"), Content("2 high")]
        tiles.show([Tile(None, titles[0], True), Tile(None, titles[1])])
        await s.settle()
        before = [y for y, row in enumerate(s.rows()) if "wide" in row or "high" in row]
        high = round(one.width / LANDSCAPE / 2)
        wide = round(other.height * PORTRAIT * 2)
        pictures = [drawn(one.width, high), drawn(wide, other.height)]
        tiles.show([Tile(pictures[0], titles[0], True), Tile(pictures[1], titles[1])])
        await s.settle()
        s.assert_whole()
        rows = s.rows()
        assert [y for y, row in enumerate(rows) if "wide" in row or "high" in row] == before
        assert rows[before[1]].startswith("┏━ 1 wide ━")
        assert rows[before[1] + 1].startswith("▀▀▀")
        left = other.x + (other.width - wide) // 2
        assert rows[0][left : left + 9] == "   2 high"
