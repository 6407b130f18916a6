"""Cells as people and programs write them: days, clocks, counts, lengths, in a stated convention.

Nothing is guessed here: which of day and month comes first, and which mark stands before tenths,
is told. Years, days and clocks that cannot be are refused rather than bent.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from studio.stats.readers.dates import day_of, parse_day
from studio.stats.readers.numbers import LARGEST, MISSING

FIRST_YEAR, LAST_YEAR = 2005, 2099  # YouTube, the oldest of the platforms, began in 2005
LONGEST = 24 * 3600.0
"""No clip lasts longer, in seconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHEET_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets' serial numbers, from 1900-03-01 on (ECMA-376 part 1, 18.17.4.1)."""
_FORMULA = re.compile(r"^[=+'\"\s]+|[\"\s]+$")

_NUMERIC = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)\.?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)\d{0,2})?(?:Z|\.|$)")
_CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:\s?(?:[:h]|時|시)\s?(\d{2})?|(?=\s?(?:[ap]\.?\s?m\b|uhr)))"
    r"(?::(\d{2})(?:[.,]\d{1,9})?)?(?:分|분)?\s*(?:([ap])\.?\s?m\b\.?)?(?:\s*uhr)?"
    r"\s*(z\b|(?:utc|gmt)?\s?[+−-]\d{1,2}:?(?:\d{2})?(?!\d)|\(?[a-z]{2,5}\)?(?![a-z]))?",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})(?:\s*uhr)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+−-])(\d{1,2}):?(\d{2})?")
# Words for zones that mean one offset only; IST, CST and others that mean several are left out.
_ZONES = {
    word: hours
    for hours, words in (
        (0, "z utc gmt wet"),
        (1, "cet mez"),
        (2, "cest mesz eet"),
        (3, "eest"),
        (9, "jst kst"),
        (10, "aest"),
        (11, "aedt"),
        (12, "nzst"),
        (13, "nzdt"),
        (-3, "brt"),
        (-4, "edt"),
        (-5, "est cdt"),
        (-6, "mdt"),
        (-7, "pdt"),
        (-8, "pst"),
    )
    for word in words.split()
}
_JOINING = {"at", "um", "a", "las", "à", "alle", "kl", "om", "o", "klo", "в", "às", "uhr"}

_UNITS = {
    1_000: "k|tsd|tsd.|thousand|mil|mila|mille|rb|ribu|тыс|тыс.|χιλ.|χιλ|천|千",
    10_000: "万|만|萬",
    1_000_000: "m|mio|mio.|mln|mln.|mn|million|millions|millionen|millones|milhões|mi|milioni"
    "|mill.|jt|juta|млн|млн.|εκ.|εκ",
    100_000_000: "億|억|亿",
    1_000_000_000: "b|bn|mrd|mrd.|billion|billions|md|млрд|млрд.",
}
_UNIT = {word: size for size, words in _UNITS.items() for word in words.split("|")}
_ROUNDED = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s?([^\W\d_]+\.?)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_SPLIT = re.compile(r"[ '’\u066c]")

_COLONS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_PARTS = re.compile(
    r"(?:(\d{1,2})\s*(?:h|hours?|hrs?|std\.?)\s*)?(?:(\d{1,3})\s*(?:m|min|mins|minutes?|′|')\.?\s*)?"
    r"(?:(\d{1,5}(?:[.,]\d{1,3})?)\s*(?:s|sec|secs|seconds?|sek\.?|segundos?|″|\"|秒|초)?\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as a cell states it, with the clock if it does.

    Attributes:
        year: None where the cell leaves it out.
        month: 1 to 12.
        day: 1 to 31.
        clock: what the clock on the wall showed; None for a day alone.
        offset: from UTC, where the cell states it; the clock is then no guess.
    """

    year: int | None
    month: int
    day: int
    clock: time | None = None
    offset: timedelta | None = None

    def date(self) -> date | None:
        """Return the day; None without a year, or when that year has no such day."""
        return day_of(self.year, self.month, self.day) if self.year else None


def is_missing(text: str) -> bool:
    """Tell whether a cell says "not told"."""
    return text.strip().casefold() in MISSING


@lru_cache(maxsize=8192)
def moment(text: str, order: str) -> Moment | None:
    """Return the day, and the clock if there is one, in a cell; None when it holds neither.

    Args:
        text: "2026-03-03T17:30:00Z", "3.12.26 9:30", "Mar 3, 2026 at 5:30 PM", a spreadsheet's
            serial number, Unix seconds or milliseconds, ….
        order: of day and month where they are numbers and the year does not come first:
            "dmy" or "mdy"; "ymd" refuses those.
    """
    text = " ".join(_FORMULA.sub("", text[:80]).split())
    if not text or len(text) > 60:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.split("→")[0].strip()  # a range in Notion; its beginning counts
    if text.replace(".", "", 1).replace(",", "", 1).isdecimal() and "-" not in text:
        found = _number_moment(text)
        if found or not _NUMERIC.match(text):
            return found
    numeric = _NUMERIC.match(text)
    if numeric:
        ordered = _in_order(numeric, order)
        if ordered is None:
            return None
        return _with_clock(ordered, text[numeric.end() :].lstrip(" T,;|·-–"))
    compact = _COMPACT.match(text)
    if compact and (day := _checked(int(compact[1]), int(compact[2]), int(compact[3]))):
        hours = _time(int(compact[4]), int(compact[5])) if compact[4] else None
        return Moment(*day, hours, timedelta(0) if hours and text.endswith("Z") else None)
    return _worded(text)


def _in_order(found: re.Match[str], order: str) -> tuple[int, int, int] | None:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return _checked(first, second, third)
    if len(found[1]) > 2 or len(found[4]) not in {2, 4}:
        return None
    if order == "ymd":
        return _checked(2000 + first, second, third) if len(found[4]) == 2 else None
    year = third if len(found[4]) == 4 else 2000 + third
    day, month = (first, second) if order == "dmy" else (second, first)
    return _checked(year, month, day)


def _checked(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    fits = FIRST_YEAR <= year <= LAST_YEAR and day_of(year, month, day)
    return (year, month, day) if fits else None


def _with_clock(day: tuple[int, int, int], rest: str) -> Moment | None:
    if not rest:
        return Moment(*day)
    found = _clock(rest)
    if found is None:
        return None
    return Moment(*day, *found)


def _worded(text: str) -> Moment | None:
    """Read a day with its month as a word, wherever the clock stands."""
    clock: tuple[time | None, timedelta | None] | None = None
    found = _CLOCK.search(text)
    if found:
        clock = _clock(found[0].strip())
        if clock is None:
            return None
        text = f"{text[: found.start()]} {text[found.end() :]}"
    words = text.replace("·", " ").replace("|", " ").split()
    while words and words[-1].strip(",.").casefold() in _JOINING:
        words.pop()
    words = [word for word in words if word.casefold() not in {"at", "um"}]
    day = parse_day(" ".join(words).rstrip(" ,")) or parse_day(" ".join(words[1:]).rstrip(" ,"))
    if day is None or (day[0] is not None and not FIRST_YEAR <= day[0] <= LAST_YEAR):
        return None
    if day[0] is not None and day_of(day[0], day[1], day[2]) is None:
        return None
    return Moment(*day, *(clock or ()))


def _number_moment(text: str) -> Moment | None:
    whole, _, part = text.replace(",", ".").partition(".")
    if len(whole) in {10, 13} and not part.strip("0"):
        seconds = int(whole) / (1 if len(whole) == 10 else 1000)
        at = _EPOCH + timedelta(seconds=int(seconds))
        if FIRST_YEAR <= at.year <= LAST_YEAR:
            return Moment(at.year, at.month, at.day, at.time(), timedelta(0))
        return None
    if len(whole) == 5 and 38_000 < int(whole) < 75_000:  # 2004 to 2105
        day = _SHEET_EPOCH + timedelta(days=int(whole))
        if not part:
            return Moment(day.year, day.month, day.day)
        minutes = round(float(f"0.{part}") * 1440)
        if minutes == 1440:
            day, minutes = day + timedelta(days=1), 0
        return Moment(day.year, day.month, day.day, time(minutes // 60, minutes % 60))
    if len(whole) == 8 and not part:
        found = _COMPACT.match(whole)
        day_ = found and _checked(int(found[1]), int(found[2]), int(found[3]))
        return Moment(*day_) if day_ else None
    return None


def _time(hour: int, minute: int, second: int = 0) -> time | None:
    fits = hour <= 23 and minute <= 59 and second <= 59
    return time(hour, minute, second) if fits else None


def _clock(text: str) -> tuple[time | None, timedelta | None] | None:
    """Return the clock in a text that holds nothing else, and the offset it states.

    In a zone that could be several ("IST", "CST") the clock tells no hour: None stands for it.
    """
    text = text.strip()
    for word in ("at ", "um ", "à ", "a las ", "kl. ", "kl ", "@ "):
        if text.casefold().startswith(word):
            text = text[len(word) :]
    dotted = _DOTTED.fullmatch(text)
    if dotted:
        found = _time(int(dotted[1]), int(dotted[2]))
        return (found, None) if found else None
    parts = _CLOCK.fullmatch(text.strip("() "))
    if not parts or not (parts[2] or parts[4] or "h" in text.casefold() or "時" in text):
        return None
    hour = int(parts[1])
    if parts[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts[4] in "pP" else 0)
    at = _time(hour, int(parts[2] or 0), int(parts[3] or 0))
    if at is None:
        return None
    zone = (parts[5] or "").strip("() ").casefold()
    if not zone or zone in {"uhr", "h"}:
        return at, None
    offset = _offset(zone)
    return (None, None) if offset is None else (at, offset)


def _offset(zone: str) -> timedelta | None:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    found = _OFFSET.fullmatch(zone)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return size if found[1] == "+" else -size


@lru_cache(maxsize=2048)
def clock(text: str) -> tuple[time | None, timedelta | None] | None:
    """Return the time of day in a cell of its own, and the offset it states; None for no clock.

    "21:30", "9:30 PM", "21 Uhr", "21h", "9", or a spreadsheet's part of a day, "0.395833".
    """
    text = " ".join(_FORMULA.sub("", text[:60]).split())
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if text.isdecimal() and len(text) <= 2:
        at = _time(int(text), 0)
        return (at, None) if at else None
    fraction = re.fullmatch(r"0[.,](\d{2,17})", text)
    if fraction:
        minutes = round(float(f"0.{fraction[1]}") * 1440) % 1440
        return time(minutes // 60, minutes % 60), None
    if text.startswith(("1899-12-30 ", "1900-01-01 ", "1900-01-00 ")):
        text = text[11:]
    return _clock(text)


def at_offset(stated: Moment) -> datetime | None:
    """Return the instant, UTC, of a moment that states its offset; None for another."""
    if stated.offset is None or stated.clock is None or stated.year is None:
        return None
    zone = timezone(stated.offset)
    return datetime.combine(
        date(stated.year, stated.month, stated.day), stated.clock, zone
    ).astimezone(UTC)


def count(text: str, decimal: str) -> tuple[int | None, str | None, bool]:
    """Return a count, what is wrong with the cell when it holds none, and whether it is rounded.

    Args:
        text: "1,438", "12.345", "1.2K", "3,4 Mio", "5 678".
        decimal: what stands before tenths: "." or ",".
    """
    if text.isdecimal() and text.isascii() and len(text) <= 13:
        value = int(text)
        return (
            (value, None, False) if value <= LARGEST else (None, "is too large to be true", False)
        )
    text = " ".join(_FORMULA.sub("", text[:60]).split())
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if text.casefold() in MISSING:
        return None, None, False
    if "%" in text:
        return None, "is a share, not a count", False
    if re.fullmatch(r"[-−]\s?\d[\d.,]*", text):
        return None, "is below zero", False
    if _SCIENTIFIC.fullmatch(text):
        return None, "was rounded by a spreadsheet, so it is left out", False
    rounded = _ROUNDED.fullmatch(text)
    if rounded:
        size = _UNIT.get(rounded[2].casefold())
        about = _rounded(rounded[1], decimal, size) if size else LARGEST + 1
        if about > LARGEST:
            return None, "is not a count", False
        return about, None, True
    whole = _whole(text, decimal)
    if isinstance(whole, str):
        return None, whole, False
    if whole > LARGEST:
        return None, "is too large to be true", False
    return whole, None, False


def _rounded(digits: str, decimal: str, size: int) -> int:
    mark = next((letter for letter in digits if letter in ".,"), "")
    tenths = digits.rpartition(mark)[2] if mark else ""
    if mark and len(tenths) == 3 and mark != decimal:
        return int(digits.replace(mark, "")) * size
    return round(float(digits.replace(",", ".")) * size)


def _whole(text: str, decimal: str) -> int | str:
    """Return a whole number, or what is wrong with it."""
    other = "," if decimal == "." else "."
    left, mark, right = text.partition(decimal)
    if mark and not re.fullmatch(r"\d{1,9}", right):
        return "is not a count"
    group = re.escape(other)
    if re.fullmatch(r"\d{1,13}", left):
        digits = left
    elif re.fullmatch(rf"\d{{1,3}}(?:{group}\d{{3}})+", left):
        digits = left.replace(other, "")
    elif re.fullmatch(r"\d{1,3}(?:[ '’\u066c]\d{3})+", left):
        digits = _SPLIT.sub("", left)
    elif other == "," and re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}", left):
        digits = left.replace(",", "")  # lakhs and crores, as in India
    elif re.fullmatch(r"\d[\d.,]*", text):
        return f"is not a count with “{decimal}” before tenths"
    else:
        return "is not a count"
    if right.strip("0"):
        thousands = len(right) == 3 and len(left) <= 3
        return f"is no whole number{f', unless “{decimal}” parts thousands' if thousands else ''}"
    if len(right) == 3 and len(left) <= 3 and left != "0":
        return f"is no whole number, unless “{decimal}” parts thousands"
    return int(digits)


def seconds(text: str) -> float | None:
    """Return the length of a clip: "0:15", "1:02:03", "15s", "1 min 5 s", "15"; None for less."""
    text = " ".join(_FORMULA.sub("", text[:40]).split()) or text.strip()
    found = _COLONS.fullmatch(text)
    if found:
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        if rest > 59 or (found[1] and minutes > 59):
            return None
        long = hours * 3600.0 + minutes * 60 + rest
    else:
        parts = _PARTS.fullmatch(text)
        if not parts or not any(parts.groups()):
            return None
        long = (
            int(parts[1] or 0) * 3600.0
            + int(parts[2] or 0) * 60
            + float((parts[3] or "0").replace(",", "."))
        )
    return long if 0 < long <= LONGEST else None
