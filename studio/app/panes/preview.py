"""The preview: one picture large, its neighbours small, and the keys that decide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from studio.app.commands import review as commands
from studio.app.commands.base import CommandHost
from studio.app.panes.status import status_words
from studio.app.pictures import Failure, Mode, Pictures, Request
from studio.app.registry import REGISTRY
from studio.app.widgets.filmstrip import THUMB_COLUMNS, THUMB_ROWS, Filmstrip, Thumb
from studio.app.widgets.picture import PictureView
from studio.ideas import edits
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.media.verdict import Verdict

AHEAD = 3  # pictures drawn in the direction of travel
BEHIND = 1


class PreviewPane(CommandHost, Vertical, can_focus=True):
    """The pane of the pictures."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("preview")]
    index: reactive[int] = reactive(0, init=False)

    def __init__(self, session: Session, mode: Mode) -> None:
        super().__init__(id="preview", classes="pane")
        self._session = session
        self._mode = mode
        self._idea: Idea | None = None
        self._all = False
        self._auto = True
        self._travel = 1
        self._paths: tuple[str, ...] = ()
        self._shown: Request | None = None
        self._pictures: Pictures | None = None
        self._begun = False

    def compose(self) -> ComposeResult:
        """The picture, the strip, the words under it."""
        yield PictureView(id="picture")
        yield Filmstrip(id="filmstrip")
        yield Static(id="status")

    @property
    def picture(self) -> PictureView:
        """The large picture."""
        return self.query_one("#picture", PictureView)

    @property
    def strip(self) -> Filmstrip:
        """The small ones."""
        return self.query_one("#filmstrip", Filmstrip)

    @property
    def path(self) -> str | None:
        """The media file that is shown."""
        return self._paths[self.index] if self.index < len(self._paths) else None

    @property
    def mode(self) -> Mode:
        """The cells pictures are drawn in."""
        return self._mode

    def on_mount(self) -> None:
        """Nothing is decoded before the first frame is on the screen."""
        self.border_title = "Preview"
        self._say_status()
        # another theme, another ground for what is transparent in a picture
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._ground_changed())

    def _ground_changed(self) -> None:
        self.call_after_refresh(self._draw)

    def begin(self) -> None:
        """Start drawing; called once the first frame is painted."""
        session = self._session

        def ready(request: Request) -> None:
            if self.is_attached:
                self.app.call_from_thread(self._arrived, request)

        self._pictures = Pictures(session.project.root, session.project.cache, ready)
        self._begun = True
        self.refresh_media()

    def on_unmount(self) -> None:
        """The workers end with the pane."""
        if self._pictures is not None:
            self._pictures.stop()

    @property
    def settled(self) -> bool:
        """Whether everything in view is drawn."""
        if self._pictures is None:
            return False
        return all(self._pictures.get(one) is not None for one in self._wanted())

    # what is shown

    def show_idea(self, idea: Idea | None) -> None:
        """Show the pictures of this idea."""
        same = self._idea is not None and idea is not None and self._idea.path == idea.path
        self._idea = idea
        if not self._all:
            self._set_paths(self._session.media.of(idea) if idea else (), keep=same)

    def refresh_media(self) -> None:
        """Verdicts, files or the list changed."""
        if self._pictures is not None:
            self._pictures.look_again()
        idea = None if self._all else self._idea
        if self._all or self._idea is not None:
            self._set_paths(self._session.media.of(idea), keep=True)

    def _set_paths(self, paths: tuple[str, ...], *, keep: bool) -> None:
        path = self.path if keep else None
        self._paths = paths
        self.set_reactive(PreviewPane.index, paths.index(path) if path in paths else 0)
        self._draw()

    def watch_index(self, old: int, new: int) -> None:
        """Another picture: show it if it is drawn, ask for it and its neighbours if not."""
        self._travel = 1 if new >= old else -1
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Pictures are drawn for the room there is."""
        self.call_after_refresh(self._draw)

    def _request(self, path: str, columns: int, rows: int, mode: Mode) -> Request:
        assert self._pictures is not None
        return self._pictures.request(path, columns, rows, mode, self._background())

    def _background(self) -> tuple[int, int, int]:
        """Return the colour that shows through transparent pictures."""
        return self.styles.background.rgb

    def _large(self, index: int) -> Request:
        size = self.picture.size
        return self._request(self._paths[index], size.width, size.height, self._mode)

    def _small(self, index: int) -> Request:
        return self._request(self._paths[index], THUMB_COLUMNS, THUMB_ROWS, self._thumb_mode)

    @property
    def _thumb_mode(self) -> Mode:
        return self._mode

    def _wanted(self) -> list[Request]:
        """Return what should be drawn, the most wanted first."""
        size = self.picture.size
        if not self._paths or size.width < 2 or size.height < 2:
            return []
        ahead = [self.index + step * self._travel for step in range(AHEAD + 1)]
        behind = [self.index - step * self._travel for step in range(1, BEHIND + 1)]
        count = len(self._paths)
        wanted = [self._large(one) for one in ahead + behind if 0 <= one < count]
        if self.strip.display and self.strip.size.height:
            window = sorted(self.strip.window(self.index, count), key=lambda i: abs(i - self.index))
            wanted += [self._small(one) for one in window]
        return wanted

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        self._say_status()
        if not self._paths:
            self._say_nothing()
            return
        if self._pictures is None or self.picture.size.width < 2:
            return
        wanted = self._wanted()
        if not wanted:
            return
        self._pictures.want([one for one in wanted if self._pictures.get(one) is None])
        self._shown = wanted[0]
        self._show(wanted[0])
        self._show_strip()

    def _show(self, request: Request) -> None:
        assert self._pictures is not None
        result = self._pictures.get(request)
        if result is None:
            return  # the old picture stays for the few frames until the new one is there
        if isinstance(result, Failure):
            self.picture.say(
                Content(display(request.path.name)),
                Content(""),
                Content(display(result.problem)),
            )
        else:
            self.picture.show(result)

    def _show_strip(self) -> None:
        assert self._pictures is not None
        thumbs = []
        window = self.strip.window(self.index, len(self._paths))
        for one in window:
            cells = self._pictures.get(self._small(one))
            broken = isinstance(cells, Failure)
            verdict = self._session.media.verdict(self._paths[one])
            thumbs.append(Thumb(None if isinstance(cells, Failure) else cells, verdict, broken))
        self.strip.show(thumbs, window.start, self.index)

    def _arrived(self, request: Request) -> None:
        if not self.is_attached or self._pictures is None:
            return
        if request == self._shown:
            self._show(request)
        elif (request.columns, request.rows) == (THUMB_COLUMNS, THUMB_ROWS):
            self._show_strip()

    def _say_nothing(self) -> None:
        self.strip.show((), 0, 0)
        if self._all:
            self.picture.say(
                Content("No pictures yet."),
                Content(""),
                Content(
                    "Put pictures and clips into the project's media folder; they show up here."
                ),
            )
        elif self._idea is not None:
            self.picture.say(
                Content("This idea has no pictures yet."),
                Content(""),
                Content("Press a to see all media, and i to put the one shown into this idea."),
            )
        else:
            self.picture.say(Content("Choose an idea to see its pictures."))

    # words

    def _say_status(self) -> None:
        count = len(self._paths)
        where = "all media" if self._all else ""
        title = f"Preview  {self.index + 1} of {count}" if count else "Preview"
        self.border_title = Content(f"{title}  {where}".rstrip())
        verdicts = [self._session.media.verdict(path).keep for path in self._paths]
        self.border_subtitle = Content(
            f"unjudged {verdicts.count(None)}   kept {verdicts.count(True)}   "
            f"rejected {verdicts.count(False)}"
            if count
            else ""
        )
        status = self.query_one("#status", Static)
        path = self.path
        if path is None:
            status.update(Content(""), layout=False)
            return
        verdict = self._session.media.verdict(path)
        facts = self._session.media.facts(path) if self._begun else None
        in_idea = self._all and self._idea is not None and path in self._idea.media
        status.update(status_words(path, verdict, facts, in_idea=in_idea), layout=False)

    def on_facts(self, path: str) -> None:
        """What is known of a file has arrived."""
        if path == self.path:
            self._say_status()

    # looking

    def _step(self, step: int) -> None:
        if self._paths:
            self.index = min(len(self._paths) - 1, max(0, self.index + step))

    @on(commands.Next)
    def _next(self) -> None:
        self._step(1)

    @on(commands.Previous)
    def _previous(self) -> None:
        self._step(-1)

    @on(commands.First)
    def _first(self) -> None:
        self._step(-len(self._paths))

    @on(commands.Last)
    def _last(self) -> None:
        self._step(len(self._paths))

    @on(Filmstrip.Clicked)
    def _clicked(self, event: Filmstrip.Clicked) -> None:
        event.stop()
        self.focus()
        self.index = min(event.index, len(self._paths) - 1)

    def on_click(self) -> None:
        """A click gives the pane the keys."""
        self.focus()

    def on_mouse_scroll_down(self) -> None:
        """The wheel goes through the pictures."""
        self._step(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel goes back through the pictures."""
        self._step(-1)

    @on(commands.CycleCells)
    def _cycle(self) -> None:
        modes = list(Mode)
        self._mode = modes[(modes.index(self._mode) + 1) % len(modes)]
        self.notify(f"{self._mode.value} cells", timeout=2, markup=False)
        self._draw()

    @on(commands.AllMedia)
    def _toggle_all(self) -> None:
        self._all = not self._all
        self.refresh_media()
        if not self._all and self._idea is None:
            self._set_paths((), keep=False)

    @on(commands.Attach)
    def _put_or_take(self) -> None:
        idea, path = self._idea, self.path
        if idea is None or path is None:
            return
        name, title = path.rpartition("/")[2], idea.title
        if path in idea.media:
            label = f"Take {name} out of “{title}”"
            self._session.change(label, lambda store: edits.detach(store, idea, [path]))
        else:
            label = f"Put {name} into “{title}”"
            self._session.change(label, lambda store: edits.attach(store, idea, [path]))
        self.notify(f"{one_line(label)}. Undo takes it back.", markup=False, timeout=3)

    @on(commands.AutoAdvance)
    def _toggle_auto(self) -> None:
        self._auto = not self._auto
        words = "goes on to the next" if self._auto else "stays on the picture"
        self.notify(f"A verdict now {words}.", timeout=3, markup=False)

    # deciding

    def _judge(self, label: str, change: Callable[[Verdict], Verdict], *, advance: bool) -> None:
        path = self.path
        if path is None:
            return
        self._session.judge(path, f"{label} {path.rpartition('/')[2]}", change)
        if advance and self._auto and self.index + 1 < len(self._paths):
            self._step(1)

    @on(commands.Keep)
    def _keep(self) -> None:
        self._judge("Keep", lambda verdict: replace(verdict, keep=True), advance=True)

    @on(commands.Reject)
    def _reject(self) -> None:
        self._judge("Reject", lambda verdict: replace(verdict, keep=False), advance=True)

    @on(commands.Unset)
    def _unset(self) -> None:
        self._judge("Unset", lambda verdict: replace(verdict, keep=None), advance=False)

    @on(commands.Stars)
    def _stars(self, command: commands.Stars) -> None:
        count = command.count
        self._judge(
            f"{count} stars for",
            lambda verdict: replace(verdict, stars=count or None),
            advance=bool(count),
        )
