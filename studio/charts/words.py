"""The words and figures on a chart, and outside text made fit to stand in columns."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from studio.text import one_line

if TYPE_CHECKING:
    from datetime import date

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LONGEST = 300
_MARKS = 2  # combining marks kept on one letter; the rest would climb into the next line
# Joiners and variation selectors: whether they make one wide sign of two is up to the terminal.
# Without them every terminal shows the same cells. Skin tones likewise.
_JOINING = re.compile("[\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
# Halves of Hangul syllables, and letters beyond the Unicode of the width tables.
_UNSTEADY = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U000e0000-\U000e0fff]")
# XML 1.0 has no place for them (https://www.w3.org/TR/xml/#charsets); nor has any font.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def label(text: str) -> str:
    """Return outside text as one line that takes the same cells in every terminal.

    Joined emoji come apart, skin tones go, of the marks piled upon a letter two stay. What could
    steer a terminal or break XML is made visible or replaced.

    Args:
        text: anything; of very long texts the beginning.
    """
    text = unicodedata.normalize("NFC", one_line(text[:_LONGEST]))
    text = _UNSTEADY.sub("\ufffd", _JOINING.sub("", _NONCHARACTERS.sub("\ufffd", text)))
    kept: list[str] = []
    marks = _MARKS  # a mark with nothing before it has no cell to stand in
    for letter in text:
        category = unicodedata.category(letter)
        if category in {"Mn", "Me"}:
            marks += 1
            if marks > _MARKS:
                continue
        elif category in {"Cf", "Co", "Cn", "Cs"}:
            letter, marks = "\ufffd", _MARKS  # noqa: PLW2901
        else:
            marks = 0
        kept.append(letter)
    return "".join(kept).strip()


def short(count: float) -> str:
    """Return a count in at most five cells: "87", "3.4", "1.2k", "12k", "1.2M"."""
    size = abs(count)
    if size < 10 and count != int(count):
        return f"{count:.1f}".replace("-", "−")
    units = ((1, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"))
    unit, name = next((pair for pair in units if size < 999.5 * pair[0]), units[-1])
    part = count / unit
    digits = 1 if name and abs(part) < 9.95 else 0
    return (f"{part:.{digits}f}".removesuffix(".0") + name).replace("-", "−")


def exact(count: float) -> str:
    """Return a figure of an axis: as `short` does where that says all of it, else in full."""
    told = short(count)
    unit = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}.get(told[-1])
    value = float((told[:-1] if unit else told).replace("−", "-")) * (unit or 1)
    if math.isclose(value, count, rel_tol=1e-9, abs_tol=1e-9):
        return told
    return f"{count:,.10g}".replace("-", "−")


def change(ratio: float) -> str:
    """Return a ratio as people say it: "+12%", "−8%", from threefold on "×3.2"."""
    if ratio >= 2.995:
        return f"×{ratio:.1f}" if ratio < 99.5 else f"×{short(ratio)}"
    percent = round((ratio - 1) * 100)
    return f"{'+' if percent >= 0 else '−'}{abs(percent)}%"


def span(low: float, high: float) -> str:
    """Return the ends of an interval of ratios: "−8…+35%", "+40%…×3.2"."""
    first, last = change(low), change(high)
    if first.endswith("%") and last.endswith("%"):
        first = first[:-1]
    return f"{first}…{last}"


def day(when: date, *, year: bool = False) -> str:
    """Return a day as "3 Mar" or "3 Mar 2026"."""
    told = f"{when.day} {MONTHS[when.month - 1]}"
    return f"{told} {when.year}" if year else told


def clock(hour: int) -> str:
    """Return an hour as "07:00"."""
    return f"{hour:02d}:00"


def some(count: int, one: str, many: str | None = None) -> str:
    """Return "1 post", "2 posts"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


_ASCII = str.maketrans(
    {
        **dict.fromkeys("−–—‑─╴╶┄", "-"),
        **dict.fromkeys("━╸╺", "="),
        **dict.fromkeys("│┤├┥┝▏▕", "|"),
        **dict.fromkeys("┼┿┬┴└┘┌┐", "+"),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”„", '"'),
        "×": "x",
        "…": "~",
        "·": ".",
        "•": "*",
        "●": "*",
        "○": "o",
        "◉": "@",
        "◆": "#",
        "▼": "v",
        "▲": "^",
        "‹": "<",
        "›": ">",
        "→": ">",
        "≤": "<",
        "≥": ">",
    }
)


def ascii_cell(letter: str) -> str:
    """Return one ASCII character for what stands in one cell; "?" where there is none."""
    if letter.isascii():
        return letter
    made = letter.translate(_ASCII)
    if not made.isascii():
        made = unicodedata.normalize("NFKD", made).encode("ascii", "ignore").decode()
    return made if len(made) == 1 and made.isprintable() else "?"
