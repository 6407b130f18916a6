"""What a human does to ideas, as edits of files: the caller hands them to `project.undo.apply`.

Nothing is written here. A property is changed in what the file holds now, one line of it, so that
a change made elsewhere in the meantime stays; notes are only ever written over the notes that
were read.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from studio.ideas.idea import FOLDER, SUFFIX, Idea, slug_of
from studio.ideas.names import captions_of, free_slug
from studio.ideas.places import ranks_for
from studio.problem import Problem
from studio.project.properties import Document
from studio.project.undo import Edit
from studio.project.version import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.ideas.board import Board
    from studio.project.store import Store
    from studio.project.version import Version

    Value = str | Sequence[str] | None


def new_idea(
    board: Board,
    title: str,
    stage: str,
    *,
    store: Store,
    source: str = "me",
    notes: str = "",
    properties: Mapping[str, str | Sequence[str]] | None = None,
    today: dt.date | None = None,
) -> tuple[list[Edit], str]:
    """Return the edit that makes an idea at the top of a column, and the idea's path.

    The name is free among ideas, and among captions and briefs left behind by others.

    Args:
        board: as it is now.
        title: one line; white space is tidied, an empty one becomes "Untitled".
        stage: the column.
        store: the project's files.
        source: "me" or "claude".
        notes: the text under the properties.
        properties: more of them: pillar, format, platforms, tags…
        today: the day it is made; the computer's by default.
    """
    title = " ".join(title.split()) or "Untitled"
    path = f"{FOLDER}/{free_slug(store, title)}{SUFFIX}"
    blank = Idea(
        path=path,
        slug=slug_of(path),
        title=title,
        stage=stage,
        rank=None,
        pillar=None,
        format=None,
        platforms=(),
        tags=(),
        media=(),
        planned=None,
        planned_at=None,
        source=source,
        posted=(),
        created=None,
        notes=notes,
        version=ABSENT,
        problem=None,
    )
    ranks = ranks_for(board.column(stage), blank, 0)
    values: dict[str, Value] = {"title": title, "stage": stage, "rank": ranks[path]}
    values |= {"source": source, "created": (today or dt.date.today()).isoformat()}
    values |= dict(properties or {})
    document = _changed(Document.parse(b""), path, values)
    if notes:
        document = document.with_body(notes if notes.endswith("\n") else notes + "\n")
    return [Edit(path, document.data, ABSENT)], path


def set_property(store: Store, idea: Idea, key: str, value: Value) -> list[Edit]:
    """Return the edit that sets one property (None removes it); none when nothing changes.

    Raises:
        Problem: the file or its properties cannot be read or changed.
    """
    return _edit(store, idea, {key: value})


def set_title(store: Store, idea: Idea, title: str) -> list[Edit]:
    """Return the edit that renames the card; the file keeps its name, captions hang on it.

    Raises:
        Problem: as for `set_property`; or the title is empty.
    """
    title = " ".join(title.split())
    if not title:
        raise Problem(idea.path, "a card needs a title", "Type one")
    return _edit(store, idea, {"title": title})


def set_tags(store: Store, idea: Idea, tags: Iterable[str]) -> list[Edit]:
    """Return the edit that sets the tags, each once, "#" and white space taken off.

    Raises:
        Problem: as for `set_property`.
    """
    tidy = [tag.strip().lstrip("#").strip() for tag in tags]
    unique = tuple(dict.fromkeys(tag for tag in tidy if tag))
    return [] if unique == idea.tags else _edit(store, idea, {"tags": unique or None})


def set_notes(store: Store, idea: Idea, notes: str) -> list[Edit]:
    """Return the edit that replaces the notes; it fails as a conflict if the file has changed.

    Line ends become those the notes had.

    Raises:
        Problem: the file cannot be read, or its properties are not understood.
    """
    return edit_idea(store, idea, {}, notes=notes)


def edit_idea(
    store: Store, idea: Idea, values: Mapping[str, Value], *, notes: str | None = None
) -> list[Edit]:
    """Return the one edit that sets several properties and, unless None, the notes.

    Raises:
        Problem: as for `set_property` and `set_notes`.
    """
    edits = _edit(store, idea, values)
    if notes is None or notes == idea.notes:
        return edits
    document = Document.parse(edits[0].data or b"") if edits else _read(store, idea)[0]
    if document.problem is not None:
        raise Problem(idea.path, document.problem, "Mend it in a text editor")
    if "\r\n" in idea.notes and not re.search(r"(?<!\r)\n", idea.notes):
        notes = re.sub(r"(?<!\r)\n", "\r\n", notes)
    version = edits[0].if_version if edits else idea.version
    return [Edit(idea.path, document.with_body(notes).data, version)]


def move_to_stage(
    board: Board, idea: Idea, stage: str, position: int = 0, *, store: Store
) -> list[Edit]:
    """Return the edits that put a card into a column, at a place counted from the top.

    Usually one file with two lines changed (see `studio.ideas.places`); the same column and place
    again change nothing.

    Raises:
        Problem: as for `set_property`.
    """
    old = board.stage_of(idea)
    column = [each for each in board.column(stage) if each.path != idea.path]
    position = max(0, min(position, len(column)))
    if old == stage and _place_of(idea, board.column(stage)) == position:
        return []
    edits: list[Edit] = []
    # A card that cannot be changed cannot be given a rank; the others are placed without it.
    position -= sum(each.problem is not None for each in column[:position])
    column = [each for each in column if each.problem is None]
    ranks = ranks_for(column, idea, position)
    for each in (idea, *column):
        values: dict[str, Value] = {}
        if each is idea and old != stage:
            values["stage"] = stage
        if each.path in ranks:
            values["rank"] = ranks[each.path]
        if values:
            edits += _edit(store, each, values)
    return edits


def reorder(board: Board, idea: Idea, delta: int, *, store: Store) -> list[Edit]:
    """Return the edits that move a card within its column, down by `delta` (up when negative).

    Raises:
        Problem: as for `set_property`.
    """
    stage = board.stage_of(idea)
    place = _place_of(idea, board.column(stage))
    return move_to_stage(board, idea, stage, max(0, place + delta), store=store)


def attach(
    store: Store, idea: Idea, paths: Iterable[str], position: int | None = None
) -> list[Edit]:
    """Return the edit that adds media to an idea, at a place in its order or at the end.

    Those it has already are not added again.

    Raises:
        Problem: as for `set_property`.
    """
    document, version = _read(store, idea)
    media = list(document.get_list("media"))
    new = [path for path in dict.fromkeys(paths) if path not in media]
    at = len(media) if position is None else position
    media[at:at] = new
    return _edit_of(idea, document, version, {"media": media}) if new else []


def detach(store: Store, idea: Idea, paths: Iterable[str]) -> list[Edit]:
    """Return the edit that takes media off an idea; the files stay.

    Raises:
        Problem: as for `set_property`.
    """
    document, version = _read(store, idea)
    gone = set(paths)
    media = [path for path in document.get_list("media") if path not in gone]
    return _edit_of(idea, document, version, {"media": media or None})


def move_media(store: Store, idea: Idea, path: str, delta: int) -> list[Edit]:
    """Return the edit that moves one of an idea's media by `delta` in its order.

    Raises:
        Problem: as for `set_property`; or the idea does not have it.
    """
    document, version = _read(store, idea)
    media = list(document.get_list("media"))
    if path not in media:
        raise Problem(path, f"is not among the media of {idea.path}", "Attach it first")
    place = max(0, media.index(path) + delta)
    media.remove(path)
    media.insert(place, path)
    return _edit_of(idea, document, version, {"media": media})


def replace_media(store: Store, idea: Idea, old: str, new: str) -> list[Edit]:
    """Return the edit that names one of an idea's media anew, as after a rename outside.

    Raises:
        Problem: as for `set_property`.
    """
    document, version = _read(store, idea)
    media = [new if path == old else path for path in document.get_list("media")]
    return _edit_of(idea, document, version, {"media": media})


def trash(store: Store, idea: Idea) -> list[Edit]:
    """Return the edits that put an idea and its captions into the trash; its media stay.

    Raises:
        Problem: a file cannot be read.
    """
    version = idea.version if idea.version.present else store.version(idea.path)
    edits = [Edit(idea.path, None, version)]
    edits += [Edit(path, None, store.version(path)) for path in captions_of(store, idea)]
    return edits


def _edit(store: Store, idea: Idea, values: Mapping[str, Value]) -> list[Edit]:
    document, version = _read(store, idea)
    return _edit_of(idea, document, version, values)


def _edit_of(
    idea: Idea, document: Document, version: Version, values: Mapping[str, Value]
) -> list[Edit]:
    made = _changed(document, idea.path, values)
    return [] if made.data == document.data else [Edit(idea.path, made.data, version)]


def _read(store: Store, idea: Idea) -> tuple[Document, Version]:
    data, version = store.read(idea.path)
    return Document.parse(data), version


def _changed(document: Document, path: str, values: Mapping[str, Value]) -> Document:
    """Return the document with properties changed; a refusal names the file."""
    try:
        for key, value in values.items():
            document = document.with_value(key, value)
    except Problem as problem:
        raise Problem(path, f"{problem.where}: {problem.what}", problem.mend) from problem
    return document


def _place_of(idea: Idea, column: Sequence[Idea]) -> int:
    return next((at for at, each in enumerate(column) if each.path == idea.path), len(column))
