from __future__ import annotations

from typing import ClassVar

import pytest
from textual import on
from textual.app import App
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Static, TextArea
from textual.widgets._footer import FooterKey

from studio.app.commands.base import Command, CommandHost, Registry
from studio.app.keymap import (
    default_faults,
    help_rows,
    keys_of,
    load_keymap,
    unbound_ids,
)
from studio.app.keys import EDITING, UnknownKey, key_label, key_name, types_character
from studio.app.widgets.editor import Editor


class Help(Command):
    id, key, title, footer = "app.help", "?", "Show the keys", "help"
    help = "Every command with its key."
    group = "Everywhere"


class Save(Command):
    id, key, title = "app.save", "ctrl+s", "Save now"
    group = "Everywhere"
    priority = True


class Undo(Command):
    id, key, title = "app.undo", "ctrl+z", "Undo"
    group = "Everywhere"


class Keep(Command):
    id, key, title, footer = "review.keep", "p", "Keep this picture", "keep"
    scope, group = "preview", "Review"


class Reject(Command):
    id, key, title, footer = "review.reject", "x", "Reject this picture", "reject"
    scope, group = "preview", "Review"


class Next(Command):
    id, key, title = "review.next", "space,l", "The next picture"
    scope, group = "preview", "Review"


class Survey(Command):
    id, title = "review.survey", "Survey several"
    scope, group = "preview", "Review"


class Card(Command):
    id, key, title = "board.new", "p", "A new idea"
    scope, group = "board", "Board"


class Fold(Command):
    id, key, title = "caption.fold", "ctrl+t", "Show the fold"
    scope, group = "caption", "Caption"


REGISTRY = Registry([Help, Save, Undo, Keep, Reject, Next, Survey, Card, Fold])


@pytest.fixture
def load(tmp_path):
    def read(text: str):
        path = tmp_path / "keys.yaml"
        path.write_text(text, "utf-8")
        keymap, problems = load_keymap(path, REGISTRY)
        return keymap, [str(problem).removeprefix(f"{path}, ") for problem in problems]

    return read


def test_without_a_key_file_nothing_changes(tmp_path):
    assert load_keymap(tmp_path / "keys.yaml", REGISTRY) == ({}, [])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "review.keep: p\n"])
def test_a_key_file_that_changes_nothing_gives_an_empty_keymap(load, text):
    assert load(text) == ({}, [])


def test_keys_are_taken_as_written_by_a_human(load):
    keymap, problems = load(
        "review.keep: K\n"
        "review.reject: Shift+R\n"
        "review.next: [space, '.', PgDn]\n"
        "review.survey: ','\n"
        "app.help: 'f1, Ctrl+G'\n"
        "board.new: 0\n"
    )
    assert problems == []
    assert keymap == {
        "review.keep": "K",
        "review.reject": "R",
        "review.next": "space,full_stop,pagedown",
        "review.survey": "comma",
        "app.help": "f1,ctrl+g",
        "board.new": "0",
    }


def test_an_unknown_command_is_told_with_the_nearest_there_is(load):
    keymap, problems = load("reviev.keep: k\nreview.reject: r\n")
    assert keymap == {"review.reject": "r"}
    assert problems == [
        "line 1, reviev.keep: is not a command. perhaps review.keep is meant.",
    ]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("review.keep: ctrl+h", "^h cannot be its key: a terminal sends it as backspace"),
        ("review.keep: Ctrl+I", "^i cannot be its key: a terminal sends it as tab"),
        ("review.keep: ctrl+j", "^j cannot be its key: a terminal sends it as a new line"),
        ("review.keep: ctrl+m", "^m cannot be its key: a terminal sends it as enter"),
        ("review.keep: 'ctrl+['", "^[ cannot be its key: a terminal sends it as escape"),
        ("review.keep: ctrl+z", "^z cannot be its key: it undoes"),
        ("review.keep: ctrl+c", "^c cannot be its key: it copies"),
        ("review.keep: tab", "tab cannot be its key: it moves the focus"),
        ("board.new: enter", "⏎ cannot be its key: lists need it"),
        ("caption.fold: t", "t cannot be its key: it is needed to write the caption"),
        ("caption.fold: /", "/ cannot be its key: it is needed to write the caption"),
        ("caption.fold: space", "space cannot be its key: it is needed to write the caption"),
        ("caption.fold: ctrl+a", "^a cannot be its key: the caption's editor needs it"),
        ("caption.fold: enter", "⏎ cannot be its key: the caption's editor needs it"),
        ("app.save: s", "s cannot be its key: it is needed to write the caption"),
        ("app.save: ctrl+v", "^v cannot be its key: the caption's editor needs it"),
        ("review.keep: boo", "'boo' is not a key"),
        ("review.keep: Strg+K", "'Strg+K' is not a key"),
        ("review.keep: shift+1", "'shift+1' is not a key"),
        ("review.keep: 'k,,l'", "has an empty key"),
        ("review.keep:", "has no key"),
        ("review.keep: # forgotten quotes", "has no key"),
        ("review.keep: ~", "has no key"),
        ("review.keep:\n  k: l", "has lines below it"),
    ],
)
def test_a_key_that_cannot_work_is_refused_with_the_reason(load, entry, why):
    keymap, problems = load(entry + "\n")
    assert keymap == {}
    assert len(problems) == 1
    assert problems[0].startswith(f"line 1, {entry.split(':')[0]}: {why}")


def test_one_bad_key_of_several_leaves_the_command_as_it_was(load):
    keymap, problems = load("review.next: [n, ctrl+h]\n")
    assert keymap == {}
    assert len(problems) == 1


def test_undo_keeps_its_key_when_it_is_given_another_besides(load):
    assert load("app.undo: [ctrl+z, u]\n") == ({"app.undo": "ctrl+z,u"}, [])


def test_a_key_that_is_taken_in_the_same_place_is_refused(load):
    keymap, problems = load("review.keep: x\n")
    assert keymap == {}
    assert problems == [
        "line 1, review.keep: x is the key of review.reject (Reject this picture) too. "
        "choose another key, or give review.reject another one as well."
    ]


def test_a_key_that_works_everywhere_is_taken_in_every_place(load):
    keymap, problems = load("review.keep: '?'\napp.undo: u\nboard.new: u\n")
    assert keymap == {}
    assert len(problems) == 3
    assert "app.help" in problems[0]
    assert "board.new" in problems[1]
    assert "app.undo" in problems[2]


def test_the_same_key_in_two_places_is_no_clash(load):
    assert load("board.new: x\n") == ({"board.new": "x"}, [])


def test_two_that_want_one_key_both_stay_as_they_were_whatever_their_order(load):
    lines = ["review.keep: k\n", "review.reject: k\n"]
    for text in ("".join(lines), "".join(reversed(lines))):
        keymap, problems = load(text)
        assert keymap == {}
        assert len(problems) == 2


def test_two_commands_may_change_places(load):
    assert load("review.keep: x\nreview.reject: p\n") == (
        {"review.keep": "x", "review.reject": "p"},
        [],
    )


def test_a_key_set_free_may_be_taken(load):
    keymap, problems = load('review.reject: ""\nreview.keep: x\n')
    assert problems == []
    assert keymap["review.keep"] == "x"


def test_when_an_entry_is_refused_those_that_counted_on_it_are_too(load):
    # keep wants reject's key, reject wants undo's and so stays: keep must not take x after all.
    keymap, problems = load("review.keep: x\nreview.reject: ctrl+z\n")
    assert keymap == {}
    assert len(problems) == 2


def test_a_command_named_twice_is_told_and_stays_as_it_was(load):
    keymap, problems = load("review.keep: k\nreview.reject: r\nreview.keep: j\n")
    assert keymap == {"review.reject": "r"}
    assert problems == [
        "line 3, review.keep: has keys in more than one line. keep one of the lines."
    ]


def test_a_file_that_is_not_yaml_changes_nothing_and_says_where(load):
    keymap, problems = load("review.keep: k\napp.help: ?\n")
    assert keymap == {}
    assert problems[0].startswith("line 2: is not YAML")
    assert "in quotes" in problems[0]


def test_a_key_taken_away_leaves_help_and_footer(load):
    keymap, problems = load('review.keep: ""\nreview.survey: ""\n')
    assert problems == []
    assert unbound_ids(keymap) == {"review.keep"}
    assert keys_of(Keep, keymap) == ()
    rows = dict(help_rows(REGISTRY, keymap))["Review"]
    assert [(row.id, row.keys, row.changed) for row in rows] == [
        ("review.keep", "", True),
        ("review.reject", "x", False),
        ("review.next", "space  l", False),
        ("review.survey", "", False),
    ]


def test_help_shows_the_keys_the_footer_shows_under_headings_in_order(load):
    keymap, _ = load("review.next: [space, right, '.']\n")
    rows = help_rows(REGISTRY, keymap)
    assert [group for group, _ in rows] == ["Everywhere", "Review", "Board", "Caption"]
    by_id = {row.id: row for _, group in rows for row in group}
    assert by_id["review.next"].keys == "space  →  ."
    assert by_id["app.help"].keys == "?"
    assert by_id["app.save"].keys == "^s"
    assert by_id["app.help"].help == "Every command with its key."


def test_defaults_at_odds_with_each_other_are_found():
    assert default_faults(REGISTRY) == []

    class Crowded(Command):
        id, key, title, scope = "review.crowded", "p,ctrl+h,shift+p,boo", "x", "preview"

    class Typing(Command):
        id, key, title, scope = "caption.typing", "t", "x", "caption"

    faults = default_faults(Registry([*REGISTRY, Crowded, Typing]))
    assert faults == [
        "review.crowded: ctrl+h: a terminal sends it as backspace",
        "review.crowded: shift+p is called P",
        "review.crowded: boo is not a key: "
        "write a character, or a name such as enter, f5 or ctrl+s",
        "caption.typing: t would be missing from the caption",
        "review.keep and review.crowded both have p",
    ]


def test_ids_are_unique_and_commands_whole():
    class Twin(Command):
        id, key, title = "review.keep", "k", "Another"

    class Nameless(Command):
        title = "No id"

    class Nowhere(Command):
        id, title, scope = "x.y", "Somewhere", "cellar"

    class Untitled(Command):
        id = "x.z"

    for wrong in (Twin, Nameless, Nowhere, Untitled):
        with pytest.raises(ValueError, match=wrong.id or "Nameless"):
            Registry([Keep, wrong])


def test_commands_are_never_taken_for_textuals_own_events():
    class Paste(Command):
        id, title = "app.paste", "Paste"

    assert Paste.handler_name == "on_command_paste"


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("?", "question_mark", "?"),
        ("/", "slash", "/"),
        ("hyphen_minus", "minus", "-"),
        (" ", "space", "space"),
        ("+", "plus", "+"),
        ("ctrl++", "ctrl+plus", "^+"),
        ("Shift+P", "P", "P"),
        ("CTRL+S", "ctrl+s", "^s"),
        ("shift+ctrl+left", "ctrl+shift+left", "shift+^←"),
        ("alt+X", "alt+shift+x", "alt+shift+x"),
        ("Return", "enter", "⏎"),
        ("é", "é", "é"),
    ],
)
def test_keys_have_one_name_however_written(written, name, shown):
    assert key_name(written) == name
    assert key_label(name) == shown


@pytest.mark.parametrize("text", ["", "foo", "ctrl+", "ctrl+foo", "f99", "\x1b", "<ignore>", "a b"])
def test_what_no_terminal_sends_is_no_key(text):
    with pytest.raises(UnknownKey):
        key_name(text)


def test_every_key_the_editor_uses_is_kept_for_it():
    keys = {key for b in Editor.BINDINGS for key in b.key.split(",")}
    assert keys | {"enter"} == set(EDITING)


def test_punctuation_counts_as_writing():
    assert all(types_character(key_name(sign)) for sign in "-/+@_\\?.,! ")
    assert not any(types_character(key) for key in ("enter", "delete", "escape", "ctrl+a", "f1"))


class Pane(CommandHost, Static, can_focus=True):
    BINDINGS: ClassVar = [*REGISTRY.bindings("preview")]


class Page(CommandHost, Vertical):
    BINDINGS: ClassVar = [*REGISTRY.bindings("caption")]

    def compose(self):
        yield TextArea()


class Studio(CommandHost, App):
    REGISTRY = REGISTRY
    BINDINGS: ClassVar = [*REGISTRY.bindings("global"), Binding("f12", "bell", "Bell")]

    def __init__(self, keymap):
        super().__init__()
        self.done = []
        self.dim = ()
        self.unbound = unbound_ids(keymap)
        self.set_keymap(keymap)

    def compose(self):
        yield Pane("picture")
        yield Page()
        yield Footer()

    @on(Command)
    def note(self, command):
        self.done.append(command.id)

    def footer(self):
        return {key.description: key.key_display for key in self.query(FooterKey)}


async def pressed(pilot, *keys):
    pilot.app.done.clear()
    await pilot.press(*keys)
    await pilot.pause()
    return pilot.app.done


async def test_a_key_runs_its_command_and_stands_in_the_footer():
    async with Studio({}).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "p", "x", "space", "l", "?", "ctrl+s") == [
            *("review.keep", "review.reject", "review.next", "review.next"),
            *("app.help", "app.save"),
        ]
        footer = pilot.app.footer()
        assert (footer["keep"], footer["reject"], footer["help"]) == ("p", "x", "?")
        assert "The next picture" not in footer


async def test_a_remapped_key_works_the_old_one_does_not_and_the_footer_shows_the_new(load):
    keymap, _ = load("review.keep: k\nreview.next: [f3, right]\nreview.survey: v\n")
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "p", "space", "l") == []
        assert await pressed(pilot, "k", "f3", "right", "v", "x") == [
            *("review.keep", "review.next", "review.next", "review.survey", "review.reject"),
        ]
        footer = pilot.app.footer()
        assert (footer["keep"], footer["reject"]) == ("k", "x")


async def test_commands_that_change_places_do(load):
    keymap, _ = load("review.keep: x\nreview.reject: p\n")
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "x", "p") == ["review.keep", "review.reject"]


async def test_a_key_set_free_runs_only_the_command_that_took_it(load):
    keymap, _ = load('review.reject: ""\nreview.keep: x\n')
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "x", "p") == ["review.keep"]


async def test_a_key_taken_away_does_nothing_and_leaves_the_footer(load):
    keymap, _ = load('review.keep: ""\n')
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "p", "x") == ["review.reject"]
        assert "keep" not in pilot.app.footer()
        pilot.app.query_one(Pane).post_message(Keep())  # as the palette does
        await pilot.pause()
        assert "review.keep" in pilot.app.done


async def test_a_plain_key_moved_to_a_function_key_works_while_writing(load):
    keymap, _ = load("app.help: f1\n")
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(TextArea).focus()
        await pilot.pause()
        assert await pressed(pilot, "?", "f1", "ctrl+t") == ["app.help", "caption.fold"]
        assert pilot.app.query_one(TextArea).text == "?"


async def test_plain_keys_write_while_there_is_something_to_write(load):
    keymap, _ = load("app.undo: [ctrl+z, u]\n")
    async with Studio(keymap).run_test() as pilot:
        pilot.app.query_one(TextArea).focus()
        await pilot.pause()
        assert await pressed(pilot, "p", "?", "u", "x", "space") == []
        assert pilot.app.query_one(TextArea).text == "p?ux "


async def test_a_host_hides_a_command_that_does_not_apply():
    class Picky(Studio):
        def command_state(self, command):
            return command is not Help

    async with Picky({}).run_test() as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.pause()
        assert await pressed(pilot, "?", "ctrl+z") == ["app.undo"]
        assert "help" not in pilot.app.footer()
        assert "Bell" in pilot.app.footer()
