"""What is stored of TikTok's data download: one's posts and the profile's figures, nothing else.

This is the one exception to “imported files are stored untouched”. TikTok's JSON is one file with
everything TikTok knows of a person: messages, searches, contacts, places, logins, what was
watched. A project is synchronised, shared and backed up, so of this one format it holds what the
readers use. The original is only ever read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.stats.post import Note
from studio.stats.readers import json_text, straining, tiktok_download, tiktok_text
from studio.stats.readers.decode import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.readers.reading import Reading

ENDS = {tiktok_download.KIND: ".json", tiktok_text.KIND: ".txt"}
"""What is stored lean, and how its name ends."""
_LOOK = 2**17  # as far as `tiktok_text.matches` looks, in any encoding


def strained(name: str, data: bytes) -> bytes | None:
    """Return TikTok's JSON without its private sections, and so never parse these.

    Args:
        name: the file's path, for messages.
        data: its content.

    Returns:
        Smaller JSON that reads the same; None for any other file.

    Raises:
        Problem: it is TikTok's download, and damaged or nested beyond belief.
    """
    found = straining.strain(name, data)
    if found is None or not tiktok_download.matches(json_text.parse(name, decode(found)[0]).value):
        return None
    return found


def lean(name: str, data: bytes) -> bytes | None:
    """Return a TikTok download as it is to be stored; None for any other file.

    JSON becomes a smaller JSON file that reads the same, in ASCII; a section as text becomes
    its posts, in UTF-8. The same gives the same, and what is lean already stays as it is.

    Args:
        name: the file's path, for messages.
        data: its content, strained or not.

    Raises:
        Problem: it is TikTok's download, and damaged or nested beyond belief.
    """
    if (small := strained(name, data)) is not None:
        parsed = json_text.parse(name, decode(small)[0])
        return _json(tiktok_download.reduced(parsed.value))
    start, _ = decode(data[:_LOOK])
    if start[:4096].lstrip().startswith(("<", "{", "[")) or not tiktok_text.matches(start):
        return None
    text, _ = decode(data)
    return tiktok_text.reduced(text).encode(errors="replace")


def kept_note(readings: Sequence[Reading]) -> Note:
    """Say in a sentence what is kept of TikTok downloads, and that the rest is not.

    Args:
        readings: what was read of them, JSON or text.
    """
    count = sum(len(reading.posts) for reading in readings)
    posts = {0: "no posts", 1: "1 post"}.get(count, f"{count:,} posts")
    if any(reading.kind == tiktok_download.KIND for reading in readings):
        told = (
            f"kept: {posts} and the profile; messages, searches, contacts and the rest of the"
            " download were left out"
        )
    else:
        told = f"kept: {posts}; everything else in the text was left out"
    return Note(None, told)


def _json(value: object) -> bytes:
    import json

    # ASCII, so that no reader has to guess how it is written, whatever is in the titles.
    return (json.dumps(value, indent=1) + "\n").encode("ascii")
