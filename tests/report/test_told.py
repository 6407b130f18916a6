from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from studio.report.as_json import answers_json
from studio.report.gather import answers_of
from studio.report.told import answers_text
from studio.report.words import percent
from tests.report.conftest import NOW


def test_the_answers_say_what_is_known_with_number_and_interval(take_in):
    text = answers_text(take_in("meta", "tiktok_studio/Content.csv"))
    assert "Instagram: 64 posts, 16 Feb 2026 – 15 Nov 2026; 817 followers on 16 Nov 2026" in text
    assert "TikTok: 12 posts" in text
    assert "hours in Europe/London" in text
    assert "Can't tell yet (" in text
    assert "Next posts to try:" in text
    reel = next(line for line in text.splitlines() if "format: reel" in line)
    assert " 20 " in reel
    assert "…" in reel


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(take_in, width):
    text = answers_text(take_in("meta", "tiktok_studio", "broken"), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_hostile_captions_cannot_steer_the_terminal(take_in):
    answers = take_in("broken")
    text = answers_text(answers, 200)
    assert not {"\x1b", "\x07", "\x9b"} & set(text)
    shown = json.dumps(answers_json(answers))
    assert shown.isascii()
    assert shown.isprintable()


def test_the_json_has_all_three_answers_and_names_every_post_behind_them(take_in):
    told = json.loads(json.dumps(answers_json(take_in("meta"))))
    (instagram,) = told["platforms"]
    known = {post["post_id"] for post in told["posts"]}
    assert len(known) == 64
    assert {"when", "next", "what", "who"} <= set(instagram)
    for effect in instagram["what"][0]["effects"]:
        assert len(effect["posts"]) == effect["n"]
        assert set(effect["posts"]) <= known
    slot = instagram["when"]["slots"][0]
    assert slot["low"] < slot["uplift"] < slot["high"]
    assert all(each["hour"] in {7, 12, 18, 19, 20} for each in instagram["next"])
    assert told["files"]
    assert {"file", "line", "kind", "text"} == set(told["notes"][0])


def test_missing_figures_are_null_in_json(take_in):
    posts = answers_json(take_in("tiktok_studio/Content.csv"))["posts"]
    assert all(post["reach"] is None and post["views"] > 0 for post in posts)


def test_ideas_tell_the_pillar_of_their_posts(project, take_in):
    link = "https://www.instagram.com/reel/DUz2P0WLKIn/"
    (project.root / "ideas" / "tray.md").write_text(
        f"---\ntitle: Tray\npillar: kitchen\nposted: [{link}]\n---\nNotes\n"
    )
    (project.root / "ideas" / "odd.md").write_bytes(b"---\nposted: [\xff\n")
    (instagram,) = take_in("meta").platforms
    kitchen = next(one for one in instagram.what[0].effects if one.level == "kitchen")
    assert kitchen.n == 1
    assert kitchen.verdict == "can't tell"


def test_a_project_without_numbers_says_where_to_get_them(project):
    answers = answers_of(project, now=NOW)
    assert "studio import" in answers_text(answers)
    assert answers_json(answers)["platforms"] == []


def test_the_next_posts_do_not_change_while_nothing_else_does(take_in, project):
    first = take_in("meta")
    again = answers_of(project, now=NOW)
    assert [each.at for each in first.platforms[0].tries]
    assert first.platforms[0].tries == again.platforms[0].tries


def test_times_that_are_planned_already_are_not_proposed_again(take_in, project):
    (before,) = take_in("meta").platforms
    at = before.tries[0].at
    (project.root / "ideas" / "next.md").write_text(
        f"---\ntitle: Next\nstage: scheduled\nplanned: {at:%Y-%m-%d %H:%M}\n---\n"
    )
    (after,) = answers_of(project, now=NOW).platforms
    assert all(abs((each.at - at).total_seconds()) > 3600 for each in after.tries)


@pytest.mark.parametrize(
    ("ratio", "told"), [(1.12, "+12%"), (0.92, "−8%"), (3.24, "×3.2"), (1.0, "+0%"), (None, "–")]
)
def test_ratios_are_told_in_words_people_use(ratio, told):
    assert percent(ratio) == told
