"""What a media file is: its size, shape, length, and what it says of its origin.

Pictures are read by their header only; clips and music are asked of a child process.
"""

from __future__ import annotations

import contextlib
import functools
import os
import warnings
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.media import clips, provenance
from studio.media.library import Kind, kind_of
from studio.media.magic import ENOUGH, open_regular, sniff
from studio.problem import Problem

if TYPE_CHECKING:
    import threading
    from typing import BinaryIO

    from PIL.Image import Image

MOST_PIXELS = 50_000_000  # a full decode of more takes too long and too much memory
LARGEST_PICTURE = 256 * 1024 * 1024  # bytes

_READABLE = ("JPEG", "PNG", "WebP", "AVIF", "GIF")
_TURNED = {5, 6, 7, 8}  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112

# Shapes the platforms and cameras use, as width to height.
_SHAPES = {
    f"{width}:{height}": width / height
    for width, height in (
        *((1, 1), (4, 5), (9, 16), (3, 4), (2, 3), (1.91, 1)),
        *((16, 9), (4, 3), (5, 4), (3, 2)),
    )
}
_TOLERANCE = 0.01  # of the shape: 1080×1350 made 1080×1344 is still 4:5
_REMEMBERED = 4096

_known: dict[tuple[str, int, int], Facts] = {}


@dataclass(frozen=True)
class Facts:
    """What is known about one media file.

    Attributes:
        path: in the project.
        kind: picture, clip or music, by its name.
        size: bytes; 0 when the file cannot be read.
        width: in pixels, as shown (after orientation); None when unknown, and for music.
        height: as `width`.
        seconds: length of a clip or music.
        format: "JPEG", "PNG", "MP4"…, by its content.
        generated: True when the file says a model made it, False when it says a camera did,
            None when it says nothing.
        gps: it says where it was taken.
        problem: why it cannot be used, and the mend; None when all is well.
        fps: pictures a second, of a clip.
        sound: whether a clip has sound.
    """

    path: str
    kind: Kind
    size: int
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    format: str | None = None
    generated: bool | None = None
    gps: bool = False
    problem: str | None = None
    fps: float | None = None
    sound: bool | None = None

    @property
    def aspect(self) -> str | None:
        """The shape: "4:5", "9:16", or "1.41:1" when it has no name; None when unknown."""
        if not self.width or not self.height:
            return None
        ratio = self.width / self.height
        for name, shape in _SHAPES.items():
            if abs(ratio / shape - 1) <= _TOLERANCE:
                return name
        return f"{ratio:.2f}:1"

    @property
    def dimensions(self) -> str | None:
        """Width and height: "1080×1350"; None when unknown."""
        return f"{self.width}×{self.height}" if self.width and self.height else None


def facts(root: Path, path: str, *, cancel: threading.Event | None = None) -> Facts:
    """Return what is known about a media file of a project; a fault becomes its `problem`.

    Asking again about an unchanged file costs one stat.

    Args:
        root: the project's folder.
        path: relative to it, with `/`.
        cancel: set it to stop waiting for a clip.
    """
    kind = kind_of(path) or "picture"
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        what = "lies outside the project. Move it into media/ and attach it again."
        return Facts(path, kind, 0, problem=what)
    full = root / path
    if "\0" not in path and not os.path.realpath(full).startswith(os.path.realpath(root) + os.sep):
        what = "is a link that leads out of the project. Put the file itself into media/."
        return Facts(path, kind, 0, problem=what)
    try:
        state = os.stat(full)  # noqa: PTH116 (paths may hold a NUL: ValueError below)
    except (OSError, ValueError):
        what = "is not there. Bring it back, or take it off the idea."
        return Facts(path, kind, 0, problem=what)
    key = (str(full), state.st_mtime_ns, state.st_size)
    if key in _known:
        return _known[key]
    base = Facts(path, kind, state.st_size)
    try:
        with open_regular(full) as file:
            told = _facts(full, file, base, cancel)
    except Problem as problem:
        told = replace(base, problem=f"{problem.what}. {problem.mend}.")
    except clips.Cancelled:
        return replace(base, problem="has not been looked at. Open it again.")
    if told.problem is None:  # a fault may go away without the file changing
        if len(_known) >= _REMEMBERED:
            _known.clear()
        _known[key] = told
    return told


def _facts(full: Path, file: BinaryIO, base: Facts, cancel: threading.Event | None) -> Facts:
    format_ = sniff(file.read(ENOUGH))
    if base.size == 0:
        raise Problem(base.path, "is empty", "Copy it again; it may still be on its way")
    if base.kind == "picture":
        return _picture(file, replace(base, format=format_))
    info = clips.probe(full, cancel=cancel)
    if base.kind == "clip" and info.width is None:
        raise Problem(base.path, "has no pictures in it", "Use it as music, not as a clip")
    generated = provenance.says_generated(provenance.edges(file))
    if provenance.metadata_says_generated(info.metadata):
        generated = True
    return replace(
        base,
        width=info.width if base.kind == "clip" else None,
        height=info.height if base.kind == "clip" else None,
        seconds=info.seconds,
        format=info.format,
        generated=generated,
        gps=provenance.metadata_says_place(info.metadata),
        fps=info.fps if base.kind == "clip" else None,
        sound=info.sound,
    )


def _picture(file: BinaryIO, base: Facts) -> Facts:
    """Read a picture's header. Pillow raises nearly anything on hostile ones."""
    if base.format not in _READABLE:
        if base.format is None:
            raise Problem(base.path, "is no picture, whatever its name says", "Export it again")
        what = f"is {base.format}, which cannot be shown"
        raise Problem(base.path, what, "Export it as JPEG, PNG, WebP or AVIF")
    if base.size > LARGEST_PICTURE:
        what = f"is larger than {LARGEST_PICTURE // 1024**2} MiB"
        raise Problem(base.path, what, "Export it smaller; platforms take a few MB")
    try:
        told = _header(file, base)
    except Problem:
        raise
    except Exception as error:
        what = f"is a damaged {base.format} ({type(error).__name__})"
        raise Problem(base.path, what, "Copy or export it again") from error
    pixels = (told.width or 0) * (told.height or 0)
    if pixels > MOST_PIXELS:
        what = f"has {pixels / 1e6:.0f} million pixels, more than the {MOST_PIXELS // 10**6} shown"
        return replace(told, problem=f"{what}. Export it smaller.")
    return told


def _header(file: BinaryIO, base: Facts) -> Facts:
    from PIL import Image as Images

    _quiet()
    file.seek(0)
    keys: set[str] = set()
    try:
        image: Image = Images.open(file, formats=[(base.format or "").upper()])
    except (Images.DecompressionBombWarning, Images.DecompressionBombError) as error:
        mend = "Export it smaller"
        raise Problem(base.path, "has far more pixels than can be shown", mend) from error
    exif, raw = Images.Exif(), image.info.get("exif")
    if base.format == "PNG":  # text and EXIF may follow the pixels, which are not to be decoded
        keys, raw = provenance.png_chunks(file)
    if raw:
        with contextlib.suppress(Exception):  # damaged EXIF is no EXIF; the picture may be fine
            exif.load(raw)
    width, height = image.size
    if exif.get(_ORIENTATION) in _TURNED:
        width, height = height, width
    edges = provenance.edges(file)
    generated = provenance.says_generated(edges)
    if keys or provenance.exif_says_generated(exif):
        generated = True
    return replace(
        base,
        width=width,
        height=height,
        generated=generated,
        gps=provenance.exif_says_place(exif) or provenance.says_place(edges),
    )


@functools.cache
def _quiet() -> None:
    """Make Pillow refuse bombs, and keep its other warnings off the terminal.

    Once for the process, not in a context: that would race with other threads.
    """
    from PIL import Image as Images

    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    warnings.filterwarnings("error", category=Images.DecompressionBombWarning)


def generation_text(root: Path, path: str) -> str | None:
    """Return the prompt and settings a generator left in a PNG, untrusted; None without.

    Raises:
        Problem: the file cannot be read.
    """
    with open_regular(root / path) as file:
        is_png = sniff(file.read(ENOUGH)) == "PNG"
        return provenance.png_parameters(file) if is_png else None
