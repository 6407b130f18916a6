"""Arriving without a project named, at several widths, and with names from strangers."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from studio.project.places import shipped
from tests.door.test_verbs import FILE_NAMES, OSC_52
from tests.pages import POSTS, Posted, make_picture, meta_csv
from tests.terminal import Terminal, studio

if TYPE_CHECKING:
    from pathlib import Path

# What the screen may send besides text: cursor, colours, modes, the pointer's shape, the title,
# and what the terminal is asked.
KNOWN = re.compile(
    rb"\x1b\[[0-9;]*[mHJKABCDGdr]"
    rb"|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9]+\$p|\x1b\[[<>=][0-9;]*u|\x1b\[\?u|\x1b\[c|\x1b\[6n"
    rb"|\x1b\]22;[a-z-]*\x07|\x1b\[>[0-9;]*[a-z]"
    rb"|\x1b\[\?1;1;0S|\x1b\[16t|\x1b_Gi=31,s=1,v=1,a=q,[a-z0-9,=]*;AAAA\x1b\\"
)


def strays(sent: bytes) -> set[bytes]:
    """Return the control bytes a program sent that are part of no sequence it should send."""
    rest = KNOWN.sub(b"", sent).decode("utf-8")
    steering = re.findall(
        r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069].{0,9}", rest
    )
    return {found.encode() for found in steering}


@pytest.mark.parametrize("sent", [OSC_52.encode(), b"\x1b[2Ja\x9b31m".decode("latin-1").encode()])
def test_a_stray_sequence_would_be_found(sent: bytes) -> None:
    assert strays(b"\x1b[1mtitle\x1b[0m " + sent)
    assert not strays(b"\x1b[1;31mtitle\x1b[0m\x1b[2;3H\x1b[?25l\r\n")


def test_a_sample_chosen_from_the_list_opens_as_ones_own_copy(
    environment: dict[str, str], home: Path
) -> None:
    sample = shipped("sample_projects") / "rewind-89"
    before = {file: file.stat().st_mtime_ns for file in sample.rglob("*")}
    with Terminal(studio(), env=environment, columns=110, rows=35) as terminal:
        terminal.wait_for("Recent", "Nothing yet.", "Samples", "Rewind 89")
        terminal.press("end", "enter")
        terminal.wait_for("Christmas morning 1989")
        terminal.press("f2", "m")
        terminal.wait_for("READY")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    (copy,) = home.glob("state/**/samples/rewind-89")
    assert (copy / "studio.toml").is_file()
    assert {file: file.stat().st_mtime_ns for file in sample.rglob("*")} == before
    with Terminal(studio(), env=environment, columns=110, rows=35) as terminal:
        terminal.wait_for("Recent", "~/state/studio/samples/rewind-89", gone="Nothing yet.")
        terminal.press("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize(("columns", "rows"), [(70, 30), (40, 12), (200, 60)])
def test_every_pane_can_be_reached_however_wide_the_terminal(
    page: Path, environment: dict[str, str], columns: int, rows: int
) -> None:
    with Terminal(studio(str(page)), env=environment, columns=columns, rows=rows) as terminal:
        terminal.wait_for("First snow")
        terminal.press("f3")
        terminal.wait_for("snow-1.jpg")
        terminal.press("f4")
        terminal.wait_for("never felt the cold")
        terminal.press("f5")
        terminal.wait_for("No numbers yet.")
        terminal.press("f2")
        terminal.wait_for("First snow")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_hostile_names_and_texts_reach_no_pane_as_commands(
    page: Path, environment: dict[str, str]
) -> None:
    config = page / "studio.toml"
    config.write_text(config.read_text().replace('"Small page"', '"Small \\u001b]0;x\\u0007 [/]"'))
    nasty = "[@click=app.quit]free[/] [/] notes [WIP] [$a]"
    for number, name in enumerate(FILE_NAMES):
        make_picture(page / "media" / f"{name}.png", number % 3, (20, 20))
        # Control characters make a file that is shown and not rewritten; the others are ideas.
        title, pillar = (nasty, "[/]") if number else (OSC_52, OSC_52)
        (page / "ideas" / f"{name}.md").write_text(
            f"---\ntitle: {number} {title}\nstage: making\nrank: {number}\npillar: '{pillar}'\n"
            "format: '[/]'\nplatforms: ['[@click=app.quit]']\ntags: ['[nope]']\nplanned: '[x]'\n"
            f"media: ['media/notes [WIP].png', 'media/[nope].jpg']\n---\n{OSC_52} [/]\n",
            "utf-8",
        )
        (page / "captions" / f"{name}.md").write_text(f"{OSC_52} [/] {nasty} #tag\n", "utf-8")
    (page / "media" / "broken.jpg").write_bytes(b"\xff\xd8\xff broken" + OSC_52.encode())
    posts = [Posted(post.at, f"{OSC_52}{nasty} {post.caption}") for post in POSTS]
    export = meta_csv(page.parent / f"{OSC_52}[@click=app.quit].csv", posts)
    shutil.copy(export, page / "stats" / "exports")
    with Terminal(studio(str(page)), env=environment, columns=160, rows=45) as terminal:
        terminal.wait_for("1 [@click=app.quit]free[/]…", "␛]52;c;aGk=␇", "8 posts")
        for _ in range(len(FILE_NAMES) + 2):
            terminal.press("down")
        terminal.burst("o")  # the idea's form
        terminal.wait_for("Pillar", "Planned")
        terminal.press("escape")
        terminal.wait_for(gone="Planned")
        terminal.burst("f3", "a", "end", "left", "p", "x", "home")
        terminal.wait_for("all media")
        terminal.burst("f5", "left", "enter")
        terminal.wait_for("Escape goes back", "[@click=app.quit].csv, line")
        terminal.press("escape")
        terminal.wait_for(gone="Escape goes back")
        terminal.burst("f7")
        terminal.wait_for("Import numbers")
        terminal.paste(f"missing[nope].csv '{page.parent}'")
        terminal.press("enter")
        terminal.wait_for("missing[nope].csv", "cannot be read", "there already")
        terminal.press("escape")
        terminal.wait_for(gone="Import numbers")
        terminal.burst("f2", "ctrl+p")
        terminal.wait_for("Search for commands")
        terminal.press("escape")
        terminal.wait_for(gone="Search for commands")
        terminal.press("f1")
        terminal.wait_for("Show every key")
        terminal.press("escape")
        terminal.wait_for(gone="Show every key")
        terminal.press("ctrl+z")
        terminal.wait_for("Undone: ")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert strays(bytes(terminal.bytes)) == set()
    assert b"]52;" not in terminal.bytes.replace("␛]52;".encode(), b"")


def test_a_page_in_a_folder_with_an_odd_name_opens(page: Path, environment: dict[str, str]) -> None:
    odd = page.rename(page.with_name("".join(FILE_NAMES)))
    argv = [*map(os.fsencode, studio()), os.fsencode(odd)]
    with Terminal(argv, env=environment, columns=110, rows=35) as terminal:
        terminal.wait_for("First snow")
        terminal.press("f4", "y", "ctrl+q")
        assert terminal.wait_exit() == 0
    assert (odd / "captions" / "first-snow.md").read_text().startswith("yWe never")
    assert strays(bytes(terminal.bytes)) == set()
    with Terminal(studio(), env=environment, columns=200, rows=35) as terminal:
        terminal.wait_for("Small page")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert strays(bytes(terminal.bytes)) == set()
