"""What a post's own record tells of it, as levels that posts can be compared by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.stats.post import Post

LENGTHS = ("under 7 s", "7–15 s", "15–30 s", "30–60 s", "over 60 s")
"""Bands of a clip's length. A clip of just 15 s is in the second, as of 7 s; of 60 s in the
fourth."""

_ENDS = (7.0, 15.0, 30.0, 60.0)
_LONGEST = 86_400.0  # seconds; more is no length


def traits(post: Post) -> dict[str, str]:
    """Return a post's "format" and "length" (one of `LENGTHS`); what is not told is absent."""
    made: dict[str, str] = {}
    if post.format:
        made["format"] = post.format
    length = length_band(post.seconds)
    if length:
        made["length"] = length
    return made


def length_band(seconds: float | None) -> str | None:
    """Return the band of a clip's length, None when it is not told, 0, or no length at all."""
    if seconds is None or not 0 < seconds <= _LONGEST:  # NaN fails the comparison
        return None
    if seconds < _ENDS[0]:
        return LENGTHS[0]
    return next((LENGTHS[at] for at in (1, 2, 3) if seconds <= _ENDS[at]), LENGTHS[4])
