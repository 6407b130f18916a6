"""Who to reach: what the exports say of the audience, and what they do not say yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.post import Followers, Post


@dataclass(frozen=True)
class Table:
    """Parts of the followers, the largest first.

    Attributes:
        name: "country", "city", "age", "women", "men" or "gender".
        rows: (raw name, share 0 to 1).
        source: the export's path.
        exported: its day.
    """

    name: str
    rows: tuple[tuple[str, float], ...]
    source: str
    exported: date | None


@dataclass(frozen=True)
class Locked:
    """A figure that the platform keeps back until the account is larger.

    Attributes:
        figure: "age and gender of followers".
        needs: the followers it appears at; None when the platform does not say.
        why: one sentence with its source.
    """

    figure: str
    needs: int | None
    why: str


@dataclass(frozen=True)
class Brought:
    """Posts that have something in common, by what they brought in new followers.

    Attributes:
        name: "reel", "home", …
        n: posts.
        follows: follows from them.
        reach: accounts they reached.
        rate: follows per thousand reached, shrunken towards the page's own.
        low: lower end of the 90 % interval of `rate`.
        high: upper end.
        telling: whether the interval leaves out the page's own rate.
        posts: the posts, best first.
    """

    name: str
    n: int
    follows: int
    reach: int
    rate: float
    low: float
    high: float
    telling: bool
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Who:
    """The audience of one platform.

    Attributes:
        platform: "instagram", "tiktok", …
        followers: by day, oldest first.
        growth: followers won a week over the last four weeks known; None when not known.
        declared: the audience in the human's words, from studio.toml; "" when not declared.
        tables: what the exports say of the followers.
        active: followers online by (weekday, hour) in the audience's zone, a mean of the days
            known; empty when no export has it.
        active_zone: the zone these hours are believed to be in, and why; "".
        returning: (new viewers, returning viewers) over the days known; None when not known.
        brought: what brought follows rather than views; empty when no export tells follows.
        page_rate: follows per thousand reached of all posts; None.
        locked: what the platform does not tell yet.
    """

    platform: str
    followers: tuple[Followers, ...]
    growth: float | None
    declared: str
    tables: tuple[Table, ...]
    active: dict[tuple[int, int], float]
    active_zone: str
    returning: tuple[int, int] | None
    brought: tuple[Brought, ...]
    page_rate: float | None
    locked: tuple[Locked, ...]
