"""Lengths as platforms count them."""

from __future__ import annotations

from studio.captions.emoji import SEQUENCE


def unit_length(text: str, unit: str) -> int:
    """Return the length of `text` in a unit of `studio.platforms.rules.Unit`.

    Args:
        text: anything; a lone surrogate counts as one UTF-16 unit or three bytes.
        unit: "utf-16", "code points", "utf-8" (bytes), or "utf-16, emoji in utf-8" (Threads:
            whole emoji sequences by their bytes, the rest by UTF-16 units, which never counts
            too few).

    Raises:
        ValueError: no such unit.
    """
    if unit == "code points":
        return len(text)
    if unit == "utf-8":
        return _bytes(text)
    if unit == "utf-16":
        return _utf16(text)
    if unit == "utf-16, emoji in utf-8":
        if text.isascii():
            return len(text)
        emoji = SEQUENCE.findall(text)
        return _utf16(text) + sum(_bytes(found) - _utf16(found) for found in emoji)
    raise ValueError(unit)


def prefix(text: str, limit: int, unit: str) -> int:
    """Return how many code points of `text` are at most `limit` units long, from its start."""
    if len(text) <= limit and unit_length(text, unit) <= limit:
        return len(text)
    if unit == "utf-16" and text.isascii():
        return limit
    low, high = 0, min(len(text), limit)  # no code point is shorter than a unit
    while low < high:
        middle = (low + high + 1) // 2
        if unit_length(text[:middle], unit) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
