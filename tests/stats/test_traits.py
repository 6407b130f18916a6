"""What a post's own record tells: its format and how long the clip is."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from studio.stats.post import Post
from studio.stats.traits import length_band, traits


def post(form, seconds):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Post(
        "tiktok", "1", at, True, form, "", None, seconds,
        None, None, None, None, None, None, None, "x.csv", 2, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.5, "under 7 s"),
        (6.99, "under 7 s"),
        (7, "7–15 s"),
        (15, "7–15 s"),
        (15.1, "15–30 s"),
        (30, "15–30 s"),
        (60, "30–60 s"),
        (60.5, "over 60 s"),
        (3600, "over 60 s"),
        (None, None),
        (0, None),
        (-3, None),
        (math.nan, None),
        (math.inf, None),
    ],
)
def test_a_length_falls_into_the_band_it_is_named_by(seconds, expected):
    assert length_band(seconds) == expected


def test_what_is_not_told_of_a_post_is_absent():
    assert traits(post("reel", 12.0)) == {"format": "reel", "length": "7–15 s"}
    assert traits(post("image", None)) == {"format": "image"}
    assert traits(post(None, None)) == {}
