"""The versions of a caption on a key: what each save changed, and the way back."""

from __future__ import annotations

from studio.app.screens.history import HistoryScreen
from studio.app.widgets.rows import RowList
from tests.app.page import CAPTION, put

PATH = "captions/xmas.md"


async def older(d, *texts):
    """Have a caption say these one after the other, each saved."""
    for text in texts:
        d.editor.load_text(text)
        await d.settle()
        await d.saved()


async def test_every_save_can_be_looked_at_and_brought_back(desk, page):
    put(page, PATH, "First words here.\n")
    async with desk((160, 45)) as d:
        await d.press("f4")
        await older(
            d, "First words here.\nA second line.", "First thoughts here.\nA second line.  "
        )
        await d.type("x")  # not saved yet when the versions are opened
        await d.press("f8")
        assert d.dialog == "HistoryScreen"
        words = d.text()
        assert "4 versions" in words
        assert "now" in words
        assert "+3 words" in words
        assert "+1 −1 words" in words
        assert "this is what it says now" in words
        await d.press("enter")
        assert "This is what the caption says now." in d.toasts()
        await d.press("end")
        words = d.text()
        assert "against now: 2 lines added, 2 removed" in words
        assert "18 characters" in words
        await d.press("d")
        assert "the oldest that is kept" in d.text()
        await d.press("up")
        assert "this save: 1 line changed" in d.text()
        await d.press("c")
        assert d.dialog == "CompareScreen"
        await d.press("escape")
        await d.press("down", "enter")
        assert d.dialog == ""
        assert d.editor.text == "First words here.\n"
        assert d.file(PATH) == "First words here.\n"
        assert d.caption.border_subtitle == "saved"
        history = d.session.project.history
        kept = {history.get(entry.digest).decode() for entry in history.entries(PATH)}
        assert "xFirst thoughts here.\nA second line.  " in kept
        d.session.undo()
        await d.settle()
        assert d.editor.text == "xFirst thoughts here.\nA second line.  "
        assert d.file(PATH) == "xFirst thoughts here.\nA second line.  "
        d.assert_safe()


async def test_a_caption_without_versions_says_how_they_come_and_a_dropped_one_comes_back(desk):
    async with desk((70, 30)) as d:
        await d.press("f4", "f8")
        assert "a second after you stop typing" in " ".join(d.text().replace("│", " ").split())
        assert "1 version" in d.text()
        d.assert_safe()
        await d.press("escape", "f10", "f11")
        await d.type("Short! ")
        await d.saved()
        await d.press("f11", "f8", "p")
        words = d.text()
        assert "TikTok’s own caption, in the trash" in words
        assert "Short!" in words
        await d.press("enter")
        assert d.dialog == ""
        assert d.file("captions/xmas.tiktok.md") == "Short! " + CAPTION
        assert d.editor.text == "Short! " + CAPTION
        assert "own version" in str(d.caption.border_title)
        d.session.undo()
        await d.settle()
        assert not (d.root / "captions/xmas.tiktok.md").exists()


async def test_what_was_pasted_is_told_and_a_damaged_version_says_so(desk, page):
    put(page, PATH, "pasted words and typed")
    async with desk((160, 45)) as d:
        await d.press("f4")
        await older(d, "other words", "more \x1b[31mwords")
        project = d.session.project
        oldest = project.history.entries(PATH)[-1].digest

        def marks(path, digest):
            return ((0, 12),) if (path, digest) == (PATH, oldest) else ()

        d.app.push_screen(HistoryScreen(d.session, PATH, "\x1b[31mTitle", marks=marks))
        await d.settle()
        await d.press("end")
        assert "pasted: 12 of 22 characters" in d.text()
        italic = "".join(
            segment.text
            for line in d.segments()
            for segment in line
            if segment.style and segment.style.italic
        )
        assert "pasted words" in italic
        assert "typed" not in italic
        d.assert_safe()
        await d.press("escape")
        (project.history.folder / "blobs" / oldest).write_bytes(b"broken")
        await d.press("f8", "end")
        assert "cannot be read" in d.text()
        await d.press("enter")
        assert any("damaged" in words for words in d.toasts())
        assert d.file(PATH) == "more \x1b[31mwords"
        listed = d.app.screen.query_one(RowList)
        await d.pilot.click(RowList, offset=(6, 2))
        await d.settle()
        assert listed.cursor == "1"
