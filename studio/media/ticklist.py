"""The questions a person looks at a picture with: bans, the year, the marks of a generator.

Each asks for presence, neutrally, because "is it accurate?" is answered kindly; a rule makes a
yes a fail (after HistVis, arXiv 2505.17064). The ids stay the same from picture to picture, so
that hits can be counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.media.household import anachronisms
from studio.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.media.household import Household

MOST_OF_THE_ERA = 12  # shown; the rest is `more`
_MOST_BANS = 100
_LONGEST_BAN = 200  # characters


@dataclass(frozen=True)
class Question:
    """One thing to look for in a picture.

    Attributes:
        id: stays the same from picture to picture: "ban:wall-mounted-tv", "era:flat-tv",
            "real:hands".
        ask: a neutral question on presence, answered yes or no. The user's own words may be in
            it: shown through `studio.text`.
        why: what it means when the check fails, and what should be there instead.
        source: who says so.
        fails_on: the answer that makes the check fail: True is yes.
        more: belongs to the rest of a long list, shown when asked for.
    """

    id: str
    ask: str
    why: str
    source: str
    fails_on: bool = True
    more: bool = False


_PRACTICE = "Realism checks after HistVis (arXiv 2505.17064) and makers' practice"

_REAL = (
    (
        "light",
        "Do shadows or highlights come from more than one direction?",
        "One scene has one main light; a flash throws hard shadows straight behind things",
    ),
    (
        "skin",
        "Does any skin look like wax or plastic, without pores, spots or shine from a flash?",
        "Ordinary skin is uneven, and a flash makes it shine",
    ),
    (
        "hands",
        "Does any hand have more or fewer than five fingers, or fingers that melt together?",
        "Hands are where generators fail most visibly",
    ),
    (
        "text",
        "Is there writing that cannot be read letter by letter, or says nothing?",
        "Real packets, books and screens can be read when they are near",
    ),
    (
        "faces",
        "Do two people share one face, or are two faces each other's mirror image?",
        "A generator repeats one face; a family only resembles itself",
    ),
    (
        "repeats",
        "Is a thing or a pattern repeated exactly, or does one line break off behind an object?",
        "Tiles and lights that repeat, and edges that do not meet again, were not photographed",
    ),
    (
        "drawn",
        "Are there brush strokes, outlines, a border or a painted sky?",
        "It reads as a painting or an illustration, not as a photograph",
    ),
    (
        "render",
        "Are surfaces perfectly clean and edges evenly sharp, as in a 3D film?",
        "A snapshot has dust, grain, a missed focus and something cut off at the edge",
    ),
    (
        "collage",
        "Are there two or more pictures in one?",
        "One brief is one photograph; generators mix several into a collage",
    ),
    (
        "stamp",
        "Is there a date stamp whose year or form does not fit the scene?",
        "A wrong date stamp gives a picture away at once",
    ),
)


def questions(
    bans: Sequence[str], year: int | None, table: Iterable[Household]
) -> tuple[Question, ...]:
    """Return what to look for: standing bans, then the year's, then the marks of a generator.

    A ban that names a thing of the table asks the table's question, which then is not asked twice.

    Args:
        bans: the project's standing bans, in its words.
        year: of the scene; None leaves the year's questions out.
        table: what `studio.media.household.household` returned.
    """
    rows = tuple(table)
    asked: dict[str, Question] = {}
    covered: set[str] = set()
    for ban in bans[:_MOST_BANS]:
        words = " ".join(ban[:_LONGEST_BAN].split())
        name = f"ban:{slug(words)}"
        if not words or name in asked:
            continue
        row = _named_by(words, rows)
        if row is not None:
            covered.add(row.id)
        ask = row.ask if row is not None else f"Is this anywhere in the picture: {words}?"
        why = "Banned in this project"
        if row is not None and row.instead:
            why += f". Instead: {row.instead}"
        asked[name] = Question(name, ask, why, "This project's bans")
    era = [] if year is None else [row for row in anachronisms(year, rows) if row.id not in covered]
    for count, row in enumerate(era):
        name = f"era:{row.id}"
        asked[name] = _of_the_year(row, name, year or 0, more=count >= MOST_OF_THE_ERA)
    for mark, ask, why in _REAL:
        asked[f"real:{mark}"] = Question(f"real:{mark}", ask, why, _PRACTICE)
    return tuple(asked.values())


def _of_the_year(row: Household, name: str, year: int, *, more: bool) -> Question:
    if row.from_year is not None and year < row.from_year:
        why = f"{row.object}: common at home from about {row.from_year}"
    else:
        why = f"{row.object}: gone from most homes after about {row.until_year}"
    if row.region != "both":
        why += f" ({row.region})"
    if row.instead:
        why += f". Instead: {row.instead}"
    source = row.source or ("Your own table" if row.grade == "own" else "General knowledge")
    return Question(name, row.ask, why, source, more=more)


def _named_by(ban: str, rows: Sequence[Household]) -> Household | None:
    """Return the thing that a ban names: its id or its name, or two words or more of it."""
    key, words = slug(ban), _words(ban)
    for row in rows:
        if key == row.id or key == slug(row.object):
            return row
    for row in rows:
        if len(words) >= 2 and row.from_year is not None and words <= _words(row.object):
            return row
    return None


def _words(text: str) -> frozenset[str]:
    """Return the words of a name without their plural s: "LED string lights" names "light"."""
    found = re.findall(r"[^\W_]+", text.lower())
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in found)


# The year an idea is about

_YEAR = r"(?:18|19|20)\d\d"
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
_PARTS = {"early": 2, "mid": 5, "late": 8}  # of a decade
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties noughties"
_DECADE_WORDS = {word: 1920 + 10 * count for count, word in enumerate(_DECADES.split())}
_SEASONS = "xmas|christmas|easter|halloween|spring|summer|autumn|fall|winter"
_DECADE = re.compile(
    rf"(?:\b(?P<part>early|mid|late)[\s-]+(?:the\s+)?)?"
    rf"(?:(?<![\w.,])(?P<mark>[{_APOSTROPHES}])?(?P<figures>(?:1[89]|20)?\d0)[{_APOSTROPHES}]?s"
    rf"|\b(?P<word>{'|'.join(_DECADE_WORDS)})\b)",
    re.IGNORECASE,
)
_PLAIN_DECADES = {0, 50, 60, 70, 80, 90}  # "30s" alone may be seconds of a clip
_RANGE = re.compile(rf"(?<![\d.,])({_YEAR})\s?[-\u2013/]\s?((?:{_YEAR})|\d\d)(?![\w%])")
_EXACT = re.compile(
    rf"(?<![\d.,$£€_-])(?<!\d[x×*])(?<![x×]\s)({_YEAR})"
    rf"(?![\d_%×]|[.,]\d|[{_APOSTROPHES}]s\b|[a-z]{{1,2}}\b|\s?[x×*]\s?\d|\s(?:px|pixels)\b)",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"(?<!\w)[{_APOSTROPHES}](\d\d)(?![\w%])")
_AFTER_A_SEASON = re.compile(rf"\b(?:{_SEASONS})\s+(?:of\s+)?([3-9]\d)(?!\w)", re.IGNORECASE)
_TURN = 30  # '29 is 2029, '30 is 1930
_LONGEST_TEXT = 2_000  # characters looked at


def year_of(*texts: str) -> int | None:
    """Return the year an idea is about, by what is written of it; None when that is not clear.

    The texts are asked in their order (a property, the title, the tags), first for an exact year,
    then for a decade; the first text with an answer decides.

    - Exact: "1989"; "'89" with any apostrophe ('30 to '99 are of the 1900s); "Xmas 89", "summer
      of 84" (a feast or season and two figures); "1988-89" and "1988/89" are one winter: its
      first year; "1989-12-25" is a day. In a tag too: "christmas1989". Years 1800 to 2099.
    - A decade: "1980s", "80s", "'80s", "eighties", also as the beginning of a tag ("80skid").
      Its middle counts (1985), "early" its year 2, "mid" 5, "late" 8. "20s", "30s" and "40s"
      need the apostrophe or the century: they may be seconds.
    - Not clear, hence None: two different years or two decades in one text ("1979 v. 1989",
      "80s and 90s", "1985-1995").
    - No year: sizes (1920x1080, 1080p), prices ($1999), figures with a comma or a point.
    """
    shortened = [text[:_LONGEST_TEXT] for text in texts]
    for find in (_exact, _decades):
        for text in shortened:
            found = find(text)
            if len(found) > 1:
                return None
            if found:
                return found.pop()
    return None


def _exact(text: str) -> set[int]:
    found: set[int] = set()

    def span(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[2])
        if last < 100:
            last = first - first % 100 + last
            last = first if last < first else last  # "1989-12" is a month
        found.update({first} if 0 <= last - first <= 1 else {first, last})
        return " "

    text = _RANGE.sub(span, text)
    found |= {int(match[1]) for match in _EXACT.finditer(text)}
    for match in (*_SHORT.finditer(text), *_AFTER_A_SEASON.finditer(text)):
        short = int(match[1])
        found.add(short + (1900 if short >= _TURN else 2000))
    return found


def _decades(text: str) -> set[int]:
    found: dict[int, set[int]] = {}
    for match in _DECADE.finditer(text):
        if match["word"]:
            start = _DECADE_WORDS[match["word"].lower()]
        else:
            start = int(match["figures"])
            if start in {1800, 1900} or not (
                start in _PLAIN_DECADES or start > 99 or match["mark"] or match["part"]
            ):
                continue
            if start < 100:
                start += 1900 if start >= _TURN else 2000
        found.setdefault(start, set()).add(_PARTS.get((match["part"] or "").lower(), 0))
    return {
        start + (part or 5)
        for start, parts in found.items()
        for part in (parts - {0} or {0})  # "80s… late 80s" is late
    }
