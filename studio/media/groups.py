"""Which takes belong together: what "keep this and reject the rest of its group" is about.

In this order: the brief a file was made for, as its sidecar records it; the same prompt; names that
differ in their number only, in one folder. A file that none of them joins to others is alone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from studio.media.library import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.media.choice import Entry

# Names that cameras, phones, screens and generators give to everything they make: the number behind
# them says nothing of what is in the picture.
_ANYTHING = {
    *("img", "image", "images", "dsc", "dscf", "dscn", "pxl", "vid", "mvi", "mov", "dji", "gopr"),
    *("photo", "picture", "pic", "clip", "video", "movie", "frame", "screenshot", "screen shot"),
    *("comfyui", "output", "out", "file", "untitled", "new", "download", "unnamed", "scan"),
    *("animatediff", "wan", "take", "tmp", "temp", "whatsapp image", "whatsapp video", "sora"),
}
# "00012-1234567" and "00012-1234567-a dog": how A1111 and Forge name files, count and seed.
_COUNT_SEED = re.compile(r"(\d{1,6})-(\d{4,20})(?:\D|$)")
# The number at a name's end: "xmas-01", "xmas 2", "xmas (3)", "xmas_00001_", "xmas v2".
_NUMBER = re.compile(r"[\s_.\-]*(?:\(\d{1,6}\)|[\s_.\-]v\d{1,3}|\d{1,6})[\s_.\-]*$", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\s,;.:|]+")


def group_of(path: str, prompt_seedless: str | None, brief: str | None, idea: str | None) -> str:
    """Return the group a media file belongs to, as an id that is the same on every day.

    Args:
        path: of the file in the project.
        prompt_seedless: the prompt it was made from, without the seed.
        brief: the brief its sidecar records: a path, or a name that is only known within an idea.
        idea: the idea it was made for or is used in, which such a name belongs to.
    """
    if brief and brief.strip():
        known = brief if "/" in brief else f"{idea or ''}#{brief.strip()}"
        return f"brief:{known}"
    kind = kind_of(path) or ""
    prompt = _normal(prompt_seedless or "")
    if prompt:
        return f"prompt:{kind}:{hashlib.blake2b(prompt.encode(), digest_size=12).hexdigest()}"
    folder, _, name = path.rpartition("/")
    stem = unicodedata.normalize("NFC", name.rpartition(".")[0] or name)
    batch = _COUNT_SEED.match(stem)
    if batch:  # within a batch the seed goes up with the count
        return f"batch:{kind}:{folder}/{int(batch[2]) - int(batch[1])}"
    number = _NUMBER.search(stem)
    shared = stem[: number.start()].casefold() if number else ""
    if shared and shared not in _ANYTHING and any(char.isalpha() for char in shared):
        return f"name:{kind}:{folder}/{shared}"
    return f"file:{path}"


def groups(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Return the group of every media file, by path.

    An entry's first idea is the one its brief belongs to. "xmas.jpg" joins "xmas-01.jpg", which is
    how programs name the first of several.
    """
    made = {
        one.path: group_of(one.path, one.prompt, one.brief, one.ideas[0] if one.ideas else None)
        for one in entries
    }
    named = {group for group in made.values() if group.startswith("name:")}
    for path, group in made.items():
        if group.startswith("file:"):
            folder, _, name = path.rpartition("/")
            stem = unicodedata.normalize("NFC", name.rpartition(".")[0] or name).casefold()
            joined = f"name:{kind_of(path) or ''}:{folder}/{stem}"
            if joined in named:
                made[path] = joined
    return made


def _normal(prompt: str) -> str:
    """Return a prompt without what does not change a picture: case, spaces, commas."""
    text = unicodedata.normalize("NFC", prompt[:20_000]).casefold()
    return _NOT_WORDS.sub(" ", text).strip()
