"""Sample projects that ship with the program, and the user's own copies of them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import config as settings
from studio.project.faults import told
from studio.project.places import shipped, state_dir

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER = "sample_projects"
_TEMP = ".studio-tmp"
_STALE = 3600.0  # seconds after which a half-made copy has nobody working on it
_TEMPLATE = re.compile(rb"^[ \t]*template[ \t]*=[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_ID = re.compile(rb"^[ \t]*id[ \t]*=[ \t]*(\"[^\"\r\n]*\"|'[^'\r\n]*')", re.MULTILINE)
_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """A shipped project: its folder's name, the page's name, what it is about, its folder."""

    name: str
    title: str
    about: str
    path: Path


def samples() -> list[Sample]:
    """Return the shipped samples, sorted by name."""
    found = []
    for file in sorted(shipped(_FOLDER).glob(f"*/{settings.FILE}")):
        with contextlib.suppress(Problem, OSError):
            config = settings.parse(file.read_bytes(), str(file))
            name = file.parent.name
            found.append(Sample(name, config.name or name, config.about, file.parent))
    return found


def copy_sample(name: str, to: Path) -> None:
    """Copy a shipped sample into a new or empty folder, with an id of its own.

    The copy appears whole or not at all.

    Raises:
        Problem: when there is no such sample, or the folder is not empty.
    """
    known = {each.name: each for each in samples()}
    if name not in known:
        names = ", ".join(known) or "none is installed"
        raise Problem(name, "there is no sample of this name", f"Choose one of: {names}")
    _copy(known[name].path, to)


def working_copy(path: Path) -> Path:
    """Return the folder to open instead of `path`: of a shipped sample the user's own copy.

    The copy is made at the first use and kept. Any other path comes back as it is.

    Raises:
        Problem: when the copy cannot be made.
    """
    if not _is_template(path):
        return path
    source = path.expanduser().absolute()
    name = source.name
    if source.parent != shipped(_FOLDER):
        name += "-" + hashlib.sha256(os.fsencode(source)).hexdigest()[:8]
    copy = state_dir() / "samples" / name
    if not (copy / settings.FILE).is_file():
        _copy(source, copy)
    return copy


def _is_template(path: Path) -> bool:
    file = path.expanduser() / settings.FILE
    try:
        if not file.is_file() or file.stat().st_size > settings.LIMIT:
            return False
        data = file.read_bytes()
        if _TEMPLATE.search(data) is None:
            return False
        return settings.load(data).get("template") is True
    except (OSError, Problem):
        return False


def _copy(source: Path, to: Path) -> None:
    to = to.expanduser().absolute()
    try:
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise Problem(
                str(to), "there is something in this place", "Name a folder that does not exist yet"
            )
        to.parent.mkdir(parents=True, exist_ok=True)
        _sweep(to)
        half = to.with_name(f".{to.name}.{os.urandom(5).hex()}{_TEMP}")
        try:
            # Not synced file by file: what a power cut takes from a copy can be copied again.
            shutil.copytree(source, half, copy_function=shutil.copyfile, ignore=_unwanted)
            file = half / settings.FILE
            file.write_bytes(personal(file.read_bytes()))
            _put(half, to)
        finally:
            shutil.rmtree(half, ignore_errors=True)
    except OSError as error:
        raise told(str(to), error) from error
    except shutil.Error as error:
        raise Problem(str(to), "it could not be copied whole", "Free some space") from error


def _put(half: Path, to: Path) -> None:
    try:
        if to.is_dir():
            to.rmdir()  # empty, or this refuses
        half.rename(to)
    except OSError:
        if not (to / settings.FILE).is_file():  # else another window was quicker
            raise


def _unwanted(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {".git", "__pycache__", ".DS_Store"}}


def _sweep(to: Path) -> None:
    for half in to.parent.glob(f".{to.name}.*{_TEMP}"):
        with contextlib.suppress(OSError):
            if time.time() - half.stat().st_mtime > _STALE:
                shutil.rmtree(half, ignore_errors=True)


def personal(data: bytes) -> bytes:
    """Return a sample's `studio.toml` as that of a project: no template, an id of its own."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    data = data.removeprefix(mark)
    fresh = f'id = "{uuid.uuid4().hex}"'.encode()
    first = _TABLE.search(data)
    end = first.start() if first else len(data)
    top = _TEMPLATE.sub(b"", data[:end])
    top, changed = _ID.subn(fresh, top, count=1)
    if not changed:
        top = fresh + b"\n" + top
    made = top + data[end:]
    table = settings.load(made)
    if "template" in table or table.get("id") != fresh[6:-1].decode():
        raise Problem(settings.FILE, "its id and template are not where they belong", "Mend it")
    return mark + made
