from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from studio.preview import drawing, protocols
from studio.preview.cells import Cells
from studio.preview.look_ahead import Request, draw
from studio.preview.modes import Mode
from studio.preview.protocols import Pixels, Protocol
from studio.preview.view import View
from studio.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def squares() -> Image.Image:
    """640x480 pixels of noise: every pixel is another."""
    noise = np.random.default_rng(3).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    return Image.fromarray(noise)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch) -> None:
    monkeypatch.setattr(drawing, "_kept", drawing.decoded.Kept())


@pytest.fixture
def seen_pixels(monkeypatch):
    """Draws with a protocol and returns the pixels handed to it."""
    handed: list[np.ndarray] = []
    paint = protocols.paint

    def spy(pixels, *args, **options):
        handed.append(pixels.copy())
        return paint(pixels, *args, **options)

    monkeypatch.setattr(protocols, "paint", spy)

    def show(request: Request) -> np.ndarray:
        assert isinstance(draw(request), Pixels)
        return handed[-1]

    return show


def ask(path: Path, columns: int = 20, rows: int = 10, mode=Mode.OCTANT, **more) -> Request:
    about = path.stat()
    return Request(path, (about.st_mtime_ns, about.st_size), columns, rows, mode, **more)


# --- pixels -------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [(8, 16), (10, 21)])
@pytest.mark.parametrize("protocol", Protocol)
def test_pixels_fill_the_same_cells_as_cells_would(
    saved, photo, protocol, cell, seen_pixels
) -> None:
    path = saved(photo, "a.png")
    request = ask(path, 30, 20, protocol, cell=cell, image_id=0x010203)
    pixels = draw(request)
    assert isinstance(pixels, Pixels)
    wanted = request.view.placed((320, 400), (30, 20), cell)
    assert (pixels.columns, pixels.rows) == (wanted.columns, wanted.rows)
    assert len(pixels.ansi) == pixels.rows
    shape = (pixels.rows * cell[1], pixels.columns * cell[0], 3)
    assert seen_pixels(request).shape == shape
    assert pixels.image_id == (0x010203 if protocol is Protocol.KITTY else 0)
    # What stands in for them is the same picture.
    text = "".join(part.text for part in pixels.segments(0))
    assert len(text) == pixels.columns


def test_real_pixels_are_the_pictures_own(saved, squares, seen_pixels) -> None:
    path = saved(squares, "a.png")
    view = View("real", 0.3, 0.6)
    request = ask(path, 20, 10, Protocol.ITERM, view=view)
    left, top, *_ = view.visible((640, 480), (20, 10), (8, 16))
    x, y = round(left * 640), round(top * 480)
    assert (seen_pixels(request) == np.asarray(squares)[y : y + 160, x : x + 160]).all()


def test_twice_real_size_makes_squares_of_pixels(saved, squares, seen_pixels) -> None:
    path = saved(squares, "a.png")
    view = View("real", 0.5, 0.5, 2.0)
    request = ask(path, 20, 10, Protocol.ITERM, view=view)
    left, top, *_ = view.visible((640, 480), (20, 10), (8, 16))
    x, y = round(left * 640), round(top * 480)
    part = np.asarray(squares)[y : y + 80, x : x + 80]
    assert (seen_pixels(request) == part.repeat(2, axis=0).repeat(2, axis=1)).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_part_of_a_phone_photo_held_any_way_is_the_right_part(
    saved, squares, orientation, seen_pixels
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(squares, "a.png", exif=exif)
    with Image.open(path) as image:
        from PIL import ImageOps

        upright = ImageOps.exif_transpose(image)
    view = View("real", 0.2, 0.7)
    request = ask(path, 10, 5, Protocol.ITERM, view=view)
    left, top, *_ = view.visible(upright.size, (10, 5), (8, 16))
    x, y = round(left * upright.width), round(top * upright.height)
    assert (seen_pixels(request) == np.asarray(upright)[y : y + 80, x : x + 80]).all()


def test_looking_around_decodes_once(saved, squares, monkeypatch) -> None:
    path = saved(squares, "a.jpg")
    calls = []
    decode = drawing.decoded.decode

    def counting(*args):
        calls.append(args)
        return decode(*args)

    monkeypatch.setattr(drawing.decoded, "decode", counting)
    for step in range(5):
        draw(ask(path, view=View("real", step / 5, 0.5)))
    draw(ask(path, loupe=(0.5, 0.5)))
    draw(ask(path, view=View(zoom=2.0)))
    assert len(calls) <= 2, "each step decodes the whole picture again"
    draw(ask(path))
    draw(ask(path))
    assert len(calls) > 2, "the cells of an ordinary picture are what is kept, not its pixels"


def test_a_changed_file_is_decoded_again(saved, squares) -> None:
    path = saved(squares, "a.png")
    request = ask(path, view=View("real"))
    draw(request)
    Image.new("RGB", (640, 480), (1, 2, 3)).save(path)
    cells = draw(ask(path, view=View("real")))
    assert (cells.bg == (1, 2, 3)).all()


# --- cells --------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
def test_zooming_in_shows_more_of_less(saved, photo, mode) -> None:
    path = saved(photo, "a.png")
    whole = draw(ask(path, 40, 20, mode))
    near = draw(ask(path, 40, 20, mode, view=View(zoom=3.0)))
    assert (near.columns, near.rows) == (40, 20)
    assert whole.columns < near.columns
    assert near.bg.std(axis=(0, 1)).mean() < whole.bg.std(axis=(0, 1)).mean()


def test_a_zoomed_part_is_where_it_was_pointed_at(saved) -> None:
    image = Image.new("RGB", (800, 600), (200, 10, 10))
    image.paste((10, 10, 200), (600, 400, 640, 440))
    path = saved(image, "a.png")
    cells = draw(ask(path, 20, 10, Mode.HALF, view=View("real", 0.775, 0.7, 4.0)))
    assert (np.abs(cells.bg[5, 10].astype(int) - (10, 10, 200)) < 12).all()


@pytest.mark.parametrize("mode", Mode)
def test_labels_are_characters_in_cells(saved, photo, mode) -> None:
    path = saved(photo, "a.png")
    cells = draw(ask(path, 40, 20, mode, marks=((0.5, 0.5, "7"), (0.1, 0.9, "12"))))
    assert isinstance(cells, Cells)
    row, column = map(int, np.argwhere(cells.codes == ord("7"))[0])
    assert (column, row) == View().cell_of(0.5, 0.5, (320, 400), (40, 20), (8, 16))
    assert any(part.startswith("7") for part in cells.ansi[row].split("m"))
    assert any("7" in segment.text for segment in cells.segments(row))
    plain = draw(ask(path, 40, 20, mode))
    untouched = [number for number in range(20) if number not in {row, int(20 * 0.9)}]
    assert [cells.ansi[number] for number in untouched] == [plain.ansi[n] for n in untouched]


def test_overlays_and_marks_do_not_touch_the_picture_that_is_kept(saved, photo) -> None:
    path = saved(photo, "a.png")
    view = View("real")
    plain = draw(ask(path, view=view))
    draw(ask(path, view=view, overlays=("strict", "thirds"), marks=((0.5, 0.5, ""),)))
    again = draw(ask(path, view=view))
    assert again.ansi == plain.ansi


@pytest.mark.parametrize("mode", [Mode.HALF, Mode.OCTANT, Protocol.ITERM])
@pytest.mark.parametrize("point", [(0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)])
def test_the_loupe_is_in_the_corner_farthest_from_its_point(saved, photo, mode, point) -> None:
    path = saved(photo.resize((1280, 1600)), "a.jpg")
    without, with_it = (draw(ask(path, 60, 40, mode, loupe=loupe)) for loupe in (None, point))
    if isinstance(without, Pixels):
        without, with_it = without.cells, with_it.cells
    # Decoded at another size, the rest of the picture may differ by a trace.
    changed = np.abs(without.bg.astype(int) - with_it.bg).max(axis=-1) > 40
    middle = (without.rows // 2, without.columns // 2)
    corners = {
        (x > 0.5, y > 0.5): part.mean()
        for (x, y), part in {
            (0, 0): changed[: middle[0], : middle[1]],
            (1, 0): changed[: middle[0], middle[1] :],
            (0, 1): changed[middle[0] :, : middle[1]],
            (1, 1): changed[middle[0] :, middle[1] :],
        }.items()
    }
    far = (point[0] < 0.5, point[1] < 0.5)
    assert corners.pop(far) > 0.1
    assert max(corners.values()) < 0.05


def test_a_loupe_needs_room(saved, photo) -> None:
    path = saved(photo, "a.png")
    assert draw(ask(path, 12, 6, loupe=(0.5, 0.5))).ansi == draw(ask(path, 12, 6)).ansi


def test_a_label_under_the_loupe_is_hidden_by_it(saved, photo) -> None:
    path = saved(photo.resize((1280, 1600)), "a.jpg")
    marks = ((0.98, 0.98, "1"), (0.3, 0.5, "2"))
    cells = draw(ask(path, 60, 40, loupe=(0.1, 0.1), marks=marks))
    shown = {chr(code) for code in cells.codes.ravel()}
    assert "2" in shown
    assert "1" not in shown


def test_an_unknown_overlay_is_told(saved, photo) -> None:
    with pytest.raises(Problem, match="is no overlay"):
        draw(ask(saved(photo, "a.png"), overlays=("golden spiral",)))


def test_cells_come_out_sharper_than_their_flat_squares_blur(saved, photo, seen) -> None:
    """As near the picture as plain scaling, and nearer once both are seen from a distance."""
    from PIL import ImageFilter

    from studio.preview.cells import fit

    path = saved(photo, "a.png")
    columns, rows = 40, 25
    original = photo.resize((columns * 8, rows * 16), Image.Resampling.LANCZOS)

    def far(pixels: np.ndarray) -> np.ndarray:
        large = Image.fromarray(pixels.astype(np.uint8)).resize(
            original.size, Image.Resampling.NEAREST
        )
        return np.asarray(large.filter(ImageFilter.GaussianBlur(2))).astype(float)

    wanted = np.asarray(original.filter(ImageFilter.GaussianBlur(2))).astype(float)
    plain = photo.resize((columns * 2, rows * 4), Image.Resampling.LANCZOS)
    ours = draw(ask(path, columns, rows))
    errors = [
        ((far(seen(cells)) - wanted) ** 2).mean()
        for cells in (ours, fit(np.asarray(plain), Mode.OCTANT))
    ]
    assert errors[0] < errors[1]


# --- proxies ------------------------------------------------------------------------------


def test_what_can_wait_is_done_after_the_picture_is_handed_over(saved, photo, tmp_path) -> None:
    path = saved(photo.resize((1280, 1600)), "a.png", compress_level=1)
    cache = tmp_path / "cache"
    jobs: list = []
    first = draw(ask(path), cache_dir=cache, later=jobs.append)
    assert not cache.exists()
    (job,) = jobs
    job()
    assert len(list(cache.iterdir())) == 1
    again = draw(ask(path), cache_dir=cache, later=jobs.append)
    assert len(jobs) == 1
    assert np.abs(first.bg.astype(int) - again.bg).mean() < 4


def test_a_large_jpeg_and_one_in_stages_get_proxies_too(saved, photo, tmp_path) -> None:
    for name, size, options in (
        ("large.jpg", (2400, 3000), {}),
        ("stages.jpg", (1080, 1350), {"progressive": True}),
    ):
        jobs: list = []
        path = saved(photo.resize(size), name, **options)
        draw(ask(path), cache_dir=tmp_path / name[:-4], later=jobs.append)
        assert len(jobs) == 1, name


def test_a_proxy_never_stands_in_for_real_pixels(saved, squares, tmp_path, seen_pixels) -> None:
    large = squares.resize((1000, 750), Image.Resampling.NEAREST)
    path = saved(large, "a.png", compress_level=1)
    cache = tmp_path / "cache"
    draw(ask(path), cache_dir=cache)
    assert len(list(cache.iterdir())) == 1
    request = ask(path, 20, 10, Protocol.ITERM, view=View("real"))
    handed = seen_pixels(request)
    draw(request, cache_dir=cache)
    left, top, *_ = View("real").visible((1000, 750), (20, 10), (8, 16))
    x, y = round(left * 1000), round(top * 750)
    assert (handed == np.asarray(large)[y : y + 160, x : x + 160]).all()


def test_a_proxy_gives_the_size_of_the_picture_it_stands_for(saved, photo, tmp_path) -> None:
    # 1361x1703 made 1080 wide is 1351.4 high: rounded, another shape by a hair.
    path = saved(photo.resize((1361, 1703)), "a.png", compress_level=1)
    cache = tmp_path / "cache"
    draw(ask(path), cache_dir=cache)
    for columns in range(20, 60, 7):
        request = ask(path, columns, 200)
        wanted = request.view.placed((1361, 1703), (columns, 200), (8, 16))
        cells = draw(request, cache_dir=cache)
        assert (cells.columns, cells.rows) == (wanted.columns, wanted.rows)


def test_a_file_in_the_cache_that_is_no_proxy_is_replaced(saved, photo, tmp_path) -> None:
    path = saved(photo.resize((1280, 1600)), "a.png", compress_level=1)
    cache = tmp_path / "cache"
    plain = draw(ask(path), cache_dir=cache)
    (kept,) = cache.iterdir()
    Image.new("RGB", (1080, 1350), "red").save(kept)
    again = draw(ask(path), cache_dir=cache)
    assert np.abs(plain.bg.astype(int) - again.bg).mean() < 4


def test_a_picture_deleted_before_its_proxy_is_made_is_no_fault(saved, photo, tmp_path) -> None:
    path = saved(photo.resize((2400, 3000)), "a.jpg")
    jobs: list = []
    draw(ask(path), cache_dir=tmp_path / "cache", later=jobs.append)
    path.unlink()
    jobs[0]()


def test_two_requests_for_the_same_drawing_are_equal_and_others_are_not(tmp_path) -> None:
    one = Request(tmp_path, (1, 2), 3, 4, Mode.OCTANT, view=View("real", 0.1, 0.2, 3.0))
    assert one == replace(one)
    assert hash(one) == hash(replace(one, view=View("real", 0.1, 0.2, 3.0)))
    for change in (
        {"view": View()},
        {"mode": Protocol.KITTY},
        {"cell": (9, 18)},
        {"overlays": ("strict",)},
        {"marks": ((0.1, 0.1, "1"),)},
        {"loupe": (0.1, 0.1)},
        {"image_id": 7},
        {"compress": True},
    ):
        assert replace(one, **change) != one
