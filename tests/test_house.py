"""The rules of the house that a reader of the code cannot see at once, read off its syntax."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import textwrap
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "studio").rglob("*.py"))

# Who may write a file besides studio/project, and why. None of these lies in a project's folder.
WRITERS = {
    "studio/app/settings.py": "the user's own settings file",
    "studio/app/shot.py": "the picture of a screen that was asked for by name",
    "studio/cli.py": "the null device, where what a closed pipe did not take goes",
    "studio/media/clip_child.py": "a poster, to the pipe it shares with its parent",
    "studio/media/clips.py": "posters in the cache",
    "studio/media/measure.py": "measures of pictures in the cache",
    "studio/media/player.py": "commands, to the pipe it shares with its child",
    "studio/media/player_child.py": "frames, to the pipe it shares with its parent",
    "studio/preview/iterm.py": "picture files in memory, for the terminal",
    "studio/preview/proxy.py": "smaller pictures in the cache",
    "studio/stats/cache.py": "parsed exports in the cache",
}

_OS = {
    "chmod",
    "chown",
    "link",
    "makedirs",
    "mkdir",
    "mkfifo",
    "remove",
    "removedirs",
    "rename",
} | {*("renames", "replace", "rmdir", "symlink", "truncate", "unlink", "utime", "write")}
_PATH = {"chmod", "hardlink_to", "mkdir", "rename", "rmdir", "symlink_to", "touch", "unlink"} | {
    *("write_bytes", "write_text")
}
_SHUTIL = {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree"}
_FLAGS = {"O_APPEND", "O_CREAT", "O_RDWR", "O_TRUNC", "O_WRONLY"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def called(node: ast.Call) -> tuple[str, str]:
    """Return what a call is made on, as far as that is a name, and the name that is called."""
    if isinstance(node.func, ast.Attribute):
        on = node.func.value
        return on.id if isinstance(on, ast.Name) else "…", node.func.attr
    return "", node.func.id if isinstance(node.func, ast.Name) else ""


def keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((each.value for each in node.keywords if each.arg == name), None)


def is_constant(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


# Who writes


def writes(module: ast.Module) -> Iterator[int]:
    """Find the lines of calls that make, change or remove a file."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _writes(node):
            yield node.lineno


def _writes(node: ast.Call) -> bool:
    on, name = called(node)
    if on == "os" and name == "open":
        return any(isinstance(n, ast.Attribute) and n.attr in _FLAGS for n in ast.walk(node))
    if on in {"os", "shutil", "tempfile"} and name != "fdopen":
        return name in {"os": _OS, "shutil": _SHUTIL}.get(on, {name})
    if name in {"open", "fdopen"}:
        plain = on in {"", "io", "os"}  # its mode comes second; that of a path's `open` first
        place = 1 if plain else 0
        mode = keyword(node, "mode") or (node.args[place] if len(node.args) > place else None)
        if isinstance(mode, ast.Constant):
            return bool(set("wax+") & set(str(mode.value)))
        return mode is not None and (plain or keyword(node, "mode") is not None)
    if name == "replace" and on not in {"", "dataclasses"}:
        return len(node.args) == 1 and not node.keywords  # of a path; a text's takes two
    if name == "save":
        return len(node.args) >= 2  # of a picture: the place and the format
    return bool(on) and name in _PATH


def test_only_the_project_room_writes_files() -> None:
    found = defaultdict(list)
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("studio/project/"):
            found[name] += list(writes(tree(path)))
    writing = {name: lines for name, lines in found.items() if lines}
    assert {name: lines for name, lines in writing.items() if name not in WRITERS} == {}
    assert set(WRITERS) <= set(writing), "this exception is needed no more"


@pytest.mark.parametrize(
    "line",
    [
        "open('x', 'w')",
        "open('x', mode='ab')",
        "open('x', mode)",
        "path.open('r+')",
        "path.write_text('x')",
        "Path('x').unlink()",
        "temporary.replace(path)",
        "os.replace('x', 'y')",
        "os.open('x', os.O_WRONLY | os.O_CREAT)",
        "os.fdopen(number, 'wb')",
        "shutil.copyfile('x', 'y')",
        "tempfile.mkstemp()",
        "image.save(path, 'JPEG')",
    ],
)
def test_the_rule_on_writing_knows(line: str) -> None:
    assert list(writes(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "path.open('rb')",
        "os.open('x', os.O_RDONLY)",
        "text.replace('a', 'b')",
        "replace(record, name='x')",
        "moment.replace(tzinfo=UTC)",
        "drafts.save(draft)",
    ],
)
def test_the_rule_on_writing_lets_pass(line: str) -> None:
    assert list(writes(ast.parse(line))) == []


# What is shown

WIDGETS = {"Button", "Checkbox", "Collapsible", "Label", "Link", "Option", "RadioButton"} | {
    *("Static", "Tab", "TabPane", "Tooltip")
}
TITLES = {"border_title", "border_subtitle", "tooltip"}
CELLS = {"add_column", "add_columns", "add_option", "add_options", "add_row"}
PLAIN = {"Content", "Text"}  # classes whose texts are text, not markup


def of_content(sources: list[Path]) -> set[str]:
    """Return the names of the functions that return a `Content` or a Rich `Text`."""
    return {
        node.name
        for path in sources
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and _annotated(node.returns)
    }


def _annotated(node: ast.expr | None) -> bool:
    return node is not None and ast.unparse(node).strip("'\"") in PLAIN


class Markup(ast.NodeVisitor):
    """Finds where a text that is not written in the code itself could be read as markup."""

    def __init__(self, functions: set[str]) -> None:
        self.found: list[tuple[int, str]] = []
        self._functions = functions
        self._plain: set[str] = set()  # names that hold a Content in this function
        self._fields: set[str] = set()  # the same of self
        self._widgets: set[str] = set()  # names that hold a Static

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        before, self._fields = self._fields, set()
        for function in (each for each in node.body if isinstance(each, ast.FunctionDef)):
            names = {each.arg for each in function.args.args if _annotated(each.annotation)}
            for each in ast.walk(function):
                if isinstance(each, ast.Assign):
                    self._fields |= set(_pairs_of(each, names))
        self.generic_visit(node)
        self._fields = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        plain, widgets = set(self._plain), set(self._widgets)
        self._plain |= {each.arg for each in node.args.args if _annotated(each.annotation)}
        self.generic_visit(node)
        self._plain, self._widgets = plain, widgets

    def visit_Assign(self, node: ast.Assign) -> None:
        for target, value in _unpacked(node):
            if isinstance(target, ast.Name):
                if self._is_plain(value) and not isinstance(value, ast.Constant):
                    self._plain.add(target.id)
                if self._is_widget(value):
                    self._widgets.add(target.id)
            if isinstance(target, ast.Attribute) and target.attr in TITLES:
                self._check(value, target.attr)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        _, name = called(node)
        literal = is_constant(keyword(node, "markup"), value=False)
        first = node.args[:1] + [
            each.value for each in node.keywords if each.arg in {"content", "label", "message"}
        ]
        if name in WIDGETS | {"notify"} and not literal:
            self._check_all(first, name)
        elif not literal and any(
            isinstance(each, ast.Attribute) and each.attr == "notify" for each in node.args
        ):
            self.found.append((node.lineno, "notify handed on without markup=False"))
        elif name in CELLS:
            self._check_all(node.args, name)
        elif name == "from_markup":
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                self.found.append((node.lineno, "from_markup of what is not written here"))
        elif (
            name == "update"
            and isinstance(node.func, ast.Attribute)
            and self._is_widget(node.func.value)
        ):
            self._check_all(first, name)
        self.generic_visit(node)

    def _check_all(self, values: list[ast.expr], what: str) -> None:
        for value in values:
            self._check(value, what)

    def _check(self, value: ast.expr, what: str) -> None:
        if not self._is_plain(value):
            self.found.append((value.lineno, f"{what}: {ast.unparse(value)}"))

    def _is_widget(self, value: ast.expr) -> bool:
        if isinstance(value, ast.Name):
            return value.id in self._widgets
        if not isinstance(value, ast.Call) or called(value)[1] != "query_one":
            return False
        names = {each.id for each in value.args if isinstance(each, ast.Name)}
        return bool(names & WIDGETS)

    def _is_plain(self, value: ast.expr) -> bool:
        if isinstance(value, ast.Constant):
            return value.value is None or (isinstance(value.value, str) and "[" not in value.value)
        if isinstance(value, ast.IfExp):
            return self._is_plain(value.body) and self._is_plain(value.orelse)
        if isinstance(value, ast.Starred):
            return self._is_plain(value.value)
        if isinstance(value, ast.GeneratorExp | ast.ListComp):
            return self._is_plain(value.elt)
        if isinstance(value, ast.Name):
            return value.id in self._plain
        if isinstance(value, ast.Attribute):
            return value.attr in self._fields
        if isinstance(value, ast.Call):
            if called(value)[1] in PLAIN | self._functions:
                return True
            on = value.func.value if isinstance(value.func, ast.Attribute) else None
            return on is not None and (
                (isinstance(on, ast.Name) and on.id in PLAIN)
                or (not isinstance(on, ast.Constant) and self._is_plain(on))
            )
        return False


def _unpacked(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=False)
        else:
            yield target, node.value


def _pairs_of(node: ast.Assign, names: set[str]) -> Iterator[str]:
    for target, value in _unpacked(node):
        if isinstance(target, ast.Attribute) and isinstance(value, ast.Name) and value.id in names:
            yield target.attr


def markup_in(module: ast.Module, functions: set[str]) -> list[tuple[int, str]]:
    finder = Markup(functions)
    finder.visit(module)
    return finder.found


def test_no_text_from_outside_is_ever_read_as_markup() -> None:
    sources = [path for path in SOURCES if "app" in path.relative_to(ROOT).parts]
    functions = of_content(sources)
    found = {
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in sources
        for line, what in markup_in(tree(path), functions)
    }
    assert found == set()


@pytest.mark.parametrize(
    "line",
    [
        "Static(name)",
        "Label(f'{name}')",
        "Button('a' + name)",
        "Static(display(name))",
        "Static('[b]' 'x')",
        "self.notify(str(problem))",
        "app.call_from_thread(app.notify, text)",
        "box.border_title = name",
        "box.border_subtitle = ' '.join(names)",
        "widget.tooltip = f'{name}'",
        "table.add_row(Text('a'), name)",
        "Content.from_markup(name)",
        "self.query_one('#x', Static).update(name)",
        "x = self.query_one('#x', Label)\nx.update(f'{name}')",
    ],
)
def test_the_rule_on_markup_knows(line: str) -> None:
    assert len(markup_in(ast.parse(line), set())) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Static('words')",
        "Static(Content(name))",
        "Static(Content.assemble(name, ('x', '$dim')))",
        "Static(name, markup=False)",
        "Static(words_of(name))",
        "self.notify(name, markup=False)",
        "app.call_from_thread(app.notify, text, markup=False)",
        "box.border_title = Content(name) if name else None",
        "table.add_columns('a', *(Text(name) for name in names))",
        "Content.from_markup('[b]$n[/]', n=name)",
        "known.update(names)",
        "def f(words: Content):\n    Static(words)",
        "x = Content('\\n').join(lines)\nStatic(x)",
    ],
)
def test_the_rule_on_markup_lets_pass(line: str) -> None:
    assert markup_in(ast.parse(textwrap.dedent(line)), {"words_of"}) == []


def test_nothing_is_escaped_for_markup() -> None:
    """Neither escape is safe; a text that is not given to a parser needs none."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module in {
                "rich.markup",
                "textual.markup",
            }:
                assert "escape" not in {each.name for each in node.names}, path
            if isinstance(node, ast.Attribute) and node.attr == "escape":
                assert "markup" not in ast.unparse(node.value), path


# Keys


def test_every_key_outside_a_dialog_can_be_given_to_another() -> None:
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import ModalScreen
    from textual.widgets import TextArea

    import studio.app

    for found in pkgutil.walk_packages(studio.app.__path__, "studio.app."):
        importlib.import_module(found.name)

    homes: dict[str, set[type]] = defaultdict(set)
    actions: dict[str, set[str]] = defaultdict(set)
    checked = 0
    for cls in _all_subclasses(DOMNode):
        if not cls.__module__.startswith("studio.") or issubclass(cls, ModalScreen | TextArea):
            continue
        for binding in vars(cls).get("BINDINGS", ()):
            assert isinstance(binding, Binding), (cls, binding)
            assert binding.id, (cls, binding.key)
            homes[binding.id].add(cls)
            actions[binding.id].add(binding.action)
            checked += 1
    assert checked > 40
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
    assert {name: what for name, what in actions.items() if len(what) > 1} == {}


def _all_subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from _all_subclasses(each)


def test_the_keys_commands_start_with_are_without_fault() -> None:
    from studio.app.keymap import default_faults
    from studio.app.registry import REGISTRY

    assert default_faults(REGISTRY) == []
