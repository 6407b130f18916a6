"""The exports of a project: read, and imported untouched."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tomllib
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.cache import Cache
from studio.stats.log import log_readings
from studio.stats.plan import ImportPlan, PlannedFile
from studio.stats.post import Note, Post
from studio.stats.table import Posts, merge
from studio.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.project.store import Store
    from studio.project.undo import Edit
    from studio.stats.readers.reading import Reading

FOLDER = "stats/exports"
MAX_FILES = 2_000
"""Files looked at in the folders of one import."""
_STAMP = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def load(store: Store, *, cache: Path | None = None, zone: str | None = None) -> Posts:
    """Read every export of a project, and what was typed by hand, into one table.

    A file that cannot be read becomes a note; the others still count.

    Args:
        store: the project's files.
        cache: a folder outside the project in which parsed exports are kept.
        zone: IANA name of the accounts' time zone; None takes the project's.
    """
    readings, notes = _readings(store, Cache(cache), zone or project_zone(store))
    typed: list[Reading] = []
    try:
        typed = log_readings(store)
    except Problem as problem:
        notes.append(Note(None, f"{problem.what}. {problem.mend}", problem.where))
    table = merge([*(reading for reading, _ in readings), *typed])
    if not notes:
        return table
    return replace(table, notes=(*notes, *table.notes))


def project_zone(store: Store) -> str | None:
    """Return the time zone in studio.toml, None when it has none or cannot be read."""
    try:
        found = tomllib.loads(store.read("studio.toml")[0].decode()).get("zone")
    except (Problem, ValueError):
        return None
    return found if isinstance(found, str) else None


def _readings(
    store: Store, cache: Cache, zone: str | None
) -> tuple[list[tuple[Reading, str]], list[Note]]:
    """Return the project's readings with the digests of their files."""
    readings: list[tuple[Reading, str]] = []
    notes: list[Note] = []
    for path in store.walk(FOLDER):
        try:
            data, version = store.read(path)
            day = _stored_day(store, path)
            key = f"{version.digest} {day} {zone} {path}"
            reading = cache.get(key)
            if reading is None:
                reading = _read(path, data, day, zone)
                cache.put(key, reading)
            readings.append((reading, version.digest))
        except Problem as problem:
            notes.append(Note(None, f"{problem.what}. {problem.mend}", path))
    cache.save()
    return readings, notes


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
    return _day_of(status, datetime.now(UTC).date())


def _day_of(status: os.stat_result, today: date) -> date:
    """Return the day a file was made: that of its last change, which is when it was downloaded."""
    changed = datetime.fromtimestamp(max(status.st_mtime, 0), UTC).date()
    # Before 2016 no such export existed: the date was lost on the way.
    return min(changed, today) if changed.year >= 2016 else today


def _read(
    name: str, data: bytes, day: date, zone: str | None, today: date | None = None
) -> Reading:
    """Read a file as of `day`, or as of `today` when its posts are younger than `day`."""
    from studio.stats.readers import read

    if today and day < today:
        reading = read(name, data, today=today, zone=zone)
        ids = (post.uploaded_at for post in reading.posts if post.uploaded_at)
        newest = max(ids, default=None)
        if newest and newest.date() > day + timedelta(days=1):
            return reading
    return read(name, data, today=day, zone=zone)


def plan_import(
    store: Store,
    files: Sequence[Path],
    *,
    today: date | None = None,
    cache: Path | None = None,
    zone: str | None = None,
) -> ImportPlan:
    """Look at files, and at the files in folders, and say what importing them would do.

    Args:
        store: the project's files.
        files: files and folders; hidden ones inside folders are passed over.
        today: the current day; None asks the clock.
        cache: as for `load`.
        zone: as for `load`.
    """
    zone = zone or project_zone(store)
    today = today or datetime.now(UTC).date()
    known, _ = _readings(store, Cache(cache), zone)
    readings = [reading for reading, _ in known]
    stored = {digest: reading.name for reading, digest in known}
    table = merge(readings)
    planned: list[PlannedFile] = []
    for path in _files(files):
        try:
            data, status = _content(path)
            digest = hashlib.sha256(data).hexdigest()
            if digest in stored:
                planned.append(PlannedFile(path, same_as=stored[digest], digest=digest))
                continue
            day = _day_of(status, today)
            reading = _read(path.name, data, day, zone, today)
        except Problem as problem:
            planned.append(PlannedFile(path, refused=f"{problem.what}. {problem.mend}"))
            continue
        readings.append(reading)
        stored[digest] = str(path)
        after = merge(readings)
        new, updated, unchanged = _compared(table, after, reading)
        table = after
        planned.append(
            PlannedFile(
                path,
                reading.kind,
                reading.platform,
                len(reading.posts),
                new,
                updated,
                unchanged,
                reading.notes,
                target=_target(path, data, digest, reading.exported or today),
                digest=digest,
            )
        )
    return ImportPlan(tuple(planned))


def import_edits(store: Store, plan: ImportPlan) -> list[Edit]:
    """Return the edits that take the planned originals, untouched, into the project.

    Applied as one step (`Undo.apply`), so that an import can be taken back whole. Files that the
    project has by now are left out.

    Raises:
        Problem: a file changed since it was looked at.
    """
    from studio.project.undo import Edit
    from studio.project.version import ABSENT

    edits: list[Edit] = []
    for file in plan.files:
        if file.target is None:
            continue
        data, _ = _content(file.path)
        if hashlib.sha256(data).hexdigest() != file.digest:
            raise Problem(
                str(file.path), "the file changed since it was looked at", "Import it again"
            )
        if store.version(file.target).digest != file.digest:
            edits.append(Edit(file.target, data, ABSENT))
    return edits


def _target(path: Path, data: bytes, digest: str, day: date) -> str:
    if data[:2] == b"PK":
        from studio.stats.readers.xlsx import looks_like

        suffix = ".xlsx" if looks_like(data) else ".zip"
    else:
        suffix = ".csv"
    name = slug(path.stem, fallback="export")
    return f"{FOLDER}/{day.isoformat()}-{digest[:8]}-{name}{suffix}"


def _compared(before: Posts, after: Posts, reading: Reading) -> tuple[int, int, int]:
    """Return how many posts of a reading are new, updated and unchanged."""
    old = {key: post for post in before.posts for key in _keys(post)}
    now = {key: post for post in after.posts for key in _keys(post)}
    found: Counter[str] = Counter()
    for post in reading.posts:
        keys = _keys(post)
        was = next((old[key] for key in keys if key in old), None)
        result = next(now[key] for key in keys if key in now)
        if was is None:
            found["new"] += 1
        elif (was.figures, was.posted_at, was.hour_known) != (
            result.figures,
            result.posted_at,
            result.hour_known,
        ):
            found["updated"] += 1
        else:
            found["unchanged"] += 1
    return found["new"], found["updated"], found["unchanged"]


def _keys(post: Post) -> list[tuple[str, str]]:
    return [(post.platform, name) for name in (post.code, post.post_id) if name]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    left = MAX_FILES
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.startswith("."):
                    continue
                if not left:
                    return
                left -= 1
                yield Path(folder) / name


def _content(path: Path) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes and status.

    Raises:
        Problem: it is missing, no regular file, unreadable, too large, or plainly no export.
    """
    from studio.stats.readers import MAX_BYTES, glance

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Problem(str(path), "not a regular file", "Give the exported file itself")
        if status.st_size > MAX_BYTES:
            raise Problem(
                str(path),
                f"the file has {status.st_size / 2**20:.0f} MB, no export that Studio reads has"
                f" more than {MAX_BYTES >> 20}",
                "Choose a shorter time range and export again",
            )
        with path.open("rb") as file:
            head = file.read(16)
            glance(str(path), head)
            return head + file.read(MAX_BYTES), status
    except OSError as error:
        raise Problem(
            str(path),
            f"cannot be read ({error.strerror or 'unknown error'})",
            "Check the path and the permissions",
        ) from error
