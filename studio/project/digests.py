"""Digests of large files, so that a clip of some gigabytes is not read through at every turn.

What is told apart by times here is only ever moved, to the trash and back. Before a text is
replaced its content is compared (`studio.project.saving`).
"""

# ruff: noqa: PTH116

from __future__ import annotations

import os
import time

from studio.project import atomic

LARGE = 1 << 20
"""Bytes from which a file's digest is remembered."""

_MOST = 4096  # digests
_SETTLED = 50_000_000  # nanoseconds after which a change cannot share its time with another
_SETTLED_COARSE = 2_500_000_000  # the same where times are whole seconds (FAT counts two at a time)

State = tuple[int, ...]


def state_of(real: str) -> State:
    """Return what stays as it is when a file is moved: inode, size, time of change (ns).

    Empty when there is no such file.
    """
    try:
        state = os.stat(real)
    except OSError:
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns


class Digests:
    """What was read before, by absolute path."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[State, str]] = {}

    def of(self, real: str, moved: State = (), digest: str = "") -> str:
        """Return the SHA-256 of a file in hex, without reading a large one that stands unchanged.

        Args:
            real: absolute, links resolved.
            moved: what `state_of` said of it before it was moved here.
            digest: its digest there.

        Raises:
            OSError: it is missing, not regular, or cannot be read.
        """
        state = state_of(real)
        if not state or state[1] < LARGE:
            return atomic.digest_file(real)
        entry = self._entry(real)
        known = self._known.get(real)
        if known is not None and known[0] == entry:
            return known[1]
        began = time.time_ns()
        same = bool(digest) and state == moved
        made = digest if same else atomic.digest_file(real)
        newest = max(entry[2:])
        settled = began - newest > (_SETTLED if newest % 1_000_000_000 else _SETTLED_COARSE)
        if (settled or same) and self._entry(real) == entry:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[real] = (entry, made)
        return made

    def _entry(self, real: str) -> State:
        return (*state_of(real), os.stat(real).st_ctime_ns)
