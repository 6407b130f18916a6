"""One save: compare, keep the old version, exchange, look at what came out, read back.

The steps are those of a compare-and-swap on a file system. The window between the last look and
the exchange stays; what someone saves in it comes out of the exchange and is given back.
"""

# ruff: noqa: PTH105, PTH108, PTH116, PTH120

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem
from studio.project import atomic
from studio.project.version import ABSENT, Version

if TYPE_CHECKING:
    from studio.project.history import History

_TURNS = 8  # how often a writer may come between while we give its version back


class ChangedError(Exception):
    """The file is not what the text was made from; `theirs` is what it is."""

    def __init__(self, theirs: bytes | None) -> None:
        super().__init__()
        self.theirs = theirs


class _StrandedError(Exception):
    """A version of someone else lies in our temporary file and could not be put back."""

    def __init__(self, fault: OSError | Problem) -> None:
        super().__init__()
        self.fault = fault


@dataclass(frozen=True)
class Place:
    """Where a file lies.

    Attributes:
        path: its name in the project, for the history and for problems.
        real: absolute, links resolved.
        limit: the most bytes it may have.
        history: gets what is overwritten.
    """

    path: str
    real: str
    limit: int
    history: History

    def content(self) -> bytes | None:
        """Return what lies there now, None if there is no file."""
        try:
            return atomic.read_regular(self.real, self.limit)
        except FileNotFoundError:
            return None


def save(place: Place, data: bytes, base: Version) -> Version:
    """Save a file if it still is `base`; when this returns, the bytes were read back.

    Raises:
        ChangedError: it is something else; it was left, or put back, as it is.
        OSError: the system refused. The file is as it was.
        Problem: the history cannot be written, or the file is marked read-only.
    """
    if len(data) > place.limit:
        raise atomic.TooLarge
    new = Version(atomic.digest_of(data))
    now = place.content()
    if _version(now) == new:
        return new
    _demand(now, base)
    mode = None
    if now is None:
        atomic.make_folders(os.path.dirname(place.real))
    else:
        if not os.access(place.real, os.W_OK):
            raise Problem(place.path, "it is marked read-only", "Make it writable first")
        mode = stat.S_IMODE(os.stat(place.real).st_mode)
        place.history.add(place.path, now)
    temp = atomic.temp_beside(place.real)
    atomic.write_new(temp, data, mode)
    try:
        _demand(place.content(), base)
        if now is None:
            _put_new(place, temp)
        else:
            _put_over(place, temp, data, base)
    except _StrandedError as stranded:
        raise stranded.fault from stranded  # the temporary file is theirs: `sweep` keeps it
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temp)
        raise
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temp)
    atomic.sync_folder(os.path.dirname(place.real))
    after = place.content()
    if after != data:
        raise ChangedError(after)
    return new


def _put_new(place: Place, temp: str) -> None:
    try:
        atomic.rename_new(temp, place.real)
    except FileExistsError:
        raise ChangedError(place.content()) from None


def _put_over(place: Place, temp: str, data: bytes, base: Version) -> None:
    try:
        exchanged = atomic.exchange(temp, place.real)
    except FileNotFoundError:
        raise ChangedError(None) from None
    if not exchanged:
        os.replace(temp, place.real)  # the version it replaces is in the history
        return
    try:
        out = atomic.read_regular(temp)
        if _version(out) != base:
            _give_back(place, temp, data, out)
    except (OSError, Problem) as fault:
        raise _StrandedError(fault) from fault


def _give_back(place: Place, temp: str, placed: bytes, theirs: bytes) -> None:
    """Put a version back that someone saved between our last look and the exchange.

    As often as another save comes between, the newest one goes back.
    """
    for _ in range(_TURNS):
        try:
            atomic.exchange(temp, place.real)
        except FileNotFoundError:  # and then they deleted it
            place.history.add(place.path, theirs, keep=True)
            raise ChangedError(None) from None
        out = atomic.read_regular(temp)
        if out == placed:
            break
        placed, theirs = theirs, out
    place.history.add(place.path, theirs, keep=True)
    raise ChangedError(theirs)


def _version(data: bytes | None) -> Version:
    return ABSENT if data is None else Version(atomic.digest_of(data))


def _demand(now: bytes | None, base: Version) -> None:
    if _version(now) != base:
        raise ChangedError(now)
