"""Clips and music from the parent's side: a poster and the facts, asked of a child process.

Nothing here imports the decoder. The child gets the open file as its standard input, an
environment without secrets, a limit of memory, and a time after which it is killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.media.child import BROKEN, SLOW, command, environment, open_film
from studio.problem import Problem

if TYPE_CHECKING:
    from subprocess import Popen

TIMEOUT = 15.0  # seconds for one clip
LONGEST_SIDE = 1920  # pixels of a poster

_SLOTS = threading.BoundedSemaphore(2)  # children at a time
_PATIENCE = 0.05  # seconds between looks at the cancel event
_FORMAT = 1  # of the cache


class Cancelled(Exception):
    """The caller asked to stop."""


@dataclass(frozen=True)
class ClipInfo:
    """What a clip or a piece of music is.

    Attributes:
        width: as shown (upright, square pixels), in pixels; None for music.
        height: as `width`.
        seconds: length.
        fps: pictures a second.
        codec: FFmpeg's name of the video codec.
        sound: whether there is an audio stream.
        format: the container, as `studio.media.magic.sniff` names it.
        metadata: the container's texts, untrusted.
    """

    width: int | None
    height: int | None
    seconds: float | None
    fps: float | None
    codec: str | None
    sound: bool
    format: str
    metadata: dict[str, str]


@dataclass(frozen=True)
class Poster:
    """One frame of a clip, as a picture in the cache.

    Attributes:
        picture: a JPEG, upright, at most `LONGEST_SIDE` on its longest side.
        width: the clip's width as shown, in pixels.
        height: the clip's height as shown.
        seconds: the clip's length, None when its container does not say.
        fps: pictures a second, None when unknown.
        info: all that is known about the clip.
    """

    picture: Path
    width: int
    height: int
    seconds: float | None
    fps: float | None
    info: ClipInfo


def poster(
    path: Path, cache: Path, *, cancel: threading.Event | None = None, timeout: float = TIMEOUT
) -> Poster:
    """Return a clip's poster, made in a child process unless the cache has it.

    The cache is keyed by path, time of change and size; an entry for an older state of the same
    file is removed when a new one is written.

    Args:
        path: the clip.
        cache: a folder for posters; made if missing, may be deleted at any time.
        cancel: set it to stop the work.
        timeout: seconds after which the child is killed.

    Raises:
        Problem: the clip cannot be read or decoded, in this time and this memory.
        Cancelled: `cancel` was set.
    """
    return poster_of(path, cache, None, cancel, timeout)


def poster_of(
    path: Path,
    cache: Path,
    moment: float | None,
    cancel: threading.Event | None,
    timeout: float,
) -> Poster:
    """As `poster`, of the picture on show at a second; None for the first that is not black."""
    name, key = key_of(path)
    if moment is not None:
        name, key = f"at-{name}", f"{key}-{round(moment * 1000):d}"
    picture, notes = cache / f"{name}-{key}.jpg", cache / f"{name}-{key}.json"
    known = _cached(notes) if picture.is_file() else None
    if known is None:
        more = () if moment is None else ("at", f"{moment:f}")
        told, jpeg, format_ = ask(path, LONGEST_SIDE, cancel, timeout, more)
        known = _info(told, path, format_)
        if not jpeg or known.width is None:
            raise Problem(path.name, "has no pictures in it", "Use it as music, not as a clip")
        keep(cache, name, key, {picture: jpeg, notes: _as_json(known)})
    if known.width is None or known.height is None:
        raise Problem(path.name, "has no pictures in it", "Use it as music, not as a clip")
    return Poster(picture, known.width, known.height, known.seconds, known.fps, known)


def probe(
    path: Path, *, cancel: threading.Event | None = None, timeout: float = TIMEOUT
) -> ClipInfo:
    """Return what a clip or a piece of music is, asked of a child process.

    Raises:
        Problem: it cannot be read or decoded, in this time and this memory.
        Cancelled: `cancel` was set.
    """
    told, _, format_ = ask(path, 0, cancel, timeout)
    return _info(told, path, format_)


def key_of(path: Path) -> tuple[str, str]:
    """Return the cache's name for a path, and for the state the file is in."""
    try:
        state = path.stat()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise Problem(path.name, what, "Bring it back, or take it off the idea") from None
    name = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:24]
    return name, f"{_FORMAT}-{state.st_mtime_ns:x}-{state.st_size:x}"


def _cached(notes: Path) -> ClipInfo | None:
    try:
        return ClipInfo(**json.loads(notes.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _as_json(info: ClipInfo) -> bytes:
    return json.dumps(vars(info)).encode()


def keep(cache: Path, name: str, key: str, files: dict[Path, bytes]) -> None:
    """Write cache files, each at once or not at all, and drop those of the file's older states.

    Raises:
        Problem: the cache cannot be written.
    """
    state = "-".join(key.split("-")[:3])
    try:
        cache.mkdir(parents=True, exist_ok=True)
        old = [entry for entry in cache.glob(f"{name}-*") if not _is_of(entry, f"{name}-{state}")]
        for path, data in files.items():
            part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
            part.write_bytes(data)
            part.replace(path)
    except OSError as error:
        what = f"cannot hold a poster ({error.strerror})"
        raise Problem(str(cache), what, "Make room there, or remove the folder") from None
    for entry in old:
        with contextlib.suppress(OSError):
            entry.unlink()


def _is_of(entry: Path, state: str) -> bool:
    return entry.name.startswith((f"{state}-", f"{state}."))


def ask(
    path: Path,
    longest: int,
    cancel: threading.Event | None,
    timeout: float,
    more: tuple[str, ...] = (),
) -> tuple[dict[str, Any], bytes, str]:
    """Let a child examine one file.

    Args:
        path: the file.
        longest: a poster's longest side, in pixels; 0 for none.
        cancel: set it to stop the work.
        timeout: seconds after which the child is killed.
        more: what else the child is asked for, as it wants it said.

    Returns:
        its answer, the pictures, and the file's format.

    Raises:
        Problem: the clip cannot be read or decoded, in this time and this memory.
        Cancelled: `cancel` was set.
    """
    from subprocess import DEVNULL, PIPE, Popen

    file, format_, demuxer = open_film(path, pictures=bool(longest))
    with file:
        script = Path(__file__).with_name("clip_child.py")
        words = command(script, demuxer, str(longest), str(round(timeout) + 1), *more)
        _wait_for_slot(cancel)
        try:
            with Popen(
                words, stdin=file, stdout=PIPE, stderr=DEVNULL, env=environment()
            ) as process:
                answer = _answer(process, path, cancel, timeout)
        finally:
            _SLOTS.release()
    line, _, pictures = answer.partition(b"\n")
    try:
        told = dict(json.loads(line))
    except (ValueError, TypeError):
        raise Problem(path.name, "crashed the decoder", BROKEN) from None
    if problem := told.get("problem"):
        raise Problem(path.name, str(problem), BROKEN)
    return told, pictures, format_


def _wait_for_slot(cancel: threading.Event | None) -> None:
    while not _SLOTS.acquire(timeout=_PATIENCE):
        if cancel is not None and cancel.is_set():
            raise Cancelled


def _answer(
    process: Popen[bytes], path: Path, cancel: threading.Event | None, timeout: float
) -> bytes:
    from subprocess import TimeoutExpired

    end = time.monotonic() + timeout
    try:
        while True:
            with contextlib.suppress(TimeoutExpired):
                return process.communicate(timeout=_PATIENCE)[0]
            if cancel is not None and cancel.is_set():
                raise Cancelled
            if time.monotonic() > end:
                what = f"takes longer than {timeout:g} seconds to open"
                raise Problem(path.name, what, SLOW)
    finally:
        if process.poll() is None:
            process.kill()


def _info(told: dict[str, Any], path: Path, format_: str) -> ClipInfo:
    try:
        return ClipInfo(
            width=told.get("width"),
            height=told.get("height"),
            seconds=told.get("seconds"),
            fps=told.get("fps"),
            codec=told.get("codec"),
            sound=bool(told["sound"]),
            format=format_,
            metadata=dict(told["metadata"]),
        )
    except (ValueError, TypeError, KeyError):
        raise Problem(path.name, "crashed the decoder", BROKEN) from None
