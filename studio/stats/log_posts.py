"""What was typed by hand, as posts: slips put right, days kept apart, links found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from studio.stats.log import KIND, PATH, link_time
from studio.stats.post import FIGURES, Note, Post, link_code
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from studio.stats.log import Entry


@dataclass(frozen=True)
class Row:
    """A row that was understood, and its line."""

    line: int
    entry: Entry

    @property
    def day(self) -> date:
        """The day of typing, UTC."""
        return self.entry.typed_at.astimezone(UTC).date()


def readings(rows: list[Row], notes: list[Note]) -> list[Reading]:
    """Return one reading for each day of typing; see `log.log_readings`."""
    links: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row.entry.link and row.entry.idea:
            links.setdefault((row.entry.platform, row.entry.idea), set()).add(row.entry.link)

    days: dict[date, dict[tuple[str, str], Post]] = {}
    for row in sorted(rows, key=lambda row: row.entry.typed_at):
        entry = row.entry
        known = links.get((entry.platform, entry.idea), set())
        if not entry.link and len({link_code(link) or link for link in known}) == 1:
            entry = replace(entry, link=next(iter(known)))
        post = _post(replace(row, entry=entry))
        name = post.code or entry.link or (f"idea {entry.idea}" if entry.idea else f"{row.line}")
        of_day = days.setdefault(row.day, {})
        before = of_day.get((entry.platform, name))
        of_day[entry.platform, name] = _corrected(post, before) if before else post
    _fold(days)
    found = [
        Reading(
            PATH,
            KIND,
            next(iter(posts.values())).platform,
            posts=tuple(posts.values()),
            exported=day,
            exported_told=True,
        )
        for day, posts in sorted(days.items())
        if posts
    ]
    if notes and found:
        found[0] = replace(found[0], notes=tuple(notes))
    elif notes:
        found = [Reading(PATH, KIND, "", notes=tuple(notes))]
    return found


def _post(row: Row) -> Post:
    entry = row.entry
    in_id = link_time(entry.link)
    told = entry.posted_at
    posted: datetime | None = in_id
    time_from = "id" if in_id else None
    if isinstance(told, datetime):
        posted, time_from = told, "published"
    elif told is not None:
        posted, time_from = datetime.combine(told, time(12), UTC), "day"
    return Post(
        platform=entry.platform,
        post_id=link_code(entry.link) or "",
        posted_at=posted,
        hour_known=time_from in {"published", "id"},
        format=entry.format,
        caption="",
        permalink=entry.link or None,
        seconds=None,
        **{name: getattr(entry, name) for name in FIGURES},
        source=PATH,
        line=row.line,
        exported=row.day,
        account=None,
        uploaded_at=in_id,
        time_from=time_from,
        idea=entry.idea,
    )


def _corrected(post: Post, before: Post) -> Post:
    """Return the later of two typings of one day, with what only the earlier one has."""
    timed = post if post.time_from else before
    figures = {
        name: new if new is not None else before.figure(name)
        for name, new in ((name, post.figure(name)) for name in FIGURES)
    }
    return replace(
        post,
        **figures,  # type: ignore[arg-type]
        posted_at=timed.posted_at,
        hour_known=timed.hour_known,
        time_from=timed.time_from,
        format=post.format or before.format,
    )


def _fold(days: dict[date, dict[tuple[str, str], Post]]) -> None:
    """Make one post with a history of what was typed on several days about one without a link."""
    last: dict[tuple[str, str], Post] = {}
    for day in sorted(days):
        for key, post in list(days[day].items()):
            if post.permalink or not post.idea:
                continue
            before = last.get(key)
            if before is not None:
                history = before.history
                if before.figures != post.figures:
                    history = (*history, before.snapshot())
                assert isinstance(before.exported, date)
                del days[before.exported][key]
                days[day][key] = replace(_corrected(post, before), history=history)
            last[key] = days[day][key]
