"""What Studio shows when no project is named: the recent ones and the samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer

from studio.app.commands.base import CommandHost
from studio.app.screens import DIALOGS
from studio.app.widgets.rows import Pens, Row, RowList, beside, heading, say
from studio.text import display, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studio.project.recent import Recent
    from studio.project.samples import Sample


class WelcomeScreen(CommandHost, Screen[None]):
    """A list to choose a project from."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "app.quit", "Quit", id="welcome.quit")
    ]

    def compose(self) -> ComposeResult:
        """A box in the middle."""
        with Container(id="welcome"), Vertical(classes="box full") as box:
            box.border_title = "Studio"
            box.border_subtitle = "Enter opens"
            yield RowList(id="projects")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """List what there is."""
        from studio.project.recent import recent
        from studio.project.samples import samples

        rows: list[Row] = []
        found = recent()
        rows.append(heading("Recent", first=True))
        rows += [_recent(one) for one in found] or [say("Nothing yet.")]
        rows.append(heading("Samples, opened as your own copy", first=False))
        rows += [_sample(one) for one in samples()]
        rows.append(heading("A new one", first=False))
        rows.append(say("studio new my-page        makes a project in a folder of that name"))
        rows.append(say("studio my-page            opens it"))
        self.query_one(RowList).show(rows)
        self.query_one(RowList).focus()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.app.exit(Path(event.key))


def _recent(one: Recent) -> Row:
    def line(width: int, pens: Pens) -> Content:
        name = Content.styled(one_line(one.name), pens.dim if one.missing else pens.text)
        words = "not there" if one.missing else f"{one.opened:%d %b %Y}"
        return beside(name, Content.styled(words, pens.warn if one.missing else pens.dim), width)

    where = display(str(one.path))
    home = f"{display(str(Path.home()))}/"
    where = f"~/{where.removeprefix(home)}" if where.startswith(home) else where

    def second(width: int, pens: Pens) -> Content:
        # A path's end tells it from the others, so what does not fit is left out at the front.
        shown = where if len(where) <= width else f"…{where[1 - width :]}"
        return Content.styled(shown, pens.faint)

    return Row("" if one.missing else str(one.path), (line, second))


def _sample(one: Sample) -> Row:
    def line(_width: int, pens: Pens) -> Content:
        return Content.styled(one_line(one.title), pens.text)

    def second(_width: int, pens: Pens) -> Content:
        return Content.styled(one_line(one.about), pens.dim)

    return Row(str(one.path), (line, second))
