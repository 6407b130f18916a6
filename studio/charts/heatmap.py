"""The week as a heat map: how good each hour seems, and how far that can be trusted."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.charts.canvas import LARGE, NORMAL, SMALL, diamond, key
from studio.charts.line import HEAT
from studio.charts.sheet import Sheet
from studio.charts.words import WEEKDAYS, change, clock, label, some
from studio.lines import cells, fit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.charts.canvas import Canvas, Sign
    from studio.charts.line import Line, Role

Spot = tuple[int, int]
"""(weekday, hour), 0 = Monday."""

LIKELY, SURE = 0.75, 0.9
"""From which certainty an hour is drawn as likely, as sure; the second is the gate of claims
(reference: posting-times, section 4)."""

# Height is told by how far a sign reaches up, certainty by how much ink it has: loose dots for a
# guess, all the dots for likely, solid for sure.
_FILLS = ("⡀⡠⡢⡪", "⣀⣤⣶⣿", "▁▃▅▇")
_ASCII_FILLS = ("?", "~", "!")
_ASCII_ONE = ("abcd", "ABCD", "0123")
_STEPS = 4
_LEFT = 4
_CLAIM, _BEST, _TRY, _BOTH = "◆", "●", "○", "◉"
_NEVER = "·"
_MARKS: dict[str, tuple[str, Role]] = {
    _CLAIM: ("better, for sure", "good"),
    _BEST: ("best so far", "text"),
    _TRY: ("to try next", "accent"),
    _BOTH: ("both", "accent"),
}


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week.

    Attributes:
        gain: expected gain over the usual hours, relative: 0.12 = 12 %.
        sure: probability that it is on that side of the usual, 0.5 (a toss-up) to 1.
        n: posts in it so far.
    """

    gain: float
    sure: float
    n: int = 0


@dataclass(frozen=True)
class HeatMap:
    """The hours of a week.

    Attributes:
        week: the hours by (weekday, hour), 0 = Monday; those left out are not known.
        zone: name of the time zone of the hours.
        first: the first hour shown.
        last: the last, included.
        best: the few best hours so far.
        claim: the hour that is better for sure; None: can't tell yet.
        tries: the next hours to try.
        open: the hours one can post; None for all.
        empty: what is said when there is nothing to draw.
    """

    week: Mapping[Spot, Hour]
    zone: str = ""
    first: int = 6
    last: int = 23
    best: tuple[Spot, ...] = ()
    claim: Spot | None = None
    tries: tuple[Spot, ...] = ()
    open: frozenset[Spot] | None = None
    empty: str = "No post with a known hour yet, so there is nothing to draw."
    _scale: float = field(init=False, repr=False, compare=False, default=0.1)

    def __post_init__(self) -> None:
        top = max((hour.gain for hour in self.week.values() if _known(hour)), default=0)
        steps = (0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 50, 100)
        scale = next((step for step in steps if step >= top), float(top))
        object.__setattr__(self, "_scale", scale)

    @property
    def scale(self) -> float:
        """The gain at the top of the scale."""
        return self._scale

    @property
    def alt(self) -> str:
        """One sentence that says what is seen."""
        if not self.week:
            return self.empty
        posts = some(sum(hour.n for hour in self.week.values()), "post")
        told = f"Hours of the week by expected gain over the usual ones, from {posts}"
        if self.zone:
            told += f" ({label(self.zone)})"
        if self.claim:
            return f"{told}: {_name(self.claim)} is better for sure."
        best = f"; best so far {_name(self.best[0])}" if self.best else ""
        return f"{told}: can't tell yet{best}."

    def level(self, spot: Spot, steps: int = _STEPS) -> int:
        """Return an hour's height: 0 for usual or less, to `steps` - 1 for the top."""
        gain = self.week[spot].gain
        if not gain > 0.005:  # not even one per cent
            return 0
        return max(1, min(steps - 1, math.ceil(gain / self.scale * (steps - 1) - 1e-9)))

    def mark(self, spot: Spot) -> str:
        """Return the sign of an hour: "◆" claim, "●" best, "○" to try, "◉" both, "" none."""
        if spot == self.claim:
            return _CLAIM
        best, wanted = spot in self.best, spot in self.tries
        return _BOTH if best and wanted else _BEST if best else _TRY if wanted else ""

    def spot_at(self, x: int, y: int, width: int, *, height: int | None = None) -> Spot | None:
        """Return the hour that a cell of `cells` belongs to; for the mouse.

        Args:
            x: column.
            y: line.
            width: as given to `cells`.
            height: as given to `cells`.
        """
        for day in range(7):
            for hour in range(self.first, self.last + 1):
                left, top, wide, high = self.cells_of((day, hour), width, height=height)
                if left <= x < left + wide and top <= y < top + high:
                    return day, hour
        return None

    def cells_of(
        self, spot: Spot, width: int, *, height: int | None = None
    ) -> tuple[int, int, int, int]:
        """Return where `cells` puts an hour: (column, line, columns, lines); for a cursor."""
        per, tall = self._per(width), self._tall(height)
        left = _LEFT + (spot[1] - self.first) * per
        return left, 2 + spot[0] * tall, max(per - 1, 1), tall

    def _hours(self) -> range:
        return range(self.first, self.last + 1)

    def _per(self, width: int) -> int:
        """Return the columns of an hour, one of them for its mark where there are two or more."""
        room = width - _LEFT
        if room >= 4 * len(self._hours()) + 5:
            return 4
        return max(min(room // len(self._hours()), 3), 1)

    @staticmethod
    def _tall(height: int | None) -> int:
        return 2 if height is not None and height >= 20 else 1

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal; see `canvas.Chart.cells`.

        Eleven lines and the legend; from 20 lines on each day has two.
        """
        sheet = Sheet(width, ascii=ascii)
        if not self.week:
            sheet.say(self.empty)
            return sheet.lines()
        per, tall = self._per(width), self._tall(height)
        hours = self._hours()
        sheet.put(0, 0, self._heading(width), "dim")
        every = 3 if per > 1 else 6 if len(hours) > 12 else 3
        for hour in hours:
            if (hour - self.first) % every == 0:
                sheet.put(_LEFT + (hour - self.first) * per, 1, str(hour), "dim")
        counts = width >= _LEFT + len(hours) * per + 4
        end = _LEFT + len(hours) * per + 4
        for day, name in enumerate(WEEKDAYS):
            y = 2 + day * tall
            sheet.put(0, y + tall - 1, name, "dim")
            for hour in hours:
                self._cell(sheet, (day, hour), per, y, tall)
            if counts:
                n = sum(cell.n for spot, cell in self.week.items() if spot[0] == day)
                sheet.right(end, y + tall - 1, str(n) if n else "·", "dim" if n else "faint")
        if counts:
            sheet.right(end, 1, "n", "dim")
        self._posts(sheet, per, 2 + 7 * tall)
        sheet.flow(self._legend(per, ascii=ascii))
        return sheet.lines()

    def _heading(self, width: int) -> str:
        zone = label(self.zone)
        told = ("Gain over your usual hours", "Gain by hour", "Gain")
        headings = [f"{each}, {zone} time" if zone else each for each in told]
        return next((each for each in headings if cells(each) <= width), fit(headings[-1], width))

    def _cell(self, sheet: Sheet, spot: Spot, per: int, y: int, tall: int) -> None:
        left, bars = _LEFT + (spot[1] - self.first) * per, max(per - 1, 1)
        known = self.week.get(spot)
        if known is not None and _known(known):
            self._bar(sheet, spot, left, bars, y, tall)
        mark = self.mark(spot)
        if mark:  # over the last column of its hour; in ASCII beside it, where there is room
            at = left + (bars if sheet.ascii and per > 2 else bars - 1)
            sheet.put(at, y + tall - 1, mark, _MARKS[mark][1])

    def _bar(self, sheet: Sheet, spot: Spot, left: int, bars: int, y: int, tall: int) -> None:
        if not self._can(spot):
            sheet.put(left, y + tall - 1, _NEVER, "faint")
            return
        role = HEAT[self.level(spot, len(HEAT))]
        fill = _fill(self.week[spot].sure)
        if sheet.ascii:
            level = self.level(spot)
            text = f"{level}{_ASCII_FILLS[fill]}" if bars > 1 else _ASCII_ONE[fill][level]
            sheet.put(left, y + tall - 1, text, role)
            return
        level = self.level(spot, _STEPS * tall)
        signs = _FILLS[fill]
        if level >= _STEPS:
            sheet.put(left, y, signs[level - _STEPS] * bars, role)
            whole = "█" if fill == 2 else signs[-1]
            sheet.put(left, y + 1, whole * bars, role)
        else:
            sheet.put(left, y + tall - 1, signs[level] * bars, role)

    def _posts(self, sheet: Sheet, per: int, y: int) -> None:
        """Write how many posts each hour has, over the week."""
        counts: Counter[int] = Counter()
        for (_, hour), cell in self.week.items():
            counts[hour] += cell.n
        sheet.put(0, y, "n", "dim")
        for hour in self._hours():
            n = counts[hour]
            text = str(n) if n < 10 ** max(per - 1, 1) else "+" if per < 3 else "99"
            role: Role = "dim" if n else "faint"
            sheet.put(_LEFT + (hour - self.first) * per, y, text if n else _NEVER, role)

    def _can(self, spot: Spot) -> bool:
        return self.open is None or spot in self.open

    def _legend(self, per: int, *, ascii: bool) -> list[tuple[tuple[str, Role], ...]]:
        top = change(1 + self.scale)
        fills = {_fill(hour.sure) for spot, hour in self.week.items() if self._can(spot)}
        guess, likely, sure = (signs[-1] * 2 for signs in _FILLS)
        low, high = _FILLS[2][0] * 2, _FILLS[2][-1] * 2
        if ascii:
            two = per > 2
            low, high = "0", "3"
            guess, likely, sure = _ASCII_FILLS if two else ("a-d", "A-D", "0-3")
        parts: list[tuple[tuple[str, Role], ...]] = [
            ((low, "heat0"), (" usual or less ", "dim"), (high, "heat8"), (f" {top}", "dim")),
            ((guess, "heat6"), (" a guess", "dim")),
            ((likely, "heat6"), (" likely, 3 in 4", "dim")),
            ((sure, "heat6"), (" sure, 9 in 10", "dim")),
        ]
        if 2 not in fills:
            parts[3] = ((sure, "faint"), (" sure, 9 in 10: none yet", "dim"))
        marks = {mark for spot in self.week if (mark := self.mark(spot))}
        parts += [
            ((mark, role), (f" {told}", "dim"))
            for mark, (told, role) in _MARKS.items()
            if mark in marks
        ]
        if any(not self._can(spot) for spot in self.week):
            parts.append(((_NEVER, "faint"), (" you can't post then", "dim")))
        return parts

    def draw(self, canvas: Canvas) -> None:
        """Draw the chart onto a page: colour tells the gain, size the certainty."""
        if not self.week:
            canvas.text(canvas.width / 2, canvas.height / 2, self.empty, "dim", anchor="middle")
            return
        hours = self._hours()
        left, top, right, bottom = 64.0, 88.0, 40.0, 72.0
        wide = (canvas.width - left - right) / len(hours)
        high = (canvas.height - top - bottom) / 7
        side = max(min(wide, high) - 4, 2)
        canvas.text(left, 34, "When: gain over your usual hours", size=LARGE, bold=True)
        n = sum(hour.n for hour in self.week.values())
        zone = f"hours in {label(self.zone)}, " if self.zone else ""
        canvas.text(left, 55, f"{zone}{some(n, 'post')}", "dim", size=SMALL)
        for hour in hours:
            x = left + (hour - self.first + 0.5) * wide
            if (hour - self.first) % (1 if wide > 30 else 3) == 0:
                canvas.text(x, top - 8, str(hour), "dim", size=SMALL, anchor="middle")
        for day, name in enumerate(WEEKDAYS):
            y = top + (day + 0.5) * high
            canvas.text(left - 12, y + 5, name, "dim", size=NORMAL, anchor="end")
            for hour in hours:
                x = left + (hour - self.first + 0.5) * wide
                self._square(canvas, (day, hour), x, y, side, min(wide, 1.9 * side))
        key(canvas, left, canvas.height - 46, self._key())

    def _square(
        self, canvas: Canvas, spot: Spot, x: float, y: float, side: float, wide: float
    ) -> None:
        known = self.week.get(spot)
        if known is None or not _known(known):
            return
        part = _SIZES[_fill(known.sure)]
        if not self._can(spot):
            canvas.disc(x, y, 1.5, "faint")
        else:
            w, h = (wide - 4) * part, side * part
            role = HEAT[self.level(spot, len(HEAT))]
            canvas.rect(x - w / 2, y - h / 2, w, h, role, radius=min(w, h) * 0.14)
        _sign(canvas, self.mark(spot), x, y, side * part)

    def _key(self) -> list[tuple[float, Sign, str]]:
        def ramp(canvas: Canvas, x: float, y: float) -> None:
            for index, role in enumerate(HEAT):
                canvas.rect(x + index * 11, y - 5, 11, 11, role)

        def square(part: float) -> Sign:
            side = 18 * part

            def draw(canvas: Canvas, x: float, y: float) -> None:
                left = x + 9 - side / 2
                canvas.rect(left, y - side / 2, side, side, "heat6", radius=side * 0.14)

            return draw

        def sign(mark: str) -> Sign:
            return lambda canvas, x, y: _sign(canvas, mark, x + 7, y, 22)

        told = ("a guess", "likely, 3 in 4", "sure, 9 in 10")
        parts: list[tuple[float, Sign, str]] = [
            (99, ramp, f"usual or less to {change(1 + self.scale)}"),
            *((18, square(part), text) for part, text in zip(_SIZES, told, strict=True)),
        ]
        marks = {mark for spot in self.week if (mark := self.mark(spot))}
        parts += [(14, sign(mark), text) for mark, (text, _) in _MARKS.items() if mark in marks]
        if any(not self._can(spot) for spot in self.week):
            parts.append(
                (6, lambda canvas, x, y: canvas.disc(x + 3, y, 1.5, "faint"), "you can't post then")
            )
        return parts


_SIZES = (0.42, 0.7, 1.0)
"""Side of an hour's square by certainty: guess, likely, sure."""


def _sign(canvas: Canvas, mark: str, x: float, y: float, side: float) -> None:
    """Draw a sign on a square of a side, small enough to leave some of its colour."""
    radius = min(max(side * 0.17, 3.5), 8)
    if mark in {_BEST, _CLAIM}:
        canvas.disc(x, y, radius + 2, "ground")
    if mark == _CLAIM:
        diamond(canvas, x, y, radius + 1, "good")
    elif mark == _BEST:
        canvas.disc(x, y, radius - 0.5, "text")
    elif mark:
        canvas.disc(x, y, radius + 2, "ground")
        canvas.disc(x, y, radius, "accent", hollow=True)
    if mark == _BOTH:
        canvas.disc(x, y, radius * 0.45, "text")


def _fill(sure: float) -> int:
    return 2 if sure >= SURE else 1 if sure >= LIKELY else 0


def _known(hour: Hour) -> bool:
    return math.isfinite(hour.gain) and math.isfinite(hour.sure)


def _name(spot: Spot) -> str:
    return f"{WEEKDAYS[spot[0]]} {clock(spot[1])}"
