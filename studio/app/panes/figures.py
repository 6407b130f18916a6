"""The answers of the page, each figure with the posts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from studio.app.answers import WIDEST
from studio.app.answers.tabs import TABS, Tabs
from studio.app.commands import numbers as commands
from studio.app.commands.base import CommandHost
from studio.app.registry import REGISTRY
from studio.app.widgets.rows import RowList, say
from studio.platforms.names import platform_name
from studio.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.answers.shown import Shown
    from studio.app.commands.base import Command
    from studio.app.session import Session
    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.when import Try

_EMPTY = (
    "No numbers yet.",
    "",
    "F7 takes in what the platforms give you:",
    "Instagram: Your activity, Download your",
    "information (as JSON), or Business Suite.",
    "TikTok: Studio, Analytics, Download data.",
    "Or type a post's numbers: L on a posted idea.",
    "",
    "Seven posts are enough to start.",
)


def figure(value: float | None) -> str:
    """Return a count for people: 1,204; a missing one is a dash, never nought."""
    return "–" if value is None else f"{value:,.0f}"


class Figures(CommandHost, Vertical):
    """When, what and who in a pane of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("numbers")]

    class Wanted(Message):
        """The human wants to post at a proposed time."""

        def __init__(self, platform: str, at: Try) -> None:
            super().__init__()
            self.platform = platform
            self.at = at

    def __init__(self, session: Session) -> None:
        super().__init__(id="numbers", classes="pane")
        self._session = session
        self._platform = ""
        self._tab = 0
        self._metric = 0
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """The tabs over a list of figures."""
        yield Tabs(id="tabs")
        yield RowList(id="figures")

    @property
    def rows(self) -> RowList:
        """The list of figures."""
        return self.query_one("#figures", RowList)

    @property
    def tab(self) -> str:
        """The tab that is shown, one of `TABS`."""
        return TABS[self._tab]

    @property
    def platform(self) -> PlatformAnswers | None:
        """The answers of the platform that is shown; None without any."""
        answers = self._session.numbers.answers
        if answers is None or not answers.platforms:
            return None
        found = [one for one in answers.platforms if one.platform == self._platform]
        return found[0] if found else answers.platforms[0]

    def on_mount(self) -> None:
        """Until the posts are read there is nothing to say."""
        self.border_title = "Numbers"
        self.query_one(Tabs).mark(self._tab)
        self.rows.show([say("Reading the exports…")])

    def on_resize(self) -> None:
        """What is drawn fits the width."""
        if self._shown is not None and (self._shown.width, self._shown.height) != (
            self._room,
            self.rows.size.height,
        ):
            self.refresh_numbers()

    @property
    def _room(self) -> int:
        """The cells of a row between its mark and the scroll bar."""
        return min(max(self.size.width - 5, 20), WIDEST)

    def refresh_numbers(self) -> None:
        """The posts were read, or another tab, platform or width is asked for."""
        answers, one = self._session.numbers.answers, self.platform
        self._shown = None
        if answers is None:
            return
        if one is None:
            self.border_title = "Numbers"
            self.border_subtitle = ""
            self.rows.show([say(line) for line in _EMPTY])
            return
        self._platform = one.platform
        names = [one_line(platform_name(each.platform)) for each in answers.platforms]
        place = answers.platforms.index(one)
        self.border_title = Content(f"Numbers  {names.pop(place)}")
        self.border_subtitle = Content(" · ".join(names))
        self._shown = self._fill(answers, one)
        self.rows.show(self._shown.rows)

    def _fill(self, answers: Answers, one: PlatformAnswers) -> Shown:
        from studio.app.answers.shown import Shown

        shown = Shown(self._room, self.rows.size.height)
        if self.tab == "When":
            from studio.app.answers.when import show_when

            show_when(shown, answers, one)
        elif self.tab == "What":
            from studio.app.answers.what import show_what

            show_what(shown, one, self._metric)
        elif self.tab == "Who":
            from studio.app.answers.who import show_who

            show_who(shown, answers, one)
        else:
            from studio.app.answers.known import show_known

            show_known(shown, answers, one)
        return shown

    # commands

    def _go_to(self, tab: int) -> None:
        self._tab = tab % len(TABS)
        self.query_one(Tabs).mark(self._tab)
        self._begin()
        self.refresh_bindings()

    def _begin(self) -> None:
        """Show other rows, from the top."""
        self.refresh_numbers()
        self.rows.cursor = next((row.key for row in self.rows.rows if row.key), "")
        self.rows.scroll_home(animate=False)

    @on(Tabs.Asked)
    def _asked(self, event: Tabs.Asked) -> None:
        event.stop()
        self._go_to(event.index)
        self.rows.focus()

    @on(commands.NextAnswer)
    def _next_answer(self) -> None:
        self._go_to(self._tab + 1)

    @on(commands.AnswerBefore)
    def _answer_before(self) -> None:
        self._go_to(self._tab - 1)

    @on(commands.NextMetric)
    def _next_metric(self) -> None:
        self._metric += 1
        self._begin()

    @on(commands.NextPlatform)
    def _next_platform(self) -> None:
        answers, one = self._session.numbers.answers, self.platform
        if answers is not None and one is not None:
            place = answers.platforms.index(one)
            self._platform = answers.platforms[(place + 1) % len(answers.platforms)].platform
            self._begin()

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._open()

    @on(commands.ShowPosts)
    def _open(self) -> None:
        from studio.app.screens.posts import NotesScreen, PostsScreen

        key, answers, shown = self.rows.cursor, self._session.numbers.answers, self._shown
        if answers is None or shown is None:
            return
        if key == "notes":
            self.app.push_screen(NotesScreen(answers.posts.notes))
        elif key in shown.behind:
            name, posts = shown.behind[key]
            self.app.push_screen(PostsScreen(name, posts, self._session.config.zone))
        elif key in shown.tries:
            self.post_message(commands.PlanThis())

    @on(commands.PlanAll)
    def _plan_all(self) -> None:
        from studio.app.answers.planning import waiting

        one = self.platform
        if one is not None:
            ideas = waiting(self._session.board, one.platform)
            self._session.numbers.plan(list(zip(ideas, one.tries, strict=False)))

    @on(commands.PlanThis)
    def _plan_this(self) -> None:
        one, shown = self.platform, self._shown
        if one is not None and shown is not None and self.rows.cursor in shown.tries:
            self.post_message(self.Wanted(one.platform, shown.tries[self.rows.cursor]))

    @on(commands.WriteReport)
    def _write_report(self) -> None:
        self._session.numbers.write_report()

    def command_state(self, command: type[Command]) -> bool | None:
        """Planning belongs to the tab that shows the times, metrics to the one that has them."""
        if command in (commands.PlanAll, commands.PlanThis):
            return self.tab == "When" and super().command_state(command)
        if command is commands.NextMetric:
            return self.tab == "What" and super().command_state(command)
        return super().command_state(command)
