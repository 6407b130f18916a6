"""All captions of a project folder are gathered, and again at little cost."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from studio.captions.gathered import LARGEST, Gathered, is_caption
from studio.captions.past import Past, Posted, used_before
from studio.project.project import Project

DAY = dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC)
LONG_AGO = 1_700_000_000


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "page"
    (root / "captions").mkdir(parents=True)
    (root / "studio.toml").write_text('id = "gathered-test"\n', "utf-8")
    return Project.open(root)


@pytest.fixture
def gathered(project):
    return Gathered(project.store, project.history)


def put(project: Project, name: str, data: bytes, at: int = LONG_AGO) -> None:
    file = project.root / "captions" / name
    file.write_bytes(data)
    os.utime(file, (at, at))


def told(found) -> list[tuple[str, str, str]]:
    return [(one.kind, one.path, one.text) for one in found.writings]


def test_files_versions_and_posts_are_gathered(project, gathered):
    put(project, "xmas.md", b"one\r\ntwo\n")
    put(project, "xmas.tiktok.md", "tök".encode())
    version = project.store.version("captions/xmas.md")
    project.store.write("captions/xmas.md", b"three\n", if_version=version)
    posts = [
        ("instagram", "gone out\r\n", DAY, "captions/xmas.md", ""),
        Posted("tiktok", "x", None),
    ]
    found = gathered.all(posts, titles={"xmas": "Xmas ’89"})
    assert told(found) == [
        ("here", "captions/xmas.md", "three\n"),
        ("here", "captions/xmas.tiktok.md", "tök"),
        ("version", "captions/xmas.md", "one\ntwo\n"),
        ("posted", "captions/xmas.md", "gone out\r\n"),
        ("posted", "", "x"),
    ]
    assert [one.platform for one in found.writings] == [None, "tiktok", None, "instagram", "tiktok"]
    assert [one.title for one in found.writings] == ["Xmas ’89"] * 4 + [""]
    assert found.writings[1].when == dt.datetime.fromtimestamp(LONG_AGO, dt.UTC)
    assert found.unread == ()


def test_what_is_gathered_is_found_by_its_words(project, gathered):
    put(project, "a.md", b"Nobody warned us")
    past = Past(gathered.all([("tiktok", "Nobody warned us", DAY, "", "")]).writings)
    assert [hit.written.kind for hit in past.search("warned")] == ["posted", "here"]
    (again,) = used_before("nobody warned us", past, leave_out="captions/a.md")
    assert again.written.platform == "tiktok"


def test_a_second_time_reads_only_what_is_new(project, gathered, monkeypatch):
    for number in range(5):
        put(project, f"{number}.md", b"text %d" % number)
    project.history.add("captions/0.md", b"before")
    reads = []
    read, get = project.store.read, project.history.get
    monkeypatch.setattr(project.store, "read", lambda path: reads.append(path) or read(path))
    monkeypatch.setattr(project.history, "get", lambda one: reads.append("version") or get(one))
    monkeypatch.setattr("studio.captions.gathered._SETTLED", -1)  # as if seconds had gone by
    first = gathered.all()
    assert len(reads) == 6
    reads.clear()
    assert gathered.all() == first
    assert reads == []
    put(project, "3.md", b"another text", LONG_AGO + 5)
    found = gathered.all()
    assert reads == ["captions/3.md"]
    assert ("here", "captions/3.md", "another text") in told(found)


def test_a_change_within_the_same_moment_is_seen(project, gathered):
    file = project.root / "captions" / "a.md"
    file.write_bytes(b"one")
    state = file.stat()
    assert told(gathered.all())[0][2] == "one"
    file.write_bytes(b"two")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert told(gathered.all())[0][2] == "two"


def test_a_file_that_is_gone_leaves_its_versions(project, gathered):
    put(project, "a.md", b"now")
    project.history.add("captions/a.md", b"before")
    gathered.all()
    (project.root / "captions" / "a.md").unlink()
    assert told(gathered.all()) == [("version", "captions/a.md", "before")]
    assert gathered.here("captions/a.md") is None


def test_what_is_no_text_or_too_large_is_left_out_and_named(project, gathered):
    put(project, "bad.md", b"caf\xe9")
    put(project, "big.md", b"x" * (LARGEST + 1))
    put(project, "good.md", b"tea")
    (project.root / "captions" / "pipe.md").mkdir()
    project.history.add("captions/good.md", b"\xff\xfe\x00")
    project.history.add("captions/good.md", b"y" * (LARGEST + 1))
    found = gathered.all()
    assert told(found) == [("here", "captions/good.md", "tea")]
    assert [one.path for one in found.unread] == ["captions/bad.md", "captions/big.md"]
    assert "not UTF-8" in found.unread[0].what
    assert "1 MiB" in found.unread[1].what


def test_other_files_are_no_captions(project, gathered):
    put(project, "note.txt", b"x")
    put(project, ".hidden.md", b"x")
    (project.root / "captions" / "old").mkdir()
    (project.root / "captions" / "old" / "a.md").write_bytes(b"x")
    project.history.add("ideas/a.md", b"x")
    assert gathered.all() == type(gathered.all())((), ())
    assert is_caption("captions/a.tiktok.md")
    assert not is_caption("ideas/captions/a.md")


def test_a_text_that_came_back_is_one_version(project, gathered):
    put(project, "a.md", b"now")
    for data in (b"one", b"two", b"one", b"now", b""):
        project.history.add("captions/a.md", data)
    assert [text for _, _, text in told(gathered.all())] == ["now", "one", "two"]


def test_one_caption_is_read_again_after_a_save(project, gathered):
    put(project, "a.tiktok.md", b"tea\r\n")
    written = gathered.here("captions/a.tiktok.md", {"a": "Tea time"})
    assert written is not None
    assert (written.text, written.platform, written.title) == ("tea\n", "tiktok", "Tea time")


def test_gathering_can_be_stopped(project, gathered):
    for number in range(5):
        put(project, f"{number}.md", b"x")
    asked = iter([False, False, True, True, True, True])
    found = gathered.all(stop=lambda: next(asked))
    assert len(found.writings) == 2
    assert len(gathered.all().writings) == 5


def test_a_first_comment_is_gathered_under_its_idea_and_told_from_the_caption(project, gathered):
    put(project, "xmas.md", b"the caption")
    put(project, "xmas.comment.md", b"the comment")
    put(project, "xmas.tiktok.comment.md", b"its comment")
    found = gathered.all(titles={"xmas": "Christmas"})
    assert {(each.text, each.platform, each.title) for each in found.writings} == {
        ("the caption", None, "Christmas"),
        ("the comment", None, "Christmas · first comment"),
        ("its comment", "tiktok", "Christmas · first comment"),
    }
