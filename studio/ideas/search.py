"""Finding ideas while typing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ideas.idea import Idea


def matches(idea: Idea, query: str) -> bool:
    """Say whether an idea fits what has been typed so far.

    All words must fit, in any order; upper and lower case and accents mean nothing. A word fits
    when it stands anywhere in title, tags, pillar, format, platforms, stage, notes or file name.
    `stage:ready`, `pillar:home`, `platform:tiktok`, `format:reel` and `tag:home` ask one property
    from its beginning, `#home` the tags; with nothing typed after it such a word fits everything.
    """
    return all(_fits(idea, word) for word in _fold(query).split())


def _fits(idea: Idea, word: str) -> bool:
    if word.startswith("#"):
        return _begins(idea.tags, word[1:])
    key, colon, value = word.partition(":")
    if colon:
        match key:
            case "stage":
                return _begins((idea.stage,), value)
            case "pillar":
                return _begins((idea.pillar or "",), value)
            case "format":
                return _begins((idea.format or "",), value)
            case "platform" | "platforms":
                return _begins(idea.platforms, value)
            case "tag" | "tags":
                return _begins(idea.tags, value.removeprefix("#"))
            case _:
                pass
    texts = (idea.title, idea.notes, idea.slug, idea.stage, idea.pillar or "", idea.format or "")
    return any(word in _fold(text) for text in (*texts, *idea.tags, *idea.platforms))


def _begins(texts: tuple[str, ...], value: str) -> bool:
    return not value or any(_fold(text).startswith(value) for text in texts)


@lru_cache(maxsize=16_384)
def _fold(text: str) -> str:
    """Return a text without case and accents; remembered, since every key asks for all ideas."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
