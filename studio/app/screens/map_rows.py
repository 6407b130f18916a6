"""The rows of the mapping screen: columns, settings, and posts as they will be read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from studio.app.widgets.rows import DrawLine, Pens, Row
from studio.platforms.names import platform_name
from studio.stats.post import FIGURES
from studio.stats.readers.mapped_rows import TOTAL
from studio.text import one_line

if TYPE_CHECKING:
    from datetime import tzinfo

    from textual.style import Style

    from studio.stats.post import Post
    from studio.stats.readers.columns import ColumnMap
    from studio.stats.readers.preview import Preview, Shown

NOTHING = ("", "–", "nothing; it is left out")
ROLE_WORDS = {
    "posted": ("posted", "the day, or day and time, it went live"),
    "posted time": ("posted time", "the time of day, where it stands apart"),
    "link": ("link", "the address of the post; tells its hour as well"),
    "id": ("id", "the platform's number or short code"),
    "platform": ("platform", "Instagram, TikTok, …"),
    "account": ("account", "the page it is on"),
    "caption": ("caption", "its text or title"),
    "format": ("format", "reel, carousel, image, story, …"),
    "seconds": ("length", "of the clip: 15, 0:15"),
    "views": ("views", "plays, impressions"),
    "reach": ("reach", "accounts that saw it"),
    "likes": ("likes", "reactions"),
    "comments": ("comments", "replies"),
    "shares": ("shares", "sends, reposts"),
    "saves": ("saves", "bookmarks, favourites"),
    "follows": ("follows", "new followers from it"),
}
PLATFORMS = (
    ("", "as each row says", "by a column or its link"),
    ("instagram", "Instagram", "where a row says nothing else"),
    ("tiktok", "TikTok", "where a row says nothing else"),
    ("youtube", "YouTube", "where a row says nothing else"),
    ("facebook", "Facebook", "where a row says nothing else"),
    ("threads", "Threads", "where a row says nothing else"),
)
ORDER_WORDS = (
    ("ymd", "2026-12-31", "year first, or the month in letters"),
    ("dmy", "31.12.2026", "the day comes before the month"),
    ("mdy", "12/31/2026", "the month comes before the day"),
)
DECIMALS = (
    (".", "1,234.5", "a dot stands before tenths"),
    (",", "1.234,5", "a comma stands before tenths"),
)
ZONES = (
    ("UTC", "UTC", "Greenwich, without summer time"),
    ("America/Los_Angeles", "US Pacific", "as in Meta's own exports"),
)

_SHORT = {"comments": "comm.", "follows": "follows"}
_WIDE = 96  # cells from which each post fits on one line
_FIGURE = 9


def column_row(key: str, name: str, role: str, cells: tuple[str, ...]) -> Row:
    """Return the row of one column: its name, what it means, its first cells."""
    shown = one_line(name)
    word = ROLE_WORDS[role][0] if role else NOTHING[1]
    sample = "  ".join(one_line(cell)[:40] for cell in cells) or "(empty)"

    def line(width: int, pens: Pens) -> Content:
        left = max(12, min(30, width * 3 // 10))
        named = Content.styled(shown, pens.text if role else pens.dim)
        means = Content.styled(f"‹ {word} ›", pens.accent if role else pens.faint)
        return Content.assemble(
            named.truncate(left, ellipsis=True, pad=True),
            " ",
            means.truncate(16, ellipsis=True, pad=True),
            (sample, pens.dim),
        )

    return Row(key, (line,))


def setting_row(key: str, words: tuple[str, str, str]) -> Row:
    """Return the row of a setting: its label, its value, what it is."""
    label, value, about = words

    def line(width: int, pens: Pens) -> Content:
        left = max(12, min(30, width * 3 // 10))
        return Content.assemble(
            Content.styled(label, pens.text).truncate(left, ellipsis=True, pad=True),
            " ",
            Content.styled(f"‹ {value} ›", pens.accent).truncate(20, ellipsis=True, pad=True),
            (f" {about}", pens.dim),
        )

    return Row(key, (line,))


def summary(found: Preview) -> Row:
    """Return the row that says what becomes of all rows."""
    posts = "1 post" if found.read == 1 else f"{found.read:,} posts"
    left = sum(count for why, count in found.left_out if why != TOTAL)
    more = "" if found.whole else " of the first rows"

    def line(_width: int, pens: Pens) -> Content:
        parts: list[str | tuple[str, str | Style]] = [
            (f"As it will be read: {posts}{more}", pens.strong if found.read else pens.reject)
        ]
        if left:
            parts.append((f", {left:,} left out", pens.warn))
        wrong = sum(count for _, count in found.wrong)
        if wrong:
            parts.append((f", {wrong:,} cell{'s' * (wrong != 1)} not understood", pens.reject))
        return Content.assemble(*parts)

    return Row("", (line,))


def preview_rows(
    found: Preview, columns: ColumnMap, zone: str | None, width: int, room: int
) -> list[Row]:
    """Return the first posts as they will be read, those with faults first where room is short.

    Args:
        found: the preview.
        columns: the map it was read by.
        zone: IANA name of the audience's zone, in which times are shown.
        width: cells in a line.
        room: lines there are.
    """
    roles = [role for role in FIGURES if role in dict(columns.columns)]
    wide = width >= _WIDE
    place = _zone(zone)
    rows = [_head(roles)] if wide else []
    told = [one_line(note.text) for note in found.notes if note.line is None][: room // 5]
    wrong = [f"{what} ({count:,})" for what, count in found.wrong][: max(1, room // 5)]
    posts = [(row, row.post) for row in found.rows[:4] if row.post]
    tall = max([1, *(1 + len(_lines(*one, roles, width)) for one in posts if not wide)])
    shown = _worth(found.rows, max(1, (room - len(rows) - len(told) - len(wrong)) // tall))
    seen = Counter(row.left_out.partition(" in line ")[0] for row in shown if row.left_out)
    more = [
        f"{what} ({count:,})"
        for what, count in found.left_out
        if count > seen[what] and what != TOTAL
    ]
    for row in shown:
        if row.post is None:
            rows.append(_left_out(row, width))
        else:
            rows.append(_post(row, row.post, roles, place, width))
    return [*rows, *(_note(text) for text in (*wrong, *more, *told))]


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, LookupError):
        return ZoneInfo("UTC")


def _worth(rows: tuple[Shown, ...], fits: int) -> list[Shown]:
    """Return as many rows as fit, in their order: the first good ones, half with faults."""
    totals = [row for row in rows if row.left_out == TOTAL]
    faulty = [row for row in rows if (row.left_out or row.wrong) and row not in totals]
    good = [row for row in rows if row not in faulty and row not in totals]
    few = faulty[: max(fits // 2, fits - len(good))]
    chosen = [*few, *good[: fits - len(few)], *totals][:fits]
    return sorted(chosen, key=lambda row: row.line)


def _head(roles: list[str]) -> Row:
    def line(width: int, pens: Pens) -> Content:
        figures = "".join(_SHORT.get(role, role).rjust(_FIGURE) for role in roles)
        left = Content.styled("posted             as", pens.dim)
        return _beside(left, Content.styled(figures, pens.dim), width)

    return Row("", (line,))


def _beside(left: Content, right: Content, width: int) -> Content:
    room = max(0, width - right.cell_length)
    return Content.assemble(left.truncate(room, ellipsis=True, pad=True), right)


def _left_out(shown: Shown, width: int) -> Row:
    cells = "  ".join(filter(None, (one_line(cell)[:24] for cell in shown.cells.values())))

    def line(_room: int, pens: Pens) -> Content:
        total = shown.left_out == TOTAL
        words = f"{'·' if total else '✗'} row {shown.line}: {shown.left_out}"
        pen = pens.dim if total else pens.reject
        return Content.assemble((words, pen), (f"  {cells}"[:width], pens.dim))

    return Row("", (line,))


def _when(post: Post, zone: tzinfo, wrong: dict[str, str]) -> tuple[str, bool]:
    """Return when a post went live, and whether its cell could be read."""
    if post.posted_at is None:
        return "no day", False
    at = post.posted_at.astimezone(zone)
    clock = f"{at:%H:%M}" if post.hour_known else "–:––"
    return f"{at.day:>2} {at:%b %Y} {clock}", not {"posted", "posted time"} & wrong.keys()


def _post(shown: Shown, post: Post, roles: list[str], zone: tzinfo, width: int) -> Row:
    """Return a post on one line, or with its figures below where there is no room beside."""
    when, sure = _when(post, zone, shown.wrong)
    what = platform_name(post.platform) + (f" {post.format}" if post.format else "")
    if post.seconds:
        what += f" {post.seconds:g} s"
    caption = one_line(post.caption)

    def first(room: int, pens: Pens) -> Content:
        left = Content.assemble(
            (when.ljust(19) if sure else f"{when} ✗".ljust(19), pens.text if sure else pens.reject),
            (f"{one_line(what)}  ", pens.accent),
            (caption, pens.dim),
        )
        if width < _WIDE:
            return left
        figures = [_figure(shown, post, role, pens) for role in roles]
        return _beside(left, Content.assemble(*figures), room)

    if width >= _WIDE:
        return Row("", (first,))
    return Row(
        "", (first, *(_figures(shown, post, line) for line in _lines(shown, post, roles, width)))
    )


def _lines(shown: Shown, post: Post, roles: list[str], width: int) -> list[list[str]]:
    """Break the figures of a post into lines."""
    lines: list[list[str]] = [[]]
    used = 2
    for role in roles:
        long = len(_SHORT.get(role, role)) + len(_told(shown, post, role)) + 3
        if used + long > width and lines[-1]:
            lines.append([])
            used = 2
        lines[-1].append(role)
        used += long
    return lines


def _figures(shown: Shown, post: Post, roles: list[str]) -> DrawLine:
    def line(_room: int, pens: Pens) -> Content:
        parts: list[tuple[str, str | Style]] = [("  ", pens.dim)]
        for role in roles:
            _, pen = _figure(shown, post, role, pens)
            parts += [(f"{_SHORT.get(role, role)} ", pens.dim)]
            parts += [(f"{_told(shown, post, role)}  ", pen)]
        return Content.assemble(*parts)

    return line


def _told(shown: Shown, post: Post, role: str) -> str:
    if role in shown.wrong:
        return f"✗{one_line(shown.cells.get(role, ''))[: _FIGURE - 3]}"
    value = post.figure(role)
    return "–" if value is None else f"{value:,}"


def _figure(shown: Shown, post: Post, role: str, pens: Pens) -> tuple[str, Style]:
    text = _told(shown, post, role).rjust(_FIGURE)
    if role in shown.wrong:
        return text, pens.reject
    return text, pens.faint if post.figure(role) is None else pens.text


def _note(text: str) -> Row:
    return Row("", (lambda _width, pens: Content.styled(f"· {text}", pens.warn),))
