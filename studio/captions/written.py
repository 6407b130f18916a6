"""A caption that was written once: what the index over all of them is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

Kind = Literal["here", "posted", "version"]


@dataclass(frozen=True, slots=True)
class Written:
    """One text.

    Args:
        path: the caption file's path in the project; of a post that of the caption it was made
            from, "" where nobody knows.
        platform: whose it is, None for a caption that serves all.
        text: raw, as written.
        when: "here": when the file was last changed; "posted": when it went live; "version": when
            it was put by (what was typed over: the moment it was replaced). Aware; None: not known.
        kind: "here" is what the file says now, "version" what it said before.
        title: of the idea or post, raw, for showing; "" for none.
    """

    path: str
    platform: str | None
    text: str
    when: datetime | None
    kind: Kind
    title: str = ""


class Posted(NamedTuple):
    """A post's caption as it is handed in; any tuple of this form will do.

    Args:
        platform: where it was posted.
        text: the caption, raw.
        when: when it went live, aware; None if not known.
        path: that of the caption file it was made from, "" where nobody knows.
        title: for showing, "" for none.
    """

    platform: str
    text: str
    when: datetime | None
    path: str = ""
    title: str = ""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(when: datetime | None) -> float:
    """Return seconds since 1970 to order by: what has no time is the oldest of all."""
    if when is None:
        return float("-inf")
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return (when - _EPOCH).total_seconds()
