"""A caption as it is being written: the text, what it was based on, and when it is to be saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.captions.files import Text
    from studio.project.store import Version

SAVE_AFTER_IDLE = 1.0  # seconds without a key
SAVE_AT_LATEST = 5.0  # seconds after the first unsaved key
JOURNAL_EVERY = 1.0  # seconds
TRY_AGAIN = 5.0  # seconds after a save that failed


@dataclass
class Draft:
    """One caption file, open for writing. The only mutable record of the screen.

    Attributes:
        path: the caption file.
        form: how the file spells its text: byte order mark, line ends, whether it may be edited.
        text: what the human sees, lines ended by line feeds.
        base: the version on disk that `text` grew from.
        theirs: what is on disk instead, once a conflict was found.
        saved: the text that `base` holds.
        pasted: what of `text` was pasted and not edited since, in code points.
    """

    path: str
    form: Text
    text: str
    base: Version
    saved: str = field(default="")
    theirs: tuple[Text, Version] | None = None
    first_key: float | None = None
    last_key: float = 0.0
    journalled: float = 0.0
    saving: bool = False
    failed: float | None = None
    pasted: tuple[tuple[int, int], ...] = ()

    @property
    def dirty(self) -> bool:
        """Whether there is something that is not on disk."""
        return self.text != self.saved

    def typed(self, text: str, now: float) -> None:
        """Take the text as it is after a key, at `now` seconds of a monotonic clock."""
        if text == self.text:
            return
        self.text = text
        self.last_key = now
        if self.first_key is None:
            self.first_key = now

    def due(self, now: float) -> bool:
        """Whether it is time to save."""
        if not self.dirty or self.saving or self.theirs is not None:
            return False
        if self.failed is not None and now - self.failed < TRY_AGAIN:
            return False
        first = self.first_key if self.first_key is not None else self.last_key
        return now - self.last_key >= SAVE_AFTER_IDLE or now - first >= SAVE_AT_LATEST

    def journal_due(self, now: float) -> bool:
        """Whether the unsaved text should go to the journal."""
        return self.dirty and now - self.journalled >= JOURNAL_EVERY
