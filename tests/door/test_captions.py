"""Writing captions on a real terminal: what was typed or pasted lies in the files, byte for byte.

The crash test at length: STUDIO_KILLS=100 python -m pytest tests/door/test_captions.py -k killed
"""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest

from studio.project.project import Project
from tests.pages import CAPTION
from tests.terminal import Terminal, studio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Open = Callable[[], Terminal]

KILLS = int(os.environ.get("STUDIO_KILLS", "1"))
FILE = "captions/first-snow.md"
OWN = "captions/first-snow.tiktok.md"
BITS = (
    "snow ",
    "Grüße ",
    "雪が降る ",
    "ثلج ",
    "שלג ",
    "👩\u200d👩\u200d👧 ",
    "🇬🇧",
    "e\u0301",
    "  \n",
    "\n",
)


@pytest.fixture
def opened(page: Path, environment: dict[str, str]) -> Open:
    """Open the page on a wide terminal, as often as wanted."""

    def start() -> Terminal:
        return Terminal(studio(str(page)), env=environment, columns=160, rows=45, cwd=page.parent)

    return start


def into_the_caption(terminal: Terminal) -> None:
    terminal.wait_for("never felt the cold", "snow-1.jpg")
    terminal.press("f4")
    terminal.wait_for("f9 copy")


def quit_(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0


def test_a_caption_is_typed_pasted_taken_back_and_given_to_another_platform(
    page: Path, opened: Open
) -> None:
    chance = random.Random(5)
    long = ""
    while len(long.encode()) < 100_000:
        long += chance.choice(BITS)
    with opened() as terminal:
        into_the_caption(terminal)
        terminal.type("Typed. ")
        typed = f"Typed. {CAPTION}"
        terminal.wait_until(lambda: (page / FILE).read_text("utf-8") == typed)

        terminal.paste(long)
        pasted = f"Typed. {long}{CAPTION}"
        terminal.wait_until(lambda: (page / FILE).read_bytes() == pasted.encode())
        terminal.press("ctrl+z")
        terminal.wait_until(lambda: (page / FILE).read_text("utf-8") == typed)

        terminal.press("f10")
        terminal.wait_for("TikTok · the base text")
        terminal.press("f11")
        terminal.wait_for("TikTok · its own version")
        terminal.type("Tok: ")
        terminal.wait_until(lambda: "Tok: " in (page / OWN).read_text("utf-8"))
        assert (page / FILE).read_text("utf-8") == typed
        terminal.press("f10")
        terminal.wait_for("Instagram · the base text")
        quit_(terminal)
    assert (page / OWN).read_text("utf-8").replace("Tok: ", "", 1) == typed
    assert (page / FILE).read_text("utf-8") == typed

    with opened() as terminal:
        terminal.wait_for("Typed. We never felt the cold")
        quit_(terminal)


@pytest.mark.parametrize("turn", range(KILLS))
def test_killed_a_second_after_a_key_nothing_older_is_missing(
    page: Path, opened: Open, turn: int
) -> None:
    """Kill -9 at some moment while keys come; what was typed over a second before is there."""
    wait = 1.2 + (turn * 0.37) % 3.5
    with opened() as terminal:
        into_the_caption(terminal)
        started = time.monotonic()
        typed: list[tuple[float, str]] = []
        while time.monotonic() - started < wait:
            letter = "abcdefgh"[len(typed) % 8]
            terminal.press(letter)
            typed.append((time.monotonic(), letter))
        terminal.wait_for("".join(letter for _, letter in typed)[-20:])
        ended = time.monotonic()
        terminal.kill()
    sure = "".join(letter for at, letter in typed if at < ended - 1.5)
    file = (page / FILE).read_text("utf-8")
    assert file.endswith(CAPTION)  # whole, at whatever moment it was saved

    with opened() as terminal:
        if not file.startswith(sure) or not sure:
            terminal.wait_for("ended before this was saved", "Take it back")
            terminal.press("enter")
            terminal.wait_until(lambda: (page / FILE).read_text("utf-8") != file)
        else:
            terminal.wait_for("snow-1.jpg")
        quit_(terminal)
    kept = (page / FILE).read_text("utf-8")
    assert kept.endswith(CAPTION)
    assert kept.startswith(sure)
    whole = "".join(letter for _, letter in typed)
    assert whole.startswith(kept.removesuffix(CAPTION))


ODD = {
    "bad UTF-8": (b"caf\xe9 and a longer line\n", "read only"),
    "UTF-16": ("\ufeffcaf\u00e9 and more\n".encode("utf-16-le"), "read only"),
    "CRLF": (b"First line of two\r\nsecond\r\n", "First line of two"),
    "byte order mark": (b"\xef\xbb\xbfMarked from the start\n", "Marked from the start"),
    "NUL": (b"With a \x00 inside\n", "inside"),
    "five megabytes": (
        ("Five megabytes of words. " * 200 + "\n").encode() * 1000,
        "read only: is no caption",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_a_file_no_one_would_write_is_shown_or_refused_and_stays_as_it_is(
    page: Path, opened: Open, name: str
) -> None:
    data, shown = ODD[name]
    (page / FILE).write_bytes(data)
    with opened() as terminal:
        terminal.wait_for(shown, "snow-1.jpg")
        terminal.press("f4", "f10", "f10", "f2", "down", "up")
        terminal.wait_for("First snow")
        quit_(terminal)
    assert (page / FILE).read_bytes() == data
    assert not Project.open(page).history.entries(FILE)
