from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from studio.charts import plain
from studio.report.figures import (
    bars_of,
    certainty,
    chart_files,
    figure_of,
    growth_of,
    heat_of,
    history_of,
    stems,
    strip_of,
)
from studio.stats.post import Snapshot
from studio.stats.when import Slot
from tests.report.made import ZONE, answers, platform, post


def test_the_week_marks_the_claim_the_best_and_the_tries():
    chart = heat_of(platform(sure=True))
    assert (chart.claim, chart.best[0], chart.zone) == ((3, 19), (3, 19), ZONE)
    assert chart.tries == ((3, 19), (5, 12))
    assert (chart.first, chart.last, chart.open) == (6, 23, None)
    assert chart.mark((3, 19)) == "◆"


def test_hours_one_cannot_post_at_are_not_open():
    chart = heat_of(platform(hours=range(9, 22)))
    assert chart.open is not None
    assert (0, 8) not in chart.open
    assert (0, 9) in chart.open


def test_without_an_answer_the_week_is_empty():
    assert heat_of(replace(platform(), when=None)).week == {}


def test_an_hour_is_sure_to_be_worse_only_when_its_interval_says_so():
    assert certainty(Slot(0, 9, -0.3, -0.5, -0.1)) > 0.9
    assert 0.5 < certainty(Slot(0, 9, -0.05, -0.4, 0.5)) < 0.75
    assert certainty(Slot(0, 9, 0.2, 0.1, 0.3, sure=0.97)) == 0.97
    assert certainty(Slot(0, 9, 0.0, -0.3, 0.43)) == pytest.approx(0.5)


def test_posts_stand_on_their_day_in_the_audiences_zone():
    one = platform()
    table = answers(one).posts
    late = post(0, 10, posted_at=datetime(2026, 10, 6, 2, tzinfo=UTC))
    chart = growth_of(one, replace(table, posts=(late,)))
    assert [each.day for each in chart.posts] == [date(2026, 10, 5)]


def test_effects_that_tell_are_kept_when_not_all_are_drawn():
    bars = bars_of(platform().what[0], most=2)
    assert [bar.label for bar in bars.rows] == ["reel", "image"]
    assert [bar.telling for bar in bars_of(platform().what[0]).rows] == [True, True, False]


def test_missing_figures_are_no_dots():
    posts = (post(0, 10), post(1, None), post(2, 40))
    assert strip_of(posts, "reach", posts[:1]).values == (40.0, 10.0)
    assert strip_of(posts, "reach", posts[:1]).chosen == (10.0,)
    assert strip_of((post(1, None),), "reach").values == ()


def test_what_counts_in_no_statistics_is_not_compared_with():
    posts = (post(0, 10), post(1, 20, private=True), post(2, 40, paid=True))
    assert strip_of(posts, "reach").values == (10,)


def test_a_rate_is_of_two_known_figures():
    assert figure_of(post(0, 200), "saves per reach") == pytest.approx(2.0)
    assert figure_of(post(0, 0), "saves per reach") is None
    assert figure_of(post(0, None), "saves per reach") is None
    assert figure_of(post(0, 200), "caption") is None


def test_one_posts_figures_begin_at_its_day():
    before = Snapshot(date(2026, 10, 5), "a", 1, 100, None, None, None, None, None, None)
    chart = history_of(post(0, 200, history=(before,)), "views", ZoneInfo(ZONE))
    assert [value for _, value in chart.known] == [100, 400]
    assert [each.day for each in chart.posts] == [date(2026, 10, 1)]
    assert "1 Oct" in plain(chart.cells(70))


def test_every_chart_of_the_page_is_a_file():
    for kind, begin in (("svg", b"<svg"), ("png", b"\x89PNG")):
        files = chart_files(answers(platform()), kind=kind)
        assert [name for name, _ in files] == [
            f"instagram-{name}.{kind}" for name in ("when", "what", "growth", "posts")
        ]
        assert all(data.startswith(begin) for _, data in files)
    with pytest.raises(ValueError, match="gif"):
        chart_files(answers(platform()), kind="gif")


def test_chart_files_have_safe_names_of_their_own():
    one = replace(platform(), platform="../../x y")
    assert stems(answers(one, one)) == ("x-y", "x-y-2")
