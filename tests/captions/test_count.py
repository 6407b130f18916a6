"""What `studio count` answers."""

from __future__ import annotations

import json

import pytest

from studio.captions.count import count_json, count_text, exit_code
from studio.platforms.rules import platforms
from studio.problem import Problem

CAPTION = (
    b"\xef\xbb\xbfNobody warned us the best part was the wrapping paper.\r\n\r\n#80skid #xmas @mum"
)


def test_every_platform_is_counted_unless_one_is_named():
    assert [one["platform"] for one in count_json(b"a", None, "x.md")["platforms"]] == list(
        platforms()
    )
    assert [one["platform"] for one in count_json(b"a", "tiktok", "x.md")["platforms"]] == [
        "tiktok"
    ]
    several = count_json(b"a", ["tiktok", "instagram"], "x.md")
    assert [one["platform"] for one in several["platforms"]] == ["tiktok", "instagram"]


def test_a_platforms_own_version_is_counted_for_that_platform():
    found = count_json(b"a", None, "captions/xmas.tiktok.md")
    assert [one["platform"] for one in found["platforms"]] == ["tiktok"]


def test_the_figures_as_data():
    found = count_json(CAPTION, "instagram", "captions/xmas.md")
    assert json.loads(json.dumps(found)) == found
    assert found == {
        "file": "captions/xmas.md",
        "blocked": False,
        "platforms": [
            {
                "platform": "instagram",
                "name": "Instagram",
                "length": 74,
                "limit": 2200,
                "unit": "utf-16",
                "graphemes": 74,
                "lines": 3,
                "first_line": 54,
                "fold": 54,
                "shown": "Nobody warned us the best part was the wrapping paper.",
                "hashtags": [
                    {"text": "#80skid", "start": 56, "end": 63},
                    {"text": "#xmas", "start": 64, "end": 69},
                ],
                "hashtags_limit": 5,
                "mentions": [{"text": "@mum", "start": 70, "end": 74}],
                "mentions_limit": 20,
                "links": [],
                "findings": [],
                "blocked": False,
            }
        ],
    }


def test_a_finding_carries_its_source():
    found = count_json(b"#a #b #c #d #e #f", "instagram", "x.md")
    (finding,) = found["platforms"][0]["findings"]
    assert finding["level"] == "warn"
    assert finding["grade"] == "secondary"
    assert finding["as_of"] == "2025-12-18"
    assert "Social Media Today" in finding["source"]


@pytest.mark.parametrize(
    ("data", "platform", "code"),
    [
        (b"x" * 2200, "instagram", 0),
        (b"x" * 2201, "instagram", 1),
        (b"x" * 2201, "tiktok", 0),
        (b"x" * 501, None, 1),
        (b"x" * 501, ("instagram", "tiktok"), 0),
        (b"", None, 0),
    ],
)
def test_it_exits_with_one_when_a_platform_would_refuse(data, platform, code):
    assert exit_code(count_json(data, platform, "x.md")) == code


def test_the_words_for_a_human():
    text = CAPTION + b" #c #d #e #f"
    assert count_text(text, "instagram", "captions/xmas.md") == (
        "captions/xmas.md  86 characters, 3 lines\n"
        "\n"
        "Instagram  86/2200  #6/5  @1/20  0 links  first line 54\n"
        "  shown before “more”: Nobody warned us the best part was the wrapping paper.…\n"
        "  ! 6 hashtags; Instagram is said to take 5 [secondary, 2025-12-18]"
    )


HOSTILE = (
    "\x1b]52;c;aGk=\x07 [@click=app.quit]free[/] [/nope] \u202egnp.exe\u202c \x9b31m \x00 "
    "#a\x1b[2J @b\x07 https://x.com/\x1b[31m #c\u202e’d <\n\n\n\nend \ud83d"
).encode("utf-8", "replace")


@pytest.mark.parametrize("platform", [*platforms(), None])
def test_a_hostile_caption_is_counted_and_cannot_steer_the_terminal(platform):
    shown = count_text(HOSTILE, platform, "captions/\x1b[2J\u202ex\n.md")
    assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    data = json.dumps(count_json(HOSTILE, platform, "x"))
    assert "\x1b" not in data
    assert "\u202e" not in data


def test_markup_in_a_caption_is_shown_as_it_is():
    assert "more”: a [@click=app.quit]free[/] [/nope]…" in count_text(
        b"a [@click=app.quit]free[/] [/nope]\nb", "tiktok", "x.md"
    )


def test_a_file_that_is_not_utf8_is_told_with_its_place():
    with pytest.raises(Problem, match=r"captions/x.md: is not UTF-8: byte 4 is 0xe9. Save it"):
        count_json(b"caf\xe9", None, "captions/x.md")
    with pytest.raises(Problem, match="is UTF-16"):
        count_text("\ufeffa".encode("utf-16-le"), None, "x.md")


def test_an_unknown_platform_is_told():
    with pytest.raises(Problem, match="instagram, tiktok"):
        count_json(b"a", "myspace", "x.md")
