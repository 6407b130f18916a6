"""A project: a folder with a `studio.toml`, and everything that belongs to it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import atomic
from studio.project import config as settings
from studio.project.faults import told
from studio.project.history import History
from studio.project.places import project_cache, project_state
from studio.project.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from studio.project.config import Config
    from studio.project.journal import Journal
    from studio.project.lock import Claim
    from studio.project.undo import Undo


class Project:
    """One open project.

    Attributes:
        root: its folder, absolute.
        id: from `studio.toml`; without one there, made from the folder's place.
        config: what `studio.toml` said when it was last read.
        state: the user's folder for history, journal and undo of this project.
        cache: the user's folder for what can be made again.
        history: versions that were overwritten.
        store: its text files.
    """

    def __init__(self, root: Path, config: Config) -> None:
        self.root = root
        self.config = config
        self.id = config.id or _id_of(root)
        self.state = project_state(self.id, root)
        if config.id:
            _mark(self.state, root)
        self.cache = project_cache(self.id)
        self.history = History(self.state / "history")
        self.store = Store(root, self.history)

    @classmethod
    def open(cls, path: Path) -> Project:
        """Open the project in a folder. Only its `studio.toml` is read.

        Raises:
            Problem: when there is no such folder, no `studio.toml` in it, or that cannot be read.
        """
        root = path.expanduser().absolute()
        if not root.exists():
            raise Problem(str(path), "there is no such folder", f"Make one with: studio new {path}")
        if not root.is_dir():
            near = next((each for each in root.parents if (each / settings.FILE).exists()), None)
            mend = f"Open the project it is in: studio {near}" if near else "Name its folder"
            raise Problem(str(path), "it is a file, and a project is a folder", mend)
        if not (root / settings.FILE).exists():
            raise Problem(
                str(path),
                f"it has no {settings.FILE}, so it is no project",
                f"Make one with: studio new {path}",
            )
        return cls(root, _read_config(root))

    def reload(self) -> Config:
        """Read `studio.toml` again, and return and keep what it says.

        Raises:
            Problem: when it cannot be read; the last good one is kept.
        """
        self.config = _read_config(self.root)
        return self.config

    @functools.cached_property
    def journal(self) -> Journal:
        """Unsaved text, kept against a crash."""
        from studio.project.journal import Journal

        return Journal(self.state / "journal")

    @functools.cached_property
    def undo(self) -> Undo:
        """Every step, and the way back."""
        from studio.project.undo import Undo

        return Undo(self.state, self.store, self.history)

    @functools.cached_property
    def claim(self) -> Claim:
        """Tells whether another window has this project open."""
        from studio.project.lock import Claim

        return Claim(self.state)


def _read_config(root: Path) -> Config:
    file = root / settings.FILE
    try:
        data = atomic.read_regular(os.path.realpath(file), settings.LIMIT + 1)
    except atomic.NotRegular as error:
        raise Problem(str(file), "it is not a regular file", "Replace it by a file") from error
    except atomic.TooLarge:
        data = b" " * (settings.LIMIT + 1)  # `parse` says so
    except OSError as error:
        raise told(str(file), error) from error
    config = settings.parse(data, str(file))
    return config if config.name else replace(config, name=root.name)


def _id_of(root: Path) -> str:
    return "at-" + hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]


def _mark(state: Path, root: Path) -> None:
    """Note which folder this state belongs to; see `places.project_state`."""
    real = os.fsencode(os.path.realpath(root))
    mark = state / "root"
    with contextlib.suppress(OSError):
        if mark.is_file() and mark.read_bytes() == real:
            return
        state.mkdir(parents=True, exist_ok=True)
        mark.write_bytes(real)
