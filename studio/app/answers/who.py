"""Who to reach: the audience as far as the exports tell, and what brought new followers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.answers.drawn import chart_rows
from studio.platforms.names import platform_name
from studio.report.figures import growth_of
from studio.report.words import day, plural
from studio.text import one_line

if TYPE_CHECKING:
    from studio.app.answers.shown import Shown
    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.who import Table, Who

_TITLES = {
    "country": "Where followers are",
    "city": "Their cities",
    "age": "Their age",
    "gender": "Their gender",
    "women": "Women by age",
    "men": "Men by age",
}
_ROWS = 8


def show_who(shown: Shown, answers: Answers, one: PlatformAnswers) -> None:
    """Fill the tab."""
    who = one.who
    if who.followers:
        newest = who.followers[-1]
        rate = "" if who.growth is None else f", {who.growth:+.0f} a week"
        shown.pair("followers", f"{newest.count:,} on {day(newest.day)}{rate}")
        if len(who.followers) > 1:
            shown.rows += chart_rows(growth_of(one, answers.posts).cells(shown.width))
    else:
        shown.pair("followers", "not in these exports")
    if who.declared:
        shown.pair("declared by you", one_line(who.declared))
    for table in who.tables:
        _table(shown, table)
    if who.returning is not None:
        new, back = who.returning
        shown.heading("Viewers")
        shown.pair("new", f"{new:,}")
        shown.pair("returning", f"{back:,}")
    _brought(shown, who)
    if who.active:
        hours = sorted(who.active.items(), key=lambda item: -item[1])[:3]
        shown.heading("Followers online", "shown, never used as the answer")
        for (weekday, hour), value in hours:
            from studio.report.words import hour_range

            shown.pair(hour_range(weekday, hour), f"{value:,.0f}")
        shown.say(who.active_zone)
    if who.locked:
        shown.heading(f"What {platform_name(who.platform)} does not tell yet")
        for one_locked in who.locked:
            needs = "" if one_locked.needs is None else f" from {one_locked.needs:,} followers"
            shown.say(f"{one_locked.figure}{needs}: {one_locked.why}")


def _table(shown: Shown, table: Table) -> None:
    source = f"{table.source.rpartition('/')[2]}, " if table.source else ""
    shown.heading(_TITLES.get(table.name, table.name), f"{source}{day(table.exported)}")
    for name, share in table.rows[:_ROWS]:
        shown.pair(name, f"{_bar(share, 12)} {share:>4.0%}")
    if len(table.rows) > _ROWS:
        shown.say(f"and {len(table.rows) - _ROWS} more")


def _bar(share: float, width: int) -> str:
    """Draw a part of a whole in eighths of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    part = " ▏▎▍▌▋▊▉"[eighths % 8] if eighths % 8 else ""
    return f"{'█' * (eighths // 8)}{part}".ljust(width)


def _brought(shown: Shown, who: Who) -> None:
    if not who.brought:
        return
    usual = "" if who.page_rate is None else f"your usual {who.page_rate:.1f}"
    shown.heading("New followers per 1,000 reached", usual)
    for group in who.brought:
        key = f"brought/{group.name}"
        better = group.telling and group.rate > (who.page_rate or 0)
        voice = "keep" if better else "text" if group.telling else "dim"
        told = f"{group.rate:.1f} ({group.low:.1f}…{group.high:.1f})  n {group.n:>2}"
        shown.behind[key] = (f"Follows: {group.name}", group.posts)
        shown.pair(
            group.name,
            told if group.telling else f"can't tell  {told}",
            key=key,
            named="text",
            voice=voice,
        )
    shown.say(f"From {plural(sum(group.follows for group in who.brought), 'follow')}.")
