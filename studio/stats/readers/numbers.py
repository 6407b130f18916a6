"""Figures as the platforms write them: missing stays None, and nothing is guessed."""

from __future__ import annotations

import re

MISSING = frozenset(
    {"", "-", "--", "—", "–", "undefined", "n/a", "na", "none", "null", "nan", "[]", "{}"}
)
"""What exports write for "not told", in lower case."""

LARGEST = 10**12
"""No post has a million million views; above that the cell is damaged."""

_GROUPED = re.compile(r"\d{1,3}(?:([.,' \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*")
_WHOLE = re.compile(r"(\d{1,12})[.,]0{1,2}")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%?)")


def count(text: str) -> tuple[int | None, str | None]:
    """Return a count and, when the cell holds something else, what is wrong with it.

    "1,438", "12.345" and "5 678" are thousands. "1.2K", "12.5" and "1,89E+16" are rounded by
    another program: they give None and say so.
    """
    if text.isdecimal() and len(text) <= 13:
        value = int(text)
        return (value, None) if value <= LARGEST else (None, "is too large to be true")
    text = text.strip()
    if text.casefold() in MISSING:
        return None, None
    if text.isdecimal() or _GROUPED.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) > 13 or int(digits) > LARGEST:
            return None, "is too large to be true"
        return int(digits), None
    whole = _WHOLE.fullmatch(text)
    if whole:
        return int(whole[1]), None
    if re.fullmatch(r"[-−]\s*\d+", text):
        return None, "is below zero"
    if re.fullmatch(r"\d+(?:[.,]\d+)?\s*[KkMmBb]", text) or re.search(r"\d[eE]\+?\d", text):
        return None, "is rounded, so it is left out"
    return None, "is not a count"


def share(text: str) -> float | None:
    """Return "8.6%", "8,6 %" or "0.086" as 0.086; None when it is none of these or above 1."""
    found = _SHARE.fullmatch(text.strip())
    if not found:
        return None
    value = float(found[1].replace(",", "."))
    if found[2]:
        value /= 100
    return round(value, 6) if value <= 1 else None
