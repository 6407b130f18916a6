"""Everything about one idea in one form; one property changed changes one line of its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Label

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.app.widgets.editor import Editor
from studio.ideas import edits
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.ahead import Ahead
    from studio.app.session import Session
    from studio.ideas.idea import Idea
    from studio.project.undo import Edit

# field -> (label, hint, whether it is a list)
_FIELDS: dict[str, tuple[str, str, bool]] = {
    "title": ("Title", "what you will call it", False),
    "pillar": ("Pillar", "one of your page's subjects", False),
    "format": ("Format", "reel, carousel or image", False),
    "platforms": ("Platforms", "instagram tiktok", True),
    "tags": ("Tags", "words, separated by spaces", True),
    "media": ("Media", "media/first.jpg media/second.jpg, in order", True),
    "planned": ("Planned", "2026-11-26 19:30, in your audience's time", False),
}


def joined(values: Sequence[str]) -> str:
    """Return a list on one line; what has a space or a comma in it stands in quotes."""
    return " ".join(f'"{value}"' if re.search(r"[\s,]", value) else value for value in values)


def parted(text: str) -> tuple[str, ...]:
    """Return the list that a line names: words between spaces or commas, or quotes."""
    found = re.findall(r'"([^"]+)"(?=[\s,]|$)|([^\s,]+)', text)
    return tuple(quoted or word for quoted, word in found)


class IdeaForm(Dialog[None]):
    """Title, properties and notes of one idea."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("ctrl+s", "save", "Save"),
    ]

    def __init__(self, session: Session, idea: Idea) -> None:
        super().__init__(classes="dialog")
        self._session, self._idea = session, idea

    def compose(self) -> ComposeResult:
        """A line for each property, the notes under them."""
        with Vertical(classes="box wide") as box:
            box.border_title = Content(one_line(self._idea.title))
            box.border_subtitle = "Ctrl+S saves, Escape leaves"
            with VerticalScroll():
                for name, (label, hint, _) in _FIELDS.items():
                    with Horizontal(classes="field"):
                        yield Label(Content(label))
                        yield Input(
                            self._value(name),
                            placeholder=self._hint(name, hint),
                            id=f"field-{name}",
                            compact=True,
                            select_on_focus=False,
                        )
                yield Label("Notes")
                yield Editor(id="notes", placeholder="Anything that belongs to this idea.")
            with Horizontal(classes="buttons"):
                yield Button("Save", id="save", variant="primary")
                yield Button("Leave", id="leave")

    def _hint(self, name: str, hint: str) -> str:
        pillars = " ".join(one_line(pillar.name) for pillar in self._session.config.pillars)
        return pillars if name == "pillar" and pillars else hint

    def _value(self, name: str) -> str:
        value = getattr(self._idea, name)
        return joined(value) if isinstance(value, tuple) else (value or "")

    def on_mount(self) -> None:
        """Show the notes; a file that is not understood is shown and not edited."""
        notes = self.query_one("#notes", Editor)
        notes.load_text(self._idea.notes)
        if self._idea.problem:
            notes.read_only = True
            for field in self.query(Input):
                field.disabled = True
            self.query_one("#save", Button).disabled = True
            self.query_one(".box").border_subtitle = Content(one_line(self._idea.problem))

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#save")
    def _save_pressed(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Write what was changed, as one step that can be undone."""
        idea = self._idea
        if idea.problem:
            return
        changes: dict[str, str | tuple[str, ...] | None] = {}
        for name, (_, _, many) in _FIELDS.items():
            text = self.query_one(f"#field-{name}", Input).value.strip()
            if text == self._value(name):
                continue
            if name == "title" and not text:
                continue
            changes[name] = parted(text) if many else text or None
        notes = self.query_one("#notes", Editor).text

        def make(store: Ahead) -> Sequence[Edit]:
            return edits.edit_idea(
                store, idea, changes, notes=notes if notes != idea.notes else None
            )

        self._session.change(f"Edit “{idea.title}”", make)
        self.dismiss(None)
