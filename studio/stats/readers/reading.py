"""What reading one file gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.post import ActiveHour, DayFigure, Followers, Note, Post, Share


@dataclass(frozen=True)
class Reading:
    """One export file, understood.

    Args:
        name: the file's path, as it was given to `read`.
        kind: what it is, for a human: "Meta content", "TikTok Studio overview", …
        platform: "instagram", "tiktok" or "facebook".
        posts: own posts, in the order of the file.
        followers: followers by day.
        days: figures of the whole account by day.
        active: followers online by hour.
        shares: parts of the followers.
        notes: what the human should know, with lines.
        exported: the day of the export as well as it is known.
        exported_told: the file itself tells that day; else it is the day it arrived.
    """

    name: str
    kind: str
    platform: str
    posts: tuple[Post, ...] = ()
    followers: tuple[Followers, ...] = ()
    days: tuple[DayFigure, ...] = ()
    active: tuple[ActiveHour, ...] = ()
    shares: tuple[Share, ...] = ()
    notes: tuple[Note, ...] = ()
    exported: date | None = None
    exported_told: bool = False
