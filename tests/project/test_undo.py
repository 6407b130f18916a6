"""Every command can be taken back, also tomorrow, and never over someone else's text."""

from __future__ import annotations

import os

import pytest

from studio.problem import Problem
from studio.project.history import History
from studio.project.store import ABSENT, Conflict, Store
from studio.project.undo import Edit, Undo

A, B, C = "ideas/a.md", "ideas/b.md", "ideas/c.md"


@pytest.fixture
def undo(tmp_path, store, history):
    return Undo(tmp_path / "home" / "undo", store, history)


def again(undo):
    """The same project after a restart."""
    history = History(undo._history.folder)
    return Undo(undo.folder, Store(undo._store.root, history), history)


def change(undo, path, data, **options):
    return undo.apply(f"{path} {data}", [Edit(path, data, undo._store.version(path))], **options)


def text(undo, path):
    return undo._store.read(path)[0] if undo._store.version(path).present else None


@pytest.mark.parametrize("restart", [False, True])
class TestThereAndBack:
    def test_fifty_steps_back_and_forth(self, undo, restart):
        for number in range(50):
            change(undo, A, b"%d" % number)
        for number in reversed(range(49)):
            if restart and number % 20 == 0:
                undo = again(undo)
            assert undo.undo().label == f"{A} {b'%d' % (number + 1)}"
            assert text(undo, A) == b"%d" % number
        undo.undo()
        assert text(undo, A) is None
        assert undo.undo() is None
        for number in range(50):
            assert undo.redo()
            assert text(undo, A) == b"%d" % number
        assert undo.redo() is None

    def test_a_step_over_several_files_is_one_step(self, undo, store, restart):
        change(undo, A, b"a")
        change(undo, C, b"c")
        undo.apply(
            "Sort",
            [
                Edit(A, b"a2", store.version(A)),
                Edit(B, b"b", ABSENT),
                Edit(C, None, store.version(C)),
            ],
        )
        undo = again(undo) if restart else undo
        step = undo.undo()
        assert step.label == "Sort"
        assert [each.path for each in step.changes] == [A, B, C]
        assert (text(undo, A), text(undo, B), text(undo, C)) == (b"a", None, b"c")
        undo = again(undo) if restart else undo
        undo.redo()
        assert (text(undo, A), text(undo, B), text(undo, C)) == (b"a2", b"b", None)
        undo.undo()
        assert (text(undo, A), text(undo, B), text(undo, C)) == (b"a", None, b"c")

    def test_a_trashed_clip_of_any_size_comes_back_from_the_trash(self, undo, root, store, restart):
        data = os.urandom(2 << 20)
        (root / "clip.mp4").write_bytes(data)
        undo.apply("Delete", [Edit("clip.mp4", None, store.version("clip.mp4"))])
        assert not (root / "clip.mp4").exists()
        undo = again(undo) if restart else undo
        undo.undo()
        assert (root / "clip.mp4").read_bytes() == data
        assert not undo._history.entries("clip.mp4")

    def test_a_large_new_file_lies_in_the_trash_alone(self, undo, root, restart, monkeypatch):
        monkeypatch.setattr("studio.project.undo._LARGE", 1000)
        change(undo, A, b"x" * 2000)
        assert not undo._history.entries(A)
        for _ in range(2):
            if restart:
                undo = again(undo)
            undo.undo()
            assert text(undo, A) is None
            undo.redo()
            assert text(undo, A) == b"x" * 2000
        change(undo, A, b"y")
        undo.undo()
        assert text(undo, A) == b"x" * 2000

    def test_a_small_file_comes_back_though_the_trash_was_emptied(self, undo, root, restart):
        change(undo, A, b"text")
        step = change(undo, A, None)
        (root / step.changes[0].trashed).unlink()
        undo = again(undo) if restart else undo
        undo.undo()
        assert text(undo, A) == b"text"

    def test_only_what_belongs_to_a_scope(self, undo, restart):
        change(undo, A, b"a", scope="board")
        change(undo, B, b"b", scope="review")
        undo = again(undo) if restart else undo
        assert undo.next_undo("board").label.startswith(A)
        assert undo.undo("board").scope == "board"
        assert undo.undo("board") is None
        assert (text(undo, A), text(undo, B)) == (None, b"b")
        assert undo.next_redo().scope == "board"
        assert undo.redo("board")
        assert text(undo, A) == b"a"

    def test_a_new_step_ends_what_could_be_done_again(self, undo, restart):
        change(undo, A, b"1")
        change(undo, A, b"2")
        undo.undo()
        change(undo, A, b"3")
        undo = again(undo) if restart else undo
        assert undo.redo() is None
        assert [each.label for each in undo.steps()] == [f"{A} b'1'", f"{A} b'3'"]


class TestSomeoneElse:
    def test_what_was_changed_since_is_not_overwritten_and_nothing_is_taken_back(self, undo, root):
        change(undo, A, b"a1")
        change(undo, B, b"b1")
        store = undo._store
        undo.apply("Both", [Edit(p, b"2", store.version(p)) for p in (A, B)])
        (root / B).write_bytes(b"theirs")
        with pytest.raises(Problem, match=r"b\.md: it was changed since “Both”; nothing was taken"):
            undo.undo()
        assert (text(undo, A), text(undo, B)) == (b"2", b"theirs")
        assert undo.next_undo().label == "Both"
        undo.set_aside(undo.next_undo())
        assert again(undo).next_undo().label == f"{B} b'b1'"

    def test_a_step_that_fails_midway_leaves_every_file_as_it_was(self, undo, root):
        change(undo, A, b"a")
        change(undo, C, b"c")
        undo.undo()
        (root / B).write_bytes(b"theirs")
        version = undo._store.version
        with pytest.raises(Conflict):
            undo.apply(
                "x", [Edit(A, b"mine", version(A)), Edit(C, b"new", ABSENT), Edit(B, b"m", ABSENT)]
            )
        assert (text(undo, A), text(undo, B), text(undo, C)) == (b"a", b"theirs", None)
        assert again(undo).next_undo().label == f"{A} b'a'"
        assert undo.next_redo().label == again(undo).next_redo().label == f"{C} b'c'"

    def test_a_file_deleted_outside_is_a_conflict_and_my_text_is_kept(self, undo, root):
        change(undo, A, b"a")
        base = undo._store.version(A)
        (root / A).unlink()
        with pytest.raises(Conflict) as caught:
            undo.apply("x", [Edit(A, b"mine", base)])
        assert (root / caught.value.kept_at).read_bytes() == b"mine"

    def test_two_windows_share_their_steps(self, undo):
        other = again(undo)
        change(undo, A, b"1")
        change(other, B, b"2")
        assert undo.undo().label.startswith(B)
        assert other.undo().label.startswith(A)
        assert undo.undo() is None


class TestCrash:
    def test_a_step_that_was_only_begun_can_be_taken_back(self, undo, store, monkeypatch):
        change(undo, A, b"a")

        def die_after_the_first(changes, texts, keep_mine):
            undo._change(changes[0], texts[changes[0].path], keep_mine)
            raise SystemExit

        monkeypatch.setattr(undo, "_perform", die_after_the_first)
        appended = undo._append
        monkeypatch.setattr(
            undo, "_append", lambda record: None if "fail" in record else appended(record)
        )
        with pytest.raises(SystemExit):
            undo.apply("Two", [Edit(A, b"a2", store.version(A)), Edit(B, b"b2", ABSENT)])
        assert (text(undo, A), text(undo, B)) == (b"a2", None)
        later = again(undo)
        assert later.undo().label == "Two"
        assert (text(later, A), text(later, B)) == (b"a", None)

    def test_a_torn_last_line_loses_that_line_only(self, undo):
        change(undo, A, b"1")
        change(undo, A, b"2")
        log = undo.folder / "undo.log"
        log.write_bytes(log.read_bytes() + b'{"do": {"id": "x", "la')
        later = again(undo)
        assert len(later.steps()) == 2
        change(later, A, b"3")
        assert [each.label for each in again(later).steps()] == [f"{A} b'{n}'" for n in (1, 2, 3)]

    def test_lines_of_a_later_version_are_passed_over(self, undo):
        change(undo, A, b"1")
        with (undo.folder / "undo.log").open("ab") as log:
            log.write(b'{"later": 1}\n[]\n3\n' + b"[" * 3000 + b'\n{"do": {"changes": 3}}\n')
        assert len(again(undo).steps()) == 1


def test_nothing_to_do_is_no_step(undo, root):
    change(undo, A, b"1")
    assert change(undo, A, b"1").changes == ()
    assert undo.apply("Nothing", []).changes == ()
    assert len(undo.steps()) == 1
