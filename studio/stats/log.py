"""Figures typed by hand, in `stats/log.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.project.store import Store
    from studio.stats.readers.reading import Reading


def log_readings(store: Store) -> list[Reading]:  # noqa: ARG001
    """Return what was typed by hand, as readings to be merged with those of exports."""
    return []
