"""Searching all captions ever written: hits as you type, and the whole text beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol
from zoneinfo import ZoneInfo

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studio.app.draft import Draft
from studio.app.screens import DIALOGS
from studio.app.screens.compare import STYLES
from studio.app.screens.dialog import Dialog
from studio.app.widgets.rows import Pens, Row, RowList, beside, paragraph
from studio.app.widgets.sides import SideBySide
from studio.captions.compare import compare
from studio.captions.files import decode
from studio.captions.graphemes import snap
from studio.captions.written import Written
from studio.platforms.names import platform_name
from studio.project.store import ABSENT
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from studio.app.session import Session
    from studio.app.widgets.rows import DrawLine
    from studio.captions.past import Hit, Past

MOST = 100
"""Hits that are shown."""

_LOOK = 0.25  # seconds between two looks whether the index is there
_BEFORE = 24  # code points of a line shown before its first hit, where it is too long
_TEACH = (
    'Type words: a text is found that has all of them, and "quotes" hold a phrase together. Case, '
    "accents and kinds of quotes do not matter. Looked through are all captions as they stand, "
    "platforms’ own versions and first comments, older versions, those in the trash, and what was "
    "posted."
)
_KINDS = {"here": "as it stands", "version": "older version", "posted": "posted"}


class AllCaptions(Protocol):
    """Where the index over all captions comes from; studio.app.past has it."""

    def get(self) -> Past | None:
        """Return the index, None until it is built."""

    def want(self) -> None:
        """Have it built or refreshed in the background."""


class SearchScreen(Dialog[Written | None]):
    """A line to type into, what was found, and the chosen text; its result is what to go to.

    Args:
        session: the open project.
        past: gives the index; None where there is none.
    """

    CSS_PATH: ClassVar = [DIALOGS, STYLES]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (96, "-roomy")]  # noqa: RUF012 (as in Textual)
    AUTO_FOCUS = "#wanted"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("up", "cursor(-1)", "Hit before", priority=True),
        Binding("down", "cursor(1)", "Next hit", priority=True),
        Binding("pageup", "page(-1)", "Page up", priority=True),
        Binding("pagedown", "page(1)", "Page down", priority=True),
        Binding("f9,y", "copy", "Copy"),
        Binding("slash", "write", "Write"),
    ]

    def __init__(self, session: Session, past: AllCaptions | None) -> None:
        super().__init__(classes="dialog")
        self._session = session
        self._past = past
        self._zone = ZoneInfo(session.config.zone)
        self._hits: tuple[Hit, ...] = ()
        self._words = ""  # for which `_hits` were found
        self._known: Past | None = None

    def compose(self) -> ComposeResult:
        """The line, the hits, the text."""
        with Vertical(classes="box keeping searching") as box:
            box.border_title = "Search all captions"
            yield Input(
                placeholder="words, or a phrase in quotes", id="wanted", select_on_focus=False
            )
            with Horizontal(id="parts"):
                yield RowList(id="list")
                yield SideBySide(id="side", beside=False)
            yield Static(id="told")

    def on_mount(self) -> None:
        """Have the index made, or brought up to date."""
        if self._past is not None:
            self._past.want()
        self.set_interval(_LOOK, self._look_for_index)
        self.on_past_changed()

    def _look_for_index(self) -> None:
        if self._past is not None and self._past.get() is not self._known:
            self.on_past_changed()

    def on_past_changed(self) -> None:
        """The index is there, or is another: search again."""
        self._known = self._past.get() if self._past is not None else None
        self._search(self.query_one(Input).value)

    # searching

    @on(Input.Changed, "#wanted")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, words: str) -> None:
        if self._known is None or not words.strip():
            self.workers.cancel_group(self, "search")
            self._take(words, [])
        else:
            self._find(self._known, words)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _find(self, past: Past, words: str) -> None:
        found: list[Hit] = []
        for _ in range(5):
            try:
                found = past.search(words, MOST)
                break
            except RuntimeError:  # a text was put into the index meanwhile
                continue
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take, words, found)

    def _take(self, words: str, hits: list[Hit]) -> None:
        if not self.is_attached:
            return
        before = self._hit()
        same = words == self._words
        self._hits, self._words = tuple(hits), words
        place = 0
        if same and before is not None:  # the index came anew; what is read stays in view
            place = next((n for n, hit in enumerate(hits) if hit.written == before.written), place)
        self._list(place)
        self._look()

    def _hit(self) -> Hit | None:
        key = self.query_one(RowList).cursor
        return self._hits[int(key)] if key and int(key) < len(self._hits) else None

    # what there is to see

    def on_resize(self) -> None:
        """Words fit the width."""
        self.call_after_refresh(self._list)

    def _list(self, place: int | None = None) -> None:
        listed = self.query_one(RowList)
        width = max(listed.size.width - 4, 20)
        rows = [
            Row(str(number), (self._first_line(hit.written), _hit_line(hit)))
            for number, hit in enumerate(self._hits)
        ]
        if self._known is None:
            words = "Still reading all captions; hits come as soon as they are read."
            rows = paragraph(words, width)
        elif not self._words.strip():
            rows = paragraph(_TEACH, width)
        elif not rows:
            rows = paragraph("Nothing written so far has all of these words.", width)
        listed.show(rows, cursor=None if place is None else str(place))
        box = self.query_one(".box")
        count = "" if self._known is None else f"   {len(self._known):,} texts"
        if self._hits:
            more = " or more" if len(self._hits) == MOST else ""
            hits = f"{len(self._hits):,}{more} hit{'s' * (len(self._hits) != 1)} in"
            count = f"   {hits} {len(self._known or ()):,} texts"
        box.border_title = Content(f"Search all captions{count}")
        box.border_subtitle = (
            "Enter goes there, F9 copies, Escape back" if self._hits else "Escape goes back"
        )

    def _first_line(self, written: Written) -> DrawLine:
        def line(width: int, pens: Pens) -> Content:
            title = one_line(written.title) or "no title"
            return beside(
                Content.styled(title, pens.strong),
                Content.styled(self._about(written), pens.dim),
                width,
            )

        return line

    def _about(self, written: Written) -> str:
        """Return whose a text is, what it is, and from when."""
        parts = []
        if written.platform is not None:
            book = self._session.rules
            known = written.platform in book.platforms()
            name = book.rules(written.platform).name if known else platform_name(written.platform)
            parts.append(one_line(name))
        parts.append(_KINDS[written.kind])
        if written.when is not None:
            local = written.when.astimezone(self._zone)
            parts.append(f"{local.day} {local:%b %Y}")
        return " · ".join(parts)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        hit, side = self._hit(), self.query_one(SideBySide)
        told = self.query_one("#told", Static)
        if hit is None:
            side.show(None)
            told.update("")
            return
        written = hit.written
        # Two equal texts are told apart at once, however long.
        side.show(compare(written.text, written.text), marks=hit.spans)
        side.to_mark()
        told.update(Content(f"{self._about(written)}   {display(written.path)}"))

    # keys

    def on_key(self, event: events.Key) -> None:
        """A letter typed over the list goes to the line, except those that do something here."""
        line = self.query_one(Input)
        if line.has_focus or not event.is_printable or not event.character:
            return
        if event.character in "yjkgG/":
            return
        event.stop()
        line.focus()
        line.insert_text_at_cursor(event.character)

    def action_cursor(self, step: int) -> None:
        """Go to the next hit, or the one before."""
        self.query_one(RowList).action_cursor(step)

    def action_page(self, step: int) -> None:
        """Go on by about one screen."""
        self.query_one(RowList).action_page(step)

    def action_write(self) -> None:
        """Go to the line."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Copy the chosen text, as the caption's own key does."""
        hit = self._hit()
        if hit is None:
            self.notify("Nothing is chosen to be copied.")
            return
        text = hit.written.text
        draft = Draft(hit.written.path, decode(b"").with_text(text), text, ABSENT)
        self.app.copy_caption(draft)  # type: ignore[attr-defined]

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._go()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self._go()

    def _go(self) -> None:
        hit = self._hit()
        if hit is None:
            return
        if not hit.written.path:
            self.notify(
                "This was posted, and no caption file of this project is known to be behind it. "
                "F9 copies it.",
                markup=False,
            )
            return
        self.dismiss(hit.written)


def _hit_line(hit: Hit) -> DrawLine:
    """Return the line of the first place, what was found in it marked."""

    def line(width: int, pens: Pens) -> Content:
        text = hit.line
        spans = [
            (max(first - hit.line_start, 0), min(last - hit.line_start, len(text)))
            for first, last in hit.spans
            if first - hit.line_start < len(text) and last > hit.line_start
        ]
        start = 0
        if spans and spans[0][1] > width - 2:
            start = snap(text, max(spans[0][0] - _BEFORE, 0))
        parts: list[Content] = [Content("  "), Content("…" if start else "")]
        for part, found in _parts(text, start, spans):
            shown = display(part.replace("\t", " "))
            parts.append(
                Content.styled(shown, "bold underline")
                if found
                else Content.styled(shown, pens.dim)
            )
        return Content.assemble(*parts)

    return line


def _parts(text: str, start: int, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    place = start
    for first, last in spans:
        if first > place:
            yield text[place:first], False
        yield text[max(first, place) : last], True
        place = max(place, last)
    yield text[place:], False
