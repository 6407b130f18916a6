"""Posts of TikTok's data download, whether they come as JSON or as text.

`Date` is UTC and says when a post went live: it falls 0 to 90 seconds after the time in the id for
28 of 29 real posts (reference: analytics-exports, section 9). Newer downloads have no id at all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from studio.stats.post import Note, Post
from studio.stats.readers.dates import day_of
from studio.stats.readers.ids import tiktok_time
from studio.stats.readers.numbers import MISSING, count

KNOWN = {
    "date": "date",
    "link": "link",
    "videolink": "link",
    "likes": "likes",
    "like(s)": "likes",
    "whocanview": "seen",
    "title": "title",
    # Known, and no figure of a post: left out without a word.
    "allowcomments": "-",
    "allowstitches": "-",
    "allowstitch": "-",
    "allowduets": "-",
    "allowduet": "-",
    "allowstickers": "-",
    "allowsharingtostory": "-",
    "contentdisclosure": "-",
    "aigeneratedcontent": "-",
    "sound": "-",
    "location": "-",
    "addyourstext": "-",
    "alternatetext": "-",
    "coverimage": "-",
    "numberofcollections": "-",
}
"""Plain label (`key_of`) → field, "-" for what is left out without a word."""

# "Only you" as TikTok's apps say it; the JSON has been seen in English only.
_ONLY_ME_WORDS = (
    "only you|only me|private|nur du|nur ich|nur für dich|toi uniquement|moi uniquement|vous seul"
    "|vous uniquement|uniquement vous|solo tú|solo yo|sólo tú|solo tu|solo io|solo per te"
    "|apenas você|somente você|só você|apenas eu|somente eu|alleen jij|alleen ik|tylko ty|tylko ja"
    "|только вы|только я|тільки ви|тільки я|sadece sen|sadece ben|yalnızca sen|yalnızca ben"
    "|自分のみ|あなたのみ|나만 보기|나만|仅自己可见|仅自己|只有你|僅自己|只限本人|chỉ mình bạn"
    "|chỉ mình tôi|chỉ bạn|hanya anda|hanya kamu|hanya saya|เฉพาะคุณ|เฉพาะฉัน|أنت فقط|أنا فقط"
    "|μόνο εσείς|μόνο εσύ|μόνο εγώ|bara du|bara jag|kun dig|kun mig|kun deg|kun meg|vain sinä"
    "|vain minä|doar tu|doar eu|jen vy|jen já|csak te|csak én"
)
_ONLY_ME = frozenset(_ONLY_ME_WORDS.split("|"))
_OPEN_WORDS = (
    "everyone|public|friends|followers|mutual friends|followers you follow back|all"
    "|jeder|alle|öffentlich|freunde|tout le monde|amis|todos|amigos|todo el mundo|tutti|amici"
    "|iedereen|vrienden|wszyscy|znajomi|все|друзья|herkes|arkadaşlar|すべての人|誰でも|全員|友達"
    "|모든 사람|친구|所有人|公开|朋友|mọi người|bạn bè|semua orang|teman|ทุกคน|เพื่อน"
)
_OPEN = frozenset(_OPEN_WORDS.split("|"))
_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?\s?(?:UTC|GMT|Z|\+00:?00)?",
    re.ASCII,
)
_ID = re.compile(r"//(?:[\w-]+\.)*tiktokv?\.com/[^?#]*?(?:video|photo)/(\d{15,20})(?!\d)", re.ASCII)
_PHOTO = re.compile(r"\.(?:image|jpe?g|webp|heic|png)(?:[?~]|$)|/photo/", re.IGNORECASE)
_CLIP = re.compile(r"mime_type=video|\.mp4(?:[?~]|$)", re.IGNORECASE)
_MADE = re.compile(r"[?&]l=(20\d\d)(\d\d)(\d\d)\d{6}[0-9A-F]", re.ASCII)
_CLEAN = timedelta(minutes=5)
_TRIM = 24


@dataclass(frozen=True)
class Entry:
    """One post as it is told.

    Args:
        line: its physical line in a text file, its place in a JSON list, 1 for the first.
        fields: field of `KNOWN` → what the file says, raw.
    """

    line: int
    fields: dict[str, str]


@dataclass(frozen=True)
class Told:
    """The file the entries are of: its path, the day it was given at the latest, the handle."""

    name: str
    today: date
    account: str | None


def key_of(label: object) -> str:
    """Return a label for comparing: case, spaces and underscores do not count."""
    return re.sub(r"[\s_]+", "", label).casefold() if isinstance(label, str) else ""


def stamp(text: str) -> datetime | None:
    """Return "2026-02-28 14:50:03", with or without " UTC", as a time; None for anything else."""
    found = _STAMP.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    # TikTok (as A.me) began in September 2016.
    if not 2014 <= year <= 2100:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def entries_to_posts(
    entries: list[Entry], told: Told, notes: list[Note]
) -> tuple[list[Post], date | None]:
    """Return the posts, and the day the links were signed, which is that of the download.

    A post without a time is left out and noted: nothing could tell it from others.
    """
    posts: list[Post] = []
    seen: dict[tuple[str, datetime | None, str], int] = {}
    audiences: dict[str, None] = {}
    for entry in entries:
        post = _post(entry, told, notes, audiences)
        if post is None:
            continue
        key = (
            (post.post_id, None, "")
            if post.post_id
            else ("", post.posted_at, entry.fields.get("link", ""))
        )
        first = seen.setdefault(key, entry.line)
        if first != entry.line:
            text = f"the same post as number {first}, left out"
            notes.append(Note(entry.line, text, kind="odd"))
            continue
        posts.append(post)
    _about(posts, audiences, told, notes)
    return posts, _signed(entries, posts, told.today)


def _post(entry: Entry, told: Told, notes: list[Note], audiences: dict[str, None]) -> Post | None:
    link = entry.fields.get("link", "").strip()
    found = _ID.search(link)
    post_id = found[1] if found else ""
    uploaded = tiktok_time(post_id) if post_id else None
    date_told = entry.fields.get("date", "").strip()
    at = stamp(date_told)
    if at is None and date_told.casefold() not in MISSING:
        text = f"Date “{date_told[:_TRIM]}” cannot be read"
        notes.append(Note(entry.line, text, kind="odd"))
    if at is None and uploaded is None:
        text = "a post without a time that can be read, left out"
        notes.append(Note(entry.line, text, kind="odd"))
        return None
    time_from = "published"
    if at is None:
        at, time_from = uploaded, "id"
    elif uploaded is not None and uploaded - at > _CLEAN:
        text = "Date lies before the upload; the id's time is used"
        notes.append(Note(entry.line, text, kind="odd"))
        at, time_from = uploaded, "id"
    likes, wrong = count(entry.fields.get("likes", ""))
    if wrong:
        shown = entry.fields["likes"].strip()[:_TRIM]
        notes.append(Note(entry.line, f"likes “{shown}” {wrong}", kind="odd"))
    audience = " ".join(entry.fields.get("seen", "").split())
    lower = audience.casefold()
    private = lower in _ONLY_ME
    if not private and lower not in _OPEN and lower not in MISSING:
        audiences[audience[:_TRIM]] = None
    title = entry.fields.get("title", "")
    return Post(
        "tiktok",
        post_id,
        at,
        True,
        _format(link, found),
        "" if title.strip().casefold() in MISSING else title,
        link if found else None,  # other links are signed, expire, and are no address
        None,
        None,
        None,
        likes,
        None,
        None,
        None,
        None,
        told.name,
        entry.line,
        told.today,
        told.account,
        uploaded_at=uploaded,
        time_from=time_from,
        private=private,
    )


def _format(link: str, named: re.Match[str] | None) -> str | None:
    """Return "video" or "photo"; None for /share/video/, which is written for photos, too."""
    if named:
        return "photo" if "/photo/" in named[0] else None
    if _CLIP.search(link):
        return "video"
    return "photo" if _PHOTO.search(link) else None


def _about(posts: list[Post], audiences: dict[str, None], told: Told, notes: list[Note]) -> None:
    if posts:
        notes.append(
            Note(
                None,
                "the download tells likes and times, no views;"
                " TikTok Studio's Content export has them",
            )
        )
    hidden = sum(post.private for post in posts)
    if hidden:
        which = "1 post is" if hidden == 1 else f"{hidden} posts are"
        notes.append(Note(None, f"{which} for your eyes only and in no statistics"))
    if audiences:
        shown = ", ".join(f"“{each}”" for each in list(audiences)[:4])
        text = f"who can view {shown} is not known; such posts count as public"
        notes.append(Note(None, text, kind="odd"))
    newest = max((post.posted_at for post in posts if post.posted_at), default=None)
    if newest and newest.date() > told.today + timedelta(days=2):
        text = f"posts newer than {told.today} in it: is the clock of this machine right?"
        notes.append(Note(None, text, kind="odd"))


def _signed(entries: list[Entry], posts: list[Post], today: date) -> date | None:
    """Return the day in the links' `l=` (YYYYMMDDhhmmss of the request), where it can be true."""
    days: Counter[date] = Counter()
    for entry in entries:
        found = _MADE.search(entry.fields.get("link", ""))
        day = day_of(int(found[1]), int(found[2]), int(found[3])) if found else None
        if day:
            days[day] += 1
    if not days:
        return None
    newest = max((post.posted_at.date() for post in posts if post.posted_at), default=date.min)
    latest = max(days)
    fits = latest - min(days) <= timedelta(days=2) and newest <= latest <= max(
        today, newest
    ) + timedelta(days=1)
    return latest if fits else None
