"""A caption file comes back byte for byte, and an edit changes only what was typed."""

from __future__ import annotations

import random

import pytest

from studio.captions.files import (
    Text,
    caption_path,
    decode,
    encode,
    read_path,
    split_path,
    versions_of,
)
from studio.problem import Problem

FILES = {
    "empty": b"",
    "one line": b"Nobody warned us",
    "final newline": b"Nobody warned us\n",
    "CRLF": b"a\r\nb\r\n",
    "CRLF, no final newline": b"a\r\nb",
    "CR": b"a\rb\r",
    "mixed": b"a\r\nb\nc\rd\r\n\n",
    "CR CR LF": b"a\r\r\nb",
    "byte order mark": b"\xef\xbb\xbfa\n",
    "only a byte order mark": b"\xef\xbb\xbf",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbfa",
    "byte order mark inside": b"a\xef\xbb\xbfb\r\n",
    "NUL": b"a\x00b\n",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\n".encode(),
    "trailing blanks": b"a  \n\tb \n \n\n",
    "emoji": "👩\u200d👩\u200d👧 🇬🇧 हिन्दी e\u0301\r\n#80skid".encode(),
    "escapes": b"\x1b]52;c;aGk=\x07 [@click=app.quit] [/]\n",
    "not UTF-8": b"caf\xe9\r\n\r",
    "cut in a character": "tea 🎄".encode()[:-1],
    "UTF-16": "\ufeffcaf\u00e9\n".encode("utf-16-le"),
    "UTF-16, big": "\ufeffcaf\u00e9\n".encode("utf-16-be"),
    "UTF-16, odd": b"\xff\xfea\x00b",
    "surrogates in UTF-8": b"\xed\xa0\xbd",
    "overlong": b"\xc0\xaf",
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_bytes_in_are_bytes_out(data):
    assert encode(decode(data)) == data


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_an_editor_sees_line_feeds_only(data):
    text = decode(data)
    assert "\r" not in text.text
    assert data == b"\xef\xbb\xbf" * 2 + b"a" or not text.text.startswith("\ufeff")
    text.text.encode()


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_setting_the_same_caption_changes_nothing(data):
    text = decode(data)
    if text.read_only:
        with pytest.raises(Problem):
            text.with_text(text.text)
    else:
        assert encode(text.with_text(text.text)) == data


def test_random_files_come_back():
    chance = random.Random(3)
    bits = [
        b"\r",
        b"\n",
        b"\r\n",
        b"a",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x8e\x84",
        b"\0",
    ]
    for _ in range(1000):
        data = b"".join(chance.choices(bits, k=chance.randrange(9)))
        text = decode(data)
        assert not text.read_only
        assert encode(text) == data
        assert len(text.endings) == text.text.count("\n")
        other = "".join(chance.choices(["\n", "a", "b", "🎄"], k=chance.randrange(9)))
        changed = text.with_text(other)
        assert changed.text == other
        assert decode(encode(changed)).text == other
        assert encode(changed).startswith(b"\xef\xbb\xbf") is text.bom


@pytest.mark.parametrize(
    ("before", "caption", "after"),
    [
        (b"a\r\nb\r\n", "a\nB\n", b"a\r\nB\r\n"),
        (b"a\r\nb\r\n", "a\nb\nc\n", b"a\r\nb\r\nc\r\n"),
        (b"a\r\nb\r\n", "", b""),
        (b"\xef\xbb\xbfa", "b", b"\xef\xbb\xbfb"),
        (b"a", "a\nb", b"a\nb"),
        # mixed: the lines that are not touched keep their own ends
        (b"a\r\nb\nc\r\n", "a\nB\nc\n", b"a\r\nB\nc\r\n"),
        (b"a\r\nb\nc\r\nd", "a\nc\nd", b"a\r\nc\r\nd"),
        (b"a\nb\r\nc", "x\na\nb\nc", b"x\na\nb\r\nc"),
        (b"a\nb\r\nc\r\nd", "x\na\nb\nc\nd", b"x\r\na\nb\r\nc\r\nd"),
        (b"a\r\nb\nc\n", "a\nb\nc\nd\n", b"a\r\nb\nc\nd\n"),
        (b"a\r\nb\nc\n", "c\n", b"c\n"),
        (b"a\r\nb\nc\n", "a\n", b"a\r\n"),
        (b"a\r\nb\nc\n", "a", b"a"),
        (b"a\r\na\na\n", "a\na\n", b"a\r\na\n"),
    ],
)
def test_an_edit_changes_only_its_lines(before, caption, after):
    assert encode(decode(before).with_text(caption)) == after


def test_what_is_pasted_from_windows_becomes_line_feeds():
    assert encode(decode(b"a\n").with_text("a\r\nb\rc\n")) == b"a\nb\nc\n"
    assert encode(decode(b"a\r\n").with_text("a\r\nb\n")) == b"a\r\nb\r\n"


@pytest.mark.parametrize(
    ("data", "why", "shown"),
    [
        (b"caf\xe9\r\n", "is not UTF-8: byte 4 is 0xe9", "caf\\xe9\n"),
        ("\ufeffcafé\r\n".encode("utf-16-le"), "is UTF-16, not UTF-8", "café\n"),
    ],
)
def test_a_file_in_another_encoding_is_shown_and_never_written(data, why, shown):
    text = decode(data)
    assert text.read_only
    assert (text.problem, text.text) == (why, shown)
    with pytest.raises(Problem, match="Save it as UTF-8"):
        text.with_text("mine")
    with pytest.raises(Problem, match="Save it as UTF-8"):
        _ = text.pasted


def test_what_is_pasted_has_no_byte_order_mark_and_no_carriage_returns():
    assert decode(b"\xef\xbb\xbfa\r\nb\n\n").pasted == b"a\nb\n\n"


def test_half_a_character_is_told_with_its_line():
    text = decode(b"a\nb").with_text("a\n\ud83d")
    with pytest.raises(Problem, match="line 2 of the caption: holds half a character"):
        encode(text)
    with pytest.raises(Problem, match="line 2"):
        _ = text.pasted


def test_a_new_caption_is_plain_utf8_with_line_feeds():
    assert encode(Text("").with_text("a\n🎄\n")) == "a\n🎄\n".encode()


def test_where_a_caption_lies():
    assert caption_path("xmas-89") == "captions/xmas-89.md"
    assert caption_path("xmas-89", "tiktok") == "captions/xmas-89.tiktok.md"
    assert split_path("captions/xmas-89.tiktok.md") == ("xmas-89", "tiktok")
    assert split_path("captions/xmas-89.md") == ("xmas-89", None)
    assert split_path("captions/vol.2.md") == ("vol.2", None)
    assert split_path(".tiktok.md") == (".tiktok", None)


@pytest.mark.parametrize("slug", ["", "../x", "a/b", "a\\b", ".hidden", "a\0b"])
def test_a_slug_cannot_lead_out_of_the_folder(slug):
    with pytest.raises(Problem):
        caption_path(slug)


def test_a_caption_for_an_unknown_platform_is_told():
    with pytest.raises(Problem, match="myspace"):
        caption_path("a", "myspace")


def test_which_versions_exist():
    names = [
        "captions/xmas.md",
        "captions/xmas.tiktok.md",
        "captions/xmas.studio-conflict-1.md",
        "captions/xmas.myspace.md",
        "captions/xmas-2.md",
        "captions/cafe\u0301.md",
        "captions/only.threads.md",
    ]
    assert versions_of(names, "xmas") == {
        None: "captions/xmas.md",
        "tiktok": "captions/xmas.tiktok.md",
    }
    assert list(versions_of(reversed(names), "xmas")) == [None, "tiktok"]
    assert versions_of(names, "café") == {None: "captions/cafe\u0301.md"}
    assert versions_of(names, "only") == {"threads": "captions/only.threads.md"}
    assert versions_of(names, "none") == {}


# first comments, and ideas with dots in their names


@pytest.mark.parametrize("platform", [None, "tiktok", "youtube"])
@pytest.mark.parametrize("part", ["caption", "comment"])
@pytest.mark.parametrize("slug", ["xmas", "vol.2", "comment", "tiktok", "a.b.c"])
def test_a_name_says_what_it_was_made_from(slug, platform, part):
    assert read_path(caption_path(slug, platform, part)) == (slug, platform, part)


def test_a_first_comment_lies_beside_its_caption():
    assert caption_path("xmas", None, "comment") == "captions/xmas.comment.md"
    assert caption_path("xmas", "tiktok", "comment") == "captions/xmas.tiktok.comment.md"
    names = ["captions/xmas.md", "captions/xmas.comment.md", "captions/xmas.tiktok.comment.md"]
    assert versions_of(names, "xmas") == {None: names[0]}
    assert versions_of(names, "xmas", "comment") == {None: names[1], "tiktok": names[2]}


@pytest.mark.parametrize(
    ("name", "ideas", "where"),
    [
        ("x.tiktok", {"x"}, ("x", "tiktok", "caption")),
        ("x.tiktok", {"x", "x.tiktok"}, ("x.tiktok", None, "caption")),
        ("x.comment", {"x", "x.comment"}, ("x.comment", None, "caption")),
        ("x.comment.comment", {"x.comment"}, ("x.comment", None, "comment")),
        ("x.tiktok.comment", {"x"}, ("x", "tiktok", "comment")),
        ("x.tiktok.comment", {"x", "x.tiktok"}, ("x.tiktok", None, "comment")),
        ("x.tiktok.comment", {"x.tiktok.comment"}, ("x.tiktok.comment", None, "caption")),
        ("x.comment.tiktok", {"x.comment"}, ("x.comment", "tiktok", "caption")),
        ("x.tiktok.tiktok", {"x.tiktok"}, ("x.tiktok", "tiktok", "caption")),
    ],
)
def test_the_idea_with_the_longest_name_has_the_file(name, ideas, where):
    assert read_path(f"captions/{name}.md", ideas=ideas) == where


def test_an_idea_of_that_name_takes_the_version_from_the_shorter_one():
    names = ["captions/x.md", "captions/x.tiktok.md", "captions/x.comment.md"]
    ideas = {"x", "x.tiktok", "x.comment"}
    assert versions_of(names, "x", ideas=ideas) == {None: names[0]}
    assert versions_of(names, "x", "comment", ideas=ideas) == {}
    assert versions_of(names, "x.tiktok", ideas=ideas) == {None: names[1]}


def test_a_projects_own_platform_has_versions_too():
    known = ("instagram", "bluesky")
    path = caption_path("x", "BlueSky", known=known)
    assert path == "captions/x.bluesky.md"
    assert split_path(path, known=known) == ("x", "bluesky")
    assert split_path(path) == ("x.bluesky", None)
