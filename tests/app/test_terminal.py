"""What a terminal answers is no key, whenever and however torn it comes; and keys stay keys."""

from __future__ import annotations

import math
import random
import threading
from types import SimpleNamespace

import pytest
from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.geometry import Size

from studio.app.terminal import driver_class
from studio.app.terminal.answers import Answer, Sieve
from studio.app.terminal.talk import CellResized, TerminalAnswered, TerminalTalk
from studio.preview.answers import QUESTIONS

pytest.importorskip("termios")  # Windows is asked nothing

from textual.drivers.linux_driver import LinuxDriver

from studio.app.terminal import driver
from studio.app.terminal.driver import STUCK, AnswerParser, StudioDriver

DELAY = constants.ESCAPE_DELAY
VERSION = "\x1bP>|kitty(0.41.1)\x1b\\"
COLOURS = "\x1b[?1;0;256S"
CELL = "\x1b[6;20;10t"
GRAPHICS = "\x1b_Gi=31;OK\x1b\\"
LAST = "\x1b[?62;4;22c"
SURE = 5  # characters of an answer that no hand types in a tenth of a second
ALL = [VERSION, COLOURS, CELL, GRAPHICS, LAST]


class Line:
    """A line to the parser, with a clock of its own."""

    def __init__(self, monkeypatch, *, plain=False, waiting=True):
        self.now = 1000.0
        monkeypatch.setattr("textual._parser.get_time", lambda: self.now)
        monkeypatch.setattr(driver, "get_time", lambda: self.now)
        self.heard: list[str] = []
        self.keys: list[tuple] = []
        self.sieve = Sieve(DELAY)
        if waiting:
            self.sieve.waiting_until = math.inf
        self.parser = (
            XTermParser()
            if plain
            else AnswerParser(self.sieve, lambda answer: self.heard.append(answer.sequence))
        )

    def take(self, messages):
        for message in messages:
            match message:
                case events.Key():
                    self.keys.append((message.key, message.character))
                case events.Paste():
                    self.keys.append(("paste", message.text))
                case events.MouseEvent():
                    self.keys.append((type(message).__name__, message.x, message.y))
                case _:
                    self.keys.append((type(message).__name__,))

    def due(self):
        times = [self.sieve.due]
        if not self.sieve.undecided:
            times.append(self.parser._timeout_time)
        return min((one for one in times if one is not None), default=None)

    def wait(self, seconds):
        """Let time go by as the driver's thread does, which looks when something is due."""
        end = self.now + seconds
        while (due := self.due()) is not None and due <= end:
            self.now = max(self.now, due)
            self.take(self.parser.tick())
        self.now = end

    def send(self, *parts):
        """Send texts; a number is a pause in seconds."""
        for part in parts:
            if isinstance(part, str):
                self.take(self.parser.feed(part))
            else:
                self.wait(part)
        return self

    @property
    def typed(self):
        return "".join(character or f"<{key}>" for key, character in self.keys)


@pytest.fixture
def line(monkeypatch):
    return Line(monkeypatch)


# whole answers


@pytest.mark.parametrize("answer", ALL)
@pytest.mark.parametrize("waiting", [True, False], ids=["asked", "not asked"])
def test_no_answer_presses_a_key_wherever_it_is_cut(monkeypatch, answer, waiting):
    for cut in range(1, len(answer)):
        line = Line(monkeypatch, waiting=waiting)
        line.send("a", answer[:cut], 0.05, answer[cut:], "b", 2)
        assert (line.typed, line.heard) == ("ab", [answer])


@pytest.mark.parametrize("answer", ALL)
def test_an_answer_torn_for_most_of_a_second_presses_no_key(monkeypatch, answer):
    for cut in range(SURE, len(answer)):
        line = Line(monkeypatch).send("a", answer[:cut], 0.8, answer[cut:], "b", 2)
        assert (line.typed, line.heard) == ("ab", [answer])


@pytest.mark.parametrize("answer", ALL)
def test_an_answer_torn_for_seconds_presses_no_key(monkeypatch, answer):
    for cut in range(SURE, len(answer)):
        line = Line(monkeypatch).send("a", answer[:cut], 3, answer[cut:], 1, "b")
        assert (line.typed, line.heard) == ("ab", [answer])


@pytest.mark.parametrize("answer", ALL)
def test_of_an_answer_torn_where_a_key_may_end_only_that_key_is_pressed(monkeypatch, answer):
    line = Line(monkeypatch).send(answer[:2], 0.3, answer[2:], 1, "b")
    assert line.heard == [answer]
    assert len(line.keys) == 2
    assert line.typed.endswith("b")


def test_an_answer_that_comes_a_character_at_a_time_presses_no_key(line):
    for answer in ALL:
        for character in answer:
            line.send(character, 0.06)
    assert (line.keys, line.heard) == ([], ALL)


def test_answers_that_come_twice_press_no_key(line):
    line.send(*ALL, *ALL, "q")
    assert (line.typed, line.heard) == ("q", ALL + ALL)


def test_answers_that_come_long_after_the_question_press_no_key(line):
    line.send("a", 60, *ALL, "b", 60, CELL, "c")
    assert line.typed == "abc"


def test_answers_in_the_middle_of_a_paste_leave_the_paste_as_it_was(line):
    line.send("\x1b[200~Grüße ", *ALL, "👩 an alle", "\x1b[201~", "x")
    assert line.keys == [("paste", "Grüße 👩 an alle"), ("x", "x")]
    assert line.heard == ALL


@pytest.mark.parametrize(
    "garbage",
    [
        "\x1bP>|" + "x" * 5000 + "\x1b\\",
        "\x1bP>|\x1b\\",
        "\x1bP1+r544e=6b\x1b\\",
        "\x1bP!|00000000\x07",
        "\x1b_Gi=31;EINVAL:what\x1b\\",
        "\x1b_Gi=7,p=3;ENOENT\x1b\\",
        "\x1b[?;;;c",
        "\x1b[?" + "4;" * 400 + "c",
        "\x1b[>41;2500;0c",
        "\x1b[?997;1n",
        "\x1b[?29u",
        "\x1b[8;45;160t",
        "\x1b[6;999999999999;1t",
    ],
)
def test_what_is_of_an_answers_form_and_nothing_that_was_asked_presses_no_key(line, garbage):
    line.send("a", garbage, "b")
    assert line.typed == "ab"


# answers that never end


@pytest.mark.parametrize("rest", [VERSION[:-2], VERSION[:-1], VERSION[:6], GRAPHICS[:-2]])
def test_keys_after_an_answer_that_never_ended_are_late_but_not_lost(line, rest):
    line.send(rest, 0.3, "jj", 0.2, "k", 2)
    assert line.typed == "jjk"
    line.send("p", 0.2, "x", 6, "q")
    assert line.typed == "jjkpxq"
    assert line.heard == []


@pytest.mark.parametrize("rest", [LAST[:-1], LAST[:5], CELL[:-1]])
def test_stars_given_after_a_torn_answer_are_late_but_not_lost(line, rest):
    line.send(rest, 0.3, "3", 2, "x")
    assert line.typed == "3x"


def test_a_key_with_an_escape_after_an_answer_that_never_ended_works(line):
    line.send(VERSION[:8], "\x1b[A", "x")
    assert line.keys == [("up", None), ("x", "x")]
    line.keys.clear()
    line.send(VERSION[:8], 0.2, "j", "\x1b[B", "\x1b", 0.3, "k", 2)
    assert [key for key, _ in line.keys] == ["j", "down", "escape", "k"]


def test_escape_pressed_after_an_answer_that_never_ended_is_the_escape_key(line):
    line.send(VERSION[:8], 0.3, "\x1b", 2, "j")
    assert [key for key, _ in line.keys] == ["escape", "j"]


def test_another_answer_after_one_that_never_ended_is_heard(line):
    line.send(VERSION[:8], CELL, LAST[:5], LAST, "x")
    assert (line.typed, line.heard) == ("x", [CELL, LAST])


# keys that begin as answers do


@pytest.mark.parametrize("waiting", [True, False], ids=["asked", "not asked"])
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("\x1b", "escape"),
        ("\x1bP", "alt+shift+p"),
        ("\x1b_", "alt+_"),
        ("\x1b[", "alt+["),
        ("\x1ba", "alt+a"),
    ],
)
def test_keys_that_begin_as_an_answer_does_come_no_later_than_ever(
    monkeypatch, typed, key, waiting
):
    found = []
    for plain in (True, False):
        line = Line(monkeypatch, plain=plain, waiting=waiting).send(typed, DELAY - 0.01)
        early = list(line.keys)
        line.send(0.02)
        found.append((early, list(line.keys)))
    assert found[0] == found[1]
    assert len(found[1][1]) == 1


def test_escape_and_then_a_letter_is_two_keys_though_an_answer_came_between(line):
    line.send("\x1b", DELAY * 0.9, LAST, DELAY * 0.5, "a")
    assert [key for key, _ in line.keys] == ["escape", "a"]


def test_every_key_that_textual_knows_is_the_same_key(monkeypatch):
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

    for sequence in ANSI_SEQUENCES_KEYS:
        both = [
            Line(monkeypatch, plain=plain).send(*sequence, 0.2, "x", 0.2).keys
            for plain in (True, False)
        ]
        assert both[0] == both[1], sequence


HUMAN = [
    *"ajqxP[_GO\\é👩 ",
    *("\r", "\t", "\x7f", "\x1b", "\x1b", "\x1bP", "\x1b_", "\x1b[", "\x1bq", "\x1b\\"),
    *("\x1b[A", "\x1bOP", "\x1b[6~", "\x1b[6;5~", "\x1b[5~", "\x1b[27u", "\x1b[112;;112u"),
    *("\x1b[<35;10;5M", "\x1b[<0;10;5m", "\x1b[I", "\x1b[O", "\x1b[?2026;2$y"),
    *("\x1b[200~a 62;4c paste\x1b[201~", "\x1b[48;45;160;900;1600t", "\x1b[12;40R"),
]


def scene(seed):
    """A person types while answers come: (seconds since the last one, character, is an answer)."""
    dice = random.Random(seed)
    parts = [(unit, False) for unit in dice.choices(HUMAN, k=dice.randint(3, 25))]
    for answer in dice.choices(ALL, k=dice.randint(1, 8)):
        parts.insert(dice.randint(0, len(parts)), (answer, True))
    out = []
    for unit, is_answer in parts:
        gap = dice.choice([0, 0, 0.03, 0.09, 0.15, 0.4])
        torn = dice.randint(5, len(unit) - 1) if is_answer and dice.random() < 0.3 else 0
        split = dice.random() < 0.3 and (is_answer or len(unit) > 2)
        for place, character in enumerate(unit):
            if place:
                gap = dice.choice([0, 0.0107, 0.0513]) if split else 0
            if place and place == torn:
                gap = dice.choice([0.2, 0.7, 2.5])
            out.append((gap, character, is_answer))
    return out


def played(monkeypatch, stream, *, plain):
    line = Line(monkeypatch, plain=plain)
    held, gap = "", 0.0
    for wait, character, is_answer in stream:
        gap += wait
        if plain and is_answer:
            continue
        if gap:
            if held:
                line.send(held)
            line.send(gap)
            held, gap = "", 0.0
        held += character
    return line.send(held, 5) if held else line.send(5)


@pytest.mark.parametrize("block", range(10))
def test_a_thousand_people_type_while_answers_come_and_every_key_is_theirs(monkeypatch, block):
    for seed in range(block * 100, block * 100 + 100):
        stream = scene(seed)
        without = played(monkeypatch, stream, plain=True)
        with_answers = played(monkeypatch, stream, plain=False)
        assert with_answers.keys == without.keys, (seed, stream)
        text = "".join(character for _, character, is_answer in stream if is_answer)
        assert "".join(with_answers.heard) == text, (seed, stream)


def test_noise_ends_nothing_and_holds_nothing_back_for_long(monkeypatch):
    dice = random.Random(5)
    signs = ["\x1b", "P", ">", "|", "_", "G", "i", "=", "[", "?", "6", ";", "c", "t", "\\", "\x07"]
    for _ in range(300):
        line = Line(monkeypatch)
        for _ in range(dice.randint(1, 60)):
            line.send(dice.choice(signs), dice.choice([0, 0, 0.02, 0.15, 1.2]))
        line.send(10)
        line.keys.clear()
        line.send("x", 0.2)
        assert line.keys == [("x", "x")]


# asking


class Asked:
    """An app whose terminal notes what it is asked."""

    def __init__(self):
        self.posted, self.questions, self.timers = [], [], []
        self._driver = object.__new__(StudioDriver)
        self._driver.ask = self._ask

    def _ask(self, questions, hears):
        self.questions.append(questions)
        self.hears = hears
        return True

    def post_message(self, message):
        self.posted.append(message)

    def set_timer(self, _seconds, then):
        self.timers.append(then)

    def answer(self, *sequences):
        for sequence in sequences:
            self.hears(Answer(sequence))

    @property
    def told(self):
        return [one.answers for one in self.posted if isinstance(one, TerminalAnswered)]

    @property
    def cells(self):
        return [one.cell for one in self.posted if isinstance(one, CellResized)]


@pytest.fixture
def asked():
    app = Asked()
    app.talk = TerminalTalk(app, environ={"TERM": "xterm-kitty"})
    return app


def window(columns, rows, pixels=None):
    size = Size(columns, rows)
    return events.Resize(size, size, pixel_size=Size(*pixels) if pixels else None)


def test_the_app_is_told_once_when_everything_is_answered(asked):
    assert asked.talk.ask()
    assert not asked.talk.ask()
    assert asked.questions == [QUESTIONS]
    asked.answer(VERSION, COLOURS, CELL, GRAPHICS)
    assert asked.told == []
    asked.answer(LAST)
    asked.answer(*ALL)
    asked.timers[0]()
    (said,) = asked.told
    assert (said.xtversion, said.cell) == ("kitty(0.41.1)", (10, 20))
    assert (said.kitty_ok, said.sixel_ok, said.done) == (True, True, True)


def test_a_silent_terminal_is_not_waited_for_and_may_answer_after_all(asked):
    asked.talk.ask()
    asked.answer(VERSION)
    asked.timers[0]()
    assert [said.xtversion for said in asked.told] == ["kitty(0.41.1)"]
    assert not asked.told[0].done
    asked.answer(CELL, GRAPHICS, LAST)
    assert len(asked.told) == 2
    assert asked.told[1].done


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm", "TMUX": "x"},
        {"TERM": "xterm", "STY": "x"},
        {"TERM": "tmux-256color"},
        {"TERM": "screen"},
        {"TERM": "dumb"},
        {"TERM": "linux"},
        {},
    ],
)
def test_where_questions_could_do_harm_nothing_is_asked(environ):
    app = Asked()
    talk = TerminalTalk(app, environ=environ)
    assert not talk.ask()
    talk.resized(window(80, 24))
    assert app.questions == []


def test_nothing_is_asked_of_who_wants_no_questions():
    app = Asked()
    assert not TerminalTalk(app, enabled=False, environ={"TERM": "xterm-kitty"}).ask()


def test_a_zoomed_font_is_measured_and_a_larger_window_of_the_same_font_is_not(asked):
    asked.talk.ask()
    asked.answer(*ALL)
    asked.questions.clear()
    asked.talk.resized(window(80, 24, (800, 480)))
    asked.answer(CELL)
    assert (asked.questions, asked.cells) == (["\x1b[16t"], [])
    asked.talk.resized(window(100, 30, (1000, 600)))
    assert len(asked.questions) == 1
    asked.talk.resized(window(80, 24, (960, 576)))
    asked.answer("\x1b[6;24;12t")
    assert len(asked.questions) == 2
    assert asked.cells == [(12, 24)]
    asked.talk.resized(window(80, 24))  # nothing said of pixels
    assert len(asked.questions) == 3
    asked.answer("\x1b[6;0;0t")
    assert asked.cells == [(12, 24)]
    assert asked.talk.answers.cell == (12, 24)


def test_the_driver_is_ours_only_where_textual_is_as_it_was(monkeypatch):
    assert driver_class() is StudioDriver
    monkeypatch.setattr(constants, "DRIVER", "some.other:Driver")
    assert driver_class() is None
    monkeypatch.setattr(constants, "DRIVER", None)
    monkeypatch.setattr(driver.Parser, "__init__", lambda self: None)
    assert driver_class() is None


# leaving


class _SlowTerminal:
    """A driver whose terminal takes some characters at each look, or none."""

    def __init__(self, monkeypatch, takes):
        self.now, self.pending_at_the_end = 0.0, None
        slow = object.__new__(StudioDriver)
        slow._meter = SimpleNamespace(taken=0)
        slow._queued, slow.open, slow.farewell = 500, True, None
        slow._answered = threading.Event()
        slow._sieve = SimpleNamespace(waiting_until=10.0)
        monkeypatch.setattr(driver, "get_time", lambda: self.now)

        def wait(_event, seconds):
            self.now += seconds
            slow._meter.taken += min(takes, slow.pending)

        def given_back(_driver):
            self.pending_at_the_end = slow.pending

        monkeypatch.setattr(threading.Event, "wait", wait)
        monkeypatch.setattr(LinuxDriver, "stop_application_mode", given_back)
        slow.stop_application_mode()


def test_the_shell_has_the_terminal_back_only_when_it_has_taken_our_questions(monkeypatch):
    slow = _SlowTerminal(monkeypatch, takes=1)
    assert slow.pending_at_the_end == 0
    assert slow.now > STUCK, "slow, and yet not held to have stopped"


def test_a_terminal_that_takes_nothing_is_not_waited_for_long(monkeypatch):
    stopped = _SlowTerminal(monkeypatch, takes=0)
    assert stopped.pending_at_the_end == 500
    assert stopped.now < STUCK + 2
