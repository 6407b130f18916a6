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
    key = "space"
    scope = "numbers"
    group = "Numbers"
    footer = "platform"


class NextAnswer(Command):
    """Go to the next answer."""

    id = "numbers.next"
    title = "Next answer: when, what, who, posts"
    help = "Goes through when to post, what to post, who to reach, and the posts themselves."
    key = "l,right"
    scope = "numbers"
    group = "Numbers"
    footer = "when what who"


class AnswerBefore(Command):
    """Go to the answer before."""

    id = "numbers.previous"
    title = "Answer before"
    help = "Goes back through the answers."
    key = "h,left"
    scope = "numbers"
    group = "Numbers"


class NextMetric(Command):
    """Compare by another figure."""

    id = "numbers.metric"
    title = "Compare by another figure"
    help = "What helps reach need not help saves or follows: goes through the figures there are."
    key = "m"
    scope = "numbers"
    group = "Numbers"
    footer = "metric"


class PlanAll(Command):
    """Plan the next posts at the times proposed."""

    id = "numbers.plan"
    title = "Plan the next posts at these times"
    help = "Gives the ideas that are ready, in board order, the proposed times; one step of undo."
    key = "p"
    scope = "numbers"
    group = "Numbers"
    footer = "plan these"


class PlanThis(Command):
    """Plan the chosen idea at this time."""

    id = "numbers.plan-one"
    title = "Plan the chosen idea at this time"
    help = "Gives the time under the cursor to the idea chosen on the board, or the first ready."
    scope = "numbers"
    group = "Numbers"


class WriteReport(Command):
    """Write the answers as one page with charts into the project."""

    id = "numbers.report"
    title = "Write the answers as a page with charts"
    help = "Puts one Markdown page and its charts into stats/ of the project; undo removes them."
    key = "w"
    scope = "numbers"
    group = "Numbers"
    footer = "report"
