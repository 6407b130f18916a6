"""Does it sound like a machine? A lint that shows where and why, and never what to write instead.

It scores density, not words: points of the rules in `tells.toml` per 100 words. It knows English
only. What is normal for one human is learnt from that human's own past captions (`normal`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.captions.rhythm import MEASURES, WORD, Shape
from studio.captions.tells import STEM, folded, tells

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

    from studio.captions.tells import Tells

UNIT = "points per 100 words"


@dataclass(frozen=True)
class Tell:
    """One place that reads like a machine.

    Args:
        rule: the rule's id.
        group: the rule's group.
        start: first code point.
        end: one past the last.
        reason: why, in plain words.
        source: who says so, and when.
    """

    rule: str
    group: str
    start: int
    end: int
    reason: str
    source: str


@dataclass(frozen=True)
class Normal:
    """What is normal for one human.

    Args:
        captions: how many past captions it was learnt from.
        share: part of those captions in which a rule spoke, by the rule's id.
        weight: what is left of a rule's weight, 0 to 1, by its id; 1 for rules not in it.
    """

    captions: int
    share: Mapping[str, float]
    weight: Mapping[str, float]


@dataclass(frozen=True)
class Lint:
    """What the lint found.

    Args:
        spans: the places, in the order of the text. Places of habits of the human are left out.
        score: points per 100 words, texts under `floor_words` counted as that long.
        flagged: whether it reads like a machine as a whole: the score reaches the limit and
            more than one rule spoke, one of them not a weak one.
        words: how many words were counted, hashtags and mentions not among them.
    """

    spans: tuple[Tell, ...]
    score: float
    flagged: bool
    words: int


def lint(text: str, *, normal: Normal | None = None) -> Lint:
    """Look for tells in a caption. Time is linear in its length.

    Args:
        text: the caption.
        normal: what is normal for its author, None for nobody in particular.
    """
    known = tells()
    scale = known.scale
    low = folded(text)
    shape = Shape.of(low)
    left = normal.weight if normal else {}
    spans = [tell for tell in _tells(low, shape) if left.get(tell.rule, 1.0) > 0]
    hits = Counter(tell.rule for tell in spans)
    points = sum(
        known.rules[rule].weight * left.get(rule, 1.0) * min(count, scale.most_each)
        for rule, count in hits.items()
    )
    words = len(shape.words)
    score = round(100 * points / max(words, scale.floor_words), 2)
    spans.sort(key=lambda tell: (tell.start, tell.end, tell.rule))
    strong = any(not known.rules[rule].weak for rule in hits)
    flagged = strong and len(hits) >= scale.least_rules and score >= scale.flag
    return Lint(tuple(spans), score, flagged, words)


def normal(past: Iterable[str]) -> Normal:
    """Learn what is normal for a human from captions they wrote.

    A rule that spoke in at least two of them weighs less the more of them it spoke in, and
    nothing from `normal_share` on. Fewer than `normal_least` captions teach nothing.
    """
    known = tells()
    seen: Counter[str] = Counter()
    captions = 0
    for text in past:
        if not WORD.search(text):
            continue
        captions += 1
        low = folded(text)
        seen.update({tell.rule for tell in _tells(low, Shape.of(low))})
    share = {rule: count / captions for rule, count in seen.items()}
    weight = {}
    if captions >= known.scale.normal_least:
        for rule, count in seen.items():
            if count >= 2:
                weight[rule] = max(0.0, 1 - share[rule] / known.scale.normal_share)
    return Normal(captions, MappingProxyType(share), MappingProxyType(weight))


def _tells(low: str, shape: Shape) -> list[Tell]:
    known = tells()
    found = _worded(shape, known)
    for signs in known.signs:
        for match in signs.finditer(low):
            if match.lastgroup is not None:
                found.append((known.order[int(match.lastgroup[1:])], *_trimmed(low, match)))
    for rule in known.measured:
        found += [(rule.id, *span) for span in MEASURES[rule.measure](shape, rule.limits)]
    made = []
    for name, start, end in found:
        rule = known.rules[name]
        made.append(Tell(name, rule.group, start, end, rule.reason, rule.source))
    return made


def _worded(shape: Shape, known: Tells) -> list[tuple[str, int, int]]:
    """Return what starts with a word; of one rule, nothing that lies in an earlier hit."""
    found: list[tuple[str, int, int]] = []
    past: dict[str, int] = {}
    firsts: set[int] | None = None
    ways_of, stems_of = known.words.get, known.stems.get
    for place, word in enumerate(shape.words):
        ways = ways_of(word)
        stems = stems_of(word[:STEM])
        if ways is None and stems is None:
            continue
        start = shape.starts[place]
        after = start + len(word)
        hits = [(name, at, after) for name, at, stem in stems or () if word.startswith(stem)]
        for name, at, then in ways or ():
            match = then.match(shape.text, after)
            if match:
                hits.append((name, at, match.end()))
        for name, at, end in hits:
            if at == "opening" and place:
                continue
            if at == "sentence":
                firsts = firsts or {one.first for one in shape.sentences}
                if place not in firsts:
                    continue
            if start >= past.get(name, 0):
                past[name] = end
                found.append((name, start, end))
    return found


def _trimmed(low: str, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span()
    while start < end and (low[start].isspace() or low[start] == ","):
        start += 1
    return start, end
