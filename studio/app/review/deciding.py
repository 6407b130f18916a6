"""What the keys of review do to a verdict, as plain functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.media.verdict import LABELS, Pin, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable


def keep(keep: bool | None) -> Callable[[Verdict], Verdict]:
    """Return what keeps, rejects, or takes either off."""
    return lambda verdict: replace(verdict, keep=keep)


def stars(count: int) -> Callable[[Verdict], Verdict]:
    """Return what gives a number of stars; none takes them off."""
    return lambda verdict: replace(verdict, stars=count or None)


def label(word: str | None) -> Callable[[Verdict], Verdict]:
    """Return what gives a label, or takes it off."""
    return lambda verdict: replace(verdict, label=word)


def label_as_found(given: Callable[[], str | None]) -> Callable[[Verdict], Verdict]:
    """Return what gives a label that depends on the labels there are when it is given.

    A key may be struck while an undo of these labels is still on its way.
    """
    decided: list[str | None] = []

    def change(verdict: Verdict) -> Verdict:
        if not decided:
            decided.append(given())
        return replace(verdict, label=decided[0])

    return change


def toggled(word: str, verdicts: list[Verdict]) -> str | None:
    """Return the label that a key gives: its own, or none where all have it already."""
    return None if all(verdict.label == word for verdict in verdicts) else word


def note(text: str) -> Callable[[Verdict], Verdict]:
    """Return what writes the note on the whole; an empty one takes it off."""
    return lambda verdict: replace(verdict, note=text.strip() or None)


def pin(
    text: str, point: tuple[float, float] | None, stretch: tuple[float | None, float | None] | None
) -> Callable[[Verdict], Verdict]:
    """Return what pins a note to a point of a picture, or to a stretch of a clip."""
    x, y = point or (None, None)
    start, end = stretch or (None, None)
    return lambda verdict: verdict.pinned(Pin(text.strip(), x, y, start, end))


def repinned(index: int, text: str) -> Callable[[Verdict], Verdict]:
    """Return what writes a pinned note anew where it is; an empty text takes it off."""

    def change(verdict: Verdict) -> Verdict:
        if index >= len(verdict.pins):
            return verdict
        pins = list(verdict.pins)
        if text.strip():
            pins[index] = replace(pins[index], text=text.strip())
        else:
            del pins[index]
        return replace(verdict, pins=tuple(pins))

    return change


def label_of(number: int) -> str:
    """Return the label of the first, second… label key."""
    return LABELS[number]
