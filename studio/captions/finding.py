"""Where a caption holds what is looked for: caseless, and however its accents are written.

Two texts are the same here if they are canonically caseless equivalent (Unicode 3.13, D145):
NFD(casefold(NFD(x))). What is found starts and ends where a cursor may stand, so that "e" is not
found in "é" nor a man in a family, and is told in the code points of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

from studio.captions.graphemes import snap

# Two characters that never join: ASCII without CR, Latin, Greek, Cyrillic, kana, ideographs.
_APART = re.compile(
    "[\n -~\u00c0-\u02af\u0391-\u03ce\u0410-\u044f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]{2}"
)


def places(text: str, query: str, *, smart_case: bool = False) -> list[tuple[int, int]]:
    """Return every place of `query` in `text`, in order, none overlapping another.

    Args:
        text: the whole caption.
        query: what to look for; nothing is found of an empty one.
        smart_case: whether capitals in the query mean capitals in the text.

    Returns:
        (start, end) in code points of `text`.
    """
    cased = smart_case and any(character.isupper() for character in query)
    wanted = _fold(query, cased=cased)
    if not wanted:
        return []
    folded = _folded(text, cased)
    found: list[tuple[int, int]] = []
    place = folded.find(wanted)
    # Folding never shortens a code point, and none touches another's but in the order of marks,
    # so that equal lengths mean one to one.
    starts = None if place < 0 or len(folded) == len(text) else _starts(text, cased)
    plain = text.isascii() and "\r" not in text
    while place >= 0:
        end = place + len(wanted)
        span = (place, end) if starts is None else _original(starts, place, end)
        if span is not None and (
            plain or (_may_stand(text, span[0]) and _may_stand(text, span[1]))
        ):
            found.append(span)
            place = folded.find(wanted, end)
        else:
            place = folded.find(wanted, place + 1)
    return found


def nearest(found: list[tuple[int, int]], place: int) -> int | None:
    """Return the index of the first find that starts at or after a place, round to the first."""
    if not found:
        return None
    return bisect_left(found, (place, 0)) % len(found)


def _fold(text: str, *, cased: bool) -> str:
    if text.isascii():
        return text if cased else text.lower()
    split = unicodedata.normalize("NFD", text)
    return split if cased else unicodedata.normalize("NFD", split.casefold())


@lru_cache(maxsize=4)
def _folded(text: str, cased: bool) -> str:
    return _fold(text, cased=cased)


@lru_cache(maxsize=4)
def _starts(text: str, cased: bool) -> list[int]:
    """Return where each code point of a text starts in the folded text."""
    lengths = {character: len(_fold(character, cased=cased)) for character in set(text)}
    return list(accumulate(map(lengths.__getitem__, text), initial=0))


def _original(starts: list[int], start: int, end: int) -> tuple[int, int] | None:
    """Return a span of the folded text in the text itself; None if it cuts a code point."""
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    if starts[first] != start or starts[last] != end:
        return None
    return first, last


def _may_stand(text: str, place: int) -> bool:
    if not 0 < place < len(text) or _APART.match(text, place - 1):
        return True
    return snap(text, place) == place
