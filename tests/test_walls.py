"""No machine text ever reaches a caption: the wall stands in the import contracts, and is needed.

Each contract is shown to hold something back: an import that it alone must catch is planted in a
copy of the house. Without the contract the planted import passes, and the test here fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("importlinter")

ROOT = Path(__file__).parents[1]

# contract -> (module that gets a line, the line)
PLANTED = {
    "captions-assistant": ("studio/captions/lint.py", "import studio.assistant"),
    "no-way-to-the-folder": ("studio/assistant/__init__.py", "from studio.project import store"),
    "one-door-to-the-assistant": ("studio/app/numbers.py", "import studio.assistant"),
    "no-way-to-a-caption": ("studio/app/assisting/__init__.py", "from studio.app import drafts"),
    "no-answers-in-writing": ("studio/app/writing/margin.py", "import studio.makers"),
}


def lint(root: Path, contract: str) -> str:
    """Return what the linter says of one contract of the house at `root`."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; "
            f"sys.exit(lint_imports(limit_to_contracts=({contract!r},), no_cache=True))",
        ],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(
        ROOT / "studio",
        root / "studio",
        ignore=lambda _folder, names: [
            name for name in names if "." in name and not name.endswith(".py")
        ],
    )
    return root


@pytest.mark.parametrize("contract", PLANTED)
def test_a_way_round_the_wall_is_found(house: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    module = house / name
    before = module.read_text()
    module.write_text(
        before.replace("from __future__", f"{line}\nfrom __future__", 1)
        if "from __future__" in before
        else f"{before}\n{line}\n"
    )
    try:
        said = lint(house, contract)
    finally:
        module.write_text(before)
    assert "1 broken" in said, said


def test_every_contract_of_the_wall_is_tried() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    told = {contract["id"] for contract in contracts["contracts"]}
    assert set(PLANTED) <= told
    assert told == {"floors", "no-screen-below-app", *PLANTED}
