"""Every command, by its key and from the palette: what a user would notice.

The parts of review, which are many, are in files of their own and share a desk at each width.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from textual.widgets import DataTable, Input

from studio.app.answers.tabs import TABS
from studio.app.keymap import default_faults
from studio.app.registry import REGISTRY
from studio.preview.modes import Mode
from tests.app import clip_parts, looking_parts, review_parts
from tests.app.desk import NARROW, SIZES
from tests.app.page import CAPTION, picture, put
from tests.app.parts import LEAVING, PARTS, changed, files, go, leaving, part, sidecars, title

# anywhere


@part("studio.help")
async def _help(d, do):
    await do()
    assert d.dialog == "HelpScreen"
    words = d.text()
    assert "Show every key" in words
    assert "f1" in words
    await d.press("escape")
    assert d.dialog == ""


@part("pane.ideas")
async def _ideas(d, do):
    await d.press("f3")
    await do()
    assert d.pane == "board"
    assert "Corner shop" in d.text()


@part("pane.preview")
async def _preview(d, do):
    await do()
    assert d.pane == "preview"
    assert "red.png" in d.text()


@part("pane.caption")
async def _caption(d, do):
    await do()
    assert d.pane == "caption"
    assert "Nobody warned us" in d.text(d.editor)


@part("pane.numbers")
async def _numbers(d, do):
    await do()
    assert d.pane == "numbers"
    assert "24 posts" in d.text()


@part("pane.fill")
async def _fill(d, do):
    await d.press("f5")
    width = d.screen.size.width
    before = d.numbers.region
    await do()
    assert d.numbers.region.width == width
    assert "Christmas morning" not in d.text()
    assert "24 posts" in d.text()
    await do()
    assert d.numbers.region == before
    assert ("Christmas morning" in d.text()) is (d.screen.size != NARROW)


@part("studio.undo")
async def _undo(d, do):
    await d.press("f3", "x", "home", "f2")
    assert d.preview.border_subtitle == "unjudged 3   kept 0   rejected 1"
    await do()
    assert d.preview.border_subtitle == "unjudged 4   kept 0   rejected 0"
    assert not (d.root / "media/red.png.xmp").exists()
    assert "Undone: Reject red.png" in d.toasts()


@part("studio.redo")
async def _redo(d, do):
    await d.press("f3", "x", "home", "ctrl+z", "f2")
    assert not (d.root / "media/red.png.xmp").exists()
    await do()
    assert 'Rating="-1"' in d.file("media/red.png.xmp")
    assert "rejected 1" in str(d.preview.border_subtitle)
    await d.press("ctrl+z")


@part("studio.import")
async def _import(d, do):
    await do()
    assert d.dialog == "ImportScreen"
    assert "Import numbers" in d.text()
    assert isinstance(d.app.focused, Input)
    await d.press("escape")
    assert d.dialog == ""


@part("studio.theme")
async def _theme(d, do):
    before = d.app.theme
    await do()
    assert d.dialog == "ThemeScreen"
    assert "darkroom" in d.text()
    await d.press("down")
    assert d.app.theme != before
    await d.press("escape")
    assert (d.dialog, d.app.theme) == ("", before)


@leaving("studio.open")
async def _open(d, do):
    await do()
    assert d.app.return_value == Path()


@leaving("studio.quit")
async def _quit(d, do):
    await d.press("f4")
    await d.type("So ")
    await d.press("f2")
    await do()
    assert d.app._exit
    assert d.app.return_value is None
    assert d.file("captions/xmas.md") == "So " + CAPTION


# ideas


@part("board.new")
async def _new(d, do):
    await do()
    assert d.dialog == "AskLine"
    await d.type("Frost on the inside")
    await d.press("enter")
    text = d.file("ideas/frost-on-the-inside.md")
    assert "title: Frost on the inside\n" in text
    assert "stage: making\n" in text
    assert d.cursor_title() == "Frost on the inside"
    assert d.titles("making")[0] == "Frost on the inside"
    await d.press("ctrl+z")
    assert not (d.root / "ideas/frost-on-the-inside.md").exists()
    await d.choose("xmas")


@part("board.rename")
async def _rename(d, do):
    before = d.file("ideas/xmas.md")
    await do()
    assert d.app.focused.value == "Christmas morning 1989"
    await d.press("end")
    await d.type("!")
    await d.press("enter")
    found = changed(before, d.file("ideas/xmas.md"))
    assert len(found) == 2
    assert found[1].startswith("+title: ")
    assert d.cursor_title() == "Christmas morning 1989!"
    await d.press("ctrl+z")
    assert d.file("ideas/xmas.md") == before


@part("board.edit")
async def _edit(d, do):
    before = d.file("ideas/xmas.md")
    await do()
    assert d.dialog == "IdeaForm"
    field = d.app.screen.query_one("#field-pillar", Input)
    assert field.value == "home"
    field.value = "school"
    await d.press("ctrl+s")
    assert d.dialog == ""
    assert changed(before, d.file("ideas/xmas.md")) == ["-pillar: home", "+pillar: school"]
    await d.press("ctrl+z")
    assert d.file("ideas/xmas.md") == before


@part("board.tag")
async def _tag(d, do):
    before = d.file("ideas/xmas.md")
    await do()
    assert d.app.focused.value == "christmas 80skid"
    await d.press("end")
    await d.type(" #paper")
    await d.press("enter")
    assert changed(before, d.file("ideas/xmas.md")) == [
        "-tags: [christmas, 80skid]",
        "+tags: [christmas, 80skid, paper]",
    ]
    await d.press("ctrl+z")


@part("board.forward")
async def _forward(d, do):
    before = d.file("ideas/xmas.md")
    await do()
    assert d.titles("ready") == ["Christmas morning 1989", "Arcade carpet"]
    assert d.cursor_title() == "Christmas morning 1989"
    found = changed(before, d.file("ideas/xmas.md"))
    assert "+stage: ready" in found
    assert {line[1:5] for line in found} <= {"stag", "rank"}
    await d.press("ctrl+z")
    assert d.titles("making") == ["Christmas morning 1989", "Corner shop"]


@part("board.back")
async def _back(d, do):
    await do()
    assert d.titles("idea") == ["Christmas morning 1989", "VHS rewind"]
    assert "stage: idea\n" in d.file("ideas/xmas.md")
    await d.press("ctrl+z")
    assert "stage: making\n" in d.file("ideas/xmas.md")


@part("board.up")
async def _up(d, do):
    await d.choose("corner-shop")
    before = d.file("ideas/xmas.md")
    await do()
    assert d.titles("making") == ["Corner shop", "Christmas morning 1989"]
    assert d.file("ideas/xmas.md") == before
    await d.press("ctrl+z")
    assert d.titles("making") == ["Christmas morning 1989", "Corner shop"]
    await d.choose("xmas")


@part("board.down")
async def _down(d, do):
    before = d.file("ideas/xmas.md")
    await do()
    assert d.titles("making") == ["Corner shop", "Christmas morning 1989"]
    assert [line[:6] for line in changed(before, d.file("ideas/xmas.md"))] == ["-rank:", "+rank:"]
    await d.press("ctrl+z")


@part("board.filter")
async def _filter(d, do):
    await do()
    await d.type("carpet")
    words = d.text(d.board)
    assert "Arcade carpet" in words
    assert "Christmas" not in words
    assert "1 of 5" in words
    await d.press("escape")
    assert "Christmas" in d.text(d.board)
    assert d.pane == "board"
    await d.choose("xmas")


@part("board.trash")
async def _trash(d, do):
    await do()
    assert not (d.root / "ideas/xmas.md").exists()
    assert not (d.root / "captions/xmas.md").exists()
    assert "Christmas morning 1989" not in {idea.title for idea in d.session.board.ideas}
    assert d.cursor_title() == "Corner shop"
    assert any("Undo brings it back" in words for words in d.toasts())
    await d.press("f2", "ctrl+z")
    assert "title: Christmas morning 1989" in d.file("ideas/xmas.md")
    assert d.file("captions/xmas.md") == CAPTION
    await d.choose("xmas")


@part("board.log")
async def _log_numbers(d, do):
    await d.choose("disco")
    await do()
    assert d.dialog == "LogScreen"
    await d.type("1204 88 3")
    await d.press("enter")
    assert d.dialog == ""
    header, row = d.file("stats/log.csv").splitlines()
    assert header.startswith("typed_at,idea,platform,link,posted_at,format,views,reach,likes")
    assert row == "2026-11-23T18:42:00+00:00,disco,instagram,,,,1204,,88,3,,,"
    await d.press("f2", "ctrl+z")
    assert not (d.root / "stats/log.csv").exists()
    await d.choose("xmas")


# caption


@part("caption.save")
async def _save(d, do):
    await d.press("f4")
    await d.type("So ")
    assert d.file("captions/xmas.md") == CAPTION
    await do()
    assert d.file("captions/xmas.md") == "So " + CAPTION
    assert d.caption.border_subtitle == "saved"
    await d.press("backspace", "backspace", "backspace")
    await d.saved()
    assert d.file("captions/xmas.md") == CAPTION


@part("caption.copy")
async def _copy(d, do):
    sent = []
    write = d.app._driver.write
    d.app._driver.write = sent.append
    await do()
    d.app._driver.write = write
    told = [one for one in sent if one.startswith("\x1b]52;c;")]
    assert [base64.b64decode(one[7:-1]) for one in told] == [CAPTION.encode()]
    assert any("ent to the terminal, which may refuse it" in words for words in d.toasts())


@part("caption.version")
async def _version(d, do):
    await do()
    assert "TikTok · the base text" in str(d.caption.border_title)
    await do()
    assert "Instagram · the base text" in str(d.caption.border_title)


@part("caption.own")
async def _own(d, do):
    await do()
    await d.saved()
    assert "Instagram · its own version" in str(d.caption.border_title)
    assert d.file("captions/xmas.instagram.md") == CAPTION
    await do()
    assert "Instagram · the base text" in str(d.caption.border_title)
    assert not (d.root / "captions/xmas.instagram.md").exists()
    assert d.editor.text == CAPTION
    assert d.file("captions/xmas.md") == CAPTION


@part("caption.compare")
async def _compare(d, do):
    await do()
    assert any("This is the base text" in toast for toast in d.toasts())


@part("caption.comment")
async def _comment(d, do):
    await do()
    assert "First comment" in str(d.caption.border_title)
    assert d.editor.text == ""
    await do()
    assert d.editor.text == CAPTION


@part("caption.alt")
async def _alt(d, do):
    await do()
    assert d.dialog == "AltTextScreen"


@part("preview.alt")
async def _alt_of_pictures(d, do):
    await do()
    assert d.dialog == "AltTextScreen"


@part("caption.history")
async def _history(d, do):
    await do()
    assert d.dialog == "HistoryScreen"
    assert "this is what it says now" in d.text()


@part("caption.find")
async def _find(d, do):
    await do()
    assert d.caption.query_one("#find").display


@part("caption.export")
async def _export(d, do):
    await d.until(lambda: d.session.past.get() is not None)
    await do()
    await d.until(lambda: any((d.root / "outbox").glob("captions-*.md")))


@part("caption.search")
async def _search(d, do):
    await do()
    assert d.dialog == "SearchScreen"


@part("board.search")
async def _search_from_board(d, do):
    await do()
    assert d.dialog == "SearchScreen"


@part("caption.leave")
async def _leave(d, do):
    await d.press("f4")
    await d.type("So ")
    await do()
    assert d.pane == "board"
    assert d.file("captions/xmas.md") == "So " + CAPTION
    await d.press("f4", "backspace", "backspace", "backspace")
    await d.saved()


# numbers


@part("numbers.posts")
async def _posts(d, do):
    await d.press("left")  # the tab of the posts
    d.numbers.rows.cursor = "posts"
    await d.settle()
    await do()
    assert d.dialog == "PostsScreen"
    assert d.app.screen.query_one(DataTable).row_count == 24
    assert "instagram.csv, line" in d.text()
    await d.press("escape", "right")
    assert d.dialog == ""


@part("numbers.platform")
async def _platform(d, do):
    await d.press("left")
    await do()
    assert "TikTok" in str(d.numbers.border_title)
    assert "6 posts" in d.text(d.numbers)
    await do()
    assert "Instagram" in str(d.numbers.border_title)
    await d.press("right")


@part("numbers.next")
async def _next_answer(d, do):
    seen = []
    for _ in TABS:
        seen.append(d.text(d.numbers).split("▸")[1].split()[0])
        await do()
    assert seen == list(TABS)


@part("numbers.previous")
async def _answer_before(d, do):
    seen = []
    for _ in TABS:
        await do()
        seen.append(d.text(d.numbers).split("▸")[1].split()[0])
    assert seen == ["Posts", "Who", "What", "When"]


@part("numbers.metric")
async def _metric(d, do):
    await d.press("right")
    assert "Reach" in d.text(d.numbers)
    await do()
    assert "per reach" in d.text(d.numbers).split("m:")[0]
    while "Reach  n" not in d.text(d.numbers):
        await do()
    await d.press("left")


@part("numbers.plan")
async def _plan_all(d, do):
    tries = d.numbers.platform.tries
    await do()
    await d.saved()
    planned = f"planned: {tries[0].at:%Y-%m-%d %H:%M}"
    assert planned in d.file("ideas/arcade.md")
    assert "Planned:" in d.toasts()[-1]
    assert all(each.at != tries[0].at for each in d.numbers.platform.tries)
    await d.press("ctrl+z")
    await d.saved()
    assert "planned" not in d.file("ideas/arcade.md")


@part("numbers.plan-one")
async def _plan_one(d, do):
    d.numbers.rows.cursor = "try/1"
    await d.settle()
    at = d.numbers.platform.tries[1].at
    await do()
    await d.saved()
    assert f"planned: {at:%Y-%m-%d %H:%M}" in d.file("ideas/arcade.md")
    await d.press("ctrl+z")
    await d.saved()


@part("numbers.report")
async def _report(d, do):
    await do()
    await d.saved()
    page = d.file("stats/report-2026-11-23.md")
    assert page.startswith("# ")
    assert "report-2026-11-23/" in page
    assert list((d.root / "stats/report-2026-11-23").glob("*.svg"))
    await d.press("ctrl+z")
    await d.saved()
    assert not (d.root / "stats/report-2026-11-23.md").exists()


# the rule


def test_no_command_is_without_a_part_here():
    assert set(PARTS) | set(LEAVING) == set(REGISTRY.ids())


def test_no_key_is_claimed_twice_and_every_command_says_what_it_does():
    assert default_faults(REGISTRY) == []
    for command in REGISTRY:
        assert command.help.endswith("."), command.id
        assert command.group, command.id


def test_every_command_that_begins_with_a_key_has_it():
    assert [command.id for command in REGISTRY if command.key and not command.keys()] == []


def key_of(command, size):
    """The key to try at this size: over the sizes, each of a command's keys has its turn."""
    keys = command.keys()
    assert len(keys) <= len(SIZES), "a key more than there are sizes would go untried"
    return keys[SIZES.index(size) % len(keys)] if keys else None


@pytest.fixture(autouse=True)
def no_clipboard_helpers(monkeypatch):
    for name in ("WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "STY", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)


OF_REVIEW = {
    name: [c.id for c in REGISTRY if PARTS.get(c.id, go).__module__ == module.__name__]
    for name, module in (
        ("deciding", review_parts),
        ("looking", looking_parts),
        ("clips", clip_parts),
    )
}
ALONE = [name for name in PARTS if not any(name in ids for ids in OF_REVIEW.values())]


@pytest.mark.parametrize("command_id", [name for name in REGISTRY.ids() if name in ALONE])
async def test_a_command_works_by_its_key_and_from_the_palette_at_every_width(desk, command_id):
    command = REGISTRY[command_id]
    first = REGISTRY.ids().index(command_id) % len(SIZES)  # so that each width opens some desks
    sizes = [*SIZES[first:], *SIZES[:first]]

    async with desk(sizes[0]) as d:
        for size in sizes:
            await d.resize(*size)
            for key in (key_of(command, size), None):
                await go(d, command.scope)
                if key:
                    await PARTS[command_id](d, lambda key=key: d.press(key))
                else:
                    await PARTS[command_id](d, lambda: d.run(command_id))
            d.assert_safe()


def with_takes(page):
    """Three takes of one thing, which the idea of the corner shop has."""
    takes = [f"media/cosy-{number}.png" for number in (1, 2, 3)]
    for number, path in enumerate(takes):
        picture(page / path, (90 + 30 * number, 60, 40))
    put(page, "ideas/corner-shop.md", (page / "ideas/corner-shop.md").read_text().replace(
        "rank: V\n", f"rank: V\nmedia: [{', '.join(takes)}]\n"
    ))  # fmt: skip


def a_player(folder, monkeypatch):
    """A program that writes down what it was asked to play."""
    said = folder / "played"
    player = put(
        folder,
        "player",
        f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}.new"\nmv "{said}.new" "{said}"\n',
    )
    player.chmod(0o755)
    monkeypatch.setenv("STUDIO_PLAYER", f"'{player}' aloud")


def as_found(d):
    """What a part has to leave as it was."""
    table = d.preview.bench.table
    look = d.preview.bench.look
    shown = (title(d), d.preview.path, table.idea.path, look.view, look.point, look.loupe)
    return d.dialog, shown, look.overlay, d.preview.mode, d.preview.playing, files(d.root)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("what", OF_REVIEW)
async def test_a_command_of_review_works_by_its_keys_and_from_the_palette(
    desk, page, what, size, monkeypatch
):
    with_takes(page)
    a_player(page.parent, monkeypatch)
    place = SIZES.index(size)

    async with desk(size) as d:
        for command_id in OF_REVIEW[what][place :: len(SIZES)]:  # each width has its share
            command = REGISTRY[command_id]
            for key in (*command.keys(), None):
                await go(d, "preview")
                await d.press("home")
                before = as_found(d)
                try:
                    if key:
                        await PARTS[command_id](d, lambda key=key: d.press(key))
                    else:
                        await PARTS[command_id](d, lambda name=command_id: d.run(name))
                    d.assert_safe()
                    await go(d, "preview")
                    await d.press("home")
                    assert as_found(d) == before, "it leaves something behind"
                except BaseException as error:
                    error.add_note(f"{command_id} by {key or 'the palette'}")
                    raise
        assert sidecars(d) == []


@pytest.mark.parametrize("way", ["key", "palette"])
@pytest.mark.parametrize("command_id", list(LEAVING))
async def test_a_command_that_leaves_saves_first(desk, command_id, way):
    key = key_of(REGISTRY[command_id], SIZES[0])
    if way == "key" and key is None:
        pytest.skip("it has no key")

    async with desk() as d:
        await LEAVING[command_id](d, lambda: d.press(key) if way == "key" else d.run(command_id))


async def test_the_palette_lists_what_applies_and_runs_what_is_chosen(desk):
    async with desk() as d:
        listed = {entry.title for entry in d.app.get_system_commands(d.app.screen)}
        titles = {
            command.title
            for command in REGISTRY
            if command.id not in {"numbers.posts", "numbers.metric"}
        }
        assert listed == titles
        await d.press("ctrl+p")
        assert d.dialog == "CommandPalette"
        await d.type("draw in another")
        await d.press("enter")
        await d.settle()
        assert d.dialog == ""
        assert d.preview.mode is Mode.QUADRANT


@pytest.mark.parametrize("scope", ["preview", "caption", "numbers"])
async def test_the_global_keys_work_in_every_pane(desk, scope):
    async with desk() as d:
        for key, dialog in (
            ("f1", "HelpScreen"),
            ("f7", "ImportScreen"),
            ("f12", "ThemeScreen"),
            ("ctrl+p", "CommandPalette"),
        ):
            await go(d, scope)
            await d.press(key)
            assert d.dialog == dialog
            await d.press("escape")
            assert d.dialog == ""
        for key, pane in (("f2", "board"), ("f3", "preview"), ("f4", "caption"), ("f5", "numbers")):
            await go(d, scope)
            await d.press(key)
            assert d.pane == pane
        await go(d, scope)
        await d.press("f6")
        assert d.app.focused.region.width > 150
        await d.press("ctrl+q")
        assert d.app._exit
