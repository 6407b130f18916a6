"""What to post: which features of posts seem to help, which not, and what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.stats.post import Post

Features = dict[str, str]
"""What one post is like, by feature: {"format": "reel", "hook": "question"}; unknown absent."""


@dataclass(frozen=True)
class Effect:
    """What one trait of posts does, all else in the model being equal.

    Attributes:
        feature: "format", "length", "pillar", "hook", …
        level: the trait: "reel", "15–30 s".
        n: posts that have it.
        others: posts known to have another level of the feature.
        ratio: expected figure against the feature's average level, 1.2 = 20 % more.
        low: lower end of the 90 % interval of `ratio`.
        high: upper end.
        verdict: "helps", "hurts" or "can't tell".
        needed: how many more posts of it would most likely tell; None when told, or too many.
        posts: those that have it, oldest first.
    """

    feature: str
    level: str
    n: int
    others: int
    ratio: float
    low: float
    high: float
    verdict: str
    needed: int | None
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class What:
    """What to post, as far as the posts can tell, for one metric.

    Attributes:
        metric: "reach", "views", or a rate: "saves per reach", "follows per reach", …
        n: posts it rests on.
        effects: formats first, then by feature; within a feature the best level first.
        told: sentences for the human, the most important first.
        left_out: why how many posts were left out.
    """

    metric: str
    n: int
    effects: tuple[Effect, ...]
    told: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...] = ()

    def of(self, verdict: str) -> tuple[Effect, ...]:
        """Return the effects with a verdict."""
        return tuple(effect for effect in self.effects if effect.verdict == verdict)
