from __future__ import annotations

import numpy as np
import pytest

from studio.platforms.zones import FRAME, parse, zones
from studio.preview.overlay import OVERLAYS, Sheet, inset, lay, mark, overlay_label, rect_of
from studio.preview.view import View
from studio.problem import Problem

SIZE = (1080, 1920)
GRIDS = [(1, 2), (2, 4), (10, 21)]


def sheet(grid=(8, 16), value=120, size=SIZE, view=None, box=(90, 80)) -> Sheet:
    placed = (view or View()).placed(size, box, (8, 16))
    shape = (placed.rows * grid[1], placed.columns * grid[0], 3)
    return Sheet(np.full(shape, value, dtype=np.uint8), placed, grid, size)


def is_dimmed(at: Sheet, x: float, y: float) -> bool:
    return bool((at.rgb[at.down(y), at.across(x)] < 60).all())


def test_the_strict_box_is_where_the_source_says() -> None:
    left, top, right, bottom = rect_of("strict", FRAME)
    assert (left * 1080, right * 1080) == pytest.approx((120, 888))
    assert (top * 1920, bottom * 1920) == pytest.approx((288, 1248))


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("name", ["instagram", "tiktok", "youtube", "strict", "organic"])
def test_what_a_platform_covers_is_dimmed_and_the_rest_is_not(name, grid) -> None:
    at = sheet(grid)
    lay(at, (name,))
    left, top, right, bottom = rect_of(name, SIZE)
    assert not is_dimmed(at, (left + right) / 2, (top + bottom) / 2)
    assert is_dimmed(at, 0.5, 0.01)
    assert is_dimmed(at, 0.5, 0.99)
    assert is_dimmed(at, 0.99, 0.5)


def test_a_picture_of_another_shape_lies_in_the_middle_of_the_frame() -> None:
    # 1080x1350 has 285 pixels above and below it: of Instagram's 269 at the top none is on it,
    # of the 672 at the bottom 387 are.
    _, top, _, bottom = rect_of("instagram", (1080, 1350))
    assert top < 0
    assert bottom == pytest.approx(1 - 387 / 1350)
    at = sheet(size=(1080, 1350), box=(80, 50))
    lay(at, ("instagram",))
    assert not is_dimmed(at, 0.5, 0.01)
    assert is_dimmed(at, 0.5, 0.99)


@pytest.mark.parametrize(
    ("name", "size", "kept"),
    [
        ("4:5", (1080, 1920), (0, 0.14844, 1, 0.85156)),
        ("3:4", (1080, 1920), (0, 0.125, 1, 0.875)),
        ("1:1", (1080, 1920), (0, 420 / 1920, 1, 1500 / 1920)),
        ("1:1", (1600, 800), (0.25, 0, 0.75, 1)),
        ("4:5", (1080, 1350), (0, 0, 1, 1)),
    ],
)
def test_a_crop_keeps_the_middle(name, size, kept) -> None:
    assert rect_of(name, size) == pytest.approx(kept, abs=1e-4)


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("name", OVERLAYS)
def test_lines_are_seen_on_dark_and_on_light(name, value, grid) -> None:
    at = sheet(grid, value)
    lay(at, (name,))
    if name == "thirds":
        y, x = at.down(1 / 3), at.across(0.5)
    else:
        left, top, right, _ = rect_of(name, SIZE)
        y, x = at.down(top), at.across((left + right) / 2)
    # Across the line there is a step that an eye sees.
    across = at.rgb[y - 3 * at.line : y + 3 * at.line + 1, x].astype(int).sum(axis=-1) / 3
    assert across.max() - across.min() > 55


def test_lines_stay_where_they_belong_when_zoomed() -> None:
    at = sheet(view=View("fit", 0.5, 0.15, 4.0))
    lay(at, ("instagram",))
    _, top, _, _ = rect_of("instagram", SIZE)
    row = at.down(top)
    assert 0 < row < at.rgb.shape[0]
    assert is_dimmed(at, 0.5, top - 0.02)
    assert not is_dimmed(at, 0.5, top + 0.02)
    # Zoomed to where the line is not, nothing is drawn over the picture.
    inside = sheet(view=View("fit", 0.5, 0.4, 8.0))
    lay(inside, ("instagram",))
    assert (inside.rgb == 120).all()


def test_several_at_once_dim_once() -> None:
    one, two = sheet(), sheet()
    lay(one, ("strict",))
    lay(two, ("strict", "4:5", "youtube", "thirds"))
    assert tuple(two.rgb[5, 5]) == tuple(one.rgb[5, 5])


def test_figures_of_ones_own_are_used() -> None:
    own = parse(
        b'[tiktok.top]\nvalue = 960\nsource = "my phone"\nas_of = "2026-11-20"\n'
        b'grade = "unverified"\n',
        "zones.toml",
        zones(),
    )
    at = sheet()
    lay(at, ("tiktok",), own)
    assert is_dimmed(at, 0.4, 0.45)
    assert "my phone" in overlay_label("tiktok", own)


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_overlay_tells_what_it_is(name) -> None:
    told = overlay_label(name)
    assert "\n" not in told
    if name in {zone.key for zone in zones()}:
        assert "as of 2026-" in told
        assert "9:16" in told
        assert any(grade in told for grade in ("secondary", "code", "unverified"))


def test_an_unknown_overlay_is_a_problem_that_names_the_known() -> None:
    for call in (lambda: lay(sheet(), ("tiktak",)), lambda: overlay_label("tiktak")):
        with pytest.raises(Problem, match=r"tiktak: is no overlay.*tiktok"):
            call()


def test_a_cross_leaves_its_point_free() -> None:
    at = sheet()
    mark(at, ((0.5, 0.5, ""),), text=False)
    y, x = at.down(0.5), at.across(0.5)
    assert (at.rgb[y, x] == 120).all()
    assert (at.rgb[y, x + at.grid[0]] != 120).any()
    assert (at.rgb[y - at.grid[1] // 2, x] != 120).any()


def test_a_label_is_handed_back_for_cells_and_drawn_for_pixels() -> None:
    at = sheet()
    (letters,) = mark(at, ((0.5, 0.5, "12"),), text=False)
    assert (letters.text, letters.row) == ("12", at.placed.cell_of(0.5, 0.5)[1])
    assert (at.rgb == 120).all()
    assert mark(at, ((0.5, 0.5, "12"),), text=True) == []
    row, column = letters.row * 16, letters.column * 8
    badge = at.rgb[row : row + 16, column : column + 16]
    assert (badge != 120).any(axis=-1).all()
    assert badge.max() > 200
    assert badge.min() < 60, "the digits are not seen"


@pytest.mark.parametrize("label", ["\x1b[2J", "日本語", "a\nb", "\u200d", "\u202e"])
def test_a_label_from_outside_is_made_harmless(label) -> None:
    (letters,) = mark(sheet(), ((0.5, 0.5, label),), text=False)
    assert letters.text.isascii()
    assert letters.text.isprintable()
    assert 1 <= len(letters.text) <= 3


def test_a_point_beside_what_is_seen_is_not_marked() -> None:
    at = sheet(view=View("fit", 0.1, 0.1, 8.0))
    assert mark(at, ((0.9, 0.9, "1"), (0.9, 0.9, ""), (5, -3, "")), text=False) == []
    assert (at.rgb == 120).all()


def test_labels_at_the_edge_stay_inside() -> None:
    at = sheet()
    for x, y in ((0, 0), (1, 1), (1, 0)):
        (letters,) = mark(at, ((x, y, "abc"),), text=False)
        assert 0 <= letters.column <= at.placed.columns - 3
        mark(at, ((x, y, "abc"),), text=True)


@pytest.mark.parametrize("grid", GRIDS)
def test_an_inset_has_a_frame_all_around_that_stays_inside(grid) -> None:
    at = sheet(grid)
    inset(at, np.full((10 * grid[1], 20 * grid[0], 3), 77, dtype=np.uint8), 5, 4)
    middle = at.rgb[9 * grid[1], 15 * grid[0]]
    assert (middle == 77).all()
    assert (at.rgb[4 * grid[1], 15 * grid[0]] > 200).all()
    corner = at.placed.columns - 20
    inset(at, np.full((10 * grid[1], 20 * grid[0], 3), 77, dtype=np.uint8), corner, 0)
    assert (at.rgb[0, -1] > 200).all()
