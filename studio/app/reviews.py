"""The media of the open project: which there are, what is known of each, what was decided on it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from studio.app import news
from studio.media.library import kind_of, media_files
from studio.media.verdict import Verdict
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.message import Message

    from studio.app.ahead import Ahead
    from studio.app.background import Background
    from studio.ideas.idea import Idea
    from studio.media.facts import Facts
    from studio.project.undo import Edit


class Reviews:
    """Media by their paths in the project.

    Args:
        root: the project's folder.
        ahead: its text files, as they will be.
        reader: reads in the background.
        post: takes news from any thread.
    """

    def __init__(
        self, root: Path, ahead: Ahead, reader: Background, post: Callable[[Message], object]
    ) -> None:
        self._root = root
        self._ahead = ahead
        self._reader = reader
        self._post = post
        self.paths: tuple[str, ...] = ()
        self._verdicts: dict[str, Verdict] = {}
        self._facts: dict[str, Facts] = {}
        self._asked: set[str] = set()
        self._told: set[str] = set()

    def of(self, idea: Idea | None) -> tuple[str, ...]:
        """Return the pictures and clips of an idea in its order; all of the project for None."""
        paths = self.paths if idea is None else idea.media
        return tuple(path for path in paths if kind_of(path) != "music")

    # verdicts

    def verdict(self, path: str) -> Verdict:
        """Return what was decided on a media file."""
        return self._verdicts.get(path, Verdict())

    def edits(self, path: str, change: Callable[[Verdict], Verdict]) -> Sequence[Edit]:
        """Return the edits that change the verdict on one media file."""
        from studio.media.review import load_verdict, verdict_edits

        verdict = change(load_verdict(self._ahead, path))
        return verdict_edits(self._ahead, {path: verdict}, may_read=False)

    def read_all(self) -> None:
        """Read which media there are, and every verdict; on a thread of its own."""
        from studio.media.review import load_verdicts

        paths = tuple(media_files(self._ahead))
        found = load_verdicts(self._ahead, paths)
        self.paths = paths
        self._verdicts = {path: one.verdict for path, one in found.items()}
        for one in found.values():
            if one.problem is not None:
                self._tell_once(one.problem)
        self._post(news.VerdictsChanged())

    def read_again(self, path: str) -> bool:
        """Read one media file or sidecar again; tell whether anything is different."""
        from studio.media.review import load_verdict

        media = path.removesuffix(".xmp")
        if media == path:
            self._asked.discard(path)
            there = (self._root / path).is_file() and kind_of(path) is not None
            if there != (path in self.paths):
                rest = [one for one in self.paths if one != path]
                self.paths = tuple(sorted([*rest, path] if there else rest))
        before = self.verdict(media)
        try:
            verdict = load_verdict(self._ahead, media)
        except Problem as problem:
            verdict = Verdict()
            self._tell_once(str(problem))
        self._verdicts[media] = verdict
        return media == path or verdict != before

    def _tell_once(self, problem: str) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self._post(news.Told(problem, warn=True))

    # facts

    def facts(self, path: str) -> Facts | None:
        """Return what is known of a media file; asks for it and returns None the first time."""
        if path not in self._asked:
            self._asked.add(path)
            self._reader.do(lambda: self._read_facts(path))
        return self._facts.get(path)

    def _read_facts(self, path: str) -> None:
        from studio.media.facts import facts
        from studio.media.identity import identity

        self._facts[path] = facts(self._root, path)
        self._post(news.FactsChanged(path))
        with suppress(Problem):
            identity(self._root / path)  # known by the time a verdict records it
