"""The names of idea files: one that is free, and what else carries the same name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from studio import text
from studio.ideas.idea import FOLDER, SUFFIX, Idea, slug_of

if TYPE_CHECKING:
    from studio.project.store import Store

_CAPTIONS = "captions"
_BRIEFS = "briefs"
# Names that Windows keeps for devices, whatever the suffix.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}


def captions_of(store: Store, idea: Idea) -> list[str]:
    """Return the paths of an idea's captions and first comments, and of platforms' own ones.

    `<slug>.md`, `<slug>.<platform>.md`, `<slug>.comment.md` and `<slug>.<platform>.comment.md`. A
    file that is another idea's (there is an idea named `<slug>.<platform>`, or `<slug>.comment`)
    is not among them.
    """
    own = re.compile(re.escape(idea.slug) + r"(\.[a-z][a-z0-9]*)?(\.comment)?\.md")
    ideas = {slug_of(path) for path in store.names(FOLDER, SUFFIX)} - {idea.slug}
    names = (path for path in store.names(_CAPTIONS, SUFFIX) if not _is_of(path, ideas))
    return [path for path in names if own.fullmatch(path.rpartition("/")[2])]


def _is_of(path: str, ideas: set[str]) -> bool:
    """Whether this caption or first comment bears one of these ideas' whole names."""
    stem = slug_of(path)
    return stem in ideas or stem.removesuffix(".comment") in ideas


def free_slug(store: Store, title: str) -> str:
    """Return a file name for a title that means nothing else yet, on any file system."""
    taken = set(_DEVICES)
    for path in (*store.names(FOLDER), *store.names(_CAPTIONS), *store.names(_BRIEFS)):
        name = path.rpartition("/")[2]
        stem = name.partition(".")[0]
        taken |= {_same(name.rpartition(".")[0]), _same(stem)}
        if path.startswith(_BRIEFS):
            taken.add(_same(re.sub(r"-\d+$", "", stem)))
    base = made = text.slug(title)
    count = 1
    while _same(made) in taken:
        count += 1
        made = f"{base}-{count}"
    return made


def _same(name: str) -> str:
    """Return what two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()
