"""All captions ever written, searched as one types."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from textual.widgets import Input

from studio.app.screens.searching import SearchScreen
from studio.app.widgets.rows import RowList
from studio.captions.past import Past
from studio.captions.written import Written
from tests.app.page import CAPTION, put

PATH = "captions/xmas.md"
WHEN = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
WRITINGS = (
    Written(PATH, None, CAPTION, WHEN, "here", "Christmas morning 1989"),
    Written(PATH, None, "Old words about the telly.\n", WHEN, "version", "Christmas morning 1989"),
    Written("captions/vhs.tiktok.md", "tiktok", "Be kind, rewind the telly", WHEN, "here", "VHS"),
    Written("captions/gone.md", None, "The telly in the trash", WHEN, "version", "Gone idea"),
    Written("", "instagram", "x" * 300 + " telly \x1b[31m\u202e posted", WHEN, "posted", ""),
)


class AllOfThem:
    """Stands for the session's index: there once it was asked for."""

    normal = None

    def __init__(self):
        self.past = None
        self.wanted = 0

    def get(self):
        return self.past

    def want(self):
        self.wanted += 1

    def look_again(self, paths):
        pass


@pytest.fixture(autouse=True)
def no_clipboard_helpers(monkeypatch):
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME", "TMUX", "STY", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


def words(d):
    return " ".join(d.text().replace("│", " ").split())


async def test_hits_come_as_one_types_and_enter_goes_there(desk, page):
    put(page, "captions/vhs.tiktok.md", "Be kind, rewind the telly")
    put(
        page,
        "ideas/vhs.md",
        (page / "ideas/vhs.md")
        .read_text()
        .replace("rank: V", "rank: V\nplatforms: [instagram, tiktok]"),
    )
    async with desk((160, 45)) as d:
        past = d.session.past = AllOfThem()
        await d.press("f4", "ctrl+r")
        assert d.dialog == "SearchScreen"
        assert past.wanted == 1
        assert "Still reading all captions" in words(d)
        await d.type("telly")
        past.past = Past(WRITINGS)
        d.app.screen.on_past_changed()
        await d.settle()
        said = words(d)
        assert "4 hits in 5 texts" in said
        assert "Christmas morning 1989" in said
        assert "older version · 1 Nov 2026" in said
        assert "TikTok · as it stands" in said
        assert "Instagram · posted" in said
        d.assert_safe()
        underlined = [
            segment.text
            for line in d.segments()
            for segment in line
            if segment.style and segment.style.underline
        ]
        assert underlined.count("telly") == 5  # in each hit, and in the text beside them
        await d.type(" rewind")
        assert "1 hit in" in words(d)
        await d.press("enter")
        assert d.dialog == ""
        assert d.cursor_title() == "VHS rewind"
        assert d.editor.text == "Be kind, rewind the telly"
        assert "TikTok · its own version" in str(d.caption.border_title)
        assert d.pane == "caption"
        await d.press("f2", "ctrl+r")
        await d.type("wrapping paper")
        await d.press("enter")
        assert d.cursor_title() == "Christmas morning 1989"
        assert d.editor.text == CAPTION
        assert d.pane == "caption"


async def test_what_was_said_before_opens_its_versions_and_any_text_is_copied(desk):
    async with desk((70, 30)) as d:
        past = d.session.past = AllOfThem()
        past.past = Past(WRITINGS)
        await d.press("f4")
        sent = []
        d.app._driver.write = sent.append
        await d.press("ctrl+r")
        assert "a text is found that has all of them" in words(d)
        await d.type('"old words')
        await d.press("f9")
        told = [one[7:-1] for one in sent if one.startswith("\x1b]52;c;")]
        assert [base64.b64decode(one).decode() for one in told] == ["Old words about the telly.\n"]
        d.assert_safe()
        await d.press("enter")
        assert d.dialog == "HistoryScreen"
        await d.press("escape", "ctrl+r")
        await d.type("nothing has this")
        assert "Nothing written so far has all of these words." in words(d)
        d.app.screen.query_one(Input).value = "posted"
        await d.settle()
        await d.press("down", "enter")
        assert any("no caption file" in toast for toast in d.toasts())
        d.app.screen.query_one(Input).value = "telly"
        await d.settle()
        listed = d.app.screen.query_one(RowList)
        assert len(listed.rows) == 4
        await d.press("tab", "y", "r")
        assert d.app.screen.query_one(Input).value == "tellyr"
        assert isinstance(d.app.screen, SearchScreen)
        await d.press("backspace")
        titles = [row.lines[0](60, listed._pens).plain for row in listed.rows]
        place = next(n for n, title in enumerate(titles) if "Gone idea" in title)
        await d.press(*["down"] * place, "enter")
        assert d.dialog == "HistoryScreen"
        assert "Gone idea" in words(d)
        d.assert_safe()
        await d.press("escape")
        assert d.editor.text == CAPTION
