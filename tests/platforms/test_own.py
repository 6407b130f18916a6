"""A project's own rules hold where they can be read, and are told of where they cannot."""

from __future__ import annotations

import json

import pytest

from studio.platforms.own import FILE, LIMIT, RuleBook, make_book, read_book
from studio.platforms.rules import rules
from studio.platforms.told import rules_json, rules_text
from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store

OWN = b"""
[tiktok.caption_max]
value = 4000
source = "what my phone takes"
as_of = 2026-11-20
grade = "general"

[instagram.banned_tags]
value = ["follow4follow"]
source = "me"
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


def test_what_the_project_says_is_laid_over_what_studio_brings():
    book = make_book(OWN)
    assert book.problem is None
    assert book.platforms()[-1] == "bluesky"
    assert book.rules(" TikTok ").caption_max == 4000
    assert book.rules("tiktok").why["caption_max"].as_of == "2026-11-20"
    assert book.rules("tiktok").fold == rules("tiktok").fold
    assert book.rules("bluesky").name == "Bluesky"
    assert book.own("tiktok") == {"caption_max"}
    assert book.own("bluesky") == {"caption_max"}
    assert book.own("threads") == frozenset()
    assert rules("tiktok").caption_max == 2200


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[tiktok\nx", "is not TOML.*line 1"),
        (OWN.replace(b"4000", b"-1"), r"\[tiktok.caption_max\] is below zero"),
        (OWN.replace(b"4000", b"5000"), r"caption_max\] is 5000, above \[tiktok.caption_block\]"),
        (OWN.replace(b'name = "Bluesky"\n', b""), "new platform without a name"),
        (OWN.replace(b"bluesky", b"BlueSky"), "cannot be a platform's key"),
        (OWN.replace(b"bluesky", b"comment"), "cannot be a platform's key"),
        (OWN.replace(b"caption_max", b"captoin"), "is no rule"),
        (b"x = [" * 3000, "is not TOML"),
        (b"#" * (LIMIT + 1), "has more than 256 KiB"),
        (
            OWN + b"[tiktok.video_fps]\nvalue=[nan, 1.0]\nsource='a'\nas_of='b'\ngrade='code'",
            "finite",
        ),
        (OWN + b"[tiktok.video_fps]\nvalue=[9, 1]\nsource='a'\nas_of='b'\ngrade='code'", "first"),
        (b"".join(b"[p%d]\nname='P'\n" % n for n in range(60)), "more than 50 platforms"),
    ],
)
def test_a_broken_file_changes_nothing_and_is_told_with_its_mend(data, told):
    import re

    book = make_book(data)
    assert book.problem is not None
    assert book.problem.where == FILE
    assert re.search(told, book.problem.what)
    assert book.problem.mend
    assert book.by_key == RuleBook().by_key


def test_a_project_without_the_file_has_the_rules_studio_brings(tmp_path):
    store = Store(tmp_path, History(tmp_path / "h"))
    assert read_book(store) == RuleBook()
    (tmp_path / FILE).write_bytes(OWN)
    assert read_book(store).own_file == FILE
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    assert read_book(store).problem is not None


def test_an_unknown_platform_names_the_known_ones_and_the_projects_own():
    with pytest.raises(Problem, match=r"myspace: is not a known platform.*pinterest, bluesky"):
        make_book(OWN).rules("myspace")


@pytest.mark.parametrize("platform", RuleBook().platforms())
def test_every_rule_is_printed_with_source_day_and_grade_within_70_columns(platform):
    text = rules_text(RuleBook(), [platform])
    assert max(map(len, text.splitlines())) <= 70
    squeezed = " ".join(text.split())
    found = rules(platform)
    assert found.why
    for name, why in found.why.items():
        assert name in text
        assert f"{why.grade}, {why.as_of}: {' '.join(why.source.split())}" in squeezed


def test_own_rules_are_marked_in_words_and_in_data():
    book = make_book(OWN)
    text = rules_text(book, ["tiktok"])
    assert "* caption_max" in text
    assert "  caption_block" in text
    assert text.endswith("* from the project's platforms.toml")
    assert "*" not in rules_text(RuleBook(), ["tiktok"])
    told = json.loads(json.dumps(rules_json(book, ["tiktok", "bluesky", "TikTok"])))
    assert [one["platform"] for one in told["platforms"]] == ["tiktok", "bluesky"]
    first = told["platforms"][0]["rules"][0]
    assert (first["rule"], first["value"], first["own"], first["shipped"]) == (
        *("caption_max", 4000),
        *(True, 2200),
    )
    assert "shipped" not in told["platforms"][0]["rules"][1]


def test_a_hostile_file_cannot_steer_the_terminal():
    data = OWN.replace(b"Bluesky", b"\\u001b[2J\\u202ex").replace(b"its page", b"\\u001b]52;c;x")
    book = make_book(data)
    assert book.problem is None
    assert not set(rules_text(book, ["bluesky"])) & set("\x1b\u202e\x07")
