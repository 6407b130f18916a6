"""News from outside: which files other programs changed. A hint, never the truth.

Folders are watched, not files: an editor that saves by renaming leaves a watched file behind.
On disks that tell nothing (network shares) names, times and sizes are compared instead.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

from studio.project import atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE = ""
"""In a report: the folder as a whole. Single files cannot be told; look at everything again."""

_UNWATCHED = frozenset({".git", ".trash"})
# Where a change on the other side raises no event here. `fuseblk` is a local disk (NTFS).
_SHARES = ("9p", "cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "ceph", "glusterfs")
_MACHINES = ("vboxsf", "prl_fs", "drvfs", "virtiofs")  # folders of the host
_REMOTE = frozenset((*_SHARES, *_MACHINES))
_DEBOUNCE = 400  # ms over which events are gathered at most
_STEP = 50  # ms of silence that end a report
_LOOK = 1000  # ms between looks whether the folder is still there
_POLL = 0.7  # s between two comparisons, more if one takes long
_SHARE = 20  # a comparison may take this part of the time

_Snapshot = dict[str, tuple[int, int, int]]


class Watcher:
    """Watches a project's folder in a thread of its own.

    `on_change` is called in that thread with the relative paths (slashes) of files and folders
    that were made, changed or removed; our own saves are among them. When the whole folder
    vanishes or comes back, or a folder in it was moved away with all its files, the set has
    `WHOLE` ("") in it: look at everything again, and ask `root.is_dir()` whether it is there. It
    must not raise.

    Changes made before `ready` is set are not reported: read the folder after it, or again.

    Args:
        root: the project's folder.
        on_change: gets each report.
        poll: compare instead of listening; by default where the disk needs it.
    """

    def __init__(
        self,
        root: Path,
        on_change: Callable[[frozenset[str]], None],
        *,
        poll: bool | None = None,
    ) -> None:
        self.root = root
        self.ready = threading.Event()
        self._on_change = on_change
        self._real = os.path.realpath(root)
        self._poll = poll
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to watch; returns at once."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop watching; no report comes after it."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)
        self._thread = None

    def _run(self) -> None:
        poll = is_remote(self._real) if self._poll is None else self._poll
        while not self._stop.is_set():
            if not self._there():
                self.ready.set()
                self._report({WHOLE})
                while not self._there():
                    if self._stop.wait(_LOOK / 1000):
                        return
                self._report({WHOLE})
            if poll or not self._listen():
                poll = True
                self._compare()

    def _listen(self) -> bool:
        """Report events until the folder vanishes; False if the system gives none."""
        from watchfiles._rust_notify import (
            RustNotify,
            WatchfilesRustInternalError,
        )

        try:
            with RustNotify([self._real], False, False, 0, True, True) as notify:
                folders = set(snapshot(self._real, folders=True))
                self.ready.set()
                while self._there():
                    found = notify.watch(_DEBOUNCE, _STEP, _LOOK, self._stop)
                    if found in {"stop", "signal"} if isinstance(found, str) else False:
                        return True
                    if not isinstance(found, str):
                        self._report(self._with_contents(found, folders))
        except (OSError, WatchfilesRustInternalError):
            return not self._there()  # watches are used up: compare instead
        return True

    def _with_contents(self, found: set[tuple[int, str]], folders: set[str]) -> set[str | None]:
        """Add what a folder that came brought along; a folder that went concerns everything."""
        paths: set[str | None] = set()
        for _, full in found:
            path = self._relative(full)
            paths.add(path)
            if path is None or not _wanted(path):
                continue
            if path in folders and not os.path.isdir(full):  # noqa: PTH112
                folders.discard(path)
                paths.add(WHOLE)
            elif path not in folders and os.path.isdir(full):  # noqa: PTH112
                inside = {f"{path}/{each}" for each in snapshot(full, folders=True)}
                folders |= {path, *inside}
                paths |= {f"{path}/{each}" for each in snapshot(full)}
        return paths

    def _compare(self) -> None:
        """Report differences until the folder vanishes."""
        before = snapshot(self._real)
        self.ready.set()
        pause = _POLL
        while not self._stop.wait(pause) and self._there():
            began = time.monotonic()
            after = snapshot(self._real)
            pause = max(_POLL, (time.monotonic() - began) * _SHARE)
            changed = {
                path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
            }
            before = after
            self._report(changed)

    def _there(self) -> bool:
        return os.path.isdir(self._real)  # noqa: PTH112

    def _relative(self, path: str) -> str | None:
        relative = os.path.relpath(path, self._real).replace(os.sep, "/")
        return None if relative.startswith("..") else relative

    def _report(self, paths: set[str | None] | set[str]) -> None:
        told = frozenset(path for path in paths if path is not None and _wanted(path))
        if told and not self._stop.is_set():
            self._on_change(told)


def _wanted(path: str) -> bool:
    return (
        path != "."
        and not path.endswith(atomic.TEMP_SUFFIX)
        and path.partition("/")[0] not in _UNWATCHED
    )


def snapshot(root: str, *, folders: bool = False) -> _Snapshot:
    """Return time (ns), size and inode of every file below a folder, by relative path.

    Args:
        root: absolute.
        folders: of the folders below it instead, all zero.
    """
    found: _Snapshot = {}
    waiting = [("", root)]
    while waiting:
        relative, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            continue
        for entry in entries:
            path = f"{relative}/{entry.name}" if relative else entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _UNWATCHED:
                        waiting.append((path, entry.path))
                        if folders:
                            found[path] = (0, 0, 0)
                elif not folders:
                    facts = entry.stat(follow_symlinks=False)
                    found[path] = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            except OSError:
                continue
    return found


def is_remote(path: str, mounts: str = "/proc/mounts") -> bool:
    """Tell whether a path lies on a disk that reports no changes made elsewhere.

    Args:
        path: absolute, links resolved.
        mounts: the table of mounts in the form of Linux; without one the answer is no.
    """
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as table:  # noqa: PTH123
            lines = table.read().splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _unescaped(fields[1])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):  # of two mounts on one point the later one holds
            best, kind = point, fields[2]
    return kind in _REMOTE or kind == "fuse" or kind.startswith("fuse.")


def _unescaped(point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
