from __future__ import annotations

import os
import shutil
import sys
import threading
import time

import av
import pytest
from PIL import Image, ImageStat

import studio
from studio.media import clips
from studio.media.clips import Cancelled, poster, probe
from studio.problem import Problem


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def make_clip(path, colours, *, size=(64, 48), metadata=None):
    """Write a clip with one second of each colour."""
    with av.open(str(path), "w") as out:
        out.metadata.update(metadata or {})
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for colour in colours:
            for _ in range(10):
                frame = av.VideoFrame.from_image(Image.new("RGB", size, colour))
                out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_a_clip_filmed_upright_has_an_upright_poster(photos, cache):
    made = poster(photos / "clip_coffee_rotated90_3s.mp4", cache)
    assert (made.width, made.height, made.seconds, made.fps) == (1080, 1920, 3.0, 30.0)
    with Image.open(made.picture) as picture:
        assert picture.size == (1080, 1920)
        # The dark foot of the cup lies below its bright rim when it stands upright.
        grey = picture.convert("L")
        top = ImageStat.Stat(grey.crop((0, 0, 1080, 640))).mean[0]
        bottom = ImageStat.Stat(grey.crop((0, 1280, 1080, 1920))).mean[0]
        left = ImageStat.Stat(grey.crop((0, 0, 540, 1920))).mean[0]
        right = ImageStat.Stat(grey.crop((540, 0, 1080, 1920))).mean[0]
    assert top - bottom > 2 * abs(left - right)


def test_a_poster_is_made_once(photos, cache, monkeypatch):
    path = photos / "clip_rocket_1080x1920_4s.mp4"
    first = poster(path, cache)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert poster(path, cache) == first


def test_a_clip_replaced_gets_a_new_poster_and_the_old_one_goes(tmp_path, cache):
    path = make_clip(tmp_path / "x.mp4", ["red"])
    old = poster(path, cache)
    make_clip(path, ["blue", "blue"])
    new = poster(path, cache)
    assert new.seconds == pytest.approx(2, abs=0.2)
    assert old.picture.exists() is False
    assert sorted(p.suffix for p in cache.iterdir()) == [".jpg", ".json"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"width": 1}', b"[]"])
def test_a_damaged_cache_is_made_again(tmp_path, cache, damage):
    path = make_clip(tmp_path / "x.mp4", ["red"])
    first = poster(path, cache)
    next(cache.glob("*.json")).write_bytes(damage)
    assert poster(path, cache) == first


def test_a_clip_that_fades_in_from_black_shows_what_comes(tmp_path, cache):
    made = poster(make_clip(tmp_path / "x.mp4", ["black", "white"]), cache)
    with Image.open(made.picture) as picture:
        assert ImageStat.Stat(picture.convert("L")).mean[0] > 200


def test_a_clip_that_is_black_throughout_still_has_a_poster(tmp_path, cache):
    made = poster(make_clip(tmp_path / "x.mp4", ["black"]), cache)
    assert (made.width, made.height) == (64, 48)


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv"])
def test_the_usual_containers_are_opened(tmp_path, cache, suffix):
    made = poster(make_clip(tmp_path / f"x.{suffix}", ["red"]), cache)
    assert made.seconds == pytest.approx(1, abs=0.2)
    assert made.info.sound is False


def test_a_prompt_in_the_container_is_handed_over(tmp_path):
    path = make_clip(tmp_path / "x.mp4", ["red"], metadata={"comment": '{"prompt": {}}'})
    assert probe(path).metadata["comment"] == '{"prompt": {}}'


HOSTILE = {
    "text.mp4": b"hello",
    "empty.mp4": b"",
    "playlist.mp4": b"#EXTM3U\nhttp://localhost:1/x.ts\n",
    "concat.mp4": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "subtitles.mkv": b"1\n00:00:00,000 --> 00:00:01,000\nx\n",
    "picture.mp4": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "torn.mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41",
    "torn.webm": b"\x1a\x45\xdf\xa3" + b"\xff" * 4000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_clip_is_told_by_its_name(tmp_path, cache, name):
    (tmp_path / name).write_bytes(HOSTILE[name])
    with pytest.raises(Problem, match=name.replace(".", r"\.")):
        poster(tmp_path / name, cache)
    assert not cache.exists()


@pytest.mark.parametrize("share", [0.01, 0.1])
def test_a_clip_cut_before_its_first_picture_is_told_by_its_name(photos, tmp_path, cache, share):
    data = (photos / "clip_rocket_1080x1920_4s.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Problem, match=r"cut\.mp4: cannot be decoded"):
        poster(tmp_path / "cut.mp4", cache)


def test_music_has_no_poster(inputs, tmp_path, cache):
    song = inputs / "music" / "rewind_120bpm_20s.m4a"
    assert probe(song).seconds == pytest.approx(20, abs=0.1)
    with pytest.raises(Problem, match="no pictures"):
        poster(song, cache)


@pytest.fixture
def sleepy(tmp_path, monkeypatch):
    """A child that hangs, in place of the interpreter."""
    script = tmp_path / "sleepy"
    script.write_text("#!/bin/sh\nexec sleep 30\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    (tmp_path / "x.mp4").write_bytes(HOSTILE["torn.mp4"])
    return tmp_path / "x.mp4"


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_clip_that_hangs_is_given_up(sleepy, cache):
    start = time.monotonic()
    with pytest.raises(Problem, match=r"x\.mp4: takes longer than 0\.2 seconds"):
        poster(sleepy, cache, timeout=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_waiting_for_a_clip_can_be_cancelled(sleepy, cache):
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        poster(sleepy, cache, cancel=cancel)
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
@pytest.mark.parametrize("answer", ["kill -SEGV $$", "echo garbage", "echo '[]'", "echo '{}'", ":"])
def test_a_decoder_that_crashes_takes_nothing_with_it(sleepy, cache, answer):
    script = sleepy.with_name("sleepy")
    script.write_text(f"#!/bin/sh\n{answer}\n")
    with pytest.raises(Problem, match=r"x\.mp4: crashed the decoder"):
        poster(sleepy, cache)


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_the_decoder_is_told_no_secrets(sleepy, tmp_path, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    sleepy.with_name("sleepy").write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\n")
    with pytest.raises(Problem):
        probe(sleepy)
    assert "PATH=" in (tmp_path / "seen").read_text()
    assert "secret" not in (tmp_path / "seen").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_a_clip_that_eats_memory_is_stopped(tmp_path, monkeypatch):
    greedy = tmp_path / "clip_child.py"
    source = (clips.Path(clips.__file__).with_name("clip_child.py")).read_text()
    hook = "told, picture = examine("
    assert hook in source
    greedy.write_text(source.replace(hook, "x = bytearray(3 * 1024**3); told, picture = examine("))
    monkeypatch.setattr(clips, "__file__", str(tmp_path / "clips.py"))
    monkeypatch.setenv("PYTHONPATH", str(clips.Path(studio.__file__).parents[1]))
    path = make_clip(tmp_path / "x.mp4", ["red"])
    with pytest.raises(Problem, match="more memory"):
        probe(path)


def test_a_program_lying_in_the_folder_is_not_run(tmp_path, monkeypatch):
    path = make_clip(tmp_path / "x.mp4", ["red"])
    (tmp_path / "av.py").write_text("raise SystemExit('hostile')")
    monkeypatch.chdir(tmp_path)
    assert probe(path).width == 64


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
@pytest.mark.parametrize("name", ["http:x.mp4", "-i.mp4", "a\nb.mp4", os.fsdecode(b"\xff.mp4")])
def test_a_clip_with_a_hostile_name_is_a_clip(tmp_path, cache, name):
    plain = make_clip(tmp_path / "plain.mp4", ["red"])
    shutil.copy(plain, tmp_path / name)
    assert poster(tmp_path / name, cache).width == 64


def test_a_cache_that_cannot_be_written_is_told(tmp_path):
    path = make_clip(tmp_path / "x.mp4", ["red"])
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(Problem, match="cannot hold a poster"):
        poster(path, tmp_path / "cache")


def test_many_windows_asking_at_once_all_get_a_poster(tmp_path, cache):
    path = make_clip(tmp_path / "x.mp4", ["red"])
    got = []
    threads = [threading.Thread(target=lambda: got.append(poster(path, cache))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert all(p == got[0] for p in got)
    assert len(list(cache.iterdir())) == 2
