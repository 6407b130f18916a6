"""JSON of TikTok's data download: one's own posts with their likes, and the number of followers.

Where the posts lie (reference: analytics-exports, section 6, and public parsers): `Post.Posts`,
before 2024 `Video.Videos`, very old also under `Activity`; always in a `VideoList`. The file holds
messages, logins and watched videos as well; nothing of these is kept or quoted: `reduced` is what
a project stores of it.

`NumberOfCollections` and `AIGeneratedContent` give no figure: what the first counts is not known
(it was "N/A" in the exports seen), and the second is a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Followers, Note
from studio.stats.readers.numbers import count
from studio.stats.readers.reading import Reading
from studio.stats.readers.tiktok_entries import KNOWN, Entry, Told, entries_to_posts, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

KIND = "TikTok data download"
"""What this file is, for a human."""

_OUTER = frozenset({"post", "posts", "video", "videos", "activity", "youractivity"})
_INNER = frozenset({"post", "posts", "video", "videos"})
SECTIONS = frozenset(
    {"profileandsettings", "youractivity", "tiktoklive", "tiktokshopping", "tiktokshop"}
    | {"likesandfavorites", "directmessages", "directmessage", "appsettings", "adsanddata"}
)
"""Those that only TikTok's download has; one makes a file without posts recognised."""
MARKS = SECTIONS | {"activity", "video", "profile", "comment"}
"""Sections at the top that tell, alone or together, whose file it is."""
_PROFILES = ("profileandsettings", "profile")
_COUNTED = ("story", "recentlydeletedposts")
_LONGEST = 100_000
"""Posts read of one file; more than any account has."""
_LABEL, _LABELS = 40, 200
"""Characters quoted of a label that is not known, and of all of them."""


class Wanted(dict[str, "Wanted | None"]):
    """Plain label (`key_of`) → what is wanted in it, None for all of it."""


def _wanted() -> Wanted:
    last = Wanted(videolist=None)
    inner = Wanted(last, **dict.fromkeys(_INNER, last))
    posts = Wanted(inner, **dict.fromkeys(_INNER, inner), **dict.fromkeys(_COUNTED))
    figures = Wanted(profilemap=Wanted(username=None, followercount=None))
    profile = Wanted(profileinfo=figures, profileinformation=figures)
    return Wanted(dict.fromkeys(_OUTER, posts), **dict.fromkeys(_PROFILES, profile))


WANTED = _wanted()
"""Where `read` looks, but for the followers, whom it only counts."""


def matches(value: object) -> bool:
    """Tell whether a parsed JSON file is this download: a section of its own, or a `VideoList`."""
    if not isinstance(value, dict):
        return False
    names = {key_of(name) for name, part in value.items() if isinstance(part, dict)}
    if names & SECTIONS or ("activity" in names and names & {"video", "profile", "comment"}):
        return True
    return _has_list(value)


def read(name: str, value: object, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read the posts and the number of followers.

    Args:
        name: the file's path.
        value: the parsed JSON, as `matches` wants it.
        today: the day it was downloaded at the latest.
        zone: not used, because the download's times are UTC.

    Raises:
        Problem: the list of posts is there, and is no list.
    """
    if not isinstance(value, dict):
        raise Problem(name, "not understood: this JSON is no TikTok data download", _MEND)
    notes: list[Note] = []
    _, profile = _profile(value)
    entries: list[Entry] = []
    for _, found in _lists(value):
        if found and not isinstance(found, list):
            raise Problem(
                name, "not understood: TikTok's list of posts (VideoList) is no list", _MEND
            )
        if isinstance(found, list):
            entries += _entries(found[:_LONGEST], len(entries), notes)
            if len(found) > _LONGEST:
                notes.append(Note(None, f"only the first {_LONGEST:,} posts were read", kind="odd"))
    account = _text(profile, "username")
    told = Told(name, today, None if account in {"", "N/A"} else account)
    posts, exported = entries_to_posts(entries, told, notes)
    day = exported or max(
        [today, *(post.posted_at.date() for post in posts if post.posted_at is not None)]
    )
    followers = _followers(value, profile, day, notes)
    if not entries:
        notes.append(
            Note(None, "TikTok's data download, without a post of one's own", kind="empty")
        )
    _beside(value, notes)
    return Reading(
        name=name,
        kind=KIND,
        platform="tiktok",
        posts=tuple(posts),
        followers=followers,
        notes=tuple(notes),
        exported=day,
        exported_told=exported is not None,
    )


_MEND = "Ask TikTok for your data once more, as JSON, and give the file untouched"

Path = tuple[str, ...]


def reduced(value: object) -> dict[str, object]:
    """Return what `read` uses of a download, under the keys it lies under, and nothing else.

    Own posts with the labels that are read, each in its place; the user name and the number of
    followers. Read again it gives the same posts, followers, day and odd notes, and reduced again
    it is the same. Who follows, stories and deleted posts were only counted: they are left out.

    Args:
        value: the parsed JSON, as `matches` wants it.
    """
    made: dict[str, object] = {}
    if not isinstance(value, dict):
        return made
    for path, found in _lists(value):
        _put(made, path, _lean(found) if isinstance(found, list) else None)
    path, profile = _profile(value)
    for name in ("username", "followercount"):
        key = next((key for key in profile if key_of(key) == name), None)
        if key is not None and _told(profile[key]):
            _put(made, (*path, key), profile[key])
    if not matches(made):
        made |= {
            key: {}
            for key, part in value.items()
            if isinstance(part, dict) and key not in made and key_of(key) in MARKS
        }
    return made


def _put(made: dict[str, object], path: Path, part: object) -> None:
    for key in path[:-1]:
        inside = made.setdefault(key, {})
        if not isinstance(inside, dict):  # never so: a place is a list or a folder
            return
        made = inside
    made[path[-1]] = part


def _lean(found: list[object]) -> list[object]:
    """Return a list of posts with what `_entries` makes of it: fields, and labels not known."""
    unknown: dict[str, None] = {}
    entries: list[object] = []
    for item in found[:_LONGEST]:
        if not isinstance(item, dict):
            entries.append(None)
            continue
        entry: dict[str, object] = {}
        fields: set[str] = set()
        for key, inside in item.items():
            field = KNOWN.get(key_of(key))
            label = str(key)[:_LABEL]
            if field is None:
                fresh = label not in unknown and len(", ".join(unknown)) < _LABELS
                if fresh and KNOWN.get(key_of(label)) is None:
                    unknown[label] = entry[label] = None
            elif field != "-" and field not in fields and _told(inside):
                fields.add(field)
                entry[key] = inside
        entries.append(entry)
    return entries if len(found) <= _LONGEST else [*entries, None]


def _has_list(value: Mapping[str, object]) -> bool:
    return any(True for _ in _lists(value))


def _lists(value: Mapping[str, object]) -> Iterator[tuple[Path, object]]:
    """Yield every `VideoList` of own posts and where it lies; never what was watched or liked."""
    for outer, section in value.items():
        if key_of(outer) not in _OUTER or not isinstance(section, dict):
            continue
        direct = key_of(outer) in _INNER
        for inner, part in section.items():
            if direct and key_of(inner) == "videolist":
                yield (outer, inner), part
            elif key_of(inner) in _INNER and isinstance(part, dict):
                yield from _deep((outer, inner), part)


def _deep(path: Path, part: Mapping[str, object]) -> Iterator[tuple[Path, object]]:
    for name, inside in part.items():
        if key_of(name) == "videolist":
            yield (*path, name), inside
        elif key_of(name) in _INNER and isinstance(inside, dict):
            for key, each in inside.items():
                if key_of(key) == "videolist":
                    yield (*path, name, key), each


def _entries(found: list[object], before: int, notes: list[Note]) -> list[Entry]:
    entries: list[Entry] = []
    unknown: dict[str, None] = {}
    strange = 0
    for number, item in enumerate(found, before + 1):
        if not isinstance(item, dict):
            strange += 1
            continue
        fields: dict[str, str] = {}
        for key, inside in item.items():
            field = KNOWN.get(key_of(key))
            if field is None:
                unknown[str(key)[:_LABEL]] = None
            elif field != "-" and (told := _told(inside)):
                fields.setdefault(field, told)
        entries.append(Entry(number, fields))
    if strange:
        notes.append(Note(None, f"{strange} of the posts are no records, left out", kind="odd"))
    if unknown:
        shown = ", ".join(unknown)[:_LABELS]
        notes.append(Note(None, f"labels of posts not known, left out: {shown}", kind="odd"))
    return entries


def _told(value: object) -> str:
    """Return a cell of the JSON as text: numbers come bare or quoted, "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""


def _part(value: object, *path: str) -> object:
    return _place(value, *path)[1]


def _place(value: object, *path: str) -> tuple[Path, object]:
    """Return what lies under the first key of each name, and those keys; None for nothing."""
    keys: list[str] = []
    for step in path:
        if not isinstance(value, dict):
            return (), None
        key = next((key for key in value if key_of(key) == step), None)
        if key is None:
            return (), None
        keys.append(key)
        value = value[key]
    return tuple(keys), value


def _profile(value: Mapping[str, object]) -> tuple[Path, Mapping[str, object]]:
    """Return the profile and where it lies; empty where there is none."""
    for section in _PROFILES:
        for part in ("profileinfo", "profileinformation"):
            path, found = _place(value, section, part, "profilemap")
            if isinstance(found, dict):
                return path, found
    return (), {}


def _text(value: object, name: str) -> str:
    return _told(_part(value, name)).strip()


def _followers(
    value: Mapping[str, object], profile: object, day: date, notes: list[Note]
) -> tuple[Followers, ...]:
    told, wrong = count(_text(profile, "followercount"))
    if wrong:
        notes.append(Note(None, f"the number of followers {wrong}", kind="odd"))
    fans = _part(value, "profileandsettings", "follower", "fanslist")
    if not isinstance(fans, list):
        fans = _part(value, "activity", "followerlist", "fanslist")
    if isinstance(fans, list) and fans:
        notes.append(Note(None, f"{len(fans):,} followers are listed in it; no name is kept"))
    return (Followers("tiktok", day, told),) if told is not None else ()


def _beside(value: Mapping[str, object], notes: list[Note]) -> None:
    """Say what of the posts is recognised and has no figure that counts."""
    for outer in ("post", "video"):
        for inner, what in zip(_COUNTED, ("stories", "deleted posts"), strict=True):
            section = _part(value, outer, inner)
            if not isinstance(section, dict):
                continue
            length = sum(len(part) for part in section.values() if isinstance(part, list))
            if length:
                text = f"{length} {what} in it, which have no figures that count, left out"
                notes.append(Note(None, text, kind="empty"))
