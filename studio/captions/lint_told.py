"""The verb `studio lint`: what reads like a machine in a caption file, as data and as words.

Neither says what to write instead.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from studio.captions.files import decode
from studio.captions.lint import UNIT, lint
from studio.captions.tells import tells
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.captions.lint import Lint, Normal, Tell

_SHOWN = 60  # code points of a place that the words show


@dataclass(frozen=True)
class Linted:
    """A caption file and what the lint found in it.

    Args:
        where: the file's name.
        text: its text, line ends as line feeds, without a byte order mark.
        found: what the lint found; its places are code points of `text`.
    """

    where: str
    text: str
    found: Lint


def lint_file(data: bytes, where: str, *, normal: Normal | None = None) -> Linted:
    """Lint a caption file.

    Args:
        data: the file's bytes.
        where: the file's name.
        normal: what is normal for its author.

    Raises:
        Problem: the file is not UTF-8.
    """
    text = decode(data)
    if text.problem is not None:
        raise Problem(where, text.problem, "Save it as UTF-8 in the program that wrote it")
    return Linted(where, text.text, lint(text.text, normal=normal))


def as_json(files: Sequence[Linted]) -> dict[str, Any]:
    """Return what was found for a machine. The text in it is raw.

    Returns:
        `flagged` (any file), `unit`, `limit` (of a score), and `files`: each with `file`,
        `flagged`, `score`, `words` and `spans`, each with `rule`, `group`, `start`, `end` (code
        points), `line` (from 1), `text`, `reason` and `source`.
    """
    return {
        "flagged": any(one.found.flagged for one in files),
        "unit": UNIT,
        "limit": tells().scale.flag,
        "files": [
            {
                "file": one.where,
                "flagged": one.found.flagged,
                "score": one.found.score,
                "words": one.found.words,
                "spans": [
                    {
                        **asdict(tell),
                        "line": _line(one.text, tell),
                        "text": one.text[tell.start : tell.end],
                    }
                    for tell in one.found.spans
                ],
            }
            for one in files
        ],
    }


def as_words(files: Sequence[Linted]) -> str:
    """Return what was found for a human, safe to print, no final newline."""
    return "\n\n".join("\n".join(_lines(one)) for one in files)


def exit_code(files: Sequence[Linted]) -> int:
    """Return what `studio lint` exits with: 1 if a file is flagged, else 0."""
    return 1 if any(one.found.flagged for one in files) else 0


def _lines(one: Linted) -> list[str]:
    found = one.found
    verdict = "reads like a machine" if found.flagged else "not flagged"
    words = "1 word" if found.words == 1 else f"{found.words:,} words"
    limit = tells().scale.flag
    score = f"{found.score:.1f} {UNIT}, flagged from {limit:g}"
    made = [f"{one_line(one.where)}  {verdict}  {words}, {score}"]
    for tell in found.spans:
        text = one.text[tell.start : tell.end]
        if len(text) > _SHOWN:
            text = f"{text[: _SHOWN - 1]}…"
        made.append(f"  line {_line(one.text, tell)}: “{one_line(text)}”: {display(tell.reason)}")
        made.append(f"    {tell.rule} ({tell.group}) [{display(tell.source)}]")
    return made


def _line(text: str, tell: Tell) -> int:
    return text.count("\n", 0, tell.start) + 1
