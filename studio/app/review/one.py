"""One picture large, its neighbours small: the face that review begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from studio.app.review.bench import AHEAD, BEHIND, Failure
from studio.app.widgets.picture import PictureView
from studio.text import display

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from studio.app.pictures import Request
    from studio.app.review.bench import Bench
    from studio.app.widgets.filmstrip import Filmstrip


class OneFace(Vertical):
    """A picture and the filmstrip under it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(id="one")
        self._bench = bench
        self._shown: Request | None = None  # what should be shown
        self._painted: Request | None = None  # what is
        self._large: Sequence[Request] = ()  # what may be shown next
        self.playing = False  # whether a clip has the picture
        self.complete = False  # until the strip has its place

    def compose(self) -> ComposeResult:
        """The picture; the strip comes after the first frame, which has no pictures yet."""
        yield PictureView(id="picture")

    def add_strip(self, then: Callable[[], object]) -> None:
        """Add the strip; `then` is called when it has its place, and nothing is drawn before."""
        from studio.app.widgets.filmstrip import Filmstrip

        strip = Filmstrip(id="filmstrip")
        self.mount(strip)

        def look(times: int) -> None:
            placed = not strip.display or strip.size.height > 0
            if strip.is_mounted and (placed or not times):  # there may be no room for it at all
                self.complete = True
                then()
            elif strip.is_attached:
                self.call_after_refresh(look, times - strip.is_mounted)

        self.call_after_refresh(look, 5)

    @property
    def picture(self) -> PictureView:
        """The large picture."""
        return self.query_one("#picture", PictureView)

    @property
    def strip(self) -> Filmstrip:
        """The small ones."""
        from studio.app.widgets.filmstrip import Filmstrip

        return self.query_one("#filmstrip", Filmstrip)

    @property
    def _strip_in_view(self) -> bool:
        return self.complete and self.strip.display and self.strip.size.height > 0

    @property
    def _thumb(self) -> tuple[int, int]:
        """Columns and rows of a small one."""
        from studio.app.widgets.filmstrip import THUMB_COLUMNS, THUMB_ROWS

        return THUMB_COLUMNS, THUMB_ROWS

    def settled(self, wanted: Sequence[Request]) -> bool:
        """Whether what is wanted is on the screen."""
        strip = not self._strip_in_view or not self.strip.waiting
        return (self.playing or self._painted == wanted[0]) and strip

    def wanted(self) -> list[Request]:
        """Return what should be drawn, the most wanted first."""
        size = self.picture.size
        table = self._bench.table
        if size.width < 2 or size.height < 2 or not table.paths or not self.complete:
            return []
        large, small = self._bench.large, self._bench.small
        wanted = [
            large(table.paths[place], size.width, size.height, notes=place == table.index)
            for place in table.ahead(AHEAD, BEHIND)
        ]
        if self._strip_in_view:
            window = self.strip.window(table.index, len(table.paths))
            near = sorted(window, key=lambda place: abs(place - table.index))
            wanted += [small(table.paths[place], *self._thumb) for place in near]
        return wanted

    def paint(self, wanted: Sequence[Request]) -> None:
        """Show what is drawn."""
        if not wanted:
            self._shown = self._painted = None
            return
        self._shown = wanted[0]
        self._show(wanted[0])
        self._show_strip()
        self._large = wanted[1 : AHEAD + BEHIND + 1]
        self._bench.send_ahead(self._large)

    def arrived(self, request: Request) -> bool:
        """Show the large picture; tell whether nothing more is to be painted for what came."""
        if request == self._shown:
            self._show(request)
        elif request in self._large:
            self._bench.send_ahead(self._large)
        return (request.columns, request.rows) != self._thumb

    def _show(self, request: Request) -> None:
        result = self._bench.get(request)
        if result is None or self.playing:
            return  # the old picture stays for the few frames until the new one is there
        self._painted = request
        if isinstance(result, Failure):
            self.picture.say(
                Content(display(request.path.name)),
                Content(""),
                Content(display(result.problem)),
            )
        else:
            self.picture.show(result)

    def _show_strip(self) -> None:
        if not self._strip_in_view:
            return
        from studio.app.widgets.filmstrip import Thumb

        table, media = self._bench.table, self._bench.media
        thumbs = []
        window = self.strip.window(table.index, len(table.paths))
        for place in window:
            path = table.paths[place]
            drawn = self._bench.get(self._bench.small(path, *self._thumb))
            broken = isinstance(drawn, Failure)
            cells = None if isinstance(drawn, Failure) else drawn
            marked = path in table.marked
            thumbs.append(Thumb(cells, media.verdict(path), broken, marked=marked))
        self.strip.show(thumbs, window.start, table.index)

    def say(self, *lines: Content) -> None:
        """Say why there is no picture."""
        self._painted = None
        if self.complete:
            self.strip.show((), 0, 0)
        self.picture.say(*lines)
