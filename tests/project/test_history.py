"""Versions of a file are there when they are wanted, and do not fill the disk."""

from __future__ import annotations

import os
import time

import pytest

from studio.problem import Problem
from studio.project.history import NEWEST, History

A = "ideas/a.md"
DAY = 86400.0


def all_files(history):
    return [name for _, _, names in os.walk(history.folder) for name in names]


def test_versions_come_newest_first_with_size_and_time(history):
    digests = [history.add(A, text) for text in (b"one", b"two!")]
    first, second = history.entries(A)
    assert [first.digest, second.digest] == digests[::-1]
    assert (first.size, second.size) == (4, 3)
    assert first.time > second.time
    assert first.time.utcoffset().total_seconds() == 0
    assert history.entries("ideas/b.md") == []


def test_the_same_text_twice_in_a_row_is_one_version(history):
    for text in (b"one", b"one", b"two", b"one"):
        history.add(A, text)
    assert [history.get(each.digest) for each in history.entries(A)] == [b"one", b"two", b"one"]


def test_another_window_and_the_next_start_see_them(history):
    digest = history.add(A, b"text")
    assert History(history.folder).get(digest) == b"text"
    assert History(history.folder).paths() == [A]


def test_a_damaged_version_is_never_given_out(history):
    digest = history.add(A, b"text")
    (blob,) = (history.folder / "blobs").iterdir()
    blob.write_bytes(blob.read_bytes()[:-3])
    with pytest.raises(Problem, match="damaged"):
        history.get(digest)
    with pytest.raises(Problem, match="no longer"):
        history.get("0" * 64)


def test_an_hour_of_typing_thins_out_and_the_newest_stay(history, monkeypatch):
    began = 1_800_000_000.0
    for second in range(0, 3600, 30):
        monkeypatch.setattr(time, "time_ns", lambda at=began + second: int(at * 1e9))
        history.add(A, b"%d" % second)
    history.prune(now=began + 3600)
    assert len(history.entries(A)) == 120
    history.prune(now=began + DAY)
    kept = [each.time.timestamp() - began for each in history.entries(A)]
    assert kept[:NEWEST] == [3570.0 - 30 * rank for rank in range(NEWEST)]
    assert len(kept) == NEWEST + 5
    assert sorted(kept)[0] < 600


def test_over_the_cap_the_oldest_go_but_never_the_newest_or_kept_ones(tmp_path, monkeypatch):
    history = History(tmp_path / "h", cap=50_000)
    first = history.add(A, os.urandom(10_000), keep=True)
    for _ in range(NEWEST + 10):
        history.add(A, os.urandom(10_000))
    monkeypatch.setattr(os, "utime", lambda *_: None)
    assert history.prune(now=time.time() + 2 * 3600) == 10
    entries = history.entries(A)
    assert len(entries) == NEWEST + 1
    assert entries[-1].digest == first
    assert all(history.get(each.digest) for each in entries)
    assert len(list((history.folder / "blobs").iterdir())) == NEWEST + 1


def test_a_clock_set_back_does_not_turn_the_order_round(history, monkeypatch):
    history.add(A, b"first")
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    history.add(A, b"second")
    assert history.get(history.entries(A)[0].digest) == b"second"
