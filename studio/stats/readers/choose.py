"""Which files of a folder or an archive can be exports, by their names alone.

A name never says that a file is an export, only that it need not be opened: media, and the parts
of a download of one's data that are nobody's business.
"""

from __future__ import annotations

import re

SUFFIXES = (".json", ".csv", ".tsv", ".xlsx", ".txt", ".html", ".htm")
"""How the names of exports end, in lower case."""

_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|hei[cf]|avif|tiff?|bmp|svg|psd|mp4|mov|m4[av]|mkv|webm|avi|3gp"
    r"|mp3|aac|og[ga]|opus|wav|flac|srt|vtt|xmp|aae)$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(?:^|/)(?:messages|message_requests|direct_messages|secret_conversations"
    r"|personal_information|information_about_you|security_and_login_information"
    r"|login_and_(?:account|profile)_creation|login_activity|device_information"
    r"|ads_information|ads_and_(?:businesses|topics)|apps_and_websites\w*|recent_searches)/",
    re.IGNORECASE,
)
"""Folders of the platforms' downloads that have no figures; from listings of their archives."""


def private(path: str) -> bool:
    """Tell whether a path lies in a folder that is left alone, such as that of the messages."""
    return _PRIVATE.search(path) is not None


def is_media(path: str) -> bool:
    """Tell whether a file is a picture, a clip, music or a sidecar by its name."""
    return _MEDIA.search(path) is not None
