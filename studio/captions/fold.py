"""Where a phone cuts a caption with "more"."""

from __future__ import annotations

import re

from studio.captions.graphemes import next_boundary, snap
from studio.captions.units import prefix, unit_length

_LINE = re.compile("[^\n\r\u2028\u2029]*")
_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")


def cut(text: str, fold: int | None, lines: int | None, unit: str) -> int | None:
    """Return where "more" comes, in code points.

    The earlier of `fold` units and `lines` lines of a phone. A phone's line is taken as
    `fold` / `lines` units wide: Instagram's "three lines" and "125 characters" are then the same
    thing said twice, and a line break costs the rest of its line. White space at both ends of the
    caption is not shown and never folded; the cut never falls inside a grapheme cluster.

    Args:
        text: the caption.
        fold: units shown, None if not known.
        lines: lines shown, None if not known.
        unit: what `fold` counts.

    Returns:
        None if all of it is shown, or nothing is known.
    """
    if fold is None and lines is None:
        return None
    last = len(text.rstrip())
    place = start = len(text) - len(text.lstrip())
    width = -(-fold // lines) if fold is not None and lines else None
    units, rows = fold, lines
    while place < last:
        match = _LINE.match(text, place, last)
        end = match.end() if match else last
        line = text[place:end]
        size = unit_length(line, unit)
        rooms = [units] if units is not None else []
        if rows is not None and width is not None:
            rooms.append(rows * width)
        if rooms and size > min(rooms):
            inside = snap(line, prefix(line, min(rooms), unit))
            place += inside
            if place == start:  # one cluster too wide for the room is still shown
                place = next_boundary(text, start)
            break
        place = end
        if end == last:
            return None
        if rows is not None:
            rows -= max(1, -(-size // width)) if width else 1
        if units is not None:
            units -= size + 1
        if (rows is not None and rows <= 0) or (units is not None and units <= 0):
            break
        line_end = _LINE_END.match(text, end)
        place = line_end.end() if line_end else last
    shown = len(text[:place].rstrip())
    return None if shown >= last else shown
