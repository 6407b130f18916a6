"""What works, as far as the numbers can tell: formats and pillars against the page's usual.

Figures spread over orders of magnitude and a few go viral, so everything is compared on logs: the
typical figure is the geometric mean, a difference is a ratio. What is not known is said, with the
number of posts; nothing is claimed from a handful.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from studio.stats.post import Post, link_code
from studio.stats.ratios import interval, mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.stats.table import Posts

ENOUGH = 10
"""Posts a group, and the rest it is compared with, need before anything is claimed of it."""
YOUNG = timedelta(hours=72)
"""Younger posts are still growing and left out (reference: posting-times, section 4)."""
BEST = 5
NO_PILLAR = "no pillar"
_FEW_AT_A_TIME = (
    "TikTok Studio exports 5 to 15 posts at a time, often the best ones: posts that were never"
    " exported are not counted, and what is usual may be less than it looks"
)

_TAG = re.compile(r"[#＃](\w+)")


class Pillar(Protocol):
    """A pillar of the project: `studio.project.config.Pillar`."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Hashtags, without #, that tell a past post belongs to it."""


class Settings(Protocol):
    """What is asked of the project's settings: `studio.project.config.Config`."""

    @property
    def pillars(self) -> Sequence[Pillar]:
        """The project's pillars, in its order."""

    @property
    def zone(self) -> str:
        """The audience's time zone, an IANA name."""


@dataclass(frozen=True)
class Group:
    """Posts that have something in common, against all counted posts of the page.

    Args:
        name: the format or pillar.
        n: posts in it.
        typical: geometric mean of the metric; None without posts.
        ratio: `typical` divided by the page's usual; None where there is nothing to compare.
        low: lower end of the 90 % interval of `ratio`.
        high: upper end.
        telling: group and rest have `ENOUGH` posts each, and the interval leaves out 1 even when
            widened for the number of groups compared (with k of them, one in ten would else seem
            telling by chance alone).
        posts: the posts, oldest first.
    """

    name: str
    n: int
    typical: float | None
    ratio: float | None
    low: float | None
    high: float | None
    telling: bool
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Summary:
    """What one platform's posts say.

    Args:
        platform: "instagram", "tiktok" or "facebook".
        posts: all posts known.
        counted: those the figures below rest on.
        too_young: left out because they are younger than 72 hours.
        metric: "reach" or "views", whichever most posts have.
        first: day of the oldest post, in the audience's time zone.
        last: day of the newest.
        followers: the newest known number.
        followers_at: its day.
        usual: geometric mean of the metric over the counted posts.
        by_format: formats, the most frequent first.
        by_pillar: pillars in the project's order, then the posts of none.
        verdict: one honest sentence.
        best: the best posts by the metric, best first.
        left_out: stories, posts without the metric or a date, and sums over some days only.
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
    by_format: tuple[Group, ...]
    by_pillar: tuple[Group, ...]
    verdict: str
    best: tuple[Post, ...]
    left_out: int
    caveat: str = ""


def summarise(
    posts: Posts, config: Settings, *, now: datetime, links: Mapping[str, str]
) -> tuple[Summary, ...]:
    """Return one summary for each platform that has posts or followers.

    Args:
        posts: the table.
        config: for the pillars and their hashtags.
        now: aware; tells which posts are too young.
        links: permalink or post id → pillar, for posts whose idea is known. Other posts belong to
            the pillar with most of its hashtags in the caption.
    """
    platforms = Counter(post.platform for post in posts.posts)
    named = [*(name for name, _ in platforms.most_common()), *sorted(posts.followers)]
    by_link = {link_code(link) or link: pillar for link, pillar in links.items()}
    return tuple(
        _summary(platform, posts, config, now, by_link) for platform in dict.fromkeys(named)
    )


def _summary(
    platform: str, table: Posts, config: Settings, now: datetime, links: Mapping[str, str]
) -> Summary:
    posts = table.of(platform)
    settled = [post for post in posts if post.posted_at and now - post.posted_at >= YOUNG]
    lasting = [post for post in settled if post.format != "story" and not post.partial]
    reach = sum(post.reach is not None for post in lasting)
    metric = "reach" if reach and reach * 2 >= len(lasting) else "views"
    counted = [post for post in lasting if post.figure(metric) is not None]
    too_young = sum(1 for post in posts if post.posted_at and now - post.posted_at < YOUNG)
    logs = {id(post): math.log(max(post.figure(metric) or 0, 1)) for post in counted}
    formats = Counter(post.format or "not told" for post in counted)
    by_format = _groups(
        [name for name, _ in formats.most_common()],
        [(post.format or "not told", post) for post in counted],
        logs,
    )
    pillars = [pillar.name for pillar in config.pillars]
    placed = [(pillar_of(post, config.pillars, links), post) for post in counted]
    extra = dict.fromkeys(name for name, _ in placed if name and name not in pillars)
    by_pillar = _groups(
        [*pillars, *extra, NO_PILLAR],
        [(name or NO_PILLAR, post) for name, post in placed],
        logs,
    )
    if not pillars and not extra:
        by_pillar = ()
    zone = zone_of(config.zone)
    days = [post.posted_at.astimezone(zone).date() for post in posts if post.posted_at]
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
        usual=math.exp(sum(logs.values()) / len(logs)) if logs else None,
        by_format=by_format,
        by_pillar=by_pillar,
        verdict=_verdict(len(counted), too_young, metric, [*by_format, *by_pillar]),
        best=tuple(sorted(counted, key=lambda post: -(post.figure(metric) or 0))[:BEST]),
        left_out=len(posts) - len(counted) - too_young,
        caveat=_FEW_AT_A_TIME if platform == "tiktok" and posts else "",
    )


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its IANA name, UTC when there is none of that name."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return UTC


def pillar_of(post: Post, pillars: Iterable[Pillar], links: Mapping[str, str]) -> str | None:
    """Return a post's pillar: its idea's, else the one with most hashtags in the caption."""
    for key in (post.code, post.post_id, post.permalink):
        if key and key in links:
            return links[key]
    tags = {tag.casefold() for tag in _TAG.findall(post.caption)}
    if not tags:
        return None
    hits = [
        (sum(tag.lstrip("#").casefold() in tags for tag in pillar.tags), pillar.name)
        for pillar in pillars
    ]
    most = max((count for count, _ in hits), default=0)
    return next((name for count, name in hits if count == most), None) if most else None


def _groups(
    names: Iterable[str], placed: Sequence[tuple[str, Post]], logs: Mapping[int, float]
) -> tuple[Group, ...]:
    everything = [logs[id(post)] for _, post in placed]
    sizes = Counter(name for name, _ in placed)
    able = sum(size >= ENOUGH and len(placed) - size >= ENOUGH for size in sizes.values())
    # Of two groups that make up the page, the second says what the first said.
    comparisons = max(1, able - (able == len(sizes)))
    groups = []
    for name in names:
        posts = tuple(post for at, post in placed if at == name)
        if not posts and name == NO_PILLAR:
            continue
        mine = [logs[id(post)] for post in posts]
        rest = [logs[id(post)] for at, post in placed if at != name]
        groups.append(_group(name, posts, (mine, rest, everything), comparisons))
    return tuple(groups)


def _group(
    name: str,
    posts: tuple[Post, ...],
    logs: tuple[Sequence[float], Sequence[float], Sequence[float]],
    comparisons: int,
) -> Group:
    mine, rest, everything = logs
    if not mine:
        return Group(name, 0, None, None, None, None, telling=False, posts=())
    typical = math.exp(mean(mine))
    if not rest:
        return Group(name, len(mine), typical, None, None, None, telling=False, posts=posts)
    ratio = math.exp(mean(mine) - mean(everything))
    ends = interval(mine, rest)
    if ends is None:
        return Group(name, len(mine), typical, ratio, None, None, telling=False, posts=posts)
    low, high = ends
    wide = interval(mine, rest, comparisons) or ends
    telling = len(mine) >= ENOUGH and len(rest) >= ENOUGH and not wide[0] <= 1 <= wide[1]
    return Group(name, len(mine), typical, ratio, low, high, telling=telling, posts=posts)


def _verdict(counted: int, too_young: int, metric: str, groups: Sequence[Group]) -> str:
    young = f"; {too_young} younger than 72 hours left out" if too_young else ""
    if not counted:
        return f"nothing to tell yet: no post with {metric}{young}"
    posts = "1 post" if counted == 1 else f"{counted} posts"
    telling = sorted(
        (group for group in groups if group.telling and group.name != NO_PILLAR),
        key=lambda group: -abs(math.log(group.ratio or 1)),
    )
    if telling:
        told = "; ".join(
            f"{group.name}: {percent(group.ratio)} {metric} against your usual"
            f" ({percent(group.low)}…{percent(group.high)}, {group.n} posts)"
            for group in telling[:2]
        )
        return f"{told}{young}"
    if counted < 2 * ENOUGH:
        return (
            f"can't tell yet: {posts}; a comparison needs {ENOUGH} of a kind and {ENOUGH} others"
            f"{young}"
        )
    return f"can't tell: {posts}, no format or pillar stands out from chance{young}"


def percent(ratio: float | None) -> str:
    """Return a ratio as "+12%", "−8%" or, from threefold on, "×3.2"; "–" for None."""
    if ratio is None:
        return "–"
    if ratio >= 3:
        return f"×{ratio:.1f}"
    change = round((ratio - 1) * 100)
    return f"{'+' if change >= 0 else '−'}{abs(change)}%"
