"""The numbers: the figures of the page, and in review what is known of what is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from studio.app.answers.tabs import Tabs
from studio.app.panes.figures import Figures
from studio.app.review import STYLES, deciding
from studio.text import one_line

if TYPE_CHECKING:
    from studio.app.commands.base import Command
    from studio.app.session import Session
    from studio.app.widgets.checklist import CheckList
    from studio.app.widgets.rows import RowList


class NumbersPane(Figures):
    """The pane of the numbers, which follow what has the focus."""

    class ToIdea(Message):
        """The human wants to go to an idea that uses what is looked at."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._checking = False
        self._path: str | None = None

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
            self.rows.display = self.query_one(Tabs).display = False
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
            self.rows.display = self.query_one(Tabs).display = True
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
            if new is not None and new != shown:
                change = deciding.note(new) if pin is None else deciding.repinned(pin, new)
                self._session.judge({path: change}, f"Note on {name}")

        shown = text.replace("\n", " ")
        title = f"Note on {one_line(name)}"
        hint = "empty takes the note off"
        self.app.push_screen(AskLine(title, shown, hint), written)

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

    def refresh_numbers(self) -> None:
        """The posts were read; the figures say so when they are shown again."""
        if not self._checking:
            super().refresh_numbers()

    def command_state(self, command: type[Command]) -> bool | None:
        """The commands of the figures do nothing to checks."""
        return not self._checking and super().command_state(command)
