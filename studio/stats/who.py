"""Who to reach: what the exports say of the audience, and what they do not say yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.platforms.names import platform_name
from studio.stats.counted import kind_left_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from studio.stats.brought import Counted
    from studio.stats.post import ActiveHour, Followers, Post, Share
    from studio.stats.table import Posts


@dataclass(frozen=True)
class Table:
    """Parts of the followers, the largest first.

    Attributes:
        name: "country", "city", "age", "women", "men" or "gender".
        rows: (raw name, share 0 to 1).
        source: the export's path.
        exported: its day.
    """

    name: str
    rows: tuple[tuple[str, float], ...]
    source: str
    exported: date | None


@dataclass(frozen=True)
class Locked:
    """A figure that the platform keeps back until the account is larger.

    Attributes:
        figure: "age and gender of followers".
        needs: the followers it appears at; None when the platform does not say.
        why: one sentence with its source.
    """

    figure: str
    needs: int | None
    why: str


@dataclass(frozen=True)
class Brought:
    """Posts that have something in common, by what they brought in new followers.

    Attributes:
        name: "reel", "home", …
        n: posts.
        follows: follows from them.
        reach: accounts they reached; views where `Who.per` says so.
        rate: follows per thousand reached, shrunken towards the page's own.
        low: lower end of the 90 % interval of `rate`.
        high: upper end.
        telling: whether the interval leaves out the page's own rate, beyond what the best of so
            many comparisons does by chance.
        posts: the posts, best first.
        feature: what they have in common: "format" or "pillar".
    """

    name: str
    n: int
    follows: int
    reach: int
    rate: float
    low: float
    high: float
    telling: bool
    posts: tuple[Post, ...]
    feature: str = ""


@dataclass(frozen=True)
class Who:
    """The audience of one platform.

    Attributes:
        platform: "instagram", "tiktok", …
        followers: by day, oldest first.
        growth: followers won a week over the last four weeks known; None when not known.
        declared: the audience in the human's words, from studio.toml; "" when not declared.
        tables: what the exports say of the followers.
        active: followers online by (weekday, hour) in the audience's zone, a mean of the days
            known; empty when no export has it.
        active_zone: the zone these hours are believed to be in, and why; "".
        returning: (new viewers, returning viewers) over the days known; None when not known.
        brought: what brought follows rather than views; empty when no export tells follows.
        page_rate: follows per thousand reached of all posts; None.
        locked: what the platform does not tell yet.
        per: what follows are counted against, "reach", or "views" where more posts tell these.
        active_days: the days that `active` is a mean of.
    """

    platform: str
    followers: tuple[Followers, ...]
    growth: float | None
    declared: str
    tables: tuple[Table, ...]
    active: dict[tuple[int, int], float]
    active_zone: str
    returning: tuple[int, int] | None
    brought: tuple[Brought, ...]
    page_rate: float | None
    locked: tuple[Locked, ...]
    per: str = "reach"
    active_days: int = 0


MATURE = timedelta(hours=72)
"""Younger posts are left out (posting-times, 4)."""

WINDOW = 28
"""Days over which growth is told."""


def who(
    posts: Posts,
    *,
    platform: str,
    declared: str,
    zone: str,
    followers: int | None,
    now: datetime,
    pillars: Mapping[tuple[str, str], str] | None = None,
) -> Who:
    """Return what is known of one platform's audience.

    Args:
        posts: what the exports say.
        platform: "instagram", "tiktok", …
        declared: the audience in the human's words; "" when not declared.
        zone: IANA name of the audience's time zone.
        followers: the account's size as it is known elsewhere; None takes the exports'.
        now: the present moment, aware.
        pillars: (platform, id or code of the post) → its pillar.
    """
    from studio.stats.brought import brought

    counts = posts.followers.get(platform, ())
    tables = _tables(posts, platform)
    active, active_zone, active_days = _active(posts, platform, zone)
    returning = _returning(posts, platform)
    per, counted = _counted(posts.of(platform), now, pillars or {})
    groups, rate = brought(counted)
    size = followers if followers is not None else (counts[-1].count if counts else None)
    told = {table.name for table in tables}
    told |= {"active"} if active else set()
    told |= {"followers"} if len(counts) > 1 else set()
    told |= {"viewers"} if returning else set()
    return Who(
        platform=platform,
        followers=counts,
        growth=_growth(posts, platform),
        declared=declared,
        tables=tables,
        active=active,
        active_zone=active_zone,
        returning=returning,
        brought=groups,
        page_rate=rate,
        locked=_locked(platform, size, told),
        per=per,
        active_days=active_days,
    )


def _tables(posts: Posts, platform: str) -> tuple[Table, ...]:
    found: dict[str, list[Share]] = {}
    for one in posts.shares:
        if one.platform == platform:
            found.setdefault(one.table, []).append(one)
    names = [*(name for name in _TABLES if name in found), *(n for n in found if n not in _TABLES)]
    return tuple(
        Table(
            name,
            tuple(
                (one.name, one.share)
                for one in sorted(found[name], key=lambda one: (_is_rest(one.name), -one.share))
            ),
            found[name][0].source,
            found[name][0].exported,
        )
        for name in names
    )


_TABLES = ("country", "city", "age", "women", "men", "gender")


def _is_rest(name: str) -> bool:
    return name.strip().casefold() in {"others", "other"}


def _growth(posts: Posts, platform: str) -> float | None:
    """Return followers won a week over the last `WINDOW` days known, at least one week.

    From the numbers of followers; without two of them, from follows less unfollows by day.
    """
    counts = posts.followers.get(platform, ())
    if counts:
        last = counts[-1]
        since = [one for one in counts if (last.day - one.day).days <= WINDOW]
        days = (last.day - since[0].day).days
        if days >= 7:
            return (last.count - since[0].count) / days * 7
    won: dict[date, int] = {}
    lost: dict[date, int] = {}
    for figure in posts.days:
        if figure.platform == platform and figure.metric in {"follows", "unfollows"}:
            (won if figure.metric == "follows" else lost)[figure.day] = figure.value
    both = sorted(won.keys() & lost.keys())
    both = [day for day in both if (both[-1] - day).days < WINDOW]
    if len(both) < 7:
        return None
    return sum(won[day] - lost[day] for day in both) / len(both) * 7


def _returning(posts: Posts, platform: str) -> tuple[int, int] | None:
    found: dict[str, dict[date, int]] = {"new_viewers": {}, "returning_viewers": {}}
    for figure in posts.days:
        if figure.platform == platform and figure.metric in found:
            found[figure.metric][figure.day] = figure.value
    new, old = found["new_viewers"], found["returning_viewers"]
    both = new.keys() & old.keys()
    if not both:
        return None
    return sum(new[day] for day in both), sum(old[day] for day in both)


_NIGHT = range(2, 6)
"""Hours in which people anywhere are least online."""


def _active(
    posts: Posts, platform: str, zone: str
) -> tuple[dict[tuple[int, int], float], str, int]:
    """Return followers online by (weekday, hour) of the audience, the zone believed, and days.

    TikTok does not say in which zone its hours are. Of UTC and the audience's own zone the one is
    taken in which the night is clearly the quieter; where that does not tell, the audience's.
    """
    told = [one for one in posts.active if one.platform == platform]
    if not told:
        return {}, "", 0
    here = ZoneInfo(zone)
    name = platform_name(platform)
    days = len({one.day for one in told})
    own = _by_hour(told, here, here)
    starts = [datetime(one.day.year, one.day.month, one.day.day, tzinfo=here) for one in told]
    if all(abs(start.utcoffset() or timedelta()) < timedelta(hours=2) for start in starts):
        return own, f"{zone}; {name} does not say the zone, UTC is within an hour of it", days
    universal = _by_hour(told, ZoneInfo("UTC"), here)
    quiet_own, quiet_universal = _night(own), _night(universal)
    if quiet_own is not None and quiet_universal is not None:
        if quiet_universal < 0.75 * quiet_own:
            why = f"UTC; {name} does not say, but so the nights in {zone} are the quieter"
            return universal, why, days
        if quiet_own < 0.75 * quiet_universal:
            return own, f"{zone}; {name} does not say, but so the nights are the quieter", days
    return own, f"{zone}; {name} does not say, and the figures do not tell it either", days


def _by_hour(
    told: Sequence[ActiveHour], stated: ZoneInfo, here: ZoneInfo
) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], list[int]] = {}
    for one in told:
        moment = datetime(one.day.year, one.day.month, one.day.day, one.hour, tzinfo=stated)
        local = moment.astimezone(here)
        found.setdefault((local.weekday(), local.hour), []).append(one.followers)
    return {slot: sum(found[slot]) / len(found[slot]) for slot in sorted(found)}


def _night(active: Mapping[tuple[int, int], float]) -> float | None:
    """Return how many are online at night against all day; None without a whole day's hours."""
    if len({hour for _, hour in active}) < 24:
        return None
    by_hour = [
        [value for (_, hour), value in active.items() if hour == wanted] for wanted in range(24)
    ]
    means = [sum(values) / len(values) for values in by_hour]
    total = sum(means)
    return sum(means[hour] for hour in _NIGHT) / len(_NIGHT) / (total / 24) if total else None


def _counted(
    posts: Sequence[Post], now: datetime, pillars: Mapping[tuple[str, str], str]
) -> tuple[str, list[Counted]]:
    """Return what follows are counted against, and the posts that tell both.

    Left out: stories, private and paid posts, sums over some days, posts younger than `MATURE`.
    """
    from studio.stats.brought import Counted

    fit = [
        post
        for post in posts
        if post.follows is not None
        and kind_left_out(post) is None
        and (post.posted_at is None or now - post.posted_at >= MATURE)
    ]
    by_reach = [(post, post.reach) for post in fit if post.reach]
    by_views = [(post, post.views) for post in fit if post.views]
    per, chosen = ("reach", by_reach) if len(by_reach) >= len(by_views) else ("views", by_views)
    counted = []
    for post, seen in chosen:
        pillar = next(
            (
                pillars[post.platform, key]
                for key in (post.code, post.post_id)
                if key and (post.platform, key) in pillars
            ),
            None,
        )
        groups = [("format", post.format), ("pillar", pillar)]
        named = tuple((feature, level) for feature, level in groups if level)
        counted.append(Counted(post, post.follows or 0, seen, named))
    return per, counted


def _locked(platform: str, size: int | None, told: set[str]) -> tuple[Locked, ...]:
    from studio.platforms.thresholds import thresholds

    return tuple(
        Locked(
            one.figure,
            one.needs,
            f"{one.source} ({one.grade}, {one.as_of})",
        )
        for one in thresholds(platform)
        if told.isdisjoint(one.unlocks) and (size is None or size < one.needs)
    )
