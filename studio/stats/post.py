"""The records every export is read into: posts, followers, and the tables beside them.

Text in a record is raw, as the platform wrote it; it passes `studio.text` when it is shown.
A figure the platform did not tell is None, never 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

FIGURES = ("views", "reach", "likes", "comments", "shares", "saves", "follows")
"""The names of a post's figures, in the order they are shown."""

NoteKind = Literal["about", "odd", "empty"]
"""What a note is of: information, something not understood, something without a figure."""

Count = int | None
Figures = tuple[Count, Count, Count, Count, Count, Count, Count]
"""A post's figures in the order of `FIGURES`."""

_SHORTCODE = re.compile(r"instagram\.com/(?:[\w.-]+/)?(?:p|reels?|tv)/([\w-]{5,})", re.ASCII)
_VIDEO = re.compile(r"tiktok\.com/.*?/(?:video|photo)/(\d{5,20})\b", re.ASCII)


@dataclass(frozen=True)
class Note:
    """Something a reader wants the human to know about a file.

    Args:
        line: the physical line in the file (the row, for a spreadsheet), 1 for the first.
        text: one sentence without its full stop; it may quote the file, raw.
        file: the file, once several are told of together; "" while there is one.
        kind: "about" for what is good to know, "odd" for what was not understood or left out as
            wrong, "empty" for what was recognised but has no figure that counts.
    """

    line: int | None
    text: str
    file: str = ""
    kind: NoteKind = "about"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of one post as one export had them."""

    exported: date | None
    source: str
    line: int
    views: int | None
    reach: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    follows: int | None


@dataclass(frozen=True, slots=True)
class Post:
    """One published thing with its numbers.

    Args:
        platform: "instagram", "tiktok", "facebook", "youtube", or another's small-letter name.
        post_id: the platform's id; the shortcode where a spreadsheet has spoilt Instagram's; "" in
            exports that have none (data downloads), which are joined to the others by time.
        posted_at: when it went live, UTC; noon of the day where only the day is known.
        hour_known: False when it was scheduled elsewhere and only the day can be trusted.
        format: "reel", "carousel", "image", "story", "video", "photo", or None when not told.
        caption: raw, with its line breaks where the platform kept them.
        permalink: the post's address, raw.
        seconds: length of the clip; None for pictures and when not told.
        views: times shown or played, lifetime.
        reach: accounts that saw it.
        likes: likes (all reactions on Facebook).
        comments: comments.
        shares: shares.
        saves: saves.
        follows: accounts that followed from it.
        source: the export's path (inside an archive: archive/member).
        line: the physical line of its row in that file, the first line being 1.
        exported: the day of the export, as well as it is known.
        account: the handle, without @.
        uploaded_at: the time inside the id, UTC; differs from `posted_at` for scheduled posts.
        time_from: what `posted_at` rests on: "id", "published" (a time the platform states),
            "day" (only a day is stated), or None.
        partial: the figures are sums over some days only, not lifetime figures.
        private: only its author can see it, so it counts in no statistics.
        paid: it was promoted with money, so it counts in no statistics.
        history: older snapshots of the figures, oldest first, this post's own left out.
        idea: the slug of the idea it was made from, where the file tells; "" elsewhere.
    """

    platform: str
    post_id: str
    posted_at: datetime | None
    hour_known: bool
    format: str | None
    caption: str
    permalink: str | None
    seconds: float | None
    views: int | None
    reach: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    follows: int | None
    source: str
    line: int
    exported: date | datetime | None
    account: str | None
    uploaded_at: datetime | None = None
    time_from: str | None = None
    partial: bool = False
    private: bool = False
    paid: bool = False
    history: tuple[Snapshot, ...] = ()
    idea: str = ""

    @property
    def code(self) -> str | None:
        """The part of the permalink that names the post: shortcode or video id."""
        return link_code(self.permalink)

    def figure(self, name: str) -> int | None:
        """Return one of `FIGURES` by name."""
        value: int | None = getattr(self, name)
        return value

    @property
    def figures(self) -> Figures:
        """The post's figures in the order of `FIGURES`."""
        return (
            self.views,
            self.reach,
            self.likes,
            self.comments,
            self.shares,
            self.saves,
            self.follows,
        )

    def snapshot(self) -> Snapshot:
        """Return the post's own figures as a snapshot."""
        day = self.exported.date() if isinstance(self.exported, datetime) else self.exported
        return Snapshot(day, self.source, self.line, *self.figures)


@dataclass(frozen=True, slots=True)
class Followers:
    """How many followers an account had at the end of a day."""

    platform: str
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One figure of the whole account on one day.

    `metric` is one of `FIGURES`, or "profile_views", "viewers", "new_viewers",
    "returning_viewers", "unfollows", "link_clicks", "interactions".
    """

    platform: str
    day: date
    metric: str
    value: int


@dataclass(frozen=True, slots=True)
class ActiveHour:
    """Followers online in one hour; the platform does not say in which time zone."""

    platform: str
    day: date
    hour: int
    followers: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the followers, 0 to 1.

    `table` is "gender", "age", "women" and "men" (by age), "city" or "country" (ISO-2 codes or the
    platform's words). `source` is the export's path and `exported` its day; the table of posts
    puts them in when it puts the exports together.
    """

    platform: str
    table: str
    name: str
    share: float
    source: str = ""
    exported: date | None = None


def link_code(link: str | None) -> str | None:
    """Return Instagram's shortcode or TikTok's video id from a link, None when it has neither."""
    if not link:
        return None
    found = _SHORTCODE.search(link) or _VIDEO.search(link)
    return found[1] if found else None
