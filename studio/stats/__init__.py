"""What the platforms say about the posts, and what can honestly be told from it.

`best_times` and `plan_next` work on a pandas DataFrame of posts and are loaded when first asked
for; the app uses `studio.stats.when` on its own records instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.stats.model.frames import best_times, plan_next

__all__ = ["best_times", "plan_next"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from studio.stats.model import frames

        found: object = getattr(frames, name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
