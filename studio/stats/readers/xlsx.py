"""Workbooks: TikTok Studio's, whose cells are all text, and sheets saved again elsewhere.

A spreadsheet turns days into dates and figures into numbers; they are written here as an export
would write them, so that one reader serves both. openpyxl is loaded only here.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import MAX_ROWS, Sheet

if TYPE_CHECKING:
    from studio.stats.readers.columns import Maps

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
    """Read every sheet that is an export.

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
    readings: list[tuple[str, Reading]] = []
    notes: list[Note] = []
    for title, sheet in _sheets(name, data):
        try:
            readings.append((title, read_sheet(f"{name}/{title}", sheet, today, zone, maps)))
        except Problem as problem:
            if any(any(cells) for _, cells in sheet.rows):
                notes.append(Note(None, f"{title}: {problem.what}", kind="odd"))
            problem.where = name
            refused = refused or problem
    if not readings:
        raise refused or Problem(name, "the workbook has no sheets", "Export again as CSV")
    if len(readings) == 1:
        found = readings[0][1]
        return replace(
            found,
            name=name,
            posts=tuple(replace(post, source=name) for post in found.posts),
            notes=(*found.notes, *notes),
        )
    return _joined(name, readings, notes)


def _joined(name: str, readings: list[tuple[str, Reading]], notes: list[Note]) -> Reading:
    """Return what several sheets say as one reading."""
    every = [reading for _, reading in readings]
    kinds = dict.fromkeys(reading.kind for reading in every)
    told = [
        replace(note, text=f"{title}: {note.text}")
        for title, reading in readings
        for note in reading.notes
    ]
    return Reading(
        name=name,
        kind=f"Workbook: {', '.join(kinds)}",
        platform=next((one.platform for one in every if one.posts), every[0].platform),
        posts=tuple(post for one in every for post in one.posts),
        followers=tuple(count for one in every for count in one.followers),
        days=tuple(figure for one in every for figure in one.days),
        active=tuple(hour for one in every for hour in one.active),
        shares=tuple(part for one in every for part in one.shares),
        notes=(*told, *notes),
        exported=max((one.exported for one in every if one.exported), default=None),
        exported_told=any(one.exported_told for one in every),
    )


def _sheets(name: str, data: bytes) -> list[tuple[str, Sheet]]:
    """Return the sheets with their titles."""
    import openpyxl

    sheets: list[tuple[str, Sheet]] = []
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for page in book.worksheets[:8]:
            rows: list[tuple[object, ...]] = []
            notes: list[Note] = []
            cells = 0
            for line, row in enumerate(page.iter_rows(values_only=True), 1):
                cells += len(row) + 1
                rows.append(row)
                if line >= MAX_ROWS or cells > MAX_CELLS:
                    text = "the sheet is larger than any export, the rest left out"
                    notes.append(Note(line, text, kind="odd"))
                    break
            sheets.append((page.title[:40], Sheet(_texts(rows), notes)))
        book.close()
    except Exception as error:
        raise Problem(
            name, "the workbook is damaged or not a TikTok Studio export", "Export again as CSV"
        ) from error
    return sheets


def _texts(rows: list[tuple[object, ...]]) -> list[tuple[int, list[str]]]:
    """Return the rows as text; dates show their hour where one in their column has any."""
    timed = {
        index
        for row in rows
        for index, value in enumerate(row)
        if isinstance(value, datetime) and value.time() != time()
    }
    told = [
        (line, [_text(value, hours=index in timed) for index, value in enumerate(row)])
        for line, row in enumerate(rows, 1)
    ]
    while told and not any(told[-1][1]):
        told.pop()
    return told


def _text(value: object, *, hours: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if hours else "%Y-%m-%d")
    return str(value)
