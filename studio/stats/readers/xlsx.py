"""TikTok Studio's XLSX: the cells of the CSV, all as text. openpyxl is loaded only here."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers.sheet import MAX_ROWS, Sheet

if TYPE_CHECKING:
    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading

MAX_UNPACKED = 64 * 2**20
"""Bytes all parts of a workbook may have unpacked."""
MAX_CELLS = 2_000_000
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def looks_like(data: bytes) -> bool:
    """Tell whether a zip holds a workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except _FAULTS:
        return False
    return "xl/workbook.xml" in names


def read(
    name: str, data: bytes, today: date, zone: str | None, maps: Maps | None = None
) -> Reading:
    """Read the first sheet that is an export.

    Raises:
        Problem: it is damaged, too large, or no sheet in it is an export.
    """
    from studio.stats.readers.tables import read_sheet

    unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if unpacked > MAX_UNPACKED:
        raise Problem(
            name,
            f"the workbook would unpack to {unpacked / 2**20:.0f} MB",
            "Export again as CSV",
        )
    refused: Problem | None = None
    for sheet in _sheets(name, data):
        try:
            return read_sheet(name, sheet, today, zone, maps)
        except Problem as problem:
            refused = refused or problem
    raise refused or Problem(name, "the workbook has no sheets", "Export again as CSV")


def _sheets(name: str, data: bytes) -> list[Sheet]:
    import openpyxl

    sheets: list[Sheet] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for page in book.worksheets[:8]:
            rows: list[tuple[int, list[str]]] = []
            notes: list[Note] = []
            cells = 0
            for line, row in enumerate(page.iter_rows(values_only=True), 1):
                cells += len(row) + 1
                rows.append((line, [_text(value) for value in row]))
                if line >= MAX_ROWS or cells > MAX_CELLS:
                    notes.append(
                        Note(line, "the sheet is larger than any export, the rest left out")
                    )
                    break
            while rows and not any(rows[-1][1]):
                rows.pop()
            sheets.append(Sheet(rows, notes))
        book.close()
    except Exception as error:
        raise Problem(
            name, "the workbook is damaged or not a TikTok Studio export", "Export again as CSV"
        ) from error
    return sheets


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)
