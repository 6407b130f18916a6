"""Safe zones: what each platform's own buttons and text leave free of a 9:16 frame.

The figures are data (`zones.toml`), each with its source, its date and how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from studio.platforms.rules import Grade, Rule
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FRAME = (1080, 1920)
SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True)
class Zone:
    """What one platform covers, in pixels of `FRAME` from each edge inwards.

    Attributes:
        key: the word for it in files ("tiktok").
        name: the name people use.
        top: pixels covered at the top; 0 where nothing is known to be.
        bottom: the same at the bottom.
        left: the same on the left.
        right: the same on the right.
        why: the source of each figure by the name of its side.
    """

    key: str
    name: str
    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    why: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def as_of(self) -> str:
        """The day the oldest of the figures was true, ISO 8601; empty without figures."""
        return min((rule.as_of for rule in self.why.values()), default="")

    @property
    def told(self) -> str:
        """Who gives the figures, and how sure they are, in one line."""
        said = dict.fromkeys(f"{rule.source}: {rule.grade}" for rule in self.why.values())
        return "; ".join(said)

    def free_of(self, size: tuple[int, int]) -> tuple[float, float, float, float]:
        """Return what is free of a picture in the frame, as fractions of the picture.

        A picture of another shape lies in the frame as wide as it is, centred; so what is
        covered above or below it lies outside the picture.

        Args:
            size: the picture's width and height.

        Returns:
            Left, upper, right and lower edge; below 0 or above 1 outside the picture.
        """
        wide, high = FRAME
        shown = size[1] * wide / size[0]  # the picture's height in the frame
        above = (high - shown) / 2
        return (
            self.left / wide,
            (self.top - above) / shown,
            1 - self.right / wide,
            (high - self.bottom - above) / shown,
        )


def zones() -> tuple[Zone, ...]:
    """Return the zones Studio brings."""
    return _shipped()


def zone(key: str, known: Sequence[Zone] | None = None) -> Zone:
    """Return one zone.

    Args:
        key: its key.
        known: the zones there are; None for those Studio brings.

    Raises:
        Problem: there is none of that key.
    """
    there = _shipped() if known is None else known
    for each in there:
        if each.key == key:
            return each
    names = ", ".join(each.key for each in there)
    raise Problem(key, "is not a known safe zone", f"Use one of {names}")


def parse(data: bytes, where: str, base: Sequence[Zone] = ()) -> tuple[Zone, ...]:
    """Read a file of zones.

    Args:
        data: TOML, a table per platform with `name` and, per side, a table of `value` (pixels of
            a frame of 1080×1920), `source`, `as_of` and `grade`; UTF-8, with or without a byte
            order mark.
        where: the file's name, for problems.
        base: zones to build on: what the file does not name stays as it is there.

    Returns:
        The zones, those of `base` first.

    Raises:
        Problem: not TOML, or a side is unknown, incomplete, or leaves nothing free.
    """
    import tomllib

    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        mend = "Mend it there, or remove the file to use the zones Studio brings"
        raise Problem(where, f"is not TOML: {error}", mend) from error
    made = {each.key: each for each in base}
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise Problem(where, f"{key} is not a table", f"Write it as [{key}.top]")
        made[key] = _zone(key, table, where, made.get(key))
    return tuple(made.values())


@cache
def _shipped() -> tuple[Zone, ...]:
    path = Path(__file__).with_name("zones.toml")
    return parse(path.read_bytes(), path.name)


def _zone(key: str, table: Mapping[str, object], where: str, base: Zone | None) -> Zone:
    why = dict(base.why) if base else {}
    name = base.name if base else key
    for side, entry in table.items():
        if side == "name" and isinstance(entry, str):
            name = entry
        elif side in SIDES:
            why[side] = _figure(f"[{key}.{side}]", entry, where)
        else:
            raise Problem(where, f"[{key}.{side}] is no side", f"Use name, {', '.join(SIDES)}")
    values = {side: rule.value for side, rule in why.items()}
    for one, other, most in (("top", "bottom", FRAME[1]), ("left", "right", FRAME[0])):
        if values.get(one, 0) + values.get(other, 0) >= most:
            mend = f"Give figures that are less than {most} together"
            raise Problem(where, f"[{key}] leaves nothing free between {one} and {other}", mend)
    return Zone(key, name, **values, why=MappingProxyType(why))


def _figure(label: str, entry: object, where: str) -> Rule:
    texts = ("source", "as_of", "grade")
    if not isinstance(entry, dict) or set(entry) != {"value", *texts}:
        mend = "Write value, source, as_of and grade, and no more"
        raise Problem(where, f"{label} is not whole", mend)
    value = entry["value"]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Problem(where, f"{label} has a value of the wrong kind", "Give pixels, 0 or more")
    if not all(isinstance(entry[name], str) and entry[name] for name in texts):
        raise Problem(where, f"{label} has no source, date or grade", "Write each as a text")
    if entry["grade"] not in get_args(Grade):
        raise Problem(
            where, f"{label} has no such grade", f"Use one of {', '.join(get_args(Grade))}"
        )
    return Rule(value, entry["source"], entry["as_of"], entry["grade"])
