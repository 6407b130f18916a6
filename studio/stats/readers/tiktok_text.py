"""TikTok's data download as plain text, one section a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.readers import EXPECTED

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading


def matches(text: str) -> bool:  # noqa: ARG001
    """Tell whether a text is one section of this download."""
    return False


def read(name: str, text: str, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read one section.

    Raises:
        Problem: nothing in it can be read.
    """
    raise Problem(name, "not understood", EXPECTED)
