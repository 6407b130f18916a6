"""Small JPEG stand-ins on disk for pictures that are slow to decode.

Only JPEG can be decoded at a fraction of its size; PNG, WebP and AVIF must be read whole every
time, which is five to ten times slower. The folder is a cache: deleting it loses nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studio.preview import decoded, opening, picture
from studio.problem import Problem

if TYPE_CHECKING:
    from PIL import Image

    from studio.preview.decoded import Decoded

MAX_WIDTH = 1080
# With pixels it is shown at nearly its own size, where 85 can be seen in skies and skin.
QUALITY = 90
# A proxy is about 0.3 MB: some eight hundred of them.
MAX_BYTES = 256 << 20
# Below these a proxy saves nothing worth a file; decoding takes under 15 ms.
_SLOW_PIXELS = 500_000
_LARGE_JPEG_PIXELS = 3_000_000
_JPEG = {"JPEG", "MPO"}
# Part of the key: change it when what a proxy holds changes.
_VERSION = b"2"
_SUFFIX = ".jpg"
_PART = ".part"  # left behind by a crash


def proxy(path: Path, cache_dir: Path, *, max_bytes: int = MAX_BYTES) -> Path:
    """Return a file that shows the same picture and is quick to decode; `path` if it is itself.

    The proxy is upright, in sRGB, at most `MAX_WIDTH` pixels wide, and made when first asked for.
    It is named after the path, time of change and size of the original. A picture with
    transparent parts has none, for JPEG cannot hold them. A cache that cannot be written (full
    disk, no permission) is no error: the original is returned.

    Args:
        path: the original.
        cache_dir: the folder of proxies; created if missing.
        max_bytes: what the folder may hold; the proxies not used for longest go first.

    Raises:
        Problem: the original is not a picture that can be shown.
    """
    kept = find(path, cache_dir)
    if kept is None:
        make(path, cache_dir, max_bytes=max_bytes)
        kept = find(path, cache_dir)
    return kept or path


def find(path: Path, cache_dir: Path) -> Path | None:
    """Return the proxy of a picture if there is one, and note that it was used."""
    try:
        kept = cache_dir / _name(path, path.stat())
        os.utime(kept)  # by this the folder is tidied; it also says whether it is there
    except (OSError, ValueError):
        return None
    return kept


def make(path: Path, cache_dir: Path, *, max_bytes: int = MAX_BYTES) -> None:
    """Make the proxy of a picture if it is slow to decode.

    Raises:
        Problem: the original is not a picture that can be shown.
    """
    with opening.opened(path) as image:
        if not is_slow(image):
            return
        source = _decoded(image)
    _keep(path, cache_dir, source, max_bytes)


def keep(path: Path, cache_dir: Path, source: Decoded, *, max_bytes: int = MAX_BYTES) -> None:
    """Make the proxy of a picture that has been decoded; from it, if it is large enough.

    Where nothing can be kept, or the file has become unreadable, nothing happens.
    """
    if source.width < min(MAX_WIDTH, source.size[0]):
        try:
            with opening.opened(path) as image:
                source = _decoded(image)
        except Problem:
            return
    _keep(path, cache_dir, source, max_bytes)


def is_slow(image: Image.Image) -> bool:
    """Tell whether an opened picture, not decoded yet, is slow to decode."""
    wide, high = image.size
    # A progressive JPEG is read whole for the smallest picture of it.
    quick = image.format in _JPEG and not image.info.get("progressive")
    return wide * high >= (_LARGE_JPEG_PIXELS if quick else _SLOW_PIXELS)


def original_size(image: Image.Image) -> tuple[int, int]:
    """Return the size of the picture that an opened proxy stands for, upright.

    Raises:
        Problem: it is no proxy of ours.
    """
    note = image.info.get("comment")
    wide, _, high = note.decode("ascii", "replace").partition("x") if note else ("", "", "")
    if not (wide.isdecimal() and high.isdecimal() and 0 < int(wide) * int(high) < 1 << 40):
        raise Problem("a proxy", "does not say what it stands for", "Delete it")
    return int(wide), int(high)


def _decoded(image: Image.Image) -> Decoded:
    """Decode an opened picture as large as a proxy is at least."""
    turn = decoded.orientation(image)
    wide, high = decoded.upright_size(image, turn)
    columns = min(MAX_WIDTH, wide)
    return decoded.decode(image, turn, (columns, high * columns / wide))


def _keep(path: Path, cache_dir: Path, source: Decoded, max_bytes: int) -> None:
    """Write a proxy if the picture has no transparent parts."""
    small = picture.reduced(source, MAX_WIDTH)
    if small.mode != "RGB":
        return
    with contextlib.suppress(OSError):  # a cache that cannot be written is done without
        note = f"{source.size[0]}x{source.size[1]}".encode()
        _write(small, note, cache_dir / _name(path, path.stat()))
        _tidy(cache_dir, max_bytes)


def forget(path: Path, cache_dir: Path) -> None:
    """Remove the proxy of an original, as when it turns out to be damaged."""
    with contextlib.suppress(OSError, ValueError):
        (cache_dir / _name(path, path.stat())).unlink()


def _name(path: Path, about: os.stat_result) -> str:
    """Return the file name of a proxy."""
    facts = (
        _VERSION,
        os.fsencode(path.absolute()),
        str(about.st_mtime_ns).encode(),
        str(about.st_size).encode(),
    )
    return hashlib.sha256(b"\0".join(facts)).hexdigest()[:32] + _SUFFIX


def _write(image: Image.Image, note: bytes, target: Path) -> None:
    """Write a proxy so that it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(dir=target.parent, suffix=_PART)
    try:
        with os.fdopen(number, "wb") as file:
            image.save(file, "JPEG", quality=QUALITY, comment=note)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _tidy(folder: Path, max_bytes: int) -> None:
    """Remove the proxies not used for longest until the folder holds at most `max_bytes`."""
    found: list[tuple[int, int, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((_SUFFIX, _PART)):
                with contextlib.suppress(OSError):
                    about = entry.stat(follow_symlinks=False)
                    found.append((about.st_mtime_ns, about.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    for _, size, name in sorted(found):
        if total <= max_bytes:
            return
        with contextlib.suppress(OSError):
            Path(name).unlink()
            total -= size
