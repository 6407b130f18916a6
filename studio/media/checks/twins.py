"""Pictures that are nearly the same, found by their perceptual hashes.

Both hashes must agree: neither alone tells a re-encoded copy from another view of the same room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.media.measure import Measures

# Bits of 64 that may differ: of the perceptual hash, of the difference hash, of both together.
# Measured: copies compressed, halved, grained or toned differ by at most (4, 6), a crop of 5 % by
# (12, 10); of 63,503 pairs of parts of 26 different photographs none came closer than 27 together.
# Variants of one prompt are alike by intent, so within a group only a copy counts.
ACROSS = (12, 12, 22)
WITHIN = (2, 4, 6)
_MOST = 8  # twins told of one picture
_ROWS = 256  # pictures compared with all others at a time


@dataclass(frozen=True)
class Twin:
    """A picture that is nearly the same as another.

    Attributes:
        path: in the project.
        distance: bits of 64 in which their perceptual hashes differ; 0 is a copy to the eye.
        used_in: the titles of the ideas that use it.
        within: whether both are of one group.
    """

    path: str
    distance: int
    used_in: tuple[str, ...] = ()
    within: bool = False


def twins(
    hashes: Mapping[str, Measures],
    groups: Mapping[str, str],
    *,
    used_in: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, tuple[Twin, ...]]:
    """Find the pictures of a project that are nearly the same.

    Args:
        hashes: measures by path.
        groups: the group a path belongs to; one without belongs to none.
        used_in: the titles of the ideas that use a path, to go along.

    Returns:
        The twins of each picture that has any, nearest first, at most eight.
    """
    import numpy as np

    table = _Table(hashes, groups, used_in or {})
    found: dict[str, tuple[Twin, ...]] = {}
    for start in range(0, len(table.paths), _ROWS):
        block = table.phash[start : start + _ROWS]
        apart = np.bitwise_count(block[:, None] ^ table.phash[None, :])
        close = apart <= ACROSS[0]
        for row in np.flatnonzero(close.sum(axis=1) > 1):  # each is close to itself
            made = table.twins_of(start + int(row), apart[row], np.flatnonzero(close[row]))
            if made:
                found[table.paths[start + int(row)]] = made
    return found


def near(
    one: Measures,
    others: Mapping[str, Measures],
    *,
    path: str | None = None,
    group: str | None = None,
    groups: Mapping[str, str] | None = None,
    used_in: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Twin, ...]:
    """Find what is nearly the same as one picture, nearest first, at most eight.

    Args:
        one: its measures.
        others: measures of other pictures by path.
        path: its own, which is left out of the others.
        group: the group it belongs to.
        groups: those of the others.
        used_in: the titles of the ideas that use a path, to go along.
    """
    import numpy as np

    if not one.phash and not one.dhash:
        return ()
    paths = {"": one, **{each: told for each, told in others.items() if each != path}}
    table = _Table(paths, {**(groups or {}), **({"": group} if group else {})}, used_in or {})
    apart = np.bitwise_count(table.phash ^ table.phash[0])
    return table.twins_of(0, apart, np.flatnonzero(apart <= ACROSS[0]))


class _Table:
    """Hashes side by side; pictures of one colour have none and are left out."""

    def __init__(
        self,
        hashes: Mapping[str, Measures],
        groups: Mapping[str, str],
        used_in: Mapping[str, tuple[str, ...]],
    ) -> None:
        import numpy as np

        told = {path: each for path, each in hashes.items() if each.phash or each.dhash}
        self.paths = list(told)
        self.phash = np.array([each.phash for each in told.values()], np.uint64)
        self._dhash = np.array([each.dhash for each in told.values()], np.uint64)
        self._used_in = used_in
        numbers: dict[str, int] = {}
        self._group = np.array(
            [
                numbers.setdefault(groups[path], len(numbers)) if path in groups else -1 - place
                for place, path in enumerate(self.paths)
            ],
            np.int64,
        )

    def twins_of(self, place: int, apart: Any, close: Any) -> tuple[Twin, ...]:  # noqa: ANN401
        """Return the twins of a picture among those whose perceptual hash is close.

        Args:
            place: of the picture.
            apart: distance of each perceptual hash, shape (pictures,).
            close: places to look at, shape (n,).
        """
        import numpy as np

        close = close[close != place]
        within = self._group[close] == self._group[place]
        other = np.bitwise_count(self._dhash[close] ^ self._dhash[place])
        near = apart[close].astype(np.int16)
        most = np.where(within[:, None], WITHIN, ACROSS)
        same = (near <= most[:, 0]) & (other <= most[:, 1]) & (near + other <= most[:, 2])
        close, within = close[same], within[same]
        order = np.argsort(apart[close], kind="stable")[:_MOST]
        return tuple(
            Twin(
                self.paths[close[each]],
                int(apart[close[each]]),
                self._used_in.get(self.paths[close[each]], ()),
                bool(within[each]),
            )
            for each in order
        )
