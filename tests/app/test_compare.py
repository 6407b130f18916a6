"""Two texts side by side: what differs is read without colour, what cannot be seen has a sign."""

from __future__ import annotations

import re

from studio.app.screens.compare import CompareScreen
from studio.app.widgets.sides import SideBySide
from studio.app.widgets.signs import runs_of, told, unseen_only
from studio.captions.compare import compare
from tests.app.page import put

OLD = "Nobody warned us.\nThe best part was the wrapping paper.\ngone\n\n#80skid\n"
NEW = "Nobody warned us.\nThe best part was the cardboard box.  \n\n#80skid #winter\nnew"


def lines(old, new, side="new"):
    found = compare(old, new)
    last = found.rows[-1]
    return [
        "".join(
            run.text
            for run in runs_of(
                getattr(row, side),
                kind=side,
                unseen=unseen_only(row),
                alone=row.what == side,
                last=row is last,
            )
        )
        for row in found.rows
        if getattr(row, side) is not None
    ]


def test_a_difference_is_told_in_words():
    assert told(compare("a", "a")) == "the same text"
    assert told(compare("a b c\nd", "a b x\nd")) == "1 line changed"
    assert told(compare("a b c\nd\ne e", "a b x\nnew one\nd")) == (
        "1 line changed, 1 added, 1 removed"
    )
    assert told(compare("a\n", "a")) == "1 line removed; only in what cannot be seen"
    assert told(compare("a b", "a  b")) == "1 line changed; only in what cannot be seen"


def test_what_cannot_be_seen_has_a_sign():
    assert lines("a\n", "a", "old") == ["a", "⏎ the text ends with a line end"]
    assert lines("a", "a  ") == ["a··"]
    assert lines("a  ", "a", "old") == ["a··"]
    assert lines("a b", "a  b") == ["a ·b"] or lines("a b", "a  b") == ["a··b"]
    assert lines("a b", "a\u00a0b") in (["a⍽b"],)
    assert "‹200D›" in lines("a b", "a\u200d b")[0]
    assert lines("👩‍👧", "👩👧", "old") == ["👩‹200D›👧"]
    assert "‹0301›" in lines("caf\u00e9", "cafe\u0301")[0]
    # an emoji that is new is shown as it is
    assert lines("a", "a 👩‍👧") == ["a 👩‍👧"]


def test_nothing_that_steers_a_terminal_comes_through():
    shown = "".join(lines("\x1b[31mold\u202e", "\x1b]52;c;eA==\x07new \x1b"))
    assert "\x1b" not in shown
    assert "\x07" not in shown


async def test_the_base_text_and_an_own_version_are_compared_on_a_key(desk, page):
    put(page, "captions/xmas.md", OLD)
    put(page, "captions/xmas.tiktok.md", NEW)
    async with desk((160, 45)) as d:
        await d.press("f4", "f10", "shift+f11")
        assert d.dialog == "CompareScreen"
        words = d.text()
        assert "Base text" in words
        assert "2 lines changed" in words
        row = next(row for row in words.splitlines() if "wrapping paper." in row)
        assert "cardboard box.··" in row  # beside each other
        assert row.count("~") == 2
        assert any("− " in line and "gone" in line for line in words.splitlines())
        assert any("+ " in line and "new" in line for line in words.splitlines())
        await d.press("n")
        assert "change 1 of" in d.text()
        await d.press("N")
        sides = d.app.screen.query_one(SideBySide)
        assert f"change {sides.changes} of {sides.changes}" in d.text()
        underlined = "".join(
            segment.text
            for line in d.segments()
            for segment in line
            if segment.style and segment.style.underline
        )
        assert "wrapping" in underlined
        assert "cardboard" in underlined
        assert "Nobody" not in underlined
        d.assert_safe()
        await d.resize(70, 30)
        rows = d.rows()
        assert any(re.search("− +2 The best part was the wrapping paper.", row) for row in rows)
        assert any(re.search(r"\+ +2 The best part was the cardboard box.··", row) for row in rows)
        await d.press("escape")
        assert d.dialog == ""
        d.app.push_screen(CompareScreen("One", "same", "Other", "same"))
        await d.settle()
        assert "the same text" in d.text()
        await d.press("q")
        d.app.push_screen(
            CompareScreen("\x1b[31m", "word " * 4000 + "end\n" * 4000, "Long", "word " * 4000)
        )
        await d.settle()
        assert "4,000 removed" in d.text() or "4,000 lines removed" in d.text()
        d.assert_safe()
        await d.press("end")
        assert "⏎" in d.text()
