from __future__ import annotations

import hashlib
import os
import tracemalloc
from dataclasses import replace

import pytest

from studio.media.choosing import Entry
from studio.media.clearing import edits, plan
from studio.media.verdict import Verdict
from studio.problem import Problem

NO, YES, OPEN = Verdict(keep=False), Verdict(keep=True), Verdict(stars=1)


def entry(path, verdict=NO, ideas=()):
    return Entry(path, "picture", verdict, ideas)


@pytest.fixture
def rejected(desk):
    """Two rejected pictures, one of them with a sidecar, and some that stay."""
    for name, data in (("a", b"aaa"), ("b", b"bb"), ("c", b"c"), ("used", b"used")):
        desk.put(f"media/{name}.jpg", data)
    desk.decide(**{"media/a.jpg": NO, "media/used.jpg": NO})
    return [
        entry("media/a.jpg"),
        entry("media/b.jpg"),
        entry("media/c.jpg", YES),
        entry("media/open.jpg", OPEN),
        entry("media/used.jpg", ideas=("ideas/xmas.md",)),
        entry("media/gone.jpg"),
    ]


def there(desk):
    return sorted(path.name for path in (desk.root / "media").iterdir())


def test_what_would_go_is_told_before_anything_goes(desk, rejected):
    clearing = plan(desk.store, rejected)
    assert [(one.path, one.size) for one in clearing.files] == [
        ("media/a.jpg", 3),
        ("media/b.jpg", 2),
    ]
    assert clearing.total == 5
    assert [(one.path, one.used_in) for one in clearing.used] == [
        ("media/used.jpg", ("ideas/xmas.md",))
    ]
    assert clearing.used_total == 4
    (kept,) = clearing.kept
    assert kept.path == "media/gone.jpg"
    assert kept.reason
    assert len(there(desk)) == 6


def test_the_rejected_go_with_their_sidecars_in_one_step_and_come_back_in_one(desk, rejected):
    before = {name: desk.bytes(f"media/{name}") for name in there(desk)}
    desk.undo.apply("Clear 2 rejected", edits(desk.store, plan(desk.store, rejected)))
    assert there(desk) == ["c.jpg", "used.jpg", "used.jpg.xmp"]
    assert desk.undo.undo().label == "Clear 2 rejected"
    assert {name: desk.bytes(f"media/{name}") for name in there(desk)} == before
    desk.undo.redo()
    assert there(desk) == ["c.jpg", "used.jpg", "used.jpg.xmp"]
    desk.undo.undo()
    assert {name: desk.bytes(f"media/{name}") for name in there(desk)} == before


def test_what_an_idea_uses_goes_only_when_asked_for(desk, rejected):
    clearing = plan(desk.store, rejected)
    desk.undo.apply("Clear", edits(desk.store, clearing, used=True))
    assert there(desk) == ["c.jpg"]


def test_a_file_changed_since_it_was_read_stops_all_of_it(desk, rejected):
    from studio.project.store import Conflict

    made = edits(desk.store, plan(desk.store, rejected))
    desk.put("media/b.jpg", b"another picture")
    before = there(desk)
    with pytest.raises(Conflict):
        desk.undo.apply("Clear", made)
    assert there(desk) == before
    assert desk.bytes("media/b.jpg") == b"another picture"


def test_a_file_that_went_meanwhile_is_passed_over(desk, rejected):
    clearing = plan(desk.store, rejected)
    (desk.root / "media/a.jpg").unlink()
    assert [one.path for one in edits(desk.store, clearing)] == ["media/a.jpg.xmp", "media/b.jpg"]


def test_it_can_be_watched_and_stopped(desk, rejected):
    seen = []
    edits(desk.store, plan(desk.store, rejected), on_file=seen.append)
    assert seen == ["media/a.jpg", "media/b.jpg"]

    def stop(_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        edits(desk.store, plan(desk.store, rejected), on_file=stop)


def test_many_are_cleared_without_waiting_for_the_disk_at_each(desk, monkeypatch):
    from studio.project import atomic

    entries = [entry(desk.put(f"media/{number}.jpg")) for number in range(30)]
    desk.decide(**{one.path: NO for one in entries})
    made = edits(desk.store, plan(desk.store, entries))
    synced = []
    sync = atomic.sync_folder
    monkeypatch.setattr(atomic, "sync_folder", lambda path: (synced.append(path), sync(path))[1])
    desk.undo.apply("Clear", made)
    desk.undo.undo()
    media = [path for path in synced if path.endswith("/page/media")]
    assert len(media) == 2, "once for the step, once for its undo"
    assert len(there(desk)) == 60


def test_nothing_rejected_is_nothing_to_clear(desk):
    clearing = plan(desk.store, [entry("media/c.jpg", YES), entry("media/d.jpg", OPEN)])
    assert clearing.files == clearing.used == clearing.kept == ()
    assert edits(desk.store, clearing) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX links")
def test_a_link_out_of_the_project_is_left_alone(desk, tmp_path):
    (tmp_path / "mine.jpg").write_bytes(b"x")
    desk.put("media/x.jpg")
    (desk.root / "media/out.jpg").symlink_to(tmp_path / "mine.jpg")
    clearing = plan(desk.store, [entry("media/out.jpg")])
    assert clearing.files == ()
    assert "link" in clearing.kept[0].reason


def test_a_clip_of_200_mb_comes_back_byte_for_byte_and_never_lies_in_memory(desk):
    size = 200 << 20
    desk.put("media/clip.mp4")
    clip = desk.root / "media/clip.mp4"
    with clip.open("r+b") as file:
        file.truncate(size)
        for place in (0, size // 2, size - 3):
            file.seek(place)
            file.write(os.urandom(3))
    desk.decide(**{"media/clip.mp4": NO})

    def digest():
        with clip.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    before = digest()
    tracemalloc.start()
    try:
        made = edits(desk.store, plan(desk.store, [entry("media/clip.mp4")]))
        desk.undo.apply("Clear", made)
        assert not clip.exists()
        desk.undo.undo()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert digest() == before
    assert most < 16 << 20
    assert not desk.history.entries("media/clip.mp4")


def test_a_problem_with_one_file_is_told_by_its_name(desk, rejected, monkeypatch):
    clearing = plan(desk.store, rejected)
    clearing = replace(clearing, files=(replace(clearing.files[0], path="media"),))
    with pytest.raises(Problem, match="media"):
        edits(desk.store, clearing)
