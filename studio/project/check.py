"""What is wrong in a project's folder, and how to mend it. Looks only, changes nothing."""

from __future__ import annotations

import os
import stat
import unicodedata
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import config as settings
from studio.project.conflicts import conflict_of
from studio.project.properties import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.project.project import Project

_SIDECAR = ".xmp"


def check(project: Project) -> list[Problem]:
    """Return everything found wrong, in the order of the folder's parts."""
    files = project.store.walk()
    return [
        *_settings(project),
        *_strange(project),
        *_twins(files),
        *_conflicts(project),
        *_ideas(project, files),
        *_captions(files),
        *_sidecars(files),
        *_temps(project),
    ]


def _settings(project: Project) -> Iterator[Problem]:
    try:
        data, _ = project.store.read(settings.FILE)
        config = settings.parse(data)
    except Problem as problem:
        yield problem
        return
    for notice in config.notices:
        yield Problem(settings.FILE, notice, "Correct its spelling, add it, or take it out")
    if not config.id:
        yield Problem(
            settings.FILE,
            "the project has no id, and loses its history when the folder is moved",
            f'Add a first line: id = "{project.id.removeprefix("at-")}"',
        )


def _strange(project: Project) -> Iterator[Problem]:
    """What is neither file nor folder, and links that leave the project."""
    root = os.path.realpath(project.root)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(names)):
            full = os.path.join(folder, name)  # noqa: PTH118
            path = os.path.relpath(full, root).replace(os.sep, "/")
            try:
                mode = os.lstat(full).st_mode
            except OSError:
                continue
            if stat.S_ISLNK(mode):
                real = os.path.realpath(full)
                if not os.path.exists(real):  # noqa: PTH110
                    yield Problem(path, "it is a link that leads nowhere", "Delete or mend it")
                elif not real.startswith(root + os.sep):
                    yield Problem(
                        path,
                        "it is a link that leaves the project, and is passed over",
                        "Put the thing itself here instead",
                    )
            elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                yield Problem(path, "it is not a regular file", "Move it out of the project")


def _twins(files: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path in files:
        key = _folded(path)
        if key in seen:
            yield Problem(
                path,
                f"its name differs from {seen[key]} only in case or in how accents are written, "
                "and other machines take them for one file",
                "Rename one of the two",
            )
        seen.setdefault(key, path)


def _conflicts(project: Project) -> Iterator[Problem]:
    for path in project.store.conflicts():
        yield Problem(
            path,
            f"it is a second version of {conflict_of(path)}",
            "Take over what you want from it, then delete it",
        )


def _ideas(project: Project, files: list[str]) -> Iterator[Problem]:
    by_name = {_folded(path): path for path in files}
    present = set(files)
    for path in project.store.names("ideas", ".md"):
        try:
            document = Document.parse(project.store.read(path)[0])
        except Problem as problem:
            yield problem
            continue
        if document.problem:
            yield Problem(path, document.problem, "Mend it in a text editor")
        for media in document.get_list("media"):
            if media in present:
                continue
            other = by_name.get(_folded(media))
            if other is not None:
                yield Problem(
                    path, f"it names {media}, and the file is called {other}", "Correct the name"
                )
            else:
                yield Problem(
                    path,
                    f"it names {media}, which is not there",
                    "Bring the file back or take its name out of the idea",
                )


def _captions(files: list[str]) -> Iterator[Problem]:
    ideas = {_stem(path) for path in files if _in(path, "ideas", ".md")}
    for path in files:
        if _in(path, "captions", ".md"):
            stem = _stem(path)
            of = stem.removesuffix(".comment")  # a first comment
            if ideas.isdisjoint({stem, of, of.rpartition(".")[0]}):
                yield Problem(
                    path,
                    "no idea has this name, so the caption is not shown",
                    f"Rename it after its idea, or make ideas/{stem}.md",
                )


def _sidecars(files: list[str]) -> Iterator[Problem]:
    # Adobe names a sidecar after the stem (x.xmp), darktable and we after the file (x.jpg.xmp).
    known = set(files) | {path.rpartition(".")[0] for path in files if not _is_sidecar(path)}
    for path in files:
        if _is_sidecar(path) and path[: -len(_SIDECAR)] not in known:
            yield Problem(
                path,
                "the picture or clip it tells about is gone",
                "Bring that back, or delete this file too",
            )


def _temps(project: Project) -> Iterator[Problem]:
    for path in project.store.temps():
        yield Problem(
            path,
            "a save that was cut short left it behind",
            "Open the project once: what is new in it goes to the history, then it is cleared",
        )


def _is_sidecar(path: str) -> bool:
    return path.lower().endswith(_SIDECAR)


def _in(path: str, folder: str, suffix: str) -> bool:
    return path.rpartition("/")[0] == folder and path.lower().endswith(suffix)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
