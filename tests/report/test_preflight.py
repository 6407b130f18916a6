"""What a post still lacks before it is handed off."""

from __future__ import annotations

import pytest

from studio.platforms.rules import rules
from studio.report.preflight import preflight


def lines(platform="instagram", **changed):
    asked = {"kinds": ("picture",) * 3, "alts": ("a", "b", "c"), "generated": (False,) * 3}
    asked |= {"label": None, "comment": None} | changed
    return {line.id: (line.state, line.words) for line in preflight(rules(platform), **asked)}


@pytest.mark.parametrize(
    ("generated", "label", "state"),
    [
        ((True, False, None), None, "missing"),
        ((True, False, None), False, "missing"),
        ((True, False, None), True, "ok"),
        ((False,) * 3, None, "ok"),
        ((None,) * 3, None, "unknown"),
        ((None,) * 3, False, "ok"),
        ((None,) * 3, True, "ok"),
    ],
)
def test_the_label_is_asked_for_where_an_item_says_ai(generated, label, state):
    assert lines(generated=generated, label=label)["ai"][0] == state


def test_pictures_without_a_text_are_counted_and_clips_are_not():
    assert lines(alts=("a", " ", None))["alt"] == ("missing", "Alt text for 1 of 3 pictures")
    assert lines()["alt"] == ("ok", "Alt text for 3 of 3 pictures")
    clip = lines(kinds=("clip", "picture", "music"), alts=(None, "a", None))
    assert clip["alt"] == ("ok", "Alt text for 1 of 1 picture")
    assert "alt" not in lines("tiktok")
    told = lines("pinterest", alts=("x" * 501, "b", "c"))["alt"]
    assert told == ("missing", "Alt text for 3 of 3 pictures; 1 longer than 500")


@pytest.mark.parametrize(
    ("platform", "count", "state"),
    [
        *(("instagram", 0, "missing"), ("instagram", 1, "ok"), ("instagram", 10, "ok")),
        *(("instagram", 20, "unknown"), ("instagram", 21, "missing")),
        *(("tiktok", 35, "ok"), ("tiktok", 36, "missing"), ("youtube", 2, "unknown")),
    ],
)
def test_the_number_of_items_against_a_carousel(platform, count, state):
    asked = {"kinds": ("picture",) * count, "alts": (None,) * count, "generated": (None,) * count}
    assert lines(platform, **asked)["media"][0] == state


def test_a_first_comment_is_told_and_not_demanded():
    assert lines(comment="#a")["comment"][0] == "ok"
    assert lines(comment="  ")["comment"][0] == "unknown"
