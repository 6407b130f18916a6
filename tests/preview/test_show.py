from __future__ import annotations

import io

import pyte
import pytest

from studio.preview.modes import Mode
from studio.preview.show import show
from studio.problem import Problem


def test_a_picture_is_printed_row_by_row(two_colours, saved) -> None:
    out = io.StringIO()
    show(saved(two_colours, "a.png"), mode=Mode.SEXTANT, columns=40, rows=20, stream=out)
    rows = out.getvalue().split("\n")
    assert len(rows) == 11
    assert rows.pop() == ""
    assert all(row.endswith("\x1b[0m") for row in rows)


def test_a_terminal_shows_the_picture_and_nothing_after_it_is_coloured(two_colours, saved) -> None:
    out = io.StringIO()
    show(saved(two_colours, "a.png"), mode=Mode.OCTANT, columns=40, rows=20, stream=out)
    screen = pyte.Screen(60, 12)
    pyte.Stream(screen).feed(out.getvalue().replace("\n", "\r\n") + "after")
    assert screen.buffer[0][0].bg == "c80a0a"
    assert screen.buffer[9][39].bg == "0a0ac8"
    assert screen.buffer[0][40].bg == "default"
    assert screen.display[10].startswith("after")
    assert screen.buffer[10][0].fg == screen.buffer[10][0].bg == "default"


def test_an_output_without_block_characters_is_said_so(photo, saved) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    with pytest.raises(Problem, match="has no block characters"):
        show(saved(photo, "a.png"), mode=Mode.OCTANT, columns=40, rows=20, stream=out)
