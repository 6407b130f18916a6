"""Ranks: short texts that sort, with room for another between any two.

A card that moves gets a new rank and no other file changes, so two machines that move two cards
never write the same file.
"""

from __future__ import annotations

import re

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"  # in ASCII order
_BASE = len(DIGITS)
_STEP_DIGITS = 3  # at an open end: some 100,000 steps before a rank grows
_RANK = re.compile(r"[0-9A-Za-z]{0,99}[1-9A-Za-z]")


def is_rank(text: str | None) -> bool:
    """Say whether a text is a rank: letters and digits, not ending in 0, at most 100."""
    return text is not None and _RANK.fullmatch(text) is not None


def between(a: str | None, b: str | None) -> str:
    """Return a rank that sorts after `a` and before `b`.

    A rank is a fraction in base 62 without its leading "0."; the shortest one near the middle is
    chosen. At an open end the step is a small one, so that cards added one after another at the
    same end make ranks that grow slowly.

    Args:
        a: the rank before, None for none.
        b: the rank after, None for none.

    Raises:
        ValueError: one is no rank, or `a` does not sort before `b`.
    """
    for rank in (a, b):
        if rank is not None and not is_rank(rank):
            raise ValueError(f"not a rank: {rank!r}")
    if a is not None and b is not None and a >= b:
        raise ValueError(f"no rank between {a!r} and {b!r}")
    if a is None and b is None:
        return DIGITS[_BASE // 2]
    if b is None:
        return _after(a or "")
    if a is None:
        return _before(b)
    return _middle(a, b)


def _middle(a: str, b: str) -> str:
    """Return the shortest fraction near the middle of two."""
    made = ""
    at = 0
    bounded = True  # by `b`: the digits so far are its digits
    while True:
        low = DIGITS.index(a[at]) if at < len(a) else 0
        high = DIGITS.index(b[at]) if bounded else _BASE
        if high - low > 1:
            return made + DIGITS[(low + high) // 2]
        made += DIGITS[low]
        bounded = bounded and high == low
        at += 1


def _after(a: str) -> str:
    """Return a rank a little after `a`: its first digits that can be raised, plus one."""
    full = len(a) - len(a.lstrip(DIGITS[-1]))
    return _stepped(a, full + _STEP_DIGITS, 1)


def _before(b: str) -> str:
    """Return a rank a little before `b`: its first digits that are not 0, less one."""
    zeros = len(b) - len(b.lstrip("0"))
    return _stepped(b, zeros + _STEP_DIGITS, -1)


def _stepped(rank: str, width: int, step: int) -> str:
    return _written(_value(rank[:width].ljust(width, "0")) + step, width)


def _value(rank: str) -> int:
    value = 0
    for digit in rank:
        value = value * _BASE + DIGITS.index(digit)
    return value


def _written(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, _BASE)
        digits = DIGITS[digit] + digits
    return digits.rstrip("0")
