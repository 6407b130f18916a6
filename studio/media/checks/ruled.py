"""A platform's rule as a check: the answer by who says so, the words, the sizes that would do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.media.checks.check import Answer, Check
from studio.media.facts import Facts

if TYPE_CHECKING:
    from studio.platforms.rules import Rules

PHONE = 1080  # pixels across which phones show a post, when no rule says
ENLARGED = 4 / 3  # ours: a picture enlarged more than this looks soft
_ROUNDING = 2  # pixels by which a shape may miss its rule: encoders want even sides
_NAMES = {
    word.lower(): word
    for word in ("JPEG", "PNG", "WebP", "AVIF", "GIF", "MP4", "MOV", "WebM", "MKV")
} | {"h264": "H.264", "hevc": "H.265", "vp8": "VP8", "vp9": "VP9", "av1": "AV1"}


def ruled(
    known: Rules,
    id: str,
    question: str,
    answer: Answer,
    evidence: str,
    mend: str | None = None,
    *,
    rule: str | None = None,
) -> Check:
    """Return a check that a platform's rule answers.

    Args:
        known: the platform's rules.
        id: of the check, without the platform.
        question: what is asked.
        answer: pass, fail or unsure.
        evidence: the figures.
        mend: what to do.
        rule: the name of the rule in `Rules`, for its source.
    """
    why = known.why.get(rule or "")
    source = f"{why.source} ({why.as_of}, {why.grade})" if why else ""
    return Check(f"{known.key}.{id}", question, answer, evidence, mend, known.key, source)


def broken(known: Rules, id: str, question: str, evidence: str, mend: str, *, rule: str) -> Check:
    """Return the check of a broken rule: what nobody official says does not fail."""
    why = known.why.get(rule)
    official = why is not None and why.grade == "official"
    answer = Answer.FAIL if official else Answer.UNSURE
    return ruled(known, id, question, answer, evidence, mend, rule=rule)


def within(width: int, height: int, bounds: tuple[float, float]) -> bool:
    """Say whether a size has a shape within bounds, give or take `_ROUNDING` pixels of a side."""
    least, most = bounds
    too_narrow = width + _ROUNDING < height * least and width < (height - _ROUNDING) * least
    too_wide = width - _ROUNDING > height * most and width > (height + _ROUNDING) * most
    return not too_narrow and not too_wide


def cropped(width: int, height: int, shape: float) -> str:
    """Return the crop to a shape as it is told: "1024×1280 (4:5)"."""
    across, down = crop(width, height, shape)
    return f"{across}×{down} ({shape_name(shape)})"


def even(size: tuple[int, int]) -> tuple[int, int]:
    """Return a size that video encoders take: even sides."""
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)


def scaled(width: int, height: int, by: float) -> str:
    """Return a size scaled by a factor, as it is told: "1440×1080"."""
    return f"{max(1, round(width * by))}×{max(1, round(height * by))}"


def shown(shape: float) -> str:
    """Return a bound of a shape; far from anything made, it is a plain ratio."""
    return shape_name(shape) if 0.1 <= shape <= 9 else f"{shape:g}:1"


def amount(size: int) -> str:
    """Return a number of bytes as platforms tell it, in decimal units: "8 MB"."""
    if size >= 1e9:
        return f"{size / 1e9:.3g} GB"
    return f"{size / 1e6:.3g} MB" if size >= 100_000 else f"{size / 1e3:.3g} kB"


def known_as(word: str) -> str:
    """Return the name people use for a format or a codec."""
    return _NAMES.get(word.lower(), word)


def either(words: tuple[str, ...]) -> str:
    """Return words as a choice: "JPEG or WebP"."""
    names = [known_as(word) for word in words]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def crop(width: int, height: int, shape: float) -> tuple[int, int]:
    """Return the largest size of a shape (width / height) inside a size, in pixels."""
    if width > height * shape:
        return max(1, math.floor(height * shape + 1e-6)), height
    return width, max(1, math.floor(width / shape + 1e-6))


def shape_name(shape: float) -> str:
    """Return what people call a shape (width / height): "4:5", "1.41:1"."""
    return Facts("", "picture", 0, round(shape * 10_000), 10_000).aspect or ""


def span(seconds: float) -> str:
    """Return a length as a person says it: "4 s", "3:20"."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
