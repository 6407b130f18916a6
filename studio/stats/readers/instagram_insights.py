"""Figures of single posts in Instagram's download: `past_instagram_insights/posts.json` and others.

Only professional accounts have these files. Of a post they tell the caption and the time, not the
format, because the thumbnail is all the media there is; the list of posts in the same download
tells it (reference: analytics-exports, section 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.stats.post import Note, Post
from studio.stats.readers.instagram_labels import post_role
from studio.stats.readers.instagram_values import Source, figured, labels, media, post, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "organic_insights_"
"""How the keys of all insights begin, whatever the language."""
_SHAPES = (("reel", "reel"), ("stor", "story"), ("live", "video"))
_ENOUGH = 2


def is_post(entry: object) -> bool:
    """Tell whether an entry is about one post: it has the time it was made, or its picture."""
    if not isinstance(entry, dict):
        return False
    told = labels(entry)
    roles = [post_role(label) for label, _ in told]
    timed = any(
        role == "created" and said.stamp for role, (_, said) in zip(roles, told, strict=True)
    )
    return timed or any(one.stamp for one in media(entry.get("media_map_data")))


def has_figures(entry: object) -> bool:
    """Tell whether an entry of the newer dialect has labels for figures of a post."""
    if not isinstance(entry, dict):
        return False
    roles = {post_role(label) for label, _ in labels(entry)}
    return len(roles & {"reach", "views", "impressions", "likes", "saves", "shares"}) >= _ENOUGH


def shape_of(key: str) -> str | None:
    """Return the format of all posts under a key; None where it is not one."""
    return next((shape for piece, shape in _SHAPES if piece in key.casefold()), None)


def read_insights(
    key: str, entries: Sequence[tuple[int, dict[str, object]]], source: Source
) -> list[Post]:
    """Read the figures of posts, reels, stories or live videos.

    Args:
        key: the key they stand under; "" for a bare list.
        entries: (line, entry).
        source: the file.
    """
    found: list[Post] = []
    empty = 0
    for line, entry in entries:
        said = figured(labels(entry), line, source)
        thumbs = media(entry.get("media_map_data")) or media(entry.get("media"))
        if not thumbs:
            thumbs = media(entry.get("label_values"))
        posted = source.time(
            line, said.created, whole(entry.get("timestamp")), *(one.stamp for one in thumbs[:1])
        )
        if posted is None:
            continue
        if all(value is None for value in said.figures):
            empty += 1
        shape = shape_of(key) or ("reel" if said.seconds else None)
        title = next((one.title for one in thumbs if one.title), "")
        found.append(post(source, line, posted, shape, said.caption or title, said))
    if empty:
        which = "1 entry has" if empty == 1 else f"{empty} entries have"
        source.notes.append(Note(None, f"{which} no figure that counts", kind="empty"))
    return found
