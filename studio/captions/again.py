"""Captions and first lines that were used before, exactly or nearly.

Exactly: the same text but for case, accents, kinds of quotes and white space (`folded`).

Nearly: after A. Broder, "On the resemblance and containment of documents" (1997), with pairs of
words as shingles, because captions are short, and Dice's coefficient, twice the common pairs over
all pairs of both. Tags, mentions and links are left out before, since a page's tags are the same on
every post; so the same words under other tags are near with a share of 1. A pair that stands in
more than `OWN_TEXTS` texts and more than one in `OWN_PART` of all is the page's own phrase (its
signature, its call to action): the share is the lesser of that with and that without such pairs.
Texts under `LEAST_WORDS` words are only compared exactly.

`NEAR` is ours. In a line of eight words one word exchanged leaves 0.71, two that are apart 0.43; a
text with as much again added has 0.67. Of 300 generated captions of 58 words against 2,000 others
the highest share was 0.10, of their first lines of nine words 0.33 (`tests/bench/past.py`).
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.captions.folded import fold
from studio.captions.written import seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.captions.written import Written

NEAR = 0.6
"""The least share of common word pairs that is told as near."""

LEAST_WORDS = 5
OWN_TEXTS = 5
OWN_PART = 20

_MOST_LETTERS = 15_000  # of one text whose words are compared; the exact look sees all
_MOST_CHECKED = 50  # texts looked at closely for one answer
# What is no word of the text: links, tags, mentions.
_MARKED = re.compile(r"(?:https?://|www\.)\S+|[#@]\S+")
# Scripts without spaces between words: there each letter is taken as one (Thai to Khmer, kana,
# ideographs, Hangul stays whole as it has spaces).
_LONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_LINE_END = re.compile("[\n\r\u2028\u2029]")
_WORD = re.compile(rf"[{_LONE}]|[^\W{_LONE}]+(?:'[^\W{_LONE}]+)*")


@dataclass(frozen=True)
class Again:
    """Something that was used before.

    Args:
        what: the whole caption, or its first line.
        near: False: the same; True: nearly.
        share: 0 to 1, common pairs of words as the module says; 1.0 for the same, and for the same
            words under other tags.
        written: where; of several uses of the same words the newest.
    """

    what: Literal["caption", "first line"]
    near: bool
    share: float
    written: Written


class Uses:
    """Everything that was used, as whole captions and as first lines."""

    def __init__(self) -> None:
        self._same = _Lists()
        self._captions = _Index()
        self._lines = _Index()

    def add(self, written: Written, folded: str) -> None:
        """Take in a text and its folded form."""
        self._same.add(folded.strip(), written)
        self._captions.add(_words(folded), written)
        self._lines.add(_first_words(written.text), written)

    def remove(self, written: Written, folded: str) -> None:
        """Take out what `add` took in."""
        self._same.remove(folded.strip(), written)
        self._captions.remove(_words(folded), written)
        self._lines.remove(_first_words(written.text), written)

    def like(self, text: str, counts: Callable[[Written], bool]) -> list[Again]:
        """Tell where a text was used before; see `past.used_before`.

        Args:
            text: the caption, raw.
            counts: whether a use is to be told.
        """
        folded = fold(text)
        whole = folded.strip()
        if not whole:
            return []
        found = []
        told = set()
        if (same := self._same.newest(whole, counts)) is not None:
            found.append(Again("caption", False, 1.0, same))
            told.add(_key(folded))
        for key, share, use in self._captions.like(_words(folded), counts):
            if key not in told:
                found.append(Again("caption", True, share, use))
                told.add(key)

        def untold(written: Written) -> bool:
            return counts(written) and _key(fold(written.text)) not in told

        own = _first_words(text)
        for key, share, use in self._lines.like(own, untold):
            found.append(Again("first line", key != " ".join(own), share, use))
        return found


class _Lists:
    """Uses of each text, oldest first."""

    def __init__(self) -> None:
        self._uses: dict[str, list[Written]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._uses

    def __len__(self) -> int:
        return len(self._uses)

    def add(self, key: str, written: Written) -> None:
        insort(self._uses.setdefault(key, []), written, key=_age)

    def remove(self, key: str, written: Written) -> None:
        uses = self._uses.get(key, [])
        if written in uses:
            uses.remove(written)
        if not uses:
            self._uses.pop(key, None)

    def newest(self, key: str, counts: Callable[[Written], bool]) -> Written | None:
        return next((use for use in reversed(self._uses.get(key, ())) if counts(use)), None)


class _Index:
    """Texts by their words and by their pairs of words."""

    def __init__(self) -> None:
        self._texts = _Lists()
        # Most pairs stand in one text only: a list for each would double the room it takes.
        self._by_pair: dict[int, str | list[str]] = {}

    def add(self, words: list[str], written: Written) -> None:
        if not words:
            return
        key = " ".join(words)
        if key not in self._texts:
            for pair in _pairs(words):
                here = self._by_pair.get(pair)
                if here is None:
                    self._by_pair[pair] = key
                elif isinstance(here, str):
                    self._by_pair[pair] = [here, key]
                else:
                    here.append(key)
        self._texts.add(key, written)

    def remove(self, words: list[str], written: Written) -> None:
        key = " ".join(words)
        if key not in self._texts:
            return
        self._texts.remove(key, written)
        if key in self._texts:
            return
        for pair in _pairs(words):
            here = self._by_pair[pair]
            if isinstance(here, str):
                del self._by_pair[pair]
            else:
                here.remove(key)
                if len(here) == 1:
                    self._by_pair[pair] = here[0]

    def like(
        self, words: list[str], counts: Callable[[Written], bool]
    ) -> list[tuple[str, float, Written]]:
        """Return what shares at least `NEAR`, the same words first, then the most."""
        key = " ".join(words)
        found = []
        if (same := self._texts.newest(key, counts)) is not None:
            found.append((key, 1.0, same))
        own = max(OWN_TEXTS, len(self._texts) // OWN_PART)
        mine = _pairs(words)
        pairs = [pair for pair in mine if self._used(pair) <= own]
        if len(words) < LEAST_WORDS or not pairs:
            return found
        common: Counter[str] = Counter()
        for pair in pairs:
            here = self._by_pair.get(pair, [])
            common.update([here] if isinstance(here, str) else here)
        least = NEAR / (2 - NEAR) * len(pairs)  # with fewer in common no length reaches `NEAR`
        near = []
        for other, shared in common.most_common(_MOST_CHECKED):
            if shared < least:
                break
            theirs = _pairs(other.split(" "))
            counted = sum(self._used(pair) <= own for pair in theirs)
            share = min(
                2 * shared / (len(pairs) + counted),
                2 * len(mine & theirs) / (len(mine) + len(theirs)),
            )
            if share < NEAR or other == key or other.count(" ") < LEAST_WORDS - 1:
                continue
            if (use := self._texts.newest(other, counts)) is not None:
                near.append((other, share, use))
        near.sort(key=lambda one: (-one[1], -_age(one[2])))
        return found + near

    def _used(self, pair: int) -> int:
        here = self._by_pair.get(pair)
        return 0 if here is None else 1 if isinstance(here, str) else len(here)


def _words(folded: str) -> list[str]:
    """Return the words of a folded text, without its tags, mentions and links."""
    return _WORD.findall(_MARKED.sub(" ", folded[:_MOST_LETTERS]))


def _key(folded: str) -> str:
    return " ".join(_words(folded))


def _first_words(text: str) -> list[str]:
    """Return the words of the first line that has text; those of a line of tags alone are none."""
    line = _LINE_END.split(text.lstrip(), maxsplit=1)[0]
    return _words(fold(line))


def _pairs(words: list[str]) -> set[int]:
    return {hash(pair) for pair in pairwise(words)}


def _age(written: Written) -> float:
    return seconds(written.when)
