"""The phone's screenshot beside the form: the newest picture in inbox/, or one that was named."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studio.app.widgets.picture import PictureView
from studio.media.library import INBOX_FOLDER, inbox_files, kind_of
from studio.preview.modes import Mode
from studio.preview.view import View
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.pictures import Pictures, Request
    from studio.app.review.look import Look
    from studio.app.session import Session
    from studio.preview.protocols import Pixels
    from studio.preview.view import Placed

_AGAIN = 2.0  # seconds after which the inbox is looked at again: a phone may just be sending
_SIZES = (("whole", 0.0), ("as wide as the room", 1.0), ("closer", 1.6), ("closest", 2.4))


def picture_named(text: str, root: Path) -> Path | None:
    """Return the picture that a pasted or dropped text names, None when it names none.

    Args:
        text: a path as terminals paste dropped files: plain, quoted, escaped or file://.
        root: where a relative path begins.
    """
    line = text.strip()
    if not line or "\n" in line or len(line) > 4096:
        return None
    try:
        words = shlex.split(line)
    except ValueError:
        words = []
    for word in (line, *words[:1]):
        name = word.removeprefix("file://")
        if kind_of(name) == "picture":
            try:
                path = root / Path(name).expanduser()
                if path.is_file():
                    return path
            except (OSError, ValueError, RuntimeError):
                return None
    return None


class LogPicture(Vertical):
    """One picture of the inbox, large, and its name.

    Args:
        session: the open project.
    """

    class Found(Message):
        """There are other pictures than before."""

    class Arrived(Message):
        """A picture was drawn."""

    class Dropped(Message):
        """A picture in pixels is kept no longer."""

        def __init__(self, image_id: int) -> None:
            super().__init__()
            self.image_id = image_id

    def __init__(self, session: Session) -> None:
        super().__init__(id="beside")
        self._session = session
        self._named: Path | None = None
        self._inbox: tuple[str, ...] = ()
        self._index = 0
        self._closeness = -1  # not decided
        self._x, self._y = 0.5, 0.0
        self._pictures: Pictures | None = None
        self._root: Path | None = None
        self._wanted: Request | None = None
        self._pixels: dict[Path, tuple[int, int]] = {}  # sizes of pictures, by file

    def compose(self) -> ComposeResult:
        """The picture over its name."""
        yield PictureView(id="shot")
        yield Static(id="shot-name")

    @property
    def view(self) -> PictureView:
        """The picture."""
        return self.query_one(PictureView)

    @property
    def paths(self) -> tuple[str, ...]:
        """The pictures there are, the newest first; one that was named before all."""
        return (*((str(self._named),) if self._named else ()), *self._inbox)

    def on_mount(self) -> None:
        """Look into the inbox, now and every other moment."""
        self._look()
        self.set_interval(_AGAIN, self._look)

    def on_unmount(self) -> None:
        """The workers end with it."""
        self._stop()

    def _stop(self) -> None:
        if self._pictures is not None:
            self._pictures.stop()
            self._pictures = None

    # which

    @work(thread=True, exclusive=True, group="inbox", exit_on_error=False)
    def _look(self) -> None:
        root = self._session.project.root
        found: list[tuple[int, str]] = []
        for path in inbox_files(self._session.project.store):
            if kind_of(path) == "picture":
                try:
                    found.append(((root / path).stat().st_mtime_ns, path))
                except OSError:
                    continue
        newest = tuple(path for _, path in sorted(found, reverse=True))
        if self.is_attached and newest != self._inbox:
            self.app.call_from_thread(self._take, newest)

    def _take(self, newest: tuple[str, ...]) -> None:
        if not self.is_attached:
            return
        looked = self.paths[self._index] if self._index else None  # the newest gives way
        self._inbox = newest
        self._index = self.paths.index(looked) if looked in self.paths else 0
        self.post_message(self.Found())

    def show_file(self, path: Path) -> None:
        """Show a picture that the human named, of the project or from elsewhere."""
        self._named = path
        self._index = 0
        self.post_message(self.Found())

    def step(self, step: int) -> None:
        """Show the next older picture, or the next newer."""
        if self.paths:
            self._index = (self._index + step) % len(self.paths)
            self.draw_soon()

    # how

    def closer(self) -> int:
        """Show it larger, or whole again after the largest; return how: 0 is whole."""
        self._closeness = (self._closeness + 1) % len(_SIZES)
        self._x, self._y = 0.5, 0.0 if self._closeness == 1 else self._y
        self.draw_soon()
        return self._closeness

    def begin_again(self) -> None:
        """Show it the next time as it was shown first."""
        self._closeness, self._x, self._y = -1, 0.5, 0.0

    def pan(self, x: int, y: int) -> None:
        """Look further to a side, by half of what is seen."""
        if self._closeness == 0 and y:
            self._closeness = 1
        placed = self._placed()
        if placed is not None:  # from what is seen, which at an edge is not around (x, y)
            left, top, right, bottom = placed.part
            across, down = right - left, bottom - top
            self._x = min(1.0, max(0.0, (left + right) / 2 + x * across / 2))
            self._y = min(1.0, max(0.0, (top + bottom) / 2 + y * down / 2))
        self.draw_soon()

    @on(PictureView.Pointed)
    def _pointed(self, event: PictureView.Pointed) -> None:
        """A click goes closer there."""
        event.stop()
        if not event.clicked or self.view.picture is None:
            return
        placed = self._placed()
        if placed is not None and (point := placed.point_at(event.x, event.y)) is not None:
            self._closeness = max(2, self._closeness)
            self._x, self._y = point
            self.draw_soon()

    def _placed(self) -> Placed | None:
        """Return which part of the picture is seen; None until it is drawn."""
        wanted, picture = self._wanted, self.view.picture
        pixels = self._pixels.get(wanted.path) if wanted is not None else None
        if wanted is None or picture is None or pixels is None:
            return None
        return wanted.view.placed(pixels, (wanted.columns, wanted.rows), wanted.cell)

    def _look_of(self) -> Look | None:
        desk = self.app.desk  # type: ignore[attr-defined]
        if desk is None:
            return None
        look: Look = desk.preview.bench.look
        if self._closeness < 0:  # in cells the letters of a whole screenshot cannot be read
            self._closeness = 0 if look.protocol else 1
        zoom = _SIZES[self._closeness][1]
        view = View("fill", self._x, self._y, zoom) if zoom else View()
        if look.mode is Mode.HALF:  # letters have two colours, so four parts of a cell suit them
            look = replace(look, mode=Mode.QUADRANT)
        ground = self.view.styles.background.rgb
        return replace(look, view=view, overlay="", point=None, loupe=False, background=ground)

    # drawing

    def on_resize(self) -> None:
        """It is drawn for the room there is."""
        self.draw_soon()

    def draw_soon(self) -> None:
        """Draw it once the room is known."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if not self.is_attached or not self.display:
            return
        size, paths = self.view.size, self.paths
        if not paths or size.width < 2 or size.height < 2:
            return
        path = Path(paths[self._index])
        look = self._look_of()
        if look is None:
            return
        root = self._session.project.root
        if path.is_absolute():
            inside = path.is_relative_to(root)
            root, path = (
                (root, path.relative_to(root)) if inside else (path.parent, Path(path.name))
            )
        pictures = self._begun(root)
        self._wanted = pictures.large(path.as_posix(), size.width, size.height, look)
        pictures.want([self._wanted])
        self._say(path)
        self._show()

    def _begun(self, root: Path) -> Pictures:
        from studio.app.pictures import Pictures

        if self._pictures is None or root != self._root:
            self._stop()
            self._root = root
            self._pictures = Pictures(
                root,
                self._session.project.cache,
                self._drawn,
                dropped=self._dropped,
                compress="SSH_CONNECTION" in os.environ,
            )
        return self._pictures

    def _drawn(self, request: Request) -> None:
        """A worker has drawn it; on its thread the picture's size is looked up as well."""
        from studio.preview.decoded import orientation, upright_size
        from studio.preview.opening import opened

        if request.path not in self._pixels:
            with suppress(Problem), opened(request.path) as picture:
                self._pixels[request.path] = upright_size(picture, orientation(picture))
        self._tell(self.Arrived())

    def _tell(self, message: Message) -> None:
        if self.is_attached:
            self.post_message(message)

    def _dropped(self, pixels: Pixels) -> None:
        self._tell(self.Dropped(pixels.image_id))

    @on(Dropped)
    def _free(self, event: Dropped) -> None:
        if (uploads := self.view.uploads) is not None:
            uploads.forget([event.image_id])

    @on(Arrived)
    def _show(self) -> None:
        from studio.app.pictures import Failure

        if self._pictures is None or self._wanted is None:
            return
        result = self._pictures.get(self._wanted)
        if isinstance(result, Failure):
            self.view.say(Content(display(result.problem)))
        elif result is not None:
            self.view.show(result)

    def _say(self, path: Path) -> None:
        name = path.as_posix().removeprefix(f"{INBOX_FOLDER}/")
        count = len(self.paths)
        place = f"  {self._index + 1}/{count}" if count > 1 else ""
        move = "  PgUp PgDn" if self._closeness else ""
        words: Sequence[tuple[str, str]] = [
            (one_line(name), "$foreground"),
            (f"{place}  {_SIZES[self._closeness][0]}{move}", "$dim"),
        ]
        self.query_one("#shot-name", Static).update(Content.assemble(*words))
