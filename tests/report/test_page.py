from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from studio.report.figures import chart_files
from studio.report.markdown import code, escaped, fenced
from studio.report.page import page
from studio.stats.table import Source
from tests.report.made import ZONE, answers, platform, post

HOSTILE = "<script>x</script> ](javascript:x) ![i](http://evil.com) | `c` ``` **b** [[w]] a@b.co"


def prose(text):
    """Return the lines outside fenced blocks."""
    return re.sub(r"^(`{3,})text\n.*?\n\1$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_the_page_has_the_three_answers_of_each_platform():
    heads = [line for line in page(answers(platform())).split("\n") if line.startswith("#")]
    assert heads == [
        "# Rewind '89: when, what, who",
        "## Instagram",
        "### When",
        "### What",
        "### Who",
        "## Sources",
    ]


def test_without_a_claim_it_says_so_first_and_how_many_more_posts_would_tell():
    text = page(answers(platform()))
    told = text.split("### When\n\n")[1].split("\n")[0]
    assert told.startswith("**Can't tell yet (30 posts)")
    assert "40 more posts" in told
    assert "claimed" not in text


def test_a_claim_is_told_with_its_gain_interval_and_n():
    text = page(answers(platform(sure=True)))
    assert "**Thu 19–20 does better than your usual hours: +25% (−5%…+75%), from 30 posts" in text
    assert "| Thu 19–20 **claimed** | +25% | −5% … +75% | 3 | +12% |" in text


def test_every_line_with_an_hour_has_its_zone_or_stands_under_it():
    text = page(answers(platform(sure=True)))
    zoned = False
    for line in prose(text).split("\n"):
        zoned = ZONE in line or (zoned and line.startswith("|"))
        if re.search(r"\b\d\d:\d\d\b|\b[A-Z][a-z]{2} \d\d–\d\d\b", line):
            assert zoned, line
    assert f"{ZONE} time" in text


def test_what_cannot_be_told_has_its_n_and_what_would_tell():
    assert "**Can't tell yet:** hook: question (n 6, 40 more would likely tell)." in page(
        answers(platform())
    )


def test_other_figures_that_tell_nothing_take_one_line():
    one = platform()
    assert "**Can't tell yet** what helps or hurts saves per reach (n 28)." in page(answers(one))
    telling = replace(one.what[1], effects=one.what[0].effects[:1])
    text = page(answers(replace(one, what=(one.what[0], telling))))
    assert "#### Saves per reach (n 28)" in text


def test_the_next_posts_to_try_have_their_reasons():
    text = page(answers(platform()))
    assert "| Thu 19 Nov, 19:00 | your best (n 3) |" in text
    assert "| Sat 21 Nov, 12:00 | test (n 0) |" in text


def test_declared_and_locked_figures_are_said_to_be():
    text = page(answers(platform()))
    assert "Declared by you, not measured: people who were children in 1989" in text
    assert "- age and gender of followers from 100 followers on (Instagram help, 2026)" in text


def test_sources_have_their_dates():
    assert "- `stats/exports/meta.csv`: content, Instagram, 30 posts, exported 15 Nov 2026" in page(
        answers(platform())
    )


def test_a_page_without_numbers_says_how_to_get_some():
    text = page(answers())
    assert "No numbers yet" in text
    assert "No exports." in text


def test_a_platform_with_nothing_to_tell_tells_that():
    one = platform()
    who = replace(
        one.who, followers=(), growth=None, declared="", tables=(), active={}, returning=None,
        brought=(), page_rate=None, locked=(),
    )  # fmt: skip
    summary = replace(one.summary, best=(), counted=0, usual=None, followers=None, first=None)
    bare = replace(one, when=None, tries=(), what=(), who=who, summary=summary)
    text = page(replace(answers(bare), posts=answers().posts))
    assert text.count("**Can't tell yet:**") == 3
    assert "None" not in text


def test_charts_in_files_are_those_that_are_written():
    given = answers(platform(sure=True))
    for kind in ("svg", "png"):
        text = page(given, charts="my report", kind=kind)
        named = [unquote(path) for path in re.findall(r"^!\[.+?\]\((\S+?)\)$", text, re.MULTILINE)]
        assert sorted(named) == sorted(
            f"my report/{name}" for name, _ in chart_files(given, kind=kind)
        )
        assert "```" not in text
    assert "](instagram-when.svg)" in page(given, charts="")


def hostile(text):
    one = platform()
    effect = replace(one.what[0].effects[0], feature=text, level=text)
    told = replace(one.what[0], effects=(effect,), told=(text,))
    who = replace(
        one.who,
        declared=text,
        tables=(replace(one.who.tables[0], name=text, rows=((text, 0.5),), source=text),),
        brought=(replace(one.who.brought[0], name=text),),
        active_zone=text,
        locked=(replace(one.who.locked[0], figure=text, why=text),),
    )
    best = post(1, 200, caption=text, format=text)
    made = replace(
        one,
        platform=text,
        what=(told,),
        who=who,
        summary=replace(one.summary, best=(best,), caveat=text),
    )
    given = answers(made, name=text)
    source = Source(text, text, text, 1, None)
    posts = replace(given.posts, posts=(replace(best, platform=text),), files=(source,))
    return replace(given, posts=posts, zone="UTC")


def parsed(text):
    """Return all tokens of Markdown as GitHub has it, addresses made links as eagerly as can be."""
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": True}).parse(text)
    return [each for token in tokens for each in (token, *(token.children or ()))]


@pytest.mark.parametrize("charts", [None, "files"])
@pytest.mark.parametrize(
    "text", [HOSTILE, "www.evil.com", "# x", "| a | b |", "---", "> q", "1) l", "``"]
)
def test_text_from_outside_makes_no_link_no_html_and_no_column(charts, text):
    made = parsed(page(hostile(text), charts=charts))
    usual = parsed(page(hostile("plain"), charts=charts))
    assert not [each for each in made if each.type in {"link_open", "html_inline", "html_block"}]
    assert all(str(each.attrs["src"]).startswith("files/") for each in made if each.type == "image")
    blocks = [
        [each.type for each in tokens if each.type.endswith(("_open", "fence")) and each.block]
        for tokens in (made, usual)
    ]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("text", ["user@evil.com", "http://evil.com/x", "evil.com"])
def test_the_eager_reader_would_have_made_a_link_of_it(text):
    assert any(each.type == "link_open" for each in parsed(text))
    assert not any(each.type == "link_open" for each in parsed(f"x {escaped(text)} y"))


def test_a_fence_outlasts_any_in_the_text():
    assert fenced("a\n````\nb") == ["`````text", "a", "````", "b", "`````"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain words, 1.2k (+12%) of New_York", "plain words, 1.2k (+12%) of New_York"),
        ("line\none\u202e", "line one‹202E›"),
        ("1. not a list", "1\\. not a list"),
        ("- nor this", "\\- nor this"),
        ("a_b _c_", "a_b \\_c\\_"),
        ("%%x%%", "\\%\\%x\\%\\%"),
        ("&lt;", "&amp;lt;"),
        ("", ""),
    ],
)
def test_markdown_is_escaped_where_it_would_mean_something(text, made):
    assert escaped(text) == made


def test_names_of_files_are_code_whatever_is_in_them():
    assert code("a`b``c.csv") == "```a`b``c.csv```"
    assert code("`x`") == "`` `x` ``"
    assert code("") == "–"
