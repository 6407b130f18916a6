"""One theme file, read and checked; Posting's files work as they are.

```yaml
name: my-theme              # letters, digits, spaces and .-_
primary: "#f0a53c"          # the one colour that must be there
# secondary accent warning error success foreground background surface panel boost: optional
dark: true                  # else told by the background
caption: {hashtag: …, mention: …, link: …}
verdict: {keep: …, reject: …, star: …}
text_area: {cursor: "reverse", gutter: "bold #50e3c2", …}     # Rich styles, see `editor_theme`
syntax: {…}                 # Rich styles
variables: {dim: …, footer-background: "red 50%", …}          # see colours.py for Studio's own
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.errors import StyleSyntaxError
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

from studio.app.colours import contrast, studio_variables
from studio.app.yamlfile import Mapping, Scalar, Value, read_yaml
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.widgets.text_area import TextAreaTheme

BASE_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
# Section, its keys and the variable each sets.
_SECTIONS = {
    "caption": {"hashtag": "hashtag", "mention": "mention", "link": "link-text"},
    "verdict": {"keep": "keep", "reject": "reject", "star": "star"},
}
# What `text_area` may style, and the field of Textual's TextAreaTheme it becomes.
_TEXT_AREA = {
    "gutter": "gutter_style",
    "cursor": "cursor_style",
    "cursor_line": "cursor_line_style",
    "cursor_line_gutter": "cursor_line_gutter_style",
    "matched_bracket": "bracket_matching_style",
    "selection": "selection_style",
}
# Posting knows these, Studio has nothing they could apply to.
_POSTING_ONLY = ("author", "description", "homepage", "url", "variable", "method")
_KNOWN = ("name", "dark", "variables", "text_area", "syntax", *BASE_COLOURS, *_SECTIONS)

_NAME = re.compile(r"\w[\w .-]{0,59}")
_VARIABLE = re.compile(r"[a-z][a-z0-9-]{0,59}")
_SHARE = re.compile(r"(?P<colour>.+?) +(?P<share>100|[1-9]?[0-9](?:\.[0-9]+)?)%")
_AUTO = re.compile(r"auto(?: +(?:100|[1-9]?[0-9])%)?")  # black or white, whichever is readable
_INK = re.compile(r"text(?:-muted|-disabled)?|link-color(?:-hover)?|[a-z-]+-foreground")
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_TEXT_STYLES = frozenset(
    ("bold", "italic", "underline", "strike", "reverse", "dim", "overline", "not")
)


class Notice(Problem):
    """Something in a file that is not understood; the rest of the file works."""


@dataclass
class StudioTheme(Theme):
    """A theme read from a file.

    Args:
        editor: Rich styles from `text_area`, by its keys.
        syntax: Rich styles from `syntax`, by its keys.
        path: the file it was read from.
    """

    editor: dict[str, str] = field(default_factory=dict)
    syntax: dict[str, str] = field(default_factory=dict)
    path: Path | None = None


def editor_theme(theme: Theme, name: str = "studio") -> TextAreaTheme:
    """Return how a `TextArea` looks in a theme: `text_area`'s styles, else the style sheet's.

    Register it on the editor and set the editor's `theme` to `name`, again whenever the app's
    theme changes.
    """
    from textual.widgets.text_area import TextAreaTheme

    made = TextAreaTheme(name)
    if not isinstance(theme, StudioTheme):
        return made
    styles = {_TEXT_AREA[key]: Style.parse(text) for key, text in theme.editor.items()}
    syntax = {key: Style.parse(text) for key, text in theme.syntax.items()}
    return TextAreaTheme(name, **styles, syntax_styles=syntax)


class _Reading:
    """One file on its way to a theme, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.failed = False

    def wrong(self, key: Scalar, what: str, mend: str) -> None:
        self.failed = True
        self.problems.append(Problem(f"{self.path}, line {key.line}, {key.text}", what, mend))

    def notice(self, key: Scalar, known: Iterable[str]) -> None:
        near = get_close_matches(key.text, list(known), 1)
        mend = f"perhaps {near[0]} is meant" if near else "remove it"
        where = f"{self.path}, line {key.line}, {key.text}"
        self.problems.append(Notice(where, "is not a key of a theme", mend))

    def colour(self, key: Scalar, value: Value) -> str | None:
        """Return a colour as written, "red 50%" as the hexadecimal a style sheet takes anywhere."""
        text = value.text.strip() if isinstance(value, Scalar) else ""
        share = _SHARE.fullmatch(text)
        try:
            colour = Color.parse(share["colour"] if share else text)
            if colour.ansi is None:
                return colour.multiply_alpha(float(share["share"]) / 100).hex if share else text
            what = "is one of the terminal's own colours, which cannot be mixed"
        except ColorParseError:
            what = f"{text[:40]!r} is not a colour" if text else "has no colour"
        self.wrong(key, what, 'write it like "#f0a53c", with the quotes')
        return None

    def style(self, key: Scalar, value: Value) -> str | None:
        """Return a Rich style as written."""
        text = value.text.strip() if isinstance(value, Scalar) else ""
        try:
            if text and Style.parse(text).link is None:
                return text
        except StyleSyntaxError:
            pass
        self.wrong(
            key, f"{text[:40]!r} is not a style", 'write it like "bold #f0a53c" or "reverse"'
        )
        return None

    def variable(self, key: Scalar, value: Value) -> str | None:
        """Return a value that a style sheet can use."""
        if not _VARIABLE.fullmatch(key.text):
            self.wrong(key, "is not a variable's name", "use small letters, digits and hyphens")
            return None
        if not key.text.endswith(("-style", "-style-hover")):
            text = value.text.strip() if isinstance(value, Scalar) else ""
            if _INK.fullmatch(key.text) and _AUTO.fullmatch(text):
                return text
            return self.colour(key, value)
        text = " ".join(value.text.split()) if isinstance(value, Scalar) else ""
        if text != "none" and (not text or not _TEXT_STYLES.issuperset(text.split())):
            what = f"{text[:40]!r} is not a text style"
            self.wrong(key, what, "write none, bold, italic or underline")
            return None
        return text

    def section(self, key: Scalar, value: Value) -> Mapping:
        if isinstance(value, Mapping):
            self.twice(value)
            return value
        if not isinstance(value, Scalar) or value.text:
            self.wrong(key, "is a section", "put its keys below it, indented by two spaces")
        return Mapping()

    def twice(self, keys: Mapping) -> None:
        for key in keys.twice():
            self.wrong(key, "stands there twice", "remove one of them")


def read_theme(path: Path) -> tuple[StudioTheme | None, list[Problem]]:
    """Read one file.

    Returns:
        The theme, or None if anything in the file is wrong, and what there is to say: a `Notice`
        where the theme works all the same, a `Problem` where it is left out.
    """
    try:
        keys = read_yaml(path)
    except Problem as problem:
        return None, [problem]
    reading = _Reading(path)
    reading.twice(keys)
    name = ""
    dark: bool | None = None
    colours: dict[str, str] = {}
    variables: dict[str, str] = {}
    styles: dict[str, dict[str, str]] = {"text_area": {}, "syntax": {}}
    for key, value in keys:
        if key.text in BASE_COLOURS:
            if colour := reading.colour(key, value):
                colours[key.text] = colour
        elif key.text == "name":
            name = value.text.strip() if isinstance(value, Scalar) else ""
            if not _NAME.fullmatch(name):
                reading.wrong(key, "is not a name", "use letters, digits, spaces and .-_")
        elif key.text == "dark":
            dark = _TRUTH.get(value.text.lower()) if isinstance(value, Scalar) else None
            if dark is None:
                reading.wrong(key, "is neither true nor false", "write true or false")
        elif key.text in _SECTIONS:
            names = _SECTIONS[key.text]
            for part, given in reading.section(key, value):
                if part.text not in names:
                    reading.notice(part, names)
                elif colour := reading.colour(part, given):
                    # `variables` may set the same and has the last word, wherever it stands.
                    variables.setdefault(names[part.text], colour)
        elif key.text == "variables":
            for part, given in reading.section(key, value):
                if (text := reading.variable(part, given)) is not None:
                    variables[part.text] = text
        elif key.text == "syntax" and isinstance(value, Scalar):
            pass  # Posting: the name of one of its own
        elif key.text in styles:
            for part, given in reading.section(key, value):
                if key.text == "text_area" and part.text not in _TEXT_AREA:
                    reading.notice(part, _TEXT_AREA)
                elif style := reading.style(part, given):
                    styles[key.text][part.text] = style
        elif key.text not in _POSTING_ONLY:
            reading.notice(key, _KNOWN)
    for needed, there in (("name", bool(name)), ("primary", "primary" in colours)):
        if not there and not any(key.text == needed for key, _ in keys):
            reading.wrong(Scalar(needed, 1), "is missing", f"add a line {needed}: …")
    if reading.failed:
        return None, reading.problems
    if dark is None:
        dark = "background" not in colours or _is_dark(colours["background"])
    theme = StudioTheme(
        name,
        primary=colours.pop("primary"),
        **colours,  # type: ignore[arg-type]  # only BASE_COLOURS
        dark=dark,
        variables=variables,
        editor=styles["text_area"],
        syntax=styles["syntax"],
        path=path,
    )
    theme.variables = studio_variables(theme)
    return theme, reading.problems


def _is_dark(background: str) -> bool:
    ground = Color.parse(background)
    return contrast(ground, Color(255, 255, 255)) >= contrast(ground, Color(0, 0, 0))
