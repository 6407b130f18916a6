"""Which words of a caption were pasted and not edited since, so that its history can tell.

A mark is a stretch of the text, (start, end) in code points of the whole of it. An edit takes the
mark from the words it changes; what else was pasted stays marked. Words that were cut or copied in
the caption itself and put back keep the marks they had: they are not pasted.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.captions.graphemes import graphemes
from studio.captions.motions import around, words

if TYPE_CHECKING:
    from collections.abc import Iterable

Spans = tuple[tuple[int, int], ...]

# More than any caption can need; what is larger was not written by this program.
_MOST_BYTES = 1 << 20
_MOST_SPANS = 20_000


def after(
    spans: Spans,
    start: int,
    end: int,
    inserted: int,
    *,
    pasted: bool,
    words: tuple[int, int] | None = None,
) -> Spans:
    """Return the marks after an edit.

    Args:
        spans: the marks before it.
        start: where the edit starts, in code points of the text before it.
        end: where what it replaced ended, likewise.
        inserted: how many code points it put there.
        pasted: whether those were pasted.
        words: the stretch of words the edit changed, in the text after it (see `changed`); their
            marks go. Not looked at for what was pasted.
    """
    return placed(
        spans,
        start,
        end,
        inserted,
        marks=((0, inserted),) if pasted else (),
        words=None if pasted else words,
    )


def placed(
    spans: Spans,
    start: int,
    end: int,
    inserted: int,
    *,
    marks: Spans,
    words: tuple[int, int] | None = None,
) -> Spans:
    """Return the marks after an edit whose new text brings marks of its own, from its start."""
    if not spans and not marks:
        return ()
    moved = inserted - (end - start)
    kept: list[tuple[int, int]] = []
    for first, last in spans:
        if first < start:
            kept.append((first, min(last, start)))
        if last > end:
            kept.append((max(first, end) + moved, last + moved))
    if words is not None:
        low, high = words
        kept = [
            piece
            for first, last in kept
            for piece in ((first, min(last, low)), (max(first, high), last))
            if piece[0] < piece[1]
        ]
    kept += [(first + start, last + start) for first, last in marks]
    return joined(kept)


def changed(before: str, start: int, end: int, text: str, inserted: int) -> tuple[int, int] | None:
    """Return the stretch of words an edit changed, in code points of the text after it.

    A word is changed if some of it was typed, taken away, or joined to another: a space typed
    behind a word leaves it what it was.

    Args:
        before: the text before, or whole lines of it around the edit.
        start: where the edit starts in `before`.
        end: where what it replaced ended in `before`.
        text: the same lines after it.
        inserted: how many code points it put there.
    """
    stop = start + inserted
    cut_left, cut_right = _cuts(before, start), _cuts(before, end)
    span: tuple[int, int] | None = None
    for first, last, _ in words(text, *around(text, start, stop)):
        if first > stop:
            break
        touched = (
            (first < stop and last > start)  # typed, or typed into
            or (first < start < last)  # joined
            or (last == start and cut_left)
            or (first == stop and cut_right)
        )
        if touched:
            span = (first if span is None else span[0], last)
    return span


def _cuts(line: str, place: int) -> bool:
    """Whether a place lies within a word."""
    if not 0 < place < len(line) or line[place - 1].isspace() or line[place].isspace():
        return False
    near = words(line, *around(line, place, place))
    return any(first < place < last for first, last, _ in near)


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return stretches in order, those that touch as one, empty ones left out."""
    made: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if first >= last:
            continue
        if made and first <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return tuple(made)


def within(spans: Spans, start: int, end: int) -> Spans:
    """Return the marks of a stretch of the text, counted from its start."""
    return tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    )


def share(spans: Spans, text: str) -> float:
    """Return how much of a text's graphemes, white space aside, is marked: 0 to 1."""
    whole = _count(text)
    return sum(_count(text[first:last]) for first, last in spans) / whole if whole else 0.0


def _count(text: str) -> int:
    if text.isascii():
        return len("".join(text.split()))
    return sum(1 for cluster in graphemes(text) if not cluster.isspace())


def dump(spans: Spans, text: str) -> bytes:
    """Return the marks of a text as JSON that only goes with this text."""
    return json.dumps(
        {"version": 1, "sha256": _digest(text), "pasted": [list(span) for span in spans]},
        separators=(",", ":"),
    ).encode()


def load(data: bytes, text: str) -> Spans | None:
    """Return the marks `dump` wrote for this very text; None for any other text or bytes."""
    if len(data) > _MOST_BYTES:
        return None
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("version") != 1:
        return None
    pairs = found.get("pasted")
    if found.get("sha256") != _digest(text) or not isinstance(pairs, list):
        return None
    if len(pairs) > _MOST_SPANS:
        return None
    spans: list[tuple[int, int]] = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or any(type(n) is not int for n in pair):
            return None
        spans.append((pair[0], pair[1]))
    if any(not 0 <= first < last <= len(text) for first, last in spans):
        return None
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        return None
    return tuple(spans)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
