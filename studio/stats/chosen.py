"""The files of an import: those named, and those in the folders named that can be exports."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from studio.stats.readers.choose import is_media, private

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FILES = 2_000
"""Files looked into in the folders of one import."""
MAX_ENTRIES = 200_000
"""Files counted in them."""
MEDIA = "pictures, clips and music"
PRIVATE = "files in folders of messages, logins and the like"
OTHERS = "other files"
BEYOND = f"files beyond the first {MAX_FILES:,}"


@dataclass
class Chosen:
    """What is to be looked into.

    Args:
        files: each once, with whether it was named itself.
        left: what lies in the folders beside them, counted by what it is.
    """

    files: list[tuple[Path, bool]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Chosen:
        """Walk the folders among some paths; what is hidden in them is passed over."""
        chosen = cls()
        seen: set[str] = set()
        for path in paths:
            if path.is_dir():
                chosen._walk(path, seen)
            else:
                chosen._add(path, seen, named=True)
        return chosen

    def _walk(self, root: Path, seen: set[str]) -> None:
        entries = 0
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            below = Path(folder).relative_to(root).as_posix()
            for name in sorted(names):
                if name.startswith("."):
                    continue
                entries += 1
                if entries > MAX_ENTRIES:
                    return
                path = Path(folder) / name
                if private(f"{below}/{name}"):
                    self.left[PRIVATE] += 1
                elif is_media(name):
                    self.left[MEDIA] += 1
                elif len(self.files) >= MAX_FILES:
                    self.left[BEYOND] += 1
                else:
                    self._add(path, seen, named=False)

    def _add(self, path: Path, seen: set[str], *, named: bool) -> None:
        place = os.path.normpath(path.absolute())
        if place not in seen:
            seen.add(place)
            self.files.append((path, named))
