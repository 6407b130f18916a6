from __future__ import annotations

import os

import pytest

from studio.media.library import inbox_files, media_files


def test_media_are_found_however_deep_and_nothing_else_is(desk):
    for path in ("media/b.JPG", "media/a/c.mp4", "media/a/b/d.m4a", "inbox/e.png", "ideas/f.jpg"):
        desk.put(path)
    for path in ("media/b.JPG.xmp", "media/.hidden.jpg", "media/.trash/x.jpg", "media/notes.txt"):
        desk.put(path)
    assert media_files(desk.store) == ["media/a/b/d.m4a", "media/a/c.mp4", "media/b.JPG"]
    assert inbox_files(desk.store) == ["inbox/e.png"]


def test_a_project_without_media_has_none(desk):
    assert media_files(desk.store) == []
    assert inbox_files(desk.store) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX files")
def test_links_that_leave_the_project_and_pipes_are_no_media(desk, tmp_path):
    desk.put("media/real.jpg")
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (desk.root / "media/out.jpg").symlink_to(tmp_path / "secret.jpg")
    (desk.root / "media/in.jpg").symlink_to("real.jpg")
    (desk.root / "media/loop").symlink_to(".")
    os.mkfifo(desk.root / "media/pipe.jpg")
    (desk.root / "media/folder.jpg").mkdir()
    assert media_files(desk.store) == ["media/in.jpg", "media/real.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
def test_hostile_names_are_listed(desk):
    names = ["notes [WIP].jpg", "[@click=app.quit].jpg", "\x1b]0;x\x07.jpg", "e\u0301.jpg"]
    names += ["a" * 251 + ".jpg", os.fsdecode(b"caf\xe9.jpg")]
    for name in names:
        desk.put(f"media/{name}")
    assert media_files(desk.store) == sorted(f"media/{name}" for name in names)
