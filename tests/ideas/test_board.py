from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from studio.ideas.board import load_board
from studio.ideas.search import matches


def test_cards_lie_in_the_columns_of_the_project(desk):
    desk.card("b", title="B", stage="making", rank="k")
    desk.card("a", title="A", stage="making", rank="V")
    desk.card("c", title="C", stage="Ready")
    desk.card("d", title="D")
    board = desk.board
    assert board.stages == ("idea", "making", "ready", "scheduled", "posted")
    assert desk.titles("making") == ["A", "B"]
    assert desk.titles("ready") == ["C"], "upper and lower case of a stage mean the same"
    assert desk.titles("idea") == ["D"], "without a stage: the first column"
    assert board.column("nonsense") == ()
    assert [idea.slug for idea in board.ideas] == ["d", "a", "b", "c"]


def test_a_stage_only_a_file_knows_is_a_last_column(desk):
    desk.card("a", stage="on hold")
    desk.card("b", stage="On Hold")
    desk.card("c", stage="🎄")
    assert desk.board.stages[5:] == ("on hold", "🎄")
    assert desk.slugs("on hold") == ["a", "b"]


def test_cards_without_a_rank_lie_below_by_name(desk):
    desk.card("z", stage="idea", rank="V")
    desk.card("b", stage="idea", rank="1.5")
    desk.card("a", stage="idea")
    assert desk.slugs("idea") == ["z", "a", "b"]


def test_conflict_copies_are_told_but_are_no_cards(desk):
    desk.card("xmas", title="Xmas")
    mine = desk.put("ideas/xmas.studio-conflict-20261123T150000Z-a1b2c3.md", "x")
    sync = desk.put("ideas/xmas.sync-conflict-20261123-150000-ABCDEFG.md", "x")
    assert [idea.slug for idea in desk.board.ideas] == ["xmas"]
    assert set(desk.board.conflicts) == {mine, sync}


def test_a_folder_without_ideas_is_an_empty_board(desk):
    assert desk.board.ideas == ()
    assert desk.board.stages


@pytest.mark.skipif(os.name == "nt", reason="POSIX files")
def test_what_is_no_file_does_not_stop_the_board(desk, tmp_path):
    desk.card("fine", title="Fine")
    (desk.root / "ideas/folder.md").mkdir()
    os.mkfifo(desk.root / "ideas/pipe.md")
    (tmp_path / "outside.md").write_text("secret")
    (desk.root / "ideas/out.md").symlink_to(tmp_path / "outside.md")
    (desk.root / "ideas/loop.md").symlink_to("loop.md")
    assert [idea.title for idea in desk.board.ideas] == ["Fine"]


def test_a_file_that_vanishes_while_the_board_loads_is_a_card_with_a_problem(desk, monkeypatch):
    desk.card("a", title="A")
    monkeypatch.setattr(desk.store, "names", lambda *_: ["ideas/a.md", "ideas/gone.md"])
    a, gone = desk.board.ideas
    assert (a.title, a.problem) == ("A", None)
    assert gone.title == "gone"
    assert gone.problem


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
@pytest.mark.parametrize(
    "name",
    ["notes [WIP]", "[@click=app.quit]", "\x1b]0;x\x07", "e\u0301", "a" * 252, b"caf\xe9"],
    ids=ascii,
)
def test_hostile_names_are_cards(desk, name):
    slug = os.fsdecode(name) if isinstance(name, bytes) else name
    desk.card(slug, title="T", stage="ready")
    (idea,) = desk.board.column("ready")
    assert (idea.slug, idea.title) == (slug, "T")


def test_five_hundred_cards_load_fast(desk):
    for number in range(500):
        desk.put(
            f"ideas/card-{number:03}.md",
            f'---\ntitle: "Card {number}"\nstage: making\nrank: V{number:03}1\npillar: home\n'
            f"platforms: [instagram, tiktok]\ntags: [a, b, c]\nmedia: [media/{number}.jpg]\n"
            f"planned: 2026-11-26 19:30\n---\n" + "Some notes about it.\n" * 20,
        )
    desk.board  # noqa: B018 (warm)
    start = time.process_time()
    board = desk.board
    spent = time.process_time() - start
    assert len(board.column("making")) == 500
    assert spent < 0.4, f"{spent * 1000:.0f} ms"  # four times what it takes on a slow machine
    start = time.process_time()
    found = [idea for idea in board.ideas if matches(idea, "card 49")]
    assert len(found) == 15
    assert time.process_time() - start < 0.1


def test_a_board_loaded_again_reads_only_what_changed_and_is_the_same(desk):
    for slug in "abc":
        desk.card(slug, title=slug, stage="idea")
    old = desk.board
    desk.card("b", title="new", stage="ready")
    (desk.root / "ideas/c.md").unlink()
    new = load_board(desk.store, desk.config, old)
    assert new == desk.board
    assert new.find("ideas/a.md") is old.find("ideas/a.md")
    elsewhere = replace(desk.config, zone="Asia/Tokyo")
    assert load_board(desk.store, elsewhere, new).find("ideas/a.md") is not old.find("ideas/a.md")


FULL = {
    "title": "Noël à la télé",
    "stage": "ready",
    "pillar": "home",
    "format": "reel",
    "platforms": "[instagram]",
    "tags": "[80skid, Weihnachtsmärkte]",
}


@pytest.mark.parametrize(
    "query",
    [
        *("", "noel", "TELE", "tele noel", "stage:ready", "stage:re", "stage:", "pillar:home"),
        *("#80skid", "#80", "#", "weihnachtsmarkte", "#WEIH", "platform:insta", "insta", "reel"),
        *("format:reel", "tag:80skid", "tag:#80skid", "xmas", "noel #80skid stage:ready"),
    ],
)
def test_a_card_is_found_while_typing(desk, query):
    desk.card("xmas", **FULL)
    assert matches(desk.idea("xmas"), query)


@pytest.mark.parametrize(
    "query",
    ["noel winter", "stage:idea", "#skid", "pillar:work", "platform:tiktok", "re:reel", "[", "\\"],
)
def test_a_card_that_does_not_fit_is_not_found(desk, query):
    desk.card("xmas", **FULL)
    assert not matches(desk.idea("xmas"), query)
