"""The files of a project: read, written and put away by one rule.

After any fault a file is exactly old or exactly new; a save that returned has been read back; no
version is overwritten unseen or before the history has it; nothing outside the folder is touched.
"""

# ruff: noqa: PTH106, PTH108, PTH112, PTH113, PTH116, PTH118, PTH120, PTH208
# `os` throughout: paths come as text, and flags, descriptors and listings are wanted.

from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.problem import Problem
from studio.project import atomic, leftovers
from studio.project.conflicts import MOST_COPIES, Conflict, conflict_of, copy_name
from studio.project.digests import Digests, state_of
from studio.project.faults import told
from studio.project.leftovers import Recovered
from studio.project.saving import ChangedError, Place, save
from studio.project.version import ABSENT, Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.project.history import History

Stamp = tuple[int, int, int]
"""What changes with a file: time of change (ns), size (bytes), time of change of its entry (ns)."""

__all__ = ["ABSENT", "TEXT_LIMIT", "TRASH", "Conflict", "Recovered", "Stamp", "Store", "Version"]

TEXT_LIMIT = 256 << 20
"""The most bytes `read` accepts: an export of 100,000 posts has 113 million.

Larger files are pictures and clips, opened by path.
"""

TRASH = ".trash"
MARKER = "studio.toml"
_STALE = 60.0  # seconds without a write after which a temporary file has no writer any more


class Store:
    """The one way to the text files of a project; safe to use from several threads.

    Every path is relative to `root`, with slashes; one that leaves the folder, also through a
    link, is refused with a `Problem`. Links within the folder are followed.

    Args:
        root: the project's folder.
        history: gets every version before it is overwritten.
        limit: see `TEXT_LIMIT`.
    """

    def __init__(self, root: Path, history: History, *, limit: int = TEXT_LIMIT) -> None:
        self.root = root
        self.history = history
        self.limit = limit
        self._real = os.path.realpath(root)
        self._marked = os.path.isfile(os.path.join(self._real, MARKER))
        self._lock = threading.RLock()
        self._digests = Digests()
        self._waiting = threading.local()  # folders whose names `together` makes durable at its end

    # Reading

    def read(self, path: str) -> tuple[bytes, Version]:
        """Return a file's bytes and their version.

        Raises:
            Problem: when it is missing, not a regular file, larger than the limit, unreadable.
        """
        real = self._located(path)
        try:
            data = atomic.read_regular(real, self.limit)
        except OSError as error:
            raise self._told(path, error) from error
        return data, Version(atomic.digest_of(data))

    def version(self, path: str) -> Version:
        """Return the version of a file of any size, `ABSENT` if there is none.

        A file is read through, a block at a time; a large one only if it is another than last
        time. A clip of some gigabytes takes seconds: not for the screen's thread.

        Raises:
            Problem: when something lies there that is no readable regular file.
        """
        real = self._located(path)
        try:
            return Version(self._digests.of(real))
        except FileNotFoundError:
            return ABSENT
        except OSError as error:
            raise self._told(path, error) from error

    def size(self, path: str) -> int:
        """Return a file's size in bytes.

        Raises:
            Problem: when it is missing or unreachable.
        """
        try:
            return os.stat(self._located(path)).st_size
        except OSError as error:
            raise self._told(path, error) from error

    def names(self, folder: str, suffix: str = "") -> list[str]:
        """Return the regular files directly in a folder as sorted relative paths.

        Hidden files and conflict copies are left out (`conflicts` has those); a folder that does
        not exist has none.

        Args:
            folder: relative; "" is the project itself.
            suffix: only names that end so, case ignored.
        """
        return sorted(
            path
            for path in self._files(folder, deep=False)
            if path.lower().endswith(suffix.lower())
        )

    def walk(self, folder: str = "", suffix: str = "") -> list[str]:
        """Return the regular files in a folder and all below it, as `names` does."""
        return sorted(
            path for path in self._files(folder, deep=True) if path.lower().endswith(suffix.lower())
        )

    def stamped(self, folder: str, suffix: str) -> Iterator[tuple[str, Stamp | None]]:
        """Give the files that `walk` would, in no order, and the stamps of some of them.

        A file with the same stamp as before is very likely the same; a file that was written a
        moment ago may be written again without another one.

        Args:
            folder: relative; "" is the project itself.
            suffix: the stamps of names that end so, case ignored; others have None.
        """
        for path, entry in self._regular(folder, deep=True):
            stamp = None
            if path.lower().endswith(suffix.lower()):
                try:
                    state = entry.stat()
                except OSError:
                    continue  # gone while we looked
                stamp = (state.st_mtime_ns, state.st_size, state.st_ctime_ns)
            yield path, stamp

    def pending(self) -> frozenset[str]:
        """Return the paths whose content is still on its way to the disk; here none ever is."""
        return frozenset()

    def conflicts(self, path: str | None = None) -> list[str]:
        """Return the conflict copies lying beside a file, or all in the project, sorted."""
        folder = "" if path is None else path.rpartition("/")[0]
        copies = self._files(folder, deep=path is None, copies=True)
        return sorted(each for each in copies if path is None or conflict_of(each) == path)

    def frozen(self) -> Problem | None:
        """Return why nothing may be written now, None if all is well.

        A folder that vanished or lost its `studio.toml` is a drive that was unplugged or a sync
        that went wrong, not a wish to delete: keep the text and wait.
        """
        if not os.path.isdir(self._real):
            what = "the project's folder is gone"
        elif self._marked and not os.path.isfile(os.path.join(self._real, MARKER)):
            what = f"the project's {MARKER} is gone"
        else:
            return None
        return Problem(str(self.root), what, "Bring it back; nothing is written until then")

    # Writing

    def write(
        self,
        path: str,
        data: bytes,
        *,
        if_version: Version,
        keep_mine: Literal["file", "history"] = "file",
    ) -> Version:
        """Save a file if it still is what it was, and return its new version.

        When it returns, the bytes are synced and were read back. Bytes that are there already
        are not written again.

        Args:
            path: the file; missing folders are made.
            data: its new content.
            if_version: what the text was made from; `ABSENT` for a new file.
            keep_mine: on a conflict, put `data` into a copy beside the file as well, or only
                into the history.

        Raises:
            Conflict: the file is something else by now. It was left as it is.
            Problem: the disk or the system refused. The file is as it was.
        """
        with self._lock:
            real = self._located(path)
            self._check_writable()
            try:
                return save(Place(path, real, self.limit, self.history), data, if_version)
            except ChangedError as changed:
                raise self._conflict(path, data, changed.theirs, keep_mine) from None
            except OSError as error:
                raise self._told(path, error) from error

    def _conflict(
        self, path: str, mine: bytes, theirs: bytes | None, keep: Literal["file", "history"]
    ) -> Problem:
        in_history = False
        with contextlib.suppress(Problem):
            if theirs is not None:
                self.history.add(path, theirs, keep=True)
            self.history.add(path, mine, keep=True)
            in_history = True
        kept_at = self._kept_beside(path, mine) if keep == "file" or not in_history else None
        if kept_at is None and not in_history:
            return Problem(
                path,
                "it was changed outside, and your text could not be kept anywhere on the disk",
                "Copy your text elsewhere before you go on",
            )
        return Conflict(path, mine, theirs, kept_at)

    def _kept_beside(self, path: str, mine: bytes) -> str | None:
        digest = atomic.digest_of(mine)
        copies = self.conflicts(path)
        for each in copies:
            with contextlib.suppress(Problem):
                if self.version(each).digest == digest:
                    return each
        if len(copies) >= MOST_COPIES:
            return None
        name = copy_name(path, _stamp(), os.urandom(3).hex())
        try:
            real = self._located(name)
            atomic.write_new(real, mine)
            atomic.sync_folder(os.path.dirname(real))
        except (OSError, Problem):
            return None
        return name

    def copy_in(self, source: Path, path: str) -> Version:
        """Copy a file of any size from anywhere into the project; never over another file.

        The same content under the same name is taken as done already.

        Raises:
            Problem: when the name is taken by other content, or the copy failed; nothing of a
                failed copy stays.
        """
        with self._lock:
            real = self._located(path)
            self._check_writable()
            there = self.version(path)
        try:
            if there.present:
                if atomic.digest_file(os.path.realpath(source)) != there.digest:
                    raise Problem(path, "there is another file of this name", "Choose another name")
                return there
            atomic.make_folders(os.path.dirname(real))
            temp = atomic.temp_beside(real, atomic.COPY_SUFFIX)
            digest = atomic.copy_new(os.fspath(source), temp)
            try:
                atomic.rename_new(temp, real)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(temp)
                raise
        except atomic.NotRegular as error:
            raise Problem(
                str(source), "it is not a regular file", "Choose a picture, clip or text"
            ) from error
        except OSError as error:
            outside = error.filename == os.path.realpath(source)
            raise told(str(source) if outside else path, error) from error
        atomic.sync_folder(os.path.dirname(real))
        return Version(digest)

    # Putting away

    def trash(self, path: str, *, if_version: Version) -> str:
        """Move a file to `.trash/<time>/<path>` and return that path.

        Raises:
            Conflict: the file is something else by now. It stays where it is.
            Problem: when it is missing or cannot be moved.
        """
        with self._lock:
            real = self._located(path)
            self._check_writable()
            state = state_of(real)  # before it is read: what is written meanwhile has another
            now = self.version(path)
            if not now.present:
                raise Problem(path, "there is no such file", "Check the name")
            if now != if_version:
                raise Conflict(path, b"", self._small(real), None)
            try:
                away = self._moved_to_trash(path, real)
                out = Version(self._digests.of(self._located(away), state, now.digest))
                if out != if_version:  # saved by someone in between: that version is wanted
                    atomic.rename_new(self._located(away), real)
                    raise Conflict(path, b"", self._small(real), None)
            except OSError as error:
                raise self._told(path, error) from error
            return away

    def _moved_to_trash(self, path: str, real: str) -> str:
        stamp = _stamp()
        for turn in range(1, 1000):
            away = f"{TRASH}/{stamp}{'' if turn == 1 else f'-{turn}'}/{path}"
            target = self._located(away)
            atomic.make_folders(os.path.dirname(target))
            try:
                atomic.rename_new(real, target)
            except FileExistsError:
                continue
            self._sync(os.path.dirname(target))
            self._sync(os.path.dirname(real))
            return away
        raise Problem(path, "the trash is full of this name", "Empty the project's .trash")

    def restore(self, trashed_path: str, to: str) -> Version:
        """Move a file out of the trash to a name that is free, and return its version.

        Raises:
            Problem: when it is no longer in the trash or the name is taken.
        """
        with self._lock:
            real = self._located(trashed_path)
            target = self._located(to)
            self._check_writable()
            try:
                version = Version(self._digests.of(real))
                atomic.make_folders(os.path.dirname(target))
                atomic.rename_new(real, target)
            except FileExistsError as error:
                raise Problem(
                    to, "there is a file of this name again", "Rename one of the two"
                ) from error
            except OSError as error:
                raise self._told(trashed_path, error) from error
            self._sync(os.path.dirname(target))
            self._drop_empty(os.path.dirname(real))
            return version

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make what this thread moves to and from the trash durable at the end, all at once.

        A crash before that may undo some of the moves, as if they had not been begun.
        """
        if getattr(self._waiting, "folders", None) is not None:
            yield
            return
        self._waiting.folders = {}
        try:
            yield
        finally:
            folders, self._waiting.folders = self._waiting.folders, None
            for folder in folders:
                atomic.sync_folder(folder)

    def _sync(self, folder: str) -> None:
        folders = getattr(self._waiting, "folders", None)
        if folders is None:
            atomic.sync_folder(folder)
        else:
            folders[folder] = None

    def trashed(self, path: str) -> list[str]:
        """Return where earlier files of this name lie in the trash, the latest first."""
        with contextlib.suppress(OSError, Problem):
            stamps = sorted(os.listdir(self._located(TRASH)), reverse=True)
            found = [f"{TRASH}/{stamp}/{path}" for stamp in stamps]
            return [each for each in found if os.path.isfile(self._located(each))]
        return []

    def _drop_empty(self, folder: str) -> None:
        trash = os.path.join(self._real, TRASH)
        while folder.startswith(trash + os.sep):
            try:
                os.rmdir(folder)
            except OSError:
                return
            folder = os.path.dirname(folder)

    def temps(self, older_than: float = _STALE) -> list[str]:
        """Return temporary files without a living writer, as relative paths.

        Args:
            older_than: seconds since the last write into them.
        """
        return leftovers.stale(self._entries("", deep=True, hidden=True), older_than)

    def sweep(self, older_than: float = _STALE) -> list[Recovered]:
        """Clear temporary files that crashed saves left behind; call it at the start.

        One whose content is in its file or in the history is deleted. One that differs is put
        into the history of its file first and returned: it may be the last text before a crash.
        Unfinished copies of outside files are deleted, their source is where it was.
        """
        return leftovers.sweep(self, Path(self._real), self.temps(older_than))

    # Paths and listings

    def _located(self, path: str) -> str:
        parts = path.split("/")
        if (
            "\0" in path
            or any(part in {"", ".", ".."} for part in parts)
            or (os.name == "nt" and any(char in path for char in '\\:*?"<>|'))
        ):
            raise Problem(path, "it is not a path inside the project", "Name a file of the project")
        real = os.path.realpath(os.path.join(self._real, *parts))
        if not real.startswith(self._real.rstrip(os.sep) + os.sep):
            raise Problem(
                path,
                "it is a link that leaves the project",
                "Copy the file into the project instead",
            )
        return real

    def _check_writable(self) -> None:
        problem = self.frozen()
        if problem is not None:
            raise problem

    def _small(self, real: str) -> bytes | None:
        with contextlib.suppress(OSError):
            return atomic.read_regular(real, self.limit)
        return None

    def _told(self, path: str, error: OSError) -> Problem:
        if isinstance(error, atomic.NotRegular):
            return Problem(path, "it is not a regular file", "Replace it by a regular file")
        if isinstance(error, atomic.TooLarge):
            return Problem(
                path,
                f"it has more than {self.limit >> 20} MiB, too much for a text",
                "Move it out of this folder or make it smaller",
            )
        return told(path, error)

    def _files(self, folder: str, *, deep: bool, copies: bool = False) -> Iterator[str]:
        for path, _ in self._regular(folder, deep=deep, copies=copies):
            yield path

    def _regular(
        self, folder: str, *, deep: bool, copies: bool = False
    ) -> Iterator[tuple[str, os.DirEntry[str]]]:
        for path, entry in self._entries(folder, deep=deep, hidden=False):
            if (conflict_of(path) is not None) != copies:
                continue
            if entry.is_symlink():
                with contextlib.suppress(Problem, OSError):
                    if stat.S_ISREG(os.stat(self._located(path)).st_mode):
                        yield path, entry
            elif entry.is_file():
                yield path, entry

    def _entries(
        self, folder: str, *, deep: bool, hidden: bool
    ) -> Iterator[tuple[str, os.DirEntry[str]]]:
        try:
            start = self._located(folder) if folder else self._real
        except Problem:
            return
        waiting = [(folder, start)]
        while waiting:
            relative, real = waiting.pop()
            try:
                with os.scandir(real) as listing:
                    entries = list(listing)
            except OSError:
                continue
            for entry in entries:
                path = f"{relative}/{entry.name}" if relative else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if deep and not entry.name.startswith("."):
                        waiting.append((path, entry.path))
                elif hidden or not entry.name.startswith("."):
                    yield path, entry


def _stamp() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
