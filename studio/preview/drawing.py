"""A request for a drawing, drawn: the right part of the picture, with all that is laid over it."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from studio.preview import decoded, opening, overlay, picture, proxy
from studio.preview.cells import Cells, Letters, fit, lettered
from studio.preview.modes import Mode
from studio.preview.view import View
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from studio.platforms.zones import Zone
    from studio.preview.look_ahead import Request
    from studio.preview.protocols import Pixels, Protocol
    from studio.preview.view import Placed

LOUPE_ZOOM = 2.0
_LOUPE_SHARE = 3  # of the drawing's width and height
_LEAST_LOUPE = (6, 3)  # cells
_kept = decoded.Kept()


def draw(
    request: Request,
    cache_dir: Path | None,
    later: Callable[[Callable[[], object]], object] | None,
    zones: Sequence[Zone] | None,
) -> Cells | Pixels:
    """Return the drawing of a request; see `studio.preview.look_ahead.draw`."""
    mode = request.mode
    grid = (mode.columns, mode.rows) if isinstance(mode, Mode) else request.cell
    source = _source(request, grid, cache_dir, later)
    placed = _placed(request, source.size)
    kind = mode if isinstance(mode, Mode) else None
    rgb = picture.pixels(
        source,
        placed,
        grid,
        background=request.background,
        mode=kind,
        crisp=request.view.kind == "real",
    )
    letters: list[Letters] = []
    if request.overlays or request.marks or request.loupe:
        rgb = rgb.copy()
        sheet = overlay.Sheet(rgb, placed, grid, source.size)
        overlay.lay(sheet, request.overlays, zones)
        letters = overlay.mark(sheet, request.marks, text=kind is None)
        if covered := _loupe(request, source, sheet):
            letters = [each for each in letters if not each.within(covered)]
    if isinstance(mode, Mode):
        cells = fit(rgb, mode)
        return lettered(cells, letters) if letters else cells
    return _painted(request, mode, rgb)


def _placed(request: Request, size: tuple[int, int]) -> Placed:
    """Return where a picture of a size lies in the drawing of a request."""
    return request.view.placed(size, (request.columns, request.rows), request.cell_px)


def _least(
    request: Request, size: tuple[int, int], grid: tuple[int, int], margin: float = picture.MARGIN
) -> tuple[float, float]:
    """Return the width and height a picture of a size is wanted in, decoded."""
    placed = _placed(request, size)
    wide, high = picture.wanted(placed, grid, margin)
    if request.loupe and (lens := _lens(request, size, placed)):
        closer = picture.wanted(lens, grid, margin)
        wide, high = max(wide, closer[0]), max(high, closer[1])
    return wide, high


def _source(
    request: Request,
    grid: tuple[int, int],
    cache_dir: Path | None,
    later: Callable[[Callable[[], object]], object] | None,
) -> decoded.Decoded:
    """Return the picture of a request, decoded as large as it is needed.

    Raises:
        Problem: it is not a picture that can be shown.
    """
    path = request.path
    # Who looks at a part of a picture will look at another part of it next.
    closely = request.view.kind == "real" or request.view.zoom != 1 or request.loupe is not None
    key = (path, request.stamp)
    if closely and (kept := _kept.get(key)) is not None:
        least = _least(request, kept.size, grid, 1)
        if kept.width >= min(least[0], kept.size[0]):
            return kept
    stand_in = proxy.find(path, cache_dir) if cache_dir else None
    if stand_in and cache_dir:
        try:
            with opening.opened(stand_in) as image:
                size = proxy.original_size(image)
                # A stand-in is not quite the picture: at real size only the picture will do.
                nearness = 2 if request.view.kind == "real" or request.loupe else 1
                if _least(request, size, grid, nearness)[0] <= image.width:
                    return replace(decoded.decode(image, 1, _least(request, size, grid)), size=size)
        except Problem:
            proxy.forget(path, cache_dir)  # the cache is to blame, not the picture
            stand_in = None
    with opening.opened(path) as image:
        turn = decoded.orientation(image)
        slow = proxy.is_slow(image)  # before it is decoded, which may make it smaller
        least = _least(request, decoded.upright_size(image, turn), grid)
        source = decoded.decode(image, turn, least)
    if closely:
        _kept.put(key, source)
    if slow and cache_dir and not stand_in:
        keep = functools.partial(proxy.keep, path, cache_dir, source)
        later(keep) if later else keep()
    return source


def _lens(request: Request, size: tuple[int, int], placed: Placed) -> Placed | None:
    """Return the loupe's size and part of the picture; None where there is no room for one."""
    box = (placed.columns // _LOUPE_SHARE, placed.rows // _LOUPE_SHARE)
    if request.loupe is None or box[0] < _LEAST_LOUPE[0] or box[1] < _LEAST_LOUPE[1]:
        return None
    return View("real", *request.loupe, LOUPE_ZOOM).placed(size, box, request.cell_px)


def _loupe(
    request: Request, source: decoded.Decoded, sheet: overlay.Sheet
) -> tuple[int, int, int, int] | None:
    """Set a loupe into the corner farthest from its point; return the cells it covers."""
    lens = _lens(request, source.size, sheet.placed)
    if request.loupe is None or lens is None:
        return None
    seen = picture.pixels(
        source,
        lens,
        sheet.grid,
        background=request.background,
        mode=request.mode if isinstance(request.mode, Mode) else None,
        crisp=True,
    )
    glass = overlay.Sheet(seen.copy(), lens, sheet.grid, source.size)
    overlay.mark(glass, ((*request.loupe, ""),), text=False)
    left, top, right, bottom = sheet.placed.part
    column = sheet.placed.columns - lens.columns if request.loupe[0] < (left + right) / 2 else 0
    row = sheet.placed.rows - lens.rows if request.loupe[1] < (top + bottom) / 2 else 0
    overlay.inset(sheet, glass.rgb, column, row)
    return column, row, column + lens.columns, row + lens.rows


def _painted(request: Request, protocol: Protocol, rgb: NDArray[np.uint8]) -> Pixels:
    """Return pixels for a protocol, with cells that stand in where pixels cannot be shown."""
    from studio.preview import protocols

    mode = Mode.QUADRANT
    columns, rows = rgb.shape[1] // request.cell[0], rgb.shape[0] // request.cell[1]
    small = Image.fromarray(rgb).resize(
        (columns * mode.columns, rows * mode.rows), Image.Resampling.BOX
    )
    cells = fit(np.asarray(small), mode)
    return protocols.paint(
        rgb, protocol, cells, image_id=request.image_id, compress=request.compress
    )
