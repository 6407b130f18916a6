from __future__ import annotations

import contextlib
import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.preview import colour, opening
from studio.preview.modes import Mode
from studio.preview.picture import Box, from_image, load
from studio.problem import Problem

# Pillow warns about some damage before it gives up; the program silences it, pytest resets that.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

RED, BLUE = (200, 10, 10), (10, 10, 200)
BOX = Box(20, 20)


def near(colour: np.ndarray, wanted: tuple[int, int, int], by: int = 12) -> bool:
    return bool((np.abs(colour.astype(int) - wanted) <= by).all())


def ends(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Colours at the upper left and the lower right."""
    cells = load(path, BOX, Mode.HALF)
    return cells.bg[0, 0], cells.bg[-1, -1]


def png_of_size(wide: int, high: int, data: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


# --- what is shown ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.jpg", {"quality": 95}),
        ("progressive.jpg", {"quality": 95, "progressive": True}),
        ("a.png", {}),
        ("a.webp", {}),
        ("a.avif", {}),
        ("a.gif", {}),
        ("a.bmp", {}),
        ("a.jp2", {}),
        ("a picture with blanks and ünïcode 📷.png", {}),
    ],
)
def test_every_known_format_is_shown(two_colours: Image.Image, saved, name, options) -> None:
    left, right = ends(saved(two_colours, name, **options))
    assert near(left, RED)
    assert near(right, BLUE)


def test_a_picture_with_the_wrong_extension_is_shown_for_what_it_is(two_colours, saved) -> None:
    left, _ = ends(saved(two_colours, "really-a-png.jpg", format="PNG"))
    assert near(left, RED)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize(
    ("orientation", "corners"),
    [
        # The colours at the upper left and lower right, and whether it stands.
        (1, (RED, BLUE, False)),
        (2, (BLUE, RED, False)),
        (3, (BLUE, RED, False)),
        (4, (RED, BLUE, False)),
        (5, (RED, BLUE, True)),
        (6, (RED, BLUE, True)),
        (7, (BLUE, RED, True)),
        (8, (BLUE, RED, True)),
    ],
)
def test_a_phone_photo_held_any_way_stands_upright(
    two_colours, saved, name, orientation, corners
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(two_colours, name, exif=exif)
    cells = load(path, BOX, Mode.HALF)
    upper_left, lower_right, stands = corners
    assert (cells.columns, cells.rows) == ((20, 20) if stands else (20, 5))
    assert near(cells.bg[0, 0], upper_left)
    assert near(cells.bg[-1, -1], lower_right)


def test_an_image_that_pillow_has_turned_is_not_turned_again(two_colours, saved) -> None:
    with Image.open(saved(two_colours, "a.tif", tiffinfo={0x0112: 6})) as image:
        cells = from_image(image, BOX, Mode.HALF)
    assert (cells.columns, cells.rows) == (20, 20)
    assert near(cells.bg[0, 0], RED)


def test_upside_down_is_told_from_mirrored(saved) -> None:
    image = Image.new("RGB", (40, 40), RED)
    image.paste(BLUE, (0, 0, 20, 20))  # blue at the upper left only
    exif = Image.Exif()
    exif[0x0112] = 6  # stored lying on its left side: the upper left comes to the upper right
    cells = load(saved(image, "a.png", exif=exif), BOX, Mode.HALF)
    assert near(cells.bg[0, -1], BLUE)
    assert near(cells.bg[0, 0], RED)
    assert near(cells.bg[-1, -1], RED)


def test_damaged_exif_does_not_hide_the_picture(two_colours, saved) -> None:
    left, _ = ends(saved(two_colours, "a.jpg", quality=95, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"))
    assert near(left, RED)


@pytest.mark.parametrize("mode", ["P", "CMYK", "YCbCr", "RGBA", "PA"])
def test_every_kind_of_colour_is_shown(two_colours, mode) -> None:
    image = two_colours.convert("P").convert("PA") if mode == "PA" else two_colours.convert(mode)
    cells = from_image(image, BOX, Mode.HALF)
    assert near(cells.bg[0, 0], RED)
    assert near(cells.bg[-1, -1], BLUE)


def test_a_jpeg_for_print_is_shown(two_colours, saved) -> None:
    left, right = ends(saved(two_colours.convert("CMYK"), "a.jpg"))
    assert near(left, RED)
    assert near(right, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_black_and_white_is_shown(mode) -> None:
    image = Image.new("L", (40, 20), 0)
    image.paste(255, (20, 0, 40, 20))
    cells = from_image(image.convert(mode), BOX, Mode.HALF)
    assert near(cells.bg[0, 0], (0, 0, 0))
    assert near(cells.bg[-1, -1], (255, 255, 255))


@pytest.mark.parametrize(
    ("kind", "grey"), [(np.uint16, 0x8000), (np.int32, 0x8000), (np.float32, 0.5)]
)
def test_sixteen_bits_are_not_blown_out(saved, kind, grey) -> None:
    image = Image.fromarray(np.full((20, 40), grey, dtype=kind))
    assert near(from_image(image, BOX, Mode.HALF).bg[0, 0], (128, 128, 128))
    if kind is np.uint16:
        assert near(load(saved(image, "deep.png"), BOX, Mode.HALF).bg[0, 0], (128, 128, 128))


def test_transparent_parts_show_the_background(saved) -> None:
    image = Image.new("RGBA", (40, 20), (*RED, 255))
    image.paste((0, 255, 0, 0), (20, 0, 40, 20))  # invisible green must not leak
    for name in ("a.png", "a.webp", "a.gif"):
        cells = load(saved(image, name), BOX, Mode.HALF, background=(1, 2, 3))
        assert near(cells.bg[0, 0], RED)
        assert near(cells.bg[-1, -1], (1, 2, 3), by=2)
    half = Image.new("RGBA", (40, 20), (255, 255, 255, 128))
    cells = load(saved(half, "half.png"), BOX, Mode.HALF, background=(0, 0, 0))
    assert near(cells.bg[0, 0], (128, 128, 128), by=2)


def test_one_transparent_colour_is_transparent(two_colours, saved) -> None:
    path = saved(two_colours, "a.png", transparency=BLUE)
    assert near(load(path, BOX, Mode.HALF, background=(1, 2, 3)).bg[-1, -1], (1, 2, 3))


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.avif"])
def test_an_animation_shows_its_first_frame(two_colours, saved, name) -> None:
    second = Image.new("RGB", two_colours.size, (0, 255, 0))
    left, right = ends(saved(two_colours, name, save_all=True, append_images=[second]))
    assert near(left, RED, by=20)
    assert near(right, BLUE, by=20)


def test_colours_of_another_profile_are_brought_to_srgb(saved) -> None:
    swapped = io.BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    lab = ImageCms.ImageCmsProfile(swapped)
    grey = Image.new("RGB", (4, 4), (120, 120, 120))
    # A profile of another mode cannot be used; the picture is shown all the same.
    assert colour.managed(grey, lab.tobytes()).getpixel((0, 0)) == (120, 120, 120)
    assert colour.managed(grey, b"junk").getpixel((0, 0)) == (120, 120, 120)
    linear = colour.managed(grey, linear_profile())
    assert near(np.array(linear.getpixel((0, 0))), (182, 182, 182), by=3)  # .47 linear in sRGB
    path = saved(grey.convert("RGBA"), "a.png", icc_profile=linear_profile())
    assert near(load(path, BOX, Mode.HALF).bg[0, 0], (182, 182, 182), by=3)


SRGB = ((0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
# Display P3's primaries, adapted to D50 (SMPTE RP 431-2 with a white of D65).
P3 = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("colour_shown", [(120, 120, 120), (190, 90, 70), (90, 160, 110)])
def test_a_phones_wide_colours_are_brought_to_srgb(saved, name, colour_shown) -> None:
    light = np.array(P3).T @ (np.array(colour_shown) / 255) ** (563 / 256)
    linear = (np.linalg.inv(np.array(SRGB).T) @ light).clip(0, 1)
    low = linear <= 0.0031308
    wanted = 255 * np.where(low, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    image = Image.new("RGB", (40, 40), colour_shown)
    options = {"icc_profile": linear_profile(P3, gamma=0x0233)}
    path = saved(image, name, **options, **({} if name == "a.png" else {"quality": 98}))
    got = load(path, BOX, Mode.HALF).bg[3, 3].astype(int)
    assert np.abs(got - wanted).max() <= 5, (got, wanted)


def test_a_profile_does_not_touch_what_shows_through(saved) -> None:
    image = Image.new("RGBA", (40, 40), (200, 100, 50, 0))
    path = saved(image, "a.png", icc_profile=linear_profile(P3, gamma=0x0233))
    assert near(load(path, BOX, Mode.HALF, background=(9, 80, 7)).bg, (9, 80, 7), by=1)


def test_a_palette_with_transparent_entries_is_shown_right(saved) -> None:
    image = Image.new("P", (40, 20), 0)
    image.putpalette([*RED, *BLUE, 0, 255, 0])
    image.paste(1, (10, 0, 20, 20))
    image.paste(2, (20, 0, 40, 20))
    path = saved(image, "a.png", transparency=bytes([255, 255, 0]))
    cells = load(path, BOX, Mode.HALF, background=(1, 2, 3))
    assert near(cells.bg[0, 1], RED)
    assert near(cells.bg[0, 7], BLUE)
    assert near(cells.bg[0, -2], (1, 2, 3), by=2)


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.avif"])
def test_frames_of_an_animation_are_counted(saved, name) -> None:
    frames = [Image.new("RGB", (20, 20), (shade, 40, 200 - shade)) for shade in range(0, 200, 20)]
    assert opening.frame_count(saved(frames[0], "still-" + name)) == 1
    path = saved(frames[0], name, save_all=True, append_images=frames[1:])
    assert opening.frame_count(path) == 10


def test_counting_the_frames_of_a_hostile_file_comes_to_an_end(tmp_path, saved) -> None:
    assert opening.frame_count(saved(Image.new("RGB", (4, 4)), "a.jpg")) == 1
    path = saved(Image.new("P", (4, 4)), "a.gif")
    whole = path.read_bytes()
    frame = b"," + bytes(8) + b"\0\2\0"
    (tmp_path / "many.gif").write_bytes(whole.rstrip(b";") + frame * 200_000)
    assert opening.frame_count(tmp_path / "many.gif") == opening.MOST_FRAMES
    for cut in range(13, len(whole)):
        path.write_bytes(whole[:cut])
        with contextlib.suppress(Problem):
            assert opening.frame_count(path) == 1


def linear_profile(primaries=SRGB, gamma: int | None = None) -> bytes:
    """A profile put together by hand; gamma in 1/256, 1 if None."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv" + bytes(4) + struct.pack(">I", 0)
    if gamma is not None:
        curve = b"curv" + bytes(4) + struct.pack(">IHH", 1, gamma, 0)
    tags = {
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(*primaries[0]),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(*primaries[1]),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(*primaries[2]),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI", size, b"lcms", 0x02400000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp"
    head = head.ljust(68, b"\0") + fixed(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + body


# --- how it fits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "box", "wanted"),
    [
        ((1080, 1350), Box(80, 50), (80, 50)),
        ((1080, 1350), Box(80, 100), (80, 50)),
        ((1080, 1350), Box(200, 50), (80, 50)),
        ((1080, 1920), Box(80, 50), (56, 50)),
        ((1600, 900), Box(80, 50), (80, 22)),
        ((4000, 10), Box(80, 50), (80, 1)),
        ((10, 4000), Box(80, 50), (1, 50)),
        ((1, 1), Box(80, 50), (80, 40)),
        ((100, 100), Box(1, 1), (1, 1)),
        ((100, 100), Box(0, 0), (1, 1)),
    ],
)
@pytest.mark.parametrize("mode", Mode)
def test_the_shape_is_kept_inside_the_box(size, box, wanted, mode) -> None:
    cells = from_image(Image.new("RGB", size), box, mode)
    assert (cells.columns, cells.rows) == wanted


def test_narrow_cells_change_the_shape() -> None:
    cells = from_image(Image.new("RGB", (100, 100)), Box(80, 80), Mode.HALF, cell_ratio=1.6)
    assert (cells.columns, cells.rows) == (80, 50)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_filled_box_shows_the_middle(saved, orientation) -> None:
    image = Image.new("RGB", (300, 100), RED)
    image.paste(BLUE, (100, 0, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    cells = load(saved(image, "a.png", exif=exif), Box(10, 5), Mode.HALF, fill=True)
    assert (cells.columns, cells.rows) == (10, 5)
    assert near(cells.bg, BLUE, by=20)  # the filter looks a little beyond the edge


def test_a_large_jpeg_looks_as_it_would_decoded_whole(photo, saved, seen) -> None:
    large = photo.resize((2560, 3200), Image.Resampling.BICUBIC)
    path = saved(large, "large.jpg", quality=95)
    small = seen(load(path, Box(40, 25), Mode.OCTANT)).astype(int)
    with Image.open(path) as image:
        whole = seen(from_image(image.convert("RGB"), Box(40, 25), Mode.OCTANT)).astype(int)
    assert np.abs(small - whole).mean() < 2


# --- what is not shown --------------------------------------------------------------------


def problem(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        load(path, BOX, Mode.OCTANT)
    assert caught.value.where == str(path), "the file is not named"
    assert caught.value.mend
    return caught.value.what


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"GIF89a\xff\xff", "damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "damaged"),
        (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", "damaged"),
        (b"II*\0\x08\0\0\0\xff\xff", "TIFF"),
        (b"BM", "damaged"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "damaged"),
        (b"\0" * 100, "not a picture"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        (b"PK\x03\x04", "zip"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><title>Log in</title>", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "clip"),
        (b"\x1aE\xdf\xa3", "clip"),
    ],
)
def test_a_file_that_is_no_picture_is_named_with_what_it_is(tmp_path, content, said) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(content)
    assert said in problem(path)


@pytest.mark.parametrize("name", ["a.jpg", "p.jpg", "a.png", "a.webp", "a.avif", "a.gif", "a.jp2"])
def test_a_download_that_broke_off_is_said_so(photo, saved, name) -> None:
    options = {"progressive": True} if name == "p.jpg" else {}
    path = saved(photo, name, **options)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged or cut off" in problem(path)


def test_a_damaged_file_is_shown_or_named_and_writes_nothing_across_the_screen(
    photo, saved, capfd
) -> None:
    random = np.random.default_rng(11)
    shown = told = 0
    for name in ("a.jpg", "a.png", "a.webp", "a.gif", "a.jp2", "a.avif"):
        path = saved(photo.resize((64, 80)), name)
        whole = bytearray(path.read_bytes())
        for _ in range(25):
            hurt = bytearray(whole)
            for at in random.integers(0, min(len(whole), 400), 6):
                hurt[at] = random.integers(0, 256)
            path.write_bytes(hurt)
            try:
                load(path, BOX, Mode.OCTANT)
            except Problem:
                told += 1
            else:
                shown += 1
    assert shown
    assert told
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("wide", "high"), [(8000, 8000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_an_enormous_picture_is_refused_before_it_fills_the_memory(tmp_path, wide, high) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of_size(wide, high, zlib.compress(bytes(1 << 20))))
    said = problem(path)
    assert "at most 50 million pixels" in said or "damaged" in said


def test_a_text_chunk_that_explodes_is_refused(tmp_path, two_colours) -> None:
    file = io.BytesIO()
    two_colours.save(file, "PNG")
    body = b"parameters\0\0" + zlib.compress(bytes(200 << 20))
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + body))
    path = tmp_path / "bomb.png"
    path.write_bytes(file.getvalue()[:33] + chunk + file.getvalue()[33:])
    assert "damaged" in problem(path)


def test_missing_files_folders_and_pipes_are_told_apart(tmp_path) -> None:
    assert "no such file" in problem(tmp_path / "gone.jpg")
    assert "folder" in problem(tmp_path)
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "pipe" in problem(tmp_path / "pipe.jpg")  # and does not wait for a writer
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    assert "cannot be opened" in problem(tmp_path / "loop.jpg")
    assert "cannot be opened" in problem(Path("nul\0.jpg"))


def test_a_forbidden_file_is_said_to_be(tmp_path, two_colours, saved, monkeypatch) -> None:
    path = saved(two_colours, "secret.png")
    if os.geteuid() == 0:  # root may read everything

        def refuse(*_args: object) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(opening.os, "open", refuse)
    else:
        path.chmod(0)
    assert "may not read" in problem(path)


def test_a_hostile_name_is_shown_harmless(tmp_path) -> None:
    path = tmp_path / "\x1b]0;owned\x07.jpg"
    path.write_bytes(b"junk")
    with pytest.raises(Problem) as caught:
        load(path, BOX, Mode.HALF)
    assert "\x1b" not in str(caught.value)


def test_no_file_is_left_open(tmp_path, two_colours, saved) -> None:
    good = saved(two_colours, "good.png")
    bad = tmp_path / "bad.png"
    bad.write_bytes(good.read_bytes()[:60])
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("counts open files under /proc")
    before = len(list(folder.iterdir()))
    for _ in range(5):
        load(good, BOX, Mode.HALF)
        for path in (bad, tmp_path, tmp_path / "gone"):
            with pytest.raises(Problem):
                load(path, BOX, Mode.HALF)
    assert len(list(folder.iterdir())) == before
