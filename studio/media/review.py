"""Verdicts of a project: read from the sidecars, and changed as edits that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.media.identity import identity, known_identity
from studio.media.sidecar import merge_verdict, read_verdict, read_with_brief, sidecar_path
from studio.media.verdict import NO_VERDICT, Verdict
from studio.problem import Problem
from studio.project.undo import Edit
from studio.project.version import ABSENT, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.project.store import Store


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A media file and what was decided about it.

    Attributes:
        path: the media file.
        verdict: empty when nothing was decided, or when it cannot be read.
        problem: why it cannot be read, and the mend.
        brief: the brief it was made for, where its sidecar says so.
    """

    path: str
    verdict: Verdict
    problem: str | None = None
    brief: str | None = None


def load_verdict(store: Store, path: str) -> Verdict:
    """Return the verdict on a media file.

    Without `x.jpg.xmp`, a sidecar as Adobe names it (`x.xmp`) is read, which is never written.

    Raises:
        Problem: the sidecar is damaged.
    """
    return _loaded(store, path)[0]


def read_reviewed(store: Store, path: str) -> Reviewed:
    """Return what was decided on a media file; a damaged sidecar is its `problem`."""
    try:
        verdict, brief = _loaded(store, path)
    except Problem as problem:
        return Reviewed(path, NO_VERDICT, str(problem))
    return Reviewed(path, verdict, None, brief)


def load_verdicts(store: Store, paths: Iterable[str]) -> dict[str, Reviewed]:
    """Return the verdicts on many media files; a damaged sidecar is a `problem` of its file."""
    return {path: read_reviewed(store, path) for path in paths}


def verdict_edits(
    store: Store, verdicts: Mapping[str, Verdict], *, may_read: bool = True
) -> list[Edit]:
    """Return the edits that write verdicts, one for each file whose verdict changes.

    The identity of the content goes along, so that the file is found again after a rename.

    Args:
        store: the project's files.
        verdicts: by media path.
        may_read: whether media may be read for their identity. A key must not wait for that: with
            False only an identity already known goes along.

    Raises:
        Problem: a sidecar is damaged, and is left as it is.
    """
    edits: list[Edit] = []
    for path, verdict in verdicts.items():
        sidecar = sidecar_path(path)
        data, version = _read(store, sidecar)
        if data is None and verdict == load_verdict(store, path):
            continue
        same = read_verdict(data, where=sidecar) == verdict
        mark = None if same else _identity(store, path, may_read=may_read)
        made = merge_verdict(data, verdict, identity=mark, where=sidecar)
        if made != data:
            edits.append(Edit(sidecar, made, version))
    return edits


def _loaded(store: Store, path: str) -> tuple[Verdict, str | None]:
    for sidecar in (sidecar_path(path), adobe_path(path)):
        data, _ = _read(store, sidecar)
        if data is not None:
            return read_with_brief(data, where=sidecar)
    return NO_VERDICT, None


def _identity(store: Store, path: str, *, may_read: bool) -> str | None:
    try:
        if not may_read:
            return known_identity(store.root / path)
        return identity(store.root / path)
    except Problem:
        return None


def adobe_path(path: str) -> str:
    """Return the path of a media file's sidecar as Adobe names it; never written."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0]}.xmp"


def _read(store: Store, path: str) -> tuple[bytes | None, Version]:
    """Return a file's bytes and version; none and `ABSENT` when there is no such file."""
    try:
        return store.read(path)
    except Problem:
        if store.version(path) == ABSENT:
            return None, ABSENT
        raise
