"""Every verdict of a project, quickly: what was read before is read again only when it changed.

The cache is one file in the user's cache folder, and a hint. What stands in it of a sidecar counts
while that sidecar has the same times and size; losing it costs one reading of every sidecar.

Reading ten thousand sidecars takes a second. It goes in slices, with a breath between them, so that
the screen's thread is not kept waiting, and hands over what it has as it goes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.media.library import MEDIA_FOLDER, kind_of
from studio.media.review import Reviewed, adobe_path, read_reviewed
from studio.media.sidecar import sidecar_path
from studio.media.verdict import NO_VERDICT, Pin, Verdict
from studio.problem import Problem
from studio.project import atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from studio.project.store import Stamp, Store

FORMAT = 2
"""Raised when a sidecar is understood in another way; an older cache is then passed over."""

_NAME = "verdicts.jsonl"
_LARGEST = 64 << 20  # bytes of cache that are read
_LINE = 200  # sidecars a line: half a millisecond to parse, and Python's lock is held for it
_SLICE = 0.002  # seconds of work between two breaths
_BREATH = 0.0002  # seconds; any sleep lets a waiting thread in, a yield alone need not
_PART = 0.05  # seconds between two handovers
_FRESH = 50_000_000  # nanoseconds: a file so new may be changed again without new times
_FRESH_COARSE = 2_500_000_000  # the same where times are whole seconds (FAT counts two at a time)


class _Known(NamedTuple):
    stamp: Stamp
    verdict: Verdict
    brief: str | None


class Index:
    """The media of a project and the verdicts on them. For one thread at a time.

    Args:
        store: the project's files.
        cache: the project's cache folder; it need not exist.
    """

    def __init__(self, store: Store, cache: Path) -> None:
        self._store = store
        self._file = cache / _NAME
        self._known: dict[str, _Known] | None = None
        self._changed = False

    def load(
        self,
        on_part: Callable[[Mapping[str, Reviewed]], None] | None = None,
        first: Sequence[str] = (),
    ) -> dict[str, Reviewed]:
        """Return every picture, clip and piece of music under `media/`, sorted by path.

        Args:
            on_part: gets what was read since it was last called, on the calling thread; all parts
                together are what is returned. It may raise to stop.
            first: media to read before all others, before even looking which there are.
        """
        parts = _Parts(on_part)
        for path in first:
            if kind_of(path) is not None and self._there(path):
                parts.add(path, read_reviewed(self._store, path))
        parts.hand_over()
        known = self._known if self._known is not None else self._cached(parts.pace)
        now: dict[str, _Known] = {}
        fresh = 0
        paths, stamps, began = self._listed(parts.pace)
        coming = self._store.pending()
        for path in paths:
            sidecar = next(
                (one for one in (sidecar_path(path), adobe_path(path)) if one in stamps), None
            )
            if sidecar is None:
                parts.add(path, Reviewed(path, NO_VERDICT))
                continue
            stamp = stamps[sidecar]
            told = known.get(sidecar)
            if told is None or told.stamp != stamp or sidecar in coming:
                fresh += 1
                one = read_reviewed(self._store, path)
                told = _Known(stamp, one.verdict, one.brief)
                if one.problem is None and sidecar not in coming and _settled(stamp, began):
                    now[sidecar] = told
            else:
                one = Reviewed(path, told.verdict, None, told.brief)
                now[sidecar] = told
            parts.add(path, one)
        parts.hand_over()
        self._changed |= fresh > 0 or now.keys() != known.keys()
        self._known = now
        return {path: parts.made[path] for path in paths}

    def save(self) -> None:
        """Write the cache if anything in it is new; that it cannot be written is no matter."""
        if not self._changed or self._known is None:
            return
        pace = _Pace()
        items = list(self._known.items())
        lines = []
        for start in range(0, len(items), _LINE):
            made = [_encoded(path, known) for path, known in items[start : start + _LINE]]
            lines.append(json.dumps(made, separators=(",", ":")).encode())
            pace.breathe()
        body = b"\n".join(lines)
        head = json.dumps({"format": FORMAT, "sum": _sum(body)}).encode()
        with suppress(OSError):
            atomic.write_whole(str(self._file), head + b"\n" + body)
            self._changed = False

    def _there(self, path: str) -> bool:
        try:
            self._store.size(path)
        except Problem:
            return False
        return True

    def _listed(self, pace: _Pace) -> tuple[list[str], dict[str, Stamp], int]:
        """Return the media, the sidecars with their stamps, and when the listing began (ns)."""
        began = time.time_ns()
        paths: list[str] = []
        stamps: dict[str, Stamp] = {}
        for path, stamp in self._store.stamped(MEDIA_FOLDER, ".xmp"):
            if stamp is not None:
                stamps[path] = stamp
            elif kind_of(path):
                paths.append(path)
            pace.breathe()
        for path in self._store.pending():
            if path.endswith(".xmp"):
                stamps.setdefault(path, (0, 0, 0))
        paths.sort()
        return paths, stamps, began

    def _cached(self, pace: _Pace) -> dict[str, _Known]:
        made: dict[str, _Known] = {}
        shared: dict[object, Verdict] = {}
        try:
            head, _, body = atomic.read_regular(str(self._file), _LARGEST).partition(b"\n")
            told = json.loads(head)
            if told["format"] != FORMAT or told["sum"] != _sum(body):
                return {}
            for line in body.split(b"\n"):
                for record in json.loads(line) if line else ():
                    made[record[0]] = _decoded(record, shared)
                pace.breathe()
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return {}
        return made


class _Pace:
    """Rests for a moment after each slice of work."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def breathe(self) -> None:
        if time.perf_counter() - self._since > _SLICE:
            time.sleep(_BREATH)
            self._since = time.perf_counter()


class _Parts:
    """What was read, and what of it is to be handed over."""

    def __init__(self, on_part: Callable[[Mapping[str, Reviewed]], None] | None) -> None:
        self.made: dict[str, Reviewed] = {}
        self.pace = _Pace()
        self._on_part = on_part
        self._part: dict[str, Reviewed] = {}
        self._since = time.perf_counter()

    def add(self, path: str, one: Reviewed) -> None:
        if self.made.get(path) != one:
            self.made[path] = self._part[path] = one
        if time.perf_counter() - self._since > _PART:
            self.hand_over()
        self.pace.breathe()

    def hand_over(self) -> None:
        part, self._part = self._part, {}
        if part and self._on_part is not None:
            self._on_part(part)
        self._since = time.perf_counter()


def _settled(stamp: Stamp, began: int) -> bool:
    """Tell whether a file can no longer change without its times changing."""
    newest = max(stamp[0], stamp[2])
    return began - newest > (_FRESH if newest % 1_000_000_000 else _FRESH_COARSE)


def _sum(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


# A record: path, three stamps, brief, then the parts of the verdict up to the last one there is.


def _encoded(path: str, known: _Known) -> list[Any]:
    one = known.verdict
    pins = [[pin.text, pin.x, pin.y, pin.start, pin.end] for pin in one.pins] or None
    parts: list[Any] = [one.keep, one.stars, one.label, one.note, pins, one.ticks or None]
    parts += [one.span, one.poster, one.alt]
    while parts and parts[-1] is None:
        parts.pop()
    return [path, *known.stamp, known.brief, *parts]


def _decoded(record: list[Any], shared: dict[object, Verdict]) -> _Known:
    _, modified, size, changed, brief, *parts = record
    stamp = (modified, size, changed)
    if len(parts) <= 3:  # no note, no lists: one of a few that many have
        key = tuple(parts)
        verdict = shared.get(key)
        if verdict is None:
            verdict = shared[key] = _verdict(parts)
    else:
        verdict = _verdict(parts)
    return _Known(stamp, verdict, brief)


def _verdict(parts: list[Any]) -> Verdict:
    if not parts:
        return NO_VERDICT
    keep, stars, label, note, pins, ticks, span, poster, alt = parts + [None] * (9 - len(parts))
    return Verdict(
        keep,
        stars,
        sys.intern(label) if label else None,
        note,
        tuple(Pin(*pin) for pin in pins or ()),
        tuple((name, answer) for name, answer in ticks or ()),
        (span[0], span[1]) if span else None,
        poster,
        alt,
    )
