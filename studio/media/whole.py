"""Opening a picture with suspicion: what is not a whole, known one becomes a `Problem`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from studio.media.facts import LARGEST_PICTURE
from studio.media.magic import ENOUGH, open_regular, sniff
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

Told = TypeVar("Told")

_FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "WebP": "WEBP", "AVIF": "AVIF", "GIF": "GIF"}


def read_picture(path: Path, read: Callable[[BinaryIO, str, str], Told], wanted: str) -> Told:
    """Return what `read` tells of a picture.

    Args:
        path: the picture.
        read: takes the open file, its format by Pillow's name, and the file's name for messages.
        wanted: completes "is no picture …", as in "that can be measured".

    Raises:
        Problem: it is missing, no picture of a known format, damaged, or larger than is opened.
    """
    with open_regular(path) as file:
        format_ = sniff(file.read(ENOUGH))
        if format_ not in _FORMATS:
            mend = "Export it as JPEG, PNG, WebP or AVIF"
            raise Problem(path.name, f"is no picture {wanted}", mend)
        if os.fstat(file.fileno()).st_size > LARGEST_PICTURE:
            what = f"is larger than {LARGEST_PICTURE // 1024**2} MiB"
            raise Problem(path.name, what, "Export it smaller; platforms take a few MB")
        try:
            return read(file, _FORMATS[format_], path.name)
        except Problem:
            raise
        except Exception as error:  # Pillow raises nearly anything on hostile files
            what = f"is a damaged {format_} ({type(error).__name__})"
            raise Problem(path.name, what, "Copy or export it again") from error
