"""What a platform's own version has that the base text has not."""

from __future__ import annotations

import random

import pytest

from studio.captions.differs import difference, difference_words, differs
from tests.captions.strings import drawn


def marked(base, own):
    return [own[start:end] for start, end in differs(base, own)]


@pytest.mark.parametrize(
    ("base", "own", "words"),
    [
        ("the best part", "the best part", []),
        ("the best part", "the worst part", ["worst"]),
        ("the best part", "the very best part, really", ["very", ", really"]),
        ("", "all of it", ["all of it"]),
        ("all of it", "", []),
        ("one\ntwo\nthree", "one\nTWO\nthree", ["TWO"]),
        ("wrapping paper 🎄", "wrapping paper 🎁", ["🎁"]),
        ("漢字 a", "漢語 a", ["漢語"]),
        ("#80skid #xmas", "#80skid #christmas", ["christmas"]),
        ("a  b\nc", "a b c", []),
    ],
)
def test_the_words_that_are_changed_or_added_are_marked(base, own, words):
    assert marked(base, own) == words


@pytest.mark.parametrize(
    ("base", "own", "told"),
    [
        ("a b c", "a x c", "1 word differs from the base text"),
        ("a b c d", "a x y d", "2 words differ from the base text"),
        ("a b c d", "a d", "2 words of the base text left out"),
        ("a b", "a", "1 word of the base text left out"),
        ("a b", "a  b", "the same words as the base text"),
        ("a, b", "a b", "1 word of the base text left out"),
    ],
)
def test_the_title_counts_the_words(base, own, told):
    assert difference_words(difference(base, own)) == told


def test_spans_of_random_texts_lie_in_order_and_hold_no_white_space_at_their_ends():
    rng = random.Random(5)
    for _ in range(300):
        base, own = drawn(rng), drawn(rng)
        if rng.random() < 0.5:
            own = base[: len(base) // 2] + own + base[len(base) // 2 :]
        last = -1
        for start, end in differs(base, own):
            assert last < start < end <= len(own)
            assert own[start:end] == own[start:end].strip()
            last = end
        assert differs(own, own) == ()


def test_of_a_long_text_only_the_changed_line_is_marked():
    lines = [
        f"and the line {number} about the wrapping paper and the tape" for number in range(200)
    ]
    own = [*lines]
    own[50] = own[50].replace("wrapping", "brown")
    own[150] += " again"
    found = difference("\n".join(lines), "\n".join(own))
    text = "\n".join(own)
    assert [text[start:end] for start, end in found.spans] == ["brown", "again"]
    assert found.exact


def test_texts_that_have_nothing_in_common_are_marked_whole_and_not_compared_for_long():
    base, own = "a b " * 5000, "b a " * 5000 + "c"
    found = difference(base, own)
    assert not found.exact
    assert found.spans == ((0, len(own)),)
