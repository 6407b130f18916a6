"""Every version of a caption is there, and comes back as a new one."""

from __future__ import annotations

import random

import pytest

from studio.captions.files import encode
from studio.captions.versions import restore, text_of, versions
from studio.problem import Problem
from studio.project.project import Project
from studio.project.version import ABSENT
from tests.captions.strings import drawn

PATH = "captions/xmas.md"


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "versions-test"\n', "utf-8")
    return Project.open(root)


def save(project: Project, *texts: bytes) -> None:
    for text in texts:
        project.store.write(PATH, text, if_version=project.store.version(PATH))


def listed(project: Project) -> list[bytes]:
    found = versions(project.store, project.history, PATH)
    return [encode(text_of(project.store, project.history, PATH, each.digest)) for each in found]


def test_every_save_is_a_version_newest_first(project):
    save(project, b"one\n", b"two\r\n", b"\xef\xbb\xbfthree")
    assert listed(project) == [b"\xef\xbb\xbfthree", b"two\r\n", b"one\n"]
    found = versions(project.store, project.history, PATH)
    assert [each.now for each in found] == [True, False, False]
    assert [each.size for each in found] == [8, 5, 4]
    times = [each.time for each in found[1:]]
    assert times == sorted(times, reverse=True)
    assert found[0].time is not None
    assert found[0].time.tzinfo is not None


def test_restoring_makes_a_new_version_and_can_be_taken_back(project):
    save(project, b"one\n", b"two\n", b"three\n")
    first = versions(project.store, project.history, PATH)[-1]
    edits = restore(project.store, project.history, PATH, first.digest)
    project.undo.apply("Restore a version", edits)
    assert project.store.read(PATH)[0] == b"one\n"
    assert listed(project)[:2] == [b"one\n", b"three\n"]
    assert set(listed(project)) == {b"one\n", b"two\n", b"three\n"}
    project.undo.undo()
    assert project.store.read(PATH)[0] == b"three\n"
    assert b"one\n" in listed(project)


def test_restoring_what_the_file_says_changes_nothing(project):
    save(project, b"one\n", b"two\n")
    now = versions(project.store, project.history, PATH)[0]
    assert restore(project.store, project.history, PATH, now.digest) == []


def test_a_caption_whose_file_is_gone_still_has_its_versions(project):
    save(project, b"one\n", b"two\n")
    (project.root / PATH).unlink()
    assert listed(project) == [b"one\n"]
    (old,) = versions(project.store, project.history, PATH)
    (edit,) = restore(project.store, project.history, PATH, old.digest)
    assert (edit.data, edit.if_version) == (b"one\n", ABSENT)
    project.undo.apply("Restore", [edit])
    assert project.store.read(PATH)[0] == b"one\n"


def test_a_change_outside_after_the_list_was_shown_is_not_overwritten(project):
    save(project, b"one\n", b"two\n")
    old = versions(project.store, project.history, PATH)[-1]
    edits = restore(project.store, project.history, PATH, old.digest)
    (project.root / PATH).write_bytes(b"typed elsewhere\n")
    with pytest.raises(Problem):
        project.undo.apply("Restore", edits)
    assert project.store.read(PATH)[0] == b"typed elsewhere\n"


def test_a_version_of_another_file_is_no_version_of_this_one(project):
    save(project, b"one\n", b"two\n")
    other = project.history.add("captions/other.md", b"not mine\n")
    for ask in (restore, text_of):
        with pytest.raises(Problem, match="has no version"):
            ask(project.store, project.history, PATH, other)


def test_a_caption_that_was_never_there_has_no_versions(project):
    assert versions(project.store, project.history, PATH) == []


def test_bytes_that_are_no_text_come_back_too(project):
    save(project, b"caf\xe9\r\n", b"two\n")
    old = versions(project.store, project.history, PATH)[-1]
    assert text_of(project.store, project.history, PATH, old.digest).read_only
    (edit,) = restore(project.store, project.history, PATH, old.digest)
    assert edit.data == b"caf\xe9\r\n"


def test_random_versions_come_back_byte_for_byte(project):
    rng = random.Random(6)
    texts = list(dict.fromkeys(drawn(rng).encode() for _ in range(18)))
    save(project, *texts)
    assert listed(project) == texts[::-1]
    for text in texts[:5]:
        digests = {
            encode(text_of(project.store, project.history, PATH, each.digest)): each.digest
            for each in versions(project.store, project.history, PATH)
        }
        edits = restore(project.store, project.history, PATH, digests[text])
        project.undo.apply("Restore", edits)
        assert project.store.read(PATH)[0] == text
