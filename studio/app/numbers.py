"""The numbers of an open project: read, answered, taken in, and what they remind of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import news
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from textual.message import Message

    from studio.app.ahead import Ahead
    from studio.app.background import Background
    from studio.app.changes import Changes
    from studio.ideas.board import Board
    from studio.ideas.idea import Idea
    from studio.project.project import Project
    from studio.project.undo import Edit
    from studio.report.answers import Answers
    from studio.stats.plan import ImportPlan
    from studio.stats.readers.columns import ColumnMap
    from studio.stats.reminders import Reminder
    from studio.stats.table import Posts
    from studio.stats.when import Try


class Numbers:
    """What the exports and typed figures of a project say; all of it is made in the background.

    Args:
        project: the open project.
        ahead: its files as they will be.
        reader: does what reads.
        changes: the way of every change.
        post: takes `News` from any thread.
        board: returns the board as it is now.
        now: the present moment.

    Attributes:
        answers: when, what, who; None until they are there.
        reminders: the posts that want their numbers.
        log_platform: where numbers were typed for last.
    """

    def __init__(
        self,
        project: Project,
        ahead: Ahead,
        reader: Background,
        changes: Changes,
        post: Callable[[Message], object],
        *,
        board: Callable[[], Board],
        now: Callable[[], datetime],
    ) -> None:
        self._project = project
        self._ahead = ahead
        self._reader = reader
        self._changes = changes
        self._post = post
        self._board = board
        self._now = now
        self._posts: Posts | None = None
        self._asked: tuple[object, ...] = ()
        self.answers: Answers | None = None
        self.reminders: tuple[Reminder, ...] = ()
        self.log_platform = ""

    @property
    def posts(self) -> Posts | None:
        """The table of posts; None until it was read."""
        return self._posts

    def read(self) -> None:
        """Read everything anew, in the background."""
        self._reader.do(self._read)

    def look_again(self) -> None:
        """Ideas changed, or time went by: answer again if that changes an answer."""
        if self._posts is not None:
            self._reader.do(self._answer)

    def _read(self) -> None:
        from studio.stats.exports import load

        project = self._project
        self._posts = load(self._ahead, cache=project.cache, zone=project.config.zone)
        self._asked = ()
        self._answer()

    def _answer(self) -> None:
        from studio.app.reminding import remind
        from studio.report.gather import answers

        posts, board, now = self._posts, self._board(), self._now()
        if posts is None:
            return
        asked = (now.date(), *(_bearing(idea) for idea in board.ideas))
        if asked != self._asked:
            project = self._project
            self.answers = answers(
                posts, board.ideas, project.config, self._ahead, now=now, cache=project.cache
            )
            self._asked = asked
            self._post(news.NumbersChanged())
        before, self.reminders = self.reminders, remind(board, posts, now)
        if before != self.reminders:
            self._post(news.BoardChanged())

    def plan(self, pairs: Sequence[tuple[Idea, Try]]) -> None:
        """Give ideas their times to be posted at; one step of undo."""
        from studio.app.answers.planning import plan

        label = f"Plan “{pairs[0][0].title}”" if len(pairs) == 1 else f"Plan {len(pairs)} ideas"
        if self._changes.change(label, lambda store: plan(store, pairs)):
            told = ", ".join(f"{each.at:%a %H:%M} {idea.title}" for idea, each in pairs[:4])
            more = f" and {len(pairs) - 4} more" if len(pairs) > 4 else ""
            self._post(news.Told(f"Planned: {told}{more}. Undo takes it back."))

    def write_report(self) -> None:
        """Write the answers as a page with its charts into the project; one step of undo."""
        answers = self.answers
        if answers is None:
            return
        stem = f"report-{answers.now:%Y-%m-%d}"

        def made(store: Ahead) -> Sequence[Edit]:
            from studio.project.undo import Edit
            from studio.report.files import report_files

            page, charts = report_files(answers, stem, "svg")
            return [
                Edit(f"stats/{name}", data, store.version(f"stats/{name}"))
                for name, data in ((f"{stem}.md", page), *charts)
            ]

        self._changes.change_later(f"Write stats/{stem}.md", made)

    def plan_import(
        self,
        files: Sequence[str],
        done: Callable[[ImportPlan | Problem], None],
        *,
        maps: Sequence[ColumnMap] = (),
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Look into files in the background.

        Args:
            files: paths as they were typed.
            done: takes the plan, or why there is none, on the reader's thread.
            maps: what the columns of unknown tables mean, beside those the project remembers.
            progress: told the files looked at, how many there are and the next one's name.
            cancelled: asked between files; True ends the look.
        """
        from pathlib import Path

        project = self._project

        def look() -> None:
            from studio.stats.exports import plan_import

            try:
                plan = plan_import(
                    project.store,
                    [Path(name).expanduser() for name in files],
                    cache=project.cache,
                    zone=project.config.zone,
                    maps={one.signature: one for one in maps},
                    progress=progress,
                    cancelled=cancelled,
                )
            except Problem as problem:
                done(problem)
            except RuntimeError:  # `~nobody`: there is no such user
                done(Problem(" ".join(files), "no such place", "Give the path from / on"))
            else:
                done(plan)

        self._reader.do(look)

    def take_import(self, plan: ImportPlan, maps: Sequence[ColumnMap] = ()) -> None:
        """Store the originals of a plan, and the maps they are read by, as one step of undo."""

        def take() -> None:
            from studio.stats.exports import import_edits
            from studio.stats.mappings import remember

            store = self._project.store
            edits = import_edits(store, plan)
            kept = remember(store, *maps) if maps else []
            if not edits and not kept:
                self._post(news.Told("Nothing to take in: it is there already."))
                return
            told = [f"{len(edits)} export{'s' * (len(edits) != 1)}"] if edits else []
            if kept:
                told.append(
                    "what the columns of " + ", ".join(f"“{m.name}”" for m in maps) + " mean"
                )
            words = " and ".join(told)
            self._project.undo.apply(f"Import {words}", [*edits, *kept])
            self._post(
                news.Told(f"{words[0].upper()}{words[1:]} taken in. Undo takes them out again.")
            )
            self.read()

        self._changes.in_turn(take)


def _bearing(idea: Idea) -> tuple[object, ...]:
    """Return what of an idea bears on the answers."""
    return idea.slug, idea.posted, idea.pillar, idea.media[:1], idea.planned, idea.platforms
