"""Caption files: what they are called, and their bytes as text that can be edited and given back.

An editor works with line feeds only. What a file has besides (byte order mark, CRLF on some lines)
is kept beside the text, so that saving changes nothing but what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.platforms.rules import platforms, rules
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "captions"
_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")
_MEND = "Save it as UTF-8 in the program that wrote it"


def caption_path(slug: str, platform: str | None = None) -> str:
    """Return the path in the project of an idea's caption, or of one platform's version of it.

    Raises:
        Problem: the slug is no file name, or no such platform.
    """
    if not slug or slug.startswith(".") or re.search(r"[/\\\0]", slug):
        raise Problem(slug, "cannot name a caption file", "Rename the idea's file")
    own = "" if platform is None else f".{rules(platform).key}"
    return f"{FOLDER}/{slug}{own}.md"


def versions_of(names: Iterable[str], slug: str) -> dict[str | None, str]:
    """Return which versions of a caption exist.

    Args:
        names: paths in the project, as the store lists them; others are passed over.
        slug: the idea's.

    Returns:
        The path, as it is listed, by platform; None is the caption for all others. None comes
        first, then platforms in their usual order. Names that differ only in how accents are
        composed (macOS) are the same.
    """
    by_name = {unicodedata.normalize("NFC", name): name for name in names}
    found: dict[str | None, str] = {}
    for platform in (None, *platforms()):
        wanted = unicodedata.normalize("NFC", caption_path(slug, platform))
        if wanted in by_name:
            found[platform] = by_name[wanted]
    return found


def split_path(path: str) -> tuple[str, str | None]:
    """Return the slug and the platform a caption's path names: the other way of `caption_path`."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    slug, dot, last = stem.rpartition(".")
    return (slug, last) if dot and slug and last in platforms() else (stem, None)


@dataclass(frozen=True)
class Text:
    r"""A caption file as text.

    Args:
        text: the caption, lines ending in "\n" only, without a byte order mark.
        bom: whether the file starts with a byte order mark.
        endings: how each line but the last ends in the file: "\n", "\r\n" or "\r".
        problem: why the file can only be looked at, None if it can be edited. Then `text` shows
            undecodable bytes as \xff and the file is given back as it was.
        raw: the file's bytes when `problem`, else empty.
    """

    text: str
    bom: bool = False
    endings: tuple[str, ...] = ()
    problem: str | None = None
    raw: bytes = b""

    @property
    def read_only(self) -> bool:
        """Whether the file must not be written."""
        return self.problem is not None

    def with_text(self, text: str) -> Text:
        """Return the same file with another caption: untouched lines keep their own ends.

        Args:
            text: the whole caption; CR LF and CR in it become line feeds, new lines end as most
                lines of the file do.

        Raises:
            Problem: the file is read only.
        """
        if self.problem is not None:
            raise Problem("caption", self.problem, _MEND)
        text = _LINE_END.sub("\n", text)
        if text == self.text:
            return self
        endings = _carried(self.text.split("\n"), text.split("\n"), self.endings)
        return replace(self, text=text, endings=endings)

    @property
    def pasted(self) -> bytes:
        """What goes to the clipboard and to `caption.txt`: UTF-8, line feeds, no byte order mark.

        Raises:
            Problem: the file is read only, its text is not known.
        """
        if self.problem is not None:
            raise Problem("caption", self.problem, _MEND)
        return self.text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Text:
    """Read a caption file. Never fails: a file that is not UTF-8 comes back read only.

    `encode(decode(data)) == data` for all `data`.
    """
    try:
        body = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        return _foreign(data, error.start)
    endings = tuple(_LINE_END.findall(body))
    text = _LINE_END.sub("\n", body) if "\r" in body else body
    return Text(text, data.startswith(_BOM), endings)


def encode(text: Text) -> bytes:
    """Return the bytes of a caption file.

    Raises:
        Problem: the text holds half a character (a lone surrogate), which UTF-8 cannot.
    """
    if text.problem is not None:
        return text.raw
    body = text.text
    if any(ending != "\n" for ending in text.endings):
        lines = body.split("\n")
        body = "".join(line + end for line, end in zip(lines, (*text.endings, ""), strict=True))
    try:
        return (_BOM if text.bom else b"") + body.encode()
    except UnicodeEncodeError as error:
        line = body.count("\n", 0, error.start) + 1
        mend = "Delete the character and type it again"
        raise Problem(f"line {line} of the caption", "holds half a character", mend) from error


def _foreign(data: bytes, where: int) -> Text:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = "is UTF-16, not UTF-8"
        shown = data.decode("utf-16", "replace")
    else:
        problem = f"is not UTF-8: byte {where + 1} is {data[where]:#04x}"
        shown = data.removeprefix(_BOM).decode("utf-8", "backslashreplace")
    shown = _LINE_END.sub("\n", shown)
    return Text(shown, problem=problem, raw=data)


def _carried(old: list[str], new: list[str], endings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the endings of the new lines: kept where lines are the same, at both ends."""
    usual = Counter(endings).most_common(1)[0][0] if endings else "\n"
    if all(ending == usual for ending in endings):
        return (usual,) * (len(new) - 1)
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    # The line before the tail is replaced too, but its end stays when there is one on both sides.
    kept_tail = endings[len(endings) - tail :] if tail else ()
    free = len(new) - 1 - len(kept_tail)
    kept_head = endings[: min(head, free)]
    between = endings[len(kept_head) : len(endings) - len(kept_tail)][: free - len(kept_head)]
    fill = (usual,) * (free - len(kept_head) - len(between))
    return (*kept_head, *between, *fill, *kept_tail)
