"""The program as a stranger meets it: a command, its words, its answer, its exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages import make_page
from tests.terminal import studio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Done = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="session")
def page_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_page(tmp_path_factory.mktemp("made") / "page")


@pytest.fixture
def page(page_made_once: Path, tmp_path: Path) -> Path:
    """A small page, a fresh copy for each test."""
    return shutil.copytree(page_made_once, tmp_path / "page")


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Callable[..., Done]:
    """Run the program without a terminal, in a folder of the test's own."""

    def call(*words: str | Path | bytes, **options: Any) -> Done:
        argv = [*map(os.fsencode, studio()), *(os.fsencode(word) for word in words)]
        settings: dict[str, Any] = {"env": environment, "cwd": tmp_path, "timeout": 60}
        settings |= {"stdin": subprocess.DEVNULL} if "input" not in options else {}
        settings |= {"capture_output": True} if "stdout" not in options else {}
        return subprocess.run(argv, check=False, **settings | options)

    return call
