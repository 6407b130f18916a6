"""The parts of a file in which it says where it comes from, whatever its container.

Nothing is understood here, only found: texts by their name, EXIF, XMP, Content Credentials.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.media.magic import ENOUGH, sniff
from studio.media.origin import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MOST_SEGMENTS = 2_000
_MOST_CHUNK = 4 * 1024 * 1024  # bytes
_MOST_TEXTS = 60
_MOST_ALL = 8 * 1024 * 1024  # characters of all texts
_MOST_PACKETS = 3

_EXIF = b"Exif\x00\x00"
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\x00"  # then 32 of a hash, length, offset
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers of a JPEG that have no length


@dataclass
class Parts:
    """What was found.

    Attributes:
        format: as `studio.media.magic.sniff` names it.
        texts: (name, text) of PNG's text chunks, JPEG's and GIF's comments, a clip's container.
        exif: from "Exif" or the TIFF header on.
        xmp: packets; JPEG's extended one is the second.
        manifest: the beginning of the Content Credentials.
    """

    format: str | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    exif: bytes | None = None
    xmp: list[bytes] = field(default_factory=list)
    manifest: bytes | None = None
    room: int = _MOST_ALL

    def add(self, name: str, text: str | None) -> None:
        """Keep a text, if there is room; what is not kept costs room too: it was unpacked."""
        if text and len(self.texts) < _MOST_TEXTS and len(text) <= self.room:
            self.texts.append((name, text))
        self.room -= len(text) if text else _MOST_ALL // 40


def read_parts(file: BinaryIO) -> Parts:
    """Return what a file says of its origin, unread; nothing for a format that is not known."""
    file.seek(0)
    parts = Parts(sniff(file.read(ENOUGH)))
    reader = {
        "PNG": _png,
        "JPEG": _jpeg,
        "WebP": _webp,
        "GIF": _gif,
        "AVIF": _boxes,
        "HEIC": _boxes,
        "MP4": _boxes,
    }.get(parts.format or "")
    if reader is not None:
        reader(file, parts)
    return parts


def _png(file: BinaryIO, parts: Parts) -> None:
    for chunk in png.chunks(file):
        name = png.keyword(chunk)
        if name == "XML:com.adobe.xmp":
            _packet(parts, (png.text(chunk) or "").encode("utf-8", "replace"))
        elif name is not None:
            if parts.room > 0:
                parts.add(name, png.text(chunk))
        elif chunk.kind == b"eXIf":
            parts.exif = parts.exif or chunk.data
        elif chunk.kind == b"caBX":  # C2PA 2.1, A.3.3
            parts.manifest = parts.manifest or chunk.data


def _jpeg(file: BinaryIO, parts: Parts) -> None:
    more: dict[int, bytes] = {}
    jumbf: list[bytes] = []
    for marker, body in _segments(file):
        if marker == 0xE1 and body.startswith(_EXIF):
            parts.exif = parts.exif or body
        elif marker == 0xE1 and body.startswith(_XMP):
            _packet(parts, body[len(_XMP) :])
        elif marker == 0xE1 and body.startswith(_XMP_MORE):
            at = len(_XMP_MORE) + 32
            more[int.from_bytes(body[at + 4 : at + 8], "big")] = body[at + 8 :]
        elif marker == 0xEB and body[:2] == b"JP":  # ISO/IEC 19566-5: JUMBF in APP11
            jumbf.append(body)
        elif marker == 0xFE:
            parts.add("Comment", _plain(body))
    if more:
        _packet(parts, b"".join(more[at] for at in sorted(more)))
    if any(b"jumb" in body[:64] and b"c2pa" in body for body in jumbf):
        parts.manifest = b"".join(body[8:] for body in jumbf)[:_MOST_CHUNK]


def _segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the segments of a JPEG before its pixels."""
    file.seek(2)
    room = _MOST_ALL * 2
    for _ in range(_MOST_SEGMENTS):
        head = file.read(2)
        while head[1:] == b"\xff":  # any number of fill bytes
            head = b"\xff" + file.read(1)
        if len(head) < 2 or head[0] != 0xFF or head[1] in {0xD9, 0xDA}:
            return
        if head[1] in _BARE:
            continue
        size = int.from_bytes(file.read(2), "big") - 2
        if size < 0 or room < size:
            return
        if head[1] in {0xE1, 0xEB, 0xFE}:
            room -= size
            yield head[1], file.read(size)
        else:
            file.seek(size, 1)


def _webp(file: BinaryIO, parts: Parts) -> None:
    file.seek(12)
    for _ in range(_MOST_SEGMENTS):
        head = file.read(8)
        if len(head) < 8:
            return
        size = int.from_bytes(head[4:], "little")
        after = file.tell() + size + size % 2
        if head[:4] == b"EXIF":
            parts.exif = parts.exif or file.read(min(size, _MOST_CHUNK))
        elif head[:4] == b"XMP ":
            _packet(parts, file.read(min(size, _MOST_CHUNK)))
        elif head[:4] == b"C2PA":  # C2PA 2.1, A.3.6: RIFF
            parts.manifest = parts.manifest or file.read(min(size, _MOST_CHUNK))
        file.seek(after)


def _gif(file: BinaryIO, parts: Parts) -> None:
    """Read the comments of a GIF before its first frame (GIF89a, 24)."""
    file.seek(10)
    flags = file.read(3)[:1]
    if flags and flags[0] & 0x80:
        file.seek(3 << ((flags[0] & 7) + 1), 1)
    for _ in range(_MOST_SEGMENTS):
        head = file.read(2)
        if head[:1] != b"\x21" or len(head) < 2:
            return
        body, size = bytearray(), file.read(1)
        while size and size != b"\x00" and len(body) < _MOST_CHUNK // 4:
            body += file.read(size[0])
            size = file.read(1)
        if head[1] == 0xFE:
            parts.add("Comment", _plain(bytes(body)))
        elif head[1] == 0xFF and body.startswith(b"XMP DataXMP"):
            return  # its packet is no sub-blocks


def _boxes(file: BinaryIO, parts: Parts) -> None:
    from studio.media.origin.boxes import read_boxes

    found = read_boxes(file)
    parts.exif, parts.manifest = found.exif, found.manifest
    for packet in found.xmp:
        _packet(parts, packet)
    for name, text in found.texts.items():
        parts.add(name, text)


def _packet(parts: Parts, packet: bytes) -> None:
    if packet and len(parts.xmp) < _MOST_PACKETS:
        parts.xmp.append(packet)


def _plain(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("latin-1")
