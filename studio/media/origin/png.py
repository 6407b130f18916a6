"""The text, EXIF and Content Credentials of a PNG, before and after its pixels.

Pixels are stepped over, never read or decoded (PNG, third edition, 5.3 and 11.3).
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MOST_CHUNK = 4 * 1024 * 1024  # bytes of a chunk that are read; ComfyUI's stay below 1 MiB
_MOST_CHUNKS = 100_000  # 64 KiB of pixels in each: 6 GiB
_MOST_FOUND = 500
_MOST_ALL = 8 * MOST_CHUNK
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_WANTED = _TEXTS | {b"eXIf", b"caBX"}
_KEYWORD = 80  # 79 characters and a NUL


class Chunk(NamedTuple):
    """One chunk: its type, and its data as far as that is read."""

    kind: bytes
    data: bytes


def chunks(file: BinaryIO, *, keywords_only: bool = False) -> Iterator[Chunk]:
    """Yield the chunks that may say where a PNG comes from, in their order.

    Args:
        file: of any position.
        keywords_only: read no more of a text than its keyword.
    """
    file.seek(8)
    found, room = 0, _MOST_ALL
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return
        size, kind = int.from_bytes(head[:4], "big"), head[4:]
        after = file.tell() + size + 4
        if kind in _WANTED:
            most = _KEYWORD if keywords_only and kind in _TEXTS else MOST_CHUNK
            yield Chunk(kind, file.read(min(size, most)))
            found, room = found + 1, room - min(size, most)
            if found >= _MOST_FOUND or room <= 0:
                return
        file.seek(after)


def keyword(chunk: Chunk) -> str | None:
    """Return the keyword of a text chunk, None for others."""
    if chunk.kind not in _TEXTS:
        return None
    return chunk.data[:_KEYWORD].partition(b"\x00")[0].decode("latin-1")


def text(chunk: Chunk) -> str | None:
    """Return the text of a text chunk (11.3.3), at most `MOST_CHUNK` bytes of it.

    UTF-8 is believed in all three, whatever the standard says of two: the programs write it.
    """
    _, nul, rest = chunk.data.partition(b"\x00")
    if not nul:
        return None
    packed = chunk.kind == b"zTXt"
    if packed:
        rest = rest[1:]
    elif chunk.kind == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].partition(b"\x00")[2].partition(b"\x00")[2]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, MOST_CHUNK)
        except zlib.error:
            return None
    try:
        return rest.decode("utf-8")
    except UnicodeDecodeError:
        return rest.decode("utf-8" if len(rest) >= MOST_CHUNK else "latin-1", "ignore")
