"""JSON files of Instagram's data download, in every generation of its folders.

A file is known by what is in it: names and folders changed over the years. The download also holds
messages, logins and what others posted; of these nothing is read, kept or quoted. An entry's line
is the physical line it begins on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.post import Note, Post
from studio.stats.readers import EXPECTED
from studio.stats.readers import instagram_audience as audience
from studio.stats.readers import instagram_insights as insights
from studio.stats.readers import instagram_media as posts
from studio.stats.readers.instagram_values import Source
from studio.stats.readers.json_text import MAX_ENTRIES, Json
from studio.stats.readers.mojibake import repaired
from studio.stats.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from studio.stats.post import Followers, Share

_MAX_NOTES = 40
_SAMPLE = 50
_RELATIONS = "relationships_"
# Keys of the download's files that have neither posts nor figures, from their public listings.
_OTHERS = (
    *(
        "relationships_",
        "likes_",
        "saved_",
        "comments_",
        "story_activities_",
        "impressions_history_",
    ),
    *("account_history_", "profile_", "searches_", "settings_", "topics_", "ig_custom_audiences_"),
    *("inferred_data_", "apps_and_websites_", "subscriptions_", "devices_", "shopping_", "text_"),
    *(
        "contacts_",
        "monetization_",
        "policy_",
        "guides_",
        "media_music",
        "checkout_",
        "fundraisers_",
    ),
)
_MEND = "Download it again"
_NOTHING = "part of an Instagram download that has no posts or figures"
_Entry = tuple[int, dict[str, object]]


def matches(value: object) -> bool:
    """Tell whether a parsed JSON file is part of this download."""
    if isinstance(value, list):
        return any(_is_entry(entry) for entry in value[:_SAMPLE])
    if not isinstance(value, dict):
        return False
    if any(key.startswith((insights.PREFIX, "ig_")) for key in value if isinstance(key, str)):
        return True
    if posts.is_old(value) or _is_entry(value) or {"participants", "messages"} <= value.keys():
        return True
    for key, listed in value.items():
        if isinstance(listed, list) and any(_is_entry(entry) for entry in listed[:_SAMPLE]):
            return True
        if key.startswith(_OTHERS) and isinstance(listed, list):
            return True
    return False


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    return posts.is_media(entry) or any(
        isinstance(entry.get(name), kind)
        for name, kind in (
            ("string_map_data", dict),
            ("string_list_data", list),
            ("label_values", list),
        )
    )


def read(
    name: str, value: object, today: date, zone: str | None, parsed: Json | None = None
) -> Reading:
    """Read one file of the download.

    Args:
        name: its path.
        value: the parsed JSON, as `matches` wants it.
        today: the day it was downloaded at the latest.
        zone: not used, because the download's times are UTC.
        parsed: how `value` came about: its lines, and whether the file is whole.

    Raises:
        Problem: it has no posts or figures, or what should be a list of them is none.
    """
    del zone
    parsed = parsed or Json(value)
    source = Source(name, today)
    value = repaired(value)
    if isinstance(value, dict) and posts.is_old(value):
        return _reading(
            "posts, before 2021", source, parsed, posts.read_old(value, parsed.lines, source)
        )
    key, entries = _first_list(name, value, parsed)
    if parsed.broken is not None and not entries:
        raise Problem(
            name, f"not understood: this JSON is cut off or damaged in line {parsed.broken}", _MEND
        )
    lower = key.casefold()
    sample = [entry for _, entry in entries[:_SAMPLE]]
    if key.startswith(insights.PREFIX):
        return _insights(key, entries, source, parsed)
    if key.startswith(_RELATIONS) or _are_followers(key, sample):
        return _relations(lower, entries, source, parsed)
    if any(posts.is_media(entry) for entry in sample):
        kept = [(line, entry) for line, entry in entries if posts.is_media(entry)]
        for line, entry in entries:
            if not posts.is_media(entry):
                source.leave_out(line, "that is no post")
        return _reading(_name(lower), source, parsed, posts.read_media(key, kept, source))
    if not key.startswith(_OTHERS):
        if any(posts.is_own_post(entry) for entry in sample):
            kept = [(line, entry) for line, entry in entries if posts.is_own_post(entry)]
            return _reading("posts", source, parsed, posts.read_own(kept, source))
        if any(insights.is_post(entry) and insights.has_figures(entry) for entry in sample):
            found = insights.read_insights(key, entries, source)
            return _reading("post insights", source, parsed, found)
        if any(audience.is_audience(entry) for entry in sample):
            return _insights(key, entries, source, parsed)
    raise Problem(name, f"not understood: {_NOTHING}", EXPECTED)


def _first_list(name: str, value: object, parsed: Json) -> tuple[str, list[_Entry]]:
    """Return the first list of objects, whatever its key, with the line of each entry."""
    if isinstance(value, list):
        listed: list[tuple[str, object]] = [("", value)]
    elif isinstance(value, dict):
        listed = [(key, item) for key, item in value.items() if isinstance(item, list)]
        if not listed and "label_values" in value:
            listed = [("", [value])]
        wanted = [key for key in value if key.startswith((insights.PREFIX, "ig_"))]
        if wanted and not any(key in wanted for key, _ in listed):
            raise Problem(
                name,
                f"not understood: an Instagram download whose “{wanted[0][:40]}” is no list",
                _MEND,
            )
        listed.sort(key=lambda pair: pair[0] not in wanted)
        if {"participants", "messages"} <= value.keys() or not listed:
            raise Problem(name, f"not understood: {_NOTHING}", EXPECTED)
    else:
        raise Problem(name, f"not understood: {_NOTHING}", EXPECTED)
    for key, items in listed:
        entries = list(_entries(items, parsed.lines.get(key, [])))
        if entries or not items or len(listed) == 1:
            return key, entries
    return listed[0][0], []


def _entries(items: object, lines: list[int]) -> Iterator[_Entry]:
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (lines[index] if index < len(lines) else index + 1), item


def _are_followers(key: str, sample: list[dict[str, object]]) -> bool:
    return not key and any(isinstance(entry.get("string_list_data"), list) for entry in sample)


def _name(key: str) -> str:
    for piece, name in (("stor", "stories"), ("reel", "reels"), ("igtv", "IGTV")):
        if piece in key:
            return name
    return "archived posts" if "archived" in key else "posts"


def _insights(key: str, entries: list[_Entry], source: Source, parsed: Json) -> Reading:
    own = [(line, entry) for line, entry in entries if insights.is_post(entry)]
    if own:
        for line, entry in entries:
            if not insights.is_post(entry):
                source.leave_out(line, "without a time")
        found = insights.read_insights(key, own, source)
        return _reading("post insights", source, parsed, found)
    shares: list[Share] = []
    followers: list[Followers] = []
    about = False
    for line, entry in entries:
        if "audience" in key or audience.is_audience(entry):
            account = audience.read_audience(entry, line, source)
            shares += account.shares
            followers += account.followers
            about = True
        elif insights.shape_of(key) or "post" in key:
            source.leave_out(line, "without a time")
        elif not source.notes:
            audience.tell_of_sums(line, source)
    reading = _reading("audience" if about else "account insights", source, parsed, [])
    return replace(reading, followers=tuple(followers), shares=tuple(shares))


def _relations(key: str, entries: list[_Entry], source: Source, parsed: Json) -> Reading:
    if key and "followers" not in key.removeprefix(_RELATIONS).split("_"):
        source.notes.append(
            Note(None, "whom you follow or leave out: no figure that counts", kind="empty")
        )
        return _reading("relations", source, parsed, [])
    counted = audience.read_followers(entries, source, whole_file=parsed.broken is None)
    return replace(_reading("followers", source, parsed, []), followers=counted)


def _reading(what: str, source: Source, parsed: Json, found: list[Post]) -> Reading:
    told = source.told()
    notes: list[Note] = []
    if parsed.broken is not None:
        text = (
            f"nothing from here on was read: the file is cut off or damaged, or has more than"
            f" {MAX_ENTRIES:,} entries; {len(found)} whole posts before it were; download it again"
        )
        notes.append(Note(parsed.broken, text, kind="odd"))
    if parsed.doubled:
        notes.append(
            Note(None, f"{parsed.doubled} things are told twice and differ, left out", kind="odd")
        )
    if not found and not told and not notes:
        notes.append(Note(None, "there are no posts in it", kind="empty"))
    notes += told
    if len(notes) > _MAX_NOTES:
        more = len(notes) - _MAX_NOTES
        notes = [*notes[:_MAX_NOTES], Note(None, f"and {more} more notes like these", kind="odd")]
    return Reading(
        source.name,
        f"Instagram {what}",
        "instagram",
        posts=tuple(found),
        notes=tuple(notes),
        exported=source.today,
    )
