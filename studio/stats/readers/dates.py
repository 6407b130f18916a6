"""Days as the platforms write them: in the language of the account, often without a year.

Month names: English, Greek, Japanese, Vietnamese, German, French, Spanish, Portuguese, Italian,
Russian as seen or from the CLDR; Dutch, Polish, Turkish and Indonesian likewise.
"""

# ruff: noqa: E501
# The table of month names has one line a language.

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = """
january february march april may june july august september october november december
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος αυγουστος σεπτεμβριος οκτωβριος νοεμβριος δεκεμβριος
mot hai ba tu nam sau bay tam chin muoi muoi-mot muoi-hai
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
januari februari maart april mei juni juli augustus september oktober november december
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
januari februari maret april mei juni juli agustus september oktober november desember
"""
# Short forms, as "Nov 16" or "16 déc.": three letters and more, where the language is European.
_SHORT = """
jan feb mar apr may jun jul aug sep oct nov dec
ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ
jan feb mrz apr mai jun jul aug sept okt nov dez
janv fevr mars avr mai juin juil aout sept oct nov dec
ene feb mar abr may jun jul ago sept oct nov dic
jan fev mar abr mai jun jul ago set out nov dez
gen feb mar apr mag giu lug ago set ott nov dic
янв февр мар апр мая июн июл авг сент окт нояб дек
"""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EAST = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日號号일]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:º|\.|-?(?:st|nd|rd|th|er)\b)?(?!\d)")
_FILLER = re.compile(r"\b(?:de|del|di|of|г|года|thang|ngay)\b|[.,]")
LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def _plain(text: str) -> str:
    """Lower case without accents; Vietnamese đ and Turkish ı, too, become their plain letters."""
    lower = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d").replace("ı", "i"))
    return "".join(letter for letter in lower if not unicodedata.combining(letter))


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in (_NAMES + _SHORT).split("\n"):
        for number, name in enumerate(line.split(), 1):
            found.setdefault(_plain(name.replace("-", " ")), number)
    return found


@lru_cache(maxsize=4096)
def parse_day(text: str) -> tuple[int | None, int, int] | None:
    """Return (year or None, month, day) of "November 16", "16 tháng Mười Một", "11月16日", ….

    Numbers alone are only read with the year first (2026-11-16): 3/4 could be either.
    """
    text = text.strip()
    if len(text) > 40:
        return None
    found = _ISO.match(text) or _EAST.match(unicodedata.normalize("NFKC", text))
    if found:
        return _checked(int(found[1]) if found[1] else None, int(found[2]), int(found[3]))
    plain = _plain(text)
    year = _YEAR.search(plain)
    if year:
        plain = plain[: year.start()] + " " + plain[year.end() :]
    vietnamese = re.fullmatch(r"\s*(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s*,?\s*", plain)
    if vietnamese:
        month: int | None = int(vietnamese[2])
        day = vietnamese
    else:
        number = _DAY.search(plain)
        if not number:
            return None
        day = number
        name = _FILLER.sub(" ", plain[: number.start()] + " " + plain[number.end() :])
        month = _months().get(" ".join(name.split()))
    if month is None:
        return None
    return _checked(int(year[1]) if year else None, month, int(day[1]))


def _checked(year: int | None, month: int, day: int) -> tuple[int | None, int, int] | None:
    if not (1 <= month <= 12 and 1 <= day <= LONGEST[month - 1]):
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


def with_years(days: Sequence[tuple[int | None, int, int]], today: date) -> tuple[list[date], int]:
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
