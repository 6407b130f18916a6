"""Which posts statistics rest on, why others do not, and when a post's figures were taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

    from studio.stats.post import Post


def kind_left_out(post: Post) -> str | None:
    """Return why a post is none that statistics rest on, whatever its figures; None if it is."""
    reasons = (
        (post.format == "story", "stories"),
        (post.private, "private"),
        (post.paid, "promoted with money"),
        (post.partial, "sums over some days only"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def left_out(post: Post, figure: str) -> str | None:
    """Return why a post does not count for one of `studio.stats.post.FIGURES`, None if it does."""
    if reason := kind_left_out(post):
        return reason
    if post.posted_at is None:
        return "without a date"
    value = post.figure(figure)
    return f"without {figure}" if value is None or value < 0 else None


def taken(post: Post, now: datetime, zone: tzinfo) -> datetime:
    """Return when a post's figures were taken: noon of a day's export, never after now."""
    exported = post.exported
    if isinstance(exported, datetime):
        moment = exported if exported.tzinfo else exported.replace(tzinfo=UTC)
    elif isinstance(exported, date):
        moment = datetime.combine(exported, time(12), zone)
    else:
        return now
    return min(moment, now)
