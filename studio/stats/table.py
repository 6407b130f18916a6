"""One table of posts out of many exports that overlap, differ in age and tell different things."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from studio.stats.joins import Group, Member, grouped
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
NEAR_UPLOAD = timedelta(minutes=25)
"""A time this near to that of the id is the upload's (reference: analytics-exports, 8)."""
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

    Posts are joined by id, those of exports without ids by time (`joins`). A missing figure never
    replaces a known one, sums over some days never replace lifetime figures, and older exports
    stay in `Post.history`. Which of two rows is newer: the day where both files tell theirs; else
    the larger figures, because lifetime figures only grow; else the day the files arrived.
    Reading the same file twice changes nothing, nor does the order of the files.
    """
    files = in_order(readings)
    groups, unsure = grouped(files)
    posts, doubts = _in_doubt([one_post(group, files) for group in groups])
    posts.sort(key=_place)
    return Posts(
        posts=tuple(posts),
        followers=_followers(files),
        notes=(
            *(replace(note, file=reading.name) for reading in files for note in reading.notes),
            *unsure,
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


@dataclass(frozen=True)
class Change:
    """What one reading does to a table: its posts, each once, by what they do.

    `bare` are those of them of which it tells no figure.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    bare: int = 0

    @property
    def posts(self) -> int:
        """All of them."""
        return self.new + self.updated + self.unchanged


def changes(known: Sequence[Reading], fresh: Sequence[Reading]) -> tuple[list[Change], list[Note]]:
    """Return what each fresh reading does to those before it, and what could not be decided."""
    if len(fresh) == 1 and not known:  # nothing to compare with
        posts = fresh[0].posts
        ids = {(post.platform, post.post_id) for post in posts}
        if len(ids) == len(posts) and all(post.post_id for post in posts):
            return [Change(new=len(ids), bare=sum(map(_bare, posts)))], []
    turns = [(-1, reading) for reading in known] + list(enumerate(fresh))
    turns.sort(key=lambda one: _rank(one[1]))
    files = [reading for _, reading in turns]
    groups, unsure = grouped(files)
    counts = [[0, 0, 0, 0] for _ in fresh]
    for group in groups:
        if len(group) == 1:
            turn = turns[group[0][0]][0]
            if turn >= 0:
                counts[turn][0] += 1
                counts[turn][3] += _bare(group[0][1])
            continue
        for turn in sorted({turns[number][0] for number, _ in group} - {-1}):
            own = [post for number, post in group if turns[number][0] == turn]
            counts[turn][3] += all(map(_bare, own))
            earlier = [member for member in group if turns[member[0]][0] < turn]
            if not earlier:
                counts[turn][0] += 1
                continue
            now = one_post([m for m in group if turns[m[0]][0] <= turn], files)
            was = one_post(earlier, files)
            same = _says(was) == _says(now)
            counts[turn][2 if same else 1] += 1
    return [Change(*found) for found in counts], unsure


def _bare(post: Post) -> bool:
    return post.views is None and all(value is None for value in post.figures)


def _says(post: Post) -> tuple[object, ...]:
    return post.figures, post.posted_at, post.hour_known, post.private, post.paid


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings as `merge` takes them: the oldest export first."""
    return sorted(readings, key=_rank)


def _rank(reading: Reading) -> tuple[date, str]:
    return reading.exported or date.min, reading.name


def snapshots(post: Post) -> tuple[Snapshot, ...]:
    """Return a post's figures as they grew, oldest first, its own last."""
    return (*post.history, post.snapshot())


def growth(post: Post, name: str) -> tuple[tuple[date, int], ...]:
    """Return one of `FIGURES` by the day of the export that told it, oldest first, one a day."""
    known: dict[date, int] = {}
    for one in snapshots(post):
        value: int | None = getattr(one, name)
        if one.exported is not None and value is not None:
            known[one.exported] = value
    return tuple(sorted(known.items()))


def _place(post: Post) -> tuple[float, str, str, str, int]:
    at = post.posted_at.timestamp() if post.posted_at else 0.0
    return at, post.post_id, post.platform, post.source, post.line


def one_post(group: Group, files: Sequence[Reading]) -> Post:
    """Make one post of the rows that are it."""
    if len(group) == 1:
        return group[0][1]
    group = sorted(group, key=lambda one: (*_rank(files[one[0]]), one[1].source, one[1].line))
    lifetime = [member for member in group if not member[1].partial]
    ordered = [post for _, post in _by_age(lifetime or group, files)]
    newest = ordered[-1]
    figures = list(newest.figures)
    for post in reversed(ordered[:-1]):
        figures = [
            old if new is None else new for new, old in zip(figures, post.figures, strict=True)
        ]
    # What is told of the post itself: first by rows that know its id, of those the newest.
    best = [post for post in reversed(ordered) if post.post_id or post.code]
    best += [post for post in reversed(ordered) if not (post.post_id or post.code)]
    timed = _timed(best)
    whole = max(best, key=lambda post: (post.post_id.isdecimal(), bool(post.post_id)))
    views, reach, likes, comments, shares, saves, follows = figures
    return replace(
        newest,
        post_id=whole.post_id,
        posted_at=timed.posted_at,
        hour_known=timed.hour_known,
        time_from=timed.time_from,
        uploaded_at=_first(post.uploaded_at for post in best),
        format=_first(post.format for post in best),
        caption=_caption(best),
        permalink=_first(post.permalink for post in best),
        seconds=_first(post.seconds for post in best),
        account=_first(post.account for post in best),
        views=views,
        reach=reach,
        likes=likes,
        comments=comments,
        shares=shares,
        saves=saves,
        follows=follows,
        private=any(post.private for _, post in group),
        paid=any(post.paid for _, post in group),
        history=_history(ordered),
        idea=_first(post.idea for post in reversed(ordered) if post.idea) or "",
    )


def _timed(best: Sequence[Post]) -> Post:
    """Return the row that says best when the post went live.

    A time without an id says more than an id's own, unless it only repeats the upload of a post
    that went live on another day.
    """
    with_id = [post for post in best if post.post_id or post.code]
    timed = max(with_id or best, key=lambda post: _TRUST[post.time_from])
    uploaded = _first(post.uploaded_at for post in best)
    for post in best:
        if (post.post_id or post.code) or post.posted_at is None or not post.hour_known:
            continue
        if timed.time_from == "published" and timed.posted_at is not None:
            continue
        repeats = uploaded is not None and abs(post.posted_at - uploaded) <= NEAR_UPLOAD
        if timed.posted_at is None or not (repeats and post.platform == "tiktok"):
            timed = post
    return timed


def _caption(best: Sequence[Post]) -> str:
    """Return the newest caption; where another goes on, or keeps its line breaks, that one."""
    told = [post.caption for post in best if post.caption]
    if not told:
        return ""
    start = "".join(told[0].split())
    return max(
        told,
        key=lambda one: (
            "".join(one.split()).startswith(start),
            len(one),
        ),
    )


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _by_age(group: Sequence[Member], files: Sequence[Reading]) -> list[Member]:
    both = [
        index
        for index in range(len(FIGURES))
        if all(post.figures[index] is not None for _, post in group)
    ]
    told = all(files[number].exported_told for number, _ in group)

    def age(member: Member) -> tuple[bool, date, int, date]:
        number, post = member
        day = files[number].exported or date.min
        size = sum(post.figures[index] or 0 for index in both)
        any_figure = any(value is not None for value in post.figures)
        return any_figure, (day if told else date.min), size, day

    return sorted(group, key=age)


def _history(ordered: list[Post]) -> tuple[Snapshot, ...]:
    """Return the older snapshots, without those that say the same as the next."""
    kept: list[Snapshot] = []
    newer: Figures = ordered[-1].figures
    for post in reversed(ordered[:-1]):
        if post.figures == newer or not any(value is not None for value in post.figures):
            continue
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
