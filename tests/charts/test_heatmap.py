from __future__ import annotations

import pytest

from studio.charts import HeatMap, Hour, plain


def week(gain=0.0, sure=0.5, **named):
    made = {(day, hour): Hour(gain, sure) for day in range(7) for hour in range(6, 24)}
    for name, hour in named.items():
        made[("mo", "tu", "we", "th", "fr", "sa", "su").index(name[:2]), int(name[2:])] = hour
    return made


CLAIMED = HeatMap(
    week(th19=Hour(0.2, 0.95, 4), we19=Hour(0.2, 0.8, 2), tu19=Hour(0.2, 0.5), sa12=Hour(0.1, 0.6)),
    zone="Europe/Berlin",
    best=((3, 19), (2, 19)),
    tries=((5, 12), (2, 19)),
)


def test_a_week_at_seventy_columns():
    assert plain(CLAIMED.cells(70)) == (
        "Gain over your usual hours, Europe/Berlin time\n"
        "    6        9        12       15       18       21          n\n"
        "Mon ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    ·\n"
        "Tue ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡪⡪ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    ·\n"
        "Wed ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⣿◉ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    2\n"
        "Thu ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ▇● ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    4\n"
        "Fri ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    ·\n"
        "Sat ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡢○ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    ·\n"
        "Sun ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀ ⡀⡀    ·\n"
        "n   ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·  6  ·  ·  ·  ·\n"
        "▁▁ usual or less ▇▇ +20%   ⡪⡪ a guess   ⣿⣿ likely, 3 in 4\n"
        "▇▇ sure, 9 in 10   ● best so far   ○ to try next   ◉ both"
    )


def cell_of(chart, spot, width, **how):
    column, line, wide, tall = chart.cells_of(spot, width, height=how.get("height"))
    lines = plain(chart.cells(width, **how)).split("\n")
    return [text.ljust(width)[column : column + wide] for text in lines[line : line + tall]]


@pytest.mark.parametrize("width", [40, 70, 120])
@pytest.mark.parametrize("plain_signs", [False, True])
def test_equal_gains_look_different_when_one_is_a_guess_and_one_is_sure(width, plain_signs):
    chart = HeatMap(week(th19=Hour(0.2, 0.95), we19=Hour(0.2, 0.8), tu19=Hour(0.2, 0.5)))
    shown = [tuple(cell_of(chart, (day, 19), width, ascii=plain_signs)) for day in (1, 2, 3)]
    assert len(set(shown)) == 3


@pytest.mark.parametrize("width", [40, 70, 120])
@pytest.mark.parametrize("plain_signs", [False, True])
def test_the_claimed_hour_has_a_sign_no_other_has(width, plain_signs):
    without = plain(CLAIMED.cells(width, ascii=plain_signs))
    claimed = HeatMap(
        CLAIMED.week, best=CLAIMED.best, tries=CLAIMED.tries, claim=(3, 19), zone=CLAIMED.zone
    )
    sign = "#" if plain_signs else "◆"
    assert sign not in without
    rows = plain(claimed.cells(width, ascii=plain_signs)).split("\n")
    assert [row[:3] for row in rows if sign in row][:1] == ["Thu"]
    assert any("better, for sure" in row for row in rows)


def test_each_step_of_certainty_has_its_own_height_signs():
    chart = HeatMap(
        week(mo10=Hour(0.0, 0.5), mo11=Hour(0.03, 0.5), mo12=Hour(0.06, 0.5), mo13=Hour(0.1, 0.5))
    )
    row = plain(chart.cells(70)).split("\n")[2]
    assert row[4 + 3 * 4 : 4 + 3 * 8] == "⡀⡀ ⡠⡠ ⡢⡢ ⡪⡪ "


def test_an_hour_below_usual_is_never_drawn_above_it():
    chart = HeatMap(week(gain=-0.5, sure=0.99))
    assert {chart.level(spot) for spot in chart.week} == {0}
    assert "▁▁" in plain(chart.cells(70)).split("\n")[2]


def test_hours_one_cannot_post_at_are_dots_and_said_to_be():
    can = frozenset((day, hour) for day in range(7) for hour in range(9, 24))
    chart = HeatMap(week(gain=0.1), open=can)
    assert cell_of(chart, (0, 8), 70) == ["· "]
    assert cell_of(chart, (0, 9), 70) == ["⡪⡪"]
    assert "you can't post then" in plain(chart.cells(70))


def test_a_gain_that_is_no_number_leaves_its_hour_blank():
    chart = HeatMap(week(mo12=Hour(float("nan"), 0.5), mo13=Hour(float("inf"), float("nan"))))
    assert cell_of(chart, (0, 12), 70) == ["  "]
    assert cell_of(chart, (0, 13), 70) == ["  "]


def test_a_day_has_two_lines_where_there_is_room():
    chart = HeatMap(week(th19=Hour(0.2, 0.95)))
    assert cell_of(chart, (3, 19), 70, height=24) == ["▇▇", "██"]


def test_without_an_hour_it_says_so():
    assert plain(HeatMap({}).cells(40)) == (
        "No post with a known hour yet, so there\n  is nothing to draw."
    )


def test_a_click_finds_the_hour_that_is_drawn_there():
    column, line, _, _ = CLAIMED.cells_of((3, 19), 70)
    assert CLAIMED.spot_at(column, line, 70) == (3, 19)
    assert CLAIMED.spot_at(0, 0, 70) is None
