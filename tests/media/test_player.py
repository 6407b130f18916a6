from __future__ import annotations

import json
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

import studio
from studio.media import player as players
from studio.media.clips import poster
from studio.media.player import Film, State
from tests.media.films import Viewer, film, gone, read_number

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and scripts of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def watch():
    """Open viewers, and close them in the end."""
    open_ = []

    def open_one(path, *args, **more):
        open_.append(Viewer(path, *args, **more))
        return open_[-1]

    yield open_one
    for each in open_:
        each.close()


@pytest.fixture
def clip(tmp_path):
    return film(tmp_path / "x.mp4", 30)


def test_a_clip_opens_paused_at_its_first_picture(watch, clip):
    viewer = watch(clip).opened()
    assert viewer.player.film == Film(64, 48, pytest.approx(1.0), 30.0, 30, sound=False)
    assert viewer.numbers() == [0]
    assert (viewer.player.playing, viewer.player.position) == (False, 0.0)


def test_playing_shows_the_pictures_in_order_and_time_and_stops_at_the_last(watch, clip):
    viewer = watch(clip).opened()
    began = time.monotonic()
    viewer.player.play()
    assert viewer.player.playing
    viewer.until_ended()
    assert time.monotonic() - began > 0.95
    numbers = viewer.numbers()
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (0, 29)
    assert len(numbers) + viewer.states[-1].dropped >= 30
    assert all(read_number(frame) == frame.number for frame in viewer.frames)
    assert viewer.player.playing is False
    assert viewer.player.position == pytest.approx(29 / 30)


def test_playing_again_at_the_end_starts_over(watch, clip):
    viewer = watch(clip)
    viewer.player.seek(10)
    viewer.until_number(29)
    viewer.player.play()
    viewer.until(lambda: viewer.numbers()[-1] in {1, 2, 3})


FILMS = {
    "few places to start from": {"gop": 100},
    "all pictures alone": {"gop": 1},
    "irregular": {"times": [0, 40, 50, 90, 200, 201, 300, 333, 400, 1000, *range(1010, 1210, 10)]},
    "starts late": {"times": [500 + 40 * number for number in range(30)]},
    "h264": {"codec": "libx264", "gop": 250},
}


@pytest.mark.parametrize("what", FILMS)
def test_every_step_and_every_jump_shows_exactly_its_picture(watch, tmp_path, what):
    try:
        path = film(tmp_path / "x.mp4", 30, **FILMS[what])
    except (av.FFmpegError, ValueError, LookupError):
        pytest.skip("no such encoder here")
    viewer = watch(path).opened()
    order = [*range(1, 30), *range(28, -1, -1)]
    places = random.Random(1)
    order += [places.randrange(30) for _ in range(30)]
    here = 0
    for number in order:
        viewer.player.step(number - here)
        here = viewer.until_number(number).number
    assert viewer.player.film.frames == 30
    assert [read_number(frame) for frame in viewer.frames] == viewer.numbers()


@pytest.mark.parametrize("suffix", ["mkv", "mov", "webm"])
def test_other_containers_step_as_well(watch, tmp_path, suffix):
    codec = "libvpx" if suffix == "webm" else "mpeg4"
    try:
        path = film(tmp_path / f"x.{suffix}", 30, codec=codec)
    except (av.FFmpegError, ValueError, LookupError):
        pytest.skip("no such encoder here")
    viewer = watch(path).opened()
    for number in (20, 19, 5, 29, 0):
        viewer.player.step(number - viewer.frames[-1].number)
        assert read_number(viewer.until_number(number)) == number


def test_a_clip_made_for_streaming_steps_as_well(watch, tmp_path):
    path = film(tmp_path / "x.mp4", 30, options={"movflags": "frag_keyframe+empty_moov"})
    viewer = watch(path).opened()
    for number in (20, 19, 5, 29, 0):
        viewer.player.step(number - viewer.frames[-1].number)
        assert read_number(viewer.until_number(number)) == number


def test_a_clip_too_long_to_be_numbered_still_steps(watch, clip, monkeypatch, tmp_path):
    child = Path(players.__file__).with_name("player_child.py").read_text()
    home = Path(studio.__file__).parents[1]
    hook = "\ndef main("
    (tmp_path / "child.py").write_text(
        child.replace(
            hook, f"\nimport studio.media.footage\nstudio.media.footage._SCAN_BYTES = 0\n{hook}"
        )
    )
    monkeypatch.setenv("PYTHONPATH", str(home))
    monkeypatch.setattr(players, "_SCRIPT", tmp_path / "child.py")
    viewer = watch(clip).opened()
    for number in (20, 19, 5, 6, 29, 0):
        viewer.player.step(number - viewer.frames[-1].number)
        assert read_number(viewer.until_number(number)) == number


def test_steps_stop_at_the_ends(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.step(-3)
    viewer.player.step(100)
    viewer.until_number(29)
    viewer.player.step(1)
    viewer.player.step(-1)
    viewer.until_number(28)


def test_a_step_pauses(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.set_loop(True)
    viewer.player.play()
    viewer.until(lambda: len(viewer.frames) > 3)
    viewer.player.step(1)
    assert viewer.player.playing is False
    viewer.until(lambda: viewer.states[-1].playing is False)


def test_a_held_key_ends_at_the_right_picture(watch, tmp_path):
    viewer = watch(film(tmp_path / "x.mp4", 100, gop=100)).opened()
    for _ in range(90):
        viewer.player.step(1)
    viewer.until_number(90)
    for _ in range(40):
        viewer.player.step(-1)
    viewer.until_number(50)


def test_seeking_and_jumping_find_the_picture_on_show_then(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.seek(0.55)  # between the 16th (0.533) and the 17th
    viewer.until_number(16)
    viewer.player.jump(-0.2)
    viewer.until_number(10)
    viewer.player.jump(99)
    viewer.until_number(29)
    viewer.player.seek(-1)
    viewer.until_number(0)
    assert viewer.player.playing is False


def test_seeking_while_playing_plays_on_from_there(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.play()
    viewer.player.seek(0.9)
    viewer.until_ended()
    assert viewer.states[-1].dropped <= 3


def test_a_loop_starts_over(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.set_loop(True)
    viewer.player.seek(0.8)
    viewer.player.play()
    viewer.until(lambda: 29 in viewer.numbers() and viewer.numbers()[-1] == 5)
    assert viewer.player.playing
    assert all(read_number(frame) == frame.number for frame in viewer.frames)


def test_a_span_is_played_from_its_first_to_its_last_picture(watch, clip):
    viewer = watch(clip).opened()
    viewer.player.set_span(0.5, 0.6)
    viewer.player.set_loop(True)
    viewer.player.play()
    viewer.until(lambda: viewer.numbers().count(15) > 2)
    assert set(viewer.numbers()[1:]) <= {15, 16, 17, 18}
    assert 18 in viewer.numbers()
    viewer.player.set_loop(False)
    viewer.until_ended()
    assert viewer.until_number(18)
    viewer.player.set_span(None, None)
    viewer.player.play()
    viewer.until_number(29)


def test_a_new_size_shows_the_same_picture_anew(watch, clip):
    viewer = watch(clip, (32, 32)).opened()
    viewer.player.seek(0.4)
    first = viewer.until_number(12)
    assert (first.width, first.height) == (32, 24)
    viewer.player.set_size((128, 200))
    viewer.until(lambda: viewer.frames[-1].width == 128)
    assert (viewer.frames[-1].height, read_number(viewer.frames[-1])) == (96, 12)
    viewer.player.set_size((32, 200), pixel_aspect=0.5)  # pixels twice as high as wide
    viewer.until(lambda: viewer.frames[-1].width == 32)
    assert viewer.frames[-1].height == 12
    viewer.player.set_size((0, -1))
    viewer.until(lambda: viewer.frames[-1].width == 1)


def test_a_film_with_wide_pixels_is_shown_wide(watch, tmp_path):
    viewer = watch(film(tmp_path / "x.mp4", 3, aspect=2), (128, 128)).opened()
    assert (viewer.player.film.width, viewer.player.film.height) == (128, 48)
    assert (viewer.frames[0].width, viewer.frames[0].height) == (128, 48)


def test_a_clip_filmed_upright_plays_upright(watch, photos, tmp_path):
    path = photos / "clip_coffee_rotated90_3s.mp4"
    viewer = watch(path, (90, 160)).opened()
    frame = viewer.frames[0]
    assert (viewer.player.film.width, viewer.player.film.height) == (1080, 1920)
    assert (frame.width, frame.height) == (90, 160)
    mine = Image.frombytes("RGB", (90, 160), frame.pixels)
    with Image.open(poster(path, tmp_path).picture) as picture:
        theirs = picture.resize((90, 160), Image.Resampling.BOX)
    assert ImageStat.Stat(ImageChops.difference(mine, theirs).convert("L")).mean[0] < 3


def test_fewer_pictures_a_second_are_left_out_evenly(watch, clip):
    viewer = watch(clip, most_fps=10)
    viewer.player.play()
    viewer.until_ended()
    numbers = viewer.numbers()
    assert len(numbers) <= 11
    assert {later - number for number, later in pairwise(numbers[:-1])} <= {3, 6, 9}


def test_a_slow_screen_misses_pictures_and_stays_on_time(clip):
    viewer, slow = None, threading.Event()

    class Slow(Viewer):
        def on_frame(self, frame):
            super().on_frame(frame)
            slow.wait(0.15)

    viewer = Slow(clip)
    viewer.player.play()
    viewer.until_ended()
    assert 3 <= len(viewer.frames) <= 15  # of 30, in one second
    assert viewer.states[-1].dropped >= 15
    assert viewer.numbers()[-1] == 29
    viewer.close()


def test_a_screen_that_tells_when_it_has_taken_a_picture_gets_no_other_before(watch, clip):
    viewer = watch(clip, wait_for_taken=True).opened()
    viewer.player.step(1)
    viewer.player.taken()
    viewer.until_number(1)
    viewer.player.step(1)  # never taken: half a second is waited
    viewer.until_number(2)


# Ends


def child_of(viewer):
    return viewer.player._process.pid


def is_gone(pid):
    return not Path(f"/proc/{pid}").exists()


@LINUX
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_decoder_that_dies_is_a_problem_told_and_nothing_else(watch, clip, how):
    viewer = watch(clip).opened()
    viewer.player.set_loop(True)
    viewer.player.play()
    viewer.until(lambda: len(viewer.frames) > 5)
    pid = child_of(viewer)
    os.kill(pid, how)
    assert str(viewer.problem()).startswith("x.mp4: crashed the decoder. ")
    gone(viewer.player)
    assert is_gone(pid)  # not even a zombie
    player, seen = viewer.player, len(viewer.frames)
    assert (player.playing, viewer.states[-1].playing) == (False, False)
    for act in (player.play, player.pause, player.toggle, player.taken, player.close):
        act()
    player.step(1)
    player.seek(1)
    player.jump(1)
    player.set_size((10, 10))
    player.set_span(None, 1)
    player.set_loop(True)
    assert (len(viewer.frames), player.playing) == (seen, False)


@LINUX
def test_a_decoder_that_hangs_is_ended_and_told(watch, clip, monkeypatch):
    monkeypatch.setattr(players, "_LOOK", 0.1)
    viewer = watch(clip).opened()
    pid = child_of(viewer)
    os.kill(pid, signal.SIGSTOP)
    for _ in range(1000):
        viewer.player.step(1)
    assert "x.mp4: keeps the decoder busy" in str(viewer.problem())
    gone(viewer.player)
    assert is_gone(pid)


@LINUX
def test_a_paused_clip_may_stay_paused_and_silent(watch, clip, monkeypatch):
    monkeypatch.setattr(players, "_LOOK", 0.1)
    viewer = watch(clip).opened()
    viewer.player.step(3)
    viewer.until(lambda: viewer.states[-1].seconds == pytest.approx(0.1))
    os.kill(child_of(viewer), signal.SIGSTOP)
    threading.Event().wait(0.8)
    os.kill(child_of(viewer), signal.SIGCONT)
    viewer.player.step(1)
    viewer.until_number(4)


def test_a_screen_that_hangs_is_not_taken_for_the_decoder(clip, monkeypatch):
    monkeypatch.setattr(players, "_LOOK", 0.1)
    hold = threading.Event()

    class Stuck(Viewer):
        def on_frame(self, frame):
            super().on_frame(frame)
            if frame.number == 2:
                hold.wait(0.8)

    viewer = Stuck(clip)
    viewer.player.play()
    viewer.until_ended()
    assert viewer.states[-1].problem is None
    viewer.close()


HOSTILE = {
    "text.mp4": b"hello",
    "empty.mp4": b"",
    "playlist.mp4": b"#EXTM3U\nhttp://localhost:1/x.ts\n",
    "picture.mp4": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "torn.mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41",
    "torn.webm": b"\x1a\x45\xdf\xa3" + b"\xff" * 4000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_clip_is_a_problem_that_names_it(watch, tmp_path, name):
    (tmp_path / name).write_bytes(HOSTILE[name])
    assert name in str(watch(tmp_path / name).problem())


def test_a_clip_that_is_not_there_is_a_problem(watch, tmp_path):
    assert str(watch(tmp_path / "x.mp4").problem()).startswith("x.mp4: is not there. ")


def test_music_is_not_played_here(watch, inputs):
    song = watch(inputs / "music" / "rewind_120bpm_20s.m4a")
    assert "has no pictures" in str(song.problem())


def test_a_clip_cut_off_plays_as_far_as_it_goes(watch, tmp_path):
    path = film(tmp_path / "x.mkv", 60)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    viewer = watch(path).opened()
    viewer.player.play()
    viewer.until_ended()
    assert 10 < viewer.numbers()[-1] < 59


def test_a_clip_with_broken_places_plays_over_them(watch, tmp_path):
    path = film(tmp_path / "x.mkv", 60, gop=10)
    data = bytearray(path.read_bytes())
    noise = random.Random(2)
    for place in range(len(data) // 3, len(data) // 2):
        if noise.random() < 0.05:
            data[place] = noise.randrange(256)
    path.write_bytes(data)
    viewer = watch(path).opened()
    viewer.player.play()
    viewer.until(lambda: viewer.states[-1].ended or viewer.states[-1].problem)
    viewer.player.step(-20)
    viewer.player.seek(0)
    viewer.until(lambda: viewer.frames[-1].number == 0 or viewer.states[-1].problem)


@pytest.mark.parametrize("when", ["at once", "open", "playing"])
def test_a_player_closed_says_nothing_more_and_leaves_nothing(clip, when):
    viewer = Viewer(clip)
    if when != "at once":
        viewer.opened()
    if when == "playing":
        viewer.player.play()
        viewer.until(lambda: len(viewer.frames) > 2)
    viewer.player.close()
    gone(viewer.player)
    seen = (len(viewer.frames), len(viewer.states))
    viewer.player.play()
    viewer.player.close()
    assert (len(viewer.frames), len(viewer.states)) == seen
    assert all(state.problem is None for state in viewer.states)
    assert viewer.player.playing is False


@LINUX
def test_opening_and_closing_leaves_no_file_open_and_no_child(clip, tmp_path):
    def held():
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
        return len(list(Path("/proc/self/fd").iterdir())), len(children), threading.active_count()

    (tmp_path / "broken.mp4").write_bytes(HOSTILE["torn.mp4"])
    Viewer(clip).opened().close()
    before = held()
    for number in range(3):
        viewer = Viewer(clip).opened()
        if number == 1:
            os.kill(child_of(viewer), signal.SIGKILL)
            viewer.problem()
        viewer.close()
        broken = Viewer(tmp_path / "broken.mp4")
        broken.problem()
        broken.close()
    assert held() == before


@LINUX
def test_the_decoder_ends_when_the_program_is_killed(clip):
    program = (
        "import sys, threading; from pathlib import Path; from studio.media.player import Player\n"
        "seen = threading.Event()\n"
        f"p = Player(Path({str(clip)!r}), size=(9, 9), on_frame=lambda f: seen.set(), "
        "on_state=lambda s: None)\n"
        "p.set_loop(True); p.play(); seen.wait(); print(p._process.pid, flush=True)\n"
        "threading.Event().wait()\n"
    )
    home = Path(studio.__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=home, stdout=subprocess.PIPE
    ) as process:
        child = int(process.stdout.readline())
        pidfd = os.pidfd_open(child)
        process.kill()
    import select

    try:
        assert select.select([pidfd], [], [], 10)[0]  # readable when it has ended
    finally:
        os.close(pidfd)


@pytest.fixture
def impostor(tmp_path, monkeypatch, clip):
    """Play with another program in place of the child."""

    def play(source):
        (tmp_path / "child.py").write_text(source)
        monkeypatch.setattr(players, "_SCRIPT", tmp_path / "child.py")
        return clip

    return play


def message(kind, body):
    return struct.pack("<cI", kind, len(body)) + body


NONSENSE = {
    "nothing": b"",
    "garbage": b"garbage, and more of it" * 100,
    "a huge state": struct.pack("<cI", b"S", 2**31),
    "no JSON": message(b"S", b"{"),
    "another JSON": message(b"S", b"[]"),
    "half a state": message(b"S", json.dumps({"answered": 1}).encode()),
    "a huge picture": message(b"F", struct.pack("<IdII", 0, 0.0, 2**31, 2**31)),
    "a picture too short": message(b"F", struct.pack("<IdII", 0, 0.0, 2, 2) + b"\0" * 12)[:-1],
    "a picture of another size": message(b"F", struct.pack("<IdII", 0, 0.0, 2, 2) + b"\0" * 13),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_decoder_gone_mad_is_a_crash(watch, impostor, what):
    said = NONSENSE[what]
    viewer = watch(impostor(f"import sys; sys.stdout.buffer.write({said!r})"))
    assert "x.mp4: crashed the decoder" in str(viewer.problem())
    assert viewer.frames == []


@POSIX
def test_the_decoder_is_told_no_secrets(watch, impostor, tmp_path, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    watch(
        impostor(f"import os; open({str(tmp_path / 'seen')!r}, 'w').write(str(dict(os.environ)))")
    ).problem()
    assert "PATH" in (tmp_path / "seen").read_text()
    assert "secret" not in (tmp_path / "seen").read_text()


def test_a_program_lying_in_the_folder_is_not_run(watch, clip, tmp_path, monkeypatch):
    (tmp_path / "av.py").write_text("raise SystemExit('hostile')")
    monkeypatch.chdir(tmp_path)
    watch(clip).opened()


@pytest.mark.parametrize("name", ["-i.mp4", "http:x.mp4", "a\nb.mp4"])
@POSIX
def test_a_clip_with_a_hostile_name_plays(watch, clip, name):
    path = clip.rename(clip.with_name(name))
    watch(path).opened()


def test_where_a_child_takes_no_more_pipes_it_opens_the_clip_itself(watch, clip, monkeypatch):
    monkeypatch.setattr(players, "_BY_PATH", True)
    viewer = watch(clip).opened()
    viewer.player.step(7)
    assert read_number(viewer.until_number(7)) == 7
    pid = child_of(viewer)
    viewer.close()
    if sys.platform == "linux":
        assert is_gone(pid)


def test_a_problem_is_the_last_thing_told(watch, tmp_path):
    viewer = watch(tmp_path / "x.mp4")
    viewer.problem()
    gone(viewer.player)
    assert [state for state in viewer.states if state.problem is None] == []
    assert viewer.states == [State(problem=viewer.states[0].problem)]
