"""Review as a creator does it: from many takes to the few that are posted, by key alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from textual.geometry import Region

from studio.media.verdict import Verdict
from studio.preview.overlay import OVERLAYS
from tests.app.page import COLOURS, picture
from tests.app.parts import files, picture_cells, sidecars, title, verdict, verdict_words
from tests.app.test_preview_pane import many, with_media

RED, GREEN, BLUE, GOLD = (f"media/{name}.png" for name in ("red", "green", "blue", "gold"))


def noise(path, seed=3, size=(400, 300)):
    """A picture of which every part can be told from every other; returns its pixels."""
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), np.uint8)
    Image.fromarray(pixels).save(path)
    return pixels


def seen(d, region):
    """The pixels that half cells show in a part of the screen: an array of two rows a cell."""
    halves = {"▀": (0, 1), "▄": (1, 0), "█": (0, 0), " ": (1, 1)}
    cells, words = d.cells(), d.rows()
    rows = []
    for y in range(region.y, region.bottom):
        both = [
            [cells[y][x][halves[words[y][x]][half]] for x in range(region.x, region.right)]
            for half in (0, 1)
        ]
        rows += both
    return np.array(rows)


def place_in(part, whole):
    """Where in a picture these pixels are, as (column, row); every one of them must agree."""
    starts = np.argwhere((whole == part[0, 0]).all(axis=2))
    high, wide = part.shape[:2]
    for y, x in starts:
        if np.array_equal(whole[y : y + high, x : x + wide], part):
            return int(x), int(y)
    raise AssertionError("what is shown is no part of the picture")


def corner(d, whole):
    """Where in a picture that is shown at 1600 % the upper left corner of the view is.

    There each of its pixels is one cell high and two wide.
    """
    region = d.preview.picture.region
    part = seen(d, Region(region.x, region.y, 20, 6))
    assert np.array_equal(part[::2], part[1::2])
    return place_in(part[::2, ::2], whole)


async def wait_for_facts(d):
    """Wait until every file of the project was looked into."""
    media = d.session.media
    await d.until(lambda: media.findings.known == len(media.of(None)))
    await d.settle()


# large


async def test_the_smallest_real_pixels_are_the_pictures_own(desk, page):
    whole = noise(page / RED)
    async with desk() as d:
        await d.press("f3", "z")
        assert "800 %" in title(d)  # of a terminal's pixels: half a cell each
        region = d.preview.picture.region
        place_in(seen(d, Region(region.x, region.y, 20, 6)), whole)


async def test_real_pixels_are_the_pictures_own_and_the_arrows_go_over_it(desk, page):
    whole = noise(page / RED)
    async with desk() as d:
        await d.press("f3", "z", "+")
        assert "1600 %" in title(d)
        x, y = corner(d, whole)
        await d.press("right")
        right, same = corner(d, whole)
        assert right > x
        assert same == y
        await d.press("down")
        _, below = corner(d, whole)
        assert below > y
        assert d.preview.path == RED
        await d.press(*["left"] * 40, *["up"] * 40)
        assert corner(d, whole) == (0, 0)
        await d.press("right")
        assert corner(d, whole)[0] > 0, "it did not stop at the edge"
        await d.press("escape", "right")
        assert d.preview.path == GREEN


async def test_zooming_shows_the_point_that_was_chosen(desk, page):
    whole = noise(page / RED)
    async with desk() as d:
        await d.press("f3", *["shift+right"] * 6, *["shift+down"] * 4, "z", "+")
        region = d.preview.picture.region
        x, y = corner(d, whole)
        assert x + region.width // 4 == pytest.approx(0.74 * 400, abs=1)
        assert y + region.height // 2 == pytest.approx(0.66 * 300, abs=1)


async def test_the_next_picture_is_seen_at_the_same_place_and_size(desk, page):
    first = noise(page / RED)
    Image.fromarray(255 - first).save(page / GREEN)
    async with desk() as d:
        await d.press("f3", "z", "+", "right", "down")
        before = corner(d, first)
        await d.press("space")
        assert d.preview.path == GREEN
        assert corner(d, 255 - first) == before


async def test_filling_cuts_what_does_not_fit_and_fitting_shows_it_again(desk, page):
    image = Image.new("RGB", (40, 200), (20, 160, 40))
    image.paste((200, 30, 20), (0, 0, 40, 20))
    image.save(page / RED)

    def red_cells():
        return sum(
            any(red > 150 and green < 90 for red, green, _ in cell)
            for row in picture_cells(d)
            for cell in row
        )

    async with desk() as d:
        await d.press("f3")
        assert red_cells() > 5
        await d.press("f")
        assert red_cells() == 0
        assert all(
            any(green > 120 > red for red, green, _ in cell)
            for row in picture_cells(d)
            for cell in row
        ), "the pane is not filled"
        await d.press("f")
        assert red_cells() > 5


async def test_each_overlay_is_seen_on_the_picture_and_goes_without_a_trace(desk, page):
    noise(page / RED, size=(270, 480))
    async with desk() as d:
        await d.press("f3")
        plain = picture_cells(d)
        looks = [plain]
        for name in OVERLAYS:
            await d.press("o")
            d.app.clear_notifications()
            await d.settle()
            assert name in title(d)
            assert picture_cells(d) not in looks, name
            looks.append(picture_cells(d))
        await d.press("o")
        assert picture_cells(d) == plain
        await d.press("o", "o", "O")
        d.app.clear_notifications()
        await d.settle()
        assert picture_cells(d) == plain


async def test_the_loupe_shows_the_point_in_real_pixels_beside_the_whole(desk, page):
    whole = np.zeros((600, 480, 3), np.uint8)
    whole[::8] = whole[1::8] = whole[2::8] = whole[3::8] = 255  # lines too fine for the whole
    Image.fromarray(whole).save(page / RED)

    def sharp():
        return sum(
            max(abs(sum(one) - sum(other)) for one, other in [cell]) > 600
            for row in picture_cells(d)
            for cell in row
        )

    async with desk() as d:
        await d.press("f3")
        before = sharp()
        await d.press("d")
        assert sharp() > before + 50
        await d.press("d")
        assert sharp() == before


async def test_a_click_points_and_the_note_is_pinned_there(desk, page):
    noise(page / RED, size=(400, 500))
    async with desk() as d:
        await d.press("f3")
        view = d.preview.picture
        left, top = view.picture_offset
        columns, rows = view.cells.columns, view.cells.rows
        await d.pilot.click("#picture", offset=(left + columns // 4, top + rows * 3 // 4))
        await d.press("w")
        assert "at the point" in d.text()
        await d.type("six fingers")
        await d.press("enter")
        (pin,) = verdict(d, RED).pins
        assert pin.text == "six fingers"
        assert pin.x == pytest.approx(0.25, abs=1.5 / columns)
        assert pin.y == pytest.approx(0.75, abs=1.5 / rows)


# notes


async def test_a_pinned_note_is_in_the_sidecar_on_the_picture_and_in_the_list(desk, page):
    picture(page / RED, COLOURS["red"], (400, 500))
    async with desk() as d:
        await d.press("f3")
        assert "1" not in d.text(d.preview.picture)
        await d.press(*["shift+right"] * 6, "w")
        await d.type("hand")
        await d.press("enter", *["shift+down"] * 6, "w")
        await d.type("lamp [/] melts")
        await d.press("enter", "escape")
        first, second = verdict(d, RED).pins
        assert (first.text, second.text) == ("hand", "lamp [/] melts")
        assert (round(first.x, 2), round(first.y, 2)) == (0.74, 0.5)
        assert (round(second.x, 2), round(second.y, 2)) == (0.74, 0.74)
        assert "hand" in d.file(f"{RED}.xmp")
        rows = d.text(d.preview.picture).splitlines()
        (one,) = [y for y, row in enumerate(rows) if "1" in row]
        (two,) = [y for y, row in enumerate(rows) if "2" in row]
        assert one < two
        assert rows[one].index("1") > len(rows[one]) // 2
        assert "✎ hand +1" in verdict_words(d)
        await d.press("t")
        words = " ".join(d.listed().split())
        assert "1 middle right" in words
        assert "2 lower right" in words
        assert "lamp [/] melts" in words
        await d.press("f3", "space")
        assert "1" not in d.text(d.preview.picture)
        await d.press("ctrl+z", "ctrl+z")
        assert not (page / f"{RED}.xmp").exists()


async def test_a_note_without_a_point_is_on_the_whole_and_can_be_changed(desk):
    async with desk() as d:
        await d.press("f3", "w")
        await d.type("too dark")
        await d.press("enter", "w")
        assert d.app.focused.value == "too dark"
        await d.type(", but good")
        await d.press("enter")
        assert verdict(d, RED).note == "too dark, but good"
        await d.press("w", "escape")
        assert verdict(d, RED).note == "too dark, but good"


# two, several, many


def halves(d):
    """The two pictures of a comparison, as pixels."""
    tiles = d.preview.several.tiles
    regions = [tiles._extent(index).translate(tiles.region.offset) for index in (0, 1)]
    return [seen(d, region) for region in regions]


async def test_two_compared_are_zoomed_and_moved_together(desk, page):
    first = noise(page / RED, size=(800, 600))
    Image.fromarray(255 - first).save(page / GREEN)
    async with desk() as d:
        await d.press("f3", "f6", "c")
        assert "red.png" in d.text(d.preview.face)
        assert "green.png" in d.text(d.preview.face)
        places = []
        for keys in (["z"], ["right"], ["down", "down"], ["left", "left"]):
            await d.press(*keys)
            left, right = halves(d)
            apart = np.abs(left.astype(int) + right - 255).max()
            assert apart <= 12, "they do not show the same part"
            places.append(left.tobytes())
        assert len(set(places)) == len(places), "the arrows move nothing"
        assert d.preview.path == GREEN, "the arrows go over the pictures, not to the next"


async def test_in_a_comparison_the_verdict_goes_to_the_chosen_one_and_space_brings_another(desk):
    async with desk() as d:
        await d.press("f3", "c")
        await d.press("x")
        assert verdict(d, GREEN).keep is False
        await d.press("space")
        words = d.text(d.preview.face)
        assert "red.png" in words
        assert "blue.png" in words
        assert "green.png" not in words
        await d.press("up", "p")
        assert verdict(d, RED).keep is True
        assert verdict(d, BLUE) == Verdict()


def takes(page, count=3):
    """A series of takes among other pictures of the idea."""
    names = [f"media/cosy-{number}.png" for number in range(1, count + 1)]
    for number, name in enumerate(names):
        picture(page / name, (60 + 40 * number, 60, 40))
    with_media(page, RED, *names, GREEN)
    return names


async def test_a_survey_shows_the_group_and_what_is_rejected_leaves_it(desk, page):
    names = takes(page)
    async with desk() as d:
        await d.press("f3", "space", "n")
        assert "survey" in title(d)
        words = d.text(d.preview.face)
        assert all(name.rpartition("/")[2] in words for name in names)
        assert "red.png" not in words
        assert "green.png" not in words
        await d.press("x")
        assert verdict(d, names[0]).keep is False
        words = d.text(d.preview.face)
        assert "cosy-1.png" not in words
        assert "cosy-2.png" in words
        assert "cosy-3.png" in words
        await d.press("space", "x")
        assert verdict(d, names[2]).keep is False
        assert "survey" not in title(d), "one alone is no survey"
        assert d.preview.path == names[1]
        assert sidecars(d) == ["cosy-1.png.xmp", "cosy-3.png.xmp"]


async def test_a_survey_of_marked_ones_shows_those(desk):
    async with desk() as d:
        await d.press("f3", "s", "space", "s", "n")
        words = d.text(d.preview.face)
        assert "red.png" in words
        assert "blue.png" in words
        assert "green.png" not in words


async def test_the_grid_marks_several_and_a_verdict_on_them_is_one_step_of_undo(desk, page):
    names = many(page, 30)
    async with desk() as d:
        await d.press("f3", "g")
        across = d.preview.many.grid.columns_fit()
        assert 1 < across < 30
        await d.press("down")
        assert d.preview.path == names[across]
        await d.press("right", "up")
        assert d.preview.path == names[1]
        await d.press("s", "s", "down", "s")
        marked = [names[1], names[2], names[across + 3]]
        assert "3 marked" in title(d)
        await d.press("x")
        assert "marked" not in title(d)
        assert [name for name in names if verdict(d, name).keep is False] == marked
        assert str(d.preview.border_subtitle) == "unjudged 27   kept 0   rejected 3"
        assert any("Reject: 3 files" in words for words in d.toasts())
        await d.press("ctrl+z")
        assert sidecars(d) == []
        assert str(d.preview.border_subtitle) == "unjudged 30   kept 0   rejected 0"
        await d.press("ctrl+y")
        assert [name for name in names if verdict(d, name).keep is False] == marked


async def test_a_label_on_several_is_given_to_all_before_it_is_taken_off(desk):
    async with desk() as d:
        await d.press("f3", "7", "S", "7")
        assert [verdict(d, one).label for one in (RED, GREEN, BLUE, GOLD)] == ["Yellow"] * 4
        await d.press("S", "7")
        assert [verdict(d, one).label for one in (RED, GREEN, BLUE, GOLD)] == [None] * 4
        await d.press("ctrl+z")
        assert verdict(d, GOLD).label == "Yellow"


async def test_keeping_one_and_rejecting_the_rest_of_its_group_is_one_undo(desk, page):
    names = takes(page, 4)
    async with desk() as d:
        await d.press("f3", "space", "4", "6", "space", "p")  # stars, a label, a keep before
        before = files(page)
        d.preview.look_at(names[1])
        await d.press("P")
        assert [verdict(d, name).keep for name in names] == [False, True, False, False]
        assert verdict(d, names[0]).stars == 4
        assert verdict(d, RED) == verdict(d, GREEN) == Verdict()
        assert d.preview.path == GREEN, "it goes on to what is not in the group"
        await d.press("ctrl+z")
        assert files(page) == before


# filter


async def test_the_filter_counts_while_it_is_ticked(desk):
    async with desk() as d:
        await d.press("f3", "p", "x", "3", "home", "6", "slash")
        assert d.dialog == "ChoosingScreen"

        def count(words):
            lines = d.text(d.app.screen.query_one("#facets")).splitlines()
            (line,) = [line for line in lines if words in line]
            return int(line.split()[-1])

        assert "Filter  4 of 4" in d.text()
        assert (count("unjudged"), count("kept"), count("rejected")) == (2, 1, 1)
        assert (count("★★★ and more"), count("Red")) == (1, 1)
        await d.press("down", "space")
        assert "Filter  1 of 4" in d.text()
        assert (count("Red"), count("rejected")) == (1, 2)  # one more, if it is ticked as well
        await d.press("down", "space")
        assert "Filter  2 of 4" in d.text()
        await d.press("enter")
        assert "kept, rejected (2 of 4)" in title(d)
        assert d.preview.path == RED
        await d.press("space")
        assert d.preview.path == GREEN
        await d.press("slash", "backspace", "escape")
        assert "(2 of 4)" in title(d), "Escape leaves the filter as it was"
        await d.press("slash", "backspace", "enter")
        assert "2 of 4)" not in title(d)


async def test_the_filter_is_typed_among_all_media(desk):
    async with desk() as d:
        await d.press("f3", "3", "5", "p", "a", "slash")
        await d.type("3+")
        assert "Filter  2 of 6" in d.text()
        await d.press(*["backspace"] * 2)
        await d.type("unused")
        assert "Filter  1 of 6" in d.text()
        assert d.preview.path == "media/violet.png"
        await d.press(*["backspace"] * 6)
        await d.type("clip")
        assert d.preview.path == "media/tape.mp4"
        await d.press(*["backspace"] * 4)
        await d.type("idea:xmas unjudged")
        await d.press("enter")
        assert "(3 of 6)" in title(d)
        assert [one.rpartition("/")[2] for one in d.preview.bench.table.paths] == [
            "gold.png",
            "green.png",
            "red.png",
        ]
        await d.press("slash", *["backspace"] * 40)
        await d.type("nothing like it")
        await d.press("enter")
        await d.until(lambda: "Nothing matches the filter." in d.text(d.preview))
        await d.press("escape")
        assert "of 6" in title(d)


@pytest.mark.parametrize("fast", [False, True], ids=["slow", "fast"])
async def test_among_the_unjudged_a_verdict_goes_on_and_skips_none(desk, page, fast):
    names = many(page, 12)
    async with desk() as d:
        await d.press("f3", "slash", "space", "enter")
        assert "unjudged (12 of 12)" in title(d)
        keys = ["p", "x", "p", "x", "x", "p", "p", "x", "p", "x", "p"]
        if fast:
            await d.burst(*keys)
        else:
            for key, name in zip(keys, names, strict=False):
                assert d.preview.path == name
                await d.press(key)
        told = [verdict(d, name).keep for name in names]
        assert told == [key == "p" for key in keys] + [None]
        assert d.preview.path == names[-1]
        assert "unjudged (1 of 12)" in title(d)
        await d.press("x")
        assert "Nothing matches the filter." in d.text(d.preview)
        await d.press("ctrl+z")
        assert d.preview.path == names[-1]


# ideas


async def test_several_go_into_an_idea_and_are_put_in_order(desk):
    async with desk() as d:
        await d.choose("corner-shop")
        await d.press("f3", "a")
        for name in ("violet.png", "blue.png"):
            d.preview.look_at(f"media/{name}")
            await d.press("s")
        assert "2 marked" in title(d)
        await d.press("i")
        assert "media: [media/violet.png, media/blue.png]" in d.file("ideas/corner-shop.md")
        assert any("Also used in “Christmas morning 1989”" in words for words in d.toasts())
        d.preview.look_at(BLUE)
        d.app.clear_notifications()
        await d.settle()
        assert "in this idea" in verdict_words(d)
        assert "used in “Christmas" in verdict_words(d)
        await d.press("a", "home")
        assert "of 2" in title(d)
        assert d.preview.path == "media/violet.png"
        await d.press(">")
        assert "media: [media/blue.png, media/violet.png]" in d.file("ideas/corner-shop.md")
        assert d.preview.path == "media/violet.png"
        assert "2 of 2" in title(d)
        await d.press(">")
        assert "media: [media/blue.png, media/violet.png]" in d.file("ideas/corner-shop.md")
        await d.press("<")
        assert "media: [media/violet.png, media/blue.png]" in d.file("ideas/corner-shop.md")
        await d.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert "media:" not in d.file("ideas/corner-shop.md")


# clearing


async def test_the_rejected_are_listed_then_go_to_the_trash_and_come_back_whole(desk, page):
    noise(page / "media/spare.png")
    async with desk() as d:
        await d.press("f3", "x", "a")
        for name in ("spare.png", "violet.png"):
            d.preview.look_at(f"media/{name}")
            await d.press("w")
            await d.type("not this")
            await d.press("enter", "x")
        before = files(page)
        await d.press("delete")
        assert d.dialog == "ClearingScreen"
        words = d.text()
        assert "2 files" in words
        assert "1 in use by an idea stays" in words
        assert "used in “Christmas morning 1989”" in words
        assert files(page) == before, "a list changes nothing"
        await d.press("enter", "enter")
        assert d.dialog == ""
        gone = {"media/spare.png", "media/violet.png"}
        gone |= {f"{name}.xmp" for name in gone}
        assert set(before) - set(files(page)) == gone
        trashed = {
            path.name: path.read_bytes() for path in (page / ".trash").rglob("*") if path.is_file()
        }
        for name in gone:
            assert before[name] in trashed.values(), name
        assert "of 5" in title(d)
        await d.press("ctrl+z")
        assert files(page) == before
        assert "of 7" in title(d)


async def test_leaving_the_list_of_the_rejected_clears_nothing_and_one_can_be_left_out(desk, page):
    async with desk() as d:
        await d.press("f3", "a")
        for name in ("violet.png", "tape.mp4"):
            d.preview.look_at(f"media/{name}")
            await d.press("x")
        before = files(page)
        await d.press("delete", "escape")
        assert (d.dialog, files(page)) == ("", before)
        await d.press("delete")
        assert "1 file," in d.text()  # the clip is in an idea
        await d.press("space")
        listed = d.app.screen.query_one("#clear").disabled
        first = "media/tape.mp4" in d.app.screen._going
        assert first is not listed
        await d.press("escape")
        assert files(page) == before


# checks


async def test_a_tick_of_mine_wins_over_a_check_and_the_filter_follows(desk):
    async with desk() as d:
        await d.press("f3")
        await wait_for_facts(d)
        failing = [
            check.id for check in d.session.media.found(RED).checks if check.answer == "fail"
        ]
        assert failing
        await d.press("slash")
        await d.type("problems")
        await d.press("enter")
        assert "problems (4 of 4)" in title(d)
        await d.press("t")
        assert len(failing) > 1
        for check in failing:
            assert "problems (4 of 4)" in title(d)
            d.numbers.checks.cursor = f"check/{check}"
            await d.press("y")
            told = d.text(d.numbers)
            assert "you: fine" in told or check == failing[-1]  # then it is the next one's list
        assert dict(verdict(d, RED).ticks) == dict.fromkeys(failing, "pass")
        assert "problems (3 of 4)" in title(d)
        assert d.preview.path == GREEN
        await d.press("ctrl+z")
        assert "problems (4 of 4)" in title(d)


async def test_what_i_tick_as_wrong_is_wrong_whatever_the_checks_say(desk):
    async with desk() as d:
        await d.press("f3")
        await wait_for_facts(d)
        await d.press("t")
        for check in d.session.media.found(RED).checks:
            d.numbers.checks.cursor = f"check/{check.id}"
            await d.press("y")
        await d.press("f3", "slash")
        await d.type("problems")
        await d.press("enter")
        assert d.preview.path == GREEN
        await d.press("escape", "home", "t", "end")
        rows = [row.key for row in d.numbers.checks.rows if row.key.startswith("tick/")]
        d.numbers.checks.cursor = rows[0]
        await d.press("n")
        assert (rows[0].removeprefix("tick/"), "fail") in verdict(d, RED).ticks
        assert "[✗]" in d.text(d.numbers)
        await d.press("f3", "slash")
        await d.type("problems")
        await d.press("enter")
        assert d.preview.path == RED


EVIL = "a cosy [/] room [bold]\x1b[31m\x9b2J \u202egnp.evil\u202c \u2066x\x00 end of it"


async def test_what_a_picture_says_of_its_making_is_shown_and_steers_nothing(desk, page):
    info = PngImagePlugin.PngInfo()
    info.add_itxt(
        "parameters",
        f"{EVIL}\nNegative prompt: flat screen\n"
        "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1234, Size: 40x50, Model: dreamy",
    )
    Image.new("RGB", (40, 50), (200, 30, 20)).save(page / RED, pnginfo=info)
    async with desk() as d:
        await d.press("f3", "t")
        words = d.listed()
        for said in ("dreamy", "1234", "a cosy [/] room [bold]", "flat screen", "Euler a"):
            assert said in words, said
        d.assert_safe()
        await d.press("f3", "slash")
        await d.type("cosy end")
        await d.press("enter")
        assert d.preview.path == RED
        assert "(1 of 4)" in title(d)
        d.assert_safe()


# again tomorrow


async def test_yesterdays_verdict_is_taken_back_after_a_restart(desk, page):
    before = files(page)
    async with desk() as d:
        await d.press("f3", "x", "3", "6")
        yesterday = files(page)
    async with desk() as d:
        assert "rejected 1" in str(d.preview.border_subtitle)
        await d.press("f3", "p")
        await d.press("ctrl+z")
        assert files(page) == yesterday
        await d.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert files(page) == before
        assert verdict_words(d).startswith("☆☆☆☆☆  unjudged")
        await d.press("ctrl+y")
        assert verdict(d, RED).keep is False


async def test_a_verdict_made_elsewhere_is_shown_here(desk, page):
    async with desk() as d:
        await d.press("f3", "x")
        data = (page / f"{RED}.xmp").read_bytes()
        await d.outside(f"{GREEN}.xmp", data)
        assert str(d.preview.border_subtitle) == "unjudged 2   kept 0   rejected 2"
        await d.outside(f"{GREEN}.xmp", None)
        assert str(d.preview.border_subtitle) == "unjudged 3   kept 0   rejected 1"
