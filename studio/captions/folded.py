"""Text as a search sees it: without case, accents and kinds of quotes; and the way back.

What is folded: compatibility forms and case (Unicode's NFKC and casefold), the accents of Latin
letters and every free-standing combining accent (U+0300 to U+036F), the strokes of Latin letters
that Unicode does not decompose, curly quotes and dashes (phones put them in unasked), characters
that cannot be seen, and runs of white space, which become one space. Letters of other scripts keep
their marks: й is not и and が is not か.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studio.captions.graphemes import graphemes

_SPACES = re.compile(r"\s+")
_SELF = frozenset(map(chr, range(0x21, 0x7F)))  # each folds to one character
_ACCENTS = range(0x300, 0x370)
# Letters with a stroke, and ligatures, that have no decomposition in UnicodeData.txt.
_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "‘": "'",
    "’": "'",
    "‛": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}
# Joiners, selectors, bidi marks, soft hyphen, byte order mark: nobody searches for these.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


class _Table(dict[int, str]):
    """What `str.translate` looks up, worked out the first time a character is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _LETTERS:
            made = _LETTERS[character]
        elif code in _ACCENTS or _UNSEEN.match(character):
            made = ""
        else:
            parts = unicodedata.normalize("NFD", character)
            latin = len(parts) > 1 and parts[0].isascii()
            made = parts[0] if latin else character
        self[code] = made
        return made


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` folded; texts that differ only in what is folded away come out the same."""
    if text.isascii():
        made = text.lower()
    else:
        made = unicodedata.normalize("NFKC", text).casefold()
        made = unicodedata.normalize("NFKC", made).translate(_TABLE)
    return _SPACES.sub(" ", made)


@dataclass(frozen=True)
class Folded:
    """A folded text that knows where each of its characters came from.

    Args:
        text: as `fold` gives it.
        starts: for each character of it, where its grapheme cluster starts in the original.
        ends: where that cluster ends, exclusive.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]`, which must not be empty, stands in the original."""
        return self.starts[start], self.ends[end - 1]


def folded(text: str) -> Folded:
    """Fold a text and keep the way back. Some 0.3 µs a character: for what is shown only."""
    whole = fold(text)
    for pieces in (graphemes(text), text.splitlines(keepends=True)):
        made = _put_together(pieces)
        if made.text == whole:
            return made
    # Normalisation joined what no rule of ours foresaw: then all of it is one piece.
    return Folded(whole, (0,) * len(whole), (len(text),) * len(whole))


def _put_together(pieces: list[str]) -> Folded:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    space = False  # whether what is there ends with one
    for piece in pieces:
        if piece in _SELF:
            out.append(piece.lower())
            starts.append(place)
            place += 1
            ends.append(place)
            space = False
            continue
        end = place + len(piece)
        part = fold(piece)
        if part.startswith(" ") and space:
            part = part[1:]
            ends[-1] = end
        if part:
            space = part.endswith(" ")
            out.append(part)
            starts += [place] * len(part)
            ends += [end] * len(part)
        place = end
    return Folded("".join(out), tuple(starts), tuple(ends))
