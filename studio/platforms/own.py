"""A project's own rules: `platforms.toml` beside `studio.toml`, laid over those Studio brings.

It has the form of `rules.toml`, and only what is different:

    [tiktok.caption_max]
    value = 4000
    source = "what my phone takes"
    as_of = 2026-11-20
    grade = "general"

    [bluesky]
    name = "Bluesky"

A platform Studio does not know needs a name. A file that cannot be used changes nothing: the rules
Studio brings hold, and `RuleBook.problem` says what is wrong with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.platforms.rules import Rules, parse, shipped
from studio.problem import Problem
from studio.project.version import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.project.store import Store

FILE = "platforms.toml"

LIMIT = 256 << 10
"""The most bytes a project's rules may have."""

RESERVED = frozenset({"comment"})
"""Words that mean something else in a caption's file name, where a platform's key stands."""

_KEY = re.compile("[a-z][a-z0-9]{0,31}")
_MOST = 50  # platforms
_PAIRS = (("caption_max", "caption_block"), ("hashtags_warn", "hashtags_block"))


@dataclass(frozen=True)
class RuleBook:
    """The rules that hold for one project.

    Args:
        by_key: the rules of every platform, the most used first.
        own_file: the name of the project's own file where it has one that can be used.
        problem: what is wrong with that file, when it cannot be used.
    """

    by_key: Mapping[str, Rules] = field(default_factory=shipped)
    own_file: str | None = None
    problem: Problem | None = None

    def platforms(self) -> tuple[str, ...]:
        """Return the keys of the known platforms: those Studio brings, then the project's own."""
        return tuple(self.by_key)

    def rules(self, platform: str) -> Rules:
        """Return the rules of one platform.

        Args:
            platform: its key; case and surrounding white space do not matter.

        Raises:
            Problem: no such platform; names the known ones.
        """
        found = self.by_key.get(platform) or self.by_key.get(platform.strip().casefold())
        if found is None:
            known = ", ".join(self.by_key)
            raise Problem(platform, "is not a known platform", f"Use one of {known}")
        return found

    def own(self, platform: str) -> frozenset[str]:
        """Return the names of the rules of a platform that the project's own file gives.

        Raises:
            Problem: no such platform.
        """
        found = self.rules(platform)
        brought = shipped().get(found.key)
        before = brought.why if brought is not None else {}
        return frozenset(name for name, why in found.why.items() if before.get(name) is not why)


def make_book(data: bytes | None, where: str = FILE) -> RuleBook:
    """Return the rules of a project.

    Args:
        data: its `platforms.toml`; None when it has none.
        where: the file's name, for the problem.

    Returns:
        What holds; with a `problem`, the rules Studio brings.
    """
    if data is None:
        return RuleBook()
    try:
        return RuleBook(MappingProxyType(_read(data, where)), where)
    except Problem as problem:
        return RuleBook(problem=problem)


def read_book(store: Store) -> RuleBook:
    """Return the rules of the project whose text files these are; reads its file, never fails."""
    try:
        if store.version(FILE) == ABSENT:
            return RuleBook()
        if store.size(FILE) > LIMIT:
            raise _too_large(FILE)
        data, _ = store.read(FILE)
    except Problem as problem:
        return RuleBook(problem=problem)
    return make_book(data)


def _read(data: bytes, where: str) -> dict[str, Rules]:
    if len(data) > LIMIT:
        raise _too_large(where)
    base = shipped()
    made = parse(data, where, base)
    if len(made) > len(base) + _MOST:
        raise Problem(where, f"names more than {_MOST} platforms", "Keep those you post on")
    for key, rule in made.items():
        if key not in base:
            _check_new(key, rule, where)
        for warn, block in _PAIRS:
            least, most = getattr(rule, warn), getattr(rule, block)
            if least is not None and most is not None and least > most:
                what = f"[{key}.{warn}] is {least}, above [{key}.{block}], which is {most}"
                raise Problem(where, what, f"Write [{key}.{block}] too")
    return made


def _check_new(key: str, rule: Rules, where: str) -> None:
    if key in RESERVED or not _KEY.fullmatch(key):
        known = ", ".join(shipped())
        mend = f"Use small letters and digits, or one of {known}"
        raise Problem(where, f"[{key}] cannot be a platform's key", mend)
    if not rule.name.strip() or rule.name == key:
        raise Problem(where, f"[{key}] is a new platform without a name", 'Write name = "…" in it')


def _too_large(where: str) -> Problem:
    return Problem(where, f"has more than {LIMIT >> 10} KiB", "Keep only the rules in it")
