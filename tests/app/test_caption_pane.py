"""Writing on the screen: by grapheme, byte for byte, measured, saved by itself, never lost."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from textual.widgets import Button

from studio.captions.graphemes import graphemes
from studio.project.project import Project
from tests.app.page import CAPTION, NOW, XMAS, put

FAMILY = "👩‍👩‍👧‍👦"
CLUSTERS = {
    "family": FAMILY,
    "flag": "🇫🇷",
    "two flags": "🇫🇷🇩🇪",
    "flag of a part": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "skin tone": "👍🏽",
    "keycap": "1️⃣",
    "heart": "❤️",
    "on fire": "❤️‍🔥",
    "combining": "e\u0301",
    "stacked": "Z͑ͫ",
    "thai": "กำ",
    "hangul": "각",
    "devanagari": "क्षि",
}


@pytest.fixture(autouse=True)
def no_clipboard_helpers(monkeypatch):
    for name in ("WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "STY", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


def write(page, text):
    put(page, "captions/xmas.md", text)


async def writing(d):
    await d.press("f4")
    assert d.app.focused is d.editor


# by grapheme


@pytest.mark.parametrize("name", CLUSTERS)
async def test_one_key_passes_or_deletes_what_a_reader_sees_as_one(desk, page, name):
    cluster = CLUSTERS[name]
    count = len(graphemes(cluster))
    assert count == (2 if name == "two flags" else 1)
    write(page, f"a{cluster}b")
    async with desk() as d:
        await writing(d)
        await d.press("right", *["right"] * count)
        assert d.editor.cursor_location == (0, 1 + len(cluster))
        await d.press(*["left"] * count)
        assert d.editor.cursor_location == (0, 1)
        await d.press(*["delete"] * count)
        assert d.editor.text == "ab"
        await d.press("ctrl+z")
        assert d.editor.text[0] + d.editor.text[-1] == "ab"
        while d.editor.text != f"a{cluster}b":
            before = d.editor.text
            await d.press("ctrl+z")
            assert d.editor.text != before, "undo does not bring it back"
        await d.press("end", "left", *["backspace"] * count)
        assert d.editor.text == "ab"
        await d.saved()
        assert d.file("captions/xmas.md") == "ab"


async def test_up_and_down_never_stop_inside_a_grapheme(desk, page):
    write(page, f"abcdefgh\n{FAMILY}{FAMILY}{FAMILY}\nabcdefgh")
    async with desk() as d:
        await writing(d)
        for column in range(9):
            d.editor.move_cursor((0, column))
            await d.press("down")
            row, found = d.editor.cursor_location
            assert row == 1
            assert found % len(FAMILY) == 0
            await d.press("down")
            assert d.editor.cursor_location[0] == 2


@pytest.mark.parametrize("text", [FAMILY, "👍🏽", "🇫🇷", "1️⃣", "e\u0301", "नी"])
async def test_what_a_terminal_sends_code_point_by_code_point_is_written_whole(desk, page, text):
    write(page, "")
    async with desk() as d:
        await writing(d)
        await d.type(f"<{text}>")
        assert d.editor.text == f"<{text}>"
        await d.press("left", "backspace", "backspace")
        assert d.editor.text == ">"


async def test_selecting_goes_by_grapheme_too(desk, page):
    write(page, f"{FAMILY}🇫🇷x")
    async with desk() as d:
        await writing(d)
        await d.press("home", "shift+right", "shift+right")
        assert d.editor.selected_text == f"{FAMILY}🇫🇷"
        await d.press("backspace")
        assert d.editor.text == "x"


# byte for byte


FILES = {
    "line separator": "one\u2028two\u2029three\n".encode(),
    "next line": "one\u0085two\n".encode(),
    "form feed": b"one\x0ctwo\x0bthree\n",
    "tabs": b"\tone\ttwo\n",
    "CR": b"one\rtwo\r",
    "CR LF": b"one\r\ntwo\r\n",
    "mixed": b"one\r\ntwo\nthree\rfour\n\r\n",
    "NUL": b"one\x00two\n",
    "escape": b"one\x1b[31mtwo\x1b]52;c;eA==\x07\n",
    "bidi": "one\u202etwo\u2066\n".encode(),
    "BOM": b"\xef\xbb\xbfone\n",
    "BOM inside": "one\ufefftwo\n".encode(),
    "no end": b"one",
    "spaces at the end": b"one  \n\n   \n",
    "empty lines": b"\n\n\n",
    "composed and not": "e\u0301 \u00e9 \u1112\u1161\u11ab\n".encode(),
}


@pytest.mark.parametrize("name", FILES)
async def test_a_character_typed_changes_nothing_else_in_the_file(desk, page, name):
    data = FILES[name]
    put(page, "captions/xmas.md", data)
    async with desk() as d:
        await writing(d)
        d.assert_safe()
        await d.press("x")
        d.assert_safe()
        await d.saved()
        bom = b"\xef\xbb\xbf" if name == "BOM" else b""
        assert (page / "captions/xmas.md").read_bytes() == bom + b"x" + data.removeprefix(bom)
        await d.press("backspace", "down", "up", "end", "home")
        await d.saved()
        assert (page / "captions/xmas.md").read_bytes() == data
        assert d.dialog == ""


@pytest.mark.parametrize("data", [b"caf\xe9\n", "wide".encode("utf-16")], ids=["latin", "utf-16"])
async def test_a_file_that_is_not_utf_8_is_shown_and_not_written(desk, page, data):
    put(page, "captions/xmas.md", data)
    async with desk() as d:
        await writing(d)
        await d.type("x")
        await d.press("backspace", "delete", "enter", "ctrl+s")
        await d.paste("y")
        await d.saved()
        assert (page / "captions/xmas.md").read_bytes() == data
        assert "read only" in str(d.caption.border_subtitle)


async def test_what_is_pasted_comes_with_line_feeds(desk, page):
    write(page, "")
    async with desk() as d:
        await writing(d)
        await d.paste("one\r\ntwo\rthree\u2028four\tfive\x1b[31m")
        await d.saved()
        assert (page / "captions/xmas.md").read_bytes() == (
            "one\ntwo\nthree\u2028four\tfive\x1b[31m".encode()
        )
        d.assert_safe()


# saving


async def test_it_saves_itself_a_second_after_the_last_key_and_not_before(desk, page):
    async with desk() as d:
        await writing(d)
        await d.type("So ")
        typed = d.caption.draft.last_key
        d.session.drafts.tick(typed + 0.9)
        await d.settle()
        assert d.file("captions/xmas.md") == CAPTION
        assert d.caption.border_subtitle == "not saved yet"
        d.session.drafts.tick(typed + 1.0)
        await d.settle()
        assert d.file("captions/xmas.md") == "So " + CAPTION
        assert d.caption.border_subtitle == "saved"


async def test_undo_while_writing_takes_back_words_and_the_file_follows(desk):
    async with desk() as d:
        await writing(d)
        await d.type("So ")
        await d.saved()
        while d.editor.text != CAPTION:
            before = d.editor.text
            await d.press("ctrl+z")
            assert d.editor.text != before, "undo does not bring it back"
        await d.press("ctrl+y")
        assert d.editor.text != CAPTION
        await d.press("ctrl+z")
        await d.saved()
        assert d.file("captions/xmas.md") == CAPTION
        assert not (d.root / "media/red.png.xmp").exists()


async def test_undo_in_one_caption_never_brings_the_words_of_another(desk):
    async with desk() as d:
        await writing(d)
        await d.type("So ")
        await d.press("escape", "j")
        assert d.editor.text == ""
        await writing(d)
        await d.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert d.editor.text == ""
        await d.saved()
        assert not (d.root / "captions/corner-shop.md").exists()


async def test_the_first_words_of_an_idea_make_its_file_and_its_card_says_so(desk):
    async with desk() as d:
        await d.choose("corner-shop")
        await writing(d)
        await d.type("Penny sweets.")
        await d.saved()
        assert d.file("captions/corner-shop.md") == "Penny sweets."
        await d.heard("captions/corner-shop.md")
        assert d.text(d.board.rows).count("caption ✓") == 2


async def test_every_idea_keeps_its_own_words_while_the_cursor_runs_over_the_board(desk):
    async with desk() as d:
        await writing(d)
        await d.type("1")
        await d.press("f2", "j", "f4")
        await d.type("2")
        await d.press("f2")
        await d.burst("j", "j", "k", "k", "k", "j")
        assert d.cursor_title() == "Corner shop"
        assert d.editor.text == "2"
        await d.saved()
        assert d.file("captions/xmas.md") == "1" + CAPTION
        assert d.file("captions/corner-shop.md") == "2"


# measure


async def test_the_margin_counts_as_the_platform_does(desk, page):
    write(page, f"Frost {FAMILY} on the inside. #80skid #winter @grandma")
    async with desk() as d:
        words = d.text(d.caption.query_one("#measure"))
        assert "of 2,200" in words
        assert "tags 2 of 5" in words
        assert "@ 1" in words
        assert "seen whole" in words
        counted = int(words.split(" of 2,200")[0].split()[-1])
        await writing(d)
        await d.press("x")
        words = d.text(d.caption.query_one("#measure"))
        assert int(words.split(" of 2,200")[0].split()[-1]) == counted + 1


async def test_a_caption_too_long_and_with_too_many_tags_is_flagged(desk, page):
    write(page, "x" * 2201 + " " + " ".join(f"#t{n}" for n in range(35)))
    async with desk() as d:
        words = d.text(d.caption.query_one("#measure"))
        assert "✗" in words
        assert "tags 35" in words


async def test_what_is_cut_off_by_more_is_dimmed_in_the_text(desk, page):
    write(page, "First line.\n" + "And then a great deal more was said. " * 8 + "\n#80skid")
    async with desk() as d:
        assert "seen before more" in d.text(d.caption.query_one("#measure"))
        region = d.editor.region
        first = d.colours(region.x + 1, region.y)[0]
        later = d.colours(region.x + 1, region.y + 4)[0]
        assert first != later


async def test_tags_and_mentions_have_colours_of_their_own(desk):
    async with desk() as d:
        region = d.editor.region
        rows = d.text(d.editor).splitlines()
        at = next(y for y, row in enumerate(rows) if "#80skid" in row)
        plain = d.colours(region.x + 1, region.y)[0]
        tag = d.colours(region.x + 1, region.y + at)[0]
        mention = d.colours(region.x + rows[at].index("@"), region.y + at)[0]
        assert len({plain, tag, mention}) == 3


# versions


async def test_a_platform_gets_its_own_words_and_can_give_them_back(desk):
    async with desk() as d:
        await d.press("f4", "f10", "f11")
        assert "TikTok · its own version" in str(d.caption.border_title)
        await d.type("Short! ")
        await d.saved()
        assert d.file("captions/xmas.tiktok.md") == "Short! " + CAPTION
        assert d.file("captions/xmas.md") == CAPTION
        await d.press("f10")
        assert d.editor.text == CAPTION
        await d.press("f10")
        assert d.editor.text == "Short! " + CAPTION
        await d.press("f11")
        assert not (d.root / "captions/xmas.tiktok.md").exists()
        assert d.editor.text == CAPTION
        await d.press("f2", "ctrl+z")
        assert d.file("captions/xmas.tiktok.md") == "Short! " + CAPTION
        assert "its own version" in str(d.caption.border_title)
        assert d.editor.text == "Short! " + CAPTION


async def test_words_typed_just_before_a_version_is_dropped_come_back_with_it(desk):
    async with desk() as d:
        await d.press("f4", "f10", "f11")
        await d.type("Short! ")
        await d.press("f11")
        await d.saved()
        assert not (d.root / "captions/xmas.tiktok.md").exists()
        assert d.file("captions/xmas.md") == CAPTION
        await d.press("f2", "ctrl+z")
        assert d.file("captions/xmas.tiktok.md") == "Short! " + CAPTION


async def test_an_idea_for_one_platform_is_measured_for_that_one(desk, page):
    put(page, "ideas/xmas.md", XMAS.replace("[instagram, tiktok]", "[tiktok]"))
    async with desk() as d:
        assert "TikTok" in str(d.caption.border_title)
        await d.press("f4", "f10")
        assert "TikTok" in str(d.caption.border_title)


async def test_an_idea_for_a_platform_nobody_knows_is_still_written(desk, page):
    put(page, "ideas/xmas.md", XMAS.replace("[instagram, tiktok]", "[myspace, tiktok]"))
    async with desk() as d:
        await writing(d)
        await d.press("f10", "f10", "f10")
        await d.type("So ")
        await d.saved()
        assert d.file("captions/xmas.md") == "So " + CAPTION


# copying


@pytest.mark.parametrize(
    "data",
    [
        CAPTION.encode(),
        f"{FAMILY} 🇫🇷 e\u0301\u2028x\n\n".encode(),
        b"one\ntwo  \n",
        b"\x1b]52;c;eA==\x07 \x00",
    ],
)
async def test_copy_sends_exactly_the_bytes_of_the_file(desk, page, data):
    put(page, "captions/xmas.md", data)
    async with desk() as d:
        sent = []
        d.app._driver.write = sent.append
        await writing(d)
        await d.press("f9")
        told = [one for one in sent if one.startswith("\x1b]52;")]
        assert told == [f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"]
        words = " ".join(d.toasts())
        assert "may refuse it" in words
        assert "captions/xmas.md" in words
        d.assert_safe()


async def test_what_was_typed_is_saved_before_it_is_copied(desk):
    async with desk() as d:
        sent = []
        d.app._driver.write = sent.append
        await writing(d)
        await d.type("So ")
        await d.press("f9")
        told = [one for one in sent if one.startswith("\x1b]52;c;")]
        assert [base64.b64decode(one[7:-1]).decode() for one in told] == ["So " + CAPTION]
        assert d.file("captions/xmas.md") == "So " + CAPTION


async def test_copying_what_is_not_there_says_so(desk):
    async with desk() as d:
        await d.choose("corner-shop")
        await d.press("f4", "f9")
        assert "There is no caption to copy yet." in d.toasts()


# others


async def test_a_caption_changed_outside_shows_up(desk):
    async with desk() as d:
        await writing(d)
        await d.outside("captions/xmas.md", "From the phone.\n")
        assert d.editor.text == "From the phone.\n"
        assert d.dialog == ""
        await d.type("x")
        await d.saved()
        assert d.file("captions/xmas.md") == "xFrom the phone.\n"


async def test_a_version_made_outside_shows_up_where_it_belongs(desk):
    async with desk() as d:
        await d.press("f4", "f10")
        await d.outside("captions/xmas.tiktok.md", "From the phone.\n")
        assert d.editor.text == "From the phone.\n"
        assert "its own version" in str(d.caption.border_title)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("both", "Mine. " + CAPTION.rstrip() + "\n\nFrom the phone.\n"),
        ("mine", "Mine. " + CAPTION),
        ("theirs", "From the phone.\n"),
    ],
)
async def test_a_caption_changed_here_and_outside_asks_and_loses_neither(desk, answer, wanted):
    async with desk() as d:
        await writing(d)
        await d.type("Mine. ")
        await d.outside("captions/xmas.md", "From the phone.\n")
        assert d.dialog == "Choice"
        words = d.text()
        assert "Mine. Nobody warned us" in words
        assert "From the phone." in words
        d.app.screen.query_one(f"#answer-{answer}", Button).press()
        await d.settle()
        await d.saved()
        assert d.dialog == ""
        assert d.file("captions/xmas.md") == wanted
        assert d.editor.text == wanted
        history = d.session.project.history
        kept = {history.get(entry.digest) for entry in history.entries("captions/xmas.md")}
        now = {wanted.encode()}
        assert ("Mine. " + CAPTION).encode() in kept | now or answer == "both"
        assert b"From the phone.\n" in kept | now


async def test_a_caption_deleted_outside_while_it_is_written_is_not_lost(desk):
    async with desk() as d:
        await writing(d)
        await d.type("Mine. ")
        await d.outside("captions/xmas.md", None)
        assert d.dialog == "Choice"
        d.app.screen.query_one("#answer-mine", Button).press()
        await d.settle()
        await d.saved()
        assert d.file("captions/xmas.md") == "Mine. " + CAPTION


async def test_a_save_that_fails_says_so_once_and_the_words_stay(desk, page):
    async with desk() as d:
        await writing(d)
        await d.type("So ")
        (page / "studio.toml").rename(page / "studio.away")
        for seconds in (10, 20, 30, 40):
            d.later(seconds)
            await d.settle()
        assert len([words for words in d.toasts() if "studio.toml is gone" in words]) == 1
        assert d.editor.text == "So " + CAPTION
        assert d.caption.border_subtitle == "not saved yet"
        (page / "studio.away").rename(page / "studio.toml")
        d.later(1000)
        await d.settle()
        assert d.file("captions/xmas.md") == "So " + CAPTION


@pytest.mark.parametrize("answer", ["take", "leave"])
async def test_what_a_crash_left_is_offered_back(desk, page, answer):
    project = Project.open(page)
    base = project.store.version("captions/xmas.md")
    project.journal.record("captions/xmas.md", b"Lost words.\n", base)
    project.journal.close()
    async with desk() as d:
        assert d.dialog == "Choice"
        assert "Lost words." in d.text()
        assert "captions/xmas.md" in d.text()
        d.app.screen.query_one(f"#answer-{answer}", Button).press()
        await d.settle()
        wanted = "Lost words.\n" if answer == "take" else CAPTION
        assert d.editor.text == wanted
        assert d.file("captions/xmas.md") == wanted
    async with desk() as d:
        assert d.dialog == ""
    assert datetime(2026, 1, 1, tzinfo=UTC) < NOW
