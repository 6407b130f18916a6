"""All captions ever written, to be searched: records and the index over them.

What of it was used before is told by `again`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.captions.again import Again, Uses
from studio.captions.files import read_path
from studio.captions.folded import fold, folded
from studio.captions.graphemes import snap
from studio.captions.tokens import tokens
from studio.captions.written import Kind, Posted, Written, seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from studio.captions.tokens import Token

__all__ = [
    "Again",
    "Hit",
    "Kind",
    "Past",
    "Posted",
    "TagUse",
    "Written",
    "repeated_tags",
    "tags_lately",
    "used_before",
]

LONGEST = 100_000
"""Characters of a text that are searched and compared; what is longer is no caption."""

MOST_SPANS = 200
"""Places marked in one text."""

_SHOWN = 240  # characters of a line that a hit gives
_BEFORE = 60  # of them before the first place, in a line that is longer
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_EDGES = "\n\r\u2028\u2029"
_LINE_END = re.compile(f"[{_EDGES}]")


@dataclass(frozen=True)
class Hit:
    """A text in which all words were found.

    Args:
        written: the text.
        spans: places in `written.text`, code points, end exclusive, in order, never overlapping,
            on boundaries of grapheme clusters; the first `MOST_SPANS` of them.
        line: the line of the first place, raw, without its line end; of a long one the part around
            the place.
        line_start: where `line` starts in `written.text`, code points.
    """

    written: Written
    spans: tuple[tuple[int, int], ...]
    line: str
    line_start: int


@dataclass(slots=True)
class _Entry:
    written: Written
    folded: str
    order: float  # seconds since the epoch; what has no time comes last


class Past:
    """An index over captions, changed one at a time.

    For one thread at a time: build it in a worker, then hand it over.

    Args:
        writings: in any order. Of several texts "here" for one path the last one counts.
    """

    def __init__(self, writings: Iterable[Written] = ()) -> None:
        self._entries: dict[tuple[object, ...], _Entry] = {}
        self.uses = Uses()
        for each in writings:
            self.put(each)

    def __len__(self) -> int:
        """Return how many texts are known."""
        return len(self._entries)

    def __iter__(self) -> Iterator[Written]:
        """Give every text, in no order."""
        return (entry.written for entry in self._entries.values())

    def put(self, written: Written) -> None:
        """Add a text. One that is "here" takes the place of what was here under its path."""
        key = _key(written)
        old = self._entries.pop(key, None)
        if old is not None:
            if old.written == written:
                self._entries[key] = old
                return
            self.uses.remove(old.written, old.folded)
        made = fold(written.text[:LONGEST])
        self._entries[key] = _Entry(written, made, seconds(written.when))
        if written.kind != "version":  # what was typed over was never used
            self.uses.add(written, made)

    def remove(self, path: str) -> None:
        """Forget the text "here" of a path: its file is gone. Versions and posts stay."""
        old = self._entries.pop(("here", path), None)
        if old is not None:
            self.uses.remove(old.written, old.folded)

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Find texts in which every word occurs; "quotes" hold an exact phrase together.

        Case, accents and kinds of quotes do not matter (see `folded`); a word is also found within
        a longer one. Texts where all words start a word (after a space, a quote, #, …) come first,
        then newest first. Of a caption file and its versions only the newest that has the words is
        given, and of a post that says the same as the file under its path only the post.

        Args:
            words: as typed; no word finds nothing.
            limit: the most hits.
        """
        wanted = _wanted(words)
        if not wanted:
            return []
        first, *others = sorted(wanted, key=len, reverse=True)  # the longest is the rarest
        found = [
            entry
            for entry in self._entries.values()
            if first in entry.folded and all(word in entry.folded for word in others)
        ]
        found = _newest_of_each(found)
        found.sort(key=lambda entry: entry.order, reverse=True)
        starts: list[_Entry] = []
        within: list[_Entry] = []
        for entry in found:
            (starts if _at_starts(entry.folded, wanted) else within).append(entry)
            if len(starts) == limit:
                break
        return [_hit(entry.written, wanted) for entry in (starts + within)[:limit]]

    def posted(self, platform: str, posts: int) -> list[Written]:
        """Return the last posts on a platform whose time is known, newest first."""
        found = [
            entry
            for entry in self._entries.values()
            if entry.written.kind == "posted"
            and entry.written.platform == platform
            and entry.written.when is not None
        ]
        found.sort(key=lambda entry: -entry.order)
        return [entry.written for entry in found[:posts]]


def used_before(
    text: str,
    past: Past,
    *,
    platform: str | None = None,
    leave_out: str | None = None,
    limit: int = 5,
) -> list[Again]:
    """Tell where a caption, or its first line, was used before, exactly or nearly.

    Versions that were typed over do not count. See `again` for what is near.

    Args:
        text: the caption as it stands.
        past: what was written.
        platform: only what was written for it, or for all; None for every platform.
        leave_out: the path of the caption itself: all texts of its idea are left out, the posts
            handed in with such a path too.
        limit: the most.

    Returns:
        Captions before first lines, exact before near, then by share, then newest first. Of each
        different text only the newest; a first line is not told of a text told as a whole.
    """
    mine = None if leave_out is None else read_path(leave_out)
    part = "caption" if mine is None else mine.part

    def counts(written: Written) -> bool:
        if platform is not None and written.platform not in {platform, None}:
            return False
        if not written.path:
            return True
        where = read_path(written.path)
        # First comments are the same under many posts: they are compared among themselves.
        return where.part == part and (mine is None or where.slug != mine.slug)

    return past.uses.like(text[:LONGEST], counts)[:limit]


@dataclass(frozen=True)
class TagUse:
    """How often a tag was on the last posts.

    Args:
        tag: as the newest of them has it, # included, raw.
        posts: how many of them have it.
        of: how many there were.
        last: when the newest of them was posted.
    """

    tag: str
    posts: int
    of: int
    last: datetime | None


def tags_lately(past: Past, platform: str, posts: int = 5) -> list[TagUse]:
    """Return the tags on the last posts of a platform, the most used first, then the latest.

    Args:
        past: what was written; only what was posted counts.
        platform: its key.
        posts: how many to look at.

    Raises:
        Problem: no such platform.
    """
    last = past.posted(platform, posts)
    found: dict[str, tuple[str, int, datetime | None]] = {}
    for written in last:
        groups = _by_tag(written.text[:LONGEST], platform)
        for key, group in groups.items():
            tag, count, when = found.get(key, (group[0].text, 0, written.when))
            found[key] = (tag, count + 1, when)
    made = [TagUse(tag, count, len(last), when) for tag, count, when in found.values()]
    return sorted(made, key=lambda use: (-use.posts, -seconds(use.last)))


def repeated_tags(text: str, platform: str) -> list[tuple[Token, ...]]:
    """Return the tags that are in one text more than once: for each all its places, in order.

    Raises:
        Problem: no such platform.
    """
    return [tuple(group) for group in _by_tag(text, platform).values() if len(group) > 1]


def tag_key(tag: str) -> str:
    """Return what two spellings of a tag have in common: platforms do not see case.

    Accents do make another tag.
    """
    made = unicodedata.normalize("NFKC", tag).casefold()
    return unicodedata.normalize("NFKC", made).replace("\ufe0f", "")


def _by_tag(text: str, platform: str) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {}
    for token in tokens(text, platform):
        if token.kind == "hashtag":
            found.setdefault(tag_key(token.text), []).append(token)
    return found


def _key(written: Written) -> tuple[object, ...]:
    """Return what a text is replaced by: a file's by its newer text, all others only by itself."""
    if written.kind == "here":
        return ("here", written.path)
    return (written.kind, written.path, written.platform, written.when, written.text)


def _wanted(words: str) -> list[str]:
    found = [(quoted or single) for quoted, single in _QUOTED.findall(fold(words))]
    return list(dict.fromkeys(word.strip() for word in found if word.strip()))


def _newest_of_each(found: list[_Entry]) -> list[_Entry]:
    """Leave of each file one text, and none where a post of it says the same."""
    kept: list[_Entry] = []
    files: dict[str, _Entry] = {}
    for entry in found:
        path = entry.written.path
        if entry.written.kind == "posted":
            kept.append(entry)
        elif path not in files or _rank(entry) > _rank(files[path]):
            files[path] = entry
    if files:
        for entry in kept:
            same = files.get(entry.written.path)
            if same is not None and same.folded.strip() == entry.folded.strip():
                del files[entry.written.path]
        kept += files.values()
    return kept


def _rank(entry: _Entry) -> tuple[bool, float]:
    return entry.written.kind == "here", entry.order


def _at_starts(text: str, words: list[str]) -> bool:
    return all(_at_start(text, word) for word in words)


def _at_start(text: str, word: str) -> bool:
    if text.startswith(word) or f" {word}" in text:
        return True
    return any(f"{opening}{word}" in text for opening in "#@\"'(-/")


def _hit(written: Written, words: list[str]) -> Hit:
    form = folded(written.text[:LONGEST])
    places = sorted(place for word in words for place in _places(form.text, word))
    spans: list[tuple[int, int]] = []
    for start, end in (form.span(*place) for place in places):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif len(spans) == MOST_SPANS:
            break
        else:
            spans.append((start, end))
    line, line_start = _line_at(written.text, spans[0][0])
    return Hit(written, tuple(spans), line, line_start)


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    place = text.find(word)
    for _ in range(MOST_SPANS):
        if place < 0:
            return
        yield place, place + len(word)
        place = text.find(word, place + len(word))


def _line_at(text: str, place: int) -> tuple[str, int]:
    start = max(text.rfind(edge, 0, place) for edge in _EDGES) + 1
    match = _LINE_END.search(text, place)
    end = match.start() if match else len(text)
    if end - start > _SHOWN:
        near = text[start : min(end, place + _SHOWN)]
        first = snap(near, max(place - start - _BEFORE, 0))
        near = near[first:]
        return near[: snap(near, _SHOWN)], start + first
    return text[start:end], start
