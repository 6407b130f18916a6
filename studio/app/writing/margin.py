"""The margin under a caption, in words: what it measures, and what the platform will say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.app.widgets.rows import beside
from studio.app.writing.remarks import LEVELS, Remark
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.captions.measure import Measure
    from studio.platforms.rules import Rules

BAR = 12  # cells of the length bar
_SIGNS = {
    "block": ("✗ ", "$reject"),
    "warn": ("! ", "$warning"),
    "note": ("· ", "$dim"),
    "ok": ("✓ ", "$keep"),
}


def location(text: str, offset: int | None) -> tuple[int, int] | None:
    """Return (row, column) of a code point offset; None for none."""
    if offset is None:
        return None
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


def lines_for(height: int) -> int:
    """Return how many findings and remarks are shown under a caption in a pane so high."""
    return max(1, min(14, height // 3 - 3))


def offset_of(text: str, place: tuple[int, int]) -> int:
    """Return the code point offset of (row, column)."""
    row, column = place
    start = 0
    for _ in range(row):
        start = text.index("\n", start) + 1
    return start + column


def measure_words(
    found: Measure, text: str, width: int, most: int, rule: Rules, remarks: Sequence[Remark] = ()
) -> Content:
    """Return the margin under a caption.

    Args:
        found: what it measures on the platform.
        text: the caption.
        width: cells of the margin.
        most: lines for findings and remarks.
        rule: the platform's rules.
        remarks: what else is to be said, what matters most first.
    """
    lines = [_figures(found, width, rule)]
    if text:
        shown = one_line(found.shown)
        seen = "seen before more  " if found.fold is not None else "seen whole  "
        first = f"line 1 {found.first_line}   "
        lines.append(Content.assemble((first + seen, "$dim"), shown))
    else:
        lines.append(Content())
    findings = [Remark(finding.level, finding.text) for finding in found.findings]
    told = sorted([*findings, *remarks], key=lambda one: LEVELS.index(one.level))
    room = most if len(told) <= most else max(most - 1, 1)
    for one in told[:room]:
        sign, colour = _SIGNS[one.level]
        lines.append(Content.assemble((sign + display(one.text), colour)))
    left = told[room:]
    if left and most == 1:  # what matters most, and that there is more
        lines[-1] = beside(lines[-1], Content.styled(f"  +{len(left)}", "$dim"), width)
    elif left:
        lines.append(Content.assemble((f"  {len(left)} more in a higher pane", "$dim")))
    return Content("\n").join(lines)


def _figures(found: Measure, width: int, rule: Rules) -> Content:
    limit = found.limit
    parts: list[tuple[str, str]] = []
    if limit:
        full = found.length > limit
        room = max(0, min(BAR, width - 38))
        cells = min(room, max(1 if found.length else 0, round(room * found.length / limit)))
        parts += [("█" * cells, "$reject" if full else "$keep"), ("░" * (room - cells), "$faint")]
        count = f"{'  ' if room else ''}{found.length:,} of {limit:,}"
        parts.append((count, "$reject" if full else "$foreground"))
    else:
        parts.append((f"{found.length:,} {found.unit}", "$foreground"))
    parts.append(_tally("tags", len(found.hashtags), rule.hashtags_warn, rule.hashtags_block))
    if found.mentions:
        parts.append(_tally("@", len(found.mentions), None, rule.mentions_max))
    return Content.assemble(*parts)


def _tally(what: str, count: int, warn: int | None, block: int | None) -> tuple[str, str]:
    allowed = warn or block
    style = "$foreground"
    if block and count > block:
        style = "$reject"
    elif warn and count > warn:
        style = "$warning"
    return f"  {what} {count}" + (f" of {allowed}" if allowed else ""), style
