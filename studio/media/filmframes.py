"""Single pictures of a clip: a strip from all over it, a chosen moment, and where sound is played.

Decoding is done in the child process that makes posters, and its pictures are kept like posters.
"""

from __future__ import annotations

import json
import math
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.child import BROKEN
from studio.media.clips import TIMEOUT, Poster, ask, keep, key_of, poster_of
from studio.problem import Problem

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

_MOST = 100  # pictures in a strip
_TALLEST = 1080  # pixels


@dataclass(frozen=True)
class FilmFrame:
    """One picture of a strip.

    Attributes:
        seconds: when it is shown, from the clip's beginning.
        picture: a JPEG in the cache, upright.
    """

    seconds: float
    picture: Path


def strip(
    path: Path,
    cache: Path,
    count: int = 8,
    *,
    height: int = 160,
    cancel: threading.Event | None = None,
    timeout: float = TIMEOUT,
) -> tuple[FilmFrame, ...]:
    """Return small pictures from all over a clip, in order, unless the cache has them new.

    The clip is cut into so many equal parts; each gives a picture from near its middle, one that
    decoding can start at where there is one, else one that few others must be decoded for.

    Args:
        path: the clip.
        cache: a folder for pictures; made if missing, may be deleted at any time.
        count: how many; a clip with fewer pictures has fewer.
        height: of each, in pixels.
        cancel: set it to stop the work.
        timeout: seconds after which the child is killed.

    Raises:
        Problem: the clip cannot be read or decoded, in this time and this memory.
        Cancelled: `cancel` was set.
    """
    count, height = max(1, min(_MOST, count)), max(1, min(_TALLEST, height))
    name, key = key_of(path)
    name, key = f"strip-{name}", f"{key}-{count}x{height}"
    notes = cache / f"{name}-{key}.json"
    if (known := _cached(notes)) is not None:
        return known
    told, pictures, _ = ask(path, height, cancel, timeout, ("strip", str(count), str(height)))
    frames: list[FilmFrame] = []
    files: dict[Path, bytes] = {}
    try:
        for number, (seconds, size) in enumerate(told["strip"][:count]):
            picture = cache / f"{name}-{key}-{number}.jpg"
            files[picture], pictures = pictures[:size], pictures[size:]
            frames.append(FilmFrame(float(seconds), picture))
    except (KeyError, TypeError, ValueError):
        raise Problem(path.name, "crashed the decoder", BROKEN) from None
    files[notes] = json.dumps([(frame.seconds, frame.picture.name) for frame in frames]).encode()
    keep(cache, name, key, files)
    return tuple(frames)


def _cached(notes: Path) -> tuple[FilmFrame, ...] | None:
    try:
        told = [(float(seconds), str(name)) for seconds, name in json.loads(notes.read_bytes())]
    except (OSError, ValueError, TypeError):
        return None
    frames = tuple(FilmFrame(seconds, notes.with_name(Path(name).name)) for seconds, name in told)
    return frames if frames and all(frame.picture.is_file() for frame in frames) else None


def poster_at(
    path: Path,
    cache: Path,
    seconds: float | None,
    *,
    cancel: threading.Event | None = None,
    timeout: float = TIMEOUT,
) -> Poster:
    """Return a clip's poster: the picture on show at a second, exactly.

    Args:
        path: the clip.
        cache: a folder for posters; made if missing, may be deleted at any time.
        seconds: the moment; past the end the last picture. None for `studio.media.clips.poster`.
        cancel: set it to stop the work.
        timeout: seconds after which the child is killed.

    Raises:
        Problem: the clip cannot be read or decoded, in this time and this memory.
        Cancelled: `cancel` was set.
    """
    if seconds is not None:
        seconds = max(0.0, min(seconds, 1e6)) if math.isfinite(seconds) else 0.0
    return poster_of(path, cache, seconds, cancel, timeout)


def mpv_command(
    path: Path,
    *,
    start: float | None = None,
    end: float | None = None,
    environ: Mapping[str, str],
) -> list[str] | None:
    """Return what plays a clip with its sound, to be run without a shell; None without a player.

    That is mpv (options: https://mpv.io/manual/stable/), or the program that STUDIO_PLAYER names,
    with its own arguments if any; one that is not mpv is told no start and no end.

    Args:
        path: the clip.
        start: second to start at.
        end: second to end at.
        environ: the environment: STUDIO_PLAYER, and PATH to search.
    """
    try:
        words = shlex.split(environ.get("STUDIO_PLAYER", "")) or ["mpv"]
    except ValueError:  # an open quote
        return None
    found = shutil.which(words[0], path=environ.get("PATH", ""))
    if found is None:
        return None
    file = str(path.absolute())  # so it is no option and no address, whatever its name
    if Path(found).stem.lower() != "mpv":
        return [found, *words[1:], file]
    span = [
        f"--{name}={second:.3f}"
        for name, second in (("start", start), ("end", end))
        if second is not None
    ]
    return [found, "--no-terminal", *words[1:], *span, "--", file]
