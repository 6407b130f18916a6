"""JSON files of the platforms' "download your data": which reader is theirs."""

from __future__ import annotations

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
    from studio.stats.readers import instagram_download, json_text, tiktok_download

    parsed = json_text.parse(name, text)
    value = parsed.value
    if instagram_download.matches(value):
        return instagram_download.read(name, value, today, zone, parsed)
    if parsed.broken is not None:
        raise Problem(
            name,
            f"not understood: this JSON is cut off or damaged in line {parsed.broken}",
            "Download it again",
        )
    if tiktok_download.matches(value):
        return tiktok_download.read(name, value, today, zone)
    raise Problem(
        name, "not understood: this is JSON, and no export that Studio reads is", EXPECTED
    )
