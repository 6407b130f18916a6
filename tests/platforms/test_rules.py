"""The rules are the ones the sources give; a broken rules file says what is wrong with it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from studio.platforms import rules as module
from studio.platforms.rules import Rule, Rules, parse, platforms, rules
from studio.problem import Problem


def test_the_platforms_a_caption_can_be_for():
    assert platforms() == ("instagram", "tiktok", "youtube", "threads", "facebook", "pinterest")


@pytest.mark.parametrize(
    ("platform", "field", "value"),
    [
        ("instagram", "caption_max", 2200),
        ("instagram", "caption_block", 2200),
        ("instagram", "hashtags_warn", 5),
        ("instagram", "hashtags_block", 30),
        ("instagram", "mentions_max", 20),
        ("instagram", "fold", 125),
        ("instagram", "alt_text_max", 1000),
        ("instagram", "image_formats", ("jpeg",)),
        ("instagram", "image_aspect", (0.8, 1.91)),
        ("instagram", "image_formats_app", ("png",)),
        ("instagram", "video_width_max", 1920),
        ("tiktok", "image_short_side_max", 1080),
        ("tiktok", "video_side", (360, 4096)),
        ("youtube", "video_aspect", (0.0, 1.0)),
        ("threads", "video_seconds", (0.0, 300.0)),
        ("facebook", "video_aspect", (0.5625, 0.5625)),
        ("instagram", "carousel", (2, 10)),
        ("instagram", "carousel_app_max", 20),
        ("tiktok", "caption_max", 2200),
        ("tiktok", "caption_block", 4000),
        ("tiktok", "hashtags_warn", 5),
        ("tiktok", "hashtags_block", None),
        ("tiktok", "mentions_max", None),
        ("tiktok", "fold", 55),
        ("tiktok", "image_formats", ("jpeg", "webp")),
        ("youtube", "caption_max", 5000),
        ("youtube", "unit", "utf-8"),
        ("youtube", "title_max", 100),
        ("threads", "caption_max", 500),
        ("threads", "unit", "utf-16, emoji in utf-8"),
        ("facebook", "caption_max", 63206),
        ("facebook", "caption_block", None),
        ("pinterest", "caption_max", 500),
        ("pinterest", "alt_text_max", 500),
    ],
)
def test_the_figure_that_the_source_gives(platform, field, value):
    assert getattr(rules(platform), field) == value


def test_every_figure_has_its_source_day_and_grade():
    for key in platforms():
        found = rules(key)
        default = Rules(key=key, name="")
        for field in fields(Rules):
            if field.name in {"key", "name", "why"}:
                continue
            if getattr(found, field.name) != getattr(default, field.name):
                why = found.why[field.name]
                assert isinstance(why, Rule)
                assert why.source
                assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", why.as_of), (key, field.name)


def test_what_nobody_official_says_never_blocks():
    for key in platforms():
        found = rules(key)
        for name in ("caption_block", "hashtags_block", "mentions_max", "links_max", "forbidden"):
            if getattr(found, name):
                assert found.why[name].grade == "official", (key, name)


def test_a_warning_comes_before_its_block():
    for key in platforms():
        found = rules(key)
        if found.caption_block is not None:
            assert found.caption_max is not None
            assert found.caption_max <= found.caption_block
        if found.hashtags_block is not None and found.hashtags_warn is not None:
            assert found.hashtags_warn <= found.hashtags_block


def test_a_platform_is_found_however_it_is_capitalised():
    assert rules(" TikTok ") is rules("tiktok")


def test_an_unknown_platform_names_the_known_ones():
    with pytest.raises(Problem, match=r"myspace: is not a known platform.*instagram, tiktok"):
        rules("myspace")


def test_an_unknown_platform_cannot_steer_the_terminal():
    with pytest.raises(Problem) as caught:
        rules("\x1b]52;c;aGk=\x07")
    assert "\x1b" not in str(caught.value)


OWN = b"""\xef\xbb\xbf
[tiktok.caption_max]
value = 4000
source = "my phone"
as_of = "2026-11-20"
grade = "general"

[bluesky]
name = "Bluesky"

[bluesky.caption_max]
value = 300
source = "its page"
as_of = "2026-11-20"
grade = "official"
"""


def test_a_persons_own_file_changes_one_rule_and_keeps_the_rest():
    base = {key: rules(key) for key in platforms()}
    made = parse(OWN, "rules.toml", base)
    assert made["tiktok"].caption_max == 4000
    assert made["tiktok"].why["caption_max"].source == "my phone"
    assert made["tiktok"].fold == 55
    assert made["tiktok"].name == "TikTok"
    assert made["instagram"] == base["instagram"]
    assert made["bluesky"].caption_max == 300
    assert made["bluesky"].hashtags_warn is None
    assert rules("tiktok").caption_max == 2200


GOOD = {"value": "5", "source": '"x"', "as_of": '"2026-01-01"', "grade": '"general"'}


def _file(rule="caption_max", **changed):
    lines = [f"{k} = {v}" for k, v in {**GOOD, **changed}.items() if v is not None]
    return "\n".join([f"[tiktok.{rule}]", *lines]).encode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[tiktok", "own.toml: is not TOML"),
        (b"\xff", "is not TOML"),
        (b"a = " + b"[" * 5000, "is not TOML"),
        (b"tiktok = 3", "tiktok is not a table"),
        (b"[tiktok]\ncaption_max = 3", r"\[tiktok.caption_max\] has no value"),
        (_file(rule="captoin_max"), r"\[tiktok.captoin_max\] is no rule.*caption_max"),
        (_file(value=None), "has no value"),
        (_file(source=None), "has no source"),
        (_file(as_of=None), "has no as_of"),
        (_file(grade='"sure"'), "no such grade"),
        (_file(value='"many"'), "wrong kind"),
        (_file(value="true"), "wrong kind"),
        (_file(value="5.5"), "wrong kind"),
        (_file(value="[1, 2]"), "wrong kind"),
        (_file(value="-1"), "below zero"),
        (_file(rule="unit", value='"letters"'), "no such value.*utf-16"),
        (_file(rule="carousel", value="[1, 2, 3]"), "wrong kind"),
        (_file(rule="carousel", value="2"), "wrong kind"),
        (_file(rule="image_formats", value="[1]"), "wrong kind"),
        (_file(note='"x"'), "has a note"),
    ],
)
def test_a_broken_rules_file_names_the_rule_and_the_mend(data, told):
    with pytest.raises(Problem, match=told) as caught:
        parse(data, "own.toml")
    assert caught.value.where == "own.toml"
    assert caught.value.mend


def test_the_rules_file_lies_where_the_package_takes_it_along():
    path = Path(module.__file__).with_name("rules.toml")
    assert set(tomllib.loads(path.read_text("utf-8"))) == set(platforms())


def test_importing_the_rules_reads_nothing_yet():
    program = (
        "import sys; from studio.platforms import rules; "
        "assert 'tomllib' not in sys.modules; assert rules.rules('tiktok').fold == 55"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
