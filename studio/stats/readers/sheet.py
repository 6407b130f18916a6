"""A file's rows with the physical line each begins on, whatever separates the cells."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.stats.post import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ROWS = 200_000
"""More rows than any creator has; the rest is left out and said."""

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
    separated = text[:4].casefold() == "sep="
    rows: list[tuple[int, list[str]]] = []
    notes: list[Note] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    unfinished = text[-1:] not in {"", "\n", "\r", '"'}
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
            if len(rows) >= MAX_ROWS:
                told = f"only the first {MAX_ROWS:,} rows were read"
                notes.append(Note(line, told, kind="odd"))
                unfinished = False
                break
    except csv.Error as error:
        what = "a quotation mark is out of place or never closed"
        if "field larger" in str(error):
            what = "a cell is too long, most likely because a quotation mark was never closed"
        told = f"{what}, so nothing from here on was read; download the export again"
        notes.append(Note(line, told, kind="odd"))
        unfinished = False  # the row that was cut is not among the rows
    if separated and rows:
        rows = rows[1:]
    return Sheet(rows, notes, separated, unfinished)


def _delimiter(text: str) -> str:
    lines = text[:100_000].lstrip("\r\n").split("\n", _TITLES)[:_TITLES]
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
