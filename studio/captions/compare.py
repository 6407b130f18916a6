"""Two texts side by side: what is in one, in the other, and within a line what was changed.

Lines are compared with difflib, changed lines again word by word, changed words by grapheme
clusters. What would take too long (its cost is counted before) is told more coarsely, never
wrongly: put together, the rows are both texts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from studio.captions.graphemes import graphemes, snap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ROWS = 20_000
"""Rows that are told; of longer texts the rest is counted only."""

_WORK = 100_000  # pairs of equal items up to which two sequences of lines or words are compared
_SPELLED = 4_000  # likewise of clusters: some 240 on each side
_LINES = 3_000  # lines on either side of a changed stretch
_WITHIN = 1_000_000  # such pairs in all, after which changed lines are told as wholes
_PAIRED = 10_000  # pairs of changed lines up to which those are sought that are alike
_LONG = 4_000  # code points up to which a line is compared within
_ALIKE = 0.35  # share of common words from which two lines are one that was changed
_WORD_ALIKE = 0.6  # share of common clusters from which two words are one that was changed

What = Literal["same", "changed", "old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, whole grapheme clusters, raw.

    Args:
        text: never empty.
        same: whether the other side has it too.
    """

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the old text beside one of the new.

    Args:
        what: "same"; "changed": both sides differ; "old", "new": a line of one side only.
        old: the old line in pieces, without its line end; empty for an empty line; None: none.
        new: the same of the new.
        old_line: its number from 1, None without one.
        new_line: its number from 1, None without one.
    """

    what: What
    old: tuple[Piece, ...] | None
    new: tuple[Piece, ...] | None
    old_line: int | None
    new_line: int | None


@dataclass(frozen=True)
class Compared:
    r"""The difference.

    Args:
        rows: in order. Joined with "\n", the lines of one side are that text, unless `left_out`:
            a text that ends with a line end has an empty last line.
        left_out: rows that were not told because there are more than `MOST_ROWS`.
        added: lines only in the new text; a changed one is not counted.
        removed: lines only in the old.
        changed: lines changed.
    """

    rows: tuple[Row, ...]
    left_out: int
    added: int
    removed: int
    changed: int

    @property
    def same(self) -> bool:
        """Whether the two texts are the same, byte for byte."""
        return not (self.added or self.removed or self.changed)


def compare(old: str, new: str) -> Compared:
    r"""Compare two texts. 5 MB each take a second or two: not for the screen's thread then.

    Args:
        old: lines ending in "\n"; other line ends are characters of their line.
        new: the same.
    """
    rows: list[Row] = []
    counts: Counter[What] = Counter()
    left_out = 0
    work = _WITHIN
    for what, before, after in _rows(old.split("\n"), new.split("\n")):
        counts[what] += 1
        if len(rows) == MOST_ROWS:
            left_out += 1
            continue
        if what == "changed" and before is not None and after is not None:
            work -= _cost(before[1], after[1])
        rows.append(_row(what, before, after, inside=work >= 0))
    return Compared(tuple(rows), left_out, counts["new"], counts["old"], counts["changed"])


_Line = tuple[int, str]


def _cost(old: str, new: str) -> int:
    return min(_work(old, new), _SPELLED) if max(len(old), len(new)) <= _LONG else len(old) // 10


def _row(what: What, before: _Line | None, after: _Line | None, *, inside: bool) -> Row:
    if before is not None and after is not None and what == "changed" and inside:
        old, new = within(before[1], after[1])
    else:
        same = what == "same"
        old, new = (_all(line[1] if line else "", same=same) for line in (before, after))
    return Row(
        what,
        old if before else None,
        new if after else None,
        before[0] + 1 if before else None,
        after[0] + 1 if after else None,
    )


def _rows(old: list[str], new: list[str]) -> Iterator[tuple[What, _Line | None, _Line | None]]:
    for same, old_from, old_to, new_from, new_to in _blocks(old, new, most=_LINES):
        before = list(enumerate(old[old_from:old_to], old_from))
        after = list(enumerate(new[new_from:new_to], new_from))
        if same:
            yield from (("same", *both) for both in zip(before, after, strict=True))
            continue
        for one, other in _paired(before, after):
            if one and other:
                yield "same" if one[1] == other[1] else "changed", one, other
            else:
                yield "old" if one else "new", one, other


def _paired(before: list[_Line], after: list[_Line]) -> Iterator[tuple[_Line | None, _Line | None]]:
    """Put changed lines beside those they were: the first alike, in order.

    Of a long stretch that has as many lines as before, each is put beside the one in its place.
    """
    many = len(before) * len(after) > _PAIRED
    if len(before) == len(after) and (many or len(before) == 1):
        yield from zip(before, after, strict=True)
        return
    place = 0
    if not many:
        words = [_bag(line[1]) for line in after]
        for one in before:
            mine = _bag(one[1])
            alike = (at for at in range(place, len(after)) if _share(mine, words[at]) >= _ALIKE)
            match = next(alike, None)
            if match is None:
                yield one, None
                continue
            yield from ((None, other) for other in after[place:match])
            yield one, after[match]
            place = match + 1
    else:
        yield from ((one, None) for one in before)
    yield from ((None, other) for other in after[place:])


def _bag(line: str) -> Counter[str]:
    return Counter(line[:_LONG].split())


def _share(one: Counter[str], other: Counter[str]) -> float:
    words = one.total() + other.total()
    return 2 * (one & other).total() / words if words else 0.0


def within(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two lines as pieces that are the same or not; joined they are the lines.

    What is the same comes in the same order on both sides.
    """
    if len(old) > _LONG or len(new) > _LONG:
        return _by_ends(old, new)
    ours, theirs = _words(old), _words(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for same, old_from, old_to, new_from, new_to in _blocks(ours, theirs):
        before, after = "".join(ours[old_from:old_to]), "".join(theirs[new_from:new_to])
        if same:
            left.append(Piece(before, same=True))
            right.append(Piece(after, same=True))
        else:
            _spell(before, after, left, right)
    return _joined(left), _joined(right)


def _spell(before: str, after: str, left: list[Piece], right: list[Piece]) -> None:
    """Compare a changed stretch by clusters, if there is enough of the one in the other."""
    ours, theirs = graphemes(before), graphemes(after)
    blocks = list(_blocks(ours, theirs, work=_SPELLED)) if ours and theirs else []
    common = sum(
        not cluster.isspace()
        for same, start, end, _, _ in blocks
        if same
        for cluster in ours[start:end]
    )
    clusters = sum(not cluster.isspace() for cluster in (*ours, *theirs))
    if 2 * common < _WORD_ALIKE * clusters or not blocks:
        left += _all(before, same=False)
        right += _all(after, same=False)
        return
    for same, old_from, old_to, new_from, new_to in blocks:
        left += _all("".join(ours[old_from:old_to]), same=same)
        right += _all("".join(theirs[new_from:new_to]), same=same)


def _by_ends(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Compare very long lines: what they begin and end with, and the rest."""
    head = _common(old, new)
    head = min(snap(old, head), snap(new, head))
    rest, other = old[head:], new[head:]
    tail = _common(rest[::-1], other[::-1])
    while tail and not (_starts(old, len(old) - tail) and _starts(new, len(new) - tail)):
        tail -= 1
    parts = []
    for line in (old, new):
        middle = line[head : len(line) - tail]
        end = line[len(line) - tail :]
        parts.append(
            (*_all(line[:head], same=True), *_all(middle, same=False), *_all(end, same=True))
        )
    return parts[0], parts[1]


def _starts(line: str, column: int) -> bool:
    return snap(line, column) == column


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _blocks(
    old: Sequence[str], new: Sequence[str], *, most: int = 1 << 30, work: int = _WORK
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Give stretches (same?, from and to in the old, from and to in the new), in order.

    What both begin and end with is taken off first; the rest is one stretch if it is too much.
    """
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield True, 0, head, 0, head
    old_end, new_end = len(old) - tail, len(new) - tail
    ours, theirs = old[head:old_end], new[head:new_end]
    if ours or theirs:
        if max(len(ours), len(theirs)) > most or _work(ours, theirs) > work:
            yield False, head, old_end, head, new_end
        else:
            matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
            for tag, *ends in matcher.get_opcodes():
                a, b, c, d = (end + head for end in ends)
                yield tag == "equal", a, b, c, d
    if tail:
        yield True, old_end, len(old), new_end, len(new)


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the equal pairs, which difflib walks through once for each stretch it finds."""
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[item] for item, count in ours.items())


def _words(line: str) -> list[str]:
    """Return words and every other cluster by itself, each with the white space after it."""
    made: list[str] = []
    before = ""
    for cluster in graphemes(line):
        kind = "w" if cluster[0].isalnum() or cluster[0] == "_" else cluster[0]
        space = cluster[0].isspace()
        if made and (space or (kind == before == "w")):
            made[-1] += cluster
        else:
            made.append(cluster)
        before = " " if space else kind
    return made


def _all(text: str, *, same: bool) -> tuple[Piece, ...]:
    return (Piece(text, same),) if text else ()


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for same, group in groupby(pieces, lambda piece: piece.same):
        made += _all("".join(piece.text for piece in group), same=same)
    return tuple(made)
