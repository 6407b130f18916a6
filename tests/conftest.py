"""What every test needs: a home of its own, and the real inputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home: no test reads or writes the real one."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        monkeypatch.delenv(f"STUDIO_{name}", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("NO_COLOR", "COLUMNS", "LINES", "TMUX", "SSH_CONNECTION", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment for a program started by a test."""
    env = dict(os.environ)
    env |= {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    env.pop("CI", None)
    return env
