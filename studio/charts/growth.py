"""A figure day by day, with the posts under it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studio.charts.canvas import LARGE, SMALL, key
from studio.charts.sheet import Dots, Sheet
from studio.charts.words import MONTHS, day, exact, label, some
from studio.lines import cells, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.charts.canvas import Canvas
    from studio.charts.line import Line, Role

_ROWS = 8
_BARS = "▁▂▃▄▅▆▇█"
_ASCII_BARS = ".::||###"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Posted:
    """A post on the axis of time.

    Attributes:
        day: when it was posted, in the audience's time zone.
        size: its figure, which gives its bar a height; None when not known.
        kind: its format; its first letter is shown.
        label: a few words of it, raw.
    """

    day: date
    size: float | None = None
    kind: str = ""
    label: str = ""


@dataclass(frozen=True)
class Growth:
    """A figure over days.

    Attributes:
        points: (day, figure), any order; of several on one day the last counts.
        posts: what was posted.
        name: what the figure is ("followers").
        size_name: what the bars of the posts are ("reach").
        joined: draw a dotted line over days without a figure; for the few figures that exports
            have of one post. Else a day without a figure is a gap.
        empty: what is said when there is no figure.
    """

    points: tuple[tuple[date, float], ...]
    posts: tuple[Posted, ...] = ()
    name: str = "followers"
    size_name: str = ""
    joined: bool = False
    empty: str = "No figure of any day yet."

    @property
    def known(self) -> list[tuple[date, float]]:
        """The figures that can be drawn, each day once, oldest first."""
        days = {at: value for at, value in self.points if math.isfinite(value)}
        return sorted(days.items())

    @property
    def alt(self) -> str:
        """One sentence that says what is seen."""
        known = self.known
        return f"{_upper(self._note(known))}." if known else self.empty

    def _note(self, known: Sequence[tuple[date, float]]) -> str:
        (first, start), (last, end) = known[0], known[-1]
        name = label(self.name)
        if first == last:
            return f"{end:,.0f} {name} on {day(last, year=True)}; one day makes no curve yet"
        since = day(first, year=first.year != last.year)
        told = f"{name} {start:,.0f} to {end:,.0f}, {since} – {day(last, year=True)}"
        missing = (last - first).days + 1 - len(known)
        if missing:
            if self.joined:
                told += f"; known on {some(len(known), 'day')}, dots lie between"
            else:
                told += f"; {some(missing, 'day')} without a figure"
        return told

    def _days(self, known: Sequence[tuple[date, float]]) -> tuple[date, date]:
        """Return the first and last day shown: of the figures, from the first post if joined."""
        days = [at for at, _ in known]
        if self.joined:
            days += [post.day for post in self.posts if post.day <= days[0]]
        return min(days), max(days)

    def _stretches(
        self, known: Sequence[tuple[date, float]]
    ) -> tuple[list[list[tuple[date, float]]], list[list[tuple[date, float]]]]:
        """Return the stretches of days that follow each other, and the pairs across gaps."""
        whole: list[list[tuple[date, float]]] = []
        gaps: list[list[tuple[date, float]]] = []
        for point in known:
            if whole and point[0] - whole[-1][-1][0] <= _DAY:
                whole[-1].append(point)
                continue
            if whole and self.joined:
                gaps.append([whole[-1][-1], point])
            whole.append([point])
        return whole, gaps

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal; see `canvas.Chart.cells`.

        Eight lines of curve unless `height` says otherwise, two of posts, the days, a note.
        """
        sheet = Sheet(width, ascii=ascii)
        known = self.known
        if len(known) < 2:
            sheet.say(self.alt)
            return sheet.lines()
        posts = self._shown(known)
        below = 3 + (2 if posts else 0)
        rows = _ROWS if height is None else min(max(height - below, 3), 30)
        ticks, (low, high) = _scale([value for _, value in known], max(rows // 3, 1))
        left = max(cells(exact(tick)) for tick in ticks) + 2
        wide = max(width - left, 4)
        dots = Dots(wide, rows)
        first, last = self._days(known)
        days = max((last - first).days, 1)

        def place(at: date, columns: int) -> int:
            return round((at - first).days / days * (columns - 1))

        def dot(point: tuple[date, float]) -> tuple[int, int]:
            part = (point[1] - low) / (high - low)
            return place(point[0], dots.width), round((1 - part) * (dots.height - 1))

        whole, gaps = self._stretches(known)
        for stretch in whole:
            for one, other in zip(stretch, stretch[1:] or stretch, strict=False):
                dots.line(dot(one), dot(other))
            if len(stretch) == 1:  # a day alone would be a speck
                x, y = dot(stretch[0])
                for dx, dy in ((0, -1), (1, 0), (1, -1)):
                    dots.set(x + dx, max(y, 1) + dy)
        for one, other in gaps:
            dots.line(dot(one), dot(other), every=4)
        for row in range(rows):
            sheet.put(left - 1, row, "│", "faint")
        for tick in ticks:
            row = round((1 - (tick - low) / (high - low)) * (dots.height - 1)) // 4
            sheet.right(left - 2, row, exact(tick), "dim")
            sheet.put(left - 1, row, "┤", "faint")
        dots.onto(sheet, left, 0, "accent")
        y = rows
        if posts:
            self._posts(sheet, posts, [place(post.day, wide) for post in posts], left, y)
            y += 2
        _dates(sheet, first, last, left, wide, y)
        note = _upper(self._note(known))
        if posts:
            kinds = dict.fromkeys(label(post.kind) for post in posts if post.kind)
            what = f"posts by {label(self.size_name)}" if self.size_name else "posts"
            note += f"; {what}: " + ", ".join(kinds) if kinds else f"; {what}"
        sheet.say(note)
        return sheet.lines()

    def _shown(self, known: Sequence[tuple[date, float]]) -> list[Posted]:
        first, last = self._days(known)
        return [post for post in self.posts if first <= post.day <= last]

    def _posts(
        self, sheet: Sheet, posts: Sequence[Posted], columns: Sequence[int], left: int, y: int
    ) -> None:
        """Draw a bar and a letter for each post; of several in one cell for the largest."""
        largest: dict[int, Posted] = {}
        for post, column in zip(posts, columns, strict=True):
            if column not in largest or (post.size or 0) > (largest[column].size or 0):
                largest[column] = post
        for column, post in largest.items():
            part = _part(post.size, posts)
            if part is not None:
                bars = _ASCII_BARS if sheet.ascii else _BARS
                sheet.put(left + column, y, bars[round(part * 7)], "heat6")
            sheet.put(left + column, y + 1, _letter(post), "text")

    def draw(self, canvas: Canvas) -> None:
        """Draw the chart onto a page."""
        known = self.known
        if len(known) < 2:
            canvas.text(canvas.width / 2, canvas.height / 2, self.alt, "dim", anchor="middle")
            return
        posts = self._shown(known)
        top, bottom = 84.0, 132.0 if posts else 60.0
        left, right = 72.0, canvas.width - 40
        base = canvas.height - bottom
        ticks, (low, high) = _scale([value for _, value in known], 4)
        first, last = self._days(known)
        days = max((last - first).days, 1)

        def x_of(at: date) -> float:
            return left + (at - first).days / days * (right - left)

        def at(point: tuple[date, float]) -> tuple[float, float]:
            return x_of(point[0]), base - (point[1] - low) / (high - low) * (base - top)

        title = f"Growth: {label(self.name)}"
        canvas.text(left, 34, title, size=LARGE, bold=True)
        canvas.text(left, 55, _upper(self._note(known)), "dim", size=SMALL)
        for tick in ticks:
            y = at((first, tick))[1]
            canvas.path([(left, y), (right, y)], "rule", stroke=1)
            canvas.text(left - 10, y + 4, exact(tick), "dim", size=SMALL, anchor="end")
        whole, gaps = self._stretches(known)
        for pair in gaps:
            canvas.path([at(point) for point in pair], "accent", stroke=1.5, dashed=True)
        for stretch in whole:
            if len(stretch) > 1:
                canvas.path([at(point) for point in stretch], "accent", stroke=2.5)
            if len(stretch) == 1 or self.joined:
                for point in stretch:
                    canvas.disc(*at(point), 4, "accent")
        canvas.disc(*at(known[-1]), 4, "accent")
        end = base
        if posts:
            end = base + 76
            named: list[float] = []
            for post in sorted(posts, key=lambda post: -(post.size or 0)):
                part, x = _part(post.size, posts), x_of(post.day)
                tall = 3 + 38 * part if part is not None else 3
                canvas.rect(x - 2.5, base + 54 - tall, 5, tall, _ink(post), radius=1.5)
                if all(abs(x - other) >= 9 for other in named):
                    canvas.text(x, base + 70, _letter(post), "dim", size=SMALL, anchor="middle")
                    named.append(x)
        wide = int((right - left) / 60)
        for when, told in _ticks(first, last, max(wide, 2)):
            canvas.path([(x_of(when), end), (x_of(when), end + 5)], "faint", stroke=1)
            canvas.text(x_of(when), end + 20, told, "dim", size=SMALL, anchor="middle")
        if posts:
            kinds = list(dict.fromkeys(label(post.kind) for post in posts if post.kind))
            size = f"posts, higher with more {label(self.size_name)}" if self.size_name else "posts"
            parts = [
                (8.0, lambda page, x, y: page.rect(x, y - 7, 5, 13, "heat6", radius=1.5), size),
                *((0.0, lambda *_: None, f"{_initial(kind)} {kind}") for kind in kinds[:6]),
            ]
            key(canvas, left, canvas.height - 14, parts)


def _ink(post: Posted) -> Role:
    return "heat6" if post.size is not None else "faint"


def _letter(post: Posted) -> str:
    return _initial(label(post.kind)) if post.kind else "·"


def _initial(text: str) -> str:
    return text[0] if text and cells(text[0]) == 1 else "·"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _part(size: float | None, posts: Sequence[Posted]) -> float | None:
    """Return how far up the bar of a post reaches, 0 to 1; its square is in proportion."""
    if size is None or not _is_size(size):
        return None
    most = max(post.size for post in posts if post.size is not None and _is_size(post.size))
    return math.sqrt(size / most) if most else 0.0


def _is_size(size: float | None) -> bool:
    return size is not None and math.isfinite(size) and size >= 0


def _scale(values: Sequence[float], most: int) -> tuple[list[float], tuple[float, float]]:
    """Return about `most` round figures for the axis, at least two, and the ends of the scale.

    The scale need not begin at zero: growth of a few in a thousand should be seen.
    """
    low, high = min(values), max(values)
    if low == high:
        low, high = low - max(abs(low) * 0.01, 1), high + max(abs(high) * 0.01, 1)
    power = 10 ** math.floor(math.log10(high - low))
    steps = [part * power for part in (2, 1, 0.5, 0.25, 0.2, 0.1)]
    if all(value == int(value) for value in values):
        steps = [step for step in steps if step == int(step)] or [1]
    found = [
        [at * step for at in range(math.ceil(low / step), math.floor(high / step) + 1)]
        for step in steps
    ]
    ticks = next((each for each in found if len(each) >= max(most, 2)), found[-1])
    if len(ticks) > 2 * max(most, 2):
        ticks = ticks[::2]
    margin = (high - low) * 0.03
    return [float(tick) for tick in ticks], (low - margin, high + margin)


def _ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return at most `most` days for the axis with their names: days, weeks, months or years."""
    span = (last - first).days
    if span == 0:
        return [(first, day(first))]
    for step in (1, 2, 7, 14):
        if span // step + 1 <= most:
            return [
                (first + timedelta(days=at), day(first + timedelta(days=at)))
                for at in range(0, span + 1, step)
            ]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for step in (1, 2, 3, 6, 12, 24, 60, 120):
        found = [at for at in months if (at.year * 12 + at.month - 1) % step == 0]
        if found and len(found) <= most:
            return [(at, str(at.year) if at.month == 1 else MONTHS[at.month - 1]) for at in found]
    return [(first, day(first)), (last, day(last))]


def _dates(sheet: Sheet, first: date, last: date, left: int, wide: int, y: int) -> None:
    days = max((last - first).days, 1)
    end = -1
    sheet.put(left - 1, y, "")
    for when, told in _ticks(first, last, max(wide // 9, 2)):
        x = left + round((when - first).days / days * (wide - 1))
        x = min(x, sheet.width - cells(told))
        if x > end:
            sheet.put(x, y, fit(told, sheet.width), "dim")
            end = x + cells(told)
