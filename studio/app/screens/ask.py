"""Small questions: one line of text, or one of a few answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from studio.app.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

from studio.app.screens import DIALOGS


class AskLine(Dialog[str | None]):
    """Asks for one line; None when the human thought better of it."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, value: str, hint: str) -> None:
        super().__init__(classes="dialog")
        self._title, self._value, self._hint = title, value, hint

    def compose(self) -> ComposeResult:
        """A box with a line in it."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = "Enter takes it, Escape leaves"
            yield Input(self._value, placeholder=self._hint, select_on_focus=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Choice(Dialog[str | None]):
    """Asks for one of a few answers, each a button with its key; None on Escape.

    Args:
        title: the question in a few words.
        text: what the answers mean.
        answers: (result, words) for each; the first is the careful one and has the focus.
    """

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, text: Content, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__(classes="dialog")
        self._title, self._text, self._answers = title, text, answers

    def compose(self) -> ComposeResult:
        """A box with words and buttons."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield Static(self._text)
            with Horizontal(classes="buttons"):
                for number, (result, words) in enumerate(self._answers):
                    button = Button(Content(words), id=f"answer-{result}")
                    button.variant = "default" if number else "primary"
                    yield button

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss((event.button.id or "").removeprefix("answer-"))
