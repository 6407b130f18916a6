from __future__ import annotations

import datetime as dt
import os

import pytest

from studio.ideas import edits
from studio.problem import Problem
from studio.project.store import Conflict

RICH = (
    b"\xef\xbb\xbf---\r\n"
    b"# mine, by hand\r\n"
    b"title: 'It''s Xmas'   # comment\r\n"
    b"stage: idea\r\n"
    b"mood: NO\r\n"
    b"version: 1.10\r\n"
    b"tags:\r\n"
    b"  - old\r\n"
    b"  # between\r\n"
    b"media: [media/a.jpg, media/b.jpg, media/c.mp4]\r\n"
    b"unknown:\r\n"
    b"  nested: {a: [1, 2]}\r\n"
    b"---\r\n"
    b"Notes \xf0\x9f\x8e\x84\r\n"
    b"\r\n"
    b"no final newline"
)


def changed(old, new):
    """Return the lines gone and the lines new, the rest being the same in the same order."""
    old, new = old.splitlines(True), new.splitlines(True)
    gone = [line for line in old if line not in new]
    made = [line for line in new if line not in old]
    assert [line for line in old if line in new] == [line for line in new if line in old]
    return gone, made


@pytest.fixture
def rich(desk):
    desk.put("ideas/xmas.md", RICH)
    return desk


def test_a_new_title_changes_one_line(rich):
    rich.do(edits.set_title(rich.store, rich.idea("xmas"), "Boxing  day: #1"))
    gone, made = changed(RICH, rich.bytes("ideas/xmas.md"))
    assert (len(gone), len(made)) == (1, 1)
    assert made[0].startswith(b"title: ")
    assert made[0].endswith(b"# comment\r\n")
    assert rich.idea("xmas").title == "Boxing day: #1"


def test_a_new_stage_changes_the_stage_and_adds_a_rank(rich):
    rich.do(edits.move_to_stage(rich.board, rich.idea("xmas"), "ready", store=rich.store))
    gone, made = changed(RICH, rich.bytes("ideas/xmas.md"))
    assert gone == [b"stage: idea\r\n"]
    assert made == [b"stage: ready\r\n", b"rank: V\r\n"]


def test_a_property_set_and_taken_back_leaves_the_bytes_as_they_were(rich):
    rich.do(edits.set_property(rich.store, rich.idea("xmas"), "planned", "2026-11-26 19:30"))
    assert rich.idea("xmas").planned == "2026-11-26 19:30"
    rich.do(edits.set_property(rich.store, rich.idea("xmas"), "planned", None))
    assert rich.bytes("ideas/xmas.md") == RICH


def test_everything_can_be_undone(rich):
    do = rich.do
    idea = lambda: rich.idea("xmas")  # noqa: E731
    do(edits.set_title(rich.store, idea(), "A"))
    do(edits.set_notes(rich.store, idea(), "B"))
    do(edits.move_to_stage(rich.board, idea(), "posted", store=rich.store))
    do(edits.trash(rich.store, idea()))
    assert rich.board.ideas == ()
    for _ in range(4):
        assert rich.undo.undo()
    assert rich.bytes("ideas/xmas.md") == RICH


@pytest.mark.parametrize(
    "edit",
    [
        lambda store, idea: edits.set_title(store, idea, idea.title),
        lambda store, idea: edits.set_notes(store, idea, idea.notes),
        lambda store, idea: edits.set_tags(store, idea, ["#old"]),
        lambda store, idea: edits.set_property(store, idea, "mood", "NO"),
        lambda store, idea: edits.attach(store, idea, ["media/a.jpg"]),
        lambda store, idea: edits.detach(store, idea, ["media/other.jpg"]),
        lambda store, idea: edits.move_media(store, idea, "media/a.jpg", -1),
        lambda store, idea: edits.replace_media(store, idea, "media/none.jpg", "x"),
    ],
    ids=range(8),
)
def test_what_changes_nothing_writes_nothing(rich, edit):
    assert edit(rich.store, rich.idea("xmas")) == []


def test_notes_keep_the_line_ends_of_the_file(rich):
    rich.do(edits.set_notes(rich.store, rich.idea("xmas"), "one\ntwo\n"))
    assert rich.bytes("ideas/xmas.md").endswith(b"---\r\none\r\ntwo\r\n")
    assert rich.bytes("ideas/xmas.md").startswith(RICH.partition(b"Notes")[0])


@pytest.mark.parametrize("notes", ["", "\n\n", "---\n", "a\r\nb\n", "text\n---\nmore", "\ufeffx"])
def test_notes_come_back_as_they_were_typed(desk, notes):
    desk.card("xmas", title="T")
    desk.do(edits.set_notes(desk.store, desk.idea("xmas"), notes))
    assert desk.idea("xmas").notes == notes
    assert desk.idea("xmas").title == "T"


def test_tags_are_tidied(desk):
    desk.card("xmas", title="T")
    desk.do(edits.set_tags(desk.store, desk.idea("xmas"), ["#80skid", " retro ", "80skid", "#"]))
    assert desk.idea("xmas").tags == ("80skid", "retro")
    desk.do(edits.set_tags(desk.store, desk.idea("xmas"), []))
    assert desk.bytes("ideas/xmas.md") == b"---\ntitle: T\n---\n"


def test_media_are_attached_ordered_and_taken_off_in_one_line(rich):
    store = rich.store
    new = "media/new [1], 'x': #2.jpg"
    rich.do(edits.attach(store, rich.idea("xmas"), [new, new], position=1))
    assert rich.idea("xmas").media == ("media/a.jpg", new, "media/b.jpg", "media/c.mp4")
    rich.do(edits.move_media(store, rich.idea("xmas"), new, 1))
    assert rich.idea("xmas").media == ("media/a.jpg", "media/b.jpg", new, "media/c.mp4")
    rich.do(edits.replace_media(store, rich.idea("xmas"), new, "media/z.jpg"))
    gone, made = changed(RICH, rich.bytes("ideas/xmas.md"))
    assert (len(gone), len(made)) == (1, 1)
    rich.do(edits.detach(store, rich.idea("xmas"), ["media/z.jpg"]))
    assert rich.bytes("ideas/xmas.md") == RICH


def test_moving_what_is_not_there_says_so(rich):
    with pytest.raises(Problem, match="not among the media"):
        edits.move_media(rich.store, rich.idea("xmas"), "media/none.jpg", 1)


def test_a_change_made_elsewhere_stays_when_a_property_is_set(rich):
    stale = rich.idea("xmas")
    rich.put("ideas/xmas.md", RICH.replace(b"mood: NO", b"mood: good"))
    rich.do(edits.set_property(rich.store, stale, "stage", "ready"))
    assert b"mood: good\r\n" in rich.bytes("ideas/xmas.md")
    assert rich.idea("xmas").stage == "ready"


def test_notes_never_overwrite_notes_nobody_has_read(rich):
    stale = rich.idea("xmas")
    theirs = RICH.replace(b"no final newline", b"written on the phone")
    rich.put("ideas/xmas.md", theirs)
    with pytest.raises(Conflict) as caught:
        rich.do(edits.set_notes(rich.store, stale, "mine"))
    assert rich.bytes("ideas/xmas.md") == theirs
    assert b"mine" in caught.value.mine


BROKEN = b"---\ntitle: {a: [b\nstage: idea\n---\nx\n"


@pytest.mark.parametrize(
    "edit",
    [
        lambda store, idea: edits.set_title(store, idea, "new"),
        lambda store, idea: edits.set_notes(store, idea, "new"),
        lambda store, idea: edits.attach(store, idea, ["media/x.jpg"]),
    ],
    ids=["title", "notes", "attach"],
)
def test_a_file_that_is_not_understood_is_never_rewritten(desk, edit):
    desk.put("ideas/xmas.md", BROKEN)
    with pytest.raises(Problem, match=r"ideas/xmas\.md"):
        edit(desk.store, desk.idea("xmas"))
    assert desk.bytes("ideas/xmas.md") == BROKEN


def test_a_card_needs_a_title(rich):
    with pytest.raises(Problem, match="title"):
        edits.set_title(rich.store, rich.idea("xmas"), "  ")


# New cards


def new(desk, title, stage="idea", **more):
    made, path = edits.new_idea(
        desk.board, title, stage, store=desk.store, today=dt.date(2026, 11, 23), **more
    )
    desk.do(made)
    return path


def test_a_new_card_lies_on_top_and_is_a_plain_file(desk):
    new(desk, "First")
    path = new(desk, "  Xmas morning: '89 #1 ")
    assert path == "ideas/xmas-morning-89-1.md"
    assert desk.slugs("idea") == ["xmas-morning-89-1", "first"]
    idea = desk.idea("xmas-morning-89-1")
    assert idea.title == "Xmas morning: '89 #1"
    assert (idea.stage, idea.source, idea.created) == ("idea", "me", "2026-11-23")
    assert desk.bytes(path).startswith(b"---\ntitle: ")
    assert desk.bytes(path).decode().count("\n") == 7


def test_a_new_card_can_bring_everything(desk):
    path = new(
        desk,
        "Arcade",
        source="claude",
        notes="carpet",
        properties={"pillar": "home", "tags": ["a", "b"], "format": "reel"},
    )
    idea = desk.board.find(path)
    assert (idea.pillar, idea.tags, idea.format) == ("home", ("a", "b"), "reel")
    assert (idea.source, idea.notes) == ("claude", "carpet\n")


def test_two_cards_of_one_title_are_two_files(desk):
    assert new(desk, "Xmas") == "ideas/xmas.md"
    assert new(desk, "xmas!") == "ideas/xmas-2.md"
    assert new(desk, "XMAS") == "ideas/xmas-3.md"


@pytest.mark.parametrize(
    "left",
    ["ideas/XMAS.md", "captions/xmas.md", "captions/xmas.tiktok.md", "briefs/xmas-1.md"],
)
def test_a_new_card_never_takes_over_what_another_left_behind(desk, left):
    desk.put(left, "old")
    assert new(desk, "Xmas") == "ideas/xmas-2.md"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("", "ideas/untitled.md"),
        ("\n\t", "ideas/untitled.md"),
        ("クリスマス", "ideas/クリスマス.md"),
        ("../../etc/passwd", "ideas/etc-passwd.md"),
        ("CON", "ideas/con-2.md"),
        ("🎄", "ideas/untitled.md"),
        ("a" * 500, f"ideas/{'a' * 60}.md"),
    ],
)
def test_any_title_makes_a_file_name_every_system_takes(desk, title, path):
    assert new(desk, title) == path


@pytest.mark.parametrize(
    "title",
    ["[@click=app.quit]x[/]", "a: b", "# no", "'", '"', "- x", "yes", "{a}", "x # y", "\\n", "ünï"],
)
def test_any_title_comes_back_as_it_was_typed(desk, title):
    path = new(desk, title)
    assert desk.board.find(path).title == title


# Order


def column(desk, slugs, **ranks):
    for slug in slugs:
        desk.card(slug, stage="idea", **({"rank": ranks[slug]} if slug in ranks else {}))


def test_moving_one_card_of_a_ranked_column_writes_one_file(desk):
    column(desk, "abcd", a="C", b="F", c="K", d="P")
    made = edits.reorder(desk.board, desk.idea("d"), -2, store=desk.store)
    assert [edit.path for edit in made] == ["ideas/d.md"]
    desk.do(made)
    assert desk.slugs("idea") == ["a", "d", "b", "c"]


@pytest.mark.parametrize("slug", list("abc"))
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize(
    "ranks",
    [{}, {"a": "V"}, {"a": "V", "b": "V"}, dict(zip("abc", "CFK", strict=True))],
    ids=["none", "one", "ties", "all"],
)
def test_a_card_goes_where_it_is_put_and_no_other_moves(desk, slug, place, ranks):
    column(desk, "abc", **ranks)
    before = desk.slugs("idea")
    idea = desk.idea(slug)
    desk.do(edits.move_to_stage(desk.board, idea, "idea", place, store=desk.store))
    wanted = [other for other in before if other != slug]
    wanted.insert(place, slug)
    assert desk.slugs("idea") == wanted


def test_moving_to_the_top_of_an_unranked_column_writes_one_file(desk):
    column(desk, "abcd")
    made = edits.reorder(desk.board, desk.idea("d"), -9, store=desk.store)
    assert [edit.path for edit in made] == ["ideas/d.md"]


def test_a_step_down_past_the_end_is_the_end_and_one_more_is_nothing(desk):
    column(desk, "abc", a="C", b="F", c="K")
    desk.do(edits.reorder(desk.board, desk.idea("a"), 9, store=desk.store))
    assert desk.slugs("idea") == ["b", "c", "a"]
    assert edits.reorder(desk.board, desk.idea("a"), 1, store=desk.store) == []


def test_a_card_that_cannot_be_changed_does_not_stop_the_others(desk):
    column(desk, "abc")
    desk.put("ideas/broken.md", BROKEN)
    desk.do(edits.reorder(desk.board, desk.idea("a"), 2, store=desk.store))
    order = [slug for slug in desk.slugs("idea") if slug != "broken"]
    assert order == ["b", "a", "c"], "below the second card, as asked"
    assert desk.bytes("ideas/broken.md") == BROKEN


def test_a_card_moves_into_a_column_at_a_place(desk):
    column(desk, "abc", a="C", b="F", c="K")
    desk.card("x", stage="making")
    desk.do(edits.move_to_stage(desk.board, desk.idea("x"), "idea", 1, store=desk.store))
    assert desk.slugs("idea") == ["a", "x", "b", "c"]
    assert desk.board.column("making") == ()


def test_a_stage_written_differently_is_not_rewritten_by_a_move_within_it(desk):
    desk.put("ideas/a.md", "---\nstage: Making\n---\n")
    desk.put("ideas/b.md", "---\nstage: making\n---\n")
    desk.do(edits.reorder(desk.board, desk.idea("b"), -1, store=desk.store))
    desk.do(edits.reorder(desk.board, desk.idea("a"), -1, store=desk.store))
    assert b"stage: Making\n" in desk.bytes("ideas/a.md")
    assert desk.slugs("making") == ["a", "b"]


# Trash


def test_an_idea_goes_with_its_captions_and_comes_back_with_them(desk):
    desk.card("xmas", title="Xmas")
    desk.card("xmas-2", title="Other")
    desk.put("captions/xmas.md", "words")
    desk.put("captions/xmas.tiktok.md", "fewer")
    other = desk.put("captions/xmas-2.md", "other")
    desk.do(edits.trash(desk.store, desk.idea("xmas")))
    assert desk.store.names("ideas") == ["ideas/xmas-2.md"]
    assert desk.store.names("captions") == [other]
    desk.undo.undo()
    assert desk.bytes("captions/xmas.tiktok.md") == b"fewer"
    assert desk.idea("xmas").title == "Xmas"


def test_a_caption_of_another_idea_does_not_go_along(desk):
    desk.card("xmas", title="Xmas")
    desk.card("xmas.tiktok", title="An idea about the app")
    desk.put("captions/xmas.tiktok.md", "its own")
    desk.put("captions/xmas.tiktok.comment.md", "its first comment")
    assert edits.captions_of(desk.store, desk.idea("xmas")) == []
    desk.put("captions/xmas.comment.md", "mine")
    desk.put("captions/xmas.threads.comment.md", "mine")
    assert edits.captions_of(desk.store, desk.idea("xmas")) == [
        "captions/xmas.comment.md",
        "captions/xmas.threads.comment.md",
    ]


def test_an_idea_changed_since_it_was_shown_is_not_trashed(desk):
    desk.card("xmas", title="Xmas")
    stale = desk.idea("xmas")
    desk.card("xmas", title="New words")
    with pytest.raises(Conflict):
        desk.do(edits.trash(desk.store, stale))
    assert desk.idea("xmas").title == "New words"


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
@pytest.mark.parametrize(
    "name",
    ["notes [WIP]", "[@click=app.quit]", "\x1b]0;x\x07", "e\u0301", b"caf\xe9", "a" * 240],
    ids=ascii,
)
def test_cards_with_hostile_names_are_changed_like_others(desk, name):
    slug = os.fsdecode(name) if isinstance(name, bytes) else name
    desk.card(slug, title="T", stage="idea")
    desk.do(edits.move_to_stage(desk.board, desk.idea(slug), "ready", store=desk.store))
    desk.do(edits.set_notes(desk.store, desk.idea(slug), "n"))
    assert (desk.idea(slug).stage, desk.idea(slug).notes) == ("ready", "n")
    desk.do(edits.trash(desk.store, desk.idea(slug)))
    assert desk.board.ideas == ()
