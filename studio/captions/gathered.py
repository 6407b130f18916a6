"""All captions of a project as records: what the files say now, what they said, what was posted.

Reads files, so not for the screen's thread. A second call reads only what is another than before.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.captions.files import FOLDER, decode, read_path
from studio.captions.written import Posted, Written
from studio.platforms.rules import platforms as known_platforms
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from studio.project.history import Entry, History
    from studio.project.store import Stamp, Store

LARGEST = 1 << 20
"""Bytes above which a file is not gathered: no platform takes a hundredth of it."""

MOST_VERSIONS = 50
"""Versions gathered of one file, the newest: of the last hour the history keeps every save."""

FIRST_COMMENT = " · first comment"
"""What follows the idea's title in the record of a first comment."""

_SETTLED = 2_000_000_000  # ns after its last change a file's stamp can be trusted


@dataclass(frozen=True)
class Unread:
    """A caption that was left out, and why.

    Args:
        path: the file's.
        what: what is wrong, without a full stop.
    """

    path: str
    what: str


@dataclass(frozen=True)
class Found:
    """What there is.

    Args:
        writings: "here", then "version", then "posted".
        unread: files (not versions) that were left out, sorted by path.
    """

    writings: tuple[Written, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: Stamp
    settled: bool
    text: str | None
    problem: str | None


class Gathered:
    """The captions of one project, remembered by file and by version.

    For one thread at a time.

    Args:
        store: reads the files.
        history: reads their versions.
        platforms: returns the platforms' keys in the project; without it those Studio brings.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        platforms: Callable[[], Collection[str]] = known_platforms,
    ) -> None:
        self._platforms = platforms
        self._store = store
        self._history = history
        self._files: dict[str, _Seen] = {}
        self._versions: dict[str, str | None] = {}  # by digest: content never changes under it

    def all(
        self,
        posted: Iterable[tuple[str, str, datetime | None, str, str]] = (),
        *,
        titles: Mapping[str, str] | None = None,
        versions: bool = True,
        stop: Callable[[], bool] = lambda: False,
    ) -> Found:
        """Gather everything.

        Args:
            posted: posts, each of the form of `Posted`.
            titles: the idea's title by slug; without one the slug stands for it.
            versions: whether to read the history.
            stop: asked between two files; once it is true, what was gathered so far is returned.
        """
        titles = titles or {}
        here, unread = self._here(titles, stop)
        made = list(here)
        if versions:
            made += self._past(here, titles, stop)
        for post in map(Posted._make, posted):
            title = post.title or (self._read_name(post.path, titles)[1] if post.path else "")
            made.append(Written(post.path, post.platform, post.text, post.when, "posted", title))
        return Found(tuple(made), tuple(unread))

    def here(self, path: str, titles: Mapping[str, str] | None = None) -> Written | None:
        """Read one caption file again, for `Past.put`; None: it is gone or cannot be read."""
        try:
            text, _ = self._read(path)
        except Problem:
            return None
        if text is None:
            return None
        return self._written(path, text, datetime.now(UTC), titles or {})

    def _here(
        self, titles: Mapping[str, str], stop: Callable[[], bool]
    ) -> tuple[list[Written], list[Unread]]:
        made: list[Written] = []
        unread: list[Unread] = []
        files: dict[str, _Seen] = {}
        for path, stamp in sorted(self._store.stamped(FOLDER, ".md")):
            if stop():
                return made, unread
            if stamp is None or not is_caption(path):
                continue
            seen = self._files.get(path)
            if seen is None or seen.stamp != stamp or not seen.settled:
                seen = self._look(path, stamp)
            files[path] = seen
            if seen.text is None:
                unread.append(Unread(path, seen.problem or ""))
            else:
                when = datetime.fromtimestamp(stamp[0] / 1e9, UTC)
                made.append(self._written(path, seen.text, when, titles))
        self._files = files
        return made, unread

    def _look(self, path: str, stamp: Stamp) -> _Seen:
        settled = time.time_ns() - max(stamp[0], stamp[2]) > _SETTLED
        try:
            text, problem = self._read(path)
        except Problem as fault:
            text, problem = None, fault.what
        return _Seen(stamp, settled, text, problem)

    def _read(self, path: str) -> tuple[str | None, str | None]:
        if self._store.size(path) > LARGEST:
            return None, f"has more than {LARGEST >> 20} MiB, which is no caption"
        form = decode(self._store.read(path)[0])
        return (None, form.problem) if form.read_only else (form.text, None)

    def _past(
        self, here: list[Written], titles: Mapping[str, str], stop: Callable[[], bool]
    ) -> list[Written]:
        now = {written.path: written.text for written in here}
        made: list[Written] = []
        used: dict[str, str | None] = {}
        for path in self._history.paths():
            if stop():
                return made
            if not is_caption(path):
                continue
            told = {now.get(path), ""}  # each text once: the newest time it was put by
            for entry in self._history.entries(path)[:MOST_VERSIONS]:
                text = used[entry.digest] = self._version(entry)
                if text is not None and text not in told:
                    told.add(text)
                    platform, title = self._read_name(path, titles)
                    made.append(Written(path, platform, text, entry.time, "version", title))
        self._versions = used
        return made

    def _version(self, entry: Entry) -> str | None:
        if entry.digest in self._versions:
            return self._versions[entry.digest]
        if entry.size > LARGEST:
            return None
        try:
            form = decode(self._history.get(entry.digest))
        except Problem:
            return None
        return None if form.read_only else form.text

    def _written(self, path: str, text: str, when: datetime, titles: Mapping[str, str]) -> Written:
        platform, title = self._read_name(path, titles)
        return Written(path, platform, text, when, "here", title)

    def _read_name(self, path: str, titles: Mapping[str, str]) -> tuple[str | None, str]:
        """Return the platform and the title a path stands for."""
        where = read_path(path, known=self._platforms(), ideas=titles)
        title = titles.get(where.slug, where.slug)
        return where.platform, title + (FIRST_COMMENT if where.part == "comment" else "")


def is_caption(path: str) -> bool:
    """Tell whether a path of the project is that of a caption file."""
    folder, _, name = path.rpartition("/")
    return folder == FOLDER and name.lower().endswith(".md") and not name.startswith(".")
