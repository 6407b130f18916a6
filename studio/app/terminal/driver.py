"""Textual's own driver, but for a terminal's answers: those go another way than the keys.

Textual's parser and the driver's thread of keys are not public; `driver_class` gives the plain
driver where they are not as expected, and then nothing is asked. Pinned to textual>=8.2.8,<9.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, Final

from textual import constants
from textual._parser import ParseError, Parser
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from studio.app.terminal.answers import Answer, Pause, Sieve, Until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

    from textual.message import Message

LOOK: Final = 0.1  # seconds after which the thread of keys looks whether it shall end; Textual's
EXPECTED: Final = 10.0  # seconds after a question in which an answer is likely
FAREWELL: Final = 1.0  # seconds to wait, at the end, for an answer on its way to our keyboard
STUCK: Final = 2.0  # seconds after which a terminal that takes nothing is held to have stopped


class AnswerParser(XTermParser):
    """Textual's parser behind a sieve.

    Args:
        sieve: keeps what is torn between two reads.
        heard: called with each answer, on the thread that feeds.
        debug: as Textual's.
    """

    def __init__(self, sieve: Sieve, heard: Callable[[Answer], None], debug: bool = False) -> None:
        super().__init__(debug)
        self._sieve = sieve
        self._heard = heard

    def feed(self, data: str) -> Iterable[Message]:
        """Take what has come; return the keys and the like in it. Empty data is the end."""
        if not data:
            yield from super().feed("")
            return
        for piece in self._sieve.feed(data, get_time()):
            if isinstance(piece, str):
                yield from super().feed(piece)
            elif isinstance(piece, Answer):
                self._heard(piece)
                yield from super().tick()
            elif isinstance(piece, Until) and self._timeout_time is not None:
                self._timeout_time = piece.time

    def tick(self) -> Iterable[Message]:
        """Return the keys that were held back long enough to be whole."""
        for piece in self._sieve.expire(get_time()):
            if isinstance(piece, str):
                yield from super().feed(piece)
            elif isinstance(piece, Pause) and self._timeout_time is not None:
                self._timeout_time = 0.0  # the sieve has waited in the parser's place
                yield from super().tick()
        if not self._sieve.undecided:
            yield from super().tick()

    @property
    def patience(self) -> float:
        """Seconds until `tick` has something to do, at most `LOOK`."""
        wait = LOOK
        if (due := self._sieve.due) is not None:
            wait = min(wait, due - get_time())
        if self._timeout_time is not None and not self._sieve.undecided:
            wait = min(wait, self._timeout_time - get_time())
        return max(0.001, wait)


class Meter:
    """The terminal as a file, counting what it has taken."""

    def __init__(self, file: TextIO, wrote: Callable[[], None]) -> None:
        self._file = file
        self._wrote = wrote
        self.taken = 0

    def write(self, text: str) -> None:
        """Write, which lasts until the terminal has room."""
        self._file.write(text)
        self.taken += len(text)
        self._wrote()

    def flush(self) -> None:
        """Send on what Python's own buffer holds."""
        self._file.flush()

    def fileno(self) -> int:
        """Return the number of the terminal's file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return self._file.isatty()


class StudioDriver(LinuxDriver):
    """The driver for Linux and macOS, with questions to the terminal and a view of its queue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (those of Driver)
        super().__init__(*args, **kwargs)
        self._sieve = Sieve(constants.ESCAPE_DELAY)
        self._hears: Callable[[Answer], None] | None = None
        self._answered = threading.Event()
        self._meter = Meter(self._file, self._wrote)
        self._file: Any = self._meter
        self._queued = 0
        self._wanted: tuple[int, Callable[[], None]] | None = None
        self.open = False
        self.on_open: Callable[[], None] | None = None
        self.farewell: Callable[[], str] | None = None

    # the way in

    def run_input_thread(self) -> None:
        """Read keys and answers until the driver is told to stop."""
        self._sieve = sieve = Sieve(constants.ESCAPE_DELAY)
        parser = AnswerParser(sieve, self._hear, self._debug)
        # Textual's decoder raises on a byte that is not UTF-8, which ends the app.
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], parser.patience)[0]:
                data = os.read(self.fileno, 4096)
                if not data:  # a pipe that ended
                    self.exit_event.wait(LOOK)
                elif text := decode(data):
                    for message in parser.feed(text):
                        self.process_message(message)
            for message in parser.tick():
                self.process_message(message)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _hear(self, answer: Answer) -> None:
        """Hand an answer to who asked, on the app's thread."""
        if answer.is_last:
            self._answered.set()
            self._sieve.waiting_until = 0.0
        if self._hears is not None:
            with contextlib.suppress(RuntimeError):  # the app has just ended
                self._loop.call_soon_threadsafe(self._hears, answer)

    def ask(self, questions: str, hears: Callable[[Answer], None]) -> bool:
        """Ask the terminal; return whether it was asked.

        Args:
            questions: control sequences; the last one `CSI c`, which every terminal answers, if
                the end is to be known.
            hears: called on the app's thread with every answer, now and later.
        """
        if not self.open or not self.input_tty:
            return False
        self._hears = hears
        if questions.endswith("\x1b[c"):
            self._answered.clear()
        self._sieve.waiting_until = get_time() + EXPECTED
        self.write(questions)
        return True

    # the way out

    @property
    def pending(self) -> int:
        """Characters that were written and that the terminal has not taken yet."""
        return max(0, self._queued - self._meter.taken)

    def write(self, data: str) -> None:
        """Put data into the queue to the terminal; waits while 30 others are in it."""
        self._queued += len(data)
        super().write(data)

    def when_below(self, pending: int, then: Callable[[], None]) -> None:
        """Call, once and on the app's thread, when fewer characters than these are pending."""
        self._wanted = (pending, then)
        if self.pending < pending:
            self._wrote()

    def _wrote(self) -> None:
        wanted = self._wanted
        if wanted is not None and self._queued - self._meter.taken < wanted[0]:
            self._wanted = None
            with contextlib.suppress(RuntimeError):  # the app has just ended
                self._loop.call_soon_threadsafe(wanted[1])

    def _drain(self) -> None:
        """Wait until the terminal has taken what was written, unless it has stopped to."""
        pause = threading.Event()
        left, until = self.pending, get_time() + STUCK
        while left and get_time() < until:
            pause.wait(0.01)
            if self.pending < left:
                left, until = self.pending, get_time() + STUCK

    # coming and going

    def start_application_mode(self) -> None:
        """Take the terminal, at the start and after every suspension."""
        self._queued = self._meter.taken = 0
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.open = self._writer_thread is not None
        if self.open and self.on_open is not None:
            self._loop.call_soon_threadsafe(self.on_open)

    def stop_application_mode(self) -> None:
        """Give the terminal back: nothing of ours stays in it, no answer arrives at the shell."""
        if self.open:
            waiting = not self._answered.is_set() and get_time() < self._sieve.waiting_until
            # A question that is still in the queue would be answered once the terminal is the
            # shell's again, which would show the answer.
            self._drain()
            if waiting:
                self._answered.wait(FAREWELL)
            if self.farewell is not None and (words := self.farewell()):
                self.write(words)
        self.open = False
        super().stop_application_mode()


def fits() -> bool:
    """Return whether Textual's internals are the ones used here."""
    driver = {"_file", "fileno", "input_tty", "exit_event", "_writer_thread", "_loop", "_debug"}
    methods = ("run_input_thread", "process_message", "stop_application_mode")
    return (
        _names(LinuxDriver) | _names(Driver) >= driver
        and _names(Parser) >= {"_timeout_time", "_tokens", "_awaiting"}
        and all(callable(getattr(LinuxDriver, name, None)) for name in methods)
        and issubclass(XTermParser, Parser)
    )


def _names(kind: type[Any]) -> set[str]:
    """Return the names that making one of these uses, its attributes among them."""
    return set(kind.__init__.__code__.co_names)
