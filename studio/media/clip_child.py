"""The process that opens clips and music: run by `studio.media.clips`, never imported by it.

A film from outside is decoded by native code that may crash, hang or eat memory. This process may
do all three. It is handed the open file as its standard input, so it needs no path and no network
protocol, and answers on standard output with one line of JSON, then the pictures as JPEG.

Usage: clip_child.py DEMUXER LONGEST_SIDE SECONDS [at MOMENT | strip COUNT HEIGHT]

A longest side of 0: no poster. `at`: the poster is the picture on show at that second. `strip`: so
many pictures of that height, in pixels, from all over the film; the line tells when each is shown
and how many bytes it has.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.append(str(Path(__file__).parents[2]))  # -P leaves out even the own folder

from studio.media.footage import (
    MOST_PIXELS,
    Footage,
    Unplayable,
    limit,
    open_container,
    shown,
    turn,
)

if TYPE_CHECKING:
    from PIL.Image import Image

_DARK = 16.0  # mean of 255; a fade-in starts below it
_TRIES = 60  # frames looked at for one that is not black
_MOST_METADATA = 200_000  # characters


def main(arguments: list[str]) -> int:
    """Answer one request; the exit code is 0 when the answer is an answer."""
    demuxer, longest, seconds = arguments[0], int(arguments[1]), int(arguments[2])
    what = arguments[3:] or [""]
    import av  # noqa: F401 (before the limits: Python may want to keep its bytecode)

    limit(seconds)
    out = sys.stdout.buffer
    try:
        if what[0] == "strip":
            told, picture = strip(sys.stdin.buffer, demuxer, int(what[1]), int(what[2]))
        else:
            moment = float(what[1]) if what[0] == "at" else None
            told, picture = examine(sys.stdin.buffer, demuxer, longest, moment)
    except Unplayable as error:
        told, picture = {"problem": str(error)}, b""
    except MemoryError:
        told, picture = {"problem": "needs more memory than a clip should"}, b""
    except Exception as error:  # noqa: BLE001 (the native libraries raise whatever they like)
        told, picture = {"problem": f"cannot be decoded ({type(error).__name__})"}, b""
    out.write(json.dumps(told).encode() + b"\n" + picture)
    out.flush()
    return 1 if "problem" in told else 0


def examine(
    file: Any,  # noqa: ANN401
    demuxer: str,
    longest: int,
    moment: float | None = None,
) -> tuple[dict[str, Any], bytes]:
    """Return what a clip is, and a JPEG of a frame of it as shown.

    Args:
        file: a seekable binary file.
        demuxer: the one FFmpeg demuxer that may touch it.
        longest: the JPEG's longest side at most, in pixels; 0 for no JPEG.
        moment: the second of the picture; None for the first that is not black.
    """
    import av

    with open_container(file, demuxer) as container:
        told: dict[str, Any] = {
            "seconds": container.duration / av.time_base if container.duration else None,
            "sound": bool(container.streams.audio),
            "metadata": _metadata(container),
        }
        if not container.streams.video:
            return told, b""
        stream = container.streams.video[0]
        if stream.codec_context is None:
            return {"problem": "is packed in a way (codec) that is not known here"}, b""
        stream.thread_type = "NONE"
        stream.codec_context.thread_count = 1
        if stream.width * stream.height > MOST_PIXELS:
            return {"problem": f"has more than {MOST_PIXELS // 1_000_000} million pixels"}, b""
        if not told["seconds"] and stream.duration and stream.time_base:
            told["seconds"] = float(stream.duration * stream.time_base)
        rate = stream.average_rate or stream.guessed_rate
        told["fps"] = float(rate) if rate else None
        told["codec"] = stream.codec_context.name
        frame = _frame(container, stream, look_on=bool(longest) and moment is None)
        if frame is None:
            return {"problem": "holds no picture that can be decoded"}, b""
        width, height = shown(frame, stream)
        told["width"], told["height"] = width, height
        if moment is not None:
            footage = Footage(file, demuxer)
            frame = footage.find(footage.index.at(moment))
        return told, _jpeg(frame, width, height, longest) if longest else b""


def strip(
    file: Any,  # noqa: ANN401
    demuxer: str,
    count: int,
    height: int,
) -> tuple[dict[str, Any], bytes]:
    """Return small pictures from all over a film, and what is needed to tell them apart.

    The film is cut into so many equal parts, and each gives a picture from near its middle.

    Args:
        file: a seekable binary file.
        demuxer: the one FFmpeg demuxer that may touch it.
        count: how many; fewer where the film has fewer.
        height: in pixels.
    """
    from PIL.Image import frombytes

    footage = Footage(file, demuxer, threads=False)
    wide = min(8 * height, max(1, round(height * footage.width / footage.height)))
    last = (footage.index.count or footage.index.at(footage.seconds or 0.0) + 1) - 1
    told: list[tuple[float, int]] = []
    pictures: list[bytes] = []
    shown_already = -1
    for part in range(count):
        number = round(last * (part + 0.5) / count)
        frame = footage.glance(number, last // (2 * count))
        if footage.number <= shown_already:
            continue
        shown_already = footage.number
        out = io.BytesIO()
        picture = frombytes("RGB", (wide, height), footage.pixels(frame, wide, height))
        picture.save(out, "JPEG", quality=85)
        pictures.append(out.getvalue())
        told.append((footage.index.seconds(footage.number), len(pictures[-1])))
    return {"strip": told}, b"".join(pictures)


def _frame(container: Any, stream: Any, *, look_on: bool) -> Any:  # noqa: ANN401
    """Return the first frame, or the first bright one of the first `_TRIES`."""
    import av

    first = None
    for count, frame in enumerate(container.decode(stream)):
        first = first or frame
        if not look_on or not _is_dark(frame):
            return frame
        if count >= _TRIES:
            break
    if look_on and container.duration:  # a long fade: what is there after a tenth of it?
        with contextlib.suppress(av.FFmpegError):
            container.seek(container.duration // 10)
            return next(container.decode(stream), first)
    return first


def _is_dark(frame: Any) -> bool:  # noqa: ANN401
    from PIL import ImageStat

    small = frame.to_image(width=32, height=32).convert("L")
    return bool(ImageStat.Stat(small).mean[0] < _DARK)


def _jpeg(frame: Any, width: int, height: int, longest: int) -> bytes:  # noqa: ANN401
    """Return a frame as a JPEG, upright and not larger than `longest` on its longest side."""
    turned = frame.rotation % 180
    scale = min(1.0, longest / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    stored = size[::-1] if turned else size
    image: Image = frame.to_image(width=stored[0], height=stored[1])
    image = turn(image, frame.rotation)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _metadata(container: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the container's texts, as many as fit."""
    kept: dict[str, str] = {}
    room = _MOST_METADATA
    for key, value in container.metadata.items():
        room -= len(key) + len(value)
        if room < 0:
            break
        kept[key] = value
    return kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
