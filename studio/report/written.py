"""Every caption of a project that was ever written, for the verb that writes them as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.captions.gathered import Found, Gathered
from studio.captions.written import Posted
from studio.ideas.board import load_board
from studio.platforms.own import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.project.project import Project


def all_captions(project: Project, *, now_only: bool = False) -> Found:
    """Gather the captions of a project.

    Args:
        project: the open project.
        now_only: only what the files say now, without older versions and posts.
    """
    board = load_board(project.store, project.config)
    book = read_book(project.store)
    gathered = Gathered(project.store, project.history, book.platforms)
    titles = {idea.slug: idea.title for idea in board.ideas}
    posted = () if now_only else _posted(project)
    return gathered.all(posted, titles=titles, versions=not now_only)


def _posted(project: Project) -> Iterator[Posted]:
    from studio.stats.exports import load

    posts = load(project.store, cache=project.cache, zone=project.config.zone)
    for post in posts.posts:
        if post.caption:
            yield Posted(post.platform, post.caption, post.posted_at)
