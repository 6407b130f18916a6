"""Picture files opened with suspicion: what is not a whole, known picture becomes a `Problem`."""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import warnings
from importlib import import_module
from typing import TYPE_CHECKING

from PIL import Image

from studio.preview import sniff
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

# Decoding takes about 3 bytes a pixel and 0.02 s a million; no platform takes more than this.
MAX_PIXELS = 50_000_000
MOST_FRAMES = 10_000
# Pillow's readers by what the first bytes say; `Image.open` would import five of them every time.
_READERS = {
    "JPEG": "JpegImagePlugin",
    "PNG": "PngImagePlugin",
    "GIF": "GifImagePlugin",
    "BMP": "BmpImagePlugin",
    "WEBP": "WebPImagePlugin",
    "AVIF": "AvifImagePlugin",
    "JPEG2000": "Jpeg2KImagePlugin",
}
# Whatever Pillow raises for a file that is damaged or made to do damage.
BROKEN = (
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

_BINARY = getattr(os, "O_BINARY", 0)  # Windows

# For the whole program, because catching warnings is not safe in threads.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture file with every suspicion; not decoded yet.

    What fails inside the `with` block because the file is damaged becomes a `Problem` too.

    Raises:
        Problem: it is missing, forbidden or no regular file, or not a picture of a known format
            and at most `MAX_PIXELS`, or damaged.
    """
    name = os.fspath(path)
    with _regular_file(name) as file:
        known: str | None = None
        try:
            head = file.read(sniff.HEAD)
            known = sniff.kind(head)
            if known is None:
                raise Problem(name, *sniff.advice(head))
            import_module(f"PIL.{_READERS[known]}")
            file.seek(0)
            with Image.OPEN[known][0](file, name) as image:
                wide, high = image.size
                if wide * high > MAX_PIXELS:
                    raise _enormous(name, f"it is {wide}×{high} pixels")
                yield image
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _enormous(name, "it claims to be enormous") from None
        except MemoryError:
            raise _enormous(name, "it does not fit into memory") from None
        except BROKEN as error:
            reason = str(error) or type(error).__name__
            what = f"this {known or 'picture'} file is damaged or cut off ({reason})"
            raise Problem(name, what, "Export or download it again") from error


def frame_count(path: Path) -> int:
    """Return how many frames an animated picture has, at most `MOST_FRAMES`; 1 if it stands still.

    Nothing is decoded.

    Raises:
        Problem: as `opened`.
    """
    with opened(path) as image:
        if image.format != "GIF":  # the others say it in their first bytes
            return max(1, min(MOST_FRAMES, getattr(image, "n_frames", 1)))
    with _regular_file(os.fspath(path)) as file:
        return max(1, _gif_frames(file))


def _gif_frames(file: BinaryIO) -> int:
    """Count the frames of a GIF up to where it ends or is damaged (GIF89a, sections 17 to 27)."""

    def table(flags: int) -> int:
        """Return the size of the colour table that flags announce."""
        return 3 << (flags & 7) + 1 if flags & 0x80 else 0

    file.seek(10)
    file.seek(2 + table((file.read(1) or b"\0")[0]), os.SEEK_CUR)
    frames = 0
    while frames < MOST_FRAMES:
        kind = file.read(1)
        if kind == b",":
            place = file.read(9)
            if len(place) < 9:
                break
            file.seek(table(place[8]) + 1, os.SEEK_CUR)
            frames += 1
        elif kind == b"!":
            file.seek(1, os.SEEK_CUR)
        else:
            break
        while (size := file.read(1)) > b"\0":
            file.seek(size[0], os.SEEK_CUR)
    return frames


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
