from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from studio.project.project import Project
from studio.stats.exports import import_edits, plan_import
from studio.stats.import_report import import_text
from studio.stats.lines import fit, wrapped
from studio.stats.report import idea_links, report_json, report_text

NOW = datetime(2026, 11, 16, 18, 20, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "page"
    (root / "ideas").mkdir(parents=True)
    (root / "studio.toml").write_text(
        'id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n'
        '[[pillars]]\nname = "school"\ntags = ["classroom", "schooldinner"]\n'
    )
    return Project.open(root)


def imported(project, exports, *names):
    plan = plan_import(project.store, [exports / name for name in names], today=TODAY)
    project.undo.apply("Import", import_edits(project.store, plan))
    return plan


def test_the_report_says_what_is_known_with_number_and_interval(project, exports):
    imported(project, exports, "meta", "tiktok_studio/Content.csv")
    text = report_text(project, now=NOW)
    assert "Instagram: 64 posts, 16 Feb 2026 – 15 Nov 2026; 817 followers on 16 Nov 2026" in text
    assert "TikTok: 12 posts" in text
    assert "can't tell" in text
    reel = next(line for line in text.splitlines() if line.startswith("  reel "))
    assert " 20 " in reel
    assert "…" in reel


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(project, exports, width):
    imported(project, exports, "meta", "tiktok_studio", "broken")
    text = report_text(project, width, now=NOW)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_hostile_captions_cannot_steer_the_terminal(project, exports):
    plan = imported(project, exports, "broken")
    for text in (report_text(project, 200, now=NOW), import_text(plan)):
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\x9b" not in text
    shown = json.dumps(report_json(project, now=NOW))
    assert shown.isascii()
    assert shown.isprintable()


def test_the_json_names_every_post_of_every_group(project, exports):
    imported(project, exports, "meta")
    told = json.loads(json.dumps(report_json(project, now=NOW)))
    (instagram,) = told["platforms"]
    known = {post["post_id"] for post in told["posts"]}
    assert len(known) == 64
    for group in instagram["by_format"] + instagram["by_pillar"]:
        assert len(group["posts"]) == group["n"]
        assert set(group["posts"]) <= known
    assert told["files"]
    assert {"file", "line", "text"} == set(told["notes"][0])


def test_missing_figures_are_null_in_json(project, exports):
    imported(project, exports, "tiktok_studio/Content.csv")
    posts = report_json(project, now=NOW)["posts"]
    assert all(post["reach"] is None and post["views"] > 0 for post in posts)


def test_ideas_tell_the_pillar_of_their_posts(project, exports):
    link = "https://www.instagram.com/reel/DUz2P0WLKIn/"
    (project.root / "ideas" / "tray.md").write_text(
        f"---\ntitle: Tray\npillar: kitchen\nposted: [{link}]\n---\nNotes\n"
    )
    (project.root / "ideas" / "odd.md").write_bytes(b"---\nposted: [\xff\n")
    assert idea_links(project.store) == {link: "kitchen"}
    imported(project, exports, "meta")
    (instagram,) = report_json(project, now=NOW)["platforms"]
    kitchen = next(group for group in instagram["by_pillar"] if group["name"] == "kitchen")
    assert kitchen["n"] == 1


def test_a_project_without_numbers_says_where_to_get_them(project):
    assert "studio import" in report_text(project, now=NOW)
    assert report_json(project, now=NOW)["platforms"] == []


def test_an_import_is_told_file_by_file_with_lines(project, exports, meta_main):
    plan = plan_import(
        project.store,
        [exports / meta_main, exports / "broken" / "login_page_saved_as.csv"],
        today=date(2026, 11, 16),
    )
    text = import_text(plan)
    assert "Meta content: 61 posts, 61 new, 0 updated, 0 unchanged" in text
    assert "line 57: a joint post published by tapehead.archive.example" in text
    assert "login" in text
    assert text.splitlines()[-1] == "1 file to import, 61 new and 0 updated posts, 1 not understood"


def test_a_note_repeated_on_many_lines_is_told_once(project, exports):
    plan = plan_import(
        project.store, [exports / "broken" / "meta_semicolon_resaved.csv"], today=TODAY
    )
    assert "lines 2, 8, 13, 16, 20, 29: the post id is spoilt" in import_text(plan)


def test_long_and_wide_words_are_broken_not_lost():
    text = "plain " + "x" * 30 + " 日本語の長い文 " + "終" * 15
    lines = wrapped(text, 20, "  ")
    assert max(cell_len(line) for line in lines) <= 20
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert fit("日本語の長い文", 8) == "日本語…"
