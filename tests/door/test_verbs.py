"""Every verb of the door, run from outside: what it prints, where, and how it exits."""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio import __version__
from studio.captions.export import read_back
from tests.pages import (
    CAPTION,
    POSTS,
    Posted,
    make_clip,
    make_picture,
    meta_csv,
    tiktok_csv,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[bytes]]

LIBC = ctypes.CDLL(None)
ESCAPE = re.compile(rb"\x1b\[[0-9;]*m")  # the one kind of sequence that `show` may write
OSC_52 = "\x1b]52;c;aGk=\x07"
HOSTILE = (
    OSC_52,
    "[/]",
    "[@click=app.quit]free[/]",
    "notes [WIP]",
    "two\nlines",
    "[link=http:evil]x",
    "\x9b31m c1",
    "\u202egpj.exe",
    "\udcff not utf-8",
)
FILE_NAMES = tuple(name for name in HOSTILE if "/" not in name)
WORST = "".join(FILE_NAMES)  # all of them in one name


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a verb that went well printed."""
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    return done.stdout.decode()


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one line that a verb which was asked wrongly printed."""
    error = done.stderr.decode()
    assert done.returncode == 2, (done.returncode, error)
    assert done.stdout == b""
    assert error.count("\n") == 1, error
    assert error.endswith(".\n"), error
    assert error.startswith("studio"), error
    return error


def no_control(data: bytes) -> None:
    """Check that nothing but line feeds could steer a terminal."""
    text = data.decode()  # and that it is UTF-8 through and through
    steering = {c for c in text if unicodedata.category(c) in {"Cc", "Cs"} or c == "\u202e"}
    assert steering <= {"\n"}, (steering, text)


# --version and help


def test_the_version_is_told(run: Run) -> None:
    assert said(run("--version")) == f"studio {__version__}\n"


def test_help_tells_of_every_verb(run: Run) -> None:
    told = said(run("--help"))
    for verb in ("new", "import", "show", "stats", "count", "lint", "check", "shot"):
        assert verb in told
        assert said(run(verb, "--help")).startswith(f"usage: studio {verb}")


# new


def test_a_new_project_is_a_folder_that_check_finds_nothing_wrong_with(
    run: Run, tmp_path: Path
) -> None:
    told = said(run("new", "my page"))
    assert f"studio '{tmp_path / 'my page'}'" in told  # can be pasted into a shell
    assert (tmp_path / "my page" / "studio.toml").is_file()
    assert list((tmp_path / "my page" / "ideas").glob("*.md"))
    assert said(run("check", "my page")) == "Nothing is wrong.\n"


def test_a_new_project_never_lands_on_top_of_something(run: Run, page: Path) -> None:
    (page.parent / "full").mkdir()
    (page.parent / "full" / "diary.txt").write_text("dear diary")
    before = (page / "studio.toml").read_bytes()
    assert "studio page" in complaint(run("new", "page")).replace(f"{page.parent}/", "")
    assert "not empty" in complaint(run("new", "full"))
    assert "file" in complaint(run("new", "full/diary.txt"))
    assert (page / "studio.toml").read_bytes() == before
    assert [file.name for file in (page.parent / "full").iterdir()] == ["diary.txt"]


def test_an_unknown_sample_names_those_there_are(run: Run, tmp_path: Path) -> None:
    assert "no sample" in complaint(run("new", "x", "--sample", "nope"))
    assert not (tmp_path / "x").exists()


def test_a_sample_becomes_a_project_of_ones_own(run: Run, tmp_path: Path) -> None:
    from studio.project.places import shipped

    names = [file.parent.name for file in shipped("sample_projects").glob("*/studio.toml")]
    assert {"rewind-89", "new-page"} <= set(names)
    for name in names:
        said(run("new", name, "--sample", name))
        assert said(run("check", name)) == "Nothing is wrong.\n"
        mine = (tmp_path / name / "studio.toml").read_bytes()
        assert mine != (shipped("sample_projects") / name / "studio.toml").read_bytes()


# import and stats


def test_exports_are_taken_in_and_their_posts_are_told(run: Run, page: Path) -> None:
    meta_csv(page.parent / "meta.csv")
    tiktok_csv(page.parent / "tiktok.csv")
    told = said(run("import", "page", "meta.csv", "tiktok.csv"))
    assert "2 files imported, 16 new and 0 updated posts" in told
    stored = sorted((page / "stats" / "exports").iterdir())
    assert {file.read_bytes() for file in stored} == {
        (page.parent / name).read_bytes() for name in ("meta.csv", "tiktok.csv")
    }
    told = said(run("stats", "page"))
    assert "Instagram: 8 posts, 1 Sep 2026 – 22 Sep 2026" in told
    assert "TikTok: 8 posts" in told
    assert "an't tell yet" in told  # eight posts are too few, and it says so


def test_taking_the_same_export_in_again_changes_nothing(run: Run, page: Path) -> None:
    meta_csv(page.parent / "meta.csv")
    said(run("import", "page", "meta.csv"))
    before = said(run("stats", "page"))
    assert "nothing to do" in said(run("import", "page", "meta.csv"))
    assert len(list((page / "stats" / "exports").iterdir())) == 1
    assert said(run("stats", "page")) == before


def test_the_figures_as_json_have_the_times_of_the_posts_and_no_nought_for_a_missing_one(
    run: Run, page: Path
) -> None:
    posts = [*POSTS, Posted(POSTS[0].at.replace(month=10), "No reach", views=None, reach=None)]
    meta_csv(page.parent / "meta.csv", posts)
    planned = json.loads(said(run("import", "page", "meta.csv", "--json")))
    assert (planned["new"], planned["files"][0]["posts"]) == (9, 9)
    told = json.loads(said(run("stats", "page", "--json")))
    assert [summary["platform"] for summary in told["platforms"]] == ["instagram"]
    assert told["platforms"][0]["usual"] == 800
    by_caption = {post["caption"]: post for post in told["posts"]}
    assert by_caption["No reach"]["reach"] is None
    assert by_caption["No reach"]["views"] is None
    for post in posts:
        assert by_caption[post.caption]["posted_at"] == post.at.isoformat()


def test_a_page_without_numbers_says_how_to_get_some(run: Run, page: Path) -> None:
    assert "studio import" in said(run("stats", "page"))


def test_a_file_that_is_no_export_is_told_of_beside_those_that_are(run: Run, page: Path) -> None:
    meta_csv(page.parent / "meta.csv")
    (page.parent / "odd.csv").write_text("a,b\n1,2\n")
    told = said(run("import", "page", "odd.csv", "meta.csv"))
    assert "odd.csv\n    not understood" in told
    assert "8 new" in told


def test_an_import_of_nothing_that_is_an_export_stores_nothing(run: Run, page: Path) -> None:
    (page.parent / "odd.csv").write_text("a,b\n1,2\n")
    (page.parent / "hollow").mkdir()
    assert "odd.csv" in complaint(run("import", "page", "odd.csv"))
    assert "missing.csv" in complaint(run("import", "page", "missing.csv"))
    assert "hollow" in complaint(run("import", "page", "hollow"))
    assert "picture" in complaint(run("import", "page", page / "media" / "snow-1.jpg"))
    assert not list((page / "stats" / "exports").iterdir())


# show


@pytest.mark.parametrize("cells", ["half", "quadrant", "sextant", "octant"])
def test_a_picture_is_shown_within_the_room_it_is_given(run: Run, page: Path, cells: str) -> None:
    picture = page / "media" / "snow-1.jpg"
    told = run("show", picture, "--cells", cells, "--size", "24x9")
    lines = ESCAPE.sub(b"", told.stdout).decode().splitlines()
    assert told.returncode == 0
    assert len(lines) == 9
    assert {len(line) for line in lines} <= {14, 15}  # 4:5 in cells twice as high as wide
    assert b"\x1b[0m\n" in told.stdout
    no_control(ESCAPE.sub(b"", told.stdout))
    assert "".join(lines).strip()


def test_a_picture_fills_the_terminal_when_no_size_is_given(
    run: Run, page: Path, environment: dict[str, str]
) -> None:
    env = environment | {"COLUMNS": "30", "LINES": "11"}
    told = run("show", page / "media" / "snow-1.jpg", env=env)
    assert told.stdout.count(b"\n") == 10


def test_a_clip_is_shown_as_its_poster(run: Run, page: Path) -> None:
    clip = make_clip(page / "media" / "clip.mp4")
    told = run("show", clip, "--size", "20x6")
    assert told.returncode == 0
    assert told.stdout.count(b"\n") == 6


def test_a_terminal_without_block_characters_is_told_so(
    run: Run, page: Path, environment: dict[str, str]
) -> None:
    env = environment | {"PYTHONIOENCODING": "ascii"}
    assert "utf-8" in complaint(run("show", page / "media" / "snow-1.jpg", env=env))


# count


def test_a_caption_is_counted_for_each_platform(run: Run, page: Path) -> None:
    caption = page / "captions" / "first-snow.md"
    instagram = said(run("count", caption, "--platform", "instagram"))
    assert f"Instagram  {len(CAPTION.encode()) - 1}/2200" in instagram or "/2200" in instagram
    assert "#2/5" in instagram
    assert "TikTok" in said(run("count", caption, "--platform", "tiktok"))
    both = said(run("count", caption))
    assert "Instagram" in both
    assert "TikTok" in both


def test_a_caption_can_come_from_standard_input(run: Run) -> None:
    text = "Wrapping paper 🎁 #80skid"
    told = json.loads(said(run("count", "-", "--json", input=text.encode())))
    assert not told["blocked"]
    assert {one["platform"] for one in told["platforms"]} >= {"instagram", "tiktok"}
    assert all(one["graphemes"] == 24 for one in told["platforms"])


def test_a_caption_that_a_platform_would_refuse_exits_with_one(run: Run) -> None:
    told = run("count", "-", "--platform", "instagram", input=b"x" * 2201)
    assert told.returncode == 1
    assert b"2201/2200" in told.stdout
    assert told.stderr == b""


# lint

GENERATED = "Some places stay with you. 🌊\n\nIt's not the view. It's the way up.\n\nHere's to us!"


def test_what_reads_like_a_machine_is_shown_and_exits_with_one(run: Run, page: Path) -> None:
    (page / "captions" / "cliff.md").write_text(GENERATED)
    told = run("lint", page / "captions" / "cliff.md", page / "captions" / "first-snow.md")
    assert told.returncode == 1
    assert b"reads like a machine" in told.stdout
    assert b"first-snow.md  not flagged" in told.stdout
    assert told.stderr == b""


def test_a_caption_to_lint_can_come_from_standard_input(run: Run) -> None:
    flagged = run("lint", "-", "--json", input=GENERATED.encode())
    assert flagged.returncode == 1
    assert json.loads(flagged.stdout)["files"][0]["spans"]
    assert "not flagged" in said(run("lint", "-", input=b"The shed door shuts now."))


# check


def test_what_is_wrong_in_a_folder_is_told_with_its_mend(run: Run, page: Path) -> None:
    (page / "media" / "snow-2.jpg").unlink()
    (page / "captions" / "nobody.md").write_text("Whose words?")
    told = run("check", "page")
    assert told.returncode == 1
    assert told.stderr == b""
    lines = told.stdout.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("ideas/first-snow.md: it names media/snow-2.jpg")
    assert lines[1].startswith("captions/nobody.md: no idea")
    found = json.loads(run("check", "page", "--json").stdout)
    assert [set(problem) for problem in found] == [{"where", "what", "mend"}] * 2


# shot


def test_a_picture_of_the_screen_is_the_same_each_time_and_has_the_project_in_it(
    run: Run, page: Path
) -> None:
    from defusedxml import ElementTree

    for name in ("a.svg", "b.svg"):
        words = ["--now", "2026-11-23T18:42", "--size", "150x40", "--press", "f3,p"]
        said(run("shot", "page", "-o", name, *words))
        (page / "media" / "snow-1.jpg.xmp").unlink()  # p kept it
    root = ElementTree.parse(page.parent / "a.svg").getroot()
    words = "".join(root.itertext()).replace("\xa0", " ")
    for wanted in ("First snow", "never felt the cold", "Small page", "18:42", "kept 1"):
        assert wanted in words
    assert root.get("viewBox") == "0 0 1200 640"
    assert (page.parent / "a.svg").read_bytes() == (page.parent / "b.svg").read_bytes()


# asked wrongly


@pytest.mark.parametrize("verb", ["", "stats", "check", "import", "shot"])
@pytest.mark.parametrize("wrong", ["missing", "hollow", "a.txt"])
def test_what_is_no_project_is_named_with_the_mend(
    run: Run, page: Path, verb: str, wrong: str
) -> None:
    (page.parent / "hollow").mkdir()
    (page.parent / "a.txt").write_text("hello")
    words = [verb, wrong] if verb else [wrong]
    words += {"import": ["a.txt"], "shot": ["-o", "x.svg"]}.get(verb, [])
    told = complaint(run(*words))
    assert wrong in told
    assert re.search(r"studio new|Name its folder", told)
    assert not (page.parent / "x.svg").exists()


def test_a_file_of_a_project_names_the_project_to_open(run: Run, page: Path) -> None:
    assert f"studio {page}." in complaint(run("page/ideas/first-snow.md"))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["show", "missing.jpg"], ["missing.jpg", "no such file"]),
        (["show", "missing.mp4"], ["missing.mp4", "no such file"]),
        (["show", "page"], ["page", "folder"]),
        (["show", "a.txt"], ["a.txt", "not a picture"]),
        (["show", "cut.jpg"], ["cut.jpg", "damaged"]),
        (["show", "hollow.png"], ["hollow.png", "empty"]),
        (["show", "lie.mp4"], ["lie.mp4", "not a clip"]),
        (["show", "pipe.jpg"], ["pipe.jpg", "pipe"]),
        (["show", "page/media/snow-1.jpg", "--size", "0x5"], ["0x5", "80x50"]),
        (["show", "page/media/snow-1.jpg", "--size", "wide"], ["wide", "80x50"]),
        (["show", "page/media/snow-1.jpg", "--size", "9999x9999"], ["9999x9999", "1000x1000"]),
        (["show", "page/media/snow-1.jpg", "--cells", "pixel"], ["pixel", "octant"]),
        (["count", "missing.md"], ["missing.md", "No such file"]),
        (["count", "page"], ["page", "directory"]),
        (["count", "utf16.md"], ["utf16.md", "UTF-16"]),
        (["count", "latin1.md"], ["latin1.md", "UTF-8"]),
        (["count", "/dev/zero"], ["/dev/zero", "too long"]),
        (["lint", "missing.md"], ["missing.md", "No such file"]),
        (["lint", "latin1.md"], ["latin1.md", "UTF-8"]),
        (["lint", "/dev/zero"], ["/dev/zero", "too long"]),
        (["count", "a.txt", "--platform", "myspace"], ["myspace", "instagram"]),
        (["shot", "page", "-o", "x.png"], ["x.png", ".svg"]),
        (["shot", "page", "-o", "missing/x.svg"], ["missing/x.svg", "folder"]),
        (["shot", "page", "-o", "x.svg", "--now", "soon"], ["soon", "2026-11-23T18:42"]),
        (["shot", "page", "-o", "x.svg", "--size", "5"], ["'5'", "80x50"]),
        (["shot", "page", "-o", "x.svg", "--theme", "beige"], ["beige", "theme"]),
        (["shot", "page", "-o", "x.svg", "--press", "f3,hyperspace"], ["hyperspace"]),
        (["shot", "page"], ["-o", "--help"]),
        (["stats"], ["project", "--help"]),
        (["import", "page"], ["FILE", "--help"]),
        (["stats", "page", "--frob"], ["--frob", "--help"]),
        (["--frob"], ["--frob", "--help"]),
        (["frob", "page"], ["frob", "stats"]),
        (["page", "more"], ["more", "--help"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_whatever_is_asked_wrongly_is_named_on_one_line(
    run: Run, page: Path, words: list[str], wanted: list[str]
) -> None:
    folder = page.parent
    (folder / "a.txt").write_text("hello")
    (folder / "lie.mp4").write_text("hello")
    (folder / "hollow.png").write_bytes(b"")
    (folder / "utf16.md").write_bytes("hello".encode("utf-16"))
    (folder / "latin1.md").write_bytes("Café Überraschung".encode("latin-1"))
    (folder / "cut.jpg").write_bytes((page / "media" / "snow-1.jpg").read_bytes()[:900])
    os.mkfifo(folder / "pipe.jpg")
    told = complaint(run(*words))
    for word in wanted:
        assert word in told


def without_rights_over_files() -> None:
    """Make root obey permissions as everybody else; runs in the child, before the program."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        LIBC.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for less")
def test_a_file_that_may_not_be_read_is_named(run: Run, page: Path) -> None:
    for name in ("captions/first-snow.md", "media/snow-1.jpg", "studio.toml"):
        (page / name).chmod(0)
    for words in (
        ["count", "page/captions/first-snow.md"],
        ["show", "page/media/snow-1.jpg"],
        ["stats", "page"],
    ):
        told = complaint(run(*words, preexec_fn=without_rights_over_files))
        assert "permission" in told.lower() or "you may not read" in told
        assert words[1] in told


def test_settings_that_are_not_understood_are_named_with_the_line(run: Run, page: Path) -> None:
    (page / "studio.toml").write_text('name = "x"\nzone = [broken\n')
    for verb in ("stats", "check"):
        assert "studio.toml" in complaint(run(verb, "page"))
    assert "line 2" in complaint(run("page"))


def test_without_a_terminal_it_says_so_instead_of_painting(run: Run, page: Path) -> None:
    assert "terminal" in complaint(run())
    assert "terminal" in complaint(run("page"))


# names from strangers


def test_a_hostile_name_on_the_command_line_is_printed_harmless(run: Run, page: Path) -> None:
    name = WORST
    asked = [
        [name],
        ["stats", name],
        ["show", f"{name}.jpg"],
        ["count", name],
        ["lint", name],
        ["count", "-", "--platform", name],
        ["import", "page", f"{name}.csv"],
        ["new", "x", "--sample", name],
        ["page", name],
        ["shot", "page", "-o", f"{name}.png"],
    ]
    for words in asked:
        done = run(*words)
        no_control(done.stderr)
        complaint(done)
    done = run("new", name)
    no_control(done.stdout)
    assert done.returncode == 0
    assert (page.parent / name / "studio.toml").is_file()
    no_control(run("new", name).stderr)  # it is there already
    assert said(run("check", name)) == "Nothing is wrong.\n"


def test_hostile_names_and_cells_in_a_project_are_printed_harmless(
    run: Run, page: Path, tmp_path: Path
) -> None:
    config = page / "studio.toml"
    config.write_text(config.read_text().replace('"Small page"', '"Small \\u001b]0;x\\u0007"'))
    for number, name in enumerate(FILE_NAMES):
        (page / "captions" / f"{name}.md").write_text(f"{OSC_52} words without an idea")
        (page / "media" / f"{name}.jpg.xmp").write_text("<not xmp")
        idea = f"---\ntitle: {OSC_52} {number}\nmedia: [media/{OSC_52}.jpg]\nstage: ready\n---\n"
        (page / "ideas" / f"{name}.md").write_text(idea)
        (page / "stats" / "exports" / f"{name}.csv").write_text("a,b\n1,2\n")
        make_picture(page / "media" / f"{name}.png", 1, (20, 20))
    posts = [Posted(post.at, f"{OSC_52} \x9b2J {post.caption}") for post in POSTS]
    export = meta_csv(tmp_path / f"{OSC_52}.csv", posts)
    for words in (["import", "page", export], ["stats", "page"], ["check", "page"]):
        for json_too in ([], ["--json"]):
            done = run(*words, *json_too)
            assert b"Traceback" not in done.stderr
            no_control(done.stdout)
            no_control(done.stderr)
    shown = run("show", page / "media" / f"{OSC_52}.png", "--size", "9x5")
    no_control(ESCAPE.sub(b"", shown.stdout))
    counted = run("count", page / "captions" / f"{OSC_52}.md")
    no_control(counted.stdout)
    assert "␛]52;c;aGk=␇" in counted.stdout.decode()


def test_a_picture_of_a_screen_full_of_hostile_names_is_a_sound_file(run: Run, page: Path) -> None:
    from defusedxml import ElementTree

    for number, name in enumerate(FILE_NAMES):
        make_picture(page / "media" / f"{name}.png", 1, (20, 20))
        idea = f"---\ntitle: {number} {name.splitlines()[0]}\nstage: making\nrank: a{number}\n---\n"
        (page / "ideas" / f"{name}.md").write_bytes(idea.encode("utf-8", "surrogateescape"))
    said(run("shot", "page", "-o", "x.svg", "--press", "f3,a"))
    words = "".join(ElementTree.parse(page.parent / "x.svg").getroot().itertext())
    assert "notes [WIP]" in words.replace("\xa0", " ")
    assert "\x1b" not in words


# readers that leave


@pytest.mark.parametrize("words", [["stats", "page"], ["check", "page"], ["--help"], ["--version"]])
def test_a_reader_that_has_read_enough_is_no_fault(run: Run, page: Path, words: list[str]) -> None:
    for number in range(30):
        (page / "captions" / f"{number}.md").write_text("x")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(*words, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode in {0, 1}


def test_a_full_disk_behind_the_output_is_told(run: Run, page: Path) -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("this system has no /dev/full")
    with device.open("wb") as full:
        done = run("stats", "page", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_all_captions_come_out_as_one_file_and_can_be_read_back(page: Path, run: Run) -> None:
    done = run("captions", page)
    assert done.returncode == 0
    assert CAPTION in [one.text for one in read_back(done.stdout)]
    table = page.parent / "all.csv"
    assert run("captions", page, "--csv", "--now-only", "-o", table).returncode == 0
    assert [one.text for one in read_back(table.read_bytes())] == [CAPTION]
    (page / "captions" / "odd.md").write_bytes(b"caf\xe9")
    done = run("captions", page)
    assert done.returncode == 1
    assert b"captions/odd.md" in done.stderr
    assert run("captions", page.parent / "nowhere").returncode == 2
