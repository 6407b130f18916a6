"""The board: every idea under its stage, and the keys that move it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from studio.app.commands import board as commands
from studio.app.commands.base import CommandHost
from studio.app.registry import REGISTRY
from studio.app.widgets.rows import Pens, Row, RowList, beside, paragraph
from studio.ideas import edits
from studio.ideas.search import matches
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.ahead import Ahead
    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.project.undo import Edit

_SHORT = {"instagram": "ig", "tiktok": "tt", "youtube": "yt", "facebook": "fb", "pinterest": "pin"}
_CAPTION_IS_DUE = {"ready", "scheduled", "posted"}


def planned_words(planned: datetime | None, raw: str | None, now: datetime) -> str:
    """Return a planned time as the board says it; a time that is not understood stays as typed."""
    if planned is None:
        return one_line(raw) if raw else ""
    near = planned.year == now.year and planned.month == now.month
    return f"{planned:%a} {planned.day}{'' if near else f' {planned:%b}'} {planned:%H:%M}"


def idea_row(idea: Idea, stage: str, *, captioned: bool, now: datetime, wants: str = "") -> Row:
    """Return the card of an idea: its title, and what is known of it under that.

    Args:
        idea: the idea.
        stage: its column.
        captioned: whether its caption has something in it.
        now: the present moment, in the audience's zone.
        wants: the age, "24 h", at which its post's numbers are wanted now; "" for none.
    """
    title = one_line(idea.title)
    count = f"▣{len(idea.media)}" if idea.media else ""
    where = " ".join(_SHORT.get(name, name) for name in idea.platforms)
    source = "by Claude" if idea.source == "claude" else ""
    planned = planned_words(idea.planned_at, idea.planned, now)
    said = [one_line(word) for word in (planned, idea.format, idea.pillar, where, source) if word]

    def first(width: int, pens: Pens) -> Content:
        return beside(Content.styled(title, pens.strong), Content.styled(count, pens.dim), width)

    def second(width: int, pens: Pens) -> Content:
        if idea.problem:
            return Content.styled(f"⚠ {one_line(idea.problem)}", pens.warn)
        right = Content("")
        if wants:
            right = Content.styled(f"numbers {wants}?", pens.warn)
        elif captioned:
            right = Content.styled("caption ✓", pens.keep)
        elif stage in _CAPTION_IS_DUE:
            right = Content.styled("no caption", pens.warn)
        room = width - right.cell_length - 1
        left = said[0] if said else ""
        for word in said[1:]:  # as many as fit, whole
            if len(left) + 3 + len(word) > room:
                break
            left = f"{left} · {word}"
        return beside(Content.styled(left, pens.dim), right, width)

    if said or idea.problem or captioned or wants or stage in _CAPTION_IS_DUE:
        return Row(idea.path, (first, second))
    return Row(idea.path, (first,))


def heading_row(stage: str, count: int, *, first: bool) -> Row:
    """Return the line over a stage."""
    name = one_line(stage).upper()

    def line(_width: int, pens: Pens) -> Content:
        return Content.assemble((name, pens.dim), " ", (str(count), pens.faint))

    def blank(_width: int, _pens: Pens) -> Content:
        return Content("")

    return Row("", (line,) if first else (blank, line))


class BoardPane(CommandHost, Vertical):
    """The pane of the ideas."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("board")]

    class Chose(Message):
        """Another idea is the one that all panes show."""

        def __init__(self, idea: Idea | None, *, opened: bool = False) -> None:
            super().__init__()
            self.idea = idea
            self.opened = opened

    def __init__(self, session: Session) -> None:
        super().__init__(id="board", classes="pane")
        self._session = session
        self._query = ""
        self._zone = ZoneInfo(session.config.zone)

    def compose(self) -> ComposeResult:
        """The filter, hidden until asked for, over the list."""
        yield Input(placeholder="words, #tag, stage:ready, pillar:home", id="filter", compact=True)
        yield RowList(id="ideas")

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#ideas", RowList)

    @property
    def idea(self) -> Idea | None:
        """The idea under the cursor."""
        return self._session.idea(self.rows.cursor)

    def on_mount(self) -> None:
        """Show the board, the first idea under way chosen."""
        self.border_title = "Ideas"
        self.query_one("#filter").display = False
        self.refresh_board(choose=self._first_under_way())

    def _first_under_way(self) -> str | None:
        board = self._session.board
        middle = [stage for stage in board.stages[1:-1] if board.column(stage)]
        for stage in [*middle, *board.stages]:
            if column := board.column(stage):
                return column[0].path
        return None

    def _stages_as_shown(self) -> list[str]:
        """Return the stages with work under way first, as a day begins, and posted last."""
        stages = list(self._session.config.stages)
        unknown = [stage for stage in self._session.board.stages if stage not in stages]
        if len(stages) > 2:
            return [*stages[1:-1], *stages[:1], *unknown, *stages[-1:]]
        return [*stages, *unknown]

    def refresh_board(self, choose: str | None = None) -> None:
        """Show the ideas that match the filter."""
        session = self._session
        now = session.now().astimezone(self._zone)
        captioned = session.captioned
        wanted = {reminder.path: reminder.look for reminder in reversed(session.numbers.reminders)}
        rows: list[Row] = []
        shown = 0
        for stage in self._stages_as_shown():
            ideas: Iterable[Idea] = session.board.column(stage)
            if self._query:
                ideas = [idea for idea in ideas if matches(idea, self._query)]
            ideas = tuple(ideas)
            if not ideas and (self._query or stage not in session.config.stages):
                continue
            shown += len(ideas)
            rows.append(heading_row(stage, len(ideas), first=not rows))
            rows += [
                idea_row(
                    idea,
                    stage,
                    captioned=idea.slug in captioned,
                    now=now,
                    wants=wanted.get(idea.path, ""),
                )
                for idea in ideas
            ]
        if not session.board.ideas:
            rows += paragraph("No ideas yet. Press n and write the first one down.", 28)
        elif not shown:
            rows += paragraph("No idea holds all of these words. Escape shows them all.", 28)
        before = self.rows.cursor
        self.rows.show(rows, cursor=choose)
        total = len(session.board.ideas)
        self.border_subtitle = Content(f"{shown} of {total}" if self._query else str(total))
        if self.rows.cursor == before:
            self.post_message(self.Chose(self.idea))

    @on(RowList.Moved, "#ideas")
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self.post_message(self.Chose(self.idea))

    @on(RowList.Chosen, "#ideas")
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chose(self.idea, opened=True))

    # filter

    @on(commands.FilterIdeas)
    def _filter(self) -> None:
        field = self.query_one("#filter", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._query = event.value.strip()
        self.refresh_board()

    @on(Input.Submitted, "#filter")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.rows.focus()

    def key_escape(self) -> None:
        """Escape ends the filter."""
        field = self.query_one("#filter", Input)
        if field.display:
            field.value = ""
            field.display = False
            self.rows.focus()

    # commands

    def command_state(self, command: type) -> bool | None:
        """Hide what needs an idea while there is none."""
        needs_none = (commands.NewIdea, commands.FilterIdeas)
        return command in needs_none or self.idea is not None

    @on(commands.StageForward)
    def _forward(self) -> None:
        self._shift(1)

    @on(commands.StageBack)
    def _back(self) -> None:
        self._shift(-1)

    def _shift(self, step: int) -> None:
        idea = self.idea
        if idea is None:
            return
        board = self._session.board
        stages = self._session.config.stages
        here = board.stage_of(idea)
        place = stages.index(here) + step if here in stages else 0
        if not 0 <= place < len(stages):
            which = "last" if step > 0 else "first"
            self.notify(f"“{one_line(idea.title)}” is in the {which} stage already.", markup=False)
            return
        stage = stages[place]
        self._session.change(
            f"Move “{idea.title}” to {stage}",
            lambda store: edits.move_to_stage(board, idea, stage, store=store),
        )

    @on(commands.MoveUp)
    def _up(self) -> None:
        self._reorder(-1)

    @on(commands.MoveDown)
    def _down(self) -> None:
        self._reorder(1)

    def _reorder(self, delta: int) -> None:
        if idea := self.idea:
            self._session.change(
                f"Reorder “{idea.title}”",
                lambda store: edits.reorder(self._session.board, idea, delta, store=store),
            )

    @on(commands.TrashIdea)
    def _trash(self) -> None:
        if (idea := self.idea) and self._session.trash(idea):
            self.notify(
                f"“{one_line(idea.title)}” is in the trash. Undo brings it back.", markup=False
            )

    @on(commands.NewIdea)
    def _new(self) -> None:
        from studio.app.screens.ask import AskLine

        board = self._session.board
        stage = board.stage_of(self.idea) if self.idea else board.stages[0]

        def create(title: str | None) -> None:
            if title and title.strip():
                made: list[str] = []

                def make(store: Ahead) -> list[Edit]:
                    found, path = edits.new_idea(board, title.strip(), stage, store=store)
                    made.append(path)
                    return found

                if self._session.change(f"New idea “{title.strip()}”", make):
                    self.refresh_board(choose=made[0])

        self.app.push_screen(AskLine(f"New idea in {one_line(stage)}", "", "its title"), create)

    @on(commands.RenameIdea)
    def _rename(self) -> None:
        from studio.app.screens.ask import AskLine

        if (idea := self.idea) is None:
            return

        def rename(title: str | None) -> None:
            if title and title.strip() and title.strip() != idea.title:
                self._session.change(
                    f"Rename “{idea.title}”",
                    lambda store: edits.set_title(store, idea, title.strip()),
                )

        self.app.push_screen(AskLine("Title", idea.title, "its title"), rename)

    @on(commands.TagIdea)
    def _tag(self) -> None:
        from studio.app.screens.ask import AskLine
        from studio.app.screens.idea import joined, parted

        if (idea := self.idea) is None:
            return

        def tag(answer: str | None) -> None:
            if answer is not None:
                tags = parted(answer)
                self._session.change(
                    f"Tag “{idea.title}”", lambda store: edits.set_tags(store, idea, tags)
                )

        tags = joined(idea.tags)
        self.app.push_screen(AskLine("Tags", tags, "words, separated by spaces"), tag)

    @on(commands.EditIdea)
    def _edit(self) -> None:
        from studio.app.screens.idea import IdeaForm

        if idea := self.idea:
            self.app.push_screen(IdeaForm(self._session, idea))

    @on(commands.LogNumbers)
    def _log(self) -> None:
        if idea := self.idea:
            from studio.app.screens.log import open_log

            open_log(self.app, self._session, idea)
