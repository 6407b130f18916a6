"""The keys of looking: how large, which part of it, with what over it, in which pixels."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from studio.app.commands import looking as commands
from studio.app.pictures import Mode
from studio.app.review.going import Going
from studio.app.widgets.picture import PictureView
from studio.preview.protocols import Protocol
from studio.preview.view import View
from studio.text import one_line

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


class Looking(Going):
    """The faces with the keys that look."""

    protocols: tuple[Protocol, ...] = ()  # the pixels this terminal can show

    # how large, and which part

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

    def pan(self, across: int, down: int) -> None:
        """Go over a picture that is not seen whole, a quarter of what is seen at a time."""
        size = self._picture_size()
        if size is None:
            return
        look = self.bench.look
        view = look.view.panned(across * _PAN, down * _PAN, size, self._box(), look.cell)
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
