"""Looking and deciding on the screen: true colours, what lies over them, what cannot be shown."""

from __future__ import annotations

import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from studio.app.panes.preview import PreviewPane
from studio.app.widgets.filmstrip import GAP, THUMB_COLUMNS
from studio.preview.look_ahead import LookAhead
from studio.preview.modes import Mode
from tests.app.desk import SIZES, rgb
from tests.app.page import COLOURS, XMAS, clip, picture, put


def near(found, wanted, within=12):
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True))


def middle(d):
    """The colours of the cell in the middle of the picture: what a reader sees there."""
    region = d.preview.picture.region
    return d.colours(region.x + region.width // 2, region.y + region.height // 2)


def shows(d, colour):
    """Whether the middle of the picture is of this colour, in either half of its cell."""
    return any(near(found, colour) for found in middle(d))


def with_media(page, *names):
    text = XMAS.replace(
        "media/red.png, media/green.png, media/blue.png, media/gold.png", ", ".join(names)
    )
    put(page, "ideas/xmas.md", text)


def many(page, count):
    """Pictures of rising brightness; the idea has them all."""
    names = []
    for number in range(count):
        grey = 20 + number * (220 // count)
        picture(page / f"media/n{number:02}.png", (grey, grey, grey))
        names.append(f"media/n{number:02}.png")
    with_media(page, *names)
    return names


# colours


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("mode", list(Mode))
async def test_a_picture_is_shown_in_its_true_colours(desk, mode, size):
    async with desk(size, mode=mode) as d:
        await d.press("f3")
        assert shows(d, COLOURS["red"])
        await d.press("space")
        assert shows(d, COLOURS["green"])
        await d.press("left")
        assert shows(d, COLOURS["red"])


async def test_a_half_cell_shows_the_upper_pixel_over_the_lower_one(desk, page):
    image = Image.new("RGB", (60, 60), (250, 240, 10))
    image.paste((10, 20, 250), (0, 30, 60, 60))
    image.save(page / "media/red.png")
    async with desk() as d:
        region = d.preview.picture.region
        column = region.x + region.width // 2
        upper, lower = (d.colours(column, y) for y in (region.y + 1, region.bottom - 2))
        assert any(near(found, (250, 240, 10)) for found in upper)
        assert any(near(found, (10, 20, 250)) for found in lower)


async def test_what_is_transparent_shows_the_ground_of_the_theme_also_of_the_next_one(desk, page):
    Image.new("RGBA", (40, 50), (0, 0, 0, 0)).save(page / "media/red.png")
    async with desk() as d:
        assert shows(d, rgb(d.app.current_theme.background))
        d.app.register_theme(paper := _theme("paper"))
        d.app.theme = paper.name
        await d.settle()
        assert shows(d, rgb(paper.background))


def _theme(name):
    from studio.app.themes import load_theme, shipped_themes

    return load_theme(name, [shipped_themes()])


def picture_rows(d):
    """The colours of the picture's own rows, cell by cell."""
    region = d.preview.picture.region
    rows = d.cells()[region.y : region.bottom]
    return [row[region.x : region.right] for row in rows]


async def test_a_notice_over_the_picture_leaves_the_rest_of_it_alone(desk, page):
    noise = np.random.default_rng(3).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(page / "media/red.png")
    async with desk((110, 35)) as d:
        await d.press("f3", "f6")
        before = picture_rows(d)
        d.app.notify("Kept.\n" * 12, timeout=60)
        await d.settle()
        assert "Kept." in d.text()
        from textual.widgets._toast import Toast

        covered = next(iter(d.app.screen.query(Toast))).region
        region = d.preview.picture.region
        assert region.overlaps(covered)
        after = picture_rows(d)
        for y, (old, new) in enumerate(zip(before, after, strict=True)):
            for x, (one, other) in enumerate(zip(old, new, strict=True)):
                if not covered.contains(region.x + x, region.y + y):
                    assert one == other, (x, y)


async def test_a_dialog_over_the_picture_dims_it_and_goes_without_a_trace(desk, page):
    noise = np.random.default_rng(3).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(page / "media/red.png")
    async with desk() as d:
        before = picture_rows(d)
        region = d.preview.picture.region
        await d.press("r")
        assert d.dialog == "AskLine"
        row = d.cells()[region.y + 3][region.x : region.right]
        assert len({ground for _, ground in row}) > 10, "the picture is blank behind the dialog"
        await d.press("escape")
        assert picture_rows(d) == before


@pytest.mark.parametrize("mode", list(Mode))
async def test_without_colour_a_picture_is_grey_and_still_a_picture(desk, monkeypatch, mode):
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(mode=mode) as d:
        await d.press("f3")
        for row in d.segments():
            for segment in row:
                for colour in (segment.style.color, segment.style.bgcolor):
                    if colour is not None and not colour.is_default:
                        red, green, blue = colour.get_truecolor()
                        assert max(red, green, blue) - min(red, green, blue) <= 1
        first = middle(d)
        await d.press("space")
        assert middle(d) != first
        await d.press("p")
        await d.press("left")
        assert "✓ keep" in d.text()


# what cannot be shown


def png_of(width, height):
    """A PNG that claims a size and has next to nothing in it."""

    def chunk(name, data):
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def broken(page):
    """Files that cannot be shown, and a word that each must be met with."""
    whole = (page / "media/red.png").read_bytes()
    put(page, "media/zero.png", b"")
    put(page, "media/cut.png", whole[: len(whole) // 2])
    put(page, "media/enormous.png", png_of(60_000, 60_000))
    put(page, "media/page.jpg", b"<!doctype html><title>Log in</title>")
    put(page, "media/torn.mp4", (page / "media/tape.mp4").read_bytes()[:600])
    put(page, "media/words.mp4", b"just words")
    (page / "media/folder.png").mkdir()
    os.mkfifo(page / "media/pipe.png")
    os.mkfifo(page / "media/pipe.mp4")
    (page / "media/loop.png").symlink_to("loop.png")
    (page / "media/nowhere.png").symlink_to("gone.png")
    return {
        "zero.png": "empty",
        "cut.png": "damaged",
        "enormous.png": "million pixels",
        "page.jpg": "web page",
        "torn.mp4": "torn.mp4",
        "words.mp4": "not a clip",
        "folder.png": "folder",
        "pipe.png": "pipe",
        "pipe.mp4": "pipe",
        "loop.png": "cannot be opened",
        "nowhere.png": "no such file",
        "missing.png": "no such file",
    }


async def test_what_cannot_be_shown_says_why_in_its_place_and_the_next_one_is_shown(desk, page):
    expected = broken(page)
    names = [name for wrong in expected for name in (f"media/{wrong}", "media/green.png")]
    with_media(page, "media/red.png", *dict.fromkeys(names))
    async with desk((110, 35)) as d:
        await d.press("f3")
        for name, word in expected.items():
            d.preview.look_at(f"media/{name}")
            await d.settle()
            message = d.preview.picture.message
            assert name in message, name
            assert word in message, (name, message)
            assert name in d.text(d.preview.picture)
            d.assert_safe()
        await d.press("home")
        assert shows(d, COLOURS["red"])
        await d.press("space", "space")
        assert d.preview.picture.message == "" or d.preview.path != "media/green.png"


async def test_a_verdict_on_a_broken_file_is_kept_all_the_same(desk, page):
    put(page, "media/red.png", b"")
    async with desk() as d:
        await d.press("f3", "x")
        assert 'Rating="-1"' in d.file("media/red.png.xmp")
        assert shows(d, COLOURS["green"])


async def test_a_damaged_sidecar_is_told_and_never_overwritten(desk, page):
    put(page, "media/red.png.xmp", "<not xmp")
    async with desk() as d:
        assert any("red.png.xmp" in words for words in d.toasts())
        await d.press("f3", "p")
        assert d.file("media/red.png.xmp") == "<not xmp"


async def test_a_sidecar_of_another_program_keeps_what_it_says(desk, page):
    put(
        page,
        "media/red.png.xmp",
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:darktable="http://darktable.sf.net/" xmp:Rating="2" darktable:auto="7"/>'
        "</rdf:RDF></x:xmpmeta>",
    )
    async with desk() as d:
        assert "★★☆☆☆" in d.text(d.preview)
        await d.press("f3", "4")
        text = d.file("media/red.png.xmp")
        assert 'darktable:auto="7"' in text
        assert 'xmp:Rating="4"' in text


# clips


async def test_a_clip_shows_its_poster_and_its_length(desk):
    async with desk() as d:
        await d.choose("vhs")
        assert shows(d, (200, 30, 20)) or shows(d, middle(d)[1])
        red, green, blue = max(middle(d), key=sum)
        assert red > 150
        assert max(green, blue) < 90
        words = d.text(d.preview.query_one("#status"))
        assert "tape.mp4" in words
        assert "48×64" in words
        assert "0:02.0" in words


async def test_a_clip_replaced_outside_gets_another_poster(desk, page):
    async with desk() as d:
        await d.choose("vhs")
        clip(page / "media/tape.mp4", (20, 40, 220), seconds=3)
        await d.heard("media/tape.mp4")
        red, _, blue = max(middle(d), key=sum)
        assert blue > 120 > red
        assert "0:03.0" in d.text(d.preview)


# going through


async def test_next_and_previous_stop_at_the_ends(desk):
    async with desk() as d:
        await d.press("f3", "left", "h")
        assert d.preview.path == "media/red.png"
        await d.press("space", "right", "l", "space", "space")
        assert d.preview.path == "media/gold.png"
        assert "4 of 4" in d.text(d.preview)
        assert shows(d, COLOURS["gold"])


async def test_a_held_key_ends_on_the_right_picture(desk, page):
    names = many(page, 20)
    async with desk() as d:
        await d.press("f3")
        await d.burst(*["space"] * 13)
        assert d.preview.path == names[13]
        grey = 20 + 13 * 11
        assert shows(d, (grey, grey, grey))
        await d.burst(*["space"] * 30, *["left"] * 5)
        assert d.preview.path == names[14]
        assert shows(d, (20 + 14 * 11,) * 3)


async def test_verdicts_struck_fast_land_each_on_its_own_picture(desk, page):
    names = many(page, 12)
    async with desk() as d:
        await d.press("f3")
        await d.burst("p", "x", "3", "p", "x", "5")
        wanted = ["kept", "-1", "3", "kept", "-1", "5"]
        for name, sign in zip(names, wanted, strict=False):
            text = d.file(f"{name}.xmp")
            assert ('kept="true"' if sign == "kept" else f'Rating="{sign}"') in text, name
        assert d.preview.path == names[6]
        assert str(d.preview.border_subtitle) == "unjudged 8   kept 2   rejected 2"
        await d.burst(*["ctrl+z"] * 6)
        assert not list((page / "media").glob("*.xmp"))


async def test_the_last_verdict_stays_on_the_last_picture(desk):
    async with desk() as d:
        await d.press("f3", "end", "p")
        assert d.preview.path == "media/gold.png"
        assert "✓ keep" in d.text(d.preview)


async def test_pictures_are_drawn_ahead_in_the_direction_of_travel(desk, page, monkeypatch):
    names = many(page, 12)
    async with desk() as d:
        await d.press("f3", "space")
        drawn = [
            index
            for index in range(12)
            if d.preview.bench.get(d.preview.bench.large(names[index], *d.preview.picture.size))
        ]
        assert drawn[:5] == [0, 1, 2, 3, 4]
        shown = []
        show = d.preview.picture.show
        d.preview.picture.show = lambda cells: (shown.append(cells), show(cells))
        monkeypatch.setattr(LookAhead, "want", lambda self, requests: None)
        d.send("space")
        await d.until(lambda: d.preview.path == names[2])
        assert shown, "a picture that is drawn already needs nobody to draw it"


async def test_the_pane_comes_back_to_an_idea_at_its_first_picture(desk):
    async with desk() as d:
        await d.press("f3", "space", "space", "f2")
        await d.choose("arcade")
        assert "This idea has no pictures yet." in d.text(d.preview)
        await d.choose("xmas")
        assert d.preview.path == "media/red.png"
        assert shows(d, COLOURS["red"])


async def test_a_new_picture_in_the_folder_shows_up_among_all(desk, page):
    async with desk() as d:
        await d.press("f3", "a")
        assert "of 6" in d.text(d.preview)
        picture(page / "media/new/zebra.png", (9, 200, 200))
        await d.heard("media/new/zebra.png")
        assert "of 7" in d.text(d.preview)
        (page / "media/violet.png").unlink()
        await d.heard("media/violet.png")
        assert "of 6" in d.text(d.preview)
        await d.press("end")
        assert "tape.mp4" in d.text(d.preview) or "zebra.png" in d.text(d.preview)


async def test_a_picture_changed_outside_is_drawn_anew(desk, page):
    async with desk() as d:
        picture(page / "media/red.png", COLOURS["violet"], (60, 60))
        await d.heard("media/red.png")
        assert shows(d, COLOURS["violet"])
        assert "60×60" in d.text(d.preview)


# filmstrip


def thumbs(d):
    """The colour of each small picture in the strip."""
    region = d.preview.strip.region
    step = THUMB_COLUMNS + GAP
    y = region.y + 2
    return [
        d.colours(region.x + at * step + THUMB_COLUMNS // 2, y)[1]
        for at in range(d.preview.strip.room())
    ]


async def test_the_filmstrip_is_a_window_around_the_picture_shown(desk, page):
    many(page, 20)
    async with desk() as d:
        room = d.preview.strip.room()
        assert 4 < room < 20
        await d.press("f3")
        for keys, first in ((["home"], 0), (["end"], 20 - room)):
            await d.press(*keys)
            for place, colour in enumerate(thumbs(d)):
                assert near(colour, (20 + (first + place) * 11,) * 3), place
        await d.press("home", *["space"] * 10)
        first = d.preview.strip._first
        assert first == 10 - room // 2
        assert near(thumbs(d)[10 - first], (20 + 10 * 11,) * 3)
        under = d.text(d.preview.strip).splitlines()[-1]
        assert under[(10 - first) * (THUMB_COLUMNS + GAP)] == "▔"


async def test_the_strip_shows_verdicts_in_signs(desk):
    async with desk() as d:
        await d.press("f3", "p", "x", "3")
        under = d.text(d.preview.strip).splitlines()[-1]
        assert under.split() == ["✓", "✗", "★★★", "▔▔▔▔▔▔▔▔"]


async def test_a_click_on_the_strip_shows_that_picture(desk):
    async with desk() as d:
        await d.pilot.click("#filmstrip", offset=(2 * (THUMB_COLUMNS + GAP) + 1, 2))
        await d.settle()
        assert d.preview.path == "media/blue.png"
        assert d.pane == "preview"


# sizes


async def test_the_picture_follows_the_terminal_through_every_width(desk):
    async with desk((160, 45)) as d:
        await d.press("f3")
        for size in ((110, 35), (70, 30), (40, 12), (20, 6), (200, 60), (100, 20)):
            await d.resize(*size)
            picture_view = d.preview.picture
            cells = picture_view.cells
            if picture_view.size.width >= 2 and picture_view.size.height >= 2:
                assert cells.columns <= picture_view.size.width
                assert cells.rows <= picture_view.size.height
                assert (
                    cells.columns == picture_view.size.width
                    or cells.rows == picture_view.size.height
                    or cells.rows + 1 >= picture_view.size.height
                    or cells.columns + 1 >= picture_view.size.width
                )
                assert shows(d, COLOURS["red"])


async def test_filling_the_screen_draws_the_picture_larger(desk):
    async with desk() as d:
        await d.press("f3")
        before = d.preview.picture.cells.columns * d.preview.picture.cells.rows
        await d.press("f6")
        after = d.preview.picture.cells.columns * d.preview.picture.cells.rows
        assert after >= before
        assert d.preview.region.width == 160
        await d.press("f6")
        assert d.preview.picture.cells.columns * d.preview.picture.cells.rows == before


async def test_nothing_is_decoded_before_the_first_frame(desk, monkeypatch):
    order = []
    begin = PreviewPane.begin
    monkeypatch.setattr(PreviewPane, "begin", lambda self: (order.append("begin"), begin(self))[1])
    async with desk(settle=False) as d:
        assert d.preview.picture.cells is None or order == ["begin"]
        await d.settle()
        assert order == ["begin"]
        assert d.preview.picture.cells is not None
