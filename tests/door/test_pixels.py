"""Pixels on a real terminal: what it is asked and sent, and what is left of it at the end."""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

import pytest

from studio.preview.answers import QUESTIONS
from tests.app.pixel_terminal import PixelTerminal
from tests.door.pixel_app import COLUMNS, ROWS
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (60, 20)
APP = [sys.executable, "-m", "tests.door.pixel_app"]
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P_][^\x07\x1b]*\x1b?)?\Z")
VERSION, COLOURS, CELL, LAST = b"\x1b[>0q", b"\x1b[?1;1;0S", b"\x1b[16t", b"\x1b[c"
GRAPHICS = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
TENTWENTY = b"\x1b[6;20;10t"
KITTY = {
    VERSION: b"\x1bP>|kitty(0.41.1)\x1b\\",
    CELL: TENTWENTY,
    GRAPHICS: b"\x1b_Gi=31;OK\x1b\\",
    LAST: b"\x1b[?62;52;c",
}
OLD_KITTY = KITTY | {VERSION: b"\x1bP>|kitty(0.26.5)\x1b\\"}
XTERM = {
    VERSION: b"\x1bP>|XTerm(379)\x1b\\",
    COLOURS: b"\x1b[?1;0;1024S",
    CELL: TENTWENTY,
    LAST: b"\x1b[?63;1;2;4;6;9;15;22;29c",
}
SILENT = {LAST: b"\x1b[?1;2c"}
KITTY_WORDS = "told kitty(0.41.1) (10, 20) True False"


class Played(Terminal):
    """A terminal whose answers the test has chosen.

    Args:
        answers: what it answers to each question.
        torn: bytes of the answers that come at once; the others when `rest` is called.
    """

    def __init__(self, answers, env, *, torn=None, argv=APP):
        self.answers, self.torn = answers, torn
        self.left = b""
        self.seen = 0
        self.view = PixelTerminal(*SIZE, (10, 20))  # what it shows and keeps
        self._decode = getincrementaldecoder("utf-8")().decode
        self._unread = ""
        super().__init__(argv, env=env, columns=SIZE[0], rows=SIZE[1])

    def _read(self, patience):
        if not select.select([self._fd], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.bytes += data
        self._answer()
        text = self._unread + self._decode(data)
        cut = UNFINISHED.search(text)
        text, self._unread = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
        self.view.feed(text)
        return True

    def _answer(self):
        said = b""
        while found := min(
            (
                (place, question)
                for question in (*self.answers, b"\x1b[?2026$p", b"\x1b[?2048$p")
                if (place := self.bytes.find(question, self.seen)) >= 0
            ),
            default=None,
        ):
            self.seen = found[0] + len(found[1])
            if found[1].endswith(b"$p"):
                os.write(self._fd, b"\x1b[?%s;2$y" % found[1][3:7].replace(b"2048", b"9999"))
            else:
                said += self.answers[found[1]]
        if said and self.torn is not None:
            said, self.left, self.torn = said[: self.torn], said[self.torn :], None
        os.write(self._fd, said)

    def rest(self):
        os.write(self._fd, self.left)

    @property
    def lines(self):
        return [self.view.line(y) for y in range(SIZE[1])]

    def in_pixels(self):
        """Count the cells that show pixels."""
        return sum(not isinstance(one, str) for line in self.view.grid for one in line)

    def leave(self):
        self.press("Q")
        assert self.wait_exit() == 0
        assert self.modes == {7, 25}
        assert self.cooked


@pytest.fixture
def play(environment: dict[str, str]) -> Callable[..., Played]:
    def start(answers, *, torn=None, argv=APP, **more):
        return Played(answers, environment | more, torn=torn, argv=argv)

    return start


def test_kitty_shows_pixels_and_keeps_nothing_at_the_end(play):
    with play(KITTY) as terminal:
        terminal.wait_for(KITTY_WORDS, "| picture 0")
        terminal.wait_until(lambda: terminal.in_pixels() == COLUMNS * ROWS)
        terminal.wait_until(lambda: len(terminal.view.images) == 3)
        before = len(terminal.bytes)
        terminal.press("n")
        terminal.wait_for("| picture 1")
        sent = bytes(terminal.bytes[before:])
        rows = sent.count("\U0010eeee".encode())
        assert rows == COLUMNS * ROWS
        assert b"\x1b_G" not in sent
        assert len(sent) < 6000  # 8 bytes a cell and what is beside the picture
        assert terminal.in_pixels() == COLUMNS * ROWS
        terminal.leave()
        view = terminal.view
        assert not view.images
        assert view.loading is None
        assert len([what for what, _ in view.log if what == "delete"]) == 3
        last = terminal.bytes.rindex(b"a=d,d=I")
        assert terminal.bytes.find(b"\x1b[?1049l", last) > 0


def test_a_kitty_that_answers_but_has_no_placeholders_gets_cells(play):
    with play(OLD_KITTY) as terminal:
        terminal.wait_for("told kitty(0.26.5) (10, 20) True False", "| picture 0")
        terminal.press("n")
        terminal.wait_for("| picture 1")
        assert "\U0010eeee".encode() not in terminal.bytes
        assert "▀" in terminal.text
        assert terminal.bytes.count(b"\x1b_G") == 1  # the question
        terminal.leave()


def test_xterm_shows_sixels_and_the_next_picture_in_their_place(play):
    with play(XTERM) as terminal:
        terminal.wait_for("told XTerm(379) (10, 20) False True", "| picture 0")
        terminal.wait_until(lambda: terminal.in_pixels() == COLUMNS * ROWS)
        first = [list(line) for line in terminal.view.grid]
        terminal.press("n")
        terminal.wait_for("| picture 1")
        terminal.wait_until(lambda: terminal.in_pixels() == COLUMNS * ROWS)
        assert terminal.view.grid != first
        terminal.leave()


def test_a_terminal_that_says_no_more_than_it_must_gets_cells(play):
    with play(SILENT) as terminal:
        terminal.wait_for("told None", "| picture 0")
        assert "▀" in terminal.text
        terminal.leave()


@pytest.mark.parametrize(
    "environ",
    [{"TMUX": "/tmp/tmux-1/default,1,0", "TERM": "tmux-256color"}, {"TERM": "screen-256color"}],
    ids=["tmux", "screen"],
)
def test_under_tmux_and_screen_nothing_is_asked(play, environ):
    with play(KITTY, **environ) as terminal:
        terminal.wait_for("not asked", "| picture 0")
        for question in (VERSION, CELL, GRAPHICS, LAST):
            assert question not in terminal.bytes
        terminal.leave()
        assert b"\x1b_G" not in terminal.bytes


def test_nothing_is_asked_before_the_first_frame(play):
    with play(KITTY) as terminal:
        terminal.wait_for(KITTY_WORDS)
        asked = terminal.bytes.index(QUESTIONS.encode())
        assert b"no answer yet" in terminal.bytes[:asked]
        terminal.leave()


@pytest.mark.parametrize("torn", [7, 18, 25, 40])
def test_keys_pressed_while_the_answers_are_torn_are_all_there_and_no_other(play, torn):
    with play(KITTY, torn=torn) as terminal:
        terminal.wait_for("no answer yet")
        terminal.wait_until(lambda: terminal.left)
        terminal.rest()
        terminal.press("a", "escape")
        terminal.wait_for("keys: a escape |")
        terminal.wait_for(KITTY_WORDS)
        terminal.press("b")
        terminal.wait_for("keys: a escape b |")
        terminal.leave()


def test_another_program_gets_a_terminal_without_our_pictures_and_they_come_back(play):
    with play(KITTY) as terminal:
        terminal.wait_for(KITTY_WORDS, "| picture 0")
        terminal.wait_until(lambda: len(terminal.view.images) == 3)
        terminal.press("e")
        terminal.wait_for("keys: back|")
        terminal.wait_until(lambda: terminal.in_pixels() == COLUMNS * ROWS)
        terminal.wait_until(lambda: len(terminal.view.images) == 3)
        log = [what for what, _ in terminal.view.log]
        assert log == ["upload"] * 3 + ["delete"] * 3 + ["upload"] * 3
        away = terminal.bytes.index(b"\x1b[?1049l")
        assert terminal.bytes[:away].count(b"a=d,d=I") == 3
        terminal.press("n")
        terminal.wait_for("| picture 1")
        terminal.leave()
        assert not terminal.view.images


def test_leaving_before_the_answers_came_leaves_none_of_them_to_the_shell(play):
    shell = 'IFS= read -r -t 0.5 -n 1 key && echo "left: $key" || echo nothing left'
    with play(KITTY, torn=0, argv=["bash", "-c", f"{' '.join(APP)}; {shell}"]) as terminal:
        terminal.wait_for("no answer yet")
        terminal.wait_until(lambda: terminal.left)
        terminal.press("Q")
        terminal._read(0.15)  # they come while the app is on its way out
        terminal.rest()
        assert terminal.wait_exit() == 0
        assert "nothing left" in terminal.text
        assert "kitty" not in terminal.text


def test_the_cells_are_measured_again_when_the_window_changes(play):
    import fcntl
    import struct
    import termios

    with play(KITTY) as terminal:
        terminal.wait_for(KITTY_WORDS)
        terminal.answers = KITTY | {CELL: b"\x1b[6;24;12t"}
        size = struct.pack("HHHH", SIZE[1], SIZE[0] - 2, 0, 0)
        fcntl.ioctl(terminal._fd, termios.TIOCSWINSZ, size)
        terminal.wait_for("cells of (12, 24)")
        terminal.leave()
