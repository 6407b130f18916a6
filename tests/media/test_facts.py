from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

import studio
from studio.media.facts import Facts, facts, generation_text
from studio.media.library import CLIPS, MUSIC, PICTURES, kind_of

REAL = {
    "coffee_4000x3000.jpg": ("4000×3000", "4:3", "JPEG", None, False),
    "cat_1080x1350.jpg": ("1080×1350", "4:5", "JPEG", None, False),
    "rocket_1080x1920.jpg": ("1080×1920", "9:16", "JPEG", None, False),
    "astronaut_1024x1536_parameters.png": ("1024×1536", "2:3", "PNG", True, False),
    "hubble_1600x1200.webp": ("1600×1200", "4:3", "WebP", None, False),
    "rocket_1440x1080.avif": ("1440×1080", "4:3", "AVIF", None, False),
    "cat_orientation6_gps.jpg": ("1536×2048", "3:4", "JPEG", None, True),
    "clip_rocket_1080x1920_4s.mp4": ("1080×1920", "9:16", "MP4", None, False),
    "clip_coffee_rotated90_3s.mp4": ("1080×1920", "9:16", "MP4", None, False),
}


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_what_they_are(photos, name):
    told = facts(photos, name)
    assert told.problem is None
    assert (told.dimensions, told.aspect, told.format, told.generated, told.gps) == REAL[name]
    assert told.size == (photos / name).stat().st_size


def test_a_clip_and_music_have_a_length(inputs):
    clip = facts(inputs, "photos/clip_rocket_1080x1920_4s.mp4")
    assert (clip.seconds, clip.fps, clip.sound) == (4.0, 30.0, True)
    music = facts(inputs, "music/rewind_120bpm_20s.m4a")
    assert music.seconds == pytest.approx(20, abs=0.1)
    assert (music.kind, music.width, music.problem) == ("music", None, None)


def test_the_prompt_of_a_generated_png_can_be_read(photos):
    prompt = generation_text(photos, "astronaut_1024x1536_parameters.png")
    assert prompt.startswith("portrait of an astronaut")
    assert "Seed: 890089" in prompt
    assert generation_text(photos, "cat_1080x1350.jpg") is None


@pytest.mark.parametrize(
    ("size", "aspect"),
    [
        ((1080, 1350), "4:5"),
        ((1080, 1344), "4:5"),
        ((1080, 1080), "1:1"),
        ((1080, 566), "1.91:1"),
        ((1080, 1440), "3:4"),
        ((1000, 707), "1.41:1"),
        ((500, 1000), "0.50:1"),
        ((None, None), None),
    ],
)
def test_a_shape_has_the_name_people_use(size, aspect):
    assert Facts("x.jpg", "picture", 1, *size).aspect == aspect


def save(path, size=(8, 10), **options):
    Image.new("RGB", size, "red").save(path, **options)
    return path.name


def test_text_after_the_pixels_still_says_generated(tmp_path):
    save(tmp_path / "x.png")
    data = (tmp_path / "x.png").read_bytes()
    body = b"tEXtparameters\0a prompt"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    end = data.rindex(b"IEND") - 4
    (tmp_path / "late.png").write_bytes(data[:end] + chunk + data[end:])
    assert facts(tmp_path, "late.png").generated is True
    assert generation_text(tmp_path, "late.png") == "a prompt"


@pytest.mark.parametrize("key", ["prompt", "workflow"])
def test_a_comfyui_png_is_generated(tmp_path, key):
    info = PngImagePlugin.PngInfo()
    info.add_text(key, '{"3": {}}')
    assert facts(tmp_path, save(tmp_path / "x.png", pnginfo=info)).generated is True


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("international", [False, True])
def test_the_prompt_is_read_in_every_form_of_png_text(tmp_path, zipped, international):
    info = PngImagePlugin.PngInfo()
    add = info.add_itxt if international else info.add_text
    add("parameters", "caf\xe9, Steps: 20", zip=zipped)
    save(tmp_path / "x.png", pnginfo=info)
    assert generation_text(tmp_path, "x.png") == "café, Steps: 20"


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_a1111_settings_in_exif_say_generated(tmp_path, suffix):
    exif = Image.Exif()
    text = "a prompt\nSteps: 28, Sampler: Euler a, CFG scale: 7".encode("utf-16-be")
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + text
    assert facts(tmp_path, save(tmp_path / f"x.{suffix}", exif=exif)).generated is True


def test_a_photographers_comment_does_not_say_generated(tmp_path):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0Steps: the ones behind the church"
    assert facts(tmp_path, save(tmp_path / "x.jpg", exif=exif)).generated is None


SOURCE = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    b'syntax-ns#"><rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    b' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/%s"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize("suffix", ["jpg", "webp", "avif"])
@pytest.mark.parametrize(
    ("kind", "generated"),
    [
        (b"trainedAlgorithmicMedia", True),
        (b"compositeWithTrainedAlgorithmicMedia", True),
        (b"digitalCapture", False),
        (b"minorHumanEdits", None),
    ],
)
def test_the_iptc_source_type_is_believed(tmp_path, suffix, kind, generated):
    name = save(tmp_path / f"x.{suffix}", xmp=SOURCE % kind)
    assert facts(tmp_path, name).generated is generated


def test_a_place_in_xmp_is_a_place(tmp_path):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="51,28.6N"/>'
    assert facts(tmp_path, save(tmp_path / "x.jpg", xmp=xmp)).gps is True


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_size_is_as_shown_for_every_orientation(tmp_path, suffix, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    name = save(tmp_path / f"x{orientation}.{suffix}", (20, 30), exif=exif)
    shown = "30×20" if orientation >= 5 else "20×30"
    assert facts(tmp_path, name).dimensions == shown


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_damaged_exif_does_not_spoil_a_picture_or_the_screen(tmp_path, suffix):
    exif = Image.Exif()
    exif[0x010E] = "x" * 50
    exif[0x0110] = "y" * 50
    name = save(tmp_path / f"x.{suffix}", exif=exif)
    data = (tmp_path / name).read_bytes()
    count = b"\x33\x00\x00\x00"  # 51 characters, made far more
    assert count in data or count[::-1] in data
    broken = data.replace(count, b"\xff\xff\xff\x7f").replace(count[::-1], b"\x7f\xff\xff\xff")
    (tmp_path / name).write_bytes(broken)
    program = (
        "import sys; from pathlib import Path; from studio.media.facts import facts;"
        "told = facts(Path(sys.argv[1]), sys.argv[2]); print(told.problem, told.width)"
    )
    command = [sys.executable, "-c", program, tmp_path, name]
    ran = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=Path(studio.__file__).parents[1]
    )
    assert (ran.stdout.strip(), ran.stderr) == ("None 8", "")


def png(width, height, body=b""):
    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


BROKEN = {
    "empty.jpg": (b"", "is empty"),
    "text.jpg": (b"hello", "is no picture"),
    "torn.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "damaged JPEG"),
    "torn.png": (b"\x89PNG\r\n\x1a\n\x00", "damaged PNG"),
    "torn.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "damaged WebP"),
    "torn.avif": (b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avif", "damaged AVIF"),
    "big.png": (png(9000, 9000), "81 million pixels"),
    "bomb.png": (png(60000, 60000), "far more pixels"),
    "phone.heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "is HEIC"),
    "vector.png": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no picture"),
    "film.jpg": (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41", "is MP4"),
    "text.mp4": (b"#EXTM3U\nhttp://localhost/x.ts\n", "is not a clip"),
    "concat.mp4": (b"ffconcat version 1.0\nfile /etc/passwd\n", "is not a clip"),
    "torn.mp4": (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41", "cannot be decoded"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_problem_with_a_mend_not_a_crash(tmp_path, name):
    data, problem = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    told = facts(tmp_path, name)
    assert problem in told.problem
    assert told.problem.endswith(".")
    assert told.size == len(data)


def test_a_picture_under_a_wrong_suffix_is_still_a_picture(tmp_path):
    save(tmp_path / "x.png")
    (tmp_path / "x.png").rename(tmp_path / "x.jpg")
    told = facts(tmp_path, "x.jpg")
    assert (told.format, told.dimensions, told.problem) == ("PNG", "8×10", None)


@pytest.mark.parametrize("path", ["gone.jpg", "../x.jpg", "/etc/passwd", "a\0b.jpg", "folder.jpg"])
def test_a_path_that_is_no_file_of_the_project_is_a_problem(tmp_path, path):
    (tmp_path / "folder.jpg").mkdir()
    assert facts(tmp_path, path).problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_named_like_a_picture_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "x.jpg")
    assert "no regular file" in facts(tmp_path, "x.jpg").problem


NAMES = ["notes [WIP].jpg", "[@click=app.quit].jpg", "\x1b]0;x\x07.jpg", "e\u0301.jpg"]
NAMES += ["a" * 251 + ".jpg", os.fsdecode(b"caf\xe9.jpg")]


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_hostile_names_are_names(tmp_path, name):
    save(tmp_path / name, format="JPEG")
    told = facts(tmp_path, name)
    assert (told.path, told.problem, told.dimensions) == (name, None, "8×10")


def test_a_file_replaced_is_looked_at_again(tmp_path):
    save(tmp_path / "x.png")
    assert facts(tmp_path, "x.png").dimensions == "8×10"
    save(tmp_path / "x.png", (80, 100))
    assert facts(tmp_path, "x.png").dimensions == "80×100"


def test_kinds_are_told_by_the_suffix_in_either_case():
    assert kind_of("media/a.JPG") == "picture"
    assert kind_of("media/a.b.Mp4") == "clip"
    assert kind_of("media/a.m4a") == "music"
    assert kind_of("media/a.jpg.xmp") is None
    assert kind_of("media/jpg") is None
    assert PICTURES.isdisjoint(CLIPS | MUSIC)
