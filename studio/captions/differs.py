"""Where a platform's own version has other words than the base text."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_WORD = re.compile(r"\w+|[^\w\s]", re.UNICODE)
_WORK = 20_000  # pairs of equal words up to which two texts are compared; difflib walks all of them


class Difference(NamedTuple):
    """What is different.

    Args:
        spans: where the own text has words that the base text has not, as (start, end) in code
            points, in order, never touching.
        words: how many words these are.
        gone: words of the base text that the own one has not.
        exact: False where the texts are too unlike to tell word by word, and all between their
            common ends is marked.
    """

    spans: tuple[tuple[int, int], ...]
    words: int
    gone: int
    exact: bool

    @property
    def same(self) -> bool:
        """Whether both have the same words; line ends and spaces may still differ."""
        return not (self.words or self.gone)


def difference(base: str, own: str) -> Difference:
    """Compare two texts word by word; a punctuation mark or emoji part is a word too.

    White space is not compared; a span runs from the first of neighbouring words to the last.
    """
    from difflib import SequenceMatcher

    if base == own:
        return Difference((), 0, 0, exact=True)
    before = _WORD.findall(base)
    marks = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(own)]
    after = [mark[0] for mark in marks]
    head, most = 0, min(len(before), len(after))
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    ours = before[head : len(before) - tail]
    theirs = after[head : len(after) - tail]
    exact = _work(ours, theirs) <= _WORK
    if exact:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        blocks = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    else:
        blocks = [("replace", 0, len(ours), 0, len(theirs))]
    spans: list[tuple[int, int]] = []
    words = gone = 0
    for _, old_from, old_to, new_from, new_to in blocks:
        gone += sum(map(_counts, ours[old_from:old_to]))
        if new_from == new_to:
            continue
        words += sum(map(_counts, theirs[new_from:new_to]))
        start, end = marks[head + new_from][1], marks[head + new_to - 1][2]
        spans.append((start, end))
    # A changed comma alone is a difference, though no word.
    if not words and not gone and blocks:
        words = sum(to - of for _, _, _, of, to in blocks)
        gone = 0 if words else 1
    return Difference(tuple(spans), words, gone, exact)


def differs(base: str, own: str) -> tuple[tuple[int, int], ...]:
    """Return the words of the own text that are changed or added, as code point spans."""
    return difference(base, own).spans


def difference_words(found: Difference) -> str:
    """Return the difference in a few words: "12 words differ from the base text"."""
    if found.same:
        return "the same words as the base text"
    number = max(found.words, found.gone)
    if not found.words:
        told = "1 word" if number == 1 else f"{number:,} words"
        return f"{told} of the base text left out"
    if number == 1:
        return "1 word differs from the base text"
    return f"{number:,} words differ from the base text"


def _counts(word: str) -> bool:
    return word[0].isalnum() or word[0] == "_" or not word.isascii()


def _work(ours: list[str], theirs: list[str]) -> int:
    counts = Counter(theirs)
    return sum(counts[word] for word in ours)
