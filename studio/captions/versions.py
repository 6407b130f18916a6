"""The versions of one caption: which there are, what they say, and how one comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.captions.files import FOLDER, decode
from studio.problem import Problem
from studio.project.undo import Edit

if TYPE_CHECKING:
    from studio.captions.files import Text
    from studio.project.history import History
    from studio.project.store import Store

_GONE = "Choose another version"


@dataclass(frozen=True)
class Kept:
    """One version of a caption file.

    Args:
        time: when it was put by, UTC: of a version that was typed over the moment it was replaced;
            of the one that is there now when the file was last changed, None if not known.
        size: in bytes, a byte order mark included.
        digest: SHA-256 in hex, by which `text_of` and `restore` find it.
        now: whether it is what the file says now.
    """

    time: datetime | None
    size: int
    digest: str
    now: bool


def versions(store: Store, history: History, path: str) -> list[Kept]:
    """Return the versions of a caption, the one that is there now first, then newest first.

    A caption whose file is gone still has those it had. A version that came back later is there
    twice, as it was. Reads the file: not for the screen's thread.

    Raises:
        Problem: the file cannot be read.
    """
    made: list[Kept] = []
    version = store.version(path)
    if version.present:
        made.append(Kept(_changed(store, path), store.size(path), version.digest, now=True))
    for entry in history.entries(path):
        if len(made) != 1 or not made[0].now or entry.digest != version.digest:
            made.append(Kept(entry.time, entry.size, entry.digest, now=False))
    return made


def text_of(store: Store, history: History, path: str, digest: str) -> Text:
    """Return what one version says, as `files.decode` gives it.

    Raises:
        Problem: it is no version of this caption (any more), or damaged.
    """
    return decode(_data(store, history, path, digest))


def restore(store: Store, history: History, path: str, digest: str) -> list[Edit]:
    """Return the edits that make a version the caption again, byte for byte.

    Applied with `Undo.apply` they make a new version: what is there now stays in the history, and
    undo takes the restoring back. What is typed and not yet saved must be saved before.

    Returns:
        None at all when the file says it already.

    Raises:
        Problem: it is no version of this caption (any more), or damaged.
    """
    now = store.version(path)
    if now.digest == digest:
        return []
    return [Edit(path, _data(store, history, path, digest), now)]


def _data(store: Store, history: History, path: str, digest: str) -> bytes:
    if history.holds(path, digest):
        return history.get(digest)
    if store.version(path).present:
        data, version = store.read(path)
        if version.digest == digest:
            return data
    raise Problem(path, f"has no version {digest[:12]} any more", _GONE)


def _changed(store: Store, path: str) -> datetime | None:
    for found, stamp in store.stamped(FOLDER, ".md"):
        if found == path and stamp is not None:
            return datetime.fromtimestamp(stamp[0] / 1e9, UTC)
    return None
