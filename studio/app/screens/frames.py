"""Eight frames of a clip beside each other; one is chosen to go there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studio.app.review import STYLES
from studio.app.screens import DIALOGS
from studio.app.widgets.tiles import Tile, Tiles
from studio.preview.look_ahead import Request, draw
from studio.preview.view import View
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.review.look import Look
    from studio.media.filmframes import FilmFrame
    from studio.preview.cells import Cells
    from studio.project.project import Project

_SHAPE = 9 / 16


class FramesScreen(ModalScreen[float | None]):
    """The frames; the answer is the moment of the chosen one, in seconds."""

    CSS_PATH: ClassVar = [DIALOGS, STYLES]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,F", "dismiss(None)", "Back"),
        Binding("right,l,space", "step(1)", "Next"),
        Binding("left,h", "step(-1)", "Before"),
        Binding("enter", "take", "Go there"),
    ]

    def __init__(self, project: Project, path: str, look: Look) -> None:
        super().__init__(classes="dialog")
        self._project = project
        self._path = path
        self._look = replace(look, protocol=None, view=View())
        self._frames: Sequence[FilmFrame] = ()
        self._cells: list[Cells] = []
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

    @work(thread=True, exclusive=True, group="drawing", exit_on_error=False)
    def _draw_all(self) -> None:
        tiles = self.query_one(Tiles)
        if not self._frames or tiles.size.width < 8:
            return
        count = len(self._frames)
        regions = tiles.boxes(count, *tiles.size, [_SHAPE] * count)
        cells = []
        for frame, region in zip(self._frames, regions, strict=True):
            request = Request(
                frame.picture,
                (0, 0),
                region.width,
                region.height,
                self._look.mode,
                self._look.background,
                cell=self._look.cell,
            )
            cells.append(draw(request))
        self.app.call_from_thread(self._show, cells)

    def _show(self, cells: list[Cells]) -> None:
        self._cells = cells
        tiles = []
        for number, (frame, drawn) in enumerate(zip(self._frames, cells, strict=False)):
            minutes, seconds = divmod(frame.seconds, 60)
            title = Content(f"{int(minutes)}:{seconds:05.2f}")
            tiles.append(Tile(drawn, title, number == self._chosen, ""))
        self.query_one(Tiles).show(tiles)

    def action_step(self, step: int) -> None:
        """Go to the next frame or the one before."""
        self._chosen = max(0, min(len(self._frames) - 1, self._chosen + step))
        self._show(self._cells)

    def action_take(self) -> None:
        """Go to the chosen moment."""
        self.dismiss(self._frames[self._chosen].seconds if self._frames else None)

    @on(Tiles.Clicked)
    def _clicked(self, event: Tiles.Clicked) -> None:
        event.stop()
        self._chosen = event.index
        self.action_take()
