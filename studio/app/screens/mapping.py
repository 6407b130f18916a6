"""Saying what the columns of a table mean, with the first rows as they will be read below."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.screens.map_rows import (
    DECIMALS,
    NOTHING,
    ORDER_WORDS,
    PLATFORMS,
    ROLE_WORDS,
    ZONES,
    column_row,
    preview_rows,
    setting_row,
    summary,
)
from studio.app.widgets.rows import Row, RowList, heading
from studio.project.places import is_zone
from studio.stats.readers.columns import ROLES, ColumnMap, in_order
from studio.stats.readers.guess import guess, samples
from studio.stats.readers.preview import Preview, preview
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from studio.stats.readers.sheet import Sheet

_SETTINGS = ("name", "platform", "order", "decimal", "zone")


class _Columns(RowList):
    """The columns and settings; a click opens the choices of a row."""

    class Clicked(Message):
        """A row was clicked; the cursor is on it."""

    def on_click(self, event: events.Click) -> None:
        """List the choices of the row that is clicked."""
        event.prevent_default()  # a double click is no Enter here
        line = event.y + self.scroll_offset.y
        key = self.key_at(line)
        if key:
            self.cursor = key
            self.post_message(self.Clicked())

    def key_at(self, line: int) -> str:
        """Return the key of the row on a line, "" for none."""
        lines = [row.key for row in self.rows for _ in row.lines]
        return lines[line] if line < len(lines) else ""


class MapScreen(Dialog[ColumnMap | None]):
    """Columns with what each means; None when the human thought better of it.

    Args:
        sheet: the rows of the table.
        name: of its file.
        columns: what is known of it already; None guesses.
        zone: the audience's IANA time zone, for tables that name none.
        today: the current day.
    """

    CSS_PATH = DIALOGS
    AUTO_FOCUS = "#columns"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("left", "turn(-1)", "Before", show=False),
        Binding("right", "turn(1)", "After", show=False),
        Binding("space", "open", "Choose", show=False),
        Binding("delete,backspace", "clear", "Nothing", show=False),
    ]

    def __init__(
        self,
        sheet: Sheet,
        name: str,
        *,
        columns: ColumnMap | None = None,
        zone: str | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__(classes="dialog")
        self._sheet, self._file = sheet, name
        self._zone, self._today = zone, today or datetime.now(UTC).date()
        found = columns or guess(sheet)
        self._map = replace(found, name=found.name or _called(name))
        self._samples = samples(sheet, found)
        self._preview: Preview | None = None

    @property
    def columns(self) -> ColumnMap:
        """What the columns mean so far."""
        return in_order(self._map)

    def compose(self) -> ComposeResult:
        """The columns, the first rows as they will be read, two buttons."""
        with Vertical(classes="box full mapping") as box:
            box.border_title = Content(f"What the columns mean  {one_line(self._file)}")
            box.border_subtitle = "← → change, Space lists, Enter takes it"
            yield _Columns(id="columns")
            yield RowList(id="preview")
            with Horizontal(classes="buttons"):
                yield Button("Take it", id="take", variant="primary", compact=True)
                yield Button("Leave", id="leave", compact=True)

    def on_mount(self) -> None:
        """Begin at the columns, or at the platform where nothing tells it."""
        self.query_one("#preview", RowList).can_focus = False
        cursor = "column/0" if self._map.platform or self._tells_platform() else "set/platform"
        self._show(cursor)
        self._read()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._show)
        self.call_after_refresh(self._show_preview)

    def _tells_platform(self) -> bool:
        return any(role in {"platform", "link"} for role, _ in self._map.columns)

    def _role(self, name: str) -> str:
        """Return what a column means, "" for nothing."""
        return next((role for role, cell in self._map.columns if cell == name), "")

    # showing

    def _show(self, cursor: str | None = None) -> None:
        listed = self.query_one("#columns", RowList)
        rows: list[Row] = [heading("Columns", "and what they mean", first=True)]
        rows += [
            column_row(f"column/{index}", name, self._role(name), cells)
            for index, (name, cells) in enumerate(self._samples)
        ]
        rows.append(heading("The table"))
        rows += [setting_row(f"set/{name}", self._words(name)) for name in _SETTINGS]
        listed.show(rows, cursor=cursor)

    def _words(self, setting: str) -> tuple[str, str, str]:
        """Return a setting's label, its value and what it is."""
        now = self._map
        if setting == "name":
            return "Remember as", one_line(now.name), "what you call such tables"
        if setting == "platform":
            words = {key: (word, about) for key, word, about in PLATFORMS}
            word, about = words.get(now.platform, (one_line(now.platform), ""))
            return "Platform", word, about
        if setting == "order":
            word, about = next((w, a) for key, w, a in ORDER_WORDS if key == now.order)
            return "Dates", word, about
        if setting == "decimal":
            word, about = next((w, a) for key, w, a in DECIMALS if key == now.decimal)
            return "Numbers", word, about
        if not now.zone:
            return "Clock", "audience's", f"times are those of {one_line(self._zone or 'UTC')}"
        return "Clock", one_line(now.zone), "the time zone its times are in"

    def _show_preview(self) -> None:
        shown = self.query_one("#preview", RowList)
        room = max(1, shown.size.height - 1)
        width = shown.size.width - 3
        if self._preview is None:
            return
        rows = [summary(self._preview)]
        rows += preview_rows(self._preview, self._map, self._zone, width, room)
        shown.show(rows)
        self.query_one("#take", Button).disabled = not self._preview.read

    @work(thread=True, exclusive=True, group="preview", exit_on_error=False)
    def _read(self) -> None:
        """Read the first rows as the map stands; the newest wish is the one that is shown."""
        now = self._map
        found = preview(self._sheet, now, now.zone or self._zone, self._today)
        self.app.call_from_thread(self._have_read, now, found)

    def _have_read(self, asked: ColumnMap, found: Preview) -> None:
        if self.is_attached and asked is self._map:
            self._preview = found
            self._show_preview()

    def _change(self, columns: ColumnMap) -> None:
        if columns == self._map:
            return
        self._map = columns
        self._show()
        self._read()

    # keys

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_take()

    @on(_Columns.Clicked)
    def _clicked(self, event: _Columns.Clicked) -> None:
        event.stop()
        self.action_open()

    def _at(self) -> tuple[str, str]:
        kind, _, which = self.query_one("#columns", RowList).cursor.partition("/")
        return kind, which

    def action_turn(self, step: int) -> None:
        """Change what is under the cursor to its next choice."""
        kind, which = self._at()
        choices = [key for key, _, _ in self._choices(kind, which)]
        if not choices or which == "name":
            return
        now = self._now(kind, which)
        if kind == "column":  # what another column means is only taken from the list
            used = {role for role, _ in self._map.columns} - {now}
            choices = [key for key in choices if key not in used]
        place = choices.index(now) if now in choices else 0
        self._set(kind, which, choices[(place + step) % len(choices)])

    def action_clear(self) -> None:
        """Let the column under the cursor mean nothing."""
        kind, which = self._at()
        if kind == "column":
            self._set(kind, which, "")

    def action_open(self) -> None:
        """List the choices of what is under the cursor."""
        kind, which = self._at()
        if which == "name":
            self._ask("Remember as", self._map.name, "Metricool", self._named)
            return
        from studio.app.screens.picking import PickScreen

        choices = self._choices(kind, which)
        if not choices:
            return
        title = self._samples[int(which)][0] if kind == "column" else self._words(which)[0]

        def picked(result: str | None) -> None:
            if result == "other":
                self._ask("Time zone", self._map.zone, "Europe/London", self._zoned)
            elif result is not None:
                self._set(kind, which, result)

        self.app.push_screen(PickScreen(title, choices, self._now(kind, which)), picked)

    def _choices(self, kind: str, which: str) -> Sequence[tuple[str, str, str]]:
        if kind == "column":
            used = dict(self._map.columns)
            return [
                NOTHING,
                *(
                    (role, ROLE_WORDS[role][0], _taken(used.get(role, ""), ROLE_WORDS[role][1]))
                    for role in ROLES
                ),
            ]
        if which == "zone":
            zone = self._map.zone
            known = [("", "audience's", one_line(self._zone or "UTC")), *ZONES]
            if zone and zone not in {key for key, _, _ in known}:
                known.append((zone, one_line(zone), ""))
            return [*known, ("other", "another…", "by its name, Europe/London")]
        return {"platform": PLATFORMS, "order": ORDER_WORDS, "decimal": DECIMALS}.get(which, ())

    def _now(self, kind: str, which: str) -> str:
        if kind == "column":
            return self._role(self._samples[int(which)][0])
        return str(getattr(self._map, which, ""))

    def _set(self, kind: str, which: str, value: str) -> None:
        if kind == "column":
            name = self._samples[int(which)][0]
            kept = [(r, cell) for r, cell in self._map.columns if cell != name and r != value]
            columns = (*kept, (value, name)) if value else tuple(kept)
            self._change(replace(self._map, columns=tuple(columns)))
        elif value == "other":
            self._ask("Time zone", self._map.zone, "Europe/London", self._zoned)
        elif which == "platform":
            self._change(replace(self._map, platform=value))
        elif which == "order":
            self._change(replace(self._map, order=value))
        elif which == "decimal":
            self._change(replace(self._map, decimal=value))
        elif which == "zone":
            self._change(replace(self._map, zone=value))

    def _ask(self, title: str, value: str, hint: str, then: Callable[[str | None], None]) -> None:
        from studio.app.screens.ask import AskLine

        self.app.push_screen(AskLine(title, value, hint), then)

    def _named(self, text: str | None) -> None:
        if text and text.strip():
            self._change(replace(self._map, name=text.strip()[:60]))

    def _zoned(self, text: str | None) -> None:
        if not text or not text.strip():
            return
        if is_zone(text.strip()):
            self._change(replace(self._map, zone=text.strip()))
        else:
            self.notify(
                "No time zone is called so; they look like Europe/London.", severity="warning"
            )

    # leaving

    @on(Button.Pressed, "#take")
    def _take_pressed(self) -> None:
        self.action_take()

    @on(Button.Pressed, "#leave")
    def _leave_pressed(self) -> None:
        self.dismiss(None)

    def action_take(self) -> None:
        """Take the map as it stands, if any row can be read by it."""
        if self._preview is None or not self._preview.read:
            self.notify(
                "Not one row can be read like this; the lines below say why.", severity="warning"
            )
            return
        self.dismiss(self.columns)


def _taken(cell: str, about: str) -> str:
    return f"now “{one_line(cell)}”" if cell else about


def _called(name: str) -> str:
    """Return what to call a table of that file: its name without folder, digits and ending."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    words = "".join(" " if letter in "_-+" or letter.isdigit() else letter for letter in stem)
    return one_line(words)[:40].strip(" .()[]") or "my table"
