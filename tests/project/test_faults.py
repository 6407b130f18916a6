"""What a user would lose if the program died or the disk filled up: nothing."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.problem import Problem
from studio.project import atomic
from studio.project.history import History
from studio.project.store import Store

HERE = Path(__file__).parent
REPO = HERE.parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="fork and limits of POSIX")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        timeout=1800,
        check=True,
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )


@posix
def test_killed_while_saving_the_caption_is_whole_and_no_acknowledged_save_is_lost(tmp_path):
    kills = int(os.environ.get("STUDIO_TORTURE", "40"))
    told = json.loads(run(str(HERE / "torture.py"), str(tmp_path / "t"), str(kills)).stdout)
    assert told["bad"] == []
    assert told["after"]
    assert told["saves"] >= kills


FULL = """
import resource, sys
from pathlib import Path
from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store
store = Store(Path(sys.argv[1]), History(Path(sys.argv[2])))
base = store.version("ideas/a.md")
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    store.write("ideas/a.md", b"much" * 25_000, if_version=base)
except Problem as problem:
    print(problem)
"""


@posix
def test_on_a_full_disk_the_old_text_stays_and_a_sentence_says_so(root, tmp_path):
    (root / "ideas/a.md").write_bytes(b"old")
    told = run("-c", FULL, str(root), str(tmp_path / "history")).stdout
    assert told.startswith("ideas/a.md: ")
    assert (root / "ideas/a.md").read_bytes() == b"old"
    assert [each.name for each in (root / "ideas").iterdir()] == ["a.md"]


@pytest.mark.parametrize("call", ["write", "fsync", "close", "replace", "mkdir"])
@pytest.mark.parametrize("nth", range(6))
def test_a_fault_at_any_step_of_a_save_leaves_old_or_new(root, history, monkeypatch, call, nth):
    path = root / "ideas/a.md"
    path.write_bytes(b"old text")
    store = Store(root, history)
    base = store.version("ideas/a.md")
    real = getattr(os, call)
    seen = 0

    def broken(*args, **options):
        nonlocal seen
        seen += 1
        if seen == nth + 1:
            if call == "close":
                real(*args, **options)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*args, **options)

    monkeypatch.setattr(os, call, broken)
    try:
        version = store.write("ideas/a.md", b"new text", if_version=base)
    except Problem:
        version = None
    finally:
        monkeypatch.undo()
    data = path.read_bytes()
    assert data in {b"old text", b"new text"}
    if version is not None:
        assert data == b"new text"
        assert history.get(base.digest) == b"old text"


def test_the_version_before_is_in_the_history_before_it_is_gone(root, monkeypatch, tmp_path):
    """A history that cannot be written stops the save."""
    (root / "ideas/a.md").write_bytes(b"old")
    (tmp_path / "no").write_bytes(b"")
    store = Store(root, History(tmp_path / "no" / "folder"))
    with pytest.raises(Problem, match="history"):
        store.write("ideas/a.md", b"new", if_version=store.version("ideas/a.md"))
    assert (root / "ideas/a.md").read_bytes() == b"old"


def test_a_text_left_behind_by_a_crash_is_found_in_the_history(store, root):
    (root / "ideas/a.md").write_bytes(b"old")
    (root / "ideas/.a.md.0123456789.studio-tmp").write_bytes(b"never saved")
    (root / "ideas/.a.md.1123456789.studio-tmp").write_bytes(b"old")
    (root / "ideas/.a.md.2123456789.studio-tmp").write_bytes(b"")
    assert store.sweep() == []  # too young: another window may be at it
    (found,) = store.sweep(older_than=0)
    assert found.path == "ideas/a.md"
    assert store.history.get(found.digest) == b"never saved"
    assert store.history.entries("ideas/a.md")[0].digest == found.digest
    assert [each.name for each in (root / "ideas").iterdir()] == ["a.md"]


def test_half_a_copied_clip_is_cleared_and_the_text_limit_does_not_matter(store, root):
    temp = root / (".clip.mp4.0123456789" + atomic.COPY_SUFFIX)
    temp.write_bytes(b"half")
    assert store.sweep(older_than=0) == []
    assert not temp.exists()
