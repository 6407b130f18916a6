"""Carries what the rooms know together, and asks for the three answers."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.report.answers import Answers, PlatformAnswers
from studio.report.pillars import idea_of, ideas_by_link, pillar_of
from studio.stats.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from studio.ideas.idea import Idea
    from studio.project.config import Config
    from studio.project.project import Project
    from studio.project.store import Store
    from studio.stats.post import Post
    from studio.stats.summary import Summary
    from studio.stats.table import Posts
    from studio.stats.what import Features

PLANNED = 5
"""Posts to try next that are shown at a time: about a week's."""
NEWEST = 2_000
"""Posts of one platform whose features are looked at, the newest: older ones say little of now."""


def answers_of(project: Project, *, now: datetime) -> Answers:
    """Return the three answers of a project as its folder has them.

    Args:
        project: open.
        now: aware.
    """
    from studio.ideas.board import load_board
    from studio.stats.exports import load

    config = project.config
    posts = load(project.store, cache=project.cache, zone=config.zone)
    ideas = load_board(project.store, config).ideas
    return answers(posts, ideas, config, project.store, now=now, cache=project.cache)


def answers(
    posts: Posts,
    ideas: Sequence[Idea],
    config: Config,
    store: Store,
    *,
    now: datetime,
    cache: Path | None = None,
) -> Answers:
    """Return the three answers.

    Args:
        posts: the table.
        ideas: all ideas of the project; those that name a post tell its pillar and its pictures.
        config: the project's settings.
        store: for what the sidecars say of the pictures of posts.
        now: aware.
        cache: a folder outside the project in which measures of pictures are kept.
    """
    made_from = ideas_by_link(ideas)
    platforms = tuple(
        _platform(summary, posts, (ideas, made_from), config, store, now, cache)
        for summary in summarise(posts, zone=config.zone, now=now)
    )
    return Answers(config.name, now, config.zone, platforms, posts)


def _platform(
    summary: Summary,
    table: Posts,
    known: tuple[Sequence[Idea], Mapping[str, Idea]],
    config: Config,
    store: Store,
    now: datetime,
    cache: Path | None,
) -> PlatformAnswers:
    from studio.stats.what import key_of, what_all
    from studio.stats.when import best_times_of, next_posts
    from studio.stats.who import who

    ideas, made_from = known
    platform = summary.platform
    mine = table.of(platform)[-NEWEST:]
    features: dict[tuple[str, str], Features] = {}
    pillars: dict[tuple[str, str], str] = {}
    posted = {idea.slug: idea for post in mine if (idea := idea_of(post, made_from))}
    looks = _looks(posted.values(), store, cache)
    for post in mine:
        idea = idea_of(post, made_from)
        pillar = pillar_of(post, idea, config.pillars)
        if pillar:
            pillars[key_of(post)] = pillar
        features[key_of(post)] = _features(post, idea, pillar, looks)
    hours = config.hours
    taken = [
        idea.planned_at
        for idea in ideas
        if idea.planned_at and idea.planned_at > now - timedelta(days=1)
        and (not idea.platforms or platform in idea.platforms)
    ]  # fmt: skip
    seed = zlib.crc32(f"{config.id} {platform}".encode())
    when = best_times_of(mine, metric=summary.metric, zone=config.zone, now=now, hours=hours)
    tries = next_posts(
        mine,
        metric=summary.metric,
        zone=config.zone,
        now=now,
        hours=hours,
        k=PLANNED,
        seed=seed,
        taken=taken,
    )
    declared = [one.followers for one in config.accounts if one.platform == platform]
    return PlatformAnswers(
        platform,
        summary,
        when,
        tries,
        what_all(mine, features, zone=config.zone, now=now),
        who(
            table,
            platform=platform,
            declared=config.audience,
            zone=config.zone,
            followers=summary.followers or next((one for one in declared if one), None),
            now=now,
            pillars=pillars,
        ),
    )


def _features(
    post: Post,
    idea: Idea | None,
    pillar: str | None,
    looks: Mapping[str, dict[str, str]],
) -> Features:
    """Return what a post is like: from its export, its caption, its idea and its pictures."""
    from studio.captions.features import features
    from studio.stats.traits import traits

    found = dict(traits(post))
    if post.caption:
        found |= features(post.caption)
    if pillar:
        found["pillar"] = pillar
    return found | looks[idea.slug] if idea is not None and idea.slug in looks else found


def _looks(ideas: Iterable[Idea], store: Store, cache: Path | None) -> dict[str, dict[str, str]]:
    """Return by slug what the pictures of posted ideas are like."""
    shown = {idea.slug: idea.media for idea in ideas if idea.media}
    if not shown:
        return {}
    from studio.media.looks import looks_of_all, together

    paths = dict.fromkeys(path for media in shown.values() for path in media)
    each = looks_of_all(store, list(paths), cache=cache)
    return {slug: together([each[path] for path in media]) for slug, media in shown.items()}
