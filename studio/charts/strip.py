"""Every post as a dot along one figure: how did this one do among yours."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.charts.canvas import LARGE, SMALL
from studio.charts.sheet import Dots, Sheet
from studio.charts.words import label, short, some
from studio.lines import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.charts.canvas import Canvas
    from studio.charts.line import Line

_FEW = 10
"""Below this the range shown is that of all posts: nine in ten would be hardly fewer."""


@dataclass(frozen=True)
class Strip:
    """Posts by one figure, on a logarithmic scale.

    Attributes:
        values: the figure of every post, the chosen ones included.
        chosen: the figure of those to be found again.
        name: what the figure is ("reach").
        empty: what is said when there is no post.
    """

    values: tuple[float, ...]
    chosen: tuple[float, ...] = ()
    name: str = ""
    empty: str = "No post has this figure."

    @property
    def known(self) -> list[float]:
        """The figures that can be drawn, smallest first."""
        return sorted(value for value in self.values if math.isfinite(value) and value >= 0)

    @property
    def alt(self) -> str:
        """One sentence that says what is seen."""
        known = self.known
        return f"{self._said(known)}." if known else self.empty

    def above(self, value: float) -> float | None:
        """Return the share of the other posts that a figure is above, ties half; None: no other."""
        known = self.known
        first, last = bisect_left(known, value), bisect_right(known, value)
        own = 1 if last > first else 0
        others = len(known) - own
        return (first + (last - first - own) / 2) / others if others else None

    def _range(self, known: Sequence[float]) -> tuple[float, float, float]:
        """Return the ends of what nine in ten have, and the median between them."""
        ends = (0.0, 1.0) if len(known) < _FEW else (0.05, 0.95)
        return _quantile(known, ends[0]), _quantile(known, 0.5), _quantile(known, ends[1])

    def _said(self, known: Sequence[float]) -> str:
        low, median, high = self._range(known)
        name = f" by {label(self.name)}" if self.name else ""
        within = "all" if len(known) < _FEW else "nine in ten"
        told = f"{some(len(known), 'post')}{name}: median {short(median)}"
        told += f", {within} from {short(low)} to {short(high)}"
        for value in self.chosen[:3]:
            above = self.above(value)
            if above is not None:
                told += f"; {short(value)} is above {round(above * 100)}% of the others"
        return told

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal; see `canvas.Chart.cells`.

        The chosen posts, two lines of dots (more with more `height`), the range, its figures,
        and a sentence.
        """
        sheet = Sheet(width, ascii=ascii)
        known = self.known
        if not known or width < 8:
            sheet.say(self.empty)
            return sheet.lines()
        floor, top = _floor(known), known[-1]
        wide = width - 2
        rows = 2 if height is None else min(max(height - 5, 1), 6)

        def at(value: float) -> int:
            return 1 + _place(value, floor, top, wide)

        deep = 1 if ascii else 4
        stacks = Counter(2 * _place(value, floor, top, wide) for value in known)
        if max(stacks.values()) > rows * deep and not ascii:  # as fine as dots can be
            stacks = Counter(_place(value, floor, top, 2 * wide) for value in known)
        rows = min(rows, math.ceil(max(stacks.values()) / deep))
        each = math.ceil(max(stacks.values()) / (rows * deep))
        dots = Dots(wide, rows)
        begin = 1 if self.chosen else 0
        for x, n in stacks.items():
            for index in range(math.ceil(n / each)):
                dots.set(x, dots.height - 1 - index * (4 if ascii else 1))
        dots.onto(sheet, 1, begin, "dim")
        y = begin + rows
        low, median, high = self._range(known)
        for x in range(at(low), at(high) + 1):
            sheet.put(x, y, "─", "faint")
        sheet.put(at(low), y, "├", "faint")
        sheet.put(at(high), y, "┤", "faint")
        sheet.put(at(median), y, "┼", "text")
        middle = short(median)
        left = min(max(at(median) - cells(middle) // 2, 0), width - cells(middle))
        sheet.put(left, y + 1, middle, "text")
        first, last = short(low), short(high)
        x = min(max(at(low) - cells(first) // 2, 0), width)
        if x + cells(first) < left:
            sheet.put(x, y + 1, first, "dim")
        x = min(at(high) - cells(last) // 2, width - cells(last))
        if x > left + cells(middle):
            sheet.put(x, y + 1, last, "dim")
        for value in sorted(value for value in self.chosen if math.isfinite(value)):
            told = short(value)
            x = at(value)
            sheet.put(x, 0, "▼", "accent")
            if x + 1 + cells(told) < width and len(self.chosen) == 1:
                sheet.put(x + 2, 0, told, "accent")
            elif len(self.chosen) == 1:
                sheet.right(x - 1, 0, told, "accent")
        sheet.say(self._said(known) + (f"; a dot is up to {each} posts" if each > 1 else ""))
        return sheet.lines()

    def draw(self, canvas: Canvas) -> None:
        """Draw the chart onto a page."""
        known = self.known
        if not known:
            canvas.text(canvas.width / 2, canvas.height / 2, self.empty, "dim", anchor="middle")
            return
        floor, top = _floor(known), known[-1]
        left, wide = 48.0, canvas.width - 96.0
        base = canvas.height - 64
        canvas.text(left, 34, f"How posts do: {self.name or 'figures'}", size=LARGE, bold=True)
        canvas.text(left, 55, self._said(known), "dim", size=SMALL)
        step, columns, places = 24.0, 1, [0] * len(known)
        while True:  # dots as large as their stacks have room for
            columns = max(int(wide / step), 1)
            places = [_place(value, floor, top, columns) for value in known]
            if step <= 4 or max(Counter(places).values()) * step <= base - 112:
                break
            step -= 1
        stacks: Counter[int] = Counter()
        low, median, high = self._range(known)

        def at(value: float) -> float:
            return left + (_place(value, floor, top, columns) + 0.5) * wide / columns

        chosen = Counter(self.chosen)
        for value, place in zip(known, places, strict=True):
            y = base - 10 - (stacks[place] + 0.5) * step
            stacks[place] += 1
            x = left + (place + 0.5) * wide / columns
            if chosen[value] > 0:
                chosen[value] -= 1
                canvas.path([(x, 80), (x, y)], "accent", stroke=1, dashed=True)
                canvas.disc(x, y, step * 0.42, "accent")
                canvas.text(x, 75, short(value), "accent", size=SMALL, anchor="middle")
            else:
                canvas.disc(x, y, step * 0.38, "dim")
        canvas.path([(at(low), base), (at(high), base)], "faint", stroke=2)
        for value, tall in ((low, 5), (median, 9), (high, 5)):
            canvas.path([(at(value), base - tall), (at(value), base + tall)], "faint", stroke=2)
        last = -math.inf
        within = "all" if len(known) < _FEW else "nine in ten"
        for value, told in ((median, "median "), (low, ""), (high, "")):
            if value == median or abs(at(value) - last) > 70:
                last = at(value) if value == median else last
                shown = f"{told}{short(value)}"
                canvas.text(at(value), base + 26, shown, "dim", size=SMALL, anchor="middle")
        canvas.text(left, base + 48, f"each dot a post; the line has {within}", "dim", size=SMALL)


def _floor(known: Sequence[float]) -> float:
    """Return the figure at the left end; zeros have no logarithm and stand there too."""
    return next((value for value in known if value > 0), 1.0)


def _place(value: float, floor: float, top: float, columns: int) -> int:
    """Return the column, 0 to `columns` - 1, of a figure between two on a logarithmic scale."""
    if top <= floor:
        return columns // 2 if value > 0 else 0
    part = math.log(max(value, floor) / floor) / math.log(top / floor)
    return round(min(max(part, 0), 1) * (columns - 1))


def _quantile(known: Sequence[float], part: float) -> float:
    """Return a quantile of sorted figures, linear between two (Hyndman and Fan 1996, type 7)."""
    at = part * (len(known) - 1)
    low = math.floor(at)
    high = min(low + 1, len(known) - 1)
    return known[low] + (known[high] - known[low]) * (at - low)
