"""Characters as a reader sees them: where a cursor may stand in a line.

A family, a flag, a letter with its accents is one grapheme cluster (Unicode UAX #29) and many code
points. Columns here are code points, as text widgets count them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

# Characters that join with nothing before them but a prepended sign (Grapheme_Cluster_Break=Other,
# not Indic): printable ASCII, Latin, Greek, Cyrillic, Hebrew and Arabic letters, kana, ideographs.
_PLAIN = (
    " -~\u00c0-\u02af\u0391-\u03ce\u0410-\u044f\u05d0-\u05ea\u0620-\u064a"
    "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff"
)


def graphemes(text: str) -> list[str]:
    """Return the grapheme clusters of `text`, in order; joined they are `text` again."""
    if text.isascii() and "\r" not in text:
        return list(text)
    return _cluster().findall(text)


def next_boundary(line: str, column: int) -> int:
    """Return the first place right of `column` where a cursor may stand.

    Args:
        line: one line.
        column: code points from its start, also one within a cluster; held to the line's length.

    Returns:
        At least `column` + 1, at most the length of the line.
    """
    length = len(line)
    column = max(column, 0)
    if column >= length:
        return length
    place = _anchor(line, column)
    while place <= column:
        place = _end(line, place)
    return place


def previous_boundary(line: str, column: int) -> int:
    """Return the last place left of `column` where a cursor may stand, at least 0."""
    column = min(column, len(line))
    if column <= 0:
        return 0
    before = place = _anchor(line, column - 1)
    while place < column:
        before, place = place, _end(line, place)
    return before


def snap(line: str, column: int) -> int:
    """Return the place nearest to the left of `column`, or there, where a cursor may stand."""
    column = min(max(column, 0), len(line))
    before = previous_boundary(line, column)
    return column if column == 0 or next_boundary(line, before) == column else before


def word_right(line: str, column: int) -> int:
    """Return the end of the word at or after `column`; signs and emoji in a row count as a word."""
    length = len(line)
    place = snap(line, column)
    while place < length and line[place].isspace():
        place = next_boundary(line, place)
    if place == length:
        return length
    kind = _in_word(line, place)
    while place < length and not line[place].isspace() and _in_word(line, place) == kind:
        place = next_boundary(line, place)
    return max(place, min(column + 1, length))


def word_left(line: str, column: int) -> int:
    """Return the start of the word before `column`; signs and emoji in a row count as a word."""
    place = previous_boundary(line, column)
    while place > 0 and line[place].isspace():
        place = previous_boundary(line, place)
    kind = _in_word(line, place) if line else False
    while place > 0:
        before = previous_boundary(line, place)
        if line[before].isspace() or _in_word(line, before) != kind:
            break
        place = before
    return place


def _in_word(line: str, place: int) -> bool:
    """Whether the cluster at `place` belongs to a word: an apostrophe within one does."""
    character = line[place]
    if character in "'’":
        around = line[place - 1 : place] + line[place + 1 : place + 2]
        return len(around) == 2 and around.isalnum()
    return character.isalnum() or character == "_"


def _anchor(line: str, column: int) -> int:
    """Return a boundary at or left of `column`, near enough not to read a long line from 0."""
    match = _fresh_start().search(line, 0, column + 1)
    return match.start() if match else 0


def _end(line: str, start: int) -> int:
    """Return the end of the cluster that starts at `start`."""
    match = _cluster().match(line, start)
    return match.end() if match else start + 1


@cache
def _cluster() -> regex.Pattern[str]:
    import regex

    return regex.compile(r"\X")


@cache
def _fresh_start() -> regex.Pattern[str]:
    """Return a pattern that finds, searching backwards, a character that starts a cluster."""
    import regex

    prepended = r"\p{Grapheme_Cluster_Break=Prepend}"
    return regex.compile(
        rf"(?r)(?<!{prepended})[{_PLAIN}]"
        rf"|(?<![{prepended}\u200d])\p{{Extended_Pictographic}}"
    )
