"""The shared pictures, clips and music; tests that need them are skipped where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.media.review import verdict_edits
from studio.project.history import History
from studio.project.store import Store
from studio.project.undo import Undo

BESIDE = Path(__file__).parents[3] / "shared" / "inputs"  # real photographs, where they are at hand
INPUTS = Path(os.environ.get("STUDIO_INPUTS", BESIDE))


@pytest.fixture(scope="session")
def inputs():
    if not (INPUTS / "photos").is_dir():
        pytest.skip("the shared inputs are not here (STUDIO_INPUTS)")
    return INPUTS


@pytest.fixture(scope="session")
def photos(inputs):
    return inputs / "photos"


class Desk:
    """A project in a temporary folder, with its undo."""

    def __init__(self, root, state):
        self.root = root
        (root / "studio.toml").write_text('name = "x"\n')
        self.history = History(state / "history")
        self.store = Store(root, self.history)
        self.undo = Undo(state, self.store, self.history)

    def put(self, path, data=b"x"):
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(data)
        return path

    def bytes(self, path):
        return (self.root / path).read_bytes()

    def decide(self, **verdicts):
        """Write verdicts, by path, and remember the step."""
        return self.undo.apply("test", verdict_edits(self.store, verdicts))


@pytest.fixture
def desk(tmp_path):
    root = tmp_path / "page"
    root.mkdir()
    return Desk(root, tmp_path / "state")
