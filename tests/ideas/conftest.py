"""A project in a temporary folder, with its undo."""

from __future__ import annotations

import pytest

from studio.ideas.board import load_board
from studio.project.config import Config
from studio.project.history import History
from studio.project.store import Store
from studio.project.undo import Undo


class Desk:
    """A project and what a human does to it."""

    def __init__(self, root, state):
        self.root = root
        (root / "studio.toml").write_text('name = "x"\n')
        self.history = History(state / "history")
        self.store = Store(root, self.history)
        self.undo = Undo(state, self.store, self.history)
        self.config = Config(zone="Europe/London")

    def put(self, path, data):
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def card(self, slug, **properties):
        lines = "".join(f"{key}: {value}\n" for key, value in properties.items())
        return self.put(f"ideas/{slug}.md", f"---\n{lines}---\n")

    def bytes(self, path):
        return (self.root / path).read_bytes()

    @property
    def board(self):
        return load_board(self.store, self.config)

    def idea(self, slug):
        return self.board.find(f"ideas/{slug}.md")

    def do(self, edits):
        return self.undo.apply("test", edits)

    def titles(self, stage):
        return [idea.title for idea in self.board.column(stage)]

    def slugs(self, stage):
        return [idea.slug for idea in self.board.column(stage)]


@pytest.fixture
def desk(tmp_path):
    root = tmp_path / "page"
    root.mkdir()
    return Desk(root, tmp_path / "state")
