"""The margin under a caption, in words: what it measures, and what the platform will say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.text import display, one_line

if TYPE_CHECKING:
    from studio.captions.measure import Measure
    from studio.platforms.rules import Rules

BAR = 20  # cells of the length bar


def location(text: str, offset: int | None) -> tuple[int, int] | None:
    """Return (row, column) of a code point offset; None for none."""
    if offset is None:
        return None
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


def measure_words(found: Measure, text: str, width: int, most: int, rule: Rules) -> Content:
    """Return the margin under a caption: length, tags, what is seen before "more", findings."""
    limit = found.limit
    lines: list[Content] = []
    if limit:
        full = found.length > limit
        room = max(0, min(BAR, width - 34))
        cells = min(room, max(1 if found.length else 0, round(room * found.length / limit)))
        bar = [("█" * cells, "$reject" if full else "$keep"), ("░" * (room - cells), "$faint")]
        count = f"{'  ' if room else ''}{found.length:,} of {limit:,}"
        parts = [*bar, (count, "$reject" if full else "$foreground")]
    else:
        parts = [(f"{found.length:,} {found.unit}", "$foreground")]
    tags = len(found.hashtags)
    warn, block = rule.hashtags_warn, rule.hashtags_block
    allowed = warn or block
    style = "$foreground"
    if (block and tags > block) or (warn and tags > warn):
        style = "$reject" if block and tags > block else "$warning"
    parts.append((f"   tags {tags}" + (f" of {allowed}" if allowed else ""), style))
    if found.mentions:
        parts.append((f"   @ {len(found.mentions)}", "$foreground"))
    lines.append(Content.assemble(*parts))
    if text:
        shown = one_line(found.shown)
        seen = "seen before more  " if found.fold is not None else "seen whole  "
        lines.append(Content.assemble((seen, "$dim"), shown))
    levels = {"block": ("✗ ", "$reject"), "warn": ("! ", "$warning"), "note": ("· ", "$dim")}
    for finding in found.findings[:most]:
        sign, colour = levels[finding.level]
        lines.append(Content.assemble((sign + display(finding.text), colour)))
    return Content("\n").join(lines)
