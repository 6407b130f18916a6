"""Where a clip is: a bar to click on, and a line of words; above it, frames from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.cells import cell_len
from textual.message import Message

from studio.app.widgets.marks import head
from studio.app.widgets.mixed import Drawn, PaintedRows, Piece, in_box, joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

# In and out of the used stretch, seconds; None for the clip's own end.
Span = tuple[float | None, float | None]
GAP = 1  # between two frames of the strip
_LEAST = 8  # columns that a bar on the same line as words gets


class Remark(Protocol):
    """A note on a moment or a stretch of a clip; `studio.media.verdict.Pin` is one."""

    @property
    def text(self) -> str:
        """The note."""

    @property
    def start(self) -> float | None:
        """Seconds where it begins; without it the note is not on the bar."""

    @property
    def end(self) -> float | None:
        """Seconds where it ends; None for a moment."""


def clock(seconds: float) -> str:
    """Return a time as minutes, seconds and tenths, "0:03.2"; with hours where there are some."""
    tenths = max(0, math.floor(seconds * 10 + 1e-6)) if math.isfinite(seconds) else 0
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    lead = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{lead}:{tenths // 10:02}.{tenths % 10}"


class Timeline(PaintedRows):
    """One line (bar between times) or two (bar, then words), as high as the widget is."""

    PENS = "timeline"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"timeline--{name}"
        for name in ("played", "rest", "head", "mark", "pin", "text", "dim", "warn")
    }

    class Seeked(Message):
        """A click or a drag on the bar asks for another place, in seconds."""

        def __init__(self, seconds: float) -> None:
            super().__init__()
            self.seconds = seconds

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._seconds = 0.0
        self._length = 0.0
        self._playing = False
        self._span: Span | None = None
        self._pins: tuple[Remark, ...] = ()
        self._loop = False
        self._fps: float | None = None
        self._dropped = 0
        self._track = (0, 1)  # first column and width of the bar
        self._held: int | None = None

    def show(
        self,
        seconds: float,
        length: float | None,
        playing: bool,
        span: Span | None = None,
        pins: Sequence[Remark] = (),
        loop: bool = False,
        fps: float | None = None,
        *,
        dropped: int = 0,
    ) -> None:
        """Show this state; a line that looks the same is not painted again.

        Args:
            seconds: the place that is shown.
            length: of the clip in seconds; None or not above 0 where it is not known.
            playing: whether it plays now.
            span: in and out marks.
            pins: notes on moments and stretches.
            loop: whether it goes round and round.
            fps: frames a second, for the frame's number.
            dropped: frames that came too late to be shown.
        """
        known = length is not None and math.isfinite(length) and length > 0
        self._length = length if known and length is not None else 0.0
        self._seconds = max(0.0, seconds) if math.isfinite(seconds) else 0.0
        if known:
            self._seconds = min(self._seconds, self._length)
        self._playing, self._span, self._pins = playing, span, tuple(pins)
        self._loop, self._dropped = loop, dropped
        self._fps = fps if fps is not None and math.isfinite(fps) and fps > 0 else None
        if self._strips:
            self.swap(0, self.make_strips())
        else:
            self.refresh()

    # drawing

    def make_strips(self) -> list[Strip]:
        """Return every row of the widget."""
        width, height = self.size
        if height == 1:
            return [self.row(self._one_line(width))]
        side = words(" ", self.pen(""))
        self._track = (1, max(1, width - 2))
        rows = [[side, self._bar()], [side, self._words(max(0, width - 2))]]
        return [self.row(pieces) for pieces in (rows + [[]] * height)[:height]]

    def _one_line(self, width: int) -> list[Piece]:
        sign = "▶" if self._playing else "‖"
        before = words(f" {sign} {clock(self._seconds)} ", self.pen("text"))
        after = words(
            f" {clock(self._length)} {'↻ ' if self._loop else ''}"
            + (f"−{self._dropped} " if self._dropped else ""),
            self.pen("dim"),
        )
        if width - before.width - after.width < _LEAST:
            after = words("", self.pen(""))
        self._track = (before.width, max(1, width - before.width - after.width))
        return [before, self._bar(), after]

    def _column(self, seconds: float) -> int:
        """Return the column of a time on the bar."""
        wide = self._track[1]
        if not self._length:
            return 0
        return max(0, min(wide - 1, int(seconds / self._length * wide)))

    def _bar(self) -> Piece:
        wide = self._track[1]
        if not self._length:
            return words("·" * wide, self.pen("rest"))
        now = self._column(self._seconds)
        signs = ["━"] * now + ["─"] * (wide - now)
        pens = ["played"] * now + ["rest"] * (wide - now)
        for pin in self._pins:
            if not _placed(pin.start) or pin.start is None:
                continue
            first = self._column(pin.start)
            last = self._column(pin.end) if _placed(pin.end) and pin.end is not None else first
            for column in range(first, max(first, last) + 1):
                signs[column], pens[column] = "═", "pin"
            signs[first] = "▾"
        for end, sign in zip(self._span or (None, None), "[]", strict=True):
            if end is None or not _placed(end):
                continue
            column = self._column(end)
            outside = range(column) if sign == "[" else range(column + 1, wide)
            for other in outside:
                if signs[other] in "━─":
                    signs[other], pens[other] = "·", "rest"
            signs[column], pens[column] = sign, "mark"
        signs[now], pens[now] = "●", "head"
        pieces: list[Piece] = []
        start = 0
        for column in range(1, wide + 1):
            if column == wide or pens[column] != pens[start]:
                pieces.append(words("".join(signs[start:column]), self.pen(pens[start])))
                start = column
        return joined(pieces)

    def _words(self, room: int) -> Piece:
        """Return as many facts as there is room for, the less needed ones left out first."""
        note = self._note()
        kept = min(cell_len(note), room // 3) + 2 if note else 0
        parts = [(text, pen, need) for text, pen, need in self._facts() if text]
        while parts and sum(cell_len(text) + 2 for text, _, _ in parts) - 2 > room - kept:
            least = max(range(len(parts)), key=lambda place: parts[place][2])
            if len(parts) == 1:
                parts[0] = (head(parts[0][0], room), *parts[0][1:])
                break
            del parts[least]
        pieces: list[Piece] = []
        for text, pen, _ in parts:
            pieces += [words("  ", self.pen("dim"))] if pieces else []
            pieces.append(words(text, self.pen(pen)))
        used = sum(piece.width for piece in pieces)
        left = room - used - 2
        if note and left >= min(12, cell_len(note)):
            pieces += [words("  ", self.pen("dim")), words(head(note, left), self.pen("pin"))]
        return joined(pieces) if pieces else words("", self.pen(""))

    def _facts(self) -> list[tuple[str, str, int]]:
        """Return (words, component class, how soon they are left out; 0 stays longest)."""
        where = f"{clock(self._seconds)} / {clock(self._length) if self._length else '?'}"
        frame = ""
        if self._fps is not None:
            number = round(self._seconds * self._fps) + 1
            total = round(self._length * self._fps)
            frame = f"frame {min(number, total)}/{total}" if total else f"frame {number}"
        span = ""
        if self._span is not None and any(end is not None for end in self._span):
            first, last = self._span
            start = first if first is not None else 0.0
            end = last if last is not None else self._length
            used = f" ({max(0.0, end - start):.1f} s)" if end else ""
            span = f"[{clock(start)} – {clock(end)}]{used}" if end else f"[{clock(start)} –"
        count = sum(pin.start is not None for pin in self._pins)
        return [
            ("▶ playing" if self._playing else "‖ paused", "text", 1),
            (where, "text", 0),
            (frame, "dim", 4),
            (span, "mark", 3),
            ("↻ loop" if self._loop else "", "dim", 2),
            (f"dropped {self._dropped}" if self._dropped else "", "warn", 5),
            (f"▾ {count} note{'s' * (count != 1)}" if count else "", "pin", 6),
            (f"{self._fps:g} fps" if self._fps is not None else "", "dim", 7),
        ]

    def _note(self) -> str:
        """Return the note on the place that is shown."""
        near = 0.5 / self._fps if self._fps else 0.05
        for pin in self._pins:
            start = pin.start
            if start is None or not _placed(start):
                continue
            end = pin.end if pin.end is not None else start
            if start - near <= self._seconds <= end + near:
                return head(f"▾ {pin.text}", 200)
        return ""

    # the mouse

    def _seconds_at(self, x: int) -> float:
        left, wide = self._track
        share = (x - left) / max(1, wide - 1)
        return max(0.0, min(1.0, share)) * self._length

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Taking hold of the bar goes to that place."""
        left, wide = self._track
        if event.y == 0 and left <= event.x < left + wide and self._length:
            self._held = event.x
            self.capture_mouse()
            self.post_message(self.Seeked(self._seconds_at(event.x)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Dragging goes on to other places."""
        if self._held is not None and event.x != self._held:
            self._held = event.x
            self.post_message(self.Seeked(self._seconds_at(event.x)))

    def on_mouse_up(self) -> None:
        """The bar is let go."""
        if self._held is not None:
            self._held = None
            self.release_mouse()


def _placed(seconds: float | None) -> bool:
    return seconds is not None and math.isfinite(seconds) and seconds >= 0


@dataclass(frozen=True)
class StripFrame:
    """One frame of a clip, small; `cells` is None until it is drawn."""

    cells: Drawn | None
    seconds: float


class FrameStrip(PaintedRows):
    """A few frames of a clip from its beginning to its end, with their times."""

    PENS = "frames"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"frames--time", "frames--now", "frames--empty"}

    class Seeked(Message):
        """A click on a frame: its number from 0, and its time in seconds."""

        def __init__(self, index: int, seconds: float) -> None:
            super().__init__()
            self.index = index
            self.seconds = seconds

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._frames: tuple[StripFrame, ...] = ()
        self._seconds = 0.0

    @property
    def waiting(self) -> bool:
        """Whether a frame is not drawn yet."""
        return any(frame.cells is None for frame in self._frames)

    def box(self, count: int = 8) -> tuple[int, int]:
        """Return columns and rows there are for each of so many frames."""
        width, height = self.size
        return max(1, (width + GAP) // max(1, count) - GAP), max(1, height - 1)

    def show(self, frames: Sequence[StripFrame], seconds: float = 0.0) -> None:
        """Show these frames; the one that `seconds` falls into is marked."""
        new = (tuple(frames), seconds)
        if new == (self._frames, self._seconds) and self._strips:
            return
        self._frames, self._seconds = new
        if self._strips:
            self.swap(0, self.make_strips())
        else:
            self.refresh()

    def _now(self) -> int:
        begun = [i for i, frame in enumerate(self._frames) if frame.seconds <= self._seconds + 1e-3]
        return begun[-1] if begun else 0

    def make_strips(self) -> list[Strip]:
        """Return the frames beside each other, and the time under each."""
        columns, rows = self.box(len(self._frames))
        now = self._now()
        lines: list[list[Piece]] = [[] for _ in range(rows + 1)]
        empty = words("·".center(columns), self.pen("empty"))
        blank = words(" " * columns, self.pen("empty"))
        gap = words(" " * GAP, self.pen(""))
        for number, frame in enumerate(self._frames):
            if frame.cells is None:
                block = [blank] * rows
                block[rows // 2] = empty
            else:
                block = in_box(frame.cells, columns, rows, self.pen(""))
            time = head(clock(frame.seconds), columns)
            rest = columns - cell_len(time)
            side = "▔" if number == now else " "
            pen = self.pen("now" if number == now else "time")
            under = words(side * (rest // 2) + time + side * (rest - rest // 2), pen)
            for line, piece in zip(lines, [*block, under], strict=True):
                line.extend([gap, piece] if number else [piece])
        return [self.row(line) for line in lines][: self.size.height]

    def on_click(self, event: events.Click) -> None:
        """A click on a frame goes there."""
        columns, _ = self.box(len(self._frames))
        index = event.x // (columns + GAP)
        if index < len(self._frames):
            self.post_message(self.Seeked(index, self._frames[index].seconds))
