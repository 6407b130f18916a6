"""What EXIF says of a picture's origin: camera, time, place, and the texts generators put there.

A small reader of our own: only a dozen tags are wanted, and every offset and count of the file is
checked against its length (TIFF 6.0, section 2; EXIF 2.3, 4.6).
"""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_TEXT = 1024 * 1024  # bytes of one text
_MOST_TAGS = 500  # of a directory

# Tags of the first directory. ComfyUI's WebP has "prompt:{…}" in Model, "workflow:{…}" in Make.
_DESCRIPTION, _MAKE, _MODEL = 0x010E, 0x010F, 0x0110
_SOFTWARE, _DATE, _ARTIST = 0x0131, 0x0132, 0x013B
_XP_TITLE, _XP_COMMENT, _XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9F  # Windows: UTF-16, little-endian
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN, _USER_COMMENT = 0x9003, 0x9286
_GPS_PLACE = {2, 4}  # latitude, longitude
_NAMES = {_DESCRIPTION: "ImageDescription", _XP_TITLE: "XPTitle", _XP_COMMENT: "XPComment"} | {
    _XP_SUBJECT: "XPSubject",
    _ARTIST: "Artist",
}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_ASCII = 2


@dataclass
class Exif:
    """What was found; texts as they stand, NULs and blanks around them taken away."""

    make: str | None = None
    model: str | None = None
    software: str | None = None
    taken: str | None = None
    comment: str | None = None
    gps: bool = False
    texts: list[tuple[str, str]] = field(default_factory=list)


def read_exif(data: bytes) -> Exif:
    """Return what EXIF says; damaged EXIF says nothing or less, and raises nothing.

    Args:
        data: from the TIFF header on; an "Exif" mark before it is passed over.
    """
    data = data.removeprefix(b"Exif\x00\x00")
    found = Exif()
    order = {b"II": "little", b"MM": "big"}.get(data[:2])
    if order is None:
        return found
    tiff = _Tiff(data, little=order == "little")
    first = tiff.directory(tiff.number(4, 4))
    found.make, found.model = tiff.text(first.get(_MAKE)), tiff.text(first.get(_MODEL))
    found.software = tiff.text(first.get(_SOFTWARE))
    for tag, name in _NAMES.items():
        text = tiff.wide(first.get(tag)) if tag >= _XP_TITLE else tiff.text(first.get(tag))
        if text:
            found.texts.append((name, text))
    inner = tiff.directory(tiff.pointer(first.get(_EXIF_IFD)))
    found.taken = tiff.text(inner.get(_TAKEN)) or tiff.text(first.get(_DATE))
    found.comment = tiff.comment(inner.get(_USER_COMMENT) or first.get(_USER_COMMENT))
    found.gps = _GPS_PLACE.issubset(tiff.directory(tiff.pointer(first.get(_GPS_IFD))))
    return found


class _Tiff:
    """Directories of a TIFF structure: tag → (type, bytes of the value)."""

    def __init__(self, data: bytes, *, little: bool) -> None:
        self.data = data
        self.little = little

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "little" if self.little else "big")

    def directory(self, at: int) -> dict[int, tuple[int, bytes]]:
        tags: dict[int, tuple[int, bytes]] = {}
        if not 8 <= at <= len(self.data) - 2:
            return tags
        for index in range(min(self.number(at, 2), _MOST_TAGS)):
            entry = at + 2 + index * 12
            if entry + 12 > len(self.data):
                break
            tag, kind = self.number(entry, 2), self.number(entry + 2, 2)
            size = self.number(entry + 4, 4) * _SIZES.get(kind, 0)
            start = entry + 8 if size <= 4 else self.number(entry + 8, 4)
            if 0 < size <= len(self.data) - start:
                value = self.data[start : start + min(size, MOST_TEXT)]
                tags.setdefault(tag, (kind, value))
        return tags

    def pointer(self, entry: tuple[int, bytes] | None) -> int:
        if entry is None or len(entry[1]) > 4:
            return 0
        return int.from_bytes(entry[1], "little" if self.little else "big")

    def text(self, entry: tuple[int, bytes] | None) -> str | None:
        """Return a text: ASCII by the book, UTF-8 as everybody writes it."""
        if entry is None or entry[0] not in {_ASCII, 7, 1, 129}:
            return None
        return _decoded(entry[1])

    def wide(self, entry: tuple[int, bytes] | None) -> str | None:
        return None if entry is None else _clean(entry[1].decode("utf-16-le", "ignore"))

    def comment(self, entry: tuple[int, bytes] | None) -> str | None:
        """Return UserComment: eight bytes name the character set (EXIF 2.3, 4.6.5)."""
        if entry is None:
            return None
        mark, body = entry[1][:8], entry[1][8:]
        if mark == b"UNICODE\x00":
            return _clean(body.decode(_utf16(body, little=self.little), "ignore"))
        if mark in {b"ASCII\x00\x00\x00", b"\x00" * 8}:
            return _decoded(body)
        if mark == b"JIS\x00\x00\x00\x00\x00":
            return _clean(body.decode("iso2022_jp", "ignore"))
        return _decoded(entry[1])  # no mark, as some write it


def _utf16(body: bytes, *, little: bool) -> str:
    """Return the byte order of UTF-16: the mark's, else where the NULs of plain letters stand.

    The file's own order decides only when there are none: A1111 writes big-endian into both.
    """
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    even, odd = body[:4096:2].count(0), body[1:4096:2].count(0)
    if even != odd:
        little = odd > even
    return "utf-16-le" if little else "utf-16-be"


def _decoded(body: bytes) -> str | None:
    try:
        return _clean(body.rstrip(b"\x00").decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(body.decode("latin-1"))


def _clean(text: str) -> str | None:
    return text.strip("\x00 \t\r\n") or None
