"""`studio lint`: what it prints, what it gives a script, and what it refuses."""

from __future__ import annotations

import json

import pytest

from studio.captions.lint_told import as_json, as_words, exit_code, lint_file
from studio.problem import Problem

MACHINE = (
    "Some places stay with you. 🌊\n\nIt's not about the view. It's about you.\n\nHere's to us!"
)


def test_words_name_the_file_the_line_the_reason_and_the_source() -> None:
    told = as_words([lint_file(MACHINE.encode(), "cliff.md")])
    assert told.startswith("cliff.md  reads like a machine  ")
    assert "line 3: “It's not about the view. It's”" in told
    assert "not-x-but-y (contrast and triads) [Sprout Social" in told
    assert "points per 100 words" in told


def test_a_script_gets_places_in_code_points_and_a_code() -> None:
    files = [lint_file(MACHINE.encode(), "cliff.md"), lint_file(b"Shed door shuts now.", "shed.md")]
    told = json.loads(json.dumps(as_json(files)))
    assert told["flagged"] is True
    assert [one["flagged"] for one in told["files"]] == [True, False]
    for span in told["files"][0]["spans"]:
        assert MACHINE[span["start"] : span["end"]] == span["text"]
        assert set(span) == {
            "rule",
            "group",
            "start",
            "end",
            "line",
            "text",
            "reason",
            "source",
        }
    assert exit_code(files) == 1
    assert exit_code(files[1:]) == 0


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = lint_file(MACHINE.encode(), "a.md")
    windows = lint_file(b"\xef\xbb\xbf" + MACHINE.replace("\n", "\r\n").encode(), "a.md")
    assert windows.found == plain.found


def test_bytes_that_are_no_text_are_refused_with_a_mend() -> None:
    with pytest.raises(Problem, match="UTF-8"):
        lint_file(b"caf\xe9", "old.md")


def test_nothing_in_a_caption_steers_the_terminal() -> None:
    hostile = "Here's to \x1b]52;c;aGk=\x07us\u202e! It's not a. It's \x1b[2Jb."
    told = as_words([lint_file(hostile.encode(), "\x1b[31mname.md")])
    assert not any(sign in told for sign in ("\x1b", "\x07", "\u202e"))
