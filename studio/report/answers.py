"""The three answers of one project, as one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from studio.stats.summary import Summary
    from studio.stats.table import Posts
    from studio.stats.what import What
    from studio.stats.when import BestTimes, Try
    from studio.stats.who import Who


@dataclass(frozen=True)
class PlatformAnswers:
    """When, what and who on one platform.

    Attributes:
        platform: "instagram", "tiktok", …
        summary: what there is: posts, followers, usual figures.
        when: the hours; None without a post whose hour is known.
        tries: the next posts to try, in the order of their times.
        what: one for each metric, reach or views first.
        who: the audience.
    """

    platform: str
    summary: Summary
    when: BestTimes | None
    tries: tuple[Try, ...]
    what: tuple[What, ...]
    who: Who


@dataclass(frozen=True)
class Answers:
    """Everything the numbers of a project say.

    Attributes:
        name: of the project.
        now: when it was asked, aware.
        zone: the audience's time zone.
        platforms: the one with most posts first.
        posts: the table behind it all.
    """

    name: str
    now: datetime
    zone: str
    platforms: tuple[PlatformAnswers, ...]
    posts: Posts
