"""Which files of a project are media, and of what kind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studio.project.store import Store

Kind = Literal["picture", "clip", "music"]

# HEIC is what phones hand over; it is listed so that `facts` can say how to mend it.
PICTURES: frozenset[str] = frozenset(
    {".jpg", ".jpeg", ".jfif", ".png", ".webp", ".avif", ".gif", ".heic", ".heif"}
)
CLIPS: frozenset[str] = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv"})
MUSIC: frozenset[str] = frozenset({".m4a", ".mp3", ".wav", ".flac", ".ogg", ".opus", ".aac"})

MEDIA_FOLDER = "media"
INBOX_FOLDER = "inbox"


def kind_of(path: str) -> Kind | None:
    """Return the kind of a file by its suffix, upper or lower case; None when it is no media."""
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 (a string in, thousands a scan)
    if suffix in PICTURES:
        return "picture"
    if suffix in CLIPS:
        return "clip"
    if suffix in MUSIC:
        return "music"
    return None


def media_files(store: Store) -> list[str]:
    """Return the project's media: every file under `media/`, however deep, sorted by path."""
    return [path for path in store.walk(MEDIA_FOLDER) if kind_of(path)]


def inbox_files(store: Store) -> list[str]:
    """Return the media that have arrived in `inbox/` and wait to be filed, sorted by path."""
    return [path for path in store.walk(INBOX_FOLDER) if kind_of(path)]
