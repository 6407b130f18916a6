"""The media of the open project: which there are, what was decided on each, what they are for."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from studio.app import news
from studio.app.findings import Findings, Found
from studio.media.library import kind_of
from studio.media.verdict import Verdict
from studio.platforms.own import RuleBook
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.message import Message

    from studio.app.ahead import Ahead
    from studio.ideas.idea import Idea
    from studio.media.choosing import Entry, Sieve
    from studio.media.facts import Facts
    from studio.media.origin import Origin
    from studio.project.project import Project
    from studio.project.undo import Edit


class Reviews:
    """Media by their paths in the project.

    Args:
        project: the open project.
        ahead: its text files, as they will be.
        post: takes news from any thread.
        book: returns the rules of the platforms that hold now.
    """

    def __init__(
        self,
        project: Project,
        ahead: Ahead,
        post: Callable[[Message], object],
        *,
        book: Callable[[], RuleBook] = RuleBook,
    ) -> None:
        self._root = project.root
        self._cache = project.cache
        self._ahead = ahead
        self._post = post
        self._accounts = tuple(account.platform for account in project.config.accounts)
        self.paths: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()  # without the music
        self._verdicts: dict[str, Verdict] = {}
        self._told: set[str] = set()
        self._ideas: dict[str, Idea] = {}
        self._uses: dict[str, tuple[str, ...]] = {}
        self._groups: dict[str, str] = {}
        self._briefs: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}  # of groups; for the findings' thread alone
        self._member_of: dict[str, str] = {}
        self._members_among: tuple[str, ...] | None = None
        self._regrouped: list[str] = []
        self._sieve: Sieve | None = None
        self._sieves = 0  # how often what it is made of has become something else
        self._stale: set[str] = set()
        self.read = False
        self.findings = Findings(
            project.root,
            project.cache,
            post,
            group=self.mates,
            group_name=self.group,
            platforms=self._platforms,
            book=book,
            uses=lambda path: [self.idea_title(one) for one in self.uses(path)],
        )

    def of(self, idea: Idea | None) -> tuple[str, ...]:
        """Return the pictures and clips of an idea in its order; all of the project for None."""
        if idea is None:
            return self._shown
        return tuple(path for path in idea.media if kind_of(path) != "music")

    def _set_paths(self, paths: tuple[str, ...]) -> None:
        self.paths = paths
        self._shown = tuple(path for path in paths if kind_of(path) != "music")
        self._drop_sieve()

    def _put_path(self, path: str, *, there: bool) -> None:
        """One file has come or gone; the rest of ten thousand need not be looked at."""
        self.paths = _with(self.paths, path, there=there)
        if kind_of(path) != "music":
            self._shown = _with(self._shown, path, there=there)
        self._drop_sieve()

    def _drop_sieve(self) -> None:
        self._sieves += 1
        self._sieve = None

    # what they are for

    def set_ideas(self, ideas: Iterable[Idea]) -> None:
        """The board changed: which idea uses which file."""
        self._ideas = {idea.path: idea for idea in ideas}
        uses: dict[str, list[str]] = {}
        for idea in self._ideas.values():
            for path in idea.media:
                uses.setdefault(path, []).append(idea.path)
        found = {path: tuple(names) for path, names in uses.items()}
        if found != self._uses:
            self._uses = found
            self._drop_sieve()

    def uses(self, path: str) -> tuple[str, ...]:
        """Return the paths of the ideas that use a file."""
        return self._uses.get(path, ())

    def idea_title(self, path: str) -> str:
        """Return the title of an idea."""
        idea = self._ideas.get(path)
        return idea.title if idea else path

    def ideas_of(self, path: str) -> list[Idea]:
        """Return the ideas that use a file."""
        return [self._ideas[one] for one in self.uses(path) if one in self._ideas]

    def rules_changed(self) -> None:
        """Other rules hold: everything is checked anew when it is asked for."""
        self.findings.forget_checks()
        if len(self._shown) <= _FEW:
            self.look_into_all()

    def _platforms(self, path: str) -> tuple[str, ...]:
        """Return where a file is meant to be posted: its ideas' platforms, else the accounts'."""
        named = dict.fromkeys(name for idea in self.ideas_of(path) for name in idea.platforms)
        return tuple(named) or self._accounts or ("instagram", "tiktok")

    # groups

    def group(self, path: str) -> str:
        """Return the name of the group of takes that a file belongs to."""
        known = self._groups.get(path)
        if known is None:
            from studio.media.groups import group_of

            found = self.findings.get(path)
            prompt = found.origin.prompt if found is not None and found.origin else None
            brief = self._briefs.get(path)
            idea = next(iter(self.uses(path)), None) if brief else None
            known = self._groups[path] = group_of(path, prompt, brief, idea)
        return known

    def mates(self, path: str) -> tuple[str, ...]:
        """Return all files of a file's group, itself among them. For one thread."""
        members, among = self._members, self._shown
        if self._members_among is not among:
            self._regrouped.clear()
            members.clear()
            self._member_of = {one: self.group(one) for one in among}
            for one, name in self._member_of.items():
                members.setdefault(name, []).append(one)
            self._members_among = among
        while self._regrouped:
            one = self._regrouped.pop()
            old, new = self._member_of.get(one), self.group(one)
            if old is not None and old != new:
                members[old].remove(one)
                insort(members.setdefault(new, []), one)
                self._member_of[one] = new
        return tuple(members.get(self.group(path), (path,)))

    # choosing

    @property
    def sieve(self) -> Sieve:
        """What filters them; brought up to date when asked for."""
        sieve = self._sieve
        if sieve is None:
            sieve = self._make_sieve()
        while self._stale:
            path = self._stale.pop()
            if path in self._verdicts or path in self.paths:
                sieve.update(self.entry(path))
        return sieve

    def _make_sieve(self) -> Sieve:
        """Make what filters them; a tenth of a second for ten thousand."""
        number = self._sieves
        self._stale.clear()
        sieve = self.sieve_of(self._shown)
        if number == self._sieves:
            self._sieve = sieve
        return sieve

    def sieve_of(self, paths: Iterable[str]) -> Sieve:
        """Return what filters these files alone, as they are now."""
        from studio.media.choosing import Sieve

        names = {path: idea.title for path, idea in self._ideas.items()}
        return Sieve([self.entry(path) for path in dict.fromkeys(paths)], names)

    def entry(self, path: str) -> Entry:
        """Return what filters and clearing ask of a file."""
        from studio.media.choosing import Entry

        verdict = self.verdict(path)
        found = self.findings.get(path)
        origin = found.origin if found is not None else None
        uses = self.uses(path)
        pillars = dict.fromkeys(
            pillar
            for one in uses
            if (idea := self._ideas.get(one)) is not None and (pillar := idea.pillar)
        )
        return Entry(
            path=path,
            kind=kind_of(path) or "picture",
            verdict=verdict,
            ideas=uses,
            pillars=tuple(pillars),
            maker=maker(origin),
            group=self.group(path),
            failing=failing(found, verdict),
            prompt=origin.prompt if origin is not None else None,
            brief=self._briefs.get(path),
        )

    # verdicts

    def verdict(self, path: str) -> Verdict:
        """Return what was decided on a media file."""
        return self._verdicts.get(path, _NONE)

    def tally(self, paths: Sequence[str]) -> tuple[int, int, int]:
        """Return how many of these are unjudged, kept, rejected; ten thousand in half a ms."""
        verdict = self._verdicts.get
        keeps = [verdict(path, _NONE).keep for path in paths]
        return keeps.count(None), keeps.count(True), keeps.count(False)

    def edits(self, changes: Mapping[str, Callable[[Verdict], Verdict]]) -> Sequence[Edit]:
        """Return the edits that change the verdicts on media files."""
        from studio.media.review import load_verdict, verdict_edits

        verdicts = {
            path: change(load_verdict(self._ahead, path)) for path, change in changes.items()
        }
        return verdict_edits(self._ahead, verdicts, may_read=False)

    def read_all(self) -> None:
        """Read which media there are, and every verdict; on a thread of its own."""
        from studio.media.index import Index
        from studio.media.library import media_files

        if not self._verdicts:  # the first time: which there are, before what was decided
            self._set_paths(tuple(media_files(self._ahead)))
            self._post(news.VerdictsChanged())
        index = Index(self._ahead, self._cache)
        found = index.load()
        self._verdicts = {path: one.verdict for path, one in found.items()}
        self._briefs = {path: one.brief for path, one in found.items() if one.brief}
        self._groups.clear()
        self._set_paths(tuple(found))
        self.read = True
        for one in found.values():
            if one.problem is not None:
                self._tell_once(one.problem)
        self._post(news.VerdictsChanged())
        index.save()
        self._make_sieve()  # before somebody waits for it
        if len(self._shown) <= _FEW:
            self.look_into_all()

    def look_into_all(self) -> None:
        """Have everything looked into, while nothing else is."""
        self.findings.want_all(self._shown)

    def read_again(self, path: str) -> bool:
        """Read one media file or sidecar again; tell whether anything is different."""
        from studio.media.review import load_verdict

        media = path.removesuffix(".xmp")
        if media == path:
            self.findings.forget(path)
            there = (self._root / path).is_file() and kind_of(path) is not None
            if there != (path in self.paths):
                self._put_path(path, there=there)
        before = self.verdict(media)
        try:
            verdict = load_verdict(self._ahead, media)
        except Problem as problem:
            verdict = Verdict()
            self._tell_once(str(problem))
        self._verdicts[media] = verdict
        self._stale.add(media)
        return media == path or verdict != before

    def _tell_once(self, problem: str) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self._post(news.Told(problem, warn=True))

    # what is found in them

    def found(self, path: str) -> Found | None:
        """Return what is known of a media file; None until it was looked into."""
        return self.findings.get(path)

    def facts(self, path: str) -> Facts | None:
        """Return a media file's size, shape and length; None until it was looked into."""
        found = self.findings.get(path)
        return found.facts if found is not None else None

    def heard(self, path: str) -> None:
        """A file was looked into: it may have another group, and match another filter."""
        before = self._groups.pop(path, None)
        if before != self.group(path):
            self._regrouped.append(path)
        self._stale.add(path)


def maker(origin: Origin | None) -> str | None:
    """Return what a file was made with; a program that only packed it up did not make it."""
    tool = origin.tool if origin is not None else None
    return None if tool is None or tool.startswith(_PACKERS) else tool


def _with(paths: tuple[str, ...], path: str, *, there: bool) -> tuple[str, ...]:
    """Return sorted paths with one more, or without it."""
    place = bisect_left(paths, path)
    if there:
        return (*paths[:place], path, *paths[place:])
    return paths[:place] + paths[place + 1 :]


_NONE = Verdict()
_PACKERS = ("Lavf", "Lavc", "HandBrake")
_FEW = 500  # files that are looked into without being asked for


def failing(found: Found | None, verdict: Verdict) -> bool | None:
    """Tell whether a check or a tick says there is something wrong; the human's tick wins.

    Returns:
        None where nothing was looked into yet.
    """
    ticks = dict(verdict.ticks)
    if "fail" in ticks.values():
        return True
    if found is None:
        return None
    return any(check.answer == "fail" and check.id not in ticks for check in found.checks)
