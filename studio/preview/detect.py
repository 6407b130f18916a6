"""Which cells to start with: the finest whose characters the terminal draws by itself.

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
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.preview.modes import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    if environ.get("TMUX") or environ.get("STY") or term.startswith(("tmux", "screen")):
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
