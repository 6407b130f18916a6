"""A line of small bars, for places where there is room for one line only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.charts.sheet import Sheet
from studio.charts.words import short, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.charts.canvas import Canvas
    from studio.charts.line import Line, Role

_BARS = "▁▂▃▄▅▆▇█"
_ASCII_BARS = "_.:-=+*#"


@dataclass(frozen=True)
class Spark:
    """Figures in their order.

    Attributes:
        values: None where there is none; it stays a gap.
        low: the figure at the bottom; None for the lowest there is.
        high: the figure at the top; None for the highest.
        role: its colour.
    """

    values: tuple[float | None, ...]
    low: float | None = None
    high: float | None = None
    role: Role = "accent"

    @property
    def alt(self) -> str:
        """One sentence that says what is seen."""
        known = _known(self.values)
        if not known:
            return "No figures."
        return (
            f"{some(len(known), 'figure')} from {short(known[0])} to {short(known[-1])},"
            f" {short(min(known))} to {short(max(known))}."
        )

    def cells(
        self,
        width: int,
        *,
        height: int | None = None,  # noqa: ARG002
        ascii: bool = False,
    ) -> tuple[Line, ...]:
        """Return the chart for a terminal, always one line; see `canvas.Chart.cells`.

        A cell for each figure; with more figures than cells each cell has the mean of some.
        """
        sheet = Sheet(width, ascii=ascii)
        values = _fewer(self.values, width)
        known = _known(values)
        sheet.put(0, 0, "")
        if known:
            low = min(known) if self.low is None else self.low
            high = max(known) if self.high is None else self.high
            bars = _ASCII_BARS if ascii else _BARS
            for x, value in enumerate(values):
                if value is None or not math.isfinite(value):
                    continue
                part = (value - low) / (high - low) if high > low else 0.5
                sheet.put(x, 0, bars[min(max(round(part * 7), 0), 7)], self.role)
        return sheet.lines()

    def draw(self, canvas: Canvas) -> None:
        """Draw the figures onto a page as a line with gaps."""
        known = _known(self.values)
        if not known:
            return
        low = min(known) if self.low is None else self.low
        high = max(known) if self.high is None else self.high
        wide, tall = canvas.width - 12, canvas.height - 12
        step = wide / max(len(self.values) - 1, 1)
        line: list[tuple[float, float]] = []
        for index, value in enumerate([*self.values, None]):
            if value is not None and math.isfinite(value):
                part = (value - low) / (high - low) if high > low else 0.5
                line.append((6 + index * step, 6 + tall * (1 - min(max(part, 0), 1))))
            elif line:
                canvas.path(line, self.role, stroke=2)
                canvas.disc(*line[-1], 2.5, self.role)
                line = []


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None and math.isfinite(value)]


def _fewer(values: tuple[float | None, ...], most: int) -> tuple[float | None, ...]:
    if len(values) <= most or most < 1:
        return values[: max(most, 0)]
    made: list[float | None] = []
    for index in range(most):
        part = _known(values[index * len(values) // most : (index + 1) * len(values) // most])
        made.append(sum(part) / len(part) if part else None)
    return tuple(made)
