"""All captions ever written, as the open project remembers them; read in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import news

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from textual.message import Message

    from studio.app.background import Background
    from studio.captions.gathered import Gathered
    from studio.captions.lint import Normal
    from studio.captions.past import Past
    from studio.captions.written import Posted, Written
    from studio.ideas.idea import Idea
    from studio.project.project import Project
    from studio.stats.table import Posts

LEARNT_FROM = 200  # captions of the human's own, the newest ones


class AllCaptions:
    """What the files say, what they said before, and what was posted.

    Args:
        project: the open project.
        reader: does what reads.
        post: takes `News` from any thread.
        platforms: returns the platforms' keys in the project.
        ideas: returns the ideas as they are now.
        posts: returns the table of posts, None while it is not read.

    Attributes:
        normal: what is normal for the human who wrote them; None until they were read.
    """

    def __init__(
        self,
        project: Project,
        reader: Background,
        post: Callable[[Message], object],
        *,
        platforms: Callable[[], Collection[str]],
        ideas: Callable[[], Iterable[Idea]],
        posts: Callable[[], Posts | None],
    ) -> None:
        self._project = project
        self._reader = reader
        self._post = post
        self._platforms = platforms
        self._ideas = ideas
        self._posts = posts
        self._gathered: Gathered | None = None
        self._past: Past | None = None
        self._asked = False
        self.normal: Normal | None = None

    def get(self) -> Past | None:
        """Return the index; None until it was read."""
        return self._past

    def want(self) -> None:
        """Read everything, in the background; `PastChanged` tells when it is there."""
        if not self._asked:
            self._asked = True
            self._reader.do(self._read)

    def look_again(self, paths: Iterable[str]) -> None:
        """Read these caption files again, in the background; what is not read yet can wait."""
        from studio.captions.gathered import is_caption

        wanted = [path for path in paths if is_caption(path)]
        if wanted and self._past is not None:
            self._reader.do(lambda: self._read_again(wanted))

    def _read(self) -> None:
        from studio.captions.gathered import Gathered
        from studio.captions.past import Past

        self._asked = False
        if self._gathered is None:
            project = self._project
            self._gathered = Gathered(project.store, project.history, self._platforms)
        found = self._gathered.all(self._posted(), titles=self._titles())
        self._past = Past(found.writings)
        self._learn(found.writings)
        self._post(news.PastChanged())

    def _read_again(self, paths: list[str]) -> None:
        past, gathered = self._past, self._gathered
        if past is None or gathered is None:
            return
        titles = self._titles()
        for path in paths:
            written = gathered.here(path, titles)
            if written is None:
                past.remove(path)
            else:
                past.put(written)
        self._post(news.PastChanged())

    def _titles(self) -> dict[str, str]:
        return {idea.slug: idea.title for idea in self._ideas()}

    def _posted(self) -> Iterator[Posted]:
        from studio.captions.written import Posted

        posts = self._posts()
        for post in posts.posts if posts is not None else ():
            if post.caption:
                yield Posted(post.platform, post.caption, post.posted_at)

    def _learn(self, writings: Iterable[Written]) -> None:
        """Learn from what was posted; from files too where that is too little."""
        from studio.captions.lint import normal
        from studio.captions.tells import tells
        from studio.captions.written import seconds

        newest = sorted(writings, key=lambda one: seconds(one.when), reverse=True)
        posted = [one.text for one in newest if one.kind == "posted"]
        if len(posted) < tells().scale.normal_least:
            posted += [one.text for one in newest if one.kind == "here"]
        self.normal = normal(list(dict.fromkeys(posted))[:LEARNT_FROM])
