from __future__ import annotations

import random
from datetime import date

import pytest

from studio.stats.readers import read


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


def _card(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def test_an_audience_in_another_language_keeps_its_tables():
    text = (
        'sep=,\n"Seguidores"\n"Idade","Mulheres","Homens"\n"18-24","3.1%","2.7%"\n\n'
        '"Seguidores por cidade"\n"Principais cidades","Valor"\n"Lisboa","9%"\n\n'
        '"Seguidores por país"\n"Principais países","Valor"\n"Portugal","80%"\n'
    )
    found = read("Audience.csv", _card(text), today=date(2026, 11, 16))
    assert [(one.table, one.name) for one in found.shares] == [
        ("women", "18-24"),
        ("men", "18-24"),
        ("city", "Lisboa"),
        ("country", "Portugal"),
    ]
    assert not found.notes


def test_parts_of_an_audience_that_are_not_known_are_named_and_not_taken_for_countries():
    text = (
        'sep=,\n"Followers by mood"\n"Mood","Value"\n"happy","80%"\n\n'
        '"Followers by gender"\n"Age","Women","Men","Robots"\n"18-24","1%","2%","3%"\n'
    )
    found = read("Audience.csv", _card(text), today=date(2026, 11, 16))
    assert [one.table for one in found.shares] == ["women", "men"]
    assert [(note.kind, note.line) for note in found.notes] == [("odd", 2), ("odd", 6)]
    assert "Robots" in found.notes[1].text


def test_a_card_that_is_not_known_is_named():
    text = 'sep=,\n"Wobbles"\n"Date","Primary"\n"2026-03-08T00:00:00","412"\n'
    found = read("Wobbles.csv", _card(text), today=date(2026, 11, 16))
    assert [(note.kind, note.line) for note in found.notes] == [("odd", 2)]
    assert "Wobbles" in found.notes[0].text


@pytest.mark.parametrize("seed", range(12))
def test_a_card_that_is_cut_gives_no_wrong_figure(seed, exports, reading):
    dice = random.Random(seed)
    data = (exports / "meta/Views.csv").read_bytes()
    whole = {one.day: one.value for one in reading("meta/Views.csv").days}
    found = read("Views.csv", data[: dice.randrange(200, len(data))], today=date(2026, 11, 16))
    assert {one.day: one.value for one in found.days}.items() <= whole.items()
