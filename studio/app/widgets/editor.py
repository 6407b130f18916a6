"""The text area a caption is written in: by grapheme, byte-true, coloured as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from unicodedata import category

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.document._document import Document, EditResult, Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets import TextArea

from studio.app.themefile import editor_theme
from studio.text import one_cell_each

if TYPE_CHECKING:
    from textual import events
    from textual.document._edit import Edit

Marks = tuple[tuple[int, int], ...]  # (start, end) in code points of the whole text
_OURS = frozenset({"f6", "f7", "ctrl+backspace"})

# (text of a line) -> spans of it to colour, as (start, end, kind) in code points
Spans = Callable[[str], Sequence[tuple[int, int, str]]]


def _textuals_bindings() -> list[Binding]:
    made = []
    for binding in TextArea.BINDINGS:
        if isinstance(binding, Binding):
            keys = [key for key in binding.key.split(",") if key not in _OURS]
            if keys:
                made.append(replace(binding, key=",".join(keys)))
    return made


class PlainDocument(Document):
    r"""A document whose lines end at `\n` and nowhere else.

    Textual's own splits at every line boundary Python knows, so a U+2028 in a caption would come
    back as a line feed.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._newline = "\n"
        self._lines = text.split("\n")
        # told of every change (undo and redo too): first and last line replaced, lines put in
        self.replaced: Callable[[int, int, int], None] | None = None

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace a range, splitting the new text at line feeds only."""
        (top_row, top_column), (bottom_row, bottom_column) = sorted((start, end))
        replaced = self.get_text_range((top_row, top_column), (bottom_row, bottom_column))
        lines = self._lines
        before = lines[top_row][:top_column] if top_row < len(lines) else ""
        after = lines[bottom_row][bottom_column:] if bottom_row < len(lines) else ""
        new = text.split("\n")
        new[0] = before + new[0]
        column = len(new[-1])
        new[-1] += after
        lines[top_row : bottom_row + 1] = new
        if self.replaced is not None:
            self.replaced(top_row, bottom_row, len(new))
        return EditResult((top_row + len(new) - 1, column), replaced)


class Editor(TextArea, inherit_bindings=False):
    """A `TextArea` whose cursor and deletions go by grapheme cluster.

    Textual's goes by code point: five right-arrows to pass a family, and a backspace that leaves
    a dangling joiner.
    """

    # F6 and F7 are Studio's own everywhere; Textual's select a line and everything.
    BINDINGS: ClassVar[list[BindingType]] = [
        *_textuals_bindings(),
        Binding("ctrl+backspace", "delete_word_left", "Delete the word before", show=False),
        Binding("ctrl+delete", "delete_word_right", "Delete the word behind", show=False),
        Binding("ctrl+home", "cursor_text(-1)", "Start of the text", show=False),
        Binding("ctrl+end", "cursor_text(1)", "End of the text", show=False),
        Binding("ctrl+shift+home", "cursor_text(-1, True)", "Select to the start", show=False),
        Binding("ctrl+shift+end", "cursor_text(1, True)", "Select to the end", show=False),
        Binding("ctrl+up", "cursor_paragraph(-1)", "Paragraph before", show=False),
        Binding("ctrl+down", "cursor_paragraph(1)", "Paragraph behind", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "editor--hashtag",
        "editor--mention",
        "editor--link",
        "editor--folded",
        "editor--pasted",
        "editor--found",
        "editor--tell",
        "editor--misspelled",
        "editor--differs",
    }
    DEFAULT_CSS = """
    Editor {
        & > .editor--pasted { text-style: italic; }
        & > .editor--found { text-style: bold underline; }
        & > .editor--tell { text-style: underline; }
        & > .editor--misspelled { color: $text-error; text-style: underline; }
        & > .editor--differs { color: $text-accent; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        self._spans: Spans | None = None
        self._spans_key = ""
        self._fold: Location | None = None
        self._line_spans: dict[str, Sequence[tuple[int, int, str]]] = {}
        self._kinds: dict[str, Style] = {}
        # kind -> row -> spans of that line, in columns
        self._overlays: dict[str, dict[int, list[tuple[int, int]]]] = {}
        self._pasted: Marks = ()
        self._incoming: Marks = ()  # marks of what an edit puts in, from its start
        self._copied: tuple[str, Marks] = ("", ())
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            placeholder=placeholder,
            max_checkpoints=1000,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def _set_document(self, text: str, language: str | None) -> None:  # noqa: ARG002
        self._highlight_query = None
        self.document = document = PlainDocument(text)
        self._overlays.clear()
        self._pasted = ()
        document.replaced = self._move_overlays
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def on_mount(self) -> None:
        """Wear the theme's colours, now and whenever another one is chosen."""
        self._wear_theme()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._wear_theme())

    def _wear_theme(self) -> None:
        self.register_theme(editor_theme(self.app.current_theme))
        self.theme = "studio"

    # colours

    def colour_with(self, spans: Spans, *, key: str) -> None:
        """Colour the lines by this function from now on; the same `key` means the same function."""
        if key == self._spans_key:
            return
        self._spans, self._spans_key = spans, key
        self._line_spans.clear()
        self._line_cache.clear()
        self.refresh()

    def overlay(self, kind: str, spans: Sequence[tuple[int, int]]) -> None:
        """Mark these stretches of the text, in place of those of this kind from before.

        Args:
            kind: "found", "tell", "misspelled", "differs"; worn as the style `editor--<kind>`.
            spans: code points of the whole text, as (start, end), in order. They move with the
                text as it is edited; a line that is edited loses its own until the next call.
        """
        rows = self._by_row(spans)
        if rows != self._overlays.get(kind, {}):
            self._overlays[kind] = rows
            self._line_cache.clear()
            self.refresh()

    def _by_row(self, spans: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, int]]]:
        """Return the spans of the whole text by line, in columns."""
        rows: dict[int, list[tuple[int, int]]] = {}
        ordered = [span for span in sorted(spans) if span[0] < span[1]]
        place = first = 0
        for row in range(self.document.line_count):
            if first == len(ordered):
                break
            length = len(self.document.get_line(row))
            for start, end in ordered[first:]:
                if start >= place + length:
                    break
                if end > place:
                    rows.setdefault(row, []).append(
                        (max(start - place, 0), min(end - place, length))
                    )
            place += length + 1
            while first < len(ordered) and ordered[first][1] <= place:
                first += 1
        return rows

    def _move_overlays(self, top: int, bottom: int, count: int) -> None:
        """Lines `top` to `bottom` gave way to `count` lines."""
        moved = count - (bottom + 1 - top)
        for kind, rows in self._overlays.items():
            if rows:
                self._overlays[kind] = {
                    row if row < top else row + moved: spans
                    for row, spans in rows.items()
                    if row < top or row > bottom
                }

    # what was pasted

    @property
    def pasted(self) -> Marks:
        """The stretches that were pasted and not edited since, in code points of the text."""
        return self._pasted

    def set_pasted(self, marks: Marks) -> None:
        """Say what of the text was pasted, as it was kept from before."""
        if marks or self._pasted:
            self._pasted = marks
            self.overlay("pasted", marks)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; marks of what was pasted go with it."""
        marks, incoming = self._pasted, self._incoming
        edit.pasted_before = marks  # type: ignore[attr-defined]
        if not marks and not incoming:
            result = super().edit(edit)
        else:
            result, marks = self._edit_marked(edit, marks, incoming)
        edit.pasted_after = marks  # type: ignore[attr-defined]
        self.set_pasted(marks)
        return result

    def _edit_marked(self, edit: Edit, marks: Marks, incoming: Marks) -> tuple[EditResult, Marks]:
        from studio.captions.pasted import changed, placed

        top, bottom = edit.top, edit.bottom
        lines = self.document.lines
        base = sum(map(len, lines[: top[0]])) + top[0]
        old = "\n".join(lines[top[0] : bottom[0] + 1])
        start = min(top[1], len(old))
        end = start + len(self.document.get_text_range(top, bottom))
        result = super().edit(edit)
        new = "\n".join(self.document.lines[top[0] : result.end_location[0] + 1])
        words = None if incoming else changed(old, start, end, new, len(edit.text))
        if words is not None:
            words = (words[0] + base, words[1] + base)
        return result, placed(
            marks, start + base, end + base, len(edit.text), marks=incoming, words=words
        )

    def _undo_batch(self, edits: Sequence[Edit]) -> None:
        super()._undo_batch(edits)
        if edits:
            self.set_pasted(getattr(edits[0], "pasted_before", ()))

    def _redo_batch(self, edits: Sequence[Edit]) -> None:
        super()._redo_batch(edits)
        if edits:
            self.set_pasted(getattr(edits[-1], "pasted_after", ()))

    def _put_pasted(self, text: str) -> None:
        own, marks = self._copied
        self._incoming = marks if text == own else ((0, len(text)),)
        try:
            if result := self._replace_via_keyboard(text, *self.selection):
                self.move_cursor(result.end_location)
        finally:
            self._incoming = ()

    def _remember_copied(self) -> None:
        """What is copied here and put back is not pasted."""
        from studio.captions.pasted import within

        start = min(self.selection)
        text = self.selected_text or "\n".join((self.document[start[0]], ""))
        first = sum(map(len, self.document.lines[: start[0]])) + start[0]
        first += start[1] if self.selected_text else 0
        self._copied = (text, within(self._pasted, first, first + len(text)))

    def action_copy(self) -> None:
        """Copy the selection."""
        self._remember_copied()
        super().action_copy()

    def action_cut(self) -> None:
        """Cut the selection, or the line."""
        self._remember_copied()
        super().action_cut()

    def action_paste(self) -> None:
        """Put in what was copied in this terminal program."""
        if not self.read_only:
            self._put_pasted(self.app.clipboard)

    def insert_own(self, text: str) -> None:
        """Put in what is the human's own (an emoji, a snippet) at the cursor: not as pasted."""
        if not self.read_only:
            self._replace_via_keyboard(text, *self.selection)

    def fold_at(self, location: Location | None) -> None:
        """Show what comes after this place as hidden behind "more"; None where nothing is."""
        if location != self._fold:
            self._fold = location
            self._line_cache.clear()
            self.refresh()

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self._kinds = {}

    def _kind_style(self, kind: str) -> Style:
        style = self._kinds.get(kind)
        if style is None:
            found = self.get_component_styles(f"editor--{kind}")
            # The letters' colour alone: what lies behind them is the cursor's and the selection's.
            style = found.text_style
            if found.has_rule("color"):
                style = Style(color=found.color.rich_color) + style
            self._kinds[kind] = style
        return style

    def _styles_of(self, row: int, line: str, base: Style) -> list[Style]:
        """Return one style per code point of a line, and one for the cell after its end."""
        styles = [base] * (len(line) + 1)
        if self._fold is not None:
            fold_row, fold_column = self._fold
            if row >= fold_row:
                first = fold_column if row == fold_row else 0
                styles[first:] = [base + self._kind_style("folded")] * (len(styles) - first)
        if self._spans is not None and line:
            spans = self._line_spans.get(line)
            if spans is None:
                if len(self._line_spans) > 500:
                    self._line_spans.clear()
                spans = self._line_spans[line] = self._spans(line)
            for start, end, kind in spans:
                styles[start:end] = [base + self._kind_style(kind)] * (end - start)
        for kind, rows in self._overlays.items():
            for start, end in rows.get(row, ()):
                worn = self._kind_style(kind)
                styles[start:end] = [style + worn for style in styles[start:end]]
        theme = self._theme
        (top_row, top_column), (bottom_row, bottom_column) = sorted(self.selection)
        if (top_row, top_column) != (bottom_row, bottom_column) and (top_row <= row <= bottom_row):
            marked = theme.selection_style if theme else None
            if marked:
                first = top_column if row == top_row else 0
                last = bottom_column if row == bottom_row else len(styles)
                styles[first:last] = [style + marked for style in styles[first:last]]
        cursor_row, cursor_column = self.selection.end
        if row == cursor_row and self._draw_cursor and theme and theme.cursor_style:
            last = self.next_stop(line, cursor_column)
            for place in range(cursor_column, max(cursor_column + 1, last)):
                if place < len(styles):
                    styles[place] += theme.cursor_style
        return styles

    def _render_line(self, y: int) -> Strip:
        theme = self._theme
        base = theme.base_style if theme and theme.base_style else self.rich_style
        width = self.scrollable_content_region.size.width
        wrapped = self.wrapped_document
        y_offset = y + self.scroll_offset.y
        if y_offset >= wrapped.height:
            return Strip.blank(width, base)
        row, section = wrapped._offset_to_line_info[y_offset]  # noqa: SLF001
        line = self.document.get_line(row)
        offsets = wrapped.get_offsets(row)
        start = offsets[section - 1] if section else 0
        last = section == len(offsets)
        end = len(line) if last else offsets[section]
        styles = self._styles_of(row, line, base)
        shown = one_cell_each(line.replace("\t", " ")) + " "
        stop = end + 1 if last else end
        segments: list[Segment] = []
        run = start
        for place in range(start + 1, stop + 1):
            if place == stop or (styles[place] is not styles[run] and styles[place] != styles[run]):
                segments.append(Segment(shown[run:place], styles[run]))
                run = place
        strip = Strip(segments)
        return strip.adjust_cell_length(max(width, strip.cell_length), base).crop(0, width)

    # graphemes

    @staticmethod
    def next_stop(line: str, column: int) -> int:
        """Return the grapheme boundary after `column`."""
        from studio.captions.graphemes import next_boundary

        return next_boundary(line, column)

    @staticmethod
    def previous_stop(line: str, column: int) -> int:
        """Return the grapheme boundary before `column`."""
        from studio.captions.graphemes import previous_boundary

        return previous_boundary(line, column)

    def get_cursor_left_location(self) -> Location:
        """Return the place one grapheme to the left."""
        row, column = self.cursor_location
        if column == 0:
            return (row - 1, len(self.document[row - 1])) if row else (0, 0)
        return row, self.previous_stop(self.document[row], column)

    def get_cursor_right_location(self) -> Location:
        """Return the place one grapheme to the right."""
        row, column = self.cursor_location
        line = self.document[row]
        if column >= len(line):
            return (row + 1, 0) if row + 1 < self.document.line_count else (row, len(line))
        return row, self.next_stop(line, column)

    def _recompute_cursor_offset(self) -> None:
        # Where an undone paste takes the scroll bar away, Textual scrolls to the cursor before it
        # has put it back, and it lies beyond the text then.
        if self.cursor_location[0] < self.document.line_count:
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        else:
            self._cursor_offset = self.wrapped_document.location_to_offset(self.document.end)

    def clamp_visitable(self, location: Location) -> Location:
        """Move a place that falls inside a grapheme (by mouse, up, down) to its start."""
        row, column = super().clamp_visitable(location)
        line = self.document[row]
        if 0 < column < len(line) and not (line[column - 1 : column + 1].isascii()):
            before = self.previous_stop(line, column)
            if self.next_stop(line, before) != column:
                column = before
        return row, column

    # words and paragraphs

    def get_cursor_word_left_location(self) -> Location:
        """Return the start of the word to the left."""
        from studio.captions.motions import word_left

        return word_left(self.document.lines, self.cursor_location)

    def get_cursor_word_right_location(self) -> Location:
        """Return the end of the word to the right."""
        from studio.captions.motions import word_right

        return word_right(self.document.lines, self.cursor_location)

    def action_delete_word_left(self) -> None:
        """Delete the selection, else to the start of the word to the left."""
        self._delete_to(self.get_cursor_word_left_location())

    def action_delete_word_right(self) -> None:
        """Delete the selection, else to the end of the word to the right."""
        self._delete_to(self.get_cursor_word_right_location())

    def _delete_to(self, place: Location) -> None:
        start, end = self.selection
        if not self.read_only:
            self._delete_via_keyboard(start if start != end else place, end)

    def action_cursor_text(self, step: int, select: bool = False) -> None:
        """Go to the start of the text, or to its end."""
        place = self.document.end if step > 0 else (0, 0)
        self.move_cursor(place, select=select, record_width=True)

    def action_cursor_paragraph(self, step: int) -> None:
        """Go to the paragraph before or behind."""
        from studio.captions.motions import paragraph_down, paragraph_up

        move = paragraph_down if step > 0 else paragraph_up
        self.move_cursor(move(self.document.lines, self.cursor_location), record_width=True)

    async def _on_key(self, event: events.Key) -> None:
        """Take the joiners and tags of emoji, which Textual drops as unprintable."""
        character = event.character
        if character and not self.read_only and category(character[0]) == "Cf":
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(character, *self.selection)
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Terminals paste lines with carriage returns; a caption has line feeds."""
        if self.read_only:
            return
        event.prevent_default()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        self._put_pasted(text)
        self.focus()


__all__ = ["Editor", "PlainDocument", "Selection"]
