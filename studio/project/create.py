"""A new project: the folders, a `studio.toml` that explains itself, a first idea that teaches."""

from __future__ import annotations

import datetime as dt
import json
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import atomic
from studio.project.config import FILE
from studio.project.faults import told
from studio.project.places import is_zone, local_zone
from studio.project.project import Project
from studio.project.samples import copy_sample

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDERS = ("ideas", "captions", "briefs", "media", "reels", "stats/exports", "inbox", "outbox")

_CONFIG = """\
# This folder is a Studio project, and these are its settings. Change them in any text editor.

id = "{id}"                     # made once; leave it alone
name = {name}
about = ""                      # one line: what the page is about
zone = {zone}                   # where the audience lives, a name from the tz database

# The columns of the board, from the first thought to the post.
stages = ["idea", "making", "ready", "scheduled", "posted"]

# What no picture of this page may show.
bans = []                       # for example ["wall-mounted TV", "LED string lights"]

# The hours of the day at which you can post, in the zone above.
hours = [7, 8, 9, 12, 17, 18, 19, 20, 21]

# Your pages, one block each. Take the # away.
# [[accounts]]
# platform = "instagram"        # or "tiktok"
# handle = "your.page"          # without the @
# followers = 0

# The themes you come back to, and the hashtags that tell an old post belongs to one.
# [[pillars]]
# name = "home"
# tags = ["livingroom", "wallpaper"]

# [audience]
# declared = "UK, born 1975-85"
"""

_FIRST = """\
---
title: Start here
stage: {stage}
format: image
platforms: []
tags: []
media: []
source: me
created: {today}
---
This is an idea: one file, `ideas/start-here.md`. What stands between the lines of dashes are its
properties, what follows are notes, for you alone.

1. Put a picture into the folder `media`. F3 goes to the preview, A shows all media there, and I
   puts the one shown into this idea.
2. There P keeps it, X rejects it, U takes that back, 1 to 5 give stars.
3. F4: write the caption yourself. It is saved as you type, to `captions/start-here.md`.
4. Move the idea along the board: idea, making, ready, scheduled, posted.
5. When you have an export of your page from Instagram or TikTok, bring it in with `studio import`.

Every file here can be opened and changed in any other program at the same time. When you are done
with this one, throw it away: it goes to `.trash`, and Ctrl+Z brings it back.
"""


def create(
    path: Path,
    name: str | None = None,
    zone: str | None = None,
    sample: str | None = None,
    *,
    today: dt.date | None = None,
) -> Project:
    """Make a project in a new or empty folder and open it.

    Args:
        path: the folder. Hidden files in it (`.git`) are no hindrance, unless a sample is copied.
        name: of the page; by default made from the folder's name.
        zone: the audience's IANA time zone; by default this machine's.
        sample: copy this shipped sample instead of starting empty.
        today: the day the first idea is from.

    Raises:
        Problem: when the folder is not empty, the zone unknown, or the disk refuses.
    """
    root = path.expanduser().absolute()
    if sample is not None:
        copy_sample(sample, root)
        _make_folders(root)
        return Project.open(root)
    if zone is not None and not is_zone(zone):
        raise Problem(zone, "it is no time zone", "Name one such as Europe/London")
    _check_empty(root)
    title = name or root.name.replace("-", " ").replace("_", " ").strip().capitalize() or "My page"
    day = today or dt.datetime.now().astimezone().date()
    files = {
        "ideas/start-here.md": _FIRST.format(stage="idea", today=day.isoformat()),
        FILE: _CONFIG.format(
            id=uuid.uuid4().hex, name=_quoted(title), zone=_quoted(zone or local_zone())
        ),
    }
    _write(root, files)
    return Project.open(root)


def _check_empty(root: Path) -> None:
    if (root / FILE).exists():
        raise Problem(str(root), "it is a project already", f"Open it with: studio {root}")
    if root.exists() and not root.is_dir():
        raise Problem(str(root), "there is a file of this name", "Choose another name")
    try:
        if root.exists() and any(not each.name.startswith(".") for each in root.iterdir()):
            raise Problem(
                str(root),
                "the folder is not empty",
                "Choose a new name, or move what is in it to another place first",
            )
    except OSError as error:
        raise told(str(root), error) from error


def _make_folders(root: Path) -> None:
    try:
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise told(str(root), error) from error


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write the files, `studio.toml` last: with it the folder becomes a project."""
    _make_folders(root)
    for path, text in files.items():
        target = root / path
        temp = atomic.temp_beside(os.fspath(target))
        try:
            atomic.write_new(temp, text.encode())
            atomic.rename_new(temp, os.fspath(target))
        except OSError as error:
            Path(temp).unlink(missing_ok=True)
            raise told(str(target), error) from error
        atomic.sync_folder(os.fspath(target.parent))


def _quoted(text: str) -> str:
    # JSON and TOML quote alike, except for DEL and lone surrogates, which TOML forbids.
    safe = text.encode("utf-8", "replace").decode()
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")
