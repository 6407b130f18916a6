"""One table of posts out of many exports that overlap, differ in age and tell different things."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from studio.stats.post import (
    FIGURES,
    ActiveHour,
    DayFigure,
    Figures,
    Followers,
    Note,
    Post,
    Share,
    Snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.stats.readers.reading import Reading

_T = TypeVar("_T")

_BATCH = timedelta(minutes=20)
"""Six videos were seen uploaded within 17 minutes and scheduled days ahead; one uploaded this
near to a scheduled one was most likely scheduled with it (reference: analytics-exports, 8)."""
_TRUST = {"published": 3, "day": 2, "id": 1, None: 0}
"""What tells when a post went live, by how much it settles: an id alone only tells the upload."""


@dataclass(frozen=True)
class Source:
    """One export that went into the table."""

    path: str
    kind: str
    platform: str
    posts: int
    exported: date | None


@dataclass(frozen=True)
class Posts:
    """Everything the exports of a project say.

    Args:
        posts: every post once, oldest first; undated ones at the beginning.
        followers: platform → followers by day, oldest first.
        notes: what the human should know, with file and line.
        files: the exports that were read.
        days: figures of the whole account, by platform, day and metric.
        active: followers online, of the newest export of each platform.
        shares: parts of the followers, of the newest export of each platform and table.
    """

    posts: tuple[Post, ...] = ()
    followers: Mapping[str, tuple[Followers, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    files: tuple[Source, ...] = ()
    days: tuple[DayFigure, ...] = ()
    active: tuple[ActiveHour, ...] = ()
    shares: tuple[Share, ...] = ()

    def of(self, platform: str) -> tuple[Post, ...]:
        """Return the posts of one platform, oldest first."""
        return tuple(post for post in self.posts if post.platform == platform)


def merge(readings: Iterable[Reading]) -> Posts:
    """Put readings together: each post once, for each figure what the newest export tells.

    A missing figure never replaces a known one, sums over some days never replace lifetime
    figures, and older exports stay in `Post.history`. Which of two rows is newer: the day where
    both files tell theirs; else the larger figures, because lifetime figures only grow; else the
    day the files arrived. Reading the same file twice changes nothing.
    """
    files = sorted(readings, key=lambda one: (one.exported or date.min, one.name))
    groups: list[list[tuple[Reading, Post]]] = []
    known: dict[tuple[str, str], list[tuple[Reading, Post]]] = {}
    for reading in files:
        for post in reading.posts:
            keys = [(post.platform, name) for name in (post.post_id, post.code) if name]
            group = next((known[key] for key in keys if key in known), None)
            if group is None:
                group = []
                groups.append(group)
            group.append((reading, post))
            for key in keys:
                known.setdefault(key, group)
    posts, doubts = _in_doubt([_one(group) for group in groups])
    posts.sort(key=lambda post: (post.posted_at.timestamp() if post.posted_at else 0, post.post_id))
    return Posts(
        posts=tuple(posts),
        followers=_followers(files),
        notes=(
            *(replace(note, file=reading.name) for reading in files for note in reading.notes),
            *doubts,
            *_strangers(posts),
        ),
        files=tuple(
            Source(one.name, one.kind, one.platform, len(one.posts), one.exported) for one in files
        ),
        days=_days(files),
        active=_active(files),
        shares=_shares(files),
    )


def _one(group: list[tuple[Reading, Post]]) -> Post:
    if len(group) == 1:
        return group[0][1]
    lifetime = [pair for pair in group if not pair[1].partial]
    ordered = [post for _, post in _by_age(lifetime or group)]
    newest = ordered[-1]
    figures = list(newest.figures)
    for post in reversed(ordered[:-1]):
        figures = [
            old if new is None else new for new, old in zip(figures, post.figures, strict=True)
        ]
    timed = max(reversed(ordered), key=lambda post: _TRUST[post.time_from])
    whole = max(reversed(ordered), key=lambda post: post.post_id.isdecimal())
    views, reach, likes, comments, shares, saves, follows = figures
    return replace(
        newest,
        post_id=whole.post_id,
        posted_at=timed.posted_at,
        hour_known=timed.hour_known,
        time_from=timed.time_from,
        uploaded_at=_first(post.uploaded_at for post in reversed(ordered)),
        format=_first(post.format for post in reversed(ordered)),
        caption=_first(post.caption for post in reversed(ordered) if post.caption) or "",
        permalink=_first(post.permalink for post in reversed(ordered)),
        seconds=_first(post.seconds for post in reversed(ordered)),
        account=_first(post.account for post in reversed(ordered)),
        views=views,
        reach=reach,
        likes=likes,
        comments=comments,
        shares=shares,
        saves=saves,
        follows=follows,
        history=_history(ordered),
        idea=_first(post.idea for post in reversed(ordered) if post.idea) or "",
    )


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _by_age(group: Sequence[tuple[Reading, Post]]) -> list[tuple[Reading, Post]]:
    both = [
        index
        for index in range(len(FIGURES))
        if all(post.figures[index] is not None for _, post in group)
    ]
    told = all(reading.exported_told for reading, _ in group)

    def age(pair: tuple[Reading, Post]) -> tuple[date, int, date]:
        reading, post = pair
        day = reading.exported or date.min
        size = sum(post.figures[index] or 0 for index in both)
        return (day, size, day) if told else (date.min, size, day)

    return sorted(group, key=age)


def _history(ordered: list[Post]) -> tuple[Snapshot, ...]:
    """Return the older snapshots, without those that say the same as the next."""
    kept: list[Snapshot] = []
    newer: Figures = ordered[-1].figures
    for post in reversed(ordered[:-1]):
        if post.figures != newer:
            kept.append(post.snapshot())
        newer = post.figures
    return tuple(reversed(kept))


def _in_doubt(posts: list[Post]) -> tuple[list[Post], list[Note]]:
    """Take the hour from a TikTok uploaded in one go with others that were scheduled."""
    scheduled = sorted(
        post.uploaded_at for post in posts if post.time_from == "day" and post.uploaded_at
    )

    def doubtful(post: Post) -> bool:
        if post.time_from != "id" or post.platform != "tiktok" or post.uploaded_at is None:
            return False
        index = bisect_left(scheduled, post.uploaded_at - _BATCH)
        return index < len(scheduled) and scheduled[index] <= post.uploaded_at + _BATCH

    checked = [replace(post, hour_known=False) if doubtful(post) else post for post in posts]
    count = sum(a is not b for a, b in zip(posts, checked, strict=True))
    if not count:
        return checked, []
    which = "1 TikTok was" if count == 1 else f"{count} TikToks were"
    text = f"{which} uploaded in one go with scheduled ones, so the hour is not trusted"
    return checked, [Note(None, text)]


def _strangers(posts: list[Post]) -> list[Note]:
    """Say when the exports of one platform are of more than one account."""
    accounts: dict[str, dict[str, int]] = {}
    for post in posts:
        if post.account:
            counts = accounts.setdefault(post.platform, {})
            counts[post.account] = counts.get(post.account, 0) + 1
    notes = []
    for platform, counts in accounts.items():
        if len(counts) > 1:
            named = ", ".join(f"{name[:40]} ({count})" for name, count in list(counts.items())[:4])
            notes.append(
                Note(None, f"posts of {len(counts)} {platform} accounts in one project: {named}")
            )
    return notes


def _followers(files: list[Reading]) -> dict[str, tuple[Followers, ...]]:
    counts: dict[tuple[str, date], Followers] = {}
    for reading in files:
        for told in reading.followers:
            counts[told.platform, told.day] = told
    platforms = dict.fromkeys(platform for platform, _ in counts)
    return {
        platform: tuple(counts[key] for key in sorted(counts) if key[0] == platform)
        for platform in platforms
    }


def _days(files: list[Reading]) -> tuple[DayFigure, ...]:
    found: dict[tuple[str, date, str], DayFigure] = {}
    for reading in files:
        for told in reading.days:
            found[told.platform, told.day, told.metric] = told
    return tuple(found[key] for key in sorted(found))


def _active(files: list[Reading]) -> tuple[ActiveHour, ...]:
    newest: dict[str, tuple[ActiveHour, ...]] = {}
    for reading in files:
        for platform in {told.platform for told in reading.active}:
            newest[platform] = tuple(one for one in reading.active if one.platform == platform)
    return tuple(one for platform in sorted(newest) for one in newest[platform])


def _shares(files: list[Reading]) -> tuple[Share, ...]:
    newest: dict[tuple[str, str], tuple[Share, ...]] = {}
    for reading in files:
        for key in {(told.platform, told.table) for told in reading.shares}:
            newest[key] = tuple(
                replace(one, source=reading.name, exported=reading.exported)
                for one in reading.shares
                if (one.platform, one.table) == key
            )
    return tuple(one for key in sorted(newest) for one in newest[key])
