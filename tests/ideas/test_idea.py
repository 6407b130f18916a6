from __future__ import annotations

import datetime as dt
import os

import pytest

from studio.ideas.idea import read_idea, when
from studio.project.version import Version

XMAS = """---
title: "Xmas morning '89"  # the big one
stage: making
rank: V
pillar: home
format: carousel
platforms: [instagram, tiktok]
tags:
  - "#80skid"
  - christmas
media: [media/a.jpg, "media/b [2].mp4"]
planned: 2026-11-26 19:30
source: claude
posted: [https://example.org/p/1]
created: 2026-11-01
mood: NO
---
Wrapping paper everywhere.

- no flat screens
"""


def read(text, path="ideas/xmas.md", zone="Europe/London"):
    data = text if isinstance(text, bytes) else text.encode()
    return read_idea(path, data, Version("v"), zone)


def test_every_property_of_a_card_is_read():
    idea = read(XMAS)
    assert idea.title == "Xmas morning '89"
    assert (idea.slug, idea.stage, idea.rank) == ("xmas", "making", "V")
    assert (idea.pillar, idea.format, idea.source) == ("home", "carousel", "claude")
    assert idea.platforms == ("instagram", "tiktok")
    assert idea.tags == ("80skid", "christmas")
    assert idea.media == ("media/a.jpg", "media/b [2].mp4")
    assert idea.posted == ("https://example.org/p/1",)
    assert (idea.planned, idea.created) == ("2026-11-26 19:30", "2026-11-01")
    assert idea.planned_at.isoformat() == "2026-11-26T19:30:00+00:00"
    assert idea.notes == "Wrapping paper everywhere.\n\n- no flat screens\n"
    assert idea.problem is None


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2026-07-01 19:30", "2026-07-01", "2026-07-01T19:30:00+01:00"),
        ("2026-07-01T19:30:59", "2026-07-01", "2026-07-01T19:30:00+01:00"),
        ("2026-07-01 7:05", "2026-07-01", "2026-07-01T07:05:00+01:00"),
        ("2026-07-01 23:30Z", "2026-07-02", "2026-07-02T00:30:00+01:00"),
        ("2026-11-26 19:30 +0900", "2026-11-26", "2026-11-26T10:30:00+00:00"),
        ("2026-11-26", "2026-11-26", None),
        ("2026-10-25 01:30", "2026-10-25", "2026-10-25T01:30:00+01:00"),  # occurs twice
        ("2026-03-29 01:30", "2026-03-29", "2026-03-29T02:30:00+01:00"),  # does not occur
        ("next Thursday", None, None),
        ("2026-13-45", None, None),
        ("2026-11-26 25:00", None, None),
        ("0001-01-01 00:00 +12:00", None, None),
        ("9999-12-31 23:59 -12:00", None, None),
        ("", None, None),
    ],
)
def test_a_plan_is_read_in_the_audiences_zone(text, day, at):
    got_day, got_at = when(text, "Europe/London")
    assert (got_day and got_day.isoformat()) == day
    assert (got_at and got_at.isoformat(timespec="minutes")) == (at and at[:16] + at[-6:])


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "a" * 500])
def test_an_unknown_zone_makes_no_time(zone):
    idea = read(XMAS, zone=zone)
    assert (idea.planned, idea.planned_at) == ("2026-11-26 19:30", None)


def test_a_plan_nobody_can_read_is_still_shown():
    idea = read("---\nplanned: after the fair\n---\n")
    assert (idea.planned, idea.planned_at, idea.planned_day) == ("after the fair", None, None)


def test_a_note_without_properties_is_an_idea_named_like_its_file():
    idea = read("just a thought\n", path="ideas/arcade-carpet.md")
    assert (idea.title, idea.notes, idea.problem) == ("arcade carpet", "just a thought\n", None)
    assert (idea.stage, idea.media, idea.planned) == ("", (), None)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\nno end",
        "---\n- a\n- b\n---\nx\n",
        "---\n" + "[" * 6000 + "\n---\n",
        "---\ntitle: {a: [b\n---\nx\n",
        b"---\ntitle: \xff\xfe\n---\nx\n",
        b"\x00\x01\x02",
        b"",
        b"\xff\xfe-\x00-\x00-\x00",
    ],
    ids=range(8),
)
def test_whatever_a_file_holds_it_is_a_card_with_a_name(text):
    idea = read(text)
    assert idea.title
    assert idea.slug == "xmas"


def test_properties_that_make_no_sense_are_told_and_shown_as_text():
    text = "---\ntitle: {a: [b\n---\nx\n"
    idea = read(text)
    assert idea.problem


def test_a_list_of_properties_without_an_end_is_text():
    idea = read("---\n- [\n  x: {\nno end")
    assert "no end" in idea.notes


@pytest.mark.parametrize(
    "name",
    [
        *("notes [WIP]", "[@click=app.quit]", "\x1b]0;x\x07", "e\u0301", "a" * 252),
        *(os.fsdecode(b"caf\xe9"), "a.b.c", "UPPER"),
    ],
    ids=ascii,
)
def test_hostile_file_names_are_names(name):
    idea = read("x", path=f"ideas/{name}.md")
    assert idea.slug == name
    assert idea.path == f"ideas/{name}.md"


def test_a_day_without_an_hour_has_no_midnight():
    idea = read("---\nplanned: 2026-11-26\n---\n")
    assert idea.planned_at is None
    assert idea.planned_day == dt.date(2026, 11, 26)
