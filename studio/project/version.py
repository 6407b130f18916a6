"""What a file's content is known by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """The identity of a file's content: the SHA-256 in hex, "" for no such file."""

    digest: str

    @property
    def present(self) -> bool:
        """Whether there is a file at all."""
        return bool(self.digest)


ABSENT = Version("")
"""The version of a file that does not exist."""
