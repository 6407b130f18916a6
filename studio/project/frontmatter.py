"""Front matter taken apart into lines: which lines belong to which property, and what they say.

What Obsidian writes (plain and quoted values, flow lists, block lists) is read here, a few
microseconds a note. Anything else is looked at by a YAML parser, and only if that sees the same
properties in the same lines are its values taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from studio.project.scalars import DOUBLE, SINGLE, UNPRINTABLE, plain_ok, unescaped

Value = str | tuple[str, ...] | None
"""A property: text, a list of texts, or None for what is neither (nested)."""

_FENCE = re.compile(r"---[ \t]*(\r?\n|\Z)")
_CLOSE = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'].*?) *:(?=[ \t\r\n]|$)(?P<gap> *)"
)
# Most lines by far: a plain name, a plain value, nothing that could mean anything else.
_PLAIN = re.compile(r"(([A-Za-z_][\w-]*): )(\w(?:(?:[\w ./+-]|:(?=\w))*[\w.])?)(\r?\n)")
_REST = re.compile(r" *(?: #.*)?")
_FLOW_ITEM = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,\[\]\r\n]+")
_FLOW_PLAIN = re.compile(r"\w[\w ./+-]*")
_ITEM = re.compile(r"(?P<lead>(?P<indent> *)-(?: +|(?=[\r\n]|$)))(?P<rest>.*)")
_NESTING = 32  # deeper is no property; PyYAML takes seconds for thousands
_RUN_ON = re.compile(rf"(?:[-?:][ \t]+){{{_NESTING},}}")
_COMMENT = re.compile(r"[ \t]*(#|$)")


@dataclass(frozen=True)
class Entry:
    """One property in its lines.

    Attributes:
        start: index of its first line in `Head.lines`.
        end: index after its last line.
        value: what it says.
        kind: how it is written; "odd" is what only YAML understands.
        lead: its first line up to the value.
        raw: the value as written, quotes and brackets included; "" for a block list.
        tail: the rest of that line, comment and line ending.
        parts: the items of a flow list as written, or the lines of each item of a block list.
    """

    start: int
    end: int
    value: Value
    kind: Literal["scalar", "flow", "block", "odd"]
    lead: str = ""
    raw: str = ""
    tail: str = ""
    parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Head:
    """Front matter. `lines` has both `---` lines and is empty when there is none."""

    bom: str = ""
    lines: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)
    problem: str | None = None


class NotReadableError(Exception):
    """YAML does not read this as flat properties; the message says why."""


def read_head(text: str, limit: int) -> tuple[Head, str]:
    """Divide a text into its front matter and the rest.

    Args:
        text: a whole file; undecodable bytes as lone surrogates.
        limit: the most characters the front matter may have.
    """
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text[len(bom) :]
    opening = _FENCE.match(text)
    if opening is None:
        foreign = "it is not UTF-8 text" if "\0" in text[:4096] else None
        return Head(bom, problem=foreign), text
    closing = _CLOSE.search(text, opening.end(), opening.end() + limit)
    if closing is None or (closing.end() == opening.end() + limit < len(text)):
        over = f" within {limit >> 10} KiB" if len(text) > limit else ""
        return Head(bom, problem=f"the --- of line 1 has no closing ---{over}"), text
    lines = tuple(_LINE.findall(text[: closing.end()]))
    entries, problem = _entries(lines)
    return Head(bom, lines, entries, problem), text[closing.end() :]


def _entries(lines: tuple[str, ...]) -> tuple[dict[str, Entry], str | None]:
    found: dict[str, Entry] = {}
    problem: str | None = None
    inner = "".join(lines[1:-1])
    odd = UNPRINTABLE.search(inner) is not None or "\r" in inner.replace("\r\n", "")
    for start, end in _segments(lines):
        key, entry = _entry(lines, start, end)
        if key is None:
            odd = True
            continue
        if key in found:
            problem = f"“{key}” is there twice, in lines {found[key].start + 1} and {start + 1}"
        odd = odd or entry.kind == "odd"
        found[key] = entry
    if problem or not odd:
        return found, problem
    try:
        seen = yaml_values(inner)
    except NotReadableError as error:
        return found, str(error)
    if [(key, line) for key, (line, _) in seen.items()] != [
        (key, entry.start - 1) for key, entry in found.items()
    ]:
        return {
            key: Entry(line + 1, line + 2, value, "odd") for key, (line, value) in seen.items()
        }, "it is YAML of a kind that cannot be changed line by line"
    for key, entry in found.items():
        value = seen[key][1]
        if entry.kind == "odd":
            found[key] = Entry(entry.start, entry.end, value, "odd")
        elif entry.value != value:
            problem = f"line {entry.start + 1} can be read in two ways"
    return found, problem


def _segments(lines: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the lines of each property: from one with something in column 0 to its last own."""
    found: list[tuple[int, int]] = []
    for index in range(1, len(lines) - 1):
        line = lines[index]
        if _COMMENT.match(line.rstrip("\r\n")):
            continue
        if found and (line[0] in " \t" or line[:2] == "- " or line.rstrip("\r\n") == "-"):
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def _entry(lines: tuple[str, ...], start: int, end: int) -> tuple[str | None, Entry]:
    if end == start + 1 and (simple := _PLAIN.fullmatch(lines[start])):
        lead, key, raw, tail = simple.groups()
        return key, Entry(start, end, raw, "scalar", lead, raw, tail)
    after = end
    while lines[after][0] in " \t":  # in a text of several lines what looks like a comment is text
        after += 1
    odd = Entry(start, after, None, "odd")
    first = lines[start]
    matched = _KEY.match(first)
    key = _key(matched["key"]) if matched else None
    if matched is None or key is None:
        return None, odd
    lead = matched[0]
    read = _value(first[len(lead) :])
    if read is None:
        return key, odd
    value, raw, tail, items = read
    if end == start + 1:
        kind: Literal["flow", "scalar"] = "flow" if isinstance(value, tuple) else "scalar"
        return key, Entry(start, end, value, kind, lead, raw, tail, tuple((i,) for i in items))
    if raw:
        return key, odd
    block = _block(lines[start + 1 : end])
    if block is None:
        return key, odd
    values, parts = block
    return key, Entry(start, end, values, "block", lead, "", tail, parts)


def _key(raw: str) -> str | None:
    if raw[0] == '"':
        return unescaped(raw[1:-1])
    if raw[0] == "'":
        return raw[1:-1].replace("''", "'")
    return raw if plain_ok(raw) else None


def _value(rest: str) -> tuple[str | tuple[str, ...], str, str, tuple[str, ...]] | None:
    """Read what follows `key: ` to the end of the line; None if that is not so simple.

    Returns:
        The value, the value as written, the rest of the line, the items as written.
    """
    if rest.startswith("["):
        return _flow(rest)
    scalar = _scalar(rest)
    return None if scalar is None else (*scalar, ())


def _scalar(rest: str) -> tuple[str, str, str] | None:
    body = rest.rstrip("\r\n")
    if body[:1] in {'"', "'"}:
        matched = (DOUBLE if body[0] == '"' else SINGLE).match(body)
        if matched is None or not _REST.fullmatch(body[matched.end() :]):
            return None
        inside = matched[1]
        text = unescaped(inside) if body[0] == '"' else inside.replace("''", "'")
        return None if text is None else (text, matched[0], rest[matched.end() :])
    if body.startswith("#"):
        return "", "", rest
    comment = re.search(r"[ \t]+#", body)
    raw = (body[: comment.start()] if comment else body).rstrip(" ")
    if raw and not plain_ok(raw):
        return None
    return raw, raw, rest[len(raw) :]


def _flow(rest: str) -> tuple[tuple[str, ...], str, str, tuple[str, ...]] | None:
    values: list[str] = []
    raws: list[str] = []
    place = 1
    while True:
        place = _past_blanks(rest, place)
        if rest[place : place + 1] == "]":
            break
        matched = _FLOW_ITEM.match(rest, place)
        if matched is None:
            return None
        raw = matched[0].rstrip(" ")
        read = (raw, raw) if _FLOW_PLAIN.fullmatch(raw) else _scalar(raw)
        if read is None or read[1] != raw or (raw[0] not in "\"'" and not plain_ok(raw, flow=True)):
            return None
        values.append(read[0])
        raws.append(raw)
        place = _past_blanks(rest, matched.end())
        if rest[place : place + 1] == ",":
            place += 1
        elif rest[place : place + 1] != "]":
            return None
    tail = rest[place + 1 :]
    if not _REST.fullmatch(tail.rstrip("\r\n")):
        return None
    return tuple(values), rest[: place + 1], tail, tuple(raws)


def _past_blanks(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


def _block(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    values: list[str] = []
    parts: list[tuple[str, ...]] = []
    before: list[str] = []
    indent: str | None = None
    for line in lines:
        bare = line.rstrip("\r\n")
        if _COMMENT.match(bare):
            before.append(line)
            continue
        matched = _ITEM.fullmatch(bare)
        if matched is None or (indent is not None and matched["indent"] != indent):
            return None
        read = _scalar(matched["rest"])
        if read is None:
            return None
        indent = matched["indent"]
        values.append(read[0])
        parts.append((*before, line))
        before = []
    return tuple(values), tuple(parts)


def yaml_values(text: str) -> dict[str, tuple[int, Value]]:
    """Read flat properties with YAML: each with its line (from 0) and its value as text.

    Raises:
        NotReadableError: when it is no mapping with plain keys, has a key twice, is nested
            too deeply, or is no YAML.
    """
    if _depth(text) > _NESTING or _RUN_ON.search(text):
        raise NotReadableError("its properties are nested too deeply")
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        top = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 2} " if error.problem_mark else ""
        raise NotReadableError(f"{line}is not understood ({error.problem})".lstrip()) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotReadableError("its properties have characters that YAML forbids") from error
    found: dict[str, tuple[int, Value]] = {}
    if top is None:
        return found
    if not isinstance(top, yaml.MappingNode):
        raise NotReadableError("what stands between the --- is no list of properties")
    for key, value in top.value:
        if not isinstance(key, yaml.ScalarNode):
            raise NotReadableError("a property's name is not plain text")
        if key.value in found:
            raise NotReadableError(f"“{key.value}” is there twice")
        found[key.value] = (key.start_mark.line, _plain(value))
    return found


def _plain(node: object) -> Value:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(each, yaml.ScalarNode) for each in node.value
    ):
        return tuple(str(each.value) for each in node.value)
    return None


def _depth(text: str) -> int:
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
