"""Notes of Obsidian: one property changed is one line changed, and nothing is lost."""

from __future__ import annotations

import contextlib
import difflib
import time

import pytest

from studio.problem import Problem
from studio.project.properties import LIMIT, Document

NASTY = """\
---
# made by hand, do not sort
title: "Xmas morning '89 🎄"   # the big one
stage:   making
aliases: ['It''s Christmas', "a \\"b\\"", plain one]
country: NO
version: 1.10
planned: 2026-11-26 19:30
time: 19:30
octal: 0123
link: "[[Corner shop]]"
url: https://example.org/a#b
empty:
tags:
  # the main ones
  - 80s kid
  - "x: y"   # quoted
# between

  - christmas
platforms: [instagram,  tiktok] # both
ключ: значение
about: |
  Two lines,
  # not a comment
nested:
  a: 1
  b: [2, 3]
folded: runs on
  to the next line
last: ~
---
# Notes

| a | b |
|---|---|
title: not a property
---
end without newline"""


def changed(old: bytes, new: bytes) -> list[str]:
    lines = difflib.ndiff(
        old.decode("latin-1").splitlines(keepends=True),
        new.decode("latin-1").splitlines(keepends=True),
    )
    return [line for line in lines if line[0] in "+-"]


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def end(request):
    return request.param


@pytest.fixture(params=[b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def nasty(request, end):
    return request.param + NASTY.replace("\n", end).encode()


class TestReading:
    def test_every_value_is_what_was_typed(self, nasty, end):
        document = Document.parse(nasty)
        assert document.problem is None
        assert document.get("title") == "Xmas morning '89 🎄"
        assert document.get("stage") == "making"
        assert document.get_list("aliases") == ("It's Christmas", 'a "b"', "plain one")
        assert document.get("country") == "NO"
        assert document.get("version") == "1.10"
        assert document.get("planned") == "2026-11-26 19:30"
        assert document.get("octal") == "0123"
        assert document.get("link") == "[[Corner shop]]"
        assert document.get("url") == "https://example.org/a#b"
        assert document.get("empty") == ""
        assert document.get_list("empty") == ()
        assert document.get_list("tags") == ("80s kid", "x: y", "christmas")
        assert document.get_list("platforms") == ("instagram", "tiktok")
        assert document.get("ключ") == "значение"
        assert document.get("about") == "Two lines,\n# not a comment\n"
        assert document.get("nested") is None
        assert document.keys()[-4:] == ("about", "nested", "folded", "last")
        assert document.get("folded") == "runs on to the next line"
        assert document.get("absent") is None
        assert document.get_list("stage") == ("making",)
        assert document.body.startswith(f"# Notes{end}")
        assert document.body.endswith("end without newline")
        assert document.data == nasty

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"---",
            b"---\n",
            b"no properties\n---\n",
            b"\xff\xfe-\0",
            b"\n---\na: b\n---\n",
            b"----\n",
        ],
    )
    def test_a_note_without_properties_is_all_text(self, data):
        document = Document.parse(data)
        assert document.keys() == ()
        assert document.data == data
        assert document.body.encode("utf-8", "surrogateescape") == data

    def test_bytes_that_are_no_text_come_out_as_they_went_in(self):
        data = b"---\ntitle: x\n---\ncaf\xe9 \0 \xff"
        document = Document.parse(data)
        assert document.data == data
        assert document.with_value("title", "z").data == data.replace(b"title: x", b"title: z")


class TestOneLine:
    @pytest.mark.parametrize(
        ("key", "value", "line"),
        [
            ("title", "Neu: 'a' \"b\"", """title: "Neu: 'a' \\"b\\""   # the big one"""),
            ("stage", "ready", "stage:   ready"),
            ("stage", "", "stage:"),
            (
                "aliases",
                ["plain one", "new, one", "It's Christmas"],
                "aliases: [plain one, \"new, one\", 'It''s Christmas']",
            ),
            ("country", "SE", "country: SE"),
            ("country", "no", 'country: "no"'),
            ("planned", "2026-12-01 07:00", "planned: 2026-12-01 07:00"),
            ("empty", "now", "empty: now"),
            ("empty", "a\nb\tc\u2028d\x07", 'empty: "a\\nb\\tc\\u2028d\\x07"'),
            ("platforms", ["tiktok"], "platforms: [tiktok] # both"),
            ("platforms", [], "platforms: [] # both"),
            ("platforms", "instagram", "platforms: instagram # both"),
            ("url", "- not a list", 'url: "- not a list"'),
            ("url", "ends with:", 'url: "ends with:"'),
            ("url", "#tag", 'url: "#tag"'),
            ("stage", "x #y", 'stage:   "x #y"'),
            ("last", "C:\\dir", "last: C:\\dir"),
        ],
    )
    def test_changing_a_property_changes_its_line_only(self, nasty, key, value, line, end):
        made = Document.parse(nasty).with_value(key, value)
        diff = changed(nasty, made.data)
        assert len(diff) == 2, diff
        assert diff[1] == "+ " + (line + end).encode().decode("latin-1")
        assert (
            (made.get(key) == value)
            if isinstance(value, str)
            else (made.get_list(key) == tuple(value))
        )

    def test_the_same_value_changes_nothing(self, nasty):
        document = Document.parse(nasty)
        keys = document.keys()
        for key in keys:
            if document.get(key) is not None:
                assert document.with_value(key, document.get(key)).data == nasty
        assert document.with_value("tags", ["80s kid", "x: y", "christmas"]).data == nasty

    def test_a_new_property_is_a_line_before_the_end(self, nasty, end):
        made = Document.parse(nasty).with_value("rank", "1.5")
        assert changed(nasty, made.data) == [f"+ rank: 1.5{end}"]
        assert made.keys()[-1] == "rank"

    def test_a_property_taken_out_takes_its_lines_and_no_other(self, nasty, end):
        document = Document.parse(nasty)
        assert len(changed(nasty, document.with_value("stage", None).data)) == 1
        assert len(changed(nasty, document.with_value("about", None).data)) == 3
        assert document.with_value("absent", None).data == nasty

    def test_a_block_list_keeps_its_comments_and_dashes(self, nasty, end):
        made = Document.parse(nasty).with_value("tags", ["80s kid", "christmas", "new: one"])
        assert changed(nasty, made.data) == [
            f'- {"  "}- "x: y"   # quoted{end}',
            f'+ {"  "}- "new: one"{end}',
        ]
        assert "# between" in made.with_value("tags", ["other"]).data.decode()
        assert made.with_value("tags", []).get_list("tags") == ()

    def test_what_is_nested_is_left_alone(self, nasty):
        for key in ("nested", "about", "folded"):
            with pytest.raises(Problem, match="cannot be changed"):
                Document.parse(nasty).with_value(key, "x")

    def test_a_note_without_properties_gets_them(self, end):
        data = f"# Title{end}text".encode()
        made = Document.parse(b"\xef\xbb\xbf" + data).with_value("stage", "idea")
        assert made.data == b"\xef\xbb\xbf" + f"---{end}stage: idea{end}---{end}".encode() + data
        assert Document.parse(b"").with_value("a", ["b"]).data == b"---\na: [b]\n---\n"

    def test_odd_names_are_quoted(self):
        made = Document.parse(b"").with_value("a: b", "1").with_value("a: b", "2")
        assert made.data == b'---\n"a: b": 2\n---\n'

    @pytest.mark.parametrize(
        "value",
        [
            *(
                "",
                " ",
                " x",
                "x ",
                "'",
                '"',
                "\\",
                "null",
                "~",
                "TRUE",
                "-",
                "- x",
                "?",
                "? x",
                ":",
            ),
            *(
                ": x",
                "a: b",
                "a:",
                "a #b",
                "#",
                "[",
                "]",
                "{a: b}",
                "&a",
                "*a",
                "!x",
                "|",
                ">",
                "%",
            ),
            *("@", "`", ",", "---", "...", "\t", "a\tb", "\n", "a\r\nb", "é", "🎄", "\x85", "\xa0"),
            *("\ufeff", "\u2029x", "=", "<<", "a, b", "1_000", "0x1f", "12:30:45", "\x00"),
            *("\x1b]52;c;x\x07", "x" * 5000),
        ],
    )
    def test_any_text_comes_back_as_it_was(self, value):
        document = Document.parse(b"---\na: 1\nb: [x]\nc: 'q'\nd:\n  - y\n---\nbody\n")
        for key in ("a", "c", "new"):
            made = document.with_value(key, value)
            assert Document.parse(made.data).get(key) == value
            assert made.body == "body\n"
        for key in ("b", "d"):
            made = document.with_value(key, [value, "z"])
            assert Document.parse(made.data).get_list(key) == (value, "z")


class TestHostile:
    @pytest.mark.parametrize(
        "inner",
        [
            "[" * 6000,
            "a: " + "[" * 6000,
            "a: " + "{a: " * 3000,
            "- " * 20000 + "x",
            "? " * 20000 + "x",
            "a: " * 15000,
            "\n".join(" " * depth + "a:" for depth in range(300)),
            "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(9)),
            "a: &a [*a]",
            "title: one\ntitle: two",
            "\ttitle: x",
            "title: 'unclosed",
            "title: \"unclosed",
            "a: b: c",
            "- just\n- a list",
            "just text",
            "<<: *x",
            "a: \x85b: c",
            "a: 1\rb: 2",
            "!!python/object/apply:os.system ['echo']",
            "a: !!python/object/apply:os.system ['echo']",
            "a: \x00",
            "? complex\n: value",
            "%YAML 9.9",
            "a: 1\n...\nb: 2",
        ],
    )  # fmt: skip
    def test_it_is_shown_as_text_and_never_rewritten_wrongly(self, inner):
        data = f"---\n{inner}\n---\nbody\n".encode()
        began = time.process_time()
        document = Document.parse(data)
        assert document.data == data
        assert document.body == "body\n"
        assert all(isinstance(document.get_list(key), tuple) for key in (*document.keys(), "x"))
        with contextlib.suppress(Problem):
            made = document.with_value("stage", "ready")
            assert changed(data, made.data) == ["+ stage: ready\n"]
        assert time.process_time() - began < 2

    def test_a_property_there_twice_is_read_and_named(self):
        document = Document.parse(b"---\nstage: idea\ntitle: x\nstage: ready\n---\n")
        assert document.get("title") == "x"
        assert document.problem == "“stage” is there twice, in lines 2 and 4"
        with pytest.raises(Problem, match="twice"):
            document.with_value("title", "y")

    def test_an_anchor_used_elsewhere_is_not_pulled_away(self):
        document = Document.parse(b"---\na: &x one\nb: *x\nc: 1\n---\n")
        assert (document.get("a"), document.get("b")) == ("one", "one")
        assert document.with_value("c", "2").data == b"---\na: &x one\nb: *x\nc: 2\n---\n"
        with pytest.raises(Problem):
            document.with_value("a", None)

    def test_an_open_end_or_a_novel_is_no_list_of_properties(self):
        for data in (b"---\ntitle: x\n", b"---\n" + b"a: b\n" * LIMIT + b"---\n"):
            document = Document.parse(data)
            assert "no closing ---" in document.problem
            with pytest.raises(Problem):
                document.with_value("title", "y")

    def test_half_an_emoji_is_refused(self):
        with pytest.raises(Problem):
            Document.parse(b"").with_value("a", "\ud83c")


class TestBody:
    def test_new_notes_leave_the_properties_as_they_are(self, nasty):
        document = Document.parse(nasty)
        made = document.with_body("new\nnotes")
        assert made.data == nasty[: nasty.index(b"# Notes")] + b"new\nnotes"
        assert document.with_body(document.body).data == nasty

    def test_notes_that_would_become_properties_are_refused(self):
        with pytest.raises(Problem, match="list of properties"):
            Document.parse(b"text").with_body("---\na: b\n---\n")

    def test_notes_can_follow_an_end_without_a_line_end(self):
        assert Document.parse(b"---\na: b\n---").with_body("x").data == b"---\na: b\n---\nx"
