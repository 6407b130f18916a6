"""Meta Business Suite's content export: one row a post, in any language and column order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.stats.post import FIGURES, Note, Post
from studio.stats.readers.meta_rows import Row, Source, own, usable
from studio.stats.readers.meta_times import ENOUGH, NEAR, Clock, read_clock
from studio.stats.readers.meta_words import fields, format_of
from studio.stats.readers.numbers import count
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import Sheet, columns, plain

if TYPE_CHECKING:
    from datetime import date, datetime

_MAX_NOTES = 40
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
    start = next(index for index, (_, cells) in enumerate(sheet.rows) if any(cells))
    line, header = sheet.rows[start]
    source = Source(name, today, len(header), columns(header, fields()), list(sheet.notes))
    _fill_in(line, header, source)
    rows = own(usable(sheet.rows[start + 1 :], source), source)
    keys = [row.key for row in rows]
    order: dict[str, int] = {}
    unique: list[Row] = []
    for key, row in zip(keys, rows, strict=True):
        if key not in order:
            order[key] = len(unique)
            unique.append(row)
    published = source.at["published"]
    clock = read_clock([row.cells[published] for row in unique], [row.told for row in unique], zone)
    _about_clock(clock, source)
    posts: dict[str, Post] = {}
    for key, row in zip(keys, rows, strict=True):
        known = posts.get(key)
        if known is not None and known.partial and row.day:
            posts[key] = _added(known, row)
        elif known is None or known.partial:  # partial: a lifetime row beside daily ones
            posts[key] = _post(row, source, clock, order[key])
        elif not row.day:
            source.note(row.line, f"the same post as in line {known.line}, left out")
    days = [row.day for row in rows if row.day]
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
        notes=_few(source.notes),
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


def _post(row: Row, source: Source, clock: Clock, index: int) -> Post:
    posted, told_by, known = _live(row, source, clock, index)
    cells, at = row.cells, source.at
    kind = format_of(cells[at["type"]])
    link = cells[at["permalink"]].strip() or None
    if kind is None and link and "/reel" in link:
        kind = "reel"
    seconds = None
    if kind is None or kind in _CLIPS:
        seconds = count(cells[at["seconds"]])[0]
    figures = row.figures
    if row.day:  # accounts reached on several days are no sum
        figures = (figures[0], None, *figures[2:])
    return Post(
        _platform(link, source),
        row.post_id,
        posted,
        known and posted is not None,
        kind,
        cells[at["caption"]] or cells[at["title"]],
        link,
        float(seconds) if seconds else None,
        *figures,
        source.name,
        row.line,
        source.today,
        cells[at["username"]] or cells[at["name"]] or None,
        row.told,
        told_by if posted else None,
        row.day is not None,
    )


def _live(row: Row, source: Source, clock: Clock, index: int) -> tuple[datetime | None, str, bool]:
    """Return when it went live, what tells so, and whether the hour can be trusted.

    The id is to the second, so it counts where both times agree; a post that went live later
    than its id was scheduled, and then Publish time is the one that is true.
    """
    published = clock.instants[index]
    if row.told is None:
        return published, "published", clock.near > 0
    if published is None:
        if clock.walls[index] is not None:
            return row.told, "id", False
        if row.cells[source.at["published"]].strip():
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
