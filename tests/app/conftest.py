"""A project of its own for each test of the screen, and the way to open it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from studio.app.session import Session
from tests.app.desk import opened
from tests.app.page import make_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def pattern(tmp_path_factory) -> Path:
    """The project that each test gets a copy of."""
    return make_page(tmp_path_factory.mktemp("pattern") / "page")


@pytest.fixture
def page(pattern, tmp_path) -> Path:
    """A project to work on."""
    return shutil.copytree(pattern, tmp_path / "page")


@pytest.fixture
def desk(page, monkeypatch):
    """Opens the page's desk: `async with desk(size) as d`. The watcher is off; see `outside`."""
    monkeypatch.setattr(Session, "_watch", lambda self: None)

    def open_(size=(160, 45), **options):
        return opened(options.pop("root", page), size, **options)

    return open_
