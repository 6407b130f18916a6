"""The captions that are open: read, saved by themselves, journalled, never lost to another editor.

What was typed leaves the buffer and the journal only after the store has read it back from disk.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

from studio.app import news
from studio.app.draft import Draft
from studio.captions.files import LONGEST, Text, decode, encode
from studio.problem import Problem
from studio.project.store import ABSENT, Conflict, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from studio.app.background import Background
    from studio.project.journal import Unsaved
    from studio.project.project import Project


class Drafts:
    """Every caption opened since the project was, by path."""

    def __init__(
        self,
        project: Project,
        writer: Background,
        reader: Background,
        post: Callable[[Message], object],
        *,
        saved: Callable[[str], object] = lambda _path: None,
    ) -> None:
        self._project = project
        self._writer = writer
        self._reader = reader
        self._post = post
        self._told_saved = saved
        self._open: dict[str, Draft] = {}

    def get(self, path: str) -> Draft | None:
        """Return a caption that is open already."""
        return self._open.get(path)

    def open_now(self, path: str) -> Draft:
        """Return a caption, reading its file here and now; an absent file is an empty caption."""
        draft = self._open.get(path)
        if draft is None:
            form, version = self._on_disk(path)
            draft = self._open[path] = Draft(path, form, form.text, version, form.text)
        return draft

    def start(self, path: str, text: str) -> Draft:
        """Begin a caption that is not on disk yet with this text."""
        draft = self._open[path] = Draft(path, decode(b""), text, ABSENT)
        draft.last_key = time.monotonic()
        return draft

    def close(self, path: str) -> None:
        """Save a caption if need be and forget it."""
        if (draft := self._open.pop(path, None)) is not None:
            self.save(draft)

    def close_all(self, which: Callable[[str], bool]) -> bool:
        """Save and forget the captions of these paths; tell whether any was unsaved."""
        drafts = [draft for path, draft in self._open.items() if which(path)]
        unsaved = any(draft.dirty for draft in drafts)
        for draft in drafts:
            self.close(draft.path)
        return unsaved

    def fetch(self, path: str) -> None:
        """Read a caption in the background; `DraftChanged` brings it."""

        def read() -> None:
            self._post(news.DraftChanged(self.open_now(path), reload=True))

        self._reader.do(read)

    def _on_disk(self, path: str) -> tuple[Text, Version]:
        if self._project.store.version(path) == ABSENT:
            return decode(b""), ABSENT
        data, version = self._project.store.read(path)
        return decode(data, longest=LONGEST), version

    @property
    def unsaved(self) -> bool:
        """Whether any caption has text that is not on disk."""
        return any(draft.dirty for draft in self._open.values())

    def tick(self, now: float) -> None:
        """Journal and save what is due at `now` seconds of the monotonic clock."""
        for draft in list(self._open.values()):
            if draft.due(now):
                self.save(draft)
            elif draft.journal_due(now):
                draft.journalled = now
                self._journal(draft)

    def _journal(self, draft: Draft) -> None:
        data, base = encode(draft.form.with_text(draft.text)), draft.base
        self._writer.do(lambda: self._project.journal.record(draft.path, data, base))

    def save_all(self) -> None:
        """Save every caption that has something unsaved; a conflict keeps both texts."""
        for draft in self._open.values():
            if draft.dirty:
                self.save(draft)

    def save(self, draft: Draft) -> None:
        """Save in the background; `DraftChanged` or `DraftConflict` tells how it went."""
        if not draft.dirty or draft.theirs is not None:
            return
        draft.saving = True
        self._writer.do(lambda: self._save(draft))

    def _save(self, draft: Draft) -> None:
        text = draft.text
        data = encode(draft.form.with_text(text))
        try:
            version = self._project.store.write(
                draft.path, data, if_version=draft.base, keep_mine="history"
            )
        except Conflict:
            self._project.journal.record(draft.path, data, draft.base)
            self._clash(draft)
        except Problem as problem:
            draft.failed = time.monotonic()
            self._post(news.Failed(problem))
            self._project.journal.record(draft.path, data, draft.base)
        else:
            draft.failed = None
            draft.base, draft.saved = version, text
            draft.form = draft.form.with_text(text)
            draft.first_key = None if draft.text == text else draft.last_key
            if draft.text == text:
                self._project.journal.clear(draft.path)
            self._told_saved(draft.path)
            self._post(news.DraftChanged(draft, reload=False))
        finally:
            draft.saving = False

    def file_with(self, draft: Draft, data: bytes) -> str:
        """Return the caption's file once it holds these bytes; for use off the screen's thread.

        Raises:
            Problem: it does not hold them, because it could not be saved.
        """
        self._writer.drain(5.0)
        if self._project.store.read(draft.path)[0] != data:
            raise Problem(draft.path, "has other text", "save it first")
        return draft.path

    def look_again(self, path: str) -> None:
        """A caption's file has changed: take it over, or ask where it was changed here too."""
        if path in self._open:
            self._writer.do(lambda: self._look_again(self._open[path]))

    def look_at_all(self) -> None:
        """Any caption's file may have changed."""
        for path in list(self._open):
            self.look_again(path)

    def _look_again(self, draft: Draft) -> None:
        if self._project.store.version(draft.path) == draft.base:
            return
        if draft.dirty:
            self._clash(draft)
            return
        if draft.text and not draft.form.read_only:
            # Our last words were on disk and nowhere else; what took their place was not ours.
            self._project.history.add(draft.path, encode(draft.form.with_text(draft.text)))
        draft.form, draft.base = self._on_disk(draft.path)
        draft.text = draft.saved = draft.form.text
        self._post(news.DraftChanged(draft, reload=True))

    def _clash(self, draft: Draft) -> None:
        theirs, version = self._on_disk(draft.path)
        if theirs.text == draft.text:
            draft.form, draft.base, draft.saved = theirs, version, theirs.text
            self._post(news.DraftChanged(draft, reload=False))
            return
        draft.theirs = (theirs, version)
        self._post(news.DraftConflict(draft))

    def settle(self, draft: Draft, keep: Literal["mine", "theirs", "both"]) -> None:
        """End a conflict as the human decided; what is not kept stays in the history."""
        if draft.theirs is None:
            return
        theirs, version = draft.theirs
        if keep == "both":
            draft.text = f"{draft.text.rstrip()}\n\n{theirs.text}"
        elif keep == "theirs":
            mine = encode(draft.form.with_text(draft.text))
            self._writer.do(lambda: self._keep_aside(draft.path, mine))
            draft.text = theirs.text
        draft.form, draft.base, draft.saved = theirs, version, theirs.text
        draft.theirs = None
        draft.last_key = time.monotonic()
        self._post(news.DraftChanged(draft, reload=True))
        self.save(draft)

    def _keep_aside(self, path: str, data: bytes) -> None:
        self._project.history.add(path, data)
        self._project.journal.clear(path)

    # after a crash

    def left_over(self) -> list[Unsaved]:
        """Return texts that were typed and never saved, because the program died."""
        found = []
        for unsaved in self._project.journal.pending():
            data = b""
            if self._project.store.version(unsaved.path) != ABSENT:
                data = self._project.store.read(unsaved.path)[0]
            if unsaved.data == data:
                self._project.journal.clear(unsaved.path)
            else:
                found.append(unsaved)
        return found

    def recover(self, unsaved: Unsaved, *, take: bool) -> None:
        """Take a left-over text back as the caption, or put it into the history."""

        def work() -> None:
            self._project.history.add(unsaved.path, unsaved.data)
            if take:
                draft = self.open_now(unsaved.path)
                draft.text = decode(unsaved.data).text
                draft.last_key = time.monotonic()
                self._post(news.DraftChanged(draft, reload=True))
                self._save(draft)
            else:
                self._project.journal.clear(unsaved.path)

        self._writer.do(work)
