"""One question about a media file, its answer, and what the answer rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Answer(StrEnum):
    """What a check found; `UNSURE` is for the human to look at, never a quiet pass."""

    PASS = "pass"  # noqa: S105 (no password)
    FAIL = "fail"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Check:
    """One question, answered.

    Attributes:
        id: the same for the same question about any file: "sharpness", "instagram.aspect".
        question: as a person would ask it: "Is it sharp beside its group?".
        answer: pass, fail or unsure.
        evidence: the figures the answer rests on, in words.
        mend: what to do, with the figures of this very file; None when there is nothing to do.
        platform: the key of the platform that asks, "" for a question about the file itself.
        source: whose rule it is, of which day and how sure; "" when nobody's but ours.
    """

    id: str
    question: str
    answer: Answer
    evidence: str
    mend: str | None = None
    platform: str = ""
    source: str = ""


_WEIGHT = {Answer.PASS: 0, Answer.UNSURE: 1, Answer.FAIL: 2}


def worst(checks: Iterable[Check]) -> Answer | None:
    """Return the worst answer of all: fail, else unsure, else pass; None when nothing was asked."""
    return max((check.answer for check in checks), key=_WEIGHT.__getitem__, default=None)
