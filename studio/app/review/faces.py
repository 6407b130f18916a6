"""The pane of review underneath its keys: its faces, and what is drawn on them."""

from __future__ import annotations

import os
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Self

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static

from studio.app.commands.base import CommandHost
from studio.app.pictures import Mode, Pictures, Request
from studio.app.review import STYLES
from studio.app.review.bench import Bench
from studio.app.review.one import OneFace
from studio.app.review.words import count_words, nothing_words, status_words, title_words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from studio.app.review.many import ManyFace
    from studio.app.review.several import SeveralFace
    from studio.app.session import Session
    from studio.app.terminal.uploads import Uploads
    from studio.app.widgets.filmstrip import Filmstrip
    from studio.app.widgets.picture import PictureView
    from studio.ideas.idea import Idea
    from studio.preview.protocols import Pixels

_TOGETHER = 0.03  # seconds in which small pictures that come are painted together
_COVERED = 0.1  # the same for everything under a dialog, where Textual builds cell by cell
_REST = 0.1  # seconds on one picture before it is looked into, and told to the other panes


class Faces(CommandHost, Vertical, can_focus=True):
    """Shows the light table: one picture, many, or several beside each other."""

    class LookedAt(Message):
        """Another file is the one that is looked at, or more is known of it."""

    class Dropped(Message):
        """A picture in pixels is kept no longer; posted from a worker's thread."""

        bubble = False

        def __init__(self, image_id: int) -> None:
            super().__init__()
            self.image_id = image_id

    class Arrived(Message):
        """Pictures were drawn; posted from a worker's thread, once until they are taken."""

        bubble = False

    class ToChecks(Message):
        """The human wants to go to the checks of what is looked at."""

    def __init__(self, session: Session, mode: Mode) -> None:
        super().__init__(id="preview", classes="pane")
        self._session = session
        self.bench = Bench(session, mode)
        self._face: OneFace | ManyFace | SeveralFace | None = None
        self._wanted: list[Request] = []
        self._told: str | None = None
        self._resting: Timer | None = None
        self._arriving = Lock()
        self._arrivals: list[Request] = []
        self._laid_anew = False
        self._painting: Timer | None = None
        self._writing_edges = False

    def compose(self) -> ComposeResult:
        """The face that shows one picture, and the words under it; others come when asked for."""
        yield OneFace(self.bench)
        yield Static(id="status")

    # the parts

    @property
    def one(self) -> OneFace:
        """The face of one large picture."""
        return self.query_one("#one", OneFace)

    @property
    def face(self) -> OneFace | ManyFace | SeveralFace:
        """The face that is shown."""
        return self._face or self.one

    @property
    def picture(self) -> PictureView:
        """The large picture."""
        return self.one.picture

    @property
    def strip(self) -> Filmstrip:
        """The small ones under it."""
        return self.one.strip

    @property
    def path(self) -> str | None:
        """The media file that is looked at."""
        return self.bench.table.path

    @property
    def index(self) -> int:
        """Its place on the table."""
        return self.bench.table.index

    @property
    def mode(self) -> Mode:
        """The cells pictures are drawn in."""
        return self.bench.look.mode

    def on_mount(self) -> None:
        """Nothing is decoded before the first frame is on the screen."""
        self._say()
        # another theme, another ground for what is transparent in a picture
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._ground_changed())

    def _ground_changed(self) -> None:
        self.call_after_refresh(self.draw)

    def begin(self) -> None:
        """Start drawing; called once the first frame is painted."""
        session = self._session

        def ready(request: Request) -> None:
            with self._arriving:
                self._arrivals.append(request)
                first = len(self._arrivals) == 1
            if first and self.is_attached:
                self.post_message(self.Arrived())

        self.bench.pictures = Pictures(
            session.project.root,
            session.project.cache,
            ready,
            dropped=self._dropped,
            compress="SSH_CONNECTION" in os.environ,
        )
        self.one.add_strip(self.refresh_media)

    def _dropped(self, pixels: Pixels) -> None:
        if self.is_attached:
            self.post_message(self.Dropped(pixels.image_id))

    @on(Dropped)
    def _free(self, event: Dropped) -> None:
        if self.bench.uploads is not None:
            self.bench.uploads.forget([event.image_id])

    def use_uploads(self, uploads: Uploads) -> None:
        """Pictures in pixels are taken to the terminal by this."""
        self.bench.uploads = uploads
        uploads.watch(self._came)

    def _came(self, _image_id: int) -> None:
        """An image has come to the terminal: tiles may show it."""
        if self.several is not None:
            self.several.paint(self._wanted)

    def on_unmount(self) -> None:
        """The workers end with the pane."""
        if self.bench.pictures is not None:
            self.bench.pictures.stop()

    @property
    def settled(self) -> bool:
        """Whether everything in view is drawn, and on the screen."""
        pictures = self.bench.pictures
        if pictures is None or not self.one.complete:
            return False
        if self._resting or self._painting or self._arrivals:
            return False
        wanted = self._wanted
        if not wanted:
            return True
        return not self.bench.missing(wanted) and self.face.settled(wanted)

    # what lies on the table

    def show_idea(self, idea: Idea | None) -> None:
        """Show the pictures of this idea."""
        table = self.bench.table
        same = table.idea is not None and idea is not None and table.idea.path == idea.path
        table.idea = idea
        if not table.everything:
            if not same:
                table.marked.clear()
            self.lay(keep=same)

    def refresh_media(self) -> None:
        """Verdicts, files or the list changed."""
        pictures = self.bench.pictures
        if pictures is not None:
            pictures.look_again()
        self.lay()

    def lay(self, *, keep: bool = True) -> None:
        """Lay the table again, and show it."""
        self.bench.table.lay(keep=keep)
        several = self.several
        if several is not None and not several.look_again():
            self.show_face("one")
        if self._covered:
            self._laid_anew = True
            if self.bench.table.paths and self.bench.pictures is not None:
                self._want()
            self._paint_soon(_COVERED)
        else:
            self.draw()

    def look_at(self, path: str) -> None:
        """Look at this file, on a table of all of them if need be."""
        if not self.bench.table.look_at(path):
            self.bench.table.everything = True
            self.lay(keep=False)
            self.bench.table.look_at(path)
        self.draw()

    # faces

    def show_face(self, name: str) -> None:
        """Show one picture ("one"), "many", or "several"."""
        if name == "one":
            self._face = None
        else:
            self._face = self._made(name)
        for face in self.query("#one, #many, #several"):
            face.display = face.id == name
        self.set_class(name != "one", "-many")
        self.call_after_refresh(self.draw)
        self.draw()

    def _made(self, name: str) -> ManyFace | SeveralFace:
        from studio.app.review.many import ManyFace
        from studio.app.review.several import SeveralFace

        kind: type[ManyFace | SeveralFace] = ManyFace if name == "many" else SeveralFace
        found = self.query_one_optional(f"#{name}", kind)
        if found is None:
            found = kind(self.bench)
            self.app.use_styles(STYLES)  # type: ignore[attr-defined]
            self.mount(found, before="#status")
        return found

    @property
    def many(self) -> ManyFace | None:
        """The grid, while it is shown."""
        face = self._face
        return face if face is not None and face.id == "many" else None  # type: ignore[return-value]

    @property
    def several(self) -> SeveralFace | None:
        """The tiles, while they are shown."""
        face = self._face
        if face is not None and face.id == "several":
            return face  # type: ignore[return-value]
        return None

    # drawing

    def on_resize(self, _event: events.Resize) -> None:
        """Pictures are drawn for the room there is."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Say what is looked at, show it if it is drawn, and ask for it and its neighbours."""
        if not self.is_mounted:
            return
        bench, table = self.bench, self.bench.table
        self._say()
        if bench.pictures is None:
            return
        if not table.paths:
            self._wanted = []
            bench.pictures.want([])
            if self._face is not None:
                self.show_face("one")
            if self._told is not None:
                self._told = None
                self.looked_at()
                self.post_message(self.LookedAt())
            self.one.say(*nothing_words(table, read=bench.media.read))
            return
        if not self.face.is_mounted:
            return
        self._want()
        self.face.paint(self._wanted)
        other = self.path != self._told
        if other:
            self._told = self.path
            self.looked_at()
        if other or (self.path is not None and bench.media.found(self.path) is None):
            self._rest()

    def _want(self) -> None:
        """Ask for what is looked at and its neighbours."""
        bench, table = self.bench, self.bench.table
        assert bench.pictures is not None
        background = self.styles.background.rgb
        if bench.look.background != background:
            bench.look = replace(bench.look, background=background)
        for path in table.paths[table.index : table.index + 1]:
            bench.pictures.set_poster(path, bench.media.verdict(path).poster)
        self._wanted = self.face.wanted() if self.face.is_mounted else []
        bench.pictures.want(bench.missing(self._wanted))

    def looked_at(self) -> None:
        """Another file is looked at."""

    def _rest(self) -> None:
        """Have what is looked at looked into and told, once nobody travels on: keys come first."""
        if self._resting is None:
            self._resting = self.set_timer(_REST, self._rested)
        else:
            self._resting.reset()

    def _rested(self) -> None:
        self._resting = None
        if self.path is not None and self.bench.media.found(self.path) is None:
            self._ask()
        self.post_message(self.LookedAt())

    def _ask(self) -> None:
        """Have what is looked at looked into, and what may be next."""
        table = self.bench.table
        self.bench.media.findings.want([table.paths[place] for place in table.ahead(2, 1)])

    @on(Arrived)
    def _arrived(self) -> None:
        """Show what was waited for at once, and small pictures with those that come next."""
        with self._arriving:
            arrivals, self._arrivals = self._arrivals, []
        if not self.face.is_mounted:
            return
        if self._covered:
            self._paint_soon(_COVERED)
            return
        done = [self.face.arrived(request) for request in arrivals]
        if not all(done):
            self._paint_soon(_TOGETHER)

    @property
    def _covered(self) -> bool:
        """Whether a dialog lies over the pane."""
        return self.app.screen is not self.screen

    def _paint_soon(self, seconds: float) -> None:
        if self._painting is None:
            self._painting = self.set_timer(seconds, self._paint)

    def _paint(self) -> None:
        self._painting = None
        anew, self._laid_anew = self._laid_anew, False
        if anew:
            self.draw()
        elif self.face.is_mounted and self.bench.table.paths:
            self.face.paint(self._wanted)

    def on_facts(self, path: str, *, asked: bool) -> None:
        """More is known of a file."""
        self.bench.media.heard(path)
        if path == self.path:
            self._say()
            self.post_message(self.LookedAt())
        if asked and self._face is not None:
            self.draw()

    # words

    def _write_edges(self, title: Content, counts: Content) -> None:
        """Write into the edges of the pane, and have those two lines painted, not all of it."""
        self._writing_edges = True
        self.border_title = title
        self.border_subtitle = counts
        self._writing_edges = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """As Textual's; a title alone has only its own lines painted anew."""
        if self._writing_edges:
            (left, top), (width, height) = self.content_offset, self.outer_size
            regions = (
                Region(-left, -top, width, 1),
                Region(-left, height - top - 1, width, 1),
            )
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def _face_name(self) -> str:
        if self.several is not None:
            return "compare" if self.several.comparing else "survey"
        return self.face.id or ""

    def _say(self) -> None:
        table, media = self.bench.table, self.bench.media
        self._write_edges(title_words(table, self._face_name, self.bench.look), count_words(table))
        status = self.query_one("#status", Static)
        path = self.path
        if path is None:
            status.update(Content(""), layout=False)
            return
        uses = [media.idea_title(one) for one in media.uses(path)]
        here = table.idea is not None and path in table.idea.media
        words = status_words(
            path,
            media.verdict(path),
            media.facts(path) if self.bench.pictures is not None else None,
            in_idea=here and table.everything,
            uses=uses if not here or len(uses) > 1 else (),
            marked=path in table.marked,
        )
        status.update(words, layout=False)
