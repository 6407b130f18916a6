"""What the columns of other programs' tables mean, in `stats/mappings.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.project.store import Store
    from studio.stats.readers.columns import Maps


def load_maps(store: Store) -> Maps:  # noqa: ARG001
    """Return the maps that the project remembers."""
    return {}
