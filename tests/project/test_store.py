"""Reading and saving the files of a project, also while others change them."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import threading
import time

import pytest

from studio.problem import Problem
from studio.project import atomic
from studio.project.conflicts import MOST_COPIES, conflict_of, copy_name
from studio.project.store import ABSENT, Conflict, Store, Version

A = "ideas/a.md"
posix = pytest.mark.skipif(os.name != "posix", reason="links, FIFOs and modes of POSIX")


def put(store, path, data):
    return store.write(path, data, if_version=store.version(path))


class TestSaving:
    def test_bytes_in_are_bytes_out(self, store, root):
        data = b"\xef\xbb\xbfa\r\nb\0\xff no end"
        version = put(store, A, data)
        assert (root / A).read_bytes() == data
        assert store.read(A) == (data, version)
        assert version.digest == hashlib.sha256(data).hexdigest()

    def test_folders_are_made_and_no_temporary_file_stays(self, store, root):
        put(store, "captions/deep/x.md", b"1")
        put(store, "captions/deep/x.md", b"2")
        assert [each.name for each in (root / "captions/deep").iterdir()] == ["x.md"]

    def test_the_same_text_again_does_not_touch_the_file(self, store, root):
        version = put(store, A, b"same")
        before = (root / A).stat()
        assert store.write(A, b"same", if_version=version) == version
        assert store.write(A, b"same", if_version=ABSENT) == version
        after = (root / A).stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_every_version_before_can_be_had_again(self, store):
        for text in (b"one", b"two", b"three"):
            put(store, A, text)
        entries = store.history.entries(A)
        assert [store.history.get(each.digest) for each in entries] == [b"two", b"one"]

    @posix
    def test_permissions_stay(self, store, root):
        put(store, A, b"1")
        (root / A).chmod(0o640)
        put(store, A, b"2")
        assert stat.S_IMODE((root / A).stat().st_mode) == 0o640

    def test_a_name_of_255_bytes_can_be_saved_twice(self, store):
        name = "ideas/" + "ü" * 126 + ".md"
        put(store, name, b"1")
        put(store, name, b"2")
        assert store.read(name)[0] == b"2"

    def test_a_hundred_threads_lose_nothing_they_were_told_is_saved(self, store):
        version = put(store, A, b"0")
        won = []

        def save(number):
            try:
                store.write(A, b"%d" % number, if_version=version, keep_mine="history")
            except Conflict:
                return
            won.append(b"%d" % number)

        threads = [threading.Thread(target=save, args=(n,)) for n in range(1, 20)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert [store.read(A)[0]] == won


class TestChangedOutside:
    def test_the_other_text_stays_and_mine_is_kept_beside_it(self, store, root):
        base = put(store, A, b"base")
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=base)
        conflict = caught.value
        assert (conflict.path, conflict.mine, conflict.theirs) == (A, b"mine", b"theirs")
        assert (root / A).read_bytes() == b"theirs"
        assert (root / conflict.kept_at).read_bytes() == b"mine"
        assert conflict_of(conflict.kept_at) == A
        assert conflict.kept_at in str(conflict)
        assert store.history.holds(A, hashlib.sha256(b"mine").hexdigest())
        assert store.history.holds(A, hashlib.sha256(b"theirs").hexdigest())

    def test_a_conflict_copy_is_no_idea_of_its_own(self, store, root):
        base = put(store, A, b"base")
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=base)
        assert store.names("ideas", ".md") == [A]
        assert store.walk("ideas") == [A]
        assert store.conflicts(A) == store.conflicts() == [caught.value.kept_at]

    def test_only_in_the_history_if_wanted(self, store, root):
        base = put(store, A, b"base")
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=base, keep_mine="history")
        assert caught.value.kept_at is None
        assert store.history.get(hashlib.sha256(b"mine").hexdigest()) == b"mine"
        assert store.conflicts() == []

    def test_conflict_copies_do_not_multiply(self, store, root):
        base = put(store, A, b"base")
        (root / A).write_bytes(b"theirs")
        for number in range(MOST_COPIES + 5):
            for _ in range(2):
                with pytest.raises(Conflict):
                    store.write(A, b"mine %d" % number, if_version=base)
        assert len(store.conflicts(A)) == MOST_COPIES

    @pytest.mark.parametrize("theirs", [None, b""])
    def test_a_file_deleted_or_emptied_outside_is_not_taken_for_my_wish(self, store, root, theirs):
        base = put(store, A, b"base")
        (root / A).unlink() if theirs is None else (root / A).write_bytes(theirs)
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=base)
        assert caught.value.theirs == theirs
        assert ((root / A).read_bytes() if (root / A).exists() else None) == theirs

    def test_a_new_file_does_not_replace_one_that_came_meanwhile(self, store, root):
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict):
            store.write(A, b"mine", if_version=ABSENT)
        assert (root / A).read_bytes() == b"theirs"

    @pytest.mark.parametrize("times", [1, 2, 3])
    def test_a_save_in_the_last_instant_is_given_back(self, store, root, monkeypatch, times):
        base = put(store, A, b"base")
        if not atomic.exchange(*_pair(root)):
            pytest.skip("no exchange of names here")
        real, count = atomic.exchange, 0

        def late(temp, target):
            nonlocal count
            count += 1
            if count <= times:
                other = root / "other"
                other.write_bytes(b"theirs %d" % count)
                other.replace(target)
            return real(temp, target)

        monkeypatch.setattr(atomic, "exchange", late)
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=base)
        assert (root / A).read_bytes() == caught.value.theirs == b"theirs %d" % times
        assert (root / caught.value.kept_at).read_bytes() == b"mine"
        assert store.temps(0) == []

    def test_a_writer_that_never_rests_loses_no_version_unseen(self, store, root):
        """The other program swaps its text in, and so knows whose text it put out."""
        put(store, A, b"base")
        if not atomic.exchange(*_pair(root)):
            pytest.skip("no exchange of names here")
        target, stop = str(root / A), threading.Event()
        written, replaced = [], set()

        def other():
            number = 0
            while not stop.wait(number % 7 / 500):
                number += 1
                data, temp = b"theirs %d" % number, str(root / "other")
                atomic.write_new(temp, data)
                written.append(data)
                atomic.exchange(temp, target)
                replaced.add(atomic.read_regular(temp))
                (root / "other").unlink()

        thread = threading.Thread(target=other)
        thread.start()
        saved = conflicts = 0
        end = time.monotonic() + 2
        try:
            while saved + conflicts < 150 and time.monotonic() < end:
                base = store.version(A)
                try:
                    store.write(A, b"mine %d" % saved, if_version=base, keep_mine="history")
                    saved += 1
                except Conflict:
                    conflicts += 1
        finally:
            stop.set()
            thread.join()
        last = (root / A).read_bytes()
        for data in written:
            assert (
                data in replaced
                or data == last
                or store.history.holds(A, hashlib.sha256(data).hexdigest())
            )
        assert saved + conflicts
        assert len(written) > 1


def _pair(root):
    names = []
    for name in ("one", "two"):
        (root / name).write_bytes(b"")
        names.append(str(root / name))
    return names


class TestDisksThatKnowLess:
    """NFS has no exchange, FUSE and exFAT have no links either."""

    @pytest.fixture(params=["no flags", "no flags, no links"])
    def poor(self, request, monkeypatch):
        monkeypatch.setattr(atomic, "_rename_flagged", lambda *_: False)
        if request.param == "no flags, no links":

            def refuse(*_, **__):
                raise PermissionError

            monkeypatch.setattr(os, "link", refuse)

    @pytest.mark.usefixtures("poor")
    def test_saving_conflicts_and_trash_work_as_elsewhere(self, store, root):
        version = put(store, A, b"1")
        version = store.write(A, b"2", if_version=version)
        assert store.history.entries(A)[0].size == 1
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict) as caught:
            store.write(A, b"mine", if_version=version)
        assert (root / caught.value.kept_at).read_bytes() == b"mine"
        with pytest.raises(Conflict):
            store.write(A, b"mine", if_version=ABSENT)
        away = store.trash(A, if_version=store.version(A))
        assert not (root / A).exists()
        put(store, A, b"new")
        with pytest.raises(Problem, match="again"):
            store.restore(away, A)
        store.restore(away, "ideas/b.md")
        assert (root / "ideas/b.md").read_bytes() == b"theirs"
        assert store.temps(0) == []


class TestOutsideTheProject:
    @pytest.mark.parametrize(
        "path",
        ["../x.md", "/etc/passwd", "ideas/../../x", "", "ideas//a", "ideas/./a", "a\0b", ".."],
    )
    def test_no_path_leaves_the_folder(self, store, path):
        for call in (store.read, store.version):
            with pytest.raises(Problem, match="inside the project"):
                call(path)
        with pytest.raises(Problem, match="inside the project"):
            store.write(path, b"x", if_version=ABSENT)

    @posix
    def test_no_link_leaves_the_folder(self, store, root, tmp_path):
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "x.md").write_bytes(b"private")
        (root / "linked").symlink_to(outside)
        (root / A).symlink_to(outside / "x.md")
        (root / ".trash").symlink_to(outside)
        for path in (A, "linked/x.md"):
            with pytest.raises(Problem, match="leaves the project"):
                store.read(path)
            with pytest.raises(Problem, match="leaves the project"):
                store.write(path, b"mine", if_version=ABSENT)
        version = put(store, "ideas/b.md", b"b")
        with pytest.raises(Problem, match="leaves the project"):
            store.trash("ideas/b.md", if_version=version)
        assert (outside / "x.md").read_bytes() == b"private"
        assert store.walk() == ["ideas/b.md", "studio.toml"]

    @posix
    def test_a_link_inside_is_followed_and_stays_a_link(self, store, root):
        put(store, "ideas/b.md", b"1")
        (root / A).symlink_to("b.md")
        put(store, A, b"2")
        assert (root / A).is_symlink()
        assert (root / "ideas/b.md").read_bytes() == b"2"
        assert store.names("ideas") == [A, "ideas/b.md"]

    @posix
    @pytest.mark.parametrize("kind", ["fifo", "socket", "folder", "loop"])
    def test_what_is_no_file_is_refused_without_waiting(self, store, root, kind, monkeypatch):
        if kind == "fifo":
            os.mkfifo(root / A)
        elif kind == "socket":
            monkeypatch.chdir(root)  # the path of a socket may have 107 bytes only
            socket.socket(socket.AF_UNIX).bind(A)
        elif kind == "folder":
            (root / A).mkdir()
        else:
            (root / A).symlink_to("a.md")
        with pytest.raises(Problem):
            store.read(A)
        with pytest.raises(Problem):
            store.write(A, b"x", if_version=ABSENT)
        assert store.names("ideas") == []

    def test_a_file_of_any_size_has_a_version_but_only_texts_are_read(self, root, history):
        store = Store(root, history, limit=1000)
        (root / "big").write_bytes(b"x" * 1001)
        assert store.version("big") == Version(hashlib.sha256(b"x" * 1001).hexdigest())
        with pytest.raises(Problem, match="too much for a text"):
            store.read("big")
        with pytest.raises(Problem, match="too much for a text"):
            store.write("new", b"x" * 1001, if_version=ABSENT)

    @pytest.mark.skipif(os.name == "nt", reason="names are text there")
    def test_a_name_that_is_no_utf_8_is_as_good_as_any(self, store, root):
        name = os.fsdecode(b"ideas/caf\xe9.md")
        put(store, name, b"1")
        put(store, name, b"2")
        assert store.names("ideas") == [name]
        assert store.history.paths() == [name]
        assert store.read(name)[0] == b"2"


class TestListing:
    def test_hidden_files_and_folders_are_passed_over(self, store, root):
        for path in ("ideas/.x.md", ".git/x.md", "ideas/sub/y.MD", "ideas/z.txt", A):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(b"")
        assert store.names("ideas", ".md") == [A]
        assert store.names("ideas") == [A, "ideas/z.txt"]
        assert store.walk("ideas", ".md") == [A, "ideas/sub/y.MD"]
        assert store.names("nowhere") == store.walk("nowhere") == store.names("../") == []

    def test_a_missing_file_has_the_version_of_none(self, store):
        assert store.version(A) == ABSENT
        with pytest.raises(Problem, match="no such file"):
            store.read(A)


class TestGone:
    def test_nothing_is_written_into_a_folder_that_was_emptied(self, store, root):
        version = put(store, A, b"1")
        for each in (A, "studio.toml"):
            (root / each).unlink()
        with pytest.raises(Problem, match=r"studio\.toml is gone"):
            store.write(A, b"2", if_version=version)
        assert store.frozen()
        (root / "studio.toml").write_text("")
        assert store.frozen() is None

    def test_a_folder_that_vanished_is_not_made_again(self, store, root):
        version = put(store, A, b"1")
        root.rename(root.with_name("unplugged"))
        with pytest.raises(Problem, match="is gone"):
            store.write(A, b"2", if_version=version)
        assert not root.exists()


class TestTrash:
    def test_a_deleted_file_lies_in_the_trash_and_comes_back(self, store, root):
        version = put(store, A, b"text")
        away = store.trash(A, if_version=version)
        assert away.startswith(".trash/")
        assert away.endswith("/" + A)
        assert not (root / A).exists()
        assert store.trashed(A) == [away]
        assert store.restore(away, A) == version
        assert store.read(A)[0] == b"text"
        assert not list((root / ".trash").iterdir())

    def test_two_of_one_name_in_one_second_both_stay(self, store):
        aways = [store.trash(A, if_version=put(store, A, text)) for text in (b"1", b"2")]
        assert [store.read(each)[0] for each in aways] == [b"1", b"2"]

    def test_what_was_changed_since_is_not_deleted(self, store, root):
        version = put(store, A, b"1")
        (root / A).write_bytes(b"theirs")
        with pytest.raises(Conflict) as caught:
            store.trash(A, if_version=version)
        assert caught.value.theirs == b"theirs"
        assert (root / A).read_bytes() == b"theirs"


class TestCopyIn:
    def test_a_clip_from_outside_comes_in_whole_and_only_once(self, store, root, tmp_path):
        source = tmp_path / "clip.mp4"
        source.write_bytes(os.urandom(3_000_000))
        version = store.copy_in(source, "media/clip.mp4")
        assert (root / "media/clip.mp4").read_bytes() == source.read_bytes()
        assert store.copy_in(source, "media/clip.mp4") == version == store.version("media/clip.mp4")

    def test_it_never_goes_over_another_file(self, store, root, tmp_path):
        (root / "x.mp4").write_bytes(b"mine")
        (tmp_path / "x.mp4").write_bytes(b"new")
        with pytest.raises(Problem, match="another file of this name"):
            store.copy_in(tmp_path / "x.mp4", "x.mp4")
        assert (root / "x.mp4").read_bytes() == b"mine"

    @posix
    def test_what_is_missing_or_no_file_is_said(self, store, tmp_path):
        os.mkfifo(tmp_path / "fifo")
        with pytest.raises(Problem, match="not a regular file"):
            store.copy_in(tmp_path / "fifo", "a")
        with pytest.raises(Problem, match=r"nowhere\.mp4.*no such file"):
            store.copy_in(tmp_path / "nowhere.mp4", "a")
        assert store.temps(0) == []


def test_conflict_names_lead_back_to_their_file():
    made = copy_name("captions/xmas.tiktok.md", "20261123T101112Z", "ab12cd")
    assert made == "captions/xmas.tiktok.studio-conflict-20261123T101112Z-ab12cd.md"
    assert conflict_of(made) == "captions/xmas.tiktok.md"
    assert conflict_of("ideas/a.sync-conflict-20261123-101112-ABCDEFG.md") == A
    assert conflict_of(copy_name("README", "20261123T101112Z", "ab")) == "README"
    assert conflict_of("ideas/studio-conflict-of-mine.md") is None


def test_files_are_listed_with_what_tells_that_they_changed(store, root):
    (root / "media/deep").mkdir(parents=True)
    for name in ("a.jpg", "a.jpg.xmp", "deep/b.jpg.XMP", ".hidden.xmp"):
        (root / "media" / name).write_bytes(b"123")
    found = dict(store.stamped("media", ".xmp"))
    assert sorted(found) == store.walk("media")
    assert found["media/a.jpg"] is None
    assert found["media/a.jpg.xmp"][1] == 3
    assert found["media/deep/b.jpg.XMP"][0] == (root / "media/deep/b.jpg.XMP").stat().st_mtime_ns
    assert dict(store.stamped("none", ".xmp")) == {}
    assert store.pending() == frozenset()
