"""What the numbers pane and `studio count` say of a caption."""

from __future__ import annotations

import time

import pytest

from studio.captions.measure import Finding, measure
from studio.platforms.rules import platforms
from studio.problem import Problem

FAMILY = "👩\u200d👩\u200d👧"  # 5 code points, 8 UTF-16 units, 18 bytes


def told(text, platform, rule):
    return [finding for finding in measure(text, platform).findings if finding.rule == rule]


def test_a_caption_as_on_the_main_screen():
    text = "Nobody warned us the best part was the wrapping paper.\n\n#80skid #christmas"
    found = measure(text, "instagram")
    assert (found.length, found.limit, found.unit) == (74, 2200, "utf-16")
    assert [tag.text for tag in found.hashtags] == ["#80skid", "#christmas"]
    assert (found.first_line, found.lines, found.graphemes) == (54, 3, 74)
    assert found.shown == "Nobody warned us the best part was the wrapping paper."
    assert found.fold == 54
    assert found.findings == ()
    assert not found.blocked


def test_nothing_written_yet_is_nothing_wrong():
    for platform in platforms():
        found = measure("", platform)
        assert (found.length, found.lines, found.graphemes, found.first_line) == (0, 0, 0, 0)
        assert found.fold is None
        assert found.shown == ""
        assert found.findings == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a", 1), ("a\n", 1), ("a\nb", 2), ("\n", 1), ("a\n\n", 2), ("a\r\nb", 2), ("a\u2028b", 2)],
)
def test_lines(text, lines):
    assert measure(text, "instagram").lines == lines


@pytest.mark.parametrize(
    ("text", "first"), [("ab c \nd", 4), ("\n\n ab\nc", 2), (FAMILY + "\nx", 8), (" \n ", 0)]
)
def test_the_first_line_is_the_first_with_text(text, first):
    assert measure(text, "instagram").first_line == first


def test_a_reader_counts_a_family_as_one():
    found = measure(f"a{FAMILY}\r\n", "instagram")
    assert found.graphemes == 3
    assert found.length == 11


@pytest.mark.parametrize(
    ("platform", "text", "level", "rule"),
    [
        ("instagram", "x" * 2200, None, None),
        ("instagram", "x" * 2201, "block", "caption_block"),
        ("instagram", "x" * 2198 + "🎄", None, None),
        ("instagram", "x" * 2199 + "🎄", "block", "caption_block"),
        ("instagram", "é" * 2200, None, None),
        ("tiktok", "x" * 2200, None, None),
        ("tiktok", "x" * 2201, "warn", "caption_max"),
        ("tiktok", "x" * 4000, "warn", "caption_max"),
        ("tiktok", "x" * 4001, "block", "caption_block"),
        ("youtube", "é" * 2500, None, None),
        ("youtube", "é" * 2500 + "x", "block", "caption_block"),
        ("threads", "x" * 496 + "🎄", None, None),
        ("threads", "x" * 497 + "🎄", "block", "caption_block"),
        ("threads", "漢" * 500, None, None),
        ("facebook", "x" * 63207, "warn", "caption_max"),
        ("pinterest", "x" * 501, "warn", "caption_max"),
    ],
)
def test_the_length_at_its_limit_and_one_over(platform, text, level, rule):
    found = [(f.level, f.rule) for f in measure(text, platform).findings]
    assert found == ([(level, rule)] if level else [])
    assert measure(text, platform).blocked is (level == "block")


def test_what_is_too_long_is_marked_from_the_character_that_breaks_the_limit():
    text = "x" * 2195 + FAMILY + "end"
    (finding,) = told(text, "instagram", "caption_block")
    assert finding.text == "6 too long: 2206 of 2200 UTF-16 units"
    assert (finding.start, finding.end) == (2195, len(text))


@pytest.mark.parametrize(
    ("platform", "number", "level"),
    [
        ("instagram", 5, None),
        ("instagram", 6, "warn"),
        ("instagram", 30, "warn"),
        ("instagram", 31, "block"),
        ("tiktok", 5, None),
        ("tiktok", 6, "warn"),
        ("tiktok", 31, "warn"),
        ("threads", 1, None),
        ("threads", 2, "warn"),
        ("facebook", 40, None),
    ],
)
def test_the_number_of_hashtags_at_its_limit_and_one_over(platform, number, level):
    text = " ".join(f"#t{i}" for i in range(number))
    found = measure(text, platform)
    assert [finding.level for finding in found.findings] == ([level] if level else [])
    assert len(found.hashtags) == number


def test_the_hashtags_too_many_are_the_last_ones():
    text = "#a #b #c #d #e #f #g"
    (finding,) = told(text, "instagram", "hashtags_warn")
    assert finding == Finding(
        "warn", "7 hashtags; Instagram is said to take 5", "hashtags_warn", 15, 20
    )


def test_twenty_mentions_pass_and_twenty_one_do_not():
    names = [f"@m{i}" for i in range(21)]
    assert measure(" ".join(names[:20]), "instagram").findings == ()
    (finding,) = measure(" ".join(names), "instagram").findings
    assert (finding.level, finding.text) == (
        "block",
        "21 mentions; Instagram refuses more than 20",
    )
    assert measure(" ".join(names), "tiktok").findings == ()


def test_threads_takes_five_links():
    links = [f"https://x.com/{i}" for i in range(6)]
    assert measure(" ".join(links[:5]), "threads").findings == ()
    assert [f.level for f in measure(" ".join(links), "threads").findings] == ["block"]


def test_youtube_refuses_angle_brackets():
    assert told("I <3 tea", "youtube", "forbidden")[0].start == 2
    assert measure("I <3 tea", "youtube").blocked
    assert measure("I <3 tea", "instagram").findings == ()


def test_a_link_that_cannot_be_tapped_is_only_noted():
    (finding,) = measure("more at linktr.ee/rewind", "instagram").findings
    assert (finding.level, finding.rule, finding.start, finding.end) == (
        "note",
        "links_live",
        8,
        24,
    )
    assert measure("more at linktr.ee/rewind", "facebook").findings == ()


@pytest.mark.parametrize("text", ["#mum's", "#mum’s", "#mum-in-law"])
def test_a_hashtag_that_ends_too_early_is_noted(text):
    (finding,) = told(text, "instagram", "hashtag_form")
    assert finding.level == "note"
    assert finding.text.endswith(": #mum")
    assert told(text, "tiktok", "hashtag_form") == []


@pytest.mark.parametrize("text", ["#mum.", "#mum - dad", "(#mum)", "#mum’ dad", "'#mum'"])
def test_punctuation_after_a_hashtag_is_no_finding(text):
    assert measure(text, "instagram").findings == ()


def test_the_same_hashtag_twice_is_noted_once_for_the_second():
    (finding,) = told("#Tea #cake #tea", "instagram", "repeated")
    assert (finding.start, finding.end) == (11, 15)


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("a\x1b[31mb", "warn", "1 character that cannot be seen: U+001B"),
        ("a\u202eb\u202c", "warn", "2 characters that cannot be seen: U+202A, U+202E"),
        ("a\x00b", "warn", "1 character that cannot be seen: U+0000"),
        ("a\u200bb", "note", "1 character that cannot be seen: U+200B"),
        ("שלום\u200f!", "note", "1 character that cannot be seen: U+200F"),
        ("a\u2028b", "note", "1 character that cannot be seen: U+2028"),
    ],
)
def test_what_cannot_be_seen_is_named(text, level, words):
    text = text.replace("\u202c", "\u202a")
    (finding,) = measure(text, "instagram").findings
    assert (finding.level, finding.text, finding.rule) == (level, words, "hidden")
    assert finding.start == next(i for i, c in enumerate(text) if not c.isalpha())


@pytest.mark.parametrize("text", [FAMILY, "می\u200cخواهم", "a\tb\r\nc", "❤\ufe0f", "क्\u200dष"])
def test_joiners_tabs_and_line_ends_are_nothing_hidden(text):
    assert measure(text, "instagram").findings == ()


def test_the_worst_comes_first():
    text = "x" * 2201 + " #a #a #b #c #d #e https://x.com"
    levels = [finding.level for finding in measure(text, "instagram").findings]
    assert levels == ["block", "warn", "note", "note"]


def test_an_unknown_platform_is_told():
    with pytest.raises(Problem, match="instagram, tiktok"):
        measure("a", "myspace")


def test_a_long_caption_is_measured_within_a_key_press():
    line = f"Nobody warned us 🎄 the best part was mum's tea, {FAMILY} remember? #80skid @mum\n"
    text = (line * 40)[:2200]
    measure(text, "instagram")
    began = time.process_time()
    for _ in range(20):
        measure(text, "instagram")
    # 0.7 ms measured; the budget is 2 ms, doubled for a machine that is busy with other things.
    assert (time.process_time() - began) / 20 < 0.004
