"""The column maps a project remembers, in `stats/mappings.toml`: written for people to read."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from studio.problem import Problem
from studio.project.places import is_zone
from studio.stats.readers.columns import ORDERS, ROLES, ColumnMap, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.project.store import Store
    from studio.project.undo import Edit
    from studio.project.version import Version
    from studio.stats.readers.columns import Maps

PATH = "stats/mappings.toml"
_HEAD = """\
# What the columns of other programs' tables mean. Studio adds a table here when you say so in the
# import window, and reads every file with the same columns by it. Yours to edit; delete a table
# and Studio asks again.
"""
_BOM = b"\xef\xbb\xbf"
_LONGEST = 300  # characters of a name or a header cell
_MEND = "Mend the file, or delete it and say again what the columns mean"


def load_maps(store: Store, told: Callable[[Problem], object] | None = None) -> Maps:
    """Return the project's column maps by signature.

    A damaged file, or a table in it that cannot be meant, counts as not there.

    Args:
        store: the project's files.
        told: takes what is wrong with the file, for a human.
    """
    try:
        if not store.version(PATH).present:
            return {}
        found = tomllib.loads(_text(store.read(PATH)[0]))
    except Problem as problem:
        if told:
            told(problem)
        return {}
    except (ValueError, RecursionError) as error:
        if told:
            told(_damaged(error))
        return {}
    maps = {}
    for signature, table in _tables(found).items():
        made = _map(signature, table)
        if isinstance(made, ColumnMap):
            maps[signature] = made
        elif told:
            told(Problem(PATH, f"[maps.{signature[:32]}] {made}, so it is passed over", _MEND))
    return maps


def _text(data: bytes) -> str:
    return data.removeprefix(_BOM).decode()


def _damaged(error: Exception) -> Problem:
    return Problem(PATH, f"cannot be understood ({error})", _MEND)


def _tables(found: Mapping[str, Any]) -> Mapping[str, Any]:
    tables = found.get("maps")
    return tables if isinstance(tables, dict) else {}


def _map(signature: str, table: object) -> ColumnMap | str:
    """Return a column map, or what is wrong with its table."""
    if not isinstance(table, dict):
        return "is no table"
    columns = table.get("columns")
    if not isinstance(columns, dict) or not columns:
        return "names no columns"
    strange = [role for role in columns if role not in ROLES]
    if strange:
        return f"has a role “{strange[0][:40]}” that Studio does not know"
    if not all(isinstance(cell, str) and cell.strip() for cell in columns.values()):
        return "has a column without a name"
    texts = {key: table.get(key, "") for key in ("name", "platform", "zone")}
    if not all(isinstance(text, str) for text in texts.values()):
        return "has something else where a word belongs"
    order, decimal = table.get("order", "ymd"), table.get("decimal", ".")
    if order not in ORDERS or decimal not in {".", ","}:
        return f"needs order {', '.join(ORDERS)} and decimal “.” or “,”"
    if texts["zone"] and not is_zone(texts["zone"]):
        return f"has a time zone “{texts['zone'][:40]}” that does not exist"
    return ColumnMap(
        signature,
        texts["name"][:_LONGEST],
        texts["platform"][:40].strip().casefold(),
        tuple((role, columns[role][:_LONGEST]) for role in ROLES if role in columns),
        order,
        decimal,
        texts["zone"],
    )


def remember(store: Store, *maps: ColumnMap) -> list[Edit]:
    """Return the edit that adds column maps, or puts them in the place of those there were.

    All else in the file stays as it is, comments too. What is there already needs no edit.

    Raises:
        Problem: the file is damaged; it is never written over.
    """
    from tomlkit import table

    document, before, version = _opened(store)
    if "maps" not in document:
        document["maps"] = table(is_super_table=True)
    for columns in maps:
        _put(document["maps"], columns)
    edits = _edit(document, before, version)
    told = _tables(tomllib.loads(_text(edits[0].data or b""))) if edits else {}
    now = {one.signature: _map(one.signature, told.get(one.signature)) for one in maps}
    if edits and any(now[one.signature] != in_order(one) for one in maps):
        raise Problem(PATH, "it cannot be changed without touching other lines", _MEND)
    return edits


def _put(tables: Any, columns: ColumnMap) -> None:  # noqa: ANN401 - tomlkit's
    """Add a map to tomlkit's tables, or change the one there to it."""
    from tomlkit import table

    known = tables.get(columns.signature)
    entry = known if isinstance(known, dict) else table()
    for key in ("name", "platform", "order", "decimal", "zone"):
        if entry.get(key) != getattr(columns, key):
            entry[key] = getattr(columns, key)
    cells = entry.get("columns")
    if not isinstance(cells, dict):
        entry["columns"] = cells = table()
    meant = dict(columns.columns)
    for role in [role for role in cells if role in ROLES and role not in meant]:
        del cells[role]
    for role, cell in columns.columns:
        if cells.get(role) != cell:
            cells[role] = cell
    if entry is not known:
        tables[columns.signature] = entry


def forget(store: Store, signature: str) -> list[Edit]:
    """Return the edit that takes a column map out; none when it is not there.

    Raises:
        Problem: the file is damaged; it is never written over.
    """
    document, before, version = _opened(store)
    maps = document.get("maps")
    if not isinstance(maps, dict) or signature not in maps:
        return []
    del maps[signature]
    return _edit(document, before, version)


def _opened(store: Store) -> tuple[Any, bytes, Version]:
    """Return the file as a tomlkit document, its bytes and its version.

    Raises:
        Problem: it is damaged.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    version = store.version(PATH)
    data = store.read(PATH)[0] if version.present else b""
    try:
        found = tomllib.loads(_text(data))
        if not isinstance(found.get("maps", {}), dict):
            raise Problem(PATH, "has something else than tables under “maps”", _MEND)
        return tomlkit.parse(_text(data) or _HEAD), data, version
    except (ValueError, RecursionError, TOMLKitError) as error:
        raise _damaged(error) from error


def _edit(document: Any, before: bytes, version: Version) -> list[Edit]:  # noqa: ANN401 - tomlkit's
    from studio.project.undo import Edit

    text = document.as_string()
    if b"\r\n" in before:  # new lines come with a bare line feed
        text = re.sub(r"(?<!\r)\n", "\r\n", text)
    after = (_BOM if before.startswith(_BOM) else b"") + text.encode()
    return [] if after == before else [Edit(PATH, after, version)]
