"""What there is: posts, followers, what is usual, the best so far, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.app.answers.drawn import chart_rows
from studio.app.answers.shown import across
from studio.app.widgets.rows import Row
from studio.report.figures import strip_of
from studio.report.words import day, number, plural
from studio.text import one_line

if TYPE_CHECKING:
    from studio.app.answers.shown import Shown
    from studio.app.widgets.rows import Pens
    from studio.report.answers import Answers, PlatformAnswers


def show_known(shown: Shown, answers: Answers, one: PlatformAnswers) -> None:
    """Fill the tab."""
    summary = one.summary
    mine = answers.posts.of(one.platform)
    span = f"{day(summary.first)} – {day(summary.last)}" if summary.first else ""
    shown.figure("posts", plural(summary.posts, "post"), span, mine)
    shown.figure(
        "usual",
        f"usual {summary.metric}",
        f"{number(summary.usual)}  n {summary.counted}",
        [post for post in mine if post.figure(summary.metric) is not None],
    )
    if summary.too_young:
        shown.say(f"{summary.too_young} younger than 72 h left out.")
    if summary.counted > 1:
        shown.gap()
        shown.rows += chart_rows(strip_of(mine, summary.metric, ()).cells(shown.width))
    if summary.best:
        shown.heading(f"Most {summary.metric}")
        for index, post in enumerate(summary.best):
            key = f"best/{index}"
            first = post.caption.strip().split("\n")[0] or "(no caption)"
            shown.behind[key] = (first, (post,))
            shown.pair(first, number(post.figure(summary.metric)), key=key, named="text")
    if summary.caveat:
        shown.gap()
        shown.say(f"{summary.caveat}.")
    if answers.posts.notes:
        shown.gap()
        shown.rows.append(_notes(len(answers.posts.notes)))


def _notes(count: int) -> Row:
    words = f"{plural(count, 'note')} on these exports"

    def line(width: int, pens: Pens) -> Content:
        return across(
            Content.styled(one_line(words), pens.warn), Content.styled("which?", pens.dim), width
        )

    return Row("notes", (line,))
