"""A file's rows with the physical line each begins on, whatever separates the cells."""

from __future__ import annotations

import csv
import io
import unicodedata
from codecs import BOM_UTF8
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.stats.post import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_ROWS = 200_000
"""More rows than any creator has; the rest is left out and said."""

_HEAD = 100_000  # letters looked at for what separates cells
_TITLES = 20
"""Lines looked at for what separates cells, where the first has one cell or two."""


@dataclass(frozen=True)
class Sheet:
    """Rows of cells.

    Args:
        rows: (line, cells); line 1 is the first. Blank lines are rows without cells.
        notes: what had to be assumed or left out.
        separated: the file began with a line `sep=`, as Meta's cards do.
        unfinished: the text ends within a line, so its last cell may be cut.
    """

    rows: list[tuple[int, list[str]]]
    notes: list[Note] = field(default_factory=list)
    separated: bool = False
    unfinished: bool = False

    def trusted(self) -> Sheet:
        """Return the sheet without a last cell that may be cut: half a number is a wrong number.

        Platforms end every line, or write the cell in quotation marks.
        """
        if not self.unfinished or len(self.rows) < 2 or not any(self.rows[-1][1]):
            return self
        line, cells = self.rows[-1]
        text = f"the file ends within a line: its last cell “{cells[-1][:24]}” is left out"
        return replace(
            self,
            rows=[*self.rows[:-1], (line, cells[:-1])],
            notes=[*self.notes, Note(line, text, kind="odd")],
            unfinished=False,
        )


def plain(header: str) -> str:
    """Return a header cell for comparing: compatibility forms, case and spaces folded."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return " ".join(folded.replace("’", "'").split())


def parse(text: str) -> Sheet:
    """Split CSV text; `,`, `;` or tab is recognised on the first line that has cells.

    Reading stops, with a note, at a quotation mark that is never closed.
    """
    return Lines(io.StringIO(text, newline=""), text[:_HEAD], text[-1:]).sheet()


def lines_of(data: bytes) -> Lines:
    """Split CSV text in UTF-8 without holding all of it as text, which for emoji is 4 times it.

    Its rows, or the sheet, may raise UnicodeDecodeError.
    """
    stream = io.BytesIO(data)
    stream.seek(len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0)
    head = data[stream.tell() : stream.tell() + 4 * _HEAD].decode(errors="ignore")
    last = data[-1:].decode("latin-1")  # only what ends a line or a cell is asked for
    return Lines(io.TextIOWrapper(stream, "utf-8", newline=""), head, last)


class Lines:
    """Lines that become rows, all at once (`sheet`) or one after the other (`trusted`).

    Args:
        lines: with their ends.
        head: the beginning of the text.
        last: its last letter.

    Attributes:
        notes: what had to be left out; whole when the last row was asked for.
        separated: the text begins with a line `sep=`.
    """

    def __init__(self, lines: Iterable[str], head: str, last: str) -> None:
        self.notes: list[Note] = []
        self.separated = head[:4].casefold() == "sep="
        self._unfinished = last not in {"", "\n", "\r", '"'}
        self._reader = csv.reader(lines, delimiter=_delimiter(head), strict=True)

    def sheet(self) -> Sheet:
        """Return all rows."""
        rows = list(self._rows())
        if self.separated and rows:
            rows = rows[1:]
        return Sheet(rows, self.notes, self.separated, self._unfinished)

    def trusted(self) -> Iterator[tuple[int, list[str]]]:
        """Give the rows that `Sheet.trusted` has, each while it is at hand."""
        before: tuple[int, list[str]] | None = None
        first = True
        for row in self._rows():
            if before is not None:
                yield before
                first = False
            before = row
        if before is not None:
            last = Sheet(
                [(0, []), before] if not first else [before], [], unfinished=self._unfinished
            )
            last = last.trusted()
            self.notes += last.notes
            yield last.rows[-1]

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        line = count = 1
        reader = self._reader
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
                if count >= MAX_ROWS:
                    told = f"only the first {MAX_ROWS:,} rows were read"
                    self.notes.append(Note(line, told, kind="odd"))
                    self._unfinished = False
                    break
                count += 1
        except csv.Error as error:
            what = "a quotation mark is out of place or never closed"
            if "field larger" in str(error):
                what = "a cell is too long, most likely because a quotation mark was never closed"
            told = f"{what}, so nothing from here on was read; download the export again"
            self.notes.append(Note(line, told, kind="odd"))
            self._unfinished = False  # the row that was cut is not among the rows


def _delimiter(text: str) -> str:
    lines = text[:_HEAD].lstrip("\r\n").split("\n", _TITLES)[:_TITLES]
    first = lines[0].rstrip("\r")
    if first[:4].casefold() == "sep=":
        return first[4:5] if first[4:5] in {",", ";", "\t"} else ","
    mark, times = _separator(first)
    if times < 2:  # a title, it may be, above the table
        mark, _ = max(map(_separator, lines), key=lambda found: found[1])
    return mark


def _separator(line: str) -> tuple[str, int]:
    """Return what stands most often between the cells of a line, and how often."""
    bare, quoted = [], False
    for letter in line[:20_000]:
        if letter == '"':
            quoted = not quoted
        elif not quoted:
            bare.append(letter)
    outside = "".join(bare)
    mark = max(",;\t", key=outside.count)
    return mark, outside.count(mark)


def columns(header: Sequence[str], names: dict[str, str]) -> dict[str, int]:
    """Return field → column for the header cells that `names` (plain header → field) knows.

    The first column wins when two have the same meaning.
    """
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = names.get(plain(cell))
        if name is not None:
            found.setdefault(name, index)
    return found
