"""One caption for several platforms, its first comment, and the texts of its pictures."""

from __future__ import annotations

from studio.app.screens.alt_text import AltTextScreen
from studio.app.writing.strip import VersionStrip
from studio.media.sidecar import read_verdict
from tests.app.page import put

OWN_RULES = """
[threads.caption_max]
value = 40
source = "me"
as_of = "2026-11-20"
grade = "general"

[bluesky]
name = "Bluesky"
"""


def for_platforms(page, names):
    path = page / "ideas/xmas.md"
    path.write_text(path.read_text("utf-8").replace("[instagram, tiktok]", f"[{names}]"), "utf-8")


def title(d):
    return str(d.caption.border_title)


def strip(d):
    return d.text(d.caption.query_one(VersionStrip)).strip()


async def looked(d):
    """Wait until the line of platforms is brought up to date, as it is when the hands rest."""
    d.caption._look_closer()
    await d.settle()
    d.caption._look_closer()
    await d.settle()


async def test_an_own_version_shows_what_differs_and_undo_brings_it_back(desk, page):
    put(page, "captions/xmas.md", "the best part was the paper")
    for_platforms(page, "instagram, threads, tiktok")
    async with desk((160, 45)) as d:
        seen = []
        d.editor.overlay = lambda name, spans: seen.append((name, tuple(spans)))
        await d.press("f4")
        assert "Instagram · the base text" in title(d)
        await d.press("f10", "f11", *("end", "!"))
        assert "Threads · its own version · 1 word differs from the base text" in title(d)
        assert seen[-1] == ("differs", ((27, 28),))
        await looked(d)
        assert strip(d).startswith("Instagram  ▸Threads*")
        await d.press("f10")
        assert "TikTok · the base text" in title(d)
        assert seen[-1] == ("differs", ())
        await d.saved()
        assert d.file("captions/xmas.threads.md") == "the best part was the paper!"
        assert d.file("captions/xmas.md") == "the best part was the paper"
        await d.press("f10", "f10", "f11")
        await d.settle()
        assert "Threads · the base text" in title(d)
        assert not (page / "captions/xmas.threads.md").exists()
        d.session.undo()
        await d.settle()
        assert d.file("captions/xmas.threads.md") == "the best part was the paper!"


async def test_the_line_of_platforms_tells_whose_limit_is_broken_and_takes_a_click(desk, page):
    put(page, "captions/xmas.md", "x" * 510)
    put(page, "captions/xmas.threads.md", "short")
    for_platforms(page, "instagram, threads, pinterest, facebook")
    async with desk((160, 45)) as d:
        await d.press("f4")
        await looked(d)
        assert strip(d) == "▸Instagram  Threads*  Pinterest 102% !  Facebook"
        x = strip(d).index("Threads")
        await d.pilot.click(VersionStrip, offset=(x + 2, 0))
        await d.settle()
        assert "Threads · its own version" in title(d)
        assert d.editor.text == "short"
        d.editor.load_text("y" * 501)
        await d.settle()
        await looked(d)
        assert "▸Threads* 100% ✗" in strip(d)


async def test_a_first_comment_is_a_text_of_its_own_and_no_caption(desk, page):
    put(page, "captions/xmas.md", "")
    async with desk((160, 45)) as d:
        await d.press("f4", "ctrl+n")
        assert "First comment  Instagram · the base text" in title(d)
        assert d.editor.text == ""
        await d.type("#80skid")
        await d.saved()
        await d.heard("captions/xmas.comment.md")
        assert d.file("captions/xmas.comment.md") == "#80skid"
        assert d.file("captions/xmas.md") == ""
        assert "xmas" not in d.session.captioned
        assert "xmas.comment" not in d.session.captioned
        await d.press("f11", "end", "!")
        await d.saved()
        assert d.file("captions/xmas.instagram.comment.md") == "#80skid!"
        await d.press("ctrl+n")
        assert title(d).startswith("Caption  Instagram · the base text")
        await d.press("ctrl+n")
        assert d.editor.text == "#80skid!"
        await d.press("escape")
        await d.choose("vhs")
        await d.press("f4")
        assert title(d).startswith("Caption")
        await d.choose("xmas")
        assert d.session.trash(d.session.idea("ideas/xmas.md"))
        await d.settle()
        assert not list((page / "captions").glob("xmas*"))


async def test_a_file_that_is_another_ideas_caption_is_never_taken_for_a_version(desk, page):
    put(page, "ideas/xmas.tiktok.md", "---\ntitle: Other\nstage: idea\nrank: Z\n---\n")
    put(page, "captions/xmas.tiktok.md", "other words")
    async with desk((160, 45)) as d:
        await d.press("f4", "f10")
        assert "TikTok · the base text" in title(d)
        await d.press("f11")
        assert "captions/xmas.tiktok.md is another idea's caption" in d.toasts()[-1]
        assert d.session.captioned == {"xmas", "xmas.tiktok"}
        assert d.session.trash(d.session.idea("ideas/xmas.md"))
        await d.settle()
        assert d.file("captions/xmas.tiktok.md") == "other words"


async def test_the_projects_own_rules_hold_at_once_and_a_broken_file_is_told(desk, page):
    put(page, "captions/xmas.md", "x" * 41)
    for_platforms(page, "threads, bluesky")
    async with desk((160, 45)) as d:
        await d.press("f4")
        assert "of 500" in d.text(d.caption)
        assert d.caption.platforms() == ("threads",)
        await d.outside("platforms.toml", OWN_RULES)
        assert "41 of 40" in d.text(d.caption)
        assert d.caption.platforms() == ("threads", "bluesky")
        await d.press("f10")
        assert "Bluesky · the base text" in title(d)
        await d.outside("platforms.toml", OWN_RULES.replace("= 40", "= -1"))
        assert "[threads.caption_max] is below zero" in d.toasts()[-1]
        assert "Threads" in title(d)
        assert "of 500" in d.text(d.caption)


async def test_pictures_are_described_one_after_the_other_and_undone(desk, page):
    async with desk((160, 45)) as d:
        await d.press("f4", "ctrl+l")
        assert isinstance(d.app.screen, AltTextScreen)
        assert d.text().count("missing") == 4
        await d.type("A red wall")
        assert "Instagram 10 of 1,000" in d.text()
        assert "1 of 4 described" in d.text()
        await d.press("pagedown")
        await d.type("Grass")
        await d.press("escape")
        await d.settle()
        red = page / "media/red.png.xmp"
        assert read_verdict(red.read_bytes()).alt == "A red wall"
        assert read_verdict((page / "media/green.png.xmp").read_bytes()).alt == "Grass"
        assert d.session.media.verdict("media/red.png").alt == "A red wall"
        d.session.undo()
        await d.settle()
        assert d.session.media.verdict("media/green.png").alt is None
        assert d.session.media.verdict("media/red.png").alt == "A red wall"
        await d.resize(70, 30)
        await d.press("f3", "A")
        assert isinstance(d.app.screen, AltTextScreen)
        assert "A red wall" in d.text()
        assert "Picture 1 of 4 · 1 of 4" in d.text()
        d.assert_safe()
        await d.press("escape")
        await d.press("escape")
        await d.choose("disco")
        await d.press("f4", "ctrl+l")
        assert "no picture here" in d.toasts()[-1]
