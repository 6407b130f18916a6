"""The keys of going about: which one, which face, which of them at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from studio.app.commands import looking as commands
from studio.app.review.faces import Faces
from studio.preview.view import WHOLE

if TYPE_CHECKING:
    from studio.app.review.look import Look
    from studio.app.widgets.filmstrip import Filmstrip
    from studio.app.widgets.grid import PictureGrid
    from studio.app.widgets.tiles import Tiles
    from studio.media.choosing import Choice


class Going(Faces):
    """The faces with the keys that go from one picture and one face to another."""

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
            self.pan(across, down)
        elif several is not None and down:
            several.choose(several.chosen + down)
            self.draw()
        elif across:
            self.step(across)
        else:
            self.up_or_down(down)

    def pan(self, across: int, down: int) -> None:
        """Go over a picture that is not seen whole."""

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
        """Look at a thumb, or mark it with Ctrl, all up to it with Shift; twice shows it large."""
        event.stop()
        self.focus()
        table = self.bench.table
        if event.extending:
            first, last = sorted((table.index, event.index))
            table.marked |= dict.fromkeys(table.paths[first : last + 1])
        elif event.adding:
            table.mark([table.paths[event.index]])
        table.go(event.index)
        self.draw()
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
            self.look_with(replace(look, loupe=False, point=None, view=WHOLE))
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

    def look_with(self, look: Look) -> None:
        """Look in another way from now on."""
        if look != self.bench.look:
            self.bench.look = look
            self.draw()

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
