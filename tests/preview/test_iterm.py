from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from studio.preview.cells import fit
from studio.preview.modes import Mode
from studio.preview.protocols import Pixels, Protocol, paint

ROW = re.compile(
    r"\x1b7\x1b\]1337;File=(?P<about>[^:\x07]*):(?P<data>[A-Za-z0-9+/=]*)\x07"
    r"\x1b8\x1b\[(?P<moved>\d+)C\x1b\[0m"
)


def painted(image: Image.Image, columns: int, rows: int) -> Pixels:
    cells = fit(np.asarray(image.resize((columns, 2 * rows))), Mode.HALF)
    pixels = np.asarray(image.resize((columns * 8, rows * 17)))
    return paint(pixels, Protocol.ITERM, cells)


def files(picture: Pixels) -> list[Image.Image]:
    opened = []
    for row in picture.ansi:
        found = ROW.fullmatch(row)
        assert found
        about = dict(pair.split("=") for pair in found["about"].split(";"))
        data = base64.b64decode(found["data"], validate=True)
        assert about["inline"] == "1", "without it the file would be saved, not shown"
        assert int(about["size"]) == len(data)
        assert (about["width"], about["height"]) == (str(picture.columns), "1")
        assert int(found["moved"]) == picture.columns
        opened.append(Image.open(io.BytesIO(data)))
    return opened


def test_each_row_is_a_file_of_its_own_and_they_meet_without_a_seam(photo) -> None:
    picture = painted(photo, 40, 20)
    parts = files(picture)
    assert len(parts) == 20
    assert {part.size for part in parts} == {(320, 17)}
    shown = np.concatenate([np.asarray(part.convert("RGB")) for part in parts]).astype(int)
    wanted = np.asarray(photo.resize((320, 340))).astype(int)
    error = np.abs(shown - wanted).mean(axis=(1, 2))
    assert error.mean() < 6
    edges = [y for y in range(340) if y % 17 in {0, 16}]
    assert error[edges].mean() < 1.3 * error.mean()


def test_a_photograph_is_small_and_a_drawing_is_exact(photo, two_colours) -> None:
    assert {part.format for part in files(painted(photo, 40, 20))} == {"JPEG"}
    drawing = painted(two_colours.resize((320, 340), Image.Resampling.NEAREST), 40, 20)
    parts = files(drawing)
    assert {part.format for part in parts} == {"PNG"}
    shown = np.concatenate([np.asarray(part.convert("RGB")) for part in parts])
    assert (shown == np.asarray(two_colours.resize((320, 340), Image.Resampling.NEAREST))).all()


@pytest.mark.parametrize("size", [(1, 1), (3, 1), (1, 5)])
def test_the_smallest_pictures_are_whole(photo, size: tuple[int, int]) -> None:
    assert len(files(painted(photo, *size))) == size[1]
