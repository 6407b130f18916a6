"""Recognises a text file, or the rows of a sheet, by what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note
from studio.stats.readers import EXPECTED
from studio.stats.readers.decode import decode
from studio.stats.readers.sheet import Sheet, parse

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading

Matches = Callable[[Sheet], bool]
Read = Callable[[str, Sheet, "date", "str | None"], "Reading"]

# What JSON and text files of the platforms' "download your data" have near their beginning.
_DOWNLOADS = (
    ("organic_insights_", "an Instagram data download"),
    ('"ig_', "an Instagram data download"),
    ('"media"', "an Instagram data download"),
    ("creation_timestamp", "an Instagram data download"),
    ("string_list_data", "an Instagram data download"),
    ("VideoList", "a TikTok data download"),
    ("FansList", "a TikTok data download"),
    ("CommentsList", "a TikTok data download"),
    ("Profile And Settings", "a TikTok data download"),
)


def read_text(name: str, data: bytes, today: date, zone: str | None) -> Reading:
    """Read a file that is neither archive nor workbook.

    Raises:
        Problem: it is not an export that Studio understands.
    """
    text, assumed = decode(data)
    start = text[:4096].lstrip()
    if start.startswith("<"):
        raise Problem(
            name,
            "not understood: this is a web page, most likely a login or error page saved in place"
            " of the export",
            "Log in on the platform's site and download the export again",
        )
    if start.startswith(("{", "[")):
        thing = next((what for mark, what in _DOWNLOADS if mark in start), None)
        raise Problem(
            name,
            f"not understood: this is {thing or 'JSON'}, and such files are not read yet"
            if thing
            else "not understood: this is JSON, and no export that Studio reads is",
            EXPECTED,
        )
    sheet = parse(text)
    sheet.notes[:0] = [Note(None, told) for told in assumed]
    return read_sheet(name, sheet, today, zone)


def read_sheet(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:
    """Read rows, wherever they come from.

    Raises:
        Problem: no reader knows their header.
    """
    from studio.stats.readers import (
        meta_cards,
        meta_content,
        tiktok_content,
        tiktok_tables,
    )

    filled = next((cells for _, cells in sheet.rows if any(cells)), None)
    if filled is None:
        told = f" ({sheet.notes[-1].text})" if sheet.notes else ""
        raise Problem(name, f"there are no rows in it{told}", "Download the export again")
    readers: tuple[tuple[Matches, Read], ...] = (
        (meta_content.matches, meta_content.read),
        (tiktok_content.matches, tiktok_content.read),
        (tiktok_tables.matches, tiktok_tables.read),
        (meta_cards.matches, meta_cards.read),
    )
    for matches, read in readers:
        if matches(sheet):
            return read(name, sheet, today, zone)
    shown = ", ".join(cell.strip()[:30] for cell in filled[:6])
    raise Problem(
        name,
        f"not understood: no export that Studio knows has the columns “{shown[:120]}”",
        EXPECTED + "; if this is one, set the platform's language to English and export again",
    )
