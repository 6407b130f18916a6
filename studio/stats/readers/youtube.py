"""YouTube Studio's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.readers import EXPECTED

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading
    from studio.stats.readers.sheet import Sheet


def matches(sheet: Sheet) -> bool:  # noqa: ARG001
    """Tell whether the rows are one of YouTube Studio's tables."""
    return False


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read the table.

    Raises:
        Problem: nothing in it can be read.
    """
    raise Problem(name, "not understood", EXPECTED)
