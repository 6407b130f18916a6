"""A sheet of terminal cells to draw on, and dots of which a cell has eight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.charts.line import Line, Role, Run
from studio.charts.words import ascii_cell
from studio.lines import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK = (" ", None)


class Sheet:
    """Cells of a fixed width; what is put beyond it is cut off, so no line is ever wider.

    Args:
        width: in cells.
        ascii: every cell becomes one ASCII character at the end.
    """

    def __init__(self, width: int, *, ascii: bool = False) -> None:
        self.width = max(width, 0)
        self.ascii = ascii
        self._rows: list[list[tuple[str, Role | None]]] = []

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def put(self, x: int, y: int, text: str, role: Role = "text") -> int:
        """Write text from a cell on and return the cell after it.

        Args:
            x: column; text that begins before 0 loses what is outside.
            y: row; rows come into being as they are written to.
            text: of known width: written here, or through `words.label`.
            role: what it is.
        """
        while len(self._rows) <= y:
            self._rows.append([_BLANK] * self.width)
        row = self._rows[y]
        for letter in text:
            wide = cells(letter)
            if wide == 0:
                if 0 < x <= self.width and row[x - 1][0] not in {"", " "}:
                    row[x - 1] = (row[x - 1][0] + letter, row[x - 1][1])
                continue
            if x >= 0 and x + wide <= self.width:
                row[x] = (letter, None if letter == " " else role)
                if wide == 2:
                    row[x + 1] = ("", role)
            x += wide
        return x

    def right(self, x: int, y: int, text: str, role: Role = "text") -> None:
        """Write text so that it ends before a cell."""
        self.put(x - cells(text), y, text, role)

    def say(self, text: str, role: Role = "dim", indent: int = 0) -> None:
        """Write text below everything else, in as many lines as it takes."""
        for line in wrapped(text, max(self.width - indent, 8)):
            self.put(indent, self.height, line, role)

    def flow(self, parts: Iterable[tuple[tuple[str, Role], ...]], indent: int = 0) -> None:
        """Write parts below everything else, three cells apart, none of them broken in two.

        Args:
            parts: each of (text, role) pairs that follow each other.
            indent: the column that lines begin at.
        """
        x, y = indent, self.height
        for part in parts:
            size = sum(cells(text) for text, _ in part)
            if x > indent and x + size > self.width:
                x, y = indent, y + 1
            for text, role in part:
                x = self.put(x, y, text, role)
            x += 3

    def lines(self) -> tuple[Line, ...]:
        """Return the lines, without blanks at their ends."""
        return tuple(self._line(row) for row in self._rows)

    def _line(self, row: list[tuple[str, Role | None]]) -> Line:
        runs: list[Run] = []
        text, role = "", None
        for letter, at in row:
            shown = letter
            if self.ascii:  # the second cell of a wide letter is a cell of its own
                shown = ascii_cell(letter) if letter else "?"
            if at is not None and role is not None and at != role:
                runs.append(Run(text, role))
                text, role = "", at
            text += shown
            role = at if role is None else role
        if role is not None:
            runs.append(Run(text.rstrip(), role))
        return tuple(run for run in runs if run.text)


_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille pattern by column and row (Unicode 16, chapter 21.1.1)."""


class Dots:
    """A field of dots, two across and four down in each cell, drawn as braille patterns.

    Args:
        columns: in cells.
        rows: in cells.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = max(columns, 1), max(rows, 1)
        self.width, self.height = 2 * self.columns, 4 * self.rows
        self._cells = [[0] * self.columns for _ in range(self.rows)]

    def set(self, x: int, y: int) -> None:
        """Set one dot; (0, 0) is at the top left, what is outside is left out."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self._cells[y // 4][x // 2] |= _BITS[x % 2][y % 4]

    def line(self, start: tuple[int, int], end: tuple[int, int], *, every: int = 1) -> None:
        """Set the dots from one to another, both included; of the others each `every`th."""
        (x0, y0), (x1, y1) = start, end
        steps = max(abs(x1 - x0), abs(y1 - y0))
        for step in range(steps + 1):
            if step % every == 0 or step == steps:
                part = step / steps if steps else 0
                self.set(round(x0 + (x1 - x0) * part), round(y0 + (y1 - y0) * part))

    def onto(self, sheet: Sheet, x: int, y: int, role: Role) -> None:
        """Put the cells that have dots onto a sheet; as "*" where it is to be ASCII."""
        for row, bits in enumerate(self._cells):
            for column, bit in enumerate(bits):
                if bit:
                    sheet.put(x + column, y + row, "*" if sheet.ascii else chr(0x2800 + bit), role)
