"""A picture of a screen as SVG, drawn so that every font shows it: cells become rectangles.

Textual's own export draws block characters as text; their edges then depend on the font that the
reader happens to have, and pictures fall apart into stripes. Here a half block is two rectangles.
"""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rich.color import Color
    from rich.segment import Segment
    from textual.color import Color as TextualColor

    from studio.app.app import StudioApp

CELL_WIDTH, CELL_HEIGHT = 8.0, 16.0
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"

# What a block character fills: (x, y, width, height) in parts of a cell.
_BLOCKS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "▀": ((0, 0, 1, 0.5),),
    "▄": ((0, 0.5, 1, 0.5),),
    "█": ((0, 0, 1, 1),),
    "▌": ((0, 0, 0.5, 1),),
    "▐": ((0.5, 0, 0.5, 1),),
    "▔": ((0, 0, 1, 0.125),),
    "▁": ((0, 0.875, 1, 0.125),),
    "▏": ((0, 0, 0.125, 1),),
    "▕": ((0.875, 0, 0.125, 1),),
    "▘": ((0, 0, 0.5, 0.5),),
    "▝": ((0.5, 0, 0.5, 0.5),),
    "▖": ((0, 0.5, 0.5, 0.5),),
    "▗": ((0.5, 0.5, 0.5, 0.5),),
    "━": ((0, 0.4375, 1, 0.125),),
    "─": ((0, 0.5, 1, 0.0625),),
    "│": ((0.5, 0, 0.125, 1),),
    "╭": ((0.5, 0.5, 0.5, 0.0625), (0.5, 0.5, 0.125, 0.5)),
    "╮": ((0, 0.5, 0.5, 0.0625), (0.5, 0.5, 0.125, 0.5)),
    "╰": ((0.5, 0.5, 0.5, 0.0625), (0.5, 0, 0.125, 0.5)),
    "╯": ((0, 0.5, 0.5, 0.0625), (0.5, 0, 0.125, 0.5)),
}


def svg(
    lines: Iterable[list[Segment]], columns: int, rows: int, background: str, text: str, title: str
) -> str:
    """Return an SVG document of a screen.

    Args:
        lines: the segments of each row.
        columns: width in cells.
        rows: height in cells.
        background: the colour where a segment names none, "#rrggbb".
        text: the colour of characters where a segment names none.
        title: what the picture is, for those who cannot see it.
    """
    behind: dict[str, list[str]] = {}
    boxes: dict[str, list[str]] = {}
    words: list[str] = []
    for row, segments in enumerate(lines):
        column = 0
        for segment in segments:
            if segment.control:
                continue
            column = _segment(behind, boxes, words, segment, row, column, background, text)
    width, height = columns * CELL_WIDTH, rows * CELL_HEIGHT
    paths = "".join(
        f'<path fill="{colour}" d="{"".join(parts)}"/>'
        for layer in (behind, boxes)
        for colour, parts in layer.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="100%" height="100%" rx="6" fill="{background}"/>'
        f'<g shape-rendering="crispEdges">{paths}</g>'
        f'<g font-family="{FONT}" font-size="13.2" xml:space="preserve" '
        f'style="white-space:pre">{"".join(words)}</g></svg>\n'
    )


def _segment(
    behind: dict[str, list[str]],
    boxes: dict[str, list[str]],
    words: list[str],
    segment: Segment,
    row: int,
    column: int,
    background: str,
    text: str,
) -> int:
    from rich.cells import cell_len

    style = segment.style or Style.null()
    fore, back = _hex(style.color) or text, _hex(style.bgcolor) or background
    if style.reverse:
        fore, back = back, fore
    width = cell_len(segment.text)
    if back != background:
        _box(behind, back, column, row, width, 1.0)
    run, start, at = "", column, column
    for character in segment.text:
        wide = cell_len(character)
        if character in _BLOCKS:
            _flush(words, run, start, row, fore, style)
            for x, y, w, h in _BLOCKS[character]:
                _box(boxes, fore, at + x, row + y, w, h)
            run, start = "", at + wide
        else:
            run += character
        at += wide
    _flush(words, run, start, row, fore, style)
    return at


def _flush(words: list[str], run: str, start: float, row: int, fore: str, style: Style) -> None:
    if not run.strip():
        return
    lead = len(run) - len(run.lstrip())
    x, y = (start + lead) * CELL_WIDTH, row * CELL_HEIGHT + 12.2
    run = run.strip()
    from rich.cells import cell_len

    long = cell_len(run) * CELL_WIDTH
    kind = ' font-weight="700"' if style.bold else ""
    kind += ' font-style="italic"' if style.italic else ""
    kind += ' text-decoration="underline"' if style.underline else ""
    words.append(
        f'<text x="{_n(x)}" y="{_n(y)}" textLength="{_n(long)}" lengthAdjust="spacingAndGlyphs" '
        f'fill="{fore}"{kind}>{escape(run)}</text>'
    )


def _box(
    boxes: dict[str, list[str]], colour: str, x: float, y: float, width: float, height: float
) -> None:
    left, top = _n(x * CELL_WIDTH), _n(y * CELL_HEIGHT)
    boxes.setdefault(colour, []).append(
        f"M{left} {top}h{_n(width * CELL_WIDTH)}v{_n(height * CELL_HEIGHT)}"
        f"h-{_n(width * CELL_WIDTH)}z"
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _hex(colour: Color | None) -> str | None:
    if colour is None or colour.is_default:
        return None
    red, green, blue = colour.get_truecolor()
    return f"#{red:02x}{green:02x}{blue:02x}"


async def settle(app: StudioApp, pause: Callable[[], object]) -> None:
    """Wait until everything in view is read and drawn, at most some ten seconds."""
    desk = app.desk
    for _ in range(1000):
        await pause()  # type: ignore[misc]
        if desk is None or (desk.session.idle and desk.is_mounted and desk.preview.settled):
            break
        await asyncio.sleep(0.01)
    await pause()  # type: ignore[misc]


async def _shoot(app: StudioApp, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot.pause)
        for key in keys:
            await pilot.press(key)
            await settle(app, pilot.pause)
        lines = [list(strip) for strip in app.screen._compositor.render_strips()]  # noqa: SLF001
        return svg(lines, *size, _css(app.screen.styles.background), _foreground(app), "Studio")


def _css(colour: TextualColor) -> str:
    return colour.rgb and f"#{colour.r:02x}{colour.g:02x}{colour.b:02x}"


def _foreground(app: StudioApp) -> str:
    return _css(app.screen.styles.color)


def shoot(app: StudioApp, size: tuple[int, int], target: Path, keys: tuple[str, ...] = ()) -> None:
    """Write an SVG of the app's screen at a size in cells, after pressing some keys."""
    picture = asyncio.run(_shoot(app, size, keys))
    target.write_text(picture, encoding="utf-8")
