from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from studio.project.history import History
from studio.project.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, state and caches of a user of our own."""
    for kind in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"STUDIO_{kind}", str(tmp_path / "home" / kind.lower()))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Syncing protects from power cuts, which no test makes; kills run in their own process."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "ideas").mkdir(parents=True)
    (folder / "studio.toml").write_text('id = "abc"\nzone = "Europe/London"\n')
    return folder


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home" / "history")


@pytest.fixture
def store(root: Path, history: History) -> Store:
    return Store(root, history)
