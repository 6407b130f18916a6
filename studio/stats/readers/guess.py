"""What the columns of a table no reader knows may mean, from their words and their cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.stats.post import FIGURES
from studio.stats.readers import cells as cell_text
from studio.stats.readers.column_words import meanings, words_of
from studio.stats.readers.columns import ORDERS, ColumnMap, in_order, names, signature, top
from studio.stats.readers.links import kind_of, of_id, of_link, platform_of
from studio.stats.readers.mapped_times import Told, day
from studio.stats.readers.preview import Preview, Shown, preview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from studio.stats.readers.cells import Moment
    from studio.stats.readers.sheet import Sheet

__all__ = ["Preview", "Shown", "guess", "header_of", "is_table", "preview", "samples"]

_SAMPLE = 200
"""Cells of a column that are looked at."""
_ENOUGH = 0.6
"""Share of a column's cells that must be of a kind for the kind to tell anything."""
_LEAST = 0.25
"""A worse fit than this is no guess at all."""


@dataclass(frozen=True)
class _Column:
    """What the filled cells of a column are: shares of them, 0 to 1; all 0 without any."""

    name: str
    index: int
    cells: tuple[str, ...]
    days: float = 0.0
    bare: float = 0.0  # numbers that may stand for days: serial numbers, Unix seconds
    clocks: float = 0.0
    hours: float = 0.0  # numbers that may stand for hours
    links: float = 0.0
    posts: float = 0.0  # links with a post's id
    ids: float = 0.0
    counts: float = 0.0
    shares: float = 0.0
    lengths: float = 0.0
    platforms: float = 0.0
    formats: float = 0.0
    filled: float = 0.0
    long: float = 0.0  # mean length in characters
    distinct: float = 0.0


def header_of(sheet: Sheet) -> tuple[tuple[str, ...], int]:
    """Return the names of a sheet's columns and how many filled rows are below them."""
    start = _header(sheet)
    if start is None:
        return (), 0
    below = sum(any(cell.strip() for cell in cells) for _, cells in sheet.rows[start + 1 :])
    return tuple(filter(None, names(sheet.rows[start][1]))), below


def is_table(sheet: Sheet) -> bool:
    """Tell whether a sheet may be a table of posts: a header and rows, some of it understood."""
    start = _header(sheet)
    if start is None or sum(bool(cell.strip()) for cell in sheet.rows[start][1]) < 2:
        return False
    if not any(any(cell.strip() for cell in cells) for _, cells in sheet.rows[start + 1 :]):
        return False
    roles = {role for role, _ in guess(sheet).columns}
    return bool(roles & {"posted", "link", "id"}) or len(roles & set(FIGURES)) >= 2


def guess(sheet: Sheet) -> ColumnMap:
    """Return the likeliest meaning of a table's columns, for a human to look over.

    The header need not be the first row: titles above it are passed over.

    Raises:
        ValueError: the sheet has no filled row.
    """
    start = _header(sheet)
    if start is None:
        raise ValueError("a sheet without a filled row")
    header = sheet.rows[start][1]
    columns = _columns(sheet, start)
    chosen = _chosen(columns)
    by_role = {role: columns[index] for role, index in chosen.items()}
    decimal = _decimal(columns, by_role)
    order = _order(sheet, start, by_role, decimal)
    found = ColumnMap(
        signature=signature(header),
        name=_program(sheet, start),
        platform=_platform(sheet, start, by_role),
        columns=tuple((role, columns[index].name) for role, index in chosen.items()),
        order=order,
        decimal=decimal,
        zone=_zone(by_role),
    )
    return in_order(found)


def samples(sheet: Sheet, columns: ColumnMap, limit: int = 3) -> list[tuple[str, tuple[str, ...]]]:
    """Return the name of each column of a map's table with its first filled cells."""
    start = next(
        (index for index, cells in top(sheet) if signature(cells) == columns.signature), None
    )
    if start is None:
        return []
    return [(column.name, column.cells[:limit]) for column in _columns(sheet, start, limit)]


def _header(sheet: Sheet) -> int | None:
    """Return the row that looks most like the names of columns."""
    best: tuple[float, int] | None = None
    rows = [(index, [cell for cell in cells if cell.strip()]) for index, cells in top(sheet)]
    widest = max((len(filled) for _, filled in rows), default=0)
    for index, filled in rows:
        known = sum(1.0 for cell in filled if meanings(cell))
        labels = sum(_is_label(cell) for cell in filled)
        # Titles have one or two cells; rows of posts have numbers, days and links.
        fits = known * 3 + labels - 2 * (len(filled) - labels) - abs(widest - len(filled)) / 2
        if best is None or fits > best[0]:
            best = (fits, index)
    return best[1] if best else None


def _is_label(cell: str) -> bool:
    text = cell.strip()
    return (
        len(text) <= 80
        and not text[0].isdecimal()
        and of_link(text) is None
        and cell_text.moment(text, "dmy") is None
        and not cell_text.is_missing(text)
    )


def _columns(sheet: Sheet, start: int, most: int = _SAMPLE) -> list[_Column]:
    found = []
    below = sheet.rows[start + 1 : start + 1 + 5 * most]
    for index, name in enumerate(names(sheet.rows[start][1])):
        if not name:
            continue
        filled = [cells[index] for _, cells in below if len(cells) > index]
        kept = [cell.strip() for cell in filled if not cell_text.is_missing(cell)]
        found.append(_looked_at(_Column(name, index, tuple(kept[:most])), len(filled)))
    return [replace(column, index=place) for place, column in enumerate(found)]


def _looked_at(column: _Column, rows: int) -> _Column:
    count = len(column.cells)
    if not count:
        return column
    tally: Counter[str] = Counter()
    for cell in column.cells:
        tally.update(_kinds(cell))
    return replace(
        column,
        days=tally["day"] / count,
        bare=tally["bare"] / count,
        clocks=tally["clock"] / count,
        hours=tally["hour"] / count,
        links=tally["link"] / count,
        posts=tally["post"] / count,
        ids=tally["id"] / count,
        counts=tally["count"] / count,
        shares=tally["share"] / count,
        lengths=tally["length"] / count,
        platforms=tally["platform"] / count,
        formats=tally["format"] / count,
        filled=min(1.0, count / min(rows, _SAMPLE)),
        long=sum(map(len, column.cells)) / count,
        distinct=len(set(column.cells)) / count,
    )


def _kinds(cell: str) -> list[str]:
    """Return the kinds of thing a cell may be."""
    link = of_link(cell)
    if link is not None and len(cell) < len(link.url) + 40:
        return ["link", "post"] if link.post_id else ["link"]
    found = []
    if any(cell_text.moment(cell, order) for order in ORDERS):
        found.append("bare" if cell.replace(".", "").replace(",", "").isdecimal() else "day")
    if cell_text.clock(cell) is not None:
        found.append("hour" if cell.replace(".", "").replace(",", "").isdecimal() else "clock")
    if "%" in cell:
        found.append("share")
    elif any(cell_text.count(cell, mark)[0] is not None for mark in ".,"):
        found.append("count")
    if cell_text.seconds(cell) is not None:
        found.append("length")
    post_id, _ = of_id(cell, None)
    if len(post_id) >= 10:
        found.append("id")
    if len(cell) <= 30:
        if platform_of(cell):
            found.append("platform")
        if kind_of(cell, "instagram", None, (0, 0)):
            found.append("format")
    return found


def _fits(role: str, column: _Column) -> float:
    """Return how well a column's cells fit a role its words give it, 0 to 1."""
    if not column.cells:
        return 0.3  # an empty column is what its name says
    if role in FIGURES:
        return column.counts * (0.5 + column.filled / 2) if column.shares == 0 else 0.0
    by_role = {
        "posted": max(column.days, column.bare),
        "posted time": column.clocks + column.hours,
        "link": column.links * (0.7 + 0.3 * column.posts),
        "id": column.ids,
        "platform": column.platforms,
        "format": 0.4 + 0.6 * column.formats if column.formats else 0.0,
        "seconds": column.lengths if column.shares == 0 else 0.0,
    }
    if role in by_role:
        fits = by_role[role]
        return fits if fits >= 0.4 else 0.0
    if role == "caption":
        words = 1 - max(column.counts, column.days, column.links, column.platforms)
        return words * (0.6 + 0.4 * column.distinct) if column.formats < _ENOUGH else words * 0.2
    words = 1 - max(column.counts, column.days, column.links)
    return words if column.long <= 60 else 0.0


def _unnamed(column: _Column) -> dict[str, float]:
    """Return what a column may be by its cells alone, where its words say nothing."""
    found = {
        "link": column.posts * 0.9,
        "posted": column.days * 0.7,
        "platform": column.platforms * 0.6,
        "format": column.formats * 0.5,
        "posted time": column.clocks * 0.4,
        "id": column.ids * 0.4 if column.distinct > 0.9 else 0.0,
        "caption": column.distinct * 0.5 if column.long >= 25 and not column.links else 0.0,
    }
    return {role: fits for role, fits in found.items() if fits >= _ENOUGH * 0.4}


def _chosen(columns: Sequence[_Column]) -> dict[str, int]:
    """Give each role to the column that fits best."""
    offers: list[tuple[float, int, str]] = []
    for column in columns:
        meant = meanings(column.name)
        for role, words in meant.items():
            offers.append((words * _fits(role, column), column.index, role))
        if not meant and column.cells:
            for role, fits in _unnamed(column).items():
                offers.append((fits, column.index, role))
    found: dict[str, int] = {}
    taken: set[int] = set()
    for fits, index, role in sorted(offers, key=lambda one: (-one[0], one[1])):
        if fits >= _LEAST and role not in found and index not in taken:
            found[role] = index
            taken.add(index)
    return found


def _decimal(columns: Sequence[_Column], by_role: dict[str, _Column]) -> str:
    """Return the mark before tenths: what makes whole numbers of the most counts."""
    counted = [cell for role in FIGURES if role in by_role for cell in by_role[role].cells]
    votes = {mark: sum(cell_text.count(cell, mark)[1] is None for cell in counted) for mark in ".,"}
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    told: Counter[str] = Counter()
    for column in columns:
        if column.shares:
            for cell in column.cells:
                digits = cell.strip().rstrip("%").strip()
                mark = next((letter for letter in digits if letter in ".,"), "")
                if mark and digits.count(mark) == 1 and len(digits.rpartition(mark)[2]) in {1, 2}:
                    told[mark] += 1
    return told.most_common(1)[0][0] if told else "."


def _order(sheet: Sheet, start: int, by_role: dict[str, _Column], decimal: str) -> str:
    """Return the order of day and month that the dates, or else the ids beside them, speak for."""
    posted = by_role.get("posted")
    if posted is None or not posted.cells:
        return "ymd"
    read = {order: [cell_text.moment(cell, order) for cell in posted.cells] for order in ORDERS}
    counted = {order: sum(one is not None for one in found) for order, found in read.items()}
    if read["dmy"] == read["mdy"]:
        return "ymd"
    if counted["dmy"] != counted["mdy"]:
        return "dmy" if counted["dmy"] > counted["mdy"] else "mdy"
    by_ids = _order_by_ids(sheet, start, by_role)
    if by_ids:
        return by_ids
    turns = {order: _turns(read[order]) for order in ("dmy", "mdy")}
    if turns["dmy"] != turns["mdy"]:
        return "dmy" if turns["dmy"] < turns["mdy"] else "mdy"
    cells = " ".join(posted.cells).casefold()
    if " am" in cells or " pm" in cells:
        return "mdy"
    return "dmy" if "." in posted.cells[0][:6] or decimal == "," else "mdy"


def _order_by_ids(sheet: Sheet, start: int, by_role: dict[str, _Column]) -> str:
    header = names(sheet.rows[start][1])
    places = {role: header.index(column.name) for role, column in by_role.items()}
    near: Counter[str] = Counter()
    for _, cells in sheet.rows[start + 1 : start + 1 + _SAMPLE]:
        uploaded = _uploaded(cells, places)
        if uploaded is None or len(cells) <= places["posted"]:
            continue
        for order in ("dmy", "mdy"):
            stated = cell_text.moment(cells[places["posted"]].strip(), order)
            on = day(Told(0, stated, uploaded), uploaded.date())
            near[order] += on is not None and abs((on - uploaded.date()).days) <= 2
    if near["dmy"] == near["mdy"]:
        return ""
    return "dmy" if near["dmy"] > near["mdy"] else "mdy"


def _uploaded(cells: Sequence[str], places: dict[str, int]) -> datetime | None:
    for role in ("link", "id"):
        index = places.get(role)
        if index is None or index >= len(cells):
            continue
        link = of_link(cells[index]) if role == "link" else None
        told = link.uploaded if link else of_id(cells[index], None)[1]
        if told:
            return told
    return None


def _turns(days: Sequence[Moment | None]) -> int:
    """Return how often a column of days changes its direction: tables are mostly in order."""
    found = [one.date() for one in days if one]
    steps = [b > a for a, b in pairwise(found) if a and b and a != b]
    return sum(a != b for a, b in pairwise(steps))


def _platform(sheet: Sheet, start: int, by_role: dict[str, _Column]) -> str:
    """Return the platform where neither a column nor every link tells it, as far as words do."""
    if "platform" in by_role and by_role["platform"].platforms >= 0.95:
        return ""
    link = by_role.get("link")
    found: Counter[str] = Counter()
    if link:
        told = [one.platform for one in map(of_link, link.cells) if one]
        found.update(platform for platform in told if platform)
        if told and all(told):
            return "" if len(found) > 1 else next(iter(found))
    if not found:
        above = [cells for _, cells in sheet.rows[: start + 1]]
        found.update(
            platform
            for cells in above
            for cell in cells
            if (platform := platform_of(" ".join(words_of(cell)))) is not None
        )
    return found.most_common(1)[0][0] if found else ""


def _zone(by_role: dict[str, _Column]) -> str:
    for role in ("posted", "posted time"):
        if role in by_role and not {"gmt", "utc"}.isdisjoint(words_of(by_role[role].name)):
            return "UTC"
    return ""


def _program(sheet: Sheet, start: int) -> str:
    """Return the program a table is from, "" where nothing tells."""
    header = {" ".join(words_of(cell)) for cell in sheet.rows[start][1]}
    above = " ".join(cell.casefold() for _, cells in sheet.rows[: start + 1] for cell in cells)
    for name in (
        "Metricool",
        "Fanpage Karma",
        "Iconosquare",
        "Hootsuite",
        "Sprout Social",
        "Later",
    ):
        if name.casefold() in above and (name != "Later" or "later.com" in above):
            return name
    if {"date gmt"} <= header and any(name.endswith("post id") for name in header):
        return "Hootsuite"
    if {"profile id"} <= header and not header.isdisjoint({"post id", "message id"}):
        return "Fanpage Karma"
    if {"sent by"} <= header or {"linked content"} <= header:
        return "Sprout Social"
    return ""
