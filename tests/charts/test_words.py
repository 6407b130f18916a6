from __future__ import annotations

import subprocess
import sys

import pytest
from rich.cells import cell_len

from studio.charts.words import change, exact, label, short, span
from studio.lines import cells, fit
from tests.charts.test_bars import HOSTILE


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0"), (3.4, "3.4"), (87, "87"), (999, "999"), (999.6, "1k"), (1234, "1.2k"),
        (12345, "12k"), (999_600, "1M"), (1_250_000, "1.2M"), (-1500, "−1.5k"),
    ],
)  # fmt: skip
def test_counts_take_at_most_five_cells(count, told):
    assert short(count) == told
    assert cells(told) <= 5


def test_a_figure_of_an_axis_is_told_in_full_where_short_would_round():
    assert [exact(count) for count in (1200, 1250, 0.25, -1500)] == [
        "1.2k",
        "1,250",
        "0.25",
        "−1.5k",
    ]


def test_ratios_are_told_as_people_say_them():
    assert [change(ratio) for ratio in (1.12, 0.92, 3.2, 2.996, 0)] == [
        "+12%",
        "−8%",
        "×3.2",
        "×3.0",
        "−100%",
    ]
    assert span(0.92, 1.35) == "−8…+35%"
    assert span(1.4, 3.2) == "+40%…×3.2"


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_takes_the_cells_it_is_counted_at(text):
    shown = label(text)
    assert cells(shown) == cell_len(shown)
    assert cells(fit(shown, 7)) <= 7
    assert label(shown) == shown


def test_charts_load_nothing_heavy():
    code = (
        "import sys, studio.charts, studio.report.page, studio.report.figures;"
        "print([m for m in ('PIL', 'numpy', 'pandas', 'textual', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
