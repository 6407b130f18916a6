"""Figures typed by hand: `stats/log.csv`, one row a typing, readable by any spreadsheet.

The file is only ever added to. A spreadsheet may have saved it again with other separators, line
ends or marks; rows that are not understood are told of and stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from studio.problem import Problem
from studio.project.undo import Edit
from studio.project.version import ABSENT
from studio.stats.post import FIGURES, Note, link_code
from studio.stats.readers.reading import Reading
from studio.stats.typed import ORDER, Typed, parse_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.project.store import Store
    from studio.stats.log_posts import Row
    from studio.stats.readers.sheet import Sheet

__all__ = [
    "COLUMNS",
    "ORDER",
    "PATH",
    "Entry",
    "Typed",
    "link_time",
    "log_edits",
    "log_readings",
    "parse_line",
    "platform_of",
]

PATH = "stats/log.csv"
COLUMNS = (
    *("typed_at", "idea", "platform", "link", "posted_at", "format"),
    *("views", "reach", "likes", "comments", "saves", "shares", "follows"),
)
KIND = "Typed by hand"
_HOSTS = ("instagram", "tiktok", "youtube", "facebook")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Entry:
    """One typing: what a post had when somebody looked.

    Attributes:
        typed_at: when, aware.
        idea: the slug of the idea it was made from; "" when of none.
        platform: "instagram", "tiktok", …
        link: the post's address; "" when not known.
        posted_at: when it went live, aware; a day where only that is known; None when not known,
            or when the link's id tells it.
        format: "reel", "carousel", …; None when not known.
        views: as in `Post`, and so the others; None when not known.
        reach: accounts that saw it.
        likes: likes.
        comments: comments.
        saves: saves.
        shares: shares.
        follows: accounts that followed from it.
    """

    typed_at: datetime
    idea: str
    platform: str
    link: str = ""
    posted_at: datetime | date | None = None
    format: str | None = None
    views: int | None = None
    reach: int | None = None
    likes: int | None = None
    comments: int | None = None
    saves: int | None = None
    shares: int | None = None
    follows: int | None = None

    def cells(self) -> dict[str, str]:
        """Return the row's cells by column."""
        found = {name: getattr(self, name) for name in COLUMNS}
        return {
            name: ""
            if value is None
            else value.isoformat(timespec="seconds")
            if isinstance(value, datetime)
            else str(value)
            for name, value in found.items()
        }


def log_edits(store: Store, entry: Entry) -> list[Edit]:
    """Return the edit that adds one row, and the file with its header if there is none.

    What is there stays byte for byte: separator, line ends, encoding and columns of one's own are
    gone along with.

    Raises:
        Problem: the entry has no figure, the file cannot be read, or a row added to it would not
            be a row (a quotation mark is open, the header is gone).
    """
    if all(getattr(entry, name) is None for name in FIGURES):
        raise Problem(PATH, "there is no figure to log", "Type at least one number")
    version = store.version(PATH)
    data = b"" if version == ABSENT else store.read(PATH)[0]
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t "):
        made = _row(COLUMNS, ",", "\r\n") + _row(_in(COLUMNS, entry), ",", "\r\n")
        return [Edit(PATH, made.encode(), version)]
    sheet, header, where = _sheet(data)
    if not where:
        raise Problem(
            PATH, "its first row does not name its columns", f"Put this first: {','.join(COLUMNS)}"
        )
    text, codec = _text(data)
    end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    cells = entry.cells()
    named = {column: name for name, column in where.items()}
    row = _row([cells.get(named.get(n, ""), "") for n in range(len(header))], separator, end)
    row = ("" if text.endswith(("\n", "\r")) else end) + row
    try:
        made_bytes = data + row.encode(codec)
    except UnicodeEncodeError as error:
        mend = "Save it as UTF-8 in your spreadsheet or editor"
        raise Problem(PATH, "it is not UTF-8 text, and this row needs that", mend) from error
    again, _, _ = _sheet(made_bytes)
    if len(again.rows) != len(sheet.rows) + 1 or len(again.notes) > len(sheet.notes):
        line = next((note.line for note in again.notes if note.line), None)
        at = f" from line {line} on" if line else ""
        raise Problem(
            PATH, f"it cannot be read{at}, so a row added would be lost", "Mend it in a text editor"
        )
    return [Edit(PATH, made_bytes, version)]


def log_readings(store: Store) -> list[Reading]:
    """Return what was typed, one reading for each day (UTC) of typing, oldest first.

    Of several typings about one post on one day the last counts, and what it leaves out is taken
    from those before it. A post without a link is known by its idea and platform; all that was
    typed about it is one post with its history, in the reading of the last day. As soon as one row
    has the link, the others of that idea and platform are of that post.

    Raises:
        Problem: the file cannot be read.
    """
    from studio.stats.log_posts import readings

    if store.version(PATH) == ABSENT:
        return []
    data, _ = store.read(PATH)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t "):
        return []
    sheet, header, where = _sheet(data)
    notes = list(sheet.notes)
    if not where:
        what = f"the first row does not name the columns, nothing was read: {','.join(COLUMNS)}"
        return [Reading(PATH, KIND, "", notes=(*notes, Note(1, what, kind="odd")))]
    rows: list[Row] = []
    zone = _zone(store)
    for line, cells in sheet.rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(header):  # torn, and so perhaps a number
            text = f"the row ends after {len(cells)} of {len(header)} cells, so it is left out"
            notes.append(Note(line, text, kind="odd"))
            continue
        named = {name: cells[at].strip() for name, at in where.items()}
        row = _understood(line, named, zone, notes)
        if row is not None:
            rows.append(row)
    return readings(rows, notes)


def _in(columns: Sequence[str], entry: Entry) -> list[str]:
    cells = entry.cells()
    return [cells[name] for name in columns]


def _row(cells: Sequence[str], separator: str, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerow(
        [re.sub(r"[\r\n\x00]+", " ", cell) for cell in cells]
    )
    return out.getvalue()


def _text(data: bytes) -> tuple[str, str]:
    """Return the file's text and the codec in which more of it is written."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
        return data[2:].decode(codec, "replace"), codec
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "cp1252"


def _sheet(data: bytes) -> tuple[Sheet, list[str], dict[str, int]]:
    """Return the rows, the header and the column of each name; no columns for another table."""
    from studio.stats.readers.decode import decode
    from studio.stats.readers.sheet import columns, parse

    text, notes = decode(data)
    sheet = parse(text)
    sheet.notes[:0] = [Note(None, note) for note in notes]
    header = sheet.rows[0][1] if sheet.rows else []
    where = columns(header, {name: name for name in COLUMNS})
    if not {"typed_at", "platform"} <= where.keys() or not where.keys() & set(FIGURES):
        where = {}
    return sheet, header, where


def _zone(store: Store) -> ZoneInfo:
    from studio.stats.stored import project_zone

    try:
        return ZoneInfo(project_zone(store) or "UTC")
    except (OSError, ValueError, KeyError):
        return ZoneInfo("UTC")


def _understood(line: int, cells: dict[str, str], zone: ZoneInfo, notes: list[Note]) -> Row | None:
    from studio.stats.log_posts import Row
    from studio.stats.readers.numbers import count

    def odd(text: str) -> None:
        notes.append(Note(line, text, kind="odd"))

    typed_at, _ = _when(cells["typed_at"], zone)
    if typed_at is None:
        odd(f"“{cells['typed_at'][:32]}” is no time of typing, the row is left out")
        return None
    link = cells.get("link", "")
    platform = cells["platform"].casefold() or platform_of(link)
    if not re.fullmatch(r"[\w.-]{1,32}", platform):
        odd("it does not say which platform, the row is left out")
        return None
    posted, whole_day = _when(cells.get("posted_at", ""), zone)
    if cells.get("posted_at") and posted is None:
        odd(f"“{cells['posted_at'][:32]}” is no time, so when it was posted is not known")
    figures: dict[str, int | None] = {}
    for name in FIGURES:
        figures[name], wrong = count(cells.get(name, ""))
        if wrong:
            odd(f"{name} “{cells[name][:24]}” {wrong}")
    if all(value is None for value in figures.values()):
        notes.append(Note(line, "the row has no figure", kind="empty"))
        return None
    entry = Entry(
        typed_at,
        cells.get("idea", ""),
        platform,
        link,
        posted.date() if posted and whole_day else posted,
        cells.get("format") or None,
        **figures,
    )
    return Row(line, entry)


def _when(text: str, zone: ZoneInfo) -> tuple[datetime | None, bool]:
    """Return a time, and whether only its day is told; the project's zone where none is written."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None, False
    whole_day = _DAY.fullmatch(text) is not None
    if whole_day:
        found = datetime.combine(found.date(), time(12))
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC if whole_day else zone)
    try:
        return found.astimezone(UTC), whole_day
    except OverflowError:
        return None, False


def platform_of(link: str) -> str:
    """Return the platform a link leads to, "" for others."""
    return next((name for name in _HOSTS if f"{name}.com/" in link.casefold()), "")


def link_time(link: str) -> datetime | None:
    """Return the time inside the id in a link, UTC; None when it has none."""
    from studio.stats.readers.ids import shortcode_time, tiktok_time

    code = link_code(link)
    if code is None:
        return None
    return tiktok_time(code) if code.isdecimal() else shortcode_time(code)
