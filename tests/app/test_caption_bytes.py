"""Whatever Unicode a caption holds: an edit in one place leaves every other byte as it was."""

from __future__ import annotations

import random
import unicodedata

from textual.app import App, ComposeResult

from studio.app.widgets.editor import Editor
from studio.captions.files import decode, encode
from studio.captions.graphemes import graphemes

ENDS = ("\n", "\r\n", "\r")
SPECIAL = (
    "\u200d\u200b\u2028\u2029\u0085\x0b\x0c\ufeff\u00a0\u202e\u2066\u0301\ufe0f\u0000\t 👩🇬🇧🏽"
)


class OneEditor(App[None]):
    def compose(self) -> ComposeResult:
        yield Editor(id="editor")


def character(chance: random.Random) -> str:
    """Return any code point that UTF-8 can carry, those that make trouble more often."""
    if chance.random() < 0.4:
        return chance.choice(SPECIAL)
    while True:
        one = chr(
            chance.choice((0x80, 0x800, 0x3000, 0x10000, 0x20000, 0x110000))
            - 1
            - chance.randrange(0x7F)
        )
        if unicodedata.category(one) != "Cs":
            return one


def document(chance: random.Random) -> bytes:
    end = chance.choice(ENDS)
    lines = ["".join(character(chance) for _ in range(chance.randrange(12))) for _ in range(4)]
    lines = [line.replace("\r", "").replace("\n", "") for line in lines]
    bom = b"\xef\xbb\xbf" if chance.random() < 0.2 else b""
    return bom + (end.join(lines) + end * chance.randrange(2)).encode()


async def test_random_captions_keep_their_bytes_through_open_edit_elsewhere_and_save() -> None:
    chance = random.Random(20261124)
    app = OneEditor()
    async with app.run_test(size=(40, 12)):
        editor = app.query_one(Editor)
        for _ in range(1500):
            data = document(chance)
            form = decode(data)
            assert not form.read_only
            editor.load_text(form.text)
            assert editor.text == form.text
            assert encode(form.with_text(editor.text)) == data

            row = chance.randrange(editor.document.line_count)
            line = editor.document.get_line(row)
            column = len("".join(graphemes(line)[: chance.randrange(len(graphemes(line)) + 1)]))
            before = editor.text
            place = sum(len(one) + 1 for one in editor.document.lines[:row]) + column
            editor.insert("typed", (row, column))
            assert editor.text == before[:place] + "typed" + before[place:]
            changed = encode(form.with_text(editor.text))
            assert decode(changed).text == editor.text
            assert len(changed) == len(data) + 5
            assert changed.replace(b"typed", b"", 1) == data
            editor.undo()
            assert encode(form.with_text(editor.text)) == data
