"""`studio.toml`: what a project is called, for whom it posts, where and when.

Read with the standard library; what it does not know is kept and noted. Written by `edit`, which
leaves every other line as it is.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studio.problem import Problem
from studio.project.places import is_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "studio.toml"
STAGES = ("idea", "making", "ready", "scheduled", "posted")
LIMIT = 256 << 10
"""The most bytes a studio.toml may have."""

_TEXTS = ("id", "name", "about", "zone")
_LISTS = ("stages", "accounts", "pillars", "bans", "hours")
_KNOWN = frozenset((*_TEXTS, *_LISTS, "audience", "template"))
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Account:
    """One page: the platform's name in small letters, the handle without @, followers if told."""

    platform: str
    handle: str
    followers: int | None = None


@dataclass(frozen=True)
class Pillar:
    """A theme the page comes back to, and the hashtags (without #) that tell a post is of it."""

    name: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Config:
    """What `studio.toml` says.

    Attributes:
        id: of the project; "" if the file has none.
        name: of the project; "" if the file has none.
        about: one line.
        zone: the audience's IANA time zone.
        stages: the columns of the board, in order, at least one.
        accounts: the pages.
        pillars: the themes.
        bans: what no picture may show.
        hours: hours of the day (0 to 23, in `zone`) at which posting is possible, ascending.
        audience: who it is for, in the human's words.
        template: whether this is a shipped sample, opened as a copy.
        notices: what was passed over and why, for `studio check`.
    """

    id: str = ""
    name: str = ""
    about: str = ""
    zone: str = "UTC"
    stages: tuple[str, ...] = STAGES
    accounts: tuple[Account, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    bans: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    audience: str = ""
    template: bool = False
    notices: tuple[str, ...] = field(default=(), compare=False)


def parse(data: bytes, where: str = FILE) -> Config:
    """Read a `studio.toml`.

    Args:
        data: the file.
        where: how to call it in a `Problem`.

    Raises:
        Problem: naming the key, the rule and the mend.
    """
    table = load(data, where)
    notices = [f"“{key}” is not known and left alone" for key in table if key not in _KNOWN]
    read = _Reader(where)
    zone = read.text(table, "zone")
    if "zone" not in table:
        notices.append("no zone is given, times are in UTC")
    elif not is_zone(zone):
        raise Problem(
            where,
            f"“zone” says {zone!r}, which is no time zone",
            'Write one of the tz database, such as zone = "Europe/London"',
        )
    stages = read.texts(table, "stages") if "stages" in table else STAGES
    if not stages or len(set(stages)) != len(stages) or "" in stages:
        raise Problem(
            where,
            "“stages” needs at least one name, and none of them twice or empty",
            f"Write stages = {list(STAGES)}".replace("'", '"'),
        )
    audience = read.table(table, "audience")
    return Config(
        id=read.text(table, "id"),
        name=read.text(table, "name"),
        about=read.text(table, "about"),
        zone=zone or "UTC",
        stages=stages,
        accounts=tuple(_account(read, each, i) for i, each in read.tables(table, "accounts")),
        pillars=tuple(_pillar(read, each, i) for i, each in read.tables(table, "pillars")),
        bans=read.texts(table, "bans"),
        hours=_hours(table, where),
        audience=read.text(audience, "declared", "audience."),
        template=table.get("template") is True,
        notices=tuple(notices),
    )


def load(data: bytes, where: str = FILE) -> dict[str, Any]:
    """Return the bytes of a TOML file (a byte order mark may precede it) as a table.

    Raises:
        Problem: when it is too large, not UTF-8, or no TOML.
    """
    if len(data) > LIMIT:
        raise Problem(where, f"it has more than {LIMIT >> 10} KiB", "Keep only the settings in it")
    try:
        text = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(
            where, f"line {line} is not UTF-8 text", "Save the file as UTF-8 in your editor"
        ) from error
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
        raise Problem(where, f"it is no TOML: {what}", "Mend that line in a text editor") from error


@dataclass(frozen=True)
class _Reader:
    """Takes values out of tables and says what is wrong with them."""

    where: str

    def text(self, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise Problem(
                self.where, f"“{prefix}{key}” is not text", f'Write {key} = "…" with quotes'
            )
        return value.strip()

    def texts(self, table: Mapping[str, Any], key: str, prefix: str = "") -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise Problem(
                self.where,
                f"“{prefix}{key}” is not a list of texts",
                f'Write {key} = ["…", "…"] with quotes around each',
            )
        return tuple(each.strip() for each in value)

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise Problem(self.where, f"“{key}” is not a table", f"Write [{key}] on its own line")
        return value

    def tables(self, table: Mapping[str, Any], key: str) -> list[tuple[int, Mapping[str, Any]]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise Problem(
                self.where,
                f"“{key}” is not a list of tables",
                f"Write [[{key}]] on its own line before each",
            )
        return list(enumerate(value, 1))


def _account(read: _Reader, table: Mapping[str, Any], number: int) -> Account:
    prefix = f"accounts {number}: "
    platform = read.text(table, "platform", prefix).lower()
    if not platform:
        raise Problem(
            read.where, f"account {number} has no platform", 'Write platform = "instagram"'
        )
    followers = table.get("followers")
    whole = isinstance(followers, int) and not isinstance(followers, bool) and followers >= 0
    if followers is not None and not whole:
        raise Problem(
            read.where, f"“{prefix}followers” is not a whole number", "Write followers = 817"
        )
    return Account(platform, read.text(table, "handle", prefix).removeprefix("@"), followers)


def _pillar(read: _Reader, table: Mapping[str, Any], number: int) -> Pillar:
    prefix = f"pillars {number}: "
    name = read.text(table, "name", prefix)
    if not name:
        raise Problem(read.where, f"pillar {number} has no name", 'Write name = "home"')
    tags = (tag.removeprefix("#") for tag in read.texts(table, "tags", prefix))
    return Pillar(name, tuple(tag for tag in tags if tag))


def _hours(table: Mapping[str, Any], where: str) -> tuple[int, ...]:
    value = table.get("hours", [])
    if not isinstance(value, list) or not all(
        isinstance(hour, int) and not isinstance(hour, bool) and 0 <= hour <= 23 for hour in value
    ):
        raise Problem(
            where, "“hours” is not a list of hours from 0 to 23", "Write hours = [7, 12, 19]"
        )
    return tuple(sorted(set(value)))


def edit(data: bytes, changes: Mapping[str, object], where: str = FILE) -> bytes:
    """Return a `studio.toml` with some keys changed and every other line as it was.

    Args:
        data: the file; may be empty.
        changes: by key, "audience.declared" for one in a table; None removes it. Values are
            what TOML knows: text, numbers, truth values, lists and tables of them.
        where: how to call it in a `Problem`.

    Raises:
        Problem: when the file cannot be read, or the result would say something else.
    """
    import tomlkit  # noqa: PLC0415 - 15 ms, wanted for writing only
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    wanted = load(data, where)
    mark = _BOM if data.startswith(_BOM) else b""
    text = data.removeprefix(_BOM).decode()
    crlf = "\r\n" in text
    try:
        document = tomlkit.parse(text)
        for key, value in changes.items():
            _set(document, key, value)
            _set(wanted, key, value)
        made = document.as_string()
    except (TOMLKitError, TypeError, ValueError, RecursionError) as error:
        raise _unwritable(where) from error
    if crlf:  # new lines come with a bare line feed
        made = re.sub(r"(?<!\r)\n", "\r\n", made)
    result = mark + made.encode()
    if load(result, where) != wanted:
        raise _unwritable(where)
    return result


def _unwritable(where: str) -> Problem:
    return Problem(
        where, "it cannot be changed without touching other lines", "Change it in a text editor"
    )


def _set(table: Any, key: str, value: object) -> None:  # noqa: ANN401 - a dict or tomlkit's
    first, dot, rest = key.partition(".")
    if dot:
        if first not in table:
            table[first] = {}
        _set(table[first], rest, value)
    elif value is None:
        table.pop(first, None)
    else:
        table[first] = value
