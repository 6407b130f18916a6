from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import DataTable, Footer, Input, OptionList, Static, TextArea

from studio.app import yamlfile
from studio.app.colours import OWN_VARIABLES, contrast, studio_variables
from studio.app.themes import (
    DEFAULT,
    Notice,
    editor_theme,
    load_theme,
    load_themes,
    shipped_themes,
    starting_theme,
    theme_folders,
)
from studio.problem import Problem

SHIPPED = [shipped_themes()]
NAMES = ["darkroom", "ektachrome", "midnight", "mono", "paper", "vhs"]


def ratio(one: str, other: str) -> float:
    """WCAG 2.2 contrast, written apart from the one it checks."""

    def light(text: str) -> float:
        parts = [part / 255 for part in Color.parse(text).rgb]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def told(folder: Path, text: str) -> tuple[list, list[Problem]]:
    write(folder, "t.yaml", text)
    return load_themes([folder])


def test_every_shipped_theme_loads_and_nothing_is_wrong_with_it():
    themes, problems = load_themes(SHIPPED)
    assert [theme.name for theme in themes] == NAMES
    assert problems == []


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_the_ground_and_on_the_chosen_card(name):
    theme = load_theme(name, SHIPPED)
    colours = theme.variables | {
        key: getattr(theme, key)
        for key in ("foreground", "accent", "warning", "error", "success", "secondary", "primary")
    }
    grounds = (theme.background, theme.surface, theme.variables["selection-bg"])
    for ground in grounds:
        assert ratio(colours["foreground"], ground) >= 7
        for key in ("dim", "accent", "primary", "secondary", "warning", "error", "success"):
            assert ratio(colours[key], ground) >= 4.5, (key, ground)
        for key in ("keep", "reject", "star", "hashtag", "mention", "link-text", "focus"):
            assert ratio(colours[key], ground) >= 4.5, (key, ground)
        assert ratio(colours["faint"], ground) >= 3, ground


@pytest.mark.parametrize("name", NAMES)
def test_what_is_selected_for_editing_can_be_read(name):
    theme = load_theme(name, SHIPPED)
    for what in ("input-selection", "input-cursor", "block-cursor"):
        over, under = (theme.variables[f"{what}-{part}"] for part in ("foreground", "background"))
        assert ratio(over, under) >= 4.5, what


@pytest.mark.parametrize("name", NAMES)
def test_keep_and_reject_differ_in_brightness_for_eyes_that_see_no_red_or_green(name):
    theme = load_theme(name, SHIPPED)
    assert ratio(theme.variables["keep"], theme.variables["reject"]) >= 1.25


def test_mono_has_no_colour():
    theme = load_theme("mono", SHIPPED)
    names = [*OWN_VARIABLES, "border", "footer-key-foreground", "scrollbar", "link-color"]
    for colour in [theme.primary, theme.error, theme.success, *map(theme.variables.get, names)]:
        assert len(set(Color.parse(colour).rgb)) == 1


def test_only_paper_is_for_daylight():
    themes, _ = load_themes(SHIPPED)
    assert [theme.name for theme in themes if not theme.dark] == ["paper"]


@pytest.mark.parametrize("name", [name for name in BUILTIN_THEMES if not name.startswith("ansi")])
def test_textuals_own_themes_get_studios_colours_too(name):
    theme = BUILTIN_THEMES[name]
    variables = studio_variables(theme)
    ground = theme.to_color_system().generate()["background"]
    for key in ("keep", "reject", "star", "hashtag", "mention", "link-text", "dim"):
        assert ratio(variables[key], ground) >= 4.5, key


def test_the_contrast_used_is_that_of_wcag():
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.005)


def test_one_colour_is_enough_for_a_theme(tmp_path):
    (theme,), problems = told(tmp_path, "name: mine\nprimary: '#ff8800'\n")
    assert problems == []
    assert theme.dark
    assert set(OWN_VARIABLES) <= theme.variables.keys()


def test_a_light_background_makes_a_light_theme_unless_said_otherwise(tmp_path):
    text = "name: mine\nprimary: '#803000'\nbackground: '#fffaf0'\n"
    (theme,), _ = told(tmp_path, text)
    assert not theme.dark
    (theme,), _ = told(tmp_path, text + "dark: true\n")
    assert theme.dark


def test_a_theme_made_for_posting_works(tmp_path):
    text = """
    name: example
    primary: '#4e78c4'  # buttons
    secondary: '#f39c12'
    accent: '#e74c3c'
    background: '#0e1726'
    surface: '#17202a'
    error: '#e74c3c'
    success: '#2ecc71'
    warning: '#f1c40f'
    author: Someone
    description: A dark theme with a blue primary color.
    homepage: https://example.org/x
    text_area:
      cursor: 'reverse'
      cursor_line: 'underline'
      selection: 'reverse'
      gutter: 'bold #50e3c2'
      matched_bracket: 'black on green'
    url:
      base: 'italic #50e3c2'
    syntax:
      json_key: 'italic #4a90e2'
    method:
      get: 'underline #50e3c2'
    """
    (theme,), problems = told(tmp_path, text)
    assert problems == []
    editor = editor_theme(theme)
    assert editor.gutter_style.bold
    assert editor.cursor_line_style.underline
    assert editor.syntax_styles["json_key"].italic
    assert editor.selection_style.reverse


def test_captions_and_verdicts_have_colours_of_their_own_and_variables_the_last_word(tmp_path):
    text = """
variables:
  hashtag: "#111111"
  footer-background: "red 50%"
  link-style: "bold not underline"
name: mine
primary: "#ff8800"
caption:
  hashtag: "#222222"
  link: "#333333"
verdict: {keep: "#444444"}
"""
    (theme,), problems = told(tmp_path, text)
    assert problems == []
    names = ("hashtag", "link-text", "keep", "footer-background", "link-style")
    assert [theme.variables[name] for name in names] == [
        "#111111",
        "#333333",
        "#444444",
        "#FF00007F",
        "bold not underline",
    ]


def test_an_unknown_key_is_told_and_the_theme_works_all_the_same(tmp_path):
    text = "name: mine\nprimary: red\nacent: blue\ncaption:\n  hastag: red\n"
    (theme,), problems = told(tmp_path, text)
    assert theme.name == "mine"
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/t.yaml, line 3, acent: is not a key of a theme. perhaps accent is meant.",
        f"{tmp_path}/t.yaml, line 5, hastag: is not a key of a theme. perhaps hashtag is meant.",
    ]
    assert all(isinstance(problem, Notice) for problem in problems)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("accent: '#12345'", "accent"),
        ("accent: amberish", "accent"),
        ("accent: #f0a53c", "accent"),  # without quotes YAML takes it for a remark
        ("accent: [red]", "accent"),
        ("accent: ansi_red", "accent"),
        ("accent: red\naccent: blue", "accent"),
        ("dark: maybe", "dark"),
        ("verdict:\n  keep: nope", "keep"),
        ("verdict: red", "verdict"),
        ("variables:\n  footer-background: 'red; } * { display: none'", "footer-background"),
        ("variables:\n  'a b': red", "a b"),
        ("variables:\n  keep: auto 50%", "keep"),
        ("variables:\n  border: auto", "border"),  # Textual's style sheets would not parse
        ("variables:\n  border: red 500%", "border"),
        ("variables:\n  link-style: sparkling", "link-style"),
        ("text_area:\n  cursor: sparkling", "cursor"),
        ("text_area:\n  cursor: 'link https://evil.example'", "cursor"),
        ("name: '[@click=app.quit]'", "name"),
    ],
)
def test_a_theme_that_is_wrong_is_left_out_and_the_key_named(tmp_path, line, key):
    head = "primary: red\n" if line.startswith("name") else "name: mine\nprimary: red\n"
    themes, problems = told(tmp_path, head + line + "\n")
    assert themes == []
    assert len(problems) == 1
    assert not isinstance(problems[0], Notice)
    assert problems[0].where.startswith(str(tmp_path / "t.yaml"))
    assert problems[0].where.endswith(f", {key}")


def test_what_must_be_there_is_told_once(tmp_path):
    themes, problems = told(tmp_path, "accent: red\n")
    assert themes == []
    assert [problem.where.rsplit(", ")[-1] for problem in problems] == ["name", "primary"]


def test_a_bad_file_costs_its_own_theme_only(tmp_path):
    write(tmp_path, "a.yaml", "name: [")
    write(tmp_path, "b.yml", "name: good\nprimary: red\n")
    (tmp_path / "c.yaml").mkdir()
    write(tmp_path, "notes.txt", "not a theme")
    themes, problems = load_themes([*SHIPPED, tmp_path, tmp_path / "none"])
    assert [theme.name for theme in themes] == sorted([*NAMES, "good"])
    assert sorted(Path(problem.where.split(",")[0]).name for problem in problems) == [
        "a.yaml",
        "c.yaml",
    ]


@pytest.mark.parametrize("file", ["darkroom.yaml", "zebra.yaml"])
def test_a_users_theme_takes_the_place_of_a_shipped_one(tmp_path, file):
    folders = theme_folders(tmp_path)
    write(tmp_path / "themes", file, 'name: "darkroom"\nprimary: "#010203"\n')
    assert load_theme("darkroom", folders).primary == "#010203"
    themes, problems = load_themes(folders)
    assert [theme.primary for theme in themes if theme.name == "darkroom"] == ["#010203"]
    assert problems == []


def test_two_files_with_one_name_are_told_and_both_readers_take_the_same(tmp_path):
    write(tmp_path, "a.yaml", "name: mine\nprimary: red\n")
    write(tmp_path, "mine.yaml", "name: mine\nprimary: blue\n")
    themes, problems = load_themes([tmp_path])
    assert [theme.primary for theme in themes] == ["blue"]
    assert "as mine.yaml has" in problems[0].what
    assert load_theme("mine", [tmp_path]).primary == "blue"


@pytest.mark.parametrize(
    "name", ["", "none", "../themes/darkroom", "/etc/passwd", "a\x00b", "dark"]
)
def test_a_theme_that_is_not_there_is_a_problem(name):
    with pytest.raises(Problem):
        load_theme(name, SHIPPED)


def test_the_first_paint_has_a_theme_whatever_is_wrong(tmp_path):
    assert starting_theme("vhs", SHIPPED)[0].name == "vhs"
    assert starting_theme("vhs", SHIPPED)[1] == []
    theme, problems = starting_theme("gone", SHIPPED)
    assert (theme.name, [problem.where for problem in problems]) == (DEFAULT, ["gone"])
    theme, problems = starting_theme("darkroom", [tmp_path / "no folder"])
    assert theme.name == DEFAULT
    assert problems
    assert theme.variables["keep"]
    write(tmp_path, "darkroom.yaml", "name: darkroom\nprimary: oops\n")
    theme, problems = starting_theme("darkroom", [*SHIPPED, tmp_path])
    assert theme.primary == "#f0a53c"
    assert "'oops' is not a colour" in problems[0].what


def test_the_first_paint_does_not_wait_for_pyyaml():
    code = (
        "import sys, textual.app\n"
        "from pathlib import Path\n"
        "from studio.app.themes import *\n"
        "load_theme('darkroom', theme_folders(Path('/nonexistent')))\n"
        "print('yaml' in sys.modules)"
    )
    root = Path(yamlfile.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip() == "False", ran.stderr


class Everything(App):
    CSS = "\n".join(f"#{name} {{ color: ${name}; background: ${name}; }}" for name in OWN_VARIABLES)

    def get_theme_variable_defaults(self):
        return studio_variables(self.current_theme)

    def compose(self):
        yield from (Static(name, id=name) for name in OWN_VARIABLES)
        yield OptionList("one", "two")
        yield Input("words")
        yield TextArea("more\nwords", show_line_numbers=True)
        yield DataTable()
        yield Footer()


async def test_every_theme_paints():
    themes, _ = load_themes(SHIPPED)
    app = Everything()
    async with app.run_test() as pilot:
        for theme in themes:
            app.register_theme(theme)
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            if name in NAMES:
                wanted = Color.parse(app.current_theme.variables["keep"])
                assert app.query_one("#keep").styles.color == wanted
                assert app.screen.styles.background == Color.parse(app.current_theme.background)


async def test_a_theme_may_set_every_variable_there_is(tmp_path):
    names = [*load_theme(DEFAULT, SHIPPED).to_color_system().generate(), *OWN_VARIABLES]
    lines = ["name: loud", "primary: red", "variables:"]
    for name in dict.fromkeys(names):
        ink = name.endswith("-foreground") or name in {"text", "text-muted", "link-color"}
        value = "underline" if "-style" in name else "auto 70%" if ink else "blue 40%"
        lines.append(f"  {name}: {value}")
    (theme,), problems = told(tmp_path, "\n".join(lines))
    assert problems == []
    app = Everything()
    async with app.run_test() as pilot:
        app.register_theme(theme)
        app.theme = "loud"
        await pilot.pause()
        assert app.query_one(Footer).styles.background == Color.parse("blue").multiply_alpha(0.4)
        app.action_command_palette()
        await pilot.pause()


async def test_an_editor_follows_the_styles_of_its_theme(tmp_path):
    text = "name: loud\nprimary: red\ntext_area:\n  gutter: '#00ff00'\n  cursor: reverse\n"
    (theme,), _ = told(tmp_path, text)
    app = Everything()
    async with app.run_test() as pilot:
        editor = app.query_one(TextArea)
        editor.register_theme(editor_theme(theme))
        editor.theme = "studio"
        await pilot.pause()
        gutter = editor.render_line(1)
        assert any(s.style and s.style.color and s.style.color.name == "#00ff00" for s in gutter)
