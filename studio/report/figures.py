"""The answers as charts: what the screen draws in cells and the report in files."""

from __future__ import annotations

import math
from datetime import UTC
from typing import TYPE_CHECKING

from studio.charts.bars import Bar, Bars
from studio.charts.growth import Growth, Posted
from studio.charts.heatmap import HeatMap, Hour
from studio.charts.palette import DARK
from studio.charts.strip import Strip
from studio.stats.post import FIGURES
from studio.stats.summary import counts, zone_of
from studio.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from studio.charts.canvas import Chart
    from studio.charts.palette import Palette
    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.post import Post
    from studio.stats.table import Posts
    from studio.stats.what import What
    from studio.stats.when import Slot

BEST = 3
"""Hours that are marked as the best so far."""
ROWS = 24
"""Effects drawn in a file; the screen draws all."""
_SPREAD = 2 * 1.6449  # standard deviations in a 90 % interval of a normal distribution


def heat_of(one: PlatformAnswers) -> HeatMap:
    """Return the week of a platform, with what is claimed, best, and to be tried next."""
    when = one.when
    if when is None or not when.week:
        return HeatMap({}, zone=when.zone if when else "")
    hours = sorted({hour for _, hour in when.week})
    can = frozenset((slot.weekday, slot.hour) for slot in when.slots)
    return HeatMap(
        {spot: Hour(slot.uplift, certainty(slot), slot.n) for spot, slot in when.week.items()},
        zone=when.zone,
        first=hours[0],
        last=hours[-1],
        best=tuple((slot.weekday, slot.hour) for slot in when.slots[:BEST] if slot.uplift > 0),
        claim=(when.claim.weekday, when.claim.hour) if when.claim else None,
        tries=tuple(dict.fromkeys((each.weekday, each.hour) for each in one.tries)),
        open=None if can >= when.week.keys() else can,
    )


def certainty(slot: Slot) -> float:
    """Return the probability that an hour is on the side of the usual that it seems to be on.

    Above it that is `Slot.sure`. At or below it the model tells an interval only, of which the
    logarithm is taken as normal.
    """
    if slot.uplift > 0:
        return slot.sure
    low, high = max(slot.low, -0.999), max(slot.high, -0.998)
    spread = (math.log1p(high) - math.log1p(low)) / _SPREAD
    if spread <= 0:
        return 1.0
    z = -math.log1p(max(slot.uplift, -0.999)) / spread
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


def growth_of(one: PlatformAnswers, posts: Posts) -> Growth:
    """Return the followers of a platform by day, with its posts under them.

    Args:
        one: the platform.
        posts: the table; its posts are drawn as high as their reach or views.
    """
    zone = zone_of(one.when.zone if one.when else "")
    metric = one.summary.metric
    return Growth(
        tuple((each.day, each.count) for each in one.who.followers),
        tuple(
            Posted(
                post.posted_at.astimezone(zone).date(),
                post.figure(metric),
                post.format or "",
                post.caption,
            )
            for post in posts.of(one.platform)
            if post.posted_at and post.format != "story" and not post.private
        ),
        size_name=metric,
        empty="No export says how many followers there were on which day.",
    )


def history_of(post: Post, metric: str = "views", zone: tzinfo | None = None) -> Growth:
    """Return one post's figure as the exports had it, one after the other.

    Args:
        post: with its history.
        metric: one of `studio.stats.post.FIGURES`.
        zone: the audience's, for the day it was posted on, with which the time begins; None: UTC.
    """
    points = [
        (each.exported, value)
        for each in (*post.history, post.snapshot())
        if each.exported and (value := getattr(each, metric)) is not None
    ]
    posted = post.posted_at.astimezone(zone or UTC).date() if post.posted_at else None
    return Growth(
        tuple(points),
        (Posted(posted, kind="posted"),) if posted else (),
        name=metric,
        joined=True,
        empty=f"No dated export has {metric} of this post.",
    )


def bars_of(what: What, *, most: int | None = None) -> Bars:
    """Return the effects of posts' traits as interval bars, in their order.

    Args:
        what: the answer for one metric.
        most: draw so many only, those that tell something before the others; None: all.
    """
    effects = list(what.effects)
    if most is not None and len(effects) > most:
        told = [effect for effect in effects if effect.verdict != CANT]
        kept = (told + [effect for effect in effects if effect.verdict == CANT])[:most]
        effects = [effect for effect in effects if any(effect is each for each in kept)]
    return Bars(
        tuple(
            Bar(
                effect.level,
                effect.ratio,
                effect.low,
                effect.high,
                effect.n,
                effect.verdict != CANT,
                effect.feature,
                f"{effect.needed} more posts" if effect.needed else "",
            )
            for effect in effects
        ),
        name=what.metric,
        against="average",
        empty="No trait that some posts have and others have not.",
    )


CANT = "can't tell"
"""The verdict on an effect that may be none (`studio.stats.what`)."""


def strip_of(posts: Iterable[Post], metric: str, chosen: Iterable[Post] = ()) -> Strip:
    """Return posts by one figure, with some of them marked.

    Args:
        posts: those to compare; what counts in no statistics is left out.
        metric: one of `studio.stats.post.FIGURES`, or a rate of two: "saves per reach".
        chosen: those to mark, which need not be among the others.
    """
    marked = list(chosen)
    keys = {id(post) for post in marked}
    others = [post for post in posts if id(post) not in keys and counts(post)]
    known = [(figure_of(post, metric), id(post) in keys) for post in [*others, *marked]]
    return Strip(
        tuple(value for value, _ in known if value is not None),
        tuple(value for value, mine in known if mine and value is not None),
        metric,
        empty=f"No post with {metric} yet.",
    )


def figure_of(post: Post, metric: str) -> float | None:
    """Return a post's figure, or its rate of two in per cent; None when it is not known."""
    top, _, bottom = metric.partition(" per ")
    if not bottom:
        return post.figure(metric) if metric in FIGURES else None
    if top not in FIGURES or bottom not in FIGURES:
        return None
    part, whole = post.figure(top), post.figure(bottom)
    return None if part is None or not whole else 100 * part / whole


def charts_of(answers: Answers) -> tuple[tuple[str, Chart, tuple[int, int]], ...]:
    """Return every chart of a report as (name without ending, chart, (width, height))."""
    made: list[tuple[str, Chart, tuple[int, int]]] = []
    for stem, one in zip(stems(answers), answers.platforms, strict=True):
        made.append((f"{stem}-when", heat_of(one), (960, 480)))
        if one.what and one.what[0].effects:
            bars = bars_of(one.what[0], most=ROWS)
            heads = len(dict.fromkeys(bar.group for bar in bars.rows))
            made.append((f"{stem}-what", bars, (960, 160 + 30 * (len(bars.rows) + heads))))
        if len(one.who.followers) > 1:
            made.append((f"{stem}-growth", growth_of(one, answers.posts), (960, 480)))
        strip = strip_of(answers.posts.of(one.platform), one.summary.metric)
        if strip.values:
            made.append((f"{stem}-posts", strip, (960, 320)))
    return tuple(made)


def stems(answers: Answers) -> tuple[str, ...]:
    """Return how the chart files of each platform begin: its name, safe and different."""
    made: list[str] = []
    for one in answers.platforms:
        stem = slug(one.platform, fallback="platform")
        made.append(stem if stem not in made else f"{stem}-{len(made) + 1}")
    return tuple(made)


def chart_files(
    answers: Answers, *, kind: str = "svg", palette: Palette = DARK
) -> tuple[tuple[str, bytes], ...]:
    """Return every chart of a report as (file name, content).

    Args:
        answers: what they show.
        kind: "svg" or "png".
        palette: their colours.

    Raises:
        ValueError: another kind.
    """
    from studio.charts.files import png, svg

    if kind not in {"svg", "png"}:
        raise ValueError(f"{kind}: charts are svg or png")
    made: list[tuple[str, bytes]] = []
    for name, chart, (width, height) in charts_of(answers):
        if kind == "svg":
            data = svg(chart, width=width, height=height, palette=palette).encode()
        else:
            data = png(chart, width=width, height=height, palette=palette)
        made.append((f"{name}.{kind}", data))
    return tuple(made)
