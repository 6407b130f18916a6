"""Days as the platforms write them: in the language of the account, often without a year.

The names of months are in `months`. Two languages use the same words for different months: what is
October in Croatian (listopada) is November in Polish; `alternatives` settles that by the file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Parsed = tuple[int | None, int, int]
"""Year (None when it is not told), month, day."""

_ISO = re.compile(r"(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})(?!\d)")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?(?:\s*\D\.?)?")
_EAST = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日號号일]")
_YEAR = re.compile(r"(?<!\d)(20\d\d|25[5-9]\d)(?!\d)")
_BUDDHIST = 543
"""Years that Thai dates are ahead."""
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:º|ª|\.|-?(?:st|nd|rd|th|er|ni|mh|일)\b|\(?[ae]\)?\b)?(?!\d)")
# Words of a date beside day, month and year: "16 de maio", "16 мая 2026 г.", "lapkričio 16 d.",
# "16 tháng 11", "16-noyabr", "2026 ж.".
_FILLER = re.compile(
    r"(?<!\w)(?:de|del|di|do|of|the|den|d|a|e|m|g|г|года|р|року|ж|год|gada|ko|thang|thg|ngay|թ)(?!\w)"
    r"|[,،؍·()\[\]։-]"
)
_VIETNAMESE = re.compile(r"\s*(?:ngay\s+)?(\d{1,2})\s+(?:thang|thg)\s+(\d{1,2})\s*,?\s*(?:nam\s*)?")
LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def _plain(text: str) -> str:
    """Lower case without accents, digits as ASCII; đ and ı, too, become their plain letters."""
    lower = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ı", "i"))
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in lower
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )


def _bare(name: str) -> str:
    """Return a month's name for comparing: without fillers, dots and apostrophes."""
    plain = _plain(re.sub("[.॰]", "", name).replace("_", " "))
    return " ".join(_FILLER.sub(" ", re.sub("['’`׳]", " ", plain)).split())


@dataclass(frozen=True)
class _Names:
    """Names of months, bare.

    Args:
        usual: name → month; a word that Croatian shares has the month it has elsewhere.
        south: the same with Croatian first.
        croatian: names that only Croatian has.
        northern: names of Polish and Czech that Croatian has not.
    """

    usual: dict[str, int]
    south: dict[str, int]
    croatian: frozenset[str]
    northern: frozenset[str]


@cache
def _months() -> _Names:
    from studio.stats.readers.months import MONTHS

    usual: dict[str, int] = {}
    south: dict[str, int] = {}
    others: set[str] = set()
    north: set[str] = set()
    for line in MONTHS.split("\n"):
        language, *names = line.split() or [""]
        for number, name in enumerate(names, 1):
            bare = _bare(name)
            usual.setdefault(bare, number)
            if language == "hr":
                south[bare] = number
            else:
                others.add(bare)
            if language in {"pl", "cs"}:
                north.add(bare)
    return _Names(
        usual, usual | south, frozenset(south.keys() - others), frozenset(north - south.keys())
    )


@lru_cache(maxsize=4096)
def parse_day(text: str, *, south: bool = False) -> Parsed | None:
    """Return (year or None, month, day) of "November 16", "16 tháng Mười Một", "11月16日", ….

    Numbers alone are only read with the year first (2026-11-16) or between dots, where the day
    is first (16.11.2026): 3/4 could be either.

    Args:
        text: the day as it is written.
        south: a word that Croatian shares with Polish or Czech has the month it has in Croatian.
    """
    name = _split(text)
    if name is None or not isinstance(name, _Words):
        return name
    return _checked(name.year, _month(name.month, south=south), name.day)


def alternatives(texts: Sequence[str]) -> list[list[Parsed | None]]:
    """Return the ways to read a column of days: one, or two where only a calendar can decide."""
    usual = [parse_day(text) for text in texts]
    other = [parse_day(text, south=True) for text in texts]
    if usual == other:
        return [usual]
    names = {name.month for text in texts if isinstance(name := _split(text), _Words)}
    if names & _months().northern:
        return [usual]
    return [other] if names & _months().croatian else [usual, other]


@dataclass(frozen=True)
class _Words:
    year: int | None
    month: str
    day: int


@lru_cache(maxsize=4096)
def _split(text: str) -> _Words | Parsed | None:
    """Return a day told in numbers, or the name of its month with the numbers beside it."""
    text = text.strip()
    if len(text) > 40:
        return None
    wide = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )
    found = _ISO.match(wide) or _EAST.match(wide)
    if found:
        return _checked(int(found[1]) if found[1] else None, int(found[2]), int(found[3]))
    dots = _DOTS.fullmatch(wide)
    if dots:
        return _checked(int(dots[3]), int(dots[2]), int(dots[1]))
    plain = _plain(wide)
    told = _YEAR.search(plain)
    year = None
    if told:
        plain = plain[: told.start()] + " " + plain[told.end() :]
        year = int(told[1]) - (_BUDDHIST if told[1].startswith("25") else 0)
    vietnamese = _VIETNAMESE.fullmatch(plain)
    if vietnamese:
        return _checked(year, int(vietnamese[2]), int(vietnamese[1]))
    number = _DAY.search(plain)
    if not number:
        return None
    return _Words(
        year, _bare(plain[: number.start()] + " " + plain[number.end() :]), int(number[1])
    )


def _month(name: str, *, south: bool) -> int | None:
    """Return a month by its bare name; Hebrew and Basque put it into a case inside a date."""
    months = _months().south if south else _months().usual
    for form in (name, name.removeprefix("ב"), name.removesuffix("ren"), name.removesuffix("ын")):
        if form in months:
            return months[form]
    return None


def _checked(year: int | None, month: int | None, day: int) -> Parsed | None:
    if month is None or not (1 <= month <= 12 and 1 <= day <= LONGEST[month - 1]):
        return None
    return year, month, day


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when that year has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(month: int, day: int, near: date) -> date | None:
    """Return the date with that month and day that lies closest to `near`."""
    found = [day_of(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    return min((one for one in found if one), key=lambda one: abs(one - near), default=None)


def latest(month: int, day: int, today: date) -> date | None:
    """Return the latest date with that month and day that is not after tomorrow.

    One day of grace, because the account may live east of where `today` was asked.
    """
    limit = today + timedelta(days=1)
    for year in range(limit.year, limit.year - 9, -1):
        found = day_of(year, month, day)
        if found and found <= limit:
            return found
    return None


def with_years(days: Sequence[Parsed], today: date) -> tuple[list[date], int]:
    """Give a run of consecutive days their years, walking back from the last.

    Days may repeat (one row an hour). The last is the latest that fits `today`; an earlier year
    is taken only when a 29 February needs it.

    Returns:
        The dates, oldest first in the order given, and the index of the first one they belong to:
        above 0 where a gap cuts the run, because the years before a gap cannot be told.
    """
    if not days:
        return [], 0
    limit = today + timedelta(days=1)
    best: list[date] = []
    stated, month, day = days[-1]
    for year in [stated] if stated else range(limit.year, limit.year - 5, -1):
        last = day_of(year, month, day)
        if not last or last > limit:
            continue
        chain = [last]
        for told, month_before, day_before in reversed(days[:-1]):
            current = chain[-1]
            if (month_before, day_before) != (current.month, current.day):
                current -= timedelta(days=1)
            if (month_before, day_before) != (current.month, current.day) or (
                told and told != current.year
            ):
                break
            chain.append(current)
        if len(chain) > len(best):
            best = chain
        if len(best) == len(days):
            break
    return best[::-1], len(days) - len(best)
