"""What the terminal is asked, when, and what the app is told."""

from __future__ import annotations

import os
from copy import copy
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message

from studio.preview.answers import QUESTIONS, Answers, cell_of_window
from studio.preview.detect import may_ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App
    from textual.events import Resize

    from studio.app.terminal.answers import Answer

PATIENCE: Final = 5.0  # seconds for all answers; then the app is told what is known
CELL_QUESTION = "\x1b[16t"
_CELL_ANSWER = "\x1b[6;"


class TerminalAnswered(Message):
    """The terminal has said what it is, or did not in the time it had.

    Posted to the app once; a second time only if the answers come after `PATIENCE`.
    """

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers


class CellResized(Message):
    """The cells have another size in pixels: another font, or the same one zoomed."""

    def __init__(self, cell: tuple[int, int]) -> None:
        super().__init__()
        self.cell = cell


class TerminalTalk:
    """Asks the terminal once, and for the size of its cells again when that may have changed.

    Args:
        app: it is posted `TerminalAnswered` and `CellResized`.
        enabled: False where the person does not want questions.
        environ: what `detect.may_ask` looks at; `os.environ` if not given.
    """

    def __init__(
        self, app: App[Any], *, enabled: bool = True, environ: Mapping[str, str] | None = None
    ) -> None:
        self._app = app
        self._enabled = enabled and may_ask(os.environ if environ is None else environ)
        self._asked = False
        self._told = False
        self._ratio: tuple[float, float] | None = None
        self._measuring = False
        self.answers = Answers()

    def ask(self) -> bool:
        """Ask everything, if it was not asked before; call it after the first frame.

        Returns:
            Whether an answer is to be expected; otherwise no message will come.
        """
        if self._asked or not self._enabled:
            return False
        self._asked = self._send(QUESTIONS)
        if self._asked:
            self._app.set_timer(PATIENCE, self._enough)
        return self._asked

    def resized(self, event: Resize) -> None:
        """Look at the size of the cells again; to be called from the app's `on_resize`."""
        if not self._asked:
            return
        pixels, size = event.pixel_size, event.size
        if pixels is None or not size.width or not size.height:
            self._measure()
            return
        ratio = pixels.width / size.width, pixels.height / size.height
        before, self._ratio = self._ratio, ratio
        # The window may have some pixels more than its cells need.
        if before is None or any(abs(a - b) >= 0.5 for a, b in zip(before, ratio, strict=True)):
            self._measure()

    def _measure(self) -> None:
        if self._told and not self._measuring:
            self._measuring = self._send(CELL_QUESTION)
            self._app.set_timer(1.0, self._measured)

    def _measured(self) -> None:
        self._measuring = False

    def _send(self, questions: str) -> bool:
        from studio.app.terminal.driver import StudioDriver

        driver = self._app._driver  # noqa: SLF001 (there is no public way to the terminal)
        return isinstance(driver, StudioDriver) and driver.ask(questions, self._heard)

    def _heard(self, answer: Answer) -> None:
        answers, done, cell = self.answers, self.answers.done, self.answers.cell
        answers.take(answer.sequence)
        answers.cell = answers.cell or cell  # a size that makes no sense is none
        if answers.done and not done:
            self._tell()
        elif self._told and answer.sequence.startswith(_CELL_ANSWER):
            self._measuring = False
            if answers.cell is not None and answers.cell != cell:
                self._app.post_message(CellResized(answers.cell))

    def _enough(self) -> None:
        if not self._told:
            self._tell()

    def _tell(self) -> None:
        self._told = True
        if self.answers.cell is None:
            self.answers.cell = _cell_of_window()
        self._app.post_message(TerminalAnswered(copy(self.answers)))


def _cell_of_window() -> tuple[int, int] | None:
    """Return the size of a cell as the system's own record of the window has it, if it does."""
    try:
        import fcntl
        import struct
        import sys
        import termios

        stream = sys.__stderr__
        if stream is None:
            return None
        packed = fcntl.ioctl(stream.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
        rows, columns, across, down = struct.unpack("HHHH", packed)
    except (ImportError, OSError, ValueError):
        return None
    return cell_of_window(columns, rows, across, down)
