"""Which things were common at home in which year, as an editable table.

The figures are data (`household.tsv`), each with its source and how sure it is: the earliest year
of a thing is not the year it was invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

Grade = Literal["counted", "documented", "general", "own"]

COLUMNS = (
    *("id", "object", "from_year", "until_year", "region", "looks", "instead", "note"),
    *("source", "grade"),
)
_LARGEST = 1_000_000  # characters of a table
_MOST_ROWS = 2_000
_LONGEST = 500  # characters of a cell
_YEARS = range(1800, 2101)


@dataclass(frozen=True)
class Household:
    """One thing and the years in which it was common at home.

    Attributes:
        id: stays the same: "flat-tv".
        object: what it is called.
        from_year: the first year it was common; None: always before.
        until_year: the last year it was common; None: still.
        region: "UK", "US", or "both" (the earlier of the two years).
        looks: a neutral question that a look at a picture answers with yes or no.
        instead: what stood in its place.
        note: figures, and where the countries differ.
        source: who says so; empty when nobody was asked.
        grade: "counted" (homes or sales), "documented", "general" (general knowledge), or "own"
            (the user's table without a grade).
    """

    id: str
    object: str
    from_year: int | None = None
    until_year: int | None = None
    region: str = "both"
    looks: str = ""
    instead: str = ""
    note: str = ""
    source: str = ""
    grade: Grade = "own"

    @property
    def ask(self) -> str:
        """The question, or a plain one for a row that has none."""
        return self.looks or f"Is this in the picture: {self.object}?"


def household(own: str | None = None) -> tuple[Household, ...]:
    """Return the table, with the user's own rows in it.

    Args:
        own: the text of the user's table, tab-separated. A row whose id is known replaces that
            row in its place; one with an empty object removes it; new rows come first. The first
            line may name the columns, in any order; without it they stand as in `COLUMNS`.

    Raises:
        Problem: with the line and the mend; nothing of a table with a fault is used.
    """
    table = {row.id: row for row in _ours()}
    if own is None or not own.strip():
        return tuple(table.values())
    new: dict[str, Household] = {}
    for row in parse(own, "household.tsv"):
        if not row.object:
            table.pop(row.id, None)
        elif row.id in table:
            table[row.id] = row
        else:
            new[row.id] = row
    return (*new.values(), *table.values())


def anachronisms(year: int, table: Iterable[Household]) -> tuple[Household, ...]:
    """Return what does not belong into a home of that year, the worst offenders first.

    First what was not common yet, then what was gone by then; each in the order of the table.

    Args:
        year: of the scene.
        table: what `household` returned.
    """
    rows = tuple(table)
    early = [row for row in rows if row.from_year is not None and year < row.from_year]
    gone = [row for row in rows if row.until_year is not None and year > row.until_year]
    return (*early, *gone)


def parse(text: str, where: str) -> tuple[Household, ...]:
    """Read a table.

    Args:
        text: tab-separated; blank lines and lines with `#` in front are passed over.
        where: what to call it in a problem.

    Raises:
        Problem: a line is not understood.
    """
    if len(text) > _LARGEST:
        raise Problem(where, f"is longer than {_LARGEST} characters", "Keep to a few hundred rows")
    columns: tuple[str, ...] = COLUMNS
    rows: list[Household] = []
    seen: dict[str, int] = {}
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [_unquoted(cell) for cell in line.split("\t")]
        place = f"{where}, line {number}"
        if not seen and not rows and cells[0].lower() == "id":
            columns = _columns(cells, place)
            continue
        row = _row(dict(zip(columns, cells, strict=False)), cells[len(columns) :], place)
        if row.id in seen:
            what = f"has the id {row.id} of line {seen[row.id]}"
            raise Problem(place, what, "Give every row an id of its own")
        if len(rows) >= _MOST_ROWS:
            raise Problem(place, f"is row {_MOST_ROWS + 1}", f"Keep to {_MOST_ROWS} rows")
        seen[row.id] = number
        rows.append(row)
    return tuple(rows)


@cache
def _ours() -> tuple[Household, ...]:
    path = Path(__file__).with_name("household.tsv")
    return parse(path.read_text("utf-8"), path.name)


def _columns(cells: list[str], place: str) -> tuple[str, ...]:
    names = tuple(cell.lower() for cell in cells)
    unknown = next((name for name in names if name not in COLUMNS), None)
    if unknown is not None or len(set(names)) < len(names) or "object" not in names:
        what = "lacks a column or repeats one"
        if unknown is not None:
            what = f"names the column {unknown!r}"
        raise Problem(place, what, f"The columns are: {', '.join(COLUMNS)}")
    return names


def _row(cells: dict[str, str], over: list[str], place: str) -> Household:
    name = cells.get("id", "")
    if not name or len(name) > 80 or any(char.isspace() for char in name):
        raise Problem(place, "has no id in its first column", "Write one word: wall-clock")
    if any(over):
        raise Problem(place, "has more cells than columns", "Put one tab between two cells")
    long = next((key for key, cell in cells.items() if len(cell) > _LONGEST), None)
    if long is not None:
        mend = f"Keep to {_LONGEST} characters"
        raise Problem(place, f"has a {long} of {len(cells[long])} characters", mend)
    first, last = (_year(cells, key, place) for key in ("from_year", "until_year"))
    if first is not None and last is not None and first > last:
        raise Problem(place, f"is common from {first} until {last}", "Swap the two years")
    if cells.get("object") and first is None and last is None:
        raise Problem(place, "has no year", "Write from_year, until_year or both")
    return Household(
        id=name,
        object=cells.get("object", ""),
        from_year=first,
        until_year=last,
        region=cells.get("region") or "both",
        looks=cells.get("looks", ""),
        instead=cells.get("instead", ""),
        note=cells.get("note", ""),
        source=cells.get("source", ""),
        grade=_grade(cells.get("grade", ""), place),
    )


def _year(cells: dict[str, str], key: str, place: str) -> int | None:
    text = cells.get(key, "")
    if not text:
        return None
    if not (len(text) == 4 and text.isascii() and text.isdigit() and int(text) in _YEARS):
        raise Problem(place, f"has {text!r} for {key}", "Write a year of four figures, or nothing")
    return int(text)


def _grade(text: str, place: str) -> Grade:
    word = text.lower()
    for grade in get_args(Grade):
        if word == grade:
            known: Grade = grade
            return known
    if word:
        mend = f"Write one of: {', '.join(get_args(Grade))}"
        raise Problem(place, f"has {text!r} for grade", mend)
    return "own"


def _unquoted(cell: str) -> str:
    """Return a cell as it was meant; spreadsheets quote those with quotes in them."""
    cell = cell.strip()
    if len(cell) >= 2 and cell.startswith('"') and cell.endswith('"'):
        return cell[1:-1].replace('""', '"').strip()
    return cell
