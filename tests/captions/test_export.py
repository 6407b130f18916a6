"""All captions in one file, and every text in it as it was written."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random

import pytest

from studio.captions.export import COLUMNS, export, in_order, read_back
from studio.captions.past import Written
from studio.problem import Problem
from tests.captions.strings import drawn

WHEN = dt.datetime(2026, 3, 1, 18, 30, tzinfo=dt.UTC)
FORMS = ("md", "csv")


def written(text: str, title: str = "Xmas", path: str = "captions/xmas.md") -> Written:
    return Written(path, None, text, WHEN, "here", title)


HARD = [
    *("", "\n", "a", "a\n", "a\n\n", "\na", " a ", "a\r\nb", "a\r", "\r", "\t\n", "tea 🎄"),
    *("```", "```\nx\n```", "\n```\n", "``````text", "`" * 30, "\n## x\n\n- file: y\n"),
    *('"', '""', 'say "hi", twice', "a,b;c", "'", "'=1+1", "''"),
    *("=1+1", "+44", "-x", "@you", "  =1", "\t=1", "＝1", "\n=1", "=cmd|' /C calc'!A0"),
    *("\x00", "\x1b[31m", "\ufeff", "\ufeffa", "\u2028", "\u202e", "e\u0301", "x" * 300_000),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_text_comes_back_exactly(form):
    back = read_back(export([written(text) for text in HARD], form))
    assert [one.text for one in back] == HARD
    assert all((one.path, one.title) == ("captions/xmas.md", "Xmas") for one in back)
    assert all((one.platform, one.kind, one.when) == (None, "here", WHEN) for one in back)


@pytest.mark.parametrize("form", FORMS)
def test_random_texts_come_back_exactly(form):
    rng = random.Random(12)
    texts = [drawn(rng, 60) for _ in range(300)]
    assert [one.text for one in read_back(export(map(written, texts), form))] == texts


@pytest.mark.parametrize("form", FORMS)
def test_names_that_look_like_something_else_spoil_nothing(form):
    rng = random.Random(13)
    names = ["```text", "## x", "- file: y", "a_b*c", "<script>", "[[x]] #y", "a\nb", "=1", ""]
    names += [drawn(rng, 6) for _ in range(200)]
    made = [
        Written(name, "tiktok", f"text {n}", None, "posted", name) for n, name in enumerate(names)
    ]
    back = read_back(export(made, form))
    assert [one.text for one in back] == [one.text for one in made]
    assert {(one.platform, one.when, one.kind) for one in back} == {("tiktok", None, "posted")}
    if form == "csv":
        assert [(one.path, one.title) for one in back] == [(name, name) for name in names]
    else:
        assert [one.title for one in back][:6] == names[:6]


@pytest.mark.parametrize("form", FORMS)
def test_no_captions_make_a_file_without_any(form):
    assert read_back(export([], form)) == []


@pytest.mark.parametrize("form", FORMS)
def test_half_a_character_does_not_stop_the_export(form):
    (back,) = read_back(export([written("a\ud83db")], form))
    assert back.text == "a\ufffdb"


def test_the_markdown_shows_each_text_in_a_fence_it_does_not_hold():
    made = export([written("one ```` two", "A_title #1")], "md").decode()
    assert "\n## A\\_title \\#1\n" in made
    assert "\n`````text\none ```` two\n`````\n" in made
    assert "- file: captions/xmas.md\n- what: caption\n- time: 2026-03-01T18:30:00+00:00\n" in made


def test_a_spreadsheet_finds_no_formula_and_says_which_cells_were_guarded():
    texts = [text for text in HARD if len(text) < 1_000]
    data = export([written(text, "=TITLE()") for text in texts], "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert list(rows[0]) == list(COLUMNS)
    for row, text in zip(rows, texts, strict=True):
        assert row["title"] == "'=TITLE()"
        guarded = row["guarded"].split()
        assert row["text"] == ("'" + text if "text" in guarded else text)
        assert not row["text"].lstrip().startswith(("=", "+", "-", "@", "＝"))
        assert not row["text"].startswith(("\t", "\r", "\n"))


def test_a_spreadsheet_library_reads_what_we_wrote(tmp_path):
    pandas = pytest.importorskip("pandas")
    texts = ["tea 🎄\n\n#xmas", 'say "hi",\nfriend', "plain"]
    file = tmp_path / "captions.csv"
    file.write_bytes(export([written(text) for text in texts], "csv"))
    assert pandas.read_csv(file)["text"].tolist() == texts


@pytest.mark.parametrize("data", [b"", b"\xff", b"a,b\n1,2\n", b"# Captions\n", b"# Captions"])
def test_another_file_is_told_from_ours(data):
    with pytest.raises(Problem, match="not a file of exported captions"):
        read_back(data)


def test_a_file_cut_short_is_told():
    data = export([written("tea"), written("more")], "md")
    with pytest.raises(Problem):
        read_back(data[:-6])


def test_texts_stand_by_file_and_what_the_file_says_now_comes_first():
    made = [
        Written("", "tiktok", "loose", WHEN, "posted"),
        Written("captions/b.md", None, "b", None, "here"),
        Written("captions/a.md", None, "a then", WHEN, "version"),
        Written("captions/a.md", None, "a before", WHEN - dt.timedelta(1), "version"),
        Written("captions/a.md", "instagram", "a posted", WHEN, "posted"),
        Written("captions/a.md", None, "a", WHEN, "here"),
    ]
    order = [one.text for one in in_order(made)]
    assert order == ["a", "a posted", "a then", "a before", "b", "loose"]
