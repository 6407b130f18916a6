"""What a link, an id or a word says of a post: its platform, its id, when it was uploaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.stats.post import link_code
from studio.stats.readers.ids import shortcode_time, tiktok_link, tiktok_time
from studio.stats.readers.meta_words import format_of
from studio.stats.readers.sheet import plain

if TYPE_CHECKING:
    from datetime import datetime

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+|[\w-]+\.(?:com|net|be|watch)/[^\s<>\"')\]]+")
_HOSTS = {
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "tiktok.com": "tiktok",
    "facebook.com": "facebook",
    "fb.watch": "facebook",
    "fb.com": "facebook",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "threads.net": "threads",
    "threads.com": "threads",
    "linkedin.com": "linkedin",
    "twitter.com": "x",
    "x.com": "x",
    "pinterest.com": "pinterest",
    "bsky.app": "bluesky",
    "snapchat.com": "snapchat",
}
_NAMES = {
    "instagram": ("instagram", "insta", "ig"),
    "tiktok": ("tiktok", "tik tok", "tt"),
    "facebook": ("facebook", "fb"),
    "youtube": ("youtube", "yt"),
    "threads": ("threads",),
    "linkedin": ("linkedin",),
    "x": ("twitter", "x"),
    "pinterest": ("pinterest",),
    "bluesky": ("bluesky",),
    "snapchat": ("snapchat",),
}
_YOUTUBE = re.compile(
    r"(?:youtu\.be/|[?&]v=|/(?:shorts|live|embed)/)([\w-]{11})(?![\w-])", re.ASCII
)
_FACEBOOK = re.compile(r"/(?:reel|videos|posts|photos)/(?:[^/?#]+/)?(\d{8,20})(?!\d)", re.ASCII)
_STORY = re.compile(r"instagram\.com/stories/([\w.]+)/(\d{15,20})(?!\d)", re.ASCII)
_HANDLE = re.compile(r"instagram\.com/([\w.]{1,30})/(?:p|reels?|tv)/", re.ASCII)
_CODE = re.compile(r"(?=[\w-]*[A-Z])(?=[\w-]*[a-z_-])[\w-]{10,12}", re.ASCII)

_FORMATS = (
    ("carousel", ("album", "sidecar", "slideshow", "slide show", "galerie", "gallery", "multi")),
    ("reel", ("reel", "clips")),
    ("video", ("short", "igtv", "clip", "film", "видео", "βίντεο", "vid")),
    ("image", ("picture", "static", "single", "pic", "graphic", "grafik", "still", "фото", "写真")),
)
_REELS_SINCE = (2022, 8)
"""From then on Instagram shares every new video as a reel (about.instagram.com, 2022-07-21)."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a cell with a link says.

    Attributes:
        url: the link itself, raw.
        platform: whose it is; None for another site's.
        post_id: the shortcode or the number in it; "" without one.
        uploaded: the time inside the id, UTC.
        format: "reel", "story", "photo" … where the link says so.
        account: the handle in it.
    """

    url: str
    platform: str | None
    post_id: str = ""
    uploaded: datetime | None = None
    format: str | None = None
    account: str | None = None


@lru_cache(maxsize=8192)
def of_link(text: str) -> Link | None:
    """Return what the first link in a cell says; None when there is none."""
    found = _URL.search(text[:2000])
    if not found:
        return None
    url = found[0].rstrip(".,;")
    host = url.split("//")[-1].split("/")[0].split("?")[0].casefold().rpartition("@")[2]
    name = ".".join(host.split(":")[0].split(".")[-2:])
    platform = _HOSTS.get(name)
    if platform == "instagram":
        return _instagram(url)
    if platform == "tiktok":
        post_id, kind, account = tiktok_link(url)
        told = tiktok_time(post_id) if post_id else None
        return Link(url, platform, post_id or "", told, kind, account)
    pattern = {"youtube": _YOUTUBE, "facebook": _FACEBOOK}.get(platform or "")
    number = pattern.search(url) if pattern else None
    kind = "reel" if platform == "facebook" and "/reel/" in url else None
    return Link(url, platform, number[1] if number else "", None, kind)


def _instagram(url: str) -> Link:
    story = _STORY.search(url)
    if story:
        return Link(url, "instagram", story[2], None, "story", story[1])
    code = link_code(url) or ""
    handle = _HANDLE.search(url)
    kind = "reel" if "/reel" in url else None
    told = shortcode_time(code)
    return Link(url, "instagram", code, told, kind, handle[1] if handle else None)


def of_id(text: str, platform: str | None) -> tuple[str, datetime | None]:
    """Return the id in a cell and the time inside it; "" where the cell holds no whole id.

    A spreadsheet turns long ids into "1.8E+16": that is no id.
    """
    text = text.strip().lstrip("'=").strip('"').strip()
    tail = text.rpartition("_")[2] if re.fullmatch(r"\d+_\d+", text) else text
    if platform == "instagram" and re.fullmatch(r"\d{15,20}_\d+", text):
        tail = text.partition("_")[0]  # Instagram's own: media_owner; Facebook's: page_post
    if tail.isdecimal() and tail.isascii():
        if not 5 <= len(tail) <= 25:
            return "", None
        return tail, tiktok_time(tail) if platform in {"tiktok", None} else None
    if platform in {"instagram", None} and _CODE.fullmatch(text):
        return text, shortcode_time(text)
    if platform == "youtube" and re.fullmatch(r"[\w-]{11}", text, re.ASCII):
        return text, None
    return "", None


@lru_cache(maxsize=1024)
def platform_of(text: str) -> str | None:
    """Return the platform a word names; None for none, or for more than one."""
    words = plain(text).replace("-", " ").replace("_", " ").replace("/", " ")
    found = {
        platform
        for platform, names in _NAMES.items()
        if any(
            name in words if len(name) > 5 else f" {name} " in f" {words} "  # "ig" in "big" is none
            for name in names
        )
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1024)
def kind_of(told: str, platform: str, link: str | None, month: tuple[int, int]) -> str | None:
    """Return the format a cell, or else the link, tells of.

    Args:
        told: the cell, "Reel", "CAROUSEL_ALBUM", "Foto".
        platform: the post's.
        link: the format the link tells of, if any.
        month: year and month it was posted in, (0, 0) for not known.
    """
    words = plain(told).replace("_", " ")[:60]
    found = next((name for name, parts in _FORMATS if any(one in words for one in parts)), None)
    found = found or (format_of(words) if words else None)
    if platform == "tiktok":
        if found in {"image", "carousel"}:
            return "photo"
        return link or ("video" if found in {"video", "reel"} else None)
    if link in {"reel", "story"} or found is None:
        return link
    if platform == "instagram" and found == "video" and month >= _REELS_SINCE:
        return "reel"
    return found
