"""The app: one project on the screen, its theme, its keys, and the way out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.content import Content

from studio.app.commands import general
from studio.app.commands.base import Command, CommandHost
from studio.app.filters import VisibleText
from studio.app.in_order import KeysInOrder
from studio.app.registry import REGISTRY
from studio.app.screens import DIALOGS
from studio.app.session import Session, utc_now
from studio.app.terminal import driver_class
from studio.app.themes import (
    load_themes,
    starting_theme,
    studio_variables,
    theme_folders,
)
from studio.preview.detect import mode_of_answer, protocols_of
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from textual.binding import BindingType
    from textual.events import Resize
    from textual.filter import LineFilter
    from textual.screen import Screen
    from textual.theme import Theme

    from studio.app.draft import Draft
    from studio.app.settings import Settings
    from studio.app.terminal.talk import CellResized, TerminalAnswered, TerminalTalk
    from studio.app.terminal.uploads import Uploads
    from studio.problem import Problem
    from studio.project.project import Project


class StudioApp(KeysInOrder, CommandHost, App[Path | None]):
    """Studio on a terminal.

    Args:
        project: the project to open; None shows recent projects and samples.
        settings: where the user's themes and keys are, and the terminal's cells.
        now: the present moment.

    The app's result is a folder to open next, or None to leave.
    """

    TITLE = "Studio"
    REGISTRY = REGISTRY
    CSS_PATH = Path(__file__).with_name("styles.tcss")
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("global")]

    def __init__(
        self,
        project: Project | None,
        settings: Settings,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._visible = VisibleText()
        self.unbound: frozenset[str] = frozenset()
        # Textual reads no style sheet of a screen that is the first one.
        super().__init__(
            css_path=None if project else [self.CSS_PATH, DIALOGS], driver_class=driver_class()
        )
        self.settings = settings
        self._folders = theme_folders(settings.config)
        theme, problems = starting_theme(settings.theme, self._folders)
        self.register_theme(theme)
        self._start_in(theme)
        self._problems: list[Problem] = [*settings.problems, *problems]
        self.keymap: dict[str, str] = {}
        self._read_keys()
        self.project = project
        self.session = Session(project, self._hear, now=now) if project else None
        self._now = now
        self.uploads: Uploads | None = None
        self._talk: TerminalTalk | None = None

    def _start_in(self, theme: Theme) -> None:
        """Begin in a theme. To set `theme` would have every style sheet parsed a second time."""
        self.set_reactive(App.theme, theme.name)
        self.update_classes(
            {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark},
            update=False,
        )
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def _read_keys(self) -> None:
        path = self.settings.config / "keys.yaml"
        if not path.exists():
            return
        from studio.app.keymap import load_keymap, unbound_ids

        self.keymap, problems = load_keymap(path, REGISTRY)
        self._problems += problems
        self.unbound = unbound_ids(self.keymap)
        self.set_keymap(self.keymap)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours, mixed from the theme's where it names none."""
        return studio_variables(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, ours last."""
        return [*super().get_line_filters(), self._visible]

    def _hear(self, message: Any) -> None:  # noqa: ANN401 (a Message; called from any thread)
        if self.is_running and (desk := self.desk) is not None:
            desk.post_message(message)

    @property
    def desk(self) -> Any:  # noqa: ANN401 (a DeskScreen, imported only where one is opened)
        """The screen of the open project, whatever lies over it."""
        return self._desk if hasattr(self, "_desk") else None

    def get_default_screen(self) -> Screen[Any]:
        """Return the desk, or the list of projects where none is open."""
        if self.session is None:
            from studio.app.screens.welcome import WelcomeScreen

            return WelcomeScreen()
        from studio.app.screens.desk import DeskScreen

        self._desk = DeskScreen(self.session, self.settings.mode)
        return self._desk

    def on_mount(self) -> None:
        """Tell what is wrong with the user's own files, once the first frame is there."""
        self.call_after_refresh(self._opened)

    def use_styles(self, path: Path) -> None:
        """Read a style sheet, unless it was read before, ahead of the first widget it is for."""
        if not self.stylesheet.has_source(str(path), ""):
            self.stylesheet.read(path)

    # the terminal

    def ask_terminal(self) -> None:
        """Ask the terminal what it is and whether it has pixels; called after the first frame."""
        from studio.app.terminal.talk import TerminalTalk
        from studio.app.terminal.uploads import Uploads

        self.uploads = Uploads(self)
        self._talk = TerminalTalk(self, enabled=self.settings.pixels)
        self._talk.ask()
        self.desk.preview.use_uploads(self.uploads)
        if self.settings.protocol is not None:
            self.desk.preview.set_protocols((self.settings.protocol,), self.settings.protocol)

    def on_terminal_answered(self, event: TerminalAnswered) -> None:
        """Show pictures in pixels where the terminal has them."""
        answers = event.answers
        if answers.cell is not None:
            self.desk.preview.set_cell(answers.cell)
        found = protocols_of(
            os.environ,
            xtversion=answers.xtversion,
            kitty_ok=answers.kitty_ok,
            sixel_ok=answers.sixel_ok,
        )
        fixed = self.settings.protocol
        if fixed is not None:
            found = (fixed, *(one for one in found if one is not fixed))
        if found:
            self.desk.preview.set_protocols(found, found[0])
        elif (
            answers.xtversion
            and not self.settings.chosen
            and (mode := mode_of_answer(answers.xtversion))
        ):
            self.desk.preview.set_mode(mode)

    def on_cell_resized(self, event: CellResized) -> None:
        """The font has another size."""
        self.desk.preview.set_cell(event.cell)

    def on_resize(self, event: Resize) -> None:
        """Another size of the window may come with another size of its cells."""
        if self._talk is not None:
            self._talk.resized(event)

    def _opened(self) -> None:
        for problem in self._problems:
            self.notify(str(problem), severity="warning", timeout=15, markup=False)
        if self.session is not None:
            self._offer_left_over()

    @work(thread=True, exit_on_error=False)
    def _offer_left_over(self) -> None:
        assert self.session is not None
        for unsaved in self.session.drafts.left_over():
            self.call_from_thread(self._ask_left_over, unsaved)

    def _ask_left_over(self, unsaved: Any) -> None:  # noqa: ANN401 (project.journal.Unsaved)
        from studio.app.screens.ask import Choice

        session = self.session
        assert session is not None
        text = unsaved.data.decode("utf-8", "replace")
        words = Content.assemble(
            f"Studio ended before this was saved, {unsaved.time:%d %b %H:%M}:\n\n",
            one_line(text)[:300],
            "\n\n",
            ("What is not taken stays in the history.", "$dim"),
        )
        self.push_screen(
            Choice(
                one_line(unsaved.path),
                words,
                [("take", "Take it back"), ("leave", "Keep the file as it is")],
            ),
            lambda answer: (
                session.drafts.recover(unsaved, take=answer == "take") if answer else None
            ),
        )

    # the palette

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command that applies now, wherever its key works."""
        for command in REGISTRY:
            if command.id not in {"numbers.posts"} and self._applies(command, screen):
                yield SystemCommand(
                    command.title, command.help, lambda c=command: self.run_command(c)
                )

    def _host(self, command: type[Command]) -> Any:  # noqa: ANN401 (a CommandHost)
        if command.scope == "global" or self.desk is None:
            return self.desk or self
        return getattr(self.desk, command.scope)

    def _applies(self, command: type[Command], screen: Screen[Any]) -> bool:
        if command.scope != "global" and screen is not self.desk:
            return False
        return bool(self._host(command).command_state(command))

    def action_command(self, command_id: str) -> None:
        """Run a command that works anywhere; over a dialog only what does not reach behind it."""
        command = REGISTRY[command_id]
        if self.screen is self.desk:
            self.run_command(command)
        elif command in (general.Quit, general.Help, general.ChooseTheme):
            self.post_message(command())

    def command_state(self, command: type[Command]) -> bool | None:
        """Offer only what reaches something: over a dialog, nothing behind it."""
        if self.screen_stack and self.screen is self.desk:
            return True
        return command in (general.Quit, general.Help, general.ChooseTheme)

    def run_command(self, command: type[Command]) -> None:
        """Run a command where its key would work."""
        self._host(command).post_message(command())

    @on(general.Help)
    def _help(self) -> None:
        from studio.app.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.keymap, str(self.settings.config / "keys.yaml")))

    @on(general.ChooseTheme)
    def _choose_theme(self) -> None:
        from studio.app.screens.themes import ThemeScreen

        themes, problems = load_themes(self._folders)
        for theme in themes:
            self.register_theme(theme)
        for problem in problems:
            self.notify(str(problem), severity="warning", timeout=12, markup=False)

        def chosen(name: str | None) -> None:
            if name:
                self.settings.remember_theme(name)

        self.push_screen(ThemeScreen([theme.name for theme in themes]), chosen)

    @on(general.OpenProject)
    async def _open_project(self) -> None:
        await self._leave(Path())

    @on(general.Quit)
    async def _quit(self) -> None:
        await self._leave(None)

    async def action_quit(self) -> None:
        """Leave the way every other key does: what is unsaved is saved first."""
        await self._leave(None)

    async def _leave(self, result: Path | None) -> None:
        session = self.session
        if session is not None:
            self.notify("Saving…", timeout=2)
            self._finish(result)
        else:
            self.exit(result)

    @work(thread=True, exclusive=True, group="leave", exit_on_error=False)
    def _finish(self, result: Path | None) -> None:
        session = self.session
        assert session is not None
        if session.finish():
            self.call_from_thread(self.exit, result)
        else:
            self.call_from_thread(self._ask_unsaved, result)

    def _ask_unsaved(self, result: Path | None) -> None:
        from studio.app.screens.ask import Choice

        self.push_screen(
            Choice(
                "Not everything is saved",
                Content(
                    "A caption could not be written to its file. Its text is in the journal and "
                    "will be offered when you open this project again."
                ),
                [("stay", "Stay"), ("leave", "Leave")],
            ),
            lambda answer: self.exit(result) if answer == "leave" else None,
        )

    # copying

    @work(thread=True, exit_on_error=False)
    def copy_caption(self, draft: Draft) -> None:
        """Copy a caption's bytes, and say how sure it is that they arrived."""
        from studio.captions import clipboard
        from studio.captions.files import encode

        session = self.session
        assert session is not None
        data = encode(draft.form.with_text(draft.text))
        copied = clipboard.copy(
            data,
            send=lambda sequence: self.call_from_thread(self._to_terminal, sequence),
            keep=lambda wanted: session.drafts.file_with(draft, wanted),
        )
        self.call_from_thread(
            self.notify,
            display(copied.how),
            severity="information" if copied.certain else "warning",
            timeout=10,
            markup=False,
        )

    def _to_terminal(self, sequence: str) -> None:
        driver = self._driver
        if driver is not None:
            driver.write(sequence)
            driver.flush()
