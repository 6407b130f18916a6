"""All checks of one media file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.checks import looks
from studio.media.checks.check import Answer, Check
from studio.media.checks.platform import platform_checks
from studio.platforms.names import platform_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.media.checks.twins import Twin
    from studio.media.facts import Facts
    from studio.media.measure import Measures
    from studio.platforms.own import RuleBook


def checks(
    facts: Facts,
    measures: Measures | None,
    *,
    group: Sequence[Measures] = (),
    twins: Sequence[Twin] | None = None,
    platforms: Sequence[str],
    book: RuleBook | None = None,
    format: str | None = None,
    codec: str | None = None,
) -> tuple[Check, ...]:
    """Ask everything there is to ask of a file; what nobody can know yet is not asked.

    Args:
        facts: what the file is.
        measures: a picture's figures, or those of a clip's poster; None when not measured.
        group: measures of the other pictures made from the same prompt (with itself among them
            is no harm).
        twins: what is nearly the same; empty when nothing is, None when nobody looked.
        platforms: keys, in the order wanted.
        book: the project's rules; None for those Studio brings.
        format: the idea's format; with "reel" a picture is measured as part of an upright clip.
        codec: FFmpeg's name of a clip's video codec.

    Returns:
        The checks of each platform, then those of the file itself. A file that cannot be used
        answers only that.
    """
    if facts.problem is not None:
        what, _, mend = facts.problem.partition(". ")
        evidence = f"It {what.rstrip('.')}"
        return (
            Check("usable", "Can it be used?", Answer.FAIL, evidence, mend.rstrip(".") or None),
        )
    if facts.kind == "music":
        return ()
    made: list[Check | None] = []
    for platform in dict.fromkeys(platforms):
        made += platform_checks(facts, platform, format=format, codec=codec, book=book)
    if measures is not None:
        made += [
            looks.sharpness(measures, group),
            looks.exposure(measures, group),
            looks.border(facts, measures),
        ]
    if twins is not None:
        made.append(looks.twin(twins))
    names = [_name(each, book) for each in platforms]
    made += [looks.place(facts), looks.label(facts, names)]
    return tuple(check for check in made if check)


def _name(platform: str, book: RuleBook | None) -> str:
    own = book.by_key.get(platform) if book is not None else None
    return own.name if own is not None else platform_name(platform)
