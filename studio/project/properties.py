"""The properties at the head of a note (Obsidian's format), read and changed line by line.

A document is its bytes. Reading never fails; every value is text (`NO`, `1.10` and dates stay
what was typed). Changing one property touches the lines of that property and no other: comments,
order, quotes, line endings and a byte order mark stay. What is written is read again with a YAML
parser before it is accepted; what is not understood is refused and left alone.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project.frontmatter import Entry, Head, NotReadableError, Value, read_head, yaml_values
from studio.project.scalars import written

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 64 << 10
"""The most characters between the two `---`; more is no list of properties."""


@dataclass(frozen=True)
class Document:
    """A note: properties and the text after them. Immutable; changes return a new one.

    Attributes:
        body: the text after the properties, line endings as in the file. Bytes that are not
            UTF-8 are lone surrogates in it (PEP 383) and come out again as they were.
        problem: why the properties cannot be changed, or not even be read; None if all is well.
    """

    body: str
    problem: str | None
    _head: Head

    @classmethod
    def parse(cls, data: bytes) -> Document:
        """Read a document; whatever the bytes are, one comes out."""
        head, body = read_head(data.decode("utf-8", "surrogateescape"), LIMIT)
        return cls(body, head.problem, head)

    @functools.cached_property
    def data(self) -> bytes:
        """The whole file, byte for byte."""
        text = self._head.bom + "".join(self._head.lines) + self.body
        return text.encode("utf-8", "surrogateescape")

    def get(self, key: str) -> str | None:
        """Return a property as text, None if there is none; of a list with one item that item."""
        value = self._value(key)
        if isinstance(value, tuple):
            return value[0] if len(value) == 1 else None
        return value

    def get_list(self, key: str) -> tuple[str, ...]:
        """Return a list property; one plain value is a list of one, an empty one of none."""
        value = self._value(key)
        if isinstance(value, tuple):
            return value
        return (value,) if value else ()

    def keys(self) -> tuple[str, ...]:
        """Return the names of all properties, in the order of the file."""
        return tuple(self._head.entries)

    def with_value(self, key: str, value: str | Sequence[str] | None) -> Document:
        """Return the document with one property changed, added (at the end) or removed.

        A note without properties gets them. A text property replaced by a list becomes
        `[a, b]`; a list keeps its form.

        Args:
            key: its name.
            value: text, a list of texts, or None to remove it.

        Raises:
            Problem: when that cannot be done without touching anything else.
        """
        new = value if value is None or isinstance(value, str) else tuple(value)
        if self.problem is not None:
            raise Problem("the properties", self.problem, "Mend them in a text editor")
        entry = self._head.entries.get(key)
        if (entry is None and new is None) or (entry and new is not None and entry.value == new):
            return self
        lines = list(self._head.lines)
        if not lines:
            end = _ending(self.body)
            lines = [f"---{end}", f"---{end}"]
        if new is None and entry is not None:
            del lines[entry.start : entry.end]
        elif entry is not None and new is not None:
            lines[entry.start : entry.end] = _changed(key, entry, new)
        else:
            lines.insert(len(lines) - 1, _added(key, new or "", _ending(lines[0])))
        return self._verified(key, new, "".join(lines))

    def with_body(self, text: str) -> Document:
        """Return the document with other text after the properties, exactly as given.

        Raises:
            Problem: when the text cannot be encoded or would be read as properties.
        """
        head = self._head.bom + "".join(self._head.lines)
        if head and text and not head.endswith(("\n", "\ufeff")):
            head += _ending(self._head.lines[0])  # the closing --- was the end of the file
        made = Document.parse(_encoded(head + text, "the text"))
        if made.body != text or made.keys() != self.keys():
            raise Problem(
                "the text",
                "its first line would begin a list of properties",
                "Put an empty line before the ---",
            )
        return made

    def _value(self, key: str) -> Value:
        entry = self._head.entries.get(key)
        return None if entry is None else entry.value

    def _verified(self, key: str, new: str | tuple[str, ...] | None, head: str) -> Document:
        """Read the result with our reader and with YAML: all is as before but this one."""
        wanted = {name: entry.value for name, entry in self._head.entries.items()}
        if new is None:
            wanted.pop(key, None)
        else:
            wanted[key] = new
        made = Document.parse(_encoded(self._head.bom + head + self.body, f"the property {key}"))
        got = {name: entry.value for name, entry in made._head.entries.items()}  # noqa: SLF001
        inner = "".join(made._head.lines[1:-1])  # noqa: SLF001
        try:
            seen = {name: value for name, (_, value) in yaml_values(inner).items()}
        except NotReadableError as error:
            raise _refusal(key) from error
        if made.problem is not None or made.body != self.body or not got == seen == wanted:
            raise _refusal(key)
        return made


def _refusal(key: str) -> Problem:
    return Problem(
        f"the property {key}",
        "it cannot be changed without touching something else",
        "Change it in a text editor",
    )


def _encoded(text: str, where: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise Problem(where, "it has half a character in it", "Type it again") from error


def _ending(text: str) -> str:
    return "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"


def _list(values: Sequence[str], like: Entry | None = None) -> str:
    known = _raws(like) if like is not None else {}
    items = [known[v].pop(0) if known.get(v) else written(v, flow=True) for v in values]
    raw = like.raw if like is not None else ""
    comma = "," if "," in raw and ", " not in raw else ", "
    pad = " " if raw.startswith("[ ") and items else ""
    return f"[{pad}{comma.join(items)}{pad}]"


def _raws(entry: Entry) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if entry.kind == "flow" and isinstance(entry.value, tuple):
        for value, part in zip(entry.value, entry.parts, strict=True):
            found.setdefault(value, []).append(part[0])
    return found


def _added(key: str, new: str | tuple[str, ...], end: str) -> str:
    text = written(new) if isinstance(new, str) and new else ""
    if isinstance(new, tuple):
        text = _list(new)
    return f"{written(key)}: {text}".rstrip() + end


def _changed(key: str, entry: Entry, new: str | tuple[str, ...]) -> list[str]:
    """Return the lines of a property that says something else now."""
    if entry.kind == "odd":
        raise _refusal(key)
    if entry.kind == "block" and isinstance(new, tuple) and new:
        return [entry.lead + entry.tail, *_items(entry, new)]
    if isinstance(new, tuple):
        text = _list(new, entry)
    else:
        text = written(new, entry.raw if entry.kind == "scalar" else "") if new else ""
        if not new and entry.raw[:1] in {"'", '"'}:
            text = entry.raw[0] * 2
    lead = entry.lead if entry.lead.endswith(" ") else entry.lead + " "
    tail = " " + entry.tail if entry.tail.startswith("#") else entry.tail
    return [lead + text + tail if text or tail.strip() else lead.rstrip(" ") + tail.lstrip(" ")]


def _items(entry: Entry, new: tuple[str, ...]) -> list[str]:
    """Return the lines of a block list: known items as they were, comments where they were."""
    old = entry.value if isinstance(entry.value, tuple) else ()
    last = entry.parts[-1][-1]
    dash = last[: len(last) - len(last.lstrip(" "))] + "- "
    end = _ending(last)
    wanted = list(new)
    known: dict[str, list[tuple[str, ...]]] = {}
    waiting: tuple[str, ...] = ()
    for value, part in zip(old, entry.parts, strict=True):
        if value in wanted:
            wanted.remove(value)
            known.setdefault(value, []).append((*waiting, *part))
            waiting = ()
        else:
            waiting += part[:-1]
    lines: list[str] = []
    for value in new:
        part = known[value].pop(0) if known.get(value) else (f"{dash}{written(value)}{end}",)
        lines += part
    return [*lines, *waiting]
