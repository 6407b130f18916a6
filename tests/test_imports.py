"""What starting costs is what is imported: nobody waits for what is not needed yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages import make_page, meta_csv
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
SCREEN = {"textual", "rich", "rich_pixels"}
HEAVY = {"PIL", "numpy", "pandas", "av", "anthropic", "openpyxl", "asyncio", "multiprocessing"}
YAML = {"yaml", "regex", "tomlkit", "watchfiles", "platformdirs"}
ROOMS = ("ideas", "media", "preview", "captions", "platforms", "stats", "project")


def imported_by(code: str, *words: str | Path, env: Mapping[str, str]) -> set[str]:
    """Run Python code in a fresh interpreter; return the packages that it imported."""
    tail = "\nimport sys\nprint('\\0', *sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code + tail, *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(env),
        cwd=ROOT,
    )
    return {name.partition(".")[0] for name in done.stdout.partition("\0")[2].split()}


DOOR = "import sys\nfrom studio.cli import main\nassert main(sys.argv[1:]) in (0, 1)"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return make_page(tmp_path / "page")


def test_the_version_needs_nothing_but_python(environment: dict[str, str]) -> None:
    found = imported_by(DOOR, "--version", env=environment)
    assert not found & (SCREEN | HEAVY | YAML | {"argparse", "json"})
    assert "studio" in found


@pytest.mark.parametrize("verb", ["count", "check", "stats", "import", "new"])
def test_a_verb_without_a_screen_imports_none(
    verb: str, page: Path, environment: dict[str, str]
) -> None:
    words: dict[str, list[str | Path]] = {
        "count": [page / "captions" / "first-snow.md"],
        "check": [page],
        "stats": [page],
        "import": [page, meta_csv(page.parent / "meta.csv")],
        "new": [page.parent / "another"],
    }
    if verb == "stats":  # with something to tell
        meta_csv(page / "stats" / "exports" / "meta.csv")
    found = imported_by(DOOR, verb, *words[verb], env=environment)
    # The answers are reckoned with numpy; the table for notebooks stays out of it.
    reckoned = {"numpy"} if verb == "stats" else set()
    assert not found & ((SCREEN | HEAVY) - reckoned)


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_imports_the_screen(room: str, environment: dict[str, str]) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"import studio.{room} as room\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)"
    )
    assert "textual" not in imported_by(code, env=environment)


def test_the_first_frame_of_a_project_waits_for_nothing_heavy(
    page: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    meta_csv(page / "stats" / "exports" / "meta.csv")
    told = tmp_path / "modules.json"
    # The driver is handed a frame when it is painted; the first with the caption in it counts.
    code = f"""
import json, os, sys
from textual.drivers import linux_driver
def write(self, data, write=linux_driver.LinuxDriver.write):
    write(self, data)
    if "First snow" in data:
        with open({os.fspath(told)!r}, "w") as file:
            json.dump(sorted(sys.modules), file)
        os._exit(0)
linux_driver.LinuxDriver.write = write
from studio.cli import main
main(sys.argv[1:])
"""
    argv = [sys.executable, "-c", code, str(page)]
    with Terminal(argv, env=environment, columns=160, rows=45) as terminal:
        assert terminal.wait_exit() == 0
    found = {name.partition(".")[0] for name in json.loads(told.read_text())}
    assert "textual" in found
    wanted = {"PIL", "numpy", "pandas", "anthropic", "av", "openpyxl", "watchfiles"}
    assert not found & (wanted | {"rich_pixels", "tomlkit", "multiprocessing"})
