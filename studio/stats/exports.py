"""The exports of a project: read into one table, and imported untouched."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.cache import Cache
from studio.stats.chosen import OTHERS, Chosen
from studio.stats.log import log_readings
from studio.stats.mappings import load_maps
from studio.stats.plan import ImportPlan, PlannedFile
from studio.stats.post import FIGURES, Note
from studio.stats.readers.columns import UnknownTable
from studio.stats.stored import (
    FOLDER,
    day_of_file,
    project_zone,
    read_as_of,
    stored_readings,
    younger,
)
from studio.stats.table import Posts, changes, merge
from studio.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from studio.project.store import Store
    from studio.project.undo import Edit
    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading

_BLOCK = 2**20
_NAMED = (".csv", ".tsv", ".json", ".xlsx", ".zip")
"""Not understood, files that end so are told of one by one; others in a folder are counted."""


def load(store: Store, *, cache: Path | None = None, zone: str | None = None) -> Posts:
    """Read every export of a project, and what was typed by hand, into one table.

    A file that cannot be read becomes a note; the others still count.

    Args:
        store: the project's files.
        cache: a folder outside the project in which parsed exports are kept.
        zone: IANA name of the accounts' time zone; None takes the project's.
    """
    zone = zone or project_zone(store)
    readings, notes = stored_readings(store, Cache(cache), zone, load_maps(store))
    table = merge([*(reading for reading, _ in readings), *_typed(store, notes)])
    if not notes:
        return table
    return replace(table, notes=(*notes, *table.notes))


def _typed(store: Store, notes: list[Note]) -> list[Reading]:
    """Return what was typed by hand; what cannot be read becomes a note."""
    try:
        return log_readings(store)
    except Problem as problem:
        notes.append(Note(None, f"{problem.what}. {problem.mend}", problem.where, "odd"))
        return []


def plan_import(
    store: Store,
    files: Sequence[Path],
    *,
    today: date | None = None,
    cache: Path | None = None,
    zone: str | None = None,
    maps: Maps | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Look at files, and at the files in folders, and say what importing them would do.

    Args:
        store: the project's files.
        files: files and folders; hidden ones inside folders are passed over.
        today: the current day; None asks the clock.
        cache: as for `load`.
        zone: as for `load`.
        maps: column maps beside those the project remembers, such as one just made.
        progress: told the files looked at, how many there are, and the one that comes next.
        cancelled: asked between files; True ends the look, and the plan is of those before.
    """
    zone = zone or project_zone(store)
    today = today or datetime.now(UTC).date()
    maps = {**load_maps(store), **(maps or {})}
    known, notes = stored_readings(store, Cache(cache), zone, maps)
    stored = {digest: reading.name for reading, digest in known}
    chosen = Chosen.of(files)
    looked: list[_Looked] = []
    stopped = False
    for index, (path, named) in enumerate(chosen.files):
        if progress is not None:
            progress(index, len(chosen.files), path.name)
        if cancelled is not None and cancelled():
            stopped = True
            break
        one = _look(path, today, zone, maps, cancelled)
        if one.foreign and not named and not path.name.lower().endswith(_NAMED):
            chosen.left[OTHERS] += 1
            continue
        same = stored.get(one.file.digest) if one.reading else None
        if same is not None:
            file = PlannedFile(path, same_as=same, digest=one.file.digest)
            one = _Looked(replace(file, members=one.file.members))
        elif one.reading:
            stored[one.file.digest] = str(path)
        looked.append(one)
    fresh = [one.reading for one in looked if one.reading]
    before = [reading for reading, _ in known] + _typed(store, notes)
    found, unsure = changes(before, fresh)
    told = iter(found)
    return ImportPlan(
        tuple(
            replace(
                one.file,
                posts=(count := next(told)).posts,
                new=count.new,
                updated=count.updated,
                unchanged=count.unchanged,
            )
            if one.reading
            else one.file
            for one in looked
        ),
        tuple(sorted(chosen.left.items())),
        stopped,
        tuple(unsure),
    )


def import_edits(store: Store, plan: ImportPlan) -> list[Edit]:
    """Return the edits that take the planned originals, untouched, into the project.

    Of an archive that holds other things only the members that are exports are taken, byte for
    byte. Applied as one step (`Undo.apply`), so that an import can be taken back whole. Files
    that the project has by now are left out.

    Raises:
        Problem: a file changed since it was looked at.
    """
    from studio.project.undo import Edit
    from studio.project.version import ABSENT

    edits: list[Edit] = []
    for file in plan.files:
        if file.target is None:
            continue
        with _opened(file.path) as (handle, _):
            data = _kept(file, handle) if file.kept else _whole(file.path, handle)
        if hashlib.sha256(data).hexdigest() != file.digest:
            raise Problem(
                str(file.path), "the file changed since it was looked at", "Import it again"
            )
        if store.version(file.target).digest != file.digest:
            edits.append(Edit(file.target, data, ABSENT))
    return edits


@dataclass(frozen=True)
class _Looked:
    """A file that was looked into; `reading` is None where it is refused or known."""

    file: PlannedFile
    reading: Reading | None = None
    foreign: bool = False


def _look(
    path: Path,
    today: date,
    zone: str | None,
    maps: Maps,
    cancelled: Callable[[], bool] | None,
) -> _Looked:
    from studio.stats.readers import EXPECTED

    try:
        with _opened(path) as (handle, status):
            return _understood(path, handle, status, today, zone, maps, cancelled)
    except Problem as problem:
        mend = f". {problem.mend}" if problem.mend else ""
        unknown = problem.sheet if isinstance(problem, UnknownTable) else None
        return _Looked(
            PlannedFile(path, refused=f"{problem.what}{mend}", unknown=unknown),
            foreign=unknown is None and problem.mend.startswith(EXPECTED),
        )


def _understood(
    path: Path,
    handle: BinaryIO,
    status: os.stat_result,
    today: date,
    zone: str | None,
    maps: Maps,
    cancelled: Callable[[], bool] | None,
) -> _Looked:
    """Read an open file.

    Raises:
        Problem: it is no export, or nothing in it can be read.
    """
    from studio.stats.readers import MAX_BYTES, glance, is_archive

    head = handle.read(16)
    handle.seek(0)
    glance(str(path), head)
    day = day_of_file(status, today)
    if not is_archive(head, handle):
        data = _whole(path, handle)
        digest = hashlib.sha256(data).hexdigest()
        reading = read_as_of(path.name, data, day, zone, maps, today)
        suffix = ".xlsx" if data[:2] == b"PK" else _suffix(head)
        return _found(PlannedFile(path, digest=digest), reading, suffix, today)
    from studio.stats.readers import archive

    opened = archive.look(path.name, handle, day, zone, maps, cancelled=cancelled)
    if day < today and younger(opened.reading, day):
        opened = archive.look(path.name, handle, today, zone, maps, cancelled=cancelled)
    if opened.whole and status.st_size <= MAX_BYTES:
        file = PlannedFile(path, digest=_digest(handle), members=opened.members)
    else:
        small = archive.kept(str(path), handle, opened.understood)
        file = PlannedFile(
            path,
            digest=hashlib.sha256(small).hexdigest(),
            members=opened.members,
            kept=opened.understood,
        )
    return _found(file, opened.reading, ".zip", today)


def _found(file: PlannedFile, reading: Reading, suffix: str, today: date) -> _Looked:
    """Say what a reading holds, and where its file would be stored."""
    days = [post.posted_at.date() for post in reading.posts if post.posted_at]
    for told in (reading.followers, reading.days, reading.active):
        days += [one.day for one in told]
    known = [
        name for name in FIGURES if any(getattr(post, name) is not None for post in reading.posts)
    ]
    name = slug(file.path.stem, fallback="export")
    day = (reading.exported or today).isoformat()
    found = replace(
        file,
        kind=reading.kind,
        platform=reading.platform,
        notes=reading.notes,
        figures=tuple(known),
        bare=sum(not any(one is not None for one in post.figures) for post in reading.posts),
        first=min(days, default=None),
        last=max(days, default=None),
        tables=_tables(reading),
        target=f"{FOLDER}/{day}-{file.digest[:8]}-{name}{suffix}",
    )
    return _Looked(found, reading)


def _tables(reading: Reading) -> tuple[str, ...]:
    """Name what a reading holds beside posts."""
    names = []
    if reading.followers:
        days = len({one.day for one in reading.followers})
        names.append("followers on 1 day" if days == 1 else f"followers on {days} days")
    metrics = dict.fromkeys(one.metric.replace("_", " ") for one in reading.days)
    if metrics:
        names.append(f"{', '.join(metrics)} of the whole account by day")
    if reading.active:
        names.append("hours followers are active")
    names += [f"followers by {one}" for one in dict.fromkeys(one.table for one in reading.shares)]
    return tuple(names)


def _suffix(head: bytes) -> str:
    """Return how the stored file's name ends, by what the file begins with."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in {b"{", b"["}:
        return ".json"
    return ".html" if start[:1] == b"<" else ".csv"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """Open a regular file.

    Raises:
        Problem: it is missing, no regular file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
            raise Problem(str(path), "not a regular file", "Give the exported file itself")
        handle = path.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that no system knows
        raise _unreadable(path, error) from error
    with handle:
        try:
            yield handle, os.fstat(handle.fileno())
        except OSError as error:
            raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> Problem:
    told = getattr(error, "strerror", None) or "unknown error"
    return Problem(str(path), f"cannot be read ({told})", "Check the path and the permissions")


def _whole(path: Path, handle: BinaryIO) -> bytes:
    """Return all bytes of an open file.

    Raises:
        Problem: it has more than any export.
    """
    from studio.stats.readers import MAX_BYTES

    size = os.fstat(handle.fileno()).st_size
    data = handle.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    if size > MAX_BYTES or len(data) > MAX_BYTES:
        raise Problem(
            str(path),
            f"the file has {size / 2**20:.0f} MB, no export that Studio reads has more than"
            f" {MAX_BYTES >> 20}",
            "Choose a shorter time range and export again",
        )
    return data


def _kept(file: PlannedFile, handle: BinaryIO) -> bytes:
    from studio.stats.readers import archive

    return archive.kept(str(file.path), handle, file.kept)


def _digest(handle: BinaryIO) -> str:
    made = hashlib.sha256()
    handle.seek(0)
    while part := handle.read(_BLOCK):
        made.update(part)
    return made.hexdigest()
