"""The desk: the four panes of an open project, laid out for the width there is."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Footer, Static

from studio.app import news
from studio.app.commands import general
from studio.app.commands.base import CommandHost
from studio.app.commands.caption import AltTextsOfPictures
from studio.app.panes.board import BoardPane
from studio.app.panes.caption import CaptionPane
from studio.app.panes.figures import figure
from studio.app.panes.numbers import NumbersPane
from studio.app.panes.preview import PreviewPane
from studio.app.screens.dialog import Under
from studio.platforms.names import platform_name
from studio.text import display, one_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.preview.modes import Mode


class DeskScreen(CommandHost, Under[None]):
    """Board, preview, caption and numbers, and what flows between them."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (an instance variable in Textual)
        (0, "-narrow"),
        (100, "-medium"),
        (140, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "pane(1)", "Next pane", show=False, id="pane.next"),
        Binding("shift+tab", "pane(-1)", "Pane before", show=False, id="pane.previous"),
    ]

    def __init__(self, session: Session, mode: Mode) -> None:
        super().__init__()
        self.session = session
        self._mode = mode
        self._asking = False
        self._begun = False

    def compose(self) -> ComposeResult:
        """A line of facts, the panes, the keys."""
        yield Static(id="facts")
        with Grid(id="desk"):
            yield BoardPane(self.session)
            yield PreviewPane(self.session, self._mode)
            yield CaptionPane(self.session)
            yield NumbersPane(self.session)
        yield Footer(show_command_palette=False, compact=True)

    # the panes

    @property
    def board(self) -> BoardPane:
        """The pane of the ideas."""
        return self.query_one(BoardPane)

    @property
    def preview(self) -> PreviewPane:
        """The pane of the pictures."""
        return self.query_one(PreviewPane)

    @property
    def caption(self) -> CaptionPane:
        """The pane of the caption."""
        return self.query_one(CaptionPane)

    @property
    def numbers(self) -> NumbersPane:
        """The pane of the numbers."""
        return self.query_one(NumbersPane)

    def on_mount(self) -> None:
        """The first frame has the ideas and the caption; the rest begins after it."""
        self._say_facts()
        self.board.rows.focus()
        self._mark_current("board")
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        # What was made so far stays to the end: the collector need not walk it at every full turn,
        # which would cost a key two frames now and then.
        gc.freeze()
        self._begun = True
        self.session.start()
        self.preview.begin()
        self.preview.show_idea(self.board.idea)
        self.caption.begin()
        self.app.ask_terminal()  # type: ignore[attr-defined]
        self.set_interval(0.25, self.session.tick)
        self.set_interval(20, self._say_facts)
        self.set_interval(300, self.session.numbers.look_again)
        self.set_timer(4, gc.freeze)

    def _say_facts(self) -> None:
        session = self.session
        config = session.config
        now = session.now().astimezone(self.board._zone)  # noqa: SLF001 (one clock on the desk)
        answers = session.numbers.answers
        told = answers.platforms if answers else ()
        counts = {one.platform: one.summary.followers for one in told}
        accounts = [
            (account.platform, counts.get(account.platform) or account.followers)
            for account in config.accounts
        ]
        said = "   ".join(
            f"{one_line(platform_name(platform))} {figure(followers)}"
            for platform, followers in accounts
        )
        city = config.zone.rpartition("/")[2].replace("_", " ")
        about = one_line(config.about) if self.size.width >= 110 else ""
        wanted = ""
        if session.numbers.reminders:
            from studio.app.reminding import reminder_words

            wanted = reminder_words(session.numbers.reminders, self.app.keymap)  # type: ignore[attr-defined]
        self.query_one("#facts", Static).update(
            Content.assemble(
                (one_line(config.name), "bold $focus"),
                (f"  {about}" if about else "", "$dim"),
                (f"    {said}" if said else "", "$dim"),
                (f"    {wanted}" if wanted else "", "$warning"),
                (f"    audience: {one_line(city)} {now:%H:%M}", "$dim"),
            ),
            layout=False,
        )

    def on_resize(self) -> None:
        """The line of facts says what fits."""
        if self.is_mounted:
            self._say_facts()

    # focus

    def _focusable(self, name: str) -> Widget:
        if name == "board":
            return self.board.rows
        if name == "caption":
            return self.caption.editor
        if name == "numbers":
            return self.numbers.shown
        return self.preview

    def _go(self, name: str) -> None:
        self._mark_current(name)
        self._focusable(name).focus()

    def _mark_current(self, name: str) -> None:
        for pane in self.query(".pane"):
            pane.set_class(pane.id == name, "-current")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that has the focus is the one that narrow terminals show."""
        for pane in event.widget.ancestors_with_self:
            if isinstance(pane, Widget) and pane.has_class("pane"):
                self._mark_current(pane.id or "")
                self._follow(pane.id or "")

    def _follow(self, name: str) -> None:
        """Let the numbers be those that bear on what has the focus."""
        if not self._begun or name == "numbers":
            return
        if name == "preview":
            self.numbers.show_checks(self.preview.path)
        else:
            self.numbers.show_figures()

    @on(PreviewPane.LookedAt)
    def _looked_at(self) -> None:
        if self.numbers.checking:
            self.numbers.show_checks(self.preview.path)

    @on(NumbersPane.ToIdea)
    def _to_idea(self, event: NumbersPane.ToIdea) -> None:
        if self.session.idea(event.path) is not None:
            self.board.rows.cursor = event.path
            self._go("board")

    @on(NumbersPane.Wanted)
    def _plan(self, event: NumbersPane.Wanted) -> None:
        """The chosen idea is posted then; if it is not ready, the first that is."""
        from studio.app.answers.planning import waiting

        ideas = waiting(self.session.board, event.platform)
        chosen = self.board.idea
        idea = chosen if chosen in ideas else next(iter(ideas), None)
        self.session.numbers.plan([(idea, event.at)] if idea is not None else [])

    @on(PreviewPane.ToChecks)
    def _to_checks(self) -> None:
        self._follow("preview")
        self._go("numbers")

    def action_pane(self, step: int) -> None:
        """Go to the next or the previous pane."""
        names = ["board", "preview", "caption", "numbers"]
        current = next((pane.id for pane in self.query(".pane.-current")), "board")
        self._go(names[(names.index(current or "board") + step) % len(names)])

    @on(general.FocusBoard)
    def _to_board(self) -> None:
        self._go("board")

    @on(general.FocusPreview)
    def _to_preview(self) -> None:
        self._go("preview")

    @on(general.FocusCaption)
    def _to_caption(self) -> None:
        self._go("caption")

    @on(general.FocusNumbers)
    def _to_numbers(self) -> None:
        self.numbers.show_figures()
        self._go("numbers")

    @on(AltTextsOfPictures)
    def _alt_texts(self) -> None:
        from studio.app.screens.alt_text import open_alt_texts

        open_alt_texts(
            self.app,
            self.session,
            self.board.idea,
            self.caption.platforms(),
            path=self.preview.path or None,
        )

    @on(general.Fill)
    def _fill(self) -> None:
        self.query_one("#desk").toggle_class("-filled")

    @on(CaptionPane.Left)
    def _caption_left(self) -> None:
        self._go("board")

    @on(BoardPane.Chose)
    def _chose(self, event: BoardPane.Chose) -> None:
        event.stop()
        if self._begun:
            self.show_idea(event.idea)
        else:  # for the first frame the words are enough, and what is typed must find them there
            self.caption.show_idea(event.idea, at_once=True)
        if event.opened:
            self._go("preview")

    def show_idea(self, idea: Idea | None) -> None:
        """Every pane shows this idea."""
        self.preview.show_idea(idea)
        self.caption.show_idea(idea)

    def on_paste(self, event: events.Paste) -> None:
        """Files dropped onto the window arrive as a paste of their paths."""
        from studio.app.screens.imports import ImportScreen, dropped

        if paths := dropped(event.text):
            event.stop()
            self.app.push_screen(ImportScreen(self.session, paths))

    # changes

    @on(general.Undo)
    def _undo(self) -> None:
        self.session.undo()

    @on(general.Redo)
    def _redo(self) -> None:
        self.session.redo()

    @on(general.Import)
    def _import(self) -> None:
        from studio.app.screens.imports import ImportScreen

        self.app.push_screen(ImportScreen(self.session))

    # news

    @property
    def _leaving(self) -> bool:
        """Whether the app is on its way out: news may come once the panes are gone already."""
        return self.app._exit  # noqa: SLF001 (Textual has no name for it)

    @on(news.BoardChanged)
    def _board_changed(self) -> None:
        if self._leaving:
            return
        self.board.refresh_board()
        self._say_facts()
        self.preview.draw()

    @on(news.VerdictsChanged)
    def _verdicts_changed(self) -> None:
        if self._leaving:
            return
        self.preview.refresh_media()
        if self.numbers.checking:
            self.numbers.show_checks(self.preview.path)

    @on(news.FactsChanged)
    def _facts_changed(self, event: news.FactsChanged) -> None:
        if self._leaving:
            return
        self.preview.on_facts(event.path, asked=event.asked)

    @on(news.RulesChanged)
    def _rules_changed(self) -> None:
        if self._leaving:
            return
        self.caption.rules_changed()
        self.preview.draw()

    @on(news.NumbersChanged)
    def _numbers_changed(self) -> None:
        if self._leaving:
            return
        self.numbers.refresh_numbers()
        self._say_facts()

    @on(news.DraftChanged)
    def _draft_changed(self, event: news.DraftChanged) -> None:
        if event.reload:
            self.caption.take(event.draft)
        else:
            self.caption.saved(event.draft)

    @on(news.Told)
    def _told(self, event: news.Told) -> None:
        self.notify(
            display(event.text), severity="warning" if event.warn else "information", markup=False
        )

    @on(news.Failed)
    def _failed(self, event: news.Failed) -> None:
        text = str(event.problem)
        if all(text != told.message for told in self.app._notifications):  # noqa: SLF001
            self.notify(text, severity="error", timeout=12, markup=False)

    @on(news.FolderGone)
    def _folder_gone(self, event: news.FolderGone) -> None:
        if not event.gone:
            self.notify("The project's folder is back.")
            return
        self.notify(
            "The project's folder cannot be reached. What you type is kept in the journal "
            "until it is back.",
            severity="error",
            timeout=20,
        )

    @on(news.DraftConflict)
    def _conflict(self, event: news.DraftConflict) -> None:
        from studio.app.screens.ask import Choice

        if self._asking:
            return
        self._asking = True
        draft = event.draft
        theirs = draft.theirs[0].text if draft.theirs else ""
        text = Content.assemble(
            "This caption was changed here and by another program.\n\n",
            ("here      ", "$dim"), _ends(draft.text), "\n",
            ("outside   ", "$dim"), _ends(theirs), "\n\n",
            ("Whatever you choose, the other text stays in the history.", "$dim"),
        )  # fmt: skip

        def decided(answer: str | None) -> None:
            self._asking = False
            keep = answer if answer in ("mine", "theirs") else "both"
            self.session.drafts.settle(draft, keep)  # type: ignore[arg-type]

        self.app.push_screen(
            Choice(
                one_line(draft.path),
                text,
                [("both", "Both, one after the other"), ("mine", "Mine"), ("theirs", "Theirs")],
            ),
            decided,
        )


def _ends(text: str) -> str:
    """Return the beginning and the length of a text, to tell two apart."""
    line = one_line(text)
    return (f"{line[:60]}…" if len(line) > 60 else line or "(empty)") + f"  ({len(text)})"
