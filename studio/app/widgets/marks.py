"""What was decided on a picture, as a few signs that can be read without colour."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size, split_graphemes

from studio.text import one_line

if TYPE_CHECKING:
    from studio.media.verdict import Verdict

# The labels of the keys 6 to 9, and what else programs write for a colour (Lightroom's names).
LABELS = ("red", "yellow", "green", "blue")
# A name of a file is at most 255 bytes; of something longer only so many characters are measured.
_LONGEST = 400


def verdict_mark(verdict: Verdict) -> str:
    """Return a verdict as signs that need no colour: ✗, ★★★, ✓, or nothing."""
    if verdict.keep is False:
        return "✗"
    stars = "★" * (verdict.stars or 0)
    return stars or ("✓" if verdict.keep else "")


def label_letter(label: str | None) -> str:
    """Return the letter of a label: R, Y, G, B, or the first of any other word; "" for none."""
    first = one_line(label or "")[:1].upper()
    return first if not first or cell_len(first) == 1 else "•"


def label_pen(label: str | None) -> str:
    """Return the component class a label is drawn with: one of `LABELS`, or "label"."""
    name = (label or "").strip().casefold()
    return name if name in LABELS else "label"


def signs(verdict: Verdict, *, selected: bool = False) -> list[tuple[str, str]]:
    """Return the shortest full account of a verdict, at most six cells wide.

    Returns:
        (sign, component class) of what there is: ◆ selected, ✓ keep or ✗ reject, ★3, the label's
        letter. Stars of a rejected file are not told: it has them for the day it is taken back.
    """
    found = [("◆", "selected")] if selected else []
    if verdict.keep is not None:
        found.append(("✓", "keep") if verdict.keep else ("✗", "reject"))
    if verdict.stars and verdict.keep is not False:
        found.append((f"★{min(verdict.stars, 9)}", "star"))
    if letter := label_letter(verdict.label):
        found.append((letter, label_pen(verdict.label)))
    return found


@lru_cache(maxsize=4096)
def tail(text: str, width: int) -> str:
    """Return text on one line of exactly `width` cells; too long, it keeps its end.

    Takes of one brief are told apart by how their names end. A file's suffix goes first.
    """
    if width <= 0:
        return ""
    shown = one_line(text[-_LONGEST:])
    if cell_len(shown) > width:
        stem, dot, suffix = shown.rpartition(".")
        shown = stem if stem and dot and len(suffix) <= 4 else shown
    if cell_len(shown) > width:
        spans, total = split_graphemes(shown)
        start = 0
        for _from, to, cells in spans:
            if total <= width - 1:
                break
            total -= cells
            start = to
        shown = "…" + shown[start:]
    return set_cell_size(shown, width)


@lru_cache(maxsize=4096)
def head(text: str, width: int) -> str:
    """Return text on one line of at most `width` cells; too long, it keeps its beginning."""
    if width <= 0:
        return ""
    shown = one_line(text[: _LONGEST * 4])
    if cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, width - 1).rstrip() + "…"
