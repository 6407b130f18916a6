"""The shared pictures, clips and music; tests that need them are skipped where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

INPUTS = Path(os.environ.get("STUDIO_INPUTS", "/work/shared/inputs"))


@pytest.fixture(scope="session")
def inputs():
    if not (INPUTS / "photos").is_dir():
        pytest.skip("the shared inputs are not here (STUDIO_INPUTS)")
    return INPUTS


@pytest.fixture(scope="session")
def photos(inputs):
    return inputs / "photos"
