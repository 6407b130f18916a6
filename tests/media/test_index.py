from __future__ import annotations

import os
import random
import time
import tracemalloc

import pytest

from studio.media.index import Index
from studio.media.review import load_verdicts
from studio.media.sidecar import merge_verdict, with_brief
from studio.media.verdict import Pin, Verdict
from studio.project.store import Store

FULL = Verdict(
    True,
    4,
    "Red",
    "too clean 🎄",
    (Pin("six fingers", 0.5, 0.25), Pin("cut", start=1.5, end=2.0)),
    (("hands", "fail"),),
    (0.5, None),
    1.25,
)


def put(desk, path, verdict=None, *, brief=None, age=60):
    desk.put(path)
    if verdict is not None:
        sidecar(desk, path + ".xmp", with_brief(merge_verdict(None, verdict), brief), age=age)
    return path


def sidecar(desk, path, data, *, age=60):
    desk.put(path, data)
    then = time.time_ns() - age * 10**9
    os.utime(desk.root / path, ns=(then, then))


class Counting(Store):
    """Counts what is read."""

    def read(self, path):
        self.reads = [*getattr(self, "reads", []), path]
        return super().read(path)


@pytest.fixture
def counting(desk):
    store = Counting(desk.root, desk.history)
    store.reads = []
    return store


@pytest.fixture(autouse=True)
def _settled(monkeypatch):
    """A test writes and reads in less time than a file needs to be no longer fresh."""
    monkeypatch.setattr("studio.media.index._FRESH", -(10**15))
    monkeypatch.setattr("studio.media.index._FRESH_COARSE", -(10**15))


def test_it_knows_what_reading_every_sidecar_knows(desk, tmp_path):
    put(desk, "media/b.jpg", FULL, brief="briefs/xmas-1.md")
    put(desk, "media/deep/a.mp4", Verdict(keep=False))
    put(desk, "media/c.png")
    desk.put("media/notes.txt")
    sidecar(desk, "media/d.xmp", merge_verdict(None, Verdict(stars=2)))
    desk.put("media/d.jpg")
    desk.put("media/bad.jpg")
    desk.put("media/bad.jpg.xmp", b"<x:xmp")
    paths = [f"media/{name}" for name in ("b.jpg", "bad.jpg", "c.png", "d.jpg", "deep/a.mp4")]
    for _ in range(2):
        index = Index(desk.store, tmp_path / "cache")
        found = index.load()
        assert list(found) == paths
        assert found == load_verdicts(desk.store, paths)
        assert found["media/b.jpg"].verdict == FULL
        assert found["media/b.jpg"].brief == "briefs/xmas-1.md"
        assert found["media/bad.jpg"].problem.startswith("media/bad.jpg.xmp: ")
        index.save()


def test_the_second_time_no_sidecar_is_read(desk, counting, tmp_path):
    for number in range(20):
        put(desk, f"media/{number}.jpg", Verdict(stars=number % 6))
    index = Index(counting, tmp_path / "cache")
    index.load()
    index.save()
    assert len(counting.reads) == 20
    counting.reads.clear()
    assert index.load() == Index(counting, tmp_path / "cache").load()
    assert counting.reads == []


def test_what_changed_is_read_again_and_nothing_else(desk, counting, tmp_path):
    for name in "abcd":
        put(desk, f"media/{name}.jpg", Verdict(stars=1))
    Index(counting, tmp_path).load()
    index = Index(counting, tmp_path)
    index.load()
    index.save()
    counting.reads.clear()
    put(desk, "media/a.jpg", Verdict(stars=2), age=30)  # as long as before
    (desk.root / "media/b.jpg.xmp").unlink()
    (desk.root / "media/c.jpg").unlink()
    put(desk, "media/e.jpg", Verdict(stars=5))
    found = Index(counting, tmp_path).load()
    assert {path: one.verdict.stars for path, one in found.items()} == {
        "media/a.jpg": 2,
        "media/b.jpg": None,
        "media/d.jpg": 1,
        "media/e.jpg": 5,
    }
    assert counting.reads == ["media/a.jpg.xmp", "media/e.jpg.xmp"]


@pytest.mark.skipif(os.name == "nt", reason="the change of an entry has no time there")
def test_a_change_that_keeps_size_and_time_is_seen(desk, tmp_path):
    """`exiftool -P` writes so."""
    put(desk, "media/a.jpg", Verdict(stars=3))
    state = (desk.root / "media/a.jpg.xmp").stat()
    index = Index(desk.store, tmp_path)
    index.load()
    index.save()
    time.sleep(0.02)  # the file system's clock
    put(desk, "media/a.jpg", Verdict(stars=4))
    os.utime(desk.root / "media/a.jpg.xmp", ns=(state.st_mtime_ns, state.st_mtime_ns))
    assert (desk.root / "media/a.jpg.xmp").stat().st_size == state.st_size
    assert Index(desk.store, tmp_path).load()["media/a.jpg"].verdict.stars == 4


def test_a_sidecar_written_this_moment_is_not_trusted_later(desk, counting, tmp_path, monkeypatch):
    monkeypatch.setattr("studio.media.index._FRESH", 10**15)
    monkeypatch.setattr("studio.media.index._FRESH_COARSE", 10**15)
    put(desk, "media/a.jpg", Verdict(stars=3))
    index = Index(counting, tmp_path)
    index.load()
    index.save()
    Index(counting, tmp_path).load()
    assert len(counting.reads) == 2


def test_the_first_ones_come_first_and_parts_make_the_whole(desk, tmp_path):
    for number in range(300):
        put(desk, f"media/{number:03}.jpg", Verdict(stars=number % 6))
    parts = []
    first = ["media/250.jpg", "media/gone.jpg", "media/notes.txt", "media/007.jpg"]
    found = Index(desk.store, tmp_path).load(parts.append, first)
    assert list(parts[0]) == ["media/250.jpg", "media/007.jpg"]
    together = {path: one for part in parts for path, one in part.items()}
    assert together == found
    assert sum(len(part) for part in parts) == 300


def test_reading_can_be_stopped_by_whoever_takes_the_parts(desk, tmp_path):
    put(desk, "media/a.jpg", Verdict(stars=3))

    def enough(_):
        raise KeyboardInterrupt

    index = Index(desk.store, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        index.load(enough)
    assert index.load()["media/a.jpg"].verdict.stars == 3


def test_what_is_on_its_way_to_the_disk_is_read_as_it_will_be(desk, tmp_path):
    class Ahead(Store):
        coming = merge_verdict(None, Verdict(stars=5))

        def pending(self):
            return frozenset({"media/a.jpg.xmp", "media/b.jpg.xmp"})

        def read(self, path):
            _, version = super().read("media/c.jpg")
            return self.coming, version

    put(desk, "media/a.jpg", Verdict(stars=1))
    put(desk, "media/b.jpg")
    desk.put("media/c.jpg")
    index = Index(desk.store, tmp_path)
    index.load()
    index.save()
    found = Index(Ahead(desk.root, desk.history), tmp_path).load()
    assert [one.verdict.stars for one in found.values()] == [5, 5, None]
    assert Index(desk.store, tmp_path).load()["media/a.jpg"].verdict.stars == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-20],
        lambda data: data.replace(b"Red", b"Rad"),
        lambda data: b"[" * 100_000,
        lambda data: b"\xff\x00" * 100,
        lambda data: data.replace(b'"format": 1', b'"format": 0'),
        lambda data: data.partition(b"\n")[0],
        lambda data: b'{"format": 1}\n[[5]]',
    ],
)
def test_a_spoilt_cache_costs_only_time(desk, tmp_path, spoil):
    put(desk, "media/a.jpg", FULL)
    index = Index(desk.store, tmp_path)
    right = index.load()
    index.save()
    (file,) = tmp_path.glob("*.jsonl")
    file.write_bytes(spoil(file.read_bytes()))
    again = Index(desk.store, tmp_path)
    assert again.load() == right
    again.save()
    assert Index(desk.store, tmp_path).load() == right


def test_a_cache_that_cannot_be_written_is_no_matter(desk, tmp_path):
    (tmp_path / "file").write_text("in the way")
    put(desk, "media/a.jpg", FULL)
    index = Index(desk.store, tmp_path / "file" / "cache")
    assert index.load()["media/a.jpg"].verdict == FULL
    index.save()


def test_nothing_new_is_not_written_again(desk, tmp_path):
    put(desk, "media/a.jpg", FULL)
    index = Index(desk.store, tmp_path)
    index.load()
    index.save()
    (file,) = tmp_path.glob("*.jsonl")
    file.unlink()
    index.load()
    index.save()
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
def test_names_that_are_no_text_are_remembered(desk, counting, tmp_path):
    path = put(desk, "media/" + os.fsdecode(b"caf\xe9\x1b[WIP].jpg"), FULL)
    index = Index(counting, tmp_path)
    index.load()
    index.save()
    counting.reads.clear()
    assert Index(counting, tmp_path).load()[path].verdict == FULL
    assert counting.reads == []


def test_thousands_are_read_fast_the_second_time_in_little_memory(desk, tmp_path):
    rng = random.Random(1)
    (desk.root / "media").mkdir()
    some = [merge_verdict(None, Verdict(rng.choice([None, True, False]), n % 6)) for n in range(9)]
    for number in range(1000):
        folder = desk.root / f"media/{number % 10}"
        folder.mkdir(exist_ok=True)
        (folder / f"take-{number:05}.jpg").touch()
        (folder / f"take-{number:05}.jpg.xmp").write_bytes(rng.choice(some))
    index = Index(desk.store, tmp_path)
    start = time.process_time()
    right = index.load()
    cold = time.process_time() - start
    index.save()
    warm = 1.0
    for _ in range(3):
        start = time.process_time()
        found = Index(desk.store, tmp_path).load()
        warm = min(warm, time.process_time() - start)
        assert found == right
    # A tenth of ten thousand; measured on a quiet machine 0.11 and 0.013 s.
    assert cold < 0.5
    assert warm < 0.05
    del index, right, found
    tracemalloc.start()
    try:
        kept = Index(desk.store, tmp_path).load()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) == 1000
    assert held < 3 << 20


def test_it_pauses_between_slices_so_that_the_screen_gets_its_turn(desk, tmp_path, monkeypatch):
    for number in range(50):
        put(desk, f"media/{number:03}.jpg", Verdict(stars=number % 6))
    pauses = []
    monkeypatch.setattr("studio.media.index._SLICE", 0)
    monkeypatch.setattr("studio.media.index.time.sleep", pauses.append)
    Index(desk.store, tmp_path).load()
    assert len(pauses) >= 50
    assert all(0 < pause < 0.001 for pause in pauses), "asleep for a moment, not for a nought"
