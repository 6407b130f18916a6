"""The keys of deciding: verdicts, labels, notes, marks, and what goes into an idea."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from studio.app.commands import review as commands
from studio.app.review import deciding
from studio.app.review.looking import Looking
from studio.ideas import edits
from studio.media.library import kind_of
from studio.media.verdict import MOST_PINS
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.media.verdict import Verdict


def named(paths: Sequence[str]) -> str:
    """Return one file's name, or how many there are, for "Undo reject …"."""
    return paths[0].rpartition("/")[2] if len(paths) == 1 else f"{len(paths)} files"


class Judging(Looking):
    """The faces with the keys that decide."""

    # verdicts

    def _judge(
        self, label: str, change: Callable[[Verdict], Verdict], *, advance: bool = False
    ) -> None:
        """Change the verdict on the marked ones, or on the one looked at, and go on."""
        table = self.bench.table
        paths = table.chosen
        if not paths:
            return
        several, marked = bool(table.marked), len(table.marked) > 1
        if advance and not several:
            self._advance(label)
        if several:
            table.marked.clear()
        self._session.judge(dict.fromkeys(paths, change), f"{label} {named(paths)}")
        table.judged()
        if marked:
            self.notify(f"{label}: {named(paths)}. Undo takes it back.", timeout=4, markup=False)
        self.draw()

    def _advance(self, label: str) -> None:
        """Go on to the next, where a verdict does that."""
        if not self.bench.auto:
            return
        several = self.several
        if several is None:
            self.go(self.index + 1)
        elif (path := self.path) and label == "Reject" and not several.take_away(path):
            self.show_face("one")

    @on(commands.Keep)
    def _keep(self) -> None:
        self._judge("Keep", deciding.keep(True), advance=True)

    @on(commands.Reject)
    def _reject(self) -> None:
        self._judge("Reject", deciding.keep(False), advance=True)

    @on(commands.Unset)
    def _unset(self) -> None:
        self._judge("Unset", deciding.keep(None))

    @on(commands.Stars)
    def _stars(self, command: commands.Stars) -> None:
        count = command.count
        words = "No stars for" if not count else f"{count} star{'s' * (count != 1)} for"
        self._judge(words, deciding.stars(count), advance=bool(count))

    @on(commands.Label)
    def _label(self, command: commands.Label) -> None:
        paths, media = self.bench.table.chosen, self.bench.media

        def given() -> str | None:
            verdicts = [media.verdict(path) for path in paths]
            return deciding.toggled(deciding.label_of(command.number), verdicts)

        word = given()
        self._judge(
            f"Label {word.lower()}" if word else "No label for", deciding.label_as_found(given)
        )

    @on(commands.KeepAlone)
    def _keep_alone(self) -> None:
        table = self.bench.table
        path = self.path
        if path is None:
            return
        rest = [one for one in table.group(path) if one != path]
        changes: Mapping[str, Callable[[Verdict], Verdict]] = {
            path: deciding.keep(True)
        } | dict.fromkeys(rest, deciding.keep(False))
        name = named([path])
        if not rest:
            self.notify(f"{one_line(name)} has no group: kept alone.", timeout=4, markup=False)
        else:
            self.notify(
                f"Kept {one_line(name)}, rejected {len(rest)} of its group. Undo takes it back.",
                timeout=4,
                markup=False,
            )
        self._session.judge(changes, f"Keep {name}, reject the rest of its group")
        table.judged()
        if self.bench.auto and self.several is None:
            group = frozenset((path, *rest))
            after = range(table.index + 1, len(table.paths))
            following = next((at for at in after if table.paths[at] not in group), None)
            if following is not None:
                self.go(following)
        self.draw()

    @on(commands.AutoAdvance)
    def _toggle_auto(self) -> None:
        self.bench.auto = not self.bench.auto
        words = "goes on to the next" if self.bench.auto else "stays on the picture"
        self.notify(f"A verdict now {words}.", timeout=3, markup=False)

    # notes

    @on(commands.Note)
    def _note(self) -> None:
        from studio.app.screens.ask import AskLine

        path = self.path
        if path is None:
            return
        point, stretch = self.note_place()
        verdict = self.bench.media.verdict(path)
        name = one_line(named([path]))
        whole = point is None and stretch is None
        where = "" if whole else " at the point" if point else " at this moment"
        note = (verdict.note or "").replace("\n", " ") if whole else ""
        if not whole and len(verdict.pins) >= MOST_PINS:
            self.notify(f"A file has at most {MOST_PINS} pinned notes.", timeout=4, markup=False)
            return

        def written(text: str | None) -> None:
            if text is None or text == note or (not whole and not text.strip()):
                return
            change = deciding.note(text) if whole else deciding.pin(text, point, stretch)
            self._session.judge({path: change}, f"Note on {name}")
            self.draw()

        title = f"Note on {name}{where}"
        self.app.push_screen(AskLine(title, note, "what is wrong, or right"), written)

    def note_place(
        self,
    ) -> tuple[tuple[float, float] | None, tuple[float | None, float | None] | None]:
        """Return the point of the picture and the stretch of the clip that a note is about."""
        return self.bench.look.point, None

    # marks

    @on(commands.Mark)
    def _mark(self) -> None:
        path = self.path
        if path is None:
            return
        self.bench.table.mark([path])
        if self.bench.auto and path in self.bench.table.marked and not self.several:
            self.bench.table.go(self.index + 1)
        self.draw()

    @on(commands.MarkAll)
    def _mark_all(self) -> None:
        self.bench.table.mark(self.bench.table.paths)
        self.draw()

    # ideas

    @on(commands.Attach)
    def _put_or_take(self) -> None:
        table = self.bench.table
        idea, paths = table.idea, table.chosen
        if not paths:
            return
        if idea is None:
            self.notify("Choose an idea first (F2): this goes into it.", markup=False, timeout=4)
            return
        title = idea.title
        if all(path in idea.media for path in paths):
            label = f"Take {named(paths)} out of “{title}”"
            done = self._session.change(label, lambda store: edits.detach(store, idea, paths))
        else:
            label = f"Put {named(paths)} into “{title}”"
            done = self._session.change(label, lambda store: edits.attach(store, idea, paths))
        table.marked.clear()
        if done:
            self.notify(
                f"{one_line(label)}. Undo takes it back.{self._used(paths)}",
                timeout=4,
                markup=False,
            )
        self.draw()

    def _used(self, paths: Sequence[str]) -> str:
        """Return a warning where one of them is in another idea too."""
        media, idea = self.bench.media, self.bench.table.idea
        others = dict.fromkeys(
            media.idea_title(one)
            for path in paths
            for one in media.uses(path)
            if idea is None or one != idea.path
        )
        if not others:
            return ""
        return f" Also used in {', '.join(f'“{one_line(title)}”' for title in list(others)[:2])}."

    @on(commands.Earlier)
    def _earlier(self) -> None:
        self._move(-1)

    @on(commands.Later)
    def _later(self) -> None:
        self._move(1)

    def _move(self, delta: int) -> None:
        idea, path = self.bench.table.idea, self.path
        if idea is None or path is None or path not in idea.media:
            return
        place = idea.media.index(path) + delta
        if not 0 <= place < len(idea.media):
            return
        name = named([path])
        words = "later" if delta > 0 else "earlier"
        self._session.change(
            f"Move {name} {words} in “{idea.title}”",
            lambda store: edits.move_media(store, idea, path, delta),
        )

    # the rejected

    @on(commands.ClearRejected)
    def _clear(self) -> None:
        from studio.app.screens.clearing import ClearingScreen

        media = self.bench.media
        rejected = [path for path in media.paths if media.verdict(path).keep is False]
        if not rejected:
            self.notify("Nothing is rejected.", timeout=3, markup=False)
            return

        def answered(take: tuple[str, ...] | None) -> None:
            if take:
                self._session.clear(take)

        uses = {path: [media.idea_title(one) for one in media.uses(path)] for path in rejected}
        self.app.push_screen(ClearingScreen(self._session.project.root, uses), answered)

    # checks

    @on(commands.Checks)
    def _checks(self) -> None:
        self.post_message(self.ToChecks())

    @property
    def is_clip(self) -> bool:
        """Whether a clip is looked at."""
        return self.path is not None and kind_of(self.path) == "clip"
