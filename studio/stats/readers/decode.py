"""Bytes to text: UTF-8, UTF-16 with and without a mark, Windows-1252, text encoded twice."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

# What UTF-8 looks like when it was read as Latin-1 or Windows-1252: a lead byte, then another.
_TWICE = re.compile("[Â-ô][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# The same in the bytes of UTF-8, where Â to ô are C3 82 to C3 B4.
_TWICE_UTF8 = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|"
    + b"|".join(re.escape(one.encode()) for one in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
    + b")"
)


def is_plain(data: bytes) -> bool:
    """Tell whether a file needs nothing put right if it is UTF-8, which remains to be seen."""
    marks = (b"\xff\xfe", b"\xfe\xff", 2 * BOM_UTF8, "ï»¿".encode())
    return not (data.startswith(marks) or b"\x00" in data or _TWICE_UTF8.search(data))


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, without byte order mark, and what had to be assumed."""
    text, notes = _decode(data)
    text = text.removeprefix("\ufeff").removeprefix("ï»¿")
    nuls = text.count("\x00")
    if nuls:
        text = text.replace("\x00", "")
        notes.append(f"{nuls} NUL {'byte' if nuls == 1 else 'bytes'} left out")
    repaired = _undo_double(text)
    if repaired is not None:
        notes.append("its text was encoded twice by another program; put right")
        text = repaired
    return text, notes


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be", [])
    if not data.startswith(b"\xef\xbb\xbf"):
        sample = data[:4096]
        half = len(sample) // 2
        for name, nuls in (
            ("utf-16-be", sample[0::2].count(0)),
            ("utf-16-le", sample[1::2].count(0)),
        ):
            if half and nuls > half * 0.3:
                order = "big" if name.endswith("be") else "little"
                return _utf16(data, name, [f"read as UTF-16, {order}-endian, though not marked so"])
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        if data.startswith(b"\xef\xbb\xbf") or error.end >= len(data):
            return data.decode(errors="replace"), ["bytes that are not UTF-8 were replaced by �"]
    try:
        return data.decode("cp1252"), ["not UTF-8: read as Windows-1252; accents may be wrong"]
    except UnicodeDecodeError:
        return data.decode("latin-1"), ["not UTF-8: read as Latin-1; accents may be wrong"]


def _utf16(data: bytes, name: str, notes: list[str]) -> tuple[str, list[str]]:
    try:
        return data.decode(name), notes
    except UnicodeDecodeError:
        return data.decode(name, errors="replace"), [*notes, "bytes that are not UTF-16 replaced"]


def _undo_double(text: str) -> str | None:
    if not _TWICE.search(text):
        return None
    for codec in ("latin-1", "cp1252"):
        try:
            return text.encode(codec).decode()
        except UnicodeError:
            continue
    return None
