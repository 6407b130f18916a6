"""Edits made outside are noticed within a second."""

from __future__ import annotations

import queue
import time

import pytest

from studio.project import watch
from studio.project.watch import WHOLE, Watcher, is_remote

SOON = 1.0


class News:
    """Gathers reports until a path is among them."""

    def __init__(self):
        self.reports = queue.Queue()
        self.seen = set()

    def __call__(self, paths):
        self.reports.put(paths)

    def wait_for(self, path, within=SOON):
        end = time.monotonic() + within
        while path not in self.seen:
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                self.seen |= self.reports.get(timeout=left)
            except queue.Empty:
                return False
        self.seen.discard(path)
        return True


@pytest.fixture(params=[False, True], ids=["listening", "comparing"])
def news(request, root, monkeypatch):
    monkeypatch.setattr(watch, "_POLL", 0.2)
    (root / "ideas/a.md").write_bytes(b"old")
    found = News()
    watcher = Watcher(root, found, poll=request.param)
    watcher.start()
    assert watcher.ready.wait(10)
    yield found
    watcher.stop()


def test_a_save_by_renaming_and_one_in_place_are_both_seen(news, root):
    (root / "ideas/.other").write_bytes(b"renamed")
    (root / "ideas/.other").replace(root / "ideas/a.md")
    assert news.wait_for("ideas/a.md")
    (root / "ideas/a.md").write_bytes(b"in place, longer")
    assert news.wait_for("ideas/a.md")


def test_our_own_saves_come_by_the_same_path_without_temporary_files(news, store):
    store.write("ideas/a.md", b"new", if_version=store.version("ideas/a.md"))
    assert news.wait_for("ideas/a.md")
    version = store.write("ideas/new.md", b"new", if_version=store.version("ideas/new.md"))
    store.trash("ideas/new.md", if_version=version)
    (root := store.root).joinpath(".git").mkdir()
    (root / ".git/x").write_bytes(b"")
    (root / "media").mkdir()
    (root / "last").write_bytes(b"")
    assert news.wait_for("last", SOON)
    assert not [
        path for path in news.seen if "tmp" in path or path.startswith((".trash", ".git", "home"))
    ]


def test_a_file_in_a_new_folder_and_a_deleted_one_are_seen(news, root):
    (root / "media").mkdir()
    (root / "media/x.jpg").write_bytes(b"x")
    assert news.wait_for("media/x.jpg")
    (root / "ideas/a.md").unlink()
    assert news.wait_for("ideas/a.md")


def test_a_folder_moved_in_or_away_with_its_files_is_not_overlooked(news, root, tmp_path):
    (tmp_path / "outside" / "deep").mkdir(parents=True)
    (tmp_path / "outside" / "deep" / "x.jpg").write_bytes(b"x")
    (tmp_path / "outside").rename(root / "media")
    assert news.wait_for("media/deep/x.jpg")
    (root / "media").rename(tmp_path / "outside")
    assert news.wait_for(WHOLE) or "media/deep/x.jpg" in news.seen


def test_a_folder_that_vanishes_and_comes_back_is_told_as_a_whole(news, root):
    root.rename(root.with_name("away"))
    assert news.wait_for(WHOLE, 3)
    root.with_name("away").rename(root)
    assert news.wait_for(WHOLE, 3)


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/home/me/page", False),
        ("/mnt/c/page", True),
        ("/mnt/nas share/page", True),
        ("/mnt/nasty", False),
        ("/mnt/ntfs/page", False),
        ("/mnt/ssh/page", True),
    ],
)
def test_network_disks_are_known_by_their_mount(tmp_path, path, remote):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/vda / ext4 rw 0 0\nC:\\134 /mnt/c 9p rw 0 0\n//nas/x /mnt/nas\\040share cifs rw 0 0\n"
        "nas:/x /mnt/nas nfs4 rw 0 0\n/dev/sdb /mnt/ntfs fuseblk rw 0 0\n"
        "me@x: /mnt/ssh fuse.sshfs rw 0 0\n"
    )
    assert is_remote(path, str(mounts)) is remote
    assert is_remote(path, str(tmp_path / "none")) is False
