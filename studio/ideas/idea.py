"""One idea: a Markdown file with flat properties, as a record.

The properties are Obsidian's, the notes are the rest of the file. Nothing here fails: a file that
is not understood is an idea too, shown as the text it is.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.project.properties import Document

if TYPE_CHECKING:
    from studio.project.version import Version

FOLDER = "ideas"
SUFFIX = ".md"

_PLANNED = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


@dataclass(frozen=True)
class Idea:
    """One card on the board. All texts are as the file has them, untrusted.

    Attributes:
        path: in the project, "ideas/xmas.md".
        slug: the file's name without ".md"; captions carry it too.
        title: what the card says; made from the slug when the file gives none.
        stage: the column it names, "" when it names none.
        rank: its place in the column (`studio.ideas.rank`), None when it has none.
        pillar: the theme it belongs to.
        format: reel, carousel or image.
        platforms: where it is to be posted.
        tags: hashtags, without "#".
        media: paths of its pictures and clips, in their order.
        planned: when it is to be posted, as the file has it.
        planned_at: the same as a time in the audience's zone; None without a readable hour.
        planned_day: the same as a day; None without a readable one.
        source: who had the idea: "claude" or "me".
        posted: links of the posts made from it.
        created: the day it was written down, as the file has it.
        notes: the text after the properties; the whole file when they cannot be read.
        version: of the file's content.
        problem: why the properties cannot be read or changed; None when all is well.
    """

    path: str
    slug: str
    title: str
    stage: str
    rank: str | None
    pillar: str | None
    format: str | None
    platforms: tuple[str, ...]
    tags: tuple[str, ...]
    media: tuple[str, ...]
    planned: str | None
    planned_at: dt.datetime | None
    source: str | None
    posted: tuple[str, ...]
    created: str | None
    notes: str
    version: Version
    problem: str | None
    planned_day: dt.date | None = None


def read_idea(path: str, data: bytes, version: Version, zone: str) -> Idea:
    """Return the idea a file holds; never raises.

    Args:
        path: in the project.
        data: the file's bytes.
        version: of the file's content.
        zone: the audience's time zone, an IANA name.
    """
    document = Document.parse(data)
    slug = slug_of(path)
    problem = document.problem
    notes = document.body if problem is None else data.decode("utf-8", "replace")
    planned = _text(document, "planned")
    day, at = when(planned, zone) if planned else (None, None)
    return Idea(
        path=path,
        slug=slug,
        title=_text(document, "title") or slug.replace("-", " ").strip() or slug,
        stage=_text(document, "stage") or "",
        rank=_text(document, "rank"),
        pillar=_text(document, "pillar"),
        format=_text(document, "format"),
        platforms=document.get_list("platforms"),
        tags=tuple(tag.removeprefix("#") for tag in document.get_list("tags")),
        media=document.get_list("media"),
        planned=planned,
        planned_at=at,
        source=_text(document, "source"),
        posted=document.get_list("posted"),
        created=_text(document, "created"),
        notes=notes,
        version=version,
        problem=problem,
        planned_day=day,
    )


def slug_of(path: str) -> str:
    """Return an idea's slug: the file's name without its suffix."""
    name = PurePosixPath(path).name
    return name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name


def when(text: str, zone: str) -> tuple[dt.date | None, dt.datetime | None]:
    """Return the day and the time that a plan names, both in the audience's zone.

    A day alone has no time. A time that a zone skips in spring is moved on by the hour skipped;
    of a time that occurs twice in autumn the first is meant. A time with its own offset is
    carried over into the zone.

    Args:
        text: "2026-11-26 19:30", "2026-11-26", "2026-11-26T19:30:00Z".
        zone: an IANA name.

    Returns:
        (None, None) for anything that is no date or a zone that is unknown.
    """
    match = _PLANNED.fullmatch(text.strip())
    here = _zone(zone)
    if match is None or here is None:
        return None, None
    year, month, day, hour, minute, offset = match.groups()
    try:
        date = dt.date(int(year), int(month), int(day))
        if hour is None:
            return date, None
        clock = dt.time(int(hour), int(minute))
        if offset:
            given = dt.datetime.fromisoformat(f"{date} {clock}{offset.replace('Z', '+00:00')}")
        else:
            given = dt.datetime.combine(date, clock, here).astimezone(dt.UTC)
        at = given.astimezone(here)
    except (ValueError, OverflowError):
        return None, None
    return at.date(), at


def _text(document: Document, key: str) -> str | None:
    value = document.get(key)
    return value.strip() or None if value is not None else None


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown, or no name at all
        return None
