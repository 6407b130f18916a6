"""The whole account in Instagram's download: followers, who they are, sums over a range of days.

Sums over about 90 days are no figures of a day, so they are told of and not kept. The range has no
year; its end is taken as the latest such day (reference: analytics-exports, section 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.stats.post import Followers, Note, Share
from studio.stats.readers.dates import day_of, latest, parse_day
from studio.stats.readers.instagram_labels import IGNORED, TWO_MEANINGS, account_role
from studio.stats.readers.instagram_values import Source, Told, labels, whole
from studio.stats.readers.numbers import count
from studio.stats.readers.sheet import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LISTS = {
    "city": "city",
    "country": "country",
    "age": "age",
    "age men": "men",
    "age women": "women",
}
_PART = re.compile(
    r"\s*(?P<name>.{1,80}?)\s*:\s*%?\s*(?P<number>\d{1,3}(?:[.,]\d+)?)\s*%?\s*(?:[,،、;]\s*|$)"
)
_PERCENT = re.compile(r"%?\s*(\d{1,3}(?:[.,]\d+)?)\s*%?")
_RANGE = re.compile(r"\s+(?:-|–|—|to)\s+|\s*[–—〜~]\s*")


@dataclass
class Account:
    """What there is about the account.

    Args:
        followers: their number, on the last day of the range.
        shares: parts of them.
    """

    followers: tuple[Followers, ...] = ()
    shares: tuple[Share, ...] = ()


def is_audience(entry: dict[str, object]) -> bool:
    """Tell whether an entry is about who the followers are."""
    roles = {account_role(label) for label, _ in labels(entry)}
    return bool(roles & {*_LISTS, "men", "women", "net"})


def read_audience(entry: dict[str, object], line: int, source: Source) -> Account:
    """Read who the followers are and how many."""
    told: dict[str, tuple[str, Told]] = {}
    for label, said in labels(entry):
        role = account_role(label)
        if role is None:
            source.unknown[label] += 1
        elif role != IGNORED:
            told.setdefault(role, (label, said))
    last = _range(told, line, source)
    shares: list[Share] = []
    for role, table in _LISTS.items():
        if role in told:
            shares += _parts(table, *told[role], line, source)
    for role in ("women", "men"):
        if role in told:
            label, said = told[role]
            part = _percent(said.text)
            if part is not None:
                shares.append(Share("instagram", "gender", role, part))
            elif said.text.strip().strip("-"):
                _bad(label, said.text, "is no percentage", line, source)
    if "activity" in told:
        source.notes.append(
            Note(
                line,
                "followers online by weekday: without hours, so they say nothing about when",
                kind="empty",
            )
        )
    return Account(_followers(told, last, line, source), tuple(shares))


def _range(told: dict[str, tuple[str, Told]], line: int, source: Source) -> date | None:
    """Return the last day of the range; its year is the latest that fits."""
    text = told.get("range", ("", Told()))[1].text
    ends = [parse_day(part) for part in _RANGE.split(text.strip(), maxsplit=1)]
    end = ends[-1] if len(ends) == 2 else None
    if end is None:
        if text:
            _bad("range of dates", text, "cannot be read", line, source)
        return None
    year, month, day = end
    last = day_of(year, month, day) if year else latest(month, day, source.today)
    begin = ends[0]
    if last is None or begin is None:
        return last
    first = day_of(begin[0], begin[1], begin[2]) if begin[0] else latest(begin[1], begin[2], last)
    sums = [
        f"{value} {word}"
        for role, word in (("follows", "new followers"), ("unfollows", "lost"))
        if role in told and (value := _signed(told[role][1].text)) is not None
    ]
    kept = f" ({', '.join(sums)})" if sums else ""
    source.notes.append(
        Note(
            line,
            f"figures of {first} to {last}, the year taken from the day of the download; its sums"
            f"{kept} are of no single day, so they are not kept",
        )
    )
    return last


def _followers(
    told: dict[str, tuple[str, Told]], last: date | None, line: int, source: Source
) -> tuple[Followers, ...]:
    if "followers" not in told:
        return ()
    label, said = told["followers"]
    number, wrong = count(said.text)
    if wrong:
        _bad(label, said.text, wrong, line, source)
    if number is None:
        return ()
    gained = _signed(told["follows"][1].text) if "follows" in told else None
    lost = _signed(told["unfollows"][1].text) if "unfollows" in told else None
    net = _signed(told["net"][1].text) if "net" in told else None
    checked = None not in (lost, net) and gained is None
    means_gained = checked and lost is not None and net is not None and number - lost == net
    if means_gained or (gained is None and not checked and plain(label) in TWO_MEANINGS):
        source.notes.append(
            Note(
                line,
                f"“{label}” {number} is most likely the number gained, not that of all followers,"
                " left out",
                kind="odd",
            )
        )
        return ()
    return (Followers("instagram", last or source.today, number),)


def _signed(text: str) -> int | None:
    bare = text.strip()
    sign = -1 if bare[:1] in {"-", "−"} and bare[1:2].isdecimal() else 1
    number, _ = count(bare.lstrip("+-−") if bare[:1] in "+-−" and bare[1:2].isdecimal() else bare)
    return None if number is None else sign * number


def _parts(table: str, label: str, said: Told, line: int, source: Source) -> list[Share]:
    """Split "Springfield: 30.9%, Shelbyville: 5.3%"; names may hold commas."""
    found: list[Share] = []
    at = 0
    while at < len(said.text):
        part = _PART.match(said.text, at)
        value = _percent(part["number"]) if part else None
        if part is None or value is None:
            if said.text[at:].strip(" -"):
                _bad(label, said.text[at:], "is no list of percentages", line, source)
            break
        found.append(Share("instagram", table, part["name"], value))
        at = part.end()
    return found


def _percent(text: str) -> float | None:
    found = _PERCENT.fullmatch(text.strip())
    if not found:
        return None
    value = float(found[1].replace(",", ".")) / 100
    return round(value, 6) if value <= 1 else None


def _bad(label: str, text: str, wrong: str, line: int, source: Source) -> None:
    source.notes.append(
        Note(line, f"“{label[:40]}”: “{text.strip()[:24]}” {wrong}, left out", kind="odd")
    )


def tell_of_sums(line: int, source: Source) -> None:
    """Tell that an entry has sums over a range of days: accounts reached, interactions."""
    source.notes.append(
        Note(line, "sums over about 90 days, of no single post or day", kind="empty")
    )


def read_followers(
    entries: Sequence[tuple[int, dict[str, object]]], source: Source, *, whole_file: bool
) -> tuple[Followers, ...]:
    """Count the list of followers: at least so many there were on the day of the download.

    A page of many, or a download of a range of dates, has only some of them; and who has left is
    not in it, so the times in it are no growth by day.
    """
    counted = 0
    for line, entry in entries:
        told = entry.get("string_list_data")
        if isinstance(told, list) and any(
            isinstance(one, dict) and whole(one.get("timestamp")) for one in told
        ):
            counted += 1
        else:
            source.leave_out(line, "that names no follower")
    if not counted or not whole_file:
        source.notes.append(Note(None, "the list of followers is not whole, so not counted"))
        return ()
    source.notes.append(
        Note(
            None,
            f"at least {counted} followers on {source.today}: the list leaves out who has left, and"
            " may be one of several; the days they came are no growth by day, so they are not kept",
        )
    )
    return (Followers("instagram", source.today, counted),)
