"""How the answers are put into words, on the screen as in the terminal and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from studio.stats.when import BestTimes, Slot, Try

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(one: date | None) -> str:
    """Return a day as "16 Nov 2026", a dash for None."""
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}" if one else "–"


def number(value: float | None) -> str:
    """Return a count as "1,204"; a missing one is a dash, never nought."""
    return "–" if value is None else f"{value:,.0f}"


def percent(ratio: float | None) -> str:
    """Return a ratio as "+12%", "−8%" or, from threefold on, "×3.2"; "–" for None."""
    if ratio is None:
        return "–"
    if ratio >= 3:
        return f"×{ratio:.1f}"
    change = round((ratio - 1) * 100)
    return f"{'−' if change < 0 else '+'}{abs(change)}%"


def gain(relative: float) -> str:
    """Return a relative gain (0.12) as `percent` does."""
    return percent(1 + relative)


def plural(count: int, noun: str) -> str:
    """Return "1 post", "12 posts", "1,204 posts"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def hour_range(weekday: int, hour: int) -> str:
    """Return a slot as "Thu 19–20"."""
    return f"{WEEKDAYS[weekday]} {hour:02}–{(hour + 1) % 24:02}"


def left_out(reasons: Iterable[tuple[str, int]]) -> str:
    """Return why posts were left out: "4 with an unknown hour, 2 stories"."""
    return ", ".join(f"{count} {reason}" for reason, count in reasons)


def interval(slot: Slot) -> str:
    """Return a slot's gain with its interval: "+12% (−8%…+35%)"."""
    return f"{gain(slot.uplift)} ({gain(slot.low)}…{gain(slot.high)})"


def when_verdict(when: BestTimes) -> str:
    """Return what can be said of the hours, in a sentence or two."""
    posts = plural(when.n, "post")
    if when.claim is not None:
        slot = when.claim
        return (
            f"{hour_range(slot.weekday, slot.hour)} does better than your usual hours:"
            f" {interval(slot)}, from {posts}, {slot.n} of them in that hour."
        )
    if not when.n:
        return "Can't tell yet: no post of yours to go by, only public averages."
    told = f"Can't tell yet ({posts}): no hour beats your usual ones beyond chance."
    if when.needed:
        told += f" About {plural(when.needed, 'more post')}, spread as below, would likely tell."
    elif when.needed is None:
        told += " Posts differ so much that even a year of them would hardly tell."
    return told


def reason(one: Try) -> str:
    """Return why a time is proposed."""
    if one.reason == "public":
        return "public average, not yours"
    if one.reason == "best":
        return f"your best (n {one.n})"
    return f"test (n {one.n})"
