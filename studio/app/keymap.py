"""The user's key file: keys given to commands by the command's id.

```yaml
review.keep: k              # one key instead of those it starts with
review.next: [space, "."]   # several
review.survey: ""           # none
```

Nothing in it is resolved silently. An entry that cannot be right (unknown command, unknown or
reserved key, a key another command has in the same place) is reported and ignored, and its
command keeps the keys it starts with.

What is returned is safe for `App.set_keymap`, which by itself ignores unknown ids and lets a key
that is taken disappear from the command that had it. It cannot take a key away either, so such a
command is given `Command.nowhere()`, and `unbound_ids` tells the app which these are.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING

from studio.app.commands.base import NOWHERE
from studio.app.keys import (
    EDITING,
    MOVING,
    NEVER,
    TAKEN,
    UnknownKey,
    key_label,
    key_name,
    types_character,
)
from studio.app.yamlfile import Scalar, Value, read_yaml
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.app.commands.base import Command, Registry, Scope

FILE_NAME = "keys.yaml"


@dataclass(frozen=True)
class HelpRow:
    """One command on the help screen.

    Args:
        id: its name in the key file.
        keys: as the footer shows them, two spaces between; "" if it has none.
        title: what the palette says.
        help: one sentence.
        scope: where the keys work.
        changed: whether the user's key file gave it other keys.
    """

    id: str
    keys: str
    title: str
    help: str
    scope: Scope
    changed: bool


def load_keymap(path: Path, registry: Registry) -> tuple[dict[str, str], list[Problem]]:
    """Read a key file.

    Args:
        path: the file; none at all is a file that changes nothing.
        registry: the commands it may name.

    Returns:
        Comma-separated keys by command id, fit for `App.set_keymap`, and what was not followed.
    """
    if not path.exists():
        return {}, []
    try:
        entries = read_yaml(path)
    except Problem as problem:
        return {}, [problem]
    problems: list[Problem] = []
    again = {key.text: key for key in entries.twice()}
    wanted: dict[str, tuple[str, ...]] = {}
    lines: dict[str, Scalar] = {}
    for name, value in entries:
        where = _where(path, name)
        if name.text not in registry:
            problems.append(_unknown_command(where, name.text, registry))
        elif name.text in again:
            if again[name.text] is name:
                mend = "keep one of the lines"
                problems.append(Problem(where, "has keys in more than one line", mend))
        else:
            try:
                wanted[name.text] = _keys(where, value, registry[name.text])
                lines[name.text] = name
            except Problem as problem:
                problems.append(problem)
    while clashes := _clashes(wanted, registry):
        for command_id, (key, other) in clashes.items():
            both = other.id in wanted and not _starts_with(other, key)
            what = f"{key_label(key)} is the key of {other.id} ({other.title}) too"
            mend = (
                "give each of them its own key"
                if both
                else f"choose another key, or give {other.id} another one as well"
            )
            problems.append(Problem(_where(path, lines[command_id]), what, mend))
        wanted = {name: keys for name, keys in wanted.items() if name not in clashes}
    keymap = {
        name: ",".join(keys) or registry[name].nowhere()
        for name, keys in wanted.items()
        if keys != registry[name].keys()
    }
    return keymap, problems


def keys_of(command: type[Command], keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys a command has under a keymap, by Textual's names."""
    if command.id not in keymap:
        return command.keys()
    return tuple(key for key in keymap[command.id].split(",") if key != command.nowhere())


def unbound_ids(keymap: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the commands whose keys the user took away; see `CommandHost`."""
    return frozenset(name for name, keys in keymap.items() if keys == f"{NOWHERE}{name}")


def help_rows(
    registry: Registry, keymap: Mapping[str, str]
) -> list[tuple[str, tuple[HelpRow, ...]]]:
    """Return the help screen's headings, each with its commands, in the order first mentioned."""
    groups: dict[str, list[HelpRow]] = {}
    for command in registry:
        keys = keys_of(command, keymap)
        row = HelpRow(
            command.id,
            "  ".join(key_label(key) for key in keys),
            command.title,
            command.help,
            command.scope,
            changed=keys != command.keys(),
        )
        groups.setdefault(command.group, []).append(row)
    return [(group, tuple(rows)) for group, rows in groups.items()]


def default_faults(registry: Registry) -> list[str]:
    """Return what is wrong with the keys that commands start with; for a test to find empty."""
    faults = []
    for command in registry:
        keys = command.keys()
        for key in keys:
            try:
                if key_name(key) != key:
                    faults.append(f"{command.id}: {key} is called {key_name(key)}")
            except UnknownKey as unknown:
                faults.append(f"{command.id}: {key} is not a key: {unknown}")
            if key in NEVER:
                faults.append(f"{command.id}: {key}: {NEVER[key]}")
            if types_character(key) and (command.priority or command.scope == "caption"):
                faults.append(f"{command.id}: {key} would be missing from the caption")
    for one, other in combinations(registry, 2):
        if _meet(one, other):
            shared = sorted(set(one.keys()).intersection(other.keys()))
            faults += [f"{one.id} and {other.id} both have {key}" for key in shared]
    return faults


def _where(path: Path, name: Scalar) -> str:
    return f"{path}, line {name.line}, {name.text}"


def _unknown_command(where: str, name: str, registry: Registry) -> Problem:
    near = get_close_matches(name, registry.ids(), 1)
    mend = f"perhaps {near[0]} is meant" if near else "see the help screen for the names"
    return Problem(where, "is not a command", mend)


def _keys(where: str, value: Value, command: type[Command]) -> tuple[str, ...]:
    """Return the keys an entry asks for, none for "", or raise a Problem."""
    if isinstance(value, Scalar):
        if not value.quoted and value.text in {"", "~", "null"}:
            raise Problem(where, "has no key", 'write a key in quotes, or "" to take its key away')
        written = [value.text] if value.text.strip() in {"", ","} else value.text.split(",")
        if value.text == "":
            return ()
    elif isinstance(value, tuple):
        written = [item.text for item in value]
    else:
        raise Problem(where, "has lines below it", f'write it in one line, {command.id}: "k"')
    keys = []
    for text in written:
        try:
            key = key_name(text)
        except UnknownKey as unknown:
            what = f"{text.strip()[:40]!r} is not a key" if text.strip() else "has an empty key"
            raise Problem(where, what, str(unknown)) from unknown
        _refuse(where, key, command)
        keys.append(key)
    return tuple(dict.fromkeys(keys))


def _refuse(where: str, key: str, command: type[Command]) -> None:
    """Raise a Problem if the key can never be this command's."""
    reason = NEVER.get(key)
    if reason is None and not _starts_with(command, key):
        reason = TAKEN.get(key)
        if key in MOVING and command.scope not in {"preview", "caption"}:
            reason = "lists need it"
        if command.scope == "caption" or command.priority:
            if types_character(key):
                reason = "it is needed to write the caption"
            elif key in EDITING:
                reason = reason or "the caption's editor needs it"
    if reason is not None:
        raise Problem(where, f"{key_label(key)} cannot be its key: {reason}", "choose another key")


def _starts_with(command: type[Command], key: str) -> bool:
    return key in set(command.keys())


def _meet(one: type[Command], other: type[Command]) -> bool:
    """Say whether the keys of two commands work in the same place."""
    return one.scope == other.scope or "global" in (one.scope, other.scope)


def _clashes(
    wanted: Mapping[str, tuple[str, ...]], registry: Registry
) -> dict[str, tuple[str, type[Command]]]:
    """Return the entries that claim a key another command has, with that key and command."""
    claimed: dict[str, tuple[str, type[Command]]] = {}
    holders: dict[str, list[type[Command]]] = {}
    for command in registry:
        for key in wanted.get(command.id, command.keys()):
            holders.setdefault(key, []).append(command)
    for key, commands in holders.items():
        for one, other in combinations(commands, 2):
            if not _meet(one, other):
                continue
            for mine, theirs in ((one, other), (other, one)):
                if not _starts_with(mine, key):
                    claimed.setdefault(mine.id, (key, theirs))
    return claimed
