"""The commands that look: what each brings into view, and that it goes away again."""

from __future__ import annotations

from studio.app.pictures import Mode
from tests.app.parts import part, picture_cells, title, verdict_words

NAMES = ("red.png", "green.png", "blue.png", "gold.png")


def going(command_id, first, name):
    @part(command_id)
    async def go_there(d, do):
        await d.press(first)
        await do()
        assert name in verdict_words(d)
        assert f"{NAMES.index(name) + 1} of 4" in title(d)

    return go_there


going("review.next", "home", "green.png")
going("review.right", "home", "green.png")
going("review.previous", "end", "blue.png")
going("review.left", "end", "blue.png")
going("review.first", "end", "red.png")
going("review.last", "home", "gold.png")
going("review.page-down", "home", "gold.png")
going("review.page-up", "end", "red.png")


@part("review.up")
async def _up(d, do):
    await d.press("home", "c")
    assert d.preview.path == "media/green.png"
    await do()
    assert d.preview.path == "media/red.png"
    await d.press("c")


@part("review.down")
async def _down(d, do):
    await d.press("home", "c", "up")
    assert d.preview.path == "media/red.png"
    await do()
    assert d.preview.path == "media/green.png"
    await d.press("c")


@part("review.zoom")
async def _zoom(d, do):
    await d.press("home")
    assert "%" not in title(d)
    await do()
    assert "800 %" in title(d)  # a pixel of the picture is the smallest thing a cell can show
    await do()
    assert "%" not in title(d)


@part("review.fill")
async def _fill(d, do):
    await d.press("home")
    picture = d.preview.picture
    before = picture_cells(d)
    await do()
    assert "filled" in title(d)
    assert (picture.cells.columns, picture.cells.rows) == picture.size
    await do()
    assert "filled" not in title(d)
    assert picture_cells(d) == before


@part("review.larger")
async def _larger(d, do):
    await d.press("home", "z")
    await do()
    assert "1600 %" in title(d)
    await d.press("z")


@part("review.smaller")
async def _smaller(d, do):
    await d.press("home", "z")
    await do()
    assert "400 %" in title(d)
    await d.press("z")


def pointing(command_id, across, down):
    @part(command_id)
    async def point(d, do):
        await d.press("home")
        before = picture_cells(d)
        await do()
        x, y = d.preview.bench.look.point
        assert ((x > 0.5) - (x < 0.5), (y > 0.5) - (y < 0.5)) == (across, down)
        assert picture_cells(d) != before, "the point is not to be seen"
        await d.press("escape")
        assert picture_cells(d) == before

    return point


pointing("review.point-right", 1, 0)
pointing("review.point-left", -1, 0)
pointing("review.point-up", 0, -1)
pointing("review.point-down", 0, 1)


@part("review.loupe")
async def _loupe(d, do):
    await d.press("home")
    before = picture_cells(d)
    await do()
    assert picture_cells(d) != before
    await do()
    assert picture_cells(d) == before


@part("review.overlay")
async def _overlay(d, do):
    await d.press("home")
    before = picture_cells(d)
    await do()
    assert d.preview.bench.look.overlay
    assert d.preview.bench.look.overlay in title(d)
    assert picture_cells(d) != before
    await d.press("O")


@part("review.no-overlay")
async def _no_overlay(d, do):
    await d.press("home")
    d.app.clear_notifications()
    before = picture_cells(d)
    await d.press("o")
    name = d.preview.bench.look.overlay
    await do()
    assert name not in title(d)
    d.app.clear_notifications()
    await d.settle()
    assert picture_cells(d) == before


@part("review.grid")
async def _grid(d, do):
    await d.press("home")
    await do()
    assert "grid" in title(d)
    words = d.text(d.preview)
    assert all(name.removesuffix(".png") in words for name in NAMES)
    await do()
    assert "grid" not in title(d)


@part("review.compare")
async def _compare(d, do):
    await d.press("home")
    await do()
    assert "compare" in title(d)
    words = d.text(d.preview.face)
    assert "red.png" in words
    assert "green.png" in words
    assert "blue.png" not in words
    await do()
    assert "compare" not in title(d)


@part("review.survey")
async def _survey(d, do):
    await d.press("home")
    await do()
    assert "survey" in title(d)
    words = d.text(d.preview.face)
    assert all(name in words for name in NAMES)
    await do()
    assert "survey" not in title(d)


@part("review.open")
async def _open(d, do):
    await d.press("home", "g", "right")
    assert "grid" in title(d)
    await do()
    assert "grid" not in title(d)
    assert d.preview.path == "media/green.png"
    assert d.preview.picture.cells is not None


@part("review.back")
async def _back(d, do):
    await d.press("home", "g", "s")
    assert "grid" in title(d)
    assert "1 marked" in title(d)
    await do()
    assert "grid" not in title(d)
    assert "1 marked" in title(d)
    await do()
    assert "marked" not in title(d)


@part("review.filter")
async def _filter(d, do):
    await do()
    assert d.dialog == "ChoosingScreen"
    await d.type("blu")
    assert "1 of 4" in d.text()
    await d.press("enter")
    assert d.dialog == ""
    assert "(1 of 4)" in title(d)
    assert d.preview.path == "media/blue.png"
    await d.press("escape")
    assert "1 of 4" not in title(d)
    assert "of 4" in title(d)


@part("review.all")
async def _all(d, do):
    everything = len([*(d.root / "media").glob("*.png"), *(d.root / "media").glob("*.mp4")])
    await d.press("home")
    await do()
    assert f"of {everything}" in title(d)
    assert "all media" in title(d)
    assert "red.png" in verdict_words(d)
    await do()
    assert "of 4" in title(d)


@part("review.cells")
async def _cells(d, do):
    seen = []
    for _ in Mode:
        await do()
        assert d.preview.picture.cells.mode is d.preview.mode
        seen.append(d.preview.mode)
    assert seen == [Mode.QUADRANT, Mode.SEXTANT, Mode.OCTANT, Mode.HALF]
