"""The figures: what the exports say, each with the posts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content

from studio.app.commands import numbers as commands
from studio.app.commands.base import CommandHost
from studio.app.registry import REGISTRY
from studio.app.widgets.rows import Pens, Row, RowList, beside, heading, paragraph, say
from studio.platforms.names import platform_name
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.session import Session
    from studio.stats.answer import Group, Summary
    from studio.stats.post import Post
    from studio.stats.table import Posts


def figure(value: float | None) -> str:
    """Return a count for people: 1,204; a missing one is a dash, never nought."""
    return "–" if value is None else f"{value:,.0f}"


def interval_bar(low: float, middle: float, high: float, width: int) -> str:
    """Draw an interval on a line that reaches from a quarter to four times the usual.

    The usual is the tick in the middle; the scale is logarithmic, so twice and half are as far.
    """
    from math import log2

    def place(ratio: float) -> int:
        return round((min(2.0, max(-2.0, log2(max(ratio, 1e-9)))) + 2) / 4 * (width - 1))

    cells = ["·"] * width
    cells[(width - 1) // 2] = "┊"
    for cell in range(place(low), place(high) + 1):
        cells[cell] = "━"
    cells[place(middle)] = "●"
    return "".join(cells)


class Figures(CommandHost, Vertical):
    """The figures of the page, in a pane of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("numbers")]

    def __init__(self, session: Session) -> None:
        super().__init__(id="numbers", classes="pane")
        self._session = session
        self._platform = ""
        self._behind: dict[str, tuple[str, Sequence[Post]]] = {}

    def compose(self) -> ComposeResult:
        """A list of figures."""
        yield RowList(id="figures")

    @property
    def rows(self) -> RowList:
        """The list of figures."""
        return self.query_one("#figures", RowList)

    def on_mount(self) -> None:
        """Until the posts are read there is nothing to say."""
        self.border_title = "Numbers"
        self.rows.show([say("Reading the exports…")])

    def refresh_numbers(self) -> None:
        """The posts were read."""
        summaries = self._session.summaries
        self._behind.clear()
        if not summaries:
            self.border_title = "Numbers"
            self.rows.show(self._empty())
            return
        platforms = [summary.platform for summary in summaries]
        if self._platform not in platforms:
            self._platform = platforms[0]
        summary = summaries[platforms.index(self._platform)]
        names = [one_line(platform_name(name)) for name in platforms]
        self.border_title = Content(f"Numbers  {names.pop(platforms.index(self._platform))}")
        self.border_subtitle = Content(" · ".join(names))
        self.rows.show(self._rows(summary))

    def _empty(self) -> list[Row]:
        lines = [
            "No numbers yet.",
            "",
            "F7 takes in what the platforms give you:",
            "Instagram: Business Suite, Content, Export.",
            "TikTok: Studio, Analytics, Download data.",
            "",
            "Seven posts are enough to start.",
        ]
        return [say(line) for line in lines]

    def _rows(self, summary: Summary) -> list[Row]:

        posts: Posts | None = self._session.posts
        mine = [p for p in posts.posts if p.platform == summary.platform] if posts else []
        rows = [
            self._line("posts", f"{summary.posts} posts", self._span(summary), mine),
            self._followers(summary),
            self._line(
                "usual",
                f"usual {summary.metric}",
                f"{figure(summary.usual)}  n {summary.counted}",
                [p for p in mine if getattr(p, summary.metric) is not None],
            ),
        ]
        if summary.too_young:
            rows.append(say(f"{summary.too_young} younger than 72 h left out"))
        for title, groups in (("Format", summary.by_format), ("Pillar", summary.by_pillar)):
            if groups:
                rows.append(heading(title, "against your usual, 90 %"))
                rows += [self._group(title, group) for group in groups]
        if summary.verdict:
            rows.append(say(""))
            rows += paragraph(one_line(summary.verdict), 46)
        if summary.caveat:
            rows.append(say(""))
            rows += paragraph(one_line(summary.caveat), 46)
        if posts and posts.notes:
            rows.append(say(""))
            rows.append(self._notes(posts))
        return rows

    def _span(self, summary: Summary) -> str:
        first, last = summary.first, summary.last
        if first is None or last is None:
            return ""
        return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"

    def _followers(self, summary: Summary) -> Row:
        if summary.followers is None:
            return _pair("followers", "not in these exports")
        day = summary.followers_at
        when = f"  on {day.day} {day:%b}" if day else ""
        return _pair("followers", f"{figure(summary.followers)}{when}")

    def _line(self, key: str, name: str, value: str, posts: Sequence[Post]) -> Row:
        self._behind[key] = (name, tuple(posts))
        return _pair(name, value, key=key)

    def _group(self, title: str, group: Group) -> Row:
        key = f"{title}/{group.name}"
        self._behind[key] = (f"{title}: {group.name}", group.posts)
        name = one_line(group.name)

        def line(width: int, pens: Pens) -> Content:
            label = Content.styled(name, pens.text)
            label = label.truncate(10 if width >= 40 else 8, ellipsis=True, pad=True)
            typical = Content.styled(f"{figure(group.typical):>7}", pens.text)
            count = Content.styled(f"  n {group.n:>2}", pens.dim)
            if group.low is None or group.high is None or group.ratio is None:
                right = Content.assemble(("can't tell yet", pens.dim), count)
                return beside(Content.assemble(label, typical), right, width)
            pen = (pens.keep if group.ratio > 1 else pens.reject) if group.telling else pens.dim
            words = f"×{group.ratio:.1f}" if group.telling else "can't tell"
            right = Content.assemble((f"{words:>10}", pen), count)
            room = min(25, width - label.cell_length - 7 - 3 - right.cell_length)
            bar = interval_bar(group.low, group.ratio, group.high, room) if room >= 9 else ""
            return beside(Content.assemble(label, typical, "  ", (bar, pen)), right, width)

        return Row(key, (line,))

    def _notes(self, posts: Posts) -> Row:
        count = len(posts.notes)
        words = f"{count} note{'s' * (count != 1)} on these exports"
        return Row(
            "notes",
            (
                lambda width, pens: beside(
                    Content.styled(words, pens.warn), Content.styled("which?", pens.dim), width
                ),
            ),
        )

    # commands

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._show_posts()

    @on(commands.ShowPosts)
    def _show_posts(self) -> None:
        from studio.app.screens.posts import NotesScreen, PostsScreen

        key = self.rows.cursor
        if key == "notes" and self._session.posts is not None:
            self.app.push_screen(NotesScreen(self._session.posts.notes))
        elif key in self._behind:
            name, posts = self._behind[key]
            self.app.push_screen(PostsScreen(name, posts, self._session.config.zone))

    @on(commands.NextPlatform)
    def _next_platform(self) -> None:
        platforms = [summary.platform for summary in self._session.summaries]
        if platforms:
            place = platforms.index(self._platform) if self._platform in platforms else -1
            self._platform = platforms[(place + 1) % len(platforms)]
            self.refresh_numbers()


def _pair(name: str, value: str, *, key: str = "") -> Row:
    def line(width: int, pens: Pens) -> Content:
        return beside(
            Content.styled(one_line(name), pens.dim), Content.styled(value, pens.text), width
        )

    return Row(key, (line,))
