"""Replacing a file so that after any fault it is exactly old or exactly new.

The mechanics under `studio.project.store`: absolute paths, bytes and `OSError`, no policy. A new
text is written to a temporary file in the same folder, synced, and then put in place by one
rename. Where the system can exchange two names (Linux `renameat2`), what lay there comes out and
can be looked at before it is gone; elsewhere a plain rename has to do, and the caller keeps the
old version beforehand.
"""

# ruff: noqa: PTH102, PTH104, PTH105, PTH108, PTH112, PTH118, PTH120
# Descriptors, flags and names as `str`: pathlib has no words for most of this.

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TEMP_SUFFIX = ".studio-tmp"
COPY_SUFFIX = ".copy" + TEMP_SUFFIX
NAME_BYTES = 255  # the longest name in ext4, APFS (UTF-8 there) and most others

_AT_FDCWD = -100
_NOREPLACE = 1  # linux/fs.h
_EXCHANGE = 2
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO must not block us
    | getattr(os, "O_NOFOLLOW", 0)  # the caller has resolved links it accepts
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_UNSUPPORTED = {
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,
    errno.EXDEV,
    errno.EMLINK,
}
_BLOCK = 1 << 20


class NotRegular(OSError):
    """What lies there is a folder, a FIFO, a socket or a device."""


class TooLarge(OSError):
    """The file has more bytes than the caller allows."""


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def open_regular(path: str) -> int:
    """Open a regular file for reading, without following a link and without ever blocking.

    Raises:
        NotRegular: for anything but a regular file.
    """
    descriptor = os.open(path, _READ)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular(errno.EINVAL, "not a regular file", path)
    return descriptor


def read_regular(path: str, limit: int | None = None) -> bytes:
    """Return the bytes of a regular file.

    Args:
        path: absolute, links resolved.
        limit: the most bytes to accept.

    Raises:
        NotRegular: for anything but a regular file.
        TooLarge: for more bytes than `limit`, before reading them all.
    """
    descriptor = open_regular(path)
    try:
        size = os.fstat(descriptor).st_size
        if limit is not None and size > limit:
            raise TooLarge(errno.EFBIG, "too large", path)
        parts = []
        total = 0
        while part := os.read(descriptor, max(size - total, 0) + 4096):
            total += len(part)
            if limit is not None and total > limit:  # it grows while we read
                raise TooLarge(errno.EFBIG, "too large", path)
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def digest_file(path: str) -> str:
    """Return the SHA-256 of a regular file of any size in hex."""
    descriptor = open_regular(path)
    try:
        made = hashlib.sha256()
        while part := os.read(descriptor, _BLOCK):
            made.update(part)
        return made.hexdigest()
    finally:
        os.close(descriptor)


def temp_beside(path: str, suffix: str = TEMP_SUFFIX) -> str:
    """Return a fresh name in the folder of `path`: `.<name>.<rand>.studio-tmp`."""
    folder, name = os.path.split(path)
    tail = f".{os.urandom(5).hex()}{suffix}"
    return os.path.join(folder, f".{fitting(name, len(tail) + 1)}{tail}")


def fitting(name: str, taken: int) -> str:
    """Cut a name so that with `taken` more bytes it still is a legal one."""
    raw = os.fsencode(name)
    if len(raw) + taken <= NAME_BYTES:
        return name
    return raw[: NAME_BYTES - taken].decode("utf-8", "ignore")


def write_new(path: str, data: bytes, mode: int | None = None) -> None:
    """Create a file, fill it and sync it; it must not exist. On a fault nothing is left.

    Args:
        path: absolute.
        data: all of its bytes.
        mode: permission bits; without it the user's umask decides.
    """
    descriptor = os.open(path, _CREATE, 0o666 if mode is None else 0o600)
    try:
        try:
            write_all(descriptor, data)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)  # network file systems report late faults here
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def touch_new(path: str) -> None:
    """Create an empty file; syncing its folder makes it durable."""
    os.close(os.open(path, _CREATE, 0o600))


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: one `write` may take fewer than it is given."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def copy_new(source: str, path: str) -> str:
    """Copy a regular file of any size into a new, synced file; return its SHA-256 in hex."""
    made = hashlib.sha256()
    reader = open_regular(os.path.realpath(source))
    try:
        writer = os.open(path, _CREATE, 0o666)
        try:
            try:
                while part := os.read(reader, _BLOCK):
                    made.update(part)
                    write_all(writer, part)
                os.fsync(writer)
            finally:
                os.close(writer)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise
    finally:
        os.close(reader)
    return made.hexdigest()


def sync_folder(path: str) -> bool:
    """Make the names in a folder durable; False where that cannot be known."""
    if os.name != "posix":
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        return False
    try:
        os.fsync(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def make_folders(path: str) -> None:
    """Create a folder and its parents, each name made durable."""
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent != path:
        make_folders(parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)
        sync_folder(parent)


@functools.cache
def _renameat2() -> Callable[[bytes, bytes, int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    try:
        found = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return None
    found.restype = ctypes.c_int
    found.argtypes = [
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    ]

    def call(old: bytes, new: bytes, flags: int) -> int:
        result: int = found(_AT_FDCWD, old, _AT_FDCWD, new, flags)
        return 0 if result == 0 else ctypes.get_errno()

    return call


def _rename_flagged(old: str, new: str, flags: int) -> bool:
    """Rename with a flag; False where the system or the disk does not know how."""
    call = _renameat2()
    if call is None:
        return False
    code = call(os.fsencode(old), os.fsencode(new), flags)
    if code == 0:
        return True
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), old, None, new)


def exchange(temp: str, target: str) -> bool:
    """Swap two files in one step.

    Returns:
        False where that is not supported, and then nothing has happened.

    Raises:
        FileNotFoundError: if one of the two is not there.
    """
    return _rename_flagged(temp, target, _EXCHANGE)


def rename_new(old: str, new: str) -> None:
    """Rename a file to a name that must be free.

    Tried in turn: `renameat2` with NOREPLACE; on Windows the plain rename, which never replaces;
    a second link (NFS, APFS); and where none of them is supported (FUSE, exFAT) the name is
    reserved with an empty file and then replaced.

    Raises:
        FileExistsError: if the name is taken. `old` is still there then.
    """
    if _rename_flagged(old, new, _NOREPLACE):
        return
    if os.name == "nt":
        os.rename(old, new)
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        touch_new(new)
        os.replace(old, new)
        return
    os.unlink(old)


def write_whole(path: str, data: bytes) -> None:
    """Replace a file of our own in the user's state folder; folders are made as needed."""
    folder = os.path.dirname(path)
    make_folders(folder)
    temp = temp_beside(path)
    write_new(temp, data, 0o600)
    try:
        os.replace(temp, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temp)
        raise
    sync_folder(folder)
