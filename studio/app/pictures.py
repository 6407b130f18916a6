"""Pictures on their way to the screen: what to draw, how, on threads of their own."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.media.library import kind_of
from studio.preview.look_ahead import Failure, LookAhead, Request, Result
from studio.preview.modes import Mode
from studio.preview.protocols import ImageIds, Pixels, Protocol
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.app.review.look import Look
    from studio.preview.cells import Cells

__all__ = ["Failure", "Mode", "Pictures", "Request", "Result"]


class Pictures:
    """Draws the media of one project ahead of the eye.

    Args:
        root: the project's folder.
        cache: where posters and proxies may be kept; losing it loses nothing.
        ready: called on a worker's thread when a request was drawn or has failed.
        dropped: called on a worker's thread with each picture in pixels that is kept no longer.
        compress: whether pixels travel over a slow line.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        ready: Callable[[Request], None],
        *,
        dropped: Callable[[Pixels], None] | None = None,
        compress: bool = False,
    ) -> None:
        self._root = root
        self._cache = cache
        self._compress = compress
        self.ids = ImageIds()
        self._dropped = dropped
        self._posters: dict[str, float | None] = {}
        self._stamps: dict[str, tuple[Path, tuple[int, int]]] = {}
        self._ahead = LookAhead(
            self._draw, lambda request, _result: ready(request), on_drop=self._drop
        )

    def large(
        self,
        path: str,
        columns: int,
        rows: int,
        look: Look,
        *,
        marks: tuple[tuple[float, float, str], ...] = (),
    ) -> Request:
        """Return what identifies one drawing of a media file as it is on disk now."""
        return Request(
            *self._known(path),
            columns,
            rows,
            look.drawing,
            look.background,
            view=look.view,
            cell=look.cell,
            overlays=(look.overlay,) if look.overlay else (),
            marks=marks,
            loupe=look.point or (0.5, 0.5) if look.loupe else None,
        )

    def small(self, path: str, columns: int, rows: int, look: Look) -> Request:
        """Return what identifies a small drawing of a media file, all of it."""
        return Request(
            *self._known(path), columns, rows, look.mode, look.background, cell=look.cell
        )

    def _known(self, path: str) -> tuple[Path, tuple[int, int]]:
        known = self._stamps.get(path)
        if known is None:
            full = self._root / path
            try:
                stat = full.stat()
                known = (full, (stat.st_mtime_ns, stat.st_size))
            except OSError:
                known = (full, (0, 0))
            self._stamps[path] = known
        return known

    def look_again(self, path: str | None = None) -> None:
        """Files may have changed, or one has: ask the disk again what each is."""
        if path is None:
            self._stamps.clear()
        else:
            self._stamps.pop(path, None)

    def set_poster(self, path: str, seconds: float | None) -> None:
        """Draw this moment of a clip from now on."""
        full = str(self._root / path)
        if self._posters.get(full) != seconds:
            self._posters[full] = seconds
            self._ahead.forget(lambda request: str(request.path) == full)

    def get(self, request: Request) -> Result | None:
        """Return a finished drawing, without waiting."""
        return self._ahead.get(request)

    def want(self, requests: Sequence[Request]) -> None:
        """Draw these, the first one first, and forget what was wanted before."""
        self._ahead.want(requests)

    def stop(self) -> None:
        """Let the workers end."""
        self._ahead.stop()

    def _drop(self, _request: Request, result: Result) -> None:
        if self._dropped is not None and isinstance(result, Pixels) and result.image_id:
            self._dropped(result)

    def _draw(self, request: Request) -> Cells | Pixels:
        from studio.preview.look_ahead import draw

        if request.mode is Protocol.KITTY:
            request = replace(request, image_id=self.ids.next(), compress=self._compress)
        if not os.path.realpath(request.path).startswith(os.path.realpath(self._root) + os.sep):
            what = "is a link that leads out of the project"
            raise Problem(request.path.name, what, "Put the file itself into media/")
        if kind_of(request.path.name) == "clip":
            from studio.media.filmframes import poster_at

            moment = self._posters.get(str(request.path))
            frame = poster_at(request.path, self._cache / "posters", moment)
            return draw(replace(request, path=frame.picture), later=self._ahead.later)
        return draw(request, cache_dir=self._cache / "proxies", later=self._ahead.later)
