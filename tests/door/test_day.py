"""A day's work on a real terminal: what is done on the screen lies in the folder afterwards.

The crash test at length: STUDIO_KILLS=100 python -m pytest tests/door/test_day.py -k killed
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from studio.media.sidecar import read_verdict
from studio.project.project import Project
from tests.pages import CAPTION, IDEA, meta_csv
from tests.terminal import Terminal, studio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Open = Callable[[], Terminal]

KILLS = int(os.environ.get("STUDIO_KILLS", "1"))
FAMILY = "👩\u200d👩\u200d👧"
FIRST = "captions/first-snow.md"


@pytest.fixture
def opened(page: Path, environment: dict[str, str]) -> Open:
    """Open the page on a wide terminal, as often as wanted."""

    def start() -> Terminal:
        return Terminal(studio(str(page)), env=environment, columns=160, rows=45, cwd=page.parent)

    return start


def quit_(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0


def folder(page: Path) -> dict[str, bytes]:
    """Return every file of the project with its bytes."""
    files = (file for file in page.rglob("*") if file.is_file())
    return {file.relative_to(page).as_posix(): file.read_bytes() for file in files}


def test_the_whole_loop_of_a_day(page: Path, opened: Open) -> None:
    before = folder(page)
    export = meta_csv(page.parent / "my export.csv")
    with opened() as terminal:
        # The first idea under way is chosen; its caption and its pictures are there.
        terminal.wait_for("Small page", "First snow", "never felt the cold", "snow-1.jpg", "1 of 3")

        # Look at the pictures, keep one, reject one, give one three stars.
        terminal.press("f3")
        terminal.wait_for("p keep x reject")
        terminal.press("p")
        terminal.wait_for("kept 1", "snow-2.jpg")
        terminal.press("x")
        terminal.wait_for("rejected 1", "snow-3.jpg")
        terminal.press("3")
        terminal.wait_for("★★★☆☆")
        terminal.wait_until(lambda: len(list(page.glob("media/*.xmp"))) == 3)
        rejected = (page / "media" / "snow-2.jpg.xmp").read_text("utf-8")
        assert re.search(r"xmp:Rating(=.|>)-1\b", rejected)  # as other programs read it
        decided = [
            read_verdict(page.joinpath(f"media/snow-{n}.jpg.xmp").read_bytes()) for n in "123"
        ]
        assert [one.keep for one in decided] == [True, False, None]
        assert [one.stars for one in decided] == [None, None, 3]

        # Write the caption. The family is three emoji in one; one backspace takes all of it.
        terminal.press("f4")
        terminal.wait_for("f9 copy")
        terminal.type(f"Grüße {FAMILY}")
        terminal.wait_for("Grüße", "not saved yet")
        terminal.press("backspace")
        terminal.type("🎁\n")
        words = f"Grüße 🎁\n{CAPTION}"
        terminal.wait_until(lambda: (page / FIRST).read_bytes() == words.encode())

        # Take the numbers in, from within the caption.
        terminal.press("f7")
        terminal.wait_for("Import numbers")
        terminal.type(f"'{export}'")
        terminal.press("enter")
        terminal.wait_for("8 new posts", "Take in")
        assert not list((page / "stats" / "exports").iterdir())  # not before it was read
        terminal.press("enter")
        terminal.wait_for("Can't tell yet (8 posts)", "Next posts to try", gone="Import numbers")
        (stored,) = (page / "stats" / "exports").iterdir()
        assert stored.read_bytes() == export.read_bytes()

        # Another program changes an idea; the board shows it.
        idea = page / "ideas" / "corner-shop.md"
        idea.write_bytes(idea.read_bytes().replace(b"Corner shop", b"Penny sweets"))
        terminal.wait_for("Penny sweets", gone="Corner shop", patience=5)

        quit_(terminal)
        assert terminal.modes == {7, 25}  # no mouse reports, no other screen, a cursor
        pushed = re.findall(rb"\x1b\[>\d+u", terminal.bytes)
        assert len(pushed) == terminal.bytes.count(b"\x1b[<u")  # of the keyboard's protocol
        assert terminal.cooked

    after = folder(page)
    new = {name for name in after if name not in before}
    assert new == {f"media/snow-{n}.jpg.xmp" for n in "123"} | {f"stats/exports/{stored.name}"}
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {FIRST, "ideas/corner-shop.md"}

    with opened() as terminal:
        terminal.wait_for("Grüße", "Penny sweets", "kept 1   rejected 1", "(8 posts)")
        terminal.press("f3")
        terminal.wait_for("p keep x reject")
        terminal.press("end")
        terminal.wait_for("★★★☆☆", "snow-3.jpg")
        quit_(terminal)
    assert folder(page) == after  # looking changes nothing


def test_a_change_can_be_taken_back_after_a_restart(page: Path, opened: Open) -> None:
    idea, sidecar = page / "ideas" / "first-snow.md", page / "media" / "snow-1.jpg.xmp"
    before = folder(page)
    with opened() as terminal:
        terminal.wait_for("First snow", "snow-1.jpg", "never felt")
        terminal.press("m")  # on to the next stage
        terminal.wait_until(lambda: b"stage: ready" in idea.read_bytes())
        terminal.press("f3")
        terminal.wait_for("p keep x reject")
        terminal.press("x")
        terminal.wait_for("rejected 1")
        terminal.wait_until(sidecar.exists)
        quit_(terminal)
    lines = zip(IDEA.splitlines(), idea.read_text("utf-8").splitlines(), strict=True)
    changed = [new for old, new in lines if old != new]
    assert [line.partition(":")[0] for line in changed] in (["stage"], ["stage", "rank"])

    with opened() as terminal:
        terminal.wait_for("READY 1", "Corner shop")
        terminal.press("down")
        terminal.wait_for("rejected 1")
        terminal.press("ctrl+z")
        terminal.wait_for("Undone: Reject snow-1.jpg")
        terminal.wait_until(lambda: not sidecar.exists())
        terminal.press("ctrl+z")
        terminal.wait_until(lambda: idea.read_text("utf-8") == IDEA)
        quit_(terminal)
    after = folder(page)
    assert {name: after[name] for name in before} == before

    with opened() as terminal:
        terminal.wait_for("MAKING 2", "rejected 0")
        terminal.press("ctrl+y", "ctrl+y")
        terminal.wait_until(lambda: sidecar.exists() and b"stage: ready" in idea.read_bytes())
        quit_(terminal)


def test_keys_typed_faster_than_the_screen_follows_go_where_they_were_meant_to(
    page: Path, opened: Open
) -> None:
    before = folder(page)
    with opened() as terminal:
        terminal.wait_for("First snow", "snow-1.jpg", "never felt")
        # d, m and x are commands on the board; here they are a title and a caption.
        terminal.burst("n", *"dim mixed", "enter", "f4", *"demmo", "backspace", "backspace", *"o!")
        idea, caption = page / "ideas" / "dim-mixed.md", page / "captions" / "dim-mixed.md"
        terminal.wait_until(lambda: caption.read_text("utf-8") == "demo!")
        terminal.burst("f2", "down", "f3", "p", "x", "3")
        terminal.wait_for("kept 1   rejected 1", "★★★☆☆")
        terminal.burst("f2", "/", *"mixt", "enter", "m", "ctrl+q")
        assert terminal.wait_exit() == 0
    after = folder(page)
    assert idea.is_file()
    assert {name: after.get(name) for name in before} == before
    assert [read_verdict(after[f"media/snow-{n}.jpg.xmp"]).keep for n in "123"] == [
        *(True, False, None)
    ]


@pytest.mark.parametrize("turn", range(KILLS))
def test_what_was_typed_before_the_program_was_killed_is_offered_back(
    page: Path, opened: Open, turn: int
) -> None:
    state = Project.open(page).state
    with opened() as terminal:
        terminal.wait_for("never felt the cold")
        terminal.press("f4")
        terminal.wait_for("f9 copy")
        typed = ""
        while not list(state.glob("journal/*/*.unsaved")):  # never idle, so not saved yet
            typed += "é"
            terminal.press("é")
        terminal.kill()
    assert (page / FIRST).read_bytes() == CAPTION.encode()

    with opened() as terminal:
        terminal.wait_for("ended before this was saved", "é", "Take it back")
        terminal.press("enter")
        terminal.wait_until(lambda: (page / FIRST).read_bytes() != CAPTION.encode())
        terminal.wait_for("é", gone="Take it back")
        quit_(terminal)
    kept = (page / FIRST).read_text("utf-8")
    assert kept.endswith(CAPTION)
    assert typed.startswith(kept.removesuffix(CAPTION) or "nothing")

    with opened() as terminal:  # and it is offered once
        terminal.wait_for("#80skid #snowday", gone="ended before this was saved")
        quit_(terminal)


def test_left_over_text_that_is_not_wanted_stays_in_the_history(page: Path, opened: Open) -> None:
    project = Project.open(page)
    project.journal.record(FIRST, b"from the night before", project.store.version(FIRST))
    project.journal.close()
    with opened() as terminal:
        terminal.wait_for("from the night before", "Keep the file as it is")
        terminal.press("right", "enter")
        terminal.wait_for("never felt the cold", gone="Keep the file as it is")
        quit_(terminal)
    assert (page / FIRST).read_bytes() == CAPTION.encode()
    assert b"from the night before" in versions(page)


def versions(page: Path) -> set[bytes]:
    """Return all texts of the first caption that the history has."""
    history = Project.open(page).history
    return {history.get(entry.digest) for entry in history.entries(FIRST)}


@pytest.mark.parametrize("answer", ["both", "mine", "theirs"])
def test_a_caption_changed_here_and_outside_asks_and_loses_neither(
    page: Path, opened: Open, answer: str
) -> None:
    caption = page / FIRST
    mine, theirs = f"MINE {CAPTION}", "Theirs, from another program\n"
    with opened() as terminal:
        terminal.wait_for("never felt the cold")
        terminal.press("f4")
        terminal.wait_for("f9 copy")
        terminal.type("MINE ")
        terminal.wait_for("MINE", "not saved yet")
        caption.write_text(theirs, "utf-8")
        terminal.wait_for("changed here and by another program", "Both", "Mine", "Theirs")
        assert caption.read_text("utf-8") == theirs  # nothing is decided yet
        terminal.press(*["right"] * ["both", "mine", "theirs"].index(answer), "enter")
        terminal.wait_for(gone="changed here and by another program")
        if answer == "mine":
            terminal.wait_until(lambda: caption.read_text("utf-8") == mine)
        elif answer == "both":
            terminal.wait_until(lambda: "MINE" in caption.read_text("utf-8"))
            terminal.wait_for("MINE", "Theirs, from")
        else:
            terminal.wait_for("Theirs, from", gone="MINE")
        quit_(terminal)
    text = caption.read_text("utf-8")
    assert not list(page.glob("captions/*conflict*"))
    if answer == "both":
        assert text == f"{mine.rstrip()}\n\n{theirs}"
    elif answer == "mine":
        assert text == mine
        assert theirs.encode() in versions(page)
    else:
        assert text == theirs
        assert mine.encode() in versions(page)
