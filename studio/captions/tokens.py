"""Hashtags, mentions and links in a caption, as its platform finds them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.captions.emoji import EMOJI, JOINER, TAIL
from studio.platforms.rules import rules_of

if TYPE_CHECKING:
    from studio.platforms.rules import Rules

Kind = Literal["hashtag", "mention", "link"]


@dataclass(frozen=True)
class Token:
    """A piece of a caption that its platform makes something of.

    Args:
        kind: what it is.
        start: where it starts, in code points from the start of the caption.
        end: where it ends, exclusive.
        text: itself, # or @ included.
    """

    kind: Kind
    start: int
    end: int
    text: str


def tokens(text: str, rules: Rules | str) -> tuple[Token, ...]:
    """Return the tokens of a caption, or of one line of it, in order; they never overlap.

    A hashtag is `#` and letters, digits, underscore and emoji, not after `&` (Instagram
    Engineering, 2015); combining marks stay with their letters. TikTok's runs up to white space.
    A mention is `@` and ASCII letters, digits, `_` and `.`, not inside an e-mail address. A link
    is http(s), www, or a bare name under a usual top level domain.

    Args:
        text: the caption, or a line.
        rules: the platform's, or its key for those Studio brings.

    Raises:
        Problem: no such platform.
    """
    rule = rules_of(rules)
    if "#" not in text and "@" not in text and "." not in text:
        return ()
    made = _links(text, keep_fragment=rule.links_live is not False)
    spans = iter([(link.start, link.end) for link in made])
    start, end = next(spans, _NOWHERE)
    spaced = rule.hashtag_form == "spaced"
    for mark in _MARK.finditer(text):
        place = mark.start()
        while end <= place:
            start, end = next(spans, _NOWHERE)
        if start <= place:
            continue
        is_tag = text[place] == "#"
        stop = _tag_end(text, place, spaced=spaced) if is_tag else _mention_end(text, place)
        if stop:
            made.append(Token("hashtag" if is_tag else "mention", place, stop, text[place:stop]))
    made.sort(key=lambda token: token.start)
    free = 0
    kept = []
    for token in made:
        if token.start >= free:
            kept.append(token)
            free = token.end
    return tuple(kept)


_NOWHERE = (1 << 62, 1 << 62)

_MARK = re.compile(r"#|(?<!\w)@")
_MENTION = re.compile(r"@[A-Za-z0-9_.]*[A-Za-z0-9_]")
_BODY = re.compile(f"[\\w{EMOJI}{TAIL}]+")
_OPENING = re.compile(f"[\\w{EMOJI}]")
_PICTURE = re.compile(f"[{EMOJI}]")
_SPACED = re.compile(r"[^\s#@]+")
# Bare names only under domains that are hardly ever the end of a sentence run into the next.
_LINK = re.compile(
    r"(?<![\w#@])(?:https?://|www\.)[^\s<>]+"
    r"|(?<![\w#@./-])(?:[a-z0-9][a-z0-9-]{0,62}\.)+"
    r"(?:com|net|org|co\.uk|io|ly|ee|tv|app|shop|store|link|bio|me(?=/))(?![\w.-]*[\w@])"
    r"(?:[/?#][^\s<>]*)?",
    re.IGNORECASE,
)


def _links(text: str, *, keep_fragment: bool) -> list[Token]:
    if "." not in text and "://" not in text:
        return []
    made = []
    for match in _LINK.finditer(text):
        found = match[0] if keep_fragment else match[0].partition("#")[0]
        found = found.rstrip(".,!?;:'\"…)]}»”’*_")
        if "." in found:  # not a scheme alone, nor what only starts like a link
            made.append(Token("link", match.start(), match.start() + len(found), found))
    return made


def _tag_end(text: str, start: int, *, spaced: bool) -> int | None:
    """Return where the hashtag whose # is at `start` ends, None if it is only a #."""
    if not _OPENING.match(text, start + 1) or (not spaced and text[start - 1 : start] == "&"):
        return None
    if spaced:
        match = _SPACED.match(text, start + 1)
        end = match.end() if match else start + 1
        while not (_BODY.match(text, end - 1) or _is_mark(text[end - 1])):
            end -= 1
        return end
    end = start + 1
    while match := _BODY.match(text, end):
        end = match.end()
        while end < len(text) and _is_mark(text[end]):
            end += 1
        if text.startswith(JOINER, end) and _PICTURE.match(text, end + 1):
            end += 1
    return end


def _mention_end(text: str, start: int) -> int | None:
    match = _MENTION.match(text, start)
    return match.end() if match else None


def _is_mark(character: str) -> bool:
    """Whether this combines with what is before it: vowel signs of Hindi, decomposed accents."""
    return not character.isascii() and unicodedata.category(character).startswith("M")
