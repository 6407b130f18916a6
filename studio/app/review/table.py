"""The light table: which media lie on it, in which order, which is looked at, which are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.app.reviews import Reviews
    from studio.ideas.idea import Idea
    from studio.media.choosing import Choice, Sieve


class LightTable:
    """What review shows, without a widget: an idea's media or all of them, through a filter.

    Args:
        media: the media of the project.
    """

    def __init__(self, media: Reviews) -> None:
        self._media = media
        self.idea: Idea | None = None
        self.everything = False
        self._choice: Choice | None = None
        self.paths: tuple[str, ...] = ()
        self.index = 0
        self.travel = 1
        self.marked: dict[str, None] = {}
        self._tally: tuple[int, int, int] | None = None

    @property
    def path(self) -> str | None:
        """The one that is looked at."""
        return self.paths[self.index] if self.index < len(self.paths) else None

    @property
    def choice(self) -> Choice:
        """The filter."""
        if self._choice is None:
            from studio.media.choosing import Choice

            self._choice = Choice()
        return self._choice

    @choice.setter
    def choice(self, choice: Choice) -> None:
        self._choice = choice

    @property
    def filtered(self) -> bool:
        """Whether a filter hides some."""
        return self._choice is not None and not self._choice.empty

    @property
    def chosen(self) -> tuple[str, ...]:
        """What a key does something to: the marked ones, else the one that is looked at."""
        if self.marked:
            return tuple(self.marked)
        return (self.path,) if self.path is not None else ()

    @property
    def total(self) -> int:
        """How many there are without the filter."""
        return len(self._media.of(None if self.everything else self.idea))

    @property
    def sieve(self) -> Sieve:
        """What filters all that could lie here."""
        if self.everything:
            return self._media.sieve
        return self._media.sieve_of(self._media.of(self.idea) if self.idea else ())

    @property
    def tally(self) -> tuple[int, int, int]:
        """How many on the table are unjudged, kept, rejected."""
        if self._tally is None:
            self._tally = self._media.tally(self.paths)
        return self._tally

    def lay(self, *, keep: bool = True) -> bool:
        """Lay the table again; tell whether something else is looked at than before.

        Args:
            keep: look at the same one as before, or where it has gone, at the next that was
                after it; else at the first.
        """
        before, old, place = self.path, self.paths, self.index
        if self.everything or self.idea is not None:
            paths = self._media.of(None if self.everything else self.idea)
        else:
            paths = ()
        if self.filtered:
            paths = self.sieve.chosen(self.choice)
        self._tally = None
        self.paths = paths
        self.index = self._place(old, place, paths) if keep else 0
        if self.marked:
            there = frozenset(paths)
            self.marked = {path: None for path in self.marked if path in there}
        return self.path != before

    def _place(self, old: tuple[str, ...], place: int, new: tuple[str, ...]) -> int:
        if old is new or old == new:
            return min(place, max(0, len(new) - 1))
        there = {path: index for index, path in enumerate(new)}
        for path in old[place:]:
            if path in there:
                return there[path]
        for path in reversed(old[:place]):
            if path in there:
                return there[path]
        return 0

    def judged(self) -> None:
        """Verdicts changed: what was counted is to be counted again."""
        self._tally = None

    # going

    def go(self, index: int) -> bool:
        """Look at another one, the nearest there is; tell whether it is another."""
        index = max(0, min(len(self.paths) - 1, index))
        if index == self.index:
            return False
        self.travel = 1 if index > self.index else -1
        self.index = index
        return True

    def look_at(self, path: str) -> bool:
        """Look at this file; tell whether it lies on the table."""
        if path not in self.paths:
            return False
        self.go(self.paths.index(path))
        return True

    def ahead(self, many: int, behind: int) -> list[int]:
        """Return the places near the one looked at, the most likely to be next first."""
        near = [self.index + step * self.travel for step in range(many + 1)]
        near += [self.index - step * self.travel for step in range(1, behind + 1)]
        return [place for place in near if 0 <= place < len(self.paths)]

    # marking

    def mark(self, paths: Iterable[str]) -> None:
        """Mark these, or unmark them where all of them are marked."""
        paths = list(paths)
        if all(path in self.marked for path in paths):
            for path in paths:
                self.marked.pop(path, None)
        else:
            self.marked |= dict.fromkeys(paths)

    def group(self, path: str) -> tuple[str, ...]:
        """Return the takes on the table that belong to the same brief, prompt or series."""
        group = self._media.group(path)
        return tuple(one for one in self.paths if self._media.group(one) == group)
