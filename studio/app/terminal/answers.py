r"""A terminal's answers, taken out of what is typed before anything takes them for keys.

Answers come the same way as keys: late, torn into pieces by a network, between keys, in the
middle of a paste. Textual reissues what it does not understand as keys, so that `kitty(0.41.1)`
would press k, i, t, t, y … Here the text goes through a sieve first. What may yet become an answer
is held back, and given on as it came once it cannot; a key that begins like one (escape, alt+P,
alt+_, alt+[) waits no longer than an escape key waits anyway.

The forms, from xterm's control sequences (ctlseqs) and kitty's graphics protocol; others alike are
swallowed too:

- `ESC P > | name ESC \` answers XTVERSION (`CSI > 0 q`);
- `CSI 6 ; height ; width t` answers `CSI 16 t`, the size of a cell in pixels;
- `ESC _ G i=31;OK ESC \` answers a kitty graphics question;
- `CSI ? 1 ; 0 ; 256 S` answers XTSMGRAPHICS (`CSI ? 1 ; 1 ; 0 S`);
- `CSI ? 62 ; 4 c` answers DA1 (`CSI c`).
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

ESC = "\x1b"
PATIENCE = 1.0  # seconds a torn answer's rest is waited for before what came is called keys
LAPSE = 5.0  # seconds after which nothing continues what was torn
LONGEST = 512  # characters kept of an answer; a longer one is swallowed


class Answer(NamedTuple):
    """One answer: the whole sequence, a string ended by ST; empty if it was too long."""

    sequence: str

    @property
    def is_last(self) -> bool:
        """Whether it answers DA1, which is asked last."""
        return self.sequence.startswith("\x1b[?") and self.sequence.endswith("c")


class Pause(Enum):
    """Between pieces of text: so much time went by that the keys before are complete."""

    PAUSE = 0


class Until(NamedTuple):
    """After text that was held back: when the keys in it are complete if nothing follows."""

    time: float


PAUSE: Final = Pause.PAUSE
Piece = str | Answer | Pause | Until


class _Form(Enum):
    """What the characters held so far are."""

    NONE = 0  # not the beginning of an answer
    MAYBE = 1  # or keys
    SURE = 2  # no key begins like this, nor does a hand type it in a tenth of a second
    WHOLE = 3


class Sieve:
    """Divides what a terminal sends into what was typed and what it answers.

    Nothing is held back longer than `delay` unless it is an answer's beginning beyond doubt, and
    then only `PATIENCE`. Not safe for several threads; `waiting_until` may be set from any.

    Args:
        delay: seconds after which an escape is the escape key; Textual's `ESCAPE_DELAY`.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.waiting_until = 0.0  # until then, answers are expected
        self._forget()

    def _forget(self) -> None:
        self._held = ""
        self._own = 0  # characters of `_held` that are dealt with: given on, or the terminal's
        self._due: float | None = None
        self._parted = False  # a pause came after it was sure
        self._given_up = False
        self._lapse = float("inf")
        self._last = 0.0  # when the last character of `_held` came
        self._overlong = False

    @property
    def due(self) -> float | None:
        """When to call `expire`; None while nothing is held back."""
        return self._due

    @property
    def undecided(self) -> bool:
        """Whether what is held back may as well be keys, which follow those before them."""
        return self._due is not None and self._own < len(self._held) and not self._parted

    def feed(self, text: str, now: float) -> list[Piece]:
        """Take what has come and return what it is, in order. Texts are never empty.

        Args:
            text: as read from the terminal, cut anywhere.
            now: seconds of a monotonic clock.
        """
        out: list[Piece] = []
        if now > self._lapse:
            self._give(out)
            self._forget()
        place = 0
        while place < len(text):
            if self._held:
                self._take(text[place], now, out)
                place += 1
                continue
            found = text.find(ESC, place)
            if found != place:
                out.append(text[place : found if found > 0 else None])
            if found < 0:
                break
            self._hold(now)
            place = found + 1
        return _joined(out)

    def expire(self, now: float) -> list[Piece]:
        """Return what has been held back long enough."""
        out: list[Piece] = []
        if self._due is None or now < self._due:
            return out
        self._due = None
        sure = _form(self._held) is _Form.SURE and not (
            self._like_a_key and now > self.waiting_until
        )
        if sure and not self._parted:
            self._parted = True
            self._own = len(self._held)
            self._due = now - self.delay + PATIENCE
            self._lapse = now + LAPSE
            return out
        self._give(out)
        if sure:
            self._given_up = True
        elif now < self.waiting_until:
            self._lapse = min(self._lapse, now + LAPSE)  # its rest may come yet
        else:
            self._forget()
        if out:
            out.append(PAUSE)
        return out

    @property
    def _like_a_key(self) -> bool:
        """Whether a key begins with the same signs: `CSI 6 ; 5 ~` is ctrl+page down."""
        return self._held[1:2] == "[" and self._held[2:3] not in _PRIVATE

    def _hold(self, now: float) -> None:
        self._forget()
        self._held, self._due, self._last = ESC, now + self.delay, now

    def _give(self, out: list[Piece]) -> None:
        """Give on what is held and not dealt with."""
        if self._own < len(self._held):
            out.append(self._held[self._own :])
            self._own = len(self._held)

    def _take(self, character: str, now: float, out: list[Piece]) -> None:
        """Take one more character after those that are held."""
        held = self._held + character
        form = _form(held)
        if form is _Form.WHOLE:
            answer = Answer("" if self._overlong else _sequence(held))
            self._forget()
            out.append(answer)
        elif form is _Form.NONE:
            self._break(character, now, out)
        else:
            self._held, self._last = held, now
            if form is _Form.MAYBE or self._given_up or not self._parted:
                self._due = now + self.delay
            else:
                self._due = max(self._due or 0.0, now + self.delay)
            if form is _Form.SURE and not self._parted and held[1] != "[" and character != ESC:
                self._own = len(held)
            if len(held) > LONGEST and character != ESC:
                if self._parted:
                    self._give(out)
                self._held, self._overlong = held[:5], True
                self._own = 5

    def _break(self, character: str, now: float, out: list[Piece]) -> None:
        """What is held is no answer, or one that will never be whole."""
        if len(self._held) > 1 and self._held.endswith(ESC) and self._own < len(self._held):
            # It did not end the string: it is a key, or something begins with it.
            at, self._held = self._last, self._held[:-1]
            self._give(out)
            self._hold(at)
            if now - at <= self.delay:
                self._take(character, now, out)
                return
            out.extend((ESC, PAUSE))
        elif self._is_torn(character, now):
            self._own = len(self._held)
        elif self._own < len(self._held):
            self._give(out)
            if character == ESC:
                out.append(Until(self._last + self.delay))
        self._forget()
        if character == ESC:
            self._hold(now)
        else:
            out.append(character)

    def _is_torn(self, character: str, now: float) -> bool:
        """Whether what is held was a control sequence of the terminal's that lost its end."""
        if self._parted or self._held[1:2] != "[" or _form(self._held) is not _Form.SURE:
            return False
        if self._like_a_key:
            return character == ESC and now < self.waiting_until
        return character != "$"  # `CSI ? 2026 ; 2 $ y`, the state of a mode, is for Textual


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with neighbouring texts joined."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
    return out


_STRINGS = frozenset({"P>|", "P!|", "P0+", "P1+", "P0$", "P1$"})
_STRING_STARTS = {start[:size] for start in _STRINGS for size in (1, 2, 3)} | {"_", "_G"}
_NUMBERS = frozenset("0123456789;:")
_PRIVATE = frozenset("?>=")
_REPORTS = frozenset("cnRStu")  # what reports with a private sign end in


def _form(held: str) -> _Form:
    """Return what these characters are; the first is an escape."""
    body = held[1:]
    if body[:1] == "[":
        return _form_of_control(body[1:])
    start = body[:3]
    if start[:2] == "_G" and len(start) == 3:
        if not (start[2].isascii() and start[2].isalpha()) or body[3:4] not in {"", "="}:
            return _Form.NONE
        if len(body) == 3:
            return _Form.MAYBE
    elif start not in _STRING_STARTS:
        return _Form.NONE if body else _Form.MAYBE
    elif start not in _STRINGS:
        return _Form.MAYBE
    return _form_of_string(body[3:])


def _form_of_string(text: str) -> _Form:
    if text.endswith((f"{ESC}\\", "\x07", "\x9c")):
        return _Form.WHOLE
    last = text[-1:]
    if text[-2:-1] == ESC or (last != ESC and last < " " and last) or "\x7f" <= last <= "\x9f":
        return _Form.NONE
    return _Form.SURE


def _form_of_control(text: str) -> _Form:
    """Return what follows `CSI` is: an answer begins with a private sign, or 4;, 6;, 8;."""
    if not text:
        return _Form.MAYBE
    private = text[0] in _PRIVATE
    if not private and text[0] not in "468":
        return _Form.NONE
    last, inside = text[-1], text[1:-1]
    if len(text) == 1:
        return _Form.MAYBE
    if not private and text[1] != ";":
        return _Form.NONE
    if last in _NUMBERS:
        return _Form.SURE
    if private:
        return _Form.WHOLE if inside and last in _REPORTS else _Form.NONE
    return _Form.WHOLE if last == "t" and inside != ";" else _Form.NONE


def _sequence(held: str) -> str:
    """Return a whole answer as it is written most often."""
    if held[1] == "[" or held.endswith("\\"):
        return held
    return f"{held[:-1]}{ESC}\\"
