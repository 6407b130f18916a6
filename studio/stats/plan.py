"""What an import would do, before it does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from studio.stats.post import Note


@dataclass(frozen=True)
class PlannedFile:
    """What importing one file would do.

    Args:
        path: the original.
        kind: what it is; None when refused.
        platform: whose; None when refused.
        posts: posts in it.
        new: posts not known before.
        updated: known posts it tells more or newer figures of.
        unchanged: known posts it tells nothing new of.
        notes: what the human should know, with lines.
        refused: why it is not imported, and the mend; None when it is.
        same_as: the file, in the project or in this import, that has the same content.
        target: where it would be stored; None when refused or already there.
        digest: SHA-256 of its content.
    """

    path: Path
    kind: str | None = None
    platform: str | None = None
    posts: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    notes: tuple[Note, ...] = ()
    refused: str | None = None
    same_as: str | None = None
    target: str | None = None
    digest: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is stored before its edits are applied."""

    files: tuple[PlannedFile, ...]

    @property
    def new(self) -> int:
        """Posts not known before."""
        return sum(file.new for file in self.files)

    @property
    def updated(self) -> int:
        """Known posts with more or newer figures; counted once for each file that has them."""
        return sum(file.updated for file in self.files)

    @property
    def refused(self) -> tuple[PlannedFile, ...]:
        """The files that are not understood."""
        return tuple(file for file in self.files if file.refused)

    @property
    def targets(self) -> tuple[str, ...]:
        """The files that would be stored."""
        return tuple(file.target for file in self.files if file.target)
