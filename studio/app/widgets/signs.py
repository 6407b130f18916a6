"""What cannot be seen in a text, made visible: spaces at a line's end, joiners, the last line end.

Where two texts look alike and are not, every character that is not seen gets a sign.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.text import display

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.captions.compare import Compared, Piece, Row

Kind = Literal["text", "old", "new", "quiet"]

LINE_END = "⏎"
SPACE = "·"

# Not seen, or seen as something else: joiners, variation selectors, soft hyphen, word joiner, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u180b-\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_SPACES = re.compile(r"\s+")
_TRAILING = re.compile(r"\s+$")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line as it is shown.

    Args:
        text: safe to show.
        kind: whether it is in both texts ("text"), in one, or a sign of ours ("quiet").
        marked: whether it was pasted.
    """

    text: str
    kind: Kind
    marked: bool = False


def _bare(text: str) -> str:
    return _SPACES.sub("", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))


def unseen_only(row: Row) -> bool:
    """Tell whether the two sides of a changed line look alike."""
    if row.what != "changed" or row.old is None or row.new is None:
        return False
    old, new = ("".join(piece.text for piece in side) for side in (row.old, row.new))
    return _bare(old) == _bare(new)


def runs_of(
    pieces: Sequence[Piece],
    *,
    kind: Literal["old", "new"],
    unseen: bool = False,
    alone: bool = False,
    last: bool = False,
    marks: Sequence[tuple[int, int]] = (),
    start: int = 0,
) -> tuple[Run, ...]:
    """Return a line as it is shown.

    Args:
        pieces: of the line.
        kind: of which text it is.
        unseen: give every character that is not seen its sign, where it differs.
        alone: whether the other text has no such line.
        last: whether it is the last of its text.
        marks: what was pasted, in code points of the whole text.
        start: where the line starts in the whole text.
    """
    if not pieces:
        if not alone:
            return ()
        words = f"{LINE_END} the text ends with a line end" if last else LINE_END
        return (Run(words, "quiet"),)
    made: list[Run] = []
    text = "".join(piece.text for piece in pieces)
    tail = match.start() if (match := _TRAILING.search(text)) else len(text)
    place = 0
    for piece in pieces:
        end = place + len(piece.text)
        for first, stop, marked in _cut(place, end, tail, marks, start):
            part = text[first:stop]
            if first >= tail:
                made.append(Run(_signs(part), "quiet" if piece.same else kind, marked))
            elif piece.same:
                made.append(Run(_plain(part), "text", marked))
            else:
                shown = _signs(part) if unseen or part.isspace() else _plain(part)
                made.append(Run(shown, kind, marked))
        place = end
    return tuple(made)


def _cut(
    place: int, end: int, tail: int, marks: Sequence[tuple[int, int]], start: int
) -> list[tuple[int, int, bool]]:
    """Cut a stretch where the spaces at the line's end begin, and where marks begin and end."""
    near = [
        (first - start, last - start)
        for first, last in marks
        if first - start < end and last - start > place
    ]
    edges = {place, end, tail, *(edge for mark in near for edge in mark)}
    cuts = sorted(edge for edge in edges if place <= edge <= end)
    return [
        (first, stop, any(low <= first < high for low, high in near))
        for first, stop in pairwise(cuts)
        if first < stop
    ]


def _plain(text: str) -> str:
    return display(text.replace("\t", " → "))


def _signs(text: str) -> str:
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    if character == " ":
        return SPACE
    if character == "\t":
        return "→"
    if character == "\u00a0":
        return "⍽"
    kind = unicodedata.category(character)
    if kind in {"Cf", "Mn", "Zs"} or _UNSEEN.match(character):
        return f"‹{ord(character):04X}›"
    return display(character)


def told(compared: Compared) -> str:
    """Return a difference in words: "3 lines changed, 1 added", "the same text"."""
    if compared.same:
        return "the same text"
    parts: list[str] = []
    for count, what in (
        (compared.changed, "changed"),
        (compared.added, "added"),
        (compared.removed, "removed"),
    ):
        if count:
            unit = "" if parts else (" line" if count == 1 else " lines")
            parts.append(f"{count:,}{unit} {what}")
    words = ", ".join(parts)
    if not compared.left_out and _unseen(compared):
        words += "; only in what cannot be seen"
    return words


def _unseen(compared: Compared) -> bool:
    old, new = (
        "".join(piece.text for row in compared.rows for piece in (getattr(row, side) or ()))
        for side in ("old", "new")
    )
    return _bare(old) == _bare(new)
