"""JSON as hostile as it comes: lists entry by entry with their lines, as far as they are whole."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 8_000_000
"""Brackets and commas in a file; 64 MB of real downloads have about a third of this."""
MAX_ENTRIES = 200_000
"""Entries read of a list; more than any creator has."""
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Json:
    """A parsed file.

    Args:
        value: what is in it; of a file that is not whole, what is whole of the outermost list,
            or of the lists in the outermost object.
        lines: for each list at the top (its key; "" for a file that is a list) the physical line
            of every entry, the first line being 1.
        broken: the line from which on nothing could be read; None for a whole file.
        doubled: keys that stood twice in one object with different values; their value is None.
    """

    value: object
    lines: dict[str, list[int]] = field(default_factory=dict)
    broken: int | None = None
    doubled: int = 0


def parse(name: str, text: str) -> Json:
    """Parse a JSON object or list.

    NaN and infinities are None, and so are whole numbers of more than 18 digits.

    Raises:
        Problem: it is nested too deeply, has too many parts, or nothing of it can be read.
    """
    if text.count("[") + text.count("{") + text.count(",") > MAX_PARTS:
        raise Problem(
            name,
            "not understood: this JSON has more parts than any export",
            "Download it again, choosing a shorter time range",
        )
    reader = _Reader(text)
    try:
        value = reader.top()
    except RecursionError as error:
        raise Problem(
            name, "not understood: this JSON is nested too deeply", "Download it again"
        ) from error
    if reader.broken is not None and not value:
        raise Problem(
            name,
            f"not understood: this JSON is cut off or damaged in line {reader.broken}",
            "Download it again",
        )
    return Json(value, reader.lines, reader.broken, reader.doubled)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[str, list[int]] = {}
        self.broken: int | None = None
        self.doubled = 0
        self._counted = (0, 1)
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=lambda _: None,
            parse_int=_whole,
            strict=False,
        )

    def top(self) -> object:
        at = self._skip(0)
        value: object
        if self.text[at : at + 1] == "[":
            entries: list[object] = []
            at = self._list("", at, entries)
            value = entries
        elif self.text[at : at + 1] == "{":
            found: dict[str, object] = {}
            at = self._members(at, found)
            value = found
        else:
            self._break(at)
            return None
        if self.broken is None and self._skip(at) < len(self.text):
            self._break(self._skip(at))
        return value

    def _members(self, at: int, found: dict[str, object]) -> int:
        """Read the members of the outermost object into `found`; return where it ends."""
        at = self._skip(at + 1)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            key, after = self._value(at)
            after = self._skip(after)
            if not isinstance(key, str) or self.text[after : after + 1] != ":":
                return self._break(at)
            at = self._skip(after + 1)
            if self.text[at : at + 1] == "[":
                entries: list[object] = []
                at = self._list(key, at, entries)
                self._keep(found, key, entries)
            else:
                value, after = self._value(at)
                if self.broken is None:
                    self._keep(found, key, value)
                at = after
            if self.broken is not None:
                return at
            at = self._skip(at)
            mark = self.text[at : at + 1]
            if mark == "}":
                return at + 1
            if mark != ",":
                return self._break(at)
            at = self._skip(at + 1)

    def _keep(self, found: dict[str, object], key: str, value: object) -> None:
        if key in found and found[key] != value:
            self.doubled += 1
            value = None
        found[key] = value

    def _list(self, key: str, at: int, entries: list[object]) -> int:
        """Read the whole entries of a list at the top; return where it ends."""
        lines = self.lines[key] = []
        at = self._skip(at + 1)
        if self.text[at : at + 1] == "]":
            return at + 1
        while True:
            if len(entries) >= MAX_ENTRIES:
                return self._break(at)
            value, after = self._value(at)
            if self.broken is not None:
                return after
            after = self._skip(after)
            mark = self.text[after : after + 1]
            if mark in {",", "]"}:
                entries.append(value)
                lines.append(self._line(at))
            elif not mark and isinstance(value, dict | list):  # cut off between two entries
                entries.append(value)
                lines.append(self._line(at))
                return self._break(after)
            else:
                return self._break(after)
            if mark == "]":
                return after + 1
            at = self._skip(after + 1)

    def _value(self, at: int) -> tuple[object, int]:
        try:
            value, end = self._decoder.raw_decode(self.text, at)
        except ValueError as error:
            where = getattr(error, "pos", at)
            return None, self._break(max(where, at))
        return value, end

    def _break(self, at: int) -> int:
        if self.broken is None:
            self.broken = self.text.count("\n", 0, at) + 1
        return at

    def _line(self, at: int) -> int:
        start, line = self._counted
        line += self.text.count("\n", start, at)
        self._counted = (at, line)
        return line

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            for key, value in _repeated(pairs):
                if found[key] != value:
                    found[key] = None
                    self.doubled += 1
        return found


def _repeated(pairs: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Give the members whose key comes again later."""
    last = {key: index for index, (key, _) in enumerate(pairs)}
    for index, (key, value) in enumerate(pairs):
        if last[key] != index:
            yield key, value


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None
