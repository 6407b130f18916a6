r"""All captions in one file: Markdown to read, CSV for a spreadsheet. Both UTF-8, texts byte-true.

Markdown: each text stands in a fence that is longer than any run of backticks in it, exactly as it
was written; the line feed before the closing fence is the fence's.

CSV (RFC 4180): every cell is quoted, line ends within a text stay as they are. A cell that a
spreadsheet would take for a formula gets an apostrophe in front, and the row's column `guarded`
names the columns it was put before; without that one character the text is the text again. What
counts as one is OWASP's list ("CSV Injection": = + - @, tab, CR, LF, and the full-width forms),
white space before it passed over. A byte order mark stands first, without which Excel does not read
UTF-8. Excel shows 32,767 characters of a cell at most.

Half a character (a lone surrogate, from a damaged export), which UTF-8 cannot hold, becomes U+FFFD.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from studio.captions.written import seconds
from studio.problem import Problem
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.captions.written import Kind, Written

Form = Literal["md", "csv"]

COLUMNS = ("path", "platform", "kind", "time", "title", "text", "guarded")

_BOM = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_BACKTICKS = re.compile("`+")
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|!$~&]")
_ESCAPED = re.compile(r"\\(.)")
_FENCE = re.compile("^(`{3,})text$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS: dict[Kind, str] = {"here": "caption", "posted": "posted", "version": "earlier version"}
_UNTITLED = "Without a title"
_HEAD = """# Captions

Each text stands between two rows of backticks exactly as it was written; the line end before the
second row belongs to the row.
"""


def export(writings: Iterable[Written], form: Form) -> bytes:
    """Return all captions as one file, in the order given.

    Args:
        writings: which; see `in_order`.
        form: "md" or "csv".
    """
    return _markdown(writings) if form == "md" else _csv(writings)


def in_order(writings: Iterable[Written]) -> list[Written]:
    """Return texts as one reads them: by file, what it says now, then posts, then versions."""
    kinds = ("here", "posted", "version")

    def key(written: Written) -> tuple[object, ...]:
        kind = kinds.index(written.kind)
        return (not written.path, written.path, kind, -seconds(written.when), written.text)

    return sorted(writings, key=key)


@dataclass(frozen=True)
class Back:
    """One text as an exported file has it.

    Args:
        path: as exported; a Markdown file has it on one line, what cannot be seen made visible.
        platform: None for all.
        kind: as exported.
        when: None if not known.
        title: as `path`.
        text: exactly as it was written.
    """

    path: str
    platform: str | None
    kind: Kind
    when: datetime | None
    title: str
    text: str


def read_back(data: bytes) -> list[Back]:
    """Read a file that `export` made.

    Raises:
        Problem: it is no such file.
    """
    try:
        text = data.decode()
        if text.startswith(_HEAD):
            return list(_from_markdown(text.removeprefix(_HEAD)))
        return list(_from_csv(text.removeprefix(_BOM)))
    except (ValueError, KeyError, csv.Error) as error:
        mend = "Export the captions again"
        raise Problem("the export", "it is not a file of exported captions", mend) from error


# Markdown


def _markdown(writings: Iterable[Written]) -> bytes:
    parts = [_HEAD]
    for each in writings:
        text = _whole(each.text)
        longest = max(map(len, _BACKTICKS.findall(text)), default=0)
        fence = "`" * max(3, longest + 1)
        facts = [("file", each.path), ("platform", each.platform or "")]
        facts += [("what", _KINDS[each.kind]), ("time", _time(each.when))]
        lines = [f"- {name}: {_plain(value)}" for name, value in facts if value]
        title = _plain(each.title) or _UNTITLED
        parts.append(
            "\n".join(["", f"## {title}", "", *lines, "", f"{fence}text", text, fence, ""])
        )
    return "".join(parts).encode()


def _from_markdown(text: str) -> Iterator[Back]:
    place = 0
    kinds = {name: kind for kind, name in _KINDS.items()}
    while place < len(text):
        facts: dict[str, str] = {}
        title = ""
        while True:
            end = text.index("\n", place)
            line, place = text[place:end], end + 1
            if match := _FENCE.match(line):
                break
            if line.startswith("## "):
                title = _ESCAPED.sub(r"\1", line[3:])
            elif line.startswith("- "):
                name, _, value = line[2:].partition(": ")
                facts[name] = _ESCAPED.sub(r"\1", value)
            elif line:
                raise ValueError(line)
        close = text.index(f"\n{match[1]}\n", place)
        when = datetime.fromisoformat(facts["time"]) if "time" in facts else None
        yield Back(
            facts.get("file", ""),
            facts.get("platform"),
            kinds[facts["what"]],
            when,
            "" if title == _UNTITLED else title,
            text[place:close],
        )
        place = close + len(match[1]) + 2


def _plain(text: str) -> str:
    """Return text for one line of Markdown that shows as itself."""
    return _MARKS.sub(r"\\\g<0>", one_line(text))


# CSV


def _csv(writings: Iterable[Written]) -> bytes:
    out = io.StringIO(newline="")
    out.write(_BOM)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in writings:
        values = (
            each.path,
            each.platform or "",
            each.kind,
            _time(each.when),
            each.title,
            each.text,
        )
        guarded = []
        cells = []
        for column, value in zip(COLUMNS, values, strict=False):
            cell = _whole(value)
            if _FORMULA.match(cell):
                guarded.append(column)
                cell = "'" + cell
            cells.append(cell)
        writer.writerow([*cells, " ".join(guarded)])
    return out.getvalue().encode()


def _from_csv(text: str) -> Iterator[Back]:
    kinds: dict[str, Kind] = {kind: kind for kind in _KINDS}
    with _any_size(len(text)):
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        if next(rows, None) != list(COLUMNS):
            raise ValueError("other columns")
        for row in rows:
            cells = dict(zip(COLUMNS, row, strict=True))
            for column in cells["guarded"].split():
                cells[column] = cells[column].removeprefix("'")
            when = datetime.fromisoformat(cells["time"]) if cells["time"] else None
            yield Back(
                cells["path"],
                cells["platform"] or None,
                kinds[cells["kind"]],
                when,
                cells["title"],
                cells["text"],
            )


@contextlib.contextmanager
def _any_size(size: int) -> Iterator[None]:
    """Let the csv module read cells of any size for a while; its limit is the whole program's."""
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, size))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _time(when: datetime | None) -> str:
    return "" if when is None else when.isoformat(timespec="seconds")


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
