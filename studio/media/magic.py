"""What the first bytes of a file say it is; a name can say anything."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from studio.problem import Problem

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

ENOUGH = 64  # bytes that settle every format below

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def open_regular(path: Path, *, where: str | None = None) -> BufferedReader:
    """Open a regular file for reading; a pipe or a device is refused instead of waited for.

    Raises:
        Problem: it is missing, no regular file, or may not be read.
    """
    name = where or path.name
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        raise Problem(name, "is not there", "Bring it back, or take it off the idea") from None
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise Problem(name, f"cannot be read ({what})", "Check that you may read it") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Problem(name, "is no regular file", "Put a picture or clip in its place")
    return os.fdopen(handle, "rb")


_BINARY = getattr(os, "O_BINARY", 0)


def sniff(head: bytes) -> str | None:
    """Return a format's name by the first `ENOUGH` bytes of a file, None when it is none of ours.

    The names: JPEG, PNG, GIF, WebP, AVIF, HEIC; MP4 (and MOV), WebM (and MKV); WAV, FLAC, Ogg,
    MP3, AAC.
    """
    for start, name in (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"\x1a\x45\xdf\xa3", "WebM"),
        (b"fLaC", "FLAC"),
        (b"OggS", "Ogg"),
        (b"ID3", "MP3"),
    ):
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF":
        return {b"WEBP": "WebP", b"WAVE": "WAV"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _iso_brand(head)
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free", b"skip"}:  # QuickTime before ftyp
        return "MP4"
    return _mpeg_audio(head)


def _iso_brand(head: bytes) -> str:
    """Tell still pictures from films in the one box format they share (ISO/IEC 14496-12)."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    if b"avif" in brands or b"avis" in brands:
        return "AVIF"
    return "HEIC" if brands[0] in _HEIC else "MP4"


def _mpeg_audio(head: bytes) -> str | None:
    """Recognise a bare MPEG audio frame: eleven set bits, then version and layer."""
    if len(head) < 2 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:  # layer bits 00: ADTS
        return "AAC"
    return "MP3" if head[1] & 0xE0 == 0xE0 and head[1] & 0x06 else None
