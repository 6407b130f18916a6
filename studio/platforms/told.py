"""The verb `studio rules`: every rule with value, source, day and grade, as words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.lines import cells, pad, wrapped
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.platforms.own import RuleBook
    from studio.platforms.rules import Rules

WIDTH = 70  # cells
OWN = "*"  # marks a rule that is the project's own


def rules_json(book: RuleBook, platforms: Sequence[str] = ()) -> dict[str, Any]:
    """Return the rules for a machine.

    Args:
        book: the rules that hold.
        platforms: keys; none means all.

    Returns:
        `own_file` (its name, or None) and `platforms`, a list of `platform`, `name` and `rules`,
        each with `rule`, `value`, `source`, `as_of`, `grade`, `own` (given by the project) and, of
        an own one that Studio brings too, `shipped`: its value there.

    Raises:
        Problem: no such platform.
    """
    from studio.platforms.rules import shipped

    told = []
    for rule in _asked(book, platforms):
        own = book.own(rule.key)
        brought = shipped().get(rule.key)
        entries = []
        for name, why in rule.why.items():
            entry = {"rule": name, "value": _plain(why.value)}
            entry |= {"source": why.source, "as_of": why.as_of, "grade": why.grade}
            entry["own"] = name in own
            if name in own and brought is not None and name in brought.why:
                entry["shipped"] = _plain(brought.why[name].value)
            entries.append(entry)
        told.append({"platform": rule.key, "name": rule.name, "rules": entries})
    return {"own_file": book.own_file, "platforms": told}


def rules_text(book: RuleBook, platforms: Sequence[str] = ()) -> str:
    """Return the rules for a human: 70 cells wide, safe to print, no final newline.

    Raises:
        Problem: no such platform.
    """
    blocks = [_block(rule, book.own(rule.key)) for rule in _asked(book, platforms)]
    if book.own_file is not None:
        blocks.append(f"{OWN} from the project's {one_line(book.own_file)}")
    return "\n\n".join(blocks)


def _asked(book: RuleBook, platforms: Sequence[str]) -> list[Rules]:
    keys = platforms or book.platforms()
    return list({rule.key: rule for rule in map(book.rules, keys)}.values())


def _block(rule: Rules, own: frozenset[str]) -> str:
    lines = [f"{one_line(rule.name)}  ({rule.key})"]
    names = max((cells(name) for name in rule.why), default=0) + 2
    for name, why in rule.why.items():
        mark = f"{OWN} " if name in own else "  "
        head = f"{mark}{pad(name, names)}"
        told = wrapped(_value(why.value), WIDTH - cells(head)) or ["none"]
        lines.append(head + told[0])
        indent = " " * (names + 2)
        lines += [indent + more for more in told[1:]]
        said = f"{why.grade}, {one_line(why.as_of)}: {one_line(why.source)}"
        lines += [indent + line for line in wrapped(said, WIDTH - len(indent))]
    if not rule.why:
        lines.append("  no rule is known")
    return "\n".join(line.rstrip() for line in lines)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, (list, tuple)):
        numbers = [each for each in value if isinstance(each, (int, float))]
        if len(numbers) == 2 == len(value):
            return f"{_value(value[0])} to {_value(value[1])}"
        return ", ".join(_value(each) for each in value)
    return one_line(str(value))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
