"""The board on the screen: cards, forms, filter, order, trash, and what other programs do."""

from __future__ import annotations

import difflib
import re

import pytest
from textual.widgets import Input

from studio.app.screens.idea import IdeaForm
from studio.app.session import Session
from studio.app.widgets.rows import RowList
from studio.project.watch import Watcher
from tests.app.desk import WIDE, opened
from tests.app.page import CAPTION, XMAS, put


def changed(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in {"---", "+++"} and line[0] in "+-"]


def headings(d):
    """The lines over the columns, as they stand on the list."""
    rows = (row.strip() for row in d.text(d.board.rows).splitlines())
    return [row for row in rows if re.fullmatch(r"[^a-z▣]+ \d+", row)]


# what is there on opening


async def test_the_first_idea_under_way_is_chosen_and_every_pane_shows_it(desk):
    async with desk() as d:
        assert d.cursor_title() == "Christmas morning 1989"
        assert headings(d) == ["MAKING 2", "READY 1", "SCHEDULED 0", "IDEA 1", "POSTED 1"]
        assert "red.png" in d.text(d.preview)
        assert d.editor.text == CAPTION


async def test_a_card_says_what_is_known_of_the_idea(desk):
    async with desk((110, 35)) as d:
        words = d.text(d.board.rows)
        assert "▣4" in words
        assert "Thu 26 19:30" in words
        assert "caption ✓" in words
        assert "no caption" in words


async def test_a_project_without_ideas_says_how_to_begin(desk, page):
    for path in (page / "ideas").iterdir():
        path.unlink()
    async with desk() as d:
        assert "No ideas yet. Press n" in d.text()
        await d.press("m", "d", "r", "o", "K")
        assert d.dialog == ""
        await d.press("n")
        await d.type("The first one")
        await d.press("enter")
        assert d.cursor_title() == "The first one"


# new and renamed


async def test_escape_makes_no_idea_and_neither_does_an_empty_title(desk, page):
    before = sorted((page / "ideas").iterdir())
    async with desk() as d:
        await d.press("n")
        await d.type("Almost")
        await d.press("escape", "n", "enter", "n", "space", "enter")
        assert d.dialog == ""
        assert sorted((page / "ideas").iterdir()) == before


async def test_two_ideas_of_one_title_get_two_files_and_an_odd_title_is_kept_as_typed(desk):
    title = "5 % off: [b]“yes”[/b] # 👩‍👩‍👧"
    async with desk() as d:
        for _ in range(2):
            await d.press("n")
            await d.paste(title)
            await d.press("enter")
        made = [idea for idea in d.session.board.ideas if idea.title == title]
        assert len({idea.path for idea in made}) == 2
        assert d.titles("making")[:2] == [title, title]
        assert title in d.text(d.board.rows)


async def test_a_title_emptied_in_the_dialog_stays(desk):
    async with desk() as d:
        await d.press("r", "ctrl+u", "enter")
        assert d.cursor_title() == "Christmas morning 1989"
        assert d.file("ideas/xmas.md") == XMAS


# the form


async def test_the_form_shows_everything_and_saves_as_one_step(desk):
    async with desk() as d:
        await d.press("o")
        form = d.app.screen
        values = {field.id: field.value for field in form.query(Input)}
        assert values["field-title"] == "Christmas morning 1989"
        assert values["field-platforms"] == "instagram tiktok"
        assert values["field-planned"] == "2026-11-26 19:30"
        assert form.query_one("#notes").text == "Wrapping paper everywhere.\n"
        form.query_one("#field-title", Input).value = "Boxing day 1989"
        form.query_one("#field-tags", Input).value = "80skid"
        form.query_one("#notes").text = "Wrapping paper everywhere.\nAnd the dog.\n"
        await d.press("ctrl+s")
        assert changed(XMAS, d.file("ideas/xmas.md")) == [
            "-title: Christmas morning 1989",
            "+title: Boxing day 1989",
            "-tags: [christmas, 80skid]",
            "+tags: [80skid]",
            "+And the dog.",
        ]
        await d.press("ctrl+z")
        assert d.file("ideas/xmas.md") == XMAS


async def test_leaving_the_form_changes_nothing(desk):
    async with desk() as d:
        await d.press("o")
        d.app.screen.query_one("#field-title", Input).value = "x"
        await d.press("escape")
        assert d.file("ideas/xmas.md") == XMAS
        await d.press("o", "ctrl+s")
        assert d.file("ideas/xmas.md") == XMAS


async def test_names_with_spaces_survive_the_form(desk, page):
    text = XMAS.replace("media/red.png", '"media/IMG 0007 (2).png"')
    put(page, "ideas/xmas.md", text)
    async with desk() as d:
        await d.press("o")
        field = d.app.screen.query_one("#field-media", Input)
        field.value += " media/violet.png"
        await d.press("ctrl+s")
        assert changed(text, d.file("ideas/xmas.md")) == [
            '-media: ["media/IMG 0007 (2).png", media/green.png, media/blue.png, media/gold.png]',
            '+media: ["media/IMG 0007 (2).png", media/green.png, media/blue.png, media/gold.png, '
            "media/violet.png]",
        ]


async def test_a_tag_of_two_words_survives_another_one(desk, page):
    put(page, "ideas/xmas.md", XMAS.replace("80skid", "80s kid, 90's"))
    async with desk() as d:
        await d.press("t", "end")
        await d.type(", #paper")
        await d.press("enter")
        assert "\ntags: [christmas, 80s kid, 90's, paper]\n" in d.file("ideas/xmas.md")


async def test_lines_end_as_they_did_and_unknown_properties_stay(desk, page):
    text = XMAS.replace("\n", "\r\n").replace("moon: full", "moon: { phase: full }  # new?")
    put(page, "ideas/xmas.md", b"\xef\xbb\xbf" + text.encode())
    async with desk() as d:
        await d.press("t", "end")
        await d.type(" paper")
        await d.press("enter")
        wanted = text.replace("80skid]", "80skid, paper]").encode()
        assert (page / "ideas/xmas.md").read_bytes() == b"\xef\xbb\xbf" + wanted


# filter


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("CHRISTMAS", ["Christmas morning 1989"]),
        ("#80s", ["Christmas morning 1989"]),
        ("stage:ready", ["Arcade carpet"]),
        ("pillar:home", ["Christmas morning 1989"]),
        ("dis roll", ["Roller disco"]),
        ("everywhere", ["Christmas morning 1989"]),
        ("nothing at all", []),
    ],
)
async def test_the_filter_leaves_what_holds_every_word(desk, typed, left):
    async with desk() as d:
        await d.press("/")
        await d.type(typed)
        words = d.text(d.board.rows)
        titles = [idea.title for idea in d.session.board.ideas]
        assert [title for title in titles if title in words] == left
        assert str(d.board.border_subtitle) == f"{len(left)} of 5"
        if not left:
            assert "No idea holds all of these" in words
        await d.press("escape")
        assert str(d.board.border_subtitle) == "5"


async def test_enter_in_the_filter_goes_to_the_list_that_stays_filtered(desk):
    async with desk() as d:
        await d.press("/")
        await d.type("ro")
        await d.press("enter", "j")
        assert d.app.focused is d.board.rows
        assert d.cursor_title() == "Roller disco"
        await d.press("escape")
        assert str(d.board.border_subtitle) == "5"
        assert d.cursor_title() == "Roller disco"


# moves


async def test_an_idea_goes_through_all_stages_and_back_with_the_cursor_on_it(desk):
    async with desk() as d:
        for stage in ("ready", "scheduled", "posted"):
            await d.press("m")
            assert d.cursor_title() == "Christmas morning 1989"
            assert f"\nstage: {stage}\n" in d.file("ideas/xmas.md")
        await d.press("m")
        assert "is in the last stage already" in " ".join(d.toasts())
        for stage in ("scheduled", "ready", "making", "idea"):
            await d.press("<")
            assert f"\nstage: {stage}\n" in d.file("ideas/xmas.md")
        d.app.clear_notifications()
        await d.press("<")
        assert "is in the first stage already" in " ".join(d.toasts())
        for _ in range(7):
            await d.press("ctrl+z")
        assert d.file("ideas/xmas.md") == XMAS


async def test_the_order_at_the_ends_stays(desk):
    async with desk() as d:
        await d.press("K")
        assert d.titles("making") == ["Christmas morning 1989", "Corner shop"]
        await d.press("J", "J", "J")
        assert d.titles("making") == ["Corner shop", "Christmas morning 1989"]
        await d.press("ctrl+z")
        assert d.file("ideas/xmas.md") == XMAS


async def test_undo_and_redo_go_on_after_a_restart(desk):
    async with desk() as d:
        await d.press("m", "m")
    async with desk() as d:
        await d.press("ctrl+z", "ctrl+z")
        assert d.file("ideas/xmas.md") == XMAS
        await d.press("ctrl+z")
        assert "Nothing to undo." in d.toasts()
    async with desk() as d:
        await d.press("ctrl+y", "ctrl+y")
        assert "\nstage: scheduled\n" in d.file("ideas/xmas.md")
        assert d.titles("scheduled") == ["Christmas morning 1989"]


async def test_an_undo_never_overwrites_what_another_program_wrote_since(desk):
    theirs = XMAS.replace("full", "new")
    async with desk() as d:
        await d.press("m")
        await d.outside("ideas/xmas.md", theirs)
        await d.press("ctrl+z")
        assert d.file("ideas/xmas.md") == theirs
        assert any("ideas/xmas.md" in words for words in d.toasts())


# trash


async def test_trash_takes_the_captions_along_and_undo_brings_all_back(desk, page):
    put(page, "captions/xmas.tiktok.md", "Short.\n")
    async with desk() as d:
        await d.press("d")
        assert not list((page / "captions").glob("xmas*"))
        assert not (page / "ideas/xmas.md").exists()
        assert d.cursor_title() == "Corner shop"
        assert d.editor.text == ""
        await d.press("ctrl+z")
        assert d.file("captions/xmas.tiktok.md") == "Short.\n"
        await d.choose("xmas")
        assert d.editor.text == CAPTION


async def test_words_typed_just_before_an_idea_is_trashed_come_back_with_it(desk, page):
    async with desk() as d:
        await d.press("f4")
        await d.type("So ")
        await d.press("f2", "d")
        await d.saved()
        assert d.dialog == ""
        assert not (page / "captions/xmas.md").exists()
        await d.press("ctrl+z")
        await d.choose("xmas")
        assert d.editor.text == "So " + CAPTION
        await d.saved()
        assert d.file("captions/xmas.md") == "So " + CAPTION


# stages and files that are not as they should be


async def test_a_stage_the_project_does_not_know_gets_its_own_column(desk, page):
    put(page, "ideas/odd.md", "---\ntitle: Odd one\nstage: Someday [maybe]\n---\n")
    async with desk() as d:
        assert "SOMEDAY [MAYBE] 1" in headings(d)
        assert headings(d)[-1] == "POSTED 1"
        await d.choose("disco")
        await d.press("m")
        assert "\nstage: posted\n" in d.file("ideas/disco.md")


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: Torn\nstage: ready\nno end of it\n",
        b"---\ntitle: Caf\xe9\nstage: ready\n---\nLatin\n",
        b"---\ntitle: [Torn\nstage: ready\n---\nnotes\n",
    ],
    ids=["no closing line", "not UTF-8", "not YAML"],
)
async def test_a_file_that_is_not_understood_is_shown_as_text_and_never_rewritten(desk, page, data):
    put(page, "ideas/torn.md", data)
    async with desk() as d:
        await d.choose("torn")
        shown = d.session.idea("ideas/torn.md")
        assert shown is not None
        if shown.problem:
            assert "⚠" in d.text(d.board.rows)
        await d.press("m", "<", "K", "J", "r")
        if d.dialog:
            await d.type("x")
            await d.press("enter")
        await d.press("t")
        if d.dialog:
            await d.type("x")
            await d.press("enter")
        await d.press("o")
        assert isinstance(d.app.screen, IdeaForm)
        if shown.problem:
            notes = d.app.screen.query_one("#notes")
            assert notes.read_only
            assert notes.text == data.decode("utf-8", "replace")
            assert all(field.disabled for field in d.app.screen.query(Input))
        await d.press("ctrl+s")
        assert shown.problem is None or (page / "ideas/torn.md").read_bytes() == data
        assert shown.problem


# other programs


async def test_an_edit_from_outside_shows_up_and_the_cursor_stays(desk):
    async with desk() as d:
        await d.choose("arcade")
        await d.outside("ideas/arcade.md", "---\ntitle: Arcade floor\nstage: making\n---\n")
        assert d.cursor_title() == "Arcade floor"
        assert d.titles("ready") == []
        await d.outside("ideas/zoo.md", "---\ntitle: Zoo trip\nstage: ready\n---\n")
        assert d.titles("ready") == ["Zoo trip"]
        assert "Zoo trip" in d.text(d.board.rows)
        await d.outside("ideas/arcade.md", None)
        assert "Arcade floor" not in d.text(d.board.rows)


async def test_pictures_named_from_outside_show_up(desk):
    async with desk() as d:
        await d.choose("arcade")
        assert "This idea has no pictures yet" in d.text(d.preview)
        text = "---\ntitle: Arcade carpet\nstage: ready\nmedia: [media/violet.png]\n---\n"
        await d.outside("ideas/arcade.md", text)
        assert "violet.png" in d.text(d.preview)


async def test_a_change_here_builds_on_an_edit_from_outside_that_was_not_heard_of_yet(desk, page):
    async with desk() as d:
        put(page, "ideas/xmas.md", XMAS.replace("moon: full", "moon: new"))
        await d.press("m")
        assert "\nmoon: new\n" in d.file("ideas/xmas.md")
        assert "\nstage: ready\n" in d.file("ideas/xmas.md")


async def test_the_watcher_brings_an_edit_from_outside_by_itself(page, monkeypatch):
    watchers = []
    start = Watcher.start

    def started(self):
        watchers.append(self)
        start(self)

    monkeypatch.setattr(Watcher, "start", started)
    heard = []
    take = Session._changed_outside
    monkeypatch.setattr(
        Session, "_changed_outside", lambda self, paths: (take(self, paths), heard.append(paths))
    )
    async with opened(page, WIDE) as d:
        await d.until(lambda: watchers and watchers[0].ready.is_set())
        put(page, "ideas/arcade.md", "---\ntitle: Arcade floor\nstage: ready\n---\n")
        await d.until(lambda: any("ideas/arcade.md" in paths for paths in heard))
        await d.settle()
        assert "Arcade floor" in d.text(d.board.rows)


async def test_a_folder_that_goes_and_comes_back_is_read_again(desk, page):
    async with desk() as d:
        page.rename(page.with_name("away"))
        d.session._changed_outside(frozenset([""]))
        await d.settle()
        assert any("cannot be reached" in words for words in d.toasts())
        put(page.with_name("away"), "ideas/zoo.md", "---\ntitle: Zoo trip\nstage: ready\n---\n")
        page.with_name("away").rename(page)
        d.session._changed_outside(frozenset([""]))
        await d.settle()
        assert "Zoo trip" in d.text(d.board.rows)


# many


async def test_of_five_hundred_ideas_only_those_in_view_are_drawn(desk, page, monkeypatch):
    for number in range(500):
        text = f"---\ntitle: Number {number:03}\nstage: ready\ntags: [t{number}]\n---\n"
        put(page, f"ideas/n{number:03}.md", text)
    drawn = []
    draw = RowList._draw

    def counted(self, row, number, width, chosen):
        if self.id == "ideas":
            drawn.append(row.key)
        return draw(self, row, number, width, chosen)

    monkeypatch.setattr(RowList, "_draw", counted)
    async with desk() as d:
        view = d.board.rows.size.height
        assert len(set(drawn)) <= view
        drawn.clear()
        await d.press("j")
        assert len(drawn) <= 4 * view
        drawn.clear()
        await d.press("end")
        assert "Roller disco" in d.text(d.board.rows)
        assert len(set(drawn)) <= view
        drawn.clear()
        await d.press("/")
        await d.type("number 49")
        assert str(d.board.border_subtitle) == "15 of 505"
        assert "Number 499" in d.text(d.board.rows)
        assert len(set(drawn)) <= 2 * view + 20
