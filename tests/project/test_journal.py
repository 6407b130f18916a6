"""Text that was typed and not yet saved survives a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.project.journal import Journal
from studio.project.lock import Claim
from studio.project.version import ABSENT, Version

A = "captions/a.md"
REPO = Path(__file__).parents[2]

CRASH = """
import os, signal, sys
from pathlib import Path
from studio.project.journal import Journal
from studio.project.version import Version
journal = Journal(Path(sys.argv[1]))
journal.record("captions/a.md", b"first", Version("00"))
journal.record("captions/a.md", "typed, never saved \\u2028".encode(), Version("01"))
journal.record("captions/b.md", b"saved", Version("02"))
journal.clear("captions/b.md")
if sys.argv[2] == "wait":
    print("ready", flush=True)
    sys.stdin.read()
os.kill(os.getpid(), signal.SIGKILL)
"""


def child(folder, how):
    return subprocess.Popen(
        [sys.executable, "-c", CRASH, str(folder), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "journal"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
class TestAfterACrash:
    def test_the_last_text_is_offered_with_what_it_was_typed_on(self, folder):
        process = child(folder, "crash")
        assert process.wait(30) == -signal.SIGKILL
        (found,) = Journal(folder).pending()
        assert (found.path, found.base) == (A, Version("01"))
        assert found.data.decode() == "typed, never saved \u2028"
        assert found.time.utcoffset().total_seconds() == 0

    def test_it_is_offered_until_it_is_settled(self, folder):
        child(folder, "crash").wait(30)
        journal = Journal(folder)
        assert len(journal.pending()) == len(journal.pending()) == 1
        journal.clear(A)
        assert journal.pending() == Journal(folder).pending() == []
        assert not list(folder.iterdir())

    def test_the_text_of_a_second_living_window_is_left_alone(self, folder):
        process = child(folder, "wait")
        assert process.stdout.readline() == b"ready\n"
        journal = Journal(folder)
        assert journal.pending() == []
        journal.record(A, b"mine", ABSENT)
        journal.clear(A)
        process.stdin.close()
        process.wait(30)
        assert [each.data.decode() for each in journal.pending()] == ["typed, never saved \u2028"]


def test_a_damaged_record_is_passed_over(folder):
    journal = Journal(folder)
    journal.record(A, b"good", ABSENT)
    for name, data in {"1": b"", "2": b"{}\n", "3": b"[" * 5000, "4": b'{"path": 1}\nx'}.items():
        (next(folder.iterdir()) / f"{name}.unsaved").write_bytes(data)
    journal.close()
    assert [(each.path, each.data, each.base) for each in Journal(folder).pending()] == [
        (A, b"good", ABSENT)
    ]


def test_a_window_closed_in_order_leaves_nothing(folder):
    journal = Journal(folder)
    journal.record(A, b"text", ABSENT)
    journal.clear(A)
    journal.close()
    assert not list(folder.iterdir())


def test_a_second_window_knows_that_there_is_a_first(tmp_path):
    first, second = Claim(tmp_path / "state"), Claim(tmp_path / "state")
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    assert second.holder() == os.getpid()
    first.release()
    with second as free:
        assert free
    assert first.acquire()
