"""Charts as files: SVG with text that stays text, and PNG."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from studio.charts.canvas import NORMAL
from studio.charts.palette import DARK
from studio.charts.words import ascii_cell, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.charts.canvas import Anchor, Chart, Ink, Point
    from studio.charts.palette import Palette

WIDTH, HEIGHT = 960, 480
MOST = 8000
"""Pixels along one side of a picture."""
_FONTS = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
_SCALE = 3  # drawn so much larger and made smaller again: Pillow draws without anti-aliasing
_LARGE = 2000  # from here on twice is enough
_SYSTEM = (
    "DejaVuSans.ttf",
    "Arial Unicode.ttf",
    "segoeui.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "msgothic.ttc",
)
"""Fonts that systems have, for letters that Pillow's own font has not."""


def svg(chart: Chart, *, width: int = WIDTH, height: int = HEIGHT, palette: Palette = DARK) -> str:
    """Return a chart as an SVG document of its own.

    Args:
        chart: any chart of this room.
        width: in pixels.
        height: in pixels.
        palette: its colours.

    Raises:
        ValueError: a side is below 1 or above `MOST`.
    """
    page = _Svg(*_sides(width, height), palette, chart.alt)
    chart.draw(page)
    return page.document()


def png(
    chart: Chart, *, width: int = WIDTH, height: int = HEIGHT, palette: Palette = DARK
) -> bytes:
    """Return a chart as a PNG file of exactly this size; see `svg`."""
    page = _Png(*_sides(width, height), palette, chart.alt)
    chart.draw(page)
    return page.file()


def _sides(width: int, height: int) -> tuple[int, int]:
    if not (1 <= width <= MOST and 1 <= height <= MOST):
        raise ValueError(f"{width} × {height}: sides are from 1 to {MOST} pixels")
    return width, height


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} has no place on a page")
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Svg:
    def __init__(self, width: int, height: int, palette: Palette, alt: str) -> None:
        self.width, self.height, self._palette = float(width), float(height), palette
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": str(width),
                "height": str(height),
                "viewBox": f"0 0 {width} {height}",
                "role": "img",
                "font-family": _FONTS,
            },
        )
        ET.SubElement(self._root, "title").text = label(alt)
        self.rect(0, 0, width, height, "ground")

    def _add(self, name: str, **values: float | str) -> ET.Element:
        told = {
            key.replace("_", "-"): value if isinstance(value, str) else _number(value)
            for key, value in values.items()
        }
        return ET.SubElement(self._root, name, told)

    def rect(
        self, x: float, y: float, width: float, height: float, ink: Ink, *, radius: float = 0
    ) -> None:
        rounded = {"rx": radius} if radius else {}
        fill = self._palette.of(ink)
        self._add("rect", x=x, y=y, width=width, height=height, fill=fill, **rounded)

    def path(
        self, points: Sequence[Point], ink: Ink, *, stroke: float = 2, dashed: bool = False
    ) -> None:
        line = self._add("polyline", points=_points(points), fill="none")
        line.set("stroke", self._palette.of(ink))
        line.set("stroke-width", _number(stroke))
        line.set("stroke-linejoin", "round")
        if dashed:
            line.set("stroke-dasharray", f"{_number(stroke * 1.5)} {_number(stroke * 2)}")

    def shape(self, points: Sequence[Point], ink: Ink) -> None:
        self._add("polygon", points=_points(points), fill=self._palette.of(ink))

    def disc(self, x: float, y: float, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        colour = self._palette.of(ink)
        circle = self._add("circle", cx=x, cy=y, r=radius)
        circle.set("fill", self._palette.ground if hollow else colour)
        if hollow:
            circle.set("stroke", colour)
            circle.set("stroke-width", "2")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        ink: Ink = "text",
        *,
        size: float = NORMAL,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        element = self._add("text", x=x, y=y, fill=self._palette.of(ink), font_size=size)
        if anchor != "start":
            element.set("text-anchor", anchor)
        if bold:
            element.set("font-weight", "600")
        element.text = label(text)

    def document(self) -> str:
        ET.indent(self._root)
        return ET.tostring(self._root, encoding="unicode") + "\n"


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


class _Png:
    def __init__(self, width: int, height: int, palette: Palette, alt: str) -> None:
        from PIL import Image, ImageDraw

        self.width, self.height, self._palette, self._alt = (
            float(width),
            float(height),
            palette,
            alt,
        )
        self._scale = _SCALE if max(width, height) < _LARGE else 2
        size = (width * self._scale, height * self._scale)
        self._image = Image.new("RGB", size, palette.ground)
        self._draw = ImageDraw.Draw(self._image)
        self._fonts: dict[tuple[str, float], Any] = {}

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]

    def rect(
        self, x: float, y: float, width: float, height: float, ink: Ink, *, radius: float = 0
    ) -> None:
        if width <= 0 or height <= 0:
            return
        (x0, y0), (x1, y1) = self._at([(x, y), (x + width, y + height)])
        box = (x0, y0, max(x1 - 1, x0), max(y1 - 1, y0))
        self._draw.rounded_rectangle(box, radius * self._scale, fill=self._palette.of(ink))

    def path(
        self, points: Sequence[Point], ink: Ink, *, stroke: float = 2, dashed: bool = False
    ) -> None:
        wide = max(round(stroke * self._scale), 1)
        colour = self._palette.of(ink)
        if dashed:
            for start, end in _dashes(points, stroke * 1.5, stroke * 2):
                self._draw.line(self._at([start, end]), fill=colour, width=wide)
        elif len(points) > 1:
            self._draw.line(self._at(points), fill=colour, width=wide, joint="curve")

    def shape(self, points: Sequence[Point], ink: Ink) -> None:
        self._draw.polygon(self._at(points), fill=self._palette.of(ink))

    def disc(self, x: float, y: float, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        colour = self._palette.of(ink)
        outer = radius + 1 if hollow else radius
        (x0, y0), (x1, y1) = self._at([(x - outer, y - outer), (x + outer, y + outer)])
        if hollow:
            fill, width = self._palette.ground, 2 * self._scale
            self._draw.ellipse((x0, y0, x1, y1), fill=fill, outline=colour, width=width)
        else:
            self._draw.ellipse((x0, y0, x1, y1), fill=colour)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        ink: Ink = "text",
        *,
        size: float = NORMAL,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        shown, font = self._written(label(text), size)
        place = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
        stroke = 0.35 * self._scale if bold else 0
        colour = self._palette.of(ink)
        ((left, base),) = self._at([(x, y)])
        self._draw.text(
            (left, base), shown, fill=colour, font=font, anchor=place, stroke_width=stroke
        )

    def _written(self, text: str, size: float) -> tuple[str, Any]:
        """Return text in letters that a font has, and that font.

        Pillow's own font, the same everywhere, has hardly more than ASCII. For other letters a
        font of the system is taken, where there is one.
        """
        own = self._font("", size)
        plain = "".join(
            letter if letter in _OWN else _SPELT.get(letter) or ascii_cell(letter)
            for letter in text
        )
        if plain.count("?") == text.count("?"):
            return plain, own
        for name in _SYSTEM:
            font = self._font(name, size)
            if font is not None and all(_has(font, letter) for letter in set(text)):
                return text, font
        return plain, own

    def _font(self, name: str, size: float) -> Any:  # noqa: ANN401
        from PIL import ImageFont

        if (name, size) not in self._fonts:
            pixels = size * self._scale
            try:
                font = ImageFont.truetype(name, pixels) if name else ImageFont.load_default(pixels)
            except OSError:
                font = None
            self._fonts[name, size] = font
        return self._fonts[name, size]

    def file(self) -> bytes:
        import io

        from PIL import Image
        from PIL.PngImagePlugin import PngInfo

        told = PngInfo()
        told.add_itxt("Description", label(self._alt))
        size = (int(self.width), int(self.height))
        small = self._image.resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.save(out, format="PNG", optimize=True, pnginfo=told)
        return out.getvalue()


_OWN = frozenset("…·‘’“”‹›°") | {chr(code) for code in range(0x20, 0x7F)}
"""What Pillow's default font, a part of Aileron, has of what charts write (Pillow 13)."""


_SPELT = {"½": "1/2", "⅓": "1/3", "¼": "1/4"}


def _has(font: Any, letter: str) -> bool:  # noqa: ANN401
    """Tell whether a font has a letter: what it has not is drawn as a noncharacter is."""
    mask, none = font.getmask(letter), font.getmask("\uffff")
    return letter == " " or mask.size != none.size or bytes(mask) != bytes(none)


def _dashes(points: Sequence[Point], on: float, off: float) -> list[tuple[Point, Point]]:
    found: list[tuple[Point, Point]] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        at = 0.0
        while at < length:
            start, end = at / length, min(at + on, length) / length
            found.append(
                (
                    (x0 + (x1 - x0) * start, y0 + (y1 - y0) * start),
                    (x0 + (x1 - x0) * end, y0 + (y1 - y0) * end),
                )
            )
            at += on + off
    return found
