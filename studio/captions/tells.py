"""The tells: what makes a caption read as written by a machine, as data (`tells.toml`).

Loaded once and kept. Words are looked up by the word they start with, so that a text is read once
however many phrases there are; what starts with a sign is one expression per group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GROUPS = (
    "vocabulary",
    "openers and closers",
    "contrast and triads",
    "rhythm",
    "punctuation and bullets",
)
STEM = 4  # letters by which phrases with a free ending are looked up
_KEYS = {"id", "group", "weight", "source", "reason", "at", "weak"}
_KEYS |= {"phrases", "forms", "patterns", "measure"}
_PLACES = ("", "opening", "sentence")


@dataclass(frozen=True)
class Rule:
    """One tell.

    Args:
        id: its name, as spans carry it ("not-x-but-y").
        group: one of `GROUPS`.
        weight: points of one hit.
        reason: why it reads so, in plain words.
        source: who says so, and when.
        at: "opening": only where the caption starts; "sentence": only where a sentence does.
        weak: adds points, but a caption needs another rule to be flagged.
        phrases: words it looks for; a final "*" takes every ending.
        forms: first words, and the expression that must follow one of them.
        patterns: expressions that start with a sign.
        measure: the count that speaks instead of words, "" if it is words.
        limits: the figures of that count.
    """

    id: str
    group: str
    weight: float
    reason: str
    source: str
    at: str
    weak: bool
    phrases: tuple[str, ...]
    forms: tuple[tuple[tuple[str, ...], str], ...]
    patterns: tuple[str, ...]
    measure: str
    limits: Mapping[str, float]


@dataclass(frozen=True)
class Scale:
    """How hits become a score, and a score a flag.

    Args:
        flag: points per 100 words from which a text is flagged.
        least_rules: different rules that must have spoken.
        floor_words: shorter texts are counted as this long.
        most_each: how many hits of one rule count.
        normal_least: past captions needed before habits are learnt.
        normal_share: share of past captions with a rule from which the rule is silent.
    """

    flag: float
    least_rules: int
    floor_words: int
    most_each: int
    normal_least: int
    normal_share: float


Way = tuple[str, str, "re.Pattern[str]"]
"""A rule's id, where it looks (`Rule.at`), and what must follow the first word."""


@dataclass(frozen=True)
class Tells:
    """All rules.

    Args:
        rules: by id, in the order of the file.
        scale: how they add up.
        words: by the first word, what may follow it.
        stems: by the first `STEM` letters: a rule's id, where it looks, the letters a word must
            start with.
        signs: one expression per group for what starts with no word; the name of the group that
            matched is "r" and the rule's place in `order`.
        order: the rules' ids.
        measured: the rules that are counts.
    """

    rules: Mapping[str, Rule]
    scale: Scale
    words: Mapping[str, tuple[Way, ...]]
    stems: Mapping[str, tuple[tuple[str, str, str], ...]]
    signs: tuple[re.Pattern[str], ...]
    order: tuple[str, ...]
    measured: tuple[Rule, ...]


def folded(text: str) -> str:
    """Return the text as rules see it: lower case, straight apostrophes, same length."""
    low = text.lower()
    if len(low) != len(text):  # "İ" grows by a code point; spans would slip
        low = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return low.replace("’", "'")


@cache
def tells() -> Tells:
    """Return the tells this version ships.

    Raises:
        ValueError: the file is at fault; the message names the rule.
    """
    import tomllib

    data = tomllib.loads(Path(__file__).with_name("tells.toml").read_text(encoding="utf-8"))
    rules: dict[str, Rule] = {}
    for row in data["rules"]:
        rule = _rule(row, data["sources"])
        if rule.id in rules:
            raise ValueError(f"{rule.id}: there are two")
        rules[rule.id] = rule
    order = tuple(rules)
    signs = [_signs([rule for rule in rules.values() if rule.group == name], order)
             for name in GROUPS]  # fmt: skip
    return Tells(
        rules=MappingProxyType(rules),
        scale=Scale(**data["score"]),
        words=_words(rules.values()),
        stems=_stems(rules.values()),
        signs=tuple(sign for sign in signs if sign is not None),
        order=order,
        measured=tuple(rule for rule in rules.values() if rule.measure),
    )


def _rule(row: dict[str, Any], sources: dict[str, str]) -> Rule:
    at = row.get("at", "")
    if row["group"] not in GROUPS or row["source"] not in sources or at not in _PLACES:
        raise ValueError(f"{row['id']}: unknown group, source or place")
    if not row.get("reason") or not row["weight"] > 0:
        raise ValueError(f"{row['id']}: needs a reason and a weight")
    return Rule(
        id=row["id"],
        group=row["group"],
        weight=float(row["weight"]),
        reason=row["reason"],
        source=sources[row["source"]],
        at=at,
        weak=row.get("weak", False),
        phrases=tuple(row.get("phrases", ())),
        forms=tuple((tuple(form["first"].split()), form["then"]) for form in row.get("forms", ())),
        patterns=tuple(row.get("patterns", ())),
        measure=row.get("measure", ""),
        limits=MappingProxyType({k: v for k, v in row.items() if k not in _KEYS}),
    )


def _words(rules: Iterable[Rule]) -> Mapping[str, tuple[Way, ...]]:
    """Return what may follow each first word: the phrases of a rule as one expression."""
    found: dict[str, list[Way]] = {}
    for rule in rules:
        rests: dict[str, list[str]] = {}
        for phrase in rule.phrases:
            if not phrase.endswith("*"):
                first, space, rest = phrase.partition(" ")
                rests.setdefault(first, []).append(space + rest)
        for first, ends in rests.items():
            longest = sorted(ends, key=len, reverse=True)
            ways = "|".join(re.escape(end) for end in longest)
            found.setdefault(first, []).append((rule.id, rule.at, re.compile(rf"(?:{ways})\b")))
        for firsts, then in rule.forms:
            for first in firsts:
                found.setdefault(first, []).append((rule.id, rule.at, re.compile(then)))
    return MappingProxyType({first: tuple(ways) for first, ways in found.items()})


def _stems(rules: Iterable[Rule]) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for rule in rules:
        for phrase in rule.phrases:
            if phrase.endswith("*"):
                stem = phrase[:-1]
                if " " in stem or len(stem) < STEM:
                    raise ValueError(f"{rule.id}: {phrase} is too short or more than a word")
                found.setdefault(stem[:STEM], []).append((rule.id, rule.at, stem))
    return MappingProxyType({stem: tuple(ways) for stem, ways in found.items()})


def _signs(rules: list[Rule], order: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = [
        f"(?P<r{order.index(rule.id)}>{'|'.join(rule.patterns)})" for rule in rules if rule.patterns
    ]
    return re.compile("|".join(parts)) if parts else None
