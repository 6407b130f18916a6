"""Picture files to cells: opened with suspicion, upright, in sRGB, fitted to a box."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import struct
import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from PIL import ExifTags, Image

from studio.preview import sniff
from studio.preview.cells import Cells, fit
from studio.preview.modes import Mode
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


Colour = tuple[int, int, int]
BACKGROUND: Colour = (16, 14, 12)
CELL_RATIO = 2.0
# Decoding takes about 3 bytes a pixel and 0.02 s a million; no platform takes more than this.
MAX_PIXELS = 50_000_000
_MAX_PROFILE = 4 << 20
_PLUGINS = {
    "WEBP": "WebPImagePlugin",
    "AVIF": "AvifImagePlugin",
    "TIFF": "TiffImagePlugin",
    "JPEG2000": "Jpeg2KImagePlugin",
}
# How to turn a picture upright, by its EXIF orientation (Exif 2.32, tag 0x0112).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}
# Whatever Pillow raises for a file that is damaged or made to do damage.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    RuntimeError,
    AttributeError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)

# Measured on three photographs against Lanczos: with coarse sub-pixels Hamming is nearer to the
# picture (SSIM +.01) and as near or nearer once both are blurred as by distance; with fine ones
# it loses .01 to .02 there.
_RESAMPLE = {Mode.HALF: Image.Resampling.HAMMING, Mode.QUADRANT: Image.Resampling.HAMMING}

_BINARY = getattr(os, "O_BINARY", 0)  # Windows

# For the whole program, because catching warnings is not safe in threads.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@dataclass(frozen=True)
class Box:
    """Room for a picture, in cells."""

    columns: int
    rows: int


def load(
    path: Path,
    box: Box,
    mode: Mode,
    *,
    cell_ratio: float = CELL_RATIO,
    background: Colour = BACKGROUND,
    fill: bool = False,
) -> Cells:
    """Return a picture file as cells that fit a box; the first frame of an animated one.

    Args:
        path: the file.
        box: the room there is; the result is never larger, and smaller in one direction where
            the picture has another shape.
        mode: how the cells are divided.
        cell_ratio: height of a cell divided by its width.
        background: what shows through transparent parts.
        fill: fill the whole box, cutting off what does not fit, the same on both sides.

    Raises:
        Problem: there is no such file, it may not be read, or it is not a whole, known picture
            of at most `MAX_PIXELS`.
    """
    with opened(path) as image:
        return from_image(image, box, mode, cell_ratio=cell_ratio, background=background, fill=fill)


def from_image(
    image: Image.Image,
    box: Box,
    mode: Mode,
    *,
    cell_ratio: float = CELL_RATIO,
    background: Colour = BACKGROUND,
    fill: bool = False,
) -> Cells:
    """Return a Pillow image as cells that fit a box; see `load`.

    An image that is not decoded yet is decoded no larger than needed, in place.
    """
    turn = _orientation(image)
    sideways = turn in _SIDEWAYS
    wide, high = image.size[::-1] if sideways else image.size
    columns, rows = _size_in(box, wide, high, cell_ratio, fill=fill)
    target = (columns * mode.columns, rows * mode.rows)
    part = _visible(wide, high, columns, rows * cell_ratio) if fill else (0.0, 0.0, 1.0, 1.0)
    if sideways:
        target = target[::-1]
        part = (part[1], part[0], part[3], part[2])
    small = _scaled(image, target, part, _RESAMPLE.get(mode, Image.Resampling.LANCZOS))
    flat = flattened(small, background)
    if turn in _UPRIGHT:
        flat = flat.transpose(_UPRIGHT[turn])
    return fit(np.asarray(flat), mode)


def upright(image: Image.Image, width: int) -> Image.Image | None:
    """Return an opened image upright, in sRGB, opaque RGB, at most `width` pixels wide.

    None where parts of it are transparent.
    """
    turn = _orientation(image)
    sideways = turn in _SIDEWAYS
    wide, high = image.size[::-1] if sideways else image.size
    columns = min(width, wide)
    target = (columns, max(1, round(high * columns / wide)))
    small = _scaled(image, target[::-1] if sideways else target, (0.0, 0.0, 1.0, 1.0))
    if small.mode == "RGBA" and small.getchannel("A").getextrema() != (255, 255):
        return None
    flat = small.convert("RGB")
    return flat.transpose(_UPRIGHT[turn]) if turn in _UPRIGHT else flat


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture file with every suspicion; not decoded yet.

    What fails inside the `with` block because the file is damaged becomes a `Problem` too.

    Raises:
        Problem: as `load`.
    """
    name = os.fspath(path)
    with _regular_file(name) as file:
        head = file.read(sniff.HEAD)
        known = sniff.kind(head)
        if known is None:
            raise Problem(name, *sniff.advice(head))
        if plugin := _PLUGINS.get(known):
            import_module(f"PIL.{plugin}")
        file.seek(0)
        try:
            with Image.open(file, formats=[known]) as image:
                wide, high = image.size
                if wide * high > MAX_PIXELS:
                    raise _enormous(name, f"it is {wide}×{high} pixels")
                yield image
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _enormous(name, "it claims to be enormous") from None
        except MemoryError:
            raise _enormous(name, "it does not fit into memory") from None
        except _BROKEN as error:
            what = f"this {known} file is damaged or cut off ({error or type(error).__name__})"
            raise Problem(name, what, "Export or download it again") from error


def _enormous(name: str, what: str) -> Problem:
    """Return the problem of a picture that is too large."""
    most = MAX_PIXELS // 1_000_000
    return Problem(name, f"{what}; at most {most} million pixels are shown", "Export it smaller")


def _regular_file(name: str) -> BinaryIO:
    """Open a regular file that is not empty; never waits for a pipe.

    Raises:
        Problem: it is missing, forbidden, empty or no regular file.
    """
    try:
        # A pipe without a writer would block an ordinary open for ever.
        number = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        raise Problem(name, "there is no such file", "Check the name") from None
    except PermissionError:
        mend = "Give yourself permission to read it"
        raise Problem(name, "you may not read this file", mend) from None
    except (OSError, ValueError) as error:
        raise _unopened(name, error) from error
    about = os.fstat(number)
    if stat.S_ISREG(about.st_mode) and about.st_size:
        return os.fdopen(number, "rb")
    os.close(number)
    if stat.S_ISDIR(about.st_mode):
        raise Problem(name, "it is a folder, not a picture", "Choose a file in it")
    if not stat.S_ISREG(about.st_mode):
        raise Problem(name, "it is a pipe or a device, not a file", "Choose a picture file")
    raise Problem(name, "the file is empty", "Export or download it again")


def _unopened(name: str, error: Exception) -> Problem:
    """Return the problem of a file that the system does not open."""
    if isinstance(error, IsADirectoryError):
        return Problem(name, "it is a folder, not a picture", "Choose a file in it")
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(name, f"it cannot be opened ({reason})", "Check the file and the disk it is on")


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation that is still to be followed; 1 where there is nothing to do."""
    if image.format == "TIFF":
        return 1  # Pillow turns these upright itself
    try:
        turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _BROKEN:
        return 1
    return turn if isinstance(turn, int) else 1


def _size_in(box: Box, wide: int, high: int, cell_ratio: float, *, fill: bool) -> tuple[int, int]:
    """Return the columns and rows of a picture of wide x high pixels in a box."""
    most_columns, most_rows = max(1, box.columns), max(1, box.rows)
    if fill:
        return most_columns, most_rows
    # Cells are as wide as one, so a picture as wide as one column is this many rows high.
    rows_per_column = high / wide / cell_ratio
    columns = min(most_columns, max(1, round(most_rows / rows_per_column)))
    rows = min(most_rows, max(1, round(columns * rows_per_column)))
    return columns, rows


def _visible(
    wide: int, high: int, box_wide: float, box_high: float
) -> tuple[float, float, float, float]:
    """Return the middle part of a picture that has the shape of a box, as fractions."""
    share = (wide / high) / (box_wide / box_high)
    if share > 1:
        return 0.5 - 0.5 / share, 0.0, 0.5 + 0.5 / share, 1.0
    return 0.0, 0.5 - 0.5 * share, 1.0, 0.5 + 0.5 * share


def _scaled(
    image: Image.Image,
    target: tuple[int, int],
    part: tuple[float, float, float, float],
    resample: Image.Resampling = Image.Resampling.LANCZOS,
) -> Image.Image:
    """Return part of an image at a size, in RGB, RGBA, L or CMYK, not turned upright."""
    left, top, right, bottom = part
    # Twice as large as needed is enough for the filter to come out the same.
    image.draft(None, (int(2 * target[0] / (right - left)), int(2 * target[1] / (bottom - top))))
    image.load()
    plain = _plain(image)
    wide, high = plain.size
    box = (left * wide, top * high, right * wide, bottom * high)
    small = plain.resize(target, resample, box=box, reducing_gap=2.0)
    profile = image.info.get("icc_profile")
    return managed(small, profile) if isinstance(profile, bytes) else small


def _plain(image: Image.Image) -> Image.Image:
    """Return a decoded image in RGB, RGBA, L or CMYK, which can be resized and managed."""
    transparent = "transparency" in image.info
    if image.mode in {"RGBA", "CMYK"} or (image.mode in {"RGB", "L"} and not transparent):
        return image
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        return _eight_bits(image)
    if image.mode == "1":
        return image.convert("L")
    if transparent or image.mode in {"LA", "La", "PA", "RGBa"}:
        return image.convert("RGBA")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey image of 16 or 32 bits or floats as 8 bits."""
    values = np.asarray(image).astype(np.float32)
    values = np.nan_to_num(values, posinf=0, neginf=0)
    largest = float(values.max())
    # 16 bits unless the values say otherwise; floats are commonly 0 to 1.
    white = 1.0 if image.mode == "F" and largest <= 1 else max(largest, 65535.0)
    if image.mode == "F" and 1 < largest <= 255:
        white = 255.0
    return Image.fromarray((values * (255 / white) + 0.5).clip(0, 255).astype(np.uint8))


def managed(image: Image.Image, profile: bytes) -> Image.Image:
    """Return an image in sRGB; unchanged where its profile is sRGB, damaged or of another mode.

    Args:
        image: in RGB, RGBA, L or CMYK.
        profile: its ICC profile.
    """
    named = (b"sRGB", "sRGB".encode("utf-16-be"))
    if len(profile) > _MAX_PROFILE or any(name in profile for name in named):
        return image
    from PIL import ImageCms  # noqa: PLC0415 - few pictures need it

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(colours, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    if done is None:
        return image
    if alpha:
        done.putalpha(alpha)
    return done


def flattened(image: Image.Image, background: Colour) -> Image.Image:
    """Return an image in RGB, its transparent parts over a background."""
    if image.mode == "RGBA":
        behind = Image.new("RGBA", image.size, (*background, 255))
        image = Image.alpha_composite(behind, image)
    return image if image.mode == "RGB" else image.convert("RGB")
