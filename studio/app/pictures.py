"""Pictures on their way to the screen: what to draw, in which cells, on threads of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.media.library import kind_of
from studio.preview.look_ahead import Failure, LookAhead, Request
from studio.preview.modes import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from studio.preview.cells import Cells

__all__ = ["Failure", "Mode", "Pictures", "Request"]


class Pictures:
    """Draws the media of one project ahead of the eye.

    Args:
        root: the project's folder.
        cache: where posters and proxies may be kept; losing it loses nothing.
        ready: called on a worker's thread when a request was drawn or has failed.
    """

    def __init__(self, root: Path, cache: Path, ready: Callable[[Request], None]) -> None:
        self._root = root
        self._cache = cache
        self._stamps: dict[str, tuple[Path, tuple[int, int]]] = {}
        self._ahead = LookAhead(self._draw, lambda request, _result: ready(request))

    def request(
        self, path: str, columns: int, rows: int, mode: Mode, background: tuple[int, int, int]
    ) -> Request:
        """Return what identifies one drawing of a media file as it is on disk now."""
        known = self._stamps.get(path)
        if known is None:
            full = self._root / path
            try:
                stat = full.stat()
                known = (full, (stat.st_mtime_ns, stat.st_size))
            except OSError:
                known = (full, (0, 0))
            self._stamps[path] = known
        return Request(*known, columns, rows, mode, background)

    def look_again(self) -> None:
        """Files may have changed: ask the disk again what each is."""
        self._stamps.clear()

    def get(self, request: Request) -> Cells | Failure | None:
        """Return a finished drawing, without waiting."""
        return self._ahead.get(request)

    def want(self, requests: Sequence[Request]) -> None:
        """Draw these, the first one first, and forget what was wanted before."""
        self._ahead.want(requests)

    def stop(self) -> None:
        """Let the workers end."""
        self._ahead.stop()

    def _draw(self, request: Request) -> Cells:
        from studio.preview.look_ahead import draw

        if kind_of(request.path.name) == "clip":
            from studio.media.clips import poster

            frame = poster(request.path, self._cache / "posters")
            return draw(replace(request, path=frame.picture))
        return draw(request, cache_dir=self._cache / "proxies")
