"""The verb `studio count`: what a caption file measures, as data and as words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from studio.captions.files import decode, split_path
from studio.captions.measure import measure
from studio.platforms.own import RuleBook
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.captions.measure import Measure
    from studio.platforms.rules import Rules

_MARKS = {"block": "✗", "warn": "!", "note": "·"}


def count(
    data: bytes,
    platform: str | Iterable[str] | None,
    where: str,
    book: RuleBook | None = None,
) -> tuple[Measure, ...]:
    """Measure a caption file.

    Args:
        data: the file's bytes. A byte order mark is not counted and each line end counts once.
        platform: one key, several, or None: the platform the file's name says
            (`xmas.tiktok.md`), else every known one.
        where: the file's name.
        book: the project's rules; None for those Studio brings.

    Raises:
        Problem: the file is not UTF-8, or no such platform.
    """
    text = decode(data)
    if text.problem is not None:
        raise Problem(where, text.problem, "Save it as UTF-8 in the program that wrote it")
    book = RuleBook() if book is None else book
    if platform is None:
        own = split_path(where, known=book.platforms())[1]
        keys = book.platforms() if own is None else (own,)
    else:
        keys = (platform,) if isinstance(platform, str) else tuple(platform)
    return tuple(measure(text.text, book.rules(key)) for key in keys)


def count_json(
    data: bytes,
    platform: str | Iterable[str] | None,
    where: str,
    book: RuleBook | None = None,
) -> dict[str, Any]:
    """Return the measures of a caption file for a machine: `count`, as JSON-ready values.

    The text in it is raw. Write it with `json.dumps` and its `ensure_ascii`, or pass it through
    `studio.text` before a human sees it.

    Returns:
        `file`, `blocked` (on any of the platforms: the verb then exits with 1), and `platforms`,
        a list of `platform`, `name`, `length`, `limit`, `unit`, `graphemes`, `lines`,
        `first_line`, `fold`, `shown`, `hashtags`, `hashtags_limit`, `mentions`,
        `mentions_limit`, `links` (each token with `start`, `end`, `text`), `blocked` and
        `findings` (each with `level`, `text`, `rule`, `start`, `end`, and of its rule `source`,
        `as_of` and `grade`). Places are code points, lengths are in `unit`.

    Raises:
        Problem: as `count`.
    """
    book = RuleBook() if book is None else book
    measures = count(data, platform, where, book)
    return {
        "file": where,
        "blocked": any(one.blocked for one in measures),
        "platforms": [_as_json(one, book.rules(one.platform)) for one in measures],
    }


def count_text(
    data: bytes,
    platform: str | Iterable[str] | None,
    where: str,
    book: RuleBook | None = None,
) -> str:
    """Return the measures of a caption file for a human: `count`, safe to print, no final newline.

    Raises:
        Problem: as `count`.
    """
    book = RuleBook() if book is None else book
    measures = count(data, platform, where, book)
    blocks = [_heading(where, measures)]
    blocks += ["\n".join(_as_lines(one, book.rules(one.platform))) for one in measures]
    return "\n\n".join(blocks)


def exit_code(report: dict[str, Any]) -> int:
    """Return what `studio count` exits with: 1 if a platform measured would refuse it, else 0.

    Args:
        report: what `count_json` gave. A `Problem` instead of a report exits as the door says.
    """
    return 1 if report["blocked"] else 0


def _heading(where: str, measures: tuple[Measure, ...]) -> str:
    if not measures:
        return one_line(where)
    first = measures[0]
    size = f"{_plural(first.graphemes, 'character')}, {_plural(first.lines, 'line')}"
    return f"{one_line(where)}  {size}"


def _as_lines(one: Measure, rule: Rules) -> list[str]:
    figures = [
        f"{one.length}/{one.limit}" if one.limit is not None else str(one.length),
        f"#{_of(len(one.hashtags), _tag_limit(rule))}",
        f"@{_of(len(one.mentions), rule.mentions_max)}",
        _plural(len(one.links), "link"),
        f"first line {one.first_line}",
    ]
    lines = [f"{rule.name}  {'  '.join(figures)}"]
    if one.fold is not None:
        lines.append(f"  shown before “more”: {display(one.shown, newlines=True)}…")
    lines += [
        f"  {_MARKS[finding.level]} {display(finding.text)}{_source(rule, finding.rule)}"
        for finding in one.findings
    ]
    return [line.replace("\n", "\n    ") for line in lines]


def _source(rule: Rules, name: str) -> str:
    why = rule.why.get(name)
    return f" [{why.grade}, {why.as_of}]" if why else ""


def _tag_limit(rule: Rules) -> int | None:
    return rule.hashtags_warn if rule.hashtags_warn is not None else rule.hashtags_block


def _of(number: int, limit: int | None) -> str:
    return str(number) if limit is None else f"{number}/{limit}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _as_json(one: Measure, rule: Rules) -> dict[str, Any]:
    made = {"platform": one.platform, "name": rule.name, **asdict(one), "blocked": one.blocked}
    for kind in ("hashtags", "mentions", "links"):
        made[kind] = [
            {"text": token.text, "start": token.start, "end": token.end}
            for token in getattr(one, kind)
        ]
    made["hashtags_limit"] = _tag_limit(rule)
    made["mentions_limit"] = rule.mentions_max
    made["findings"] = []
    for finding in one.findings:
        why = rule.why.get(finding.rule)
        sources = {"source": why.source, "as_of": why.as_of, "grade": why.grade} if why else {}
        made["findings"].append({**asdict(finding), **sources})
    return made
