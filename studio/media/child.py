"""Starting the processes that decode: what they are handed, and what they are not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from studio.media.magic import ENOUGH, open_regular, sniff
from studio.problem import Problem

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

BROKEN = "Play it elsewhere to see whether it is whole, and convert it to an ordinary MP4"
SLOW = "Convert it to an ordinary MP4"

_DEMUXERS = {
    "MP4": "mp4",
    "WebM": "matroska",
    "WAV": "wav",
    "FLAC": "flac",
    "Ogg": "ogg",
    "MP3": "mp3",
    "AAC": "aac",
}
_WITH_PICTURE = {"MP4", "WebM"}
# What an interpreter needs to start; keys and tokens are none of the child's business.
_NEEDED = (
    *("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "TEMP", "TMP", "TMPDIR"),
)


def environment() -> dict[str, str]:
    """Return the environment of a child: what an interpreter needs, and no secrets."""
    return {key: os.environ[key] for key in _NEEDED if key in os.environ}


def command(script: Path, *arguments: str) -> list[str]:
    """Return what starts a child; nothing lying in the working folder is imported by it."""
    return [sys.executable, "-P", str(script), *arguments]


def open_film(path: Path, *, pictures: bool) -> tuple[BufferedReader, str, str]:
    """Open a clip or a piece of music; return the file, its format and the demuxer for it.

    Args:
        path: the file.
        pictures: whether it must be of a kind that has them.

    Raises:
        Problem: it cannot be read, or is nothing of that kind.
    """
    file = open_regular(path)
    format_ = sniff(file.read(ENOUGH))
    demuxer = _DEMUXERS.get(format_ or "")
    if format_ is None or demuxer is None or (pictures and format_ not in _WITH_PICTURE):
        file.close()
        mend = "Use MP4, MOV, WebM or MKV" if pictures else "Use MP4, MOV, WebM, MP3 or M4A"
        raise Problem(path.name, "is not a clip, whatever its name says", mend)
    return file, format_, demuxer
