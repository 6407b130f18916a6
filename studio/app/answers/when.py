"""When to post: what can be told, the next posts to try, the week, the best hours so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.app.answers.drawn import chart_rows
from studio.app.answers.shown import across
from studio.app.widgets.rows import Row
from studio.report.figures import heat_of
from studio.report.words import gain, hour_range, interval, left_out, reason, when_verdict

if TYPE_CHECKING:
    from studio.app.answers.shown import Shown
    from studio.app.widgets.rows import Pens
    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.post import Post
    from studio.stats.when import Slot, Try

SLOTS = 5
_TALL = 20  # lines from which the heat map gives each day two


def show_when(shown: Shown, answers: Answers, one: PlatformAnswers) -> None:
    """Fill the tab."""
    when = one.when
    if when is None:
        shown.tell("No post whose hour is known, so there is nothing to tell of hours yet.")
    else:
        shown.tell(when_verdict(when))
    if one.tries:
        shown.heading("Next posts to try", "p plans them, Enter one")
        for index, each in enumerate(one.tries):
            key = f"try/{index}"
            shown.tries[key] = each
            shown.rows.append(_try(key, each))
    if when is None:
        return
    shown.gap()
    shown.rows += chart_rows(
        heat_of(one).cells(shown.width, height=_TALL if shown.height >= 40 else None)
    )
    shown.heading("Best hours so far", f"90 %, {answers.zone}")
    posts = posts_by_hour(answers, one)
    for slot in when.slots[:SLOTS]:
        key = f"slot/{slot.weekday}/{slot.hour}"
        shown.behind[key] = (
            hour_range(slot.weekday, slot.hour),
            posts.get((slot.weekday, slot.hour), ()),
        )
        claimed = when.claim is not None and (when.claim.weekday, when.claim.hour) == (
            slot.weekday,
            slot.hour,
        )
        shown.rows.append(_slot(key, slot, claimed=claimed))
    shown.gap()
    shown.say(
        "Public averages stand behind hours you have not tried; they are not you. Hours are worth "
        "some 5–20 %; what you post is worth far more."
    )
    if when.left_out:
        shown.say(f"Left out: {left_out(when.left_out)}.")


def posts_by_hour(answers: Answers, one: PlatformAnswers) -> dict[tuple[int, int], list[Post]]:
    """Return the posts whose hour is known by (weekday, hour) in the audience's zone."""
    from studio.stats.summary import counts, zone_of

    zone = zone_of(answers.zone)
    found: dict[tuple[int, int], list[Post]] = {}
    for post in answers.posts.of(one.platform):
        if post.posted_at and post.hour_known and counts(post):
            at = post.posted_at.astimezone(zone)
            found.setdefault((at.weekday(), at.hour), []).append(post)
    return found


def _try(key: str, each: Try) -> Row:
    at = f"{each.at:%a} {each.at.day:>2} {each.at:%b} {each.at:%H:%M}"
    why = reason(each)

    def line(width: int, pens: Pens) -> Content:
        return across(Content.styled(at, pens.text), Content.styled(why, pens.dim), width)

    return Row(key, (line,))


def _slot(key: str, slot: Slot, *, claimed: bool) -> Row:
    name = hour_range(slot.weekday, slot.hour)
    told = interval(slot) if claimed or slot.n else f"{gain(slot.public)} public average"

    def line(width: int, pens: Pens) -> Content:
        pen = pens.keep if claimed else pens.dim
        right = Content.assemble((told, pen), (f"  n {slot.n:>2}", pens.dim))
        mark = "◆ " if claimed else ""
        return across(Content.styled(f"{mark}{name}", pens.text), right, width)

    return Row(key, (line,))
