"""What a terminal is asked about itself, and what it answers.

Nothing is sent or read here: whoever owns the terminal writes `QUESTIONS` and hands over the
sequences that come back.
"""

from __future__ import annotations

# What is asked, in one go: name and version (XTVERSION), the number of colours for sixels
# (XTSMGRAPHICS), the size of a cell in pixels (XTWINOPS 16), whether kitty's graphics are known
# (the query of its protocol), the primary attributes (DA1). Every terminal answers the last, and in
# order: when that answer is there, no other is coming.
QUESTIONS = "\x1b[>0q\x1b[?1;1;0S\x1b[16t\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c"
# Sizes of a cell that are believed, in pixels.
_CELL = range(2, 201)
# The colours that a picture in sixels may have here; xterm as a VT340 has sixteen, unless told
# otherwise.
_REGISTERS = 256
_LONGEST = 200


def cell_of_window(columns: int, rows: int, width: int, height: int) -> tuple[int, int] | None:
    """Return width and height of a cell by the size of a window, for who does not answer for them.

    Args:
        columns: width in cells.
        rows: height in cells.
        width: in pixels, from TIOCGWINSZ or an in-band report (mode 2048); 0 where not known. A
            border may be part of it: xterm 379 counts its own.
        height: in pixels, likewise.
    """
    if columns < 1 or rows < 1:
        return None
    return _believed(width // columns, height // rows)


def _believed(wide: int, high: int) -> tuple[int, int] | None:
    return (wide, high) if wide in _CELL and high in _CELL else None


class Answers:
    """What a terminal answered to `QUESTIONS`.

    Attributes:
        xtversion: its name and version, None if it does not say.
        cell: width and height of a cell in pixels, None if not known.
        kitty_ok: it knows kitty's graphics; not, whether it knows placeholders.
        sixel_ok: it knows sixels, with colours enough for photographs.
        done: it has answered all that it is going to.
    """

    def __init__(self) -> None:
        self.xtversion: str | None = None
        self.cell: tuple[int, int] | None = None
        self.kitty_ok = False
        self.sixel_ok = False
        self.done = False
        self._registers = _REGISTERS

    def take(self, sequence: str) -> bool:
        """Note one whole escape sequence; return whether it was an answer to a question."""
        if sequence.startswith("\x1bP>|") and sequence.endswith("\x1b\\"):
            self.xtversion = sequence[4:-2][:_LONGEST]
        elif sequence.startswith("\x1b_Gi=31") and sequence.endswith("\x1b\\"):
            self.kitty_ok = sequence[:-2].endswith(";OK")
        elif sequence.startswith("\x1b[6;") and sequence.endswith("t"):
            high, wide = (*_numbers(sequence[4:-1]), 0, 0)[:2]
            self.cell = _believed(wide, high)
        elif sequence.startswith("\x1b[?1;") and sequence.endswith("S"):
            status, count = (*_numbers(sequence[5:-1]), 0, 0)[:2]
            if status == 0 and count:
                self._registers = count
        elif sequence.startswith("\x1b[?") and sequence.endswith("c"):
            self.sixel_ok = 4 in _numbers(sequence[3:-1]) and self._registers >= _REGISTERS
            self.done = True
        else:
            return False
        return True


def _numbers(text: str) -> list[int]:
    """Return the parameters of a sequence; 0 for one that is left out or makes no sense."""
    parts = text[:_LONGEST].split(";")
    return [int(part) if part.isascii() and part.isdigit() else 0 for part in parts]
