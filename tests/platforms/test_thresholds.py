from __future__ import annotations

from datetime import date

import pytest

from studio.platforms.thresholds import parse, thresholds
from studio.problem import Problem

WHOLE = b"""
[[page]]
figure = "age"
unlocks = ["age"]
needs = 100
source = "somebody"
as_of = "2026-11-23"
grade = "secondary"
"""


@pytest.mark.parametrize("platform", ["instagram", "tiktok"])
def test_every_threshold_has_its_source_and_day(platform) -> None:
    found = thresholds(platform)
    assert found
    for one in found:
        assert one.needs == 100
        assert one.source
        assert date.fromisoformat(one.as_of) <= date(2026, 11, 23)
        assert one.unlocks


def test_of_a_platform_nobody_looked_up_nothing_is_said() -> None:
    assert thresholds("mastodon") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"needs = 100", b"needs = '100'"),
        (b"needs = 100", b"needs = true"),
        (b"needs = 100\n", b""),
        (b'["age"]', b'"age"'),
        (b'"secondary"', b'"rumour"'),
        (b'"somebody"', b'""'),
        (b"[[page]]", b"[page]"),
        (b"[[page]]", b"[[page]"),
    ],
)
def test_a_threshold_that_is_not_whole_is_refused_by_name(old, new) -> None:
    assert parse(WHOLE, "t.toml")[0].figure == "age"
    with pytest.raises(Problem, match=r"t\.toml"):
        parse(WHOLE.replace(old, new), "t.toml")
