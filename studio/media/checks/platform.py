"""What a platform takes, asked of one picture or clip: format, shape, size, length.

A rule that the platform itself states fails; one that only others report makes unsure. Where
posting by hand allows more than posting through the platform's interface, the answer is unsure
too, and says which way it goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.checks.clips import of_clip
from studio.media.checks.pictures import of_picture, upright
from studio.platforms.own import RuleBook
from studio.problem import Problem

if TYPE_CHECKING:
    from studio.media.checks.check import Check
    from studio.media.facts import Facts

UPRIGHT_FORMATS = frozenset({"reel", "video", "short", "shorts", "clip", "story"})
"""An idea's formats whose pictures end up in a clip that fills a phone."""


def platform_checks(
    facts: Facts,
    platform: str,
    *,
    format: str | None = None,
    codec: str | None = None,
    book: RuleBook | None = None,
) -> tuple[Check, ...]:
    """Ask of a picture or clip what one platform takes.

    Args:
        facts: of a file that can be used (`facts.problem` is None).
        platform: its key; one without rules asks nothing.
        format: the idea's: with "reel" a picture is measured as part of an upright clip.
        codec: FFmpeg's name of a clip's video codec; without it the codec is not asked about.
        book: the project's rules; None for those Studio brings.
    """
    try:
        known = (RuleBook() if book is None else book).rules(platform)
    except Problem:
        return ()
    asked: list[Check | None] = []
    if facts.kind == "clip":
        asked = of_clip(facts, known, codec)
    elif facts.kind == "picture" and (format or "").strip().casefold() in UPRIGHT_FORMATS:
        asked = [upright(facts, known)]
    elif facts.kind == "picture":
        asked = of_picture(facts, known)
    return tuple(check for check in asked if check)
