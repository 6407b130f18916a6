from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date

import pytest
from rich.cells import cell_len

from studio.project.project import Project
from studio.stats.exports import plan_import
from studio.stats.import_report import import_json, import_text

TODAY = date(2026, 11, 16)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n')
    return Project.open(root)


def test_an_import_is_told_file_by_file_with_lines(project, exports, meta_main):
    plan = plan_import(
        project.store,
        [exports / meta_main, exports / "broken" / "login_page_saved_as.csv"],
        today=date(2026, 11, 16),
    )
    text = import_text(plan)
    assert "Meta content: 61 posts, 61 new, 0 updated, 0 unchanged" in text
    assert "line 57: a joint post published by tapehead.archive.example" in text
    assert "login" in text
    assert text.splitlines()[-1] == "1 file to import, 61 new and 0 updated posts, 1 not understood"


def test_a_note_repeated_on_many_lines_is_told_once(project, exports):
    plan = plan_import(
        project.store, [exports / "broken" / "meta_semicolon_resaved.csv"], today=TODAY
    )
    assert "lines 2, 8, 13, 16, 20, 29: the post id is spoilt" in import_text(plan)


def test_the_groups_tell_taken_known_empty_odd_and_left(project, exports, meta_main, tmp_path):
    folder = tmp_path / "Downloads"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    shutil.copy(exports / meta_main, folder / "meta.csv")
    shutil.copy(exports / meta_main, folder / "meta (1).csv")
    shutil.copy(exports / "tiktok_studio" / "Content.csv", folder / "a")
    shutil.copy(exports / "tiktok_studio" / "el" / "Content.csv", folder / "b")
    shutil.copy(exports / "broken" / "impossible_values_meta.csv", folder)
    empty = "tiktok_studio/below_threshold/Followers_paper.round.eightysix/FollowerGender.csv"
    shutil.copy(exports / empty, folder)
    for name in ("x.csv", "y.csv"):
        (folder / name).write_text("a,b\n1,2\n3,4\n")
    (folder / "1.jpg").write_bytes(b"")
    plan = plan_import(project.store, [folder], today=TODAY)
    text = import_text(plan)
    lines = text.splitlines()
    titles = [line for line in lines[: lines.index("Left alone") + 1] if line[:1] > " "]
    assert titles == [
        "Taken",
        "Nothing new",
        "Recognised, no figures",
        "Not understood",
        "Left alone",
    ]
    assert "  a/Content.csv" in lines
    assert "  b/Content.csv" in lines
    known = text[text.index("Nothing new") : text.index("Recognised")]
    assert "meta.csv: the same as" in known
    odd = text[text.index("Not understood") : text.index("Left alone")]
    assert "  x.csv, y.csv\n" in odd
    assert "impossible_values_meta.csv\n    line" in odd
    assert "FollowerGender.csv" in text[text.index("Recognised") : text.index("Not understood")]
    assert "  1 pictures, clips and music" in lines
    assert " ".join(text.split()).endswith("1 already there, 2 not understood")


@pytest.mark.parametrize("width", [40, 70, 120])
def test_no_line_of_an_import_is_wider_than_the_terminal(project, exports, width):
    plan = plan_import(project.store, [exports], today=TODAY)
    text = import_text(plan, width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_what_is_kept_of_a_download_is_said(project, exports, tmp_path):
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.write(exports / "tiktok_studio" / "Content.csv", "Content.csv")
        for number in range(5):
            made.writestr(f"messages/inbox/{number}/message_1.json", "[]")
    plan = plan_import(project.store, [path], today=TODAY)
    told = " ".join(import_text(plan).split())
    assert "1 of 6 files in it are kept, unchanged; messages, logins and media are not" in told
    (file,) = import_json(plan)["files"]
    assert (file["members"], file["kept"]) == (6, ["Content.csv"])


def test_the_json_of_an_import_says_kinds_of_notes_and_what_was_left(project, exports, tmp_path):
    folder = tmp_path / "Downloads"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"")
    shutil.copy(exports / "broken" / "impossible_values_meta.csv", folder)
    told = json.loads(json.dumps(import_json(plan_import(project.store, [folder], today=TODAY))))
    assert told["left_alone"] == {"pictures, clips and music": 1}
    (file,) = told["files"]
    assert {note["kind"] for note in file["notes"]} >= {"odd"}
    assert file["figures"]
    assert not told["cancelled"]


def test_hostile_names_in_an_import_cannot_steer_the_terminal(project, exports, tmp_path):
    for name in ("a\x1b]52;c;x\x07.csv", "b\x9b31m.csv", "c [@click=app.quit].csv"):
        shutil.copy(exports / "broken" / "hostile_cells_meta.csv", tmp_path / name)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + name.encode())
    text = import_text(plan_import(project.store, [tmp_path], today=TODAY))
    assert not [letter for letter in text if letter != "\n" and not letter.isprintable()]
