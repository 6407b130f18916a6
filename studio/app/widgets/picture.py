"""A picture in cells or in pixels, painted from rows that are ready-made bytes.

Textual would build a `Segment` and a `Style` for each of some 4,000 cells; here each row's ANSI is
already made, and true segments come to be only where something must cut or restyle a row: a toast
over the picture, a dialog's tint, a screenshot, a terminal without colour. Then a row of pixels
becomes cells until it can be shown whole again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.color import ColorSystem
from rich.segment import Segment
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from studio.app.widgets.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.style import Style as RichStyle
    from textual import events
    from textual.content import Content

    from studio.app.terminal.uploads import Uploads
    from studio.preview.cells import Cells
    from studio.preview.protocols import Pixels


class CellStrip(Strip):
    """One row of a picture between blanks: bytes now, segments only if somebody asks.

    `Strip.render` is the only reader of the bytes; every other method goes through `_segments`,
    which are then built from the picture's own colours.
    """

    __slots__ = ("_blank", "_left", "_made", "_picture", "_right", "_row")

    def __init__(
        self,
        picture: Cells | Pixels,
        row: int,
        left: int,
        right: int,
        blank: RichStyle,
        *,
        ready: bool,
    ) -> None:
        self._made: list[Segment] | None = None
        super().__init__((), left + picture.columns + right)
        self._picture = picture
        self._row = row
        self._left = left
        self._right = right
        self._blank = blank
        if ready:
            pad = Strip.render_style
            before = pad(blank, " " * left, ColorSystem.TRUECOLOR) if left else ""
            after = pad(blank, " " * right, ColorSystem.TRUECOLOR) if right else ""
            self._render_cache = f"{before}{picture.ansi[row]}{after}"

    @property
    def _segments(self) -> list[Segment]:
        if self._made is None:
            self._made = [
                Segment(" " * self._left, self._blank),
                *self._picture.segments(self._row),
                Segment(" " * self._right, self._blank),
            ]
        return self._made

    @_segments.setter
    def _segments(self, segments: Iterable[Segment]) -> None:
        self._made = list(segments) or None

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return the part of the row between two columns; from the first, it paints all of it.

        When something that covered a row goes away, Textual rewrites the row only as far as that
        reached (`ChopsUpdate`). Half a row of cells would stay beside half a row of pixels. What
        is written beyond is what belongs there: nobody else cuts a row before it is written, see
        `PictureView.render_lines`.
        """
        part = super().crop(start, end)
        if start <= 0 and part is not self and part.cell_length:
            part._render_cache = self._render_cache  # noqa: SLF001 (of its own kind)
        return part

    def cut(self, start: int, end: int) -> Strip:
        """Return the part of the row between two columns and nothing else, in cells."""
        return Strip(self._segments, self.cell_length).crop(start, end)


class PictureView(Painted):
    """Shows one picture, centred, or a few lines that say why there is none.

    A picture whose pixels the terminal does not have yet is sent, and shown in cells until then.

    Args:
        uploads: what sends pictures; the app's attribute `uploads` if not given, and none without.
    """

    class Pointed(Message):
        """The pointer is over a cell of the picture.

        Attributes:
            view: the picture's widget.
            x_cell: column of the picture, from 0.
            y_cell: row of the picture, from 0.
            x: exact column, with a fraction where the terminal tells pixels.
            y: exact row.
            clicked: a button was pressed and let go there.
        """

        def __init__(self, view: PictureView, x: float, y: float, *, clicked: bool) -> None:
            super().__init__()
            self.view, self.x, self.y, self.clicked = view, x, y, clicked
            self.x_cell, self.y_cell = int(x), int(y)

        @property
        def control(self) -> PictureView:
            """The picture's widget."""
            return self.view

    def __init__(self, *, id: str | None = None, uploads: Uploads | None = None) -> None:
        super().__init__(id=id)
        self._picture: Cells | Pixels | None = None
        self._message: tuple[Content, ...] = ()
        self._uploads = uploads
        self._ready = True
        self._coming: tuple[Cells | Pixels, Callable[[], None]] | None = None

    @property
    def cells(self) -> Cells | None:
        """What is shown now, in cells."""
        return cast("Cells | None", getattr(self._picture, "cells", self._picture))

    @property
    def picture(self) -> Cells | Pixels | None:
        """What is shown now."""
        return self._picture

    @property
    def sharp(self) -> bool:
        """Whether what is shown is shown in pixels."""
        return self._ready and hasattr(self._picture, "cells")

    @property
    def message(self) -> str:
        """The words shown in place of a picture; empty when there is one."""
        return "\n".join(line.plain for line in self._message)

    @property
    def picture_offset(self) -> Offset:
        """Where in the widget the first cell of the picture is."""
        width, height = self.size
        if self._picture is None:
            return Offset(0, 0)
        left = (width - min(self._picture.columns, width)) // 2
        return Offset(left, max(0, (height - self._picture.rows) // 2))

    # what is shown

    def show(
        self,
        picture: Cells | Pixels,
        *,
        ready: bool = True,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Show this picture in place of whatever is there.

        Args:
            picture: what to show. Pixels that must be uploaded are, unless they are already.
            ready: False keeps a picture in pixels in cells, for now.
            then: leave what is there until the pixels have come, and call this; for the frames
                of a clip, which would flicker between pixels and cells.
        """
        self._coming = None
        ready = ready and self._upload(picture)
        if then is not None:
            if not ready:
                self._coming = picture, then
                return
            then()
        if picture is self._picture and ready == self._ready:
            return
        self._picture, self._message, self._ready = picture, (), ready
        self.repaint()

    def say(self, *lines: Content) -> None:
        """Show these lines in the middle instead of a picture."""
        if self._picture is None and tuple(lines) == self._message:
            return
        self._picture, self._message = None, tuple(lines)
        if (uploads := self.uploads) is not None:
            uploads.release(self)
        self.repaint()

    @property
    def uploads(self) -> Uploads | None:
        """What sends pictures to the terminal."""
        return self._uploads or getattr(self.app, "uploads", None)

    def _upload(self, picture: Cells | Pixels) -> bool:
        """Have a picture sent if it must be; return whether its rows may be shown."""
        uploads, pixels = self.uploads, cast("Any", picture)
        image = getattr(picture, "image_id", 0)
        if not image:
            if uploads is not None:
                uploads.release(self)
            return True
        if uploads is None:
            return False
        uploads.watch(self._image_changed)
        uploads.send(pixels, self)
        return uploads.ready(image)

    def _image_changed(self, image: int) -> None:
        """An image arrived at the terminal, or is there no more."""
        uploads = self.uploads
        if self._coming is not None and uploads is not None and uploads.ready(image):
            picture, then = self._coming
            if image == getattr(picture, "image_id", 0):
                self._coming = None
                self._picture, self._message, self._ready = picture, (), True
                self.repaint()
                then()
                return
        if uploads is None or image != getattr(self._picture, "image_id", 0):
            return
        ready = uploads.ready(image)
        if ready != self._ready:
            self._ready = ready
            if self.is_attached:
                self.repaint()

    def on_unmount(self) -> None:
        """Nothing of it is wanted any more."""
        if (uploads := self.uploads) is not None:
            uploads.unwatch(self._image_changed)
            uploads.release(self)

    # painting

    def make_strips(self) -> list[Strip]:
        """Return every row of the widget, as it is handed to Textual."""
        width, height = self.size
        base = self.rich_style
        blank = Strip.blank(width, base)
        picture = self._picture
        if picture is None:
            return self._message_strips(width, height, blank)
        if not self._ready:
            picture = cast("Cells", getattr(picture, "cells", picture))
        truecolor = self.app.console._color_system is ColorSystem.TRUECOLOR  # noqa: SLF001
        fits = picture.columns <= width
        left, top = self.picture_offset
        right = max(0, width - picture.columns - left)
        strips = [blank] * top
        for row in range(min(picture.rows, height)):
            strip = CellStrip(picture, row, left, right, base, ready=truecolor and fits)
            strips.append(strip if fits else strip.cut(0, width))
        return strips + [blank] * (height - len(strips))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Hand over the rows in view, truly cut where only a part of them is."""
        width = self.size.width
        strips = super().render_lines(Region(0, crop.y, width, crop.height))
        self._keep_off_last_line(strips, crop.y)
        if not crop.x and crop.width == width:
            return strips
        return [
            strip.cut(crop.x, crop.right)
            if isinstance(strip, CellStrip)
            else strip.crop(crop.x, crop.right)
            for strip in strips
        ]

    def _keep_off_last_line(self, strips: list[Strip], first: int) -> None:
        """Show the row on the last line of the screen in cells if it would make the screen scroll.

        Args:
            strips: rows of the widget; changed in place.
            first: which row of the widget is the first of them.
        """
        protocol = getattr(self._picture, "protocol", None)
        if not self._ready or protocol is None or protocol.last_line:
            return
        row = self.screen.size.height - 1 - self.region.y - first
        strip = strips[row] if 0 <= row < len(strips) else None
        if isinstance(strip, CellStrip):
            strips[row] = strip.cut(0, self.size.width)

    def _message_strips(self, width: int, height: int, blank: Strip) -> list[Strip]:
        wrapped = [line for part in self._message for line in part.wrap(max(1, min(width - 4, 60)))]
        wrapped = wrapped[:height]
        top = (height - len(wrapped)) // 2
        strips = [blank] * top
        for line in wrapped:
            centred = line.center(width)
            strips.append(
                Strip(centred.render_segments(self.visual_style)).adjust_cell_length(
                    width, self.rich_style
                )
            )
        return strips + [blank] * (height - len(strips))

    # pointing

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say which cell the pointer is over."""
        self._point(event, clicked=False)

    def on_click(self, event: events.Click) -> None:
        """Say which cell was clicked."""
        self._point(event, clicked=True)

    def _point(self, event: events.MouseEvent, *, clicked: bool) -> None:
        if self._picture is None:
            return
        left, top = self.picture_offset
        x, y = event.pointer_x - left, event.pointer_y - top
        width, height = self.size
        columns, rows = min(self._picture.columns, width), min(self._picture.rows, height)
        if 0 <= x < columns and 0 <= y < rows:
            self.post_message(self.Pointed(self, x, y, clicked=clicked))
