"""Hashtags, mentions and links are the ones the platform will make."""

from __future__ import annotations

import random
import time

import pytest

from studio.captions.highlight import spans
from studio.captions.tokens import Token, tokens
from studio.platforms.rules import platforms
from studio.problem import Problem


def found(text, platform, kind):
    return [token.text for token in tokens(text, platform) if token.kind == kind]


@pytest.mark.parametrize(
    ("text", "instagram", "tiktok"),
    [
        ("#80skid", ["#80skid"], ["#80skid"]),
        ("#80skid#xmas", ["#80skid", "#xmas"], ["#80skid", "#xmas"]),
        ("#mum's #mum’s", ["#mum", "#mum"], ["#mum's", "#mum’s"]),
        ("#corner-shop", ["#corner"], ["#corner-shop"]),
        ("#snake_case", ["#snake_case"], ["#snake_case"]),
        ("#tea, #cake. (#jam)!", ["#tea", "#cake", "#jam"], ["#tea", "#cake", "#jam"]),
        ("#1989", ["#1989"], ["#1989"]),
        ("word#tag", ["#tag"], ["#tag"]),
        ("##tag", ["#tag"], ["#tag"]),
        ("# tag #", [], []),
        ("#! #- #…", [], []),
        ("no. #\n", [], []),
        ("&#tag", [], ["#tag"]),
        ("#café #cafe\u0301", ["#café", "#cafe\u0301"], ["#café", "#cafe\u0301"]),
        ("#हिन्दी में", ["#हिन्दी"], ["#हिन्दी"]),
        ("#昭和レトロ #한국", ["#昭和レトロ", "#한국"], ["#昭和レトロ", "#한국"]),
        ("#שלום #مرحبا", ["#שלום", "#مرحبا"], ["#שלום", "#مرحبا"]),
        ("#🎄", ["#🎄"], ["#🎄"]),
        ("#xmas🎄tree", ["#xmas🎄tree"], ["#xmas🎄tree"]),
        ("#❤\ufe0f now", ["#❤\ufe0f"], ["#❤\ufe0f"]),
        (
            "#👩\u200d👩\u200d👧 #👍🏽",
            ["#👩\u200d👩\u200d👧", "#👍🏽"],
            ["#👩\u200d👩\u200d👧", "#👍🏽"],
        ),
        ("#🇬🇧", ["#🇬🇧"], ["#🇬🇧"]),
        ("#\ufe0f\u20e3 1", [], []),
        ("#a\u3000#b\u00a0c", ["#a", "#b"], ["#a", "#b"]),
    ],
)
def test_hashtags(text, instagram, tiktok):
    assert found(text, "instagram", "hashtag") == instagram
    assert found(text, "tiktok", "hashtag") == tiktok


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@mum", ["@mum"]),
        ("with @rewind.eightynine.", ["@rewind.eightynine"]),
        ("(@a_b) @c, @d!", ["@a_b", "@c", "@d"]),
        ("wow...@dad", ["@dad"]),
        ("-@dad", ["@dad"]),
        ("mail me@example.com", []),
        ("mail first.last@example.com", []),
        ("@ home @. @", []),
        ("@@mum", ["@mum"]),
        ("@mum@dad", ["@mum"]),
        ("@mum's", ["@mum"]),
        ("@80s", ["@80s"]),
        ("@_", ["@_"]),
        ("#tag@mum", []),
        ("https://example.com/@mum", []),
    ],
)
@pytest.mark.parametrize("platform", ["instagram", "tiktok"])
def test_mentions_are_not_mail_addresses(text, mentions, platform):
    assert found(text, platform, "mention") == mentions


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.com/a?b=c&d.", ["https://example.com/a?b=c&d"]),
        ("(http://example.com)", ["http://example.com"]),
        ("HTTPS://EXAMPLE.COM", ["HTTPS://EXAMPLE.COM"]),
        ("www.example.com,", ["www.example.com"]),
        ("linktr.ee/rewind89", ["linktr.ee/rewind89"]),
        ("shop at paper-round.co.uk now", ["paper-round.co.uk"]),
        ("x.com", ["x.com"]),
        ("https:// www. http:", []),
        ("e.g. this. That tell.me 3.5 a.m.", []),
        ("end.Of a sentence.Come on", []),
        ("company.common x.company", []),
        ("me@example.com", []),
        ("@rewind.com", []),
        ("#https://example.com", []),
    ],
)
def test_links(text, links):
    assert found(text, "facebook", "link") == links


def test_a_fragment_is_a_hashtag_only_where_links_are_dead():
    text = "https://example.com/#top"
    assert found(text, "instagram", "hashtag") == ["#top"]
    assert found(text, "instagram", "link") == ["https://example.com/"]
    assert found(text, "facebook", "hashtag") == []
    assert found(text, "facebook", "link") == [text]


def test_places_count_code_points():
    text = "👩\u200d👩\u200d👧 #a\n@b x.com"
    assert tokens(text, "instagram") == (
        Token("hashtag", 6, 8, "#a"),
        Token("mention", 9, 11, "@b"),
        Token("link", 12, 17, "x.com"),
    )


def test_an_unknown_platform_is_told():
    with pytest.raises(Problem, match="myspace"):
        tokens("#a", "myspace")


BITS = [
    *"#@.&_-'’ \n/:,!",
    "a", "é", "e\u0301", "हि", "🎄", "👩\u200d👧", "\ufe0f", "\u20e3", "\u200d", "1989", "漢",
    "https://", "www.", ".com", "x.com", "me@x.com", "#80s", "@mum", "\u2028", "\x1b[31m", "[/]",
]  # fmt: skip


def test_tokens_never_overlap_and_are_pieces_of_the_text():
    chance = random.Random(89)
    for _ in range(2000):
        text = "".join(chance.choices(BITS, k=chance.randrange(1, 14)))
        for platform in platforms():
            last = 0
            for token in tokens(text, platform):
                assert token.start >= last, (text, platform)
                assert text[token.start : token.end] == token.text
                assert token.end > token.start
                last = token.end


def test_a_line_alone_has_the_colours_it_has_in_the_caption():
    chance = random.Random(90)
    for _ in range(500):
        text = "".join(chance.choices(BITS, k=30))
        for platform in ("instagram", "tiktok", "facebook"):
            whole = [(t.start, t.end, t.kind) for t in tokens(text, platform)]
            start = 0
            pieces = []
            for line in text.split("\n"):
                pieces += [(start + a, start + b, kind) for a, b, kind in spans(line, platform)]
                start += len(line) + 1
            assert pieces == whole, (text, platform)


@pytest.mark.parametrize(
    "text",
    [
        "#" * 50_000,
        "#a" + "!" * 50_000,
        "a." * 25_000,
        "a" * 50_000 + ".",
        "https://" + "." * 50_000,
        "@" + "." * 50_000,
        ("@." * 25_000),
        "#a" + "\u0301" * 50_000,
        "#" + "👩\u200d" * 25_000,
        "x.co" * 12_500,
        "www." * 12_500,
    ],
)
def test_text_made_to_be_slow_is_not(text):
    # Linear takes milliseconds; a quadratic pass over 50,000 takes minutes.
    began = time.process_time()
    for platform in ("instagram", "tiktok"):
        tokens(text, platform)
    assert time.process_time() - began < 2
