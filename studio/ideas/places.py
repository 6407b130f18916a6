"""Which ranks must be written so that a card lies where the human put it: as few as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ideas.rank import between, is_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.ideas.idea import Idea


def ranks_for(column: Sequence[Idea], idea: Idea, position: int) -> dict[str, str]:
    """Return the new ranks, by path, that put `idea` at `position` of a column.

    Usually that is one rank, the idea's own. Cards above it that have none need one too, since
    those without a rank lie below all others; and so do cards whose ranks clash, as after moves
    on two machines.

    Args:
        column: the column's ideas from the top, without `idea`.
        idea: the card to put there; its own rank is replaced.
        position: 0 is the top; beyond the ends means the ends.
    """
    position = max(0, min(position, len(column)))
    wanted = [*column[:position], idea, *column[position:]]
    ranks: list[str | None] = [each.rank if is_rank(each.rank) else None for each in wanted]
    ranks[position] = None
    new: dict[str, str] = {}
    low: tuple[str, str] | None = None
    for at, each in enumerate(wanted):
        rank = ranks[at]
        if rank is None and at > position:
            break  # from here on all lie as they did, by path, below those with a rank
        if rank is None or (low is not None and (rank, each.path) <= low):
            floor = low[0] if low else None
            above = (later for later in ranks[at + 1 :] if later is not None)
            rank = between(
                floor, next((top for top in above if floor is None or top > floor), None)
            )
            new[each.path] = rank
        low = (rank, each.path)
    return new
