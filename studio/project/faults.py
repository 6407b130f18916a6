"""What the operating system refuses, told as a problem that can be mended."""

from __future__ import annotations

import errno

from studio.problem import Problem

_TOLD: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again"),
    errno.EDQUOT: ("your disk quota is used up", "Free some space and try again"),
    errno.EFBIG: ("the file would be larger than is allowed", "Make it smaller and try again"),
    errno.EROFS: ("the disk is read-only", "Make the disk writable or move the project"),
    errno.EACCES: ("you have no permission for this", "Change the permissions of the file"),
    errno.EPERM: ("the system does not permit this", "Change the permissions of the file"),
    errno.ELOOP: ("it is a link that leads nowhere", "Replace the link by the file itself"),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name"),
    errno.ENOENT: ("there is no such file", "Check the name"),
    errno.ENOTDIR: ("part of its path is not a folder", "Rename the file that stands in the way"),
    errno.EISDIR: ("it is a folder, not a file", "Rename the folder"),
    errno.EEXIST: ("there is such a file already", "Choose another name"),
    errno.EIO: ("the disk reports a fault", "Save your work elsewhere and check the disk"),
    errno.EMFILE: ("too many files are open", "Close some programs and try again"),
    errno.ENXIO: ("it is not a regular file", "Replace it by a regular file"),
}


def told(where: str, error: OSError) -> Problem:
    """Return an `OSError` about a path of the project as a `Problem`."""
    what, mend = _TOLD.get(
        error.errno or 0,
        (f"the system refuses ({error.strerror or type(error).__name__})", "Try again"),
    )
    return Problem(where, what, mend)
