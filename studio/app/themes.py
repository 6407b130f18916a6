"""Themes: YAML files, one each, found by the `name` inside; see themefile.py for the rest.

A file that is wrong costs its theme and nothing else. Of two files with one name the one in the
later folder wins, so that a user's theme takes the place of a shipped one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.theme import Theme

from studio.app.colours import studio_variables
from studio.app.themefile import Notice, StudioTheme, editor_theme, read_theme
from studio.app.yamlfile import MOST_BYTES
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "DEFAULT",
    "Notice",
    "StudioTheme",
    "editor_theme",
    "load_theme",
    "load_themes",
    "shipped_themes",
    "starting_theme",
    "studio_variables",
    "theme_folders",
]

DEFAULT = "darkroom"


def shipped_themes() -> Path:
    """Return the folder of the themes that come with Studio, installed or in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent / "themes"


def theme_folders(config: Path) -> tuple[Path, Path]:
    """Return where themes lie: the shipped ones, then `themes/` in the user's config folder."""
    return shipped_themes(), config / "themes"


def load_theme(name: str, folders: Sequence[Path]) -> Theme:
    """Read one theme, opening as few files as it takes; for the first paint.

    Args:
        name: the `name` inside the file; a file called like it is looked at first.
        folders: later ones win; one that does not exist counts as empty.

    Raises:
        Problem: no file has the name, or the one that has it is wrong.
    """
    for folder in reversed(folders):
        wrong: list[Problem] = []
        for path in sorted(_files(folder), key=lambda path: path.stem != name):
            if path.stem != name and not _mentions(path, name):
                continue
            theme, problems = read_theme(path)
            if theme is None:
                wrong += [problem for problem in problems if not isinstance(problem, Notice)]
            elif theme.name == name:
                return theme
        if wrong:
            raise wrong[0]
    raise Problem(name, "there is no theme of this name", "choose one from the list of themes")


def starting_theme(name: str, folders: Sequence[Path]) -> tuple[Theme, list[Problem]]:
    """Return a theme to paint with, whatever is wrong: the one asked for, else the shipped one.

    Returns:
        The theme, and why it is not the one asked for, if it is not.
    """
    problems: list[Problem] = []
    for wanted in dict.fromkeys((name, DEFAULT)):
        for count in range(len(folders), 0, -1):
            try:
                return load_theme(wanted, folders[:count]), problems
            except Problem as problem:
                if str(problem) not in map(str, problems):
                    problems.append(problem)
    plain = Theme(DEFAULT, primary="#f0a53c", foreground="#e9e1d7", background="#12100e")
    return replace(plain, variables=studio_variables(plain)), problems


def load_themes(folders: Sequence[Path]) -> tuple[list[Theme], list[Problem]]:
    """Read every theme.

    Args:
        folders: later ones win; one that does not exist counts as empty.

    Returns:
        The themes by name, and what is wrong: a `Notice` where the theme works all the same, a
        `Problem` where the file's theme was left out.
    """
    found: dict[str, StudioTheme] = {}
    problems: list[Problem] = []
    for folder in folders:
        here: dict[str, Path] = {}
        read = [(path, *read_theme(path)) for path in _files(folder)]
        # A file called like its theme goes before others of the name, as in `load_theme`.
        for path, theme, said in sorted(read, key=lambda file: _is_called(file[0], file[1])):
            problems += said
            if theme is None:
                continue
            if theme.name in here:
                what = f"has the name {theme.name}, as {here[theme.name].name} has"
                problems.append(Problem(str(path), what, "give one of them another name"))
                continue
            here[theme.name] = path
            found[theme.name] = theme
    return sorted(found.values(), key=lambda theme: theme.name), problems


def _files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder by name; none if it cannot be listed."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return []
    return sorted(path for path in paths if path.suffix in {".yaml", ".yml"})


def _is_called(path: Path, theme: Theme | None) -> int:
    return 0 if theme is not None and path.stem == theme.name else 1


def _mentions(path: Path, name: str) -> bool:
    """Say whether a file's `name` may be this one, without understanding the file."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return False
    pattern = rf"""^["']?name["']?\s*:\s*["']?{re.escape(name)}\b"""
    return re.search(pattern, text, re.MULTILINE) is not None
