"""Unicode's GraphemeBreakTest.txt and emoji-test.txt as clusters of text, a tuple for each line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "unicode"


@cache
def break_lines() -> tuple[tuple[str, ...], ...]:
    """Return what each line of GraphemeBreakTest.txt says are clusters."""
    found = []
    for line in (FOLDER / "GraphemeBreakTest.txt").read_text("utf-8").splitlines():
        data = line.partition("#")[0].replace("\N{MULTIPLICATION SIGN}", " ").strip()
        if data:
            parts = (part.split() for part in data.split("\N{DIVISION SIGN}"))
            found.append(tuple("".join(chr(int(x, 16)) for x in part) for part in parts if part))
    return tuple(found)


@cache
def emoji_lines() -> tuple[tuple[str, ...], ...]:
    """Return each emoji of emoji-test.txt as the one cluster it is."""
    found = []
    for line in (FOLDER / "emoji-test.txt").read_text("utf-8").splitlines():
        data = line.partition("#")[0].partition(";")[0].split()
        if data:
            found.append(("".join(chr(int(x, 16)) for x in data),))
    return tuple(found)
