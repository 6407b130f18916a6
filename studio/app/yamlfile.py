"""Small YAML files that a human writes (themes, keys), read so that nothing in them can do harm.

What comes back is text with line numbers: `on` stays "on" and `0` stays "0". Nothing is built
from tags, no alias is followed, and nothing is composed by recursion, because PyYAML's C loader
overflows the stack (a crash, not an exception) on a file of 30 kB of opening brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 64 * 1024  # a theme or key file is 2 kB; anything beyond this is something else

# The plain shape nearly every such file has, read without PyYAML (whose import costs 10 ms of CPU
# at start-up). Whatever is not exactly this goes to PyYAML, so both see the same.
_BAD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"  # or that YAML reads in its own way
_PLAIN_LINE = re.compile(
    rf"""(?P<indent>(?:\ \ )?)
        (?P<key>[A-Za-z][A-Za-z0-9_.-]*):
        (?:[ ]+(?:
            "(?P<double>[^"\\{_BAD}]*)"
          | '(?P<single>[^'{_BAD}]*)'
          | (?P<bare>[A-Za-z0-9](?:[A-Za-z0-9._,+-]|[ ](?=[A-Za-z0-9]))*)
        ))?
        [ ]*(?:(?<=[ ])\#[^{_BAD}]*)?""",
    re.VERBOSE,
)
_NOTHING = re.compile(rf" *(?:#[^{_BAD}]*)?")


@dataclass(frozen=True)
class Scalar:
    """One word or text of the file.

    Args:
        text: as written, without its quotes.
        line: where, counted from 1.
        quoted: whether it had quotes, which tells "" from nothing at all.
    """

    text: str
    line: int
    quoted: bool = False


@dataclass(frozen=True)
class Mapping:
    """Keys with their values, in the order written; a key may stand there twice."""

    entries: tuple[tuple[Scalar, Value], ...] = ()

    def __iter__(self) -> Iterator[tuple[Scalar, Value]]:
        return iter(self.entries)

    def twice(self) -> tuple[Scalar, ...]:
        """Return each second mention of a key."""
        seen: set[str] = set()
        again = []
        for key, _ in self.entries:
            if key.text in seen:
                again.append(key)
            seen.add(key.text)
        return tuple(again)


Value: TypeAlias = "Scalar | tuple[Scalar, ...] | Mapping"


def read_yaml(path: Path) -> Mapping:
    """Read a file of keys whose values are texts, lists of texts or one level of keys.

    Args:
        path: a regular file in UTF-8, a byte order mark is fine, at most `MOST_BYTES` long.

    Raises:
        Problem: it is missing, too large, not UTF-8, not YAML, or of another shape.
    """
    try:
        if not path.is_file():
            raise Problem(str(path), "is not a file", "put a YAML file there or remove it")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(str(path), f"cannot be read ({reason})", "check its permissions") from error
    if len(data) > MOST_BYTES:
        raise Problem(
            str(path), f"is larger than {MOST_BYTES // 1024} kB", "remove what does not belong"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(f"{path}, line {line}", "is not UTF-8", "save the file as UTF-8") from error
    return parse_yaml(text, str(path))


def parse_yaml(text: str, where: str) -> Mapping:
    """Return the keys and values of `text`; `where` names it in a `Problem`. See `read_yaml`."""
    plain = _parse_plain(text)
    return _parse_any(text, where) if plain is None else plain


def _parse_plain(text: str) -> Mapping | None:
    """Read the plain shape, or return None if any line is not of it."""
    top: list[tuple[Scalar, Value]] = []
    section: list[tuple[Scalar, Value]] = []
    opened: Scalar | None = None  # a key without a value: either a section or nothing at all

    def close() -> None:
        if opened is not None:
            empty = Scalar("", opened.line)
            top.append((opened, Mapping(tuple(section)) if section else empty))
            section.clear()

    for number, line in enumerate(text.split("\n"), 1):
        if _NOTHING.fullmatch(line):
            continue
        match = _PLAIN_LINE.fullmatch(line)
        if match is None:
            return None
        key = Scalar(match["key"], number)
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = Scalar(quoted if quoted is not None else match["bare"] or "", number)
        if quoted is not None:
            value = Scalar(quoted, number, quoted=True)
        if match["indent"]:
            if opened is None:
                return None
            section.append((key, value))
            continue
        close()
        opened = None
        if quoted is None and match["bare"] is None:
            opened = key
        else:
            top.append((key, value))
    close()
    return Mapping(tuple(top))


def _parse_any(text: str, where: str) -> Mapping:
    """Read any YAML of the shape `read_yaml` describes, with PyYAML's stream of events."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _from_events(yaml.parse(text, Loader=loader), where)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "has a character that YAML does not allow"
        raise Problem(
            where if mark is None else f"{where}, line {mark.line + 1}",
            f"is not YAML ({what})",
            "put the text after the colon in quotes, and indent with spaces",
        ) from error


class _Open:
    """A mapping or list that is being read."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping = mapping
        self.key: Scalar | None = None
        self.entries: list[tuple[Scalar, Value]] = []
        self.items: list[Scalar] = []

    def take(self, value: Value) -> bool:
        """Take the next node; False if it cannot stand here."""
        if not self.mapping:
            if isinstance(value, Scalar):
                self.items.append(value)
            return isinstance(value, Scalar)
        if self.key is None:
            self.key = value if isinstance(value, Scalar) else None
            return self.key is not None
        self.entries.append((self.key, value))
        self.key = None
        return True

    def done(self) -> Value:
        return Mapping(tuple(self.entries)) if self.mapping else tuple(self.items)


def _from_events(events: Iterator[object], where: str) -> Mapping:
    import yaml

    root: Value | None = None
    stack: list[_Open] = []
    for event in events:
        if not isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            continue
        mark = event.start_mark
        line = mark.line + 1 if mark else 1
        here = f"{where}, line {line}"
        if root is not None:
            raise Problem(here, "has a second document", "keep to one, without lines of ---")
        if isinstance(event, yaml.AliasEvent):
            raise Problem(here, "has an alias (*)", "write the value out, or put it in quotes")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise Problem(here, "has a tag (!)", "remove the tag, or put the value in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            if len(stack) == 2 or (not stack and not is_mapping):
                raise Problem(here, "has a shape not known here", "write lines of key: value")
            stack.append(_Open(mapping=is_mapping))
            continue
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            value = Scalar(event.value, line, quoted=bool(event.style))
        else:
            value = stack.pop().done()
        if stack:
            if not stack[-1].take(value):
                raise Problem(here, "has a shape not known here", "write lines of key: value")
        elif isinstance(value, Mapping):
            root = value
        elif isinstance(value, Scalar) and not value.text and not value.quoted:
            root = Mapping()  # an explicitly empty document
        else:
            raise Problem(here, "has no keys", "write lines of key: value")
    return root if isinstance(root, Mapping) else Mapping()
