"""Recognises a text file, or the rows of a sheet, by what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers.decode import decode, is_plain
from studio.stats.readers.sheet import Sheet, lines_of, parse

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.columns import Maps
    from studio.stats.readers.reading import Reading

_LARGE = 2**16
"""Bytes from which a table is not held whole where that can be helped."""

Matches = Callable[[Sheet], bool]
Read = Callable[[str, Sheet, "date", "str | None"], "Reading"]


def read_text(
    name: str, data: bytes, today: date, zone: str | None, maps: Maps | None = None
) -> Reading:
    """Read a file that is neither archive nor workbook.

    Raises:
        Problem: it is not an export that Studio understands.
    """
    if len(data) >= _LARGE and (found := _in_passing(name, data, today, zone)):
        return found
    text, assumed = decode(data)
    start = text[:4096].lstrip()
    if start.startswith("<"):
        from studio.stats.readers import instagram_html

        return instagram_html.read(name, text, today, zone)
    if start.startswith(("{", "[")):
        from studio.stats.readers import downloads

        reading = downloads.read(name, text, today, zone)
        return replace(reading, notes=(*(Note(None, told) for told in assumed), *reading.notes))
    from studio.stats.readers import tiktok_text

    if tiktok_text.matches(text):
        return tiktok_text.read(name, text, today, zone)
    sheet = parse(text)
    sheet.notes[:0] = [Note(None, told) for told in assumed]
    return read_sheet(name, sheet, today, zone, maps)


def _in_passing(name: str, data: bytes, today: date, zone: str | None) -> Reading | None:
    """Read a large content export of Meta's row by row; None for anything else.

    100,000 rows take a third less time and half the memory so.
    """
    from studio.stats.readers import meta_content

    head = parse(data[:_LARGE].decode(errors="ignore").removeprefix("\ufeff"))
    if head.separated or not meta_content.matches(head) or not is_plain(data):
        return None
    lines = lines_of(data)
    try:
        return meta_content.read_rows(name, lines.trusted(), lines.notes, today, zone)
    except UnicodeDecodeError:
        return None


def read_sheet(
    name: str, sheet: Sheet, today: date, zone: str | None, maps: Maps | None = None
) -> Reading:
    """Read rows, wherever they come from.

    Raises:
        UnknownTable: no reader knows their header.
        Problem: there are no rows.
    """
    from studio.stats.readers import (
        mapped,
        meta_cards,
        meta_content,
        tiktok_content,
        tiktok_tables,
        youtube,
    )

    filled = next((cells for _, cells in sheet.rows if any(cells)), None)
    if filled is None:
        told = f" ({sheet.notes[-1].text})" if sheet.notes else ""
        raise Problem(name, f"there are no rows in it{told}", "Download the export again")
    readers: tuple[tuple[Matches, Read], ...] = (
        (meta_content.matches, meta_content.read),
        (tiktok_content.matches, tiktok_content.read),
        (tiktok_tables.matches, tiktok_tables.read),
        (youtube.matches, youtube.read),
        (meta_cards.matches, meta_cards.read),
    )
    for matches, read in readers:
        if matches(sheet):
            return read(name, sheet.trusted(), today, zone)
    return mapped.read(name, sheet, today, zone, maps or {})
