"""Which posts want their numbers: from the board to the reminders, and the words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.stats.log import link_time, platform_of
from studio.stats.reminders import Known, PostedIdea, Reminder, due

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from studio.ideas.board import Board
    from studio.ideas.idea import Idea
    from studio.stats.post import Post
    from studio.stats.table import Posts


def is_posted(idea: Idea, board: Board) -> bool:
    """Tell whether an idea is posted: it has a link, or lies in the stage of that name.

    A board without a stage called "posted" has its last one for it.
    """
    if idea.posted:
        return True
    stages = [stage.strip().casefold() for stage in board.stages]
    place = stages.index("posted") if "posted" in stages else len(stages) - 1
    return board.stage_of(idea) == board.stages[place]


def posted_as(idea: Idea, platform: str, now: datetime) -> PostedIdea:
    """Return an idea as it was posted on one platform.

    When: what its link's id says, else what was planned, unless that is still to come.
    """
    links = tuple(link for link in idea.posted if platform_of(link) == platform)
    at = next((time for link in links if (time := link_time(link)) is not None), None)
    if at is None and idea.planned_at is not None and idea.planned_at <= now:
        at = idea.planned_at
    return PostedIdea(idea.path, idea.title, platform, at, links)


def platforms_of(idea: Idea) -> tuple[str, ...]:
    """Return where an idea is or was posted: by its links first, then as it says."""
    linked = (platform_of(link) for link in idea.posted)
    return tuple(dict.fromkeys(name for name in (*linked, *idea.platforms) if name))


def remind(board: Board, posts: Posts, now: datetime) -> tuple[Reminder, ...]:
    """Return the posts that want their numbers now, the one that waits longest first."""
    ideas = [
        posted_as(idea, platform, now)
        for idea in board.ideas
        if is_posted(idea, board)
        for platform in platforms_of(idea)
    ]
    return due(ideas, posts.posts, now=now) if ideas else ()


def known_posts(idea: PostedIdea, posts: Posts | None) -> list[Post]:
    """Return what the table of posts has of an idea's post, usually one."""
    return Known(posts.posts).of(idea) if posts is not None else []


def reminder_words(reminders: Sequence[Reminder], keymap: Mapping[str, str]) -> str:
    """Return "2 posts want their numbers (L)"; "" when none does.

    Args:
        reminders: those that are due.
        keymap: the keys the user has given to commands, by their ids.
    """
    if not reminders:
        return ""
    from studio.app.commands.board import LogNumbers
    from studio.app.keys import key_label

    count = len({(one.path, one.platform) for one in reminders})
    what = "1 post wants its numbers" if count == 1 else f"{count} posts want their numbers"
    key = keymap.get(LogNumbers.id, LogNumbers.key).split(",")[0].strip()
    return f"{what} ({key_label(key)})" if key and not key.startswith("nowhere") else what
