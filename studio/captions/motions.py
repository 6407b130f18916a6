"""Where the cursor goes by word, paragraph and line, and how lines change places.

A place is (row, column), the column in code points. Words are those of Unicode's UAX #29 as far as
a caption needs them (letters, digits, marks, an apostrophe or a decimal sign inside), but a hashtag
or a mention is one word, and so is a run of a script written without spaces: ideographs with the
hiragana after them, katakana, Thai. Signs in a row are a word of their own, emoji in a row too.
Every place returned is one where a cursor may stand.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from studio.captions.graphemes import next_boundary, snap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

Place = tuple[int, int]

# Code points looked at on either side of a place: a longer word is passed in several steps.
_REACH = 400


def words(line: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, bool]]:
    """Yield the words, signs and emoji of a line between two columns, white space left out.

    Yields:
        (start, end, whether it is a word and not signs or emoji), ends on grapheme boundaries.
    """
    stop = len(line) if end is None else min(end, len(line))
    place = start
    pattern = _word()
    while match := pattern.search(line, place, stop):
        first, place = match.span()
        if place < len(line) and snap(line, place) != place:
            place = next_boundary(line, place)
        yield first, place, match.lastgroup == "word"


def word_at(line: str, column: int) -> tuple[int, int]:
    """Return the start and end of what a double click takes: a word, signs or the white space."""
    column = min(max(column, 0), len(line))
    if not line:
        return 0, 0
    column = min(column, len(line) - 1)
    if line[column].isspace():
        start, end = column, column + 1
        while start > 0 and line[start - 1].isspace():
            start -= 1
        while end < len(line) and line[end].isspace():
            end += 1
        return snap(line, start), end
    for start, end, _ in words(line, *around(line, column, column + 1)):
        if end > column:
            return start, end
    return column, next_boundary(line, column)


def word_left(lines: Sequence[str], place: Place) -> Place:
    """Return the start of the word left of a place; from a line's start, the end before it."""
    row, column = place
    if column <= 0:
        return (row - 1, len(lines[row - 1])) if row else (0, 0)
    line = lines[row]
    last = column
    while last > 0 and line[last - 1].isspace():
        last -= 1
    found = 0
    for start, _, _ in words(line, *around(line, max(last - 1, 0), column)):
        if start >= column:
            break
        found = start
    return row, min(found, snap(line, max(column - 1, 0)))


def word_right(lines: Sequence[str], place: Place) -> Place:
    """Return the end of the word right of a place; from a line's end, the start after it."""
    row, column = place
    line = lines[row]
    if column >= len(line):
        return (row + 1, 0) if row + 1 < len(lines) else (row, len(line))
    first = column
    while first < len(line) and line[first].isspace():
        first += 1
    for _, end, _ in words(line, *around(line, column, first)):
        if end > column:
            return row, end
    return row, len(line)


def paragraph_up(lines: Sequence[str], place: Place) -> Place:
    """Return the start of the paragraph, or of the one before if the place is that start.

    Paragraphs lie between blank lines.
    """
    row, column = place
    if column == 0:
        row -= 1
    while row > 0 and not lines[row].strip():
        row -= 1
    while row > 0 and lines[row - 1].strip():
        row -= 1
    return max(row, 0), 0


def paragraph_down(lines: Sequence[str], place: Place) -> Place:
    """Return the start of the next paragraph; in the last one, the end of the text."""
    row = place[0]
    last = len(lines) - 1
    while row <= last and lines[row].strip():
        row += 1
    while row <= last and not lines[row].strip():
        row += 1
    return (row, 0) if row <= last else (last, len(lines[last]))


def line_swap(lines: Sequence[str], first: int, last: int, *, down: bool) -> tuple[int, int] | None:
    """Return which lines change places when lines `first` to `last` move up or down by one.

    The emptiness after the final newline is no line: the final newline stays where it is.

    Returns:
        (row of the line they pass, row of it afterwards), None where there is nowhere to go.
    """
    count = len(lines)
    if count > 1 and not lines[-1]:
        count -= 1
    if last >= count or (last + 1 >= count if down else first == 0):
        return None
    return (last + 1, first) if down else (first - 1, last)


def around(line: str, first: int, last: int) -> tuple[int, int]:
    """Return columns wide enough around two others to see the words there whole.

    A word longer than 400 code points may be cut.
    """
    start, end = first, last
    reach = max(first - _REACH, 0)
    while start > reach and not line[start - 1].isspace():
        start -= 1
    reach = min(last + _REACH, len(line))
    while end < reach and not line[end].isspace():
        end += 1
    return (snap(line, start) if start else 0), end


@cache
def _word() -> regex.Pattern[str]:
    import regex

    # Scripts written without spaces between words.
    thai = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    spaceless = rf"\p{{Han}}\p{{Hiragana}}\p{{Katakana}}ー々{thai}"
    letter = rf"[[\p{{L}}\p{{N}}\p{{Extender}}_]--[{spaceless}]]"
    tail = rf"[[\p{{L}}\p{{M}}\p{{N}}_\u200c\u200d\u00ad\u2060]--[{spaceless}]]"
    emoji = (
        r"(?:(?:[\p{Extended_Pictographic}--[\p{ASCII}©®™]]|\p{Regional_Indicator})"
        r"[\p{M}\p{Emoji_Modifier}\u200d\ufe0f\U000e0020-\U000e007f]*)"
    )
    return regex.compile(
        rf"(?P<word>"
        rf"(?<![\p{{L}}\p{{N}}_&])[#＃@](?=[\p{{L}}\p{{N}}_])"
        rf"(?:[\p{{L}}\p{{M}}\p{{N}}_\u200c\u200d]|(?<=@[\w.]*)\.(?=\w))+"
        rf"|[\p{{Katakana}}ー]\p{{M}}*(?:[\p{{Katakana}}ー]\p{{M}}*)*"
        rf"|(?:[\p{{Han}}々][\p{{M}}]*)+(?:[\p{{Hiragana}}ー]\p{{M}}*)*"
        rf"|(?:[\p{{Hiragana}}ー]\p{{M}}*)+"
        rf"|[{thai}][{thai}\p{{M}}]*"
        rf"|{letter}{tail}*"
        rf"(?:(?:(?<=[\p{{L}}\p{{M}}])['’·‧](?=\p{{L}})|(?<=\p{{Nd}})[.,'’](?=\p{{Nd}})){tail}+)*"
        rf")"
        rf"|(?P<emoji>{emoji}+)"
        rf"|(?P<signs>(?:(?!{emoji})[^\p{{L}}\p{{N}}\s_])+)"
        # what is left over, one by one, so that nothing is ever passed over
        rf"|(?P<other>\S)",
        regex.VERSION1,
    )
