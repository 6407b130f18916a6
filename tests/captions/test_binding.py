"""Which platform's limit comes first; banned tags; the project's own rules."""

from __future__ import annotations

from studio.captions.count import count_json, count_text
from studio.captions.measure import binding, measure
from studio.captions.tokens import tokens
from studio.platforms.own import RuleBook, make_book
from tests.platforms.test_own import OWN

BOOK = make_book(OWN)


def order(text, book=None):
    book = RuleBook() if book is None else book
    return [one.platform for one in binding(dict.fromkeys(book.platforms(), text), book)]


def test_the_platform_that_binds_first_is_told_first():
    found = binding(dict.fromkeys(RuleBook().platforms(), "x" * 300), RuleBook())
    assert [one.platform for one in found[:2]] == ["threads", "pinterest"]
    assert (found[0].used, found[0].limit, found[0].share, found[0].level) == (300, 500, 0.6, None)
    assert order("x" * 300, BOOK)[0] == "bluesky"


def test_a_broken_limit_comes_before_a_fuller_one_that_is_only_said_to_hold():
    text = "#a #b #c " + "x" * 480
    found = {one.platform: one for one in binding({"threads": text, "pinterest": text}, BOOK)}
    assert found["threads"].level == "warn"
    assert found["threads"].rule == "hashtags_warn"
    assert found["pinterest"].level is None
    blocked = binding({"threads": "x" * 501, "pinterest": "x" * 5000}, BOOK)
    assert [(one.platform, one.level) for one in blocked] == [
        *(("threads", "block"), ("pinterest", "warn"))
    ]


def test_each_platform_is_measured_by_the_text_it_would_get():
    found = binding({"threads": "short", "instagram": "x" * 2300, "nowhere": "x"}, RuleBook())
    assert [(one.platform, one.level) for one in found] == [
        *(("instagram", "block"), ("threads", None))
    ]


def test_an_empty_text_binds_nowhere():
    assert {one.share for one in binding({"threads": "", "facebook": ""}, RuleBook())} == {0.0}


def test_a_banned_tag_is_told_and_only_where_it_is_banned():
    text = "so #Follow4Follow and #follow4followback"
    (finding,) = [f for f in measure(text, BOOK.rules("instagram")).findings if f.level != "note"]
    assert (finding.rule, finding.level) == ("banned_tags", "warn")
    assert text[finding.start : finding.end] == "#Follow4Follow"
    assert not measure(text, BOOK.rules("tiktok")).findings
    assert not measure(text, "instagram").findings


def test_a_bare_domain_is_a_link_that_will_not_be_one():
    found = measure("all at example.com today", "instagram")
    assert [link.text for link in found.links] == ["example.com"]
    assert [finding.rule for finding in found.findings] == ["links_live"]
    assert not measure("all at example.com today", "threads").findings


def test_counting_by_the_projects_rules():
    assert count_json(b"x" * 301, "bluesky", "x.md", BOOK)["platforms"][0]["limit"] == 300
    found = count_json(b"x", None, "captions/a.bluesky.md", BOOK)
    assert [one["platform"] for one in found["platforms"]] == ["bluesky"]
    assert "Bluesky  1/300" in count_text(b"x", None, "x.md", BOOK)


def test_tokens_take_rules_as_well_as_a_key():
    assert tokens("#a", BOOK.rules("bluesky")) == tokens("#a", "instagram")
