"""What is known of one media file, and the questions a human answers about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.cells import cell_len, split_graphemes
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from studio.app.widgets.marks import head
from studio.app.widgets.rows import DrawLine, Pens, Row, RowList, beside, heading, say
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.style import Style

Answer = Literal["pass", "fail", "unsure"]
Kind = Literal["fact", "check", "tick", "note", "use"]

SIGNS: dict[str | None, str] = {"pass": "✓", "fail": "✗", "unsure": "?", None: " "}
MINE = {"pass": "you: fine", "fail": "you: not fine", "unsure": "you: unsure"}
# Answers in the order in which Enter goes through them.
_ROUND: tuple[Answer | None, ...] = (None, "pass", "fail", "unsure")
FOLD = 3  # lines of a long text that are shown before it is unfolded
_LABEL = 9  # columns that names of facts get
_LONGEST = 20_000  # characters of a text that are ever shown


@dataclass(frozen=True)
class Fact:
    """Something the file says of itself: a name for it, and the text as it is there."""

    label: str
    text: str


@dataclass(frozen=True)
class CheckRow:
    """A question that was answered by looking at the file.

    Attributes:
        id: of the check.
        question: as a person would ask it.
        answer: what was found.
        evidence: what the answer rests on.
        mend: what to do; "" or None for nothing.
        mine: the human's own answer, which goes before the other.
    """

    id: str
    question: str
    answer: Answer
    evidence: str = ""
    mend: str | None = ""
    mine: Answer | None = None


@dataclass(frozen=True)
class TickRow:
    """A question only a human can answer, why it is asked, and the answer."""

    id: str
    ask: str
    why: str = ""
    mine: Answer | None = None


@dataclass(frozen=True)
class NoteRow:
    """A note: its id for `Chosen`, its text, and which place it is about ("0:03", "upper left")."""

    id: str
    text: str
    where: str = ""


@dataclass(frozen=True)
class UseRow:
    """A place where the file is used: its id for `Chosen`, and its name."""

    id: str
    text: str


@lru_cache(maxsize=1024)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Return text from outside as lines of at most `width` cells, safe to show."""
    width = max(2, width)
    lines: list[str] = []
    line, used = "", 0
    for word in one_line(text[:_LONGEST]).split(" "):
        size = cell_len(word)
        if used and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used:
            lines.append(line)
        line, used = word, size
        if size > width:
            *whole, line = _broken(word, width)
            lines += whole
            used = cell_len(line)
    return (*lines, line) if used else tuple(lines)


def few(text: str, width: int, most: int) -> tuple[str, ...]:
    """Return text from outside as at most so many lines; what is left out is told by "…"."""
    enough = text[: 2 * width * (most + 1)]
    lines = wrapped(enough, width)
    if len(lines) <= most and len(enough) == len(text):
        return lines
    return (*lines[: most - 1], head(f"{lines[most - 1]} …", width)) if lines[most - 1 :] else lines


def _broken(word: str, width: int) -> list[str]:
    """Break a word that is too long for a line, never inside a character of several code points."""
    parts: list[str] = []
    begin = used = 0
    for start, _end, cells in split_graphemes(word)[0]:
        if used + cells > width:
            parts.append(word[begin:start])
            begin, used = start, 0
        used += cells
    return [*parts, word[begin:]]


class CheckList(RowList):
    """Sections of facts, checks, questions, notes and uses, with a cursor through all of them.

    It changes nothing by itself: it says what was answered, and is filled again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Answer", show=False, id="checks.round"),
        Binding("y", "answer('pass')", "Fine", show=False, id="checks.fine"),
        Binding("n", "answer('fail')", "Not fine", show=False, id="checks.not-fine"),
        Binding("question_mark", "answer('unsure')", "Unsure", show=False, id="checks.unsure"),
        Binding("u", "answer('')", "No answer", show=False, id="checks.unset"),
    ]

    class Ticked(Message):
        """The human answered a check or a question; None takes an answer back."""

        def __init__(self, id: str, answer: Answer | None) -> None:
            super().__init__()
            self.id = id
            self.answer = answer

    class Chosen(RowList.Chosen):
        """Enter or a double click on a row that is no question."""

        @property
        def kind(self) -> Kind:
            """What the row is."""
            kind: Kind = self.key.partition("/")[0]  # type: ignore[assignment]
            return kind

        @property
        def id(self) -> str:
            """Which one: a fact's label (" (2)" after a second one's), the id of another row."""
            return self.key.partition("/")[2]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts: tuple[Fact, ...] = ()
        self._checks: tuple[CheckRow, ...] = ()
        self._ticks: tuple[TickRow, ...] = ()
        self._notes: tuple[NoteRow, ...] = ()
        self._uses: tuple[UseRow, ...] = ()
        self._empty = ""
        self._unfolded: set[str] = set()
        self._mine: dict[str, Answer | None] = {}
        self._laid_for = 0

    def start(self) -> None:
        """Another file is told of next: begin at its first line, with everything folded."""
        self._unfolded.clear()
        self.show([])
        self.set_reactive(RowList.cursor, "")
        self.scroll_to(0, 0, animate=False)

    def fill(
        self,
        *,
        facts: Sequence[Fact] = (),
        checks: Sequence[CheckRow] = (),
        ticks: Sequence[TickRow] = (),
        notes: Sequence[NoteRow] = (),
        uses: Sequence[UseRow] = (),
        empty: str = "Nothing is known of this file yet.",
    ) -> None:
        """Show these; the cursor stays on its row, and what was unfolded stays so.

        Args:
            facts: what is in the file: tool, model, seed, prompt.
            checks: what was measured.
            ticks: what only the human can tell.
            notes: pinned to places.
            uses: where the file is used.
            empty: what to say when there is nothing of all this.
        """
        self._facts, self._checks, self._ticks = tuple(facts), tuple(checks), tuple(ticks)
        self._notes, self._uses, self._empty = tuple(notes), tuple(uses), empty
        self._lay()

    def _lay(self) -> None:
        # As if there were a bar to scroll by, which otherwise would change what it depends on.
        self._laid_for = self.size.width
        width = max(16, (self.size.width or 44) - 3)
        self._mine = {f"check/{check.id}": check.mine for check in self._checks}
        self._mine |= {f"tick/{tick.id}": tick.mine for tick in self._ticks}
        rows: list[Row] = []

        def section(name: str, note: str, found: list[Row]) -> None:
            if found:
                rows.append(heading(name, note, first=not rows))
                rows.extend(found)

        # What asks for something first; what is in order needs no reading.
        order = {"fail": 0, "unsure": 1, "pass": 2}
        checks = sorted(self._checks, key=lambda check: order[check.mine or check.answer])
        fine = [check for check in checks if (check.mine or check.answer) == "pass"]
        rest = [self._check(check, width) for check in checks if check not in fine]
        if fine and not rest:
            rest = [say("  nothing to mend")]
        section("Checks", self._to_look_at(), rest)
        section("Notes", "", [self._note(note, width) for note in self._notes])
        section("In the file", "", self._fact_rows(width))
        section("Look yourself", self._answered(), [self._tick(t, width) for t in self._ticks])
        section("Used in", "", [self._use(use, width) for use in self._uses])
        section("In order", f"✓ {len(fine)}", [self._check(check, width) for check in fine])
        self.show(rows or [say(one_line(self._empty))])

    def on_resize(self) -> None:
        """Another width breaks lines elsewhere."""
        if self.size.width != self._laid_for:
            self._lay()

    # rows

    def _to_look_at(self) -> str:
        wrong = sum((check.mine or check.answer) == "fail" for check in self._checks)
        unsure = sum((check.mine or check.answer) == "unsure" for check in self._checks)
        words = [f"✗ {wrong}"] if wrong else []
        words += [f"? {unsure}"] if unsure else []
        return "  ".join(words) or "✓ all"

    def _answered(self) -> str:
        return f"{sum(tick.mine is not None for tick in self._ticks)} of {len(self._ticks)}"

    def _fact_rows(self, width: int) -> list[Row]:
        seen: dict[str, int] = {}
        rows = []
        for fact in self._facts:
            seen[fact.label] = count = seen.get(fact.label, 0) + 1
            # A file may have two texts of one name; the cursor stands on one of them.
            key = f"fact/{fact.label}" + (f" ({count})" if count > 1 else "")
            rows.append(self._fact(fact, key, width))
        return rows

    def _fact(self, fact: Fact, key: str, width: int) -> Row:
        label = head(fact.label, _LABEL - 1)
        room = width - _LABEL
        whole = key in self._unfolded
        # Three lines and a little more: what is hidden needs no wrapping.
        folded = fact.text if whole else fact.text[: (FOLD + 2) * room * 2]
        lines = list(wrapped(folded, room)) or [""]
        hidden = not whole and (len(lines) > FOLD or len(folded) < len(fact.text))
        made: list[DrawLine] = []
        for number, line in enumerate(lines if whole else lines[:FOLD]):
            name = label if number == 0 else ""
            made.append(_labelled(name, line))
        if hidden:
            made.append(_labelled("", f"… Enter shows all {len(fact.text):,} characters", dim=True))
        elif whole and len(lines) > FOLD:
            if len(fact.text) > _LONGEST:
                made.append(_labelled("", f"… the first {_LONGEST:,} characters", dim=True))
            made.append(_labelled("", "Enter folds it again", dim=True))
        return Row(key, tuple(made))

    def _check(self, check: CheckRow, width: int) -> Row:
        answer = check.mine or check.answer
        mine = MINE[check.mine] if check.mine else ""
        evidence = few(check.evidence, width - 2, FOLD)
        room = width - 2 - (len(mine) + 1 if mine else 0)
        asked = few(check.question, room, FOLD) or ("",)
        right = mine
        both = f"{asked[0]}  {evidence[0]}" if len(asked) == len(evidence) == 1 else ""
        if both and not mine and cell_len(both) <= room:
            right, evidence = evidence[0], ()
        made = [_signed(SIGNS[answer], answer, asked[0], right, mine=bool(mine))]
        made += [_indented(line, "text") for line in asked[1:]]
        made += [_indented(line, "dim") for line in evidence]
        if check.mend and answer != "pass":
            made += [_indented(line, "warn") for line in few(f"→ {check.mend}", width - 2, FOLD)]
        return Row(f"check/{check.id}", tuple(made))

    def _tick(self, tick: TickRow, width: int) -> Row:
        room = width - 4
        asked = few(tick.ask, room, FOLD) or ("",)
        made = [_signed(f"[{SIGNS[tick.mine]}]", tick.mine, asked[0], "", mine=False)]
        made += [_indented(line, "text", 4) for line in asked[1:]]
        made += [_indented(line, "dim", 4) for line in few(tick.why, room, FOLD)]
        return Row(f"tick/{tick.id}", tuple(made))

    def _note(self, note: NoteRow, width: int) -> Row:
        where = f"{head(note.where, 20)} · " if note.where.strip() else ""
        lines = few(where + note.text, width - 2, 2 * FOLD) or ("",)
        made = [_pinned("▾ ", len(where), lines[0])]
        made += [_indented(line, "text") for line in lines[1:]]
        return Row(f"note/{note.id}", tuple(made))

    def _use(self, use: UseRow, width: int) -> Row:
        line = (wrapped(use.text, width - 2) or ("",))[0]
        return Row(f"use/{use.id}", (_pinned("· ", 0, line),))

    # answering

    @property
    def question(self) -> str | None:
        """The id of the check or question under the cursor."""
        return self.cursor.partition("/")[2] if self.cursor in self._mine else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of answers pass on rows that ask nothing."""
        if action == "answer" and self.cursor not in self._mine:
            return False
        return super().check_action(action, parameters)

    def action_answer(self, answer: str) -> None:
        """Answer the question under the cursor; "" takes an answer back."""
        found = next((one for one in _ROUND if one == answer), None)
        if self.question is not None:
            self.post_message(self.Ticked(self.question, found))

    def action_tick(self) -> None:
        """Go on to the next answer, or open what is no question."""
        if self.question is None:
            self.action_choose()
            return
        mine = self._mine[self.cursor]
        following = _ROUND[(_ROUND.index(mine) + 1) % len(_ROUND)]
        self.post_message(self.Ticked(self.question, following))

    def action_choose(self) -> None:
        """Answer a question; unfold or fold a long text; open the rest."""
        if self.question is not None:
            self.action_tick()
            return
        if not self.cursor:
            return
        if self.cursor.startswith("fact/"):
            self._unfolded ^= {self.cursor}
            self._lay()
        self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click on a sign answers; elsewhere it moves the cursor, a second one opens."""
        event.prevent_default()
        key, line = self._row_at(event.y)
        if not key:
            return
        self.cursor = key
        on_sign = line == 0 and 1 <= event.x <= (3 if key.startswith("tick/") else 2)
        if key in self._mine:
            if on_sign or event.chain == 2:
                self.action_tick()
        elif event.chain == 2:
            self.action_choose()

    def _row_at(self, y: int) -> tuple[str, int]:
        """Return the key of the row on a line of the widget, and which of its lines that is."""
        at = 0
        wanted = y + self.scroll_offset.y
        for row in self.rows:
            if at <= wanted < at + len(row.lines):
                return row.key, wanted - at
            at += len(row.lines)
        return "", 0


def _pen(pens: Pens, answer: str | None) -> Style:
    return {"pass": pens.keep, "fail": pens.reject, "unsure": pens.warn}.get(answer or "", pens.dim)


def _labelled(label: str, text: str, *, dim: bool = False) -> DrawLine:
    def line(width: int, pens: Pens) -> Content:
        name = Content.styled(label, pens.dim).truncate(_LABEL - 1, ellipsis=True, pad=True)
        body = Content.styled(text, pens.dim if dim else pens.text)
        return Content.assemble(name, " ", body).truncate(width, ellipsis=True)

    return line


def _signed(sign: str, answer: str | None, text: str, right: str, *, mine: bool) -> DrawLine:
    def line(width: int, pens: Pens) -> Content:
        left = Content.assemble(Content.styled(f"{sign} ", _pen(pens, answer)), (text, pens.text))
        return beside(left, Content.styled(right, pens.accent if mine else pens.dim), width)

    return line


def _indented(text: str, pen: str, by: int = 2) -> DrawLine:
    return lambda _width, pens: Content.styled(" " * by + text, getattr(pens, pen))


def _pinned(sign: str, strong: int, text: str) -> DrawLine:
    def line(_width: int, pens: Pens) -> Content:
        return Content.assemble(
            (sign, pens.accent), (text[:strong], pens.dim), (text[strong:], pens.text)
        )

    return line
