"""Which pillar a post belongs to, and which idea it was made from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.stats.post import link_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.ideas.idea import Idea
    from studio.project.config import Pillar
    from studio.stats.post import Post

_TAG = re.compile(r"[#＃](\w+)")


def ideas_by_link(ideas: Iterable[Idea]) -> dict[str, Idea]:
    """Return shortcode, video id or link → the idea that names it in `posted`, or its slug.

    Numbers typed by hand for an idea without a link are found by the idea's slug.
    """
    found: dict[str, Idea] = {}
    for idea in ideas:
        found[f"idea:{idea.slug}"] = idea
        for link in idea.posted:
            found[link_code(link) or link] = idea
    return found


def idea_of(post: Post, ideas: Mapping[str, Idea]) -> Idea | None:
    """Return the idea a post was made from, None when no idea says so."""
    typed_for = f"idea:{post.idea}" if post.idea else None
    for key in (post.code, post.post_id, post.permalink, typed_for):
        if key and key in ideas:
            return ideas[key]
    return None


def pillar_of(post: Post, idea: Idea | None, pillars: Sequence[Pillar]) -> str | None:
    """Return a post's pillar: its idea's, else the one with most of its hashtags in the caption."""
    if idea is not None and idea.pillar:
        return idea.pillar
    tags = {tag.casefold() for tag in _TAG.findall(post.caption)}
    if not tags:
        return None
    hits = [
        (sum(tag.lstrip("#").casefold() in tags for tag in pillar.tags), pillar.name)
        for pillar in pillars
    ]
    most = max((count for count, _ in hits), default=0)
    return next((name for count, name in hits if count == most), None) if most else None
