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

from studio.preview import opening, picture

if TYPE_CHECKING:
    from PIL import Image

MAX_WIDTH = 1080
QUALITY = 85
# A proxy is about 0.25 MB: a thousand of them.
MAX_BYTES = 256 << 20
# Below these a proxy saves nothing worth a file; decoding takes under 15 ms.
_SLOW_PIXELS = 500_000
_LARGE_JPEG_PIXELS = 5_000_000
# Part of the key: change it when what a proxy holds changes.
_VERSION = b"1"
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


def make(path: Path, cache_dir: Path, *, max_bytes: int = MAX_BYTES) -> Image.Image | None:
    """Make the proxy of a picture that is slow to decode; return what is in it.

    Returns:
        The picture, upright, in sRGB and reduced, even where no proxy could be kept; None where
        the original is quick enough.

    Raises:
        Problem: the original is not a picture that can be shown.
    """
    with opening.opened(path) as image:
        wide, high = image.size
        limit = _LARGE_JPEG_PIXELS if image.format in {"JPEG", "MPO"} else _SLOW_PIXELS
        if wide * high < limit:
            return None
        small = picture.reduced(image, MAX_WIDTH)
    if small.mode == "RGB":
        with contextlib.suppress(OSError):  # a cache that cannot be written is done without
            _write(small, cache_dir / _name(path, path.stat()))
            _tidy(cache_dir, max_bytes)
    return small


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


def _write(image: Image.Image, target: Path) -> None:
    """Write a proxy so that it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(dir=target.parent, suffix=_PART)
    try:
        with os.fdopen(number, "wb") as file:
            image.save(file, "JPEG", quality=QUALITY)
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
