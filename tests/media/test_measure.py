"""Pictures are measured whatever their size, kind and orientation; the cache costs only time."""

from __future__ import annotations

import dataclasses
import json
import os
import time

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from studio.media.measure import VERSION, MeasureCache, Measures, measure, stamp
from studio.problem import Problem


def scene(width=720, height=900, seed=1):
    """Return discs of all sizes lying on each other, which look to figures as a photograph does."""
    rng = np.random.default_rng(seed)
    made = Image.new("L", (width, height), 120)
    draw = ImageDraw.Draw(made)
    radii = np.sort(width * 0.004 * (1 - rng.random(2500)) ** -0.8)[::-1].clip(2, width / 3)
    for radius in radii:
        x, y = rng.random(2) * [width, height]
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), int(rng.integers(10, 245)))
    return made.convert("RGB")


@pytest.fixture(scope="module")
def picture():
    return scene()


def measured(tmp_path, image, name="x.jpg", **options):
    image.save(tmp_path / name, **{"quality": 92} | options)
    return measure(tmp_path / name)


def apart(one, other):
    return (one.phash ^ other.phash).bit_count() + (one.dhash ^ other.dhash).bit_count()


@pytest.mark.parametrize("name", ["x.png", "x.webp", "x.avif", "x.gif", "misnamed.txt.jpg"])
def test_a_picture_has_the_same_figures_in_every_format(tmp_path, picture, name):
    plain = measured(tmp_path, picture)
    other = measured(tmp_path, picture, name, **({"speed": 10} if "avif" in name else {}))
    assert apart(plain, other) <= 3
    assert other.mean == pytest.approx(plain.mean, abs=2)
    assert other.version == VERSION


def test_a_picture_has_the_same_figures_in_every_size(tmp_path, picture):
    plain = measured(tmp_path, picture)
    for by in (0.75, 1.5, 2.4):
        size = round(picture.width * by), round(picture.height * by)
        other = measured(tmp_path, picture.resize(size, Image.Resampling.LANCZOS))
        assert apart(plain, other) <= 3
        assert other.sharpness == pytest.approx(plain.sharpness, rel=0.35)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_measured_as_it_is_shown(tmp_path, picture, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    framed = ImageOps.expand(picture, (80, 0, 80, 0), "white")
    framed.save(tmp_path / "turned.jpg", exif=exif, quality=92)
    told = measure(tmp_path / "turned.jpg")
    with Image.open(tmp_path / "turned.jpg") as image:
        shown = measured(tmp_path, ImageOps.exif_transpose(image), "shown.jpg")
    assert apart(told, shown) <= 2
    assert told.border == pytest.approx(shown.border, abs=2)
    upright = orientation < 5
    assert (told.border[0] > 70) is upright
    assert (told.border[1] > 70) is not upright


def test_what_is_clear_is_measured_on_black(tmp_path):
    clear = Image.new("RGBA", (200, 200), (255, 255, 255, 0))
    assert measured(tmp_path, clear, "x.png").mean == 0


def test_deep_grey_is_brought_to_eight_bits(tmp_path):
    values = np.full((100, 100), 257 * 90, np.uint16)
    Image.fromarray(values).save(tmp_path / "x.png")
    assert measure(tmp_path / "x.png").mean == pytest.approx(90, abs=1)


def test_blur_takes_sharpness_and_crispness(tmp_path, picture):
    told = measured(tmp_path, picture)
    soft = measured(tmp_path, picture.filter(ImageFilter.GaussianBlur(3)))
    assert soft.sharpness < told.sharpness / 4
    assert soft.crispness < 0.15 < told.crispness


def test_black_and_white_are_told_as_shares(tmp_path):
    half = Image.new("L", (400, 400), 0)
    half.paste(255, (0, 0, 100, 400))
    told = measured(tmp_path, half, "x.png")
    assert told.clipped_light == pytest.approx(0.25, abs=0.01)
    assert told.clipped_dark == pytest.approx(0.75, abs=0.01)
    assert (told.darkest, told.lightest) == (0, 255)


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (3, 2), (31, 31)])
def test_the_smallest_pictures_have_figures_too(tmp_path, size):
    told = measured(tmp_path, Image.new("RGB", size, "red"), "x.png")
    assert (told.phash, told.dhash, told.border) == (0, 0, None)


def test_what_is_no_picture_is_a_problem_that_names_it(tmp_path, picture):
    whole = tmp_path / "whole.jpg"
    picture.save(whole)
    (tmp_path / "cut.jpg").write_bytes(whole.read_bytes()[:9000])
    (tmp_path / "text.jpg").write_text("not a picture at all")
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "page.jpg").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("cut", "text", "empty", "page", "folder", "pipe", "gone"):
        with pytest.raises(Problem, match=f"^{name}.jpg: ") as caught:
            measure(tmp_path / f"{name}.jpg")
        assert caught.value.mend


def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_read(tmp_path):
    import zlib

    def chunk(kind, body):
        return (
            len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        )

    for side in (8_000, 60_000):
        header = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
        pixels = zlib.compress(b"\x00" * 1_000_000, 9)
        data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)
        (tmp_path / "bomb.png").write_bytes(data + chunk(b"IEND", b""))
        start = time.process_time()
        with pytest.raises(Problem, match="50 million pixels"):
            measure(tmp_path / "bomb.png")
        assert time.process_time() - start < 1


# Borders


def framed(picture, left, top, right, bottom, colour):
    return ImageOps.expand(picture, (left, top, right, bottom), colour)


@pytest.mark.parametrize(
    ("sides", "colour", "kind"),
    [
        ((40, 40, 40, 40), "white", "white"),
        ((0, 200, 0, 200), "black", "black"),
        ((120, 0, 120, 0), "black", "black"),
        ((40, 40, 40, 160), (238, 228, 205), "plain"),
    ],
)
def test_a_frame_is_found_and_the_crop_leaves_nothing_of_it(tmp_path, sides, colour, kind):
    picture = scene(seed=7)
    made = framed(picture, *sides, colour)
    told = measured(tmp_path, made)
    assert (told.border_kind, told.border_sure) == (kind, True)
    for found, true in zip(told.border, sides, strict=True):
        assert (found == 0) if true == 0 else (true <= found <= true + 6)
    left, top, right, bottom = told.border
    cropped = made.crop((left, top, made.width - right, made.height - bottom))
    assert measured(tmp_path, cropped).border is None
    assert apart(told, measured(tmp_path, picture)) <= 8  # the frame does not count


def test_bars_filled_with_a_blurred_copy_are_found(tmp_path):
    picture = scene(720, 500, seed=9)
    back = picture.resize((1296, 900)).crop((288, 0, 1008, 900))
    back = back.filter(ImageFilter.GaussianBlur(25))
    back.paste(picture, (0, 200))
    told = measured(tmp_path, back)
    assert told.border_kind == "blurred"
    assert told.border == pytest.approx((0, 201, 0, 201), abs=4)


def sky_over_sea():
    made = np.empty((900, 720, 3), np.float32)
    made[:] = np.linspace(0, 1, 900)[:, None, None] * [190, 106, 20] + [10, 14, 40]
    made[600:] = [12, 20, 34]
    made += np.random.default_rng(3).normal(0, 2, (900, 720, 1))
    return Image.fromarray(np.clip(made, 0, 255).astype(np.uint8))


def night():
    rng = np.random.default_rng(5)
    made = np.full((900, 720), 4.0) + rng.normal(0, 1.5, (900, 720))
    made[rng.integers(0, 900, 300), rng.integers(0, 720, 300)] = 240
    made[640:, 200:520] += np.linspace(0, 60, 260)[:, None]
    return Image.fromarray(np.clip(made, 0, 255).astype(np.uint8))


def thing_on_white():
    made = np.full((900, 720), 255.0)
    down, across = np.mgrid[:900, :720]
    made[(down - 450) ** 2 + (across - 360) ** 2 < 220**2] = 80
    return Image.fromarray(made.astype(np.uint8))


@pytest.mark.parametrize("made", [sky_over_sea, night, thing_on_white])
def test_a_scene_with_plain_edges_has_no_border(tmp_path, made):
    assert measured(tmp_path, made()).border is None


# The cache

STAMP = (1_764_000_000_123_456_789, 4321)


def some(number=1, **changed):
    given = {
        "sharpness": 12.5 + number,
        "mean": 99.0,
        "clipped_dark": 0.1,
        "clipped_light": 0.0,
        "border": (1, 2, 3, 4) if number % 2 else None,
        "dhash": (1 << 63) + number,
        "phash": (1 << 64) - 1 - number,
    }
    return Measures(**given | changed)


def test_measures_are_there_again_for_the_same_file_only(tmp_path):
    cache = MeasureCache(tmp_path / "cache")
    cache.put("media/a.jpg", STAMP, some())
    cache.put("media/é\n\ud800.jpg", STAMP, some(2))
    cache.save()
    again = MeasureCache(tmp_path / "cache")
    assert again.get("media/a.jpg", STAMP) == some()
    assert again.get("media/é\n\ud800.jpg", STAMP) == some(2)
    assert again.get("media/a.jpg", (STAMP[0] + 1, STAMP[1])) is None
    assert again.get("media/a.jpg", (STAMP[0], 1)) is None
    assert again.get("media/b.jpg", STAMP) is None
    assert again.load_all() == {"media/a.jpg": some(), "media/é\n\ud800.jpg": some(2)}


def test_the_stamp_changes_with_the_file(tmp_path):
    path = tmp_path / "a.jpg"
    assert stamp(path) is None
    path.write_bytes(b"x")
    before = stamp(path)
    path.write_bytes(b"xy")
    assert stamp(path) != before


def test_ten_thousand_measures_are_loaded_at_once(tmp_path):
    cache = MeasureCache(tmp_path)
    for number in range(10_000):
        cache.put(f"media/{number}.jpg", STAMP, some(number))
    cache.save()
    start = time.process_time()
    assert len(MeasureCache(tmp_path).load_all()) == 10_000
    assert time.process_time() - start < 0.5  # measured 0.05; the machine may be busy


def test_a_damaged_cache_gives_what_is_whole(tmp_path):
    file = tmp_path / "measures.jsonl"
    cache = MeasureCache(tmp_path)
    cache.put("a", STAMP, some())
    cache.save()
    good = file.read_bytes()
    older = json.dumps(["old", *STAMP, *dataclasses.astuple(some(version=VERSION - 1))]).encode()
    for junk in (b"\xff\xfe", b"[1,2", b'["x"]\n{}\n3', b"[" * 9999, older, good[:40]):
        file.write_bytes(junk + b"\n" + good + junk)
        again = MeasureCache(tmp_path)
        assert again.load_all() == {"a": some()}
        again.put("b", STAMP, some(2))  # after a line that a crash cut off
        again.save()
        assert MeasureCache(tmp_path).load_all() == {"a": some(), "b": some(2)}
    file.unlink()
    assert MeasureCache(tmp_path).load_all() == {}


def test_a_hostile_row_is_no_measure(tmp_path):
    row = ["a", *STAMP, *dataclasses.astuple(some())]
    for place, value in [(3, "x"), (7, 5), (7, [1, 2]), (8, "7"), (8, -1), (9, 1 << 64), (13, [])]:
        bad = [*row[:place], value, *row[place + 1 :]]
        (tmp_path / "measures.jsonl").write_text(json.dumps(bad))
        assert MeasureCache(tmp_path).load_all() == {}
        assert MeasureCache(tmp_path).get("a", STAMP) is None


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = MeasureCache(tmp_path / "file")
    cache.put("a", STAMP, some())
    cache.save()
    assert cache.get("a", STAMP) == some()


def test_a_cache_does_not_grow_without_end(tmp_path):
    cache = MeasureCache(tmp_path)
    for turn in range(400):
        cache.put("a", (turn, 1), some(turn))
        cache.save()
    assert len((tmp_path / "measures.jsonl").read_bytes().splitlines()) < 250
    assert MeasureCache(tmp_path).get("a", (399, 1)) == some(399)


def test_files_that_are_gone_are_forgotten(tmp_path):
    cache = MeasureCache(tmp_path)
    for number in range(300):
        cache.put(f"{number}", STAMP, some(number))
    cache.save()
    cache.save(keep={"7"})
    assert MeasureCache(tmp_path).load_all() == {"7": some(7)}
    assert [path.name for path in tmp_path.iterdir()] == ["measures.jsonl"]
