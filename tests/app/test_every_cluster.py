"""The editor on Unicode's own test files, every line: cursor stops, selection, both deletions.

A caption file's line ends reach the editor as line feeds, so those of the test lines do too.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from studio.app.widgets.editor import Editor
from tests.app.test_caption_bytes import OneEditor
from tests.captions.unicode_files import break_lines, emoji_lines


def fed(cluster: str) -> str:
    return cluster.replace("\r\n", "\n").replace("\r", "\n")


def place_of(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


@pytest.mark.parametrize("which", [break_lines, emoji_lines])
async def test_every_line_is_walked_selected_and_deleted_by_what_a_reader_sees(which) -> None:
    app = OneEditor()
    async with app.run_test(size=(60, 10)) as pilot:
        editor = app.query_one(Editor)
        for number, line in enumerate(which()):
            clusters = [*map(fed, line), *(["b"] if which is emoji_lines else [])]
            text = "".join(clusters)
            stops = [place_of(text, len("".join(clusters[:n]))) for n in range(len(clusters) + 1)]
            editor.load_text(text)
            for start, end in pairwise(stops):
                editor.action_cursor_right(select=True)
                assert tuple(editor.selection) == (start, end), ascii(text)
                editor.move_cursor(start)
                editor.action_cursor_right()
                assert editor.cursor_location == end, ascii(text)
            for start in reversed(stops[:-1]):
                editor.action_cursor_left()
                assert editor.cursor_location == start, ascii(text)
            editor.move_cursor(stops[-1])
            for left in range(len(clusters) - 1, -1, -1):
                editor.action_delete_left()
                assert editor.text == "".join(clusters[:left]), ascii(text)
            editor.load_text(text)
            for left in range(1, len(clusters) + 1):
                editor.action_delete_right()
                assert editor.text == "".join(clusters[left:]), ascii(text)
            if number % 100 == 99:
                await pilot.pause()
