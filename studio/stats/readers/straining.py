"""TikTok's JSON with its private sections passed over: bytes in, fewer bytes out.

A download may have hundreds of megabytes of messages and watched videos around a few hundred
posts. Parsed whole it would take some ten times its size in memory; so its brackets are followed,
the few parts that have figures are copied, and what lies between is never decoded.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from studio.problem import Problem
from studio.stats.readers.decode import decode
from studio.stats.readers.tiktok_download import MARKS, SECTIONS, WANTED, Wanted
from studio.stats.readers.tiktok_entries import key_of

MAX_KEPT = 64 * 2**20
"""Bytes of posts; the largest account seen had 7,832 posts in about 8 MB (reference, section 6)."""
MAX_DEPTH = 200
"""Brackets open at once; real downloads have fewer than ten."""
MAX_STEPS = 4_000_000
"""Brackets of other than plain records in one file: a hostile one takes seconds, not minutes."""
MAX_RECODED = 64 * 2**20
"""Bytes of a file in UTF-16: all of it has to be decoded first."""
# Before 3.11.5, Python's own matches possessive groups wrongly (its issue 106052). The other one is
# four times slower and takes five times the memory.
_patterns: Any = re
if sys.version_info[:3] < (3, 11, 5):
    import regex

    _patterns = regex
_DOTALL = _patterns.DOTALL
_LONGEST_KEY = 256
_MARK = _patterns.compile(b"(?:\xef\xbb\xbf)?(?:\xef\xbb\xbf|\xc3\xaf\xc2\xbb\xc2\xbf)?")
_SPACE = _patterns.compile(rb"[ \t\r\n]*+")
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_PLAIN = rb'(?:[^"{}\[\]]++|' + _STRING + rb")*+"
_KEY = _patterns.compile(_STRING, _DOTALL)
# Everything up to the next bracket that matters: records without records in them are passed whole.
_RUN = _patterns.compile(
    rb'(?:[^"{}\[\]]++|' + _STRING + rb"|\{" + _PLAIN + rb"\}|\[" + _PLAIN + rb"\])*+", re.DOTALL
)
_SCALAR = _patterns.compile(rb'[^"{}\[\],: \t\r\n]++')
_CLOSES = {ord("{"): ord("}"), ord("["): ord("]")}


def strain(name: str, data: bytes) -> bytes | None:
    """Return a JSON object without what cannot hold posts or the profile; None for no object.

    Sections that only tell whose file it is are there, and empty.

    Args:
        name: the file's path, for messages.
        data: the whole file.

    Raises:
        Problem: it is TikTok's, and is cut off, damaged, nested too deeply or too large.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:  # UTF-16, or damaged
        start, _ = decode(data[:4096])
        if not start.lstrip().startswith("{") or len(data) > MAX_RECODED:
            return None
        data = decode(data)[0].encode(errors="replace")
    strainer = _Strainer(data)
    mark = _MARK.match(data)
    at = strainer.skip_space(mark.end() if mark else 0)
    if data[at : at + 1] != b"{":
        return None
    try:
        strainer.whole(at)
    except _Broken as broken:
        if not strainer.known:
            return None  # somebody else's: their reader says what is wrong
        line = data.count(b"\n", 0, broken.at) + 1
        raise Problem(
            name,
            f"not understood: this JSON {broken.what} in line {line}",
            "Ask TikTok for your data once more, as JSON",
        ) from broken
    return b"".join(strainer.parts)


_DAMAGED = "is cut off or damaged"


class _Broken(Exception):
    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at, self.what = at, what


class _Strainer:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parts: list[bytes] = []
        self.known = False
        self._kept = 0
        self._steps = 0

    def skip_space(self, at: int) -> int:
        found = _SPACE.match(self.data, at)
        return found.end() if found else at

    def whole(self, at: int) -> None:
        """Copy what is wanted of the object that begins at `at`, with nothing behind it."""
        at = self.skip_space(self.members(at, WANTED, top=True))
        if at < len(self.data):
            raise _Broken(at, _DAMAGED)

    def members(self, at: int, wanted: Wanted, *, top: bool = False) -> int:
        """Copy the wanted members of the object that begins at `at`; return where it ends."""
        self.parts.append(b"{")
        first = True
        marked: set[bytes] = set()
        at = self.skip_space(at + 1)
        if self._byte(at) == b"}":
            self.parts.append(b"}")
            return at + 1
        while True:
            found = _KEY.match(self.data, at)
            after = self.skip_space(found.end()) if found else at
            if found is None or self._byte(after) != b":":
                raise _Broken(at, _DAMAGED)
            key, at = found[0] if found.end() - at <= _LONGEST_KEY else b'""', after
            at = self.skip_space(at + 1)
            name = _name(key)
            mark = top and name in MARKS and self._byte(at) == b"{"
            self.known = self.known or (mark and name in SECTIONS)
            if name in wanted:
                self._keep((b"" if first else b",\n") + key + b":")
                at, first = self._wanted(at, wanted[name]), False
            else:
                at = self.value(at)
                if mark and key not in marked:
                    marked.add(key)
                    self._keep((b"" if first else b",\n") + key + b":{}")
                    first = False
            at = self.skip_space(at)
            end = self._byte(at)
            if end == b"}":
                self.parts.append(b"}")
                return at + 1
            if end != b",":
                raise _Broken(at, _DAMAGED)
            at = self.skip_space(at + 1)

    def _wanted(self, at: int, inside: Wanted | None) -> int:
        if inside is not None and self._byte(at) == b"{":
            return self.members(at, inside)
        end = self.value(at)
        if inside is not None:
            self.parts.append(b"null")  # a folder that is none
        else:
            self.known = True
            self._keep(self.data[at:end], at)
        return end

    def value(self, at: int) -> int:
        """Return where the value that begins at `at` ends."""
        start = self._byte(at)
        if start in {b"{", b"["}:
            return self._nested(at)
        found = (_KEY if start == b'"' else _SCALAR).match(self.data, at)
        if found is None:
            raise _Broken(at, _DAMAGED)
        return int(found.end())

    def _nested(self, at: int) -> int:
        data = self.data
        start, closing = at, bytearray([_CLOSES[data[at]]])
        at += 1
        while closing:
            found = _RUN.match(data, at)
            at = found.end() if found else at
            if at >= len(data):
                raise _Broken(start, _DAMAGED)
            mark = data[at]
            self._steps += 1
            if mark in _CLOSES:
                closing.append(_CLOSES[mark])
                if len(closing) > MAX_DEPTH:
                    raise _Broken(at, "is nested too deeply")
            elif mark == closing[-1]:
                closing.pop()
            else:
                raise _Broken(at, _DAMAGED)
            if self._steps > MAX_STEPS:
                raise _Broken(at, "has more parts than any export")
            at += 1
        return at

    def _keep(self, part: bytes, at: int = 0) -> None:
        self._kept += len(part)
        if self._kept > MAX_KEPT:
            raise _Broken(at, "has more posts than any account")
        self.parts.append(part)

    def _byte(self, at: int) -> bytes:
        return self.data[at : at + 1]


def _name(key: bytes) -> str:
    try:
        return key_of(json.loads(key.decode(errors="replace"), strict=False))
    except ValueError:
        return ""
