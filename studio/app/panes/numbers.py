"""The numbers: what the exports say, each figure with the posts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from studio.app.commands import numbers as commands
from studio.app.commands.base import CommandHost
from studio.app.registry import REGISTRY
from studio.app.review import STYLES, deciding
from studio.app.widgets.rows import Pens, Row, RowList, beside, heading, paragraph, say
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.session import Session
    from studio.app.widgets.checklist import CheckList
    from studio.stats.answer import Group, Summary
    from studio.stats.post import Post
    from studio.stats.table import Posts

_NAMES = {"instagram": "Instagram", "tiktok": "TikTok", "facebook": "Facebook"}


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


class NumbersPane(CommandHost, Vertical):
    """The pane of the numbers."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("numbers")]

    class ToIdea(Message):
        """The human wants to go to an idea that uses what is looked at."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, session: Session) -> None:
        super().__init__(id="numbers", classes="pane")
        self._session = session
        self._platform = ""
        self._checking = False
        self._path: str | None = None
        self._behind: dict[str, tuple[str, Sequence[Post]]] = {}

    def compose(self) -> ComposeResult:
        """A list of figures; in review, the checks of what is looked at take its place."""
        yield RowList(id="figures")

    @property
    def rows(self) -> RowList:
        """The list of figures."""
        return self.query_one("#figures", RowList)

    @property
    def checking(self) -> bool:
        """Whether the checks of a media file are shown."""
        return self._checking

    @property
    def shown(self) -> RowList:
        """The list that is shown."""
        return self.checks if self._checking else self.rows

    @property
    def checks(self) -> CheckList:
        """The list of checks; it comes when it is needed first, as does its module."""
        from studio.app.widgets.checklist import CheckList

        found = self.query_one_optional("#checks", CheckList)
        if found is None:
            self.app.use_styles(STYLES)  # type: ignore[attr-defined]
            found = CheckList(id="checks")
            self.mount(found)
        return found

    def show_checks(self, path: str | None) -> None:
        """Show what is known of a media file, in place of the figures."""
        from studio.app.review.known import known

        if path != self._path:
            self._path = path
            self.checks.start()
        if not self._checking:
            self._checking = True
            self.rows.display = False
            self.checks.display = True
            self.border_subtitle = ""
        name = one_line(path.rpartition("/")[2]) if path is not None else ""
        self.border_title = Content(f"Checks  {name}".rstrip())
        if path is None:
            self.checks.fill(empty="Nothing is looked at.")
            return
        media, config = self._session.media, self._session.config
        found = media.found(path)
        told = known(media, path, found, config.bans, (config.name, config.about))
        self.checks.fill(
            facts=told.facts,
            checks=told.checks,
            ticks=told.ticks,
            notes=told.notes,
            uses=told.uses,
            empty="Looking into it…",
        )

    def show_figures(self) -> None:
        """Show the figures of the page again."""
        if self._checking:
            self._checking = False
            self.checks.display = False
            self.rows.display = True
            self.refresh_numbers()

    def on_check_list_chosen(self, event: CheckList.Chosen) -> None:
        """Enter on a note changes it, on an idea that uses the file goes there."""
        if event.kind == "note":
            self._change_note(event.id)
        elif event.kind == "use":
            self.post_message(self.ToIdea(event.id))

    def _change_note(self, which: str) -> None:
        """Write a note anew; an empty one is taken off."""
        from studio.app.screens.ask import AskLine

        path = self._path
        if path is None:
            return
        verdict = self._session.media.verdict(path)
        pin = None if which == "note" else int(which.removeprefix("pin-")) - 1
        if pin is not None and pin >= len(verdict.pins):
            return
        text = (verdict.note or "") if pin is None else verdict.pins[pin].text
        name = path.rpartition("/")[2]

        def written(new: str | None) -> None:
            if new is not None:
                change = deciding.note(new) if pin is None else deciding.repinned(pin, new)
                self._session.judge({path: change}, f"Note on {name}")

        title = f"Note on {one_line(name)}"
        hint = "empty takes the note off"
        self.app.push_screen(AskLine(title, text.replace("\n", " "), hint), written)

    def on_check_list_ticked(self, event: CheckList.Ticked) -> None:
        """A check or a question was answered."""
        event.stop()
        path = self._path
        if path is not None:
            name = path.rpartition("/")[2]
            self._session.judge(
                {path: lambda verdict: verdict.ticked(event.id, event.answer)}, f"Tick {name}"
            )
            self.show_checks(path)

    def on_mount(self) -> None:
        """Until the posts are read there is nothing to say."""
        self.border_title = "Numbers"
        self.rows.show([say("Reading the exports…")])

    def refresh_numbers(self) -> None:
        """The posts were read."""
        if self._checking:
            return
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
        names = [one_line(_NAMES.get(name, name)) for name in platforms]
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
        if self._checking:
            return
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
        if platforms and not self._checking:
            place = platforms.index(self._platform) if self._platform in platforms else -1
            self._platform = platforms[(place + 1) % len(platforms)]
            self.refresh_numbers()


def _pair(name: str, value: str, *, key: str = "") -> Row:
    def line(width: int, pens: Pens) -> Content:
        return beside(
            Content.styled(one_line(name), pens.dim), Content.styled(value, pens.text), width
        )

    return Row(key, (line,))
