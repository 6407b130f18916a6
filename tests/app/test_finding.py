"""Finding in a caption, going by words, and what was pasted."""

from __future__ import annotations

import random

from textual.app import App, ComposeResult

from studio.app.widgets.editor import Editor
from tests.app.test_caption_pane import write

TEXT = "The Café had a telly.\n\nThe cafe's TELLY had four channels.\n"


async def finding(d):
    await d.press("f4", "ctrl+home", "ctrl+f")
    await d.settle()


def bar(d):
    return d.text(d.caption.query_one("#find"))


async def test_words_are_found_as_they_are_typed_and_enter_goes_on(desk, page):
    write(page, TEXT)
    async with desk() as d:
        await finding(d)
        await d.type("telly")
        assert "1 of 2" in bar(d)
        assert d.editor.selected_text == "telly"
        await d.press("enter")
        assert d.editor.selected_text == "TELLY"
        await d.press("enter")
        assert "1 of 2" in bar(d)
        await d.press("up")
        assert "2 of 2" in bar(d)
        await d.press("x")
        assert "not in this caption" in bar(d)
        await d.press("backspace", "escape")
        assert d.app.focused is d.editor
        assert d.editor.text == TEXT, "finding changes nothing"
        assert d.editor.selected_text == "TELLY"


async def test_the_cursor_goes_by_words_and_paragraphs_and_deletes_words(desk, page):
    write(page, TEXT)
    async with desk() as d:
        await d.press("f4", "ctrl+home", "ctrl+right", "ctrl+right")
        assert d.editor.text[: d.editor.cursor_location[1]].strip() == "The Café"
        await d.press("ctrl+w")
        assert d.editor.text.startswith("The  had") or d.editor.text.startswith("The had")
        await d.press("ctrl+z", "ctrl+end", "ctrl+up")
        assert d.editor.text == TEXT
        assert d.editor.cursor_location[0] in {1, 2}


class OneEditor(App[None]):
    def compose(self) -> ComposeResult:
        yield Editor(id="editor")


def paste(editor: Editor, text: str) -> None:
    editor._put_pasted(text)


async def test_what_was_pasted_is_marked_until_it_is_edited_and_undo_knows_it():
    app = OneEditor()
    async with app.run_test():
        editor = app.query_one(Editor)
        editor.load_text("mine ")
        editor.move_cursor(editor.document.end)
        paste(editor, "not my words")
        assert editor.pasted == ((5, 17),)
        editor.insert(" and mine", editor.document.end)
        assert editor.pasted == ((5, 17),)
        editor.insert("x", (0, 10))  # in "my"
        assert [editor.text[a:b] for a, b in editor.pasted] == ["not ", " words"]
        editor.undo()
        editor.undo()
        editor.undo()
        assert editor.text == "mine "
        assert editor.pasted == ()
        editor.redo()
        assert editor.pasted == ((5, 17),)
        editor.load_text("another")
        assert editor.pasted == ()


async def test_ones_own_words_cut_and_put_back_are_not_pasted():
    app = OneEditor()
    async with app.run_test():
        editor = app.query_one(Editor)
        editor.load_text("one two three")
        editor.selection = type(editor.selection)((0, 4), (0, 8))
        editor.action_cut()
        assert editor.text == "one three"
        editor.move_cursor(editor.document.end)
        editor.action_paste()
        assert editor.text == "one threetwo "
        assert editor.pasted == ()
        editor.insert_own("👩\u200d👧")
        assert editor.pasted == ()


async def test_random_edits_keep_marks_inside_the_text_and_on_pasted_letters_only():
    chance = random.Random(11)
    app = OneEditor()
    async with app.run_test():
        editor = app.query_one(Editor)
        for _ in range(60):
            editor.load_text("")
            for _ in range(30):
                end = editor.document.end
                rows = [chance.randrange(end[0] + 1) for _ in range(2)]
                places = [(r, chance.randrange(len(editor.document[r]) + 1)) for r in rows]
                editor.selection = type(editor.selection)(*places)
                which = chance.random()
                if which < 0.3:
                    paste(editor, chance.choice(["PQ", "P Q\nR", "R"]))
                elif which < 0.6:
                    editor._replace_via_keyboard(chance.choice(["a", " b", "\n"]), *places)
                elif which < 0.8:
                    editor.action_delete_left()
                elif which < 0.9:
                    editor.undo()
                else:
                    editor.redo()
                assert all(0 <= a < b <= len(editor.text) for a, b in editor.pasted)
                marked = "".join(editor.text[a:b] for a, b in editor.pasted)
                assert not set(marked) & {"a", "b"}
