"""The exports that lie in a project, read one by one or taken from the cache."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers.columns import ColumnMap, Maps

if TYPE_CHECKING:
    import os

    from studio.project.store import Store
    from studio.stats.cache import Cache
    from studio.stats.readers.reading import Reading

FOLDER = "stats/exports"
_STAMP = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def stored_readings(
    store: Store, cache: Cache, zone: str | None, maps: Maps
) -> tuple[list[tuple[Reading, str]], list[Note]]:
    """Return the project's readings with the digests of their files, and what cannot be read."""
    readings: list[tuple[Reading, str]] = []
    notes: list[Note] = []
    seen: set[str] = set()
    for path in store.walk(FOLDER):
        try:
            data, version = store.read(path)
            if version.digest in seen:  # the same file twice says nothing more
                continue
            seen.add(version.digest)
            day = _stored_day(store, path)
            key = f"{version.digest} {day} {zone} {path}"
            reading = cache.get(key) or cache.get(f"{key} {maps_digest(maps)}")
            if reading is None:
                asked = _Asked(maps)
                reading = read_as_of(path, data, day, zone, asked)
                cache.put(f"{key} {maps_digest(maps)}" if asked.was else key, reading)
            readings.append((reading, version.digest))
        except Problem as problem:
            notes.append(Note(None, f"{problem.what}. {problem.mend}", path, "odd"))
    cache.save()
    return readings, notes


def project_zone(store: Store) -> str | None:
    """Return the time zone in studio.toml, None when it has none or cannot be read."""
    try:
        found = tomllib.loads(store.read("studio.toml")[0].decode()).get("zone")
    except (Problem, ValueError):
        return None
    return found if isinstance(found, str) else None


def maps_digest(maps: Maps) -> str:
    """Return what changes with any of the maps."""
    told = "\n".join(f"{key} {maps[key]!r}" for key in sorted(maps))
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]


class _Asked(Mapping[str, ColumnMap]):
    """Maps that know whether a reader looked into them."""

    def __init__(self, maps: Maps) -> None:
        self._maps = maps
        self.was = False

    def __getitem__(self, key: str) -> ColumnMap:
        self.was = True
        return self._maps[key]

    def __iter__(self) -> Iterator[str]:
        self.was = True
        return iter(self._maps)

    def __len__(self) -> int:
        return len(self._maps)


def _stored_day(store: Store, path: str) -> date:
    """Return the day in an imported file's name or a folder's, else that of the file itself."""
    for name in reversed(path.split("/")):
        if found := _STAMP.search(name):
            with suppress(ValueError):
                return date.fromisoformat(found[1])
    try:
        status = (store.root / path).stat()
    except OSError as error:
        raise Problem(path, "it went away while it was read", "Read the exports again") from error
    return day_of_file(status, datetime.now(UTC).date())


def day_of_file(status: os.stat_result, today: date) -> date:
    """Return the day a file was made: that of its last change, which is when it was downloaded."""
    changed = datetime.fromtimestamp(max(status.st_mtime, 0), UTC).date()
    # Before 2016 no such export existed: the date was lost on the way.
    return min(changed, today) if changed.year >= 2016 else today


def read_as_of(
    name: str,
    data: bytes,
    day: date,
    zone: str | None,
    maps: Maps,
    today: date | None = None,
) -> Reading:
    """Read a file as of `day`, or as of `today` when its posts are younger than `day`."""
    from studio.stats.readers import read

    reading = read(name, data, today=day, zone=zone, maps=maps)
    if today and day < today and younger(reading, day):
        return read(name, data, today=today, zone=zone, maps=maps)
    return reading


def younger(reading: Reading, day: date) -> bool:
    """Tell whether an export holds posts that were not made yet on the day it seems to be of."""
    if any("in the future" in note.text for note in reading.notes):
        return True
    ids = (post.uploaded_at for post in reading.posts if post.uploaded_at)
    newest = max(ids, default=None)
    return newest is not None and newest.date() > day + timedelta(days=1)
