from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from studio.project import atomic
from studio.project.digests import LARGE, Digests, state_of
from studio.project.undo import Edit, Undo

CLIP = "media/clip.mp4"


@pytest.fixture
def read(monkeypatch):
    """The files that were read through, in order."""
    seen = []
    digest_file = atomic.digest_file

    def watched(path):
        made = digest_file(path)
        seen.append(Path(path).name)
        return made

    monkeypatch.setattr(atomic, "digest_file", watched)
    return seen


@pytest.fixture
def clip(root):
    path = root / CLIP
    path.parent.mkdir()
    path.write_bytes(os.urandom(LARGE + 1))  # more than the history takes
    os.utime(path, ns=(10**18 + 5, 10**18 + 5))
    return path


@pytest.fixture(autouse=True)
def _settled(monkeypatch):
    monkeypatch.setattr("studio.project.digests._SETTLED", -(10**15))


def test_an_unchanged_clip_is_read_once(store, clip, read):
    first = store.version(CLIP)
    assert first.digest == hashlib.sha256(clip.read_bytes()).hexdigest()
    assert store.version(CLIP) == first
    assert read == ["clip.mp4"]


@pytest.mark.parametrize("keep_time", [False, True])
def test_a_changed_clip_is_read_again(store, clip, read, keep_time):
    before = store.version(CLIP)
    time = clip.stat().st_mtime_ns
    clip.write_bytes(os.urandom(LARGE + 1))
    if keep_time:  # the system still notes when its entry changed
        os.utime(clip, ns=(time, time))
    assert store.version(CLIP) != before
    assert len(read) == 2


def test_a_clip_written_this_moment_is_read_again(store, clip, read, monkeypatch):
    monkeypatch.setattr("studio.project.digests._SETTLED", 10**15)
    monkeypatch.setattr("studio.project.digests._SETTLED_COARSE", 10**15)
    store.version(CLIP)
    store.version(CLIP)
    assert len(read) == 2


def test_a_text_is_always_read(store, root, read):
    (root / "ideas/a.md").write_bytes(b"text")
    store.version("ideas/a.md")
    store.version("ideas/a.md")
    assert len(read) == 2


def test_a_clip_goes_to_the_trash_and_back_without_being_read_again(
    store, root, history, clip, read, tmp_path
):
    data = clip.read_bytes()
    undo = Undo(tmp_path / "state", store, history)
    undo.apply("Clear", [Edit(CLIP, None, store.version(CLIP))])
    assert not clip.exists()
    undo.undo()
    assert clip.read_bytes() == data
    assert len(read) == 1


def test_a_clip_changed_in_the_trash_is_not_given_back_as_the_old_one(
    store, root, history, clip, tmp_path
):
    from studio.problem import Problem

    undo = Undo(tmp_path / "state", store, history)
    step = undo.apply("Clear", [Edit(CLIP, None, store.version(CLIP))])
    (root / step.changes[0].trashed).write_bytes(os.urandom(LARGE + 1))
    with pytest.raises(Problem):
        undo.undo()
    assert not clip.exists()


def test_a_clip_replaced_while_it_is_put_away_stays_where_it_is(store, clip, monkeypatch):
    from studio.project.store import Conflict

    version = store.version(CLIP)
    rename = atomic.rename_new
    new = os.urandom(LARGE + 1)

    def late(old, to):
        if old.endswith("clip.mp4") and ".trash" in to:
            clip.write_bytes(new)
        rename(old, to)

    monkeypatch.setattr(atomic, "rename_new", late)
    with pytest.raises(Conflict):
        store.trash(CLIP, if_version=version)
    assert clip.read_bytes() == new


def test_a_missing_file_has_no_state_and_no_digest(tmp_path):
    assert state_of(str(tmp_path / "none")) == ()
    with pytest.raises(FileNotFoundError):
        Digests().of(str(tmp_path / "none"))
