"""Markdown in which text from outside stays text: no links, no HTML, no headings of its own.

Made for CommonMark 0.31, GitHub's additions (https://github.github.com/gfm/) and Obsidian's
(https://help.obsidian.md/syntax), and for readers that turn anything like an address into a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SIGNS = re.compile(
    r"[\\`*{}\[\]#|~$^=!]|(?<!\w)_|_(?!\w)|%(?=%)|(?<=%)%|:(?=//)|(?<=\w)\.(?=[^\W\d])"
)
_BEGIN = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+]))")
# Escapes are undone before GitHub looks for e-mail addresses; a word joiner, which is not seen,
# keeps this one from being one.
_MAIL = re.compile(r"(?<=\S)@(?=[\w-])")


def escaped(text: str) -> str:
    """Return outside text for anywhere in a line: a sentence, a cell of a table, a heading."""
    text = one_line(text)
    text = re.sub(r"[&<>]", lambda match: _ENTITIES[match[0]], text)
    text = _SIGNS.sub(lambda match: f"\\{match[0]}", text)
    text = _BEGIN.sub(lambda match: f"{match[0]}\\", text)
    return _MAIL.sub("@\u2060", text)


def code(text: str) -> str:
    """Return outside text as it is, between back-quotes; for names of files, not in tables."""
    text = one_line(text)
    if not text:
        return "–"
    ticks = "`" * (_longest(text) + 1)
    edge = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


def fenced(text: str) -> list[str]:
    """Return lines that are shown as they are; a longer fence than any in them."""
    ticks = "`" * max(3, _longest(text) + 1)
    return [f"{ticks}text", *text.split("\n"), ticks]


def _longest(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def picture(path: str, alt: str) -> str:
    """Return a picture by its path beside the page."""
    return f"![{escaped(alt)}]({quote(path)})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> list[str]:
    """Return a table of cells that are Markdown already.

    Args:
        heads: of the columns.
        rows: as many cells each.
        left: how many columns are text, before those of figures, which end flush.
    """
    ruler = ["---" if at < left else "---:" for at in range(len(heads))]
    return [f"| {' | '.join(row)} |" for row in (heads, ruler, *rows)]
