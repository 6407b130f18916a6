"""The versions a caption had: when, how long, what each save changed, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from studio.app.draft import Draft
from studio.app.screens import DIALOGS
from studio.app.screens.compare import STYLES, CompareScreen
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList, beside, heading, paragraph
from studio.app.widgets.sides import SideBySide
from studio.app.widgets.signs import told
from studio.captions.compare import compare
from studio.captions.differs import difference
from studio.captions.files import decode, encode
from studio.captions.graphemes import graphemes
from studio.captions.versions import Kept, restore, text_of, versions
from studio.problem import Problem
from studio.project.store import ABSENT
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from studio.app.session import Session
    from studio.app.widgets.rows import DrawLine
    from studio.captions.compare import Compared
    from studio.project.undo import Edit

    Spans = tuple[tuple[int, int], ...]
    Marks = Callable[[str, str], Spans]

_TOGETHER = 25  # versions whose sizes are told at once
_LONG = 20_000  # code points above which these are counted, not what a reader sees as one
_KEPT = 100_000  # code points up to which a text is remembered
_HELP = (
    "Saved versions appear here a second after you stop typing. Each save puts by what stood "
    "there before, and every version can be brought back."
)


@dataclass(frozen=True)
class _About:
    """What is told of a version beside its time.

    Args:
        size: in characters; None if it cannot be read.
        words: what this save changed.
    """

    size: int | None
    words: str


class HistoryScreen(Dialog[bool]):
    """The versions of a caption file, newest first; True once one was brought back.

    Args:
        session: the open project.
        path: the caption file.
        title: the idea's, raw.
        marks: returns what was pasted of a version, by path and digest, in code points of its
            text. Called off the screen's thread.
        text: a text whose version the cursor starts on, if there is one.
    """

    CSS_PATH: ClassVar = [DIALOGS, STYLES]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (96, "-roomy")]  # noqa: RUF012 (as in Textual)
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(False)", "Back"),
        Binding("d", "other", "Against now or before"),
        Binding("c", "compare", "Side by side"),
        Binding("p", "path", "Another text of the idea"),
        Binding("n", "change(1)", "Next change"),
        Binding("N", "change(-1)", "Change before"),
    ]

    def __init__(
        self,
        session: Session,
        path: str,
        title: str,
        *,
        marks: Marks | None = None,
        text: str | None = None,
    ) -> None:
        super().__init__(classes="dialog")
        self._session = session
        self._path = path
        self._title = one_line(title)
        self._marks = marks
        self._wanted = text
        self._zone = ZoneInfo(session.config.zone)
        self._kept: list[Kept] | None = None
        self._about: dict[int, _About] = {}
        self._texts: dict[str, str] = {}
        self._paths: list[str] = [path]
        self._before = False  # compared with the version before, else with the present one
        self._pair: tuple[str, str, str, str] | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """The versions, and the chosen one's text beside them."""
        with Vertical(classes="box keeping") as box:
            box.border_title = Content(self._title)
            yield Static(id="titles")
            with Horizontal(id="parts"):
                yield RowList(id="list")
                yield SideBySide(id="side", beside=False)
            yield Static(id="told")

    def on_mount(self) -> None:
        """Read which versions there are."""
        self._begin()

    @property
    def _at(self) -> int | None:
        key = self.query_one(RowList).cursor
        return int(key) if key else None

    # reading

    def _begin(self) -> None:
        self._kept, self._pair = None, None
        self._about.clear()
        self.query_one(SideBySide).show(None)
        self._say("")
        self._list()
        draft = self._session.drafts.get(self._path)
        data = None
        if draft is not None and draft.dirty and not draft.form.read_only:
            data = encode(draft.form.with_text(draft.text))
            self._session.drafts.save(draft)
        self._read(self._path, draft, data)

    @work(thread=True, exclusive=True, group="versions", exit_on_error=False)
    def _read(self, path: str, draft: Draft | None, data: bytes | None) -> None:
        """Read the versions, once what is typed is saved; then what each of them changed."""
        worker, session = get_current_worker(), self._session
        store, history = session.project.store, session.project.history
        try:
            if draft is not None and data is not None:
                session.drafts.file_with(draft, data)
            kept = versions(store, history, path)
        except Problem as problem:
            self.app.call_from_thread(self._failed, problem)
            return
        where = session.caption_of(path)
        known = {*history.paths(), *store.names("captions", ".md")}
        others = sorted(each for each in known if session.caption_of(each).slug == where.slug)
        at = 0
        if self._wanted is not None:
            same = (n for n, one in enumerate(kept) if self._text(path, one) == self._wanted)
            at = next(same, 0)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._listed, path, kept, others, at)
        found: dict[int, _About] = {}
        for number, one in enumerate(kept):
            if worker.is_cancelled:
                return
            older = kept[number + 1] if number + 1 < len(kept) else None
            found[number] = self._told_of(path, one, older)
            if len(found) == _TOGETHER or older is None:
                self.app.call_from_thread(self._learned, path, found)
                found = {}

    def _text(self, path: str, one: Kept) -> str | None:
        """Return what a version says; None if it cannot be read. Not on the screen's thread."""
        if one.digest not in self._texts:
            project = self._session.project
            try:
                text = text_of(project.store, project.history, path, one.digest).text
            except Problem:
                return None
            if len(text) > _KEPT:
                return text
            self._texts[one.digest] = text
        return self._texts[one.digest]

    def _told_of(self, path: str, one: Kept, older: Kept | None) -> _About:
        text = self._text(path, one)
        if text is None:
            return _About(None, "cannot be read")
        size = len(text) if len(text) > _LONG else len(graphemes(text))
        if older is None:
            return _About(size, "")
        before = self._text(path, older)
        if before is None:
            return _About(size, "")
        found = difference(before, text)
        if found.same:
            return _About(size, "spaces only")
        signs = [f"+{found.words}"] if found.words else []
        signs += [f"−{found.gone}"] if found.gone else []
        number = found.words + found.gone
        return _About(size, f"{' '.join(signs)} {'word' if number == 1 else 'words'}")

    def _failed(self, problem: Problem) -> None:
        self._busy = False
        self._say(f"{problem.what}. {problem.mend}.")
        self.notify(str(problem), severity="error", markup=False)

    def _listed(self, path: str, kept: list[Kept], paths: list[str], at: int) -> None:
        if path != self._path or not self.is_attached:
            return
        self._kept = kept
        self._paths = paths if path in paths else [*paths, path]
        self._list(at)
        self._look()

    def _learned(self, path: str, found: dict[int, _About]) -> None:
        if path == self._path and self.is_attached:
            self._about.update(found)
            self._list()

    # the list

    def on_resize(self) -> None:
        """Words fit the width."""
        if self._kept is not None:
            self.call_after_refresh(self._list)

    def _list(self, at: int | None = None) -> None:
        listed = self.query_one(RowList)
        width = max(listed.size.width - 4, 20)
        rows: list[Row] = []
        day = ""
        for number, one in enumerate(self._kept or ()):
            local = one.time.astimezone(self._zone) if one.time else None
            mine = f"{local:%a} {local.day} {local:%b %Y}" if local else "time not known"
            if mine != day:
                rows.append(heading(mine, first=not rows))
                day = mine
            time = f"{local:%H:%M:%S}" if local else "–"
            rows.append(Row(str(number), (_line(time, one, self._about.get(number)),)))
        if self._kept is None:
            rows = paragraph("Reading the versions…", width)
        elif len(self._kept) < 2:
            rows += [*paragraph(" ", width), *paragraph(_HELP, width)]
        listed.show(rows, cursor=None if at is None else str(at))
        self._head()

    def _head(self) -> None:
        kept = self._kept
        name = self._called(self._path)
        gone = kept is not None and not any(one.now for one in kept)
        count = "" if kept is None else f"   {len(kept):,} version{'s' * (len(kept) != 1)}"
        box = self.query_one(".box")
        box.border_title = Content(
            f"{self._title}  {name}{', in the trash' if gone and kept else ''}{count}"
        )
        hints = ["Enter brings it back"] if kept and (len(kept) > 1 or gone) else []
        slim = self.size.width < 96
        if kept and not slim:
            against = "the present text" if self._before else "the version before"
            hints += [f"d against {against}"]
        hints += ["c side by side"] if kept else []
        hints += ["p other texts"] if len(self._paths) > 1 else []
        box.border_subtitle = Content(", ".join([*hints, "Escape back"]))

    def _called(self, path: str) -> str:
        """Return which text of the idea a path is."""
        where = self._session.caption_of(path)
        what = "first comment" if where.part == "comment" else "caption"
        if where.platform is None:
            return what if what == "first comment" else "base text"
        name = one_line(self._session.rules.rules(where.platform).name)
        return f"{name}’s own {what}"

    # the text beside it

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        at = self._at
        if self._kept and at is not None:
            self._find(self._path, tuple(self._kept), at, before=self._before)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _find(self, path: str, kept: tuple[Kept, ...], at: int, *, before: bool) -> None:
        """Compare the chosen version; the newer text is always the chosen one's."""
        one = kept[at]
        text = self._text(path, one)
        now = next((number for number, each in enumerate(kept) if each.now), None)
        other = at + 1 if before or now is None else now
        old = self._text(path, kept[other]) if other < len(kept) else ""
        if text is None or old is None:
            bad = one if text is None else kept[other]
            words = f"version {bad.digest[:12]} cannot be read: it is damaged or gone"
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._unread, words)
            return
        marks = self._marks(path, one.digest) if self._marks is not None else ()
        pasted = ""
        if marks:
            count = sum(_count(text[start:end]) for start, end in marks)
            pasted = f"pasted: {count:,} of {_count(text):,} characters"
        found = compare(old, text)
        if other >= len(kept):
            title, words = "nothing", "the oldest that is kept"
        elif other == at:
            title, words = "now", "this is what it says now"
        elif before or now is None:
            title, words = f"{self._when(kept[other])}", f"this save: {told(found)}"
        else:
            title, words = "now", f"against now: {told(found)}"
        pair = (title, old, self._when(one), text)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, found, marks, words, pasted, pair)

    def _when(self, one: Kept) -> str:
        if one.now:
            return "now"
        if one.time is None:
            return "a version of no known time"
        local = one.time.astimezone(self._zone)
        return f"until {local.day} {local:%b %H:%M:%S}"

    def _unread(self, words: str) -> None:
        if self.is_attached:
            self._pair = None
            self.query_one(SideBySide).show(None)
            self._say(words)

    def _show(
        self,
        found: Compared,
        marks: Spans,
        words: str,
        pasted: str,
        pair: tuple[str, str, str, str],
    ) -> None:
        if not self.is_attached:
            return
        self._pair = pair
        side = self.query_one(SideBySide)
        side.show(found, marks=marks)
        self._say(words, pasted)
        if side.changes:
            side.to_change()

    def _say(self, words: str, pasted: str = "") -> None:
        self.query_one("#titles", Static).update(
            Content.styled("times are when a version was replaced", "$dim")
        )
        parts = [Content.styled(one_line(words), "bold $foreground")]
        if pasted:
            parts.append(Content.styled(f"   {pasted}", "italic $foreground"))
        self.query_one("#told", Static).update(Content.assemble(*parts))

    # keys

    def action_change(self, step: int) -> None:
        """Go to the next change in the text."""
        self.query_one(SideBySide).action_change(step)

    def action_other(self) -> None:
        """Compare with the version before instead of the present one, or the other way round."""
        self._before = not self._before
        self._head()
        self._look()

    def action_compare(self) -> None:
        """Open both texts beside each other."""
        if self._pair is not None:
            self.app.push_screen(CompareScreen(*self._pair))

    def action_path(self) -> None:
        """Show the versions of the next text of the idea."""
        place = self._paths.index(self._path) if self._path in self._paths else -1
        following = self._paths[(place + 1) % len(self._paths)]
        if following != self._path:
            self._path, self._wanted = following, None
            self._begin()
        else:
            self.notify("The idea has no other text with a history.")

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        at = self._at
        if self._busy or not self._kept or at is None:
            return
        one = self._kept[at]
        if one.now:
            self.notify("This is what the caption says now.")
            return
        self._busy = True
        draft = self._session.drafts.get(self._path)
        data = None
        if draft is not None and draft.dirty:
            data = encode(draft.form.with_text(draft.text))
            self._session.drafts.save(draft)
        self._restore(self._path, one, draft, data)

    @work(thread=True, group="restore", exit_on_error=False)
    def _restore(self, path: str, one: Kept, draft: Draft | None, data: bytes | None) -> None:
        """Make a version the caption again, and wait until it is on disk."""
        session, project = self._session, self._session.project
        try:
            if draft is not None and data is not None:
                session.drafts.file_with(draft, data)
            edits = restore(project.store, project.history, path, one.digest)
            if edits:
                self.app.call_from_thread(self._change, path, one, edits)
                whole = edits[0].data or b""
                session.drafts.file_with(draft or Draft(path, decode(b""), "", ABSENT), whole)
        except Problem as problem:
            self.app.call_from_thread(self._failed, problem)
            return
        # A version that was in the trash may have been opened before it was on disk again.
        session.drafts.look_again(path)
        self.app.call_from_thread(self._restored, one, changed=bool(edits))

    def _change(self, path: str, one: Kept, edits: list[Edit]) -> None:
        label = f"Bring back “{self._title}” {self._when(one)}"
        self._session.change(label, lambda _store: edits)
        self._session.drafts.look_again(path)

    def _restored(self, one: Kept, *, changed: bool) -> None:
        self._busy = False
        if changed:
            self.notify(
                f"The version {self._when(one)} is back. What stood there is in the history now; "
                "undo brings it back too.",
                markup=False,
            )
        else:
            self.notify("The caption says this already.")
        if self.is_attached:
            self.dismiss(changed)


def _count(text: str) -> int:
    return len(text) if len(text) > _LONG else len(graphemes(text))


def _line(time: str, one: Kept, about: _About | None) -> DrawLine:
    def line(width: int, pens: Pens) -> Content:
        left = Content.assemble(
            (time, pens.accent if one.now else pens.text), ("  now" if one.now else "", pens.accent)
        )
        if about is None:
            return left
        size = "–" if about.size is None else f"{about.size:,} characters"
        if width < 44:
            size = size.removesuffix(" characters")
        words = f"{about.words}   " if about.words else ""
        return beside(left, Content.assemble((words, pens.dim), (size, pens.text)), width)

    return line
