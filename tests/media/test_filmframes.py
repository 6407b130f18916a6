from __future__ import annotations

import os
import sys
import threading
from types import SimpleNamespace

import pytest
from PIL import Image

from studio.media import clips
from studio.media.clips import Cancelled, poster
from studio.media.filmframes import mpv_command, poster_at, strip
from studio.problem import Problem
from tests.media.films import film, read_number


def number_in(picture):
    """Return the number that a JPEG of a numbered film says."""
    with Image.open(picture) as image:
        rgb = image.convert("RGB")
        return read_number(
            SimpleNamespace(width=rgb.width, height=rgb.height, pixels=rgb.tobytes())
        )


@pytest.fixture
def clip(tmp_path):
    return film(tmp_path / "x.mp4", 80, gop=100)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.mark.parametrize("gop", [1, 12, 100])
def test_a_strip_shows_the_whole_clip_in_order(tmp_path, cache, gop):
    made = strip(film(tmp_path / "x.mp4", 80, gop=gop), cache, height=48)
    assert len(made) == 8
    for part, frame in enumerate(made):
        assert abs(frame.seconds * 30 - (part * 10 + 5)) <= 6
        assert number_in(frame.picture) == round(frame.seconds * 30)


def test_a_strip_of_an_upright_clip_is_upright(photos, cache):
    made = strip(photos / "clip_coffee_rotated90_3s.mp4", cache, 3)
    assert len(made) == 3
    for frame in made:
        with Image.open(frame.picture) as picture:
            assert picture.size == (90, 160)


def test_a_clip_of_few_pictures_has_a_short_strip(tmp_path, cache):
    made = strip(film(tmp_path / "x.mp4", 3, gop=1), cache, height=48)
    assert [number_in(frame.picture) for frame in made] == [0, 1, 2]


def test_a_strip_is_made_once_and_again_when_a_picture_of_it_is_lost(clip, cache, monkeypatch):
    made = strip(clip, cache, 4)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", "/nowhere/python")
        assert strip(clip, cache, 4) == made
    made[2].picture.unlink()
    assert strip(clip, cache, 4) == made
    assert made[2].picture.is_file()


@pytest.mark.parametrize("damage", [b"{", b"[[1]]", b'[[0, "../x.mp4"]]'])
def test_damaged_notes_of_a_strip_are_made_again(clip, cache, damage):
    made = strip(clip, cache, 2)
    next(cache.glob("*.json")).write_bytes(damage)
    assert strip(clip, cache, 2) == made


def test_a_clip_replaced_gets_all_anew_and_the_old_pictures_go(tmp_path, cache, clip):
    old = {strip(clip, cache, 2)[0].picture, poster_at(clip, cache, 1).picture}
    other = poster_at(clip, cache, 2).picture
    assert all(picture.is_file() for picture in old | {other})  # moments live side by side
    made = poster(clip, cache)
    film(clip, 40)
    assert number_in(poster_at(clip, cache, 0.5).picture) == 15
    assert len(strip(clip, cache, 2, height=48)) == 2
    assert poster(clip, cache).picture != made.picture
    assert [picture for picture in old | {other, made.picture} if picture.is_file()] == []


@pytest.mark.parametrize(("seconds", "number"), [(1.99, 59), (99, 79), (-5, 0), (float("nan"), 0)])
def test_a_poster_of_a_moment_is_exactly_its_picture(clip, cache, seconds, number):
    made = poster_at(clip, cache, seconds)
    assert number_in(made.picture) == number
    assert (made.width, made.height, made.seconds) == (64, 48, pytest.approx(80 / 30, abs=0.01))


def test_a_poster_of_no_moment_is_the_usual_one(clip, cache):
    assert poster_at(clip, cache, None) == poster(clip, cache)


@pytest.mark.parametrize("make", [strip, lambda path, cache: poster_at(path, cache, 1.0)])
def test_what_has_no_pictures_is_told_by_its_name(inputs, tmp_path, cache, make):
    (tmp_path / "x.mp4").write_bytes(b"hello")
    with pytest.raises(Problem, match=r"x\.mp4: is not a clip"):
        make(tmp_path / "x.mp4", cache)
    with pytest.raises(Problem, match="has no pictures"):
        make(inputs / "music" / "rewind_120bpm_20s.m4a", cache)
    assert not cache.exists()


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize(
    "answer", ["kill -SEGV $$", "echo '{}'", "echo '{\"strip\": [1]}'", "echo '{\"strip\": 1}'"]
)
def test_a_decoder_that_crashes_is_a_problem(clip, cache, tmp_path, monkeypatch, answer):
    script = tmp_path / "child"
    script.write_text(f"#!/bin/sh\n{answer}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    with pytest.raises(Problem, match=r"x\.mp4: crashed the decoder"):
        strip(clip, cache)
    assert not cache.exists()


def test_waiting_for_a_strip_can_be_cancelled(clip, cache, monkeypatch):
    cancel = threading.Event()
    cancel.set()
    monkeypatch.setattr(clips, "_SLOTS", threading.BoundedSemaphore(1))
    with clips._SLOTS, pytest.raises(Cancelled):
        strip(clip, cache, cancel=cancel)


# Sound


@pytest.fixture
def programs(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("mpv", "vlc"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="programs of POSIX")
def test_mpv_plays_the_span_and_takes_no_name_for_an_option(programs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = mpv_command(
        clips.Path("--script=x.mp4"), start=1.5, end=2, environ={"PATH": str(programs)}
    )
    assert found is not None
    assert found[0] == str(programs / "mpv")
    assert {"--start=1.500", "--end=2.000"} <= set(found)
    assert found[-2:] == ["--", str(tmp_path / "--script=x.mp4")]


@pytest.mark.skipif(os.name == "nt", reason="programs of POSIX")
def test_another_player_may_be_named_with_its_arguments(programs, tmp_path):
    environ = {"PATH": str(programs), "STUDIO_PLAYER": "vlc --play-and-exit"}
    path = tmp_path / "x.mp4"
    assert mpv_command(path, start=1, environ=environ) == [
        str(programs / "vlc"),
        "--play-and-exit",
        str(path),
    ]


@pytest.mark.parametrize("named", ["", "nothing-of-that-name", "'"])
def test_without_a_player_there_is_no_command(tmp_path, named):
    environ = {"PATH": str(tmp_path), "STUDIO_PLAYER": named}
    assert mpv_command(tmp_path / "x.mp4", environ=environ) is None
    assert mpv_command(tmp_path / "x.mp4", environ={}) is None
