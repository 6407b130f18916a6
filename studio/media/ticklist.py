"""The questions a person looks at a picture with: bans, the year, the marks of a generator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One thing to look for in a picture.

    Attributes:
        id: stays the same from picture to picture: "ban:wall-mounted-tv", "era:flat-tv",
            "real:hands".
        ask: a neutral question on presence, answered yes or no.
        why: what a yes means.
        source: who says so.
        fails_on: the answer that makes the check fail.
        more: belongs to the long rest of the list, shown when asked for.
    """

    id: str
    ask: str
    why: str
    source: str
    fails_on: bool = True
    more: bool = False
