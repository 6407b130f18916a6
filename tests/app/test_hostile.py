"""Hostile names, files and cells through every pane and dialog: nothing gets out or breaks."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Button, DataTable, Input

from studio.app.answers.tabs import TABS
from studio.project.create import create
from studio.project.project import Project
from studio.project.recent import remember
from studio.text import one_line
from tests.app.desk import MEDIUM, NARROW, SIZES, WIDE
from tests.app.hostile import FILE_NAMES, KINDS, NAMES
from tests.app.page import (
    CONFIG,
    XMAS,
    meta_csv,
    meta_row,
    picture,
    put,
    some_meta_rows,
    tiktok_csv,
    tiktok_row,
)


def yaml(text):
    """A text as a double-quoted YAML scalar."""
    out = "".join(
        character if 32 <= ord(character) < 127 and character not in '"\\' else _escaped(character)
        for character in text
    )
    return f'"{out}"'


def _escaped(character):
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def hostile_ideas(page):
    """An idea for each hostile text, which is its title, pillar, format, tag and all."""
    for number, text in enumerate(NAMES.values()):
        value = yaml(text)
        words = "".join(
            f"{key}: {value}\n"
            for key in ("title", "pillar", "format", "planned", "source", "stage", "posted")
        )
        lists = "".join(f"{key}: [{value}]\n" for key in ("platforms", "tags", "media"))
        put(page, f"ideas/h{number:02}.md", f"---\n{words}{lists}---\n{text}\n".encode())
        put(page, f"captions/h{number:02}.md", text.encode())
    return [f"ideas/h{number:02}.md" for number in range(len(NAMES))]


def hostile_files(page):
    """Idea, caption and picture files whose very names are hostile."""
    for text in FILE_NAMES.values():
        put(page, f"ideas/{text}.md", "---\nstage: making\n---\n")
        put(page, f"captions/{text}.md", f"Words of {text}\n")
        picture(page / f"media/{text}.png", (90, 90, 200))
    put(page, os.fsdecode(b"ideas/caf\xe9 \xff.md"), "---\nstage: making\n---\n")
    put(page, os.fsdecode(b"media/caf\xe9.png"), (page / "media/red.png").read_bytes())


async def walk(d):
    """Go through every idea on the board, looking at the whole screen each time."""
    seen = []
    for row in d.board.rows.rows:
        if row.key:
            d.board.rows.cursor = row.key
            await d.settle()
            d.assert_safe()
            seen.append(row.key)
    return seen


# names on the board, in the preview and in the caption


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_titles_and_words_go_through_all_panes(desk, page, size):
    paths = hostile_ideas(page)
    async with desk(size) as d:
        if size == WIDE:
            assert set(await walk(d)) >= set(paths)
        for key in ("f3", "f4", "f5", "f6", "f2", "f6"):
            await d.press(key)
            d.assert_safe()
        assert not d.app._exit


async def test_hostile_file_names_go_through_all_panes_and_show_whole(desk, page):
    hostile_files(page)
    async with desk() as d:
        seen = await walk(d)
        assert len(seen) >= len(FILE_NAMES) + 6
        await d.press("f3", "a")
        for _ in range(len(d.preview.bench.table.paths)):
            d.assert_safe()
            await d.press("x")
        assert "notes [WIP].png" in " ".join(one_line(path) for path in d.preview.bench.table.paths)
        d.preview.look_at("media/notes [WIP].png")
        await d.settle()
        assert "notes [WIP].png" in d.text(d.preview.query_one("#status"))
        await d.press("ctrl+z", "ctrl+z")
        d.assert_safe()
        await d.press("f2")
        d.board.rows.cursor = "ideas/notes [WIP].md"
        await d.settle()
        assert "notes [WIP]" in d.text(d.board.rows)


async def test_a_slug_that_names_no_caption_is_shown_without_one(desk, page):
    put(page, "ideas/back\\slash.md", "---\nstage: making\n---\n")
    async with desk() as d:
        d.board.rows.cursor = "ideas/back\\slash.md"
        await d.settle()
        assert "back\\slash" in d.text(d.board.rows)
        await d.press("f4")
        await d.type("x")
        assert d.editor.text == ""
        await d.press("f10", "f11", "f9", "escape", "j")
        assert not d.app._exit


@pytest.mark.parametrize("name", ["notes [WIP]", "[@click=app.quit]free[/]", "close [/] tag"])
async def test_a_title_in_brackets_is_read_whole_everywhere(desk, page, name):
    put(page, "ideas/xmas.md", XMAS.replace("Christmas morning 1989", yaml(name)))
    async with desk() as d:
        await d.choose("xmas")
        assert name in d.text(d.board.rows)
        await d.press("r")
        assert name in d.text()
        await d.press("escape", "o")
        assert name in d.text(d.app.screen.query_one(".box"))
        await d.press("escape", "m")
        await d.press("m", "m", "m")
        assert any(name in words for words in d.toasts())
        d.app.clear_notifications()
        await d.press("d")
        assert any(name in words for words in d.toasts())
        await d.press("ctrl+z")
        assert any(name in words for words in d.toasts())


@pytest.mark.parametrize("name", KINDS)
async def test_dialogs_toasts_and_forms_survive_each_hostile_title(desk, page, name):
    text = NAMES[name]
    put(page, "ideas/xmas.md", XMAS.replace("Christmas morning 1989", yaml(text)))
    async with desk(MEDIUM) as d:
        await d.choose("xmas")
        for keys in (["r"], ["t"], ["o"], ["n"]):
            await d.press(*keys)
            assert d.dialog in {"AskLine", "IdeaForm"}
            d.assert_safe()
            await d.press("escape")
        await d.press("n")
        await d.paste(text)
        d.assert_safe()
        await d.press("enter")
        d.assert_safe()
        await d.choose("xmas")
        await d.press("m", "m", "m", "m")
        d.assert_safe()
        await d.press("d")
        d.assert_safe()
        await d.press("ctrl+z", "ctrl+z")
        d.assert_safe()
        assert not d.app._exit


async def test_a_click_on_hostile_words_runs_nothing(desk, page):
    put(page, "ideas/xmas.md", XMAS.replace("Christmas morning 1989", "'[@click=app.quit]Free[/]'"))
    async with desk() as d:
        await d.choose("xmas")
        region = d.board.rows.region
        for x in range(region.x, region.x + 20, 3):
            await d.pilot.click(offset=(x, region.y + 1))
        await d.settle()
        assert not d.app._exit


# settings


@pytest.mark.parametrize("name", KINDS)
async def test_hostile_settings_of_a_project(desk, page, name):
    text = yaml(NAMES[name]).replace("\\x", "\\u00")
    config = CONFIG.format(id="b" * 32)
    config = config.replace('"Rewind 89"', text).replace('"nostalgia, 80s and 90s"', text)
    config = config.replace('"classroom"', text).replace('"rewind.eightynine"', text)
    if NAMES[name].strip():
        config = config.replace('"school"', text)
        config = config.replace('"ready"', text)
        config = config.replace('platform = "instagram"', f"platform = {text}")
    put(page, "studio.toml", config)
    async with desk() as d:
        d.assert_safe()
        await d.press("m")
        d.assert_safe()
        await d.press("n")
        d.assert_safe()
        await d.press("escape", "o")
        d.assert_safe()
        await d.press("escape", "f5", "enter")
        d.assert_safe()
        assert not d.app._exit


# exports


def hostile_exports(page):
    first = datetime(2026, 5, 1, 17, 30, tzinfo=UTC)
    rows, clips = [], []
    for number, text in enumerate(NAMES.values()):
        when = first + timedelta(days=2 * number)
        rows.append(meta_row(when, text, 900 + number, kind=text, name=text))
        clips.append(tiktok_row(when, text, text))
    odd = meta_row(first, "odd", "[/]", link="\x1b]52;c;eA==\x07[@click=app.quit]x[/]")
    put(page, "stats/exports/2026-11-20-00000001-instagram.csv", meta_csv([*rows, odd]))
    put(page, "stats/exports/2026-11-20-00000002-tiktok.csv", tiktok_csv(clips))
    put(page, "stats/exports/[@click=app.quit]x \x1b[31m.csv", b"nothing,known\r\n1,2\r\n")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_cells_go_through_figures_posts_and_notes(desk, page, size):
    hostile_exports(page)
    async with desk(size) as d:
        await d.press("f5")
        shown = set()
        for _ in range(len(d.session.numbers.answers.platforms) * len(TABS)):
            for row in d.numbers.rows.rows:
                if not row.key or row.key.startswith("try/"):
                    continue
                d.numbers.rows.cursor = row.key
                await d.settle()
                await d.press("enter")
                d.assert_safe()
                if d.dialog:
                    shown.add(d.dialog)
                    table = d.app.screen.query_one(DataTable)
                    for _ in range(min(table.row_count, 8)):
                        await d.press("down")
                        d.assert_safe()
                    await d.press("escape")
            await d.press("right")
            if d.numbers.tab == TABS[0]:
                await d.press("space")
        assert shown == {"PostsScreen", "NotesScreen"}
        assert not d.app._exit


async def test_the_post_behind_a_figure_shows_its_caption_whole(desk, page):
    first = datetime(2026, 9, 1, 17, 30, tzinfo=UTC)
    rows = [*some_meta_rows(), meta_row(first, "notes [WIP] [/] [@click=app.quit]x[/]", 900)]
    put(page, "stats/exports/2026-11-20-00000001-instagram.csv", meta_csv(rows))
    async with desk() as d:
        await d.press("f5", "left", "enter")
        assert "notes [WIP] [/] [@click=app.quit]x[/]" in d.text()


async def test_the_report_of_an_import_shows_hostile_cells_and_names_harmlessly(
    desk, page, tmp_path
):
    folder = tmp_path / "down[/]loads \x1b[31m"
    rows = [
        meta_row(datetime(2026, 4, 1, 17, 30, tzinfo=UTC) + timedelta(days=n), text, text)
        for n, text in enumerate(NAMES.values())
    ]
    put(folder, "[@click=app.quit]meta [WIP].csv", meta_csv(rows))
    put(folder, "osc \x1b]52;c;eA==\x07.csv", b"what,is,this\r\n\x1b[31m,[/],\xff\r\n")
    put(folder, "empty.csv", b"")
    put(folder, "login.csv", b"<!doctype html><title>[/]</title>")
    async with desk() as d:
        await d.press("f7")
        d.app.screen.query_one(Input).value = f"'{folder}'"
        await d.press("enter")
        d.assert_safe()
        words = d.text()
        assert "[WIP].csv" in words
        d.app.screen.query_one("#take", Button).press()
        await d.settle()
        d.assert_safe()
        assert d.dialog == ""
        assert len(list((page / "stats/exports").iterdir())) == 3


# the other screens


@pytest.mark.parametrize("name", KINDS)
async def test_recent_projects_with_hostile_names_are_listed_harmlessly(desk, tmp_path, name):
    folder = FILE_NAMES.get(name, "plain")
    made = create(tmp_path / folder, name="x")
    text = yaml(NAMES[name]).replace("\\x", "\\u00")
    config = (made.root / "studio.toml").read_text("utf-8")
    put(made.root, "studio.toml", config.replace('name = "x"', f"name = {text}"))
    remember(Project.open(made.root))
    async with desk(root=None) as d:
        d.assert_safe()
        if name == "WIP":
            assert "notes [WIP]" in d.text()
        await d.press("down", "up", "enter")
        assert d.app.return_value == made.root


@pytest.mark.parametrize("name", ["clipboard", "close", "click", "bidi", "C1", "long"])
async def test_what_a_crash_left_is_shown_harmlessly(desk, page, name):
    project = Project.open(page)
    put(page, f"ideas/{FILE_NAMES.get(name, 'plain')}.md", "---\nstage: making\n---\n")
    path = f"captions/{FILE_NAMES.get(name, 'plain')}.md"
    project.journal.record(path, NAMES[name].encode(), project.store.version(path))
    project.journal.close()
    async with desk(NARROW) as d:
        assert d.dialog == "Choice"
        d.assert_safe()
        d.app.screen.query_one("#answer-take", Button).press()
        await d.settle()
        d.assert_safe()
        assert (page / path).read_bytes() == NAMES[name].encode()


@pytest.mark.parametrize("name", ["clipboard", "close", "click", "bidi", "C1", "long"])
async def test_a_conflict_over_hostile_texts_is_shown_harmlessly(desk, page, name):
    async with desk(NARROW) as d:
        await d.press("f4")
        await d.paste(NAMES[name])
        d.assert_safe()
        await d.outside("captions/xmas.md", NAMES[name] * 2)
        assert d.dialog == "Choice"
        d.assert_safe()
        await d.press("escape")
        await d.saved()
        d.assert_safe()
        assert not d.app._exit


async def test_the_help_screen_shows_a_config_folder_with_an_odd_name(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "con[/]fig \x1b[31m"))
    monkeypatch.setenv("STUDIO_CONFIG", str(tmp_path / "con[/]fig \x1b[31m"))
    async with desk() as d:
        await d.press("f1")
        d.assert_safe()
        for _ in range(12):
            await d.press("pagedown")
            d.assert_safe()
        await d.press("escape")
        assert d.dialog == ""


async def test_a_file_that_fails_with_an_odd_name_is_told_harmlessly(desk, page):
    path = "ideas/[@click=app.quit]x \x1b]52;c;eA==\x07.md"
    put(page, path, b"---\ntitle: x\nno end")
    async with desk() as d:
        d.board.rows.cursor = path
        await d.settle()
        await d.press("m")
        d.assert_safe()
        assert d.toasts()
