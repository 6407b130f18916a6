from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.project.project import Project
from studio.report.gather import answers_of
from studio.stats.exports import import_edits, plan_import

EXPORTS = Path(__file__).parents[1] / "stats" / "exports"
NOW = datetime(2026, 11, 16, 18, 20, tzinfo=UTC)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    """A page of its own, without exports."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "page"
    (root / "ideas").mkdir(parents=True)
    (root / "studio.toml").write_text(
        'id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\nhours = [7, 12, 18, 19, 20]\n'
        '[[pillars]]\nname = "school"\ntags = ["classroom", "schooldinner"]\n'
        '[audience]\ndeclared = "UK, born 1975-85"\n'
    )
    return Project.open(root)


@pytest.fixture
def take_in(project):
    """Import exports by name and return the answers."""

    def take(*names):
        plan = plan_import(project.store, [EXPORTS / name for name in names], today=NOW.date())
        project.undo.apply("Import", import_edits(project.store, plan))
        return answers_of(project, now=NOW)

    return take
