"""Two captions side by side: every difference is shown, and nothing else."""

from __future__ import annotations

import random
import time

import pytest

from studio.captions.compare import MOST_ROWS, Compared, compare, within
from studio.captions.graphemes import graphemes
from tests.captions.strings import drawn


def side(compared: Compared, which: str) -> str:
    lines = [getattr(row, which) for row in compared.rows]
    return "\n".join("".join(piece.text for piece in line) for line in lines if line is not None)


def check(old: str, new: str) -> Compared:
    compared = compare(old, new)
    assert side(compared, "old") == old
    assert side(compared, "new") == new
    assert compared.same == (old == new)
    for which in ("old", "new"):
        numbers = [getattr(row, f"{which}_line") for row in compared.rows]
        there = [number for number in numbers if number is not None]
        assert there == list(range(1, len(there) + 1))
    for row in compared.rows:
        both = [row.old or (), row.new or ()]
        assert all(piece.text for line in both for piece in line)
        if row.what in {"same", "changed"}:
            kept = ["".join(piece.text for piece in line if piece.same) for line in both]
            assert kept[0] == kept[1]
            assert (both[0] == both[1]) == (row.what == "same")
        else:
            assert (row.old is None) == (row.what == "new")
            assert (row.new is None) == (row.what == "old")
            assert not any(piece.same for line in both for piece in line)
        for line in both:
            whole = "".join(piece.text for piece in line)
            cut = [cluster for piece in line for cluster in graphemes(piece.text)]
            assert cut == graphemes(whole)
    return compared


def shown(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return what each row is and its sides, with what is only there in brackets."""

    def line(pieces: object) -> str:
        return "".join(p.text if p.same else f"[{p.text}]" for p in pieces or ())

    return [(row.what, line(row.old), line(row.new)) for row in check(old, new).rows]


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ("", "", [("same", "", "")]),
        ("a", "a", [("same", "a", "a")]),
        ("", "tea", [("changed", "", "[tea]")]),
        ("tea", "tea\n", [("same", "tea", "tea"), ("new", "", "")]),
        ("tea for two", "tea for three", [("changed", "tea for [two]", "tea for [three]")]),
        ("it warned us", "it warns us", [("changed", "it warn[ed] us", "it warn[s] us")]),
        ("snow day", "snow  day", [("changed", "snow day", "snow [ ]day")]),
        (
            "a 👩\u200d👩\u200d👧 b",
            "a 👩\u200d👩\u200d👦 b",
            [("changed", "a [👩\u200d👩\u200d👧 ]b", "a [👩\u200d👩\u200d👦 ]b")],
        ),
        ("cafe", "cafe\u0301", [("changed", "caf[e]", "caf[e\u0301]")]),
        ("a\r\nb", "a\nb", [("changed", "a[\r]", "a"), ("same", "b", "b")]),
        (
            "one\ntwo words here\nthree",
            "zero\none\ntwo words there\nthree",
            [
                ("new", "", "[zero]"),
                ("same", "one", "one"),
                ("changed", "two words here", "two words [t]here"),
                ("same", "three", "three"),
            ],
        ),
        (
            "keep\nthe wrapping paper was flat\nend",
            "keep\nan unlike line\nthe wrapping paper was torn\nend",
            [
                ("same", "keep", "keep"),
                ("new", "", "[an unlike line]"),
                ("changed", "the wrapping paper was [flat]", "the wrapping paper was [torn]"),
                ("same", "end", "end"),
            ],
        ),
    ],
)
def test_what_was_changed_is_shown_and_what_was_kept_is_not(old, new, rows):
    assert shown(old, new) == rows


def test_random_texts_come_back_from_both_sides():
    rng = random.Random(3)
    for _ in range(300):
        old = drawn(rng, 60)
        parts = list(old)
        for _ in range(rng.randrange(5)):
            at = rng.randrange(len(parts) + 1)
            parts[at : at + rng.randrange(4)] = drawn(rng, 4)
        check(old, "".join(parts) if rng.random() < 0.8 else drawn(rng, 60))


def test_a_line_of_random_clusters_comes_back_in_pieces():
    rng = random.Random(4)
    for _ in range(100):
        old, new = ("x" * 4_100 + drawn(rng, 20).replace("\n", "") for _ in range(2))
        pieces = within(old, new)
        assert ["".join(piece.text for piece in line) for line in pieces] == [old, new]
        assert pieces[0][0].same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n" * 1_000_000, "a\n" * 999_999 + "b\n"),
        ("x" * 5_000_000, "y" * 5_000_000),
        ("\n" * 6_000, "x\n" + "\n" * 4_000 + "y"),
        ("ab " * 800 + "\n", "ba " * 800 + "\n"),
        (
            "\n".join(f"line {n}" for n in range(40_000)),
            "\n".join(f"lane {n}" for n in range(40_000)),
        ),
    ],
    ids=["lines", "one line", "blank lines", "alike words", "every line"],
)
def test_texts_of_five_megabytes_are_compared_in_a_few_seconds(old, new):
    start = time.process_time()
    compared = compare(old, new)
    assert time.process_time() - start < 5
    assert not compared.same
    assert len(compared.rows) <= MOST_ROWS
    lines = max(old.count("\n"), new.count("\n")) + 1
    assert len(compared.rows) + compared.left_out >= lines
