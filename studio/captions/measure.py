"""What a caption measures on one platform, and what that platform will say to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.captions.fold import cut
from studio.captions.graphemes import graphemes, snap
from studio.captions.tokens import tokens
from studio.captions.units import prefix, unit_length
from studio.platforms.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.captions.tokens import Token
    from studio.platforms.own import RuleBook
    from studio.platforms.rules import Rules

__all__ = ["Finding", "Measure", "Share", "binding", "measure", "unit_length"]

Level = Literal["note", "warn", "block"]


@dataclass(frozen=True)
class Finding:
    """One thing to know about a caption. It never says what to write instead.

    Args:
        level: "block": the platform refuses it; "warn": it may; "note": good to know.
        text: a sentence without its full stop. Made of words and figures only where it is ours;
            it may quote the caption, so show it through `studio.text`.
        rule: the field of `Rules` behind it, whose `why` has the source; "hidden" and "repeated"
            have none.
        start: where in the caption, in code points; None if it is about the whole.
        end: exclusive.
    """

    level: Level
    text: str
    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what one platform takes a text uses up.

    Args:
        platform: its key.
        name: what people call it.
        rule: the field of `Rules` nearest to its limit; None where no limit is known.
        used: in that rule's unit.
        limit: what the rule allows.
        share: `used` / `limit`, or 0 without a limit; above 1 the limit is broken.
        level: "block" or "warn" if a limit is broken, None if none is.
    """

    platform: str
    name: str
    rule: str | None
    used: int
    limit: int | None
    share: float
    level: Level | None


@dataclass(frozen=True)
class Measure:
    """The figures of one caption on one platform.

    Args:
        platform: its key.
        length: in `unit`, line ends and white space at the ends included.
        limit: the length above which there is a finding; None if not known.
        unit: what `length` counts.
        hashtags: in order.
        mentions: in order.
        links: in order.
        fold: code points that a phone shows before "more", None if it shows all or nobody knows.
        shown: the caption up to there.
        first_line: length of the first line that has text.
        graphemes: characters as a reader counts them.
        lines: lines; a line end at the very end adds none.
        findings: what is wrong first: blocks, warnings, notes.
    """

    platform: str
    length: int
    limit: int | None
    unit: str
    hashtags: tuple[Token, ...]
    mentions: tuple[Token, ...]
    links: tuple[Token, ...]
    fold: int | None
    shown: str
    first_line: int
    graphemes: int
    lines: int
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether the platform would refuse this caption."""
        return any(finding.level == "block" for finding in self.findings)


def measure(text: str, rules: Rules | str) -> Measure:
    """Measure a caption.

    Args:
        text: the caption as it will be pasted.
        rules: the platform's; its key for those Studio brings.

    Raises:
        Problem: no such platform.
    """
    rule = rules_of(rules)
    found = tokens(text, rule)
    length = unit_length(text, rule.unit)
    fold = cut(text, rule.fold, rule.fold_lines, rule.unit)
    hashtags = tuple(token for token in found if token.kind == "hashtag")
    mentions = tuple(token for token in found if token.kind == "mention")
    links = tuple(token for token in found if token.kind == "link")
    findings = [
        *_too_long(text, length, rule),
        *_too_many(hashtags, "hashtag", rule, warn=rule.hashtags_warn, block=rule.hashtags_block),
        *_too_many(mentions, "mention", rule, block=rule.mentions_max),
        *_too_many(links, "link", rule, block=rule.links_max),
        *_forbidden(text, rule),
        *_hidden(text),
        *_cut_tags(text, hashtags, rule),
        *_banned(hashtags, rule),
        *_repeated(hashtags),
    ]
    if links and rule.links_live is False:
        told = f"A link in a caption cannot be tapped on {rule.name}"
        findings.append(Finding("note", told, "links_live", links[0].start, links[0].end))
    findings.sort(key=lambda finding: _ORDER[finding.level])
    return Measure(
        platform=rule.key,
        length=length,
        limit=rule.caption_max,
        unit=rule.unit,
        hashtags=hashtags,
        mentions=mentions,
        links=links,
        fold=fold,
        shown=text if fold is None else text[:fold],
        first_line=unit_length(_LINE_END.split(text.lstrip(), maxsplit=1)[0].rstrip(), rule.unit),
        graphemes=len(graphemes(text)),
        lines=len(_LINE_END.findall(text)) + bool(text and text[-1] not in _LINE_ENDS),
        findings=tuple(findings),
    )


def binding(text_for: Mapping[str, str], book: RuleBook) -> list[Share]:
    """Tell which platform's limit a text comes up against first.

    Args:
        text_for: by platform, the text it would get: its own version or the base text.
        book: the rules that hold. Platforms it does not know are left out.

    Returns:
        One for each platform: broken limits that block, those that warn, then the rest, each by
        the share of its limit used, the most first.
    """
    made = []
    found: dict[tuple[str, str, bool], tuple[int, int, int]] = {}
    for key, text in text_for.items():
        rule = book.by_key.get(key)
        if rule is None:
            continue
        manner = (text, rule.hashtag_form, rule.links_live is not False)
        counts = found.get(manner)
        if counts is None:
            kinds = [token.kind for token in tokens(text, rule)]
            counts = kinds.count("hashtag"), kinds.count("mention"), kinds.count("link")
            found[manner] = counts
        made.append(_share(rule, text, *counts))
    order = {"block": 0, "warn": 1, None: 2}
    made.sort(key=lambda one: (order[one.level], -one.share))
    return made


def _share(rule: Rules, text: str, tags: int, mentions: int, links: int) -> Share:
    length = unit_length(text, rule.unit)
    asked = (
        ("caption_block", length, rule.caption_block, "block"),
        ("caption_max", length, rule.caption_max, "warn"),
        ("hashtags_block", tags, rule.hashtags_block, "block"),
        ("hashtags_warn", tags, rule.hashtags_warn, "warn"),
        ("mentions_max", mentions, rule.mentions_max, "block"),
        ("links_max", links, rule.links_max, "block"),
    )
    best = Share(rule.key, rule.name, None, length, None, 0.0, None)
    for name, used, limit, level in asked:
        if limit is None:
            continue
        share = used / limit if limit else float(used > 0) * (1.0 + used)
        broken: Level | None = level if used > limit else None  # type: ignore[assignment]
        weight = {"block": 2, "warn": 1, None: 0}
        if (weight[broken], share) > (weight[best.level], best.share) or best.rule is None:
            best = Share(rule.key, rule.name, name, used, limit, share, broken)
    return best


_ORDER = {"block": 0, "warn": 1, "note": 2}
_LINE_ENDS = "\n\r\u2028\u2029"
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
# Controls, bidi marks and overrides, separators, byte order mark, zero-width space, word joiner,
# soft hyphen. Not the joiners that emoji and Persian need, nor tab and line ends.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0001]"
)
# Of these, what steers a terminal or turns other text around, and nobody types.
_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNIT_WORDS = {
    "utf-16": "UTF-16 units",
    "code points": "code points",
    "utf-8": "bytes",
    "utf-16, emoji in utf-8": "units, emoji by their bytes",
}


def _too_long(text: str, length: int, rule: Rules) -> list[Finding]:
    block, most = rule.caption_block, rule.caption_max
    counted = _UNIT_WORDS[rule.unit]
    if block is not None and length > block:
        level: Level = "block"
        name, limit = "caption_block", block
        told = f"{length - block} too long: {length} of {block} {counted}"
    elif most is not None and length > most:
        level, name, limit = "warn", "caption_max", most
        told = f"{length - most} over {most} {counted}, which {rule.name} {_says(rule, name)}"
        if block is not None:
            told += f"; no source lets more than {block} pass"
    else:
        return []
    start = snap(text, prefix(text, limit, rule.unit))
    return [Finding(level, told, name, start, len(text))]


def _too_many(
    found: tuple[Token, ...],
    word: str,
    rule: Rules,
    *,
    warn: int | None = None,
    block: int | None = None,
) -> list[Finding]:
    level: Level
    if block is not None and len(found) > block:
        level, limit, name = "block", block, _COUNT_RULES[word][1]
        told = f"{len(found)} {word}s; {rule.name} refuses more than {block}"
    elif warn is not None and len(found) > warn:
        level, limit, name = "warn", warn, _COUNT_RULES[word][0]
        told = f"{len(found)} {word}s; {rule.name} {_says(rule, name)} {warn}"
    else:
        return []
    return [Finding(level, told, name, found[limit].start, found[-1].end)]


# The names of the rules that warn and that block.
_COUNT_RULES = {
    "hashtag": ("hashtags_warn", "hashtags_block"),
    "mention": ("mentions_max", "mentions_max"),
    "link": ("links_max", "links_max"),
}


def _says(rule: Rules, name: str) -> str:
    source = rule.why.get(name)
    return "takes" if source is None or source.grade == "official" else "is said to take"


def _forbidden(text: str, rule: Rules) -> list[Finding]:
    places = [text.find(character) for character in rule.forbidden]
    at = min((place for place in places if place >= 0), default=None)
    if at is None:
        return []
    told = f"{rule.name} refuses {text[at]} in a caption"
    return [Finding("block", told, "forbidden", at, at + 1)]


def _hidden(text: str) -> list[Finding]:
    found = _HIDDEN.findall(text)
    if not found:
        return []
    level: Level = "warn" if any(_STEERS.match(character) for character in found) else "note"
    first = text.index(found[0])
    names = ", ".join(sorted({f"U+{ord(character):04X}" for character in found})[:3])
    more = " and others" if len(set(found)) > 3 else ""
    what = "1 character" if len(found) == 1 else f"{len(found)} characters"
    told = f"{what} that cannot be seen: {names}{more}"
    return [Finding(level, told, "hidden", first, first + 1)]


def _cut_tags(text: str, hashtags: tuple[Token, ...], rule: Rules) -> list[Finding]:
    """Tell of tags that end earlier than the hand that wrote them meant: #mum's, #80s-kid."""
    if rule.hashtag_form != "word":
        return []
    made = []
    for tag in hashtags:
        after = text[tag.end : tag.end + 2]
        if len(after) == 2 and after[0] in "-'’." and after[1].isalnum():
            told = f"The hashtag ends before {after[0]}: {tag.text}"
            made.append(Finding("note", told, "hashtag_form", tag.start, tag.end))
    return made


def _banned(hashtags: tuple[Token, ...], rule: Rules) -> list[Finding]:
    if not rule.banned_tags:
        return []
    banned = {tag.removeprefix("#").casefold() for tag in rule.banned_tags}
    return [
        Finding("warn", f"The hashtag {tag.text} is banned", "banned_tags", tag.start, tag.end)
        for tag in hashtags
        if tag.text[1:].casefold() in banned
    ]


def _repeated(hashtags: tuple[Token, ...]) -> list[Finding]:
    seen: set[str] = set()
    made = []
    for tag in hashtags:
        key = tag.text.casefold()
        if key in seen:
            told = f"The hashtag {tag.text} is there twice"
            made.append(Finding("note", told, "repeated", tag.start, tag.end))
        seen.add(key)
    return made
