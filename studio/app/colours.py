"""The colours Studio's styles use, worked out of any theme's own.

Studio's style sheets may rely on these besides Textual's. A theme file sets them in the place
named; what it leaves out is mixed from its base colours, and so are those of Textual's themes.

| variable        | is                                                | set by                   |
| --------------- | ------------------------------------------------- | ------------------------ |
| `$keep`         | the verdict keep, and what is in order            | `verdict: keep`          |
| `$reject`       | the verdict reject                                | `verdict: reject`        |
| `$star`         | given stars                                       | `verdict: star`          |
| `$hashtag`      | #tags in a caption                                | `caption: hashtag`       |
| `$mention`      | @names in a caption                               | `caption: mention`       |
| `$link-text`    | links in a caption                                | `caption: link`          |
| `$dim`          | the second voice: labels, counts, units; ≥ 4.5:1  | `variables: dim`         |
| `$faint`        | the third: empty stars, the rest of a bar; ≥ 3:1  | `variables: faint`       |
| `$rule`         | border of a pane without the focus, lines         | `variables: rule`        |
| `$focus`        | border and title of the pane that has the focus   | `variables: focus`       |
| `$selection-bg` | behind the chosen card                            | `variables: selection-bg` |
| `$label-red`, `$label-yellow`, `$label-green`, `$label-blue`: the colour labels of review,      |
|                 | always beside their names or letters              | `variables: label-red` …  |

Of Textual's own these are set to go with them, unless `variables` says otherwise: `border` and
`border-blurred`, `block-cursor-*`, `block-hover-background`, `footer-*`, `input-*`,
`scrollbar*`, `screen-selection-background`, `link-color`, `link-background-hover` and
`link-color-hover`. All fifteen of Studio's are plain colours, so `Color.parse` reads them too.

Contrast is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color
from textual.design import (
    DEFAULT_DARK_BACKGROUND,
    DEFAULT_DARK_SURFACE,
    DEFAULT_LIGHT_BACKGROUND,
    DEFAULT_LIGHT_SURFACE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.theme import Theme

OWN_VARIABLES = (
    "keep",
    "reject",
    "star",
    "hashtag",
    "mention",
    "link-text",
    "dim",
    "faint",
    "rule",
    "focus",
    "selection-bg",
    "label-red",
    "label-yellow",
    "label-green",
    "label-blue",
)

# Halfway between the labels of darktable and of Lightroom; made readable on each theme's ground.
_LABELS = {"red": "#d9605a", "yellow": "#d8b73f", "green": "#7bb662", "blue": "#6f9fdc"}

TEXT = 4.5  # WCAG 2.2, 1.4.3: text
SIGNS = 3.0  # WCAG 2.2, 1.4.11: what is not text

# For themes that use the terminal's own sixteen colours, which cannot be mixed.
_TERMINAL = {
    "keep": "ansi_green",
    "reject": "ansi_red",
    "star": "ansi_yellow",
    "hashtag": "ansi_cyan",
    "mention": "ansi_magenta",
    "link-text": "ansi_blue",
    "dim": "ansi_default",
    "faint": "ansi_bright_black",
    "rule": "ansi_bright_black",
    "focus": "ansi_yellow",
    "selection-bg": "ansi_default",
    "label-red": "ansi_red",
    "label-yellow": "ansi_yellow",
    "label-green": "ansi_green",
    "label-blue": "ansi_blue",
}


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two opaque colours, from 1 to 21, by WCAG 2.2."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance, from 0 to 1, by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(colour: Color, towards: Color, on: Sequence[Color], ratio: float) -> Color:
    """Return `colour`, moved towards another by tenths until it has the ratio on every ground."""
    mixed = colour
    for tenth in range(1, 11):
        if all(contrast(mixed, ground) >= ratio for ground in on):
            break
        mixed = colour.blend(towards, tenth / 10, alpha=1)
    return mixed


def studio_variables(theme: Theme) -> dict[str, str]:
    """Return the variables of this module's table for any theme, its own settings first.

    Give them from `App.get_theme_variable_defaults`, so that Textual's own themes have them too.
    """
    if theme.ansi or _uses_terminal(theme):
        return {**_TERMINAL, **theme.variables}

    def base(text: str | None, fallback: Color) -> Color:
        return Color.parse(text).with_alpha(1) if text else fallback

    given = theme.variables
    dark = theme.dark
    background = base(
        theme.background, Color.parse(DEFAULT_DARK_BACKGROUND if dark else DEFAULT_LIGHT_BACKGROUND)
    )
    surface = base(
        theme.surface, Color.parse(DEFAULT_DARK_SURFACE if dark else DEFAULT_LIGHT_SURFACE)
    )
    text = base(theme.foreground, background.inverse)
    primary = base(theme.primary, text)
    accent = base(theme.accent, primary)
    secondary = base(theme.secondary, primary)

    focus = base(given.get("focus"), _readable(accent, text, [background], SIGNS))
    chosen = base(given.get("selection-bg"), background.blend(accent, 0.12, alpha=1))
    grounds = [background, chosen]
    rule = background.blend(text, 0.16, alpha=1)

    def ink(colour: Color) -> Color:
        return _readable(colour, text, grounds, TEXT)

    mixed = {
        "keep": ink(base(theme.success, secondary)),
        "reject": ink(base(theme.error, secondary)),
        "star": ink(accent),
        "hashtag": ink(secondary),
        "mention": ink(secondary.blend(text, 0.3, alpha=1)),
        "link-text": ink(primary),
        "dim": ink(text.blend(background, 0.42, alpha=1)),
        "faint": _readable(text.blend(background, 0.62, alpha=1), text, grounds, SIGNS),
        "rule": rule,
        "focus": focus,
        "selection-bg": chosen,
        **{f"label-{name}": ink(Color.parse(colour)) for name, colour in _LABELS.items()},
    }
    own = {name: given.get(name, colour.hex) for name, colour in mixed.items()}
    quiet = background.blend(text, 0.24, alpha=1).hex
    return {
        **own,
        "border": own["focus"],
        "border-blurred": own["rule"],
        "block-cursor-foreground": text.hex,
        "block-cursor-background": own["selection-bg"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": text.hex,
        "block-cursor-blurred-background": surface.hex,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": background.blend(text, 0.06, alpha=1).hex,
        "footer-foreground": text.hex,
        "footer-background": surface.hex,
        "footer-key-foreground": own["focus"],
        "footer-description-foreground": text.hex,
        "input-cursor-foreground": background.hex,
        "input-cursor-background": own["focus"],
        "input-selection-foreground": text.hex,
        "input-selection-background": background.blend(accent, 0.28, alpha=1).hex,
        "scrollbar": quiet,
        "scrollbar-hover": own["faint"],
        "scrollbar-active": own["focus"],
        "scrollbar-background": background.hex,
        "scrollbar-background-hover": background.hex,
        "scrollbar-background-active": background.hex,
        "scrollbar-corner-color": background.hex,
        "screen-selection-background": background.blend(accent, 0.28, alpha=1).hex,
        "link-color": own["link-text"],
        "link-background-hover": own["selection-bg"],
        "link-color-hover": own["link-text"],
        **given,
    }


def _uses_terminal(theme: Theme) -> bool:
    named = (theme.background, theme.foreground, theme.primary, theme.accent, theme.surface)
    return any(text is not None and text.startswith("ansi_") for text in named)
