"""Ten seconds by hand: the numbers of one post typed in a line, beside the phone's screenshot."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from studio.app.reminding import is_posted, known_posts, platforms_of, posted_as
from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.screens.log_parts import LogLine, Platforms
from studio.app.screens.log_picture import LogPicture
from studio.ideas import edits
from studio.ideas.idea import when
from studio.platforms.names import platform_name
from studio.stats.log import ORDER, Entry, Typed, link_time, log_edits, parse_line, platform_of
from studio.stats.post import FIGURES
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App, ComposeResult

    from studio.app.ahead import Ahead
    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.project.undo import Edit

_HINT = "views likes comments saves shares follows"
_BESIDE = 112  # columns from which the screenshot has its place beside the form


def open_log(app: App[Any], session: Session, idea: Idea) -> None:
    """Open the dialog for a posted idea; for another, ask what is meant first."""
    if is_posted(idea, session.board):
        app.push_screen(LogScreen(session, idea))
        return
    from studio.app.screens.ask import Choice

    board = session.board
    last = next((name for name in board.stages if name.casefold() == "posted"), board.stages[-1])

    def answered(answer: str | None) -> None:
        if answer == "move":
            moved = session.change(
                f"Move “{idea.title}” to {last}",
                lambda store: edits.move_to_stage(board, idea, last, store=store),
            )
            now = session.idea(idea.path)
            if moved and now is not None:
                app.push_screen(LogScreen(session, now))
        elif answer == "log":
            app.push_screen(LogScreen(session, idea))

    words = Content(
        f"It lies in “{one_line(board.stage_of(idea))}” and has no link yet. Numbers are of posts:"
        f" move it to “{one_line(last)}” once it is out. Its link, if you have it, goes into the"
        " dialog."
    )
    answers = [("move", f"Move to {one_line(last)}, log"), ("log", "Log only"), ("no", "Leave")]
    app.push_screen(Choice(f"“{one_line(idea.title)}” is not posted", words, answers), answered)


class LogScreen(Dialog[None]):
    """The dialog: a line to type, what is understood of it, and what was known before.

    Args:
        session: the open project.
        idea: whose post it is.
    """

    CSS_PATH: ClassVar = [DIALOGS, Path(__file__).with_name("log.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave", priority=True),
        Binding("ctrl+t", "platform", "Platform", priority=True),
        Binding("f3", "size", "Picture", priority=True),
        Binding("up", "picture(-1)", "Newer picture", priority=True),
        Binding("down", "picture(1)", "Older picture", priority=True),
        Binding("pageup", "pan(0,-1)", "Up", priority=True),
        Binding("pagedown", "pan(0,1)", "Down", priority=True),
        Binding("alt+left", "pan(-1,0)", "Left", priority=True),
        Binding("alt+right", "pan(1,0)", "Right", priority=True),
    ]

    def __init__(self, session: Session, idea: Idea) -> None:
        super().__init__(classes="dialog log")
        self.root = session.project.root
        self._session = session
        self._idea = idea
        self._zone = ZoneInfo(session.config.zone)
        self._typed = Typed()
        self._sure = False  # whether the human was told of what is not understood
        self._over = False  # whether the screenshot lies over the form, where it has no room beside
        self._before: dict[str, int | None] = {}
        self._before_day: date | None = None
        names = platforms_of(idea) or tuple(one.platform for one in session.config.accounts)
        names = tuple(dict.fromkeys(names)) or ("instagram", "tiktok")
        wanted = [one.platform for one in session.numbers.reminders if one.path == idea.path]
        first = next((n for n in (*wanted, session.numbers.log_platform) if n in names), names[0])
        self._platforms = Platforms(names, first)

    def compose(self) -> ComposeResult:
        """The form; the screenshot beside it or over it."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"Numbers of “{one_line(self._idea.title)}”")
            with Vertical(id="form"):
                yield LogLine(placeholder=_HINT, id="line", select_on_focus=False)
                yield Static(id="brief")
                with Horizontal(classes="field later"):
                    yield Label("on")
                    yield self._platforms
                with Horizontal(classes="field later"):
                    yield Label("posted")
                    yield LogLine(
                        placeholder="its link, or 2026-11-22 19:30",
                        id="posted",
                        select_on_focus=False,
                    )
                yield Static(id="when", classes="later")
                yield Static(id="echo")
                yield Static(id="odd")
            yield LogPicture(self._session)

    def on_mount(self) -> None:
        """Begin with what is known."""
        self._lay_out()
        self._look_up()
        self.query_one("#line").focus()

    @property
    def picture(self) -> LogPicture:
        """The screenshot."""
        return self.query_one(LogPicture)

    # room

    def on_resize(self) -> None:
        """The screenshot has its place beside the form where there is room."""
        self._lay_out()

    def _lay_out(self) -> None:
        beside = self.size.width >= _BESIDE and self.size.height >= 20 and bool(self.picture.paths)
        self.set_class(beside, "-beside")
        self.set_class(self._over and not beside and bool(self.picture.paths), "-over")
        hints = ["Enter logs", "Escape leaves"]
        if self.picture.paths:
            hints.append("F3 closer" if beside or self._over else "F3 the screenshot")
        if len(self.picture.paths) > 1 and (beside or self._over):
            hints.append("↑↓ others")
        self.query_one(".box").border_subtitle = Content(", ".join(hints))
        self._echo()
        self.picture.draw_soon()

    @on(LogPicture.Found)
    def _found(self) -> None:
        self._lay_out()

    @on(LogLine.Picture)
    def _named(self, event: LogLine.Picture) -> None:
        self._over = True
        self.picture.show_file(event.path)

    def action_size(self) -> None:
        """Show the screenshot, or more of it; where it lies over the form, away at last."""
        if not self.picture.paths:
            self.notify("There is no picture in inbox/ yet; you can also drop one on the line.")
        elif self.has_class("-beside"):
            self.picture.closer()
        elif not self._over:
            self._over = True
            self._lay_out()
        elif self.picture.closer() == 0:
            self._over = False
            self.picture.begin_again()
            self._lay_out()

    def action_picture(self, step: int) -> None:
        """Show the next older screenshot, or the next newer."""
        self.picture.step(step)

    def action_pan(self, x: int, y: int) -> None:
        """Look at another part of the screenshot."""
        self.picture.pan(x, y)

    def action_platform(self) -> None:
        """The next platform."""
        self._platforms.step(1)

    # what is known

    @property
    def _now(self) -> datetime:
        return self._session.now()

    @on(Platforms.Changed)
    def _look_up(self) -> None:
        """Find what is known of the post on this platform."""
        idea = posted_as(self._idea, self._platforms.chosen, self._now)
        self._sure = False
        self._known = known_posts(idea, self._session.numbers.posts)
        self._posted = idea.posted_at
        self._links = idea.links
        newest = max(
            self._known,
            key=lambda post: (post.snapshot().exported or date.min, post.line),
            default=None,
        )
        self._before = {} if newest is None else {name: newest.figure(name) for name in FIGURES}
        self._before_day = newest.snapshot().exported if newest else None
        self._say_when()
        self._echo()

    def _link(self) -> str:
        """Return the link typed here, else the idea's."""
        typed = self.query_one("#posted", Input).value.strip()
        if "://" in typed or platform_of(typed):
            return typed
        return self._links[0] if self._links else ""

    def _when(self) -> tuple[datetime | date | None, str]:
        """Return the time to be written down (None when the rest tells it), and its words."""
        typed = self.query_one("#posted", Input).value.strip()
        link = self._link()
        if typed and typed != link:
            day, at = when(typed, self._session.config.zone)
            if day is None:
                return None, "that is no link and no time; 2026-11-22 19:30 is one"
            return (at or day), self._since(at or day, "as typed")
        in_link = link_time(link)
        if in_link is not None:
            return None, self._since(in_link, "from its link")
        known = next((one.posted_at for one in self._known if one.posted_at), None)
        if known is not None:
            return None, self._since(known, "as known before")
        if self._posted is not None:
            return self._posted, self._since(self._posted, "as planned")
        return None, "not known when; its link or the time makes the numbers count"

    def _since(self, at: datetime | date, why: str) -> str:
        if not isinstance(at, datetime):
            return f"{at:%a} {at.day} {at:%b}, {why}"
        local = at.astimezone(self._zone)
        age = self._now - at
        if age < timedelta():
            return f"{local:%a} {local.day} {local:%b %H:%M} is still to come"
        hours = int(age.total_seconds() // 3600)
        ago = f"{hours} h ago" if hours < 96 else f"{hours // 24} days ago"
        return f"{local:%a} {local.day} {local:%b %H:%M}, {ago}, {why}"

    def _say_when(self) -> None:
        self.query_one("#when", Static).update(Content(self._when()[1]))

    # typing

    @on(Input.Changed, "#line")
    def _line_changed(self, event: Input.Changed) -> None:
        self._sure = False
        self._typed = parse_line(event.value)
        if self._typed.platform:
            self._platforms.choose(self._typed.platform)
        self._echo()

    @on(Input.Changed, "#posted")
    def _posted_changed(self, event: Input.Changed) -> None:
        self._sure = False
        if name := platform_of(event.value):
            self._platforms.choose(name)
        self._say_when()

    def _doubts(self) -> list[str]:
        fewer = [
            f"fewer {name} than before"
            for name in FIGURES
            if (new := self._typed.figure(name)) is not None and new < (self._before.get(name) or 0)
        ]
        return [*self._typed.doubts, *fewer]

    def _echo(self) -> None:
        """Say what is understood: a line for each figure, its value before and what was won."""
        typed = self._typed
        day = self._before_day
        before = f"{day.day} {day:%b}" if day else "before"
        lines = [Content.styled(f"{'':<10}{'typed':>12}{before:>12}{'won':>12}", "$dim")]
        shown = [*ORDER]
        if "reach" in typed.figures or self._before.get("reach") is not None:
            shown.insert(1, "reach")
        for name in shown:
            value, old = typed.figure(name), self._before.get(name)
            told = _figure(value)
            if name in typed.rounded:
                told = f"~{told}"
            won = "" if value is None or old is None else f"{value - old:+,}"
            less = won.startswith("-")
            lines.append(
                Content.assemble(
                    (f"{name:<10}", "$dim" if value is None else "$foreground"),
                    (f"{told:>12}", "$dim" if value is None else "bold $foreground"),
                    (f"{_figure(old):>12}", "$dim"),
                    (f"{won:>12}", "$warning" if less else "$keep"),
                )
            )
        self.query_one("#echo", Static).update(Content("\n").join(lines))
        spoken = [name for name in (*ORDER, "reach") if name in typed.figures]
        brief = Content(" ").join(
            Content.assemble((f"{name} ", "$dim"), (_figure(typed.figure(name)), "bold"))
            for name in spoken
        )
        self.query_one("#brief", Static).update(brief if spoken else Content.styled(_HINT, "$dim"))
        odd = [*typed.odd, *(f"{doubt}?" for doubt in self._doubts())]
        if self._sure and odd:
            odd.append("Enter again logs what is understood")
        self.query_one("#odd", Static).update(
            Content("\n").join([Content.styled(one_line(text), "$warning") for text in odd])
        )

    # logging

    @on(Input.Submitted)
    def _submitted(self) -> None:
        typed = self._typed
        at, words = self._when()
        if not typed.told:
            self.notify("Type at least one number; views come first.", severity="warning")
            return
        wrong_time = words.startswith("that is no") or words.endswith("to come")
        if (typed.odd or self._doubts() or wrong_time) and not self._sure:
            self._sure = True
            self._echo()
            if wrong_time:
                self.notify(words, severity="warning", markup=False)
            return
        self._log(None if wrong_time else at)

    def _log(self, at: datetime | date | None) -> None:
        idea, session, platform = self._idea, self._session, self._platforms.chosen
        link = self._link()
        entry = Entry(
            typed_at=self._now.astimezone(self._zone),
            idea=idea.slug,
            platform=platform,
            link=link,
            posted_at=at.astimezone(UTC) if isinstance(at, datetime) else at,
            format=idea.format,
            **{name: self._typed.figure(name) for name in FIGURES},
        )

        def make(store: Ahead) -> Sequence[Edit]:
            made = log_edits(store, entry)
            if link and link not in idea.posted and idea.problem is None:
                made += edits.set_property(store, idea, "posted", (*idea.posted, link))
            return made

        if session.change(f"Log “{idea.title}” on {platform_name(platform)}", make):
            session.numbers.log_platform = platform
            told = ", ".join(
                f"{name} {value:,}"
                for name, value in self._typed.figures.items()
                if value is not None
            )
            self.notify(f"Logged: {told}. Undo takes it back.", markup=False)
            self.dismiss(None)


def _figure(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
