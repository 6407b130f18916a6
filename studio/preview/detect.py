"""What a terminal can show: the finest cells it draws by itself, and real pixels.

Whether a font has a character cannot be asked of a terminal, and a missing one is a box on the
screen. So finer cells are used only where the terminal draws their characters itself, whatever
the font, in every version that the environment can mean. Anything else is a setting: a person
can always choose.

Evidence, November 2026, from each project's changelog or history unless it says otherwise:

- kitty: sextants since 0.19.3 (2020), octants since 0.40 (2025); exports no version, and 0.26
  and 0.32 are in use in long-lived distributions. The single-corner blocks came in 0.47, but our
  cells never need them.
- Ghostty: octants by its pull request 5433, after 1.1 and so in 1.2; sextants since 1.0
  (unverified); exports its version.
- WezTerm: sextants in the nightly builds of June 2021; octants by its pull request 6502, in
  nightly builds only, none before 2025; exports its version, which is a date.
- VTE (GNOME Terminal, Ptyxis, Xfce Terminal, Tilix): sextants since March 2020 (0.61), octants
  since August 2024 (0.77), so 0.62 and 0.78 of its stable releases; exports its version as
  major * 10000 + minor * 100 + micro.
- foot: sextants before 1.9 (2021), octants since 1.20 (reported by others); exports no version.
- Quadrants are in nearly every monospaced font; a terminal that says it has 24-bit colour is
  recent enough. xterm and st draw them with gaps, so an unknown terminal gets halves.
- Under tmux or screen the terminal outside is unknown, and their width tables may be older
  than the characters.

What a terminal's own answer to a question says is worth more than the environment, see
`mode_of_answer`; and what a person sets, more than both.

Pixels are a matter of brand and version too: a terminal's answer that it knows a protocol does
not say that it can do what is asked of it here. What is asked is that a row of a picture behaves
as a row of text. Evidence, November 2026, as above:

- kitty: Unicode placeholders since 0.28 (2023). 0.26.5, in Debian 12, answers the graphics query
  with OK all the same and fills the screen with boxes, so a version must be known, which only
  XTVERSION tells. 0.41.1 was tried.
- Ghostty: placeholders by its pull request 2015 (August 2024), so in 1.0.
- iTerm2: placeholders since 2024, wrong pictures until fixes of October and November 2025 (its
  issues 11766 and 12626), so 3.7. Its own protocol in any version in use.
- Rio: placeholders since 0.3 by its sources, used there by yazi (August 2026); 0.4 to be safe.
- WezTerm answers the graphics query and has no placeholders (its issue 986; pull request 7924 is
  open); it keeps images cell by cell, so iTerm2's protocol works row by row; sixels too.
- Konsole answers the query and has no placeholders. 25.04 was tried: iTerm2's protocol is right;
  a sixel image takes the row below too where a cell is no multiple of six pixels high, so never.
- mintty: iTerm2's protocol (its wiki, "Image support") and sixels.
- VS Code, Tabby, Hyper (xterm.js with its image add-on, which also answers for sixels): both;
  iTerm2's protocol does not work with every sender there (ink-picture's issue 7), so sixels first.
- Windows Terminal: sixels since 1.22 (February 2025); its cells are 10x20 pixels to them.
- xterm, foot, mlterm, Contour and whatever else answers DA1 with a 4: sixels. xterm 379 and
  foot 1.21 were tried.
- Warp, Zellij, GNU screen, tmux: nothing, by default. Pictures vanish or flicker there (yazi's
  issues 3956 and 4111).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.preview.answers import QUESTIONS, Answers, cell_of_window
from studio.preview.modes import Mode
from studio.preview.protocols import Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "QUESTIONS",
    "Answers",
    "Terminal",
    "best_mode",
    "cell_of_window",
    "may_ask",
    "mode_of_answer",
    "protocol_of",
    "protocols_of",
    "terminal_of",
]

# First versions that draw sextants and octants themselves.
_SINCE: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "kitty": ((0, 19, 3), (0, 40)),
    "ghostty": ((1, 0), (1, 2)),
    "wezterm": ((20210814,), (20250701,)),
    "vte": ((6200,), (7800,)),
    "foot": ((1, 9), (1, 20)),
}
# What every version still in use draws; for when the version is not known.
_AT_LEAST = {"kitty": Mode.SEXTANT, "ghostty": Mode.SEXTANT, "foot": Mode.SEXTANT}
_TERMS = {
    "xterm-kitty": "kitty",
    "xterm-ghostty": "ghostty",
    "wezterm": "wezterm",
    "foot": "foot",
    "foot-direct": "foot",
    "foot-extra": "foot",
}


def best_mode(environ: Mapping[str, str]) -> Mode:
    """Return the cells to start with, by what the environment says about the terminal.

    Args:
        environ: such as `os.environ`.
    """
    term = environ.get("TERM", "")
    if term in {"", "dumb", "linux"}:
        return Mode.HALF
    if _multiplexed(environ):
        return Mode.HALF
    program = environ.get("TERM_PROGRAM", "").lower()
    brand = _TERMS.get(term) or (program if program in _SINCE else "")
    if brand:
        # A terminal started from another one inherits what that one exported.
        version = environ.get("TERM_PROGRAM_VERSION", "") if program == brand else ""
        return _drawn_by(brand, version)
    # VTE has no program name; where there is one, VTE_VERSION is inherited.
    if not program and (version := environ.get("VTE_VERSION", "")):
        return _drawn_by("vte", version)
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return Mode.HALF if program == "apple_terminal" else Mode.QUADRANT
    known = program in {"iterm.app", "vscode", "rio"}
    known = known or term.startswith(("alacritty", "contour", "konsole", "rio"))
    return Mode.QUADRANT if known or "WT_SESSION" in environ else Mode.HALF


def mode_of_answer(answer: str) -> Mode | None:
    """Return the cells that a terminal's own answer to XTVERSION (`CSI > 0 q`) allows.

    Args:
        answer: the text of the answer, such as `kitty(0.41.1)` or `WezTerm 20260301-1-abc`.

    Returns:
        None for a terminal not known here: keep what `best_mode` said.
    """
    found = re.match(r"([A-Za-z]+)[ (]+([\d.]+)", answer)
    if found is None or found[1].lower() not in _SINCE:
        return None
    return _drawn_by(found[1].lower(), found[2])


def _drawn_by(brand: str, version: str) -> Mode:
    """Return the finest cells that a version of a terminal draws itself."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", version.partition("-")[0])[:3])
    if not numbers:
        return _AT_LEAST.get(brand, Mode.QUADRANT)
    sextants, octants = _SINCE[brand]
    if numbers >= octants:
        return Mode.OCTANT
    return Mode.SEXTANT if numbers >= sextants else Mode.QUADRANT


def _multiplexed(environ: Mapping[str, str]) -> bool:
    """Return whether something stands between the program and the terminal that is seen."""
    within = any(environ.get(name) for name in ("TMUX", "STY", "ZELLIJ"))
    return within or environ.get("TERM", "").startswith(("tmux", "screen"))


# First versions with placeholders as they are needed here.
_PLACEHOLDERS: dict[str, tuple[int, ...]] = {
    "kitty": (0, 28),
    "ghostty": (1, 0),
    "iterm2": (3, 7),
    "rio": (0, 4),
}
# iTerm2's protocol cannot be asked for. First versions, where all in use are not enough.
_FILES: dict[str, tuple[int, ...]] = {
    "iterm2": (),
    "wezterm": (),
    "mintty": (),
    "konsole": (25, 4),
}
_NO_SIXELS = {"konsole"}
# Sixels first, and iTerm2's protocol only where sixels were answered for.
_XTERM_JS = {"vscode", "tabby", "hyper", "xterm.js"}
_BETWEEN = {"tmux", "screen", "zellij"}
_PROGRAMS = {"iterm.app": "iterm2", "warpterminal": "warp", "apple_terminal": "apple"}
# Variables by which a terminal is known that says nothing else.
_MARKS = {"WT_SESSION": "windows", "KONSOLE_VERSION": "konsole", "KITTY_WINDOW_ID": "kitty"}


@dataclass(frozen=True)
class Terminal:
    """What is known of the terminal on the other side.

    Attributes:
        brand: in small letters, such as "kitty" or "iterm2"; None if not known.
        version: as it says it, such as "0.41.1"; None if not known.
        multiplexer: tmux, screen or Zellij stands between.
        cell: width and height of a cell in pixels; None if not known.
        kitty_answered: it says it knows kitty's graphics.
        sixel_answered: it says it knows sixels.
    """

    brand: str | None
    version: str | None
    multiplexer: bool
    cell: tuple[int, int] | None
    kitty_answered: bool
    sixel_answered: bool


def terminal_of(
    environ: Mapping[str, str],
    *,
    xtversion: str | None = None,
    cell: tuple[int, int] | None = None,
    kitty_ok: bool = False,
    sixel_ok: bool = False,
) -> Terminal:
    """Return what the environment and a terminal's own answers say of it.

    Args:
        environ: such as `os.environ`.
        xtversion: its answer to XTVERSION, such as `kitty(0.41.1)`, None if there was none.
        cell: width and height of a cell in pixels, as it answered.
        kitty_ok: it answered the query of kitty's graphics protocol.
        sixel_ok: it answered for sixels.
    """
    # The first letters are the name: iTerm2 and xterm.js have more than letters in theirs.
    found = re.match(r"([A-Za-z][\w.]*)(?:[ (]+v?([\w.-]+))?", xtversion or "")
    if found:
        brand, version = found[1].lower(), found[2]
    else:
        brand, version = _by_environment(environ)
    multiplexed = _multiplexed(environ) or brand in _BETWEEN
    return Terminal(brand, version or None, multiplexed, cell, kitty_ok, sixel_ok)


def _by_environment(environ: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the name and version of a terminal that answers nothing."""
    program = environ.get("TERM_PROGRAM", "").lower()
    program = _PROGRAMS.get(program, program)
    by_term = _TERMS.get(environ.get("TERM", ""))
    if by_term or program:
        # A terminal started from another one inherits what that one exported.
        same = by_term in {None, program}
        return by_term or program, environ.get("TERM_PROGRAM_VERSION") if same else None
    return next((brand for name, brand in _MARKS.items() if environ.get(name)), None), None


def protocols_of(
    environ: Mapping[str, str],
    *,
    xtversion: str | None = None,
    kitty_ok: bool = False,
    sixel_ok: bool = False,
) -> tuple[Protocol, ...]:
    """Return the ways to show pixels that may work, best first; none under a multiplexer.

    Args:
        environ: such as `os.environ`.
        xtversion: the terminal's answer to XTVERSION, None if there was none.
        kitty_ok: it answered the query of kitty's graphics protocol.
        sixel_ok: it answered for sixels.
    """
    terminal = terminal_of(environ, xtversion=xtversion, kitty_ok=kitty_ok, sixel_ok=sixel_ok)
    brand = terminal.brand or ""
    term = environ.get("TERM", "")
    if terminal.multiplexer or term in {"dumb", "linux"} or brand in {"apple", "warp"}:
        return ()
    version = tuple(int(part) for part in re.findall(r"\d+", terminal.version or "")[:3])
    placeholders = _PLACEHOLDERS.get(brand)
    found = []
    if kitty_ok and version and placeholders and version >= placeholders:
        found.append(Protocol.KITTY)
    if brand in _FILES and version >= _FILES[brand]:
        found.append(Protocol.ITERM)
    if sixel_ok and brand not in _NO_SIXELS:
        found.append(Protocol.SIXEL)
        if brand in _XTERM_JS:
            found.append(Protocol.ITERM)
    return tuple(found)


def protocol_of(
    environ: Mapping[str, str],
    *,
    xtversion: str | None = None,
    kitty_ok: bool = False,
    sixel_ok: bool = False,
) -> Protocol | None:
    """Return the best way to show pixels, None for cells; see `protocols_of`."""
    found = protocols_of(environ, xtversion=xtversion, kitty_ok=kitty_ok, sixel_ok=sixel_ok)
    return found[0] if found else None


def may_ask(environ: Mapping[str, str]) -> bool:
    """Return whether `QUESTIONS` may be sent: not to what would print them or pass them on.

    tmux makes a title of the question about graphics; the Linux console and Apple's Terminal
    show parts of it.
    """
    term = environ.get("TERM", "")
    if _multiplexed(environ) or term in {"", "dumb", "linux"}:
        return False
    return environ.get("TERM_PROGRAM", "") != "Apple_Terminal"
