"""From how many followers on a platform tells a figure of the account.

The figures are data (`thresholds.toml`), each with its source, its date and how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from studio.platforms.rules import Grade
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = ("figure", "source", "as_of", "grade")


@dataclass(frozen=True)
class Threshold:
    """One figure that a platform keeps back from small accounts.

    Attributes:
        platform: "instagram", "tiktok", …
        figure: what it is, for people: "age and gender of followers".
        unlocks: the tables an export has once it is told; see `thresholds.toml`.
        needs: the followers it appears at.
        source: who says so.
        as_of: the day that was so, ISO 8601.
        grade: how sure it is.
    """

    platform: str
    figure: str
    unlocks: tuple[str, ...]
    needs: int
    source: str
    as_of: str
    grade: Grade


def thresholds(platform: str) -> tuple[Threshold, ...]:
    """Return what is known of one platform; nothing for one that is not known."""
    return tuple(each for each in _shipped() if each.platform == platform)


def parse(data: bytes, where: str) -> tuple[Threshold, ...]:
    """Read a file of thresholds.

    Args:
        data: TOML, for each platform a list of tables with `figure`, `unlocks`, `needs`,
            `source`, `as_of` and `grade`.
        where: the file's name, for problems.

    Raises:
        Problem: not TOML, or a threshold is not whole.
    """
    import tomllib

    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Problem(where, f"is not TOML: {error}", "Mend it in a text editor") from error
    found = []
    for platform, entries in tables.items():
        if not isinstance(entries, list):
            raise Problem(where, f"{platform} is not a list", f"Write [[{platform}]] for each")
        found += [
            _threshold(platform, entry, where, number) for number, entry in enumerate(entries, 1)
        ]
    return tuple(found)


@cache
def _shipped() -> tuple[Threshold, ...]:
    path = Path(__file__).with_name("thresholds.toml")
    return parse(path.read_bytes(), path.name)


def _threshold(platform: str, entry: Mapping[str, object], where: str, number: int) -> Threshold:
    label = f"[[{platform}]] number {number}"
    if set(entry) != {"unlocks", "needs", *_TEXTS}:
        mend = "Write figure, unlocks, needs, source, as_of and grade, and no more"
        raise Problem(where, f"{label} is not whole", mend)
    needs, unlocks = entry["needs"], entry["unlocks"]
    if not isinstance(needs, int) or isinstance(needs, bool) or needs < 0:
        raise Problem(where, f"{label}: needs is not a number of followers", "Write needs = 100")
    if not isinstance(unlocks, list) or not all(isinstance(name, str) for name in unlocks):
        raise Problem(where, f"{label}: unlocks is no list of names", 'Write unlocks = ["age"]')
    texts = [entry[name] for name in _TEXTS]
    if not all(isinstance(text, str) and text for text in texts):
        raise Problem(where, f"{label} has no source, date or grade", "Write each as a text")
    figure, source, as_of, grade = (str(text) for text in texts)
    if grade not in get_args(Grade):
        use = f"Use one of {', '.join(get_args(Grade))}"
        raise Problem(where, f"{label} has no such grade", use)
    return Threshold(platform, figure, tuple(unlocks), needs, source, as_of, grade)  # type: ignore[arg-type]
