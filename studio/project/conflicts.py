"""Two versions of one file, and the names under which the second is kept."""

from __future__ import annotations

import re

from studio.problem import Problem

MOST_COPIES = 10
"""Conflict copies of one file beside it; what comes after lies in the history only."""

_MARK = ".studio-conflict-"
# Ours, and the ones Syncthing writes: the same thing seen from another machine.
_COPY = re.compile(
    r"(?P<stem>.+?)\.(?:studio-conflict-\d{8}T\d{6}Z-[0-9a-f]+"
    r"|sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?)(?P<suffix>(?:\.[^./]*)*)"
)


class Conflict(Problem):
    """The file was changed by someone else since it was read; nothing was overwritten.

    Attributes:
        path: the file.
        mine: the text that could not be saved.
        theirs: what lies in the file now, None if it is gone or too large to hold.
        kept_at: where `mine` was put beside the file, None if only the history has it.
    """

    def __init__(
        self, path: str, mine: bytes, theirs: bytes | None, kept_at: str | None, what: str = ""
    ) -> None:
        kept = f"your text is kept in {kept_at}" if kept_at else "your text is kept in the history"
        if not mine:
            kept = "nothing was done"
        super().__init__(
            path,
            what or f"it was changed outside since it was read; {kept}",
            "Compare the two and keep what you want",
        )
        self.path = path
        self.mine = mine
        self.theirs = theirs
        self.kept_at = kept_at


def copy_name(path: str, stamp: str, token: str) -> str:
    """Return the name of a conflict copy: `<stem>.studio-conflict-<stamp>-<token><suffix>`."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    tail = f"{_MARK}{stamp}-{token}{dot}{suffix}"
    raw = stem.encode("utf-8", "surrogateescape")[: 255 - len(tail.encode("utf-8", "replace"))]
    return f"{folder}{slash}{raw.decode('utf-8', 'ignore')}{tail}"


def conflict_of(path: str) -> str | None:
    """Return the file of which this is a conflict copy, None if it is none.

    Copies made by Syncthing count as well.
    """
    folder, slash, name = path.rpartition("/")
    found = _COPY.fullmatch(name)
    return f"{folder}{slash}{found['stem']}{found['suffix']}" if found else None
