"""Which posts want to be looked at again, so that their numbers are known at the same ages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from studio.stats.post import link_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.post import Post, Snapshot

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Look:
    """An age at which a post's numbers are worth knowing.

    Attributes:
        name: how it is called, "24 h".
        age: since the post went live.
        early: how much sooner a look counts just as well.
    """

    name: str
    age: timedelta
    early: timedelta


LOOKS = (
    Look("24 h", 24 * _HOUR, 6 * _HOUR),
    Look("72 h", 72 * _HOUR, 12 * _HOUR),
    Look("7 days", 168 * _HOUR, 24 * _HOUR),
)
"""The ages, of the issue this was made for: about the first day, the first three (from when on a
post's figures are compared with others, see posting-times, 4), and the first week."""

OVER = timedelta(days=14)
"""After this age nobody is reminded any more."""

_SAME = timedelta(minutes=20)
"""A post of an export that went live this near to an idea's time, and no other, is that idea's.
Meta's times match those inside the ids within 25 minutes for 204 of 205 posts (analytics-exports,
8); less, so that two posts in a row are not taken for each other."""


@dataclass(frozen=True)
class PostedIdea:
    """One idea as it was posted on one platform.

    Attributes:
        path: the idea's file.
        title: raw.
        platform: "instagram", "tiktok", …
        posted_at: when, aware; None when not known.
        links: addresses of the post on that platform.
    """

    path: str
    title: str
    platform: str
    posted_at: datetime | None
    links: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The file's name without folder and suffix."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True)
class Reminder:
    """A post whose numbers are wanted now.

    Attributes:
        path: the idea's file.
        title: raw.
        platform: where it was posted.
        posted_at: when, aware.
        look: which look is due, "24 h", "72 h" or "7 days".
        due_at: since when, aware.
    """

    path: str
    title: str
    platform: str
    posted_at: datetime
    look: str
    due_at: datetime


def due(
    ideas: Sequence[PostedIdea], posts: Sequence[Post], *, now: datetime
) -> tuple[Reminder, ...]:
    """Return the posts that want their numbers, the one that waits longest first.

    Due is the latest look whose age is reached, if no figures are known from about that age or
    later; one that was missed is not asked for any more once the next is due. Exports and typed
    rows tell only their day: it counts to its end, so that whoever has just looked is not asked
    again. An idea's post is found by its link, else by the idea a typed row names, else by a time
    that only one post of the platform has.

    Args:
        ideas: what was posted; those without a time are passed over.
        posts: what is known.
        now: the present moment, aware.
    """
    known = Known(posts)
    found = [
        reminder
        for idea in ideas
        if idea.posted_at is not None
        and (reminder := _due(idea, idea.posted_at, known, now)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.due_at, one.path, one.platform)))


def _due(idea: PostedIdea, posted_at: datetime, known: Known, now: datetime) -> Reminder | None:
    age = now - posted_at
    if age >= OVER:
        return None
    look = next((look for look in reversed(LOOKS) if age >= look.age), None)
    if look is None:
        return None
    wanted = posted_at + look.age - look.early
    for post in known.of(idea):
        seen = [*post.history, post.snapshot()]
        if any(_looked(one) and _end(one.exported) > wanted for one in seen):
            return None
    return Reminder(
        idea.path, idea.title, idea.platform, posted_at, look.name, posted_at + look.age
    )


def _looked(snapshot: Snapshot) -> bool:
    figures = ("views", "reach", "likes", "comments", "shares", "saves", "follows")
    return any(getattr(snapshot, name) is not None for name in figures)


def _end(day: date | None) -> datetime:
    if day is None:
        return datetime.min.replace(tzinfo=UTC)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return start + timedelta(days=1)


class Known:
    """The posts by what they are found by: link, idea, time.

    Args:
        posts: of any platform.
    """

    def __init__(self, posts: Sequence[Post]) -> None:
        self._by_code: dict[tuple[str, str], list[Post]] = {}
        self._by_idea: dict[tuple[str, str], list[Post]] = {}
        timed: dict[str, list[tuple[datetime, Post]]] = {}
        for post in posts:
            for code in {post.code, post.post_id} - {None, ""}:
                self._by_code.setdefault((post.platform, str(code)), []).append(post)
            if post.idea:
                self._by_idea.setdefault((post.platform, post.idea), []).append(post)
            if post.posted_at is not None and post.hour_known:
                timed.setdefault(post.platform, []).append((post.posted_at, post))
        self._timed = {name: sorted(one, key=lambda pair: pair[0]) for name, one in timed.items()}

    def of(self, idea: PostedIdea) -> list[Post]:
        """Return the posts that are this idea's."""
        codes = [link_code(link) for link in idea.links]
        found = [
            post for code in codes if code for post in self._by_code.get((idea.platform, code), ())
        ]
        found += [
            post
            for post in self._by_idea.get((idea.platform, idea.slug), ())
            if not codes or post.code in {None, *codes}
        ]
        if found or any(codes) or idea.posted_at is None:
            return found
        timed = self._timed.get(idea.platform, [])
        first = bisect_left(timed, idea.posted_at - _SAME, key=lambda pair: pair[0])
        last = bisect_right(timed, idea.posted_at + _SAME, key=lambda pair: pair[0])
        near = [post for _, post in timed[first:last]]
        return near if len(near) == 1 else []
