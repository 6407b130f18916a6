"""The tells: what makes a caption read as written by a machine, as data (`tells.toml`).

Loaded once and kept. Phrases and patterns of a group become one expression, so that a text is
read once a group; it runs over text in lower case in which "’" is "'" (`folded`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS = (
    "vocabulary",
    "openers and closers",
    "contrast and triads",
    "rhythm",
    "punctuation and bullets",
)
_RULE_KEYS = {"id", "group", "weight", "source", "reason", "phrases", "patterns", "measure"}


@dataclass(frozen=True)
class Rule:
    """One tell.

    Args:
        id: its name, as spans carry it ("not-x-but-y").
        group: one of `GROUPS`.
        weight: points of one hit.
        reason: why it reads so, in plain words.
        source: who says so, and when.
        phrases: words it looks for; a final "*" takes every ending.
        patterns: expressions it looks for in folded text.
        measure: the count that speaks instead of words, "" if it is words.
        limits: the figures of that count.
    """

    id: str
    group: str
    weight: float
    reason: str
    source: str
    phrases: tuple[str, ...]
    patterns: tuple[str, ...]
    measure: str
    limits: Mapping[str, float]


@dataclass(frozen=True)
class Scale:
    """How hits become a score, and a score a flag.

    Args:
        flag: points per 100 words from which a text is flagged.
        least_rules: different rules that must have spoken.
        least_groups: different groups of those.
        floor_words: shorter texts are counted as this long.
        most_each: how many hits of one rule count.
        normal_least: past captions needed before habits are learnt.
        normal_share: share of past captions with a rule from which the rule is silent.
    """

    flag: float
    least_rules: int
    least_groups: int
    floor_words: int
    most_each: int
    normal_least: int
    normal_share: float


@dataclass(frozen=True)
class Tells:
    """All rules.

    Args:
        rules: by id, in the order of the file.
        scale: how they add up.
        finders: one expression per group; the name of the group that matched is "r" and the
            rule's place in `order`.
        order: the rules' ids.
    """

    rules: Mapping[str, Rule]
    scale: Scale
    finders: tuple[re.Pattern[str], ...]
    order: tuple[str, ...]

    def measured(self) -> tuple[Rule, ...]:
        """Return the rules that are counts, not words."""
        return tuple(rule for rule in self.rules.values() if rule.measure)


def folded(text: str) -> str:
    """Return the text as expressions see it: lower case, straight apostrophes, same length."""
    low = text.lower()
    if len(low) != len(text):  # "İ" grows by a code point; spans would slip
        low = "".join(one if len(one.lower()) != 1 else one.lower() for one in text)
    return low.replace("’", "'")


@cache
def tells() -> Tells:
    """Return the tells this version ships.

    Raises:
        ValueError: the file is at fault; the message names the rule.
    """
    import tomllib

    data = tomllib.loads((Path(__file__).with_name("tells.toml")).read_text(encoding="utf-8"))
    rules = {}
    for row in data["rules"]:
        rule = _rule(row, data["sources"])
        if rule.id in rules:
            raise ValueError(f"{rule.id}: there are two")
        rules[rule.id] = rule
    order = tuple(rules)
    finders = tuple(
        found
        for group in GROUPS
        if (found := _finder([rule for rule in rules.values() if rule.group == group], order))
    )
    return Tells(MappingProxyType(rules), Scale(**data["score"]), finders, order)


def _rule(row: dict[str, Any], sources: dict[str, str]) -> Rule:
    if row["group"] not in GROUPS or row["source"] not in sources:
        raise ValueError(f"{row['id']}: unknown group or source")
    if not row.get("reason") or not row["weight"] > 0:
        raise ValueError(f"{row['id']}: needs a reason and a weight")
    return Rule(
        id=row["id"],
        group=row["group"],
        weight=float(row["weight"]),
        reason=row["reason"],
        source=sources[row["source"]],
        phrases=tuple(row.get("phrases", ())),
        patterns=tuple(row.get("patterns", ())),
        measure=row.get("measure", ""),
        limits=MappingProxyType({k: v for k, v in row.items() if k not in _RULE_KEYS}),
    )


def _finder(rules: list[Rule], order: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = []
    for rule in rules:
        ways = list(rule.patterns)
        if rule.phrases:
            ways.append(rf"\b(?:{_tree(rule.phrases)})")
        if ways:
            parts.append(f"(?P<r{order.index(rule.id)}>{'|'.join(ways)})")
    return re.compile("|".join(parts)) if parts else None


def _tree(phrases: tuple[str, ...]) -> str:
    """Return phrases as one expression that branches by first letters, longest first."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        by_first.setdefault(phrase[0], []).append(phrase)
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(_ended(phrase[1:]) for phrase in these)})"
        for first, these in sorted(by_first.items())
    )


def _ended(phrase: str) -> str:
    if phrase.endswith("*"):
        return re.escape(phrase[:-1]) + r"\w{0,12}\b"
    return re.escape(phrase) + r"\b"
