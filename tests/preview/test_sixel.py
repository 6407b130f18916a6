from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.preview.cells import fit
from studio.preview.modes import Mode
from studio.preview.protocols import Pixels, Protocol, paint

MEDIA = Path(__file__).parents[2] / "sample_projects" / "rewind-89" / "media"
ROW = re.compile(
    r"\x1b7\x1b\[0;48;2;\d+;\d+;\d+m(?P<blank> +)\x1b8"
    r'\x1bP0;1;0q"1;1;(?P<wide>\d+);(?P<high>\d+)(?P<body>[^\x1b]*)\x1b\\'
    r"\x1b8\x1b\[(?P<moved>\d+)C\x1b\[0m"
)
PART = re.compile(
    r"#(?P<define>\d+);2;(?P<r>\d+);(?P<g>\d+);(?P<b>\d+)|#(?P<take>\d+)"
    r"|!(?P<times>\d+)(?P<many>[?-~])|(?P<one>[?-~])|(?P<home>\$)|(?P<down>-)"
)


def decoded(row: str) -> np.ndarray:
    """What a terminal makes of a row: DEC STD 070, chapter 5, the part that is used here."""
    found = ROW.fullmatch(row)
    assert found
    wide, high = int(found["wide"]), int(found["high"])
    shown = np.zeros((high + 6, wide, 3), dtype=np.uint8)
    drawn = np.zeros((high + 6, wide), dtype=int)
    colours: dict[int, tuple[int, ...]] = {}
    x = y = end = 0
    colour = -1
    for part in PART.finditer(found["body"]):
        assert part.start() == end
        end = part.end()
        if part["define"]:
            assert int(part["define"]) < 256
            levels = [int(part[channel]) for channel in "rgb"]
            assert max(levels) <= 100
            colours[int(part["define"])] = tuple(round(level * 2.55) for level in levels)
        elif part["take"]:
            colour = int(part["take"])
        elif part["home"]:
            x = 0
        elif part["down"]:
            x, y = 0, y + 6
        else:
            times = int(part["times"] or 1)
            bits = ord(part["many"] or part["one"]) - 63
            for down in range(6):
                if bits >> down & 1:
                    shown[y + down, x : x + times] = colours[colour]
                    drawn[y + down, x : x + times] += 1
            x += times
            assert x <= wide
    assert end == len(found["body"])
    assert (drawn[:high] == 1).all(), "every pixel once"
    assert not drawn[high:].any(), "nothing below the row"
    return shown[:high]


def painted(image: Image.Image, columns: int, rows: int, cell: tuple[int, int]) -> Pixels:
    cells = fit(np.asarray(image.resize((columns, 2 * rows))), Mode.HALF)
    pixels = np.asarray(image.resize((columns * cell[0], rows * cell[1])))
    return paint(pixels, Protocol.SIXEL, cells)


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The structural similarity of two pictures in grey, over windows of 8x8 (Wang, 2004)."""
    a, b = (
        np.lib.stride_tricks.sliding_window_view(picture.mean(axis=2), (8, 8))[::4, ::4]
        for picture in (one, other)
    )
    ma, mb = a.mean(axis=(2, 3)), b.mean(axis=(2, 3))
    va, vb = a.var(axis=(2, 3)), b.var(axis=(2, 3))
    both = (a * b).mean(axis=(2, 3)) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(
        ((2 * ma * mb + c1) * (2 * both + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean()
    )


@pytest.mark.parametrize("cell", [(8, 16), (7, 14), (8, 15), (9, 18), (10, 20), (5, 5), (3, 31)])
def test_rows_are_painted_whole_and_never_outside(photo, cell: tuple[int, int]) -> None:
    picture = painted(photo, 30, 12, cell)
    shown = np.concatenate([decoded(row) for row in picture.ansi])
    wanted = np.asarray(photo.resize((30 * cell[0], 12 * cell[1])))
    assert shown.shape == wanted.shape
    assert np.abs(shown.astype(int) - wanted).mean() < 20


@pytest.mark.parametrize("name", ["xmas-89-01.jpg", "arcade-carpet-01.jpg"])
def test_a_picture_looks_like_itself_within_the_bytes_aimed_at(name: str) -> None:
    with Image.open(MEDIA / name) as file:
        image = file.convert("RGB").resize((320, 400), Image.Resampling.LANCZOS)
    picture = painted(image, 40, 25, (8, 16))
    shown = np.concatenate([decoded(row) for row in picture.ansi])
    assert similarity(shown, np.asarray(image)) > 0.92
    assert sum(map(len, picture.ansi)) < 320_000


def test_the_cursor_ends_behind_the_row_and_blanks_come_first(photo) -> None:
    for row in painted(photo, 30, 3, (8, 16)).ansi:
        found = ROW.fullmatch(row)
        assert found
        assert len(found["blank"]) == int(found["moved"]) == 30


def test_flat_colours_stay_flat(two_colours) -> None:
    sharp = two_colours.resize((160, 160), Image.Resampling.NEAREST)
    shown = np.concatenate([decoded(row) for row in painted(sharp, 20, 10, (8, 16)).ansi])
    assert (np.abs(shown.astype(int) - np.asarray(sharp)) <= 2).all()
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) == 2


def test_a_row_takes_only_the_colours_it_shows(two_colours) -> None:
    sharp = two_colours.resize((160, 160), Image.Resampling.NEAREST)
    rows = painted(sharp.rotate(90), 20, 10, (8, 16)).ansi
    assert [row.count(";2;") - row.count("48;2;") for row in rows] == [1] * 10


def test_a_quiet_picture_gets_more_colours_than_a_busy_one(photo) -> None:
    y, x = np.mgrid[0:320, 0:320]
    quiet = np.stack((x / 2, y / 2, 80 + (x + y) / 8), axis=-1).astype(np.uint8)
    busy = np.random.default_rng(1).integers(0, 255, (320, 320, 3), dtype=np.uint8)

    def colours(pixels: np.ndarray) -> int:
        rows = painted(Image.fromarray(pixels), 40, 20, (8, 16)).ansi
        return len({found for row in rows for found in re.findall(r"#\d+;2;\d+;\d+;\d+", row)})

    assert colours(busy) <= 128
    assert colours(quiet) > 200


def test_absurd_widths_are_refused() -> None:
    cells = fit(np.zeros((2, 50, 3), np.uint8), Mode.HALF)
    with pytest.raises(ValueError, match="too wide"):
        paint(np.zeros((6, 10_000, 3), np.uint8), Protocol.SIXEL, cells)


def test_a_picture_of_hundreds_of_bands_is_whole(photo) -> None:
    picture = painted(photo, 3, 120, (4, 20))
    shown = np.concatenate([decoded(row) for row in picture.ansi])
    wanted = np.asarray(photo.resize((12, 2400)))
    assert np.abs(shown.astype(int) - wanted).mean() < 20
