"""What an import would do, before it does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from studio.stats.post import Note
    from studio.stats.readers.sheet import Sheet


@dataclass(frozen=True)
class PlannedFile:
    """What importing one file would do.

    Args:
        path: the original.
        kind: what it is; None when refused.
        platform: whose; None when refused.
        posts: posts in it, each once.
        new: posts not known before.
        updated: known posts it tells more or newer figures of.
        unchanged: known posts it tells nothing new of.
        notes: what the human should know, with lines.
        refused: why it is not imported, and the mend; None when it is.
        same_as: the file, in the project or in this import, that has the same content.
        target: where it would be stored; None when refused or already there.
        digest: SHA-256 of what would be stored.
        figures: those of `FIGURES` that at least one of its posts has.
        bare: posts in it without any figure.
        first: the day of its oldest post or row, UTC.
        last: the day of its newest.
        tables: what else is in it: "followers by day", "active hours", ….
        members: files in it, for an archive; 0 for others.
        kept: those of them that would be stored, when it is not all; () when the original is.
        reduced: it is TikTok's data download, of which only posts and profile would be stored.
        unknown: its rows, where a `ColumnMap` would make it readable.
        data: what would be stored, unless there is too much to hold on to.
        stamp: what changes with the original.
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
    figures: tuple[str, ...] = ()
    bare: int = 0
    first: date | None = None
    last: date | None = None
    tables: tuple[str, ...] = ()
    members: int = 0
    kept: tuple[str, ...] = ()
    reduced: bool = False
    unknown: Sheet | None = None
    data: bytes | None = field(default=None, repr=False, compare=False)
    stamp: tuple[int, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is stored before its edits are applied.

    Args:
        files: the files named, and those in the folders named that are or could be exports.
        left: what else lay in the folders, counted: ("pictures and clips", 300), ….
        cancelled: it was stopped before all files were looked at.
        notes: what concerns several files, such as posts that fit more than one other.
    """

    files: tuple[PlannedFile, ...]
    left: tuple[tuple[str, int], ...] = ()
    cancelled: bool = False
    notes: tuple[Note, ...] = ()

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
    def unknown(self) -> tuple[PlannedFile, ...]:
        """The refused files that a column map would make readable."""
        return tuple(file for file in self.files if file.unknown is not None)

    @property
    def targets(self) -> tuple[str, ...]:
        """The files that would be stored."""
        return tuple(file.target for file in self.files if file.target)
