from __future__ import annotations

import pytest

from studio.preview.detect import (
    QUESTIONS,
    Answers,
    Terminal,
    best_mode,
    cell_of_window,
    may_ask,
    mode_of_answer,
    protocol_of,
    protocols_of,
    terminal_of,
)
from studio.preview.modes import Mode
from studio.preview.protocols import Protocol

TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({}, Mode.HALF),
        ({"TERM": "dumb"}, Mode.HALF),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, Mode.HALF),
        ({"TERM": "xterm-256color"}, Mode.HALF),
        (TRUE, Mode.QUADRANT),
        # kitty exports no version; old ones without octants are in use.
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, Mode.SEXTANT),
        ({"TERM": "foot", "COLORTERM": "truecolor"}, Mode.SEXTANT),
        ({"TERM": "xterm-ghostty"}, Mode.SEXTANT),
        (
            {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.1.3"},
            Mode.SEXTANT,
        ),
        (
            {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.2.0"},
            Mode.OCTANT,
        ),
        (
            TRUE | {"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20240203-110809-5046fc22"},
            Mode.SEXTANT,
        ),
        (
            TRUE | {"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "20260301-081500-abcdef12"},
            Mode.OCTANT,
        ),
        (TRUE | {"VTE_VERSION": "6003"}, Mode.QUADRANT),
        (TRUE | {"VTE_VERSION": "7006"}, Mode.SEXTANT),
        (TRUE | {"VTE_VERSION": "7802"}, Mode.OCTANT),
        (TRUE | {"VTE_VERSION": "nonsense"}, Mode.QUADRANT),
        (TRUE | {"TERM_PROGRAM": "iTerm.app", "TERM_PROGRAM_VERSION": "3.5.0"}, Mode.QUADRANT),
        (TRUE | {"TERM_PROGRAM": "vscode"}, Mode.QUADRANT),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, Mode.QUADRANT),
        ({"TERM": "alacritty"}, Mode.QUADRANT),
        (
            {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"},
            Mode.HALF,
        ),
        # Started from another terminal, whose variables are inherited.
        ({"TERM": "foot", "VTE_VERSION": "7802"}, Mode.SEXTANT),
        (
            {"TERM": "xterm-kitty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.3.0"},
            Mode.SEXTANT,
        ),
        (TRUE | {"VTE_VERSION": "7802", "TERM_PROGRAM": "vscode"}, Mode.QUADRANT),
        # Behind a multiplexer nobody knows the terminal.
        (TRUE | {"TMUX": "/tmp/tmux-0/default,1,0", "VTE_VERSION": "7802"}, Mode.HALF),
        ({"TERM": "tmux-256color", "COLORTERM": "truecolor"}, Mode.HALF),
        (TRUE | {"STY": "1.pts-0"}, Mode.HALF),
    ],
)
def test_no_terminal_is_sent_characters_it_may_lack(environ: dict, mode: Mode) -> None:
    assert best_mode(environ) is mode


@pytest.mark.parametrize(
    ("answer", "mode"),
    [
        ("kitty(0.26.5)", Mode.SEXTANT),
        ("kitty(0.41.1)", Mode.OCTANT),
        ("foot(1.13.1)", Mode.SEXTANT),
        ("foot(1.20.2)", Mode.OCTANT),
        ("ghostty 1.2.0", Mode.OCTANT),
        ("VTE(7802)", Mode.OCTANT),
        ("WezTerm 20240203-110809-5046fc22", Mode.SEXTANT),
        ("XTerm(379)", None),
        ("tmux 3.5a", None),
        ("", None),
        ("\x1b]0;kitty(0.41.1)", None),
    ],
)
def test_a_terminal_that_names_its_version_gets_what_it_draws(answer: str, mode) -> None:
    assert mode_of_answer(answer) is mode


KITTY, ITERM, SIXEL = Protocol.KITTY, Protocol.ITERM, Protocol.SIXEL
ALL = {"kitty_ok": True, "sixel_ok": True}


@pytest.mark.parametrize(
    ("environ", "answers", "found"),
    [
        ({}, {}, ()),
        (TRUE, {}, ()),
        # Debian 12's kitty says yes to the question about graphics, and cannot.
        ({"TERM": "xterm-kitty"}, {"xtversion": "kitty(0.26.5)", "kitty_ok": True}, ()),
        ({"TERM": "xterm-kitty"}, {"xtversion": "kitty(0.28.0)", "kitty_ok": True}, (KITTY,)),
        ({"TERM": "xterm-kitty"}, {"xtversion": "kitty(0.41.1)", "kitty_ok": True}, (KITTY,)),
        ({"TERM": "xterm-kitty"}, {"xtversion": "kitty(0.41.1)"}, ()),
        # kitty exports no version.
        ({"TERM": "xterm-kitty"}, {"kitty_ok": True}, ()),
        # Over SSH only the answers are left.
        (TRUE, {"xtversion": "kitty(0.41.1)", "kitty_ok": True}, (KITTY,)),
        (TRUE, {"xtversion": "ghostty 1.2.3", "kitty_ok": True}, (KITTY,)),
        ({"TERM": "xterm-ghostty"}, {"kitty_ok": True}, ()),
        (
            {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", "TERM_PROGRAM_VERSION": "1.0.1"},
            {"kitty_ok": True},
            (KITTY,),
        ),
        # These say yes too, and would fill the screen with boxes.
        (TRUE, {"xtversion": "WezTerm 20240203-110809-5046fc22", **ALL}, (ITERM, SIXEL)),
        (TRUE, {"xtversion": "Konsole 25.04.2", **ALL}, (ITERM,)),
        (TRUE, {"xtversion": "Konsole 22.12.3", **ALL}, ()),
        (TRUE | {"TERM_PROGRAM": "iTerm.app"}, {}, (ITERM,)),
        (TRUE, {"xtversion": "iTerm2 3.6.9", **ALL}, (ITERM, SIXEL)),
        (TRUE, {"xtversion": "iTerm2 3.7.0beta9", **ALL}, (KITTY, ITERM, SIXEL)),
        (TRUE | {"TERM_PROGRAM": "WezTerm"}, {}, (ITERM,)),
        (TRUE, {"xtversion": "mintty 3.7.0", "sixel_ok": True}, (ITERM, SIXEL)),
        (TRUE, {"xtversion": "Rio 0.4.3", **ALL}, (KITTY, SIXEL)),
        (TRUE, {"xtversion": "Rio 0.2.30", **ALL}, (SIXEL,)),
        (TRUE | {"TERM_PROGRAM": "vscode"}, {}, ()),
        (TRUE | {"TERM_PROGRAM": "vscode"}, {"sixel_ok": True}, (SIXEL, ITERM)),
        ({"TERM": "foot"}, {"xtversion": "foot(1.20.2)", "sixel_ok": True}, (SIXEL,)),
        ({"TERM": "xterm"}, {"xtversion": "XTerm(379)", "sixel_ok": True}, (SIXEL,)),
        ({"TERM": "xterm"}, {"xtversion": "XTerm(379)"}, ()),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, {"sixel_ok": True}, (SIXEL,)),
        (TRUE | {"TERM_PROGRAM": "Apple_Terminal"}, ALL, ()),
        (TRUE | {"TERM_PROGRAM": "WarpTerminal"}, ALL, ()),
        ({"TERM": "linux"}, ALL, ()),
        # A terminal's own words are worth more than what its parent exported.
        (TRUE | {"TERM_PROGRAM": "WezTerm"}, {"xtversion": "XTerm(379)"}, ()),
        ({"TERM": "foot", "TERM_PROGRAM": "iTerm.app"}, {}, ()),
        # Behind a multiplexer pictures vanish.
        (TRUE | {"TMUX": "x", "TERM_PROGRAM": "WezTerm"}, ALL, ()),
        (TRUE, {"xtversion": "tmux 3.5a", **ALL}, ()),
        (TRUE | {"ZELLIJ": "0"}, {"xtversion": "kitty(0.41.1)", **ALL}, ()),
        # Words of no known form.
        (TRUE, {"xtversion": "", **ALL}, (SIXEL,)),
        (TRUE, {"xtversion": "\x1b]0;kitty(0.41.1)", **ALL}, (SIXEL,)),
        (TRUE, {"xtversion": "kitty(x.y)", "kitty_ok": True}, ()),
    ],
)
def test_no_terminal_is_sent_pixels_it_cannot_show(environ: dict, answers: dict, found) -> None:
    assert protocols_of(environ, **answers) == found
    assert protocol_of(environ, **answers) == (found[0] if found else None)


def test_what_is_known_of_a_terminal_can_be_told() -> None:
    known = terminal_of(TRUE, xtversion="WezTerm 20240203-110809-5046fc22", cell=(8, 16))
    assert known == Terminal("wezterm", "20240203-110809-5046fc22", False, (8, 16), False, False)
    assert terminal_of({"TERM": "xterm", "KONSOLE_VERSION": "250402"}).brand == "konsole"
    assert terminal_of({"TERM": "screen", "STY": "1"}).multiplexer


# As kitty 0.41.1, Konsole 25.04.2 and xterm 379 answered.
@pytest.mark.parametrize(
    ("sequences", "expected"),
    [
        (
            ["\x1bP>|kitty(0.41.1)\x1b\\", "\x1b[6;13;6t", "\x1b_Gi=31;OK\x1b\\", "\x1b[?62;c"],
            ("kitty(0.41.1)", (6, 13), True, False),
        ),
        (
            [
                "\x1bP>|Konsole 25.04.2\x1b\\",
                "\x1b[?1;0;256S",
                "\x1b[6;14;7t",
                "\x1b_Gi=31;OK\x1b\\",
                "\x1b[?62;1;4c",
            ],
            ("Konsole 25.04.2", (7, 14), True, True),
        ),
        (
            ["\x1bP>|XTerm(379)\x1b\\", "\x1b[?1;0;1024S", "\x1b[?63;1;2;4;6;9;15;16;22;28c"],
            ("XTerm(379)", None, False, True),
        ),
        # xterm as a plain VT340: sixteen colours.
        (["\x1b[?1;0;16S", "\x1b[?63;1;2;4;6;9;15;16;22c"], (None, None, False, False)),
        # An xterm without graphics.
        (
            ["\x1bP>|XTerm(379)\x1b\\", "\x1b[?1;3S", "\x1b[?64;1;2c"],
            ("XTerm(379)", None, False, False),
        ),
        (["\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\", "\x1b[?6c"], (None, None, False, False)),
    ],
)
def test_answers_of_real_terminals_are_understood(sequences, expected) -> None:
    answers = Answers()
    for sequence in sequences:
        assert not answers.done
        assert answers.take(sequence)
    assert answers.done
    assert (answers.xtversion, answers.cell, answers.kitty_ok, answers.sixel_ok) == expected


@pytest.mark.parametrize(
    "sequence",
    [
        "",
        "c",
        "\x1b",
        "\x1b[A",
        "\x1b[1;5A",
        "\x1b[<0;3;4M",
        "\x1b[?2026;2$y",
        "\x1b[48;50;80;800;640t",
        "\x1b[?1u",
        "\x1bP>|unfinished",
        "\x1b_Gi=32;OK\x1b\\",
        "\x1b[I",
        "\x1b[200~",
        "\x1b[3;4R",
    ],
)
def test_keys_and_other_reports_are_not_taken_for_answers(sequence: str) -> None:
    answers = Answers()
    assert not answers.take(sequence)
    assert vars(answers) == vars(Answers())


@pytest.mark.parametrize(
    "sequence", ["\x1b[6;0;0t", "\x1b[6;9999;9999t", "\x1b[6;t", "\x1b[6;-3;8t", "\x1b[6;²;8t"]
)
def test_a_cell_of_an_absurd_size_is_not_believed(sequence: str) -> None:
    answers = Answers()
    answers.cell = (8, 16)
    assert answers.take(sequence)
    assert answers.cell is None


def test_the_attributes_are_asked_for_last() -> None:
    assert QUESTIONS.endswith("\x1b[c")


def test_the_size_of_a_cell_is_known_by_the_window_too() -> None:
    assert cell_of_window(110, 60, 884, 904) == (8, 15)  # xterm 379 with 8x15 and a border
    assert cell_of_window(110, 60, 0, 0) is None
    assert cell_of_window(0, 0, 884, 904) is None


def test_what_would_print_the_questions_is_not_asked() -> None:
    assert may_ask(TRUE)
    for environ in ({}, {"TERM": "linux"}, {"TERM": "dumb"}, TRUE | {"TMUX": "x"}):
        assert not may_ask(environ)
    assert not may_ask(TRUE | {"TERM_PROGRAM": "Apple_Terminal"})
