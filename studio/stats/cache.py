"""Parsed exports kept as JSON in the user's cache folder; losing it costs only time."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from studio.stats.post import ActiveHour, DayFigure, Followers, Note, Post, Share
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 2
"""Raised whenever a reader or a record changes; an older cache is then read anew."""

_POST = [field.name for field in fields(Post)]
_TIMES = [_POST.index(name) for name in ("posted_at", "uploaded_at")]
_EXPORTED = _POST.index("exported")
_HISTORY = _POST.index("history")


class Cache:
    """Readings by key, in one file that is read once and written when something was added.

    Args:
        folder: where the file lies; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / "stats.json" if folder else None
        self._known = self._load()
        self._used: dict[str, Any] = {}

    def _load(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        with suppress(OSError, ValueError, RecursionError):
            found = json.loads(self._path.read_bytes())
            if isinstance(found, dict) and found.get("format") == FORMAT:
                readings = found.get("readings")
                return readings if isinstance(readings, dict) else {}
        return {}

    def get(self, key: str) -> Reading | None:
        """Return the reading kept under a key, None when there is none or it is damaged."""
        found = self._known.get(key)
        if found is None:
            return None
        try:
            reading = _decoded(found)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None
        self._used[key] = found
        return reading

    def put(self, key: str, reading: Reading) -> None:
        """Keep a reading under a key."""
        if self._path is not None:
            self._used[key] = _encoded(reading)

    def save(self) -> None:
        """Write what was used since the beginning, if that differs; a failure is no matter."""
        if self._path is None or self._used.keys() == self._known.keys():
            return
        content = json.dumps(
            {"format": FORMAT, "readings": self._used}, separators=(",", ":"), ensure_ascii=True
        )
        temporary = self._path.with_name(f"stats-{os.getpid()}.tmp")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(content, encoding="ascii")
            temporary.replace(self._path)


def _encoded(reading: Reading) -> dict[str, Any]:
    return {
        "name": reading.name,
        "kind": reading.kind,
        "platform": reading.platform,
        "posts": [_post_row(post) for post in reading.posts],
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


def _post_row(post: Post) -> list[Any]:
    row: list[Any] = [getattr(post, name) for name in _POST[:_HISTORY]]
    for index in (*_TIMES, _EXPORTED):
        if row[index] is not None:
            row[index] = row[index].isoformat()
    return row


def _decoded(found: dict[str, Any]) -> Reading:
    return Reading(
        name=found["name"],
        kind=found["kind"],
        platform=found["platform"],
        posts=tuple(_post(row) for row in found["posts"]),
        followers=tuple(Followers(a, date.fromisoformat(b), c) for a, b, c in found["followers"]),
        days=tuple(DayFigure(a, date.fromisoformat(b), c, d) for a, b, c, d in found["days"]),
        active=tuple(ActiveHour(a, date.fromisoformat(b), c, d) for a, b, c, d in found["active"]),
        shares=tuple(Share(a, b, c, d) for a, b, c, d in found["shares"]),
        notes=tuple(Note(a, b, kind=c) for a, b, c in found["notes"]),
        exported=date.fromisoformat(found["exported"]) if found["exported"] else None,
        exported_told=found["told"],
    )


def _post(kept: list[Any]) -> Post:
    row = list(kept)  # what is kept is written again as it is
    for index in _TIMES:
        if row[index] is not None:
            row[index] = datetime.fromisoformat(row[index])
    if row[_EXPORTED] is not None:
        row[_EXPORTED] = date.fromisoformat(row[_EXPORTED])
    return Post(*row)
