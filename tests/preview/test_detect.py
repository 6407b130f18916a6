from __future__ import annotations

import pytest

from studio.preview.detect import best_mode, mode_of_answer
from studio.preview.modes import Mode

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
