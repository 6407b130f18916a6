"""What a caption is made of besides its length: what past captions can be compared by.

Statistics only. That a trait is there says nothing about whether it helps; `stats` asks the
creator's own posts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.captions.emoji import SEQUENCE

# Verbs by which an English caption asks for something, as the panel of numbers names them.
_ACTIONS = {
    "save": r"sav(?:e|ing)",
    "share": r"shar(?:e|ing)|send (?:this|it)|tag (?:a|an|your|someone|somebody)",
    "comment": r"comment|tell (?:me|us)|let (?:me|us) know|drop (?:a|your)",
    "follow": r"follow",
    "link": r"link in (?:my |the |our )?bio|tap the link|click",
}
_ACTION = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{verbs})" for name, verbs in _ACTIONS.items()) + r")\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w(?:[\w'’-]*\w)?")
_NAMES = re.compile(r"https?://\S+|(?<!\w)[#@][\w.]+")
_QUESTION = re.compile("[?？؟]")
_LETTERLIKE = re.compile("[©®™]")


@dataclass(frozen=True)
class Traits:
    """What a caption is made of.

    Args:
        words: words, hashtags, mentions and links not counted.
        emoji: whole emoji; a family, a flag or a keycap is one.
        question: whether it asks something.
        actions: what it asks the reader to do, of "save", "share", "comment", "follow", "link",
            in the order they come (English only).
    """

    words: int
    emoji: int
    question: bool
    actions: tuple[str, ...]


def traits(text: str) -> Traits:
    """Return the traits of a caption."""
    plain = _NAMES.sub(" ", text)
    found = (match.lastgroup for match in _ACTION.finditer(plain))
    return Traits(
        words=len(_WORD.findall(plain)),
        emoji=sum(not _LETTERLIKE.fullmatch(one) for one in SEQUENCE.findall(text)),
        question=bool(_QUESTION.search(plain)),
        actions=tuple(dict.fromkeys(name for name in found if name)),
    )
