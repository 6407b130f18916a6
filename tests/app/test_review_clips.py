"""Clips in review: playing, stepping, marks, notes on a stretch, and players that die."""

from __future__ import annotations

import os
import signal
from itertools import pairwise

import av
import pytest
from PIL import Image

from tests.app.page import put
from tests.app.parts import (
    at_frame,
    files,
    line_says,
    line_words,
    picture_cells,
    verdict,
    verdict_words,
)
from tests.app.test_preview_pane import near, shows, with_media

TAPE, RED = "media/tape.mp4", "media/red.png"


def turning(path, seconds=2):
    """A clip that is blue in its first half and yellow in its second, ten frames a second."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 48, 64, "yuv420p"
        for number in range(10 * seconds):
            colour = (20, 30, 220) if number < 5 * seconds else (220, 210, 30)
            image = Image.new("RGB", (48, 64), colour)
            out.mux(stream.encode(av.VideoFrame.from_image(image)))
        out.mux(stream.encode(None))


def hue(d):
    """Whether the middle of the picture is blue or yellow."""
    region = d.preview.picture.region
    cell = d.cells()[region.y + region.height // 2][region.x + region.width // 2]
    red, _, blue = max(cell, key=sum)
    return "blue" if blue > red + 60 else "yellow" if red > blue + 60 else "neither"


@pytest.fixture
def tape(page):
    turning(page / TAPE)
    with_media(page, TAPE, RED)
    return page


async def test_enter_plays_and_enter_holds_and_the_keys_are_live_meanwhile(desk, tape):
    async with desk() as d:
        await d.press("f3", "enter")
        await line_says(d, "▶ playing", "0:02.0", "frame ")
        await d.until(lambda: hue(d) == "yellow")
        assert "▶ playing" in line_words(d)
        await d.press("p")
        assert verdict(d, TAPE).keep is True


async def test_enter_holds_a_clip_on_its_frame(desk, tape):
    async with desk() as d:
        await d.press("f3", "enter")
        await line_says(d, "▶ playing", "0:00.3")
        await d.press("enter")
        await line_says(d, "‖ paused")
        held = d.preview.playing.seconds
        await d.press(".")
        await d.until(lambda: d.preview.playing.seconds > held)
        assert d.preview.playing.seconds == pytest.approx(held + 0.1, abs=0.01)
        await line_says(d, "‖ paused")


async def test_frames_and_seconds_on_and_back_show_what_is_there(desk, tape):
    async with desk() as d:
        await d.press("f3", "up")
        await at_frame(d, 11)
        await d.until(lambda: hue(d) == "yellow")
        await d.run("clip.frame-back")
        await at_frame(d, 10)
        await d.until(lambda: hue(d) == "blue")
        await d.press(".", ".")
        await at_frame(d, 12)
        await d.press("down")
        await at_frame(d, 2)
        await d.press("down")
        await at_frame(d, 1)
        await d.press("up", "up", "up")
        await at_frame(d, 20)


async def test_in_and_out_are_in_the_sidecar_and_on_the_line_and_undone(desk, tape):
    async with desk() as d:
        await d.press("f3", "f6", "[")
        assert any("Play the clip first" in words for words in d.toasts())
        await d.press(".", ".", ".")
        await at_frame(d, 4)
        await d.press("[")
        assert verdict(d, TAPE).span == (0.3, None)
        await d.press("up")
        await at_frame(d, 14)
        await d.press("]")
        assert verdict(d, TAPE).span == (0.3, 1.3)
        await line_says(d, "[0:00.3 – 0:01.3] (1.0 s)")
        assert "studio:" in d.file(f"{TAPE}.xmp")
        await d.press("ctrl+z")
        assert verdict(d, TAPE).span == (0.3, None)
        await d.press("ctrl+z")
        assert not (d.root / f"{TAPE}.xmp").exists()


async def test_the_stretch_is_played_round_and_round_or_once(desk, tape):
    async with desk() as d:
        await d.press("f3", "f6", ".", ".", ".")
        await at_frame(d, 4)
        await d.press("[", ".", ".")
        await at_frame(d, 6)
        await d.press("]", "enter")
        places = []

        def again():
            playing = d.preview.playing
            if not places or places[-1] != playing.seconds:
                places.append(playing.seconds)
            return sum(after < before for before, after in pairwise(places)) >= 2

        await d.until(again)
        rounds = [place for place in places if place != places[0]]
        assert min(rounds) > 0.29
        assert max(rounds) < 0.51
        await d.press("\\")
        await line_says(d, "‖ paused", "0:00.5")
        assert d.preview.playing.seconds == pytest.approx(0.5, abs=0.01)


async def test_the_frame_that_is_chosen_stands_for_the_clip(desk, tape):
    async with desk() as d:
        await d.press("f3")
        await d.press("up", ".", ".")
        await at_frame(d, 13)
        await d.press("b")
        assert verdict(d, TAPE).poster == 1.2
        await d.press("escape")
        assert hue(d) == "yellow"
        await d.press("space", "left")
        assert hue(d) == "yellow"
        await d.press(".")
        await at_frame(d, 2)
        assert hue(d) == "blue"
        await d.press("b", "escape")
        assert verdict(d, TAPE).poster == 0.1
        assert hue(d) == "blue"
        await d.press("ctrl+z")
        assert verdict(d, TAPE).poster == 1.2
        assert hue(d) == "yellow"


async def test_a_note_while_a_clip_is_open_is_on_its_moment_or_on_the_marked_stretch(desk, tape):
    async with desk() as d:
        await d.press("f3", "f6", ".", ".", ".", ".")
        await at_frame(d, 5)
        await d.press("w")
        assert "at this moment" in d.text()
        await d.type("flicker")
        await d.press("enter")
        await d.press("[", ".", ".")
        await at_frame(d, 7)
        await d.press("]", "w")
        await d.type("hand melts")
        await d.press("enter")
        one, other = verdict(d, TAPE).pins
        assert (one.text, one.start, one.end) == ("flicker", 0.4, None)
        assert (other.text, other.start, other.end) == ("hand melts", 0.4, 0.6)
        await d.run("clip.frame-back")
        await line_says(d, "frame 6/", "▾")
        await line_says(d, "▾ hand melts")
        await d.press("t")
        words = " ".join(d.listed().split())
        assert "0.40 s" in words
        assert "0.40–0.60 s" in words


async def test_escape_gives_the_poster_back_and_the_next_picture_ends_the_clip(desk, tape):
    async with desk() as d:
        await d.press("f3")
        before = picture_cells(d)
        await d.press("enter")
        await line_says(d, "▶ playing", "frame")
        await d.until(lambda: d.preview.picture.cells.rows <= d.preview.picture.size.height)
        process = d.preview.playing._player._process
        await d.press("escape")
        assert line_words(d) == ""
        assert picture_cells(d) == before
        assert d.preview.path == TAPE
        await d.until(lambda: process.poll() is not None)

        await d.press("enter")
        await line_says(d, "▶ playing", "frame")
        process = d.preview.playing._player._process
        await d.press("space")
        assert (line_words(d), d.preview.path) == ("", RED)
        assert shows(d, (200, 30, 20))
        await d.until(lambda: process.poll() is not None)
        await d.press("left")
        assert picture_cells(d) == before


async def test_another_idea_ends_the_clip_too(desk, tape):
    async with desk() as d:
        await d.press("f3", "enter")
        await line_says(d, "▶ playing", "frame")
        process = d.preview.playing._player._process
        await d.choose("arcade")
        assert line_words(d) == ""
        assert "This idea has no pictures yet." in d.text(d.preview)
        await d.until(lambda: process.poll() is not None)


async def test_a_player_that_is_killed_costs_a_message_and_nothing_else(desk, tape):
    async with desk() as d:
        await d.press("f3", "enter")
        await line_says(d, "▶ playing", "frame")
        os.kill(d.preview.playing._player._process.pid, signal.SIGKILL)
        await d.until(lambda: d.preview.playing is None)
        await d.settle()
        assert line_words(d) == ""
        assert any("tape.mp4" in words for words in d.toasts())
        assert hue(d) == "blue"
        await d.press("x", "3")
        assert verdict(d, TAPE).keep is False
        assert verdict(d, RED).stars == 3
        await d.press("home", "enter")
        await line_says(d, "▶ playing", "frame")


@pytest.mark.parametrize("data", ["", "just words", "torn"])
async def test_a_broken_clip_says_so_and_the_next_one_is_shown(desk, page, data):
    whole = (page / TAPE).read_bytes()
    put(page, "media/bad.mp4", whole[:600] if data == "torn" else data)
    with_media(page, "media/bad.mp4", RED)
    async with desk() as d:
        await d.press("f3")
        assert "bad.mp4" in d.preview.picture.message
        before = files(page)
        await d.press("enter")
        await d.until(lambda: d.preview.playing is None)
        await d.settle()
        assert any("bad.mp4" in words for words in d.toasts())
        await d.press(".", "[", "]", "b", "up", "down", "F")
        await d.until(lambda: d.preview.playing is None and d.dialog == "")
        await d.settle()
        assert files(page) == before
        d.assert_safe()
        await d.press("f3", "space")
        assert shows(d, (200, 30, 20))


async def test_the_keys_of_clips_do_nothing_to_a_picture(desk, page):
    async with desk() as d:
        await d.press("f3")
        before, cells = files(page), picture_cells(d)
        await d.press("enter", ".", ",", "[", "]", "b", "F", "M", "up", "down")
        d.app.clear_notifications()
        await d.settle()
        assert (d.dialog, d.preview.path, d.preview.playing) == ("", RED, None)
        assert files(page) == before
        assert picture_cells(d) == cells


async def test_eight_frames_lead_to_the_moment_that_is_chosen(desk, tape):
    async with desk() as d:
        await d.press("f3", "F")
        await d.until(lambda: "0:00.0" in d.text())
        shown = {hue for row in d.cells() for cell in row for hue in cell}
        assert any(near(colour, (20, 30, 220), 40) for colour in shown)
        assert any(near(colour, (220, 210, 30), 40) for colour in shown)
        await d.press(*["right"] * 9, "enter")
        assert d.dialog == ""
        await d.until(lambda: d.preview.playing.seconds > 1.5)
        await line_says(d, "‖ paused")
        await d.until(lambda: hue(d) == "yellow")


async def test_sound_is_played_by_mpv_from_the_frame_that_is_shown(desk, tape, monkeypatch):
    said = tape.parent / "played"
    mpv = put(
        tape.parent,
        "bin/mpv",
        f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}.new"\nmv "{said}.new" "{said}"\n',
    )
    mpv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{mpv.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("STUDIO_PLAYER", raising=False)
    async with desk() as d:
        await d.press("f3", ".", ".", ".")
        await at_frame(d, 4)
        await d.press("M")
        await d.until(said.exists)
        assert "--start=0.300" in said.read_text().split("\n")
        assert "tape.mp4 plays in mpv." in d.toasts()


async def test_without_mpv_the_key_says_what_is_missing(desk, tape, monkeypatch):
    monkeypatch.setenv("PATH", str(tape))
    monkeypatch.delenv("STUDIO_PLAYER", raising=False)
    async with desk() as d:
        await d.press("f3", "M")
        assert any("mpv is not installed" in words for words in d.toasts())
        assert verdict_words(d).startswith("☆☆☆☆☆")
