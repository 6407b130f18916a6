from __future__ import annotations

import io

import pytest
from PIL import Image
from rich.console import Console
from rich_pixels import Pixels, Renderer

from studio.preview.modes import Mode
from studio.preview.renderers import (
    HalfRenderer,
    OctantRenderer,
    QuadrantRenderer,
    SextantRenderer,
    renderer,
)

KINDS = {
    Mode.HALF: HalfRenderer,
    Mode.QUADRANT: QuadrantRenderer,
    Mode.SEXTANT: SextantRenderer,
    Mode.OCTANT: OctantRenderer,
}


@pytest.mark.parametrize("mode", Mode)
def test_rich_pixels_takes_every_renderer(mode: Mode, photo: Image.Image) -> None:
    one = renderer(mode)
    assert type(one) is KINDS[mode]
    assert isinstance(one, Renderer)
    resize = (30 * mode.columns, 12 * mode.rows)
    console = Console(file=io.StringIO(), width=60, color_system="truecolor", force_terminal=True)
    console.print(Pixels.from_image(photo, resize, renderer=one), end="")
    text = console.file.getvalue()
    assert text.count("\n") == 12
    assert "38;2;" in text


@pytest.mark.parametrize("mode", Mode)
def test_rows_end_in_a_line_feed_and_are_as_wide_as_asked(mode: Mode, photo: Image.Image) -> None:
    segments = renderer(mode).render(photo, (10 * mode.columns, 5 * mode.rows))
    rows = "".join(segment.text for segment in segments).split("\n")
    assert [len(row) for row in rows] == [10] * 5 + [0]
    assert segments[-1].text == "\n"


@pytest.mark.parametrize("mode", Mode)
def test_an_odd_size_is_rounded_up_to_whole_cells(mode: Mode) -> None:
    image = Image.new("RGB", (mode.columns * 3 + 1, mode.rows * 2 + 1), (9, 8, 7))
    segments = renderer(mode).render(image, None)
    rows = "".join(segment.text for segment in segments).splitlines()
    assert rows == [" " * (3 * 1 + 1)] * 3


def test_transparent_cells_show_what_is_behind() -> None:
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (2, 0, 4, 4))
    left, right, end = HalfRenderer().render(image, None)[:3]
    assert (left.text, left.style) == ("  ", None)
    assert right.style.bgcolor.get_truecolor() == (255, 0, 0)
    assert end.text == "\n"
    left = renderer(Mode.HALF, default_color="blue").render(image, None)[0]
    assert left.style.bgcolor.name == "blue"
