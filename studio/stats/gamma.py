"""Quantiles of the gamma distribution, with nothing but the standard library."""

from __future__ import annotations

import math

_TINY = 1e-300


def share_below(shape: float, x: float) -> float:
    """Return the probability that a gamma variable of scale 1 is below x.

    The series of Abramowitz and Stegun 6.5.29 below shape + 1, above it the continued fraction
    6.5.31 by Lentz's method; both to some 1e-12.

    Args:
        shape: above 0.
        x: any number.
    """
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in range(1, 10_000):
            term *= x / (shape + n)
            total += term
            if term < total * 1e-13:
                break
        return front * total
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    h = d
    for n in range(1, 10_000):
        an = -n * (n - shape)
        b += 2
        d = 1 / (an * d + b or _TINY)
        c = b + an / c or _TINY
        h *= d * c
        if abs(d * c - 1) < 1e-13:
            break
    return 1 - front * h


def quantile(shape: float, share: float) -> float:
    """Return the value below which a gamma variable of scale 1 lies with a probability.

    By halving the room in which it must be; to some 1e-10 of the value.

    Args:
        shape: above 0.
        share: between 0 and 1, both left out.
    """
    low, high = 0.0, max(1.0, shape)
    while share_below(shape, high) < share:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if share_below(shape, middle) < share:
            low = middle
        else:
            high = middle
        if high - low <= 1e-10 * high:
            break
    return (low + high) / 2


def digamma(x: float) -> float:
    """Return the derivative of log gamma at x > 0: A&S 6.3.5 up to 6, then 6.3.18; to 1e-9."""
    total = 0.0
    while x < 6:
        total -= 1 / x
        x += 1
    y = 1 / (x * x)
    return total + math.log(x) - 0.5 / x - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y / 240)))


def trigamma(x: float) -> float:
    """Return its second derivative at x > 0: A&S 6.4.6 up to 6, then 6.4.12; to 1e-8."""
    total = 0.0
    while x < 6:
        total += 1 / (x * x)
        x += 1
    y = 1 / (x * x)
    return total + 1 / x + y / 2 + y / x * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y / 30)))
