"""The figures of a picture's pixels, from which checks are answered; and the cache that keeps them.

Pictures are opened with suspicion, as everywhere: what is not a whole, known picture becomes a
`Problem`. Nothing heavy is imported before something is measured.
"""

from __future__ import annotations

import json
import os
from dataclasses import astuple, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from studio.media.whole import read_picture

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

VERSION = 1
"""Raised whenever a figure means something else; what a cache kept of older ones is not used."""

WORKING = 540 * 675
"""Pixels at which everything is measured, so that figures compare between sizes.

A quarter of 1080×1350: a JPEG decoder yields half a size sooner than the whole.
"""

Stamp = tuple[int, int]
"""The state a file is in: time of change in nanoseconds, and bytes."""


@dataclass(frozen=True)
class Measures:
    """The figures of one picture, upright, at `WORKING` pixels, without a sure border.

    Attributes:
        sharpness: variance of the Laplacian where the picture is sharpest, brought to one
            contrast, so that a dark picture is not called soft; only to be compared within a
            group.
        mean: grey, 0 black to 255 white.
        clipped_dark: share of the picture that is black, 0 to 1.
        clipped_light: share that is white.
        border: baked-in border left, top, right, bottom, in pixels of the file as shown; cropping
            that much leaves nothing of it. None without.
        dhash: difference hash, 64 bit; 0 for a picture of one colour.
        phash: perceptual hash, 64 bit; as `dhash`.
        version: `VERSION` when it was measured.
        crispness: finest detail to the next coarser, about 0.1 when blurred and 0.15 to 0.4 when
            not, whatever the scene; 0 when there is none, or the picture is too small to say.
        darkest: the grey that 0.1 % of the picture are at or below.
        lightest: the grey that 0.1 % of the picture are at or above.
        border_kind: "black", "white", "plain" or "blurred"; "" without.
        border_sure: whether the border can hardly be part of the scene.
    """

    sharpness: float
    mean: float
    clipped_dark: float
    clipped_light: float
    border: tuple[int, int, int, int] | None
    dhash: int
    phash: int
    version: int = VERSION
    crispness: float = 0.0
    darkest: int = 0
    lightest: int = 255
    border_kind: str = ""
    border_sure: bool = True


def stamp(path: Path) -> Stamp | None:
    """Return the state a file is in, None when it cannot be told."""
    try:
        state = os.stat(path)  # noqa: PTH116 (thousands a scan)
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size


def measure(path: Path) -> Measures:
    """Measure a picture: about 10 ms for a JPEG of 1080×1350.

    Raises:
        Problem: it is missing, no picture of a known format, damaged, or larger than is opened.
    """
    from studio.media.checks.pixels import measured

    return read_picture(path, measured, "that can be measured")


# The cache


class MeasureCache:
    """Measures of a project's pictures, kept in one file of JSON lines.

    A line is added for each picture measured; the file is written anew when most of it is of no
    use any more. Deleting it, or failing to write it, costs only time.

    Args:
        cache: the project's cache folder.
    """

    def __init__(self, cache: Path) -> None:
        self._path = cache / "measures.jsonl"
        self._rows: dict[str, list[Any]] | None = None  # [path, time, bytes, figures…] by path
        self._fresh: list[list[Any]] = []
        self._lines = 0

    def get(self, path: str, stamp: Stamp) -> Measures | None:
        """Return the measures of a file in this state, None when they are not known.

        Args:
            path: in the project.
            stamp: its state, as `stamp` told it.
        """
        row = self._known().get(path)
        if row is None or (row[1], row[2]) != stamp:
            return None
        return _of_row(row)

    def put(self, path: str, stamp: Stamp, measures: Measures) -> None:
        """Keep the measures of a file in this state; on disk after `save`."""
        figures = [*astuple(measures)]
        if measures.border is not None:
            figures[_BORDER] = [*measures.border]  # as it is read again
        row = [path, *stamp, *figures]
        self._known()[path] = row
        self._fresh.append(row)

    def load_all(self) -> dict[str, Measures]:
        """Return all measures by path, as they were when last measured.

        A file may have changed or gone since; `get` knows.
        """
        made = {}
        for path, row in self._known().items():
            measures = _of_row(row)
            if measures is not None:
                made[path] = measures
        return made

    def save(self, *, keep: Container[str] | None = None) -> None:
        """Write what was measured since; a cache that cannot be written is no matter.

        Args:
            keep: forget files that are not among these.
        """
        known = self._known()
        if keep is not None:
            for path in [path for path in known if path not in keep]:
                del known[path]
        rows, self._fresh = self._fresh, []  # what is put meanwhile waits for the next time
        anew = self._lines + len(rows) > 2 * len(known) + 100
        if not rows and not anew:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if anew:
                temporary = self._path.with_name(f"measures-{os.getpid()}.tmp")
                temporary.write_bytes(_as_lines(list(known.values())))
                temporary.replace(self._path)
                self._lines = len(known)
            else:
                # The line feed first: what a crash cut off stays a line of its own.
                with self._path.open("ab") as file:
                    file.write(b"\n" + _as_lines(rows))
                self._lines += len(rows)
        except OSError:
            self._fresh = rows + self._fresh

    def _known(self) -> dict[str, list[Any]]:
        if self._rows is None:
            self._rows = self._load()
        return self._rows

    def _load(self) -> dict[str, list[Any]]:
        try:
            lines = [line for line in self._path.read_bytes().split(b"\n") if line]
        except OSError:
            return {}
        self._lines = len(lines)
        try:
            rows = json.loads(b"[" + b",".join(lines) + b"]")
        except (ValueError, RecursionError):
            rows = [row for line in lines if (row := _parsed(line)) is not None]
        return {row[0]: row for row in rows if _is_row(row)}


_FIGURES, _BORDER, _VERSION = 13, 4, 7  # how many `Measures` has, and where these two stand
_AT_BORDER, _AT_VERSION = 3 + _BORDER, 3 + _VERSION


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 3 + _FIGURES
        and isinstance(row[0], str)
        and row[_AT_VERSION] == VERSION
    )


def _of_row(row: list[Any]) -> Measures | None:
    values = row[3:]
    border = values[_BORDER]
    if border is not None:
        if not isinstance(border, list) or [*map(type, border)] != [int] * 4:
            return None
        values[_BORDER] = tuple(border)
    if not _may_be(tuple(map(type, values))):
        return None
    made = Measures(*values)
    return made if 0 <= made.dhash < 1 << 64 and 0 <= made.phash < 1 << 64 else None


@cache
def _may_be(kinds: tuple[type, ...]) -> bool:
    """Say whether values of these types can be those of `Measures`; thousands of rows are alike."""
    return all(
        kind in _KINDS[str(field.type)] for kind, field in zip(kinds, fields(Measures), strict=True)
    )


_KINDS: dict[str, set[type]] = {
    "float": {float, int},
    "int": {int},
    "str": {str},
    "bool": {bool},
    "tuple[int, int, int, int] | None": {tuple, type(None)},
}


def _as_lines(rows: list[list[Any]]) -> bytes:
    return b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)


def _parsed(line: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
