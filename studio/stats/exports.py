"""The exports of a project: read into one table, and imported untouched.

TikTok's data download is the one exception: of it only the posts and the profile are stored, see
`studio.stats.readers.lean`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.cache import Cache
from studio.stats.chosen import OTHERS, Chosen
from studio.stats.collecting import uncollected
from studio.stats.log import log_readings
from studio.stats.looking import Circumstances, Looked, content, look
from studio.stats.mappings import load_maps
from studio.stats.plan import ImportPlan
from studio.stats.post import Note
from studio.stats.stored import FOLDER, project_zone, stored_readings
from studio.stats.table import Posts, changes, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.project.store import Store
    from studio.project.undo import Edit
    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading

__all__ = ["FOLDER", "import_edits", "load", "plan_import", "project_zone"]

MAX_HELD = 128 * 2**20
"""Bytes of files that a plan holds on to; of the others what was read is read again."""
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
    with uncollected():
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
    with uncollected():
        return _planned(store, files, today, Cache(cache), zone, maps, progress, cancelled)


def _planned(
    store: Store,
    files: Sequence[Path],
    today: date,
    cache: Cache,
    zone: str | None,
    maps: Maps,
    progress: Callable[[int, int, str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> ImportPlan:
    known, notes = stored_readings(store, cache, zone, maps)
    stored = {digest: reading.name for reading, digest in known}
    given = Circumstances(today, zone, maps, stored, cancelled)
    chosen = Chosen.of(files)
    looked: list[Looked] = []
    stopped, held = False, 0
    for index, (path, named) in enumerate(chosen.files):
        if progress is not None:
            progress(index, len(chosen.files), path.name)
        if cancelled is not None and cancelled():
            stopped = True
            break
        one = look(path, given)
        if cancelled is not None and cancelled():  # it may be half of it
            stopped = True
            break
        if one.foreign and not named and not path.name.lower().endswith(_NAMED):
            chosen.left[OTHERS] += 1
            continue
        if one.reading:
            stored[one.file.digest] = str(path)
            held += len(one.file.data or b"")
            if held > MAX_HELD:
                one = replace(one, file=replace(one.file, data=None))
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
                bare=count.bare,
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
    byte. Of TikTok's data download, JSON or text, alone or in an archive, only the posts and the
    profile are taken, for all else in it is private. Applied as one step (`Undo.apply`), so that
    an import can be taken back whole. Files that the project has by now are left out.

    Raises:
        Problem: a file changed since it was looked at.
    """
    from studio.project.undo import Edit
    from studio.project.version import ABSENT

    edits: list[Edit] = []
    for file in plan.files:
        if file.target is None:
            continue
        data = content(file)
        if store.version(file.target).digest != file.digest:
            edits.append(Edit(file.target, data, ABSENT))
    return edits
