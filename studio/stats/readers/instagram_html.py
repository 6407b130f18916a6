"""Instagram's data download as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.problem import Problem

if TYPE_CHECKING:
    from datetime import date

    from studio.stats.readers.reading import Reading


def read(name: str, text: str, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read one page of the download.

    Raises:
        Problem: it is another web page.
    """
    raise Problem(
        name,
        "not understood: this is a web page, most likely a login or error page saved in place"
        " of the export",
        "Log in on the platform's site and download the export again",
    )
