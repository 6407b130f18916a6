from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from studio.preview.look_ahead import Request, draw
from studio.preview.modes import Mode
from studio.preview.proxy import proxy
from studio.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "proxies"


@pytest.fixture(scope="module")
def large(photo: Image.Image) -> Image.Image:
    return photo.resize((1280, 1600))


def files(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.exists() else []


def test_a_slow_picture_gets_a_small_jpeg_once(large, saved, cache) -> None:
    path = saved(large, "a.png", compress_level=1)
    kept = proxy(path, cache)
    assert kept.parent == cache
    with Image.open(kept) as image:
        assert (image.format, image.size) == ("JPEG", (1080, 1350))
    made = kept.stat().st_ino
    assert proxy(path, cache) == kept
    assert kept.stat().st_ino == made, "it was made again"
    assert files(cache) == [kept]


def test_the_proxy_looks_like_the_picture(large, saved, cache, seen) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    path = saved(large, "a.png", exif=exif, compress_level=1)
    wanted = Request(path, (1, 1), 40, 30, Mode.OCTANT)
    plain = draw(wanted)
    first = draw(wanted, cache_dir=cache)
    again = draw(wanted, cache_dir=cache)
    assert len(files(cache)) == 1
    assert first.codes.shape == again.codes.shape == plain.codes.shape
    assert np.abs(seen(again).astype(int) - seen(plain)).mean() < 3


def test_quick_pictures_are_used_as_they_are(photo, large, saved, cache) -> None:
    for path in (saved(large, "a.jpg"), saved(photo, "small.png")):
        assert proxy(path, cache) == path
    assert files(cache) == []


def test_a_very_large_jpeg_gets_a_proxy(photo, saved, cache) -> None:
    path = saved(photo.resize((2400, 3000)), "camera.jpg")
    with Image.open(proxy(path, cache)) as image:
        assert image.size == (1080, 1350)


def test_a_transparent_picture_keeps_its_transparency(large, saved, cache) -> None:
    image = large.convert("RGBA")
    opaque = saved(image, "opaque.png", compress_level=1)
    assert proxy(opaque, cache) != opaque
    image.putpixel((3, 3), (0, 0, 0, 0))
    image.paste((0, 0, 0, 0), (0, 0, 200, 200))
    path = saved(image, "a.png", compress_level=1)
    assert proxy(path, cache) == path


def test_a_changed_picture_gets_a_new_proxy(large, saved, cache) -> None:
    path = saved(large, "a.png", compress_level=1)
    first = proxy(path, cache)
    saved(Image.new("RGB", (1280, 1600), "red"), "a.png")
    os.utime(path, ns=(1, 1))
    second = proxy(path, cache)
    assert second != first
    with Image.open(second) as image:
        assert image.getpixel((5, 5)) == (254, 0, 0)


def test_the_folder_never_grows_past_its_size_and_keeps_the_last_used(large, saved, cache) -> None:
    paths = [saved(large, f"{name}.png", compress_level=1) for name in "abc"]
    first, second = (proxy(path, cache) for path in paths[:2])
    os.utime(first, ns=(1, 1))
    os.utime(second, ns=(2, 2))
    proxy(paths[0], cache)  # used again
    size = first.stat().st_size
    third = proxy(paths[2], cache, max_bytes=int(size * 2.5))
    assert files(cache) == sorted([first, third])


def test_a_cache_that_cannot_be_written_is_done_without(large, saved, tmp_path) -> None:
    path = saved(large, "a.png", compress_level=1)
    (tmp_path / "file").write_text("in the way")
    assert proxy(path, tmp_path / "file") == path


def test_a_damaged_proxy_is_replaced_by_the_picture(large, saved, cache) -> None:
    path = saved(large, "a.png", compress_level=1)
    kept = proxy(path, cache)
    kept.write_bytes(kept.read_bytes()[:2000])
    cells = draw(Request(path, (1, 1), 20, 10, Mode.HALF), cache_dir=cache)
    assert cells.columns == 16
    assert files(cache) == [kept]
    with Image.open(kept) as image:
        image.load()


def test_a_broken_picture_is_named_itself_not_its_proxy(tmp_path, cache) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    for wrong in (path, tmp_path / "gone.png"):
        with pytest.raises(Problem) as caught:
            draw(Request(wrong, (1, 1), 20, 10, Mode.HALF), cache_dir=cache)
        assert caught.value.where == str(wrong)
