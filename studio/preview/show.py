"""A picture printed to a terminal or a file, for `studio show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from studio.preview.modes import Mode


def show(path: Path, *, mode: Mode, columns: int, rows: int, stream: TextIO) -> None:
    """Print a picture as large as fits columns x rows cells, each row ended by a line feed.

    Raises:
        Problem: the picture cannot be shown, or the stream has no room for the characters.
    """
    from studio.preview.lean import rows as text_of
    from studio.preview.opening import opened
    from studio.preview.picture import Box, small_image

    with opened(path) as image:
        small = small_image(image, Box(columns, rows), mode)
    try:
        stream.write("".join(f"{row}\n" for row in text_of(small, mode)))
    except UnicodeEncodeError as error:
        what = f"the output's encoding, {error.encoding}, has no block characters"
        raise Problem(str(path), what, "Set PYTHONIOENCODING=utf-8 or use a UTF-8 locale") from None
