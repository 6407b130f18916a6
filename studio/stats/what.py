"""What to post: which features of posts seem to help, which not, and what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from studio.stats.summary import metric_of, zone_of
from studio.stats.traits import traits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from studio.stats.post import Post

RATES = ("saves", "shares", "follows", "comments", "likes")
"""Figures told as rates, the ones that matter most to the platforms first."""

Key = tuple[str, str]
"""Platform and post id, or platform and "at:" with the time in UTC (`key_of`)."""

Features = dict[str, str]
"""What one post is like, by feature: {"format": "reel", "hook": "question"}; unknown absent."""


@dataclass(frozen=True)
class Effect:
    """What one trait of posts does, all else in the model being equal.

    Attributes:
        feature: "format", "length", "pillar", "hook", …
        level: the trait: "reel", "15–30 s".
        n: posts that have it.
        others: posts known to have another level of the feature.
        ratio: expected figure against the feature's average level, 1.2 = 20 % more.
        low: lower end of the 90 % interval of `ratio`.
        high: upper end.
        verdict: "helps", "hurts" or "can't tell".
        needed: how many more posts of it would most likely tell; None when told, or too many.
        posts: those that have it, oldest first.
    """

    feature: str
    level: str
    n: int
    others: int
    ratio: float
    low: float
    high: float
    verdict: str
    needed: int | None
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class What:
    """What to post, as far as the posts can tell, for one metric.

    Attributes:
        metric: "reach", "views", or a rate: "saves per reach", "follows per reach", …
        n: posts it rests on.
        effects: formats first, then by feature; within a feature the best level first.
        told: sentences for the human, the most important first.
        left_out: why how many posts were left out.
    """

    metric: str
    n: int
    effects: tuple[Effect, ...]
    told: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...] = ()

    def of(self, verdict: str) -> tuple[Effect, ...]:
        """Return the effects with a verdict."""
        return tuple(effect for effect in self.effects if effect.verdict == verdict)


def key_of(post: Post) -> Key:
    """Return what a post is found by: its platform, and its id, or "at:" and its time in UTC."""
    if post.post_id or post.posted_at is None:
        return post.platform, post.post_id
    return post.platform, f"at:{post.posted_at.astimezone(UTC).isoformat()}"


def what_works(
    posts: Sequence[Post],
    features: Mapping[Key, Features],
    *,
    metric: str,
    zone: str,
    now: datetime,
) -> What:
    """Return what seems to help one metric, what seems to hurt it, and what cannot be told.

    One additive shrunken model of all features together, beside growth, hour and weekday
    (`studio.stats.effects`). Format and length are read from the posts themselves. On a page where
    nothing does anything, fewer than 1 in 20 show any "helps" or "hurts" for reach or views, and
    fewer than 1 in 20 for all `RATES` together.

    Args:
        posts: of one platform.
        features: of each post, by `key_of`; what is not known is absent. A "format" or "length"
            here counts instead of the post's own.
        metric: "reach", "views", or a rate such as "saves per reach" or "likes per view". Of a
            rate the log of (count + ½) / (what the page's own rate would give + ½) is modelled.
        zone: the audience's time zone, an IANA name.
        now: aware.
    """
    from studio.stats.effects import Fitted, factors, sample
    from studio.stats.telling import sentences

    where = zone_of(zone)
    chosen = sample(posts, metric=metric, zone=where, now=now)
    if len(chosen.posts) < 2 or not chosen.total:
        told = sentences(metric, chosen, None, ())
        return What(metric, len(chosen.posts), (), told, chosen.left_out)
    likened = [{**traits(post), **features.get(key_of(post), {})} for post in chosen.posts]
    beside = len(RATES) if " per " in metric else 1
    fitted = Fitted(chosen, factors(likened), where, beside=beside)
    effects = fitted.effects()
    told = sentences(metric, chosen, fitted, effects)
    return What(metric, len(chosen.posts), effects, told, chosen.left_out)


def what_all(
    posts: Sequence[Post], features: Mapping[Key, Features], *, zone: str, now: datetime
) -> tuple[What, ...]:
    """Return what works for the page's metric (`summary.metric_of`), then for the rates.

    Rates are per reach or per view, whichever that is, and only those that any post has.
    Arguments as of `what_works`.
    """
    main = metric_of(posts)
    base = "view" if main == "views" else main
    rates = RATES if main in {"reach", "views"} else ()
    metrics = [main]
    metrics += [f"{name} per {base}" for name in rates if any(post.figure(name) for post in posts)]
    return tuple(
        what_works(posts, features, metric=metric, zone=zone, now=now) for metric in metrics
    )
