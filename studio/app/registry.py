"""Every command there is; a new module of commands is named here and nowhere else."""

from __future__ import annotations

from studio.app.commands import (
    board,
    caption,
    clip,
    editing,
    general,
    inserting,
    keeping,
    looking,
    numbers,
    review,
)
from studio.app.commands.base import Registry

REGISTRY = Registry.of(
    general, board, looking, review, clip, caption, editing, inserting, keeping, numbers
)
