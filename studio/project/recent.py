"""The projects that were opened, the latest first."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.project import atomic
from studio.project.places import state_dir

if TYPE_CHECKING:
    from studio.project.project import Project

MOST = 30
_FILE = "recent.json"


@dataclass(frozen=True)
class Recent:
    """A project that was opened: its name, its folder, when (UTC), and whether it is gone."""

    name: str
    path: Path
    opened: dt.datetime
    missing: bool = False


def recent() -> list[Recent]:
    """Return up to `MOST` projects, the latest first; a damaged list is an empty one."""
    found = []
    for each in _load():
        try:
            path = Path(each["path"])
            opened = dt.datetime.fromisoformat(each["opened"]).astimezone(dt.UTC)
            missing = not (path / "studio.toml").is_file()
            found.append(Recent(str(each["name"]), path, opened, missing))
        except (KeyError, TypeError, ValueError, OSError):
            continue
    return found


def remember(project: Project, now: dt.datetime | None = None) -> None:
    """Put a project at the head of the list. A list that cannot be written is no trouble.

    Args:
        project: what was opened.
        now: when, by default now.
    """
    path = str(project.root)
    opened = (now or dt.datetime.now(dt.UTC)).isoformat()
    others = [each for each in _load() if isinstance(each, dict) and each.get("path") != path]
    entries = [{"name": project.config.name, "path": path, "opened": opened}, *others]
    try:
        atomic.write_whole(_file(), json.dumps(entries[:MOST], indent=1).encode())
    except OSError:
        return


def forget(path: Path) -> None:
    """Take a folder off the list."""
    entries = [
        each for each in _load() if not isinstance(each, dict) or each.get("path") != str(path)
    ]
    atomic.write_whole(_file(), json.dumps(entries, indent=1).encode())


def _file() -> str:
    return os.fspath(state_dir() / _FILE)


def _load() -> list[dict[str, str]]:
    try:
        found = json.loads(atomic.read_regular(os.path.realpath(_file()), 1 << 20))
    except (OSError, ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []
