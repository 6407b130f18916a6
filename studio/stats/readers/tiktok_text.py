"""TikTok's data download as plain text: one section a file, blocks of `Key: value`.

Names of files and labels follow the account's language, so a section is recognised by its shape:
a block begins with a time, the next line is a link, then come the likes. Sections that have the
first two alone (watched, liked and shared videos) are not one's own posts: they are refused, like
messages and logins, and nothing of them is kept or quoted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers import EXPECTED
from studio.stats.readers.numbers import count
from studio.stats.readers.reading import Reading
from studio.stats.readers.tiktok_entries import (
    KNOWN,
    Entry,
    Told,
    entries_to_posts,
    key_of,
    stamp,
)

if TYPE_CHECKING:
    from datetime import date

KIND = "TikTok data download, text"
"""What this file is, for a human."""

_NOTHING = (
    "you have no data in this section",
    "dit gedeelte bevat geen gegevens",
    "er staan geen gegevens in dit gedeelte",
    "du hast keine daten in diesem abschnitt",
    "in diesem abschnitt sind keine daten vorhanden",
)
"""What an empty section says (English and Dutch seen by public parsers, German by one)."""
_PAIR = re.compile(r"([^\s:：,;][^:：,;\t\n]{0,60}?)\s*[:：](?:\s+(.*)|)")
_PLACES = 4
"""Labels that are known by their place: time, link, likes, who can view."""
_LOOK = 60
"""Lines by which a section is recognised."""


def _pair(line: str) -> tuple[str, str] | None:
    found = _PAIR.fullmatch(line.strip())
    return (found[1], found[2] or "") if found else None


def _nothing(text: str) -> bool:
    return len(text) < 400 and any(each in text.casefold() for each in _NOTHING)


def matches(text: str) -> bool:
    """Tell whether a text is one section: it says it is empty, or its lines are `Key: value`.

    Sections that hold no posts count, too, so that `read` refuses them without quoting them.
    """
    if _nothing(text):
        return True
    lines = [line for line in text[: _LOOK * 400].splitlines()[:_LOOK] if line.strip()]
    if len(lines) < 2 or not (_pair(lines[0]) or lines[0].rstrip().endswith((":", "："))):
        return False
    told = sum(_pair(line) is not None or stamp(line) is not None for line in lines[1:])
    return told >= 0.8 * (len(lines) - 1)


def _begins(line: str) -> str | None:
    """Return the label of a line that holds a time, None when it holds none."""
    found = _pair(line)
    return found[0] if found and stamp(found[1]) else None


def read(name: str, text: str, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read the section of one's own posts, or say that a section is empty.

    Args:
        name: the file's path.
        text: its text.
        today: the day it was downloaded at the latest.
        zone: not used, because the download's times are UTC.

    Raises:
        Problem: it is another section, or no section at all.
    """
    notes: list[Note] = []
    if _nothing(text):
        empty = Note(None, "a section of TikTok's data download without data", kind="empty")
        return Reading(name, KIND, "tiktok", notes=(empty,), exported=today)
    if not text.endswith(("\n", "\r")):
        text, rest = _uncut(text)
        if _pair(rest):
            line = text.count("\n") + 1
            cut = "the file ends within a line, which is left out"
            notes.append(Note(line, cut, kind="odd"))
    records = _records(text)
    own = [record for record in records if _own(record)]
    if not own:
        # Refused as foreign, so that what was watched, written or told is not stored either.
        raise Problem(
            name,
            "not understood: lines of “label: value”, as TikTok's data download has them, and no"
            " list of one's own posts",
            EXPECTED,
        )
    if len(own) < len(records):
        left = next(line for line, pairs in records if (line, pairs) not in own)
        text = f"{len(records) - len(own)} of {len(records)} entries have no likes, left out"
        notes.append(Note(left, text, kind="odd"))
    posts, exported = entries_to_posts(_entries(own, notes), Told(name, today, None), notes)
    return Reading(
        name=name,
        kind=KIND,
        platform="tiktok",
        posts=tuple(posts),
        notes=tuple(notes),
        exported=exported or today,
        exported_told=exported is not None,
    )


def reduced(text: str) -> str:
    """Return what `read` uses of a section: its posts with the labels that are read, else nothing.

    Read again it gives the same posts, and reduced again it is the same.

    Args:
        text: as `matches` wants it.
    """
    if _nothing(text):
        return next(each for each in _NOTHING if each in text.casefold()) + "\n"
    if not text.endswith(("\n", "\r")):
        text, _ = _uncut(text)
    blocks = []
    for record in _records(text):
        if not _own(record):
            continue
        by_place = _by_place(record)
        seen: set[str] = set()
        lines = []
        for place, (key, value) in enumerate(record[1]):
            field = KNOWN.get(key_of(key))
            used = field is None or (field != "-" and field not in seen)
            if (used and field is not None) or (by_place and place < _PLACES):
                lines.append(f"{key}: {value if used else ''}\n")
            seen.add(field or "")
        blocks.append("".join(lines))
    return "\n".join(blocks)


def _uncut(text: str) -> tuple[str, str]:
    """Return the lines that are whole, and what follows: half a number is a wrong number."""
    whole, end, rest = text.rpartition("\n")
    return whole + end, rest


Record = tuple[int, list[tuple[str, str]]]


def _records(text: str) -> list[Record]:
    """Return the entries with the line each begins on; a new one begins at every time.

    A line that is no pair goes on with the value before it: titles have several lines.
    """
    records: list[Record] = []
    label: str | None = None
    for line, told in enumerate(text.splitlines(), 1):
        begins = _begins(told)
        if begins is not None and label in {None, begins}:
            label = begins
            records.append((line, []))
        if not records or not told.strip():
            continue
        pairs = records[-1][1]
        found = _pair(told)
        if found:
            pairs.append(found)
        elif pairs:
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value}\n{told}")
    return records


def _own(record: Record) -> bool:
    """Tell whether an entry is a post: by known labels, else a time, a link and a count."""
    pairs = record[1]
    fields = {KNOWN.get(key_of(key)) for key, _ in pairs}
    if {"date", "link"} <= fields:
        return bool(fields & {"likes", "seen"})
    return (
        len(pairs) >= 3
        and pairs[1][1].startswith(("http://", "https://"))
        and bool(pairs[2][1].strip())
        and count(pairs[2][1])[1] is None
    )


def _by_place(record: Record) -> bool:
    """Tell whether labels are in a language that is not known, so that their order has to do."""
    return not {"date", "link", "likes"} <= {KNOWN.get(key_of(key)) for key, _ in record[1]}


def _entries(records: list[Record], notes: list[Note]) -> list[Entry]:
    entries: list[Entry] = []
    unknown: dict[str, None] = {}
    for line, pairs in records:
        fields: dict[str, str] = {}
        by_place = _by_place((line, pairs))
        for place, (key, value) in enumerate(pairs):
            field = KNOWN.get(key_of(key))
            if field is None and by_place and place < 3:
                field = ("date", "link", "likes")[place]
            if field is None and by_place and place == 3:
                field = "seen"
            if field is None:
                unknown[key[:40]] = None
            elif field != "-":
                fields.setdefault(field, value)
        entries.append(Entry(line, fields))
    if unknown:
        shown = ", ".join(unknown)[:200]
        notes.append(Note(None, f"labels of posts not known, left out: {shown}", kind="odd"))
    return entries
