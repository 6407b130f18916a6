"""What a media file is whatever its name: found again after a rename outside."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.media.library import media_files
from studio.media.magic import open_regular
from studio.media.sidecar import recorded_identity, sidecar_path
from studio.problem import Problem

if TYPE_CHECKING:
    from studio.project.store import Store

_REMEMBERED = 4096
_VERSIONS = 5  # of a lost sidecar that are looked at

_known: dict[tuple[str, int, int], str] = {}


def identity(path: Path) -> str:
    """Return the identity of a file's content, `<size>:<SHA-256 in hex>`.

    An unchanged file is not read again.

    Raises:
        Problem: the file is missing or cannot be read.
    """
    with open_regular(path) as file:
        state = os.fstat(file.fileno())
        key = (os.fspath(path), state.st_mtime_ns, state.st_size)
        if key not in _known:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            _known[key] = f"{state.st_size}:{digest}"
        return _known[key]


def known_identity(path: Path) -> str | None:
    """Return the identity of a file if `identity` has read it as it is now, else None."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _known.get((os.fspath(path), state.st_mtime_ns, state.st_size))


def find_renamed(missing: str, store: Store) -> list[str]:
    """Return where a missing media file may be now, the surest first.

    First the files with the content its sidecar recorded; without any, files of the same name in
    another folder.

    Args:
        missing: the path an idea names.
        store: the project's files.
    """
    paths = media_files(store)
    wanted = _recorded(missing, store)
    found = [path for path in paths if _is(store.root / path, wanted)] if wanted else []
    if found:
        return found
    name = _same(missing)
    return [path for path in paths if path != missing and _same(path) == name]


def _recorded(missing: str, store: Store) -> str | None:
    """Return the identity in a file's sidecar, or in the last one it had."""
    sidecar = sidecar_path(missing)
    versions: list[bytes] = []
    try:
        versions = [store.read(sidecar)[0]]
    except Problem:
        for entry in store.history.entries(sidecar)[:_VERSIONS]:
            try:
                versions.append(store.history.get(entry.digest))
            except Problem:
                continue
    for data in versions:
        try:
            found = recorded_identity(data)
        except Problem:
            continue
        if found:
            return found
    return None


def _is(path: Path, wanted: str) -> bool:
    """Say whether a file has an identity; only one of the right size is read."""
    size = wanted.partition(":")[0]
    try:
        return str(path.stat().st_size) == size and identity(path) == wanted
    except (OSError, Problem):
        return False


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(path).name).casefold()
