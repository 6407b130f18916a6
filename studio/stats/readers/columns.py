"""What the columns of a table mean that no reader knows: guessed, confirmed once, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.readers.sheet import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.stats.readers.sheet import Sheet


@dataclass(frozen=True)
class ColumnMap:
    """What the columns of one kind of table mean.

    Attributes:
        signature: of its header row (`signature`).
        name: what the human calls such tables, "Metricool", "my sheet".
        platform: the platform of its posts; "" when a column or the links tell.
        columns: (role, header cell); roles are `ROLES`.
        order: of day and month in dates: "ymd", "dmy" or "mdy".
        decimal: what stands before tenths: "." or ",".
        zone: IANA name of its times; "" for the audience's.
    """

    signature: str
    name: str
    platform: str
    columns: tuple[tuple[str, str], ...]
    order: str = "ymd"
    decimal: str = "."
    zone: str = ""


Maps = Mapping[str, ColumnMap]
"""Column maps by the signature of the header they are for."""

ROLES = (
    *("posted", "posted time", "link", "id", "platform", "account", "caption", "format", "seconds"),
    *("views", "reach", "likes", "comments", "shares", "saves", "follows"),
)
"""What a column can be: "posted" a day or moment, "posted time" the hour where it stands apart."""


ORDERS = ("ymd", "dmy", "mdy")
"""How a `ColumnMap` says in which order a date's numbers come."""

NAME = 200
"""Characters of a header cell that name its column."""

HEADER_WITHIN = 30
"""Rows above the header that are looked through for it: titles, the period, the account."""


def in_order(columns: ColumnMap) -> ColumnMap:
    """Return a map with its roles in the order of `ROLES`, as it is kept."""
    ranked = sorted(columns.columns, key=lambda pair: ROLES.index(pair[0]))
    return replace(columns, columns=tuple(ranked))


class UnknownTable(Problem):
    """Rows and columns that no reader knows; a `ColumnMap` would make them readable.

    Args:
        where: the file.
        what: what is wrong.
        mend: what to do.
        sheet: its rows.
    """

    def __init__(self, where: str, what: str, mend: str, sheet: Sheet) -> None:
        super().__init__(where, what, mend)
        self.sheet = sheet


def signature(header: Sequence[str]) -> str:
    """Return what tells a kind of table by its header, whatever the order of its columns."""
    words = sorted(filter(None, (plain(cell) for cell in header)))
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def top(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Yield (index, cells) of the filled rows among the first ones: one may be the header."""
    for index, (_, cells) in enumerate(sheet.rows[:HEADER_WITHIN]):
        if any(cell.strip() for cell in cells):
            yield index, cells


def names(header: Sequence[str]) -> list[str]:
    """Return a name for each column, each once: "Likes", "Likes (2)"; "" for one without."""
    seen: dict[str, int] = {}
    found = []
    for cell in header:
        name = cell.strip()[:NAME]
        times = seen[plain(name)] = seen.get(plain(name), 0) + 1
        found.append(f"{name} ({times})" if name and times > 1 else name)
    return found


def places(columns: ColumnMap, header: Sequence[str]) -> dict[str, int]:
    """Return role → column of the header; roles whose column is not there are left out."""
    at = {plain(name): index for index, name in enumerate(names(header)) if name}
    return {role: at[plain(cell)] for role, cell in columns.columns if plain(cell) in at}
