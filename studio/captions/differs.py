"""Where a platform's own version has other words than the base text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"\w+|[^\w\s]", re.UNICODE)
_LINES = 400  # lines of one text up to which long ones are compared line by line
_WORK = 8_000  # pairs of equal words up to which two texts are compared; difflib walks all of them


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
    Long texts are compared line by line first.
    """
    if base == own:
        return Difference((), 0, 0, exact=True)
    before = [match.group() for match in _WORD.finditer(base)]
    marks = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(own)]
    after = [mark[0] for mark in marks]
    blocks, exact = _blocks(before, after, lambda: (_line_ends(base), _line_ends(own)))
    spans: list[tuple[int, int]] = []
    words = gone = 0
    for old_from, old_to, new_from, new_to in blocks:
        gone += sum(map(_counts, before[old_from:old_to]))
        if new_from < new_to:
            words += sum(map(_counts, after[new_from:new_to]))
            spans.append((marks[new_from][1], marks[new_to - 1][2]))
    # A changed comma alone is a difference, though no word.
    if not words and not gone and blocks:
        words = sum(to - of for _, _, of, to in blocks)
        gone = 0 if words else 1
    return Difference(tuple(spans), words, gone, exact)


_Block = tuple[int, int, int, int]  # from and to in the old, from and to in the new


def _blocks(
    before: list[str],
    after: list[str],
    line_ends: Callable[[], tuple[list[int], list[int]]] | None = None,
) -> tuple[list[_Block], bool]:
    """Return the stretches of words that differ, and whether they were found word by word."""
    from difflib import SequenceMatcher

    head, most = 0, min(len(before), len(after))
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    ours, theirs = before[head : len(before) - tail], after[head : len(after) - tail]
    if not ours and not theirs:
        return [], True
    if _work(ours, theirs) <= _WORK:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        found = [
            (a + head, b + head, c + head, d + head)
            for tag, a, b, c, d in matcher.get_opcodes()
            if tag != "equal"
        ]
        return found, True
    if line_ends is None:
        return [(head, len(before) - tail, head, len(after) - tail)], False
    old_ends, new_ends = line_ends()
    old_lines, new_lines = _lines(before, old_ends), _lines(after, new_ends)
    if max(len(old_lines), len(new_lines)) > _LINES or _work(old_lines, new_lines) > _WORK:
        return [(head, len(before) - tail, head, len(after) - tail)], False
    made: list[_Block] = []
    exact = True
    for tag, a, b, c, d in SequenceMatcher(
        None, old_lines, new_lines, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        old_from, old_to = old_ends[a], old_ends[b]
        new_from, new_to = new_ends[c], new_ends[d]
        inner, fine = _blocks(before[old_from:old_to], after[new_from:new_to])
        exact &= fine
        made += [
            (old_from + one, old_from + two, new_from + three, new_from + four)
            for one, two, three, four in inner
        ]
    return made, exact


def _line_ends(text: str) -> list[int]:
    """Return at which word each line begins, and at the end how many words there are."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + sum(1 for _ in _WORD.finditer(line)))
    return starts


def _lines(words: list[str], starts: list[int]) -> list[str]:
    return ["\0".join(words[of:to]) for of, to in pairwise(starts)]


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
