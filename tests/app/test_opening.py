"""What a person's own files change on the desk: themes, keys, settings; and where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color

from studio.app.colours import contrast
from studio.app.settings import load_settings
from studio.app.themes import load_theme, shipped_themes
from studio.project.places import config_dir
from studio.project.project import Project
from studio.project.recent import remember
from tests.app.desk import SIZES, rgb
from tests.app.page import COLOURS, put

THEMES = ["darkroom", "ektachrome", "midnight", "mono", "paper", "vhs"]


def own_file(name, text):
    return put(config_dir(), name, text)


# themes


@pytest.mark.parametrize("name", THEMES)
async def test_every_shipped_theme_opens_the_desk_in_its_colours(desk, name):
    theme = load_theme(name, [shipped_themes()])
    async with desk(theme=name) as d:
        assert d.toasts() == []
        assert d.app.theme == name
        assert d.cells()[10][5][1] == rgb(theme.background)
        words = d.text()
        for shown in ("Christmas morning 1989", "red.png", "wrapping", "24 posts", "^q quit"):
            assert shown in words
        region = d.preview.picture.region
        middle = d.cells()[region.y + region.height // 2][region.x + region.width // 2]
        assert COLOURS["red"] in middle
        y = next(at for at, row in enumerate(d.rows()) if "Corner shop" in row)
        letter, ground = d.cells()[y][3]
        assert contrast(Color(*letter), Color(*ground)) >= 4.5
        for key in ("f1", "escape", "r", "escape", "f7", "escape", "f12", "escape"):
            await d.press(key)


async def test_a_theme_chosen_is_seen_at_once_and_remembered(desk):
    async with desk() as d:
        await d.press("f12", "down", "enter")
        name = d.app.theme
        assert name == "ektachrome"
        assert d.cells()[10][5][1] == rgb(load_theme(name, [shipped_themes()]).background)
        assert load_settings().theme == name
        await d.press("f12", "down", "escape")
        assert d.app.theme == name
        assert load_settings().theme == name


async def test_a_theme_of_ones_own_is_listed_and_a_bad_one_told_with_its_reason(desk):
    own_file("themes/mine.yaml", "name: mine\nprimary: '#ff8800'\nbackground: '#223344'\n")
    own_file("themes/bad.yaml", "name: bad\nprimary: not a colour\n")
    async with desk() as d:
        await d.press("f12")
        assert "mine" in d.text()
        assert any("bad.yaml" in words and "primary" in words for words in d.toasts())
        while d.app.theme != "mine":
            before = d.app.theme
            await d.press("down")
            assert d.app.theme != before
        assert d.cells()[10][5][1] == (0x22, 0x33, 0x44)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: mine\nprimary: not a colour\n", "primary"),
        ("name: mine\nprimary: '[@click=app.quit]x[/]'\n", "primary"),
        ("name: mine\n  primary: [\n", "mine.yaml"),
        ("name: mine\nbackground: '#000000'\n", "primary"),
        (None, "mine"),
    ],
    ids=["no colour", "markup", "not YAML", "no primary", "no such theme"],
)
async def test_a_theme_that_cannot_be_used_is_told_and_the_desk_opens(desk, text, told):
    if text is not None:
        own_file("themes/mine.yaml", text)
    async with desk(theme="mine") as d:
        assert d.app.theme == "darkroom"
        assert any(told in words for words in d.toasts())
        assert "Christmas morning 1989" in d.text()
        d.assert_safe()


# keys


async def test_a_key_file_moves_a_key_on_the_real_desk_and_the_footer_follows(desk):
    own_file("keys.yaml", "review.keep: m\nboard.new: [ins, N]\nstudio.import: f9\n")
    own_file("keys.yaml", "review.keep: m\nboard.new: [ins, N]\n")
    async with desk() as d:
        assert d.toasts() == []
        await d.press("f3")
        assert "m keep" in d.rows()[-1]
        await d.press("p")
        assert not (d.root / "media/red.png.xmp").exists()
        await d.press("m")
        assert 'kept="true"' in d.file("media/red.png.xmp")
        await d.press("f2", "n")
        assert d.dialog == ""
        await d.press("N")
        assert d.dialog == "AskLine"
        await d.press("escape", "f1")
        row = next(row for row in d.rows() if "New idea" in row)
        assert "ins" in row or "insert" in row


async def test_a_key_taken_away_does_nothing_and_is_not_in_the_footer(desk):
    own_file("keys.yaml", 'review.reject: ""\n')
    async with desk() as d:
        await d.press("f3")
        assert "reject" not in d.rows()[-1]
        await d.press("x", "X")
        assert not (d.root / "media/red.png.xmp").exists()
        await d.run("review.reject")
        assert 'Rating="-1"' in d.file("media/red.png.xmp")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_wrong_in_a_key_file_is_told_at_the_start_and_changes_nothing(desk, size):
    own_file(
        "keys.yaml",
        "review.kep: k\n"
        "review.keep: x\n"
        "board.new: ctrl+i\n"
        "caption.copy: q\n"
        "board.tag: '[@click=app.quit]x[/]'\n",
    )
    async with desk(size) as d:
        told = " ".join(note.message for note in d.app._notifications)
        assert "review.kep: is not a command. perhaps review.keep is meant" in told
        assert re.search(r"line 2, review\.keep: x is the key of review\.reject", told)
        assert "a terminal sends it as tab" in told
        assert "needed to write the caption" in told
        assert len(d.toasts()) == 5
        d.assert_safe()
        d.app.clear_notifications()
        await d.press("f3", "p")
        assert 'kept="true"' in d.file("media/red.png.xmp")


@pytest.mark.parametrize(
    "text", ["- a\n- list\n", "review.keep: [\n", "\tx", "", "\x00", "a: b: c\n"]
)
async def test_a_key_file_that_is_none_stops_nothing(desk, text):
    own_file("keys.yaml", text)
    async with desk() as d:
        if text:
            assert any("keys.yaml" in words for words in d.toasts())
        await d.press("f3", "p")
        assert 'kept="true"' in d.file("media/red.png.xmp")


# no project


async def test_without_a_project_recent_ones_are_listed_and_one_is_opened(desk, page):
    remember(Project.open(page))
    async with desk(root=None) as d:
        assert "Rewind 89" in d.text()
        assert str(page)[-20:] in d.text()
        await d.press("enter")
        assert d.app.return_value == page


async def test_a_recent_project_that_is_gone_says_so_and_cannot_be_chosen(desk, page, tmp_path):
    remember(Project.open(page))
    page.rename(tmp_path / "elsewhere")
    async with desk(root=None) as d:
        assert "not there" in d.text()
        chosen = d.app.screen.query_one("#projects").cursor
        assert chosen != str(page)


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q"])
async def test_the_list_of_projects_is_left_without_a_choice(desk, key):
    async with desk(root=None) as d:
        await d.press(key)
        assert d.app._exit
        assert d.app.return_value is None


async def test_keys_of_the_desk_do_nothing_on_the_list_of_projects(desk):
    async with desk(root=None) as d:
        for key in ("f2", "f3", "f4", "f5", "f6", "f7", "e", "ctrl+z", "ctrl+y"):
            await d.press(key)
            assert not d.app._exit
        await d.press("f1")
        assert type(d.app.screen).__name__ == "HelpScreen"
        await d.press("escape", "ctrl+p")
        await d.type("caption")
        d.assert_safe()
        await d.press("escape")
        assert d.app.return_value is None
    assert Path.home().exists()


async def test_the_list_of_projects_stands_in_a_box_in_the_middle(desk):
    async with desk(root=None) as d:
        box = d.app.screen.query_one(".box").region
        assert 0 < box.x < box.right < d.app.size.width
        assert 0 < box.y < box.bottom < d.app.size.height
