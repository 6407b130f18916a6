"""What the human decided about one media file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """A decision, each part of it possibly not taken yet.

    Attributes:
        keep: True keep, False rejected, None undecided.
        stars: 0 to 5; None when never rated, which is not the same as 0. A rejected file keeps
            the stars it had, so that taking the rejection back gives them back.
        label: a word for a colour or a group, free text.
        note: free text, possibly of several lines.
    """

    keep: bool | None = None
    stars: int | None = None
    label: str | None = None
    note: str | None = None
