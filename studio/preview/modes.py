"""The ways to divide a terminal cell into sub-pixels."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How finely a cell is divided; each cell still has two colours only."""

    HALF = "half"
    QUADRANT = "quadrant"
    SEXTANT = "sextant"
    OCTANT = "octant"

    @property
    def columns(self) -> int:
        """Sub-pixels across one cell."""
        return 1 if self is Mode.HALF else 2

    @property
    def rows(self) -> int:
        """Sub-pixels down one cell."""
        return _ROWS[self.value]

    @property
    def pixels(self) -> int:
        """Sub-pixels in one cell."""
        return self.columns * self.rows


_ROWS = {"half": 2, "quadrant": 2, "sextant": 3, "octant": 4}
