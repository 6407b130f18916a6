"""The shape of a caption, and tells that are counts over it: sentence lengths, beats, bullets."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Span = tuple[int, int]

WORD = re.compile(r"(?<![\w#@])\w[\w'’-]*")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_EMOJI = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_BULLET = re.compile(rf"[ \t]*(?:[{_EMOJI}]|[0-9]\ufe0f?\u20e3)[\ufe0f\u200d{_EMOJI}]*[ \t]*\w")
_NUMBER = re.compile(r"[ \t]*(?:[0-9]{1,2}[.)]|[0-9]\ufe0f?\u20e3)[ \t]")
_ORNAMENT = re.compile(rf"[.!?…] ?[{_EMOJI}][\ufe0f\u200d{_EMOJI}]*(?=[ \t]*(?:\n|\Z))")
_ENDS_IN_EMOJI = re.compile(rf"[{_EMOJI}][\ufe0f\u200d \t{_EMOJI}]*\Z")
_YOU = frozenset({"you", "your", "yours", "you're", "you'd"})
_ASKS = frozenset(
    {"what", "which", "who", "whose", "where", "when", "how", "would", "do", "did", "have", "are"}
)
_EMOJI_NEXT = re.compile(rf"[ \t]?[{_EMOJI}][\ufe0f\u200d{_EMOJI}]*")
_DASH = re.compile("—")


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    Args:
        start: its first code point that is no white space.
        end: one past its last sign.
        first: the place of its first word in `Shape.words`.
        words: its words, tags not among them.
    """

    start: int
    end: int
    first: int
    words: list[str]


@dataclass(frozen=True)
class Shape:
    """A text taken apart.

    Args:
        text: the folded text.
        words: every word, tags not among them.
        starts: where each starts.
        sentences: those that have words.
    """

    text: str
    words: list[str]
    starts: list[int]
    sentences: list[Sentence]

    @classmethod
    def of(cls, low: str) -> Shape:
        """Take a folded text apart."""
        words: list[str] = []
        starts: list[int] = []
        for match in WORD.finditer(low):
            words.append(match[0])
            starts.append(match.start())
        sentences = []
        at = 0
        for match in _SENTENCE.finditer(low):
            start, end = match.span()
            after = bisect_left(starts, end, at)
            if after > at:
                while low[start].isspace():
                    start += 1
                sentences.append(Sentence(start, end, at, words[at:after]))
                at = after
        return cls(low, words, starts, sentences)


def _even(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """All sentences, if their lengths differ little: standard deviation over mean."""
    lengths = [len(one.words) for one in shape.sentences]
    if len(lengths) < limits["least"]:
        return []
    mean = sum(lengths) / len(lengths)
    spread = (sum((n - mean) ** 2 for n in lengths) / len(lengths)) ** 0.5 / mean
    if spread > limits["spread"]:
        return []
    return [(shape.sentences[0].start, shape.sentences[-1].end)]


def _runs(shape: Shape, fits: Callable[[Sentence], bool], least: float) -> list[Span]:
    found: list[Span] = []
    run: list[Sentence] = []
    for one in (*shape.sentences, None):
        if one is not None and fits(one):
            run.append(one)
            continue
        if len(run) >= least:
            found.append((run[0].start, run[-1].end))
        run = []
    return found


def _staccato(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    return _runs(shape, lambda one: len(one.words) <= limits["words"], limits["least"])


def _repeated(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """Runs of sentences with the same first word; two in a row need the same first two."""
    found: list[Span] = []
    run: list[Sentence] = []
    for one in (*shape.sentences, None):
        if run and one is not None and one.words[0] == run[0].words[0]:
            run.append(one)
            continue
        plain = bool(run) and run[0].words[0] in {"i", "the", "we", "it", "this", "my"}
        pair = len(run) >= limits["least"] and all(
            other.words[:2] == run[0].words[:2] and len(other.words) > 2 for other in run
        )
        if (len(run) >= 3 and not plain) or (pair and (not plain or len(run) >= 3)):
            found.append((run[0].start, run[-1].end))
        run = [one] if one is not None else []
    return found


def _paragraphs(shape: Shape) -> list[tuple[int, int, int, int]]:
    """Paragraphs as start, end, sentences, words."""
    made = []
    at = 0
    for match in _PARAGRAPH.finditer(shape.text):
        count = words = 0
        while at < len(shape.sentences) and shape.sentences[at].start < match.end():
            count += 1
            words += len(shape.sentences[at].words)
            at += 1
        if count:
            made.append((match.start(), match.end(), count, words))
    return made


def _beats(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    parts = _paragraphs(shape)
    short = all(n <= limits["sentences"] and w <= limits["words"] for _, _, n, w in parts)
    if len(parts) < limits["least"] or not short:
        return []
    return [(parts[0][0], parts[-1][1])]


def _punch(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """Paragraphs of one or two short sentences after the first, that end like statements."""
    parts = _paragraphs(shape)
    return [
        (start, end)
        for start, end, count, words in parts[1:]
        if count <= 2 and words <= limits["words"] and "." in shape.text[start:end]
    ]


def _exclaimed(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    loud = [one for one in shape.sentences if shape.text[one.end - 1] == "!"]
    if len(loud) < limits["least"] or len(loud) < limits["share"] * len(shape.sentences):
        return []
    return [(loud[0].start, loud[0].end)]


def _headline(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """The first sentence, or line, if it is short, ends in emoji and is not all there is."""
    if len(shape.sentences) < 2:
        return []
    line = _LINE.search(shape.text)
    first = shape.sentences[0]
    if line and len(WORD.findall(line[0])) <= limits["words"] and _ENDS_IN_EMOJI.search(line[0]):
        return [line.span()]
    after = _EMOJI_NEXT.match(shape.text, first.end)
    return [(first.start, after.end())] if after and len(first.words) <= limits["words"] else []


def _answered(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """Questions with their own answer, a short sentence, after them."""
    return [
        (one.start, other.end)
        for one, other in itertools.pairwise(shape.sentences)
        if shape.text[one.end - 1] == "?"
        and shape.text[other.end - 1] != "?"
        and len(other.words) <= limits["words"]
        and other is not shape.sentences[-1]
    ]


def _asked(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    """A question to the reader among the last sentences."""
    return [
        (one.start, one.end)
        for one in shape.sentences[-int(limits["last"]) :]
        if "?" in shape.text[one.end - 3 : one.end]
        and (one.words[0] in _ASKS or not _YOU.isdisjoint(one.words))
    ]


def _dashes(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    found = [match.span() for match in _DASH.finditer(shape.text)]
    return found if len(found) >= limits["least"] else []


def _listed(shape: Shape, bullet: re.Pattern[str], least: float) -> list[Span]:
    lines = [match for match in _LINE.finditer(shape.text) if bullet.match(match[0])]
    return [(lines[0].start(), lines[-1].end())] if len(lines) >= least else []


def _ornament(shape: Shape, limits: Mapping[str, float]) -> list[Span]:
    found = [match.span() for match in _ORNAMENT.finditer(shape.text)]
    return found if len(found) >= limits["least"] else []


MEASURES: Mapping[str, Callable[[Shape, Mapping[str, float]], list[Span]]] = {
    "even sentences": _even,
    "staccato": _staccato,
    "repeated start": _repeated,
    "beats": _beats,
    "punch": _punch,
    "exclaimed": _exclaimed,
    "headline": _headline,
    "self answer": _answered,
    "closing question": _asked,
    "em dashes": _dashes,
    "emoji bullets": lambda shape, limits: _listed(shape, _BULLET, limits["least"]),
    "numbered list": lambda shape, limits: _listed(shape, _NUMBER, limits["least"]),
    "ornament": _ornament,
}
