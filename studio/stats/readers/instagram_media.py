"""Lists of own posts in Instagram's download: what was posted when, without figures.

`posts_1.json` is a list of `{media: […], title?, creation_timestamp?}`; `reels.json`,
`stories.json`, `igtv_videos.json` and `archived_posts.json` hold the same (stories: the media
themselves) under one key, which is not trusted; `media.json` of about 2020 has a list for each
kind, with `path` and `taken_at`; `posts.json` of 2025 and later is in the newer dialect, and has
drafts too (reference: analytics-exports, section 3; public parsers against real exports).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.stats.post import Note, Post
from studio.stats.readers.instagram_labels import truth
from studio.stats.readers.instagram_values import (
    Media,
    Source,
    figured,
    labels,
    media,
    post,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDERS = (
    ("story", re.compile(r"(?:^|/)(?:media/)?stories/")),
    ("reel", re.compile(r"(?:^|/)(?:media/)?reels/")),
    ("video", re.compile(r"(?:^|/)(?:media/)?igtv/")),
)
_PROFILE = re.compile(r"(?:^|/)(?:media/)?profile(?:_photos)?/|(?:^|/)profile/")
_ARCHIVED = re.compile(r"archived_posts?/")
_OWN = re.compile(
    r"(?:^|/)media/(?:posts|reels|stories|igtv|other|archived_posts?|recently_deleted)/"
)
_KEYS = (("stor", "story"), ("reel", "reel"), ("igtv", "video"))
_OLD = {"photos": "image", "videos": "video", "stories": "story"}


def is_media(entry: object) -> bool:
    """Tell whether an entry is a post or story of the older dialect."""
    if not isinstance(entry, dict) or "string_map_data" in entry or "label_values" in entry:
        return False
    if isinstance(entry.get("uri"), str) and "creation_timestamp" in entry:
        return True
    inner = entry.get("media")
    if isinstance(inner, dict):
        return "uri" in inner
    return isinstance(inner, list) and (
        not inner or any(isinstance(one, dict) and "uri" in one for one in inner)
    )


def is_own_post(entry: object) -> bool:
    """Tell whether an entry of the newer dialect is an own post: it has its picture with it."""
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("label_values"), list)
        and any(own(one.uri) for one in media(entry))
    )


def own(uri: str) -> bool:
    """Tell whether a path is that of own media, not of a message or a profile."""
    return _OWN.search(uri) is not None


def is_archived(uri: str) -> bool:
    """Tell whether a path is that of media one has hidden from others."""
    return _ARCHIVED.search(uri) is not None


def is_old(value: object) -> bool:
    """Tell whether a file is `media.json` of about 2020."""
    return isinstance(value, dict) and any(
        isinstance(found := value.get(key), list)
        and any(isinstance(one, dict) and "taken_at" in one and "path" in one for one in found[:20])
        for key in _OLD
    )


def read_media(
    key: str, entries: Sequence[tuple[int, dict[str, object]]], source: Source
) -> list[Post]:
    """Read a list of posts or stories of the older dialect.

    Args:
        key: the key it stands under; "" for a bare list.
        entries: (line, entry).
        source: the file.
    """
    lower = key.casefold()
    if "profile" in lower:
        _nothing(source, len(entries), "profile pictures")
        return []
    if "other" in lower:
        _nothing(source, len(entries), "entries of other content, which may be drafts or covers")
        return []
    shape = next((shape for piece, shape in _KEYS if piece in lower), None)
    found: list[Post] = []
    for line, entry in entries:
        pictures = media(entry)
        if not pictures:
            source.leave_out(line, "without a picture or clip")
            continue
        if all(_PROFILE.search(one.uri) for one in pictures):
            source.leave_out(line, "that is a profile picture")
            continue
        title = entry.get("title")
        posted = source.time(line, whole(entry.get("creation_timestamp")), pictures[0].stamp)
        if posted is None:
            continue
        caption = title if isinstance(title, str) and title else _caption(pictures)
        found.append(
            post(
                source,
                line,
                posted,
                shape or shape_of(pictures),
                caption,
                private="archived" in lower or is_archived(pictures[0].uri),
            )
        )
    return found


def read_own(entries: Sequence[tuple[int, dict[str, object]]], source: Source) -> list[Post]:
    """Read own posts of the newer dialect; drafts are left out."""
    found: list[Post] = []
    for line, entry in entries:
        pictures = [one for one in media(entry) if own(one.uri)]
        said = figured(labels(entry), line, source)
        if truth(said.flags.get("draft", "")) or truth(said.flags.get("published", "")) is False:
            source.leave_out(line, "that was never published")
            continue
        posted = source.time(line, whole(entry.get("timestamp")), said.created, pictures[0].stamp)
        if posted is None:
            continue
        found.append(
            post(
                source,
                line,
                posted,
                shape_of(pictures),
                said.caption or _caption(pictures),
                said,
                paid=truth(said.flags.get("paid", "")) is True,
            )
        )
    return found


def read_old(value: dict[str, object], lines: dict[str, list[int]], source: Source) -> list[Post]:
    """Read `media.json` of about 2020: pictures of one carousel share their time and caption.

    Its times have an offset, or are UTC (seen by public parsers both ways).
    """
    groups: dict[tuple[str, str], list[tuple[int, Media, str]]] = {}
    for key, shape in _OLD.items():
        listed, at = value.get(key), lines.get(key, [])
        for index, entry in enumerate(listed if isinstance(listed, list) else []):
            line = at[index] if index < len(at) else index + 1
            told = entry.get("taken_at") if isinstance(entry, dict) else None
            path = entry.get("path") if isinstance(entry, dict) else None
            if not isinstance(told, str) or not isinstance(path, str):
                source.leave_out(line, "without a time or a path")
                continue
            caption = entry.get("caption")
            caption = caption if isinstance(caption, str) else ""
            together = (told, path if shape == "story" else caption)
            groups.setdefault(together, []).append((line, Media(path, None, caption), shape))
    found: list[Post] = []
    for (told, _), members in groups.items():
        line, first, shape = members[0]
        posted = source.time(line, _iso(told))
        if posted is not None:
            form = shape if len(members) == 1 else "carousel"
            found.append(post(source, line, posted, form, first.title))
    return found


def _iso(text: str) -> int | None:
    try:
        when = datetime.fromisoformat(text.strip()[:32])
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(when.timestamp()) if when.year > 1970 else None


def shape_of(pictures: Sequence[Media]) -> str:
    """Return the format: by the folder, else by how many and what they are."""
    for shape, folder in _FOLDERS:
        if folder.search(pictures[0].uri):
            return shape
    if len(pictures) > 1:
        return "carousel"
    return "reel" if pictures[0].is_video else "image"


def _caption(pictures: Sequence[Media]) -> str:
    return next((one.title for one in pictures if one.title), "")


def _nothing(source: Source, number: int, what: str) -> None:
    source.notes.append(Note(None, f"{number} {what}: not counted as posts", kind="empty"))
