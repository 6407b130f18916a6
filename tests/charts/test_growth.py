from __future__ import annotations

from datetime import date, timedelta

from studio.charts import Growth, Posted, plain

START = date(2026, 3, 1)


def days(*values):
    return tuple(
        (START + timedelta(days=at), value) for at, value in enumerate(values) if value is not None
    )


SMALL = Growth(
    days(800, 820, 850, None, None, None, 900, 940, 1000),
    (
        Posted(START + timedelta(days=1), 100, "reel"),
        Posted(START + timedelta(days=7), 400, "image"),
    ),
    size_name="reach",
)


def test_a_few_days_at_forty_columns():
    assert plain(SMALL.cells(40, height=9)) == GOLDEN


GOLDEN = """\
 1k ┤                               ⢀⡠⠔⠊
    │                           ⣀⠤⠔⠊⠁
    │        ⣀                 ⠉
800 ┤⣀⡠⠤⠔⠒⠊⠉⠉
         ▅                         █
         r                         i
     1 Mar                         8 Mar
Followers 800 to 1,000, 1 Mar – 9 Mar
  2026; 3 days without a figure; posts
  by reach: reel, image"""


def curve(chart, width, **how):
    lines = plain(chart.cells(width, **how)).split("\n")
    return [line for line in lines if "│" in line or "┤" in line or "|" in line]


def empty_columns(chart, width, **how):
    rows = curve(chart, width, **how)
    start = max(max(row.find(sign) for sign in "│┤|") for row in rows) + 1
    return [x for x in range(start, width) if all(row.ljust(width)[x] == " " for row in rows)]


def test_days_without_a_figure_are_a_gap():
    for width in (40, 70, 120):
        gap = empty_columns(SMALL, width)
        assert len(gap) >= width // 4
        assert gap == list(range(gap[0], gap[-1] + 1))
    assert empty_columns(Growth(days(1, 2, 3, 4, 5, 6)), 70) == []


def test_figures_of_one_post_are_joined_by_dots_that_are_not_solid():
    chart = Growth(days(100, None, None, None, None, 900), name="views", joined=True)
    solid = Growth(days(100, 260, 420, 580, 740, 900), name="views")

    def ink(chart):
        return sum(
            (ord(letter) - 0x2800).bit_count()
            for row in curve(chart, 70)
            for letter in row
            if 0x2800 < ord(letter) < 0x2900
        )

    assert 0 < ink(chart) < ink(solid) / 2
    assert "known on 2 days" in plain(chart.cells(70))


def test_a_day_between_two_gaps_is_seen():
    rows = curve(Growth(days(5, None, None, 6, None, None, 7)), 70)
    middle = [letter for row in rows for letter in row[30:45] if 0x2800 < ord(letter) < 0x2900]
    assert sum((ord(letter) - 0x2800).bit_count() for letter in middle) == 4


def test_one_day_is_told_in_words():
    assert plain(Growth(days(312)).cells(70)) == (
        "312 followers on 1 Mar 2026; one day makes no curve yet."
    )


def test_an_unchanging_count_is_a_level_line():
    rows = curve(Growth(days(7, 7, 7, 7)), 40)
    assert sum("⠤" in row or "⠒" in row or "⣀" in row or "⠉" in row for row in rows) == 1


def test_posts_stand_under_their_days_with_their_formats():
    lines = plain(SMALL.cells(70)).split("\n")
    letters = next(line for line in lines if line.split() == ["r", "i"])
    bars = lines[lines.index(letters) - 1]
    assert bars[letters.index("r")] in "▁▂▃▄▅▆▇"
    assert bars[letters.index("i")] == "█"


def test_counts_of_the_axis_are_not_rounded_to_something_else():
    text = plain(Growth(days(1230, 1250, 1270)).cells(70))
    labels = [line.split("┤")[0].strip() for line in text.split("\n") if "┤" in line]
    assert len(labels) >= 2
    assert all(1230 <= int(each.replace(",", "")) <= 1270 for each in labels)


def test_years_of_days_name_months_and_years():
    many = tuple((START + timedelta(days=at), at) for at in range(800))
    text = plain(Growth(many).cells(100))
    assert "2027" in text
    assert "2028" in text


def test_without_a_figure_it_says_so():
    assert plain(Growth(()).cells(40)) == "No figure of any day yet."


def test_a_figure_that_is_no_number_is_no_figure():
    assert "1 day without" in plain(Growth(days(1, float("nan"), 3)).cells(70))
