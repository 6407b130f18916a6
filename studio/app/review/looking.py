"""The keys of looking: which one, how large, which part of it, with what over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from studio.app.commands import looking as commands
from studio.app.pictures import Mode
from studio.app.review.faces import Faces
from studio.app.widgets.picture import PictureView
from studio.preview.protocols import Protocol
from studio.preview.view import View
from studio.text import one_line

if TYPE_CHECKING:
    from studio.app.review.look import Look
    from studio.app.widgets.filmstrip import Filmstrip
    from studio.app.widgets.grid import PictureGrid
    from studio.app.widgets.tiles import Tiles
    from studio.media.choosing import Choice

_PAN = 0.25  # of what is seen, a key press
_POINT = 0.04  # of the picture, a key press
_LEAST, _MOST = 0.25, 16.0  # of real pixels
_WORDS = {
    Mode.HALF: "half cells",
    Mode.QUADRANT: "quadrant cells",
    Mode.SEXTANT: "sextant cells",
    Mode.OCTANT: "octant cells",
    Protocol.KITTY: "pixels (kitty)",
    Protocol.ITERM: "pixels (iTerm2)",
    Protocol.SIXEL: "pixels (sixel)",
}


class Looking(Faces):
    """The faces with the keys that look."""

    protocols: tuple[Protocol, ...] = ()  # the pixels this terminal can show

    # which one

    def go(self, index: int) -> None:
        """Look at another one."""
        if self.bench.table.go(index):
            self.draw()

    def step(self, step: int) -> None:
        """Look at the next one or the one before."""
        several = self.several
        if several is not None:
            several.step(step)
            self.draw()
        else:
            self.go(self.index + step)

    @on(commands.Next)
    def _next(self) -> None:
        self.step(1)

    @on(commands.Previous)
    def _previous(self) -> None:
        self.step(-1)

    @on(commands.First)
    def _first(self) -> None:
        self.go(0)

    @on(commands.Last)
    def _last(self) -> None:
        self.go(len(self.bench.table.paths) - 1)

    @on(commands.Right)
    def _right(self) -> None:
        self._arrow(1, 0)

    @on(commands.Left)
    def _left(self) -> None:
        self._arrow(-1, 0)

    @on(commands.Up)
    def _up(self) -> None:
        self._arrow(0, -1)

    @on(commands.Down)
    def _down(self) -> None:
        self._arrow(0, 1)

    @on(commands.PageUp)
    def _page_up(self) -> None:
        self._page(-1)

    @on(commands.PageDown)
    def _page_down(self) -> None:
        self._page(1)

    def _page(self, pages: int) -> None:
        many = self.many
        if many is None:
            self.step(pages * 10)
        elif many.page(pages):
            self.draw()

    def _arrow(self, across: int, down: int) -> None:
        """Go over the picture, through the grid or the tiles, or to the next one."""
        many, several = self.many, self.several
        if many is not None:
            if many.step(across, down):
                self.draw()
        elif self.bench.look.zoomed and self.path is not None:
            self._pan(across * _PAN, down * _PAN)
        elif several is not None and down:
            several.choose(several.chosen + down)
            self.draw()
        elif across:
            self.step(across)
        else:
            self.up_or_down(down)

    def up_or_down(self, down: int) -> None:
        """Up and down where they have nothing to go over."""

    def on_click(self) -> None:
        """A click gives the pane the keys."""
        self.focus()

    def on_filmstrip_clicked(self, event: Filmstrip.Clicked) -> None:
        """A click on a small picture looks at it."""
        event.stop()
        self.focus()
        self.go(event.index)

    def on_picture_grid_clicked(self, event: PictureGrid.Clicked) -> None:
        """A click on a thumb looks at it, a double click shows it large."""
        event.stop()
        self.focus()
        self.go(event.index)
        if event.double:
            self.show_face("one")

    def on_picture_grid_scrolled(self, event: PictureGrid.Scrolled) -> None:
        """The wheel or the bar moved the grid."""
        event.stop()
        self.draw()

    def on_tiles_clicked(self, event: Tiles.Clicked) -> None:
        """A click on a tile chooses it."""
        event.stop()
        self.focus()
        several = self.several
        if several is not None:
            several.choose(event.index)
            self.draw()

    def on_mouse_scroll_down(self) -> None:
        """The wheel goes through the pictures, and down in the grid."""
        self._wheel(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel goes back through the pictures, and up in the grid."""
        self._wheel(-1)

    def _wheel(self, step: int) -> None:
        many = self.many
        if many is None:
            self.step(step)
        elif many.step(0, step):
            self.draw()

    # faces

    @on(commands.Grid)
    def _grid(self) -> None:
        if self.bench.table.paths:
            self.show_face("one" if self.many else "many")

    @on(commands.Compare)
    def _compare(self) -> None:
        self._several("compare", "There is no second one to compare with.")

    @on(commands.Survey)
    def _survey(self) -> None:
        self._several("survey", "There is only one to survey: mark some with s.")

    def _several(self, how: str, sorry: str) -> None:
        from studio.app.review.several import SeveralFace

        shown = self.several
        comparing = how == "compare"
        if isinstance(shown, SeveralFace) and shown.comparing == comparing:
            self.show_face("one")
            return
        face = self._made("several")
        assert isinstance(face, SeveralFace)
        if face.compare() if comparing else face.survey():
            self.show_face("several")
        else:
            self.notify(sorry, timeout=3, markup=False)

    @on(commands.Open)
    def _open(self) -> None:
        if self._face is not None:
            self.show_face("one")
        else:
            self.play_or_pause()

    def play_or_pause(self) -> None:
        """Enter on one large picture."""

    @on(commands.Back)
    def _back(self) -> None:
        look = self.bench.look
        if self.stop_playing():
            return
        if look.loupe or look.zoomed or look.point is not None:
            self.look_with(replace(look, loupe=False, point=None, view=View()))
        elif self._face is not None:
            self.show_face("one")
        elif self.bench.table.marked:
            self.bench.table.marked.clear()
            self.draw()
        elif self.bench.table.filtered:
            self.choose(type(self.bench.table.choice)())

    def stop_playing(self) -> bool:
        """Stop a clip; tell whether there was one."""
        return False

    # how large, and which part

    def look_with(self, look: Look) -> None:
        """Look in another way from now on."""
        if look != self.bench.look:
            self.bench.look = look
            self.draw()

    def _picture_size(self) -> tuple[int, int] | None:
        """Return width and height of what is looked at, in pixels; None when unknown."""
        path = self.path
        facts = self.bench.media.facts(path) if path is not None else None
        if facts is None or not facts.width or not facts.height:
            return None
        return facts.width, facts.height

    def _box(self) -> tuple[int, int]:
        """Return the room for what is looked at, in cells."""
        several = self.several
        if several is not None:
            return several.room()
        return self.picture.size.width, self.picture.size.height

    @property
    def _least_zoom(self) -> float:
        """The zoom at which a pixel of the picture is the smallest thing that can be shown."""
        look = self.bench.look
        return 1.0 if look.protocol is not None else look.cell[0] / look.mode.columns

    def _leave_grid(self) -> None:
        if self.many is not None:
            self.show_face("one")

    @on(commands.Zoom)
    def _zoom(self) -> None:
        if self.path is None:
            return
        self._leave_grid()
        look = self.bench.look
        if look.view.kind == "real":
            self.look_with(replace(look, view=View()))
            return
        x, y = look.point or (0.5, 0.5)
        self.look_with(replace(look, view=View("real", x, y, self._least_zoom)))

    @on(commands.Fill)
    def _fill(self) -> None:
        self._leave_grid()
        look = self.bench.look
        view = View("fit" if look.view.kind == "fill" else "fill")
        self.look_with(replace(look, view=view))

    @on(commands.ZoomIn)
    def _larger(self) -> None:
        self._zoom_by(2.0)

    @on(commands.ZoomOut)
    def _smaller(self) -> None:
        self._zoom_by(0.5)

    def _zoom_by(self, factor: float) -> None:
        many = self.many
        look = self.bench.look
        if many is not None:
            many.grid.zoomed(1 if factor > 1 else -1)
            self.call_after_refresh(self.draw)
        elif look.view.kind == "real":
            zoom = look.view.zoom * factor
            least = min(_LEAST, self._least_zoom)
            if least <= zoom <= _MOST:
                self.look_with(replace(look, view=replace(look.view, zoom=zoom)))
            elif zoom < least:
                self.look_with(replace(look, view=View()))
        elif factor > 1:
            self._zoom()

    def _pan(self, dx: float, dy: float) -> None:
        size = self._picture_size()
        if size is None:
            return
        look = self.bench.look
        view = look.view.panned(dx, dy, size, self._box(), look.cell)
        point = (view.x, view.y) if look.point is not None else None
        self.look_with(replace(look, view=view, point=point))

    # the point

    @on(commands.PointRight)
    def _point_right(self) -> None:
        self._move_point(_POINT, 0)

    @on(commands.PointLeft)
    def _point_left(self) -> None:
        self._move_point(-_POINT, 0)

    @on(commands.PointUp)
    def _point_up(self) -> None:
        self._move_point(0, -_POINT)

    @on(commands.PointDown)
    def _point_down(self) -> None:
        self._move_point(0, _POINT)

    def _move_point(self, dx: float, dy: float) -> None:
        if self.path is None:
            return
        look = self.bench.look
        x, y = look.point or (0.5, 0.5)
        self.look_with(look.at_point(x + dx, y + dy))

    @on(PictureView.Pointed)
    def _pointed(self, event: PictureView.Pointed) -> None:
        """The mouse points: at once with the loupe, else where it is clicked."""
        event.stop()
        size = self._picture_size()
        look = self.bench.look
        if size is None or not (event.clicked or look.loupe):
            return
        point = look.view.point_at(event.x_cell, event.y_cell, size, self._box(), look.cell)
        if point is not None:
            self.look_with(replace(look, point=point))

    @on(commands.Loupe)
    def _loupe(self) -> None:
        if self.path is None:
            return
        self._leave_grid()
        look = self.bench.look
        self.look_with(replace(look, loupe=not look.loupe))

    # what lies over it

    @on(commands.Overlay)
    def _overlay(self) -> None:
        from studio.preview.overlay import OVERLAYS, overlay_label

        names = ("", *OVERLAYS)
        look = self.bench.look
        name = names[(names.index(look.overlay) + 1) % len(names)]
        self.look_with(replace(look, overlay=name))
        if name:
            self.notify(one_line(overlay_label(name)), timeout=6, markup=False)

    @on(commands.NoOverlay)
    def _no_overlay(self) -> None:
        self.look_with(replace(self.bench.look, overlay=""))

    # which of them

    @on(commands.AllMedia)
    def _toggle_all(self) -> None:
        table = self.bench.table
        path = self.path
        table.everything = not table.everything
        table.marked.clear()
        self.lay(keep=False)
        if path is not None and table.look_at(path):
            self.draw()

    def choose(self, choice: Choice) -> None:
        """Show only what passes a filter."""
        self.bench.table.choice = choice
        self.lay()

    @on(commands.Filter)
    def _filter(self) -> None:
        from studio.app.screens.choosing import ChoosingScreen

        self.app.push_screen(ChoosingScreen(self.bench.table, self.bench.media, self.choose))

    # in which cells or pixels

    def set_protocols(self, protocols: tuple[Protocol, ...], first: Protocol | None) -> None:
        """The terminal has said which pixels it can show, and which to begin with."""
        self.protocols = protocols
        self.look_with(replace(self.bench.look, protocol=first))

    def set_mode(self, mode: Mode) -> None:
        """The terminal has said which cells it draws best."""
        self.look_with(replace(self.bench.look, mode=mode))

    def set_cell(self, cell: tuple[int, int]) -> None:
        """The terminal's cells have this size in pixels."""
        self.look_with(replace(self.bench.look, cell=cell))

    @on(commands.CycleCells)
    def _cycle(self) -> None:
        look = self.bench.look
        ways: list[Mode | Protocol] = [*self.protocols, *Mode]
        place = ways.index(look.drawing) if look.drawing in ways else -1
        way = ways[(place + 1) % len(ways)]
        if isinstance(way, Protocol):
            look = replace(look, protocol=way)
        else:
            look = replace(look, protocol=None, mode=way)
        if look.view.kind == "real":
            look = replace(look, view=View())
        self.notify(_WORDS[way], timeout=2, markup=False)
        self.look_with(look)
