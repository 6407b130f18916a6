"""Describing an idea's pictures: a text for each, in the human's words, kept in its sidecar."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from studio.app.review import STYLES
from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.editor import Editor
from studio.app.widgets.rows import Pens, Row, RowList, beside
from studio.app.widgets.tiles import Tile, Tiles
from studio.captions.units import unit_length
from studio.media.library import kind_of
from studio.preview.look_ahead import Request, draw
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App, ComposeResult
    from textual.timer import Timer

    from studio.app.review.look import Look
    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.media.verdict import Verdict
    from studio.platforms.rules import Rules
    from studio.preview.look_ahead import Result

_IDLE = 1.0  # seconds after the last key after which a text is saved
_SLIM = 96  # columns of the terminal below which there is no picture beside the text


def open_alt_texts(
    app: App[object],
    session: Session,
    idea: Idea | None,
    platforms: Sequence[str],
    *,
    path: str | None = None,
) -> None:
    """Open the pictures of an idea to be described, or say that there are none.

    Args:
        app: where it opens.
        session: the open project.
        idea: whose pictures; without one, or where `path` is none of its, `path` alone.
        platforms: for whose limits the texts are counted.
        path: the picture to begin with.
    """
    media = session.media.of(idea) if idea is not None else ()
    if path is not None and path not in media:
        idea, media = None, (path,)
    pictures = [each for each in dict.fromkeys(media) if kind_of(each) == "picture"]
    if not pictures:
        app.notify(
            "There is no picture here to describe. Platforms take alt texts for pictures only.",
            markup=False,
        )
        return
    title = idea.title if idea is not None else pictures[0].rpartition("/")[2]
    first = pictures.index(path) if path in pictures else 0
    app.push_screen(AltTextScreen(session, title, pictures, platforms, first=first))


class AltTextScreen(Dialog[None]):
    """The pictures in their order, and the text of the chosen one.

    A text saves itself when another picture is gone to, a second after the last key, and at the
    end; each time can be undone. Nothing is suggested.

    Args:
        session: the open project.
        title: of the idea, raw.
        pictures: their paths.
        platforms: for whose limits the texts are counted.
        first: which picture to begin with.
    """

    CSS_PATH: ClassVar = [DIALOGS, STYLES, Path(__file__).with_name("alt_text.tcss")]
    AUTO_FOCUS = "#alt"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("pagedown,ctrl+down", "step(1)", "Next picture", priority=True),
        Binding("pageup,ctrl+up", "step(-1)", "Picture before", priority=True),
        Binding("ctrl+s", "save", "Save", priority=True),
    ]

    def __init__(
        self,
        session: Session,
        title: str,
        pictures: Sequence[str],
        platforms: Sequence[str],
        *,
        first: int = 0,
    ) -> None:
        super().__init__(classes="dialog")
        self._session = session
        self._title = title
        self._pictures = tuple(pictures)
        self._rules = [session.rules.rules(key) for key in platforms]
        self._at = first
        self._texts = {path: session.media.verdict(path).alt or "" for path in pictures}
        self._saved = dict(self._texts)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A list, a picture, a text and its measure."""
        with Vertical(classes="box alt") as box:
            box.border_title = Content(f"Alt texts  {one_line(self._title)}")
            box.border_subtitle = "PgDn next, PgUp before, Escape saves and leaves"
            with Horizontal(id="parts"):
                yield RowList(id="pictures")
                with Vertical(id="side"):
                    yield Tiles(id="picture")
                    yield Editor(
                        id="alt", placeholder="What is to be seen, for those who cannot see it."
                    )
                    yield Static(id="count")

    def on_mount(self) -> None:
        """The first picture is ready to be described."""
        self._timer = self.set_interval(_IDLE, self.action_save, pause=True)
        self._show(self._at)

    def on_resize(self) -> None:
        """Without room for it the picture gives way."""
        self.set_class(self.app.size.width < _SLIM, "-slim")
        self.call_after_refresh(self._draw_picture)

    # showing

    @property
    def _path(self) -> str:
        return self._pictures[self._at]

    def _show(self, index: int) -> None:
        self._at = index
        editor = self.query_one("#alt", Editor)
        with self.prevent(TextArea.Changed):
            editor.load_text(self._texts[self._path])
        editor.move_cursor(editor.document.end)
        self._show_rows()
        self._say_count()
        self._draw_picture()

    def _show_rows(self) -> None:
        rows = [self._row(number, path) for number, path in enumerate(self._pictures)]
        self.query_one(RowList).show(rows, cursor=str(self._at))

    def _row(self, number: int, path: str) -> Row:
        text = self._texts[path]
        over = any(level for _, _, level in self._counts(text))
        there = bool(text.strip())

        def line(width: int, pens: Pens) -> Content:
            sign, pen = ("✓", pens.keep) if there else ("–", pens.warn)
            if over:
                sign, pen = "✗", pens.reject
            told = f"{len(text):,}" if there else "missing"
            left = Content.assemble(
                (f" {sign} ", pen),
                (f"{number + 1:>2} ", pens.dim),
                (one_line(path.rpartition("/")[2]), pens.text),
            )
            return beside(left, Content.styled(told, pens.dim if there else pens.warn), width)

        return Row(str(number), (line,))

    def _counts(self, text: str) -> list[tuple[Rules, int, bool]]:
        """Return for each platform with a limit how long the text is, and if that is too long."""
        found = []
        for rule in self._rules:
            if rule.alt_text_max is not None:
                length = unit_length(text, rule.unit)
                found.append((rule, length, length > rule.alt_text_max))
        return found

    def _say_count(self) -> None:
        text = self._texts[self._path]
        done = sum(bool(each.strip()) for each in self._texts.values())
        parts: list[Content | str] = []
        for rule, length, over in self._counts(text):
            told = f"{one_line(rule.name)} {length:,} of {rule.alt_text_max:,}"
            parts.append(Content.styled(f"✗ {told}" if over else told, "$reject" if over else ""))
            parts.append("   ")
        if not parts:
            names = ", ".join(one_line(rule.name) for rule in self._rules)
            parts.append(Content.styled(f"No limit is known for {names}.", "$dim"))
        total = len(self._pictures)
        number = f"Picture {self._at + 1} of {total} · {done} of {total} described"
        second = Content.styled(number, "$dim")
        self.query_one("#count", Static).update(
            Content("\n").join([Content.assemble(*parts), second])
        )

    # the picture, small

    def _draw_picture(self) -> None:
        tiles = self.query_one(Tiles)
        if self.has_class("-slim") or tiles.size.width < 8 or tiles.size.height < 3:
            return
        look = self._look()
        if look is None:
            return
        (box,) = tiles.boxes(1, *tiles.size, [1.0])
        request = Request(
            self._session.project.root / self._path,
            (0, 0),
            box.width,
            box.height,
            look.mode,
            look.background,
            cell=look.cell,
        )
        self._draw(self._at, request)

    def _look(self) -> Look | None:
        desk = getattr(self.app, "desk", None)
        return desk.preview.bench.look if desk is not None else None

    @work(thread=True, exclusive=True, group="alt", exit_on_error=False)
    def _draw(self, index: int, request: Request) -> None:
        drawn = draw(request)
        if self.is_attached:
            self.app.call_from_thread(self._drawn, index, drawn)

    def _drawn(self, index: int, drawn: Result) -> None:
        if index != self._at or not self.is_attached:
            return
        from studio.preview.look_ahead import Failure

        name = Content(one_line(self._path.rpartition("/")[2]))
        broken = "cannot be shown" if isinstance(drawn, Failure) else ""
        picture = None if isinstance(drawn, Failure) else drawn
        self.query_one(Tiles).show([Tile(picture, name, False, broken)])

    # writing

    @on(TextArea.Changed, "#alt")
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._texts[self._path] = self.query_one("#alt", Editor).text
        self._show_rows()
        self._say_count()
        if self._timer is not None:
            self._timer.reset()
            self._timer.resume()

    def action_save(self) -> None:
        """Save every text that is not saved yet; one step of undo."""
        if self._timer is not None:
            self._timer.pause()
        changed = [path for path, text in self._texts.items() if text != self._saved[path]]
        if not changed:
            return
        for path in changed:
            self._saved[path] = self._texts[path]
        what = "1 alt text" if len(changed) == 1 else f"{len(changed)} alt texts"
        self._session.judge(
            {path: partial(_described, text=self._texts[path]) for path in changed},
            f"Change {what} of “{self._title}”",
        )

    # going

    def action_step(self, step: int) -> None:
        """Go to the next picture or the one before."""
        index = max(0, min(len(self._pictures) - 1, self._at + step))
        if index != self._at:
            self.action_save()
            self._show(index)
        self.query_one("#alt", Editor).focus()

    def action_leave(self) -> None:
        """Save and go back."""
        self.action_save()
        self.dismiss(None)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        if event.key and int(event.key) != self._at:
            self.action_save()
            self._show(int(event.key))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.query_one("#alt", Editor).focus()


def _described(verdict: Verdict, *, text: str) -> Verdict:
    return replace(verdict, alt=text if text.strip() else None)
