"""The times inside post ids.

Sources: TikTok's ids are 64 bits with Unix seconds in the upper 32; Instagram's media ids count
milliseconds since 2011-08-24T21:07:01.721Z in all but the lower 23 bits, and a shortcode is that
id in base64url. Both measured against real exports (reference: analytics-exports, section 8).
"""

from __future__ import annotations

import re
from binascii import a2b_base64
from datetime import UTC, datetime, timedelta

INSTAGRAM_EPOCH_MS = 1314220021721
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VIDEO = re.compile(r"/(?:video|photo)/(\d{15,20})(?!\d)", re.ASCII)
_HANDLE = re.compile(r"tiktok\.com/@([\w.]+)", re.ASCII)


def shortcode_time(code: str) -> datetime | None:
    """Return the upload time in an Instagram shortcode, UTC; None when it is no shortcode.

    Only the first 11 characters count: those of private posts are longer, those from before 2016
    have 10.
    """
    first = code[:11]
    if len(first) < 10 or "+" in first or "/" in first:
        return None
    # Base64url, most significant first; A counts 0, and 12 letters are whole bytes.
    standard = first.replace("-", "+").replace("_", "/").rjust(12, "A")
    try:
        raw = a2b_base64(standard)
    except ValueError:
        return None
    number = int.from_bytes(raw, "big")
    if len(raw) != 9 or number >> 64:  # other letters are passed over
        return None
    seconds, left = divmod((number >> 23) + INSTAGRAM_EPOCH_MS, 1000)
    return _EPOCH + timedelta(0, seconds, left * 1000)


def media_time(media_id: str) -> datetime | None:
    """Return the upload time in an Instagram media id in decimal, as a story's address has it."""
    if not (media_id.isdecimal() and 17 <= len(media_id) <= 19):
        return None
    return _EPOCH + timedelta(milliseconds=(int(media_id) >> 23) + INSTAGRAM_EPOCH_MS)


def tiktok_time(video_id: str) -> datetime | None:
    """Return the upload time in a TikTok id, UTC; None when it cannot be one."""
    if not video_id.isdecimal() or not 15 <= len(video_id) <= 20:
        return None
    seconds = int(video_id) >> 32
    # TikTok (as A.me) began in September 2016; 2**32 seconds are in 2106.
    return _EPOCH + timedelta(seconds=seconds) if 1_450_000_000 < seconds < 2**32 else None


def tiktok_link(link: str) -> tuple[str | None, str | None, str | None]:
    """Return video id, "video" or "photo", and handle of a TikTok link, None for what lacks."""
    found = _VIDEO.search(link) if "tiktok.com/" in link else None
    if not found:
        return None, None, None
    handle = _HANDLE.search(link)
    return found[1], found[0].split("/")[1], handle[1] if handle else None
