"""What one entry of Instagram's download says, in either dialect: labels, figures, media, times.

The older dialect has `string_map_data: {label: {href, value, timestamp}}` and `media_map_data`;
the newer `label_values: [{label, value | timestamp_value | dict | vec | media}]`, whose further
pictures of a carousel lie deeper than its cover (public parsers, against real exports of 2025
and 2026).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from studio.stats.post import FIGURES, Figures, Note, Post
from studio.stats.readers.instagram_labels import IGNORED, post_role
from studio.stats.readers.numbers import MISSING, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BEGAN = datetime(2010, 10, 6, tzinfo=UTC)
"""The day Instagram opened; no post is older."""
NO_FIGURES: Figures = (None, None, None, None, None, None, None)
_DEEPEST = 12
_VIDEO = (".mp4", ".mov", ".m4v", ".webm")
_COMPANIONS = (".srt", ".vtt")
_MAX_LABELS = 20


@dataclass(frozen=True)
class Told:
    """What one label says.

    Args:
        text: its value; "" when it has none.
        stamp: its time, Unix seconds; None when it has none.
    """

    text: str = ""
    stamp: int | None = None


@dataclass(frozen=True)
class Media:
    """One picture or clip of an entry.

    Args:
        uri: its path in the download.
        stamp: its time, Unix seconds; None when it is not told.
        title: its caption; "" when it has none.
    """

    uri: str
    stamp: int | None
    title: str

    @property
    def is_video(self) -> bool:
        """Whether the name is that of a clip."""
        return self.uri.casefold().endswith(_VIDEO)


@dataclass
class Source:
    """The file being read; it gathers what there is to tell.

    Args:
        name: its path.
        today: the day it was downloaded at the latest.
        notes: what the human should know.
        unknown: labels that are not known, with the entries that have them.
        left: why entries were left out, with how many and the line of the first.
    """

    name: str
    today: date
    notes: list[Note] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    left: dict[str, tuple[int, int | None]] = field(default_factory=dict)

    @property
    def latest(self) -> datetime:
        """The latest time that is possible: a day's grace for clocks and time zones."""
        midnight = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC)
        return midnight + timedelta(days=2)

    def leave_out(self, line: int | None, why: str) -> None:
        """Tell that an entry is left out; the same reason is told once."""
        number, first = self.left.get(why, (0, line))
        self.left[why] = (number + 1, first)

    def time(self, line: int | None, *stamps: int | None) -> datetime | None:
        """Return the first time that applies; None, and told, when it is impossible or missing."""
        stamp = next((one for one in stamps if one), None)
        if stamp is None:
            self.leave_out(line, "without a time")
            return None
        if BEGAN.timestamp() * 1000 <= stamp <= self.latest.timestamp() * 1000:
            stamp //= 1000  # milliseconds, as the messages of the same download have them
        if not BEGAN.timestamp() <= stamp <= self.latest.timestamp():
            past = stamp < BEGAN.timestamp()
            why = "from before Instagram began" if past else "with a time in the future"
            self.leave_out(line, why)
            return None
        return datetime.fromtimestamp(stamp, UTC)

    def told(self) -> tuple[Note, ...]:
        """Return every note, those of labels and of entries left out included."""
        notes = list(self.notes)
        for why, (number, first) in self.left.items():
            which = "an entry" if number == 1 else f"{number} entries, the first here,"
            notes.append(Note(first, f"{which} {why}, left out", kind="odd"))
        for label, number in self.unknown.most_common(_MAX_LABELS):
            where = "1 entry has" if number == 1 else f"{number} entries have"
            notes.append(
                Note(
                    None, f"the label “{label[:60]}” is not known, left out; {where} it", kind="odd"
                )
            )
        if len(self.unknown) > _MAX_LABELS:
            more = len(self.unknown) - _MAX_LABELS
            notes.append(Note(None, f"and {more} more labels that are not known", kind="odd"))
        return tuple(notes)


def labels(entry: dict[str, object]) -> list[tuple[str, Told]]:
    """Return the labels of an entry with what they say, in either dialect."""
    found: list[tuple[str, Told]] = []
    old = entry.get("string_map_data")
    if isinstance(old, dict):
        for label, told in old.items():
            if isinstance(told, dict):
                found.append((label, Told(_text(told.get("value")), whole(told.get("timestamp")))))
    found += _new(entry.get("label_values"), 0)
    return found


def _new(values: object, depth: int) -> Iterator[tuple[str, Told]]:
    """Give the labels of the newer dialect, those of groups after their group."""
    if not isinstance(values, list) or depth > _DEEPEST:
        return
    for told in values:
        if not isinstance(told, dict):
            continue
        label = told.get("label")
        if isinstance(label, str) and ("value" in told or "timestamp_value" in told):
            yield label, Told(_text(told.get("value")), whole(told.get("timestamp_value")))
        yield from _new(told.get("dict"), depth + 1)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def media(entry: object) -> list[Media]:
    """Return the pictures and clips of an entry, wherever they lie in it, each once."""
    found: dict[str, Media] = {}
    _gather(entry, found, 0)
    return list(found.values())


def _gather(value: object, found: dict[str, Media], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            _gather(item, found, depth + 1)
        return
    if not isinstance(value, dict):
        return
    uri = value.get("uri")
    if isinstance(uri, str) and uri and not uri.casefold().endswith(_COMPANIONS):
        title = value.get("title")
        found.setdefault(
            uri,
            Media(
                uri,
                whole(value.get("creation_timestamp")),
                title if isinstance(title, str) else "",
            ),
        )
    for key, item in value.items():
        if key != "media_metadata":  # subtitles and what the camera wrote
            _gather(item, found, depth + 1)


def whole(value: object) -> int | None:
    """Return a whole number above 0; None for anything else, and for 0: "not applicable"."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, str) and value.isdecimal() and len(value) <= 15:
        value = int(value)
    return value if isinstance(value, int) and value > 0 else None


@dataclass(frozen=True)
class Figured:
    """What the labels of one post say.

    Args:
        figures: in the order of `FIGURES`.
        known: how many labels stand for a figure, told or not.
        created: when it was made, Unix seconds.
        caption: "" when it is not told.
        seconds: length of the clip.
        flags: "draft", "published" and "paid" with what they say.
    """

    figures: Figures
    known: int
    created: int | None
    caption: str
    seconds: int | None
    flags: dict[str, str]


def figured(told: Sequence[tuple[str, Told]], line: int | None, source: Source) -> Figured:
    """Return what the labels of a post say; those not known, and bad figures, are noted."""
    numbers: dict[str, int | None] = {}
    spoilt: set[str] = set()
    flags: dict[str, str] = {}
    created = seconds = None
    caption = ""
    for label, said in told:
        role = post_role(label)
        if role is None:
            source.unknown[label] += 1
        elif role == "created":
            created = created or said.stamp
        elif role == "caption":
            caption = caption or said.text
        elif role == "seconds":
            seconds = seconds or _seconds(said.text)
        elif role in {"draft", "published", "paid"}:
            flags.setdefault(role, said.text)
        elif role not in {IGNORED, "media"}:
            value = _figure(role, label, said.text, line, source)
            if role in numbers and None not in (value, numbers[role]) and value != numbers[role]:
                spoilt.add(role)
            numbers[role] = numbers[role] if numbers.get(role) is not None else value
    for role in spoilt:
        numbers[role] = None
        source.notes.append(
            Note(line, f"two labels tell different numbers of {role}, left out", kind="odd")
        )
    known = len(numbers)
    if numbers.get("views") is None and numbers.get("impressions") is not None:
        numbers["views"] = numbers["impressions"]
    figures = cast("Figures", tuple(numbers.get(name) for name in FIGURES))
    return Figured(figures, known, created, caption, seconds, flags)


def _figure(role: str, label: str, text: str, line: int | None, source: Source) -> int | None:
    value, wrong = count(text)
    if wrong:
        source.notes.append(
            Note(
                line, f"{role}: “{label[:40]}” is “{text.strip()[:24]}”, which {wrong}", kind="odd"
            )
        )
    return value


def _seconds(text: str) -> int | None:
    """Return a length: whole seconds, or 0:25 and 1:02:03."""
    parts = text.strip().split(":")
    if text.strip().casefold() in MISSING or len(parts) > 3:
        return None
    if not all(part.isdecimal() and len(part) <= 6 for part in parts):
        value, _ = count(text)
        return value
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total


def post(
    source: Source,
    line: int,
    posted: datetime,
    shape: str | None,
    caption: str,
    said: Figured | None = None,
    *,
    hour_known: bool = True,
    private: bool = False,
    paid: bool = False,
) -> Post:
    """Return a post of the download, which has neither id nor address."""
    seconds = said.seconds if said and shape in {None, "reel", "video", "story"} else None
    figures = said.figures if said else NO_FIGURES
    return Post(
        "instagram",
        "",
        posted,
        hour_known,
        shape,
        caption,
        None,
        float(seconds) if seconds else None,
        *figures,
        source.name,
        line,
        source.today,
        None,
        time_from="published",
        private=private,
        paid=paid,
    )
