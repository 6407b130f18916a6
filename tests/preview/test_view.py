from __future__ import annotations

import pytest

from studio.preview.view import Placed, View

CELL = (8, 16)
BOX = (80, 50)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((1080, 1350), (80, 50)), ((1600, 900), (80, 22)), ((1080, 1920), (56, 50))],
)
def test_the_whole_picture_is_in_the_room(size, wanted) -> None:
    placed = View().placed(size, BOX, CELL)
    assert (placed.columns, placed.rows) == wanted
    assert placed.whole
    assert View().visible(size, BOX, CELL) == (0, 0, 1, 1)


def test_a_filled_room_has_no_empty_cell_and_the_middle_of_the_picture() -> None:
    placed = View("fill").placed((1600, 900), BOX, CELL)
    assert (placed.columns, placed.rows) == BOX
    left, top, right, bottom = placed.part
    assert (top, bottom) == (0, 1)
    assert left == pytest.approx(1 - right)
    # As wide as high as the room is: 640 to 800 pixels.
    assert (right - left) * 1600 / 900 == pytest.approx(640 / 800)


@pytest.mark.parametrize("cell", [(8, 16), (10, 20), (9, 19)])
@pytest.mark.parametrize("zoom", [1.0, 2.0, 0.5])
def test_real_pixels_are_pixels_of_the_terminal(cell, zoom) -> None:
    size = (4000, 3000)
    view = View("real", 0.3, 0.6, zoom)
    placed = view.placed(size, BOX, cell)
    assert (placed.columns, placed.rows) == BOX
    left, top, right, bottom = placed.part
    assert (right - left) * size[0] * zoom == pytest.approx(BOX[0] * cell[0])
    assert (bottom - top) * size[1] * zoom == pytest.approx(BOX[1] * cell[1])
    assert (left * size[0]) % 1 == pytest.approx(0, abs=1e-6)
    assert view.scale(size, BOX, cell) == pytest.approx(zoom)


def test_a_small_picture_at_real_size_is_small_and_not_squeezed() -> None:
    placed = View("real").placed((100, 50), BOX, CELL)
    assert (placed.columns, placed.rows) == (12, 3)
    assert (placed.right - placed.left) * 100 == pytest.approx(96)
    assert (placed.bottom - placed.top) * 50 == pytest.approx(48)


@pytest.mark.parametrize("kind", ["fit", "fill", "real"])
def test_panning_moves_by_parts_of_what_is_seen_and_stops_at_the_edge(kind) -> None:
    rest = ((4000, 3000), BOX, CELL)
    view = View(kind, zoom=4.0)
    left, top, right, bottom = view.visible(*rest)
    moved = view.panned(0.25, -0.25, *rest).visible(*rest)
    assert moved[0] == pytest.approx(left + (right - left) / 4, abs=1 / 4000)
    assert moved[1] == pytest.approx(top - (bottom - top) / 4, abs=1 / 3000)
    edge = view.panned(99, 99, *rest)
    assert edge.visible(*rest)[2:] == pytest.approx((1, 1), abs=1 / 3000)
    # The way back begins at once, not after what was pressed beyond the edge.
    back = edge.panned(-0.1, 0, *rest).visible(*rest)
    assert back[2] == pytest.approx(1 - 0.1 * (right - left), abs=2 / 4000)
    corner = View(kind, 0, 0, 4.0).panned(0.1, 0, *rest).visible(*rest)
    assert corner[0] == pytest.approx(0.1 * (right - left), abs=2 / 4000)


def test_a_whole_picture_cannot_be_panned() -> None:
    view = View().panned(1, 1, (1080, 1350), BOX, CELL)
    assert view == View()


@pytest.mark.parametrize(
    "view", [View(), View("fill"), View("real", 0.2, 0.7), View("fit", 1, 0, 3)]
)
def test_every_cell_leads_to_a_point_and_back(view) -> None:
    rest = ((1500, 1000), (30, 20), CELL)
    placed = view.placed(*rest)
    for column in range(placed.columns):
        for row in range(placed.rows):
            point = view.point_at(column, row, *rest)
            assert point is not None
            assert view.cell_of(*point, *rest) == (column, row)
    assert view.point_at(placed.columns, 0, *rest) is None
    assert view.point_at(0, -1, *rest) is None


def test_corners_lie_in_the_corner_cells_and_what_is_off_screen_in_none() -> None:
    rest = ((1500, 1000), (30, 20), CELL)
    placed = View().placed(*rest)
    assert View().cell_of(0, 0, *rest) == (0, 0)
    assert View().cell_of(1, 1, *rest) == (placed.columns - 1, placed.rows - 1)
    assert View("real", 0, 0).cell_of(0.9, 0.9, *rest) is None


def test_what_is_pointed_at_stays_there_when_zoomed() -> None:
    rest = ((1500, 1000), (60, 20), CELL)
    view = View(zoom=2.0)
    point = view.point_at(20, 5, *rest)
    nearer = view.zoomed(4.0, point, *rest)
    assert nearer.zoom == 4.0
    assert nearer.cell_of(*point, *rest) == (20, 5)


@pytest.mark.parametrize("kind", ["fit", "fill", "real"])
@pytest.mark.parametrize("size", [(1, 1), (1, 50_000), (50_000, 1), (0, 0)])
@pytest.mark.parametrize("zoom", [0.0, 1.0, 1e9])
def test_odd_pictures_and_rooms_still_have_a_place(kind, size, zoom) -> None:
    for box in ((1, 1), (0, 0), (80, 50)):
        placed = View(kind, -3, 7, zoom).placed(size, box, CELL)
        assert 1 <= placed.columns <= max(1, box[0])
        assert 1 <= placed.rows <= max(1, box[1])
        assert 0 <= placed.left < placed.right <= 1 + 1e-9
        assert 0 <= placed.top < placed.bottom <= 1 + 1e-9


def test_a_drawing_knows_its_cells_without_the_picture() -> None:
    placed = Placed(10, 5, 0.5, 0.5, 1.0, 1.0)
    assert placed.point_at(0, 0) == pytest.approx((0.525, 0.55))
    assert placed.cell_of(0.525, 0.55) == (0, 0)
    assert placed.cell_of(0.4, 0.6) is None
