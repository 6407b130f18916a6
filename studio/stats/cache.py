"""Parsed exports kept in the user's cache folder, one file a reading; losing it costs only time.

A file is a line with a checksum; a line of JSON with each field of the posts as one list, or as
one value where all are the same; then the captions in UTF-8, one after the other. So 100,000
posts come back in a third of the time that their export takes.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING, Any

from studio.stats.making import posts_of
from studio.stats.post import ActiveHour, DayFigure, Followers, Note, Post, Share
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = 3
"""Raised whenever a reader or a record changes; an older cache is then read anew."""

_FOLDER = "stats"
_END = ".reading"
_OLD = "stats.json"  # what the formats before 3 had everything in
_FIELDS = [field.name for field in fields(Post)]
_TIMES = frozenset({"posted_at", "uploaded_at"})
_LEFT_OUT = frozenset({"caption", "history"})  # a single export has no history


class Cache:
    """Readings by key.

    Args:
        folder: where they lie; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._root = folder
        self._folder = folder / _FOLDER if folder else None
        self._used: set[str] = set()
        self._added = False

    def get(self, key: str) -> Reading | None:
        """Return the reading kept under a key, None when there is none or it is damaged."""
        if self._folder is None:
            return None
        name = _name(key)
        try:
            reading = _decoded((self._folder / name).read_bytes(), key)
        except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None
        except (RecursionError, MemoryError):
            return None
        self._used.add(name)
        return reading

    def put(self, key: str, reading: Reading) -> None:
        """Keep a reading under a key; a failure is no matter."""
        if self._folder is None:
            return
        name = _name(key)
        temporary = self._folder / f"{name}.{os.getpid()}.tmp"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_encoded(reading, key))
            temporary.replace(self._folder / name)
            self._used.add(name)
            self._added = True

    def save(self) -> None:
        """Drop what was not used since the beginning, if something came in its place."""
        if self._folder is None or self._root is None or not self._added:
            return
        with suppress(OSError):
            (self._root / _OLD).unlink(missing_ok=True)
            for path in list(self._folder.iterdir()):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:32] + _END


def _encoded(reading: Reading, key: str) -> bytes:
    captions = [post.caption.encode(errors="surrogatepass") for post in reading.posts]
    told = {
        "key": key,
        "name": reading.name,
        "kind": reading.kind,
        "platform": reading.platform,
        "n": len(reading.posts),
        "captions": [len(caption) for caption in captions],
        "posts": {
            name: _column(name, [getattr(post, name) for post in reading.posts])
            for name in _FIELDS
            if name not in _LEFT_OUT
        },
        "followers": [[one.platform, one.day.isoformat(), one.count] for one in reading.followers],
        "days": [
            [one.platform, one.day.isoformat(), one.metric, one.value] for one in reading.days
        ],
        "active": [
            [one.platform, one.day.isoformat(), one.hour, one.followers] for one in reading.active
        ],
        "shares": [[one.platform, one.table, one.name, one.share] for one in reading.shares],
        "notes": [[note.line, note.text, note.kind] for note in reading.notes],
        "exported": reading.exported.isoformat() if reading.exported else None,
        "told": reading.exported_told,
    }
    body = b"\n".join([json.dumps(told, separators=(",", ":")).encode(), b"".join(captions)])
    return _head(body) + body


def _head(body: bytes | memoryview) -> bytes:
    return b"studio stats %d %08x\n" % (FORMAT, zlib.crc32(body))


def _column(name: str, values: list[Any]) -> Any:  # noqa: ANN401 - what JSON can say
    """Return a field of all posts: a list, or what all of them have."""
    if name in _TIMES or name == "exported":
        values = [value.isoformat() if value is not None else None for value in values]
    if len(values) > 1 and values.count(values[0]) == len(values):
        return {"all": values[0]}
    return values


def _decoded(data: bytes, key: str) -> Reading:
    start = data.index(b"\n") + 1
    body = memoryview(data)[start:]
    if data[:start] != _head(body):
        raise ValueError("damaged, or of another version")
    end = data.index(b"\n", start)
    found = json.loads(data[start:end])
    if found["key"] != key:
        raise ValueError("of another export")
    return Reading(
        name=found["name"],
        kind=found["kind"],
        platform=found["platform"],
        posts=_posts(found, data, end + 1),
        followers=tuple(Followers(a, date.fromisoformat(b), c) for a, b, c in found["followers"]),
        days=tuple(DayFigure(a, date.fromisoformat(b), c, d) for a, b, c, d in found["days"]),
        active=tuple(ActiveHour(a, date.fromisoformat(b), c, d) for a, b, c, d in found["active"]),
        shares=tuple(Share(a, b, c, d) for a, b, c, d in found["shares"]),
        notes=tuple(Note(a, b, kind=c) for a, b, c in found["notes"]),
        exported=date.fromisoformat(found["exported"]) if found["exported"] else None,
        exported_told=found["told"],
    )


def _posts(found: dict[str, Any], data: bytes, start: int) -> tuple[Post, ...]:
    ends = accumulate(found["captions"], initial=start)
    captions = [data[a:b].decode(errors="surrogatepass") for a, b in pairwise(ends)]
    columns: list[Iterable[Any]] = []
    for name in _FIELDS:
        if name == "caption":
            columns.append(captions)
        elif name == "history":
            columns.append(repeat((), found["n"]))
        else:
            columns.append(_values(name, found["posts"][name], found["n"]))
    return tuple(posts_of(zip(*columns, strict=True)))


def _values(name: str, kept: Any, count: int) -> Iterable[Any]:  # noqa: ANN401 - what JSON says
    values: list[Any] = kept if isinstance(kept, list) else [kept["all"]]
    if name in _TIMES:
        values = [datetime.fromisoformat(value) if value else None for value in values]
    elif name == "exported":
        values = [date.fromisoformat(value) if value else None for value in values]
    return values if isinstance(kept, list) else repeat(values[0], count)
