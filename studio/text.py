"""Untrusted text made safe to show: file names, cells, captions, prompts, model output.

A terminal obeys what it is sent. Every string that was not written in this program passes
`display` (or `one_line`) before it becomes a `Content` or `Text`; nothing is ever escaped for
markup, because nothing outside is ever given to a parser of markup.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, DEL, bidi marks, overrides and isolates, line and paragraph separators,
# interlinear annotation, lone surrogates, byte order mark, and language tags' deprecated opener.
# Joiners (U+200C, U+200D) and variation selectors stay: emoji, Persian and Hindi need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001]"
)
_CONTROL_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8 (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    return _CONTROL_PICTURES.get(code) or f"‹{code:04X}›"


def display(text: str, *, newlines: bool = False) -> str:
    """Return `text` with every character that could steer a terminal made visible.

    Args:
        text: anything, lone surrogates of undecodable file names included.
        newlines: keep line feeds, and carriage return + line feed as one.
    """
    if not newlines:
        return _UNSAFE.sub(_visible, text)
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(_UNSAFE.sub(_visible, line) for line in lines)


def is_safe(text: str) -> bool:
    """Tell whether `text` holds nothing that `display` would change."""
    return _UNSAFE.search(text) is None


def one_cell_each(text: str) -> str:
    """Return `text` with each unsafe character replaced by exactly one visible one.

    For places where every character must keep its position: an editor's line, a painted segment.
    """
    return _UNSAFE.sub(lambda match: _CONTROL_PICTURES.get(ord(match[0]), "\ufffd"), text)


def one_line(text: str) -> str:
    """Return `text` on one line: runs of white space become one space, the rest as `display`."""
    return display(" ".join(text.split()))


def slug(title: str, *, fallback: str = "untitled") -> str:
    """Return a file name for a title: lower-case ASCII letters, digits and hyphens, at most 60.

    A title with none of those (Japanese, emoji) keeps its own letters; with no letters at all it
    becomes `fallback`.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")
    if made:
        return made
    made = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", title).lower()).strip("-")
    return made[:40].strip("-") or fallback
