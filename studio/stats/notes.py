"""Notes put together for a human."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.stats.post import Note


def told_once(notes: Iterable[Note]) -> list[tuple[str, str, str]]:
    """Return (file, lines, text), notes that differ only in the line put together."""
    lines: dict[tuple[str, str], list[int]] = {}
    for note in notes:
        found = lines.setdefault((note.file, one_line(note.text)), [])
        if note.line is not None:
            found.append(note.line)
    told = []
    for (file, text), found in lines.items():
        where = ", ".join(str(line) for line in found[:6]) + (", …" if len(found) > 6 else "")
        told.append((file, f"line{'s' if len(found) > 1 else ''} {where}" if found else "", text))
    return told
