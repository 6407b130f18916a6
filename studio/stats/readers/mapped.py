"""A table of any other program, read by a column map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.stats.readers import EXPECTED
from studio.stats.readers.columns import UnknownTable, signature

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading
    from studio.stats.readers.sheet import Sheet


def read(name: str, sheet: Sheet, today: date, zone: str | None, maps: Maps) -> Reading:  # noqa: ARG001
    """Read rows whose header `maps` knows.

    Raises:
        UnknownTable: it does not.
    """
    header = next(cells for _, cells in sheet.rows if any(cells))
    signature(header)
    shown = ", ".join(cell.strip()[:30] for cell in header[:6])
    raise UnknownTable(
        name,
        f"not understood: no export that Studio knows has the columns “{shown[:120]}”",
        EXPECTED + "; if this is one, set the platform's language to English and export again",
        sheet,
    )
