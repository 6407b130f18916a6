"""Ratios with their intervals, one under the other: what seems to help, and what cannot be told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.charts.canvas import LARGE, NORMAL, SMALL, key, room
from studio.charts.sheet import Sheet
from studio.charts.words import change, label, some, span
from studio.lines import cells, fit

if TYPE_CHECKING:
    from studio.charts.canvas import Canvas
    from studio.charts.line import Line, Role

_LIMITS = (1.25, 1.5, 2.0, 3.0, 4.0)
_WIDEST = 4.0
_TICKS: dict[float, tuple[str, str]] = {
    1.25: ("−20%", "+25%"),
    1.5: ("−33%", "+50%"),
    2.0: ("×½", "×2"),
    3.0: ("×⅓", "×3"),
    4.0: ("×¼", "×4"),
}
_ASCII_TICKS = {"×½": "1/2", "×⅓": "1/3", "×¼": "1/4"}
_LABEL = 22
_NARROW = 56


@dataclass(frozen=True, slots=True)
class Bar:
    """One ratio against the usual.

    Attributes:
        label: raw; it is made fit to show.
        ratio: 1.2 = 20 % more than usual.
        low: lower end of the 90 % interval; None when there is none.
        high: upper end.
        n: posts it rests on.
        telling: whether anything is claimed of it.
        group: bars of one group stand under its name; "" for none.
        note: a few words beside a bar that cannot be told ("30 more posts").
    """

    label: str
    ratio: float
    low: float | None
    high: float | None
    n: int
    telling: bool
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Ratios on one logarithmic scale.

    Attributes:
        rows: in their order.
        name: what the ratios are of ("reach").
        limit: the end of the scale, 4 for ×¼ to ×4; None takes the smallest that has room.
        against: what the middle of the scale is, in a word of at most nine letters.
        empty: what is said when there is no row.
    """

    rows: tuple[Bar, ...]
    name: str = ""
    limit: float | None = None
    against: str = "usual"
    empty: str = "Nothing to compare yet."

    @property
    def end(self) -> float:
        """The end of the scale: it goes from 1 / `end` to `end`."""
        if self.limit is not None:
            return max(self.limit, 1.01)
        ends = [
            abs(math.log(each))
            for bar in self.rows
            for each in (bar.ratio, bar.low, bar.high)
            if each is not None and each > 0 and math.isfinite(each)
        ]
        most = max(ends, default=0)
        return next((limit for limit in _LIMITS if math.log(limit) >= most - 1e-9), _WIDEST)

    @property
    def alt(self) -> str:
        """One sentence that says what is seen."""
        if not self.rows:
            return self.empty
        telling = [bar for bar in self.rows if bar.telling]
        against = f"against the {self.against}"
        what = f"{label(self.name)} {against}" if self.name else against
        what = what[0].upper() + what[1:]
        if not telling:
            return f"{what}: {some(len(self.rows), 'comparison')}, none that can be told yet."
        told = "; ".join(f"{label(bar.label)} {_figures(bar)}" for bar in telling[:4])
        return f"{what}: {told}."

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal; see `canvas.Chart.cells`.

        A line for each row, below 56 cells two. With less `height` than that the last rows are
        left out, and how many is said.
        """
        sheet = Sheet(width, ascii=ascii)
        if not self.rows:
            sheet.say(self.empty)
            return sheet.lines()
        shown = [
            bar
            for index, bar in enumerate(self.rows)
            if height is None or index == 0 or self.lines_of(index, width)[1] < height
        ]
        if width < _NARROW:
            self._narrow(sheet, shown)
        else:
            self._wide(sheet, shown)
        if len(shown) < len(self.rows):
            sheet.put(0, sheet.height, f"and {len(self.rows) - len(shown)} more", "dim")
        sheet.flow(
            [
                (("━━●━━", "text"), (" telling", "dim")),
                (("──○──", "faint"), (" can't tell", "dim")),
                (("the line is the 90 % interval", "dim"),),
            ]
        )
        return sheet.lines()

    def lines_of(self, index: int, width: int) -> tuple[int, int]:
        """Return the lines of `cells` that show a row: the first, and the one after the last."""
        tall = 2 if width < _NARROW else 1
        last = 1 + (index + 1) * tall + sum(self._heads(at) for at in range(index + 1))
        return last - tall, last

    def _heads(self, index: int) -> bool:
        """Tell whether a row begins a new group."""
        group = self.rows[index].group
        return bool(group) and (index == 0 or self.rows[index - 1].group != group)

    def _wide(self, sheet: Sheet, shown: list[Bar]) -> None:
        indent = 2 if any(bar.group for bar in shown) else 0
        names = [label(bar.label) for bar in shown]
        left = indent + min(max(cells(name) for name in names), _LABEL)
        spans = [_span(bar) for bar in shown]
        figures = (
            max(cells(_ratio(bar)) for bar in shown),
            max(4, *(cells(told) for told in spans)),
            max(len(f"{bar.n:,}") for bar in shown),
        )
        notes = max((cells(_note(bar)) for bar in shown), default=0)
        fixed = sum(figures) + 6
        if notes and sheet.width - left - 2 - fixed - notes - 2 >= 25:
            fixed += notes + 2
        else:
            notes = 0
        plot = min(sheet.width - left - 2 - fixed, 61)
        plot -= 1 - plot % 2
        start, at = left + 1, left + plot + 3
        self._axis(sheet, start, plot, 0)
        sheet.right(at + figures[0], 0, "gain"[: figures[0]], "dim")
        sheet.right(at + figures[0] + 2 + figures[1], 0, "90 %", "dim")
        sheet.right(at + figures[0] + 2 + figures[1] + 2 + figures[2], 0, "n", "dim")
        for index, (bar, name, told) in enumerate(zip(shown, names, spans, strict=True)):
            if self._heads(index):
                sheet.put(0, sheet.height, fit(label(bar.group), sheet.width), "dim")
            y = sheet.height
            voice: Role = "text" if bar.telling else "dim"
            sheet.put(indent, y, fit(name, left - indent), voice)
            self._line(sheet, bar, start, plot, y)
            end = at + figures[0]
            sheet.right(end, y, _ratio(bar), _role(bar))
            end += 2 + figures[1]
            sheet.right(end, y, told, voice)
            end += 2 + figures[2]
            sheet.right(end, y, f"{bar.n:,}", voice)
            if notes:
                sheet.put(end + 2, y, _note(bar), "dim")

    def _narrow(self, sheet: Sheet, shown: list[Bar]) -> None:
        """Draw each row on two lines: its name and figures, then its interval."""
        plot = min(sheet.width, 41)
        plot -= 1 - plot % 2
        self._axis(sheet, 0, plot, 0)
        for index, bar in enumerate(shown):
            if self._heads(index):
                sheet.put(0, sheet.height, fit(label(bar.group), sheet.width), "dim")
            y = sheet.height
            voice: Role = "text" if bar.telling else "dim"
            told = f"{_span(bar)}  n {bar.n:,}"
            sheet.right(plot, y, told, voice)
            end = plot - cells(told) - 2
            sheet.right(end, y, _ratio(bar), _role(bar))
            sheet.put(0, y, fit(label(bar.label), max(end - cells(_ratio(bar)) - 1, 4)), voice)
            self._line(sheet, bar, 0, plot, y + 1)

    def _axis(self, sheet: Sheet, x: int, plot: int, y: int) -> None:
        low, high = _TICKS.get(self.end, (f"×{1 / self.end:.2g}", f"×{self.end:.2g}"))
        if sheet.ascii:
            low = _ASCII_TICKS.get(low, low)
        sheet.put(x, y, low, "dim")
        sheet.put(x + plot // 2 - len(self.against) // 2, y, self.against, "dim")
        sheet.right(x + plot, y, high, "dim")

    def _half(self, ratio: float, plot: int) -> int:
        """Return the half cell of a ratio, from 0 to 2 × plot - 1."""
        most = math.log(self.end)
        part = (math.log(ratio) + most) / (2 * most) if ratio > 0 else 0.0
        return min(max(math.floor(part * 2 * plot), 0), 2 * plot - 1)

    def _line(self, sheet: Sheet, bar: Bar, x: int, plot: int, y: int) -> None:
        middle = plot // 2
        sheet.put(x + middle, y, "│", "faint")
        role: Role = _role(bar) if bar.telling else "faint"
        ends = _ends(bar)
        if ends:
            first, last = self._half(ends[0], plot), self._half(ends[1], plot)
            for column in range(plot):
                left = first <= 2 * column <= last
                right = first <= 2 * column + 1 <= last
                if left or right:
                    sign = _SIGNS[bar.telling][column == middle][left + 2 * right - 1]
                    sheet.put(x + column, y, sign, role)
            if ends[0] < 1 / self.end - 1e-9:
                sheet.put(x, y, "‹", role)
            if ends[1] > self.end + 1e-9:
                sheet.put(x + plot - 1, y, "›", role)
        if bar.ratio > 0 and math.isfinite(bar.ratio):
            point = self._half(bar.ratio, plot) // 2
            if abs(bar.ratio - 1) < 0.005:
                point = middle
            sheet.put(x + point, y, "●" if bar.telling else "○", role if bar.telling else "dim")

    def draw(self, canvas: Canvas) -> None:
        """Draw the chart onto a page."""
        if not self.rows:
            canvas.text(canvas.width / 2, canvas.height / 2, self.empty, "dim", anchor="middle")
            return
        heads = sum(self._heads(index) for index in range(len(self.rows)))
        top, bottom = 92.0, 56.0
        step = min((canvas.height - top - bottom) / (len(self.rows) + heads), 34.0)
        size = min(NORMAL, max(step * 0.62, 8.0))
        most = int(canvas.width * 0.24 / room("x", size))
        names = [fit(label(bar.label), most) for bar in self.rows]
        left = 40 + 16 * bool(heads) + max(room(name, size) for name in names) + 12
        widths = (
            max(room(f"n {bar.n:,}", size) for bar in self.rows) + 18,
            max(room(_span(bar), size) for bar in self.rows) * _WIDE + 18,
            max(room(_ratio(bar), size) for bar in self.rows) * _WIDE + 24,
        )
        right = canvas.width - 40 - sum(widths)
        middle, half = (left + right) / 2, (right - left) / 2
        name = label(self.name)
        canvas.text(
            40,
            34,
            f"What: {name} against the {self.against}" if name else "What",
            size=LARGE,
            bold=True,
        )
        low, high = _TICKS.get(self.end, (f"×{1 / self.end:.2g}", f"×{self.end:.2g}"))
        bottom_line = top + step * (len(self.rows) + heads)
        for part, told in ((-1.0, low), (0.0, self.against), (1.0, high)):
            x = middle + part * half
            ink = "faint" if part == 0 else "rule"
            canvas.path([(x, top - 14), (x, bottom_line)], ink, stroke=1)  # type: ignore[arg-type]
            canvas.text(x, top - 22, told, "dim", size=SMALL, anchor="middle")
        y = top
        for index, (bar, shown) in enumerate(zip(self.rows, names, strict=True)):
            if self._heads(index):
                canvas.text(40, y + step * 0.66, bar.group, "dim", size=min(size, SMALL))
                y += step
            self._row(canvas, bar, shown, (40 + 16 * bool(heads), y + step / 2), size, widths)
            self._interval(canvas, bar, middle, half, y + step / 2)
            y += step
        key(
            canvas,
            40,
            canvas.height - 24,
            [
                (34, lambda *at: _sample(*at, telling=True), "telling"),
                (34, lambda *at: _sample(*at, telling=False), "can't tell"),
                (0, lambda *_: None, "the line is the 90 % interval; n posts"),
            ],
        )

    @staticmethod
    def _row(
        canvas: Canvas,
        bar: Bar,
        name: str,
        at: tuple[float, float],
        size: float,
        widths: tuple[float, float, float],
    ) -> None:
        x, y = at[0], at[1] + size * 0.35
        voice: Role = "text" if bar.telling else "dim"
        canvas.text(x, y, name, voice, size=size)
        end = canvas.width - 40
        canvas.text(end, y, f"n {bar.n:,}", "dim", size=size, anchor="end")
        end -= widths[0]
        canvas.text(end, y, _span(bar), voice, size=size, anchor="end")
        end -= widths[1]
        role = _role(bar)
        canvas.text(end, y, _ratio(bar), role, size=size, anchor="end", bold=bar.telling)

    def _interval(self, canvas: Canvas, bar: Bar, middle: float, half: float, y: float) -> None:
        def at(ratio: float) -> float:
            part = math.log(ratio) / math.log(self.end) if ratio > 0 else -1.0
            return middle + min(max(part, -1), 1) * half

        role: Role = _role(bar) if bar.telling else "faint"
        ends = _ends(bar)
        if ends:
            line = [(at(ends[0]), y), (at(ends[1]), y)]
            canvas.path(line, role, stroke=4 if bar.telling else 2)
            for over, way in ((ends[0] * self.end < 0.999, -1), (ends[1] > self.end * 1.001, 1)):
                if over:  # it goes on beyond the scale
                    tip = middle + way * (half + 9)
                    back = tip - way * 9
                    canvas.shape([(tip, y), (back, y - 5), (back, y + 5)], role)
        if bar.ratio > 0 and math.isfinite(bar.ratio):
            canvas.disc(at(bar.ratio), y, 6 if bar.telling else 5, role, hollow=not bar.telling)


_SIGNS = (
    (("╴", "╶", "─"), ("┤", "├", "┼")),
    (("╸", "╺", "━"), ("┥", "┝", "┿")),
)
"""Of can't tell and telling; away from and at the usual; left half, right half, both."""


_WIDE = 1.25
"""How much wider signs and per cents run than letters in the widest fonts (DejaVu Sans)."""


def _sample(canvas: Canvas, x: float, y: float, *, telling: bool) -> None:
    ink: Role = "text" if telling else "faint"
    canvas.path([(x, y), (x + 34, y)], ink, stroke=4 if telling else 2)
    canvas.disc(x + 17, y, 6 if telling else 5, ink, hollow=not telling)


def _ends(bar: Bar) -> tuple[float, float] | None:
    if bar.low is None or bar.high is None or not bar.low <= bar.high < math.inf:
        return None
    return bar.low, bar.high


def _span(bar: Bar) -> str:
    ends = _ends(bar)
    return span(*ends) if ends else "–"


def _ratio(bar: Bar) -> str:
    return change(bar.ratio) if math.isfinite(bar.ratio) else "–"


def _figures(bar: Bar) -> str:
    return f"{_ratio(bar)} (90 % {_span(bar)}, n {bar.n:,})"


def _note(bar: Bar) -> str:
    if bar.telling:
        return ""
    return f"can't tell, {label(bar.note)}" if bar.note else "can't tell"


def _role(bar: Bar) -> Role:
    if not bar.telling:
        return "dim"
    return "good" if bar.ratio >= 1 else "bad"
