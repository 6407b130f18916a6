"""YAML scalars on one line: read as text, written so that every YAML reader agrees."""

from __future__ import annotations

import re

DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"')
SINGLE = re.compile(r"'((?:[^']|'')*)'")

# What YAML 1.1 does not print or takes for a line break (spec 1.1, 5.1 and 5.4), and lone
# surrogates. A tab is legal inside, yet editors show it as anything.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
# Words that YAML 1.1 or 1.2 reads as a truth value or nothing.
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"])
_NO_FIRST = frozenset(",[]{}#&*!|>'\"%@`")


def unescaped(inside: str) -> str | None:
    """Return the text between double quotes, None if an escape is unknown."""
    try:
        return _ESCAPE.sub(_escape, inside)
    except (KeyError, ValueError, OverflowError):
        return None


def _escape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPES[code]


def plain_ok(text: str, *, flow: bool = False) -> bool:
    """Tell whether this is a plain scalar: without quotes and read back as the same text.

    Args:
        text: on one line, white space around it already gone.
        flow: inside `[...]`.
    """
    return not (
        not text
        or text[0] in _NO_FIRST
        or (text[0] in "-?:" and (len(text) == 1 or text[1].isspace() or flow))
        or text[-1] == ":"
        or text != text.strip()
        or ": " in text
        or " #" in text
        or "\t" in text
        or "\n" in text
        or "\r" in text
        or UNPRINTABLE.search(text) is not None
        or (flow and re.search(r"[,\[\]{}]|:[,\[\]{}]", text) is not None)
    )


def written(text: str, like: str = "", *, flow: bool = False) -> str:
    """Return a text as a scalar.

    Args:
        text: anything that is Unicode.
        like: the scalar it replaces, whose quotes it gets where they can hold it.
        flow: inside `[...]`.
    """
    quoted = like[:1] in {"'", '"'}
    if not quoted and plain_ok(text, flow=flow) and text.lower() not in _WORDS:
        return text
    if like[:1] == "'" and not re.search(r"[\n\r\t]", text) and not UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    inside = inside.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + UNPRINTABLE.sub(_code, inside) + '"'


def _code(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
