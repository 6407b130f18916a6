"""The dialog of numbers typed by hand, and the reminders of them."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from studio.app.reminding import reminder_words
from studio.stats.log import PATH
from tests.app.desk import NARROW, WIDE

LINK = "https://www.instagram.com/reel/DdiElgWgAAA/"
DISCO = """\
---
title: Roller disco
stage: posted
rank: V
format: reel
platforms: [instagram, tiktok]
planned: 2026-11-21 19:30
---
"""


@pytest.fixture
def page(page):
    """The page, with an idea that was posted 47 hours ago."""
    (page / "ideas/disco.md").write_text(DISCO, "utf-8")
    return page


def screenshot(page, name, colour, *, newest):
    path = page / "inbox" / name
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (90, 195), colour).save(path)
    os.utime(path, (newest, newest))
    return path


async def log_of(d, slug="disco"):
    await d.choose(slug)
    await d.press("L")


async def test_the_line_is_echoed_while_it_is_typed(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("1.2k 88 - 12")
        echo = d.text(d.app.screen.query_one("#echo")).splitlines()
        assert [line.split() for line in echo[1:]] == [
            ["views", "~1,200", "–"],
            ["likes", "88", "–"],
            ["comments", "–", "–"],
            ["saves", "12", "–"],
            ["shares", "–", "–"],
            ["follows", "–", "–"],
        ]


async def test_enter_writes_a_row_and_undo_takes_it_back(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("1204 88 3 12 4 2")
        await d.press("enter")
        assert d.dialog == ""
        assert d.file(PATH).splitlines()[1] == (
            "2026-11-23T18:42:00+00:00,disco,instagram,,2026-11-21T19:30:00+00:00,reel,"
            "1204,,88,3,12,4,2"
        )
        assert any("Logged: views 1,204" in words for words in d.toasts())
        posts = [post for post in d.session.numbers.posts.posts if post.idea]
        assert [(post.views, post.idea) for post in posts] == [(1204, "disco")]
        await d.press("ctrl+z")
        assert not (d.root / PATH).exists()
        assert not [post for post in d.session.numbers.posts.posts if post.idea]


async def test_the_second_typing_shows_what_was_there_and_what_was_won(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("1204 88")
        await d.press("enter")
        await log_of(d)
        await d.type("ig 1500 90")
        echo = d.text(d.app.screen.query_one("#echo")).splitlines()
        assert echo[0].split() == ["typed", "23", "Nov", "won"]
        assert echo[1].split() == ["views", "1,500", "1,204", "+296"]
        assert echo[3].split() == ["comments", "–", "–"]


async def test_fewer_than_before_or_not_understood_needs_a_second_enter(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("12 88 bananas")
        odd = d.app.screen.query_one("#odd")
        assert "“bananas” is not a figure" in d.text(odd)
        assert "more likes than views?" in d.text(odd)
        await d.press("enter")
        assert d.dialog == "LogScreen"
        assert "Enter again logs" in d.text(odd)
        await d.press("enter")
        assert d.dialog == ""
        await log_of(d)
        await d.type("ig 11")
        assert "fewer views than before?" in d.text(d.app.screen.query_one("#odd"))


async def test_nothing_typed_logs_nothing(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.press("enter")
        assert d.dialog == "LogScreen"
        assert any("at least one number" in words for words in d.toasts())
        await d.press("escape")
        assert d.dialog == ""
        assert not (d.root / PATH).exists()


async def test_the_platform_is_chosen_by_key_or_in_the_line_and_remembered(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.press("ctrl+t")
        await d.type("500")
        await d.press("enter")
        assert ",disco,tiktok," in d.file(PATH)
        await log_of(d)
        await d.type("ig 600")
        await d.press("enter")
        assert ",disco,instagram," in d.file(PATH).splitlines()[2]
        assert d.session.numbers.log_platform == "instagram"


async def test_a_link_pasted_tells_platform_and_time_and_goes_to_the_idea(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("tt 1204")
        await d.press("tab", "tab")
        await d.paste(LINK)
        assert "from its link" in " ".join(d.text(d.app.screen.query_one("#when")).split())
        await d.press("enter")
        assert f",disco,instagram,{LINK},,reel,1204," in d.file(PATH)
        assert LINK in d.file("ideas/disco.md")
        await d.press("ctrl+z")
        assert d.file("ideas/disco.md") == DISCO
        assert not (d.root / PATH).exists()


async def test_a_time_typed_is_the_audiences(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("1204")
        await d.press("tab", "tab")
        await d.type("2026-11-20 08:15")
        assert "Fri 20 Nov 08:15, 82 h ago, as typed" in d.text(d.app.screen.query_one("#when"))
        await d.press("enter")
        assert ",2026-11-20T08:15:00+00:00,reel,1204," in d.file(PATH)


async def test_a_time_that_is_none_is_said_and_not_written(desk) -> None:
    async with desk() as d:
        await log_of(d)
        await d.type("1204")
        await d.press("tab", "tab")
        await d.type("last friday")
        await d.press("enter")
        assert d.dialog == "LogScreen"
        await d.press("enter")
        assert ",disco,instagram,,,reel,1204," in d.file(PATH)


async def test_an_idea_not_posted_yet_can_be_moved_or_logged_all_the_same(desk) -> None:
    async with desk() as d:
        await log_of(d, "arcade")
        assert d.dialog == "Choice"
        assert "is not posted" in d.text()
        await d.press("enter")
        assert d.dialog == "LogScreen"
        assert "stage: posted" in d.file("ideas/arcade.md")
        await d.type("300")
        await d.press("enter")
        assert ",arcade,instagram," in d.file(PATH)


# the screenshot


def shot(d):
    return d.app.screen.query_one("#shot")


def middle(d):
    region = shot(d).region
    return d.colours(region.x + region.width // 2, region.y + region.height // 2)


def near(found, wanted):
    return any(max(abs(a - b) for a, b in zip(one, wanted, strict=True)) < 12 for one in found)


async def test_the_newest_screenshot_is_beside_and_the_arrows_go_on(desk, page) -> None:
    screenshot(page, "old.png", (200, 30, 20), newest=1_000_000)
    screenshot(page, "new.png", (20, 160, 40), newest=2_000_000)
    async with desk(WIDE) as d:
        await log_of(d)
        await d.until(lambda: shot(d).picture is not None)
        await d.settle()
        assert "new.png" in d.text(d.app.screen.query_one("#shot-name"))
        assert near(middle(d), (20, 160, 40))
        before = shot(d).picture
        await d.press("down")
        await d.until(lambda: shot(d).picture is not before)
        await d.settle()
        assert "old.png" in d.text(d.app.screen.query_one("#shot-name"))
        assert near(middle(d), (200, 30, 20))
        await d.type("77")
        assert "views" in d.text(d.app.screen.query_one("#echo"))


async def test_on_a_narrow_terminal_f3_lays_it_over_the_form_while_typing(desk, page) -> None:
    screenshot(page, "new.png", (20, 160, 40), newest=2_000_000)
    async with desk(NARROW) as d:
        await log_of(d)
        assert not shot(d).region.height
        await d.press("f3")
        await d.until(lambda: shot(d).picture is not None)
        await d.settle()
        assert near(middle(d), (20, 160, 40))
        await d.type("1204 88")
        assert d.text(d.app.screen.query_one("#brief")).split() == ["views", "1,204", "likes", "88"]
        await d.press("f3", "f3", "f3")  # closer, closest, away
        assert not shot(d).region.height
        assert "1,204" in d.text(d.app.screen.query_one("#echo"))


async def test_a_screenshot_that_comes_while_the_dialog_is_open_is_found(desk, page) -> None:
    async with desk(WIDE) as d:
        await log_of(d)
        assert "F3" not in d.text()
        screenshot(page, "late.png", (20, 160, 40), newest=2_000_000)
        d.app.screen.picture._look()
        await d.until(lambda: shot(d).picture is not None)
        await d.settle()
        assert near(middle(d), (20, 160, 40))


async def test_a_picture_dropped_on_the_line_is_shown_and_not_typed(desk, page, tmp_path) -> None:
    other = tmp_path / "my phone's shot.png"
    Image.new("RGB", (90, 195), (220, 180, 30)).save(other)
    async with desk(WIDE) as d:
        await log_of(d)
        await d.paste(f"'{str(other).replace(chr(39), chr(39) + chr(92) + chr(39) + chr(39))}' ")
        await d.until(lambda: shot(d).picture is not None)
        await d.settle()
        assert near(middle(d), (220, 180, 30))
        assert d.app.screen.query_one("#line").value == ""
        await d.paste("1204 88")
        assert d.app.screen.query_one("#line").value == "1204 88"


async def test_a_screenshot_is_read_closer_and_further_down(desk, page) -> None:
    path = page / "inbox" / "tall.png"
    path.parent.mkdir(exist_ok=True)
    tall = Image.new("RGB", (90, 400), (200, 30, 20))
    tall.paste((30, 60, 210), (0, 200, 90, 400))
    tall.save(path)
    async with desk(WIDE) as d:
        await log_of(d)
        await d.until(lambda: shot(d).picture is not None)
        await d.settle()
        assert near(middle(d), (200, 30, 20))
        for _ in range(12):
            before = shot(d).picture
            await d.press("pagedown")
            await d.until(lambda was=before: shot(d).picture is not was)
            if near(middle(d), (30, 60, 210)):
                break
        assert near(middle(d), (30, 60, 210))


async def test_a_broken_screenshot_says_so_and_the_line_goes_on(desk, page) -> None:
    (page / "inbox").mkdir(exist_ok=True)
    (page / "inbox" / "[b]x[.png").write_bytes(b"\x89PNG no")
    async with desk(WIDE) as d:
        await log_of(d)
        await d.until(lambda: bool(shot(d).message))
        await d.type("5")
        await d.press("enter")
        assert d.dialog == ""


# reminders


async def test_the_board_and_the_line_of_facts_say_what_wants_its_numbers(desk) -> None:
    async with desk() as d:
        assert "numbers 24 h?" in d.text(d.board)
        assert "2 posts want their numbers (L)" in d.text(d.screen.query_one("#facts"))
        await log_of(d)
        await d.type("1204 88")
        await d.press("enter")
        assert "1 post wants its numbers (L)" in d.text(d.screen.query_one("#facts"))
        await log_of(d)
        assert d.app.screen.query_one("#platforms").chosen == "tiktok"
        await d.type("900")
        await d.press("enter")
        assert "numbers 24 h?" not in d.text(d.board)
        assert "want" not in d.text(d.screen.query_one("#facts"))
        await d.press("ctrl+z")
        assert "1 post wants its numbers (L)" in d.text(d.screen.query_one("#facts"))


async def test_an_idea_moved_to_posted_is_reminded_of_at_once(desk, page) -> None:
    (page / "ideas/disco.md").write_text(DISCO.replace("posted", "scheduled"), "utf-8")
    async with desk() as d:
        assert "numbers 24 h?" not in d.text(d.board)
        await d.choose("disco")
        await d.press("m")
        await d.settle()
        assert "numbers 24 h?" in d.text(d.board)


def test_the_words_name_the_key_there_is() -> None:
    class One:
        path, platform = "ideas/a.md", "tiktok"

    assert reminder_words([One()], {}) == "1 post wants its numbers (L)"
    assert reminder_words([One()], {"board.log": "f9"}) == "1 post wants its numbers (f9)"
    assert reminder_words([One()], {"board.log": "nowhere.board.log"}) == "1 post wants its numbers"
    assert reminder_words([], {}) == ""
