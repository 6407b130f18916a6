"""Figures on the screen, the posts behind them, and taking exports in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from textual.widgets import Button, DataTable, Input

from studio.app.answers.tabs import TABS
from tests.app.desk import MEDIUM, NARROW, WIDE
from tests.app.page import meta_csv, meta_row, put, some_meta_rows

MARCH = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)


async def ask_for(d, *paths):
    """Open the dialog and look into files."""
    await d.press("f7")
    d.app.screen.query_one(Input).value = " ".join(f"'{path}'" for path in paths)
    await d.press("enter")


def unbroken(d):
    """The report in the dialog, its lines put together again."""
    return "".join(d.text(d.app.screen.query_one("#found")).split())


async def take(d):
    d.app.screen.query_one("#take", Button).press()
    await d.settle()


async def test_a_page_without_exports_says_where_they_come_from(desk, page):
    for path in (page / "stats/exports").iterdir():
        path.unlink()
    async with desk() as d:
        words = d.text(d.numbers)
        assert "No numbers yet." in words
        assert "Business Suite" in words
        await d.press("f5", "enter", "space", "right", "p", "m")
        assert d.dialog == ""


async def test_a_missing_figure_is_a_dash_and_never_nought(desk, page):
    put(
        page,
        "stats/exports/2026-11-20-00000001-instagram.csv",
        meta_csv([*some_meta_rows(), meta_row(MARCH, "No views told", "--")]),
    )
    async with desk() as d:
        await d.press("f5", "left", "enter")
        row = next(row for row in d.rows() if "No views told" in row)
        assert row.split("reel")[1].split()[:2] == ["–", "–"]


async def test_every_figure_shows_as_many_posts_as_it_says(desk):
    async with desk() as d:
        await d.press("f5", "f6")
        counted = 0
        for _ in TABS:
            for row in d.numbers.rows.rows:
                if not row.key or row.key == "notes" or row.key.startswith("try/"):
                    continue
                d.numbers.rows.cursor = row.key
                await d.settle()
                line = next(row for row in d.text(d.numbers).splitlines() if "▌" in row)
                await d.press("enter")
                shown = d.app.screen.query_one(DataTable).row_count
                said = re.search(r"\bn +(\d+)|▌(\d+) posts|% +(\d+)\b", line)
                if said:
                    counted += 1
                    assert shown == int(next(filter(None, said.groups())))
                await d.press("escape")
            await d.press("right")
        assert counted >= 8


async def test_an_import_says_what_is_in_the_file_before_anything_is_stored(desk, page, tmp_path):
    rows = [meta_row(MARCH, "Snow day, 1986", 5210)]
    put(tmp_path, "down/export.csv", meta_csv(rows))
    before = sorted((page / "stats/exports").iterdir())
    async with desk() as d:
        await ask_for(d, tmp_path / "down/export.csv")
        assert "export.csv" in unbroken(d)
        assert sorted((page / "stats/exports").iterdir()) == before
        await d.press("escape")
        assert sorted((page / "stats/exports").iterdir()) == before
        await ask_for(d, tmp_path / "down/export.csv")
        await take(d)
        assert d.dialog == ""
        made = set((page / "stats/exports").iterdir()) - set(before)
        assert [path.read_bytes() for path in made] == [meta_csv(rows)]
        assert "25 posts" in d.text(d.numbers)
        assert any("1 export taken in" in words for words in d.toasts())
        await d.press("ctrl+z")
        assert sorted((page / "stats/exports").iterdir()) == before
        assert "24 posts" in d.text(d.numbers)


async def test_the_same_export_again_changes_nothing(desk, page, tmp_path):
    put(tmp_path, "again.csv", meta_csv(some_meta_rows()))
    before = sorted((page / "stats/exports").iterdir())
    async with desk() as d:
        await ask_for(d, tmp_path / "again.csv")
        assert d.app.screen.query_one("#take", Button).disabled
        await d.press("escape")
        assert sorted((page / "stats/exports").iterdir()) == before
        assert "24 posts" in d.text(d.numbers)


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=str)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("nothing.csv", b""),
        ("else.csv", b"a,b\r\n1,2\r\n"),
        ("page.csv", b"<!doctype html><title>Log in</title>"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n"),
        ("gone.csv", None),
    ],
)
async def test_a_file_that_is_no_export_is_refused_by_name(desk, page, tmp_path, size, name, data):
    if data is not None:
        put(tmp_path, name, data)
    async with desk(size) as d:
        await ask_for(d, tmp_path / name)
        assert name in unbroken(d)
        assert d.app.screen.query_one("#take", Button).disabled


async def test_a_path_typed_with_a_quote_too_many_is_no_end_of_the_dialog(desk):
    async with desk() as d:
        await d.press("f7")
        await d.type("/no where/it's.csv")
        await d.press("enter")
        assert d.dialog == "ImportScreen"
        assert "it's.csv" in unbroken(d)
        await d.press("escape")
        assert d.dialog == ""


async def test_an_export_put_into_the_folder_outside_shows_up(desk, page):
    path = "stats/exports/2026-11-21-00000003-more.csv"
    async with desk() as d:
        await d.outside(path, meta_csv([meta_row(MARCH, "Snow day", 5210)]))
        assert "25 posts" in d.text(d.numbers)
        await d.outside(path, None)
        assert "24 posts" in d.text(d.numbers)


async def test_the_platform_shown_goes_round(desk):
    async with desk() as d:
        await d.press("f5")
        seen = []
        for _ in range(3):
            seen.append(str(d.numbers.border_title))
            await d.press("space")
        assert seen == ["Numbers  Instagram", "Numbers  TikTok", "Numbers  Instagram"]


async def test_files_dropped_onto_the_window_are_looked_into(desk, tmp_path):
    put(tmp_path, "down loads/export.csv", meta_csv(some_meta_rows()))
    async with desk() as d:
        await d.press("f5")
        await d.paste(f"'{tmp_path}/down loads/export.csv' ")
        await d.settle()
        assert d.dialog == "ImportScreen"
        assert "there already" in d.text() or "export.csv" in d.text()
        await d.press("escape")


async def test_a_paste_that_names_no_file_opens_nothing(desk, tmp_path):
    async with desk() as d:
        await d.press("f5")
        for words in ("just words", "/no/such/file.csv", "", "/\x00", "'unclosed /tmp"):
            await d.paste(words)
            await d.settle()
            assert d.dialog == ""


async def test_a_posts_place_among_the_others_and_its_growth_are_drawn(desk, page):
    older = meta_csv([meta_row(MARCH, "Snow day", 1000)])
    newer = meta_csv([meta_row(MARCH, "Snow day", 5210)])
    put(page, "stats/exports/2026-04-01-00000003-older.csv", older)
    put(page, "stats/exports/2026-05-01-00000004-newer.csv", newer)
    async with desk() as d:
        await d.press("f5", "left", "enter")
        rows = d.rows()
        await d.press(*["down"] * next(n for n, row in enumerate(rows) if "Snow day" in row))
        words = d.text()
        assert "median" in words
        assert "1 Apr" in words
        assert "5,210" in words
