"""What there is of each platform: posts, followers, what is usual. The answers rest on it.

Figures spread over orders of magnitude and a few go viral, so the usual figure is the geometric
mean.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from studio.stats.counted import kind_left_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.stats.post import Post
    from studio.stats.table import Posts

YOUNG = timedelta(hours=72)
"""Younger posts are still growing and left out (reference: posting-times, section 4)."""
BEST = 5
FEW = 7
"""Posts with views from which views are what is compared: as few as the answers begin with."""
_FEW_AT_A_TIME = (
    "TikTok Studio exports 5 to 15 posts at a time, often the best ones: posts that were never"
    " exported are not counted, and what is usual may be less than it looks"
)


@dataclass(frozen=True)
class Summary:
    """What one platform's posts say.

    Args:
        platform: "instagram", "tiktok", …
        posts: all posts known.
        counted: those the figures below rest on.
        too_young: left out because they are younger than 72 hours.
        metric: "reach", "views" or "likes", see `metric_of`.
        first: day of the oldest post, in the audience's time zone.
        last: day of the newest.
        followers: the newest known number.
        followers_at: its day.
        usual: geometric mean of the metric over the counted posts.
        best: the best posts by the metric, best first.
        left_out: stories, private and paid posts, those without the metric or a date, and sums
            over some days only.
        caveat: what the platform's exports leave in doubt; "" when nothing.
    """

    platform: str
    posts: int
    counted: int
    too_young: int
    metric: str
    first: date | None
    last: date | None
    followers: int | None
    followers_at: date | None
    usual: float | None
    best: tuple[Post, ...]
    left_out: int
    caveat: str = ""


def summarise(posts: Posts, *, zone: str, now: datetime) -> tuple[Summary, ...]:
    """Return one summary for each platform that has posts or followers, most posts first.

    Args:
        posts: the table.
        zone: the audience's time zone, an IANA name.
        now: aware; tells which posts are too young.
    """
    platforms = Counter(post.platform for post in posts.posts)
    named = [*(name for name, _ in platforms.most_common()), *sorted(posts.followers)]
    return tuple(_summary(platform, posts, zone, now) for platform in dict.fromkeys(named))


def _summary(platform: str, table: Posts, zone: str, now: datetime) -> Summary:
    posts = table.of(platform)
    settled = [post for post in posts if post.posted_at and now - post.posted_at >= YOUNG]
    lasting = [post for post in settled if counts(post)]
    metric = metric_of(posts)
    counted = [post for post in lasting if post.figure(metric) is not None]
    too_young = sum(1 for post in posts if post.posted_at and now - post.posted_at < YOUNG)
    logs = [math.log(max(post.figure(metric) or 0, 1)) for post in counted]
    here = zone_of(zone)
    days = [post.posted_at.astimezone(here).date() for post in posts if post.posted_at]
    followers = table.followers.get(platform, ())
    return Summary(
        platform=platform,
        posts=len(posts),
        counted=len(counted),
        too_young=too_young,
        metric=metric,
        first=min(days, default=None),
        last=max(days, default=None),
        followers=followers[-1].count if followers else None,
        followers_at=followers[-1].day if followers else None,
        usual=math.exp(sum(logs) / len(logs)) if logs else None,
        best=tuple(sorted(counted, key=lambda post: -(post.figure(metric) or 0))[:BEST]),
        left_out=len(posts) - len(counted) - too_young,
        caveat=_FEW_AT_A_TIME if platform == "tiktok" and metric == "views" and posts else "",
    )


def metric_of(posts: Iterable[Post]) -> str:
    """Return the figure that a page's posts are compared by.

    Reach where at least half of them have it, else views; likes where only a data download is
    there, which tells no views: fewer than `FEW` posts have them and more have likes.
    """
    told = [post.figures for post in posts if counts(post)]
    views, reach, likes = (sum(one[place] is not None for one in told) for place in range(3))
    if reach and reach * 2 >= len(told):
        return "reach"
    return "likes" if views < FEW and likes > views else "views"


def counts(post: Post) -> bool:
    """Tell whether a post is one that statistics rest on, whatever its age and figures."""
    return kind_left_out(post) is None


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its IANA name, UTC when there is none of that name."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC
