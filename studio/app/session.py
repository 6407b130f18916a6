"""One open project: what the screen shows of it, and the way of every change to it.

Bytes come through the project's store and become records; panes show the records. A key becomes
edits; the records change at once, the files a moment later on a thread of their own; the watcher's
news and our own saves come back the same way. Nothing here knows a widget.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.app import news
from studio.app.ahead import Ahead
from studio.app.background import Background
from studio.app.changes import Changes
from studio.app.drafts import Drafts
from studio.app.numbers import Numbers
from studio.app.past import AllCaptions
from studio.app.reviews import Reviews
from studio.captions.files import Part, caption_path, read_path
from studio.ideas.board import Board, load_board, make_board
from studio.ideas.idea import Idea, read_idea
from studio.platforms.own import FILE as RULES_FILE
from studio.platforms.own import RuleBook, read_book
from studio.problem import Problem
from studio.project.conflicts import conflict_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from textual.message import Message

    from studio.captions.files import Where
    from studio.media.verdict import Verdict
    from studio.project.project import Project
    from studio.project.undo import Edit


_AT_ONCE = 100  # verdicts that a key may change before the screen goes on


class _Slugs:
    """Which slugs are ideas', by the ideas' files."""

    def __init__(self, ideas: Mapping[str, Idea]) -> None:
        self._ideas = ideas

    def __contains__(self, slug: object) -> bool:
        return f"ideas/{slug}.md" in self._ideas


def utc_now() -> datetime:
    """Return the present moment; tests and pictures of screens put a fixed one here."""
    return datetime.now(UTC)


class Session:
    """The one place that the screen asks and tells.

    Args:
        project: the open project.
        post: takes `News` from any thread.
        now: the present moment, for the clock and the age of posts.
    """

    def __init__(
        self,
        project: Project,
        post: Callable[[Message], object],
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.project = project
        self.config = project.config
        self.now = now
        self._post = post
        self._ahead = Ahead(project.store)
        self._writer = Background("studio-writer", self._broke)
        self._reader = Background("studio-reader", self._broke)
        self._lock = threading.RLock()
        self.rules: RuleBook = read_book(project.store)
        self._ideas: dict[str, Idea] = {}
        self.board: Board = load_board(self._ahead, self.config)
        self._ideas = {idea.path: idea for idea in self.board.ideas}
        self.captions: dict[str, bool] = self._caption_files()
        self.media = Reviews(project, self._ahead, post, book=lambda: self.rules)
        self.media.set_ideas(self.board.ideas)
        self.drafts = Drafts(project, self._writer, self._reader, post, saved=self._saved)
        self._changes = Changes(
            project,
            self._ahead,
            self._writer,
            post,
            take=self._take,
            take_back=self._take_back,
            reload=self._reload,
        )
        self.numbers = Numbers(
            project,
            self._ahead,
            self._reader,
            self._changes,
            post,
            board=lambda: self.board,
            now=now,
        )
        self.past = AllCaptions(
            project,
            self._reader,
            post,
            platforms=self._platform_keys,
            ideas=lambda: self.board.ideas,
            posts=lambda: self.numbers.posts,
        )
        self._watcher: object | None = None

    def _platform_keys(self) -> Collection[str]:
        return self.rules.platforms()

    # opening and closing

    def start(self) -> None:
        """Begin what need not be there for the first frame: verdicts, numbers, the watcher."""
        self._reader.do(self.media.read_all)
        self.numbers.read()
        self.past.want()
        if self.rules.problem is not None:
            self._tell_rules()
        self._reader.do(self._watch)
        self._writer.do(self._tidy)

    def _tidy(self) -> None:
        """Look after what an earlier run left, and whether another window has this project."""
        if not self.project.claim.acquire():
            self._post(
                news.Told(
                    "Another window has this project open. Both may write; where both change a "
                    "caption, Studio asks.",
                    warn=True,
                )
            )
        for found in self.project.store.sweep():
            self._post(
                news.Told(f"{found.path}: a version that was never saved is in its history.")
            )

    def finish(self, timeout: float = 10.0) -> bool:
        """Save all that is unsaved; tell whether everything is on disk."""
        self.drafts.save_all()
        done = self._writer.drain(timeout)
        self.project.claim.release()
        if self._watcher is not None:
            self._watcher.stop()  # type: ignore[attr-defined]
        self._writer.stop()
        self._reader.stop()
        self.media.findings.stop()
        return done and not self.drafts.unsaved

    @property
    def idle(self) -> bool:
        """Whether nothing is being read or written in the background."""
        return self._writer.idle and self._reader.idle and self.media.findings.idle

    def _broke(self, error: BaseException) -> None:
        if not isinstance(error, Problem):
            error = Problem("Studio", f"{type(error).__name__}: {error}", "tell us how it came")
        self._post(news.Failed(error))

    def write_captions(self) -> bool:
        """Write all captions ever written as one file in `outbox/`; one step of undo.

        Returns:
            Whether they are read; else nothing is written.
        """
        past = self.past.get()
        if past is None:
            return False
        path = f"outbox/captions-{self.now():%Y-%m-%d}.md"

        def made(store: Ahead) -> Sequence[Edit]:
            from studio.captions.export import export, in_order
            from studio.project.undo import Edit

            data = export(in_order(past), "md")
            self._post(news.Told(f"All captions are in {path}. Undo takes it away."))
            return [Edit(path, data, store.version(path))]

        self._changes.change_later(f"Write {path}", made)
        return True

    def _saved(self, path: str) -> None:
        self.past.look_again((path,))

    # ideas

    def idea(self, path: str) -> Idea | None:
        """Return an idea by its file, None when it has gone."""
        return self._ideas.get(path)

    def change(self, label: str, make: Callable[[Ahead], Sequence[Edit]]) -> bool:
        """Change files: on the screen at once, on disk a moment later, undoable for ever.

        Args:
            label: what the human will read when it is undone, "Move 'Roller disco' to ready".
            make: turns what the folder will hold into edits; a `Problem` it raises is told.

        Returns:
            Whether there was something to change.
        """
        return self._changes.change(label, make)

    def trash(self, idea: Idea) -> bool:
        """Put an idea and its captions into the trash; what was typed last goes along.

        Returns:
            Whether it was there to be put away.
        """
        from studio.ideas import edits

        def put() -> bool:
            return self.change(f"Trash “{idea.title}”", lambda store: edits.trash(store, idea))

        def later() -> None:
            put()

        if self.drafts.close_all(lambda path: self.caption_of(path).slug == idea.slug):
            self._writer.do(later)  # once their last words are on disk
            return True
        return put()

    def undo(self) -> None:
        """Take back the last change, in the background."""
        self._changes.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._changes.redo()

    def _take_back(self, paths: set[str]) -> None:
        """Files are as they were before: captions that are open show it."""
        for path in paths:
            self.drafts.look_again(path)
        self._take(paths)

    def _take(self, paths: set[str] | frozenset[str]) -> None:
        """Read these files' records again and tell the screen what changed.

        Our own saves come by here a second time, as news from the watcher, and change nothing.
        """
        ideas = captions = verdicts = numbers = False
        with self._lock:
            for path in paths:
                folder = path.partition("/")[0]
                if folder == "ideas" and path.endswith(".md"):
                    ideas |= self._take_idea(path)
                elif folder == "captions":
                    captions = True
                elif folder == "media":
                    verdicts |= self.media.read_again(path)
                elif folder == "stats":
                    numbers = True
            if captions:
                self.past.look_again(paths)
                before, self.captions = self.captions, self._caption_files()
                captions = before != self.captions
            if ideas:
                self.board = make_board(
                    sorted(self._ideas.values(), key=lambda idea: idea.path),
                    self.config.stages,
                    conflicts=self.board.conflicts,
                )
                self.media.set_ideas(self.board.ideas)
        if ideas or captions:
            self._post(news.BoardChanged())
        if RULES_FILE in paths:
            self._take_rules()
        if ideas:
            self.numbers.look_again()
        if verdicts:
            self._post(news.VerdictsChanged())
        if numbers:
            self.numbers.read()

    def _take_rules(self) -> None:
        """Read the project's own rules again, and look at everything by them."""
        before, self.rules = self.rules, read_book(self._ahead)
        if self.rules == before:
            return
        if self.rules.problem is not None:
            self._tell_rules()
        self.media.rules_changed()
        self._post(news.RulesChanged())

    def _tell_rules(self) -> None:
        text = f"{self.rules.problem} Until then the rules Studio brings hold."
        self._post(news.Told(text, warn=True))

    def _take_idea(self, path: str) -> bool:
        """Read one idea again; tell whether it is another than before."""
        if conflict_of(path) is not None:
            return False
        before = self._ideas.get(path)
        try:
            data, version = self._ahead.read(path)
        except Problem:
            self._ideas.pop(path, None)
            return before is not None
        if before is not None and before.version == version:
            return False
        self._ideas[path] = read_idea(path, data, version, self.config.zone)
        return True

    def _reload(self) -> None:
        with self._lock:
            self.board = load_board(self._ahead, self.config)
            self._ideas = {idea.path: idea for idea in self.board.ideas}
            self.captions = self._caption_files()
            self.media.set_ideas(self.board.ideas)
        self._post(news.BoardChanged())
        self._reader.do(self.media.read_all)

    def _caption_files(self) -> dict[str, bool]:
        """Return the caption files, and of each whether there is something in it."""
        root = self.project.root
        found = {}
        for path in self._ahead.names("captions", ".md"):
            try:
                found[path] = (root / path).stat().st_size > 0
            except OSError:
                found[path] = False
        return found

    @property
    def captioned(self) -> frozenset[str]:
        """The slugs of the ideas that have a caption with something in it."""
        named = [self.caption_of(path) for path, full in self.captions.items() if full]
        return frozenset(where.slug for where in named if where.part == "caption")

    def caption_of(self, path: str) -> Where:
        """Return the idea, the platform and the part that a caption's file is."""
        return read_path(path, known=self.rules.platforms(), ideas=_Slugs(self._ideas))

    def own_path(self, slug: str, platform: str, part: Part = "caption") -> str | None:
        """Return the file of one platform's own version; None where that name is another idea's.

        Raises:
            Problem: the slug is no file name, or no such platform.
        """
        path = caption_path(slug, platform, part, known=self.rules.platforms())
        return path if self.caption_of(path)[::2] == (slug, part) else None

    def caption_path(self, slug: str, platform: str, part: Part = "caption") -> str | None:
        """Return the file that holds what a platform gets: its own version, else the base text.

        None for a first comment whose file would be another idea's caption.

        Raises:
            Problem: the slug is no file name, or no such platform.
        """
        own = self.own_path(slug, platform, part)
        if own is not None and self.has_caption(own):
            return own
        base = caption_path(slug, None, part)
        return base if self.caption_of(base) == (slug, None, part) else None

    def drop_version(self, path: str, label: str) -> None:
        """Move one platform's version of a caption to the trash, saved first if need be."""
        from studio.project.store import ABSENT
        from studio.project.undo import Edit

        self.drafts.close(path)
        self.captions.pop(path, None)

        def drop() -> None:
            version = self.project.store.version(path)
            if version != ABSENT:
                self.project.undo.apply(f"Drop {label}", [Edit(path, None, version)])
            self._take({path})

        self._writer.do(drop)

    def has_caption(self, path: str) -> bool:
        """Tell whether a caption's file is there, or is being written."""
        draft = self.drafts.get(path)
        mine = draft is not None and (draft.dirty or draft.base.present)
        return mine or path in self.captions  # which hears of a save a little later

    def judge(self, changes: Mapping[str, Callable[[Verdict], Verdict]], label: str) -> None:
        """Change the verdicts on media files, each merged into its sidecar; one step of undo.

        Args:
            changes: what to do to the verdict on each file.
            label: what the human will read when it is undone.
        """
        if len(changes) <= _AT_ONCE:
            self.change(label, lambda _store: self.media.edits(changes))
        else:
            self._changes.change_later(label, lambda _store: self.media.edits(changes))

    def clear(self, paths: Sequence[str]) -> None:
        """Move media and their sidecars to the project's trash, as one step of undo.

        Ideas that use one of them lose it, and get it back with the undo.
        """

        def cleared(store: Ahead) -> Sequence[Edit]:
            from studio.ideas.edits import detach
            from studio.media.clearing import edits, plan

            entries = [self.media.entry(path) for path in paths]
            made = edits(store, plan(store, entries), used=True)
            for idea in self.board.ideas:
                if not set(paths).isdisjoint(idea.media):
                    made += detach(store, idea, paths)
            return made

        self._changes.change_later(f"Clear {len(paths)} rejected", cleared)

    # the folder outside

    def _watch(self) -> None:
        from studio.project.watch import Watcher

        watcher = Watcher(self.project.root, self._changed_outside)
        watcher.start()
        self._watcher = watcher

    def _changed_outside(self, paths: frozenset[str]) -> None:
        if not self.project.root.is_dir():
            self._post(news.FolderGone(gone=True))
            return
        if "" in paths:  # it was away; anything may have changed meanwhile
            self._take_rules()
            self._reload()
            self.numbers.read()
            self.drafts.look_at_all()
            self._post(news.FolderGone(gone=False))
        self._take(paths)
        for path in paths:
            if path.startswith("captions/"):
                self.drafts.look_again(path)

    def tick(self) -> None:
        """Save or journal what is due; called a few times a second."""
        self.drafts.tick(time.monotonic())
