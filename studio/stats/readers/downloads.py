"""JSON files of the platforms' "download your data": which reader is theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.stats.readers import EXPECTED

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading


def read(name: str, text: str, today: date, zone: str | None) -> Reading:
    """Read a JSON file of Instagram's or TikTok's data download.

    Raises:
        Problem: it is no JSON, or no part of a download that has posts or figures.
    """
    from studio.stats.readers import instagram_download, tiktok_download

    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(
            name,
            "not understood: this JSON is cut off, damaged or nested too deeply",
            "Download it again",
        ) from error
    if instagram_download.matches(value):
        return instagram_download.read(name, value, today, zone)
    if tiktok_download.matches(value):
        return tiktok_download.read(name, value, today, zone)
    raise Problem(
        name, "not understood: this is JSON, and no export that Studio reads is", EXPECTED
    )
