"""What to post: what seems to help, what seems not to, what cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.answers.drawn import drawn
from studio.app.widgets.rows import Row
from studio.report.figures import bars_of
from studio.report.words import left_out, plural

if TYPE_CHECKING:
    from studio.app.answers.shown import Shown
    from studio.report.answers import PlatformAnswers


def show_what(shown: Shown, one: PlatformAnswers, metric: int) -> None:
    """Fill the tab for one of the metrics."""
    if not one.what:
        shown.say("No post with figures yet, so there is nothing to compare.")
        return
    what = one.what[metric % len(one.what)]
    others = f"m: {one.what[(metric + 1) % len(one.what)].metric}" if len(one.what) > 1 else ""
    shown.heading(what.metric.capitalize(), "  ".join(filter(None, (f"n {what.n}", others))))
    for sentence in what.told:
        shown.tell(sentence)
    if not what.effects:
        return
    shown.gap()
    chart = bars_of(what)
    lines = chart.cells(shown.width)
    end = 0
    for index, effect in enumerate(what.effects):
        first, last = chart.lines_of(index, shown.width)
        shown.rows += [Row("", (drawn(line),)) for line in lines[end:first]]
        key = f"effect/{effect.feature}/{effect.level}"
        shown.behind[key] = (f"{effect.feature}: {effect.level}", effect.posts)
        shown.rows.append(Row(key, tuple(drawn(line) for line in lines[first:last])))
        end = last
    shown.rows += [Row("", (drawn(line),)) for line in lines[end:]]
    if what.left_out:
        shown.gap()
        shown.say(
            f"{plural(sum(count for _, count in what.left_out), 'post')} left out:"
            f" {left_out(what.left_out)}."
        )
