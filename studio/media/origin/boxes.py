"""Metadata in boxes: AVIF, HEIC, MP4 and MOV (ISO/IEC 14496-12, 23008-12).

Only headers are read; the pixels in `mdat` are stepped over, but for the few hundred bytes that
an item named Exif or XMP has there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MOST_BOX = 4 * 1024 * 1024  # bytes of a box that are read
_MOST_BOXES = 10_000
_MOST_ITEMS = 2_000
_MOST_TEXTS = 50

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")  # XMP specification, part 3, 1.2.6
_C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # C2PA 2.1, A.5.1
_C2PA_PURPOSE = 21  # after the uuid: version and flags, "manifest\0"
_ILST_NAMES = {  # QuickTime's and iTunes' atoms; others keep their four letters
    b"\xa9nam": "title",
    b"\xa9cmt": "comment",
    b"\xa9too": "encoder",
    b"\xa9swr": "software",
    b"\xa9des": "description",
    b"desc": "description",
    b"ldes": "description",
    b"\xa9day": "date",
    b"\xa9mak": "make",
    b"\xa9mod": "model",
    b"\xa9xyz": "location",
}


@dataclass
class Boxes:
    """What was found."""

    exif: bytes | None = None
    xmp: list[bytes] = field(default_factory=list)
    manifest: bytes | None = None
    texts: dict[str, str] = field(default_factory=dict)


class _Box(NamedTuple):
    kind: bytes
    start: int  # of its content
    end: int


def read_boxes(file: BinaryIO) -> Boxes:
    """Return the metadata of a file of boxes."""
    found = Boxes()
    size = file.seek(0, os.SEEK_END)
    for box in _boxes(file, 0, size):
        if box.kind == b"meta":
            _items(file, box, found)
        elif box.kind == b"moov":
            for inner in _boxes(file, box.start, box.end):
                if inner.kind == b"udta":
                    _user_data(file, inner, found)
                elif inner.kind == b"meta":
                    _keyed(file, inner, found)
        elif box.kind == b"uuid":
            _uuid(file, box, found)
    return found


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        size, start = int.from_bytes(head[:4], "big"), at + 8
        if size == 1:  # the length stands behind the type
            size, start = int.from_bytes(head[8:16], "big"), at + 16
        stop = end if size == 0 else at + size
        if len(head) < 8 or stop < start or stop > end:
            return
        yield _Box(head[4:8], start, stop)
        at = stop


def _body(file: BinaryIO, box: _Box, skip: int = 0) -> bytes:
    file.seek(box.start + skip)
    return file.read(max(0, min(box.end - box.start - skip, MOST_BOX)))


def _uuid(file: BinaryIO, box: _Box, found: Boxes) -> None:
    file.seek(box.start)
    name = file.read(16)
    if name == _XMP_UUID and len(found.xmp) < 4:
        found.xmp.append(_body(file, box, 16))
    elif name == _C2PA_UUID and found.manifest is None:
        found.manifest = _body(file, box, 16)


def _items(file: BinaryIO, meta: _Box, found: Boxes) -> None:
    """Read the items of a still picture that are Exif or XMP."""
    kinds: dict[int, bytes] = {}
    places: dict[int, tuple[int, int, int]] = {}
    data: _Box | None = None
    for box in _boxes(file, meta.start + 4, meta.end):
        if box.kind == b"iinf":
            kinds = _item_kinds(file, box)
        elif box.kind == b"iloc":
            places = _item_places(_body(file, box))
        elif box.kind == b"idat":
            data = box
    for item, kind in kinds.items():
        if item not in places:
            continue
        method, offset, length = places[item]
        if method == 1 and data is not None:
            offset += data.start
        elif method != 0:
            continue
        file.seek(offset)
        body = file.read(min(length, MOST_BOX))
        if kind == b"Exif" and found.exif is None:  # four bytes say where TIFF begins
            found.exif = body[4 + min(int.from_bytes(body[:4], "big"), len(body)) :]
        elif kind == b"mime" and len(found.xmp) < 4:
            found.xmp.append(body)


def _item_kinds(file: BinaryIO, box: _Box) -> dict[int, bytes]:
    file.seek(box.start)
    wide = file.read(1) != b"\x00"
    kinds: dict[int, bytes] = {}
    for entry in islice(_boxes(file, box.start + (8 if wide else 6), box.end), _MOST_ITEMS):
        if entry.kind != b"infe":
            continue
        body = _body(file, entry)[:200]
        size = 2 if body[:1] == b"\x02" else 4
        kind = body[4 + size + 2 : 8 + size + 2]
        if kind == b"Exif" or (kind == b"mime" and b"application/rdf+xml" in body):
            kinds[int.from_bytes(body[4 : 4 + size], "big")] = kind
    return kinds


def _item_places(body: bytes) -> dict[int, tuple[int, int, int]]:
    """Return where items lie: number → construction method, offset, length of the first extent."""
    version = body[0] if body else 0
    if len(body) < 8 or version > 2:
        return {}
    offset_size, length_size = body[4] >> 4, body[4] & 15
    base_size, index_size = body[5] >> 4, body[5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    at = 6

    def number(size: int) -> int:
        nonlocal at
        value = int.from_bytes(body[at : at + size], "big")
        at += size
        return value

    places: dict[int, tuple[int, int, int]] = {}
    for _ in range(min(number(wide), _MOST_ITEMS)):
        if at >= len(body):
            break
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)  # data reference
        base = number(base_size)
        extents = number(2)
        for extent in range(min(extents, _MOST_ITEMS)):
            number(index_size)
            offset, length = number(offset_size), number(length_size)
            if extent == 0:
                places[item] = (method, base + offset, length)
    return places


def _user_data(file: BinaryIO, udta: _Box, found: Boxes) -> None:
    for box in _boxes(file, udta.start, udta.end):
        if box.kind == b"meta":
            _keyed(file, box, found)
        elif box.kind == b"XMP_" and len(found.xmp) < 4:
            found.xmp.append(_body(file, box))
        elif box.kind[:1] == b"\xa9":  # QuickTime: length, language, text
            body = _body(file, box)
            _note(found, box.kind, body[4 : 4 + int.from_bytes(body[:2], "big")])


def _keyed(file: BinaryIO, meta: _Box, found: Boxes) -> None:
    """Read iTunes' list, whose entries are named by four letters or by a list of keys."""
    file.seek(meta.start)
    plain = file.read(8)[4:8] in {b"hdlr", b"keys", b"ilst"}  # QuickTime's has no version
    keys: list[bytes] = []
    for box in _boxes(file, meta.start + (0 if plain else 4), meta.end):
        if box.kind == b"keys":
            named = islice(_boxes(file, box.start + 8, box.end), _MOST_TEXTS)
            keys = [_body(file, key)[:200] for key in named]
        elif box.kind == b"ilst":
            for entry in islice(_boxes(file, box.start, box.end), _MOST_TEXTS):
                index = int.from_bytes(entry.kind, "big") - 1
                name = keys[index] if 0 <= index < len(keys) else entry.kind
                _entry(file, entry, name, found)


def _entry(file: BinaryIO, entry: _Box, name: bytes, found: Boxes) -> None:
    for box in _boxes(file, entry.start, entry.end):
        if box.kind == b"name":  # "----": a name of its own
            name = _body(file, box, 4)[:200]
        elif box.kind == b"data":
            body = _body(file, box)
            if body[3:4] == b"\x01":  # UTF-8
                _note(found, name, body[8:])


def _note(found: Boxes, name: bytes, text: bytes) -> None:
    key = _ILST_NAMES.get(name) or name.decode("latin-1")
    if len(found.texts) < _MOST_TEXTS:
        found.texts.setdefault(key, text.decode("utf-8", "replace"))
