"""What the human decided about one media file."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

LABELS: tuple[str, ...] = ("Red", "Yellow", "Green", "Blue")
"""The colours on the keys 6, 7, 8 and 9, in Lightroom's words (its fifth, Purple, has no key)."""

ANSWERS: tuple[str, ...] = ("pass", "fail", "unsure")
"""What can be answered to a check."""

MOST_PINS = 200
"""Pins of one file; more is a machine's doing."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A remark on a place in a picture, or on a stretch of a clip.

    Attributes:
        text: the remark.
        x: where, as a fraction of the picture's width as it is shown (0 left, 1 right).
        y: the same of its height (0 top, 1 bottom).
        start: seconds into a clip where it begins.
        end: seconds where it ends; None for a moment.
    """

    text: str
    x: float | None = None
    y: float | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision, each part of it possibly not taken yet.

    Attributes:
        keep: True keep, False rejected, None undecided.
        stars: 0 to 5; None when never rated, which is not the same as 0. A rejected file keeps
            the stars it had, so that taking the rejection back gives them back.
        label: a word for a colour or a group, free text (`LABELS` have keys).
        note: free text, possibly of several lines.
        pins: remarks on places, in the order they were made.
        ticks: the human's own answers to checks: (check id, one of `ANSWERS`), sorted by id.
        span: in and out mark of a clip, seconds; None at one end is the clip's own end.
        poster: seconds into a clip of the frame that stands for it.
        alt: what a picture shows, in the human's words, for those who cannot see it (alt text).
    """

    keep: bool | None = None
    stars: int | None = None
    label: str | None = None
    note: str | None = None
    pins: tuple[Pin, ...] = ()
    ticks: tuple[tuple[str, str], ...] = ()
    span: tuple[float | None, float | None] | None = None
    poster: float | None = None
    alt: str | None = None

    def tick(self, check: str) -> str | None:
        """Return the human's answer to a check, None when there is none."""
        return next((answer for name, answer in self.ticks if name == check), None)

    def ticked(self, check: str, answer: str | None) -> Verdict:
        """Return the verdict with a check answered; None takes the answer back.

        Raises:
            ValueError: the answer is none of `ANSWERS`.
        """
        if answer is not None and answer not in ANSWERS:
            raise ValueError(f"an answer is pass, fail or unsure, not {answer!r}")
        rest = [each for each in self.ticks if each[0] != check]
        added = [] if answer is None else [(check, answer)]
        return replace(self, ticks=tuple(sorted([*rest, *added])))

    def pinned(self, pin: Pin) -> Verdict:
        """Return the verdict with one more pin.

        Raises:
            ValueError: it has `MOST_PINS` already, or the pin is outside the picture or clip.
        """
        if len(self.pins) >= MOST_PINS:
            raise ValueError(f"a file has at most {MOST_PINS} pins")
        if not all(one is None or 0 <= one <= 1 for one in (pin.x, pin.y)):
            raise ValueError("a pin's place is a fraction of the picture")
        if not all(one is None or 0 <= one < math.inf for one in (pin.start, pin.end)):
            raise ValueError("a pin's time is in seconds from the beginning")
        return replace(self, pins=(*self.pins, pin))

    def unpinned(self, index: int) -> Verdict:
        """Return the verdict without its pin number `index`, counted from 0.

        Raises:
            IndexError: there is no such pin.
        """
        if not 0 <= index < len(self.pins):
            raise IndexError(f"there is no pin {index}")
        return replace(self, pins=self.pins[:index] + self.pins[index + 1 :])


NO_VERDICT = Verdict()
"""What a file has of which nothing was decided."""
