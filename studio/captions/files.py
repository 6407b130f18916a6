"""Caption files: what they are called, and their bytes as text that can be edited and given back.

An editor works with line feeds only. What a file has besides (byte order mark, CRLF on some lines)
is kept beside the text, so that saving changes nothing but what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from studio.platforms.rules import platforms
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

Part = Literal["caption", "comment"]

FOLDER = "captions"
_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")
_MEND = "Save it as UTF-8 in the program that wrote it"


_COMMENT = ".comment"


class Where(NamedTuple):
    """What a caption file's name says.

    Args:
        slug: the idea's.
        platform: whose own version it is; None for the base text.
        part: the caption, or the first comment under it.
    """

    slug: str
    platform: str | None
    part: Part


def caption_path(
    slug: str,
    platform: str | None = None,
    part: Part = "caption",
    *,
    known: Collection[str] | None = None,
) -> str:
    """Return the path in the project of one text of an idea.

    `<slug>.md` is the caption, `<slug>.tiktok.md` TikTok's own version of it, `<slug>.comment.md`
    the first comment, `<slug>.tiktok.comment.md` TikTok's own.

    Args:
        slug: the idea's.
        platform: whose own version; None for the base text.
        part: which text.
        known: the platforms' keys in the project; None for those Studio brings.

    Raises:
        Problem: the slug is no file name, or no such platform.
    """
    if not slug or slug.startswith(".") or re.search(r"[/\\\0]", slug):
        raise Problem(slug, "cannot name a caption file", "Rename the idea's file")
    own = "" if platform is None else f".{_key(platform, known)}"
    return f"{FOLDER}/{slug}{own}{_COMMENT if part == 'comment' else ''}.md"


def versions_of(
    names: Iterable[str],
    slug: str,
    part: Part = "caption",
    *,
    known: Collection[str] | None = None,
    ideas: Container[str] = (),
) -> dict[str | None, str]:
    """Return which versions of a text exist.

    Args:
        names: paths in the project, as the store lists them; others are passed over.
        slug: the idea's.
        part: which text.
        known: the platforms' keys in the project; None for those Studio brings.
        ideas: the slugs of all ideas; see `read_path`.

    Returns:
        The path, as it is listed, by platform; None is the text for all others. None comes
        first, then platforms in their usual order. Names that differ only in how accents are
        composed (macOS) are the same.
    """
    by_name = {unicodedata.normalize("NFC", name): name for name in names}
    found: dict[str | None, str] = {}
    for platform in (None, *(platforms() if known is None else known)):
        path = caption_path(slug, platform, part, known=known)
        wanted = unicodedata.normalize("NFC", path)
        if wanted in by_name and read_path(path, known=known, ideas=ideas)[:2] == (slug, platform):
            found[platform] = by_name[wanted]
    return found


def read_path(
    path: str, *, known: Collection[str] | None = None, ideas: Container[str] = ()
) -> Where:
    """Return what a caption file's name says: the other way of `caption_path`.

    An idea's file may itself be called `xmas.tiktok.md` or `xmas.comment.md`. Then that name is
    its own: an idea of the longest name that fits wins over a platform or a first comment of a
    shorter one, which therefore cannot have such a file.

    Args:
        path: the file's; only its name counts.
        known: the platforms' keys in the project; None for those Studio brings.
        ideas: the slugs of all ideas; without them a last word that could be a platform or
            "comment" is one.
    """
    known = platforms() if known is None else known
    stem = path.rpartition("/")[2].removesuffix(".md")
    if stem in ideas:
        return Where(stem, None, "caption")
    part: Part = "caption"
    if stem.endswith(_COMMENT) and stem != _COMMENT:
        stem, part = stem.removesuffix(_COMMENT), "comment"
        if stem in ideas:
            return Where(stem, None, part)
    slug, dot, last = stem.rpartition(".")
    if dot and slug and last in known:
        return Where(slug, last, part)
    return Where(stem, None, part)


def split_path(
    path: str, *, known: Collection[str] | None = None, ideas: Container[str] = ()
) -> tuple[str, str | None]:
    """Return the slug and the platform a caption file's name says; see `read_path`."""
    return read_path(path, known=known, ideas=ideas)[:2]


def _key(platform: str, known: Collection[str] | None) -> str:
    keys = platforms() if known is None else known
    key = platform if platform in keys else platform.strip().casefold()
    if key not in keys:
        told = f"Use one of {', '.join(keys)}"
        raise Problem(platform, "is not a known platform", told)
    return key


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
            Problem: the file is read only, or the text holds half a character.
        """
        if self.problem is not None:
            raise Problem("caption", self.problem, _MEND)
        return _utf8(self.text)


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
    return (_BOM if text.bom else b"") + _utf8(body)


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
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
    kept_head = endings[: min(head, len(new) - 1)]
    ends = min(max(tail - 1, 0), len(new) - 1 - len(kept_head))  # the last line has none
    kept_tail = endings[len(endings) - ends :] if ends else ()
    free = len(new) - 1 - len(kept_head) - len(kept_tail)
    between = endings[len(kept_head) : len(endings) - len(kept_tail)][:free]
    made = [*kept_head, *between, *[usual] * (free - len(between)), *kept_tail]
    for i in range(1, len(made)):
        if not new[i] and made[i - 1] == "\r" and made[i] == "\n":
            made[i] = "\r"  # with nothing between them the two would read as one CR LF
    return tuple(made)
