"""A web page as tags and text, in a time that grows with its length whatever is in it.

The standard library's parser takes hours for a few megabytes of `<a <a <a …` (measured on Python
3.11: 11 s for 24 kB), and exports are hostile until they are read. Of HTML's rules only those are
here that the platforms' own pages need: a `>` inside an attribute ends the tag.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 8_000
"""Letters of a tag in which attributes are looked for."""
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9-]{0,30}")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]{1,30})=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW = frozenset({"script", "style"})


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or the text between two.

    Args:
        at: where it begins in the page.
        tag: the tag's name, small; "" for text; with a slash before it when it closes.
        text: the text, entities resolved.
        attributes: of the tag.
    """

    at: int
    tag: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Token]:
    """Give the tags and texts of a page in order; a tag that is cut off ends it."""
    at = 0
    while at < len(page):
        mark = page.find("<", at)
        if mark < 0:
            mark = len(page)
        if mark > at:
            yield Token(at, text=html.unescape(page[at:mark]))
        if mark == len(page):
            return
        name = _NAME.match(page, mark + 1)
        if page.startswith("<!--", mark):
            end, width = page.find("-->", mark), 3
        elif name or page.startswith(("<!", "<?"), mark):
            end, width = page.find(">", mark), 1
        else:
            yield Token(mark, text="<")
            at = mark + 1
            continue
        if end < 0:
            return
        at = end + width
        if name is None:
            continue
        tag = name[0].casefold()
        yield Token(mark, tag, attributes=_attributes(page[name.end() : end][:_LONGEST]))
        if tag in _RAW:
            at = page.find("</" + tag, at)
            if at < 0:
                return


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].casefold(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text)
    }
