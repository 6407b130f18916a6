"""One line of figures as a human types it: in order, or with labels; "1.2k" and "-" too."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from studio.stats.readers.numbers import LARGEST

ORDER = ("views", "likes", "comments", "saves", "shares", "follows")
"""What plain numbers mean, in this order: as Instagram's insights list them from the top."""

MAX_LINE = 500
"""Characters that are read; six figures with labels have fewer than 100."""

_WORDS = """
views v view plays play aufrufe wiedergaben vues visualizaciones reproducciones просмотры
reach r re reached reichweite alcance couverture охват
likes l like hearts heart favorited curtidas лайки ♥ ❤
comments c com comment kommentare commentaires comentarios комментарии
saves s sa sv save saved bookmarks bookmark favorites favourites gespeichert salvos
shares sh share shared sends geteilt partages
follows f fo follow follower followers followed neue abonnements подписки
instagram ig insta
tiktok tt
youtube yt
facebook fb
"""
_LABELS = {word: line.split()[0] for line in _WORDS.strip().split("\n") for word in line.split()}
_PLATFORMS = frozenset({"instagram", "tiktok", "youtube", "facebook"})
_FILLER = frozenset({"accounts", "new", "total", "and", "post", "video"})

_TIMES = {
    "k": 1_000,
    "к": 1_000,
    "m": 1_000_000,
    "м": 1_000_000,
    "тыс": 1_000,
    "тис": 1_000,
    "tsd": 1_000,
    "tys": 1_000,
    "mil": 1_000,
    "mila": 1_000,
    "mio": 1_000_000,
    "mln": 1_000_000,
    "млн": 1_000_000,
    "mi": 1_000_000,
    "천": 1_000,
    "万": 10_000,
    "만": 10_000,
}
"""What the apps write behind a rounded count, by language (CLDR's short decimal formats)."""

_THIN = "\u00a0\u2009\u202f"
_GROUPS = rf"\d{{1,3}}(?:(?P<group>[.,'’{_THIN}])\d{{3}})(?:(?P=group)\d{{3}})*"
_TOKEN = re.compile(
    rf"(?P<number>{_GROUPS}|\d+(?:[.,]\d+)?)"
    r"(?:\s?(?P<times>tsd|tys|тыс|тис|mila|mil|mio|mln|млн|mi|[kKкКmMмМ천万만])\.?(?!\w))?"
    r"|(?P<none>(?<!\S)[-–—?]+(?!\S)|\?)"
    r"|(?P<below>(?<!\w)[-−–]\d[\d.,]*)"
    r"|(?P<word>[^\W\d_]+|[♥❤])\.?"
    r"|(?P<mark>[\s,;:=|/·•\ufe0f]+)"
    r"|(?P<odd>\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Typed:
    """What a line says.

    Attributes:
        figures: what was understood, by name; None for "-" and "?", which say "not known". What
            the line does not speak of is not in it.
        rounded: the figures that were typed rounded, as "1.2k".
        odd: what was not understood, each a few words with their reason.
        doubts: what was understood and hardly can be so, for a second look.
        platform: the platform the line begins with or names; "".
    """

    figures: dict[str, int | None] = field(default_factory=dict)
    rounded: frozenset[str] = frozenset()
    odd: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    platform: str = ""

    @property
    def told(self) -> bool:
        """Whether the line has at least one figure."""
        return any(value is not None for value in self.figures.values())

    def figure(self, name: str) -> int | None:
        """Return one figure, None when it is not known or not spoken of."""
        return self.figures.get(name)


@dataclass(frozen=True)
class _Token:
    kind: Literal["number", "label", "pair"]
    text: str
    value: int | None = None
    label: str = ""
    rounded: bool = False
    dash: bool = False
    wrong: str = ""  # why the number has no value; it still has its place in the line


def parse_line(text: str) -> Typed:
    """Read one line of figures.

    "1204 88 3 12 4 2" is views, likes, comments, saves, shares, follows; fewer numbers are the
    first of them. With labels the order is free and a label may stand on either side: "views
    1,204 likes 88", "1.2k views, 88 likes", "v1204 l88 c3 s12 sh4 f2". Numbers before the first
    label still go by the order. Thousands may be marked: "1,204", "1.204", "1 204"; a plain space
    only joins where that alone makes sense. "-" and "?" mean not known, never 0.
    """
    tokens, odd, platform = _tokens(text[:MAX_LINE])
    tokens = _joined(tokens)
    best = _assigned(tokens)
    if best[1]:  # "views - 1204": a dash that stands for nothing
        other = _assigned(_without_dashes(tokens))
        best = min(best, other, key=lambda one: len(one[1]))
    pairs, left = best
    figures: dict[str, int | None] = {}
    rounded: set[str] = set()
    for label, token in pairs:
        if token.wrong:
            continue
        if label in figures:
            left.append(f"{label} is told twice, “{token.text}” is left out")
            continue
        figures[label] = token.value
        if token.rounded:
            rounded.add(label)
    for token in [token for token in tokens if token.wrong]:
        odd.append(f"“{token.text[:24]}” {token.wrong}")
    return Typed(figures, frozenset(rounded), (*odd, *left), _doubts(figures), platform)


def _tokens(text: str) -> tuple[list[_Token], list[str], str]:
    tokens: list[_Token] = []
    odd: list[str] = []
    platform = ""
    end_of_last = -1  # where the last number or label ended, to see what is glued to it
    for found in _TOKEN.finditer(unicodedata.normalize("NFKC", _kept_thin(text))):
        part = found[0].strip()
        if found["mark"]:
            continue
        glued = end_of_last == found.start() and bool(tokens)
        if found["none"]:
            tokens.append(_Token("number", part, dash=part != "?"))
        elif found["number"]:
            token = _number(part, found["number"], found["times"] or "")
            if glued and tokens[-1].kind == "label":
                tokens[-1] = _pair(tokens[-1], token)
            else:
                tokens.append(token)
            end_of_last = found.end()
        elif found["word"]:
            word = found["word"].casefold()
            label = _LABELS.get(word)
            if label in _PLATFORMS:
                platform = label
            elif label is None:
                if word not in _FILLER:
                    odd.append(f"“{part[:24]}” is not a figure")
            elif glued and tokens[-1].kind == "number" and not tokens[-1].dash:
                tokens[-1] = _pair(_Token("label", part, label=label), tokens[-1])
            else:
                tokens.append(_Token("label", part, label=label))
                end_of_last = found.end()
        elif found["below"]:
            tokens.append(_Token("number", part, wrong="is below zero"))
        else:
            odd.append(f"“{part[:24]}” is not a figure")
    return tokens, odd, platform


def _kept_thin(text: str) -> str:
    """Give thin spaces between digits a mark that survives normalisation."""
    return re.sub(rf"(?<=\d)[{_THIN}](?=\d{{3}})", "’", text)


def _pair(label: _Token, number: _Token) -> _Token:
    text = f"{label.text}{number.text}"
    return _Token("pair", text, number.value, label.label, number.rounded, wrong=number.wrong)


def _number(part: str, digits: str, times: str) -> _Token:
    factor = _TIMES[times.casefold()] if times else 1
    separators = re.findall(r"[.,'’]", digits)
    grouped = bool(re.fullmatch(_GROUPS, digits))
    if factor > 1 and grouped and len(separators) == 1:
        return _Token("number", part, wrong="can be read in two ways")
    if grouped or not separators:
        value = int(re.sub(r"\D", "", digits)[:16]) * factor
    elif factor == 1:
        return _Token("number", part, wrong="is not a whole number")
    else:
        whole, _, rest = digits.replace(",", ".").partition(".")
        value = int(whole[:16]) * factor + int(rest[:6]) * factor // 10 ** len(rest[:6])
    if value > LARGEST:
        return _Token("number", part, wrong="is too large to be true")
    return _Token("number", part, value, rounded=factor > 1)


def _joined(tokens: list[_Token]) -> list[_Token]:
    """Join "1 204" where the line makes sense in no other way.

    That is: every number has its label and this one would have none; or there are more numbers
    than figures, and only one way to join them to as many as there are.
    """
    numbers = [token for token in tokens if token.kind == "number"]
    labels = sum(token.kind == "label" for token in tokens)
    wanted = labels if labels else len(ORDER)
    spare = len(numbers) - wanted
    if spare <= 0 or (labels and tokens[0].kind == "number" and tokens[-1].kind == "number"):
        return tokens
    places = [
        place
        for place, (one, two) in enumerate(pairwise(tokens))
        if re.fullmatch(r"\d{1,3}", one.text)
        and re.fullmatch(r"\d{3}", two.text)
        and one.kind == two.kind == "number"
    ]
    if len(places) != spare or any(b - a == 1 for a, b in pairwise(places)):
        return tokens
    joined: list[_Token] = []
    skip = False
    for place, token in enumerate(tokens):
        if skip:
            skip = False
        elif place in places:
            text = f"{token.text} {tokens[place + 1].text}"
            joined.append(_Token("number", text, int(text.replace(" ", ""))))
            skip = True
        else:
            joined.append(token)
    return joined


def _without_dashes(tokens: list[_Token]) -> list[_Token]:
    return [
        token
        for place, token in enumerate(tokens)
        if not (
            token.dash
            and place
            and tokens[place - 1].kind == "label"
            and place + 1 < len(tokens)
            and tokens[place + 1].kind == "number"
        )
    ]


def _assigned(tokens: list[_Token]) -> tuple[list[tuple[str, _Token]], list[str]]:
    """Give each number its figure; return those, and what was left over."""
    lead = next((n for n, token in enumerate(tokens) if token.kind != "number"), len(tokens))
    follows = lead < len(tokens) and tokens[lead].kind == "label"
    if lead and follows and (lead == 1 or tokens[-1].kind == "label"):
        lead -= 1  # the last number before a label is that label's
    pairs = list(zip(ORDER, tokens[:lead], strict=False))
    left = [f"“{token.text}” is one number too many" for token in tokens[len(ORDER) : lead]]
    place = lead
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind == "pair":
            pairs.append((token.label, token))
            place += 1
        elif after is not None and {token.kind, after.kind} == {"label", "number"}:
            label, number = (token, after) if token.kind == "label" else (after, token)
            pairs.append((label.label, number))
            place += 2
        else:
            which = "has no number" if token.kind == "label" else "has no label"
            left.append(f"“{token.text}” {which}")
            place += 1
    return pairs, left


def _doubts(figures: dict[str, int | None]) -> tuple[str, ...]:
    """Say what can hardly be: more people did a thing than saw the post."""
    seen = max((figures.get("views") or 0), (figures.get("reach") or 0))
    if figures.get("views") is None and figures.get("reach") is None:
        return ()
    doubts = [f"more {name} than views" for name in ORDER[1:] if (figures.get(name) or 0) > seen]
    views, reach = figures.get("views"), figures.get("reach")
    if views is not None and reach is not None and reach > views:
        doubts.append("more reached than views")
    return tuple(doubts)
