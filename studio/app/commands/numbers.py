"""Commands of the numbers."""

from __future__ import annotations

from studio.app.commands.base import Command


class ShowPosts(Command):
    """Show the posts behind the chosen figure."""

    id = "numbers.posts"
    title = "Show the posts behind this figure"
    help = "Lists the posts a figure was made from, each with its export and line."
    key = "enter"
    scope = "numbers"
    group = "Numbers"
    footer = "posts"


class NextPlatform(Command):
    """Show another platform's numbers."""

    id = "numbers.platform"
    title = "Show another platform"
    help = "Goes through the platforms there are exports of."
    key = "space,right"
    scope = "numbers"
    group = "Numbers"
    footer = "platform"
