"""Temporary files that crashed saves left behind: cleared, and nothing in them lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import DirEntry
    from pathlib import Path

    from studio.project.store import Store


@dataclass(frozen=True)
class Recovered:
    """A text that a crashed save left behind, now a version in the history.

    Attributes:
        path: the file it was meant for, as far as the name tells.
        digest: what `History.get` takes.
        time: when it was written, UTC.
    """

    path: str
    digest: str
    time: dt.datetime


def stale(entries: Iterable[tuple[str, DirEntry[str]]], older_than: float) -> list[str]:
    """Return which of these are temporary files that nobody wrote into for so many seconds."""
    found = []
    now = time.time()
    for path, entry in entries:
        if path.endswith(atomic.TEMP_SUFFIX) and entry.is_file(follow_symlinks=False):
            with contextlib.suppress(OSError):
                if now - entry.stat(follow_symlinks=False).st_mtime >= older_than:
                    found.append(path)
    return sorted(found)


def sweep(store: Store, root: Path, temps: Iterable[str]) -> list[Recovered]:
    """Delete temporary files, what is new in them into the history first; see `Store.sweep`."""
    found = []
    for path in temps:
        real = root / path
        try:
            if not path.endswith(atomic.COPY_SUFFIX):
                kept = _recovered(store, path, real)
                found += [kept] if kept else []
            real.unlink()
        except (OSError, Problem):
            continue  # it stays for the next start
    return found


def _recovered(store: Store, path: str, real: Path) -> Recovered | None:
    data = atomic.read_regular(str(real))
    target = _target_of(path)
    digest = atomic.digest_of(data)
    if not data or store.history.holds(target, digest):
        return None
    with contextlib.suppress(Problem):
        if store.version(target).digest == digest:
            return None
    written = dt.datetime.fromtimestamp(real.stat().st_mtime, dt.UTC)
    return Recovered(target, store.history.add(target, data, keep=True), written)


def _target_of(temp: str) -> str:
    folder, slash, name = temp.rpartition("/")
    return f"{folder}{slash}{name.removesuffix(atomic.TEMP_SUFFIX)[1:].rpartition('.')[0]}"
