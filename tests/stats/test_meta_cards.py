from __future__ import annotations

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("name", "metric", "first"),
    [("Views", "views", 459), ("Reach", "reach", 315), ("Follows", "follows", 2)],
)
def test_cards_give_120_days_of_their_figure(name, metric, first, reading):
    found = reading(f"meta/{name}.csv")
    assert len(found.days) == 120
    assert {one.metric for one in found.days} == {metric}
    assert (found.days[0].day, found.days[0].value) == (date(2026, 7, 19), first)
    assert found.exported == date(2026, 11, 15)


def test_card_figures_are_those_of_the_days(reading, daily):
    for one in reading("meta/Views.csv").days:
        assert one.value == int(daily[one.day.isoformat()]["ig_views_pacific_day"])
    for one in reading("meta/Follows.csv").days:
        assert one.value == int(daily[one.day.isoformat()]["ig_follows_pacific_day"])


def test_the_audience_gives_followers_and_their_parts(reading):
    found = reading("meta/Audience.csv")
    assert [(one.platform, one.count) for one in found.followers] == [("instagram", 817)]
    parts = {(one.table, one.name): one.share for one in found.shares}
    assert parts["women", "35-44"] == 0.196
    assert parts["men", "45-54"] == 0.13
    assert parts["city", "Kraków, Poland"] == 0.019
    assert parts["country", "United Kingdom"] == 0.584
    assert not found.notes


def test_the_cards_of_a_small_page_are_read(reading):
    found = reading("new_page/meta/Audience.csv")
    assert found.kind in {"Meta audience", "Meta card"}
    assert reading("new_page/meta/Reach.csv").days
