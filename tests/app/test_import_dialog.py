"""Taking files in: what was found, group by group, and tables whose columns are told once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button, Input

from studio.app.screens.imports import PathLine, split_paths
from studio.app.widgets.rows import RowList
from studio.project.project import Project
from studio.stats.exports import load
from studio.stats.mappings import load_maps
from tests.app.desk import WIDE, crop_text
from tests.app.hostile import NAMES
from tests.app.page import meta_csv, put, some_meta_rows
from tests.stats.test_mapped import FANPAGE_KARMA, METRICOOL, OWN_GERMAN, SNOW, WAGON

SMALL = (70, 24)
SIZES = [SMALL, WIDE]
EXPORTS = Path(__file__).parents[1] / "stats" / "exports"


async def look(d, *paths) -> None:
    """Open the dialog and look into files."""
    await d.press("f7")
    await again(d, *paths)


async def again(d, *paths) -> None:
    line = d.app.screen.query_one(PathLine)
    line.value = " ".join(f"'{path}'" for path in paths)
    line.focus()
    await d.press("enter")


def listed(d, which: str = "#found") -> str:
    """Every line of a list in the dialog, also those out of view."""
    rows = d.app.screen.query_one(which, RowList)
    width = rows.scrollable_content_region.width - 2
    return "\n".join(
        line(width, rows._pens).truncate(width, ellipsis=True).plain.rstrip()
        for row in rows.rows
        for line in row.lines
    )


def groups(d) -> list[str]:
    rows = d.app.screen.query_one("#found", RowList)
    heads = [row for row in rows.rows if not row.key]
    return [line(60, rows._pens).plain.split("  ")[0] for row in heads for line in row.lines[-1:]]


def posts(page: Path):
    return load(Project.open(page).store).posts


def files(page: Path) -> dict[str, bytes]:
    found = (path for path in page.rglob("*") if path.is_file() and ".trash" not in path.parts)
    return {str(path.relative_to(page)): path.read_bytes() for path in found}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_unknown_table_is_mapped_seen_taken_in_and_taken_back_with_its_map(
    desk, page, tmp_path, size
):
    before, known = files(page), len(posts(page))
    path = put(tmp_path, "meine Posts.csv", OWN_GERMAN)
    async with desk(size) as d:
        await look(d, path)
        assert groups(d)[0] == "Unknown tables"
        assert "Datum, Uhrzeit, Plattform" in " ".join(listed(d).split())
        assert d.app.screen.query_one("#take", Button).disabled
        await d.press("enter")
        assert d.dialog == "MapScreen"
        assert "As it will be read: 3 posts" in d.text()
        assert "Schneetag 1986" in listed(d, "#preview")
        assert "5,210" in listed(d, "#preview")
        await d.press("enter")
        assert d.dialog == "ImportScreen"
        assert groups(d) == ["Taken"]
        assert "3 new posts" in listed(d)
        assert files(page) == before
        await d.press("enter")
        assert d.dialog == ""
        found = {post.code: post for post in posts(page)}
        assert len(found) == known + 3
        snow = found["DVbkOTzgAAA"]
        assert (snow.views, snow.reach, snow.saves, snow.format) == (5210, 4102, 97, "reel")
        assert snow.hour_known
        maps = load_maps(Project.open(page).store)
        assert [one.name for one in maps.values()] == ["meine Posts"]
        assert any("“meine Posts”" in words for words in d.toasts())
        await d.press("ctrl+z")
        assert files(page) == before
        assert len(posts(page)) == known


async def test_the_next_file_with_the_same_columns_is_understood_unasked(desk, page, tmp_path):
    first = put(tmp_path, "a.csv", METRICOOL)
    later = METRICOOL.replace(",5210,", ",9999,").replace("2026-03-03 17:30", "2026-03-03 17:30 ")
    second = put(tmp_path, "b.csv", later)
    async with desk() as d:
        await look(d, first)
        await d.press("enter", "enter", "enter")
        await look(d, second)
        assert groups(d) == ["Taken"]
        assert "1 updated" in listed(d)


async def test_a_map_changed_by_keys_is_what_is_read(desk, page, tmp_path):
    path = put(
        tmp_path,
        "t.csv",
        f"When,Where,Hits,Notes\n03/04/2026,{SNOW},5.210,1\n13/03/2026,{WAGON},1.880,2\n",
    )
    async with desk() as d:
        await look(d, path)
        await d.press("enter")
        assert dict(d.app.screen.columns.columns) == {"posted": "When", "link": "Where"}
        await d.press("down", "down", "space")
        assert d.dialog == "PickScreen"
        await d.press(*["down"] * 10, "enter")
        assert dict(d.app.screen.columns.columns)["views"] == "Hits"
        assert "✗5.210" not in listed(d, "#preview") or "not understood" in d.text()
        screen = d.app.screen
        columns = screen.query_one("#columns", RowList)
        columns.cursor = "set/decimal"
        await d.settle()
        if screen.columns.decimal == ".":
            assert "✗" in listed(d, "#preview")
            await d.press("right")
        assert screen.columns.decimal == ","
        assert "5,210" in listed(d, "#preview")
        columns.cursor = "set/order"
        await d.settle()
        assert screen.columns.order == "dmy"
        await d.press("left")
        assert screen.columns.order == "ymd"
        assert "whether the day or the month comes first" in listed(d, "#preview")
        await d.press("right")
        columns.cursor = "column/3"
        await d.settle()
        await d.press("right")
        assert screen.columns.columns[0] == ("posted", "When")
        assert dict(screen.columns.columns)["posted time"] == "Notes"
        await d.press("delete")
        assert "posted time" not in dict(screen.columns.columns)
        columns.cursor = "set/name"
        await d.settle()
        await d.press("space")
        assert d.dialog == "AskLine"
        d.app.screen.query_one(Input).value = "My [b]sheet[/]"
        await d.press("enter", "enter")
        assert d.dialog == "ImportScreen"
        assert "My [b]sheet[/]" in listed(d)


async def test_a_role_is_taken_from_the_column_that_had_it_and_a_click_lists_them(desk, tmp_path):
    path = put(tmp_path, "t.csv", METRICOOL)
    async with desk() as d:
        await look(d, path)
        await d.press("enter")
        d.app.screen.query_one("#columns", RowList).cursor = "column/11"  # Interactions
        await d.press("space")
        assert "now “Likes”" in listed(d, "#choices")
        await d.press(*["down"] * 12, "enter")
        found = dict(d.app.screen.columns.columns)
        assert found["likes"] == "Interactions"
        assert "Likes" not in found.values()
        await d.pilot.click("#columns", offset=(30, 3))
        await d.settle()
        assert d.dialog == "PickScreen"
        await d.pilot.click("#choices", offset=(5, 1), times=2)
        await d.settle()
        assert d.dialog == "MapScreen"
        assert dict(d.app.screen.columns.columns)["posted"] == "Type"


async def test_the_clock_of_a_table_may_be_another_zone(desk, tmp_path):
    path = put(tmp_path, "t.csv", "Date,Caption,Platform,Views\n2026-07-03 20:15,Snow,TikTok,5\n")
    async with desk() as d:
        await look(d, path)
        await d.press("enter")
        assert "3 Jul 2026 20:15" in listed(d, "#preview")
        d.app.screen.query_one("#columns", RowList).cursor = "set/zone"
        await d.press("right")
        assert d.app.screen.columns.zone == "UTC"
        assert "3 Jul 2026 21:15" in listed(d, "#preview")
        await d.press("space", "end", "enter")
        assert d.dialog == "AskLine"
        d.app.screen.query_one(Input).value = "Mars/Base"
        await d.press("enter")
        assert any("Europe/London" in words for words in d.toasts())
        assert d.app.screen.columns.zone == "UTC"


async def test_a_map_that_reads_nothing_is_not_taken_and_says_why(desk, page, tmp_path):
    before = files(page)
    path = put(tmp_path, "t.csv", "Date,Caption,Views\n2026-03-03,Snow,5\n")
    async with desk() as d:
        await look(d, path)
        await d.press("enter")
        assert d.app.screen.query_one("#columns", RowList).cursor == "set/platform"
        assert "neither a column nor its link tells the platform" in listed(d, "#preview")
        assert d.app.screen.query_one("#take", Button).disabled
        await d.press("enter")
        assert d.dialog == "MapScreen"
        assert any("Not one row" in words for words in d.toasts())
        await d.press("right")
        assert "1 post" in d.text()
        await d.press("escape")
        assert d.dialog == "ImportScreen"
        assert groups(d) == ["Unknown tables"]
        await d.press("escape")
        assert d.dialog == ""
    assert files(page) == before


async def test_a_map_for_a_table_that_is_there_already_can_be_taken_by_itself(desk, page):
    put(page, "stats/exports/by hand.csv", METRICOOL)
    async with desk() as d:
        await look(d, page / "stats/exports/by hand.csv")
        await d.press("enter", "enter")
        assert groups(d) == ["Nothing new"]
        assert not d.app.screen.query_one("#take", Button).disabled
        d.app.screen.query_one("#take", Button).press()
        await d.settle()
        assert any("“by hand”" in words for words in d.toasts())
    assert {"DVbkOTzgAAA", "DVyvYLzgAAA"} <= {post.code for post in posts(page)}


async def test_all_groups_of_a_folder_are_there_and_reached_by_keys(desk, page, tmp_path):
    folder = tmp_path / "down"
    shutil.copytree(EXPORTS / "meta", folder / "meta")
    shutil.copytree(EXPORTS / "tiktok_studio", folder / "tiktok")
    put(folder, "again.csv", meta_csv(some_meta_rows()))
    put(folder, "own.csv", FANPAGE_KARMA)
    put(folder, "login.csv", "<!doctype html><title>Log in</title>")
    put(folder, "picture.jpg", b"\xff\xd8\xff\xe0JFIF")
    async with desk(SMALL) as d:
        await look(d, folder)
        found = groups(d)
        assert found[:3] == ["Unknown tables", "Taken", "Nothing new"]
        assert {"Recognised, no figures", "Not understood", "Left alone"} <= set(found)
        rows = d.app.screen.query_one("#found", RowList)
        assert rows.has_focus
        seen: set[str] = set()
        last = [row.key for row in rows.rows if row.key][-1]
        for _ in rows.rows:
            region = rows.region
            for y in range(region.y, region.bottom):
                words = crop_text(d.rows()[y], region.x, region.right).strip(" ▌▏▁▂▃▄▅▆▇█▊▎")
                seen.add(" ".join(words.split()))
            if rows.cursor == last:
                break
            await d.press("pagedown")
        wanted = {" ".join(line.split()) for line in listed(d).splitlines() if line.strip()}
        missed = {line for line in wanted if not any(line in one for one in seen)}
        assert missed == set()
        assert "login.csv" in listed(d)


async def test_paths_dropped_onto_the_dialog_come_to_the_line_one_behind_the_other(desk, tmp_path):
    first = put(tmp_path, "a b.csv", METRICOOL)
    second = put(tmp_path, "c.csv", FANPAGE_KARMA)
    async with desk() as d:
        await d.press("f7")
        await d.paste(f"'{first}'")
        await d.paste(f"{second}\n")
        line = d.app.screen.query_one(PathLine)
        assert split_paths(line.value) == [str(first), str(second)]
        await d.press("enter")
        assert "? a b.csv" in listed(d)
        assert "? c.csv" in listed(d)
        assert d.app.focused is d.app.screen.query_one(RowList)
        await d.paste(f"'{first}'")
        assert line.has_focus
        assert split_paths(line.value) == [str(first), str(second), str(first)]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("/a/b.csv", ["/a/b.csv"]),
        ("'/a/b c.csv' /d", ["/a/b c.csv", "/d"]),
        ("/a/b\\ c.csv", ["/a/b c.csv"]),
        ("file:///a/b%20c.csv", ["/a/b c.csv"]),
        ("it's", ["it's"]),
        ("", []),
    ],
)
def test_paths_are_read_as_terminals_paste_them(text, paths):
    assert split_paths(text) == paths


async def test_a_look_says_how_far_it_is_and_can_be_stopped(desk, page, tmp_path, monkeypatch):
    go, begun = threading.Event(), threading.Event()

    def slow(store, names, **how):
        from studio.stats.plan import ImportPlan

        how["progress"](2, 7, "slow [/] one.csv")
        begun.set()
        go.wait(10)
        assert how["cancelled"]()
        return ImportPlan((), cancelled=True)

    monkeypatch.setattr("studio.stats.exports.plan_import", slow)
    async with desk() as d:
        await d.press("f7")
        d.app.screen.query_one(Input).value = str(tmp_path)
        d.send("enter")
        await d.until(begun.is_set)
        await d.pilot.pause()
        await d.until(lambda: "2 of 7" in d.text())
        assert "slow [/] one.csv" in d.text()
        assert "Escape stops" in str(d.app.screen.query_one(".box").border_subtitle)
        d.send("escape")
        await d.pilot.pause()
        assert d.dialog == "ImportScreen"
        go.set()
        await d.settle()
        assert "Stopped before all was looked at" in d.text()
        await d.press("escape")
        assert d.dialog == ""


async def test_files_given_at_the_start_are_looked_into_but_enter_does_not_take_them(
    desk, page, tmp_path
):
    from studio.app.screens.imports import ImportScreen

    before = files(page)
    path = put(tmp_path, "x.csv", meta_csv(some_meta_rows(30)))
    async with desk() as d:
        d.app.push_screen(ImportScreen(d.session, f"'{path}'\n"))
        await d.settle()
        assert groups(d) == ["Taken"]
        await d.press("enter")
        assert d.dialog == "ImportScreen"
        assert files(page) == before
        await d.press("tab", "enter")
        assert d.dialog == ""
        assert files(page) != before


async def test_hostile_cells_and_names_steer_nothing(desk, page, tmp_path):
    names = list(NAMES.values())
    header = ",".join(f'"{name.replace(chr(34), "")}"' for name in ["Date", "Link", *names])
    cells = ",".join(f'"{name.replace(chr(34), "")}"' for name in names)
    path = put(tmp_path, "[@click=app.quit]\x1b[31m.csv", f"{header}\n2026-03-03,{SNOW},{cells}\n")
    async with desk(SMALL) as d:
        await look(d, path)
        d.assert_safe()
        await d.press("enter")
        assert d.dialog == "MapScreen"
        d.assert_safe()
        await d.press("down", "down", "space")
        d.assert_safe()
        await d.press("end", "enter")
        d.assert_safe()
        await d.press("end")
        d.assert_safe()
        await d.press("enter")
        d.assert_safe()
        await d.press("enter")
        d.assert_safe()
        assert d.dialog == ""
    assert load_maps(Project.open(page).store)


def test_nothing_of_it_is_loaded_before_it_is_opened():
    code = (
        "import sys, studio.app.app, studio.app.screens.desk, studio.app.session;"
        "names = ['studio.app.screens.imports', 'studio.app.screens.mapping', 'tomlkit',"
        " 'studio.stats.readers.guess', 'studio.stats.mappings', 'studio.app.screens.map_rows'];"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_day_of_the_screen_is_that_of_the_session(tmp_path):
    from studio.app.screens.mapping import MapScreen
    from studio.stats.readers.sheet import parse

    screen = MapScreen(parse(METRICOOL), "Metricool_export-2026 (3).csv", today=date(2026, 11, 16))
    assert screen.columns.name == "Metricool export"
    assert events  # the screen can be made without a running app
