from __future__ import annotations

import pytest
from rich.cells import cell_len

from studio.charts import Bar, Bars, plain

ROWS = (
    Bar("reel", 1.6, 1.2, 2.1, 41, True, "format"),
    Bar("image", 0.6, 0.4, 0.9, 12, True, "format"),
    Bar("question", 1.1, 0.8, 1.6, 6, False, "hook", "40 more posts"),
)
HOSTILE = (
    "a\tb\nc\x1b[31mred\x07",
    "\u202eright to left\u202c",
    "👨‍👩‍👧‍👦 family 👍🏽 🇩🇪 ❤️",
    "家族の写真と長い名前がここに続く",
    "e\u0301\u0301\u0301\u0301\u0301zalgo\u0336\u0336\u0336\u0336",
    "<script>alert(1)</script>",
    "](javascript:alert(1)) | `x` | ```",
    "\udcff\ufffe\U000e0041 tags",
    "",
)


def test_three_rows_at_seventy_columns():
    assert plain(Bars(ROWS, against="average").cells(70)) == (
        "           ×⅓             average             ×3  gain       90 %   n\n"
        "format\n"
        "  reel                       │  ╺━━━━●━━━━        +60%  +20…+110%  41\n"
        "  image       ━━━━━━●━━━━━━━ │                    −40%   −60…−10%  12\n"
        "hook\n"
        "  question               ╶───┼─○─────╴            +10%   −20…+60%   6\n"
        "━━●━━ telling   ──○── can't tell   the line is the 90 % interval"
    )


def test_what_cannot_be_told_is_drawn_otherwise_without_colour():
    for width in (40, 70, 120):
        for signs, plain_signs in (("●━", False), ("*=", True)):
            chart = Bars(ROWS)
            lines = plain(chart.cells(width, ascii=plain_signs)).split("\n")
            shown = ["".join(lines[slice(*chart.lines_of(at, width))]) for at in range(3)]
            assert [all(sign in text for sign in signs) for text in shown] == [True, True, False]


@pytest.mark.parametrize("width", [40, 70, 120])
def test_every_row_has_its_n_and_its_interval(width):
    chart = Bars(ROWS)
    lines = plain(chart.cells(width)).split("\n")
    for at, (n, interval) in enumerate(
        (("41", "+20…+110%"), ("12", "−60…−10%"), ("6", "−20…+60%"))
    ):
        text = "".join(lines[slice(*chart.lines_of(at, width))])
        assert interval in text
        assert f" {n}" in text


@pytest.mark.parametrize("width", [56, 70, 120])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_label_moves_the_columns(width, name):
    chart = Bars((Bar(name, 1.5, 1.1, 2, 3, True), Bar("plain", 1.5, 1.1, 2, 3, True)))
    first, second = plain(chart.cells(width)).split("\n")[1:3]
    assert cell_len(first) == cell_len(second)
    assert cell_len(first[: first.index("●")]) == cell_len(second[: second.index("●")])


def test_an_interval_beyond_the_scale_has_arrows():
    row = plain(Bars((Bar("x", 1.0, 0.01, 90, 2, False),)).cells(70)).split("\n")[1]
    assert "‹" in row
    assert "›" in row
    assert "×90.0" in row


def test_a_row_without_an_interval_shows_none():
    row = plain(Bars((Bar("x", 1.3, None, None, 2, False),)).cells(70)).split("\n")[1]
    assert "–" in row
    assert "─" not in row


def test_rows_that_do_not_fit_are_counted():
    text = plain(
        Bars(tuple(Bar(f"b{at}", 1.1, 1, 1.2, 9, False) for at in range(30))).cells(70, height=12)
    )
    assert len(text.split("\n")) <= 13
    assert "and 20 more" in text


def test_figures_that_are_no_numbers_are_not_drawn():
    chart = Bars((Bar("x", float("nan"), float("nan"), float("inf"), 2, False),))
    assert "–" in plain(chart.cells(70))


def test_without_a_row_it_says_so():
    assert plain(Bars(()).cells(70)) == "Nothing to compare yet."
