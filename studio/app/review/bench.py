"""What the faces of review share: the table, the look, and the pictures being drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.pictures import Failure, Mode, Pictures, Request, Result
from studio.app.review.look import Look
from studio.app.review.table import LightTable
from studio.preview.protocols import Pixels, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.app.session import Session
    from studio.app.terminal.uploads import Uploads
    from studio.preview.cells import Cells

__all__ = ["Bench", "Failure", "Mode", "Pictures", "Request", "Result"]

AHEAD = 3  # pictures drawn in the direction of travel
BEHIND = 1


class Bench:
    """The light table, how it is looked at, and what is drawn of it.

    Args:
        session: the open project.
        mode: the cells to start with.
    """

    def __init__(self, session: Session, mode: Mode) -> None:
        self.session = session
        self.media = session.media
        self.table = LightTable(session.media)
        self.look = Look(mode)
        self.auto = True
        self.pictures: Pictures | None = None
        self.uploads: Uploads | None = None

    def large(self, path: str, columns: int, rows: int, *, notes: bool = False) -> Request:
        """Return the request for a large picture; with its notes' numbers and the point on it."""
        assert self.pictures is not None
        marks: tuple[tuple[float, float, str], ...] = ()
        if notes:
            pins = self.media.verdict(path).pins
            marks = tuple(
                (pin.x, pin.y, str(number))
                for number, pin in enumerate(pins, 1)
                if pin.x is not None and pin.y is not None
            )
            if self.look.point is not None:
                marks += ((*self.look.point, ""),)
        return self.pictures.large(path, columns, rows, self.look, marks=marks)

    def small(self, path: str, columns: int, rows: int) -> Request:
        """Return the request for a small picture."""
        assert self.pictures is not None
        return self.pictures.small(path, columns, rows, self.look)

    def still(self, picture: Path, columns: int, rows: int) -> Request:
        """Return the request for a picture that is no media file, such as a frame of a clip."""
        assert self.pictures is not None
        look = self.look
        number = self.pictures.ids.next() if look.protocol is Protocol.KITTY else 0
        return Request(
            picture,
            (0, 0),
            columns,
            rows,
            look.drawing,
            look.background,
            cell=look.cell,
            image_id=number,
        )

    def get(self, request: Request) -> Result | None:
        """Return what was drawn, without waiting."""
        assert self.pictures is not None
        return self.pictures.get(request)

    def send_ahead(self, requests: Sequence[Request]) -> None:
        """Have those of them that are drawn in pixels taken to the terminal, in this order."""
        if self.uploads is not None:
            results = [self.get(request) for request in requests]
            self.uploads.ahead(one for one in results if isinstance(one, Pixels) and one.image_id)

    def shown(self, result: Result | None, owner: object) -> Cells | Pixels | None:
        """Return what can be shown at once of a drawing: its cells until its pixels are there."""
        if result is None or isinstance(result, Failure):
            return None
        if not isinstance(result, Pixels) or not result.image_id:
            return result
        if self.uploads is None:
            return result.cells
        self.uploads.send(result, owner)
        return result if self.uploads.ready(result.image_id) else result.cells

    def missing(self, wanted: Sequence[Request]) -> list[Request]:
        """Return those that are still to be drawn."""
        assert self.pictures is not None
        return [request for request in wanted if self.pictures.get(request) is None]
