"""Where things of the user live: settings, state, caches, and what the program ships with.

The XDG variables are honoured on Linux and macOS alike, `STUDIO_CONFIG`, `STUDIO_STATE` and
`STUDIO_CACHE` everywhere and before them. Nothing here creates a folder.
"""

# ruff: noqa: PTH113, PTH117, PTH118
# `os.path` where a name comes as text and is only asked about: no Path is made for it.

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

APP = "studio"
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_XDG_HOME = {"config": ".config", "state": ".local/state", "cache": ".cache"}


def config_dir() -> Path:
    """Return the folder of the user's settings: keys, themes, choices."""
    return _place("config")


def state_dir() -> Path:
    """Return the folder of what must not be lost but is no setting: history, journals, undo."""
    return _place("state")


def cache_dir() -> Path:
    """Return the folder of what can be made again: deleting it loses nothing."""
    return _place("cache")


def _place(kind: str) -> Path:
    own = os.environ.get(f"STUDIO_{kind.upper()}")
    if own:
        return Path(own).expanduser().absolute()
    xdg = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    if os.name == "posix" and os.path.isabs(xdg):  # a relative one is to be ignored (XDG 0.8)
        return Path(xdg) / APP
    if sys.platform in {"darwin", "win32"}:
        import platformdirs

        found: Path = getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False)
        # On macOS settings and state share one folder, on Windows settings, state and caches do.
        return found / kind
    return Path.home() / _XDG_HOME[kind] / APP


def folder_name(project_id: str) -> str:
    """Return a project's id as the name of one folder, whatever the id says."""
    if _PLAIN_ID.fullmatch(project_id):
        return project_id
    return "x-" + hashlib.sha256(project_id.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def project_cache(project_id: str) -> Path:
    """Return the folder of one project's caches."""
    return cache_dir() / "projects" / folder_name(project_id)


def project_state(project_id: str, root: Path | None = None) -> Path:
    """Return the folder of one project's state.

    A folder copied with its `studio.toml` has the id of the original. So that the two never mix
    their unsaved text, a second living folder with the same id gets a state folder of its own; a
    folder that was moved keeps its state.

    Args:
        project_id: the id in `studio.toml`.
        root: the project's folder; without it the first folder's state is meant.
    """
    first = state_dir() / "projects" / folder_name(project_id)
    if root is None:
        return first
    real = os.path.realpath(root)
    try:
        known = os.fsdecode((first / "root").read_bytes())
    except OSError:
        return first
    if known == real or not os.path.isfile(os.path.join(known, "studio.toml")):
        return first
    mark = hashlib.sha256(os.fsencode(real)).hexdigest()[:12]
    return first.with_name(f"{first.name}-{mark}")


def shipped(name: str) -> Path:
    """Return a folder that ships with the program: "themes" or "sample_projects".

    An installed package has it inside, a source tree beside the package. It may not exist.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def local_zone() -> str:
    """Return this machine's IANA time zone, "UTC" when it cannot be told."""
    named = os.environ.get("TZ", "").removeprefix(":")
    link = os.path.realpath("/etc/localtime") if os.name == "posix" else ""
    for candidate in (named, link.partition("zoneinfo/")[2]):
        if is_zone(candidate):
            return candidate
    return "UTC"


def is_zone(name: str) -> bool:
    """Tell whether a name is an IANA time zone this machine knows."""
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)
