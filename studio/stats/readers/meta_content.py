"""Meta Business Suite's content export: one row a post, in any language and column order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from studio.stats.making import posts_of
from studio.stats.post import FIGURES, Note, Post
from studio.stats.readers.meta_rows import Row, Source, own, usable
from studio.stats.readers.meta_times import ENOUGH, NEAR, Clock, read_clock
from studio.stats.readers.meta_words import fields, format_of
from studio.stats.readers.numbers import count
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import Sheet, columns, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

_MAX_NOTES = 40
_REST = (False, False, (), "")  # private, paid, history, idea
_CLIPS = frozenset({"reel", "video", "story"})


def matches(sheet: Sheet) -> bool:
    """Tell whether the first filled row is this export's header, in a known language."""
    header = next((cells for _, cells in sheet.rows if any(cells)), [])
    found = columns(header, fields()).keys()
    return ({"permalink", "published"} <= found and len(found & set(FIGURES)) >= 2) or (
        {"post_id", "permalink"} <= found and len(found) >= 4
    )


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:
    """Read the posts.

    A joint post of another account is left out and noted. Rows of the daily breakdown are added
    up and marked `partial`; they never stand in for lifetime figures.
    """
    return read_rows(name, iter(sheet.rows), sheet.notes, today, zone)


def read_rows(
    name: str,
    rows: Iterator[tuple[int, list[str]]],
    told: list[Note],
    today: date,
    zone: str | None,
) -> Reading:
    """Do as `read` does, with rows that are had one after the other.

    Args:
        name: the file's path.
        rows: from the header on.
        told: what is to be noted of the rows; it may grow while they are read.
        today: the day of the export at the latest.
        zone: as for `read`.
    """
    line, header = next(row for row in rows if any(row[1]))
    source = Source(name, today, len(header), columns(header, fields()))
    _fill_in(line, header, source)
    found = own(usable(rows, source), source)
    keys = [row.key for row in found]
    order: dict[str, int] = {}
    unique: list[Row] = []
    for key, row in zip(keys, found, strict=True):
        if key not in order:
            order[key] = len(unique)
            unique.append(row)
    clock = read_clock([row.published for row in unique], [row.told for row in unique], zone)
    _about_clock(clock, source)
    if len(unique) == len(found):
        made = [_post(row, source, clock, place) for place, row in enumerate(found)]
        posts = dict(zip(keys, posts_of(made), strict=True))
    else:
        posts = _by_key(found, keys, order, source, clock)
    days = [row.day for row in found if row.day]
    if days:
        source.note(
            None,
            f"a daily breakdown, {min(days)} to {max(days)}: its sums never replace lifetime"
            " figures; export with “Lifetime” to compare posts",
            "about",
        )
    stories = sum(post.format == "story" for post in posts.values())
    if stories:
        source.note(
            None,
            f"{stories} {'story' if stories == 1 else 'stories'} in it: replies, taps and"
            " navigation are not kept",
            "empty",
        )
    if not posts:
        source.note(None, "there are no posts in it", "empty")
    platforms = Counter(post.platform for post in posts.values())
    return Reading(
        name=name,
        kind="Meta content, daily" if days else "Meta content",
        platform=platforms.most_common(1)[0][0] if platforms else "instagram",
        posts=tuple(posts.values()),
        notes=_few([*told, *source.notes]),
        exported=today,
    )


def _fill_in(line: int, header: list[str], source: Source) -> None:
    unknown = [cell for cell in header if cell.strip() and plain(cell) not in fields()]
    if unknown:
        source.note(line, f"columns left out: {', '.join(unknown)[:200]}")
    at = source.columns
    if "views" not in at and "impressions" in at:
        at["views"] = at["impressions"]
        source.note(line, "an older export: its Impressions are taken as views", "about")
    if "likes" not in at and "reactions" in at:
        at["likes"] = at["reactions"]


def _about_clock(clock: Clock, source: Source) -> None:
    if not clock.compared:
        if clock.zone is not None and any(clock.walls):
            source.note(None, "no id to check publish times against; hours are not used", "about")
    elif clock.zone is None:
        source.note(
            None,
            f"the time zone of Publish time is not known: only {clock.near} of"
            f" {clock.compared} posts fit any; the hours are not used",
        )
    elif clock.near < ENOUGH * clock.compared:
        source.note(
            None,
            f"Publish time read as {clock.name}: {clock.near} of {clock.compared} posts fit,"
            " the others count as scheduled",
            "about",
        )


def _by_key(
    rows: list[Row], keys: list[str], order: dict[str, int], source: Source, clock: Clock
) -> dict[str, Post]:
    """Return the posts of rows of which several are about one post."""
    posts: dict[str, Post] = {}
    for key, row in zip(keys, rows, strict=True):
        known = posts.get(key)
        if known is not None and known.partial and row.day:
            posts[key] = _added(known, row)
        elif known is None or known.partial:  # partial: a lifetime row beside daily ones
            posts[key] = Post(*_post(row, source, clock, order[key]))
        elif not row.day:
            source.note(row.line, f"the same post as in line {known.line}, left out")
    return posts


def _post(row: Row, source: Source, clock: Clock, place: int) -> tuple[Any, ...]:
    """Return the fields of a row's post; `place` is the row's in the clock."""
    posted, told_by, known = _live(row, source, clock, place)
    link = row.link or None
    kind = format_of(row.type)
    if kind is None and link and "/reel" in link:
        kind = "reel"
    figures = row.figures
    if row.day:  # accounts reached on several days are no sum
        figures = (figures[0], None, *figures[2:])
    return (
        _platform(link, source),
        row.post_id,
        posted,
        known and posted is not None,
        kind,
        row.caption,
        link,
        _seconds(row.seconds) if kind is None or kind in _CLIPS else None,
        *figures,
        source.name,
        row.line,
        source.today,
        row.user or None,
        row.told,
        told_by if posted else None,
        row.day is not None,
        *_REST,
    )


@lru_cache(maxsize=1024)
def _seconds(cell: str) -> float | None:
    seconds, _ = count(cell)
    return float(seconds) if seconds else None


def _live(row: Row, source: Source, clock: Clock, place: int) -> tuple[datetime | None, str, bool]:
    """Return when it went live, what tells so, and whether the hour can be trusted.

    The id is to the second, so it counts where both times agree; a post that went live later
    than its id was scheduled, and then Publish time is the one that is true.
    """
    published = clock.instants[place]
    if row.told is None:
        return published, "published", clock.near > 0
    if published is None:
        if clock.walls[place] is not None:
            return row.told, "id", False
        if row.published.strip():
            source.note(row.line, "Publish time is impossible; the id's time is used")
    elif published - row.told > NEAR:
        return published, "published", True
    elif row.told - published > NEAR:
        source.note(row.line, "Publish time lies before the upload; the id's time is used")
    return row.told, "id", True


def _added(post: Post, row: Row) -> Post:
    views, _, likes, comments, shares, saves, follows = (
        new if known is None else known + (new or 0)
        for known, new in zip(post.figures, row.figures, strict=True)
    )
    return replace(
        post,
        views=views,
        likes=likes,
        comments=comments,
        shares=shares,
        saves=saves,
        follows=follows,
    )


def _platform(link: str | None, source: Source) -> str:
    if link and ("facebook.com" in link or "fb.watch" in link):
        return "facebook"
    return "facebook" if not link and "reactions" in source.columns else "instagram"


def _few(notes: list[Note]) -> tuple[Note, ...]:
    if len(notes) <= _MAX_NOTES:
        return tuple(notes)
    rest = len(notes) - _MAX_NOTES
    return (*notes[:_MAX_NOTES], Note(None, f"and {rest} more notes like these", kind="odd"))
