"""What is found out about each media file: its facts, its origin, the checks; in the background.

The one that is looked at comes first, then its neighbours and its group, then all the rest, one
at a time while nothing more urgent waits. What was measured is kept in the cache.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from studio.app import news
from studio.media.library import kind_of
from studio.platforms.own import RuleBook
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from textual.message import Message

    from studio.media.checks.check import Check
    from studio.media.checks.twins import Twin
    from studio.media.facts import Facts
    from studio.media.measure import MeasureCache, Measures
    from studio.media.origin import Origin

_GROUP = 12  # takes of a group that are measured before one of them is checked
_RESTING = 0.02  # seconds between two files nobody waits for, so that the screen is never held up


@dataclass(frozen=True)
class Found:
    """What is known of one media file.

    Attributes:
        facts: its size, shape, length.
        origin: what it says of how it came to be.
        checks: questions answered by looking at it, with the evidence.
    """

    facts: Facts
    origin: Origin | None = None
    checks: tuple[Check, ...] = ()


class Findings:
    """Looks into media files on a thread of its own.

    Args:
        root: the project's folder.
        cache: where measures are kept.
        post: takes news from any thread.
        group: returns the takes of a file's group.
        group_name: returns the name of that group.
        platforms: returns the platforms a file is meant for.
        book: returns the rules of the platforms that hold now.
        uses: returns the titles of the ideas a file is used in.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        post: Callable[[Message], object],
        *,
        group: Callable[[str], Sequence[str]],
        group_name: Callable[[str], str],
        platforms: Callable[[str], Sequence[str]],
        book: Callable[[], RuleBook] = RuleBook,
        uses: Callable[[str], Sequence[str]],
    ) -> None:
        self._root = root
        self._cache_folder = cache
        self._post = post
        self._group = group
        self._group_name = group_name
        self._platforms = platforms
        self._book = book
        self._uses = uses
        self._found: dict[str, Found] = {}
        self._measures: dict[str, Measures] = {}
        self._cache: MeasureCache | None = None
        self._wanted: list[str] = []
        self._rest: list[str] = []
        self._twins: list[tuple[str, tuple[Twin, ...]]] = []  # that are still to be told
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = False
        self._stopped = False
        self._sweeping = False

    # asking

    def get(self, path: str) -> Found | None:
        """Return what is known of a file, at once; None until it has been looked into."""
        return self._found.get(path)

    @property
    def idle(self) -> bool:
        """Whether nothing that was asked for is still to be looked into."""
        with self._changed:
            return not self._busy and not self._wanted

    @property
    def known(self) -> int:
        """How many files have been looked into."""
        return len(self._found)

    def want(self, paths: Sequence[str]) -> None:
        """Look into these next, the first one first; those asked for before can wait."""
        with self._changed:
            self._wanted = [path for path in paths if path not in self._found]
            if self._wanted:
                self._wake()

    def want_all(self, paths: Iterable[str]) -> None:
        """Look into all of these, when nothing else waits."""
        with self._changed:
            self._rest = [path for path in paths if path not in self._found]
            self._rest.reverse()
            if self._rest:
                self._sweeping = True
                self._wake()

    def forget(self, path: str) -> None:
        """The file has changed: what was found is found anew when asked for."""
        with self._changed:
            self._found.pop(path, None)
            self._measures.pop(path, None)

    def forget_checks(self) -> None:
        """Other rules hold: what was answered is asked again; measures stay."""
        with self._changed:
            self._found.clear()

    def stop(self) -> None:
        """Look into nothing more, and keep what was measured."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        thread = self._thread
        if thread is not None:
            thread.join(5)
        if self._cache is not None:
            self._cache.save()

    def _wake(self) -> None:
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._run, name="studio-findings", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    # looking

    def _next(self) -> Callable[[], None] | None:
        """Wait for the next thing to do; what nobody waits for comes after a rest."""
        with self._changed:
            self._busy = False
            rested = False
            while not self._stopped:
                if self._wanted:
                    self._busy = True
                    return partial(self._look_into, self._wanted.pop(0), asked=True)
                if self._rest and rested:
                    return partial(self._look_into, self._rest.pop(), asked=False)
                if self._sweeping and not self._rest:
                    self._sweeping = False
                    return self._find_twins
                if self._twins and rested:
                    return partial(self._tell_twins, *self._twins.pop())
                rested = True
                self._changed.wait(_RESTING if self._rest or self._twins else None)
            return None

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job()

    def _look_into(self, path: str, *, asked: bool) -> None:
        if path in self._found:
            return
        try:
            found = self._look(path, asked=asked)
        except Exception as error:  # noqa: BLE001 (hostile files; the thread lives on)
            found = self._broken(path, error)
        self._found[path] = found
        self._post(news.FactsChanged(path, asked=asked))

    def _broken(self, path: str, error: Exception) -> Found:
        from studio.media.facts import Facts

        what = f"could not be looked into ({type(error).__name__}). Open it elsewhere."
        return Found(Facts(path, kind_of(path) or "picture", 0, problem=what))

    def _look(self, path: str, *, asked: bool) -> Found:
        from studio.media.clips import poster
        from studio.media.facts import facts
        from studio.media.identity import identity
        from studio.media.origin import origin, origin_of_clip

        told = facts(self._root, path)
        full = self._root / path
        if told.problem is not None:
            return Found(told, None, self._checked(told, path, asked=asked))
        source = origin(full) if told.kind == "picture" else None
        codec = None
        if told.kind == "clip":
            with suppress(Problem):
                poster_of = poster(full, self._cache_folder / "posters")
                source, codec = origin_of_clip(poster_of.info.metadata), poster_of.info.codec
        checks = self._checked(told, path, asked=asked, codec=codec)
        with suppress(Problem):
            identity(full)  # known by the time a verdict records it
        return Found(told, source, checks)

    def _checked(
        self,
        told: Facts,
        path: str,
        *,
        asked: bool,
        codec: str | None = None,
        twins: tuple[Twin, ...] | None = None,
    ) -> tuple[Check, ...]:
        from studio.media.checks.all import checks

        mine = self._measured(path) if told.kind == "picture" and not told.problem else None
        mates: list[str] = []
        if mine is not None:
            mates = [one for one in self._group(path) if kind_of(one) == "picture"][:_GROUP]
            for one in mates:
                self._measured(one)
        if mine is not None and asked:  # of the rest, all twins are found at once in the end
            twins = self._near(path, mine, mates)
        return checks(
            told,
            mine,
            group=[self._measures[one] for one in mates if one in self._measures],
            twins=twins,
            platforms=self._platforms(path),
            book=self._book(),
            codec=codec,
        )

    def _near(self, path: str, mine: Measures, mates: Sequence[str]) -> tuple[Twin, ...]:
        """Find near-duplicates of one picture among those that were measured."""
        from studio.media.checks.twins import ACROSS, near

        # Few are near enough to be worth a table.
        others = {
            one: each
            for one, each in self._measures.items()
            if (each.phash ^ mine.phash).bit_count() <= ACROSS[0] and one != path
        }
        used = {one: titles for one in others if (titles := tuple(self._uses(one)))}
        groups = dict.fromkeys(mates, "mine")
        return near(mine, others, group="mine", groups=groups, used_in=used)

    def _find_twins(self) -> None:
        """Find near-duplicates among all that was measured, now that all was."""
        from studio.media.checks.twins import twins

        measures = dict(self._measures)
        groups = {path: self._group_name(path) for path in measures}
        used = {path: titles for path in measures if (titles := tuple(self._uses(path)))}
        found = twins(measures, groups, used_in=used)
        with self._changed:
            self._twins = list(found.items())
            self._twins.reverse()

    def _tell_twins(self, path: str, twins: tuple[Twin, ...]) -> None:
        """Answer the question about near-duplicates where nobody has asked it yet."""
        found = self._found.get(path)
        if found is not None and all(check.id != "twin" for check in found.checks):
            checks = self._checked(found.facts, path, asked=False, twins=twins)
            self._found[path] = replace(found, checks=checks)
            self._post(news.FactsChanged(path, asked=False))

    def _measured(self, path: str) -> Measures | None:
        """Return the measures of a picture, from the cache if it has not changed."""
        if path in self._measures:
            return self._measures[path]
        from studio.media.measure import MeasureCache, measure, stamp

        if self._cache is None:
            self._cache = MeasureCache(self._cache_folder)
        full = self._root / path
        state = stamp(full)
        if state is None:
            return None
        kept = self._cache.get(path, state)
        if kept is None:
            try:
                kept = measure(full)
            except (Problem, OSError):
                return None
            self._cache.put(path, state, kept)
        self._measures[path] = kept
        return kept
