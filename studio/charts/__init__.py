"""Charts: plain data in, pictures out, for terminals in cells and for files as SVG or PNG."""

from __future__ import annotations

from studio.charts.bars import Bar, Bars
from studio.charts.canvas import Chart
from studio.charts.files import png, svg
from studio.charts.growth import Growth, Posted
from studio.charts.heatmap import HeatMap, Hour
from studio.charts.line import Line, Role, Run, plain
from studio.charts.palette import DARK, LIGHT, Palette
from studio.charts.spark import Spark
from studio.charts.strip import Strip

__all__ = [
    "DARK",
    "LIGHT",
    "Bar",
    "Bars",
    "Chart",
    "Growth",
    "HeatMap",
    "Hour",
    "Line",
    "Palette",
    "Posted",
    "Role",
    "Run",
    "Spark",
    "Strip",
    "plain",
    "png",
    "svg",
]
