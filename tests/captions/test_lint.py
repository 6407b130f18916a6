"""The lint: what it flags, what it leaves alone, what it learns, and how long it takes."""

from __future__ import annotations

import importlib.util
import re
import time
from dataclasses import fields
from pathlib import Path

import pytest

from studio.captions.lint import Tell, lint, normal
from studio.captions.tells import GROUPS, folded, tells

_BENCH = Path(__file__).parents[1] / "bench" / "tells.py"
_SPEC = importlib.util.spec_from_file_location("bench_tells", _BENCH)
assert _SPEC
assert _SPEC.loader
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)

MACHINE = """Some places stay with you. 🌊

It's not about the view. It's about who you become on the way up.

Here's to slow mornings, quiet moments, and the magic of starting over. Tag a friend! ✨"""

PLAIN = "Fixed the shed door today. Took me three tries and most of a Saturday, but it shuts now."

EXAMPLES = {
    "opener-cliche": "Picture this",
    "copula": "It stands as a reminder of the war",
    "em-dashes": "One thing — no, two — no, three",
    "markdown": "## Title\n**Bold** words",
    "from-to": "From the kitchen to the garden we ran",
}


@pytest.mark.parametrize(
    ("which", "least_machine", "most_human"),
    [("tuned", 79, 0), ("seen since", 78, 2.1), ("unseen", 33, 6)],
)
def test_the_share_of_captions_flagged_stays_what_was_measured(
    which: str, least_machine: float, most_human: float
) -> None:
    machine, machines = bench.flagged("machine", which)
    human, humans = bench.flagged("human", which)
    assert machines + humans >= 190
    assert 100 * machine / machines >= least_machine
    assert 100 * human / humans <= most_human


def test_a_generated_caption_is_flagged_with_places_reasons_and_sources() -> None:
    found = lint(MACHINE)
    assert found.flagged
    assert found.score >= tells().scale.flag
    shown = {tell.rule: MACHINE[tell.start : tell.end] for tell in found.spans}
    assert shown["not-x-but-y"] == "It's not about the view. It's"
    assert shown["heres-to"] == "Here's to"
    assert all(tell.reason and "20" in tell.source for tell in found.spans)


def test_a_plain_caption_has_nothing_to_show() -> None:
    assert lint(PLAIN).spans == ()
    assert lint(PLAIN).score == 0
    assert not lint("").flagged


@pytest.mark.parametrize(
    "text",
    [
        "“It’s done,” she said, and ‘that’ was that.",
        "We got home — finally.",
        "However, it rained.",
        "Truly.",
        "delve",
        "A pivotal week.",
        "What a day! 🎉🔥✨ Best party ever! 👇",
    ],
)
def test_curly_quotes_a_dash_a_word_or_emoji_do_not_flag(text: str) -> None:
    assert not lint(text).flagged


def test_curly_apostrophes_find_the_same_as_straight_ones() -> None:
    curly = MACHINE.replace("'", "’")
    assert [(one.rule, one.start) for one in lint(curly).spans] == [
        (one.rule, one.start) for one in lint(MACHINE).spans
    ]


def test_one_habit_alone_does_not_flag_however_often_it_comes() -> None:
    text = "I bought eggs, milk, and flour. We had ham, rice, and peas for dinner on the day after."
    found = lint(text)
    assert {tell.rule for tell in found.spans} == {"triad"}
    assert not found.flagged


def test_places_are_code_points_even_where_lower_case_is_longer() -> None:
    text = "İİİ 👩‍👩‍👧 Truly nestled."
    shown = [text[tell.start : tell.end] for tell in lint(text).spans]
    assert shown == ["Truly", "nestled"]
    assert len(folded(text)) == len(text)


def test_every_rule_can_speak() -> None:
    texts = [text for which in bench.SETS[:2] for text in bench.corpus("machine", which)]
    spoken = {tell.rule for text in texts for tell in lint(text).spans}
    for rule, text in EXAMPLES.items():
        assert rule in {tell.rule for tell in lint(text).spans}, rule
    assert set(tells().order) == spoken | set(EXAMPLES)


def test_rules_are_about_forty_in_five_groups_each_with_a_reason_and_a_dated_source() -> None:
    rules = tells().rules.values()
    assert 35 <= len(rules) <= 50
    assert {rule.group for rule in rules} == set(GROUPS)
    for rule in rules:
        assert re.search(r", 20\d\d-\d\d(-\d\d)?$", rule.source), rule.id
        assert bool(rule.measure) != bool(rule.phrases or rule.forms or rule.patterns), rule.id


def test_it_never_has_words_to_put_in_place_of_others() -> None:
    assert {field.name for field in fields(Tell)} == {
        "rule",
        "group",
        "start",
        "end",
        "reason",
        "source",
    }
    for rule in tells().rules.values():
        told = rule.reason.lower()
        assert not any(word in told for word in ("instead", "replace", "try ", "rewrite", "use "))


# what is normal for one human


def test_a_habit_of_the_human_is_left_alone() -> None:
    past = [f"Here's to number {number}, friends." for number in range(10)]
    learnt = normal(past)
    assert learnt.captions == 10
    assert learnt.share["heres-to"] == 1
    assert learnt.weight["heres-to"] == 0
    plain, own = lint(MACHINE), lint(MACHINE, normal=learnt)
    assert "heres-to" in {tell.rule for tell in plain.spans}
    assert "heres-to" not in {tell.rule for tell in own.spans}
    assert own.score < plain.score


def test_a_habit_that_comes_now_and_then_weighs_less() -> None:
    past = [PLAIN] * 18 + ["Here's to us.", "Here's to them."]
    weight = normal(past).weight["heres-to"]
    assert 0 < weight < 1
    assert lint(MACHINE).score > lint(MACHINE, normal=normal(past)).score
    assert "heres-to" in {tell.rule for tell in lint(MACHINE, normal=normal(past)).spans}


def test_too_few_captions_and_one_slip_teach_nothing() -> None:
    assert normal(["Here's to us."] * 4).weight == {}
    assert normal(["Here's to us.", *[PLAIN] * 9]).weight == {}
    assert normal([]).captions == 0
    assert normal(["", " \n"]).captions == 0


# time

HOSTILE = [
    "a",
    "isn't ",
    "isn't a ",
    "no a, ",
    "not ",
    ", a a a a",
    "**",
    "a, b c d e f",
    "👇",
    "? ",
    ".\n\n",
    "sometimes ",
    "\n",
    "there's ",
    "i used to ",
    "tag your aa aa ",
    "— ",
    "from the ",
    "1. a\n",
    "✨\ufe0f\u200d",
    " ",
    "#",
    "'",
    "-",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_no_longer_than_its_length_allows(piece: str) -> None:
    def took(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            lint(text)
            best = min(best, time.process_time() - start)
        return best

    took(100)
    assert took(40_000) < 8 * took(10_000) + 0.02


def test_a_keystroke_can_afford_it() -> None:
    assert bench.cost(2_200) < 3  # 0.7 on the machine of tells.txt; the goal is 1.5
    assert bench.cost(10_000) < 8  # 3.0 there; the goal is 4
