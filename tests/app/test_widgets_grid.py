"""The grid: thousands of pictures, a page of them at a time, found with keys, wheel and mouse."""

from __future__ import annotations

import pytest
from textual import events

from studio.app.widgets.grid import SIZES, GridItem, PictureGrid
from studio.media.verdict import Verdict
from tests.app.desk import rgb
from tests.app.hostile import NAMES
from tests.app.widgets import Pixely, cells_of, drawn, on_stage

WIDE, NARROW = (160, 45), (70, 30)
KEPT = Verdict(keep=True, stars=3, label="Red")


def item(grid, number, **more):
    size = grid.thumb_size
    more.setdefault("cells", drawn(*size, seed=number % 7))
    more.setdefault("verdict", Verdict())
    return GridItem(name=more.pop("name", f"take-{number:05}.png"), **more)


def show(grid, cursor=0, count=10_000, **changed):
    """Show the page around the cursor; `changed` has other fields of some pictures."""
    window = grid.window(cursor, count)
    items = [item(grid, number, **changed.get(f"n{number}", {})) for number in window]
    grid.show(items, window.start, cursor, count)
    return window


async def shown(grid, s, *arguments, **more):
    window = show(grid, *arguments, **more)
    await s.settle()
    return window


# what is in view


@pytest.mark.parametrize("size", [WIDE, NARROW, (12, 4), (240, 60)], ids=str)
async def test_the_cursor_is_always_in_view_and_a_row_away_from_the_edge(size):
    grid = PictureGrid()
    async with on_stage(grid, size):
        columns, page = grid.columns_fit(), grid.page()
        cursor, count = 0, 10_000
        for step in [1] * 7 + [columns] * (page * 3) + [-columns] * (page * 2) + [5_000, -1, 4_900]:
            cursor = max(0, min(count - 1, cursor + step))
            window = grid.window(cursor, count)
            assert window.start % columns == 0
            assert len(window) <= (page + 1) * columns
            row = (cursor - window.start) // columns
            assert 0 <= row < page
            last = window.start // columns + page >= -(-count // columns)
            if page >= 3:
                assert row > 0 or window.start == 0
                assert row < page - 1 or last
        assert grid.window(count - 1, count)[-1] == count - 1


async def test_about_sixty_pictures_are_in_view_on_a_usual_screen_and_no_others_are_asked_for():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        window = await shown(grid, s, 5_000)
        assert len(window) == 60
        text = s.text()
        # the names, cut where there is no room, keep their numbers
        assert all(str(number)[-4:] in text for number in window)
        s.assert_whole()


async def test_a_list_that_fits_has_no_bar_and_starts_at_its_first_picture():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        assert await shown(grid, s, 3, 9) == range(9)
        assert all(row[-1] == " " for row in s.rows())
        assert await shown(grid, s, 0, 0) == range(0)
        assert not s.text().strip()


async def test_the_bar_tells_where_in_ten_thousand_one_is():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        places = []
        for cursor in (0, 5_000, 9_999):
            await shown(grid, s, cursor)
            bar = [y for y, row in enumerate(s.rows()) if row[-1] != " "]
            places.append(bar[0])
            assert len(bar) <= 2
        assert places[0] == 0
        assert 20 <= places[1] <= 24
        assert places[2] >= 43


async def test_a_row_that_fits_only_in_part_is_shown_in_part_and_ends_with_the_list():
    grid = PictureGrid()
    async with on_stage(grid, (160, 50)) as s:
        window = await shown(grid, s, 0)
        assert len(window) == 72
        assert s.rows()[49].strip()
        window = await shown(grid, s, 9_999)
        assert window[-1] == 9_999
        assert "09999" in "".join(s.rows()[:45])
        s.assert_whole()


# what is drawn


async def test_the_cursor_is_seen_without_colour():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 13)  # the second of the second row
        columns = grid.thumb_size.columns + 1
        for y in range(9, 18):
            row = s.rows()[y]
            assert (row[columns], row[2 * columns]) == ("▐", "▌")
        assert sum(row.count("▐") for row in s.rows()) >= 9


async def test_verdicts_labels_and_selection_are_read_without_colour():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(
            grid,
            s,
            20,
            n0={"verdict": KEPT, "name": "a.png"},
            n1={"verdict": Verdict(keep=False, stars=4), "name": "b.png"},
            n2={"verdict": Verdict(stars=5, label="Blue"), "name": "c.png", "selected": True},
            n3={"name": "d.png", "selected": True},
        )
        line = s.rows()[8]
        assert "✓★3R a.png" in line
        assert "✗ b.png" in line
        assert "◆★5B c.png" in line
        assert "◆ d.png" in line
        columns = grid.thumb_size.columns + 1
        assert [s.rows()[3][n * columns] for n in (2, 3, 4)] == ["▕", "│", "▏"]
        s.assert_whole()


async def test_the_colours_of_a_verdict_are_those_of_the_theme():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 20, n0={"verdict": KEPT}, n1={"verdict": Verdict(keep=False)})
        inks = {letter: ink for letter, ink, _ in s.cells()[8]}
        variables = s.app.theme_variables
        assert inks["✓"] == rgb(variables["keep"])
        assert inks["★"] == rgb(variables["star"])
        assert inks["✗"] == rgb(variables["reject"])


async def test_a_badge_stands_on_the_corner_of_its_picture():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        narrow = drawn(6, 8)
        await shown(
            grid,
            s,
            30,
            n0={"badge": "▶ 0:04"},
            n1={"badge": "▶ 0:59", "cells": narrow},
            n2={"badge": "used 12×", "cells": narrow},
            n3={"badge": "▶", "cells": None},
        )
        row = s.rows()[7]
        assert row[7:13] == "▶ 0:04"
        assert row[14 + 3 : 14 + 9] == "▶ 0:59"
        assert "used 12×" in row[27:39]
        assert row[40:52].endswith("▶")
        s.assert_whole()


async def test_a_picture_that_is_broken_or_not_drawn_yet_says_so_in_its_place():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 9, n0={"cells": None, "broken": True}, n1={"cells": None})
        assert "broken" in s.rows()[4][1:13]
        assert s.rows()[4][14:26].strip() == "·"
        assert grid.waiting
        await shown(grid, s, 9, n0={"cells": None, "broken": True})
        assert not grid.waiting


async def test_a_picture_drawn_for_another_size_is_cut_and_moves_nothing():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 30, n0={"cells": drawn(20, 13)}, n1={"cells": drawn(3, 2)})
        s.assert_whole()
        assert s.rows()[3][27:39] == "".join(
            letter for letter, _, _ in cells_of(drawn(12, 8, seed=2).segments(3))
        )


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=str)
async def test_names_that_try_to_steer_the_terminal_are_only_names(size):
    grid = PictureGrid()
    async with on_stage(grid, size) as s:
        names = list(NAMES.values())
        changed = {
            f"n{number}": {"name": name, "badge": name, "verdict": Verdict(label=name)}
            for number, name in enumerate(names)
        }
        for cursor in (0, len(names) - 1):
            await shown(grid, s, cursor, len(names), **changed)
            s.assert_whole()


async def test_thumbs_come_in_three_sizes_and_stay_within_them():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        assert grid.thumb_size == SIZES[1]
        assert grid.zoomed(1) == SIZES[2]
        assert grid.zoomed(1) == SIZES[2]
        await shown(grid, s, 100)
        s.assert_whole()
        assert grid.zoomed(-1) == SIZES[1]
        assert grid.zoomed(-5) == SIZES[0]
        window = await shown(grid, s, 100)
        assert len(window) > 100
        s.assert_whole()
    grid = PictureGrid()
    async with on_stage(grid, NARROW):
        assert grid.thumb_size == SIZES[0]
        assert grid.zoomed(1) == SIZES[1]


async def test_without_colour_pictures_are_grey_and_the_signs_are_there(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 1, n0={"verdict": KEPT})
        assert "✓★3R" in s.text()
        for row in s.cells():
            for _, ink, ground in row:
                assert all(max(c) - min(c) <= 1 for c in (ink, ground) if c is not None)
        await shown(grid, s, 2, n0={"verdict": KEPT})
        assert s.rows()[0][26] == "▐"


async def test_another_theme_repaints_everything_in_its_colours():
    from studio.app.themes import load_theme, shipped_themes

    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 1, n0={"verdict": KEPT})
        s.app.register_theme(load_theme("paper", [shipped_themes()]))
        s.app.theme = "paper"
        await s.pilot.pause()
        show(grid, 1, n0={"verdict": KEPT})
        await s.settle()
        inks = {letter: ink for letter, ink, _ in s.cells()[8]}
        assert inks["✓"] == rgb(s.app.theme_variables["keep"])
        s.assert_whole()


async def test_a_notice_over_the_grid_leaves_the_rest_of_it_alone():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 1)
        before = s.cells()
        s.app.notify("Kept.", timeout=60)
        await s.pilot.pause()
        after = s.cells()
        assert "Kept." in s.text()
        assert before != after
        for old, new in zip(before, after, strict=True):
            assert old[:90] == new[:90]


# what is painted again


@pytest.fixture
def made(monkeypatch):
    """The rows of thumbs that were made anew."""
    rows = []
    make = PictureGrid._row_strips

    def count(self, row):
        rows.append(row)
        return make(self, row)

    monkeypatch.setattr(PictureGrid, "_row_strips", count)
    return rows


async def test_moving_the_cursor_makes_two_rows_of_thumbs_anew_and_no_others(made):
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 5)
        before = list(grid._strips)
        made.clear()
        await shown(grid, s, 17)
        assert made == [0, 1]
        assert all(old is new for old, new in zip(before[18:], grid._strips[18:], strict=True))
        made.clear()
        await shown(grid, s, 17)
        assert made == []


async def test_a_verdict_paints_one_line_again(made):
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 5)
        before = list(grid._strips)
        made.clear()
        await shown(grid, s, 5, n30={"verdict": KEPT})
        assert made == [2]
        changed = [y for y in range(45) if before[y] is not grid._strips[y]]
        assert changed == [26]


async def test_a_thumb_that_arrives_is_painted_with_no_other_row(made):
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 5, n40={"cells": None})
        made.clear()
        await shown(grid, s, 5)
        assert made == [3]
        s.assert_whole()


async def test_rows_of_pixels_reach_the_terminal_as_they_are():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        pictures = [Pixely(drawn(12, 8), name) for name in "ab"]
        await shown(grid, s, 5, n0={"cells": pictures[0]}, n1={"cells": pictures[1]})
        sent = grid._strips[3]._render_cache
        assert sent.index(pictures[0].ansi[3]) < sent.index(pictures[1].ansi[3])
        cut = grid._strips[3].crop(0, 10)
        assert "\x1bP" not in cut.render(s.app.console)
        assert cut.text == grid._strips[3].text[:10]


# the mouse


async def test_a_click_chooses_and_tells_what_was_held():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        window = await shown(grid, s, 5_000)
        await s.pilot.click(grid, offset=(14, 10))
        await s.pilot.click(grid, offset=(27, 1), control=True)
        await s.pilot.click(grid, offset=(14, 17), shift=True)
        heard = s.heard(PictureGrid.Clicked)
        assert [m.index - window.start for m in heard] == [13, 2, 13]
        assert [(m.double, m.adding, m.extending) for m in heard] == [
            (False, False, False),
            (False, True, False),
            (False, False, True),
        ]


async def test_a_double_click_is_told_and_the_void_chooses_nothing():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 0, 5)
        await s.pilot.click(grid, offset=(150, 40))
        await s.pilot.click(grid, offset=(70, 3))
        assert not s.heard(PictureGrid.Clicked)
        await s.pilot.click(grid, offset=(2, 2), times=2)
        assert [m.double for m in s.heard(PictureGrid.Clicked)] == [False, True]


async def wheel(s, grid, kind, times=1):
    for _ in range(times):
        event = kind(grid, 20, 20, 0, 0, 0, False, False, False, 20, 20)
        grid.post_message(event)
    await s.settle()


async def test_the_wheel_moves_the_view_and_the_next_key_comes_back_to_the_cursor():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        first = await shown(grid, s, 30)
        await wheel(s, grid, events.MouseScrollDown, 9)
        assert len(s.heard(PictureGrid.Scrolled)) == 9
        window = await shown(grid, s, 30)
        assert window.start == first.start + 9 * 12
        assert 30 not in window
        s.assert_whole()
        assert 31 in await shown(grid, s, 31)
        await wheel(s, grid, events.MouseScrollUp, 50)
        assert (await shown(grid, s, 31)).start == 0


async def test_the_bar_can_be_clicked_to_go_far():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 0)
        await s.pilot.click(grid, offset=(159, 44))
        assert (await shown(grid, s, 0))[-1] == 9_999
        assert not s.heard(PictureGrid.Clicked)
        await s.pilot.click(grid, offset=(159, 22))
        assert 4_800 < (await shown(grid, s, 0)).start < 5_200


async def test_another_size_of_the_terminal_keeps_the_cursor_in_view():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        await shown(grid, s, 5_000)
        for size in ((70, 30), (100, 20), (200, 60)):
            await s.pilot.resize_terminal(*size)
            await s.settle()
            assert 5_000 in await shown(grid, s, 5_000)
            s.assert_whole()


async def test_few_pictures_get_more_room():
    grid = PictureGrid()
    async with on_stage(grid) as s:
        grid.expect(12)
        assert grid.thumb_size == SIZES[2]
        await shown(grid, s, 0, 12)
        s.assert_whole()
        assert grid.zoomed(-1) == SIZES[1]
        assert grid.zoomed(1) == SIZES[2]
        grid.expect(10_000)
        assert grid.thumb_size == SIZES[1]
