"""What `studio stats` prints: as text for a human, as JSON for a program."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.platforms.names import platform_name
from studio.problem import Problem
from studio.stats.answer import Group, Summary, percent, summarise, zone_of
from studio.stats.exports import load
from studio.stats.lines import cells, fit, pad, wrapped
from studio.stats.notes import told_once
from studio.stats.post import FIGURES, Post
from studio.text import one_line

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from studio.project.project import Project
    from studio.project.store import Store
    from studio.stats.post import Note
    from studio.stats.table import Posts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAX_NOTES = 12


def idea_links(store: Store) -> dict[str, str]:
    """Return permalink → pillar for every idea that says where it was posted and its pillar."""
    from studio.project.properties import Document

    found: dict[str, str] = {}
    for path in store.names("ideas", ".md"):
        try:
            document = Document.parse(store.read(path)[0])
        except Problem:
            continue
        pillar = document.get("pillar")
        if pillar:
            found.update((link, pillar) for link in document.get_list("posted"))
    return found


def _answers(project: Project, now: datetime) -> tuple[Posts, tuple[Summary, ...]]:
    posts = load(project.store, cache=project.cache, zone=project.config.zone)
    links = idea_links(project.store)
    return posts, summarise(posts, project.config, now=now, links=links)


def report_json(project: Project, *, now: datetime | None = None) -> dict[str, Any]:
    """Return everything the numbers say, ready for `json.dumps`; missing figures are null.

    Text in it is raw, as the platforms wrote it: `json.dumps` with its default `ensure_ascii`
    keeps a terminal safe.
    """
    now = now or datetime.now(UTC)
    posts, summaries = _answers(project, now)
    return {
        "project": project.config.name,
        "now": now.isoformat(),
        "platforms": [_summary_json(summary) for summary in summaries],
        "posts": [_post_json(post) for post in posts.posts],
        "files": [
            {
                "file": source.path,
                "kind": source.kind,
                "platform": source.platform,
                "posts": source.posts,
                "exported": _iso(source.exported),
            }
            for source in posts.files
        ],
        "notes": [
            {"file": note.file, "line": note.line, "text": note.text} for note in posts.notes
        ],
    }


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _figure(value: float | None) -> float | None:
    """Return a computed figure without the noise of its last binary digits."""
    return None if value is None else round(value, 4)


def _summary_json(summary: Summary) -> dict[str, Any]:
    return {
        "platform": summary.platform,
        "posts": summary.posts,
        "counted": summary.counted,
        "too_young": summary.too_young,
        "left_out": summary.left_out,
        "metric": summary.metric,
        "first": _iso(summary.first),
        "last": _iso(summary.last),
        "followers": summary.followers,
        "followers_at": _iso(summary.followers_at),
        "usual": _figure(summary.usual),
        "verdict": summary.verdict,
        "caveat": summary.caveat or None,
        "by_format": [_group_json(group) for group in summary.by_format],
        "by_pillar": [_group_json(group) for group in summary.by_pillar],
        "best": [post.post_id for post in summary.best],
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "n": group.n,
        "typical": _figure(group.typical),
        "ratio": _figure(group.ratio),
        "low": _figure(group.low),
        "high": _figure(group.high),
        "telling": group.telling,
        "posts": [post.post_id for post in group.posts],
    }


def _post_json(post: Post) -> dict[str, Any]:
    return {
        "platform": post.platform,
        "post_id": post.post_id,
        "posted_at": _iso(post.posted_at),
        "hour_known": post.hour_known,
        "format": post.format,
        "caption": post.caption,
        "permalink": post.permalink,
        "seconds": post.seconds,
        **{name: post.figure(name) for name in FIGURES},
        "source": post.source,
        "line": post.line,
        "exported": _iso(post.exported),
    }


def report_text(project: Project, width: int = 80, *, now: datetime | None = None) -> str:
    """Return the same for a human, in lines of at most `width` cells, without colour."""
    posts, summaries = _answers(project, now or datetime.now(UTC))
    width = max(width, 40)
    lines: list[str] = []
    for summary in summaries:
        lines += [*_summary_text(summary, width, zone_of(project.config.zone)), ""]
    if not summaries:
        lines += wrapped(
            "No numbers yet. Export them at Meta Business Suite (Insights, Content) and TikTok"
            " Studio (Analytics, Download data), then: studio import FILE",
            width,
        )
        lines.append("")
    if posts.files:
        count = len(posts.files)
        newest = max((one.exported for one in posts.files if one.exported), default=None)
        lines.append(f"From {count} {'export' if count == 1 else 'exports'}, newest {_day(newest)}")
    lines += _notes(posts.notes, width)
    return "\n".join(lines).rstrip() + "\n"


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "–"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _summary_text(summary: Summary, width: int, zone: tzinfo) -> list[str]:
    name = platform_name(summary.platform)
    head = f"{name}: {summary.posts} {'post' if summary.posts == 1 else 'posts'}"
    if summary.first:
        head += f", {_day(summary.first)} – {_day(summary.last)}"
    if summary.followers is not None:
        head += f"; {summary.followers:,} followers on {_day(summary.followers_at)}"
    lines = wrapped(head, width)
    lines += wrapped(summary.verdict[:1].upper() + summary.verdict[1:], width, "  ")
    if summary.caveat:
        lines += wrapped(f"{summary.caveat}.", width, "  ")
    if not summary.counted:
        return lines
    told = f"Usual {summary.metric} {_number(summary.usual)} (n = {summary.counted}"
    if summary.too_young:
        told += f"; younger than 72 h, left out: {summary.too_young}"
    if summary.left_out:
        told += f"; other posts left out: {summary.left_out}"
    lines += ["", *wrapped(f"{told})", width, "  ")]
    for title, groups in (("format", summary.by_format), ("pillar", summary.by_pillar)):
        if groups:
            lines += ["", *_table(title, groups, summary.metric, width)]
    lines += ["", f"  Best by {summary.metric}"]
    for post in summary.best:
        left = f"  {_number(post.figure(summary.metric)):>9}  {_day_of(post, zone):<11}  "
        lines.append(left + fit(one_line(post.caption) or "(no caption)", width - len(left)))
    return lines


def _day_of(post: Post, zone: tzinfo) -> str:
    return _day(post.posted_at.astimezone(zone).date() if post.posted_at else None)


def _table(title: str, groups: tuple[Group, ...], metric: str, width: int) -> list[str]:
    names = [fit(one_line(group.name), 18) for group in groups]
    room = max(len(title) + 3, *(cells(name) for name in names)) + 2
    lines = [fit(f"  {pad('By ' + title, room)}   n {metric:>8}  against your usual", width)]
    for name, group in zip(names, groups, strict=True):
        told = ""
        if group.ratio is not None:
            told = percent(group.ratio)
            if group.low is not None:
                told += f" ({percent(group.low)} … {percent(group.high)})"
            if not group.telling:
                told += "  can't tell" + (" yet" if group.n < 10 else "")
        elif not group.n:
            told = "no post yet"
        row = f"  {pad(name, room)} {group.n:>3} {_number(group.typical):>8}  {told}"
        lines.append(fit(row.rstrip(), width))
    return lines


def _notes(notes: tuple[Note, ...], width: int) -> list[str]:
    told = told_once(notes)
    if not told:
        return []
    lines = ["", "Notes"]
    for file, where, text in told[:_MAX_NOTES]:
        name = one_line(file.rpartition("/")[2])
        lines += wrapped(": ".join(part for part in (name, where, text) if part), width)
    if len(told) > _MAX_NOTES:
        lines.append(f"and {len(told) - _MAX_NOTES} more (--json has all)")
    return lines
