"""The user's own settings: the theme, the cells pictures are drawn in, where their files are."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.preview.detect import best_mode
from studio.preview.modes import Mode
from studio.preview.protocols import Protocol
from studio.problem import Problem
from studio.project.places import config_dir

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_THEME = "darkroom"


@dataclass(frozen=True)
class Settings:
    """What `settings.toml` in the config folder says, and what the terminal says where it is mute.

    Attributes:
        config: the user's config folder, with `settings.toml`, `keys.yaml` and `themes/`.
        theme: the name of the theme.
        mode: the cells pictures start in.
        chosen: whether the file says which cells; the terminal's answer then does not.
        protocol: the pixels pictures start in whatever the terminal says; None where it decides.
        pixels: whether the terminal may be asked whether it has pixels.
        problems: what is wrong with the file; wrong settings count as not set.
    """

    config: Path
    theme: str = DEFAULT_THEME
    mode: Mode = Mode.HALF
    chosen: bool = False
    protocol: Protocol | None = None
    pixels: bool = True
    problems: tuple[Problem, ...] = field(default=())

    @property
    def file(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "settings.toml"

    def remember_theme(self, name: str) -> None:
        """Write the theme into the settings file, leaving the rest of it as it is."""
        import tomlkit

        try:
            document = tomlkit.parse(self.file.read_text("utf-8-sig"))
        except (OSError, ValueError):
            document = tomlkit.document()
        document["theme"] = name
        self.config.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_suffix(".new")
        temporary.write_text(tomlkit.dumps(document), "utf-8")
        temporary.replace(self.file)


def load_settings() -> Settings:
    """Read the settings; never fails."""
    config = config_dir()
    path = config / "settings.toml"
    said: dict[str, object] = {}
    problems: list[Problem] = []
    try:
        said = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        problems.append(Problem(str(path), f"is not understood: {error}", "mend or delete it"))
    theme, cells = said.get("theme", DEFAULT_THEME), said.get("cells")
    mode = best_mode(os.environ)
    if cells is not None:
        if cells in [one.value for one in Mode]:
            mode = Mode(cells)
        else:
            known = ", ".join(one.value for one in Mode)
            problems.append(Problem(str(path), f"cells = {cells!r} is not known", f"use {known}"))
    protocol, pixels = None, True
    pictures = said.get("pictures", "auto")
    if pictures in [one.value for one in Protocol]:
        protocol = Protocol(pictures)
    elif pictures == "cells":
        pixels = False
    elif pictures != "auto":
        known = ", ".join(("auto", "cells", *(one.value for one in Protocol)))
        what = f"pictures = {pictures!r} is not known"
        problems.append(Problem(str(path), what, f"use {known}"))
    return Settings(config, str(theme), mode, cells is not None, protocol, pixels, tuple(problems))
