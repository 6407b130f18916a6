"""Eight frames of a clip beside each other; one is chosen to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studio.app.review import STYLES
from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.tiles import Tile, Tiles
from studio.app.widgets.timeline import clock
from studio.preview.look_ahead import draw
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.review.bench import Bench
    from studio.media.filmframes import FilmFrame
    from studio.preview.cells import Cells
    from studio.preview.look_ahead import Request
    from studio.preview.protocols import Pixels
    from studio.project.project import Project

_SHAPE = 9 / 16


class FramesScreen(Dialog[float | None]):
    """The frames; the answer is the moment of the chosen one, in seconds."""

    CSS_PATH: ClassVar = [DIALOGS, STYLES]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,F", "dismiss(None)", "Back"),
        Binding("right,l,space", "step(1)", "Next"),
        Binding("left,h", "step(-1)", "Before"),
        Binding("enter", "take", "Go there"),
    ]

    def __init__(self, project: Project, path: str, bench: Bench) -> None:
        super().__init__(classes="dialog")
        self._project = project
        self._path = path
        self._bench = bench
        self._frames: Sequence[FilmFrame] = ()
        self._drawn: Sequence[Cells | Pixels] = ()
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The frames in a box."""
        with Vertical(classes="box full") as box:
            box.border_title = Content(one_line(self._path.rpartition("/")[2]))
            box.border_subtitle = "Enter goes there, Escape back"
            yield Static("Looking through the clip…", id="wait")
            yield Tiles(id="frames")

    def on_mount(self) -> None:
        """The frames are read in the background."""
        if self._bench.uploads is not None:
            self._bench.uploads.watch(self._came)
        self.call_after_refresh(self._read)

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        from studio.media.filmframes import strip

        try:
            cache = self._project.cache / "posters"
            frames = strip(self._project.root / self._path, cache)
        except Problem as problem:
            self.app.call_from_thread(self._sorry, problem)
            return
        if self.is_attached:
            self.app.call_from_thread(self._got, frames)

    def on_unmount(self) -> None:
        """The frames in pixels are of no use any more."""
        uploads = self._bench.uploads
        if uploads is not None:
            uploads.unwatch(self._came)
            uploads.forget(getattr(drawn, "image_id", 0) for drawn in self._drawn)

    def _sorry(self, problem: Problem) -> None:
        self.notify(display(str(problem)), severity="error", markup=False)
        self.dismiss(None)

    def _got(self, frames: Sequence[FilmFrame]) -> None:
        self._frames = frames
        self.query_one("#wait").display = False
        self._draw_all()

    def on_resize(self) -> None:
        """The frames are drawn for the room there is."""
        self.call_after_refresh(self._draw_all)

    def _draw_all(self) -> None:
        tiles = self.query_one(Tiles)
        if not self._frames or tiles.size.width < 8:
            return
        count = len(self._frames)
        regions = tiles.boxes(count, *tiles.size, [_SHAPE] * count)
        requests = [
            self._bench.still(frame.picture, region.width, region.height)
            for frame, region in zip(self._frames, regions, strict=True)
        ]
        self._draw(requests)

    @work(thread=True, exclusive=True, group="drawing", exit_on_error=False)
    def _draw(self, requests: Sequence[Request]) -> None:
        drawn = [draw(request) for request in requests]
        if self.is_attached:
            self.app.call_from_thread(self._take, drawn)

    def _take(self, drawn: Sequence[Cells | Pixels]) -> None:
        self._drawn = drawn
        self._show()

    def _show(self) -> None:
        tiles = []
        for number, (frame, drawn) in enumerate(zip(self._frames, self._drawn, strict=False)):
            title = Content(clock(frame.seconds))
            picture = self._bench.shown(drawn, (self, number))
            tiles.append(Tile(picture, title, number == self._chosen, ""))
        self.query_one(Tiles).show(tiles)

    def _came(self, _image_id: int) -> None:
        """A frame in pixels is with the terminal."""
        if self._drawn and self.is_attached:
            self._show()

    def action_step(self, step: int) -> None:
        """Go to the next frame or the one before."""
        self._chosen = max(0, min(len(self._frames) - 1, self._chosen + step))
        self._show()

    def action_take(self) -> None:
        """Go to the chosen moment."""
        self.dismiss(self._frames[self._chosen].seconds if self._frames else None)

    @on(Tiles.Clicked)
    def _clicked(self, event: Tiles.Clicked) -> None:
        event.stop()
        self._chosen = event.index
        self.action_take()
