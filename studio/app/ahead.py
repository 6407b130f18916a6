"""The folder as it will be once the writes under way are done.

A key changes the record on the screen at once and the file a moment later. A second key may come
in between; it must build on what the first one wrote, not on what is still on disk.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project.store import ABSENT, Store, Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.project.undo import Edit


class Ahead(Store):
    """A store that reads what is on its way as if it were there. It writes nothing itself."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.root, store.history)
        self._store = store
        self._coming: dict[str, tuple[bytes | None, int]] = {}
        self._turn = 0

    def expect(self, edits: Sequence[Edit]) -> int:
        """Read these edits as done from now on; return a ticket for `settle`."""
        self._turn += 1
        for edit in edits:
            self._coming[edit.path] = (edit.data, self._turn)
        return self._turn

    def settle(self, ticket: int) -> None:
        """Read the disk again for what this ticket brought; it is written, or has failed."""
        for path in [path for path, (_, turn) in self._coming.items() if turn == ticket]:
            self._coming.pop(path, None)

    def forget(self) -> None:
        """Expect nothing any more."""
        self._coming.clear()

    def pending(self) -> frozenset[str]:
        """Return the files that are on their way: what is on disk is not what they will be."""
        return frozenset(self._coming)

    def read(self, path: str, **options: int) -> tuple[bytes, Version]:
        """Return the bytes and the version a file will have."""
        if path not in self._coming:
            return self._store.read(path, **options)
        data, _ = self._coming[path]
        if data is None:
            raise Problem(path, "it has just been put into the trash", "undo that first")
        return data, Version(sha256(data).hexdigest())

    def version(self, path: str) -> Version:
        """Return the version a file will have."""
        if path not in self._coming:
            return self._store.version(path)
        data, _ = self._coming[path]
        return ABSENT if data is None else Version(sha256(data).hexdigest())

    def names(self, folder: str, suffix: str = "") -> list[str]:
        """Return the files that will lie in a folder."""
        names = set(self._store.names(folder, suffix))
        for path, (data, _) in self._coming.items():
            if path.rpartition("/")[0] == folder and path.endswith(suffix):
                names.discard(path)
                if data is not None:
                    names.add(path)
        return sorted(names)
