"""JSON files of TikTok's data download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.readers import EXPECTED

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading


def matches(value: object) -> bool:  # noqa: ARG001
    """Tell whether a parsed JSON file is part of this download."""
    return False


def read(name: str, value: object, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read one file of the download.

    Raises:
        Problem: nothing in it can be read.
    """
    raise Problem(name, "not understood", EXPECTED)
