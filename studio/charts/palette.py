"""Colours for charts in files: one set for dark pages, one for light.

Text has a contrast of 4.5 to the ground and more, what is drawn one of 3 (WCAG 2.2, 1.4.3 and
1.4.11). The heat grows steadily lighter on dark pages and darker on light ones, so it is read
alike with any colour vision and in print. `good` is a blue-green and `bad` an orange-red that
stay apart for the colour-blind; charts never rely on them alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from studio.charts.line import HEAT, Role


@dataclass(frozen=True)
class Palette:
    """Colours by role, each "#rrggbb".

    Attributes:
        name: "dark" or "light".
        ground: the page.
        text: the first voice.
        dim: the second: labels, units.
        faint: the third; for lines and marks, not for text.
        rule: grid lines, hardly there.
        accent: what has the focus.
        good: better than usual.
        bad: worse than usual.
        warn: to be read before anything else.
        heat: from usual or less to the top of the scale.
    """

    name: str
    ground: str
    text: str
    dim: str
    faint: str
    rule: str
    accent: str
    good: str
    bad: str
    warn: str
    heat: tuple[str, str, str, str, str, str, str, str, str]

    def of(self, role: Role | str) -> str:
        """Return the colour of a role; "ground" and "rule" are known too."""
        if role in HEAT:
            return self.heat[int(role.removeprefix("heat"))]
        colour = getattr(self, role) if role in _NAMES else self.text
        return str(colour)


_NAMES = {field.name for field in fields(Palette)} - {"name", "heat"}

DARK = Palette(
    name="dark",
    ground="#12100e",
    text="#e9e1d7",
    dim="#a89e91",
    faint="#756b60",
    rule="#2b2723",
    accent="#f0a53c",
    good="#7fc0a2",
    bad="#e2825f",
    warn="#e6c25c",
    heat=(
        "#3a332d",
        "#54402f",
        "#704d2f",
        "#8d5c2f",
        "#aa6d31",
        "#c68038",
        "#dd9848",
        "#eeb567",
        "#f8d795",
    ),
)
LIGHT = Palette(
    name="light",
    ground="#fbf8f3",
    text="#2b241c",
    dim="#6a6053",
    faint="#8b8174",
    rule="#e4ddd2",
    accent="#944a00",
    good="#1f6f57",
    bad="#ab3f14",
    warn="#7d5a00",
    heat=(
        "#ded5c7",
        "#e0c193",
        "#d8a864",
        "#ca8d40",
        "#b4742a",
        "#995d1f",
        "#7c491b",
        "#5f3717",
        "#432712",
    ),
)
PALETTES = {"dark": DARK, "light": LIGHT}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
